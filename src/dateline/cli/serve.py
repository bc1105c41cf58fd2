"""`dateline serve`: the page and its API."""

from __future__ import annotations

import os
import webbrowser
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.coder_options import CoderChoice, coder_options
from dateline.cli.common import time_limit_option
from dateline.cli.ledger_options import by_option, ledger_option

if TYPE_CHECKING:
    from dateline.service.offering import Offered


@click.command()
@ledger_option
@by_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Another address needs users (`dateline users`).")
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="0: any free one.")
@click.option("--basemap", type=click.Path(exists=True, dir_okay=False), metavar="FILE.pmtiles", help="A map of yours.")
@click.option("--max-upload", type=click.IntRange(1), default=64, show_default=True, metavar="MB", help="Of a request.")
@click.option(
    "--trusted-proxy",
    "proxies",
    multiple=True,
    callback=lambda _, __, given: tuple(_block(one) for one in given),
    metavar="ADDRESS",
    help="Of a server in front (10.0.0.5, 10.0.0.0/24), whose X-Forwarded-For and -Proto count. Needs users.",
)
@time_limit_option
@coder_options
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
def serve(  # noqa: PLR0913 - one argument an option
    ledger: str,
    by: str | None,
    host: str,
    port: int,
    basemap: str | None,
    max_upload: int,
    proxies: tuple[str, ...],
    time_limit: float,
    choice: CoderChoice,
    show: bool,
) -> None:
    """Open the page: find, check, correct and publish events on a map, a timeline and a table. The ledger is made if it
    is not there. On this machine nobody logs in; where the ledger has users, everybody does. With --coder, reports
    that are added on the page can be coded by it.

    \b
    Examples:
      dateline serve
      dateline serve --ledger postgresql://me@localhost/events --basemap europe.pmtiles
      dateline users add ann --role admin && dateline serve --host 0.0.0.0
      dateline serve --trusted-proxy 127.0.0.1
      dateline serve --coder model --model NAME --base-url http://localhost:8000/v1 --answers answers.jsonl
    """
    if choice.dry_run or choice.manifest:
        raise click.UsageError("--dry-run and --manifest are for commands that end.")
    serve_page(ledger, by, host, port, basemap, max_upload, show, time_limit, proxies, choice)


def _block(told: str) -> str:
    """Check that the text is an IP address or a block of addresses, and give it."""
    try:
        return str(ip_network(told, strict=False))
    except ValueError:
        raise click.BadParameter(f"{told!r} is no address: give one like 127.0.0.1 or 10.0.0.0/24.") from None


def _offered(choice: CoderChoice | None) -> Offered | None:
    """The coder that is offered for new reports besides the rules. Raises as CoderChoice.made does."""
    if choice is None or choice.is_rules:
        return None
    from dateline.service.offering import Offered

    made = choice.made()
    return Offered(choice.coder, made, choice.together, choice.using(), choice.server())


def serve_page(  # noqa: PLR0913 - the same
    ledger: str,
    by: str | None = None,
    host: str = "127.0.0.1",
    port: int = 8642,
    basemap: str | None = None,
    max_upload: int = 64,
    show: bool = False,
    time_limit: float = 30.0,
    proxies: tuple[str, ...] = (),
    choice: CoderChoice | None = None,
) -> None:
    """Serve until interrupted. Raises NotInstalled (DL-E010), and as service.running.run does."""
    try:
        from dateline.service.running import run
        from dateline.service.settings import Settings
    except ModuleNotFoundError as error:
        from dateline.model.errors import NotInstalled

        raise NotInstalled(
            f"{error.name} is not installed.", remedy="pip install argon2-cffi fastapi python-multipart uvicorn."
        ) from None
    settings = Settings(
        ledger,
        by or os.environ.get("DATELINE_USER"),
        Path(basemap) if basemap else None,
        max_upload * 1_000_000,
        time_limit,
        proxies=proxies,
        offered=_offered(choice),
    )

    def ready(address: str) -> None:
        from dateline.ledger.store import shown

        click.echo(f"{shown(ledger)} is at {address} (stop with Ctrl-C)", err=True)
        if show:
            webbrowser.open(address)

    run(settings, host, port, ready)
