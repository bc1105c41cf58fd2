"""The map: events by how exactly their places are known.

Sites and towns are points, gathered into clusters for a zoom; a province is a circle of its area, a country is shaded,
and what is larger or has no place is counted aside. No pin stands in the middle of a country.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.model import types
from dateline.model.distance import KM_A_DEGREE
from dateline.service.exploring.columns import Columns, Flags, Floats, Ints

#: Pixels of a cell in which points are one cluster, and of a tile.
_CELL, _TILE = 56, 512
#: Clusters that are sent at most; the largest come first.
_MOST = 2_000
#: Names that are written on a view.
_NAMES = 60
#: Places of which the outermost are left out of the view.
_MANY = 50
#: Degrees that are shown around a single event, at least.
_AROUND = 3.0


@dataclass(frozen=True, slots=True)
class View:
    """What of the map is seen: zoom, and west, south, east, north in degrees."""

    zoom: float = 1.0
    box: tuple[float, float, float, float] = (-180.0, -90.0, 180.0, 90.0)


def atlas(columns: Columns, mask: Flags, view: View) -> dict[str, Any]:
    """Clusters, provinces, countries, regions and what has no place, of the events of a mask."""
    places, words = columns.places, columns.words
    own = mask[places.row] if len(places.row) else np.zeros(0, np.bool_)
    known = own & ~np.isnan(places.lat)
    placed = np.zeros(columns.size, np.bool_)
    placed[places.row[known]] = True
    return {
        "clusters": _clusters(columns, known & columns.fine, view),
        "provinces": list(_provinces(columns, known & (places.precision == words.precision.find("admin1")))),
        "countries": _countries(columns, own & (places.precision == words.precision.find("country"))),
        "regions": _regions(columns, own & (places.precision == words.precision.find("region"))),
        "unplaced": int((mask & ~placed).sum()),
        "extent": _extent(columns, known),
        "names": _names(view),
    }


def around(columns: Columns, mask: Flags) -> dict[str, Any]:
    """The same of few events, looked at as closely as shows all of them and something of what lies around."""
    found = atlas(columns, mask, View())
    if found["extent"] is None:
        return found
    west, south, east, north = found["extent"]
    wide = max(
        _AROUND,
        (east - west) / 2,
        north - south,
        *(3 * (one["radius_km"] or 0) / KM_A_DEGREE for one in found["provinces"]),
    )
    box = (max(-180.0, west - wide), max(-90.0, south - wide), min(180.0, east + wide), min(90.0, north + wide))
    zoom = float(np.log2(360.0 / (box[2] - box[0])) + 0.5)
    return atlas(columns, mask, View(zoom, box)) | {"extent": list(box)}


def _extent(columns: Columns, known: Flags) -> list[float] | None:
    """A box around the places; None where there is none. Of many the hundredth part that lies farthest out on a side is
    left out: one report of another continent must not make the rest small."""
    places = columns.places
    if not known.any():
        return None
    lon, lat = places.lon[known], places.lat[known]
    out = 1.0 if len(lon) >= _MANY else 0.0
    (west, east), (south, north) = _edges(lon, out), _edges(lat, out)
    return [round(float(n), 4) for n in (west, south, east, north)]


def _edges(axis: Floats, out: float) -> tuple[float, float]:
    """The least and the largest degree, without so many hundredths on either side."""
    last = len(axis) - 1
    low, high = int(np.ceil(last * out / 100.0)), int(np.floor(last * (100.0 - out) / 100.0))
    found = np.partition(axis, (low, high))
    return float(found[low]), float(found[high])


def _names(view: View) -> list[dict[str, Any]]:
    from dateline.where.mapped import names_on_map

    return [
        {"name": one.name, "kind": one.kind, "lat": one.lat, "lon": one.lon}
        for one in names_on_map(view.zoom, view.box, _NAMES)
    ]


def _clusters(columns: Columns, own: Flags, view: View) -> list[dict[str, Any]]:
    places = columns.places
    rows = np.flatnonzero(own & places.inside(view.box))
    if not len(rows):
        return []
    across = 2.0**view.zoom * _TILE / _CELL
    x, y = (np.floor(axis[rows] * across).astype(np.int64) for axis in (places.x, places.y))
    rows, cells = _once_an_event(places.row[rows], rows, x * 2**32 + y)
    first, cell, counts = _told_apart(cells)
    disputed = np.bincount(cell, weights=columns.disputed[places.row[rows]])
    groups = _groups(columns, places.row[rows], cell, len(counts))
    x, y = (np.bincount(cell, weights=axis[rows]) / counts for axis in (places.lon, places.lat))
    order = np.argsort(-counts, kind="stable")[:_MOST]
    return [
        {
            "lon": round(float(x[n]), 5),
            "lat": round(float(y[n]), 5),
            "count": int(counts[n]),
            "disputed": int(disputed[n]),
            "groups": groups[n],
            **_single(columns, int(rows[first[n]]), int(counts[n])),
        }
        for n in order
    ]


def _once_an_event(events: Ints, rows: Ints, cells: Ints) -> tuple[Ints, Ints]:
    """Places and their cells without further places of an event in one cell: what is counted are events."""
    same = events[1:] == events[:-1]
    if not same.any():
        return rows, cells
    # Places stand in order of their events: only those with a neighbour of their event can be twice in a cell.
    near = np.append(same, False) | np.append(False, same)
    some = np.flatnonzero(near)
    order = some[np.lexsort((cells[some], events[some]))]
    twice = (events[order][1:] == events[order][:-1]) & (cells[order][1:] == cells[order][:-1])
    kept = np.ones(len(rows), np.bool_)
    kept[order[1:][twice]] = False
    return rows[kept], cells[kept]


def _told_apart(cells: Ints) -> tuple[Ints, Ints, Ints]:
    """Of cells: the first place of each, the number of each place's, and how many places are in each."""
    _, first, cell, counts = np.unique(cells, return_index=True, return_inverse=True, return_counts=True)
    return first, cell, counts


