"""Tests know nothing of the actors and places that whoever runs them has added, and read by rules alone."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dateline.model import Coding

#: Most tests are of the rules: they read alone, unless a test asks for the learned reader.
os.environ["DATELINE_READER"] = "rules"
os.environ["DATELINE_HOME"] = tempfile.mkdtemp(prefix="dateline-tests-")


#: Reports of a bombing, of what came of it a month and a year later, of an attack elsewhere, and a round-up of both.
CASE_TEXTS = {
    "wire": (
        "MOSUL, Iraq - A car bomb exploded outside the Zaytun market in Mosul on Tuesday, killing 12 people and "
        "wounding 30, police colonel Saad Hamdani said. Shopkeeper Walid Jabbar said the blast threw cars into the "
        "air.",
        "2024-05-15",
    ),
    "paper": (
        "A car bomb killed at least 14 people at the Zaytun market in Mosul on Tuesday, hospital officials said. "
        "Thirty people were wounded. Colonel Saad Hamdani said the car had been parked beside a bakery.",
        "2024-05-15",
    ),
    "arrest": (
        "MOSUL, Iraq - Police arrested three men in Tikrit on Monday over the car bomb that exploded at the Zaytun "
        "market in Mosul on May 14, colonel Saad Hamdani said. The bombing killed 14 people, among them the "
        "shopkeeper Walid Jabbar.",
        "2024-06-11",
    ),
    "court": (
        "A court in Baghdad on Sunday sentenced Omar Khalaf to death for the car bomb that exploded at the Zaytun "
        "market in Mosul on May 14, 2024, killing 14 people. Shopkeeper Walid Jabbar's widow heard the verdict.",
        "2025-03-03",
    ),
    "basra": (
        "BASRA - Gunmen shot dead two teachers at a school in Basra on Monday, the education ministry said. Police "
        "arrested a suspect on Tuesday.",
        "2024-05-15",
    ),
    "roundup": (
        "On May 14, 2024, a car bomb exploded at the Zaytun market in Mosul, killing 14 people. On May 13, 2024, "
        "gunmen shot dead two teachers at a school in Basra. A court will hear the case of Omar Khalaf, who was "
        "arrested in June.",
        "2024-07-01",
    ),
}


@pytest.fixture(scope="session")
def case_reports() -> list[Coding]:
    """The reports, coded."""
    from dateline.coding import code_report
    from dateline.readers import report_of

    return [code_report(report_of(text, uri, published)) for uri, (text, published) in CASE_TEXTS.items()]
