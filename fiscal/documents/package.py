"""Office packages (docx, xlsx): XML parts in a zip archive, opened so that a bad one does no harm.

What a part unpacks to is bounded before it is unpacked, entities are never expanded, and the depth
and the length of a text are bounded by the XML library.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from fiscal.errors import Text, UnreadableDocument

__all__ = ["Package", "attribute", "local_name", "open_package", "unreadable"]

# What a part may unpack to; a disclosure needs a hundredth.
_MAXIMUM_UNPACKED = 256 * 1024 * 1024
# A part read as a whole takes several times its size.
_MAXIMUM_WHOLE = 64 * 1024 * 1024
# Text packs to a tenth, a sheet of blanks to a hundredth; what packs tighter is made to do harm.
_TIGHTEST = 300
_LEAST_OF_A_BOMB = 8 * 1024 * 1024
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    LookupError,
    ValueError,
)


class Package:
    """An opened archive; its parts are read by name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def part(self, name: str, limit: int = _MAXIMUM_UNPACKED) -> bytes:
        """Return a part unpacked. Raises KeyError where there is none."""
        info = self._archive.getinfo(name)
        size = info.file_size
        is_bomb = size > _LEAST_OF_A_BOMB and size > _TIGHTEST * info.compress_size
        if size > limit or is_bomb:
            raise unreadable(
                Text(f"：{name} 有 {size // 1024**2} MB", f": {name}, {size // 1024**2} MB")
            )
        return self._archive.read(name)

    def root(self, name: str) -> etree._Element:
        """Return the root element of a part."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
        )
        return etree.fromstring(self.part(name, _MAXIMUM_WHOLE), parser)

    def elements(self, name: str, *tags: str) -> Iterator[etree._Element]:
        """Yield the elements of some tags as they end, and forget each afterwards."""
        stream = io.BytesIO(self.part(name))
        wanted = [f"{{*}}{tag}" for tag in tags]
        for _, element in etree.iterparse(
            stream, tag=wanted, resolve_entities=False, no_network=True, huge_tree=False
        ):
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]

    def related(self, name: str) -> dict[str, str]:
        """Return the parts that a part refers to, by the ids it uses for them."""
        folder, file = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self.names:
            return {}
        return {
            relation.get("Id", ""): posixpath.normpath(
                posixpath.join("/", folder, relation.get("Target", ""))
            ).lstrip("/")
            for relation in self.root(relations).iter(_RELATIONSHIP)
            if relation.get("TargetMode") != "External"
        }


@contextmanager
def open_package(data: bytes) -> Iterator[Package]:
    """Open an archive. Raises UnreadableDocument for damage met here or inside the block."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Package(archive)
    except _DAMAGE as error:
        raise unreadable() from error


def local_name(element: etree._Element | None) -> str:
    """Return the name of an element without its namespace; files come in two dialects of them."""
    tag = element.tag if element is not None else None
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str:
    """Return an attribute by its name without namespace, "" where it or the element is missing."""
    if element is None:
        return ""
    found = (value for key, value in element.items() if str(key).endswith("}" + name))
    return str(next(found, ""))


def unreadable(detail: Text | None = None) -> UnreadableDocument:
    """Return the error for a package that is damaged, encrypted or too large."""
    zh, en = detail or ("", "")
    return UnreadableDocument(
        Text(f"文件损坏、加密或过大{zh}", f"damaged, encrypted or too large{en}"),
        Text("请在办公软件中打开后重新保存", "open it in an office program and save it again"),
    )
