"""The command line: it parses, calls and prints; nothing is computed here.

Every command reads a file, a folder or `-`, writes its answer to stdout and all else to stderr, and
exits 0 (nothing wrong), 1 (violations found), 2 (wrong usage) or 3 (could not read or work). Each
command imports what it needs when it runs, so that help and small answers come at once.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from fiscal.cli.graph import export, query
from fiscal.cli.reference import diff, glossary, scheme
from fiscal.cli.rollup import rollup

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fiscal-graph", prog_name="fiscal")
def main() -> None:
    """Government budgets and final accounts of China, read, rolled up and judged."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding shows a mark for what it lacks, and no traceback.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


for command in (diff, export, glossary, query, rollup, scheme):
    main.add_command(command)
