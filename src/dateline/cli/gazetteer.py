"""`dateline gazetteer`: the user's own places, and which places a name could stand for."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def gazetteer() -> None:
    """The places that dateline knows.

    \b
    Examples:
      dateline gazetteer find Bab
      dateline gazetteer build --add checkpoints.csv
      dateline gazetteer build --geonames allCountries.zip --add checkpoints.csv
    """


@gazetteer.command()
@click.option("--geonames", type=click.Path(path_type=Path), metavar="FILE", help="allCountries.zip of geonames.org.")
@click.option("--add", "tables", multiple=True, type=click.Path(path_type=Path), metavar="FILE.csv", help="Own places.")
def build(geonames: Path | None, tables: tuple[Path, ...]) -> None:
    """Make a gazetteer of your own: the one that comes with dateline, and what you name.

    A table has the columns name, kind, country, lat, lon, and as you like admin1, population, also (other names,
    parted by semicolons) and source. Kinds: country region admin1 district city neighbourhood site.
    """
    from dateline.where import build_own

    if geonames is None and not tables:
        raise click.UsageError("Name what to add: --geonames FILE, --add FILE.csv, or both.")
    click.echo("building ...", err=True)
    built = build_own(geonames, tables)
    click.echo(f"{built.path}: {built.geonames} places of GeoNames and {built.added} of your own were added.", err=True)


@gazetteer.command()
def reset() -> None:
    """Go back to the gazetteer that comes with dateline."""
    from dateline.where import own_gazetteer

    own_gazetteer().unlink(missing_ok=True)


@gazetteer.command()
@click.argument("name")
def find(name: str) -> None:
    """What a name could stand for, the most populous first."""
    from dateline.where import entries_of

    entries = entries_of(name)
    if not entries:
        click.echo(f"Nothing is known by the name {name!r}.", err=True)
        raise click.exceptions.Exit(1)
    for e in entries:
        point = "" if e.lat is None else f"  {e.lat:.4f}, {e.lon:.4f}"
        where = ", ".join(part for part in (e.name, e.admin1, e.country) if part)
        click.echo(f"{e.gazetteer_id:22} {e.kind:14} {where}{point}  {e.population or ''}".rstrip())