def _groups(columns: Columns, events: Ints, cell: Ints, cells: int) -> list[dict[str, int]]:
    """Of each cluster how many of its events are of each group of types."""
    names = [one.group for one in types.groups()]
    of_type = np.array([names.index(types.event_types()[name].group) for name in columns.words.type.all], np.int64)
    kinds = of_type[columns.type[events]]
    table = np.bincount(cell * len(names) + kinds, minlength=cells * len(names)).reshape(cells, len(names))
    return [{names[k]: int(row[k]) for k in np.flatnonzero(row)} for row in table]


def _single(columns: Columns, place: int, count: int) -> dict[str, Any]:
    """What is told of a cluster of one."""
    if count > 1:
        return {"event": None, "type": None, "precision": None}
    row = columns.places.row[place]
    words = columns.words
    return {
        "event": str(columns.event[row]),
        "type": words.type.all[columns.type[row]],
        "precision": words.precision.all[columns.places.precision[place]],
    }


def _provinces(columns: Columns, own: Flags) -> Iterator[dict[str, Any]]:
    places, words = columns.places, columns.words
    keys, first, counts = np.unique(places.gazetteer[own], return_index=True, return_counts=True)
    rows = np.flatnonzero(own)[first] if len(keys) else first
    disputed = _disputed(columns, places.gazetteer, own)
    for key, row, count in zip(keys, rows, counts, strict=True):
        name = words.gazetteer.all[key] if key >= 0 else None
        yield {
            "id": name,
            "name": words.place.shown[places.name[row]],
            "lat": float(places.lat[row]),
            "lon": float(places.lon[row]),
            "radius_km": _radius(name),
            "count": int(count),
            "disputed": disputed.get(int(key), 0),
        }


def _radius(gazetteer_id: str | None) -> float | None:
    from dateline.where import radius

    return radius(gazetteer_id) if gazetteer_id else None


def _disputed(columns: Columns, values: Ints, own: Flags) -> dict[int, int]:
    hits = own & columns.disputed[columns.places.row] if len(own) else own
    keys, counts = np.unique(values[hits], return_counts=True)
    return {int(key): int(count) for key, count in zip(keys, counts, strict=True)}


def _countries(columns: Columns, own: Flags) -> list[dict[str, Any]]:
    """Events of which no more is known than the country."""
    places, words = columns.places, columns.words
    keys, counts = np.unique(places.country[own & (places.country >= 0)], return_counts=True)
    return [{"country": words.country.all[k], "count": int(n)} for k, n in zip(keys, counts, strict=True)]


def _regions(columns: Columns, own: Flags) -> list[dict[str, Any]]:
    places, words = columns.places, columns.words
    keys, counts = np.unique(places.name[own], return_counts=True)
    return [{"name": words.place.shown[k], "count": int(n)} for k, n in zip(keys, counts, strict=True)]
