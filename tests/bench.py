"""What common commands cost, as ratios to what cannot be avoided, all taken in one run."""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

ROUNDS = 7
SAMPLE = "data/sample-final-accounts.txt"
FISCAL = str(Path(sys.executable).with_name("fiscal"))
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import click": [sys.executable, "-c", "import click"],
    "import networkx": [sys.executable, "-c", "import networkx"],
    "fiscal --help": [FISCAL, "--help"],
    "fiscal glossary 2010301": [FISCAL, "glossary", "2010301"],
    "fiscal query children": [FISCAL, "query", "children"],
    "fiscal rollup SAMPLE": [FISCAL, "rollup", SAMPLE],
}


def best_time(arguments: list[str]) -> float:
    """Return the shortest of several runs in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        subprocess.run(arguments, capture_output=True, check=False)
        times.append(perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    times = {name: best_time(arguments) for name, arguments in COMMANDS.items()}
    bare, click = times["python -c pass"], times["import click"]
    for name, seconds in times.items():
        ratios = f"{seconds / bare:6.1f} x python -c pass {seconds / click:6.2f} x import click"
        print(f"{name:26} {seconds * 1000:7.0f} ms {ratios}")
