"""What the network is punished for, report by report."""

from __future__ import annotations

from itertools import combinations, permutations

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from dateline.reader.layout import DISTANCES, METHODS, ROLES, SLICES, TYPES, distance
from training.reader.data import SOFT, Example, Telling
from training.reader.network import Network

#: How much each question weighs.
WEIGHTS = {"type": 1.0, "status": 0.6, "rollup": 1.5, "core": 0.3, "sentence": 0.7, "same": 1.0, "role": 1.0,
           "what": 0.5, "phrase": 0.3, "method": 0.3, "link": 0.5}  # fmt: skip
#: Fillers of roles are looked for in so many sentences around a telling.
NEAR = 4
_SOFT = frozenset(TYPES.index(t) for t in SOFT)


def losses(network: Network, example: Example, rows: Tensor) -> dict[str, Tensor]:
    """Of one report; `rows`: those of its words."""
    found = {"sentence": _sentences(example, rows)}
    logits = rows[:, SLICES["type"]].log_softmax(-1)
    found["type"] = _types(example, logits)
    found["what"] = _whats(example, rows[:, SLICES["what"]].log_softmax(-1))
    found["phrase"] = _phrases(example, rows)
    if not example.tellings:
        return found
    picks = [_pick(t, logits) for t in example.tellings]
    told = rows[picks]
    weights = torch.tensor([t.weight for t in example.tellings])
    found["status"] = _weighted(_allowed(told[:, SLICES["status"]], [t.statuses for t in example.tellings]), weights)
    for name in ("rollup", "core"):
        wanted = torch.tensor([float(getattr(t, name)) for t in example.tellings])
        scores = told[:, SLICES[name]].squeeze(-1)
        found[name] = _weighted(binary_cross_entropy_with_logits(scores, wanted, reduction="none"), weights)
    found["role"] = _roles(network, example, picks, rows)
    found["method"] = _weighted(_methods(example, told[:, SLICES["method"]]), weights)
    if len(example.roles) > 1:
        found["link"] = _links(network, example, picks, rows)
    if len(picks) > 1:
        found["same"] = _same(network, example, picks, told)
    return found


def _weighted(values: Tensor, weights: Tensor) -> Tensor:
    return (values * weights).sum()


def _pick(telling: Telling, logits: Tensor) -> int:
    """The word of a telling that the network itself takes for the one that tells."""
    with torch.no_grad():
        scores = logits[telling.words][:, telling.types].logsumexp(-1)
    return telling.words[int(scores.argmax())]


def _allowed(scores: Tensor, allowed: list[list[int]]) -> Tensor:
    """Any of the allowed answers is right."""
    mask = torch.full_like(scores, -1e9)
    for row, right in enumerate(allowed):
        mask[row, right] = 0.0
    return scores.logsumexp(-1) - (scores + mask).logsumexp(-1)


def _types(example: Example, logits: Tensor) -> Tensor:
    """Words outside all tellings tell nothing; of those of a telling, one at least tells."""
    outside = torch.ones(len(logits), dtype=torch.bool)
    for telling in example.tellings:
        outside[telling.words] = False
    total = -logits[outside, 0].sum()
    for telling in example.tellings:
        one = logits[telling.words][:, telling.types].logsumexp(-1).exp().clamp(max=1 - 1e-6)
        none = torch.log1p(-one).sum()
        total = total - telling.weight * torch.log(-torch.expm1(none) + 1e-9)
    return total


def _sentences(example: Example, rows: Tensor) -> Tensor:
    of = torch.tensor([w.sentence for w in example.words])
    scores = rows[:, SLICES["sentence"]]
    mean = torch.zeros(example.sentences, scores.shape[1]).index_add(0, of, scores)
    mean = mean / torch.zeros(example.sentences).index_add(0, of, torch.ones(len(of))).clamp(min=1)[:, None]
    wanted, weight = torch.zeros_like(mean), torch.ones_like(mean)
    ordered = sorted(example.tellings, key=lambda t: t.core)  # core ones have the last word
    for telling in ordered:
        at = example.words[telling.words[0]].sentence
        for alternative in telling.types[1:]:
            weight[at, alternative] = wanted[at, alternative]
        wanted[at, telling.types[0]] = weight[at, telling.types[0]] = 1.0
        if telling.types[0] not in _SOFT:
            wanted[at, 0] = 1.0
            weight[at, 0] = 1.0 if telling.core else 0.0
    return binary_cross_entropy_with_logits(mean, wanted, weight, reduction="sum")


