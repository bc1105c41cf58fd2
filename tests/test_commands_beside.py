"""Every command of benchmarks and training can be imported: none names what is gone. (training.reader needs torch.)"""

from __future__ import annotations

import importlib
import pkgutil

import benchmarks
import pytest
import training

_BESIDE = [
    f"{package.__name__}.{module.name}"
    for package in (benchmarks, training)
    for module in pkgutil.iter_modules(package.__path__)
    if not module.ispkg
]


@pytest.mark.parametrize("name", _BESIDE)
def test_it_can_be_imported(name: str) -> None:
    importlib.import_module(name)
