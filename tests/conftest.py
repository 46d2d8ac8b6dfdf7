"""What all tests share: Hypothesis without a clock, and the material beside the repository."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run: a change is judged by what it changes. `make soak` looks further.
settings.register_profile("fiscal", deadline=None, derandomize=True)
settings.register_profile("soak", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fiscal"))

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