def _same(network: Network, example: Example, picks: list[int], told: Tensor) -> Tensor:
    pairs = [(a, b) for a, b in combinations(range(len(picks)), 2) if picks[a] != picks[b]]
    if not pairs:
        return told.sum() * 0.0
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    at = [example.words[p].sentence for p in picks]
    far = torch.tensor([distance(abs(at[a] - at[b])) for a, b in pairs])
    scores = network.same_scores(told[one], told[other], far)
    wanted = torch.tensor([float(example.tellings[a].account == example.tellings[b].account) for a, b in pairs])
    mean = binary_cross_entropy_with_logits(scores, wanted)
    return mean * len(picks)


def _roles(network: Network, example: Example, picks: list[int], rows: Tensor) -> Tensor:
    near, far = neighbours(example, picks)
    wanted = torch.zeros(len(picks), len(rows), len(ROLES))
    for row, telling in enumerate(example.tellings):
        for role, words in enumerate(example.roles[telling.account]):
            wanted[row, words, role] = 1.0
    weight = near * torch.tensor([t.weight for t in example.tellings])[:, None] / 10
    scores = network.role_scores(rows[picks], rows, far)
    return binary_cross_entropy_with_logits(scores, wanted, weight[..., None].expand_as(scores), reduction="sum")


def neighbours(example: Example, picks: list[int]) -> tuple[Tensor, Tensor]:
    """For each word that tells, each word of the report: is it near, and how far; before and after told apart."""
    at = torch.tensor([w.sentence for w in example.words])
    away = at[None, :] - at[picks][:, None]
    levels = torch.tensor([distance(d) for d in range(int(away.abs().max()) + 1)])
    return (away.abs() <= NEAR).float(), levels[away.abs()] + DISTANCES * (away < 0)


def _shown(logits: Tensor, right: int) -> Tensor:
    """One word at least of a phrase shows what is right (noisy or)."""
    one = logits[:, right].exp().clamp(max=1 - 1e-6)
    return -torch.log(-torch.expm1(torch.log1p(-one).sum()) + 1e-9)


def _whats(example: Example, logits: Tensor) -> Tensor:
    """Words outside all figures count nothing; of those of a figure, one at least shows what it counts."""
    counted = [p for p in example.phrases if p.what is not None]
    outside = torch.ones(len(logits), dtype=torch.bool)
    for phrase in counted:
        outside[phrase.words] = False
    total = -logits[outside, 0].sum()
    for phrase in counted:
        assert phrase.what is not None
        total = total + _shown(logits[phrase.words], phrase.what)
    return total


def _phrases(example: Example, rows: Tensor) -> Tensor:
    """Whose side people are on that are counted, and what an actor is: told by the mean of the words."""
    total = rows.sum() * 0.0
    for phrase in example.phrases:
        for name in ("party", "kind"):
            right = getattr(phrase, name)
            if right is not None:
                total = total - rows[phrase.words][:, SLICES[name]].mean(0).log_softmax(-1)[right]
    return total


def _methods(example: Example, scores: Tensor) -> Tensor:
    wanted = torch.zeros(len(scores), len(METHODS))
    for row, telling in enumerate(example.tellings):
        wanted[row, telling.methods] = 1.0
    return binary_cross_entropy_with_logits(scores, wanted, reduction="none").sum(-1)


def _links(network: Network, example: Example, picks: list[int], rows: Tensor) -> Tensor:
    """Each account beside each other, by their fullest tellings: linked, and how?"""
    first = {t.account: pick for t, pick in zip(example.tellings, picks, strict=True) if t.first}
    pairs = list(permutations(first, 2))
    if not pairs:
        return rows.sum() * 0.0
    at = [(example.words[first[a]].sentence, example.words[first[b]].sentence) for a, b in pairs]
    far = torch.tensor([distance(abs(b - a)) + (DISTANCES if b < a else 0) for a, b in at])
    scores = network.link_scores(rows[[first[a] for a, _ in pairs]], rows[[first[b] for _, b in pairs]], far)
    wanted = torch.tensor([example.links.get(pair, 0) for pair in pairs])
    return cross_entropy(scores, wanted) * len(first)
