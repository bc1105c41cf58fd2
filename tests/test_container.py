"""The container file, as far as it can be read without a builder: its instructions, who runs, and what it installs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from dateline.cli import cli

ROOT = Path(__file__).parent.parent
FILE = ROOT / "deploy" / "Containerfile"
_KNOWN = "FROM ARG RUN COPY USER WORKDIR VOLUME ENV EXPOSE STOPSIGNAL ENTRYPOINT CMD".split()


def steps() -> list[tuple[str, str]]:
    """Its instructions in order, continued lines joined."""
    lines = (line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    told = "\n".join(lines).replace("\\\n", " ")
    return [(line.split()[0], line.partition(" ")[2].strip()) for line in told.splitlines() if line.strip()]


def test_its_instructions_are_known_and_in_order() -> None:
    names = [name for name, _ in steps()]
    assert names[:2] == ["ARG", "FROM"] and set(names) <= set(_KNOWN), "the base may be another one"
    assert names.count("ENTRYPOINT") == names.count("CMD") == 1
    for name, words in steps():
        if name in ("ENTRYPOINT", "CMD"):
            assert all(isinstance(word, str) for word in json.loads(words)), "as a list: no shell stands between"


def test_nobody_runs_as_root_and_nothing_is_installed_after() -> None:
    names = [name for name, _ in steps()]
    user = dict(steps())["USER"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user), "by number, so that whoever runs it can see that it is not root"
    assert not {"RUN", "COPY"} & set(names[names.index("USER") :])


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_what_it_runs_is_sound_shell() -> None:
    for name, words in steps():
        if name == "RUN":
            done = subprocess.run(["bash", "-n", "-c", words], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr


def test_its_extras_are_those_of_the_package() -> None:
    extras = re.search(r"EXTRAS=([\w,]+)", dict(steps())["ARG"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert extras is not None and set(extras[1].split(",")) <= set(project["optional-dependencies"])


def test_the_commands_of_its_head_are_ours() -> None:
    told = re.findall(r"^#\s+podman run .* dateline (\w+)", FILE.read_text(encoding="utf-8"), re.M)
    assert told and set(told) <= set(cli.commands)
