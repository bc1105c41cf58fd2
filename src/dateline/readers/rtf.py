"""RTF files: the text without its formatting; fonts, pictures and the like are skipped."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from dateline.model import Known, RejectedReport, Report
from dateline.model.rejections import BrokenDocument, EmptyReport
from dateline.readers import downloads
from dateline.readers.given import Given, Reader
from dateline.readers.knowing import Story, known
from dateline.readers.pieces import joined

#: The most bytes of a document, and the most groups that may lie in one another.
_LIMIT, _DEEPEST = 50_000_000, 2_000
_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
#: Groups that hold no text; groups that begin with \* hold none either.
_PASSED = frozenset(
    "fonttbl colortbl stylesheet info pict object header footer headerl headerr headerf footerl footerr footerf "
    "themedata listtable listoverridetable rsidtbl generator datastore latentstyles fldinst xmlnstbl filetbl "
    "nonshppict".split()
)
_SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t", "cell": "\t", "emdash": "—",
    "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ",
    "enspace": " ",
}  # fmt: skip
_MARKS = {"~": "\xa0", "_": "-", "-": "", "\n": "\n", "\r": "\n", "\\": "\\", "{": "{", "}": "}"}
_TITLE = re.compile(r"\{\\title ([^{}\\]{1,300})\}")


def _owns(head: bytes, name: str) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \r\n")[:5] == b"{\\rtf"


def _read(given: Given) -> Iterator[Report | RejectedReport]:
    source = given.data(_LIMIT).decode("latin-1")
    lines = [" ".join(line.split()) for line in _Plain(given.name).of(source).split("\n")]
    told = [(number, line) for number, line in enumerate(lines, 1) if line]
    if not told:
        raise EmptyReport("It holds no text.", where=given.name)
    if (articles := downloads.found_in(lines)) is not None:
        yield from downloads.reports(articles, given)
        return
    made = joined(told)
    title = _TITLE.search(source[:20_000])
    said: tuple[Known, ...] = known("title", title[1], "info: title", made.text.startswith(title[1])) if title else ()
    yield Story(made.text, given.name, said, made.origins).report(given.max_chars)


class _Plain:
    """The plain text of an RTF file. It is read from left to right once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._page = "cp1252"
        self._parts: list[str] = []
        self._bytes = bytearray()
        #: For each open group: is it skipped, and how many fallback characters follow a Unicode character in it.
        self._groups: list[tuple[bool, int]] = []
        self._passed, self._alike, self._skip = False, 1, 0

    def of(self, source: str) -> str:
        """Raises BrokenDocument (DL-R018)."""
        for token in _TOKEN.finditer(source):
            word, number, byte, mark, brace, plain = token.groups()
            if brace:
                self._group(brace)
            elif word:
                self._control(word, int(number) if number else None)
            elif self._skip and (byte or plain or mark):
                self._leave_out(plain)
            elif not self._passed:
                self._say(byte, mark, plain)
            elif mark == "*":
                self._passed = True
        self._flush()
        return _whole("".join(self._parts))

    def _group(self, brace: str) -> None:
        self._flush()
        self._skip = 0
        if brace == "{":
            if len(self._groups) >= _DEEPEST:
                raise BrokenDocument("Its groups lie too deep in one another.", where=self._name)
            self._groups.append((self._passed, self._alike))
        elif self._groups:
            self._passed, self._alike = self._groups.pop()

    def _control(self, word: str, number: int | None) -> None:
        if word in _PASSED:
            self._passed = True
        elif word == "ansicpg" and number:
            self._page = _known_page(number)
        elif word == "uc" and number is not None:
            self._alike = max(0, min(number, 9))
        elif self._passed:
            return
        elif word == "u" and number is not None:
            self._flush()
            self._parts.append(chr(number % 65_536))
            self._skip = self._alike
        elif word in _SIGNS:
            self._flush()
            self._parts.append(_SIGNS[word])

    def _leave_out(self, plain: str | None) -> None:
        """Skip the fallback characters that follow a Unicode character; write what comes after them."""
        count = min(self._skip, len(plain)) if plain else 1
        self._skip -= count
        if plain and len(plain) > count and not self._passed:
            self._say(None, None, plain[count:])

    def _say(self, byte: str | None, mark: str | None, plain: str | None) -> None:
        if byte:
            self._bytes.append(int(byte, 16))
        elif plain:
            self._bytes += plain.encode("latin-1")
        elif mark == "*":
            self._passed = True
        elif mark:
            self._flush()
            self._parts.append(_MARKS.get(mark, ""))

    def _flush(self) -> None:
        if self._bytes:
            self._parts.append(self._bytes.decode(self._page, "replace"))
            self._bytes.clear()


def _known_page(number: int) -> str:
    try:
        return codecs.lookup(f"cp{number}" if number != 65_001 else "utf-8").name
    except LookupError:
        return "cp1252"


def _whole(text: str) -> str:
    """The text with UTF-16 surrogate pairs joined to characters; a lone surrogate becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


RTF = Reader("rtf", "RTF", _read, _owns, (".rtf",))
