"""A language is data: lists of English words stand in knowledge files, and not in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from dateline.language.dictionary import is_word
from dateline.model import vocabulary
from dateline.model.errors import BadKnowledge
from dateline.model.knowledge import english, load

SOURCE = Path(__file__).parents[1] / "src" / "dateline"
ROOMS = ("who", "what", "says", "howmany", "where", "coding", "language")
#: So many words together are a list; of fewer the words are the rule itself ("in", "at").
LIST = 3
#: Of a list at least so many are words that the dictionary knows.
MOST = 0.6
#: Relations of the parse, which look like words.
RELATIONS = frozenset(
    "nsubj nsubjpass csubj dobj pobj obj relcl acl advcl punct parataxis ccomp xcomp cc conj appos prep dep amod nmod "
    "compound poss agent attr acomp oprd det nummod npadvmod expl pcomp dative prt".split()
)
#: Words of a record: types, statuses, roles and so on.
RECORD = frozenset(word for form in vars(vocabulary).values() for word in get_args(form) if isinstance(word, str))
#: Lists that stay, by their first words, and why.
STAY = {
    ("what/frames.py", "bombings"): "names of knowledge files",
    ("what/frames.py", "agent"): "parts that a frame gives its subject",
    ("says/cues.py", "planned"): "names of lists of cues.yaml, in the order in which they are asked",
    ("says/hanging.py", "denied"): "the same",
    ("says/hanging.py", "foiled"): "the same",
    ("says/standing.py", "could"): "the first that is found counts: an order, and no set",
    ("what/lexicon.py", "adj"): "word classes of the dictionary",
    ("what/conditions.py", "verb"): "the same",
    ("language/dictionary.py", "s"): "endings of words, which go with the dictionary's rules",
    ("coding/drafting/parties.py", "ers"): "endings of words",
    ("where/extend.py", "name"): "columns of a table of places",
    ("where/build.py", "abbreviations"): "names of knowledge files",
    ("where/mapped.py", "country"): "kinds of places",
    ("coding/dating/counted.py", "before"): "ends of a time's words, one of which is two words",
    ("coding/belonging/weighing.py", "agent"): "kinds of values, the names of belonging_heard.yaml",
    ("language/other/lexicon.py", "frames"): "names of knowledge files",
    ("language/other/parsing.py", "nouns"): "fields of the lexicon",
    ("language/other/parsing.py", "his"): "what words of other languages are read as",
    ("language/other/universal.py", "appos"): "relations of Universal Dependencies",
    ("language/numbers.py", "units"): "names of tables of numbers.yaml",
}


def _words(node: ast.AST) -> list[str]:
    """The words of a literal set, tuple or list of strings, or of a string that is split."""
    if isinstance(node, ast.Set | ast.Tuple | ast.List):
        values = [e.value for e in node.elts if isinstance(e, ast.Constant)]
        return [v for v in values if isinstance(v, str)] if len(values) == len(node.elts) else []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
        text = node.func.value
        return text.value.split() if isinstance(text, ast.Constant) and isinstance(text.value, str) else []
    return []


def english_lists(source: str) -> Iterator[list[str]]:
    """The lists of English words in a Python text."""
    for node in ast.walk(ast.parse(source)):
        words = _words(node)
        small = all(re.fullmatch(r"[a-z][a-z' -]*", word) for word in words)
        if len(words) < LIST or not small or set(words) <= RELATIONS or set(words) <= RECORD:
            continue
        if sum(is_word(word.split()[0]) for word in words) >= MOST * len(words):
            yield words


def test_no_list_of_english_words_stands_in_python() -> None:
    found = {
        (file.relative_to(SOURCE).as_posix(), words[0]): words
        for room in ROOMS
        for file in sorted((SOURCE / room).rglob("*.py"))
        for words in english_lists(file.read_text("utf-8"))
    }
    assert {key: words for key, words in found.items() if key not in STAY} == {}
    assert set(STAY) <= set(found), "an exception that is none any more"


@pytest.mark.parametrize("form", ['{"of", "with", "for"}', '("seize", "take", "grab")', '"seize take grab".split()'])
def test_such_a_list_is_seen(form: str) -> None:
    assert len(list(english_lists(f"def f(word):\n    return word in {form}\n"))) == 1
    assert not list(english_lists('x = ("nsubj", "dobj", "obj"), ("killed", "wounded", "arrested"), ("in", "at")'))


@pytest.mark.parametrize("room", ROOMS)
def test_each_list_is_used_and_has_its_words_once(room: str) -> None:
    package = f"dateline.{room}"
    lists = load(package, "en/words.yaml", dict[str, list[str]])
    code = "\n".join(file.read_text("utf-8") for file in (SOURCE / room).rglob("*.py"))
    assert set(re.findall(rf'english\("{package}", "(\w+)"\)', code)) == set(lists)
    assert {name: words for name, words in lists.items() if not words or len(set(words)) < len(words)} == {}


def test_a_list_that_is_missing_is_told() -> None:
    with pytest.raises(BadKnowledge, match="there is no such list"):
        english("dateline.what", "no_such_list")
