"""Which small changes of the code no test notices: mutants, killed and survived.

Every mutant is tried in a process of its own that imports the changed module from memory and runs
the module's tests until one fails, so that no file is touched.
"""

import os
import resource
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType

import pytest
from hypothesis import Phase, settings

from tests.mutants import mutants

# The tests of a module, the quickest first: what they do not notice, nothing need.
TESTS = {
    "fiscal.money": ("tests/test_money.py", "fiscal/money.py", "tests/laws/test_money_laws.py"),
    "fiscal.graph.roll_up": ("tests/test_roll_up.py", "tests/laws/test_roll_up_laws.py"),
    "fiscal.rules.tolerance": (
        "tests/test_rules_tolerance.py",
        "tests/test_rules_evaluate.py",
        "tests/laws/test_rule_laws.py",
    ),
    "fiscal.rules.evaluate": ("tests/test_rules_evaluate.py", "tests/laws/test_rule_laws.py"),
}
# Laws of whole documents, in which these modules are a small part.
TOO_WIDE = "not TestTables and not TestDocuments and not TestPlantedFaults"
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "--assert=plain", "-k", TOO_WIDE)
# Of computing: a change may make a loop endless.
SECONDS = 20
# The same examples in every run, and no search for a smaller one.
settings.register_profile(
    "mutation", deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate]
)


class Changed(SourceFileLoader):
    """Imports one module from compiled code instead of its file."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self.code = code

    def get_code(self, fullname: str) -> CodeType:
        return self.code

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        return spec_from_file_location(name, self.path, loader=self) if name == self.name else None


def tried(module: str, path: str, code: CodeType, scratch: str) -> int:
    """Start the tests of a module whose code is exchanged; return their process.

    It ends with 0 where no test noticed, and is ended where it computes for too long.
    """
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        sys.meta_path.insert(0, Changed(module, path, code))
        own = (f"--basetemp={scratch}/{os.getpid()}", "--hypothesis-profile=mutation")
        status = pytest.main([*OPTIONS, *own, *TESTS[module]])
    finally:
        os._exit(status)


def unnoticed(module: str, path: str, codes: Sequence[CodeType]) -> list[int]:
    """Return the places of the codes that no test tells from the true one."""
    at_once = os.cpu_count() or 1
    running: dict[int, int] = {}
    found = []
    with TemporaryDirectory() as scratch:
        left = list(enumerate(codes))[::-1]
        while left or running:
            while left and len(running) < at_once:
                place, code = left.pop()
                running[tried(module, path, code, scratch)] = place
            process, status = os.wait()
            place = running.pop(process)
            found += [place] if status == 0 else []
    return sorted(found)


def load_libraries(tests: Sequence[str]) -> None:
    """Import what tests import, and forget what is ours, so that each process imports it anew."""
    for test in tests:
        import_module(test.removesuffix(".py").replace("/", "."))
    for name in list(sys.modules):
        if name.split(".")[0] in ("fiscal", "tests"):
            del sys.modules[name]


def report(module: str) -> float:
    """Print what became of the mutants of a module; return the share that survived."""
    path = Path(module.replace(".", "/")).with_suffix(".py")
    source = path.read_text(encoding="utf-8")
    if not unnoticed(module, str(path), [compile(source, path, "exec")]):
        raise SystemExit(f"the tests of {module} fail without any change")
    found = list(mutants(source, str(path)))
    alive = unnoticed(module, str(path), [mutant.code for mutant in found])
    share = len(alive) / len(found)
    killed = len(found) - len(alive)
    print(f"{module:24}{len(found):6} mutants{killed:6} killed{len(alive):4} survived{share:7.1%}")
    for at in alive:
        print(f"    line {found[at]}")
    sys.stdout.flush()
    return share


if __name__ == "__main__":
    chosen = [name for name in TESTS if not sys.argv[1:] or name.split(".")[-1] in sys.argv[1:]]
    load_libraries([test for name in chosen for test in TESTS[name]])
    sys.exit(max(report(name) for name in chosen) > 0.06)
