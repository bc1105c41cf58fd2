"""What a network says of reports, as the shipped reader would say it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from dateline.reader.layout import ROLES
from dateline.reader.network import Comparing, load
from dateline.reader.reading import Reading, Told, sigmoid
from training.reader.batches import batch, cut
from training.reader.data import Example
from training.reader.learning import rows_of
from training.reader.network import Network
from training.reader.sheets import NEAR, sheet

#: Roles less likely than this are left out of what is written.
_LEAST_ROLE = 0.1


def comparing(network: Network) -> Comparing:
    """The weights with which the network compares words, without torch."""
    bias = network.same.bias.detach().numpy()
    return Comparing(
        same=network.same.weight.detach().numpy()[0],
        same_far=network.same_far.detach().numpy() + bias,
        role_far=network.role_far.detach().numpy(),
        link=network.link.detach().numpy(),
        link_far=network.link_far.detach().numpy(),
    )


def reading(network: Network, example: Example) -> Reading:
    """Read one report with a network that is still in torch."""
    with torch.no_grad():
        rows = rows_of(network, batch([sheet(example)], [cut(example.windows, example.window_of)])).numpy()
    return Reading(example.words, rows, comparing(network), example.sentences)


def shipped_reading(weights: Path, example: Example) -> Reading:
    """Read one report with a network as it is shipped."""
    network = load(weights)
    return Reading(example.words, network.rows(example.windows), network.comparing, example.sentences)


def as_json(read: Reading, uri: str) -> dict[str, Any]:
    """What was read, for a file."""
    told = read.told
    return {
        "uri": uri,
        "sentences": [{"n": n, "types": dict(s)} for n, s in enumerate(read.sentences)],
        "told": [_told(t) for t in told],
        "same": [[a, b, read.same(one, told[b])] for a, one in enumerate(told) for b in range(a + 1, len(told))],
        "roles": [row for number, one in enumerate(told) for row in _roles(read, number, one)],
    }


def _told(told: Told) -> dict[str, Any]:
    return {
        "start": told.span.start,
        "end": told.span.end,
        "sentence": told.sentence,
        "p": told.likely,
        "types": dict(told.types),
        "status": dict(told.status),
        "rollup": told.rollup,
        "core": told.core,
    }


def _roles(read: Reading, number: int, told: Told) -> list[list[Any]]:
    likely = sigmoid(read.role_scores(told))
    found = []
    for word, row in zip(read.words, likely, strict=True):
        kept = {role: round(float(p), 3) for role, p in zip(ROLES, row, strict=True) if p >= _LEAST_ROLE}
        if kept and abs(word.sentence - told.sentence) <= NEAR:
            found.append([number, word.span.start, word.span.end, kept])
    return found
