"""Starts a Spark session where Spark and Java are installed, with the settings that dateline needs."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dateline.model.errors import DatelineError, NoJava, NotInstalled, SparkFailed

#: The most reports that a Python worker gets at once (in one Arrow batch).
_AT_ONCE = "16"
#: Spark's own settings, unless the user sets them. A task that fails is tried four times, on one machine as well.
_SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": _AT_ONCE,
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    # A Python worker that gives no answer for so many seconds hangs: it is killed, and its task is tried again.
    "spark.python.worker.idleTimeoutSeconds": "900",
    "spark.python.worker.killOnIdleTimeout": "true",
}
_LOCAL = re.compile(r"local\[([\d*]+)\]")
_FAILURES = 4


def java() -> str | None:
    """The Java that Spark would run on; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    if home and (Path(home) / "bin" / "java").exists():
        return str(Path(home) / "bin" / "java")
    return shutil.which("java")


@contextmanager
def started(master: str | None = None, settings: Sequence[str] = ()) -> Iterator[Any]:
    """A session, stopped at the end. Raises NotInstalled (DL-E010), NoJava (DL-E015), SparkFailed (DL-E016)."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise NotInstalled("--engine spark needs Spark.", remedy="pip install 'dateline[spark]'.") from None
    if java() is None:
        raise NoJava("There is no Java.")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("dateline")
    for key, value in {**_SETTINGS, **dict(one.split("=", 1) for one in settings)}.items():
        builder = builder.config(key, value)
    # Under spark-submit (which sets this variable) the master is already set.
    if master or "PYSPARK_GATEWAY_PORT" not in os.environ:
        builder = builder.master(_patient(master or "local[*]"))
    try:
        spark = builder.getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
    except Exception as error:  # Many different errors can keep the JVM from starting.
        raise SparkFailed(f"It does not start ({_first_line(error)}).") from error
    try:
        yield spark
    except DatelineError:
        raise
    except PySparkException as error:
        raise SparkFailed(f"{_first_line(error)}.") from error
    finally:
        spark.stop()


def _patient(master: str) -> str:
    """The master with the number of tries for a task. On one machine Spark tries a task only once by default."""
    return _LOCAL.sub(rf"local[\1,{_FAILURES}]", master)


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)[:500]
