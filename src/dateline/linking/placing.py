"""When and where an event took place, from what its accounts say. Days and places with the most sources come first."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.linking.facts import Told, place_key
from dateline.linking.revising import Vote
from dateline.linking.rules import Measure, Rules, choose
from dateline.model import Place, When
from dateline.model.event import EventPlace, EventWhen
from dateline.model.vocabulary import FACTUAL

_FINER = ("site", "neighbourhood", "city", "district", "admin1", "region", "country")
_Days = tuple[str, str]

# ---------------------------------------------------------------- when


def when_of(group: list[Told], rules: Rules) -> tuple[EventWhen | None, bool]:
    """The days that the rule chooses; and whether some accounts give days that do not overlap with these.

    Days from an account's own words go before days taken over from elsewhere in its report.
    """
    known = _known(group)
    if not known:
        return None, False
    ballots = {(f.telling.source, _days(w)): (f, _days(w)) for f, w in known}
    votes = [Vote(d, f.telling.published or 0, rules.rank(f.telling.publisher)) for f, d in ballots.values()]
    if rules.when == "agreed":
        start, end = agreed(votes)
    else:
        latest_end = rules.when == "max"
        by: Measure[_Days] = Measure(lambda d: d[::-1] if latest_end else d, _length)
        start, end = choose(rules.when, votes, by)
    precision = min(w.precision for _, w in known if _days(w) == (start, end))
    differ = any(w.end < start or w.start > end for _, w in known)
    return EventWhen(start, end, precision, rules.when), differ


def _known(group: list[Told]) -> list[tuple[Told, When]]:
    """The days that count: those of the best basis (own words, inherited, inferred). Days that begin after the first
    report that tells the event as a fact are left out, unless there are no others."""
    told = [(f, f.account.when) for f in group if f.account.when is not None]
    published = [f.telling.published for f in group if f.telling.published and f.account.status in FACTUAL]
    last = dt.date.fromordinal(min(published)).isoformat() if published else None
    told = [(f, w) for f, w in told if last is None or w.start <= last] or told
    own = [(f, w) for f, w in told if w.basis in ("stated", "relative")]
    return own or [(f, w) for f, w in told if w.basis == "inherited"] or told


def agreed(votes: list[Vote[_Days]]) -> _Days:
    """The days that the most sources support: they tell these days, or a longer range that covers them. Of equals the
    shorter range, then the one that most sources tell, then the one published last."""

    def standing(days: _Days) -> tuple[int, int, int, int, _Days]:
        same = [v.published for v in votes if v.value == days]
        around = sum(v.value[0] <= days[0] and days[1] <= v.value[1] for v in votes)
        return around, -_length(days), len(same), max(same), days

    return max({v.value for v in votes}, key=standing)


def _days(when: When) -> _Days:
    return when.start, when.end


def _length(days: _Days) -> int:
    return (dt.date.fromisoformat(days[1]) - dt.date.fromisoformat(days[0])).days


# ---------------------------------------------------------------- where


@dataclass(slots=True)
class _Named:
    """A place, the sources that name it (each with one account of the source), and the words that they use."""

    place: Place
    order: int
    tellers: dict[str, Told] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)


def where_of(group: list[Told], rules: Rules) -> tuple[tuple[EventPlace, ...], bool]:
    """All places, in the order of the rule; and whether sources disagree on the city or country.

    Where most sources name one country, places of other countries are left out; they stay in the accounts.
    """
    named: dict[str, _Named] = {}
    cities: list[set[str]] = []
    for one in group:
        own = {place_key(p): p for p in one.account.where}
        for key, place in own.items():
            row = named.setdefault(key, _Named(place, len(named)))
            if one.telling.source not in row.tellers:
                row.words[" ".join(place.text.split())] += 1
            row.tellers[one.telling.source] = one
        fine = {key for key, p in own.items() if p.precision == "city"}
        cities += [fine] if fine else []
    kept = _of_one_country(list(named.values()))
    differ = len(kept) < len(named) or any(not a & b for a in cities for b in cities)
    rows = _without_wholes(sorted(kept, key=lambda row: (_fineness(row.place), row.order)))
    most = max((len(row.tellers) for row in rows if _is_fine(row.place)), default=0)
    return tuple(_as_place(row) for row in sorted(rows, key=lambda row: _rank(row, most, rules))), differ


def _rank(row: _Named, most: int, rules: Rules) -> tuple[int, ...]:
    """The sort key of a place. `most` is the number of sources of the fine place (below province) with most sources."""
    tellers = list(row.tellers.values())
    # Streets have no coordinates, and come after their town.
    usual = (row.place.lat is None, _fineness(row.place), -len(tellers), row.order)
    first = {
        "agreed": _is_fine(row.place) and len(tellers) * 2 <= most,
        "most_precise": 0,
        "mode": -len(tellers),
        "latest": -max(f.telling.published or 0 for f in tellers),
        "best_source": -max(rules.rank(f.telling.publisher) for f in tellers),
    }
    pointless = row.place.lat is None if rules.where == "agreed" else 0
    return (pointless, first[rules.where], *usual)


def _of_one_country(rows: list[_Named]) -> list[_Named]:
    """The places without those of other countries, where more than half of the sources name one country."""
    tellers: dict[str, set[str]] = defaultdict(set)
    # Towns are better evidence than countries: "Turkish jets" may hit a town in another country.
    fine = [row for row in rows if _is_fine(row.place) and row.place.lat is not None]
    for row in fine or rows:
        if row.place.country:
            tellers[row.place.country] |= row.tellers.keys()
    every = len({source for sources in tellers.values() for source in sources})
    most = max((len(sources) for sources in tellers.values()), default=0)
    if most * 2 <= every:
        return rows
    return [row for row in rows if not row.place.country or len(tellers.get(row.place.country, ())) == most]


def _fineness(place: Place) -> int:
    return _FINER.index(place.precision) if place.precision in _FINER else len(_FINER)


def _is_fine(place: Place) -> bool:
    return _fineness(place) < _FINER.index("admin1")


def _without_wholes(rows: Iterable[_Named]) -> list[_Named]:
    """The places without countries and provinces in which a finer place of the event lies: these add nothing. A
    province stays beside a place without coordinates ("the governor's office"), as it gives the event a point."""
    kept: list[_Named] = []
    for row in rows:
        place = row.place
        inside = [other.place for other in kept if other.place.country == place.country]
        if place.precision == "country" and inside:
            continue
        if place.precision == "admin1" and any(p.admin1 == place.name and p.lat is not None for p in inside):
            continue
        kept.append(row)
    return kept


def _as_place(row: _Named) -> EventPlace:
    p = row.place
    usual = min(row.words, key=lambda word: (-row.words[word], word))
    return EventPlace(p.name or p.text, p.country, p.admin1, p.lat, p.lon, p.precision, p.gazetteer_id, usual)
