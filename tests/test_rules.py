"""Consolidation rules: what each chooses, and how well the defaults stand up where reports are known to differ."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.linking.placing import agreed
from dateline.linking.revising import Vote
from dateline.linking.rules import CountRule, DayRule, Measure, Rules, choose, default_rules, rules_of
from dateline.model.errors import BadKnowledge

_NUMBERS: Measure[int] = Measure(lambda v: v, lambda v: v % 5)
_RULES: tuple[CountRule, ...] = ("revised", "mode", "latest", "min", "max", "most_precise", "best_source")
MAVERICK = Path(__file__).resolve().parents[2] / "shared" / "eval" / "data" / "maverick" / "values.jsonl"


@pytest.mark.parametrize(
    ("rule", "chosen"),
    [("revised", 3), ("mode", 3), ("latest", 7), ("min", 2), ("max", 12), ("most_precise", 5), ("best_source", 12)],
)
def test_each_rule_by_example(rule: CountRule, chosen: int) -> None:
    votes = [Vote(3, 1), Vote(3, 2), Vote(2, 3), Vote(12, 3, rank=4), Vote(5, 1), Vote(7, 9)]
    assert choose(rule, votes, _NUMBERS) == chosen


def test_of_equals_the_latest_published() -> None:
    assert choose("mode", [Vote(9, 1), Vote(4, 2)], _NUMBERS) == 4


_VOTES = st.lists(st.builds(Vote, st.integers(0, 20), st.integers(0, 9), st.integers(0, 3)), min_size=1, max_size=8)


@given(_VOTES, st.sampled_from(_RULES), st.randoms())
def test_a_rule_chooses_what_was_told_whatever_the_order(
    votes: list[Vote[int]], rule: CountRule, shuffled: object
) -> None:
    value = choose(rule, votes, _NUMBERS)
    assert value in {v.value for v in votes}
    again = list(votes)
    shuffled.shuffle(again)  # type: ignore[attr-defined]
    assert choose(rule, again, _NUMBERS) == value


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("killed: max\nwhen: mode\nsources: {Reuters: 5}\n", encoding="utf-8")
    rules = rules_of(path)
    assert (rules.of_count("killed"), rules.of_count("wounded"), rules.when) == ("max", "revised", "mode")
    assert (rules.rank("Reuters"), rules.rank("Gossip"), rules.rank(None)) == (5, 0, 0)
    assert rules_of(path).where == default_rules().where == Rules().where
    for bad in ("killed: largest", "colour: mode", "where: min", "sources: {X: -1}", "when: [mode]"):
        path.write_text(bad, encoding="utf-8")
        with pytest.raises(BadKnowledge, match="DL-E004"):
            rules_of(path)


def _agreement(field: str, rule: CountRule | DayRule) -> float:
    """How often the value that a rule makes of all other reports of an event is that of the report left out."""
    events: dict[str, list[dict]] = defaultdict(list)  # type: ignore[type-arg]
    with MAVERICK.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            events[row["event"]].append(row)
    right = total = 0.0
    for rows in events.values():
        hits = [_predicted(rows, k, field, rule) == _value(rows[k], field) for k in range(len(rows))]
        if len(rows) > 2:
            # Each event counts as one, however many tell of it.
            right, total = right + sum(hits) / len(hits), total + 1
    return right / total


def _value(row: dict, field: str) -> object:  # type: ignore[type-arg]
    return row["deaths"]["best"] if field == "deaths" else (row["start"], row["end"])


def _predicted(rows: list[dict], k: int, field: str, rule: CountRule | DayRule) -> object:  # type: ignore[type-arg]
    votes = [Vote(_value(row, field), n, int(row["source_class"] or 0)) for n, row in enumerate(rows) if n != k]
    if not votes:
        return None
    if field == "deaths" and rule != "agreed":
        return choose(rule, votes, Measure(lambda v: v, lambda v: 0.0))
    if rule == "agreed":
        return agreed(votes)  # type: ignore[arg-type]
    return choose(rule, votes, Measure(lambda v: v, lambda v: _length(v)))


def _length(days: tuple[str, str]) -> int:
    import datetime as dt

    return (dt.date.fromisoformat(days[1]) - dt.date.fromisoformat(days[0])).days


@pytest.mark.quality
@pytest.mark.skipif(not MAVERICK.exists(), reason="../shared/eval is not here")
@pytest.mark.parametrize("field", ["deaths", "when"])
def test_the_default_stands_up_where_reports_differ(field: str) -> None:
    default = default_rules().of_count("killed") if field == "deaths" else default_rules().when
    own: CountRule | DayRule = "revised" if field == "deaths" else "agreed"
    found = {rule: _agreement(field, rule) for rule in (own, *_RULES[1:])}
    assert found[default] >= max(found.values()) - 0.06, found
    assert found[default] > 0.5, found
