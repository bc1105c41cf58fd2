"""KML: a placemark for each event that has a point, for Google Earth."""

from __future__ import annotations

from typing import IO
from xml.sax.saxutils import escape

from dateline.publishing.formats import Format, Whole
from dateline.publishing.formats.rows import as_object, point


def _write(out: IO[bytes], whole: Whole) -> int:
    """Write the table; gives the number of its rows, those without a point among them."""
    out.write(b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n')
    count = 0
    for row in whole.table.rows():
        count += 1
        if at := point(row):
            cells = as_object(row, whole.table)
            name = escape(f"{cells.get('type')} {cells.get('event_id')}")
            place = f"<Point><coordinates>{at[0]},{at[1]}</coordinates></Point>"
            out.write(f"<Placemark><name>{name}</name>{place}</Placemark>\n".encode())
    out.write(b"</Document></kml>\n")
    return count


FORMAT = Format("kml", "KML, for Google Earth", events_only=True, write=_write)
