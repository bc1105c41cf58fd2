"""GeoJSON (RFC 7946): a feature for each row, and lines between the events of a case, cut at the 180th meridian."""

from __future__ import annotations

from typing import IO, Any

from dateline.ledger.rows import as_json
from dateline.publishing.antimeridian import Point, box_of, line
from dateline.publishing.formats import Whole
from dateline.publishing.formats.rows import as_object, point


def write(out: IO[bytes], whole: Whole) -> int:
    """Write the table. A feature's geometry is null where the place is unknown, or no finer than a province."""
    out.write(b'{"type":"FeatureCollection","features":[')
    count, seen = 0, set[Point]()
    cases: dict[str, tuple[str, Point]] = {}
    lines: list[dict[str, Any]] = []
    for row in whole.table.rows():
        at = point(row)
        told = as_object(row, whole.table)
        name = row.event.id if row.event else told.get("account_key")
        if at:
            seen.add(at)
            lines += _line(cases, row.event.case if row.event else None, str(name), at)
        geometry = {"type": "Point", "coordinates": list(at)} if at else None
        feature = {"type": "Feature", "id": name, "geometry": geometry, "properties": told}
        out.write((b",\n" if count else b"\n") + as_json(feature).encode())
        count += 1
    box = box_of(seen)
    out.write(b"\n]" + (b',"bbox":' + as_json(box).encode() if box else b""))
    out.write(b',"case_lines":' + as_json({"type": "FeatureCollection", "features": lines}).encode() + b"}\n")
    return count


def _line(cases: dict[str, tuple[str, Point]], case: str | None, name: str, at: Point) -> list[dict[str, Any]]:
    """The line from the first event of the same case. Lines are in a foreign member of the file, so that a map shows
    only points."""
    if not case or (first := cases.setdefault(case, (name, at)))[1] == at:
        return []
    told = {"case": case, "from": first[0], "to": name}
    return [{"type": "Feature", "geometry": line(first[1], at), "properties": told}]
