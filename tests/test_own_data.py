"""Places and actors that users add, by the command line, in a home of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TABLE = """name,kind,country,lat,lon,admin1,population,also,source
Qasr al-Milh checkpoint,site,IQ,33.25,44.40,Baghdad,0,Salt Palace checkpoint;Qasr al Milh,site visit 2024
Velmora,neighbourhood,CO,6.25,-75.56,Antioquia,12000,,municipal map
"""
REPORT = "Militants attacked soldiers in Velmora, Colombia, on Tuesday, and the Free Valley Front claimed the attack."


def run(home: Path, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    program = "from dateline.cli import main; main()"
    environment = os.environ | {"DATELINE_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-c", program, *args],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def geonames_line(number: int, name: str, feature: str, country: str, admin: str, also: str = "") -> str:
    kind, code = feature.split(".")
    cells = [
        number,
        name,
        name,
        also,
        12.5,
        42.5,
        kind,
        code,
        country,
        "",
        admin,
        "",
        "",
        "",
        4200,
        "",
        "",
        "",
        "2024-01-01",
    ]
    return "\t".join(map(str, cells)) + "\n"


def test_places_of_ones_own(tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text(TABLE, encoding="utf-8")
    assert "Nothing is known" in run(tmp_path, "gazetteer", "find", "Velmora").stderr
    built = run(tmp_path, "gazetteer", "build", "--add", str(table))
    assert (built.returncode, "2 of your own" in built.stderr) == (0, True), built.stderr
    found = run(tmp_path, "gazetteer", "find", "salt palace checkpoint").stdout
    assert "Qasr al-Milh checkpoint, Baghdad, IQ" in found
    coded = json.loads(run(tmp_path, "code", "-", "--format", "jsonl", "-q", stdin=REPORT).stdout)
    place = coded["accounts"][0]["where"][0]
    assert (place["name"], place["country"], place["precision"]) == ("Velmora", "CO", "neighbourhood")
    assert place["gazetteer_id"].startswith("own:")
    assert run(tmp_path, "gazetteer", "reset").returncode == 0
    assert run(tmp_path, "gazetteer", "find", "Velmora").returncode == 1


@pytest.mark.parametrize("packed", [True, False])
def test_the_full_dump_of_geonames(tmp_path: Path, packed: bool) -> None:
    dump = tmp_path / "allCountries.txt"
    dump.write_text(
        geonames_line(13_900_001, "Xanthar Province", "A.ADM1", "YE", "99")
        + geonames_line(13_900_002, "Xanthar Wells", "P.PPL", "YE", "99", "Bir Xanthar,Xanthar al Bir")
        + geonames_line(13_900_003, "Xanthar Prison", "S.PRN", "YE", "99")
        + geonames_line(13_900_004, "Xanthar Spring", "H.SPNG", "YE", "99"),
        encoding="utf-8",
    )
    if packed:
        with zipfile.ZipFile(tmp_path / "allCountries.zip", "w") as archive:
            archive.write(dump, "allCountries.txt")
        dump = tmp_path / "allCountries.zip"
    built = run(tmp_path, "gazetteer", "build", "--geonames", str(dump))
    assert "3 places of GeoNames" in built.stderr, built.stderr
    assert (
        "city           Xanthar Wells, Xanthar Province, YE" in run(tmp_path, "gazetteer", "find", "bir xanthar").stdout
    )
    assert "site           Xanthar Prison" in run(tmp_path, "gazetteer", "find", "Xanthar Prison").stdout
    assert run(tmp_path, "gazetteer", "find", "Xanthar Spring").returncode == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,kind,country\nX,city,IQ\n", "lacks the column 'lat'"),
        ("name,kind,country,lat,lon\nX,planet,IQ,1,2\n", "bad.csv:2: 'planet' is no kind"),
        ("name,kind,country,lat,lon\nX,city,IQ,91,2\n", "91 degrees are more than 90"),
        ("name,kind,country,lat,lon\nX,city,Iraq,1,2\n", "'IRAQ' is no country code"),
        ("name,kind,country,lat,lon\n ,city,IQ,1,2\n", "has no name"),
    ],
)
def test_a_bad_table_is_told_and_changes_nothing(tmp_path: Path, text: str, says: str) -> None:
    table = tmp_path / "bad.csv"
    table.write_text(text, encoding="utf-8")
    done = run(tmp_path, "gazetteer", "build", "--add", str(table))
    assert done.returncode == 1
    assert "DL-E008" in done.stderr
    assert says in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.csv"]


def test_a_truncated_archive(tmp_path: Path) -> None:
    archive = tmp_path / "allCountries.zip"
    archive.write_bytes(b"PK\x03\x04 cut off")
    done = run(tmp_path, "gazetteer", "build", "--geonames", str(archive))
    assert (done.returncode, "DL-E008" in done.stderr) == (1, True)


def test_actors_of_ones_own(tmp_path: Path) -> None:
    added = run(
        tmp_path,
        "actors",
        "add",
        "--name",
        "Free Valley Front",
        "--also",
        "FVF",
        "--kind",
        "armed_group",
        "--country",
        "co",
    )
    assert (added.returncode, added.stdout) == (0, "free-valley-front\n"), added.stderr
    assert "free-valley-front" in run(tmp_path, "actors", "find", "fvf").stdout
    coded = json.loads(run(tmp_path, "code", "-", "--format", "jsonl", "-q", stdin=REPORT).stdout)
    assert "free-valley-front" in {a["id"] for account in coded["accounts"] for a in account["actors"]}


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--name", "Daesh", "--kind", "armed_group"), "'Daesh' is a name of islamic-state"),
        (("--name", "New Front", "--kind", "armed_group", "--parent", "nobody"), "parent 'nobody' is not known"),
        (("--name", "New Front", "--kind", "armed_group", "--country", "Iraq"), "no country code"),
        (("--name", "...", "--kind", "state"), "no letters"),
    ],
)
def test_a_bad_actor_is_told(tmp_path: Path, args: tuple[str, ...], says: str) -> None:
    done = run(tmp_path, "actors", "add", *args)
    assert (done.returncode, "DL-E009" in done.stderr) == (1, True)
    assert says in done.stderr
    assert list(tmp_path.iterdir()) == []
