"""What stands in a report: blocks, sentences, tokens, and the gate, which decides what is worth parsing.

`Document.of(text)` cuts a text into sentences, which is cheap; `Parser.parse` gives sentences their tokens, which is
expensive.
"""

from dateline.language.document import Document
from dateline.language.gate import Gate, Opened, Phrase
from dateline.language.glance import glance
from dateline.language.parser import Parser
from dateline.language.tokens import Sentence, Token

__all__ = ["Document", "Gate", "Opened", "Parser", "Phrase", "Sentence", "Token", "glance"]
