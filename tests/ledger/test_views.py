"""Corrections with their words, accounts written by hand, opinions that change nothing, comments; and agreement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dateline.ledger import Ledger, batching
from dateline.ledger.bonds import Judgement
from dateline.ledger.checking import problems
from dateline.ledger.errors import BadJudgement, NoSuchReport
from dateline.ledger.judging import Told
from dateline.ledger.views import agreements, compared, kappa, mentions, views_of
from dateline.model import Coding
from dateline.model.event import Event, Pointed


def whole(ledger: Ledger) -> list[object]:
    with ledger.store.reading() as connection:
        return list(problems(connection))


def bombing(ledger: Ledger) -> Event:
    return next(e for e in ledger.all_events() if e.type == "bombing")


def report_of(ledger: Ledger, uri: str) -> tuple[str, str]:
    """Key and text of a report."""
    key = next(a.report for e in ledger.all_events() for a in e.accounts if a.report_uri == uri)
    return key, ledger.report(key).report.text


def span(text: str, words: str) -> dict[str, int]:
    return {"start": text.index(words), "end": text.index(words) + len(words)}


# ---------------------------------------------------------------- every field, with its words


def test_methods_and_parties_are_corrected(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    event = bombing(ledger).id
    ledger.judge("correct", event, field="method", value=["vehicle_bomb", "vehicle_bomb"])
    parties = [{"role": "agent", "name": "ISIS"}, {"role": "victim", "name": " shoppers ", "kind": "civilian"}]
    number = ledger.judge("correct", event, field="actors", value=parties)
    after = ledger.event(event).event
    assert after.method == ("vehicle_bomb",)
    assert [(a.role, a.id, a.kind) for a in after.actors] == [
        ("agent", "islamic-state", "armed_group"), ("victim", None, "civilian"),
    ]  # fmt: skip
    assert after.actors[1].name == "shoppers"
    ledger.withdraw(number)
    assert ledger.event(event).event.actors != after.actors
    assert whole(ledger) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("method", ["magic"], "no method"), ("method", "shooting", "a list"), ("actors", "ISIS", "a list of parties"),
        ("actors", [{"role": "agent", "name": " "}], "has a name"),
        ("actors", [{"role": "witness", "name": "ISIS"}], "no role"),
        ("actors", [{"role": "agent", "name": "X", "kind": "ghost"}], "no kind"),
        ("actors", [{"role": "agent", "name": "X", "id": 7}], "no id"),
    ],
)  # fmt: skip
def test_what_is_no_method_or_party_is_refused(
    ledger: Ledger, codings: list[Coding], field: str, value: object, said: str
) -> None:
    ledger.add(codings[:1])
    with pytest.raises(BadJudgement, match=said):
        ledger.judge("correct", bombing(ledger).id, field=field, value=value)


def test_a_correction_points_at_its_words(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    event = bombing(ledger).id
    key, text = report_of(ledger, "paper")
    at = Pointed(key, text.index("Tuesday"), text.index("Tuesday") + 7)
    ledger.correct(event, "when", "2024-05-14", words=at)
    [made] = ledger.event(event).event.corrections
    assert made.words == at
    other, _ = report_of(ledger, "kabul")
    for wrong in (Pointed(key, 5, 5), Pointed(key, 0, len(text) + 1), Pointed(other, 0, 5), Pointed("none", 0, 5)):
        with pytest.raises(BadJudgement):
            ledger.correct(event, "when", "2024-05-14", words=wrong)


# ---------------------------------------------------------------- accounts by hand


def by_hand(text: str, **also: object) -> dict[str, object]:
    """An arrest that the report does not tell of in words that the coder knows."""
    base: dict[str, object] = {
        "type": "arrest", "method": [], "status": "occurred", "scope": "event",
        "trigger": span(text, "Nobody claimed"), "when": None, "where": [], "actors": [], "counts": [], "items": [],
        "said_by": [],
    }  # fmt: skip
    return base | also


def test_an_account_written_by_hand_is_an_event_like_any_other(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    before = list(ledger.all_events())
    key, text = report_of(ledger, "kabul")
    place = {
        "text": "Kabul", "span": span(text, "Kabul"), "name": "Kabul", "country": "AF", "admin1": None, "lat": 34.5,
        "lon": 69.2, "precision": "city", "gazetteer_id": None, "basis": "told",
    }  # fmt: skip
    when = {
        "start": "2024-05-13", "end": "2024-05-13", "precision": "day", "basis": "given", "text": "Monday",
        "span": span(text, "Monday"), "derivation": None,
    }  # fmt: skip
    number, event = ledger.write_account(key, by_hand(text, where=[place], when=when), "read again")
    made = ledger.event(event).event
    assert (made.type, made.when.start, made.where[0].name) == ("arrest", "2024-05-13", "Kabul")
    own = next(a for a in ledger.report(key).accounts if a.type == "arrest")
    assert own.sentences[0].of(text).strip() == "Nobody claimed the attack."
    assert own.derivation == ("written by ann",)
    assert whole(ledger) == []
    ledger.withdraw(number)
    assert sorted(e.id for e in ledger.all_events()) == sorted(e.id for e in before)
    assert whole(ledger) == []


def test_an_account_written_by_hand_stays_when_the_report_is_coded_again(
    ledger: Ledger, codings: list[Coding], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.add(codings)
    key, text = report_of(ledger, "kabul")
    number, event = ledger.write_account(key, by_hand(text))
    monkeypatch.setattr(batching, "VERSION", "9.9")
    renamed = [
        replace(c, accounts=tuple(replace(a, id=f"a{n + 2}") for n, a in enumerate(c.accounts))) for c in codings
    ]
    assert ledger.add([replace(c, links=()) for c in renamed]).again == len(codings)
    assert ledger.event(event).event.type == "arrest"
    ledger.withdraw(number)
    assert not any(e.type == "arrest" for e in ledger.all_events())
    monkeypatch.setattr(batching, "VERSION", "9.10")
    ledger.add(codings)
    assert not any(e.type == "arrest" for e in ledger.all_events())
    assert whole(ledger) == []


@pytest.mark.parametrize(
    "change",
    [
        {"type": "war"}, {"status": "perhaps"}, {"trigger": {"start": 5, "end": 5}}, {"trigger": None},
        {"trigger": {"start": 0, "end": 10_000}}, {"sentences": None, "actors": 7}, {"method": ["magic"]},
        {"counts": [{"what": "killed", "party": None, "low": 2, "best": 2, "high": 2, "text": "two", "said_by": None,
                     "span": {"start": 0, "end": 3}}]},
        {"when": {"start": "2024-05-13", "end": "2024-05-01", "precision": "day", "basis": "given", "text": None,
                  "span": None, "derivation": None}},
    ],
)  # fmt: skip
def test_an_account_that_makes_no_sense_is_refused(
    ledger: Ledger, codings: list[Coding], change: dict[str, object]
) -> None:
    ledger.add(codings)
    key, text = report_of(ledger, "kabul")
    with pytest.raises(BadJudgement):
        ledger.write_account(key, by_hand(text) | change)
    with pytest.raises(NoSuchReport):
        ledger.write_account("none", by_hand(text))
    assert ledger.revision() == 1


# ---------------------------------------------------------------- opinions, comments, agreement


def test_an_opinion_changes_nothing_and_is_compared(opened: Callable[..., Ledger], codings: list[Coding]) -> None:
    ann, ben = opened("ann"), opened("ben")
    ann.add(codings)
    before = bombing(ann)
    ann.judge("accept", before.id)
    accepted = ann.event(before.id).event
    ben.opine(before.id, Told("accept"))
    ben.opine(before.id, Told("correct", "type", "attack"))
    assert ann.event(before.id).event == accepted
    views = ann.views(before.id)
    assert [(v.by, v.verdict, v.values, v.blind) for v in views] == [
        ("ann", "accept", {}, False), ("ben", "accept", {"type": "attack"}, True),
    ]  # fmt: skip
    [one] = compared(ann.all_views())
    assert (one.event, one.differing) == (before.id, ("type",))
    table = {row.field: (row.same, row.compared) for row in agreements([one])}
    assert table["verdict"] == (1, 1)
    assert table["type"] == (0, 1)
    assert table["when"] == (1, 1)
    with pytest.raises(BadJudgement):
        ben.opine(before.id, Told("same", other=before.id))
    with pytest.raises(BadJudgement):
        ben.opine(before.id, Told("correct", "type", "war"))


def test_a_second_opinion_begins_with_what_was_coded(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    before = bombing(ledger)
    ledger.judge("correct", before.id, field="type", value="attack")
    ledger.judge("reject", before.id)
    assert ledger.as_coded(before.id) == before


def test_a_comment_says_something_and_changes_nothing(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    before = bombing(ledger)
    number = ledger.judge("comment", before.id, "@ben: is this the market of May? (cc @ann.lee.)")
    assert ledger.event(before.id).event == before
    assert [row["num"] for row in ledger.comments("ben")] == [number]
    assert [row["num"] for row in ledger.comments("ann.lee")] == [number]
    assert ledger.comments("ann") == []
    ledger.withdraw(number)
    assert ledger.comments("ben") == []
    with pytest.raises(BadJudgement):
        ledger.judge("comment", before.id, "  ")


def test_mentions_are_names_after_an_at_sign() -> None:
    assert mentions("@ann, ask @ben.lee. Not ann@example.org, nor @@x") == {"ann", "ben.lee"}


def test_who_accepts_takes_what_stood_then() -> None:
    def made(num: int, name: str, by: str, **value: object) -> Judgement:
        return Judgement(num, name, by, value or None, (("k",),))

    found = [
        made(1, "accept", "ann"),
        made(2, "correct", "ben", field="type", value="attack"),
        made(3, "accept", "cem"),
        made(4, "opinion", "dan", kind="accept"),
        made(5, "opinion", "eva", kind="unsure"),
    ]
    told = {view.by: view for view in views_of(found)}
    said = {name: told[name].says("type") for name in told}
    assert said == {"ann": "as coded", "ben": '"attack"', "cem": '"attack"', "dan": "as coded", "eva": None}
    assert told["eva"].says("verdict") == "unsure"


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], None),
        ([("accept", "accept")] * 3, None),
        ([("accept", "accept"), ("reject", "reject")], 1.0),
        ([("accept", "reject"), ("reject", "accept")], -1.0),
        # Half of four agree, and half would by chance.
        ([("accept", "accept"), ("accept", "reject"), ("reject", "accept"), ("reject", "reject")], 0.0),
    ],
)
def test_kappa_takes_chance_out(pairs: list[tuple[str, str]], expected: float | None) -> None:
    assert kappa(pairs) == expected


def test_words_that_tell_of_an_account_already_are_not_written_again(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    key, text = report_of(ledger, "kabul")
    number, _ = ledger.write_account(key, by_hand(text))
    with pytest.raises(BadJudgement, match="already"):
        ledger.write_account(key, by_hand(text))
    ledger.withdraw(number)
    ledger.write_account(key, by_hand(text))
    assert whole(ledger) == []


def test_a_place_in_whole_degrees_is_no_damage(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    event = next(ledger.all_events()).id
    where = {"name": "Mosul", "country": "IQ", "admin1": None, "precision": "city", "lat": 36, "lon": 43}
    ledger.judge("correct", event, field="where", value=[where])
    assert whole(ledger) == []


def test_whoever_has_an_address_for_a_name_is_mentioned() -> None:
    assert mentions("See @ann@example.org, @bob. And @eve-") == {"ann@example.org", "bob", "eve"}


def test_a_reason_that_no_database_keeps_is_refused(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.add(codings)
    with pytest.raises(BadJudgement, match="NUL"):
        ledger.judge("comment", next(ledger.all_events()).id, "a\0b")
