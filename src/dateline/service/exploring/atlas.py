"""The map: events drawn by the precision of their places.

Sites and towns are points, gathered into clusters at each zoom. A province is a circle of its area, and a country is
shaded. Events of larger regions and events without a place are counted separately. No pin stands in the middle of a
country, because that would claim more precision than is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.model import types
from dateline.model.distance import KM_A_DEGREE
from dateline.service.exploring.columns import Columns, Flags, Floats, Ints

#: Side in pixels of a cell, inside which points are one cluster; and of a map tile.
_CELL, _TILE = 56, 512
#: The most clusters that are sent; the largest come first.
_MOST = 2_000
#: The most place names that are written on a view.
_NAMES = 60
#: With at least so many places, the outermost ones are left out of the view (see `_extent`).
_MANY = 50
#: The fewest degrees that are shown on each side of the places of a few events.
_AROUND = 3.0


@dataclass(frozen=True, slots=True)
class View:
    """The part of the map that is seen: the zoom, and the box (west, south, east, north in degrees)."""

    zoom: float = 1.0
    box: tuple[float, float, float, float] = (-180.0, -90.0, 180.0, 90.0)


def atlas(columns: Columns, mask: Flags, view: View) -> dict[str, Any]:
    """The map of the events of a mask: clusters, provinces, countries, regions, and the number without a place."""
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
    """The map of a few events, zoomed in so far that all of them are still seen, with some land around them."""
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
    """A box (west, south, east, north) around the places; None where there is no place.

    Where there are many places, the outermost hundredth on each side is left out, so that one report from another
    continent does not make the rest small.
    """
    places = columns.places
    if not known.any():
        return None
    lon, lat = places.lon[known], places.lat[known]
    out = 1.0 if len(lon) >= _MANY else 0.0
    (west, east), (south, north) = _edges(lon, out), _edges(lat, out)
    return [round(float(n), 4) for n in (west, south, east, north)]


def _edges(axis: Floats, out: float) -> tuple[float, float]:
    """The smallest and the largest degree, after `out` per cent are left out on either side."""
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
    """Rows of places and their cells, each event at most once in a cell, because events are counted and not places."""
    same = events[1:] == events[:-1]
    if not same.any():
        return rows, cells
    # Places are sorted by event: a place can be a second one in its cell only if a neighbour is of the same event.
    near = np.append(same, False) | np.append(False, same)
    some = np.flatnonzero(near)
    order = some[np.lexsort((cells[some], events[some]))]
    twice = (events[order][1:] == events[order][:-1]) & (cells[order][1:] == cells[order][:-1])
    kept = np.ones(len(rows), np.bool_)
    kept[order[1:][twice]] = False
    return rows[kept], cells[kept]


def _told_apart(cells: Ints) -> tuple[Ints, Ints, Ints]:
    """Number the cells from 0. Gives the first place in each cell, the number of each place's cell, and the number of
    places in each cell."""
    _, first, cell, counts = np.unique(cells, return_index=True, return_inverse=True, return_counts=True)
    return first, cell, counts


def _groups(columns: Columns, events: Ints, cell: Ints, cells: int) -> list[dict[str, int]]:
    """For each cluster, how many of its events are of each group of types."""
    names = [one.group for one in types.groups()]
    of_type = np.array([names.index(types.event_types()[name].group) for name in columns.words.type.all], np.int64)
    kinds = of_type[columns.type[events]]
    table = np.bincount(cell * len(names) + kinds, minlength=cells * len(names)).reshape(cells, len(names))
    return [{names[k]: int(row[k]) for k in np.flatnonzero(row)} for row in table]


def _single(columns: Columns, place: int, count: int) -> dict[str, Any]:
    """What a cluster tells of its event: its id, type and precision; None where the cluster holds several events."""
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
    """Countries with the number of events of which no more is known than the country."""
    places, words = columns.places, columns.words
    keys, counts = np.unique(places.country[own & (places.country >= 0)], return_counts=True)
    return [{"country": words.country.all[k], "count": int(n)} for k, n in zip(keys, counts, strict=True)]


def _regions(columns: Columns, own: Flags) -> list[dict[str, Any]]:
    places, words = columns.places, columns.words
    keys, counts = np.unique(places.name[own], return_counts=True)
    return [{"name": words.place.shown[k], "count": int(n)} for k, n in zip(keys, counts, strict=True)]
