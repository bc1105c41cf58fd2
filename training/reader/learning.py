"""Training: batches of whole reports, one rate that rises and falls, one seed; with or without a teacher."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader, Dataset

from training.reader.batches import Batch, batch, cut, to
from training.reader.data import Example
from training.reader.losses import WEIGHTS, losses, whole
from training.reader.network import Network
from training.reader.sheets import Sheet, sheet
from training.reader.teaching import differences
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
    taught: float = 1.0  # how much what the teacher says weighs beside what the coders said
    seed: int = 1
    workers: int = 0  # processes that vary reports; any number gives the same

    def by(self, reports: int) -> Plan:
        """The same with so many reports a step: the mean of the weights reaches as many reports back."""
        return replace(self, reports=reports, kept=self.kept ** (reports / self.reports))


def rows_of(network: Network, one: Batch) -> Tensor:
    """The rows of the words of a batch."""
    with torch.autocast(one.ids.device.type, torch.bfloat16):
        rows = network(one.ids, one.mask)
    found: Tensor = rows[one.window_of, one.first].float()
    return found


class _Varied(Dataset[Batch]):
    """Reports as they might as well have been. An item is asked for by reports and draw, so that it is the same whoever
    makes it."""

    def __init__(self, reports: Sequence[Example], varying: Varying, seed: int) -> None:
        self.reports, self.varying, self.seed = reports, varying, seed
        self.sheets: list[Sheet] = [sheet(r) for r in reports]

    def __getitem__(self, asked: tuple[int, list[int]]) -> tuple[list[int], Batch]:
        epoch, numbers = asked
        cuts = []
        for number in numbers:
            varied = self.varying.vary(self.reports[number], random.Random(f"{self.seed} {epoch} {number}"))
            cuts.append(cut(varied.windows, varied.window_of))
        return numbers, batch([self.sheets[n] for n in numbers], cuts)


def learn(
    reports: Sequence[Example],
    plan: Plan,
    network: Network,
    teachers: Sequence[Network] = (),
    uncoded: Sequence[Example] = (),
    state: Path | None = None,
) -> Network:
    """Train a network on reports, where it is (CPU or accelerator); of `uncoded` ones only teachers say something.
    `state`: where to keep it after each epoch. What is given, and kept, is the running mean of the weights: it is
    steadier than the last ones."""
    torch.manual_seed(plan.seed)
    device = next(network.parameters()).device
    coded = [r for r in reports if r.words]
    every = [*coded, *(r for r in uncoded if r.words)]
    varied = _Varied(every, Varying.of(coded, plan.hidden), plan.seed)
    asked = [a for epoch in range(plan.epochs) for a in _order(every, len(coded), plan, epoch)]
    optimiser = torch.optim.AdamW(_groups(network, plan), weight_decay=0.01)
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(plan.kept))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: _rate(n / len(asked)))
    network.train()
    told = _Told()
    for step, (numbers, one) in enumerate(_made(varied, asked, plan.workers)):
        moved = to(one, device)
        rows = rows_of(network, moved)
        loss = rows.new_zeros(())
        if numbers[0] < len(coded):
            parts = losses(network, moved, rows)
            loss = whole(parts, moved)
            told.hear(parts, moved)
        if teachers:
            with torch.no_grad():
                each = [rows_of(teacher, moved) for teacher in teachers]
            loss = loss + plan.taught * differences(network, rows, teachers, each, moved)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        mean.update_parameters(network)
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        if step + 1 == len(asked) or asked[step + 1][0] != asked[step][0]:
            told.say(asked[step][0])
            told = _Told()
            if state is not None:
                torch.save(mean.module.state_dict(), state)
    averaged: Network = mean.module
    return averaged.eval()


class _Told:
    """What was missed in an epoch, a report."""

    def __init__(self) -> None:
        self.started, self.reports, self.total = time.time(), 0, dict[str, Any]()

    def hear(self, parts: dict[str, Tensor], one: Batch) -> None:
        self.reports += one.reports
        for name in WEIGHTS:
            self.total[name] = self.total.get(name, 0.0) + parts[name].detach()

    def say(self, epoch: int) -> None:
        told = " ".join(f"{name} {float(value) / max(1, self.reports):.3f}" for name, value in self.total.items())
        print(f"epoch {epoch + 1}: {told} ({time.time() - self.started:.0f} s)", flush=True)


def _made(varied: _Varied, asked: list[tuple[int, list[int]]], workers: int) -> Iterator[tuple[list[int], Batch]]:
    ahead = 8 if workers else None
    yield from DataLoader(varied, batch_size=None, sampler=asked, num_workers=workers, prefetch_factor=ahead)  # type: ignore[arg-type]


def _rate(done: float) -> float:
    """The rate, as a share of the highest: it rises over the first twentieth, and falls to nearly nothing."""
    return min(done / 0.05 + 0.01, max(0.02, 1.0 - done))


def _groups(network: Network, plan: Plan) -> list[dict[str, Any]]:
    """What learns how fast: the lower a layer of the encoder, the slower."""
    layers = network.layers
    groups: list[dict[str, Any]] = [
        {"params": list(layer.parameters()), "lr": plan.rate * _SLOWER ** (len(layers) - 1 - n)}
        for n, layer in enumerate(layers)
    ]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    return [*groups, {"params": heads, "lr": plan.head_rate, "weight_decay": 0.0}]


def _order(reports: Sequence[Example], coded: int, plan: Plan, epoch: int) -> list[tuple[int, list[int]]]:
    """The batches of an epoch: reports of like length together, so that little is padded; which ones, and in which
    order, is chance. Coded and uncoded ones are not mixed."""
    draw = random.Random(f"{plan.seed} {epoch}")
    found = []
    for numbers in (range(coded), range(coded, len(reports))):
        order = list(numbers)
        draw.shuffle(order)
        for start in range(0, len(order), plan.reports * 8):
            near = sorted(order[start : start + plan.reports * 8], key=lambda n: len(reports[n].words))
            found += [near[n : n + plan.reports] for n in range(0, len(near), plan.reports)]
    draw.shuffle(found)
    return [(epoch, numbers) for numbers in found]
