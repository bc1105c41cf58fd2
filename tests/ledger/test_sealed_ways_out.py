"""Words of sealed reports find no way out that merging several works had left open."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline import code
from dateline.coding.choice import Reader
from dateline.ledger import Ledger, Query
from dateline.ledger.access import PUBLIC, Access, Right
from dateline.model import Coding
from dateline.publishing import Edition, written
from dateline.publishing.paths import bare
from dateline.service.feeds import feed

MOSQUE = "Gunmen killed two traders at the Al-Noor Mosque in Maiduguri on Monday, police said."


def _coded(text: str, uri: str, reader: Reader = "rules") -> Coding:
    made = code(text, "2024-05-15", uri=uri, reader=reader)
    assert made.accounts
    return made


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    found = Ledger.open(str(tmp_path / "l.sqlite"), create=True, by="ann")
    found.add([_coded(MOSQUE, "paper/1")])
    return found


def _published(ledger: Ledger, edition: Edition) -> str:
    file = io.BytesIO()
    written(ledger, edition, file)
    with zipfile.ZipFile(file) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def _main(ledger: Ledger, edition: Edition) -> str:
    file = io.BytesIO()
    written(ledger, edition, file)
    with zipfile.ZipFile(file) as archive:
        return archive.read("events.csv").decode()


def test_a_sealed_report_that_is_edited_and_added_again_stays_sealed(ledger: Ledger) -> None:
    ledger.set_access("paper/1", Access("sealed"))
    ledger.add([_coded(MOSQUE.replace("two traders", "two traders of Zorabi"), "paper/1")])
    assert len(ledger.seen_by(PUBLIC).hidden()) == 2


def test_no_edition_for_all_holds_what_is_sealed_to_some(ledger: Ledger) -> None:
    ledger.set_access("paper/1", Access("sealed", "consent of Witnessname", ("alice",)))
    alice = ledger.seen_by(Right("open", "alice"))
    for told in (_published(alice, Edition(names="all", level="claim")), _published(ledger, Edition(names="none"))):
        assert "Al-Noor" not in told and "paper/1" not in told
    ledger.set_access("paper/1", Access("open", "Witnessname agreed"))
    told = _published(ledger, Edition(names="all"))
    assert "paper/1" in told and "Witnessname" not in told and "alice" not in told


def test_notes_of_consent_are_no_part_of_the_list_of_revisions(ledger: Ledger) -> None:
    ledger.set_access("paper/1", Access("sealed", "consent of Witnessname"))
    assert "Witnessname" not in json.dumps(list(ledger.revisions()), default=str)


def test_after_a_story_went_back_the_version_that_counts_is_removed(ledger: Ledger) -> None:
    ledger.revise("paper/1", _coded(MOSQUE.replace("two", "three"), "paper/1"))
    ledger.revise("paper/1", _coded(MOSQUE, "paper/1"))
    assert ledger.count() == 1
    ledger.remove("paper/1", "asked")
    assert ledger.count() == 0


ARREST = "Police arrested the trader Karim Zorabi in the village of Qala-e-Surkhab on Monday, officials said."
AGAIN = "Gunmen killed the trader Karim Zorabi in Maiduguri on Monday, police said."


@pytest.fixture
def sealed(opened: Callable[..., Ledger]) -> Ledger:
    """A ledger of an open report and of one that is sealed, which names a person, a village, a mosque; on both
    databases."""
    found = opened()
    found.add([_coded(MOSQUE, "paper/1"), _coded(ARREST, "paper/2", "learned")])
    found.set_access("paper/2", Access("sealed"))
    return found


@pytest.mark.parametrize("guess", [Query(actors=("Karim Zorabi",)), Query(places=("Qala-e-Surkhab",))])
def test_no_filter_finds_a_name_that_sealed_reports_alone_say(sealed: Ledger, guess: Query) -> None:
    seen = sealed.seen_by(PUBLIC)
    assert sealed.count(guess) == 1
    assert seen.count(guess) == 0 and not seen.events(guess).events and not list(seen.all_events(guess))
    assert not [one.events for one in seen.understood(guess) if one.events]
    assert not list(csv.DictReader(io.StringIO(_main(seen, Edition(query=guess)))))
    assert not feed(seen, guess, "t", "/", "/feed").entries
    near = Query(actors=tuple(n[:-1] for n in guess.actors), places=tuple(n[:-1] for n in guess.places))
    assert sealed.understood(near)[0].near and not seen.understood(near)[0].near


def test_a_name_is_found_where_an_open_report_says_it_too_and_values_that_stay_are_found(sealed: Ledger) -> None:
    sealed.add([_coded(AGAIN, "paper/3")])
    seen = sealed.seen_by(PUBLIC)
    asked = Query(actors=("Karim Zorabi",))
    assert (sealed.count(asked), seen.count(asked)) == (2, 1) == (2, seen.understood(asked)[0].events)
    for kept in (Query(places=("Nigeria",)), Query(places=("Maiduguri",))):
        sealed.set_access("paper/3", Access("sealed"))
        sealed.set_access("paper/1", Access("sealed"))
        assert seen.count(kept) == sealed.count(kept) == seen.understood(kept)[0].events == 1


def test_where_all_reports_lie_in_one_archive_only_its_name_is_told() -> None:
    assert bare("/home/ann/news.zip", "/home/ann/news.zip") == "news.zip"
    assert bare("/home/ann/news.zip/a.txt", "/home/ann/news.zip") == "a.txt"
