"""Training: batches of whole reports, one rate that rises and falls, one seed."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from dateline.reader.layout import WIDTH
from training.reader.data import Example, tokenizer
from training.reader.losses import WEIGHTS, losses
from training.reader.network import Network

#: Words for people who fight, which should make no difference: exchanged at random while training.
_FIGHTERS = tuple("militants rebels terrorists insurgents fighters gunmen guerrillas".split())


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn."""

    epochs: int = 6
    reports: int = 4  # a batch
    rate: float = 1.5e-4  # of the encoder
    head_rate: float = 1e-3
    hidden: float = 0.05  # share of word pieces that are masked
    seed: int = 1


def batch_rows(network: Network, batch: list[Example], changed: list[list[int]] | None = None) -> list[Tensor]:
    """For each report of the batch: the rows of its words."""
    ids = changed or [window.ids for example in batch for window in example.windows]
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


def _disturbed(batch: list[Example], hidden: float, draw: random.Random) -> list[list[int]]:
    """Word pieces with some hidden, and one word for fighters put for another."""
    fighters = [tokenizer().token_to_id(w) for w in _FIGHTERS]
    found = []
    for example in batch:
        swap = {f: draw.choice(fighters) for f in fighters} if draw.random() < 0.5 else {}
        for window in example.windows:
            found.append(
                [
                    103 if 0 < n < len(window.ids) - 1 and draw.random() < hidden else swap.get(piece, piece)
                    for n, piece in enumerate(window.ids)
                ]
            )
    return found


def learn(reports: list[Example], plan: Plan, start: Path | None = None, state: Path | None = None) -> Network:
    """Train a network on the reports; `start`: one that has learned already, to go on with; `state`: where to keep it
    after each epoch."""
    torch.manual_seed(plan.seed)
    draw = random.Random(plan.seed)
    reports = [r for r in reports if r.words]
    network = Network()
    if start is not None:
        network.load_state_dict(torch.load(start, weights_only=True))
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": encoder, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = plan.epochs * -(-len(reports) // plan.reports)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min((n + 1) / (0.1 * steps), 1.02 - n / steps))
    for epoch in range(plan.epochs):
        started, total = time.process_time(), dict.fromkeys(WEIGHTS, 0.0)
        network.train()
        for batch in _batches(reports, plan.reports, draw):
            rows = batch_rows(network, batch, _disturbed(batch, plan.hidden, draw))
            _step(network, batch, rows, total)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
        if state is not None:
            torch.save(network.state_dict(), state)
        told = " ".join(f"{name} {value / len(reports):.3f}" for name, value in total.items())
        print(f"epoch {epoch + 1}: {told} ({time.process_time() - started:.0f} s CPU)", flush=True)
    return network.eval()


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
