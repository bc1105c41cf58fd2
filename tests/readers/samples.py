"""Files of all formats that readers read, made of stories of our own."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from email.message import EmailMessage
from functools import cache
from typing import Any

STORIES = (
    "KANO, 3 May 2024 - A bomb killed three people in the market of Kano on Monday, police said. Two days later gunmen "
    "shot dead a judge in the east of the town. A doctor said that five people were wounded.",
    "Soldiers opened fire on a bus near Gao on Tuesday and killed four passengers, two witnesses said. The army said "
    "that the driver had not stopped at a road block and that it would look into what had happened.",
    "About 300 people protested in Tripoli on Friday against the arrest of a newspaper's editor. The police used tear "
    "gas, and seven people were detained, a lawyer said.",
)
NAMES = "Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima".split()
TITLES = ("Bomb kills three in Kano", "Soldiers fire on bus", "Protest in Tripoli")


def prose(number: int) -> list[str]:
    """Some paragraphs, of which no two are alike."""
    places = ("Kano", "Gao", "Tripoli", "Basra", "Herat", "Cotabato")
    return [
        f"Gunmen on motorcycles attacked a checkpoint in {places[(number + n) % 6]} on the morning of {n + 1} May and "
        f"killed {n + 2} policemen, a spokesman for the governor said in a statement that the ministry confirmed. "
        f"The attackers, who wore uniforms, fled with {n + 3} rifles before reinforcements arrived from the barracks."
        for n in range(number % 5 + 4)
    ]


# ---------------------------------------------------------------- documents


@cache
def pdf(columns: int = 1, pages: int = 3, encrypt: bool = False) -> bytes:
    """A PDF with running heads and feet, in columns, of paragraphs that are hyphenated by hand at line ends."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen import canvas

    made = io.BytesIO()
    sheet = canvas.Canvas(made, pagesize=A4, encrypt="secret" if encrypt else None)
    sheet.setTitle("The Kano Weekly Review")
    sheet.setAuthor("Amina Bello")
    for page in range(pages):
        sheet.setFont("Times-Roman", 9)
        sheet.drawString(60, 810, f"The Kano Weekly Review, issue {page + 40}")
        sheet.drawCentredString(297, 30, f"- {page + 1} -")
        _columns(sheet, page, columns)
        sheet.showPage()
    sheet.save()
    return made.getvalue()


def begin(page: int, column: int) -> str:
    """The first line of a column."""
    return f"Column {column + 1} of the page that is called {NAMES[page % len(NAMES)]} begins."


def _columns(sheet: Any, page: int, columns: int) -> None:
    from reportlab.lib.utils import simpleSplit

    width = (475 - 25 * (columns - 1)) / columns
    if page == 0:
        sheet.setFont("Times-Bold", 18)
        sheet.drawString(60, 775, "The Kano Weekly Review")
    for column in range(columns):
        left, y = 60 + column * (width + 25), 740.0
        sheet.setFont("Times-Roman", 10)
        for paragraph in [begin(page, column), *prose(page * 3 + column)]:
            for n, line in enumerate(hyphenated(simpleSplit(paragraph, "Times-Roman", 10, width))):
                if y > 70:
                    sheet.drawString(left + (10 if n == 0 else 0), y, line)
                y -= 12


def hyphenated(lines: list[str]) -> list[str]:
    """The lines, of which the second parts the word at its end where the word is long."""
    if len(lines) > 2 and len(last := lines[1].split()[-1]) >= 7 and last.isalpha():
        lines = [lines[0], f"{lines[1][:-3]}-", f"{last[-3:]} {lines[2]}", *lines[3:]]
    return lines


