"""The docs say what the program does: generated pages are fresh, and shown output is real."""

import importlib.util
import re

import pytest
from click.testing import CliRunner

from fiscal.cli import main
from tests.conftest import REPOSITORY


def test_generated_pages_are_fresh():
    """`make docs` would change nothing."""
    path = REPOSITORY / "docs" / "generate.py"
    spec = importlib.util.spec_from_file_location("generate", path)
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert generate.stale_pages() == []


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_the_output_in_the_readme_is_the_demo_s_own(page):
    """Every line shown is a line printed, in its order, and stands above line 40."""
    text = (REPOSITORY / page).read_text("utf-8")
    (block,) = re.findall(r"```text\n(.*?)```", text, re.S)
    shown = [line for line in block.splitlines() if line not in ("", "⋮")]
    sample = str(REPOSITORY / "data" / "sample-final-accounts.txt")
    printed = CliRunner().invoke(main, ["check", sample]).stdout.splitlines()
    places = [printed.index(line) for line in shown]
    assert places == sorted(places)
    assert len(shown) >= 8
    assert text[: text.index(block) + len(block)].count("\n") < 40


def test_every_error_is_in_the_tree_at_the_top_of_its_module():
    """A new error is drawn where people look for it."""
    from fiscal import errors

    tree = (errors.__doc__ or "").split(">>>")[0]
    drawn = set(re.findall(r"(?:├── |└── |^    )(\w+)", tree, re.M))
    raised = {
        n for n, v in vars(errors).items() if isinstance(v, type) and issubclass(v, Exception)
    }
    assert drawn == raised
