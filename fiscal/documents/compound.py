"""Compound files, the container of old office files (xls, doc) and of encrypted new ones.

Only what is needed to tell them apart and to read a stream by its name. The layout is that of
[MS-CFB], sections 2.2 to 2.6; every number is little-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fiscal.errors import Text, UnreadableDocument

__all__ = ["DAMAGE", "SIGNATURE", "encrypted", "stream", "stream_names"]

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGE = (struct.error, IndexError, ValueError, KeyError, StopIteration)
_FIRST_SPECIAL_SECTOR = 0xFFFFFFFA
_HEADER_TABLE_SECTORS = 109
_SMALL_SECTOR = 64
_ENTRY = 128
_ROOT, _STREAM = 5, 2


class _Entry(NamedTuple):
    name: str
    kind: int
    start: int
    size: int


def stream_names(data: bytes) -> frozenset[str]:
    """Return the names of the streams; none where the file is damaged."""
    try:
        return frozenset(entry.name for entry in _entries(data, _table(data)))
    except DAMAGE:
        return frozenset()


def stream(data: bytes, *names: str) -> bytes:
    """Return the first stream of these names. Raises one of `DAMAGE` where there is none."""
    table = _table(data)
    entries = {entry.name: entry for entry in _entries(data, table)}
    entry = entries[next(name for name in names if name in entries)]
    if entry.size >= _number(data, 56):
        return _joined(data, entry.start, table)[: entry.size]
    root = next(entry for entry in entries.values() if entry.kind == _ROOT)
    small = _joined(data, root.start, table)
    places = _chain(entry.start, _numbers(_joined(data, _number(data, 60), table)))
    pieces = (small[at * _SMALL_SECTOR :][:_SMALL_SECTOR] for at in places)
    return b"".join(pieces)[: entry.size]


def encrypted() -> UnreadableDocument:
    """Return the error for a file under a password."""
    return UnreadableDocument(
        Text("文件已加密", "the file is encrypted"),
        Text("请另存一份不设密码的文件", "save a copy without a password"),
    )


def _entries(data: bytes, table: Sequence[int]) -> Iterator[_Entry]:
    directory = _joined(data, _number(data, 48), table)
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        if kind in (_ROOT, _STREAM):
            name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
            yield _Entry(name, kind, *struct.unpack_from("<II", directory, at + 116))


def _table(data: bytes) -> Sequence[int]:
    """Return, for every sector, the one that follows it in its stream."""
    size = _sector_size(data)
    places = list(struct.unpack_from(f"<{_HEADER_TABLE_SECTORS}I", data, 76))
    more, seen = _number(data, 68), 0
    while more < _FIRST_SPECIAL_SECTOR and seen * size < len(data):
        *further, more = _numbers(_sector(data, more))
        places += further
        seen += 1
    used = (place for place in places if place < _FIRST_SPECIAL_SECTOR)
    return _numbers(b"".join(_sector(data, place) for place in used))


def _joined(data: bytes, start: int, table: Sequence[int]) -> bytes:
    return b"".join(_sector(data, place) for place in _chain(start, table))


def _chain(start: int, table: Sequence[int]) -> Iterator[int]:
    place = start
    # A chain that is longer than the table runs in a circle.
    for _ in range(len(table)):
        if place >= _FIRST_SPECIAL_SECTOR:
            return
        yield place
        place = table[place]


def _sector(data: bytes, place: int) -> bytes:
    size = _sector_size(data)
    return data[(place + 1) * size : (place + 2) * size]


def _sector_size(data: bytes) -> int:
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise ValueError(f"sectors of 2**{shift} bytes")
    return 1 << int(shift)


def _number(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
