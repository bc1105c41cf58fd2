"""What the learned reader says about a report: which sentences and words tell of a happening of one of our types, of
which type, and what belongs to it. All of it as probabilities."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dateline.model import Span, types
from dateline.model.vocabulary import ActorKind, LinkKind, Method, Party, Status, Type, What
from dateline.reader.layout import (
    DISTANCES,
    KINDS,
    LINKS,
    METHODS,
    PART,
    PARTIES,
    ROLES,
    SLICES,
    STATUSES,
    TYPES,
    WHATS,
    distance,
)
from dateline.reader.windows import Word

if TYPE_CHECKING:
    import numpy as np

    from dateline.reader.network import Comparing

    Array = np.ndarray[Any, Any]

#: A word counts as telling of a happening if its probability is at least this.
LEAST = 0.1
#: Words at a distance of more sentences, or of more words, do not belong to a telling. Few news reports are so long.
_WITHIN, _WORDS = 100, 2_000
#: Probabilities are rounded to so many digits before anything is decided by them, as the last bits differ between
#: processors.
_DIGITS = 3
#: Less likely answers are not listed.
_LISTED = 0.01


@dataclass(frozen=True, slots=True)
class Told:
    """A word that may tell of a happening, with the probability that it does (`likely`). `types` and `status` are
    probabilities, the most likely first."""

    span: Span
    sentence: int
    word: int
    likely: float
    types: tuple[tuple[Type, float], ...]
    status: tuple[tuple[Status, float], ...]
    rollup: float
    core: float

    @property
    def ours(self) -> float:
        """The probability that it tells of a happening of one of our types, without daily politics (types.DAILY)."""
        return sum(p for name, p in self.types if name not in types.DAILY)


@dataclass(frozen=True)
class Reading:
    """What the learned reader read in one report. `rows` has a row of numbers for each of the `words`; `number` is the
    number of sentences."""

    words: Sequence[Word]
    rows: Array
    comparing: Comparing
    number: int

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """The words that may tell of a happening, in order; of two neighbours with the same type only the likelier
        one."""
        if not self.words:
            return ()
        types = softmax(self.rows[:, SLICES["type"]])
        likely = 1 - types[:, 0]
        best = types[:, 1:].argmax(-1)
        found = [n for n in range(len(self.words)) if likely[n] >= LEAST and not self._weaker(n, likely, best)]
        return tuple(self._one(n, types[n]) for n in found)

    def _weaker(self, n: int, likely: Array, best: Array) -> bool:
        """Is the word beside a likelier word of the same type in the same sentence?"""
        for beside in (n - 1, n + 1):
            if 0 <= beside < len(self.words) and self.words[beside].sentence == self.words[n].sentence:
                stronger = (likely[beside], -beside) > (likely[n], -n)
                if best[beside] == best[n] and stronger:
                    return True
        return False

    def _one(self, n: int, types: Array) -> Told:
        row = self.rows[n]
        return Told(
            span=self.words[n].span,
            sentence=self.words[n].sentence,
            word=n,
            likely=_rounded(1 - types[0]),
            types=_ranked(TYPES[1:], types[1:]),  # type: ignore[arg-type]
            status=_ranked(STATUSES, softmax(row[SLICES["status"]])),  # type: ignore[arg-type]
            rollup=_rounded(sigmoid(row[SLICES["rollup"]])[0]),
            core=_rounded(sigmoid(row[SLICES["core"]])[0]),
        )

    @cached_property
    def sentences(self) -> tuple[tuple[tuple[str, float], ...], ...]:
        """For each sentence the probability of each type of happening, the likeliest first; "any" is for any of our
        types."""
        import numpy as np

        of = self._sentence_of
        scores = np.zeros((self.number, len(TYPES)))
        np.add.at(scores, of, self.rows[:, SLICES["sentence"]])
        count = np.bincount(of, minlength=self.number)
        likely = sigmoid(scores / np.maximum(count, 1)[:, None])
        names = ("any", *TYPES[1:])
        return tuple(_ranked(names, row) if n else () for row, n in zip(likely, count, strict=True))

    def same(self, one: Told, other: Told) -> float:
        """The probability that two words tell of one happening."""
        return self.all_same([one], [other])[0]

    def all_same(self, some: Sequence[Told], others: Sequence[Told]) -> list[float]:
        """The same for each word of `some` with each word of `others`, row by row. In one step, as a happening told a
        hundred times has thousands of such pairs."""
        import numpy as np

        a, b = (self.rows[[told.word for told in side], SLICES["same"]] for side in (some, others))
        at, to = (self._sentence_of[[told.word for told in side]] for side in (some, others))
        far = self._levels[np.abs(at[:, None] - to[None, :])]
        both = np.concatenate([a[:, None] * b[None, :], np.abs(a[:, None] - b[None, :])], axis=-1)
        likely = sigmoid(both @ self.comparing.same + self.comparing.same_far[far])
        return [round(p, _DIGITS) for p in likely.ravel().tolist()]

    def roles(self, told: Told, span: Span) -> dict[str, float]:
        """Role -> the probability that the words at a span play it in what is told; of several words the likeliest
        counts."""
        inside = self.within(span)
        if not inside:
            return dict.fromkeys(ROLES, 0.0)
        scores = self.role_scores(told)[inside]
        return {role: _rounded(p) for role, p in zip(ROLES, sigmoid(scores).max(0), strict=True)}

    def likeliest(self, told: Sequence[Told]) -> Array:
        """The probability that each word of the report plays each role (words x roles): the highest one for any of the
        tellings. 0 for words very far from all of them."""
        import numpy as np

        found = np.full((len(self.words), len(ROLES)), -np.inf, dtype=self.rows.dtype)
        for one in told:
            first, scores = self._near_scores(one)
            part = found[first : first + len(scores)]
            np.maximum(part, scores, out=part)
        return sigmoid(found)

    @staticmethod
    def role_number(role: str) -> int:
        """The column of a role in those scores."""
        return ROLES.index(role)

    def within(self, span: Span) -> list[int]:
        """The indexes of the words in a span."""
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end)
        return list(range(first, last))

    @cached_property
    def _starts(self) -> list[int]:
        return [w.span.start for w in self.words]

    @cached_property
    def _ends(self) -> list[int]:
        return [w.span.end for w in self.words]

    def whats(self, span: Span) -> tuple[tuple[What, float], ...]:
        """What the figure at a span counts, with probabilities, the likeliest first; of several words the likeliest
        counts."""
        found = softmax(self.rows[self.within(span), SLICES["what"]]).max(0, initial=0.0)
        return _ranked(WHATS[1:], found[1:])  # type: ignore[return-value]

    def parties(self, span: Span) -> tuple[tuple[Party, float], ...]:
        """The side of those whom the figure at a span counts, with probabilities, the likeliest first."""
        return _ranked(PARTIES, self._mean(span, "party"))  # type: ignore[return-value]

    def kinds(self, span: Span) -> tuple[tuple[ActorKind, float], ...]:
        """The kind of the actor named at a span, with probabilities, the likeliest first."""
        return _ranked(KINDS, self._mean(span, "kind"))  # type: ignore[return-value]

    def _mean(self, span: Span, name: str) -> Array:
        import numpy as np

        rows = self.rows[self.within(span), SLICES[name]]
        found: Array = softmax(rows.mean(0)) if len(rows) else np.zeros(rows.shape[1])
        return found

    def methods(self, told: Told) -> tuple[tuple[Method, float], ...]:
        """How it was done: methods with probabilities, the likeliest first."""
        return _ranked(METHODS, sigmoid(self.rows[told.word, SLICES["method"]]))  # type: ignore[return-value]

    def links(self, one: Told, other: Told) -> tuple[tuple[LinkKind, float], ...]:
        """How one happening is linked to another: kinds of links with probabilities, the likeliest first."""
        far = distance(abs(other.sentence - one.sentence)) + (DISTANCES if other.sentence < one.sentence else 0)
        both = self.rows[one.word, SLICES["link_from"]] * self.rows[other.word, SLICES["link_to"]]
        found = softmax(self.comparing.link @ both + self.comparing.link_far[far])
        return _ranked(LINKS[1:], found[1:])  # type: ignore[return-value]

    def role_scores(self, told: Told) -> Array:
        """How well each word of the report fits each role of what is told, as log odds (words x roles)."""
        return self._role_scores(told, 0, len(self.words))

    def _near_scores(self, told: Told) -> tuple[int, Array]:
        """The same for the words that are not very far from it, after the index of the first of them."""
        if told.word not in self._scores:
            first = max(int(self._sentence_of.searchsorted(told.sentence - _WITHIN, "left")), told.word - _WORDS)
            last = min(int(self._sentence_of.searchsorted(told.sentence + _WITHIN, "right")), told.word + _WORDS)
            self._scores[told.word] = first, self._role_scores(told, first, last)
        return self._scores[told.word]

    @cached_property
    def _scores(self) -> dict[int, tuple[int, Array]]:
        return {}

    @cached_property
    def _offered(self) -> Array:
        """The numbers of each word for each role (words x roles x PART)."""
        return self.rows[:, SLICES["filler"]].reshape(len(self.words), len(ROLES), PART)

    def _role_scores(self, told: Told, first: int, last: int) -> Array:
        import numpy as np

        wanted = self.rows[told.word, SLICES["teller"]] / PART**0.5
        away = self._sentence_of[first:last] - told.sentence
        far = self._levels[np.abs(away)] + DISTANCES * (away < 0)
        bias = self.rows[first:last, SLICES["filler_bias"]]
        scores: Array = self._offered[first:last] @ wanted + bias + self.comparing.role_far[far]
        return scores

    @cached_property
    def _levels(self) -> Array:
        """The level of distance, by the number of sentences between two words."""
        import numpy as np

        return np.array([distance(n) for n in range(self.number + 1)])

    @cached_property
    def _sentence_of(self) -> Array:
        import numpy as np

        return np.array([w.sentence for w in self.words], dtype=int)


def softmax(scores: Array) -> Array:
    """Probabilities over the last axis."""
    import numpy as np

    risen = np.exp(scores - scores.max(-1, keepdims=True))
    found: Array = risen / risen.sum(-1, keepdims=True)
    return found


def sigmoid(scores: Array) -> Array:
    """Probabilities from log odds, each on its own."""
    import numpy as np

    found: Array = 1 / (1 + np.exp(-scores))
    return found


def _rounded(value: Any) -> float:
    return round(float(value), _DIGITS)


def _ranked(names: Sequence[str], likely: Array) -> tuple[tuple[str, float], ...]:
    pairs = [(name, round(p, _DIGITS)) for name, p in zip(names, likely.tolist(), strict=True) if p >= _LISTED / 2]
    return tuple(sorted((p for p in pairs if p[1] >= _LISTED), key=lambda p: -p[1]))
