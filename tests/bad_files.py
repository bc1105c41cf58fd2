"""Files that are damaged, mislabelled, oversized or odd, made anew from a seed: `python -m tests.bad_files FOLDER`.

Each is bytes under a name; what is to become of it is said nowhere but that it must end as reports that are coded or as
rejections with a code (test_bad_files.py).
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.bad_papers import bad_papers

TEXT = (
    "KABUL, 3 May 2009 - A bomb killed three people in the market of Kabul on Monday, police said. Two days later "
    "gunmen shot dead a judge in Herat. José Núñez, a doctor, said that five were wounded.\n"
)
PAGE = (
    "<!doctype html><html><head><title>Blast in Kabul</title><meta property='article:published_time' "
    f"content='2009-05-03'></head><body><article><h1>Blast in Kabul</h1><p>{TEXT}</p><p>{TEXT}</p></article></body>"
)
ROW = json.dumps({"text": TEXT, "uri": "x/1", "published": "2009-05-03", "title": "Blast", "publisher": "Paper"})
TABLE = f'uri,text,published\nx/1,"{TEXT}",2009-05-03\nx/2,"{TEXT}",2009-05-04\n'
_LIST = f"[{ROW}, {ROW}]"
_GOOD = {"txt": TEXT, "html": PAGE, "jsonl": f"{ROW}\n{ROW}\n", "csv": TABLE, "json": _LIST}


def bad_files(seed: int = 5) -> Iterator[tuple[str, bytes]]:
    """All of them, each under a name of its own."""
    choice = random.Random(seed)
    makers = (_encoded, _cut, _mislabelled, _damaged, _fields, _json, _tables, _pages, _zips, _texts, _marks)
    number = 0
    for maker in (*makers, bad_papers):
        for ending, data in maker(choice):
            number += 1
            yield f"{number:03}_{maker.__name__.lstrip('_')}.{ending}", data


def packed(*files: tuple[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", way) as out:
        for name, data in files:
            # Always of one day, so that equal files are equal bytes.
            info = zipfile.ZipInfo(name)
            info.compress_type = way
            out.writestr(info, data)
    return made.getvalue()


def _encoded(choice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Each format in encodings that it is seldom in."""
    for ending, text in _GOOD.items():
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-7", "cp037", "utf-8-sig"):
            yield ending, text.encode(encoding)
        yield ending, text.encode("cp1252")
        yield ending, text.encode("mac_roman")
    for encoding, words in (
        ("gb18030", "炸弹爆炸造成三人死亡。"),
        ("shift_jis", "爆弾で三人が死亡した。"),
        ("euc_kr", "폭탄 테러로 세 명 사망"),
    ):
        yield "txt", (words * 9).encode(encoding)


def _marks(choice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Byte-order marks that say what is not so."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"):
        yield "txt", mark
        yield "txt", mark + TEXT.encode()
        yield "jsonl", mark + ROW.encode()
        yield "html", mark + PAGE.encode("utf-16-le")
    yield "csv", b"\xef\xbb\xbf\xef\xbb\xbf" + TABLE.encode()


