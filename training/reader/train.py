"""Train the reader that is shipped, on all sources whose licence allows it: `python -m training.reader.train`.

With `--without`, on fewer sources, for figures on the others. With `--mpnet FOLDER --state T.pt` a larger network
learns the same instead; with `--mpnet FOLDER --teachers T.pt ...` such networks teach the one that is shipped.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch

from dateline.reader.network import WEIGHTS
from training.reader.data import CODED, LEFT_OUT, Example, examples, uncoded
from training.reader.exporting import export
from training.reader.learning import Plan, learn
from training.reader.network import Network, load
from training.reader.teacher import MPNet


def main() -> None:
    """Train, and write the weights."""
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    out = LEFT_OUT | set(options.without)
    reports = [r for folder in options.data for r in examples(folder) if r.source not in out]
    print(json.dumps(Counter(r.source for r in reports)))
    started = time.time()
    larger = options.mpnet is not None and not options.teachers
    teachers = [load(path, Network(MPNet(options.mpnet))).to(options.device).eval() for path in options.teachers]
    network = Network(MPNet(options.mpnet)) if larger else Network()
    if options.start is not None:
        load(options.start, network)
    learned = learn(
        reports, _plan(options), network.to(options.device), teachers, _uncoded(options, reports), options.state
    )
    if not larger:
        export(learned.cpu(), options.out)
    print(f"{(time.time() - started) / 3600:.2f} hours")


def _plan(options: argparse.Namespace) -> Plan:
    plan = Plan(options.epochs, rate=options.rate, seed=options.seed, workers=options.workers)
    return plan if options.batch is None else plan.by(options.batch)


def _uncoded(options: argparse.Namespace, coded: Sequence[Example]) -> list[Example]:
    """Reports of which only teachers say something: those of the files that are not coded."""
    known = {r.uri for r in coded}
    return [r for path in options.uncoded for r in uncoded(path) if r.uri not in known]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--state", type=Path, help="where to keep the network in torch after each epoch, to go on with")
    parser.add_argument("--start", type=Path, help="such a network, to go on with; MiniLM if not given")
    parser.add_argument("--data", type=Path, nargs="*", default=[CODED], help="folders made by annotate.py")
    parser.add_argument("--without", nargs="*", default=[], help="sources not to learn from, beside those left out")
    parser.add_argument("--mpnet", type=Path, help="folder of all-mpnet-base-v2: the larger network")
    parser.add_argument("--teachers", type=Path, nargs="*", default=[], help="larger networks that have learned")
    parser.add_argument("--uncoded", type=Path, nargs="*", default=[], help="reports.jsonl files that teachers read")
    parser.add_argument("--epochs", type=int, default=Plan.epochs)
    parser.add_argument("--rate", type=float, default=Plan.rate)
    parser.add_argument("--batch", type=int, help="reports a step; the mean of the weights follows")
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--device", default="cpu", help="cuda, where there is one")
    parser.add_argument("--workers", type=int, default=0, help="processes that vary reports")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
