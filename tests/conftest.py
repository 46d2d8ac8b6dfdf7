"""What all tests share: Hypothesis without a clock, and the material beside the repository."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("fiscal", deadline=None)
settings.load_profile("fiscal")

REPOSITORY = Path(__file__).parents[1]
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees the lists and the cache of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FISCAL_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture
def emeishan() -> Path:
    """The 2019 final accounts of a real office, whose figures a person has read."""
    path = SHARED / "documents" / "emeishan-government-office-2019-final-accounts.txt"
    if not path.exists():
        pytest.skip("the real disclosures do not lie beside this repository")
    return path
