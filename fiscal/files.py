"""The bytes of a file that somebody names: bounded, and refused with a remedy where unreadable."""

from __future__ import annotations

import os
import stat
import sys
from typing import BinaryIO

from fiscal.errors import Place, Text, UnreadableDocument, reason_of

__all__ = ["MAXIMUM_BYTES", "STANDARD_INPUT", "read_bytes"]

STANDARD_INPUT = "-"
# Some hundred times the largest disclosure met, five times the graph of nine years as N-Quads; a
# larger file is refused before it is read.
MAXIMUM_BYTES = 256 * 1024 * 1024
_PIECE = 1024 * 1024


def read_bytes(path: str) -> bytes:
    """Return what a file holds, or standard input for `-`.

    Raises UnreadableDocument, naming the file, where it cannot be read or is too large.
    """
    try:
        if path == STANDARD_INPUT:
            data = _read_up_to_limit(_standard_input())
        else:
            with open(path, "rb", opener=_opened) as file:
                _refuse_device(file, path)
                data = _read_up_to_limit(file)
    except OSError as error:
        raise _unopened(path, error) from error
    if len(data) > MAXIMUM_BYTES:
        size = MAXIMUM_BYTES // 1024**2
        raise UnreadableDocument(
            Text(f"文件大于 {size} MB", f"the file is larger than {size} MB"),
            Text("请拆分后再试", "split it and try again"),
            Place(path),
        )
    return bytes(data)


def _opened(path: str, flags: int) -> int:
    """Open without waiting: a pipe that nobody writes to is empty and not a wait for ever."""
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if hasattr(os, "set_blocking"):
        os.set_blocking(descriptor, True)
    return descriptor


def _refuse_device(file: BinaryIO, path: str) -> None:
    if stat.S_ISCHR(os.fstat(file.fileno()).st_mode) and not file.isatty() and path != os.devnull:
        raise UnreadableDocument(
            Text("这是设备，不是文件", "this is a device and no file"),
            Text("请给文件名", "name a file"),
            Place(path),
        )


def _unopened(path: str, error: OSError) -> UnreadableDocument:
    reason = reason_of(error)
    remedy = Text("请检查路径和权限", "check the path and its permissions")
    if isinstance(error, IsADirectoryError):
        remedy = Text("请给其中的一个文件", "name one of the files in it")
    return UnreadableDocument(
        Text(f"打不开文件（{reason.zh}）", f"cannot open the file ({reason.en})"),
        remedy,
        Place(path),
    )


def _standard_input() -> BinaryIO:
    # Python has no stdin at all where the program was started with it closed.
    if sys.stdin is None or sys.stdin.closed:
        raise UnreadableDocument(
            Text("标准输入已关闭", "standard input is closed"),
            Text("用管道传入内容，或给出文件名", "pipe something in, or name a file"),
            Place(STANDARD_INPUT),
        )
    return sys.stdin.buffer


def _read_up_to_limit(file: BinaryIO) -> bytearray:
    # By pieces, since a read of so many bytes takes their memory before the first has come.
    data = bytearray()
    while len(data) <= MAXIMUM_BYTES and (piece := file.read(_PIECE)):
        data += piece
    return data
