"""What people judge binds, is signed, survives, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.ledger import Ledger, Query, batching
from dateline.ledger.bonds import Bonds, Judgement
from dateline.ledger.checking import problems
from dateline.ledger.errors import BadJudgement, Conflict, NoSuchEvent
from dateline.model import Coding
from dateline.model.event import Correction, Event, EventWhen
from tests.ledger.test_adding import whole


def bombing(ledger: Ledger) -> Event:
    [event] = [e for e in ledger.all_events() if e.type == "bombing" and len(e.accounts) > 1]
    return event


def test_a_verdict_shows_and_leaves_the_queue(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    event = bombing(ledger).id
    ledger.judge("accept", event, "seen")
    assert ledger.event(event).event.review == "accepted"
    assert event not in {e.id for e in ledger.all_events(Query(review=("unreviewed",)))}
    assert ledger.event(event, as_of=1).event.review == "unreviewed"
    [row] = ledger.judgements(event)
    assert (row["kind"], row["by"], row["reason"], row["at"]) == ("accept", "ann", "seen", "2026-01-02T00:00:00+00:00")


def test_what_is_rejected_is_left_out_and_can_come_back(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    event = bombing(ledger).id
    number = ledger.judge("reject", event)
    assert event not in {e.id for e in ledger.all_events()}
    assert ledger.event(event).event.review == "rejected"
    ledger.withdraw(number)
    assert event in {e.id for e in ledger.all_events()}


def test_what_is_new_does_not_join_what_was_rejected(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings[:1])
    [event] = ledger.all_events()
    ledger.judge("reject", event.id)
    ledger.add(codings[1:2])
    [other] = ledger.all_events()
    assert [a.report_uri for a in other.accounts] == ["paper"]
    assert whole(ledger) == []


def test_an_accepted_event_that_grows_is_looked_at_again(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings[:1])
    [event] = ledger.all_events()
    ledger.judge("accept", event.id)
    ledger.add(codings[1:2])
    assert ledger.event(event.id).event.review == "changed"


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("type", "attack", "attack"),
        ("status", "foiled", "foiled"),
        ("scope", "rollup", "rollup"),
        ("when", "2024-05-13", EventWhen("2024-05-13", "2024-05-13", "day", "judged")),
        (
            "when",
            "2024-05-13..2024-05-14",
            EventWhen("2024-05-13", "2024-05-14", "range", "judged"),
        ),
        ("when", None, None),
    ],
)
def test_a_correction_stands_for_the_event(
    ledger: Ledger, codings: list[Coding], field: str, value: object, kept: object
) -> None:
    ledger.add(codings)
    before = bombing(ledger)
    number = ledger.judge("correct", before.id, "paper archive", field=field, value=value)
    after = ledger.event(before.id).event
    assert getattr(after, field) == kept
    assert after.corrections == (Correction(field, number, "ann"),)
    ledger.withdraw(number)
    assert ledger.event(before.id).event == before


def test_a_corrected_figure_keeps_what_was_said(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    before = bombing(ledger)
    party = next(c.party for c in before.counts if c.what == "killed")
    ledger.judge("correct", before.id, field=f"counts.killed.{party}", value=13)
    [killed] = [c for c in ledger.event(before.id).event.counts if c.what == "killed"]
    assert (killed.low, killed.best, killed.high, killed.rule) == (13, 13, 13, "judged")
    assert {f.best for f in killed.figures} == {12, 14}
    assert ledger.count(Query(min_people=13)) >= 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "war"), ("when", "2024-02-31"), ("when", "2024-05-03..2024-05-01"), ("colour", "red"),
        ("counts.killed.civilian", -1), ("counts.killed.civilian", "many"), ("counts.killed.civilian", True),
        ("counts.killed.civilian", {"low": 3, "best": 2, "high": 4}), ("counts.killed", 3), ("where", "Mosul"),
        ("where", [{"name": "X", "lat": 99.0, "lon": 0.0}]),
    ],
)  # fmt: skip
def test_a_correction_that_makes_no_sense_is_refused(
    ledger: Ledger, codings: list[Coding], field: str, value: object
) -> None:
    ledger.add(codings[:1])
    [event] = ledger.all_events()
    with pytest.raises(BadJudgement, match="DL-L009"):
        ledger.judge("correct", event.id, field=field, value=value)
    assert ledger.revision() == 1


def test_a_split_after_a_merge_is_the_identity(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    before = list(ledger.all_events())
    one, two = bombing(ledger).id, next(e.id for e in before if e.type != "bombing" and e.when)
    number = ledger.judge("same", one, other=two)
    merged = ledger.event(two).event
    assert ledger.event(one).event == merged
    assert len(merged.accounts) >= 3
    ledger.withdraw(number)
    assert list(ledger.all_events()) == before
    assert whole(ledger) == []


def test_what_was_split_stays_apart_when_more_comes(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings[:2])
    event = bombing(ledger)
    keys = [row.key for row in event.accounts]
    ledger.judge("split", event.id, groups=[keys[:1], keys[1:]])
    ledger.add(codings[2:])
    held = [{row.key for row in e.accounts} for e in ledger.all_events()]
    assert not any(set(keys) <= own for own in held)
    assert ledger.event(event.id, as_of=1).event.accounts == event.accounts
    assert whole(ledger) == []


def test_a_split_names_each_account_once(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings[:2])
    event = bombing(ledger)
    keys = [row.key for row in event.accounts]
    for groups in ([keys], [keys[:1]], [keys[:1], keys], [keys[:1], ["x#a1"]]):
        with pytest.raises(BadJudgement):
            ledger.judge("split", event.id, groups=groups)


def test_events_judged_different_do_not_join(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings[:2])
    event = bombing(ledger)
    keys = [row.key for row in event.accounts]
    ledger.judge("split", event.id, groups=[keys[:1], keys[1:]])
    one, two = sorted(e.id for e in ledger.all_events())
    ledger.judge("same", one, other=two)
    assert len(bombing(ledger).accounts) == 2
    found = bombing(ledger)
    assert found.id == event.id


def test_the_second_of_two_reviewers_sees_the_conflict(opened: Callable[..., Ledger], codings: list[Coding]) -> None:
    ann, ben = opened("ann"), opened("ben")
    ann.add(codings)
    seen = ben.event(bombing(ben).id)
    ann.judge("accept", seen.event.id, seen=seen.revision)
    with pytest.raises(Conflict, match="DL-L010"):
        ben.judge("reject", seen.event.id, seen=seen.revision)
    assert ann.event(seen.event.id).event.review == "accepted"


def test_a_judgement_is_withdrawn_once(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    number = ledger.judge("unsure", bombing(ledger).id)
    ledger.withdraw(number)
    for wrong in (number, 999, number + 1):
        with pytest.raises(BadJudgement):
            ledger.withdraw(wrong)
    with pytest.raises(NoSuchEvent):
        ledger.judge("accept", "e-none")


def test_coding_again_keeps_what_was_judged(
    ledger: Ledger, codings: list[Coding], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.add(codings)
    before = bombing(ledger)
    ledger.judge("accept", before.id)
    ledger.judge("correct", before.id, field="type", value="attack")
    monkeypatch.setattr(batching, "VERSION", "9.9")
    # The new version names its accounts otherwise and leaves out the last one.
    renamed = [
        replace(c, accounts=tuple(replace(a, id=f"a{n + 10}") for n, a in enumerate(c.accounts)), links=())
        for c in codings[:2]
    ]
    added = ledger.add([*renamed, replace(codings[2], accounts=())])
    assert (added.again, added.new) == (3, 0)
    after = ledger.event(before.id).event
    assert (after.review, after.type) == ("accepted", "attack")
    assert [row.key for row in after.accounts] == [row.key for row in before.accounts]
    assert {row.account_id for row in after.accounts} == {"a10"}
    assert ledger.event(before.id, as_of=1).event == before
    assert not any(a.report_uri == "kabul" for e in ledger.all_events() for a in e.accounts)
    assert whole(ledger) == []


def test_rules_of_ones_own_are_in_force_from_then_on(ledger: Ledger, codings: list[Coding]) -> None:
    from dateline.linking.rules import Rules

    ledger.add(codings)

    def killed() -> tuple[int, str]:
        [count] = [c for c in bombing(ledger).counts if c.what == "killed"]
        return count.best or count.low, count.rule

    ledger.set_rules(Rules(counts="min"))
    assert killed() == (12, "min")
    ledger.set_rules(Rules(counts="max"))
    assert killed()[1] == "max"
    assert killed()[0] >= 14


def test_a_report_that_is_taken_out_stays_out(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    event = bombing(ledger)
    ledger.remove("paper", "withdrawn by the paper")
    assert [a.report_uri for a in ledger.event(event.id).event.accounts] == ["wire"]
    assert ledger.add(codings).removed == 1
    assert len(ledger.event(event.id, as_of=1).event.accounts) == 2
    ledger.remove("wire", "both")
    with pytest.raises(NoSuchEvent):
        ledger.event(event.id)
    assert whole(ledger) == []


def test_a_purge_leaves_no_word(ledger: Ledger, codings: list[Coding], url: str) -> None:
    ledger.add(codings)
    ledger.remove("wire", "a name that must not be kept", purge_text=True)
    with ledger.store.reading() as connection:
        assert list(problems(connection)) == []
        from sqlalchemy import text

        held = [
            str(row)
            for table in ("reports", "codings", "claims", "versions", "actors", "compared")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    assert not any("Walid Jabbar" in row for row in held)
    assert ledger.count(Query(text="threw cars")) == 0


_KEYS = st.sampled_from("abcdef")


@given(
    st.lists(
        st.tuples(st.sampled_from(["same", "different", "split"]), st.sets(_KEYS, min_size=2, max_size=4)), max_size=6
    )
)
def test_the_latest_judgement_wins(rows: list[tuple[str, set[str]]]) -> None:
    made = []
    for num, (kind, keys) in enumerate(rows, 1):
        ordered = sorted(keys)
        parts = (tuple(ordered),) if kind == "same" else (tuple(ordered[:1]), tuple(ordered[1:]))
        made.append(Judgement(num, kind, "ann", None, parts))
    bonds = Bonds.of(made)
    joined = _closure(bonds.together)
    assert not any(pair in bonds.apart for pair in joined)
    if made:
        last = made[-1]
        if last.kind == "same":
            assert all((last.parts[0][0], key) in joined for key in last.parts[0][1:])
        else:
            assert all((a, b) in bonds.apart for a in last.parts[0] for b in last.parts[1])


def _closure(pairs: list[tuple[str, str]]) -> set[tuple[str, str]]:
    groups: list[set[str]] = []
    for a, b in pairs:
        touching = [g for g in groups if a in g or b in g]
        groups = [g for g in groups if g not in touching] + [{a, b}.union(*touching)]
    return {(a, b) for g in groups for a in g for b in g if a != b}
