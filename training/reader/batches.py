"""Several reports at once: their windows padded to one table, their words and answers numbered through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from dateline.reader.windows import Window
from training.reader.sheets import COUNTED, Sheet


@dataclass(frozen=True)
class Cut:
    """The windows of a report, and in which window and at which piece each of its words begins."""

    windows: list[list[int]]
    window_of: np.ndarray
    first: np.ndarray


@dataclass(frozen=True)
class Batch:
    """What a network reads, which of its rows are those of words, and the answers (`training.reader.sheets`)."""

    ids: Tensor  # windows x pieces
    mask: Tensor
    window_of: Tensor  # of each word
    first: Tensor
    report_of: Tensor  # of each word
    reports: int
    sizes: dict[str, int]
    answers: dict[str, Tensor]


def cut(windows: Sequence[Window], window_of: Sequence[int]) -> Cut:
    """A report cut into these windows."""
    first = [word.first for window in windows for word in window.words]
    return Cut([w.ids for w in windows], np.array(window_of, np.int32), np.array(first, np.int32))


def batch(sheets: Sequence[Sheet], cuts: Sequence[Cut]) -> Batch:
    """Reports that are read in one step."""
    longest = max(len(ids) for c in cuts for ids in c.windows)
    number = sum(len(c.windows) for c in cuts)
    ids, mask = np.zeros((number, longest), np.int64), np.zeros((number, longest), np.int64)
    for row, window in enumerate(ids for c in cuts for ids in c.windows):
        ids[row, : len(window)] = window
        mask[row, : len(window)] = 1
    before = np.cumsum([0, *(len(c.windows) for c in cuts)])
    sizes = {name: [s.sizes[name] for s in sheets] for name in sheets[0].sizes}
    starts = {name: np.cumsum([0, *counts]) for name, counts in sizes.items()}
    answers = {}
    for name in sheets[0].arrays:
        parts = [s.arrays[name] for s in sheets]
        if name in COUNTED:
            parts = [p + starts[COUNTED[name]][n] for n, p in enumerate(parts)]
        answers[name] = torch.from_numpy(np.concatenate(parts))
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(mask),
        torch.from_numpy(np.concatenate([c.window_of + before[n] for n, c in enumerate(cuts)]).astype(np.int64)),
        torch.from_numpy(np.concatenate([c.first for c in cuts]).astype(np.int64)),
        torch.from_numpy(np.repeat(np.arange(len(sheets)), sizes["word"])),
        len(sheets),
        {name: sum(counts) for name, counts in sizes.items()},
        answers,
    )


def to(one: Batch, device: torch.device) -> Batch:
    """The same where the network is."""
    moved = {
        n: getattr(one, n).to(device, non_blocking=True) for n in ("ids", "mask", "window_of", "first", "report_of")
    }
    answers = {name: value.to(device, non_blocking=True) for name, value in one.answers.items()}
    return Batch(**moved, reports=one.reports, sizes=one.sizes, answers=answers)
