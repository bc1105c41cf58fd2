"""Folders on any file system that Hadoop can use (this machine, HDFS, S3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from dateline.model.errors import NoReports, NoSuchPath


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its address, its name as it was given (with the folder, where a folder was given), its size, and the time
    of its last change."""

    url: str
    name: str
    bytes: int
    modified: int


class HadoopFiles:
    """A folder by its path or URL (see engines.files.Files)."""

    #: Patterns of what a job on a cluster writes; each part is a folder of Parquet.
    OURS: ClassVar = ("_manifest.json", "_parts/?????.json", "part=?????", "_pairs")

    def __init__(self, spark: Any, folder: str) -> None:
        self.name = folder
        self._jvm = spark.sparkContext._jvm
        self._root = self._jvm.org.apache.hadoop.fs.Path(folder)
        self._fs = self._root.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())

    def path(self, name: str) -> str:
        """The full path of a file or folder in this folder."""
        return str(self._at(name).toString())

    def read(self, path: str) -> str | None:
        """The text of a file; None where there is no such file."""
        if not self._fs.exists(self._at(path)):
            return None
        stream = self._fs.open(self._at(path))
        try:
            return str(self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def write(self, path: str, text: str) -> None:
        """Write a file. It appears as a whole or not at all."""
        draft, target = self._at(f"{path}.draft"), self._at(path)
        stream = self._fs.create(draft, True)
        stream.write(bytearray(text.encode("utf-8")))
        stream.close()
        self._fs.delete(target, False)
        if not self._fs.rename(draft, target):
            raise OSError(0, "it could not be renamed", self.path(path))

    def is_empty(self) -> bool:
        """Is the folder empty or missing?"""
        return not self._fs.exists(self._root) or not list(self._fs.listStatus(self._root))

    def clear(self, patterns: Iterable[str]) -> None:
        """Delete files and folders that match the patterns."""
        for pattern in patterns:
            for status in self._fs.globStatus(self._at(pattern)) or ():
                self._fs.delete(status.getPath(), True)

    def _at(self, name: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(self._root, name)


def parquet_files(spark: Any, paths: Sequence[str]) -> list[Found]:
    """The Parquet files that the paths and URLs stand for; files in a folder are in order of name.

    Raises NoSuchPath (DL-E001), NoReports (DL-E002).
    """
    return [found for name in paths for found in _of_path(spark, name)]


def _of_path(spark: Any, name: str) -> list[Found]:
    root = spark.sparkContext._jvm.org.apache.hadoop.fs.Path(name)
    system = root.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
    if not system.exists(root):
        raise NoSuchPath("There is no such file or folder.", where=name)
    above = str(system.makeQualified(root).toString())
    found = []
    walk = system.listFiles(root, True)
    while walk.hasNext():
        status = walk.next()
        url = str(status.getPath().toString())
        inside = url[len(above) :]
        hidden = any(part.startswith(("_", ".")) for part in inside.strip("/").split("/"))
        if not inside or (url.endswith(".parquet") and not hidden):
            own = f"{name.rstrip('/')}{inside}"
            found.append(Found(url, own, int(status.getLen()), int(status.getModificationTime())))
    if not found:
        remedy = "Spark reads Parquet (docs/volume.md); `--engine local` reads the rest."
        raise NoReports("There is no Parquet.", where=name, remedy=remedy)
    return sorted(found, key=lambda one: one.name)
