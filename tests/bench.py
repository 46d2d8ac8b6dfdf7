"""What common commands cost, as ratios to what cannot be avoided, all taken in one run."""

import subprocess
import sys
from time import perf_counter

ROUNDS = 7
SAMPLE = "data/sample-final-accounts.txt"
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import click": ["-c", "import click"],
    "import networkx": ["-c", "import networkx"],
    "fiscal --help": ["-m", "fiscal", "--help"],
    "fiscal glossary 2010301": ["-m", "fiscal", "glossary", "2010301"],
    "fiscal query children": ["-m", "fiscal", "query", "children"],
    "fiscal rollup SAMPLE": ["-m", "fiscal", "rollup", SAMPLE],
}


def best_time(arguments: list[str]) -> float:
    """Return the shortest of several runs in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
        times.append(perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    base = best_time(COMMANDS["python -c pass"])
    for name, arguments in COMMANDS.items():
        seconds = best_time(arguments)
        print(f"{name:26} {seconds * 1000:7.0f} ms {seconds / base:6.1f} x python -c pass")