@cache
def scanned() -> bytes:
    """A PDF of which each page is a picture."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    made = io.BytesIO()
    sheet = canvas.Canvas(made)
    for _ in range(2):
        sheet.drawImage(ImageReader(_picture()), 0, 0, 500, 700)
        sheet.showPage()
    sheet.save()
    return made.getvalue()


def _picture() -> Any:
    from PIL import Image

    return Image.new("L", (200, 280), 200)


@cache
def docx() -> bytes:
    """A Word document with a heading, paragraphs and a table."""
    from docx import Document

    document = Document()
    document.core_properties.title = TITLES[0]
    document.core_properties.author = "Amina Bello"
    document.add_heading(TITLES[0])
    for paragraph in (STORIES[0], "", STORIES[1]):
        document.add_paragraph(paragraph)
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Dead", "three"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title Bomb kills three in Kano}}{\*\generator x;}"
    r"\f0\fs24 {\b Bomb kills three in Kano}\par "
    + STORIES[0].replace("-", r"\endash ")
    + r"\par Jos\'e9 N\u250?\u241?ez, a doctor, said so. \{sic\}\par}"
).encode("ascii")


@cache
def xlsx() -> bytes:
    """A spreadsheet of three reports, and a sheet that holds none."""
    import datetime as dt

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Notes of our own"])
    sheet = book.create_sheet("reports")
    sheet.append(["uri", "text", "published", "title"])
    for number, (story, title) in enumerate(zip(STORIES, TITLES, strict=True), 1):
        sheet.append([f"x/{number}", story, dt.date(2024, 5, number), title])
    sheet.append(["x/4", "", None, None])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@cache
def parquet() -> bytes:
    """A Parquet file of three reports."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"text": list(STORIES), "uri": ["x/1", "x/2", "x/3"], "published": ["2024-05-03"] * 3})
    made = io.BytesIO()
    pq.write_table(table, made)
    return made.getvalue()


# ---------------------------------------------------------------- messages and chats


