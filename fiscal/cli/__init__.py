"""The command line: it parses, calls and prints; nothing is computed here.

Every command reads a file, a folder or `-`, writes its answer to stdout and all else to stderr, and
exits 0 (nothing wrong), 1 (violations found), 2 (wrong usage) or 3 (could not read or work). A
command's module is loaded when it is asked for, and imports what it needs when it runs, so that
help and small answers come at once.
"""

from __future__ import annotations

import sys
from importlib import import_module
from io import TextIOWrapper

import click

__all__ = ["main"]

_MODULES = {
    "chart": "chart",
    "check": "check",
    "diff": "reference",
    "export": "graph",
    "explain": "check",
    "extract": "extract",
    "glossary": "reference",
    "law": "law",
    "locate": "locate",
    "narrate": "narrate",
    "query": "graph",
    "report": "report",
    "rollup": "rollup",
    "rules": "check",
    "scheme": "reference",
    "template": "template",
    "validate": "validate",
}


class _Commands(click.Group):
    """A group whose commands are loaded by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands in order."""
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; nothing for a name that is none."""
        if cmd_name not in _MODULES:
            return None
        command = getattr(import_module(f"fiscal.cli.{_MODULES[cmd_name]}"), cmd_name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fiscal-graph", prog_name="fiscal")
def main() -> None:
    """Government budgets and final accounts of China, read, rolled up and judged."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding shows a mark for what it lacks, and no traceback.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
