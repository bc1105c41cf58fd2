"""Train the reader that is shipped, on all sources whose licence allows it: `python -m training.reader.train`."""

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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--epochs", type=int, default=Plan.epochs)
    parser.add_argument("--data", type=Path, nargs="*", default=[CODED], help="folders made by annotate.py")
    parser.add_argument("--start", type=Path, help="network.pt of a cross-validation, to go on with")
    parser.add_argument("--rate", type=float, default=Plan.rate)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    reports = [r for folder in options.data for r in examples(folder) if r.source not in LEFT_OUT]
    print(json.dumps(Counter(r.source for r in reports)))
    started = time.process_time()
    network = learn(reports, Plan(options.epochs, rate=options.rate), options.start)
    export(network, options.out)
    print(f"{(time.process_time() - started) / 3600:.2f} CPU hours")


if __name__ == "__main__":
    main()
