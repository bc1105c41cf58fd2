"""A report on which the coder itself fails is rejected with its reason, and the rest of the batch goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dateline.coding import coder
from dateline.coding.reading import Reading
from dateline.engines import Worker
from dateline.engines.local import code, code_all
from dateline.model import Coding, RejectedReport, Report
from dateline.model.errors import BadKnowledge
from dateline.model.rejections import TooSlow
from dateline.readers import report_of

#: Processes are started and killed.
pytestmark = pytest.mark.slow


def test_a_mistake_of_ours_costs_one_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(report: Report, everything: bool = False, learned: bool = False) -> Reading:
        if "Kobo" in report.text:
            raise ZeroDivisionError("no such figure")
        return read(report, everything=everything, learned=learned)

    read = coder.read_report
    monkeypatch.setattr(coder, "read_report", failing)
    texts = ["Police arrested two men in Izmir.", "A bomb killed three in Kobo.", "Rebels killed a judge in Gao."]
    rows = [report_of(text, f"{n}.txt", "2024-05-15") for n, text in enumerate(texts)]
    first, second, third = code_all(rows)
    assert isinstance(first, Coding) and isinstance(third, Coding) and first.accounts and third.accounts
    assert isinstance(second, RejectedReport)
    assert (second.code, second.where) == ("DL-R010", "1.txt")
    assert "ZeroDivisionError" in second.what and "no such figure" in second.what


def test_what_is_wrong_for_all_reports_stops_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(report: Report, everything: bool = False, learned: bool = False) -> Reading:
        raise BadKnowledge("'kind' is missing.", where="actors.yaml")

    monkeypatch.setattr(coder, "read_report", failing)
    with pytest.raises(BadKnowledge):
        list(code_all([report_of("Police arrested two men in Izmir.", "1.txt", "2024-05-15")]))


def test_a_report_that_takes_too_long_is_rejected_and_the_next_one_coded(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(report: Report, everything: bool = False, learned: bool = False) -> Reading:
        while "Kobo" in report.text:
            pass
        return read(report, everything=everything, learned=learned)

    read = coder.read_report
    monkeypatch.setattr(coder, "read_report", slow)
    texts = ["A bomb killed three in Kobo.", "Rebels killed a judge in Gao."]
    first, second = code_all([report_of(t, f"{n}.txt") for n, t in enumerate(texts)], time_limit=0.3)
    assert isinstance(first, TooSlow) and (first.code, first.where) == ("DL-R012", "0.txt")
    assert isinstance(second, Coding) and second.accounts
    with pytest.raises(TooSlow, match=r"0\.3 seconds"):
        code(texts[0], time_limit=0.3)
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL


def _killed_while(worker: Worker, times: int) -> threading.Thread:
    """Kills the worker's process so many times, each as soon as there is one that can work."""

    def kill() -> None:
        killed: set[int] = set()
        end = time.monotonic() + 60
        while len(killed) < times and time.monotonic() < end:
            process = worker._process
            if process is not None and process.pid and process.pid not in killed and worker._pipe is not None:
                killed.add(process.pid)
                os.kill(process.pid, signal.SIGKILL)
            time.sleep(0.01)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


def test_a_process_that_dies_is_replaced_and_what_kills_two_is_rejected() -> None:
    worker = Worker(reader="rules")
    row = report_of("Rebels killed a judge in Gao.", "1.txt", "2024-05-15")
    try:
        killing = _killed_while(worker, 1)
        assert isinstance(worker.code(row), Coding)
        killing.join()
        worker._end()
        killing = _killed_while(worker, 2)
        lost = worker.code(row)
        assert isinstance(lost, RejectedReport) and (lost.code, lost.where) == ("DL-R013", "1.txt")
        assert "signal 9" in lost.what
        killing.join()
        assert isinstance(worker.code(row), Coding)
    finally:
        worker.close()


@pytest.mark.parametrize("guarded", [False, True])
def test_a_script_without_a_guard_ends_with_one_error(tmp_path: Path, guarded: bool) -> None:
    script = tmp_path / "script.py"
    guard = 'if __name__ == "__main__":\n    ' if guarded else ""
    script.write_text(
        "from dateline.engines import code_all\nfrom dateline.readers import report_of\n"
        'rows = [report_of("Rebels killed a judge in Gao.", str(n)) for n in range(40)]\n'
        f'{guard}print(sum(1 for _ in code_all(rows, processes=2, reader="rules")))\n',
        encoding="utf-8",
    )
    ended = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=300, check=False)
    if guarded:
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "40\n", "")
        return
    assert ended.returncode == 1 and not ended.stdout
    assert ended.stderr.count("DL-E018") == ended.stderr.count("Traceback") == 1
    assert 'if __name__ == "__main__":' in ended.stderr.splitlines()[-1]


def test_a_process_that_takes_too_long_is_replaced() -> None:
    worker = Worker(limit=0.0001, reader="rules")
    try:
        row = report_of("Rebels killed a judge in Gao. " * 200, "1.txt", "2024-05-15")
        assert isinstance(worker.code(row), TooSlow)
        worker._limit = 100
        assert isinstance(worker.code(row), Coding)
    finally:
        worker.close()


def test_a_long_text_is_coded_section_by_section() -> None:
    told = "A bomb killed three people in Kabul on Monday, police said.\n\n"
    text = "KABUL, 3 May 2024 - " + told * 1000
    coding = code(text)
    assert coding.report.published is not None and coding.report.published.start == "2024-05-03"
    assert len({a.id for a in coding.accounts}) == len(coding.accounts) > 2
    assert "sections" in coding.warnings[0]
    for account in coding.accounts:
        assert account.trigger.of(text) in ("bomb", "killed")
        assert account.when is not None and account.when.start == "2024-04-29"
        assert all(place.span.of(text) == place.text for place in account.where)
    with_trace = code(text, trace=True)
    assert all(0 <= step.span.start <= step.span.end <= len(text) for step in with_trace.trace)
    assert max(step.span.start for step in with_trace.trace) > 50_000
