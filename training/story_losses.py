"""Why dispatches of one story do not come together, or come together wrongly: pairs by cause (training/stories).

    python -m training.story_losses 1 2 [--kept FOLDER]    FOLDER keeps the codings (a file a set), for the next time

Three tables:
- `told`: pairs of tellings of one event, by the accounts that stand for them (story_scores.mentions_of).
- `main`: pairs of dispatches that are mainly of one event, by their main accounts. `misread` says that the main account
  of one of the two is not the account of the event that the dispatch is mainly of.
- `wrong`: pairs of dispatches whose main accounts are of one event, and should not be.

Last comes what perfect linking would reach: every account that stands for a telling in the event that it tells, every
other account alone. What is missing there, no linking can give.
"""

from __future__ import annotations

import argparse
import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.linking.candidates import candidates
from dateline.linking.comparing import may_be_one
from dateline.linking.facts import Fact, told_by
from dateline.linking.linking import groups
from dateline.linking.rivals import Weighed, weigh
from dateline.linking.weights import default_weights
from dateline.model import Coding
from training import story_scores
from training.linking import coded_stories


@dataclass
class Linked:
    """The accounts of a file of stories, and how they were linked."""

    facts: list[Fact]
    compared: set[tuple[int, int]]
    weighed: dict[tuple[int, int], Weighed]
    #: The event of each account, by position.
    home: dict[int, int]

    def cause(self, i: int, j: int) -> str:
        """Why two accounts are not of one event."""
        i, j = min(i, j), max(i, j)
        a, b = self.facts[i], self.facts[j]
        if not may_be_one(a, b):
            return "barred: other types" if a.family != b.family else "barred: total, status or plot"
        if (i, j) not in self.compared:
            return "not compared"
        if (i, j) not in self.weighed:
            return "weighed below zero"
        return "a rival in the same report" if self.weighed[i, j].weight <= 0 else "parted by clustering"


def linked(coded: Sequence[Coding]) -> Linked:
    """The accounts of some codings, linked with the weights in force."""
    facts = [told.fact for coding in coded for told in told_by(coding)]
    pairs = list(candidates(facts))
    weights = default_weights()
    weighed = weigh(dict(enumerate(facts)), pairs, weights)
    home = {i: n for n, group in enumerate(groups(facts, weighed, weights)) for i in group}
    return Linked(facts, set(pairs), weighed, home)


def told_losses(links: Linked, mentions: Sequence[story_scores.Mention]) -> Counter[str]:
    """Pairs of tellings of one event, by what became of them."""
    at = {(fact.telling.uri, fact.name): i for i, fact in enumerate(links.facts)}
    tellings: dict[str, list[int | None]] = defaultdict(list)
    for one in mentions:
        tellings[one.event].append(None if one.account is None else at[one.uri, one.account])
    found: Counter[str] = Counter()
    for own in tellings.values():
        for i, j in itertools.combinations(own, 2):
            if i is None or j is None:
                found["no account"] += 1
            else:
                found["found" if links.home[i] == links.home[j] else links.cause(i, j)] += 1
    return found


def main_losses(
    links: Linked, mentions: Sequence[story_scores.Mention], gold: dict[str, str]
) -> tuple[Counter[str], Counter[str]]:
    """Pairs of dispatches by what became of their main accounts: those of one event, and those wrongly put together."""
    main = {fact.telling.uri: i for i, fact in enumerate(links.facts) if fact.is_main}
    right = {(m.uri, m.account) for m in mentions if m.event == gold[m.uri]}
    found: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for one, other in itertools.combinations(gold, 2):
        known = [main[uri] for uri in (one, other) if uri in main]
        is_joined = len(known) == 2 and links.home[known[0]] == links.home[known[1]]
        is_misread = any((links.facts[i].telling.uri, links.facts[i].name) not in right for i in known)
        if gold[one] == gold[other]:
            cause = "no account" if len(known) < 2 else "found" if is_joined else links.cause(*known)
            found[("misread, " if is_misread and cause not in ("no account", "found") else "") + cause] += 1
        elif is_joined:
            is_story = gold[one].split("/")[0] == gold[other].split("/")[0]
            wrong[f"{'misread, ' if is_misread else ''}{'one story' if is_story else 'two stories'}"] += 1
    return found, wrong


def ceiling(links: Linked, mentions: Sequence[story_scores.Mention], gold: dict[str, str]) -> dict[str, float]:
    """The figures of perfect linking."""
    event = {(m.uri, m.account): m.event for m in mentions if m.account is not None}
    main = {f.telling.uri: event.get((f.telling.uri, f.name), f.telling.uri) for f in links.facts if f.is_main}
    told = {f"{m.uri}#{m.event}": m for m in mentions}
    placed = {name: m.event for name, m in told.items() if m.account is not None}
    numbers = {name: n for n, name in enumerate(dict.fromkeys([*main.values(), *placed.values()]))}
    return story_scores.clustered("main", gold, {uri: numbers[e] for uri, e in main.items()}) | story_scores.clustered(
        "told", {name: m.event for name, m in told.items()}, {name: numbers[e] for name, e in placed.items()}
    )


def main() -> None:
    """Print the tables of all files together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", type=int, nargs="+", help="files of training/stories")
    parser.add_argument("--kept", type=Path, help="folder that keeps the codings")
    options = parser.parse_args()
    stories = story_scores.stories_of(options.numbers)
    coded = [coding for number in options.numbers for coding in coded_stories(number, options.kept)]
    links, mentions = linked(coded), story_scores.mentions_of(stories, coded)
    gold = {d["uri"]: f"{s['id']}/{d['main']}" for s in stories for d in s["dispatches"]}
    found, wrong = main_losses(links, mentions, gold)
    for title, table in (("told", told_losses(links, mentions)), ("main", found), ("wrong", wrong)):
        for cause, pairs in table.most_common():
            print(f"{title:6} {pairs:6} {cause}")
    for name, value in ceiling(links, mentions, gold).items():
        print(f"perfect linking: {name} {value:.3f}")


if __name__ == "__main__":
    main()
