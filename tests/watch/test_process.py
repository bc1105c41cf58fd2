"""The command itself: once, until it is told to end, and killed at any moment."""

from __future__ import annotations

import json
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
from tests.coders.serving import Reply
from tests.coders.serving import serving as model_serving
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


def test_a_language_model_codes_what_comes_and_its_key_is_kept_nowhere(
    file: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openai")
    key, told = "sk-watch-0123456789", {"accounts": [{"id": "a1", "type": "attack", "trigger": "Gunmen killed"}]}
    monkeypatch.setenv("DATELINE_API_KEY", key)
    answers = file.parent / "answers.jsonl"
    with model_serving(lambda n, body: Reply(json.dumps(told))) as served:
        asked = ("--coder", "model", "--model", "m", "--base-url", served.url, "--answers", str(answers))
        done = _start(file, "--once", *asked)
        _, said = done.communicate(timeout=300)
    assert done.returncode == 0, said
    assert "10 new" in said and "10 questions asked" in said and len(served.asked) == 10
    assert served.headers[0]["authorization"] == f"Bearer {key}" and key not in said
    with Ledger.open(str(file.parent / "l.sqlite")) as ledger:
        codings = list(ledger.stored(other_versions=False))
    assert {c.by.coder for c in codings if c.by} == {"model"} and [a.type for a in codings[0].accounts] == ["attack"]
    assert not [path for path in file.parent.iterdir() if path.is_file() and key.encode() in path.read_bytes()]


def test_a_watch_has_no_dry_run(file: Path) -> None:
    done = _start(file, "--once", "--coder", "model", "--model", "m", "--dry-run")
    assert "A watch has no end" in done.communicate(timeout=300)[1] and done.returncode == 2


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
