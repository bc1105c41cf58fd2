"""Train the reader that is shipped, on all sources whose licence allows it: `python -m training.reader.train`.

With `--without`, on fewer sources, for figures on the others.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

import torch

from dateline.reader.network import WEIGHTS
from training.reader.data import CODED, LEFT_OUT, examples
from training.reader.exporting import export
from training.reader.learning import Plan, learn


def main() -> None:
    """Train and write the weights."""
    options = _options()
    torch.set_num_threads(options.threads)
    out = LEFT_OUT | set(options.without)
    reports = [r for folder in options.data for r in examples(folder) if r.source not in out]
    print(json.dumps(Counter(r.source for r in reports)))
    started = time.process_time()
    plan = Plan(options.epochs, rate=options.rate, seed=options.seed)
    export(learn(reports, plan, options.start, options.state), options.out)
    print(f"{(time.process_time() - started) / 3600:.2f} CPU hours")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--state", type=Path, help="where to keep the network in torch after each epoch, to go on with")
    parser.add_argument("--start", type=Path, help="such a network, to go on with; MiniLM if not given")
    parser.add_argument("--data", type=Path, nargs="*", default=[CODED], help="folders made by annotate.py")
    parser.add_argument("--without", nargs="*", default=[], help="sources not to learn from, beside those left out")
    parser.add_argument("--epochs", type=int, default=Plan.epochs)
    parser.add_argument("--rate", type=float, default=Plan.rate)
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
