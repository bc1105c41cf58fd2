"""Codings of several coders in one ledger: the last one added is in force, and the others stay."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from dateline.coders.asking import Settings
from dateline.coders.kept import Kept
from dateline.coders.model import ModelCoder
from dateline.ledger import Ledger
from dateline.ledger.tables import codings
from dateline.model import Coding
from dateline.readers import report_of
from tests.coders.answering import TEXT, of_one


def _coded(model: str, number: int, words: str) -> Coding:
    answer = of_one(
        when={"words": "on Monday", "start": "2024-03-11"},
        where=[{"words": "Kano", "country": "NG", "precision": "city"}],
        counts=[{"what": "killed", "words": words, "n": number}],
    )
    coder = ModelCoder(settings=Settings(model), ask=lambda question: Kept(question.key, answer))
    return coder(report_of(TEXT, "t", "2024-03-12"))


def test_another_coders_coding_takes_the_place_of_the_first_and_both_are_kept(tmp_path: Path) -> None:
    path = str(tmp_path / "l.sqlite")
    with Ledger.open(path, create=True) as ledger:
        first = ledger.add([_coded("one", 2, "two policemen")])
        again = ledger.add([_coded("one", 2, "two policemen")])
        second = ledger.add([_coded("two", 15, "the dead at 15")])
        assert (first.new, again.known, second.again) == (1, 1, 1)
        with ledger.store.reading() as connection:
            rows = connection.execute(select(codings.c.coder, codings.c.retired).order_by(codings.c.num)).all()
        assert [(name, retired is None) for name, retired in rows] == [
            ("dateline model: one", False),
            ("dateline model: two", True),
        ]
        # The rules of a newer dateline do not take the place of what a model read.
        assert list(ledger.stored(other_versions=True)) == []
