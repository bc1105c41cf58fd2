"""`dateline stamp`: makes and verifies proofs that a file, a report or the custody log existed at a time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from dateline.cli.common import check_free, force_option, whole
from dateline.cli.ledger_options import by_option, ledger_option, open_ledger


@dataclass(frozen=True, slots=True)
class _Thing:
    """What is stamped: its SHA-256, its name, and the report's key where it is a report."""

    digest: str
    name: str
    report: str | None = None


@click.command()
@click.argument("what")
@ledger_option
@by_option
@click.option("--tsa", metavar="URL", help="A time-stamp authority (RFC 3161).")
@click.option("--ots", metavar="URL", help="A calendar of OpenTimestamps.")
@click.option("--own-host", "own", multiple=True, metavar="HOST:PORT", help="A host of our own network that is asked.")
@click.option("--out", type=click.Path(dir_okay=False), metavar="FILE", help="Default: WHAT.tsr or WHAT.ots.")
@click.option("--verify", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="Verify this stamp.")
@click.option("--ca", type=click.Path(exists=True, dir_okay=False), metavar="PEM", help="The authority's certificates.")
@click.option("--upgrade", is_flag=True, help="Ask the calendars of --verify what they can tell by now, and add it.")
@click.option("--block", metavar="HEIGHT:ROOT", help="A block of Bitcoin and its Merkle root, of your own node.")
@force_option
def stamp(what: str, ledger: str, by: str | None, verify: str | None, **options: Any) -> None:
    """Have a hash stamped with the time, or verify such a stamp, which needs no network. WHAT is a file (an export),
    `report:URI`, or `log`: the newest hash of the custody log, which proves all entries before it.

    \b
    Examples:
      dateline stamp events.zip --tsa https://freetsa.org/tsr
      dateline stamp log --ots https://a.pool.opentimestamps.org
      dateline stamp events.zip --verify events.zip.tsr --ca tsa.pem
    """
    if (verify is None) == (options["tsa"] is None and options["ots"] is None):
        raise click.UsageError("Give --tsa or --ots to stamp, or --verify FILE.")
    if verify is not None:
        thing = _thing(what, ledger, None if what != "log" else Path(verify))
        return _verify(thing, Path(verify), options)
    return _stamp(_thing(what, ledger, None), ledger, by, options)


def _thing(what: str, ledger: str, of: Path | None) -> _Thing:
    if what == "log":
        return _log(ledger, of)
    if what.startswith("report:"):
        with open_ledger(ledger) as opened:
            entry = [e for e in opened.custody(what.removeprefix("report:")) if "text" in e["body"]][-1]
            return _Thing(entry["body"]["text"], entry["report"], entry["report"])
    path = Path(what)
    if not path.is_file():
        from dateline.model.errors import NoSuchPath

        raise NoSuchPath("There is no such file.", where=what)
    with path.open("rb") as stream:
        return _Thing(hashlib.file_digest(stream, "sha256").hexdigest(), what)


def _log(ledger: str, stamped: Path | None) -> _Thing:
    """The newest entry of the custody log; or, for an existing stamp, the entry with the number in the stamp's name."""
    from dateline.custody.errors import WrongStamp
    from dateline.ledger.custody import hash_at

    number = None
    if stamped is not None:
        told = stamped.name.partition("log-")[2].partition(".")[0]
        if not told.isdecimal():
            raise WrongStamp("Its name does not tell the entry of the log (log-NUMBER.tsr).", where=str(stamped))
        number = int(told)
    with open_ledger(ledger) as opened, opened.store.reading() as connection:
        found = hash_at(connection, number)
    if found is None:
        raise WrongStamp("The custody log has no such entry.", where=str(number or "log"))
    return _Thing(found[1], f"log-{found[0]}")


def _stamp(thing: _Thing, ledger: str, by: str | None, options: dict[str, Any]) -> None:
    import secrets

    from dateline.custody import opentimestamps, rfc3161

    ways = {"tsr": options["tsa"], "ots": options["ots"]}
    for ending, url in ways.items():
        if url is None:
            continue
        out = options["out"] or f"{thing.name}.{ending}"
        check_free(out)
        post = _poster(tuple(options["own"]))
        data = (
            rfc3161.stamp(thing.digest, url, post)
            if ending == "tsr"
            else opentimestamps.stamp(bytes.fromhex(thing.digest), url, secrets.token_bytes(16), post)
        )
        with whole(out, "wb") as stream:
            stream.write(data)
        if thing.report is not None:
            with open_ledger(ledger, by=by) as opened:
                told = {"stamped": thing.digest, "by": url, "stamp": hashlib.sha256(data).hexdigest()}
                opened.note_use("stamped", [thing.report], told)
        click.echo(f"{thing.digest} was stamped by {url}: {out}", err=True)


def _verify(thing: _Thing, path: Path, options: dict[str, Any]) -> None:
    from dateline.custody import opentimestamps, rfc3161
    from dateline.custody.errors import WrongStamp

    if path.suffix == ".ots":
        data = path.read_bytes()
        if options["upgrade"]:
            data = opentimestamps.upgraded(data, _getter(tuple(options["own"])))
        found = opentimestamps.attested(data, bytes.fromhex(thing.digest))
        if options["upgrade"]:
            # The stamp with more in it: it still holds all that it held.
            with whole(str(path), "wb", over=True) as stream:
                stream.write(data)
        for one in found:
            click.echo(_attested(one, options["block"]))
        return
    if options["ca"] is None:
        raise click.UsageError("Give the authority's certificates: --ca FILE.pem")
    try:
        made = rfc3161.verified(thing.digest, path.read_bytes(), Path(options["ca"]).read_bytes())
    except WrongStamp as error:
        raise WrongStamp(error.what, where=str(path)) from None
    click.echo(f"It was there on {made.time}: {thing.digest}")


def _attested(one: Any, block: str | None) -> str:
    from dateline.custody.errors import WrongStamp

    if one.block is None:
        return f"{one.calendar} promises to put it into Bitcoin's chain; ask again with --upgrade."
    if block is None:
        return f"It is in block {one.block} if that block's Merkle root is {one.root} (--block HEIGHT:ROOT compares)."
    height, _, root = block.partition(":")
    if height != str(one.block):
        return f"It should be in block {one.block}; a block {height} was given."
    if root.lower() != one.root:
        raise WrongStamp(f"Block {height} has another Merkle root than {one.root}.")
    return f"It was there before block {height}, whose Merkle root is right."


def _poster(own: tuple[str, ...]) -> Any:
    from dateline.custody.errors import NoStamp
    from dateline.service.dialling import Manner
    from dateline.service.errors import BadAddress
    from dateline.service.fetching import ask

    def post(url: str, body: bytes, kind: str) -> tuple[int, bytes]:
        manner = Manner(accept="*/*", headers=(("Content-Type", kind),), redirects=0, own=frozenset(own))
        try:
            found = ask(url, manner, body)
        except BadAddress as error:
            raise NoStamp(error.what, where=url) from None
        return found.status, found.data

    return post


def _getter(own: tuple[str, ...]) -> Any:
    from dateline.service.dialling import Manner
    from dateline.service.errors import BadAddress
    from dateline.service.fetching import ask

    def get(url: str) -> tuple[int, bytes]:
        try:
            found = ask(url, Manner(accept="*/*", redirects=0, own=frozenset(own)))
        except BadAddress:
            return 0, b""  # The stamp stays pending; the server can be asked again later.
        return found.status, found.data

    return get
