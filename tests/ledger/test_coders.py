"""What several coders read in one report: side by side, one in force, and a choice between them is a judgement."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.coders.kept import Kept
from dateline.coders.model import ModelCoder
from dateline.coding import code_report
from dateline.ledger import Ledger, Query
from dateline.ledger.access import Access, Right, SealedReport
from dateline.ledger.checking import problems
from dateline.ledger.choosing import GONE, placed
from dateline.ledger.differing import Waiting
from dateline.ledger.errors import BadJudgement, NoReading
from dateline.ledger.moving import exported, imported
from dateline.model import Coding, Report
from dateline.readers import report_of

TEXT = (
    "KANO, Nigeria - Gunmen killed three soldiers in Kano on Monday, police said. "
    "A bomb wounded five traders at the market of Jos on Tuesday."
)
REPORT = report_of(TEXT, "paper", "2024-03-14")


def _account(number: int, words: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "k", "type": "killing", "status": "occurred", "sentences": [1], "trigger": "killed",
        "when": {"words": "on Monday", "start": "2024-03-11", "end": "2024-03-11"},
        "where": [{"words": "Kano", "country": "NG", "precision": "city"}],
        "counts": [{"what": "killed", "words": words, "n": number}], **more,
    }  # fmt: skip


BOMB = {
    "id": "b", "type": "bombing", "status": "occurred", "sentences": [2], "trigger": "bomb",
    "counts": [{"what": "wounded", "words": "five traders", "n": 5}],
}  # fmt: skip


def _read(*accounts: dict[str, Any], name: str = "model", version: str | None = None) -> Coding:
    coder = ModelCoder(ask=lambda question: Kept(question.key, {"accounts": list(accounts)}, "m", version), name=name)
    return coder(REPORT)


RULES = code_report(REPORT)
MODEL = _read(_account(3, "three soldiers", type="attack"), {**BOMB, "status": "attempted"})


def _whole(ledger: Ledger) -> None:
    with ledger.store.reading() as connection:
        assert list(problems(connection, deep=True)) == []


def _types(ledger: Ledger) -> list[str]:
    return sorted(e.type for e in ledger.all_events(Query(review=("unreviewed", "accepted", "rejected", "unsure"))))


def _waiting(ledger: Ledger) -> list[tuple[str, list[str]]]:
    return [(d.field, [f"{s.coder}: {s.said}" for s in d.said]) for w in ledger.waiting()[1] for d in w.differences]


def _first(ledger: Ledger, field: str) -> tuple[Waiting, str]:
    for one in ledger.waiting()[1]:
        for difference in one.differences:
            if difference.field == field and difference.account is not None:
                return one, difference.account
    raise AssertionError(field)


@pytest.fixture
def both(opened: Callable[..., Ledger]) -> Ledger:
    """The rules' codings are in force, and a model's stand beside them."""
    ledger = opened()
    ledger.add([RULES])
    ledger.set_coder("rules")
    added = ledger.add([MODEL])
    assert (added.new, added.again, added.beside) == (0, 0, 1)
    return ledger


def test_the_chosen_coders_coding_is_in_force_and_the_others_stand_beside_it(both: Ledger) -> None:
    assert [(r["coder"], r["in_force"]) for r in both.readings("paper")] == [("rules", True), ("model: m", False)]
    assert both.add([MODEL]).known == 1 and both.add([RULES]).known == 1
    assert both.report("paper") == both.readings("paper")[0]["coding"]
    _whole(both)


def test_differences_wait_side_by_side_with_their_words(both: Ledger) -> None:
    assert ("type", ["rules: killing, shooting", "model: m: attack"]) in _waiting(both)
    waiting, account = _first(both, "type")
    [difference] = [d for d in waiting.differences if (d.account, d.field) == (account, "type")]
    assert (
        difference.words
        == "Gunmen killed three soldiers in Kano on Monday, police said."
        == TEXT[difference.start : difference.end]
    )
    assert both.waiting()[0] == len(_waiting(both))
    assert waiting.event is not None
    assert [w.report for w in both.differences(waiting.event)] == [waiting.report]


def test_another_coder_is_put_in_force_as_a_revision(both: Ledger) -> None:
    before = both.revision()
    assert both.chosen_coder() == "rules"
    assert both.set_coder("model") == before + 1
    assert both.chosen_coder() == "model" and both.chosen_coder(before) == "rules"
    assert _types(both) == ["attack", "bombing"]
    assert "killing" in {e.type for e in both.all_events(as_of=before)}
    assert [(r["coder"], r["in_force"]) for r in both.readings("paper")] == [("model: m", True), ("rules", False)]
    _whole(both)
    both.set_coder("rules")
    assert "killing" in _types(both)
    _whole(both)


def test_a_coder_that_read_nothing_cannot_be_chosen(both: Ledger) -> None:
    with pytest.raises(NoReading) as told:
        both.set_coder("cascade")
    assert told.value.code == "DL-M009" and "model: m" in told.value.what


def test_a_choice_is_signed_binds_and_can_be_withdrawn(both: Ledger) -> None:
    waiting, account = _first(both, "type")
    number = both.choose(waiting.report, account, "type", "model: m", "it says so")
    assert "attack" in _types(both) and "killing" not in _types(both)
    assert "type" not in [field for field, _ in _waiting(both)]
    [event] = [e for e in both.all_events() if e.type == "attack"]
    [row] = both.judgements(event.id)
    assert (row["kind"], row["by"], row["reason"]) == ("choose", "ann", "it says so")
    told = next(a for a in both.report("paper").accounts if a.type == "attack")
    assert told.derivation[-1] == "type as model: m has it, chosen by ann"
    _whole(both)
    both.withdraw(number)
    assert "killing" in _types(both) and "type" in [field for field, _ in _waiting(both)]
    assert both.report("paper").accounts == both.readings("paper")[0]["coding"].accounts
    _whole(both)


def test_ones_own_value_can_be_chosen_too(both: Ledger) -> None:
    waiting, account = _first(both, "type")
    both.choose(waiting.report, account, "type", "rules")
    assert "killing" in _types(both) and "type" not in [field for field, _ in _waiting(both)]


def test_of_two_choices_the_later_holds_and_withdrawing_it_brings_back_the_first(both: Ledger) -> None:
    waiting, account = _first(both, "type")
    both.choose(waiting.report, account, "type", "model: m")
    later = both.choose(waiting.report, account, "type", "rules")
    assert "killing" in _types(both)
    both.withdraw(later)
    assert "attack" in _types(both)
    _whole(both)


def test_a_choice_stays_when_the_report_is_coded_again(both: Ledger) -> None:
    waiting, account = _first(both, "type")
    number = both.choose(waiting.report, account, "type", "model: m")
    both.add([RULES], every=True)
    assert "attack" in _types(both) and "killing" not in _types(both)
    _whole(both)
    both.withdraw(number)
    assert "killing" in _types(both)
    _whole(both)


def test_what_another_coder_alone_tells_can_be_taken(opened: Callable[..., Ledger]) -> None:
    ledger = opened()
    ledger.add([_read(_account(3, "three soldiers"))])
    ledger.set_coder("model")
    ledger.add([_read(_account(3, "three soldiers"), BOMB, name="other")])
    [waiting] = ledger.waiting()[1]
    [difference] = waiting.differences
    assert (difference.account, difference.field, waiting.event) == (None, "told", None)
    assert [s.said for s in difference.said] == ["nothing", "bombing, occurred"]
    name = difference.said[1].account
    number = ledger.choose(waiting.report, None, "told", "other: m", told=name or "")
    assert _types(ledger) == ["bombing", "killing"] and ledger.waiting() == (0, [])
    _whole(ledger)
    ledger.withdraw(number)
    assert _types(ledger) == ["killing"] and ledger.waiting()[0] == 1


def test_what_the_other_coder_does_not_tell_can_be_dropped_or_kept(opened: Callable[..., Ledger]) -> None:
    ledger = opened()
    ledger.add([_read(_account(3, "three soldiers"), BOMB)])
    ledger.set_coder("model")
    ledger.add([_read(_account(3, "three soldiers"), name="other")])
    waiting, account = _first(ledger, "told")
    kept = ledger.choose(waiting.report, account, "told", "model: m")
    assert ledger.waiting()[0] == 0
    ledger.withdraw(kept)
    ledger.choose(waiting.report, account, "told", "other: m")
    assert [e.type for e in ledger.all_events()] == ["killing"] and ledger.waiting()[0] == 0
    _whole(ledger)


def test_what_cannot_be_chosen_is_refused(both: Ledger) -> None:
    waiting, account = _first(both, "type")
    for refused, wanted in (
        ((waiting.report, account, "colour", "rules"), BadJudgement),
        ((waiting.report, "nobody", "type", "rules"), BadJudgement),
        ((waiting.report, account, "type", "cascade"), NoReading),
        ((waiting.report, None, "told", "model: m"), BadJudgement),
    ):
        with pytest.raises(wanted):
            both.choose(*refused)
    _whole(both)


def test_an_export_keeps_all_of_it(both: Ledger, tmp_path: Path) -> None:
    waiting, account = _first(both, "type")
    both.choose(waiting.report, account, "type", "model: m")
    with both.store.reading() as connection:
        lines = list(exported(connection))
    with Ledger.open(str(tmp_path / "copy.sqlite"), create=True) as copy:
        with copy.store.writing() as connection:
            imported(connection, lines)
        with copy.store.reading() as connection:
            assert list(exported(connection)) == lines
        assert copy.waiting() == both.waiting() and copy.chosen_coder() == "rules"
        assert copy.readings("paper") == both.readings("paper")
        _whole(copy)


def test_what_is_purged_is_purged_of_all_coders(both: Ledger) -> None:
    both.remove("paper", "asked to", purge_text=True)
    assert both.waiting() == (0, [])
    with both.store.reading() as connection:
        assert not any("soldiers" in line for line in exported(connection))
    _whole(both)


# ---------------------------------------------------------------- versions of a report


_CORRECTED = report_of("CORRECTED. " + TEXT.replace("on Monday", "on Monday night"), "paper", "2024-03-14")


def _by_model(report: Report, *accounts: dict[str, Any]) -> Coding:
    return ModelCoder(ask=lambda question: Kept(question.key, {"accounts": list(accounts)}, "m"))(report)


def test_a_choice_holds_in_the_next_version_where_its_words_stand_there(both: Ledger) -> None:
    waiting, account = _first(both, "counts.killed")
    number = both.choose(waiting.report, account, "counts.killed", "model: m")
    both.revise("paper", code_report(_CORRECTED))
    found = both.report("paper")
    chosen = next(a for a in found.accounts if any("chosen by ann" in told for told in a.derivation))
    [count] = [c for c in chosen.counts if c.what == "killed"]
    assert count.party is None and count.span is not None and count.span.of(_CORRECTED.text) == "three soldiers"
    assert both.readings("paper")[0]["coding"].accounts == code_report(_CORRECTED).accounts
    assert both.waiting() == (0, [])
    _whole(both)
    both.add([_by_model(_CORRECTED, _account(3, "three soldiers", type="attack"))])
    fields = [d.field for w in both.waiting()[1] for d in w.differences if d.account == account]
    assert "type" in fields and "counts.killed" not in fields
    both.withdraw(number)
    assert both.report("paper").accounts == code_report(_CORRECTED).accounts
    _whole(both)


def test_of_a_version_that_is_back_the_chosen_coders_coding_is_in_force(both: Ledger) -> None:
    both.revise("paper", code_report(_CORRECTED))
    assert both.waiting() == (0, [])
    both.revise("paper", MODEL)
    assert [(r["coder"], r["in_force"]) for r in both.readings("paper")] == [("rules", True), ("model: m", False)]
    assert both.report("paper").accounts == RULES.accounts and both.waiting()[0] > 0
    _whole(both)


def test_a_value_is_placed_where_its_words_stand() -> None:
    value = {"text": "Jos", "span": {"start": 0, "end": 3}, "derivation": {"how": "", "anchor_span": {"start": 1}}}
    text = "Kano, Jos, and again Jos."
    assert placed(value, text, 20)["span"] == {"start": 21, "end": 24}
    assert placed([value], text, 5)[0] == {**value, "span": {"start": 6, "end": 9},
                                           "derivation": {"how": "", "anchor_span": None}}  # fmt: skip
    assert placed(value, "Jos and Jos", 8) is value
    assert placed([value], "Kano", 0) is GONE and placed(None, "Kano", 0) is None


# ---------------------------------------------------------------- custody, and who may read


def test_what_is_done_between_coders_is_in_the_custody_log(both: Ledger) -> None:
    waiting, account = _first(both, "type")
    number = both.choose(waiting.report, account, "type", "model: m")
    both.withdraw(number)
    both.set_coder("model")
    log = both.custody("paper")
    assert [e["act"] for e in log] == ["added", "coded beside", "coder chosen", "choice withdrawn", "put in force"]
    assert [e["body"].get("coder") for e in log] == ["dateline", "dateline model: m", None, None, "dateline model: m"]


def test_of_a_sealed_report_nothing_that_coders_read_is_shown(both: Ledger) -> None:
    waiting, account = _first(both, "where")
    both.choose(waiting.report, account, "where", "model: m")
    assert waiting.event is not None
    both.set_access("paper", Access("sealed"))
    seen = both.seen_by(Right("team", "ben"))
    assert seen.waiting() == (0, []) and seen.differences(waiting.event) == []
    [row] = [r for r in seen.judgements(waiting.event) if r["kind"] == "choose"]
    assert json.loads(row["value"]) == {"field": "where", "coder": "model: m", "value": "(sealed)"}
    for refused in (
        lambda: seen.readings(waiting.report),
        lambda: seen.choose(waiting.report, account, "where", "rules"),
    ):
        with pytest.raises(SealedReport, match="DL-L023"):
            refused()
    assert both.waiting()[0] > 0 and both.differences(waiting.event) and len(both.readings("paper")) == 2


def test_what_was_chosen_is_purged_too(both: Ledger) -> None:
    fields = {d.field for w in both.waiting()[1] for d in w.differences if d.account is not None}
    for field in sorted(fields - {"told"}):
        waiting, account = _first(both, field)
        both.choose(waiting.report, account, field, "model: m")
    both.remove("paper", "asked to", purge_text=True)
    with both.store.reading() as connection:
        lines = list(exported(connection))
    assert not [line for line in lines if "soldiers" in line or "Kano" in line]
    _whole(both)
