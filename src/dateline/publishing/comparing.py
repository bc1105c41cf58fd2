"""Compares two tables of events: which events match and why, which events are missing on each side, where they differ.

Events are matched one to one. The weights are those with which the ledger links accounts (linking/weights.py), but only
for the fields that both tables have: days, places, types, figures, parties. The words of reports, which link accounts
best, are not in such tables. So matches are less sure than links, and each match says what speaks for it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from dateline.ledger.views import kappa
from dateline.linking.comparing import parts
from dateline.linking.weights import Weights
from dateline.model.distance import kilometres
from dateline.model.event import Part
from dateline.publishing.theirs import Other

#: The fields that tables have; and the levels that mean that one side does not state a value: they count nothing.
_FIELDS = frozenset(("prior", "when", "where", "type", "killed", "wounded", "kidnapped", "groups", "targets"))
_SILENT = ("unknown", "none", "one tells none", "undated", "one is vague")
#: Days before and after an event in which its match is looked for; the most weeks under which one event is listed.
_AROUND, _WEEKS = 7, 60
#: The fields for which agreement is computed.
FIELDS = ("type", "start", "end", "place", "admin1", "country", "killed", "wounded")


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """Two events that match, with the weight for it and its parts (log-odds); `km` is the distance between them, where
    both have a point."""

    ours: Other
    theirs: Other
    weight: float
    parts: tuple[Part, ...]
    km: float | None

    def why(self) -> str:
        """What speaks for and against the match, the strongest first."""
        told = sorted((p for p in self.parts if p.field != "prior"), key=lambda p: (-abs(p.weight), p.field))
        return "; ".join(f"{p.field} {p.level} {p.weight:+.2f}" for p in told)

    def differing(self) -> list[str]:
        """The fields that both have and that differ."""
        return [name for name in FIELDS if _differs(self, name)]


@dataclass(frozen=True, slots=True)
class Agreement:
    """For one field, how many of the matched events that both have it have the same value."""

    field: str
    compared: int
    same: int
    note: str = ""

    @property
    def share(self) -> float | None:
        """The share with the same value."""
        return self.same / self.compared if self.compared else None


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The result of comparing two tables."""

    matches: tuple[Match, ...]
    only_ours: tuple[Other, ...]
    only_theirs: tuple[Other, ...]

    def agreements(self) -> list[Agreement]:
        """The agreement on each field."""
        found = []
        for name in FIELDS:
            both = [m for m in self.matches if m.ours.values[name] and m.theirs.values[name]]
            same = sum(not _differs(m, name) for m in both)
            found.append(Agreement(name, len(both), same, self._note(name, both)))
        return found

    def _note(self, name: str, both: Sequence[Match]) -> str:
        if name == "type" and both:
            found = kappa([(m.ours.values["type"], m.theirs.values["type"]) for m in both])
            return f"kappa {found}" if found is not None else ""
        if name == "place" and (far := [m.km for m in both if m.km is not None]):
            return f"median {median(far):.1f} km apart"
        if name == "killed" and both:
            sums = [sum(int(getattr(m, side).values["killed"]) for m in both) for side in ("ours", "theirs")]
            return f"{sums[0]} and {sums[1]} in all"
        return ""


def _differs(match: Match, name: str) -> bool:
    ours, theirs = match.ours.values[name], match.theirs.values[name]
    if not ours or not theirs:
        return False
    if name == "country":
        return match.ours.fact.countries != match.theirs.fact.countries
    return _folded(ours) != _folded(theirs) if name in ("place", "admin1") else ours != theirs


def _folded(name: str) -> str:
    from dateline.ledger.search import folded

    return folded(name)


def within(ours: Iterable[Other], theirs: Sequence[Other]) -> list[Other]:
    """Those of our events that the other table could hold: single events that took place, in a family of types, a
    country and a span of days that the other table has."""
    families = {one.fact.family for one in theirs}
    countries = {code for one in theirs for code in one.fact.countries}
    days = [day for one in theirs if one.fact.days for day in one.fact.days]
    return [
        one
        for one in ours
        if one.fact.is_fact
        and not one.fact.is_rollup
        and one.fact.family in families
        and (not one.fact.countries or not countries.isdisjoint(one.fact.countries))
        and (one.fact.days is None or (days and one.fact.days[1] >= min(days) and one.fact.days[0] <= max(days)))
    ]


def compare(ours: Iterable[Other], theirs: Iterable[Other], weights: Weights) -> Comparison:
    """Match the events of two sides. The order of the rows makes no difference."""
    mine, yours = (sorted(side, key=lambda one: one.id) for side in (ours, theirs))
    weeks = _weeks(mine)
    pairs = sorted((found for other in yours for found in _candidates(other, weeks, weights)), key=_rank)
    taken: set[int] = set()
    matches = []
    for match in pairs:
        if id(match.ours) not in taken and id(match.theirs) not in taken:
            taken |= {id(match.ours), id(match.theirs)}
            matches.append(match)
    left = [tuple(one for one in side if id(one) not in taken) for side in (mine, yours)]
    return Comparison(tuple(matches), *left)


