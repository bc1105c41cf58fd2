"""The network that comes with dateline. It is loaded once, when first needed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.model.errors import NotInstalled
from dateline.reader.layout import WIDTH
from dateline.reader.windows import Window

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

WEIGHTS = Path(__file__).parent / "weights"
_REMEDY = "Install dateline anew: its wheel brings the weights, and pip what runs them."


@dataclass(frozen=True)
class Comparing:
    """The weights for comparing two words: of their numbers, and of the distance between them (see layout.py)."""

    same: Array
    same_far: Array
    role_far: Array
    link: Array
    link_far: Array


@dataclass(frozen=True)
class Network:
    """Tokenizer, encoder, and the weights for comparing words."""

    tokenizer: Any
    session: Any
    comparing: Comparing

    def rows(self, windows: list[Window]) -> Array:
        """The row of numbers (layout.py) of each word of the windows, in order; shape: words x WIDTH.

        Windows are read one by one, so nothing is padded, and no window changes the result of another.
        """
        import numpy as np

        return np.concatenate([np.zeros((0, WIDTH)), *map(self._read, windows)])

    def _read(self, window: Window) -> Array:
        import numpy as np

        ids = np.array([window.ids], dtype=np.int64)
        rows = self.session.run(None, {"ids": ids})[0][0]
        picked: Array = rows[[word.first for word in window.words]]
        return picked


def shipped() -> Network:
    """The network that comes with dateline."""
    return load(WEIGHTS)


@cache
def load(folder: Path) -> Network:
    """The network in a folder, loaded once. Raises NotInstalled where it, or a package that runs it, is missing."""
    # From version 1.29 on, onnxruntime reports each process to Microsoft, unless this is set before it is imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import numpy as np
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise NotInstalled(f"The learned reader needs {error.name}.", remedy=_REMEDY) from error
    if not (folder / "reader.onnx").exists():
        raise NotInstalled("The weights of the learned reader are not there.", where=str(folder), remedy=_REMEDY)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "reader.onnx"), options, ["CPUExecutionProvider"])
    parts = json.loads((folder / "comparing.json").read_text("utf-8"))
    comparing = Comparing(**{name: np.array(values) for name, values in parts.items()})
    return Network(Tokenizer.from_file(str(folder / "tokenizer.json")), session, comparing)
