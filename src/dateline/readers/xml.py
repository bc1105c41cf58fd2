"""Parse XML from any source: without entities or network, with a limit of depth, and in its real encoding."""

from __future__ import annotations

import re
from typing import Any

from dateline.model.rejections import BrokenDocument
from dateline.readers.markup import page_text

_DECLARED = re.compile(r"^\W{0,9}<\?xml[^>]{0,200}\?>")


def parsed(data: bytes, where: str) -> Any:
    """The tree of an XML file; errors in it are tolerated, and a wrong declared encoding is corrected.

    Raises BrokenDocument (DL-R018), WrongEncoding (DL-R003).
    """
    text = _DECLARED.sub("", page_text(data, where).text, count=1).lstrip("\ufeff \r\n\t")
    return _tree(text.encode("utf-8", "replace"), where, recover=True)


def part_of(data: bytes, where: str) -> Any:
    """The tree of an XML part of an office document, parsed strictly. Raises BrokenDocument (DL-R018)."""
    return _tree(data, where, recover=False)


def _tree(data: bytes, where: str, recover: bool) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise BrokenDocument(f"Its XML cannot be read ({error}).", where=where) from None
    if tree is None:
        raise BrokenDocument("It holds no XML.", where=where)
    return tree


def bare(tag: Any) -> str:
    """A tag's name without its namespace, in lower case."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