def message(number: int = 0, attach: bool = False, page: bool = False) -> bytes:
    """An e-mail; with attachments, one of them a message with one of its own."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Amina Bello <amina@review.example>", "desk@review.example"
    mail["Subject"], mail["Date"] = TITLES[number], "Fri, 03 May 2024 10:00:00 +0100"
    mail["Message-ID"] = f"<{number}@review.example>"
    if page:
        mail.set_content(f"<html><body><p>{STORIES[number]}</p><p>{STORIES[number]}</p></body></html>", subtype="html")
    else:
        mail.set_content(STORIES[number])
    if attach:
        mail.add_attachment(pdf(), maintype="application", subtype="pdf", filename="review.pdf")
        mail.add_attachment(b"\x89PNG....", maintype="image", subtype="png", filename="photo.png")
        inner = EmailMessage()
        inner["From"], inner["Subject"], inner["Date"] = "a@b.example", TITLES[2], "Fri, 10 May 2024 10:00:00 +0100"
        inner.set_content(STORIES[2])
        mail.add_attachment(inner)
    return mail.as_bytes()


def mbox() -> bytes:
    """A mailbox of three messages, the second of which quotes a line that begins with "From"."""
    parts = [b"From amina@review.example Fri May  3 10:00:00 2024\n" + message(n) + b"\n" for n in range(3)]
    parts[1] = parts[1].rstrip(b"\n") + b"\n\n>From here on nothing is known.\n\n"
    return b"".join(parts)


TELEGRAM = json.dumps(
    {
        "name": "Kano Watch", "type": "public_channel", "id": 99,
        "messages": [
            {"id": 1, "type": "service", "date": "2024-05-03T09:00:00", "action": "create_channel", "text": ""},
            {"id": 2, "type": "message", "date": "2024-05-03T10:00:00", "from": "Kano Watch",
             "text": ["", {"type": "bold", "text": TITLES[0]}, f"\n\n{STORIES[0]}"]},
            {"id": 3, "type": "message", "date": "2024-05-04T10:00:00", "edited": "2024-05-05T10:00:00",
             "from": "Kano Watch", "forwarded_from": "Gao Now", "text": STORIES[1]},
        ],
    }
)  # fmt: skip
WHATSAPP = "\n".join(
    (
        "[13/05/2024, 09:00:00] Desk: \u200eMessages and calls are end-to-end encrypted.",
        f"[13/05/2024, 14:21:07] Amina Bello: {TITLES[0]}",
        STORIES[0],
        "[13/05/2024, 14:22:00] Amina Bello: \u200eimage omitted",
        f"[14/05/2024, 08:01:10] Desk: {STORIES[1]}",
        "",
    )
)

# ---------------------------------------------------------------- feeds, lists, databases

RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>Kano Watch</title><language>en-gb</language>"
    + "".join(
        f"<item><title>{title}</title><link>https://watch.example/2024/05/03/{n}</link>"
        f"<description>&lt;p&gt;{story[:60]}&lt;/p&gt;</description><content:encoded><![CDATA[<p>{story}</p>"
        "<p>Read more: all of this week</p>]]></content:encoded><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate></item>"
        for n, (title, story) in enumerate(zip(TITLES, STORIES, strict=True))
    )
    + "</channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Kano Watch</title><entry>'
    f"<title>{TITLES[1]}</title><link rel='self' href='https://watch.example/self'/>"
    "<link href='https://watch.example/1'/>"
    f"<published>2024-05-03T10:00:00Z</published><updated>2024-05-06T10:00:00Z</updated><author>"
    f"<name>Amina Bello</name></author><content type='html'>&lt;p&gt;{STORIES[1]}&lt;/p&gt;</content></entry></feed>"
)
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://watch.example/1</loc></url><url><loc>https://watch.example/2</loc></url></urlset>"
)
ADDRESSES = "https://watch.example/1\n\nhttps://watch.example/2\nhttps://watch.example/1\n"
GDELT = "\n".join("\t".join([f"98765432{n}", *["x"] * 59, f"https://watch.example/{n}"]) for n in (1, 2))
CRAWL = "\n".join(
    f'example,watch)/{n} 20240503100000 {{"url": "https://watch.example/{n}", "status": "{status}"}}'
    for n, status in ((1, 200), (2, 200), (3, 404))
)
NEXIS = "\n".join(
    f"Document {n + 1} of 3\n\n{title}\nThe Kano Weekly Review\nMay {n + 3}, 2024 Friday\n\nCopyright 2024 The Review\n"
    f"All Rights Reserved\n\nSection: NEWS; Pg. 3\nLength: 3{n} words\nByline: Amina Bello\n\nBody\n\n{story}\n\n"
    f"Notes that follow here are none.\nLoad-Date: May {n + 4}, 2024\n\nEnd of Document\n"
    for n, (title, story) in enumerate(zip(TITLES, STORIES, strict=True))
)
FACTIVA = "\n".join(
    f"HD {title}\nBY By Amina Bello\nWC 3{n} words\nPD {n + 3} May 2024\nSN The Kano Weekly Review\nSC KWR\n"
    f"LA English\nCY (c) 2024 The Review\nLP\n{story}\n\nTD\nThe town was calm on Thursday.\n\nNS gvio : Violence\n"
    "RE nigea : Nigeria\n"
    f"AN\nDocument KWR0000020240503ek53000{n}x\n"
    for n, (title, story) in enumerate(zip(TITLES, STORIES, strict=True))
)
PROQUEST = "\n".join(
    f"{'_' * 60}\n\nDocument {n + 1} of 3\n\n{title}\n\nAuthor: Amina Bello\n\nFull text: {story}\n\n"
    f"Subject: Violence\nTitle: {title}\nPublication title: The Kano Weekly Review\n"
    f"Publication date: May {n + 3}, 2024\nLanguage of publication: English\n"
    for n, (title, story) in enumerate(zip(TITLES, STORIES, strict=True))
)

# ---------------------------------------------------------------- archives


def html(number: int, extra: str = "") -> str:
    """A page with a story."""
    body = "".join(f"<p>{p}</p>" for p in prose(number))
    return (
        f"<!doctype html><html lang='en'><head><title>{TITLES[number % 3]}</title>{extra}</head><body><nav><a href='/'>"
        f"Home</a></nav><article><h1>{TITLES[number % 3]}</h1>{body}</article><footer>Copyright</footer></body></html>"
    )


def warc(pages: int = 3, packed: bool = False) -> bytes:
    """An archive of pages, of a picture, and of a page that was not there."""
    made = io.BytesIO()
    write_warc(made, pages, packed)
    return made.getvalue()


def write_warc(stream: Any, pages: int, packed: bool = False, padding: str = "") -> None:
    """Write such an archive to a stream. `padding` makes each page longer: a comment."""
    from fastwarc.stream_io import GzipWriter

    out = GzipWriter(stream) if packed else stream
    for n in range(pages):
        _record(out, f"https://watch.example/{n}", html(n) + (f"<!-- {padding} -->" if padding else ""))
    _record(out, "https://watch.example/p.png", "x", kind="image/png")
    _record(out, "https://watch.example/gone", html(1), status="404 Not Found")
    if packed:
        out.close()


def _record(out: Any, uri: str, body: str, kind: str = "text/html", status: str = "200 OK") -> None:
    from fastwarc.warc import WarcRecord, WarcRecordType

    record = WarcRecord()
    record.init_headers(WarcRecordType.response)
    record.headers["WARC-Target-URI"] = uri
    record.headers["WARC-Date"] = "2024-05-06T10:00:00Z"
    record.headers["Content-Type"] = "application/http; msgtype=response"
    data = body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(data)}\r\n\r\n"
    record.set_bytes_content(head.encode() + data)
    record.write(out)


def wacz() -> bytes:
    """A WACZ of such an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("archive/data.warc.gz", warc(packed=True))
        out.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')
        out.writestr("datapackage.json", "{}")
    return made.getvalue()


