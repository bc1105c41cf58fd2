"""What the network is punished for, over all reports of a batch at once (training.reader.sheets says what is asked)."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from dateline.reader.layout import SLICES
from training.reader.batches import Batch
from training.reader.network import Network

#: How much each question weighs.
WEIGHTS = {"type": 1.0, "status": 0.6, "rollup": 1.5, "core": 0.3, "sentence": 0.7, "same": 1.0, "role": 1.0,
           "what": 0.5, "phrase": 0.3, "method": 0.3, "link": 0.5}  # fmt: skip


def losses(network: Network, one: Batch, rows: Tensor) -> dict[str, Tensor]:
    """Of one batch, each a sum over its reports; `rows`: those of its words."""
    logits = rows[:, SLICES["type"]].log_softmax(-1)
    picks = picked(one, logits)
    told = rows[picks]
    answers = one.answers
    weight = answers["weight"]
    status = allowed(told[:, SLICES["status"]], answers["statuses"])
    method = _each(told[:, SLICES["method"]], answers["methods"].float()).sum(-1)
    return {
        "type": _types(one, logits),
        "sentence": _sentences(one, rows),
        "what": _whats(one, rows[:, SLICES["what"]].log_softmax(-1)),
        "phrase": _phrases(one, rows),
        "status": (weight * status).sum(),
        "rollup": (weight * _each(told[:, SLICES["rollup"]].squeeze(-1), answers["rollup"])).sum(),
        "core": (weight * _each(told[:, SLICES["core"]].squeeze(-1), answers["core"])).sum(),
        "method": (weight * method).sum(),
        "role": _roles(network, one, picks, rows),
        "same": _same(network, one, picks, rows),
        "link": _links(network, one, picks, rows),
    }


def whole(parts: dict[str, Tensor], one: Batch) -> Tensor:
    """What a step goes down on: all questions, by their weights, a telling or report."""
    total = sum((WEIGHTS[name] * value for name, value in parts.items()), torch.zeros((), device=one.ids.device))
    return total / (one.sizes["telling"] + one.reports)


def _each(scores: Tensor, wanted: Tensor) -> Tensor:
    return binary_cross_entropy_with_logits(scores, wanted, reduction="none")


def picked(one: Batch, logits: Tensor) -> Tensor:
    """For each telling the word that the network itself takes for the one that tells."""
    with torch.no_grad():
        words, of = one.answers["tell_word"], one.answers["tell_of"]
        right = one.answers["types"][of]
        scores = logits[words].masked_fill(~right, -1e9).logsumexp(-1)
        number = one.sizes["telling"]
        best = scores.new_full((number,), -1e30).scatter_reduce(0, of, scores, "amax")
        chosen = torch.where(scores >= best[of], words, torch.iinfo(torch.long).max)
        return chosen.new_full((number,), torch.iinfo(torch.long).max).scatter_reduce(0, of, chosen, "amin")


def allowed(scores: Tensor, right: Tensor) -> Tensor:
    """Any of the allowed answers is right."""
    return scores.logsumexp(-1) - scores.masked_fill(~right, -1e9).logsumexp(-1)


def _one_shows(shown: Tensor, of: Tensor, number: int) -> Tensor:
    """For each group of words, minus the logarithm of the chance that one at least shows what is right (noisy or)."""
    missed = torch.log1p(-shown.clamp(max=1 - 1e-6))
    none = missed.new_zeros(number).index_add(0, of, missed)
    return -torch.log(-torch.expm1(none) + 1e-9)


def _types(one: Batch, logits: Tensor) -> Tensor:
    """Words outside all tellings tell nothing; of those of a telling, one at least tells."""
    words, of = one.answers["tell_word"], one.answers["tell_of"]
    shown = logits[words].masked_fill(~one.answers["types"][of], -1e9).logsumexp(-1).exp()
    missed = _one_shows(shown, of, one.sizes["telling"])
    return (one.answers["weight"] * missed).sum() - (logits[:, 0] * one.answers["outside"]).sum()


def _sentences(one: Batch, rows: Tensor) -> Tensor:
    scores = by_sentence(one, rows)
    wanted, weight = one.answers["sentence_wanted"], one.answers["sentence_weight"]
    return (weight * _each(scores, wanted)).sum()


def by_sentence(one: Batch, rows: Tensor) -> Tensor:
    """The mean of the sentence's words: of which types does it tell?"""
    of, number = one.answers["sentence_of"], one.sizes["sentence"]
    scores = rows[:, SLICES["sentence"]]
    total = scores.new_zeros(number, scores.shape[1]).index_add(0, of, scores)
    return total / scores.new_zeros(number).index_add(0, of, torch.ones_like(scores[:, 0])).clamp(min=1)[:, None]


def _roles(network: Network, one: Batch, picks: Tensor, rows: Tensor) -> Tensor:
    answers = one.answers
    scores = network.role_scores(rows, picks[answers["role_tell"]], answers["role_word"], answers["role_far"])
    missed = _each(scores, answers["role_wanted"].float()).sum(-1)
    return (answers["weight"][answers["role_tell"]] * missed).sum() / 10


def _same(network: Network, one: Batch, picks: Tensor, rows: Tensor) -> Tensor:
    answers = one.answers
    first, second = picks[answers["same_one"]], picks[answers["same_other"]]
    scores = network.same_scores(rows[first], rows[second], answers["same_far"])
    return (answers["same_weight"] * (first != second) * _each(scores, answers["same_wanted"])).sum()


def _links(network: Network, one: Batch, picks: Tensor, rows: Tensor) -> Tensor:
    answers = one.answers
    scores = network.link_scores(
        rows[picks[answers["link_one"]]], rows[picks[answers["link_other"]]], answers["link_far"]
    )
    return (answers["link_weight"] * cross_entropy(scores, answers["link_wanted"], reduction="none")).sum()


def _whats(one: Batch, logits: Tensor) -> Tensor:
    """Words outside all figures count nothing; of those of a figure, one at least shows what it counts."""
    what, words, of = one.answers["what"], one.answers["phrase_word"], one.answers["phrase_of"]
    shown = logits[words].gather(1, what[of].clamp(min=0)[:, None]).squeeze(1).exp()
    missed = _one_shows(shown, of, one.sizes["phrase"])
    return (missed * (what >= 0)).sum() - (logits[:, 0] * one.answers["uncounted"]).sum()


def _phrases(one: Batch, rows: Tensor) -> Tensor:
    """Whose side people are on that are counted, and what an actor is: told by the mean of the words."""
    words, of, number = one.answers["phrase_word"], one.answers["phrase_of"], one.sizes["phrase"]
    size = rows.new_zeros(number).index_add(0, of, torch.ones_like(rows[words, 0])).clamp(min=1)[:, None]
    total = rows.new_zeros(())
    for name in ("party", "kind"):
        right = one.answers[name]
        scores = rows[words][:, SLICES[name]]
        mean = scores.new_zeros(number, scores.shape[1]).index_add(0, of, scores) / size
        missed = cross_entropy(mean, right.clamp(min=0), reduction="none") if number else mean.sum(-1)
        total = total + (missed * (right >= 0)).sum()
    return total
