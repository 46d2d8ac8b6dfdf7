"""How long and how large the work on one question may get.

A question may keep the engine busy for ever, or fill the memory, before its first row is there, and
nothing inside the program can stop the engine. So a second thread watches the clock and the memory
and ends the program with a message. The work itself is as fast as without it.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from fiscal.cli.answer import FAILED, tell
from fiscal.errors import FiscalError, Text

__all__ = ["bounded"]

_MAXIMUM_MEGABYTES = 3072
_BETWEEN_LOOKS = 0.2


@contextmanager
def bounded(seconds: int, language: str) -> Iterator[None]:
    """End the program, with a message and exit code 3, where the work within takes too much."""
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(done, seconds, language), daemon=True)
    watch.start()
    try:
        yield
    finally:
        done.set()


def _watch(done: threading.Event, seconds: int, language: str) -> None:
    end = time.monotonic() + seconds
    while not done.wait(_BETWEEN_LOOKS):
        if time.monotonic() > end:
            _end(_too_long(seconds), language)
        if _megabytes() > _MAXIMUM_MEGABYTES:
            _end(_too_large(), language)


def _end(error: FiscalError, language: str) -> None:
    tell(error, language)
    sys.stderr.flush()
    # Nothing less ends a thread that is inside the engine.
    os._exit(FAILED)


def _megabytes() -> int:
    """Return the most memory the program has held, 0 on a system that does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 if sys.platform != "darwin" else 1024 * 1024)


def _too_long(seconds: int) -> FiscalError:
    return FiscalError(
        Text(f"查询超过 {seconds} 秒，已停止", f"stopped: the query took over {seconds} seconds"),
        Text(
            "加条件缩小范围（如 GRAPH 指明年度），或用 --timeout 放宽",
            "ask for less (name a year with GRAPH), or allow more with --timeout",
        ),
    )


def _too_large() -> FiscalError:
    return FiscalError(
        Text(
            f"查询占用内存超过 {_MAXIMUM_MEGABYTES} MB，已停止",
            f"stopped: the query took over {_MAXIMUM_MEGABYTES} MB of memory",
        ),
        Text("加条件缩小范围，或用 LIMIT", "ask for less, or set a LIMIT"),
    )
