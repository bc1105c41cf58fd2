"""Weights of a ledger's own: put in force, and fitted to what was judged."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from dateline.ledger import Ledger
from dateline.ledger.digests import close_revision
from dateline.ledger.errors import TooFewJudgements
from dateline.ledger.refitting import Refitted
from dateline.ledger.rows import as_json, insert
from dateline.ledger.tables import revisions
from dateline.ledger.tables import weights as weights_table
from dateline.linking import link
from dateline.linking.fitting import Pair, fitted
from dateline.linking.weights import Weights, as_kept, default_weights, laid_over, weights_of
from dateline.model import Coding
from dateline.model.errors import BadKnowledge
from dateline.model.event import Event
from tests.ledger.test_adding import whole

#: Weights are fitted anew many times.
pytestmark = pytest.mark.slow

#: Weights that join hardly anything.
SHY = laid_over({"prior": {"any": -8.0}}, "test")


def groups_of(ledger: Ledger) -> set[frozenset[str]]:
    return {frozenset(row.report_uri + row.account_id for row in e.accounts) for e in ledger.all_events()}


def linked(codings: list[Coding], weights: Weights) -> set[frozenset[str]]:
    return {frozenset(a.report_uri + a.account_id for a in e.accounts) for e in link(codings, weights=weights)}


def told_of(event: Event) -> dict[str, Any]:
    return {key: getattr(event, key) for key in ("id", "type", "when", "where", "counts", "sources", "why", "part_of")}


def test_other_weights_give_the_events_of_linking_with_them(ledger: Ledger, world: list[Coding]) -> None:
    ledger.add(world[:100])
    before = list(ledger.all_events())
    revision = ledger.revision()
    ledger.set_weights(SHY)
    ledger.add(world[100:])
    found = link(world, weights=SHY)
    assert len(found) > len(link(world))
    assert {e.id: told_of(e) for e in ledger.all_events()} == {e.id: told_of(e) for e in found}
    assert whole(ledger) == []
    assert list(ledger.all_events(as_of=revision)) == before
    ledger.set_weights(default_weights())
    assert groups_of(ledger) == linked(world, default_weights())
    assert whole(ledger) == []


def test_what_was_judged_stays_with_other_weights(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    [bombing] = [e for e in ledger.all_events() if len(e.accounts) > 1]
    keys = [row.key for row in bombing.accounts]
    ledger.judge("split", bombing.id, groups=[keys[:1], keys[1:]])
    ledger.set_weights(laid_over({"prior": {"any": 3.0}}, "test"))
    assert not any(set(keys) <= {row.key for row in e.accounts} for e in ledger.all_events())
    assert whole(ledger) == []


def judged(ledger: Ledger, world: list[Coding]) -> Refitted:
    """Somebody brings together what shy weights keep apart, and says of some that they are two."""
    ledger.add(world)
    ledger.set_weights(SHY)
    wanted = [sorted(group) for group in sorted(map(sorted, linked(world, default_weights()))) if len(group) > 1]
    named = {row.report_uri + row.account_id: e.id for e in ledger.all_events() for row in e.accounts}
    for group in wanted[:14]:
        first, *others = dict.fromkeys(named[account] for account in group)
        for other in others[:1]:
            ledger.judge("same", first, other=other)
    singles = [named[group[0]] for group in wanted[14:24]]
    for one, other in itertools.pairwise(singles):
        if one != other:
            ledger.judge("different", one, other=other)
    return ledger.refitted()


def test_judgements_move_the_weights_that_they_speak_of(ledger: Ledger, world: list[Coding]) -> None:
    found = judged(ledger, world)
    assert found.decisions >= 10
    assert found.same >= 10
    # The prior was too low, and what these pairs agree in was worth too little.
    assert found.weights.of("prior", "any") > SHY.of("prior", "any")
    assert found.weights.of("when", "aside, same day") > SHY.of("when", "aside, same day")
    # What no pair has stays as it was.
    assert found.weights.of("arrested", "same, large") == SHY.of("arrested", "same, large")
    assert found.after.loss < found.before.loss
    assert found.after.right >= found.before.right
    apart = len(groups_of(ledger))
    ledger.set_weights(found.weights)
    assert len(groups_of(ledger)) < apart
    assert whole(ledger) == []


def test_the_same_judgements_give_the_same_weights(ledger: Ledger, world: list[Coding]) -> None:
    assert judged(ledger, world).weights.table == ledger.refitted().weights.table


def test_an_accepted_event_says_that_its_accounts_are_one(ledger: Ledger, world: list[Coding]) -> None:
    ledger.add(world)
    several = [e.id for e in ledger.all_events() if e.sources > 1][:12]
    numbers = [ledger.judge("accept", event) for event in several]
    found = ledger.refitted()
    assert (found.decisions, found.different) == (12, 0)
    for number in numbers[:3]:
        ledger.withdraw(number)
    with pytest.raises(TooFewJudgements, match="DL-L015"):
        ledger.refitted()


def test_few_pairs_move_weights_little_and_many_move_them_far() -> None:
    start = Weights({"prior": {"any": 0.0}, "where": {"near": 0.0, "other place": 0.0}})
    apart = Pair((("prior", "any"), ("where", "near")), False)
    few, many = (fitted([apart] * n, start, 20.0).of("where", "near") for n in (3, 300))
    assert many < few < 0
    assert few > -0.2
    assert fitted([apart] * 300, start, 20.0).of("where", "other place") == 0.0


def test_weights_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(SHY.as_yaml(), encoding="utf-8")
    assert weights_of(path).table == SHY.table


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("when: {yesterday: 1.0}", "when.yesterday"),
        ("colour: {red: 1.0}", "colour.red"),
        ("prior: {any: .nan}", "prior.any"),
        ("prior: 3", "prior"),
    ],
)
def test_a_file_of_weights_that_makes_no_sense_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadKnowledge, match=said):
        weights_of(path)


#: Weights as a version before kept them: a level and a field that are no more, and none of what came since.
_OLDER = {"prior": {"any": -1.5}, "report": {"retold": 0.4, "from 0.55": 2.0}, "said": {"same": 1.0}}


def test_weights_that_an_older_version_kept_count_as_far_as_there_are_such_levels() -> None:
    found, known = as_kept(_OLDER).table, default_weights().table
    assert {field: set(levels) for field, levels in found.items()} == {f: set(levels) for f, levels in known.items()}
    assert (found["prior"]["any"], found["report"]["from 0.55"]) == (-1.5, 2.0)
    assert found["told"] == known["told"]


def test_a_ledger_with_weights_of_an_older_version_goes_on(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings[:1])
    with ledger.store.writing() as connection:
        insert(connection, weights_table, [{"revision": 1, "body": as_json(_OLDER)}])
        connection.execute(revisions.update().values(upto=None))
        close_revision(connection)  # As if revision 1 had written them.
    ledger.add(codings[1:])
    assert ledger.weights().table == as_kept(_OLDER).table
    assert groups_of(ledger) == linked(codings, as_kept(_OLDER))
    assert whole(ledger) == []