def _rank(match: Match) -> tuple[float, float, str, str]:
    return -match.weight, math.inf if match.km is None else match.km, match.ours.id, match.theirs.id


def _weeks(side: Sequence[Other]) -> dict[int, list[Other]]:
    """The events by week; an event is listed under each week that its days touch."""
    found: dict[int, list[Other]] = defaultdict(list)
    for one in side:
        if one.fact.days:
            first, last = (day // 7 for day in one.fact.days)
            for week in range(first, min(last, first + _WEEKS) + 1):
                found[week].append(one)
    return found


def _candidates(other: Other, weeks: dict[int, list[Other]], weights: Weights) -> Iterable[Match]:
    """The possible matches for an event of the other table: those with a weight above 0."""
    if other.fact.days is None:
        return
    first, last = (other.fact.days[0] - _AROUND) // 7, (other.fact.days[1] + _AROUND) // 7
    near = {id(one): one for week in range(first, min(last, first + _WEEKS) + 1) for one in weeks.get(week, ())}
    for one in near.values():
        if one.fact.countries and other.fact.countries and one.fact.countries.isdisjoint(other.fact.countries):
            continue
        told = tuple(p for p in parts(one.fact, other.fact, weights) if p.field in _FIELDS and p.level not in _SILENT)
        total = sum(p.weight for p in told)
        if told and total > 0:
            yield Match(one, other, round(total, 2), told, _km(one, other))


def _km(a: Other, b: Other) -> float | None:
    if a.at is None or b.at is None:
        return None
    return kilometres((a.at[1], a.at[0]), (b.at[1], b.at[0]))


# ---------------------------------------------------------------- what is shown

TABLE = (
    "kind", "our_id", "their_id", "weight", "why", "differing", "km",
    *(f"{side}_{name}" for name in (*FIELDS, "agents", "targets") for side in ("our", "their")),
)  # fmt: skip


def rows(found: Comparison) -> Iterable[list[str | float | None]]:
    """The rows of the option `--table`: matches, the surest first, then the events that only one side has."""
    for m in found.matches:
        km = None if m.km is None else round(m.km, 1)
        yield [
            "matched",
            m.ours.id,
            m.theirs.id,
            m.weight,
            m.why(),
            "; ".join(m.differing()),
            km,
            *_both(m.ours, m.theirs),
        ]
    for one in found.only_ours:
        yield ["only ours", one.id, None, None, None, None, None, *_both(one, None)]
    for one in found.only_theirs:
        yield ["only theirs", None, one.id, None, None, None, None, *_both(None, one)]


def _both(ours: Other | None, theirs: Other | None) -> list[str | None]:
    return [side.values[name] if side else None for name in (*FIELDS, "agents", "targets") for side in (ours, theirs)]


def features(found: Comparison) -> list[dict[str, object]]:
    """The features of a map: a point for each event, and a line between the two events of a match that lie apart. Lines
    are cut at the 180th meridian."""
    from dateline.publishing.antimeridian import line

    made: list[dict[str, object]] = []
    for m in found.matches:
        told = {"kind": "matched", "our_id": m.ours.id, "their_id": m.theirs.id, "weight": m.weight, "why": m.why()}
        at = m.ours.at or m.theirs.at
        if at:
            made.append(_feature({"type": "Point", "coordinates": list(at)}, told))
        if m.ours.at and m.theirs.at and m.ours.at != m.theirs.at:
            made.append(_feature(line(m.ours.at, m.theirs.at), told))
    for kind, side in (("only ours", found.only_ours), ("only theirs", found.only_theirs)):
        for one in side:
            if one.at:
                point = {"type": "Point", "coordinates": list(one.at)}
                made.append(_feature(point, {"kind": kind, "id": one.id, **one.values}))
    return made


def _feature(geometry: Mapping[str, object], told: Mapping[str, object]) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": told}


def in_words(found: Comparison, title: str) -> list[str]:
    """The result in words, one line for each figure."""
    ours, theirs = len(found.matches) + len(found.only_ours), len(found.matches) + len(found.only_theirs)
    told = [
        f"ours {ours}, {title} {theirs}: {len(found.matches)} matched "
        f"({_share(len(found.matches), ours)} of ours, {_share(len(found.matches), theirs)} of theirs)",
        f"only ours {len(found.only_ours)}, only {title} {len(found.only_theirs)}",
    ]
    for one in found.agreements():
        share = "" if one.share is None else f" {one.share:.0%}"
        told.append(f"{one.field:8} same in {one.same} of {one.compared}{share}{', ' + one.note if one.note else ''}")
    missing = Counter(other.values["type"] for other in found.only_theirs)
    if missing:
        told.append(
            "we lack: " + ", ".join(f"{n} {kind}" for kind, n in sorted(missing.items(), key=lambda r: (-r[1], r[0])))
        )
    return told


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"
