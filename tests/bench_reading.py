"""What reading costs, as ratios to what cannot be avoided, all taken in one run.

The documents are the real ones beside the repository, and what needs them is passed over without.
`python -m tests.bench_reading` says after every figure whether it is within its limit.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import pypdfium2 as pdfium
import tablers

from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.rules.catalogue import rules
from fiscal.rules.check import check
from tests.conftest import REPOSITORY, SHARED

DOCUMENTS = SHARED / "documents"
PROSE = DOCUMENTS / "emeishan-government-office-2019-final-accounts.txt"
ACCOUNT = DOCUMENTS / "putuo-finance-bureau-2024-final-accounts.pdf"
PDFS = sorted(path for path in DOCUMENTS.glob("*.pdf") if "template" not in path.name)
SAMPLE = REPOSITORY / "data" / "sample-final-accounts.txt"
ROUNDS = 7
# Not by getrusage, which tells no less than what the process had that began this one.
PEAK = """
import sys
from pathlib import Path
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
extract_facts(read_file(sys.argv[1]))
status = Path("/proc/self/status").read_text().split()
print(status[status.index("VmHWM:") + 1])
"""


class Measured(NamedTuple):
    """One figure with its unit and, if it has one, the limit it must not pass."""

    what: str
    value: float
    unit: str
    limit: float | None = None

    def __str__(self) -> str:
        told = "" if self.limit is None else f"   at most {self.limit:g}: {self._verdict}"
        return f"{self.what:58} {self.value:8.2f} {self.unit}{told}"

    @property
    def _verdict(self) -> str:
        return "met" if self.limit is not None and self.value <= self.limit else "MISSED"


def best_time(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the shortest of several runs in seconds."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        act()
        times.append(perf_counter() - start)
    return min(times)


def yardstick() -> dict[str, int]:
    """Count in plain Python, always the same: what a machine and its load are worth today."""
    counts: dict[str, int] = {}
    for number in range(60_000):
        word = str(number % 977)
        counts[word] = counts.get(word, 0) + number
    return counts


def read_and_extract(path: Path) -> None:
    """Do what `fiscal extract` does before it writes."""
    extract_facts(read_file(str(path)))


def libraries_alone(data: bytes) -> None:
    """Take every page's text from PDFium and every page's tables from tablers, and no more."""
    with pdfium.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()
    tables = tablers.Document(bytes=data)
    for index in range(tables.page_count):
        page = tables.get_page(index)
        tablers.find_tables(page, extract_text=False)
        page.clear_cache()
    tables.close()


def copied(data: bytes, pages: int) -> bytes:
    """Return a file of `pages` pages made of copies of another's."""
    with pdfium.PdfDocument(data) as source, pdfium.PdfDocument.new() as long:
        while len(long) < pages:
            long.import_pages(source, list(range(min(len(source), pages - len(long)))))
        written = io.BytesIO()
        long.save(written)
        return written.getvalue()


def peak_memory(path: Path) -> float:
    """Return the most memory, in MB, that a process of its own takes to read a file."""
    run = [sys.executable, "-c", PEAK, str(path)]
    told = subprocess.run(run, capture_output=True, check=True, text=True)
    return int(told.stdout) / 1024


def of_prose() -> Iterator[Measured]:
    """Yield what the prose of one account costs."""
    read_and_extract(PROSE)
    seconds, stick = best_time(lambda: read_and_extract(PROSE), 25), best_time(yardstick, 25)
    yield Measured("prose of an account, read and extracted", seconds * 1000, "ms", 60)
    yield Measured("  the same over a fixed count in plain Python", seconds / stick, "x")
    yield Measured("  peak memory of its own process", peak_memory(PROSE), "MB", 120)


def of_pdfs() -> Iterator[Measured]:
    """Yield what every PDF account costs over the libraries alone."""
    for path in PDFS:
        data = path.read_bytes()
        alone = best_time(lambda data=data: libraries_alone(data))
        ours = best_time(lambda path=path: read_and_extract(path))
        pages = len(read_file(str(path)).pages)
        yield Measured(f"{path.stem[:40]}, {pages} pages, over libraries", ours / alone, "x", 3)
        yield Measured("  peak memory of its own process", peak_memory(path), "MB", 120)


def of_copies() -> Iterator[Measured]:
    """Yield what a page costs in long files made of copies, over a page of the first."""
    data = ACCOUNT.read_bytes()
    first = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for pages in (25, 100, 500):
            path = Path(folder, f"{pages}.pdf")
            path.write_bytes(copied(data, pages))
            a_page = best_time(lambda path=path: read_and_extract(path), 3) / pages
            first = first or a_page
            yield Measured(f"a page of {pages}, over a page of 25", a_page / first, "x", 1.25)
        yield Measured("  peak memory of its own process", peak_memory(path), "MB")


def of_checking() -> Iterator[Measured]:
    """Yield the part of `fiscal check` that is not reading."""
    document = read_file(str(ACCOUNT))
    extraction = extract_facts(document)
    reading = best_time(lambda: read_and_extract(ACCOUNT))
    catalogue = rules()
    judging = best_time(lambda: check(extraction, catalogue))
    part = judging / (reading + judging) * 100
    yield Measured("checking: the part outside reading", part, "%", 25)


def main() -> None:
    """Print every figure as it is taken."""
    if not DOCUMENTS.exists():
        print("the real disclosures do not lie beside this repository: nothing is measured")
        return
    for measure in (of_prose, of_pdfs, of_copies, of_checking):
        for measured in measure():
            print(measured, flush=True)


if __name__ == "__main__":
    main()
