"""Training: batches of whole reports, one rate that rises and falls, one seed."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from dateline.reader.layout import WIDTH
from training.reader.data import Example
from training.reader.losses import WEIGHTS, losses
from training.reader.network import Network
from training.reader.varying import Varying

#: Each layer of the encoder learns so much slower than the one above it.
_SLOWER = 0.9


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn."""

    epochs: int = 6
    reports: int = 4  # a batch
    rate: float = 1.5e-4  # of the encoder
    head_rate: float = 1e-3
    hidden: float = 0.12  # share of word pieces that are masked
    kept: float = 0.998  # of the mean of the weights, at each step
    seed: int = 1


def batch_rows(network: Network, batch: list[Example]) -> list[Tensor]:
    """For each report of the batch: the rows of its words."""
    ids = [window.ids for example in batch for window in example.windows]
    longest = max(map(len, ids))
    padded = torch.tensor([row + [0] * (longest - len(row)) for row in ids])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
    with torch.autocast("cpu", torch.bfloat16):
        rows = network(padded, mask)
    rows = rows.float()
    found, first = [], 0
    for example in batch:
        window = torch.tensor(example.window_of) + first
        piece = torch.tensor([w.first for w in example.words])
        found.append(rows[window, piece] if example.words else torch.zeros(0, WIDTH))
        first += len(example.windows)
    return found


def learn(reports: list[Example], plan: Plan, start: Path | None = None, state: Path | None = None) -> Network:
    """Train a network on the reports; `start`: one that has learned already, to go on with; `state`: where to keep it
    after each epoch. What is given, and kept, is the running mean of the weights: it is steadier than the last ones."""
    torch.manual_seed(plan.seed)
    draw = random.Random(plan.seed)
    reports = [r for r in reports if r.words]
    network = Network()
    if start is not None:
        network.load_state_dict(torch.load(start, weights_only=True))
    varying = Varying.of(reports, plan.hidden)
    optimiser = torch.optim.AdamW(_groups(network, plan), weight_decay=0.01)
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(plan.kept))
    steps = plan.epochs * -(-len(reports) // plan.reports)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: _rate(n / steps))
    for epoch in range(plan.epochs):
        started, total = time.process_time(), dict.fromkeys(WEIGHTS, 0.0)
        network.train()
        for batch in _batches(reports, plan.reports, draw):
            varied = [varying.vary(example, draw) for example in batch]
            _step(network, varied, batch_rows(network, varied), total)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            mean.update_parameters(network)
            schedule.step()
            optimiser.zero_grad()
        if state is not None:
            torch.save(mean.module.state_dict(), state)
        told = " ".join(f"{name} {value / len(reports):.3f}" for name, value in total.items())
        print(f"epoch {epoch + 1}: {told} ({time.process_time() - started:.0f} s CPU)", flush=True)
    averaged: Network = mean.module
    return averaged.eval()


def _rate(done: float) -> float:
    """The rate, as a share of the highest: it rises over the first twentieth, and falls to nearly nothing."""
    return min(done / 0.05 + 0.01, max(0.02, 1.0 - done))


def _groups(network: Network, plan: Plan) -> list[dict[str, Any]]:
    """What learns how fast: the lower a layer of the encoder, the slower."""
    layers = network.encoder.encoder.layer
    groups = [
        {"params": list(layer.parameters()), "lr": plan.rate * _SLOWER ** (len(layers) - 1 - n)}
        for n, layer in enumerate(layers)
    ]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    return [*groups, {"params": heads, "lr": plan.head_rate, "weight_decay": 0.0}]


def _step(network: Network, batch: list[Example], rows: list[Tensor], total: dict[str, float]) -> None:
    loss = torch.zeros(())
    for example, own in zip(batch, rows, strict=True):
        for name, value in losses(network, example, own).items():
            loss = loss + WEIGHTS[name] * value
            total[name] += float(value.detach())
    tellings = sum(len(example.tellings) for example in batch)
    (loss / (tellings + len(batch))).backward()


def _batches(reports: list[Example], size: int, draw: random.Random) -> list[list[Example]]:
    """Reports of like length together, so that little is padded; which ones, and in which order, is chance."""
    order = reports[:]
    draw.shuffle(order)
    found = []
    for start in range(0, len(order), size * 8):
        near = sorted(order[start : start + size * 8], key=lambda r: max(len(w.ids) for w in r.windows))
        found.extend(near[n : n + size] for n in range(0, len(near), size))
    draw.shuffle(found)
    return found
