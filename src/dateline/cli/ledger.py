"""`dateline ledger`: maintenance of a ledger (check, backup, restore, export, import, rules, removals)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.common import check_free, force_option, number_of, out_option, read_rules, read_weights, writer
from dateline.cli.ledger_options import by_option, ledger_option, open_ledger
from dateline.cli.stopping import stopping
from dateline.cli.tally import Tally, accepted

if TYPE_CHECKING:
    from dateline.custody.originals import Forgotten


@click.group()
def ledger() -> None:
    """Care for a ledger.

    \b
    Examples:
      dateline ledger info
      dateline ledger check --deep
      dateline ledger backup monday.sqlite
      dateline ledger restore monday.sqlite
      dateline ledger export --out all.jsonl
      dateline ledger refit --out ours.yaml
      dateline ledger import all.jsonl --ledger postgresql://me@localhost/events
    """


@ledger.command()
@ledger_option
def info(ledger: str) -> None:
    """Where it is, its newest revision, and how much it holds."""
    with open_ledger(ledger) as opened:
        click.echo(json.dumps(opened.info()))


@ledger.command()
@ledger_option
@click.option("--deep", is_flag=True, help="Also work all links out anew, and index all words anew; slower.")
def check(ledger: str, deep: bool) -> None:
    """Read every row again against its digest, every span against its text, and look at all that must hold.

    Says what is damaged, and how it is mended. Exit status 1 where something is.
    """
    from dateline.ledger.checking import problems

    with open_ledger(ledger) as opened, opened.store.reading() as connection:
        found = 0
        mends: dict[str, int] = {}
        for problem in problems(connection, deep):
            found += 1
            mends[problem.mend] = mends.get(problem.mend, 0) + 1
            click.echo(str(problem))
    click.echo("All is well." if not found else "1 problem." if found == 1 else f"{found} problems.", err=True)
    for mend, count in mends.items():
        click.echo(f"To mend {'all' if count == found else count} of them: {mend}", err=True)
    if found:
        raise click.exceptions.Exit(1)


@ledger.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@ledger_option
@force_option
def backup(target: Path, ledger: str) -> None:
    """Copy the ledger as it is now to a file, while others go on writing."""
    from dateline.ledger.backups import backup

    check_free(target)
    with open_ledger(ledger) as opened:
        backup(opened.store, target)
        click.echo(f"{target} holds all of {opened.store.name}.", err=True)


@ledger.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ledger_option
def restore(source: Path, ledger: str) -> None:
    """Put a backup in the place of the ledger; the old file is kept aside."""
    from dateline.ledger.backups import restore
    from dateline.ledger.store import Store

    store = Store(ledger)
    kept = restore(source, store)
    click.echo(f"{store.name} is what {source} holds." + (f" The old file is {kept}." if kept else ""), err=True)


@ledger.command()
@ledger_option
@out_option
def export(ledger: str, out: str | None) -> None:
    """Write the whole ledger as JSON lines: reports, codings, judgements, removals, all versions of events."""
    from dateline.ledger.moving import exported

    with open_ledger(ledger) as opened, opened.store.reading() as connection, writer(out) as stream:
        stream.writelines(f"{line}\n" for line in exported(connection))


@ledger.command(name="import")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ledger_option
def import_(source: Path, ledger: str) -> None:
    """Read an export into an empty ledger."""
    from dateline.ledger.moving import imported

    with (
        open_ledger(ledger, create=True) as opened,
        source.open(encoding="utf-8") as lines,
        opened.store.writing() as connection,
    ):
        rows = imported(connection, lines)
    click.echo(f"{rows} rows were read into {opened.store.name}.", err=True)


@ledger.command()
@click.argument("rules_file", type=click.Path(exists=True, dir_okay=False), required=False, metavar="[FILE.yaml]")
@ledger_option
@by_option
def rules(rules_file: str | None, ledger: str, by: str | None) -> None:
    """Show the consolidation rules, or put those of a file in force: all events are worked out anew."""
    with open_ledger(ledger, by=by) as opened:
        chosen = read_rules(rules_file)
        if chosen is not None:
            click.echo(f"In force from revision {opened.set_rules(chosen)} on.", err=True)
        click.echo(json.dumps(opened.rules().model_dump()))


@ledger.command()
@click.argument("name", required=False)
@ledger_option
@by_option
def coder(name: str | None, ledger: str, by: str | None) -> None:
    """Show whose codings events are made of, or make them of the codings of a coder: rules, model, cascade, or one with
    its model ("model: NAME"). `last`: of whichever is added last.

    What others read stays beside it, and what was judged stays. `dateline review --coders` shows where they differ.

    \b
    Examples:
      dateline ledger coder rules
      dateline add news/ --coder model --answers answers.jsonl --offline
      dateline review --coders
      dateline ledger coder model
    """
    with open_ledger(ledger, by=by) as opened:
        if name is not None:
            click.echo(f"In force from revision {opened.set_coder(name)} on.", err=True)
        click.echo(opened.chosen_coder())


@ledger.command()
@click.argument("weights_file", type=click.Path(exists=True, dir_okay=False), required=False, metavar="[FILE.yaml]")
@ledger_option
@by_option
def weights(weights_file: str | None, ledger: str, by: str | None) -> None:
    """Show what speaks for two accounts being one event, or put the weights of a file in force: all is linked anew."""
    with open_ledger(ledger, by=by) as opened:
        chosen = read_weights(weights_file)
        if chosen is not None:
            click.echo(f"In force from revision {opened.set_weights(chosen)} on.", err=True)
        click.echo(opened.weights().as_yaml(), nl=False)


@ledger.command()
@ledger_option
@out_option
def refit(ledger: str, out: str | None) -> None:
    """Fit the weights of linking to what was judged: same, different, split, and events that were accepted.

    Nothing changes until `dateline ledger weights FILE` puts them in force.

    
    Examples:
      dateline ledger refit --out ours.yaml
      dateline ledger weights ours.yaml
      dateline link news/ --weights ours.yaml
    """
    with open_ledger(ledger) as opened:
        found = opened.refitted()
    with writer(out) as stream:
        stream.write(found.weights.as_yaml())
    click.echo(f"{found.decisions} decisions on {found.same} pairs of one event, {found.different} of two.", err=True)
    before, after = found.before, found.after
    click.echo(f"Right where it was not fitted: {before.right:.3f} -> {after.right:.3f} of the decisions.", err=True)
    click.echo(f"Log loss there: {before.loss:.3f} -> {after.loss:.3f}.", err=True)
    if after.loss >= before.loss:
        click.echo("The weights in force do as well: keep them.", err=True)


@ledger.command()
@click.argument("report")
@click.option("--reason", required=True, help="Why; kept with the removal.")
@click.option("--purge", is_flag=True, help="Delete its words for good, also from the past of the ledger.")
@click.option("--originals", type=click.Path(file_okay=False), metavar="DIR", help="Default: beside the ledger.")
@ledger_option
@by_option
def remove(report: str, reason: str, purge: bool, originals: str | None, ledger: str, by: str | None) -> None:
    """Take a report out, by URI or key: its accounts leave their events, and it is not added again."""
    with open_ledger(ledger, by=by) as opened:
        revision = opened.remove(report, reason, purge)
        if purge:
            from dateline.custody.originals import Originals, beside

            folder = Path(originals) if originals else beside(ledger)
            _tell_forgotten(Originals(folder).forget_purged(opened, revision), folder)
    click.echo(f"Removed in revision {revision}.", err=True)


def _tell_forgotten(found: Forgotten, folder: Path) -> None:
    """Say what happened to the original bytes of the reports that were purged."""
    if found.deleted:
        click.echo(f"{number_of(found.deleted, 'original')} deleted.", err=True)
    if found.shared:
        told = f"{number_of(found.shared, 'original')} in {folder} kept: other reports are of the same bytes."
        click.echo(f"{told} The purged words are still in it: delete them by hand.", err=True)
    if found.elsewhere:
        told = f"{number_of(found.elsewhere, 'original')} not found in {folder}."
        click.echo(f"{told} Where it lies elsewhere, delete it there (the log names it: `dateline custody`).", err=True)


@ledger.command()
@click.argument("report")
@click.option("--level", type=click.Choice(["open", "team", "sealed"]), help="Who may read it; without it: tell.")
@click.option("--note", default="", help="Who consented to what, when; kept with the ledger.")
@click.option("--person", "people", multiple=True, help="Somebody who may read a sealed report; several times.")
@ledger_option
@by_option
def access(report: str, level: str | None, note: str, people: tuple[str, ...], ledger: str, by: str | None) -> None:
    """Say who may read a report's words, by URI or key: everybody, the team (reviewers), or named people and admins.

    A sealed report counts: its events, figures and days stay. Page, API, feeds and exports show none of its words.
    """
    from dateline.ledger.access import Access

    with open_ledger(ledger, by=by) as opened:
        if level is not None:
            revision = opened.set_access(report, Access(level, note, people))  # type: ignore[arg-type]
            click.echo(f"{level} since revision {revision}.", err=True)
            return
        told = [entry for entry in opened.custody(report) if entry["act"] == "access"]
    for entry in told:
        body = entry["body"]
        click.echo(f"{entry['at']}  {body['level']}  by {entry['by']}  {', '.join(body['people'])}  {body['note']}")
    if not told:
        click.echo("open: nobody said otherwise.")


@ledger.command()
@ledger_option
@by_option
@click.option("--every", is_flag=True, help="Also those that this version coded.")
def recode(ledger: str, by: str | None, every: bool) -> None:
    """Code all reports again that another version of dateline coded; what was judged of them stays."""
    from dataclasses import replace

    from dateline.engines import code_all

    with open_ledger(ledger, by=by) as opened:
        given = (c.report for c in opened.stored(other_versions=not every))
        reports = (
            replace(r, published=r.published if r.published and r.published.basis == "given" else None) for r in given
        )
        coming = opened.info()["reports"] if every else None
        with stopping() as stop:
            coded = accepted(code_all(reports), Tally(), quiet=False, expected=coming)
            added = opened.add(stop.until(coded), "recode", every)
    click.echo(f"{added.again} reports were coded again; the ledger is at revision {added.revision}.", err=True)
    if stop.wanted:
        click.echo("Stopped. What was coded again stays; run the command again for the rest.", err=True)
        raise click.exceptions.Exit(1)


@ledger.command()
@ledger_option
@by_option
def upgrade(ledger: str, by: str | None) -> None:
    """Bring the tables of an older ledger to this version, and link all anew. Make a backup first."""
    from dateline.ledger.store import Store

    Store(ledger).upgrade()
    with open_ledger(ledger, by=by) as opened:
        changed = opened.link_anew()
    click.echo(f"The tables are of this version; all was linked anew: {changed} events are not as before.", err=True)
