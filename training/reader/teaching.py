"""What a network is punished for where it says something else than its teacher, over all reports of a batch at once.

A teacher says more than the coders did: how sure one can be of each word, and this of reports, too, that nobody coded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from dateline.reader.layout import ROLES, SLICES
from training.reader.batches import Batch
from training.reader.losses import WEIGHTS, by_sentence
from training.reader.network import Network
from training.reader.sheets import NEAR, far

#: A word that the teacher takes for telling with less than this is not asked for what only tellings have.
_TELLS = 0.15
_ACTORS = [ROLES.index(role) for role in ("agent", "target", "victim")]


def differences(
    network: Network, rows: Tensor, teachers: Sequence[Network], each: Sequence[Tensor], one: Batch
) -> Tensor:
    """How far the rows are from what the teachers say in the mean, a telling or report. `each`: their rows."""
    of = SLICES
    both = _Both(network, rows, list(zip(teachers, each, strict=True)))
    said = _mean(list(each))
    wanted = said[:, of["type"]].log_softmax(-1)
    tells = 1 - wanted[:, 0].exp()
    told = torch.nonzero(tells > _TELLS).squeeze(1)
    sure = tells[told]
    parts = {
        "type": _apart(rows[:, of["type"]], said[:, of["type"]]).sum(),
        "what": _apart(rows[:, of["what"]], said[:, of["what"]]).sum(),
        "sentence": _beside(by_sentence(one, rows), by_sentence(one, said)).sum(),
        "status": (sure * _apart(rows[told][:, of["status"]], said[told][:, of["status"]])).sum(),
    }
    for name in ("rollup", "core", "method"):
        parts[name] = (sure[:, None] * _beside(rows[told][:, of[name]], said[told][:, of[name]])).sum()
    parts["role"], acts = _roles(both, one, told, sure)
    counts = 1 - said[:, of["what"]].log_softmax(-1)[:, 0].exp()
    kind = (acts * _apart(rows[:, of["kind"]], said[:, of["kind"]])).sum()
    parts["phrase"] = (counts * _apart(rows[:, of["party"]], said[:, of["party"]])).sum() + kind
    parts["same"], parts["link"] = _pairs(both, one, told, sure)
    total = sum((WEIGHTS[name] * value for name, value in parts.items()), rows.new_zeros(()))
    return total / (tells.sum() + one.reports)


@dataclass(frozen=True)
class _Both:
    """The network with its rows, and its teachers with theirs."""

    network: Network
    rows: Tensor
    teachers: list[tuple[Network, Tensor]]


def _apart(scores: Tensor, wanted: Tensor) -> Tensor:
    """Kullback-Leibler divergence of each row."""
    right = wanted.log_softmax(-1)
    return (right.exp() * (right - scores.log_softmax(-1))).sum(-1)


def _beside(scores: Tensor, wanted: Tensor) -> Tensor:
    return binary_cross_entropy_with_logits(scores, wanted.sigmoid(), reduction="none")


def _roles(both: _Both, one: Batch, told: Tensor, sure: Tensor) -> tuple[Tensor, Tensor]:
    """Each telling word beside the words around it; and for each word how surely it is somebody who acts or suffers."""
    at = one.answers["sentence_of"]
    away = at[None, :] - at[told][:, None]
    near = (away.abs() <= NEAR) & (one.report_of[None, :] == one.report_of[told][:, None])
    teller, filler = torch.nonzero(near, as_tuple=True)
    apart = _far(away[teller, filler])
    with torch.no_grad():
        wanted = _mean([t.role_scores(r, told[teller], filler, apart) for t, r in both.teachers])
        wanted = wanted.sigmoid()
        acts = wanted.new_zeros(len(both.rows)).scatter_reduce(0, filler, wanted[:, _ACTORS].amax(-1), "amax")
    scores = both.network.role_scores(both.rows, told[teller], filler, apart)
    missed = binary_cross_entropy_with_logits(scores, wanted, reduction="none").sum(-1)
    return (sure[teller] * missed).sum() / 10, acts


def _pairs(both: _Both, one: Batch, told: Tensor, sure: Tensor) -> tuple[Tensor, Tensor]:
    """Telling words of a report beside each other; all pairs of a report weigh as much as its telling words."""
    report, at = one.report_of[told], one.answers["sentence_of"][told]
    together = (report[:, None] == report[None, :]).fill_diagonal_(False)
    a, b = torch.nonzero(together, as_tuple=True)
    weight = sure[a] * sure[b] / together.sum(-1)[a]
    one_way, away = at[b] - at[a], (at[b] - at[a]).abs()
    first, second = told[a], told[b]
    with torch.no_grad():
        alike = _mean([t.same_scores(r[first], r[second], _far(away)) for t, r in both.teachers]).sigmoid()
        linked = _mean([t.link_scores(r[first], r[second], _far(one_way)) for t, r in both.teachers])
    same = both.network.same_scores(both.rows[first], both.rows[second], _far(away))
    link = both.network.link_scores(both.rows[first], both.rows[second], _far(one_way))
    missed = binary_cross_entropy_with_logits(same, alike, reduction="none")
    return (weight * missed).sum(), (weight * _apart(link, linked)).sum()


def _mean(scores: list[Tensor]) -> Tensor:
    return torch.stack(scores).mean(0)


_LEVELS = torch.from_numpy(far(torch.arange(-1000, 1001).numpy()))


def _far(away: Tensor) -> Tensor:
    """Which distance lies between, for numbers of sentences on any device."""
    return _LEVELS.to(away.device)[away.clamp(-1000, 1000) + 1000]
