"""Every command of benchmarks can be imported: none names what is gone."""

from __future__ import annotations

import importlib
import pkgutil

import benchmarks
import pytest


@pytest.mark.parametrize("name", [m.name for m in pkgutil.iter_modules(benchmarks.__path__)])
def test_a_benchmark_can_be_imported(name: str) -> None:
    importlib.import_module(f"benchmarks.{name}")
