"""Every rule that decides something has a name, an account of what it decides, and a sentence on which it does."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

import dateline
from dateline.model.errors import BadKnowledge
from dateline.model.rules import Example, rules
from dateline.model.trace import tracing
from tests.named_rules import PAGE, ROOMS, named, noted, page

_EXAMPLES = [(rule.name, example) for room in ROOMS for rule in named(room).values() for example in rule.examples]


@cache
def _steps(text: str, learned: bool) -> frozenset[tuple[str, str, str]]:
    """What is noted when a text is coded: rule, words, outcome."""
    with tracing() as steps:
        dateline.code(text, reader="learned" if learned else "rules")
    return frozenset((step.rule, text[step.span.start : step.span.end], step.outcome) for step in steps)


@pytest.mark.parametrize("room", ROOMS)
def test_the_code_notes_the_rules_of_the_data_and_no_others(room: str) -> None:
    assert noted(room) == set(named(room))


@pytest.mark.parametrize(("name", "example"), _EXAMPLES, ids=lambda one: one if isinstance(one, str) else one.text)
def test_the_rule_decides_its_example(name: str, example: Example) -> None:
    words = example.words or example.text
    mine = sorted((at, outcome) for rule, at, outcome in _steps(example.text, example.learned) if rule == name)
    assert any(at == words and outcome.startswith(example.outcome) for at, outcome in mine), (
        mine,
        _steps(example.text, example.learned),
    )


def test_every_condition_is_borne_out_once_and_refused_once() -> None:
    for name, rule in named("what").items():
        if name.startswith("what.needs.") and name != "what.needs.nothing":
            assert {e.outcome.partition(":")[0] for e in rule.examples} == {"borne out", "refused"}, name


def test_without_a_trace_nothing_is_kept() -> None:
    dateline.code("Gunmen attacked a bus in Lodwar.")
    with tracing() as steps:
        pass
    assert steps == []


def test_rules_belong_to_their_room() -> None:
    with pytest.raises(BadKnowledge, match="DL-E004"):
        rules("dateline.linking")


def test_the_page_is_made_of_the_data() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.named_rules"


_MADE = yaml.safe_load((Path(__file__).parent / "frames.yaml").read_text(encoding="utf-8"))


def test_every_frame_says_what_account_its_example_makes() -> None:
    frames = {name.removeprefix("what.frame.") for name in named("what") if name.startswith("what.frame.")}
    assert frames == {key.replace("/", ".").replace(" ", "-") for key in _MADE}


@pytest.mark.parametrize("key", _MADE)
def test_the_example_of_a_frame_makes_its_account(key: str) -> None:
    wanted = _MADE[key]
    example = named("what")["what.frame." + key.replace("/", ".").replace(" ", "-")].examples[0]
    accounts = dateline.code(example.text, reader="learned" if example.learned else "rules").accounts
    assert any(
        account.type == wanted["type"]
        and account.status == wanted.get("status", account.status)
        and set(wanted.get("method", "").split()) <= set(account.method)
        and {tuple(pair) for pair in wanted.get("counts", [])} <= {(c.what, c.best) for c in account.counts}
        for account in accounts
    ), accounts
