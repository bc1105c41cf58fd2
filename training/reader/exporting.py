"""From a trained network to the files that are shipped: int8 ONNX, tokenizer, and how words are compared."""

from __future__ import annotations

import json
import tempfile
from dataclasses import fields
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.reader.data import tokenizer
from training.reader.network import Network
from training.reader.predicting import comparing


class _Whole(nn.Module):
    """The network for one window without padding: word pieces in, rows out."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> Tensor:
        rows: Tensor = self.network(ids, None)
        return rows


def export(network: Network, folder: Path) -> None:
    """Write reader.onnx, tokenizer.json, comparing.json."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            _Whole(network.eval()),
            (torch.ones(1, 16, dtype=torch.long),),
            str(whole),
            input_names=["ids"],
            output_names=["rows"],
            dynamic_axes={"ids": {1: "pieces"}, "rows": {1: "pieces"}},
            opset_version=17,
            dynamo=False,
        )
        # The last layer stays as it is: it is small, and pairs and roles are products of what it says.
        heads = [n.name for n in onnx.load(whole).graph.node if "heads" in n.name and n.op_type == "MatMul"]
        quantize_dynamic(
            whole, folder / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=heads
        )
    tokenizer().save(str(folder / "tokenizer.json"))
    parts = comparing(network)
    numbers = {f.name: getattr(parts, f.name).round(5).tolist() for f in fields(parts)}
    (folder / "comparing.json").write_text(json.dumps(numbers) + "\n", "utf-8")
