"""Reads a table of events of any project, with the help of a small mapping, into the facts that linking compares."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from dateline.linking.facts import Fact, Spot, Telling
from dateline.linking.words import counts, weight
from dateline.model.knowledge import load, load_file
from dateline.model.vocabulary import TYPES
from dateline.publishing.errors import BadTheirs

#: The fields for which a mapping may name a column.
_FIELDS = frozenset(
    "id start end year month day country admin1 place lat lon killed wounded kidnapped type status scope".split()
)
#: The formats in which projects write days.
_DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d-%b-%Y", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S")
#: The weight of a word in a target's name from which it is telling, which means rare (linking/facts.py).
_TELLING = 2.5


@dataclass(frozen=True, slots=True)
class TypeOf:
    """Which rows are of one of our types: those that have one of the given values in each of the given columns."""

    type: str
    has: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def fits(self, row: Mapping[str, str]) -> bool:
        """Is the row of the type?"""
        return all(row.get(column, "") in values for column, values in self.has.items())


@dataclass(frozen=True, slots=True)
class TheirForm:
    """How a file is read: for each of our fields their column, the columns of parties, the types, and whether 0 means
    "not known"."""

    title: str
    columns: dict[str, str]
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    types: tuple[TypeOf, ...] = ()
    zero_is_unknown: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Other:
    """An event of one side: its id, the values that are shown, its point (longitude, latitude), and its facts for
    linking."""

    id: str
    values: dict[str, str]
    at: tuple[float, float] | None
    fact: Fact


def mappings() -> tuple[str, ...]:
    """The projects for which there is a mapping."""
    folder = Path(str(resources.files("dateline.publishing"))) / "knowledge" / "theirs"
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def mapping_of(name: str | None, path: Path | None = None) -> TheirForm:
    """A known mapping, or one from a file. Raises BadTheirs (DL-P004), BadKnowledge (DL-E004)."""
    made = load_file(path, TheirForm) if path else load("dateline.publishing", f"theirs/{name}.yaml", TheirForm)
    unknown = sorted(set(made.columns) - _FIELDS) + sorted({t.type for t in made.types} - TYPES)
    if unknown:
        raise BadTheirs(f"{unknown[0]!r} is no field or type of ours.", where=str(path or name))
    return made


def guessed(head: Iterable[str]) -> str:
    """The project whose files have these columns. Raises BadTheirs (DL-P004) where none has."""
    have = set(head)
    for name in mappings():
        if set(mapping_of(name).columns.values()) <= have:
            return name
    raise BadTheirs("Its columns are of no project that we know.")


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV, or of the table of events in an export. Raises BadTheirs (DL-P004)."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                text = archive.read("events.csv").decode("utf-8-sig")
        else:
            text = path.read_text(encoding="utf-8-sig")
    except (OSError, KeyError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise BadTheirs(f"It cannot be read ({error}).", where=str(path)) from None
    start = text.split("\n", 1)[0]
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if start.count(";") > start.count(",") else ","))


def read(rows: Iterable[dict[str, str]], how: TheirForm, side: str) -> Iterator[Other]:
    """The events of rows; rows of none of our types are left out. Raises BadTheirs (DL-P004) for a missing column."""
    for number, row in enumerate(rows, 1):
        if number == 1:
            missing = sorted(set(how.columns.values()) - set(row))
            if missing:
                raise BadTheirs(f"There is no column {missing[0]!r}.")
        made = _event(
            {key: (row.get(column) or "").strip() for key, column in how.columns.items()}, row, how, side, number
        )
        if made is not None:
            yield made


def _event(told: dict[str, str], row: dict[str, str], how: TheirForm, side: str, number: int) -> Other | None:
    kind = told.get("type") or next((rule.type for rule in how.types if rule.fits(row)), "")
    if kind not in TYPES:
        return None
    agents, targets = (_parties(row, columns) for columns in (how.agents, how.targets))
    days = _days(told)
    figures = {what: n for what in ("killed", "wounded", "kidnapped") if (n := _number(told.get(what))) is not None}
    if how.zero_is_unknown:
        figures = {what: n for what, n in figures.items() if n}
    at = _point(told)
    iso = [dt.date.fromordinal(day).isoformat() for day in days] if days else ["", ""]
    values = {
        "type": kind, "start": iso[0], "end": iso[1], "place": told.get("place", ""),
        "admin1": told.get("admin1", ""), "country": told.get("country", ""), "agents": "; ".join(agents),
        "targets": "; ".join(targets), "killed": str(figures.get("killed", "")),
        "wounded": str(figures.get("wounded", "")),
    }  # fmt: skip
    name = told.get("id") or str(number)
    fact = _fact(f"{side}/{name}", told, kind, days, at, figures, agents, targets)
    return Other(name, values, at, fact)


def _fact(
    key: str, told: dict[str, str], kind: str, days: tuple[int, int] | None, at: tuple[float, float] | None,
    figures: dict[str, int], agents: list[str], targets: list[str],
) -> Fact:  # fmt: skip
    nothing = frozenset[str]()
    telling = Telling(key, key, key, None, None, {}, {}, nothing, nothing, ())
    code = _country(told.get("country", ""))
    words = {w for name in targets for w in counts(name) if weight(w) >= _TELLING and not w.isdigit()}
    fine: tuple[Spot, ...] = ()
    if told.get("place") and at:
        fine = (Spot(f"{code}/{_folded(told['place'])}", at[1], at[0]),)
    return Fact(
        telling=telling, name="a1", type=kind, status=told.get("status") or "occurred",
        scope=told.get("scope") or "event", days=days, fine=fine, countries=frozenset((code,)) if code else nothing,
        figures={what: frozenset((n,)) for what, n in figures.items()}, groups=_groups([*agents, *targets]),
        names=nothing, targets=frozenset(words), methods=nothing, words={}, is_main=True, is_theme=True,
        is_retold=False, own_names=nothing, rarest=(),
    )  # fmt: skip


def _parties(row: dict[str, str], columns: Iterable[str]) -> list[str]:
    told = (name.strip() for column in columns for name in (row.get(column) or "").split(";"))
    return [name for name in dict.fromkeys(told) if name and name.lower() not in ("unknown", "civilians")]


def _groups(names: Iterable[str]) -> frozenset[str]:
    from dateline.who import actors_named

    found = set()
    for name in names:
        plain = name.split("(")[0].split(":")[0].strip().casefold()
        for part in {plain, name.casefold(), name[name.find("(") + 1 : name.find(")")].casefold()} - {""}:
            found |= {key for key, a in actors_named(part) if any(part == n.casefold() for n in a.names)}
    return frozenset(found)


def _country(name: str) -> str | None:
    from dateline.where import country_code

    return (name.upper() if len(name) == 2 else country_code(name)) or None


def _folded(name: str) -> str:
    from dateline.ledger.search import folded

    return folded(name)


def _number(text: str | None) -> int | None:
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def _point(told: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        lon, lat = float(told.get("lon", "")), float(told.get("lat", ""))
    except ValueError:
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


def _days(told: Mapping[str, str]) -> tuple[int, int] | None:
    if "year" in told:
        return _of_parts(*(_number(told.get(part)) or 0 for part in ("year", "month", "day")))
    start = _day(told.get("start", ""))
    end = _day(told.get("end", "")) or start
    return None if start is None or end is None else (start.toordinal(), max(start, end).toordinal())


def _of_parts(year: int, month: int, day: int) -> tuple[int, int] | None:
    """The first and the last day for a year, month and day; month and day may be unknown (0)."""
    try:
        first = dt.date(year, month or 1, day or 1)
        last_month = month or 12
        last = dt.date(year, last_month, day if month and day else calendar.monthrange(year, last_month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
    return first.toordinal(), last.toordinal()


def _day(text: str) -> dt.date | None:
    for form in _DAYS:
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
