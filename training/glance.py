"""Fit the first look: `python -m training.glance` writes language/knowledge/glance.yaml anew and prints what it spares.

The learned reader reads the reports of some sets that the gate opens; what it says there is what the words are to
foretell: of a sentence with a trigger, whether a word of it tells of something, and of a report, whether it has
accounts. Two logistic regressions with a ridge. The threshold is where, of reports that were not learned from (five
parts), at least RECALL of those with accounts are read. `background` and batches 16 to 20 of the pool are only
measured on; sources that say share-alike or non-commercial are left out. Only words that news writes small count, so
no name does. `--kept FILE` keeps what was read, and takes it from there the next time: it holds
the texts, so keep it outside of the project.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from dateline.coding.coder import code_reading, prepared
from dateline.coding.learned import LEAST
from dateline.coding.reading import SHORT, gate, read_report
from dateline.language import Document
from dateline.language.glance import DEGREE, MOST, Glance, words_of
from dateline.model import Report
from dateline.readers import read_paths
from training.first_look import gold_of

_PATH = Path(__file__).resolve().parents[1] / "src/dateline/language/knowledge/glance.yaml"
_SHARED = Path(__file__).parents[2] / "shared"
#: Set -> how many of its reports, from the first; those of the second list are only measured.
SETS = {"coded": 724, "pool": 390, "muc4": 200}
MEASURED = {"background": 900, "toponym": 233}
#: The batches of the pool from which nothing is learned.
_UNSEEN = frozenset(row["uri"] for row in gold_of(range(16, 21)))
#: Sources whose stated licence is share-alike or non-commercial (../shared/pool/SOURCES.md).
_LEFT_OUT = ("wp_current_events", "wikipedia_misc", "ewt_posts", "gum_wikinews", "gum_speech_court")
RECALL = 0.995
_PARTS, _STEPS = 5, 3000
#: Words of fewer sentences or reports are left out; what the weights of a word cost, squared.
_LEAST_SENTENCES, _LEAST_REPORTS, _RIDGE_SENTENCES, _RIDGE_REPORTS = 6, 8, 10.0, 3.3
_SMALL = re.compile(r"(?<![\w'’-])[a-z]{2,}(?![\w’'-])")
_LARGE = re.compile(r"(?<![\w'’-])[A-Z][a-z]+(?![\w’'-])")
#: Words that YAML would read as something else.
_QUOTED = frozenset("on off no yes null true false y n".split())


@dataclass(frozen=True)
class Read:
    """A report that the gate opened: the words of its sentences with a trigger, whether each tells of something, the
    words of all, and whether it has accounts."""

    uri: str
    sentences: list[list[str]]
    tells: list[bool]
    words: list[str]
    coded: bool
    text: str

    @property
    def learned_from(self) -> bool:
        """Is it one to learn from?"""
        name = self.uri.partition("/")[0]
        left_out = any(f"/{source}/" in self.uri for source in _LEFT_OUT)
        return name in SETS and not left_out and self.uri not in _UNSEEN

    @property
    def part(self) -> int:
        """Which of the parts it is in."""
        return int(hashlib.sha256(self.uri.encode()).hexdigest(), 16) % _PARTS


def read_all() -> Iterator[Read]:
    """The reports of the sets that the gate opens, read by the learned reader, whatever the weights in force say."""
    Glance.promises = lambda *_: True  # type: ignore[method-assign]
    for name, number in (SETS | MEASURED).items():
        path = _SHARED / "pool/pool.jsonl" if name == "pool" else _SHARED / f"eval/data/{name}/reports.jsonl"
        for row in islice(read_paths([str(path)]), number):
            if isinstance(row, Report) and (found := _read(prepared(row))) is not None:
                yield found


def _read(report: Report) -> Read | None:
    document = Document.of(report.text)
    opened = gate().open_for(document)
    if report.lang != "en" or not opened.worth or len(document.sentences) <= SHORT:
        return None
    reading = read_report(report, learned=True, gated=True)
    told = {t.sentence for t in reading.heard.told if t.ours >= LEAST} if reading.heard is not None else set()
    return Read(
        str(report.uri),
        [sorted(words_of(s)) for s in opened.triggers],
        [s.index in told for s in opened.triggers],
        sorted(set().union(*map(words_of, document.sentences))),
        bool(code_reading(reading).accounts),
        report.text,
    )


def small_words(reads: Iterable[Read]) -> frozenset[str]:
    """Words that are written small in at least three reports, and in at least 0.3 times as many as with a capital: no
    names."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for one in reads:
        if one.learned_from:
            small.update(set(_SMALL.findall(one.text)))
            large.update({w.lower() for w in _LARGE.findall(one.text)})
    return frozenset(w for w, n in small.items() if n >= 3 and n >= 0.3 * large[w])


# ---------------------------------------------------------------- the regressions