def tar(packed: bool = False) -> bytes:
    """A tar archive of a text, a page, a PDF and an archive."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz" if packed else "w") as out:
        files = {
            "a.txt": STORIES[0].encode(),
            "in/b.html": html(1).encode(),
            "c.pdf": pdf(),
            "d.tar": b"x" * 257 + b"ustar",
        }
        for name, data in {**files, ".hidden.txt": b"x"}.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))
    return made.getvalue()


def lines_gz() -> bytes:
    """JSON lines, packed."""
    return gzip.compress("".join(json.dumps({"text": s}) + "\n" for s in STORIES).encode(), mtime=0)


def samples() -> dict[str, tuple[str, bytes, int]]:
    """Of each reader a file: its name, its bytes, how many reports it holds."""
    return {
        "pdf": ("review.pdf", pdf(), 1), "docx": ("a.docx", docx(), 1), "rtf": ("a.rtf", RTF, 1),
        "sheet": ("a.xlsx", xlsx(), 3), "parquet": ("a.parquet", parquet(), 3), "message": ("a.eml", message(), 1),
        "mbox": ("a.mbox", mbox(), 3), "telegram": ("result.json", TELEGRAM.encode(), 2),
        "whatsapp": ("_chat.txt", WHATSAPP.encode(), 2), "feed": ("a.rss", RSS.encode(), 3),
        "sitemap": ("sitemap.xml", SITEMAP.encode(), 0), "addresses": ("list.txt", ADDRESSES.encode(), 0),
        "gdelt": ("20240503.export.CSV", GDELT.encode(), 0), "crawl": ("index.cdxj", CRAWL.encode(), 0),
        "download": ("nexis.txt", NEXIS.encode(), 3), "warc": ("a.warc", warc(), 3), "wacz": ("a.wacz", wacz(), 3),
        "tar": ("a.tar", tar(), 3), "gzip": ("a.jsonl.gz", lines_gz(), 3),
    }  # fmt: skip


def plain_samples() -> dict[str, tuple[str, bytes]]:
    """Of each format that has no reader of its own a file: its name, its bytes."""
    lines = "".join(json.dumps({"text": s, "uri": f"x/{n}", "published": "2024-05-03"}) + "\n"
                    for n, s in enumerate(STORIES))  # fmt: skip
    rows = ["uri,published,text", *(f'x/{n},2024-05-03,"{s}"' for n, s in enumerate(STORIES))]
    cues = [f"00:00:0{n},000 --> 00:00:0{n + 1},500\n{s[:80]}\n{s[80:]}" for n, s in enumerate(STORIES)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, words in (("a.txt", STORIES[0]), ("in/b.html", html(1)), ("c.jsonl", lines), ("d.csv", rows[0])):
            out.writestr(name, words)
    return {
        "text": ("a.txt", "\n\n".join(STORIES).encode()), "wide text": ("w.txt", STORIES[0].encode("utf-16")),
        "old text": ("o.txt", "Взрыв в Москве. Полиция сообщила о трёх погибших. ".encode("cp1251") * 5),
        "srt": ("a.srt", "\n\n".join(f"{n}\n{c}" for n, c in enumerate(cues, 1)).encode()),
        "vtt": ("a.vtt", "\n\n".join(["WEBVTT", *(c.replace(",", ".") for c in cues)]).encode()),
        "jsonl": ("a.jsonl", lines.encode()), "json": ("a.json", f"[{','.join(lines.splitlines())}]".encode()),
        "csv": ("a.csv", "\n".join(rows).encode()), "zip": ("a.zip", packed.getvalue()),
    }  # fmt: skip
