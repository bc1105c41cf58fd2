"""Fit the points that choose places: `python -m training.places` prints where/knowledge/weights.yaml anew.

Data: toponym (TR-News and GeoVirus, each for half) and the places of seeds.
"""

from __future__ import annotations

from typing import Any

from dateline.coding.reading import Reading
from dateline.where import Toponym, context, resolving, scoring
from dateline.where import spot as spot_in
from dateline.where.points import Weights as Points
from dateline.where.points import points as points_in_use
from training.ascent import Weights, climb, task

_SPOTTED: dict[str, list[Toponym]] = {}


def _record(reading: Reading) -> dict[str, Any]:
    """A record of the places alone, resolved anew with the points in force."""
    found = resolving.resolve(_SPOTTED[reading.report.uri])
    entities = [
        {
            "kind": "place",
            "span": {"start": e.span.start, "end": e.span.end},
            "lat": e.lat,
            "lon": e.lon,
            "country": e.country,
            "precision": e.precision,
        }
        for e in (p.as_entity() for p in found if not p.toponym.is_people)
    ]
    return {"report": {"uri": reading.report.uri, "text": reading.report.text}, "entities": entities}


def _use(weights: Weights) -> None:
    flat = dict(weights)
    kinds = {name.removeprefix("kinds."): flat.pop(name) for name in weights if name.startswith("kinds.")}
    points = Points(**flat, kinds=kinds)
    for room in (context, resolving, scoring):
        room.points = lambda: points  # type: ignore[attr-defined]


def main() -> None:
    """Read, climb, print."""
    tasks = [
        task("toponym", f"by_part.{part}.{figure}", 0.25, record=_record, everything=True)
        for part in ("trnews", "geovirus")
        for figure in ("right_place_end_to_end", "recognition_f1")
    ]
    for reading in tasks[0].readings:
        timed = {
            s.index: frozenset(i for t in reading.times_in(s) for i in _inside(s, t.span)) for s in reading.sentences
        }
        _SPOTTED[reading.report.uri] = [
            t for s in reading.sentences for t in spot_in(s, reading.cast.taken(s) | timed[s.index])
        ]
    start = points_in_use().model_dump()
    flat = {k: v for k, v in start.items() if k != "kinds"} | {f"kinds.{k}": v for k, v in start["kinds"].items()}
    best = climb(tasks, _use, flat, [0.5, 0.25, 1.0])
    print("\n".join(f"{name}: {value}" for name, value in best.items()))


def _inside(sentence: Any, span: Any) -> list[int]:
    return [t.i for t in sentence.tokens if span.overlaps(t.span)]


if __name__ == "__main__":
    main()
