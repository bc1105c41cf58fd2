"""How fast files are read, in one process: `python -m benchmarks.reading [--warc-mb 1000]`.

Pages a second (HTML of saved pages of our own, with scripts and navigation as long as sites have them), pages of PDF a
second, and megabytes of WARC a second with the memory that reading them took. A second is one of a core's time, so that
what else runs on the machine does not count. All files are made here.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from dateline.model import Report
from dateline.readers import read_paths, reports_of

_SCRIPT = "<script>" + "window.settings = {a: 1, b: [2, 3]};" * 1_000 + "</script>"
_ITEMS = (f"<div class='item i{n}'><a href='/s/{n}'><span>Section {n}</span></a></div>" for n in range(300))
_MENU = "<nav>" + "".join(_ITEMS)


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=5.0)
    asked.add_argument("--warc-mb", type=int, default=1_000)
    told = asked.parse_args()
    _html(told.seconds)
    _pdf(told.seconds)
    _warc(told.warc_mb)


def _html(seconds: float) -> None:
    from tests.readers.pages import saved_pages

    pages = [(p.uri, p.data.replace(b"<body", f"{_SCRIPT}<body".encode(), 1).replace(b"<nav>", _MENU.encode(), 1))
             for p in saved_pages()]  # fmt: skip
    _read(pages[0])
    read, size, start = 0, 0, time.process_time()
    while (took := time.process_time() - start) < seconds:
        for page in pages:
            _read(page)
            read, size = read + 1, size + len(page[1])
    print(f"HTML: {read / took:,.0f} pages/s (of {size / read / 1000:,.0f} kB on average)")


def _read(page: tuple[str, bytes]) -> None:
    for one in reports_of(page[1], page[0]):
        if not isinstance(one, Report):
            raise one


def _pdf(seconds: float) -> None:
    from tests.readers.samples import pdf

    for columns in (1, 2):
        data = pdf(columns, pages=60)
        _read(("a.pdf", data))
        read, start = 0, time.process_time()
        while (took := time.process_time() - start) < seconds:
            _read(("a.pdf", data))
            read += 60
        print(f"PDF, {columns} column{'s' if columns > 1 else ''}: {read / took:,.0f} pages/s")


def _warc(megabytes: int) -> None:
    from tests.readers.samples import write_warc

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "big.warc")
        with path.open("wb") as out:
            while out.tell() < megabytes * 1_000_000:
                write_warc(out, 500, padding="x" * 60_000)
        before, start = _memory(), time.process_time()
        halves: list[int] = []
        count = 0
        for one in read_paths([str(path)]):
            count += isinstance(one, Report)
            if count % 2_000 == 0:
                halves.append(_memory())
        took, size = time.process_time() - start, path.stat().st_size / 1e6
        speed = f"{count / took:,.0f} pages/s, {size / took:,.0f} MB/s"
        print(f"WARC: {size:,.0f} MB, {count:,} pages in {took:,.0f} s ({speed})")
        grown = f"{before} MB before, {halves[0] if halves else before} MB after 2,000 pages, {_memory()} MB at the end"
        print(f"      memory: {grown}")


def _memory() -> int:
    """The process's memory now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


if __name__ == "__main__":
    main()
