"""The command line, as a user meets it: exit codes, streams, bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dateline import DatelineError, code
from tests.contract import breaches
from tests.golden import SAMPLES

REPORT = "Police arrested two men in Kabul on Tuesday."


def run(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = "import sys; from dateline.cli import main; main()"
    return subprocess.run([sys.executable, "-c", program, *args], input=stdin, capture_output=True, check=False)


def test_help_loads_nothing_heavy() -> None:
    program = """
import sys
sys.argv = ["dateline", "--help"]
from dateline.cli import main
try:
    main()
finally:
    print(sorted({"spacy", "numpy", "pydantic", "yaml", "rich"} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0
    assert b"dateline code" in done.stdout
    assert done.stderr.strip() == b"[]"


def test_jsonl_from_a_file_keeps_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    done = run("code", str(path), "--published", "2024-05-15", "--format", "jsonl")
    assert (done.returncode, done.stderr) == (0, b"")
    record = json.loads(done.stdout)
    assert breaches(done.stdout.decode()) == []
    assert record["report"]["uri"] == str(path)
    assert record["accounts"][0]["when"]["start"] == "2024-05-14"


def test_explain_says_how_each_value_was_found() -> None:
    done = run("code", "-", "--published", "2024-05-15", "--explain", stdin=REPORT.encode())
    shown = done.stdout.decode()
    assert done.returncode == 0
    for words in (
        "arrest, occurred: 'arrested' in 'Police arrested two men in Kabul on Tuesday.'",
        "'Tuesday', past tense -> the Tuesday on or before publication (2024-05-15) -> 2024-05-14 (relative)",
        "'Kabul' -> Kabul, AF (city)",
        "'two men' -> 2 ",
        "'arrested' tells it; frame arrest/arrest",
        "confidence 0.",
    ):
        assert words in shown, shown


def test_a_table_for_people() -> None:
    done = run("code", "-", "--published", "2024-05-15", "--format", "table", stdin=REPORT.encode())
    assert done.returncode == 0
    for words in ("arrest", "2024-05-14", "Kabul", "2 men arrested"):
        assert words in done.stdout.decode()


def test_two_processes_give_the_bytes_of_one(tmp_path: Path) -> None:
    rows = [json.dumps({"uri": p.name, "text": p.read_text(encoding="utf-8")}) for p in SAMPLES]
    path = tmp_path / "reports.jsonl"
    path.write_text("\n".join(rows) + "\n{broken\n", encoding="utf-8")
    one, two = (run("code", str(path), "--format", "jsonl", "--processes", n) for n in ("1", "2"))
    assert one.stdout == two.stdout
    assert one.stdout.count(b"\n") == len(SAMPLES)
    assert one.returncode == two.returncode == 3


def test_bad_reports_are_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a_good.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b_empty.txt").write_bytes(b"  \n")
    (tmp_path / "c_binary.txt").write_bytes(bytes(range(256)) * 3)
    (tmp_path / "d_latin.txt").write_bytes(
        "La policía detuvo a dos hombres en Bogotá, según el señor Núñez.".encode("latin-1")
    )
    (tmp_path / "e_lines.jsonl").write_text(
        '{"text": 7}\nno json\n{"text": "x", "published": "2024-02-31"}\n{"text": "Police arrested him."}\n'
    )
    (tmp_path / "f_long.txt").write_text("x " * 600, encoding="utf-8")
    (tmp_path / "g_control.txt").write_text("Police arrested\x07 two men\x0b in Kabul.", encoding="utf-8")
    (tmp_path / "h_utf16.txt").write_bytes(REPORT.encode("utf-16"))
    done = run("code", str(tmp_path), "--format", "jsonl", "--max-chars", "1000")
    said = done.stderr.decode()
    assert done.returncode == 3
    for reason in ("DL-R001", "DL-R002", "DL-R004", "DL-R005", "DL-R006"):
        assert reason in said, said
    names = [Path(json.loads(line)["report"]["uri"]).name for line in done.stdout.splitlines()]
    assert {"a_good.txt", "g_control.txt", "h_utf16.txt"} <= set(names)
    assert any(name.startswith("e_lines.jsonl") for name in names)
    assert "�" not in done.stdout.decode()


@pytest.mark.parametrize(
    ("args", "exit_code", "code_"),
    [
        (("code", "no/such/file.txt"), 1, "DL-E001"),
        (("code", "-", "--published", "2024-02-31"), 1, "DL-E003"),
        (("code",), 2, "Missing argument"),
        (("code", "-", "--format", "xml"), 2, "Invalid value"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_errors_say_what_to_do(args: tuple[str, ...], exit_code: int, code_: str) -> None:
    done = run(*args, stdin=REPORT.encode())
    assert done.returncode == exit_code
    assert code_ in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_folder_without_reports(tmp_path: Path) -> None:
    done = run("code", str(tmp_path))
    assert done.returncode == 1
    assert b"DL-E002" in done.stderr


def test_out_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "coded.jsonl"
    assert run("code", "-", "--format", "jsonl", "--out", str(target), stdin=REPORT.encode()).returncode == 0
    assert json.loads(target.read_text(encoding="utf-8"))["accounts"]
    assert not list(tmp_path.glob("*.part"))
    failed = run("code", "-", "--out", str(tmp_path / "no" / "such.jsonl"), stdin=REPORT.encode())
    assert failed.returncode == 1
    assert b"DL-E007" in failed.stderr


def test_a_line_of_ten_megabytes_and_a_text_of_fifty(tmp_path: Path) -> None:
    line = tmp_path / "line.txt"
    line.write_text("word " * 2_000_000, encoding="utf-8")
    huge = tmp_path / "huge.txt"
    huge.write_bytes(b"x" * 50_000_000)
    done = run("code", str(line), str(huge), "--format", "jsonl")
    assert done.returncode == 3
    assert done.stderr.count(b"DL-R004") == 2


def test_demo_shows_every_sample() -> None:
    done = run("demo")
    assert done.returncode == 0
    assert b"Next:" in done.stderr
    shown = "".join(done.stdout.decode().split())
    for sample in SAMPLES:
        assert sample.stem[:8] in shown, sample.stem


def test_python_raises_the_same_errors() -> None:
    with pytest.raises(DatelineError, match="DL-E003"):
        code("Police arrested him.", published="yesterday")
    with pytest.raises(DatelineError, match="DL-R001"):
        code("   ")


def test_python_gives_the_trace_of_a_coding_that_is_the_same_without_it() -> None:
    text = "Police arrested two men in Kabul on Tuesday. There was no attack on the village."
    traced = code(text, published="2024-05-15", trace=True)
    assert traced == (plain := code(text, published="2024-05-15")) and plain.trace == ()
    found = {(step.rule, step.span.of(text)) for step in traced.trace}
    assert {("says.denied.no", "no"), ("says.occurred.plain", "arrested")} <= found
    assert traced.to_json() == plain.to_json()


def test_why_tells_of_sentences_coded_or_not(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "KABUL, 3 May 2024 - Police arrested two men on Thursday over a market bombing. The harvest was good.\n\n"
        "Farmers sold wheat in the morning. The price of bread fell. Rain is due.\n\nSchools open on Monday.\n",
        encoding="utf-8",
    )
    told = run("why", str(report), "--words", "arrested two men").stdout.decode()
    assert "tells of a1" in told and "Police" in told and "coding.drafting" not in told and "├─" not in told
    deep = run("why", str(report), "--words", "arrested two men", "--details").stdout.decode()
    assert deep.startswith(told.rstrip("\n")) and "coding.drafting" in deep and "├─" in deep
    silent = run("why", str(report), "--words", "price of bread").stdout.decode()
    assert "tells of no account" in silent and "why not   language.gate" in silent and "├─" not in silent
    nowhere = run("why", str(report), "--words", "no such words")
    assert nowhere.returncode == 1 and b"DL-E011" in nowhere.stderr


def test_why_looks_in_all_reports_of_a_file_and_knows_both_readers(tmp_path: Path) -> None:
    rows = [
        {"uri": "a", "text": "Rain fell on Kobo."},
        {"uri": "b", "text": "A gunman opened up on worshippers in Kobo."},
    ]
    file = tmp_path / "two.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    plain = run("why", str(file), "--words", "opened up")
    assert plain.returncode == 0 and b"tells of no account" in plain.stdout
    assert (
        b"what.proposed.word"
        in run("why", str(file), "--words", "opened up", "--reader", "learned", "--details").stdout
    )
    assert b"DL-E011" in run("why", str(file), "--sentence", "1", "--sentence", "99").stderr
