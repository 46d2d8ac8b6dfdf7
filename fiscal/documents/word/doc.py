"""Word files of old (doc, rtf, wps): turned into docx by LibreOffice, where it is there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from fiscal.documents.word import docx
from fiscal.errors import Text, UnreadableDocument
from fiscal.model import Document

__all__ = ["read"]

_PROGRAMS = ("soffice", "libreoffice")
_LONGEST_SECONDS = 120


def read(data: bytes, path: str, sha256: str) -> Document:
    """Read an old word file. Raises UnreadableDocument without LibreOffice or where it fails."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnreadableDocument(
            Text("读取 doc 文件需要 LibreOffice", "reading a doc file takes LibreOffice"),
            Text("请安装 LibreOffice，或另存为 docx", "install LibreOffice, or save it as docx"),
        )
    with tempfile.TemporaryDirectory(prefix="fiscal-") as folder:
        source, target = Path(folder, "source.doc"), Path(folder, "out", "source.docx")
        source.write_bytes(data)
        _convert(program, source, target.parent)
        if not target.exists():
            raise _failed("LibreOffice wrote nothing")
        return docx.read(target.read_bytes(), path, sha256)


def _convert(program: str, source: Path, folder: Path) -> None:
    # A profile of its own lets it run beside an open LibreOffice and start with no macros.
    profile = source.with_name("profile").as_uri()
    options = ("--headless", "--norestore", f"-env:UserInstallation={profile}")
    command = (program, *options, "--convert-to", "docx", "--outdir", str(folder), str(source))
    # The program is LibreOffice, found by its name; no shell is involved.
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(_LONGEST_SECONDS)
        except subprocess.TimeoutExpired as error:
            # It works in children, which would outlive it.
            os.killpg(process.pid, signal.SIGKILL)
            raise _failed(f"no end after {_LONGEST_SECONDS} s") from error


def _failed(detail: str) -> UnreadableDocument:
    return UnreadableDocument(
        Text(f"LibreOffice 无法打开此文件（{detail}）", f"LibreOffice cannot open it ({detail})"),
        Text("请在办公软件中打开后另存为 docx", "open it in an office program and save it as docx"),
    )
