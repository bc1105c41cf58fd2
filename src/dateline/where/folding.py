"""Names as keys: one spelling for accents, case, apostrophes, hyphens and the Arabic article."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az|ed|er|es|esh|et|ez) (?=\w{3})")
_TABLE = str.maketrans({"ı": "i", "ß": "ss", "ø": "o", "æ": "ae", "đ": "d", "ł": "l", "ħ": "h", "-": " ", "–": " "})
_DROP = re.compile(r"['’‘ʼʻ`´ʹ.,\"“”]")


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Lower case, no accents, no apostrophes or stops, hyphens as blanks, single blanks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return " ".join(_DROP.sub("", plain.translate(_TABLE)).split())


def without_article(folded: str) -> str:
    """A folded name without its Arabic article ("al bab" as "bab"); the same where there is none."""
    return _ARTICLE.sub("", folded)
