"""Versions of a report: a story is corrected at its address, is gone from it, or comes back.

The new version is a report of its own. Its accounts take over the keys of the old version's accounts, so events keep
their ids, and judgements stay with them. The old version is no longer in force. The difference between the two texts is
stored.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from dateline.ledger.batching import Batch
from dateline.ledger.choosing import choices_on, with_choices
from dateline.ledger.handwritten import Stored, with_own
from dateline.ledger.keys import Known, keys_of
from dateline.ledger.readings import written_names
from dateline.ledger.tables import accounts
from dateline.model import Account, Coding, Span
from dateline.model.record import as_record

#: The pieces by which two versions are compared: words, spaces, and other single characters.
_PIECE = re.compile(r"\w++|\s++|[^\w\s]")
#: _AROUND: lines that a diff shows around a change. In a text of more than _LONG pieces, pieces that occur more than
#: _OFTEN times are not used to find matches (_matched).
_AROUND, _LONG, _OFTEN = 1, 1_000, 20


# ---------------------------------------------------------------- two texts


def diff_of(before: str, after: str) -> str:
    """The difference of two texts: a unified diff of their lines."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "after", n=_AROUND, lineterm="")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Shift:
    """Where the characters of one text stand in another: passages that both have, as (start, end, start in the
    other)."""

    same: tuple[tuple[int, int, int], ...]

    @staticmethod
    def between(before: str, after: str) -> Shift:
        """The shift between two texts, compared line by line, and word by word where lines differ."""
        found: list[tuple[int, int, int]] = []
        one, two = before.splitlines(keepends=True), after.splitlines(keepends=True)
        at, there = _starts(one), _starts(two)
        for tag, a, b, c, d in _matched(one, two).get_opcodes():
            if tag == "equal":
                found.append((at[a], at[b], there[c]))
            elif tag == "replace":
                found += _by_words(before[at[a] : at[b]], after[there[c] : there[d]], at[a], there[c])
        return Shift(tuple(found))

    def exact(self, span: Span) -> Span | None:
        """The span of the same words in the other text; None where they do not all stand there together."""
        k = bisect_right(self.same, (span.start, float("inf"), 0)) - 1
        if k < 0 or not self.same[k][0] <= span.start <= span.end <= self.same[k][1]:
            return None
        off = self.same[k][2] - self.same[k][0]
        return Span(span.start + off, span.end + off)

    def near(self, span: Span) -> Span:
        """The span in the other text from the first to the last character of this span that is still there; an empty
        span where there is none."""
        kept = [
            (max(s, span.start), min(e, span.end), t - s) for s, e, t in self.same if s < span.end and e > span.start
        ]
        return Span(kept[0][0] + kept[0][2], kept[-1][1] + kept[-1][2]) if kept else Span(0, 0)


def _matched(one: Sequence[str], two: Sequence[str]) -> difflib.SequenceMatcher[str]:
    """A matcher for two lists of pieces. In long lists, frequent pieces are not used as starting points, because each
    would be tried with all its occurrences."""
    found = difflib.SequenceMatcher(None, one, two, autojunk=False)
    if len(two) > _LONG:
        places: dict[str, list[int]] = vars(found)["b2j"]  # Piece -> its places in the second text (difflib).
        for piece in [piece for piece, where in places.items() if len(where) > _OFTEN]:
            del places[piece]
    return found


def _by_words(before: str, after: str, at: int, there: int) -> list[tuple[int, int, int]]:
    one, two = _PIECE.findall(before), _PIECE.findall(after)
    starts, starts_there = _starts(one), _starts(two)
    blocks = _matched(one, two).get_matching_blocks()
    return [(at + starts[a], at + starts[a + n], there + starts_there[b]) for a, b, n in blocks if n]


def _starts(parts: Sequence[str]) -> list[int]:
    found = [0]
    for part in parts:
        found.append(found[-1] + len(part))
    return found


# ---------------------------------------------------------------- accounts


@dataclass(frozen=True, slots=True)
class Heir:
    """The new version of a report (by key). `made` is its coding as its coder made it; `coding` also has the accounts
    and choices of people from the old version. `lost` are accounts of people that could not be kept
    (with_handwritten)."""

    key: str
    made: Coding
    coding: Coding
    lost: list[str]
    known: tuple[list[Known], set[str]]
    diff: str

    @staticmethod
    def of(connection: Connection, old: Stored, batch: Batch) -> Heir:
        """Make the new version from a batch with one coding, which replaces `old`."""
        [(key, made)] = batch.new or [(key, coding) for _, _, key, coding in batch.again]
        before, after = old.coding.report.text, made.report.text
        shift = Shift.between(before, after)
        coding, lost = with_handwritten(connection, old, made, shift)
        known, ever = heirs_of(connection, old, shift)
        keys = dict(zip((a.id for a in coding.accounts), keys_of(key, coding.accounts, known, ever), strict=True))
        coding = with_choices(coding, keys, choices_on(connection, ever))
        return Heir(key, made, coding, lost, (known, ever), diff_of(before, after))

    def take(self, batch: Batch) -> None:
        """Put the new version into the batch that will be written."""
        batch.new = [(self.key, self.coding) for _ in batch.new]
        batch.again = [(num, before, self.key, self.coding) for num, before, _, _ in batch.again]
        batch.heirs[self.key] = self.known


def heirs_of(connection: Connection, old: Stored, shift: Shift) -> tuple[list[Known], set[str]]:
    """The accounts of the old version, with spans in the new text; and all account keys that the old version ever
    had."""
    query = select(accounts.c.name, accounts.c.key).where(accounts.c.coding == old.coding_num)
    keys = dict(connection.execute(query).all())
    ever = set(connection.execute(select(accounts.c.key).where(accounts.c.report == old.num)).scalars())
    known = [
        Known(keys[a.id], a.type, a.scope, shift.near(a.trigger), tuple(shift.near(s) for s in a.sentences))
        for a in old.coding.accounts
    ]
    return known, ever


def with_handwritten(connection: Connection, old: Stored, coding: Coding, shift: Shift) -> tuple[Coding, list[str]]:
    """The new coding with the accounts that a person wrote into the old version; and the ids (in the old version) of
    accounts that are lost, because their words do not stand in the new text."""
    names = written_names(connection, [old.coding_num], holding=True).get(old.coding_num, set())
    kept: list[Account] = []
    lost: list[str] = []
    for account in old.coding.accounts:
        if account.id in names:
            moved = _moved(old.coding, account, shift)
            kept += [moved] if moved is not None else []
            lost += [account.id] if moved is None else []
    return with_own(coding, kept) if kept else coding, lost


def _moved(coding: Coding, account: Account, shift: Shift) -> Account | None:
    whole = as_record(replace(coding, accounts=(account,), links=()))
    record = _shifted(whole["accounts"][0], shift)
    if record is None:
        return None
    [found] = Coding.from_record({**whole, "accounts": [record]}).accounts
    return found


def _shifted(value: Any, shift: Shift) -> Any:
    """A record with its spans moved to the other text; None where the words of a span do not stand there."""
    if isinstance(value, list):
        parts = [_shifted(one, shift) for one in value]
        return None if any(new is None and old is not None for new, old in zip(parts, value, strict=True)) else parts
    if not isinstance(value, dict):
        return value
    if value.keys() == {"start", "end"} and isinstance(value["start"], int):
        found = shift.exact(Span(value["start"], value["end"]))
        return None if found is None else {"start": found.start, "end": found.end}
    made = {key: _shifted(one, shift) for key, one in value.items()}
    return None if any(made[key] is None and value[key] is not None for key in value) else made
