"""What `import dateline` gives: a short list, typed, that shows itself readably."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import dateline
from dateline.model.show import as_html

TEXTS = (
    "Police arrested two men in Kabul on Tuesday.",
    "Police arrested two men in Kabul on Tuesday, the interior ministry said.",
)


def test_dir_lists_what_there_is_and_all_of_it_is_there() -> None:
    assert dir(dateline) == sorted(dateline.__all__)
    assert {"code", "code_all", "link", "read_paths", "Ledger", "Event"} <= set(dir(dateline))
    assert all(getattr(dateline, name) is not None for name in dir(dateline))
    assert not hasattr(dateline, "no_such_thing")


def test_the_package_is_marked_as_typed() -> None:
    assert (Path(dateline.__file__).parent / "py.typed").read_bytes() == b""


@pytest.mark.slow
def test_a_type_checker_believes_the_package(tmp_path: Path) -> None:
    user = tmp_path / "user.py"
    user.write_text("import dateline\nreveal_type(dateline.link([dateline.code('x')])[0].sources)\n")
    done = subprocess.run([sys.executable, "-m", "mypy", user, "--no-incremental", "--follow-imports=silent"],
                          capture_output=True, text=True, cwd=tmp_path)  # fmt: skip
    assert 'Revealed type is "int"' in done.stdout.replace("builtins.", ""), done.stdout + done.stderr


def test_reports_become_events_that_say_what_they_are() -> None:
    codings = [dateline.code(text, "2024-05-15", uri=f"report {n}") for n, text in enumerate(TEXTS)]
    [event] = dateline.link(codings)
    assert re.fullmatch(
        r"<Event e-[0-9a-f]{12} arrest, occurred: 2024-05-14 at Kabul, 2 arrested \(\d sources?, \d+%\)>", repr(event)
    )


def test_a_ledger_says_what_it_holds_and_a_closed_or_broken_one_its_name(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with dateline.Ledger.open(str(path), create=True, by="ann") as ledger:
        ledger.add([dateline.code(TEXTS[0], "2024-05-15")])
        assert repr(ledger).endswith("ledger.sqlite: 1 event, revision 1>")
        path.write_bytes(b"no database")
    assert repr(ledger).endswith("ledger.sqlite>")


def test_the_notebook_view_can_be_read_on_a_dark_page() -> None:
    """A mark inherits the page's letters, which are white on a dark page: each sets its own."""
    html = as_html(dateline.code(TEXTS[0], "2024-05-15"))
    marks = re.findall(r"<mark style=\"([^\"]*)\"", html)
    assert len(marks) > 6
    assert all("color:#111" in mark and "background:#" in mark for mark in marks)
    assert "how many" in html