def fitted(rows: Sequence[Sequence[str]], yes: Sequence[bool], least: int, ridge: float, known: frozenset[str],
           degree: float) -> tuple[float, dict[str, float]]:  # fmt: skip
    """Bias and weights of the words; `degree` is what a row's words count, divided by the root of their number, or 0
    where each counts as it is."""
    often = Counter(word for row in rows for word in row if word in known)
    place = {word: n for n, word in enumerate(sorted(w for w, c in often.items() if c >= least))}
    held = [[place[w] for w in row if w in place] for row in rows]
    of = np.repeat(np.arange(len(rows)), [len(row) for row in held])
    at = np.array([n for row in held for n in row], dtype=int)
    size = np.array([degree / max(1, len(row)) ** 0.5 if degree else 1.0 for row in held])[of]
    wanted = np.array(yes, dtype=float)
    weights, bias, pace = np.zeros(len(place)), 0.0, np.zeros(len(place))
    # Steps as long as the sharpest curve allows, with momentum.
    sharp = np.bincount(at, size**2 * np.bincount(of, minlength=len(rows))[of], minlength=len(place)) / 4 + ridge
    for step in range(_STEPS):
        ahead = weights + step / (step + 3) * pace
        said = bias + np.bincount(of, ahead[at] * size, minlength=len(rows))
        wrong = 1 / (1 + np.exp(-said)) - wanted
        after = ahead - (np.bincount(at, wrong[of] * size, minlength=len(place)) + ridge * ahead) / sharp
        pace, weights = after - weights, after
        bias -= float(wrong.sum()) / (len(rows) / 4)
    return bias, dict(zip(place, weights.tolist(), strict=True))


@dataclass(frozen=True)
class Weights:
    """Of both, in tenths."""

    bias: int
    sentence: dict[str, int]
    report: dict[str, int]

    def of(self, one: Read) -> float:
        """What they say of a report; as `language.glance` adds it up."""
        best = max(sum(self.sentence.get(w, 0) for w in words) for words in one.sentences) if one.sentences else 0
        own = [self.report[w] for w in one.words if w in self.report]
        return self.bias + best + max(-MOST, DEGREE * sum(own) / max(1, len(own)) ** 0.5)


def weights_of(reads: Sequence[Read], known: frozenset[str]) -> Weights:
    """Fitted to these reports."""
    rows = [(words, tells) for one in reads for words, tells in zip(one.sentences, one.tells, strict=True)]
    bias, sentence = fitted(*zip(*rows, strict=True), _LEAST_SENTENCES, _RIDGE_SENTENCES, known, 0)  # type: ignore[arg-type]
    told = [one.words for one in reads], [one.coded for one in reads]
    # What the report says counts half: DEGREE is half of what its words count in fitting.
    _, report = fitted(*told, _LEAST_REPORTS, _RIDGE_REPORTS, known, 2 * DEGREE)
    return Weights(round(10 * bias), _tenths(sentence), {w: round(10 * v) for w, v in report.items()})


def _tenths(weights: dict[str, float]) -> dict[str, int]:
    return {word: tenths for word, value in weights.items() if (tenths := round(10 * value))}


# ---------------------------------------------------------------- what comes of it


def _shown(reads: Sequence[Read], score: dict[str, float], least: float, name: str) -> None:
    kinds = {kind: [one for one in reads if one.coded is kind] for kind in (True, False)}
    read, spared = (sum((score[one.uri] >= least) is kind for one in kinds[kind]) for kind in (True, False))
    told = f"with accounts {len(kinds[True]):5d}, read {read:5d}"
    print(f"{name:<28} {told}   none {len(kinds[False]):5d}, spared {spared:5d}")


def _table(weights: dict[str, int]) -> Iterator[str]:
    levels: dict[int, list[str]] = {}
    for word, value in sorted(weights.items()):
        levels.setdefault(value, []).append(f'"{word}"' if word in _QUOTED else word)
    for level, words in sorted(levels.items()):
        rows = textwrap.fill(", ".join(words), 125, initial_indent="    [", subsequent_indent="     ")
        yield f"  {level}:\n{rows}]\n"


def written(weights: Weights, least: int) -> str:
    """The knowledge file."""
    head = _PATH.read_text(encoding="utf-8").split("least:")[0]
    return (
        f"{head}least: {least}\nsentence_bias: {weights.bias}\nsentence:\n{''.join(_table(weights.sentence))}"
        f"report:\n{''.join(_table(weights.report))}"
    )


def _kept(path: Path | None) -> list[Read]:
    if path is not None and path.exists():
        return [Read(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    found = list(read_all())
    if path is not None:
        path.write_text("".join(json.dumps(asdict(one)) + "\n" for one in found), encoding="utf-8")
    return found


def main() -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path)
    reads = _kept(parser.parse_args().kept)
    known = small_words(reads)
    own = [one for one in reads if one.learned_from]
    score: dict[str, float] = {}
    for part in range(_PARTS):
        weights = weights_of([one for one in own if one.part != part], known)
        score |= {one.uri: weights.of(one) for one in own if one.part == part}
    told = sorted(score[one.uri] for one in own if one.coded)
    least = int(np.floor(told[int((1 - RECALL) * len(told))]))
    weights = weights_of(own, known)
    score |= {one.uri: weights.of(one) for one in reads if not one.learned_from}
    for name in (*SETS, *MEASURED):
        for learned in (True, False):
            some = [one for one in reads if one.uri.startswith(f"{name}/") and one.learned_from is learned]
            _shown(some, score, least, f"{name}, {'in five parts' if learned else 'not learned from'}")
    _PATH.write_text(written(weights, least), encoding="utf-8")


if __name__ == "__main__":
    main()
