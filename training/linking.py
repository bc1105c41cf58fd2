"""Fit the weights of linking: `python -m training.linking` prints linking/knowledge/weights.yaml anew.

    python -m training.linking [--kept FOLDER]    FOLDER keeps the codings (a file a set), for the next time

Data, three kinds: `incidents` and `incidents_ecb` (real reports, each mainly of one incident) and our own stories
(training/stories, but for those kept for first looks). A logistic regression over the candidate pairs of which it is
known whether they are one event, drawn towards what one would believe beforehand (linking_beliefs.yaml); of each set so
many pairs count. The prior is then where whole events come out best, each kind counting the same. Printed with it: the
figures on each set with weights fitted without its kind.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from dateline.engines import code_all
from dateline.linking.candidates import candidates
from dateline.linking.comparing import parts
from dateline.linking.facts import Fact, told_by
from dateline.linking.fitting import Pair, fitted, levels_of
from dateline.linking.linking import groups
from dateline.linking.rivals import weigh
from dateline.linking.weights import Weights
from dateline.model import Coding
from dateline.model.knowledge import load_file
from dateline.readers import read_paths
from training import story_scores
from training.ascent import EVAL

#: The real sets, and the files of stories that are not kept for a first look.
_REAL = ("incidents", "incidents_ecb")
_STORIES = (1, 2, 5, 6, 7, 8)
#: How strongly weights are drawn to the beliefs (chosen among 10, 20, 40, 80), and the prior; how many pairs of a set
#: count at most; how often fitting is done again with the rivals that the fitted weights give.
_DRAW, _PRIOR_DRAW, _PAIRS, _ROUNDS = 20.0, 20.0, 1500, 2
#: Levels that stay as believed, for the sets cannot teach them: of two events that they compare nearly all are of one
#: town, so that another town seems to tell nothing. In a made-up world (benchmarks/world.py) every sixth account then
#: came into an event of another town; none does at -2.4.
_BY_HAND: Mapping[str, Sequence[str]] = {"where": ("other place", "other country")}
#: What is tried for the prior, from the fitted one on.
_SHIFTS = tuple(float(n) for n in np.arange(-1.0, 1.0, 0.1))

#: What is printed first.
_HEAD = """\
# How much speaks for two accounts being one event: log-odds by field and level (linking/levels.py says which level
# a pair has). Where their sum with the prior is above 0 they are more likely one event than not.
# Of fields of whole reports (report, title, rare words, numbers, published) a level is plain where both reports are
# mainly of the two, `aside` where one is, `neither` where none is; a pair beside a better one of the same two reports
# has the level `beside`. Fitted and written by `python -m training.linking`: change nothing here by hand."""


@dataclass
class Set:
    """Some reports: their accounts, and what is known of each pair of them."""

    name: str
    kind: str
    facts: list[Fact]
    #: Of two positions in `facts`: are they one event? None where nobody knows.
    is_one: Callable[[int, int], bool | None]
    #: Figures of clusters of positions, the higher the better.
    figures: Callable[[list[list[int]]], dict[str, float]]
    pairs: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pairs = list(candidates(self.facts))

    def clusters(self, weights: Weights) -> list[list[int]]:
        """The events that weights make, in the order in which `link` gives them."""
        return groups(self.facts, weigh(dict(enumerate(self.facts)), self.pairs, weights), weights)

    def known(self, weights: Weights) -> list[Pair]:
        """Each pair that can be one event, by its levels (beside a better one, as weights say), and whether it is."""
        weighed = weigh(dict(enumerate(self.facts)), self.pairs, weights)
        found = []
        for i, j in self.pairs:
            row = parts(self.facts[i], self.facts[j], weights, (i, j) in weighed and weighed[i, j].beside)
            answer = self.is_one(i, j) if row else None
            if answer is not None:
                found.append((levels_of(row), answer))
        each = min(1.0, _PAIRS / max(1, len(found)))
        return [Pair(levels, is_one, each) for levels, is_one in found]


def gold_of(name: str) -> list[dict[str, Any]]:
    """Of each report of a real set its incident."""
    path = EVAL / "data" / name / "gold.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def incidents(name: str, coded: Sequence[Coding], gold: Sequence[dict[str, Any]]) -> Set:
    """A real set, or the part of it that `gold` is of: what most words of two reports are of is one event where they
    are of one incident, and nothing that they tell is one where they are not."""
    incident = {row["uri"]: row["incident"] for row in gold}
    facts = [told.fact for coding in coded if coding.report.uri in incident for told in told_by(coding)]
    score: Any = importlib.import_module("score_incidents").score

    def is_one(i: int, j: int) -> bool | None:
        a, b = facts[i], facts[j]
        if incident[a.telling.uri] != incident[b.telling.uri]:
            return False
        return True if a.is_theme and b.is_theme else None

    def figures(clusters: list[list[int]]) -> dict[str, float]:
        events = [{"accounts": [{"report_uri": facts[i].telling.uri} for i in group]} for group in clusters]
        found = score(events, gold)
        return {"conll": float(found["conll_f1"]), "pairs": float(found["pairs_f1"])}

    return Set(name, name, facts, is_one, figures)


