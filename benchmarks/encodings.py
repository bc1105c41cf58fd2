"""How often bytes in old code pages are read as what they say, rejected, or read wrongly: by us, and by others.

    python -m benchmarks.encodings

Reads each text of `tests/encodings.yaml` from the bytes of each code page of its language, as it stands and followed by
itself and its neighbours, by our judge (`dateline.readers.codepages`), by charset-normalizer as it comes, and by
charset-normalizer kept to the six code pages of western Europe, Turkey, Russia and Arabia (what dateline did before).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from charset_normalizer import from_bytes

from dateline.readers.codepages import guess

TEXTS = Path(__file__).parents[1] / "tests" / "encodings.yaml"
_BEFORE = ["cp1252", "latin_1", "cp1254", "cp1251", "cp1256", "iso8859_9"]


def cases() -> Iterator[tuple[str, str, str, bytes]]:
    """(language, code page, text, its bytes), of texts that the page holds and that are not plain ASCII."""
    for row in yaml.safe_load(TEXTS.read_text(encoding="utf-8")):
        texts = [*row["texts"], " ".join(row["texts"])]
        for page in row["pages"]:
            for text in texts:
                fitting = text.translate({0x2013: "-", 0x201C: '"', 0x201D: '"', 0x2019: "'"})
                text = text if page.startswith("cp125") else fitting
                yield row["language"], page, text, text.encode(page)


def _ours(data: bytes) -> str | None:
    found = guess(data)
    return None if found is None else found.text


def _plainly(data: bytes) -> str | None:
    best = from_bytes(data).best()
    return None if best is None else str(best)


def _before(data: bytes) -> str | None:
    best = from_bytes(data, cp_isolation=_BEFORE).best()
    return None if best is None or best.chaos > 0.1 else str(best)


WAYS: dict[str, Callable[[bytes], str | None]] = {
    "ours": _ours,
    "charset-normalizer": _plainly,
    "the same, kept to six pages": _before,
}


def main() -> None:
    """Read all, print a table."""
    found: dict[tuple[str, str], dict[str, Counter[str]]] = {}
    for language, page, text, data in cases():
        row: Any = found.setdefault((language, page), {way: Counter() for way in WAYS})
        for way, read in WAYS.items():
            got = read(data)
            row[way]["rejected" if got is None else "right" if got == text else "wrong"] += 1
    print(f"{'right / rejected / wrong':26}" + "".join(f"{way:>30}" for way in WAYS))
    whole = {way: Counter[str]() for way in WAYS}
    for (language, page), row in found.items():
        print(f"{language:4} {page:21}" + "".join(f"{_told(row[way]):>30}" for way in WAYS))
        for way in WAYS:
            whole[way].update(row[way])
    print(f"{'all':26}" + "".join(f"{_told(whole[way]):>30}" for way in WAYS))


def _told(count: Counter[str]) -> str:
    return f"{count['right']} / {count['rejected']} / {count['wrong']}"


if __name__ == "__main__":
    main()