def _cut(choice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Each format, torn off."""
    archive = packed(("a.txt", TEXT.encode() * 9), ("b.html", PAGE.encode()))
    for ending, data in [*((ending, text.encode()) for ending, text in _GOOD.items()), ("zip", archive)]:
        for share in (0.01, 0.3, 0.7, 0.97):
            yield ending, data[: int(len(data) * share)]
        yield ending, data[len(data) // 3 :]


def _mislabelled(choice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Each format under the endings of others, and what is none of ours under ours."""
    text = TEXT.encode()
    archive = packed(("a.txt", text))
    others = {
        "gz": gzip.compress(text, mtime=0), "bz2": bz2.compress(text), "xz": lzma.compress(text),
        "zlib": zlib.compress(text), "tar": _tar(), "pdf": b"%PDF-1.7\n" + text, "rtf": b"{\\rtf1 " + text,
        "png": b"\x89PNG\r\n\x1a\n" + bytes(200), "sqlite": b"SQLite format 3\x00" + bytes(200),
        "mp3": b"ID3\x03" + bytes(90), "elf": b"\x7fELF" + bytes(99), "pickle": b"\x80\x04\x95" + text,
        "docx": packed(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")),
        "epub": packed(("mimetype", b"application/epub+zip"), way=zipfile.ZIP_STORED),
        "rss": b"<?xml version='1.0'?><rss><channel/></rss>", "xml": b"<?xml version='1.0'?><a>" + text + b"</a>",
    }  # fmt: skip
    for data in others.values():
        yield choice.choice(("txt", "html")), data
    for data in others.values():
        yield choice.choice(("csv", "jsonl", "json", "zip")), data
    for ending in _GOOD:
        yield ending, archive
        yield "zip", _GOOD[ending].encode()
        yield choice.choice([other for other in _GOOD if other != ending]), _GOOD[ending].encode()


def _tar() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as out:
        info = tarfile.TarInfo("a.txt")
        info.size = len(TEXT.encode())
        out.addfile(info, io.BytesIO(TEXT.encode()))
    return made.getvalue()


def _damaged(choice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Each format with bytes changed, lost and doubled at random."""
    archive = packed(("a.txt", TEXT.encode() * 9), ("b.jsonl", ROW.encode()))
    for ending, data in [*((ending, text.encode()) for ending, text in _GOOD.items()), ("zip", archive)]:
        for _ in range(6):
            broken = bytearray(data)
            for _ in range(choice.randrange(1, 30)):
                at = choice.randrange(len(broken))
                broken[at : at + choice.randrange(3)] = bytes(choice.randrange(256) for _ in range(choice.randrange(3)))
            yield ending, bytes(broken)


def _fields(choice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Lines of JSON whose fields are odd, each between two that are not."""
    odd = ("\ud800", "\x00", "\ufffe", "x" * 100_000, "", " ", "\u202e", "\n", "💥" * 999, 7, [], {}, True, None, 1e999)
    for field in ("text", "uri", "title", "publisher", "published"):
        for value in odd:
            yield "jsonl", f"{ROW}\n{json.dumps({**json.loads(ROW), field: value})}\n{ROW}\n".encode()
    for date in (
        "0001-01-01",
        "9999-12-31",
        "2009-02-30",
        "2009-05-03T25:00",
        "yesterday",
        "-2009-05-03",
        "２００９-05-03",
    ):
        yield "jsonl", json.dumps({"text": TEXT, "published": date}).encode()


def _json(choice: random.Random) -> Iterator[tuple[str, bytes]]:
    """JSON that is deep, doubled, of another form, or none."""
    yield "json", b"[" * 100_000
    yield "jsonl", b'{"text":' * 50_000
    yield "json", b'{"text": "' + b"\\u0041" * 5_000 + b'"}'
    yield "jsonl", b'{"text": "\\ud83d\\ude00 \\ud83d"}'
    yield "jsonl", b'{"text": 1' + b"0" * 9_999 + b"}"
    yield "jsonl", b'{"text": "a", "text": "b"}\n' * 5
    yield "json", b"[]"
    yield "json", b"[[[]], 1, null, {}]"
    yield "json", b"NaN"
    yield "json", b'"A bomb killed three people."'
    yield "jsonl", b"\n\n\n"
    yield "jsonl", b"\xff\xff\n{}\n" + ROW.encode()
    yield "jsonl", ROW.encode().replace(b" ", b"\xc2\xa0")
    yield "jsonl", (ROW + "\r" + ROW + "\r\n" + ROW).encode()
    yield "json", b"[" + b",".join([ROW.encode()] * 20) + b",]"


def _tables(choice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Tables with rows that are huge, torn, short, long, or of nothing."""
    row = f'x/9,"{TEXT}",2009-05-03\n'
    for odd in (
        'x/2,"torn', 'x/2,"a" b,c', '"""', "x/2", ",,,,,,", "\x00", "x/2,a\x00b", f'x/2,"{"a " * 60_000}"', '"' * 999,
        "x/2," + "," * 20_000, "\r", '"\r\n\r\n', "x/2;text;2009", "x/2\ttext",
    ):  # fmt: skip
        yield "csv", f"uri,text,published\n{row * 3}{odd}\n{row * 3}".encode()
    yield "csv", b"text\n"
    yield "csv", b"uri,published\n1,2\n"
    yield "csv", ("text" + ",text" * 5_000 + "\n" + "a," * 5_000).encode()
    yield "csv", ("uri,text\n" + 'u,"""\n' * 3_000).encode()
    yield "csv", ("uri,text\r" + "u,A bomb killed two.\r" * 9).encode()
    yield "csv", (" text , uri \n" + row).encode()
    yield "csv", ('"text"\n"' + TEXT.replace("\n", "\r") * 5 + '"').encode()


def _pages(choice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Pages that are nested, endless, empty, or say odd things of themselves."""
    body = f"<p>{TEXT}</p>" * 2
    for inside in (
        "<div>" * 3_000 + body, "<table>" * 300 + body, f"<script>{'a' * 50_000}", "<!--" + body, "<![CDATA[" + body,
        body + "&#0;&#xD800;&#x110000;&bogus;", "<p " + "a=1 " * 3_000 + ">" + body, "<b>" * 2_000 + body,
        "\x00" + body,
        f"<iframe src='file:///etc/passwd'></iframe>{body}", f"<svg><text>{body}</text></svg>", "<plaintext>" + body,
        f"<frameset>{body}", f"<template>{body}</template>", f"<noscript>{body}</noscript>", "<" * 5_000 + body,
    ):  # fmt: skip
        yield "html", f"<html><body>{inside}</body></html>".encode("utf-8", "surrogatepass")
    for head in (
        "<meta charset='utf-16'>", "<meta charset='hex'>", "<meta charset='idna'>", "<meta charset=''>",
        "<base href='//'>", "<meta name='date' content='0000-00-00'>", "<meta name='date' content='9999-12-31'>",
        f"<title>{'t' * 90_000}</title>",
        "<title>a\x0bb\ufffe</title>", "<meta property='og:site_name' content='&#xD800;'>", "<base href='http://[::1'>",
        "<script type='application/ld+json'>{\"@type\": [[[</script>", "<meta http-equiv='refresh' content='0'>",
    ):  # fmt: skip
        yield (
            "html",
            f"<html><head>{head}</head><body><article>{body}é</article></body></html>".encode("cp1252", "replace"),
        )
    yield (
        "html",
        b"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><html><body>&b;</body></html>",
    )


def _zips(choice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Archives: bombs, in one another, of strange ways of packing, with names that lead elsewhere."""
    text = TEXT.encode()
    good = packed(("a.txt", text))
    yield "zip", b"PK\x05\x06" + bytes(18)
    yield "zip", b"PK\x03\x04"
    yield "zip", packed()
    yield "zip", packed(("a.zip", good), ("b.zip", packed(("c.zip", good))))
    yield "zip", packed(*((f"{n}.txt", b"A" * 900_000) for n in range(9)))
    yield "zip", packed(("a.txt", bytes(3_000_000)))
    yield "zip", packed(*((f"{'d/' * 200}{n}.txt", text) for n in range(3)))
    yield "zip", packed(("../../etc/passwd.txt", text), ("/abs.txt", text), ("C:\\x.txt", text), ("a\x00b.txt", text))
    yield "zip", packed(("é\ufffe\u202e.txt", text), ("a\nb.txt", text), (" .txt", text), (".txt", text))
    yield "zip", _twice()
    yield "zip", b"MZ" + bytes(500) + good
    yield "zip", good + b"trailing" * 99
    yield "zip", good + good
    yield "zip", packed(("a.txt", text), ("__MACOSX/._a.txt", b"x"), (".DS_Store", b"x"), ("b.exe", b"MZ"), ("c", text))
    for way in (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        data = bytearray(packed(("a.txt", text * 20), ("b.txt", text), way=way))
        yield "zip", bytes(data)
        data[40:60] = b"\xff" * 20
        yield "zip", bytes(data)
        data[40:60] = bytes(20)
        yield "zip", bytes(data)
    central = good.index(b"PK\x01\x02")
    # In the directory's entry: the flag of encryption, strange methods, versions, sizes, checksums, places.
    for at, value in (
        (8, 1), (8, 0x2041), (8, 0x800), (10, 9), (10, 12), (10, 14), (10, 93), (10, 99), (6, 99), (16, 1), (20, 1),
        (20, 2**31), (24, 1), (24, 2**31), (28, 60_000), (30, 60_000), (42, 7), (42, 2**31), (42, 2**32 - 1),
    ):  # fmt: skip
        data = bytearray(good)
        size = 4 if at in (16, 20, 24, 42) else 2
        data[central + at : central + at + size] = struct.pack("<I" if size == 4 else "<H", value)
        yield "zip", bytes(data)
    yield "zip", good.replace(b"a.txt", b"\xff\xfe\xfd\xfc\xfb")
    yield "zip", _quine()


def _twice() -> bytes:
    """An archive with two files of one name."""
    data = packed(("a.txt", TEXT.encode()), ("b.txt", TEXT.encode()))
    return data.replace(b"b.txt", b"a.txt")


def _quine() -> bytes:
    """An archive that names itself as its only file, at the place where it begins."""
    data = bytearray(packed(("a.zip", b"x" * 200), way=zipfile.ZIP_STORED))
    central = data.index(b"PK\x01\x02")
    data[central + 20 : central + 28] = struct.pack("<II", len(data), len(data))
    return bytes(data)


def _texts(choice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Words that are none, or none that end."""
    yield "txt", b""
    yield "txt", b" \n\t\r\n" * 99
    yield "txt", b"\x00"
    yield "txt", TEXT.encode() + b"\x00" * 9
    yield "txt", (TEXT * 400 + "\x00").encode()
    yield "txt", b"\x1b[31m" + TEXT.encode() + b"\x07\x08" * 99
    yield "txt", bytes(range(256)) * 9
    yield "txt", bytes(choice.randrange(256) for _ in range(5_000))
    yield "txt", b"\x80" * 999
    yield "txt", TEXT.encode() + b"\xed\xa0\x80\xed\xb0\x80"
    yield "txt", TEXT.encode().replace(b"e", b"\xc0\xae")
    yield "txt", TEXT.encode() + b"\xf8\x88\x80\x80\x80\xfe\xff"
    yield "txt", b"A" * 60_000
    yield "txt", b"." * 30_000 + b"x"
    yield "txt", ("e" + "\u0301" * 20_000).encode()
    yield "txt", "\ufeff\u200b\u2060".encode()
    yield "txt", "\ufffe\uffff\U0010ffff".encode()
    yield "txt", ("\u2028" + TEXT + "\u2029\x85\x0c").encode()
    yield "txt", TEXT.replace(" ", "\r").encode()
    yield "txt", TEXT.encode().decode("latin-1").encode().decode("latin-1").encode()
    yield "txt", "".join(f"{c}\u0336" for c in TEXT).encode()
    yield "txt", TEXT.upper()[::-1].encode()
    yield "txt", b"{" + TEXT.encode()
    yield "txt", b"<" + TEXT.encode()
    yield "txt", b"--- a\n+++ b\n@@ -1 +1 @@\n" + TEXT.encode()


def main() -> None:
    """Write them into a folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in bad_files():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
