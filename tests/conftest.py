"""What all tests share: Hypothesis without a clock, and the material beside the repository."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("fiscal", deadline=None)
settings.load_profile("fiscal")

REPOSITORY = Path(__file__).parents[1]
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture
def emeishan() -> Path:
    """The 2019 final accounts of a real office, whose figures a person has read."""
    path = SHARED / "documents" / "emeishan-government-office-2019-final-accounts.txt"
    if not path.exists():
        pytest.skip("the real disclosures do not lie beside this repository")
    return path
