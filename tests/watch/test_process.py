"""The command itself: once, until it is told to end, and killed at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.ledger import Ledger
from dateline.ledger.checking import problems
from dateline.ledger.errors import NoLedger
from tests.watch.site import Site, serving

#: Processes are started and killed.
pytestmark = pytest.mark.slow

_STORY = "BASRA - Gunmen killed {} teachers at the {} school in Basra on Monday, the education ministry said."
_SCHOOLS = "Aldan Brevik Corvo Dunmar Eskel Farrow Galt Hedda Ivor Jorun".split()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        for number, school in enumerate(_SCHOOLS):
            found.story(f"/{school}", _STORY.format(number + 2, school))
        found.feed("/feed", [f"/{school}" for school in _SCHOOLS])
        yield found


@pytest.fixture
def file(tmp_path: Path, site: Site) -> Path:
    made = tmp_path / "w.toml"
    made.write_text(
        f'ledger = "l.sqlite"\nreader = "rules"\n[polling]\nown_hosts = ["{site.host}"]\nhost_delay = "0s"\n'
        f'every = "1s"\n[[feed]]\nurl = "{site.url("/feed")}"\n'
    )
    return made


def _start(file: Path, *args: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dateline", "watch", str(file), *args]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ.copy())


def _held(file: Path) -> Counter[str]:
    path = file.parent / "l.sqlite"
    if not path.exists():
        return Counter()
    try:
        opened = Ledger.open(str(path))
    except NoLedger:
        return Counter()  # It is being made.
    with opened as ledger:
        with ledger.store.reading() as connection:
            assert list(problems(connection)) == []
        return Counter(coding.report.uri for coding in ledger.stored(other_versions=False))


def test_once_adds_all_and_tells(file: Path, site: Site) -> None:
    done = _start(file, "--once")
    _, said = done.communicate(timeout=120)
    assert done.returncode == 0, said
    assert "1 polls" in said and "10 new" in said
    assert set(_held(file).values()) == {1} and len(_held(file)) == 10
    status = _start(file, "--status")
    assert "Stories: 10 done." in status.communicate(timeout=60)[0]


def test_it_runs_until_it_is_told_to_end(file: Path, site: Site) -> None:
    watch = _start(file)
    deadline = time.monotonic() + 120
    while len(_held(file)) < 10 and time.monotonic() < deadline:
        time.sleep(0.5)
    site.story("/late", _STORY.format(40, "Late"))
    site.feed("/feed", ["/late"])
    while len(_held(file)) < 11 and time.monotonic() < deadline:
        time.sleep(0.5)
    watch.send_signal(signal.SIGTERM)
    watch.communicate(timeout=60)
    assert watch.returncode == 0
    assert len(_held(file)) == 11


def test_killed_at_any_moment_it_loses_and_doubles_nothing(file: Path, site: Site) -> None:
    for seconds in (2.0, 3.0, 4.0, 5.0):
        watch = _start(file)
        time.sleep(seconds)
        watch.kill()
        watch.communicate(timeout=60)
        assert set(_held(file).values()) <= {1}
    done = _start(file, "--once")
    _, said = done.communicate(timeout=120)
    assert done.returncode == 0, said
    assert set(_held(file).values()) == {1} and len(_held(file)) == 10
