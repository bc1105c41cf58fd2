"""A report as arrays of numbers: what a network is asked of it, and what the coders answered.

A training step takes several reports at once, and works on all their words, tellings and pairs together: one report at
a time, an accelerator would wait for Python most of the time. What is numbered here report by report, `batches` numbers
through: word 0 of the second report follows the last word of the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.reader.layout import DISTANCES, METHODS, ROLES, STATUSES, TYPES, distance
from training.reader.data import SOFT, Example, Telling

Numbers = NDArray[Any]
#: Fillers of roles are looked for in so many sentences around a telling.
NEAR = 4
_SOFT = frozenset(TYPES.index(t) for t in SOFT)


@dataclass(frozen=True)
class Sheet:
    """Arrays by name. Those of COUNTED say to which word, telling, phrase or sentence something belongs."""

    sizes: dict[str, int]  # how many words, tellings, phrases, sentences
    arrays: dict[str, Numbers]


#: What the numbers in an array count, so that a batch can number them on: the others are values.
COUNTED = {
    "sentence_of": "sentence",
    "tell_word": "word", "tell_of": "telling",
    "role_tell": "telling", "role_word": "word",
    "same_one": "telling", "same_other": "telling",
    "link_one": "telling", "link_other": "telling",
    "phrase_word": "word", "phrase_of": "phrase",
}  # fmt: skip


def sheet(example: Example) -> Sheet:
    """The arrays of one report."""
    at = np.array([w.sentence for w in example.words], np.int64)
    tellings = example.tellings
    arrays = {"sentence_of": at, **_types(example), **_answers(tellings), **_sentences(example, at)}
    arrays |= _roles(example, at) | _same(example, at) | _links(example, at) | _phrases(example)
    sizes = {
        "word": len(at), "telling": len(tellings), "phrase": len(example.phrases), "sentence": example.sentences,
    }  # fmt: skip
    return Sheet(sizes, arrays)


def _types(example: Example) -> dict[str, Numbers]:
    """Words outside all tellings, and those of each telling."""
    outside = np.ones(len(example.words), bool)
    for telling in example.tellings:
        outside[telling.words] = False
    words = [w for t in example.tellings for w in t.words]
    return {
        "outside": outside,
        "tell_word": np.array(words, np.int64),
        "tell_of": np.array([n for n, t in enumerate(example.tellings) for _ in t.words], np.int64),
    }


def _answers(tellings: list[Telling]) -> dict[str, Numbers]:
    return {
        "types": _marks([t.types for t in tellings], len(TYPES)),
        "statuses": _marks([t.statuses for t in tellings], len(STATUSES)),
        "methods": _marks([t.methods for t in tellings], len(METHODS)),
        "rollup": np.array([t.rollup for t in tellings], np.float32),
        "core": np.array([t.core for t in tellings], np.float32),
        "weight": np.array([t.weight for t in tellings], np.float32),
    }


def _marks(chosen: list[list[int]], width: int) -> Numbers:
    marks = np.zeros((len(chosen), width), bool)
    for row, columns in enumerate(chosen):
        marks[row, columns] = True
    return marks


def _sentences(example: Example, at: Numbers) -> dict[str, Numbers]:
    """Of which types each sentence tells; the first column: of any. What may be answered either way weighs nothing."""
    wanted = np.zeros((example.sentences, len(TYPES)), np.float32)
    weight = np.ones_like(wanted)
    for telling in sorted(example.tellings, key=lambda t: t.core):  # core ones have the last word
        sentence = at[telling.words[0]]
        for alternative in telling.types[1:]:
            weight[sentence, alternative] = wanted[sentence, alternative]
        wanted[sentence, telling.types[0]] = weight[sentence, telling.types[0]] = 1.0
        if telling.types[0] not in _SOFT:
            wanted[sentence, 0] = 1.0
            weight[sentence, 0] = 1.0 if telling.core else 0.0
    return {"sentence_wanted": wanted, "sentence_weight": weight}


def far(away: Numbers) -> Numbers:
    """Which distance lies between two words so many sentences apart; before and after told apart."""
    levels = np.array([distance(n) for n in range(int(np.abs(away).max(initial=0)) + 1)], np.int64)
    found: Numbers = levels[np.abs(away)] + DISTANCES * (away < 0)
    return found


def _roles(example: Example, at: Numbers) -> dict[str, Numbers]:
    """Each telling beside each word of the sentences around it, and which roles the word plays."""
    tell, word, wanted = [], [], []
    for number, telling in enumerate(example.tellings):
        near = np.flatnonzero(np.abs(at - at[telling.words[0]]) <= NEAR)
        plays = np.zeros((len(at), len(ROLES)), bool)
        for role, words in enumerate(example.roles[telling.account]):
            plays[words, role] = True
        tell.append(np.full(len(near), number, np.int64))
        word.append(near)
        wanted.append(plays[near])
    tells, words = _joined(tell), _joined(word)
    first = np.array([at[t.words[0]] for t in example.tellings], np.int64)
    return {
        "role_tell": tells,
        "role_word": words,
        "role_far": far(at[words] - first[tells]),
        "role_wanted": np.concatenate(wanted) if wanted else np.zeros((0, len(ROLES)), bool),
    }


def _joined(parts: list[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _same(example: Example, at: Numbers) -> dict[str, Numbers]:
    """Each telling beside each other: is it one happening? All pairs of a report weigh as much as its tellings."""
    tellings = example.tellings
    pairs = np.array(list(combinations(range(len(tellings)), 2)), np.int64).reshape(-1, 2)
    account = np.array([t.account for t in tellings], np.int64)
    first = np.array([at[t.words[0]] for t in tellings], np.int64)
    one, other = pairs[:, 0], pairs[:, 1]
    away = np.abs(first[one] - first[other]) if len(pairs) else np.zeros(0, np.int64)
    return {
        "same_one": one,
        "same_other": other,
        "same_far": far(away),
        "same_wanted": (account[one] == account[other]).astype(np.float32) if len(pairs) else np.zeros(0, np.float32),
        "same_weight": np.full(len(pairs), len(tellings) / max(1, len(pairs)), np.float32),
    }


def _links(example: Example, at: Numbers) -> dict[str, Numbers]:
    """Each account beside each other, by their fullest tellings: linked, and how?"""
    first = {t.account: number for number, t in enumerate(example.tellings) if t.first}
    pairs = list(permutations(first, 2))
    one = np.array([first[a] for a, _ in pairs], np.int64)
    other = np.array([first[b] for _, b in pairs], np.int64)
    where = np.array([at[t.words[0]] for t in example.tellings], np.int64)
    away = where[other] - where[one] if pairs else np.zeros(0, np.int64)
    return {
        "link_one": one,
        "link_other": other,
        "link_far": far(away),
        "link_wanted": np.array([example.links.get(pair, 0) for pair in pairs], np.int64),
        "link_weight": np.full(len(pairs), len(first) / max(1, len(pairs)), np.float32),
    }


def _phrases(example: Example) -> dict[str, Numbers]:
    """Words that hold a figure or an actor; -1 where nothing is said."""
    phrases = example.phrases
    uncounted = np.ones(len(example.words), bool)
    for phrase in phrases:
        if phrase.what is not None:
            uncounted[phrase.words] = False
    return {
        "uncounted": uncounted,
        "phrase_word": np.array([w for p in phrases for w in p.words], np.int64),
        "phrase_of": np.array([n for n, p in enumerate(phrases) for _ in p.words], np.int64),
        **{
            name: np.array([-1 if (v := getattr(p, name)) is None else v for p in phrases], np.int64)
            for name in ("what", "party", "kind")
        },
    }
