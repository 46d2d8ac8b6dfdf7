"""Imports go one way, and the contract that says so can fail."""

import shutil
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY

FORBIDDEN = {
    "fiscal/money.py": "from fiscal.codes import TOTAL",
    "fiscal/model.py": "from fiscal.graph.tree import Tree",
    "fiscal/ontology/scheme.py": "from fiscal.documents.reader import read_file",
    "fiscal/graph/tree.py": "import click",
    "fiscal/report/text.py": "import networkx",
    "fiscal/extract/naming.py": "import openpyxl",
}


@pytest.mark.parametrize("module", FORBIDDEN)
def test_an_import_upwards_breaks_the_contract(module, tmp_path):
    """Each contract is broken by one added line."""
    shutil.copytree(REPOSITORY / "fiscal", tmp_path / "fiscal")
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    assert lint(tmp_path) == 0
    with (tmp_path / module).open("a", encoding="utf-8") as file:
        file.write(FORBIDDEN[module] + "\n")
    assert lint(tmp_path) == 1


def lint(folder) -> int:
    # The copy is found before the installed package because it comes first on the path.
    command = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(no_cache=True))"
    )
    return subprocess.run(
        [sys.executable, "-c", command], cwd=folder, capture_output=True
    ).returncode
