"""The same story with another label for a party is coded alike (benchmarks/wording.py, language/labels.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from benchmarks.wording import ARMED, LABELS, coded, flips, stories, told

from dateline.coding.reading import read_report
from dateline.engines import code
from dateline.language.labels import labels, to_parse, to_read, with_every_label, with_labels
from dateline.model import Report
from dateline.who.actors import names_of

KNOWLEDGE = Path(__file__).parents[1] / "src" / "dateline"
#: Word lists and words that may hold a label without the others, and why.
SINGLE = {
    ("language", "en/labels.yaml"): "the labels themselves",
    ("language", "es/roles.yaml"): "Spanish words, each under one of ours",
    ("language", "modern.yaml"): "words that the dictionary lacks, for their plurals",
    ("who", "names.yaml"): "words in names of armed bodies, which they chose themselves",
    ("what", "words.yaml", "everyday"): "the verb: to rebel",
    ("when", "landmarks.yaml"): "words of one happening of which everybody knows",
    ("publishing", "crosswalks/muc4.yaml"): "their words",
}
#: "Gunmen" changes more than the method of so many stories, by what the learned reader makes of the word.
ARMED_TODAY = 24


def test_there_are_more_than_200_pairs_and_no_story_comes_twice() -> None:
    assert len(set(stories())) == len(stories()) == 92 and len(set(LABELS)) == 10
    assert all("{P}" in story or "{p}" in story or "{S}" in story for story in stories())
    assert {label.removesuffix("s") for label in LABELS} == labels()


def test_a_flip_is_seen() -> None:
    one, two = (code(f"{who} attacked a bank in Basra on Monday, killing {n}.", "2024-05-15") for who, n in
                (("Rebels", "two people"), ("Rebels", "nine people")))  # fmt: skip
    assert (
        coded(one, "rebels") != coded(two, "rebels")
        and told("{p} of {P}, a {S}", "rebels") == "Rebels of rebels, a rebel"
    )


def test_another_label_changes_nothing() -> None:
    assert [f"{one.story} {one.label}: {one.field}" for one in flips(("terrorists", "freedom fighters"))] == []


def test_capitals_hide_no_label() -> None:
    """A label of two words is one in text of capitals, too, and a name in plain text."""
    for written in (str.upper, str.lower):
        story = written(
            told("Gunfire between {P} and police in Nairobi on Saturday left one officer dead.", "freedom fighters")
        )
        plain = written("Gunfire between rebels and police in Nairobi on Saturday left one officer dead.")
        one, two = (code(text, "2024-05-15", reader="learned").accounts for text in (story, plain))
        assert [[a.role for a in account.actors] for account in one] == [
            [a.role for a in account.actors] for account in two
        ]
    assert [one.read for one in to_read("FREEDOM FIGHTERS KILL 3", "upper")] == ["rebels"]
    assert to_read("the Ulster Freedom Fighters", "mixed") == []


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["learned", "rules"])
def test_no_label_changes_anything(reader: str) -> None:
    assert [f"{one.story} {one.label}: {one.field}" for one in flips(reader=reader)] == []


@pytest.mark.slow
def test_gunmen_change_no_more_than_on_record() -> None:
    assert len(list(flips((ARMED,)))) <= ARMED_TODAY


@pytest.mark.parametrize("label", LABELS)
def test_each_label_is_one_word_for_the_parse(label: str) -> None:
    """A label of two words is one token, and the sentence has the same tree with each."""
    story = "{p} shot at the gate, and police killed two {P} and a suspected {S} in Gao."
    tree, words = _parsed(told(story, label))
    assert (label in words, tree) == (True, _parsed(told(story, LABELS[0]))[0])


def _parsed(text: str) -> tuple[list[tuple[str, str, int]], list[str]]:
    """The tree of a sentence (tag, relation and head of each word), and its words."""
    [sentence] = read_report(Report(id="r1", uri="r1.txt", text=text)).sentences
    return [(t.tag, t.dep, t.head) for t in sentence.tokens], [text[t.start : t.end] for t in sentence.tokens]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fighters met freedom fighters and a fighter", ["Fighters", "freedom fighters", "fighter"]),
        ("a fighter jet, two jet fighters and F-16 fighters, fire fighters", []),
        ("M23 fighters and an M-19 fighter", ["fighters", "fighter"]),
        ("the Ulster Freedom Fighters", []),
        ("rebel-held land", ["rebel"]),
        ("he rebelled", []),
        ("Fighters shot down a jet ", ["Fighters"]),
        ("a m\u0131litant", []),
    ],
)
def test_where_labels_stand(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in to_parse(text)] == found
    assert {one.read for one in to_read(text, "mixed")} <= {"rebel", "rebels"}


def test_a_name_with_a_label_is_found_with_each() -> None:
    assert set(with_every_label("Contra rebels")) >= {"Contra rebels", "Contra fighters", "Contra freedom fighters"}
    assert "Chechen separatists" in names_of("chechen-rebels")
    for label in LABELS:
        [account] = code(f"Chechen {label} attacked a bus in Vedeno on Monday.", "2024-05-15").accounts
        assert [a.id for a in account.actors if a.role == "agent"] == ["chechen-rebels"], label


def test_a_list_with_one_label_has_all() -> None:
    """No word list names one label without the others: `$label` stands for all."""
    assert with_labels(["$label", "bandit"]) == labels() | {"bandit"}
    found = []
    for file in sorted(KNOWLEDGE.glob("*/knowledge/**/*.yaml")):
        room, _, *parts = file.relative_to(KNOWLEDGE).parts
        name = "/".join(parts)
        if (room, name) in SINGLE or name == "rules.yaml" or room == "linking":
            continue
        for key, words in _lists(yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)):
            if (room, name, key) not in SINGLE and not labels().isdisjoint(words):
                found.append((room, name, key, sorted(labels() & set(words))))
    assert found == []


def _lists(node: Any, key: str = "") -> list[tuple[str, list[str]]]:
    """All lists of words of a knowledge file, each with the key under which it stands."""
    if isinstance(node, dict):
        return [one for name, value in node.items() for one in _lists(value, str(name))]
    if isinstance(node, list):
        words = [one for one in node if isinstance(one, str)]
        return [(key, words), *(one for value in node if not isinstance(value, str) for one in _lists(value, key))]
    return []
