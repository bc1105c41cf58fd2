"""Every regular expression of the package takes time in proportion to what it reads, whatever that is.

One of the fourth power, on three hundred letters, once took sixteen seconds.
"""

from __future__ import annotations

import ast
import json
import math
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

import dateline
from tests.pumping import pumps

#: Each expression is timed on texts of several sizes: over a minute.
pytestmark = pytest.mark.slow

_PACKAGE = Path(dateline.__file__).parent
#: Characters of the shortest and the longest string; seconds below which a time is noise; seconds that are enough.
_SHORT, _LONG, _NOISE, _ENOUGH = 2_000, 500_000, 0.004, 0.3
#: An expression that reads so fast at the shortest is not looked at further: of the second power it would not.
_QUICK = 0.0012
_EXPONENT, _SURELY, _TRIES, _PATIENCE = 1.15, 1.7, 4, 1
#: What is written after what is repeated: nothing expects it.
_END = "\x01"

#: Prints the patterns that the package compiles when all of it is imported, all grammars are made, a report is coded.
_SPY = """
import importlib, json, pkgutil, sys
from re import _compiler
import dateline
made, real = {}, _compiler.compile

def spy(pattern, flags=0):
    asking = sys._getframe(1)
    while asking.f_code.co_filename.endswith("re/__init__.py"):
        asking = asking.f_back
    if asking.f_code.co_filename.startswith(dateline.__path__[0]):
        made[pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern, int(flags)] = 1
    return real(pattern, flags)

_compiler.compile = spy
for module in pkgutil.walk_packages(dateline.__path__, "dateline."):
    if not module.name.endswith("__main__") and ".migrations" not in module.name:
        importlib.import_module(module.name)
from dateline.readers.story import _furniture
from dateline.when.grammar import grammar, languages
for language in sorted(languages()):
    grammar(language)
_furniture()
text = "KABUL, 3 May 2009 - A bomb killed three on Monday, police said [1]. Two more (ABC) died."
dateline.code(text, reader="rules")
json.dump(list(made), sys.stdout)
"""


def test_no_expression_takes_more_than_linear_time() -> None:
    slow: list[str] = []
    for pattern in _patterns():
        found = ((_exponent(pattern, *pump, _END), pump) for pump in pumps(pattern))
        worst = next((one for one in found if one[0] > _EXPONENT), None)
        if worst is not None:
            slow.append(f"exponent {worst[0]:.2f} of {pattern.pattern[:300]!r}, pumped with {worst[1]!r}")
    assert not slow, "\n".join(slow)


def test_the_test_sees_a_slow_expression() -> None:
    words = re.compile(r"[A-Z]\w*[A-Z]\d")
    assert _exponent(words, "", "A", _END) > 1.7


def _patterns() -> list[re.Pattern[str]]:
    done = subprocess.run([sys.executable, "-c", _SPY], capture_output=True, check=True, text=True)
    found = [*json.loads(done.stdout), *_written_in_place()]
    # Expressions of bytes are pumped as the words that they are.
    made = {(p.decode("latin-1") if isinstance(p, bytes) else p, flags) for p, flags in found}
    assert len(made) > 300
    return [re.compile(pattern, flags) for pattern, flags in sorted(made)]


def _written_in_place() -> Iterator[tuple[str, int]]:
    """The patterns that stand where they are used, `re.search("...", text)`."""
    for path in sorted(_PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.value
            if isinstance(called, ast.Name) and called.id == "re" and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value, 0


class _Given(BaseException):
    """It took more time than it was given."""


def _exponent(pattern: re.Pattern[str], before: str, unit: str, end: str) -> float:
    """The power of the length with which the time grows; 0 where the expression is too quick to tell, 9 where it does
    not end."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise _Given

    kept = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, _PATIENCE)
    try:
        quick = _seconds(pattern, before + unit * (_SHORT // len(unit)) + end, 1) < _QUICK
    except _Given:
        return 9.0
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, kept)
    if quick or _looks_linear(pattern, before, unit, end):
        return 0.0
    # Noise makes times longer, seldom all of them alike: the smallest of several exponents tells best.
    found = 9.0
    for _ in range(_TRIES):
        found = min(found, _fitted(pattern, before, unit, end))
        if found <= _EXPONENT or found > _SURELY:
            break
    return found


def _looks_linear(pattern: re.Pattern[str], before: str, unit: str, end: str) -> bool:
    """Is four times the text read in hardly more than four times the time?"""
    short, long = (_seconds(pattern, before + unit * (n * _SHORT // len(unit)) + end, 2) for n in (1, 4))
    return long < 5 * short


def _fitted(pattern: re.Pattern[str], before: str, unit: str, end: str) -> float:
    first = (0, 0.0)
    length = _SHORT
    while length <= _LONG:
        seconds = _seconds(pattern, before + unit * (length // len(unit)) + end, 3)
        if not first[0] and seconds > _NOISE:
            first = length, seconds
        elif first[0] and (length >= 8 * first[0] or seconds > _ENOUGH):
            return math.log(seconds / first[1]) / math.log(length / first[0])
        length *= 2
    return 0.0


def _seconds(pattern: re.Pattern[str], text: str, times: int) -> float:
    """The least of several times that all matches of a text take."""
    least = math.inf
    for _ in range(times):
        begun = time.process_time()
        for _match in pattern.finditer(text):
            pass
        least = min(least, time.process_time() - begun)
    return least
