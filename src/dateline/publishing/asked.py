"""The filters of an edition in words, for its citation and read-me."""

from __future__ import annotations

from typing import Any

#: The phrase for each filter of a query; the values of a list are joined by "or".
_ASKED = {
    "types": "of type {}", "statuses": "with status {}", "scope": "{}", "case": "of case {}",
    "since": "from {} on", "until": "until {}", "places": "in {}", "box": "within the degrees {}", "actors": "with {}",
    "text": "told with the words “{}”", "min_confidence": "at least {} sure", "min_people": "of at least {} people",
    "min_killed": "with at least {} killed",
    "review": "reviewed as {}",
}  # fmt: skip
_YES_OR_NO = {
    ("dated", True): "with a day", ("dated", False): "without a day", ("placed", True): "with a point",
    ("placed", False): "without a point", ("disputed", True): "on which sources disagree",
    ("disputed", False): "on which no sources disagree",
}  # fmt: skip


def in_words(asked: dict[str, Any]) -> str:
    """The filters of an edition as a phrase ("Events of type bombing, in Iraq, from 2024-01-01 on")."""
    parts = [_YES_OR_NO[name, value] for name, value in asked.items() if isinstance(value, bool)]
    told = [_ASKED[name].format(_listed(name, value)) for name, value in asked.items() if name in _ASKED]
    return "Events " + ", ".join(told + parts) if told or parts else "All events but rejected ones"


def _listed(name: str, value: Any) -> str:
    if name == "min_confidence":
        return f"{value:.0%}"
    if isinstance(value, (list, tuple)):
        return (", " if name == "box" else " or ").join(str(one).replace("_", " ") for one in value)
    return "totals over many" if value == "rollup" else "single events" if value == "event" else str(value)
