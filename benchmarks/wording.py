"""Does the wording of who did it change what is coded? `python -m benchmarks.wording` tells 92 stories of our own with
ten labels for one party (920 texts, 828 pairs with "fighters") and counts the pairs that are coded otherwise.

Type, status, scope, method, days, places, figures and the roles of parties must be the same; a party's name is the
label, and may differ. "Gunmen" is no label, as it says that there were guns: it is told, too, and counted by itself,
without the method.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dateline.model import Coding
from dateline.model.record import as_record

FILE = Path(__file__).parent / "wording.yaml"
#: The label that others are compared with first.
LABELS = (
    "fighters", "militants", "rebels", "terrorists", "freedom fighters", "insurgents", "guerrillas", "extremists",
    "jihadists", "separatists",
)  # fmt: skip
#: Says how they were armed, and nothing else.
ARMED = "gunmen"


@dataclass(frozen=True, slots=True)
class Flip:
    """A pair that is coded otherwise: the story, the other label, the first field that differs, and both values."""

    story: int
    label: str
    field: str
    first: Any
    other: Any


def stories() -> list[str]:
    """The stories; {P} stands for the label, {p} for it at the start of a sentence, {S} for one of them."""
    return [str(one) for one in yaml.safe_load(FILE.read_text(encoding="utf-8"))]


def told(story: str, label: str) -> str:
    """A story with a label."""
    return story.replace("{P}", label).replace("{p}", label[0].upper() + label[1:]).replace("{S}", _one(label))


def _one(label: str) -> str:
    return "gunman" if label == ARMED else label.removesuffix("s")


def coded(coding: Coding, label: str) -> list[dict[str, Any]]:
    """What must not hang on the label: each account, without words and names of the party."""
    return [_account(account, label) for account in as_record(coding)["accounts"]]


def _account(account: dict[str, Any], label: str) -> dict[str, Any]:
    when = account["when"]
    return {
        "type": account["type"],
        "status": account["status"],
        "scope": account["scope"],
        "method": sorted(account["method"]),
        "when": when and (when["start"], when["end"]),
        "where": [place["name"] for place in account["where"]],
        "counts": sorted((c["what"], str(c["low"]), str(c["best"]), str(c["high"])) for c in account["counts"]),
        "roles": sorted((a["role"], _bare(a["name"], label)) for a in account["actors"]),
    }


def _bare(name: str, label: str) -> str:
    """A party's name with the label, in the plural or in the singular, as P."""
    for form in (label, label[0].upper() + label[1:], _one(label)):
        name = name.replace(form, "P")
    return name


def flips(labels: Sequence[str] = LABELS[1:], reader: str = "learned") -> Iterator[Flip]:
    """The pairs that a reader codes otherwise, of each story told with the first label and with each of these."""
    for n, story in enumerate(stories(), 1):
        first = _coded_with(LABELS[0], story, reader)
        for label in labels:
            found = _difference(first, _coded_with(label, story, reader), label)
            if found is not None:
                yield Flip(n, label, *found)


def _coded_with(label: str, story: str, reader: str) -> list[dict[str, Any]]:
    from dateline.engines import code

    return coded(code(told(story, label), "2024-05-15", reader=reader), label)


def _difference(first: list[dict[str, Any]], other: list[dict[str, Any]], label: str) -> tuple[str, Any, Any] | None:
    if len(first) != len(other):
        return "accounts", [a["type"] for a in first], [a["type"] for a in other]
    pairs = zip(first, other, strict=True)
    different = ((f, a[f], b[f]) for a, b in pairs for f in a if a[f] != b[f])
    return next((one for one in different if label != ARMED or one[0] != "method"), None)


def main() -> None:
    """Print each flip, and how many there are by label and by field."""
    found, armed = list(flips()), list(flips((ARMED,)))
    for one in (*found, *armed):
        print(f"{one.story:3} {one.label:17} {one.field:9} {one.first} | {one.other}")
    print(f'"{ARMED}": {len(armed)} of {len(stories())} pairs are coded otherwise, but for the method')
    pairs = len(stories()) * (len(LABELS) - 1)
    print(f"{len(found)} of {pairs} pairs are coded otherwise")
    print(
        "by label:", dict(Counter(one.label for one in found)), "by field:", dict(Counter(one.field for one in found))
    )
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
