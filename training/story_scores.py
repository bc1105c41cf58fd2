"""How well the stories that several dispatches tell come together again (training/stories).

    python -m training.story_scores 1 2 [--gold-events]

All dispatches of the files are coded and linked at once, as one ledger. Figures:
- `conll`, `pairs`: as `../shared/eval/score_incidents.py` has them: each dispatch is mainly of one event, and is put
  into the event with the most of its accounts (then with the most reports).
- `main_conll`, `main_pairs`: the same, but a dispatch is put into the event of its main account (linking.facts).
- `told_conll`, `told_pairs`: over all tellings: each event that a dispatch tells is one mention, which an account
  stands for where its words are those of the telling; an event that no account tells is missed.
- `case_pairs`: over the same mentions, of one case (a deed and its consequences) or not.
- `killed`, `wounded`, `day`, `place`: of the events that a dispatch is mainly of, the share whose event (the one with
  most of the accounts that stand for it) has the final figure, the day, and among its places the one that is named,
  where the story has such.

With `--gold-events` only these values, where accounts are grouped as the story says (`mentions_of`): how well values
are told and chosen, whatever linking does.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.engines import code_all
from dateline.linking import link
from dateline.linking.consolidating import event_of
from dateline.linking.copies import Copies
from dateline.linking.facts import Told, family_of, report_key, told_by
from dateline.model import Account, Coding, Report
from dateline.readers import read_paths
from training.first_look import SHARED

sys.path.insert(0, str(SHARED / "eval"))


def _scorer() -> Any:
    return importlib.import_module("score_incidents")


HERE = Path(__file__).parent / "stories"
Row = dict[str, Any]
#: Dispatch and account -> the number of its event.
Home = dict[tuple[str, str], int]
_MARKED = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mention:
    """An event as a dispatch tells it, and the account that stands for it."""

    uri: str
    event: str
    case: str
    account: str | None


def stories_of(numbers: Iterable[int]) -> list[Row]:
    """The stories of some files; names of events and cases made unlike those of other stories."""
    found = []
    for number in numbers:
        for line in (HERE / f"stories_{number}.jsonl").read_text(encoding="utf-8").splitlines():
            found.append(json.loads(line))
    return found


def coded(stories: Iterable[Row], processes: int = 2) -> list[Coding]:
    """The program's codings of all dispatches."""
    rows = [
        {k: d[k] for k in ("uri", "published", "publisher", "title", "text")} for s in stories for d in s["dispatches"]
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dispatches.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return [c for c in code_all(read_paths([str(path)]), processes) if isinstance(c, Coding)]


def marked(report: Report, quote: str) -> Iterator[tuple[int, int]]:
    """Where the marked words of a quote stand in a report's text; the text's own white space may differ."""
    plain = quote.replace("[[", "").replace("]]", "")
    words = [re.escape(word) for word in plain.split()]
    found = re.search(r"\s+".join(words), report.text)
    if found is None:
        return
    for hit in _MARKED.finditer(quote):
        inner = re.search(r"\s+".join(re.escape(w) for w in hit[1].split()), report.text[found.start() : found.end()])
        if inner:
            yield found.start() + inner.start(), found.start() + inner.end()


def mentions_of(stories: Iterable[Row], codings: Iterable[Coding]) -> list[Mention]:
    """Each event that each dispatch tells, with the account that stands for it."""
    known = {c.report.uri: c for c in codings}
    found = []
    for story in stories:
        events = {e["id"]: e for e in story["events"]}
        for dispatch in story["dispatches"]:
            coding = known.get(dispatch["uri"])
            pairing = _paired(dispatch, events, coding) if coding else {}
            for tell in dispatch["tells"]:
                event = tell["event"]
                case = f"{story['id']}/{events[event]['case']}"
                found.append(Mention(dispatch["uri"], f"{story['id']}/{event}", case, pairing.get(event)))
    return found


def _paired(dispatch: Row, events: dict[str, Row], coding: Coding) -> dict[str, str]:
    """Event -> account: the pair that shares most first, each once."""
    alike = []
    for k, tell in enumerate(dispatch["tells"]):
        spans = [span for quote in tell["quotes"] for span in marked(coding.report, quote)]
        for n, account in enumerate(coding.accounts):
            value = _alike(account, spans, events[tell["event"]])
            if value > 0:
                alike.append((-value, k, n))
    found: dict[str, str] = {}
    used: set[str] = set()
    for _, k, n in sorted(alike):
        event, name = dispatch["tells"][k]["event"], coding.accounts[n].id
        if event not in found and name not in used:
            found[event] = name
            used.add(name)
    return found


def _alike(account: Account, spans: list[tuple[int, int]], event: Row) -> float:
    """How much an account and a telling share: marked words that are its trigger, or stand in its sentences."""
    trigger = sum(account.trigger.start < end and start < account.trigger.end for start, end in spans)
    inside = sum(any(s.start <= start and end <= s.end for s in account.sentences) for start, end in spans)
    if not trigger and not inside:
        return 0.0
    family = family_of(account.type) == family_of(event["type"])
    scope = (account.scope == "rollup") == (event["scope"] == "rollup")
    if not family and not trigger:
        return 0.0
    return 3.0 * trigger + inside + 4.0 * family + 2.0 * scope


def score(stories: list[Row], codings: list[Coding]) -> dict[str, float]:
    """All figures."""
    scorer = _scorer()
    events = link(codings)
    rows = [e.as_record() for e in events]
    mentions = mentions_of(stories, codings)
    home = {(k.report_uri, k.account_id): n for n, e in enumerate(events) for k in e.accounts}
    gold = [{"uri": d["uri"], "incident": f"{s['id']}/{d['main']}"} for s in stories for d in s["dispatches"]]
    by_most = scorer.score(rows, gold)
    found: dict[str, float] = {"conll": by_most["conll_f1"], "pairs": by_most["pairs_f1"]}
    main = {uri: home[uri, name] for c in codings for uri, name in [(c.report.uri, main_account(c))] if name}
    found |= clustered("main", {row["uri"]: row["incident"] for row in gold}, main)
    told = {f"{m.uri}#{m.event}": m for m in mentions}
    placed = {k: home[m.uri, m.account] for k, m in told.items() if m.account is not None}
    found |= clustered("told", {k: m.event for k, m in told.items()}, placed)
    cases = {k: events[n].case or events[n].id for k, n in placed.items()}
    found["case_pairs"] = clustered("case", {k: m.case for k, m in told.items()}, cases)["case_pairs"]
    found["accounts_found"] = len(placed) / len(told)
    return found | _values(stories, rows, mentions, home)


def main_account(coding: Coding) -> str | None:
    """The account that the report is mainly of."""
    return next((one.account.id for one in told_by(coding) if one.fact.is_main), None)


def clustered(name: str, gold: dict[str, Any], response: dict[str, Any]) -> dict[str, float]:
    """CoNLL and pairs F1 of clusters of anything: name -> its cluster, as it should be and as it was found."""
    scorer = _scorer()
    names = {value: n for n, value in enumerate(dict.fromkeys(gold.values()))}
    key: dict[str, Any] = {k: names[v] for k, v in gold.items()}
    groups, found = scorer._groups(key), scorer._groups(response)
    recalled, precise = scorer.muc(groups, response), scorer.muc(found, key)
    p_sum, r_sum = scorer.bcubed(key, response)
    alike = scorer.ceafe(groups, found)
    parts = [
        (precise, recalled),
        ((p_sum, len(response)), (r_sum, len(key))),
        ((alike, len(found)), (alike, len(groups))),
    ]
    one, two = scorer._pairs(groups), scorer._pairs(found)
    pairs = _f1((len(one & two), len(two)), (len(one & two), len(one)))
    return {f"{name}_conll": sum(_f1(p, r) for p, r in parts) / 3, f"{name}_pairs": pairs}


def _f1(precise: tuple[float, float], recalled: tuple[float, float]) -> float:
    p, r = (a / b if b else 0.0 for a, b in (precise, recalled))
    return 2 * p * r / (p + r) if p + r else 0.0


def grouped(stories: list[Row], codings: list[Coding]) -> dict[str, list[Told]]:
    """The accounts of each event, grouped as the stories say."""
    copies = Copies()
    told = {
        (c.report.uri, one.account.id): one
        for c in codings
        for one in told_by(c, copies.source_of(c.report, report_key(c.report)))
    }
    found: dict[str, list[Told]] = defaultdict(list)
    for m in mentions_of(stories, codings):
        if m.account is not None:
            found[m.event].append(told[m.uri, m.account])
    return found


def gold_values(stories: list[Row], codings: list[Coding], tell: Any = None) -> dict[str, float]:
    """The shares of events that a dispatch is mainly of whose values are right, with accounts as the stories say."""
    groups = grouped(stories, codings)
    known = {f"{s['id']}/{e['id']}": e for s in stories for e in s["events"]}
    mains = dict.fromkeys(f"{s['id']}/{d['main']}" for s in stories for d in s["dispatches"])
    found = {name: event_of(groups[name]).as_record() if groups.get(name) else None for name in mains}
    return _shares(known, found, tell)


def _values(stories: list[Row], rows: list[Row], mentions: list[Mention], home: Home) -> dict[str, float]:
    """The shares of events that a dispatch is mainly of whose values are right: for each stands the event that holds
    most of the accounts which stand for it, the earlier one of equals."""
    known = {f"{s['id']}/{e['id']}": e for s in stories for e in s["events"]}
    held: dict[str, Counter[int]] = defaultdict(Counter)
    for mention in mentions:
        if mention.account is not None:
            held[mention.event][home[mention.uri, mention.account]] += 1
    mains = dict.fromkeys(f"{s['id']}/{d['main']}" for s in stories for d in s["dispatches"])
    best = {name: min(held[name], key=lambda n: (-held[name][n], n), default=None) for name in mains}
    return _shares(known, {name: None if n is None else rows[n] for name, n in best.items()}, None)


def _shares(known: dict[str, Row], found: dict[str, Row | None], tell: Any) -> dict[str, float]:
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for incident, row in found.items():
        for name, is_right in judged(known[incident], row).items():
            asked[name] += 1
            right[name] += is_right
            if tell and not is_right:
                tell(incident, name, row)
    return {name: right[name] / asked[name] for name in ("killed", "wounded", "day", "place")}


def judged(event: Row, found: Row | None) -> dict[str, bool]:
    """What the story says of an event, and whether what was found has it."""
    scorer = _scorer()
    told: dict[str, bool] = {}
    for what in ("killed", "wounded"):
        if event["final"].get(what):
            told[what] = found is not None and scorer.figure(found, what) == event["final"][what]
    if event["precision"] == "day":
        when = found and found["when"]
        told["day"] = bool(when) and when["start"] == event["start"] and when["end"] == event["end"]
    place = event.get("place") or {}
    if place.get("name") and place.get("precision") not in ("country", "region", None):
        names = [part.strip() for part in place["name"].split(",")]
        told["place"] = found is not None and any(scorer.place_right(found, n, ("name", "text")) for n in names)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", type=int, nargs="+", help="files of training/stories")
    parser.add_argument("--gold-events", action="store_true", help="values of the accounts as the stories group them")
    options = parser.parse_args()
    stories = stories_of(options.numbers)
    judge = gold_values if options.gold_events else score
    for name, value in judge(stories, coded(stories)).items():
        print(f"{name:15} {value:.3f}")


if __name__ == "__main__":
    main()
