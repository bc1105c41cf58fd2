"""Why a report was coded so: each sentence with all that was decided about it."""

from __future__ import annotations

from dateline.service.shapes.shape import Shape


class CoderOf(Shape):
    """Who coded a report."""

    name: str
    version: str


class StepOf(Shape):
    """One decision about words of a report (code points, end exclusive): the rule's name, what such a rule decides
    (null where nobody wrote it down), and the outcome. `refused`: the rule said no, to opening the report, to a
    meaning of the words, or to an account."""

    rule: str
    does: str | None
    start: int
    end: int
    words: str
    outcome: str
    refused: bool


class SentenceOf(Shape):
    """A sentence with all that was decided about it. Where it was not read, `tree` (lines of its parse) and `steps` are
    what they would have been. `accounts` are the ids of those that it tells of."""

    number: int
    start: int
    end: int
    text: str
    kind: str
    read: bool
    gate: list[StepOf]
    tree: list[str]
    steps: list[StepOf]
    accounts: list[str]


class ValueOf(Shape):
    """One value of an account: what it answers, and how it was found."""

    field: str
    how: str


class ToldAgain(Shape):
    """An account, as the report was coded again."""

    id: str
    type: str
    status: str
    values: list[ValueOf]


class Reread(Shape):
    """A report coded again, by `coder`; the ledger's coding is by `ledger_coder`, and `same` says whether the accounts
    of both are the same. `spans` are those of all sentences, `sentences` those that were asked about: none of a report
    in another language, as a warning says."""

    coder: CoderOf
    ledger_coder: CoderOf
    same: bool
    warnings: list[str]
    spans: list[tuple[int, int]]
    sentences: list[SentenceOf]
    accounts: list[ToldAgain]