def stories(number: int, coded: Sequence[Coding]) -> Set:
    """A file of stories: of each account that stands for a telling it is known which event it tells."""
    mentions = [m for m in story_scores.mentions_of(story_scores.stories_of([number]), coded) if m.account]
    told = [one for coding in coded for one in told_by(coding)]
    facts = [one.fact for one in told]
    event = {(m.uri, m.account): m.event for m in mentions}
    known = [event.get((one.telling.uri, one.account.id)) for one in told]

    def is_one(i: int, j: int) -> bool | None:
        return None if known[i] is None or known[j] is None else known[i] == known[j]

    def figures(clusters: list[list[int]]) -> dict[str, float]:
        home = {i: n for n, group in enumerate(clusters) for i in group if known[i] is not None}
        found = story_scores.clustered("told", {str(i): known[i] for i in home}, {str(i): n for i, n in home.items()})
        return {"conll": found["told_conll"], "pairs": found["told_pairs"]}

    return Set(f"stories_{number}", "stories", facts, is_one, figures)


def sets(kept: Path | None) -> list[Set]:
    """All sets, coded anew or read from the folder that keeps the codings."""
    real = [incidents(name, codings(name, kept), gold_of(name)) for name in _REAL]
    return real + [stories(number, coded_stories(number, kept)) for number in _STORIES]


def coded_stories(number: int, kept: Path | None) -> list[Coding]:
    """A file of stories, coded anew or read from the folder that keeps the codings."""
    return _coded(f"stories_{number}", kept, lambda: story_scores.coded(story_scores.stories_of([number])))


def codings(name: str, kept: Path | None) -> list[Coding]:
    """A real set, coded anew or read from the folder that keeps the codings."""
    reports = read_paths([str(EVAL / "data" / name / "reports.jsonl")])
    return _coded(name, kept, lambda: [c for c in code_all(reports, 2) if isinstance(c, Coding)])


def _coded(name: str, kept: Path | None, code: Callable[[], list[Coding]]) -> list[Coding]:
    path = kept / f"{name}.jsonl" if kept else None
    if path is not None and path.exists():
        with path.open(encoding="utf-8") as lines:
            return [Coding.from_json(line) for line in lines]
    found = code()
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(coding.to_json() + "\n" for coding in found), encoding="utf-8")
    return found


def beliefs() -> Weights:
    """The weights set by hand."""
    return Weights(load_file(Path(__file__).with_name("linking_beliefs.yaml"), dict[str, dict[str, float]]))


def best(known: Sequence[Set]) -> Weights:
    """Weights drawn to the beliefs, the prior where events come out best."""
    start = weights = beliefs()
    for _ in range(_ROUNDS):
        table = fitted([pair for one in known for pair in one.known(weights)], start, _DRAW, _PRIOR_DRAW).table
        for name, levels in _BY_HAND.items():
            table[name] |= {level: start.of(name, level) for level in levels}
        weights = Weights(table)
    prior = weights.table["prior"]["any"]
    tried = [Weights({**weights.table, "prior": {"any": round(prior + shift, 2)}}) for shift in _SHIFTS]
    return max(tried, key=lambda weights: _worth(known, weights))


def _worth(known: Sequence[Set], weights: Weights) -> float:
    """The mean of all figures, each kind counting the same."""
    own: dict[str, list[float]] = defaultdict(list)
    for one in known:
        own[one.kind].extend(one.figures(one.clusters(weights)).values())
    return float(np.mean([np.mean(values) for values in own.values()]))


def tell(title: str, weights: Weights, of: Iterable[Set]) -> None:
    """Print the figures of sets as comments."""
    for one in of:
        told = ", ".join(f"{name} {value:.3f}" for name, value in one.figures(one.clusters(weights)).items())
        print(f"# {title}: {one.name}: {told}", flush=True)


def main() -> None:
    """Read, test without each kind, fit on all, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, help="folder that keeps the codings")
    known = sets(parser.parse_args().kept)
    print(_HEAD)
    for kind in dict.fromkeys(one.kind for one in known):
        tell("fitted without it", best([o for o in known if o.kind != kind]), [o for o in known if o.kind == kind])
    weights = best(known)
    tell("fitted on all", weights, known)
    print(weights.as_yaml(), end="")


if __name__ == "__main__":
    main()
