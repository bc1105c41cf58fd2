"""What several coders read in one report, and whose coding is in force."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from dateline.service.shapes.shape import Shape


class CoderSaid(Shape):
    """What a coder says of a field: in words, and as its record has it; `account` is that of its coding, by name."""

    coder: str
    said: str
    value: Any
    account: str | None


class DifferenceOf(Shape):
    """A field of a happening that coders of one report read otherwise; whose coding is in force speaks first.

    `account` is that of the coding in force, by key: null where only another coder tells of it. `words` is the sentence
    that tells of it."""

    account: str | None
    field: str
    words: str
    start: int
    end: int
    said: list[CoderSaid]


class DifferingReport(Shape):
    """A report that its coders read otherwise; `event` holds what they differ on, null for what is in no event."""

    event: str | None
    report: str
    uri: str
    differences: list[DifferenceOf]


class DifferingOf(Shape):
    """Where coders differ and nobody has settled it: how often, and the reports, the most doubtful events first;
    `coder` is whose codings events are made of."""

    coder: str
    total: int
    reports: list[DifferingReport]


class CoderRead(Shape):
    """What a coder read in a report, as it made it; `in_force`: events are made of it."""

    coder: str
    version: str
    in_force: bool
    coding: dict[str, Any]


class ChoiceOfCoder(Shape):
    """Whose value of a field holds: `account` by key; null for what only `coder` tells, `told` being its account."""

    account: str | None = None
    field: str = Field(max_length=60)
    coder: str = Field(max_length=200)
    told: str = Field(default="", max_length=100)
    reason: str = Field(default="", max_length=2000)


class CodersOf(Shape):
    """Coders that new reports can be coded by, the default first; whose codings events are made of; what the language
    model has used since the service was started, in words; and to admins the address of its server."""

    offered: list[str]
    in_force: str
    used: str | None
    server: str | None


class ServerOf(Shape):
    """Where the language model's server is, until the service is started again."""

    address: str = Field(min_length=1, max_length=500)


class CoderInForce(Shape):
    """Whose codings events are made of, where a report has one of it; `last`: of whichever is added last."""

    coder: str = Field(max_length=200)
