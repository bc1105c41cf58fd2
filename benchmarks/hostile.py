"""Texts that are hard to read, each of any length: a beginning, a unit that is repeated, and an end.

Each stands for a kind: what is repeated is what some part of reading or coding must look at again and again (dots,
names, dates, happenings, brackets, tags). The sentences are our own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hostile:
    """A kind of hard text. `suffix` is the ending of the file that it would come in; {n} in the unit counts up."""

    name: str
    unit: str
    begin: str = ""
    end: str = ""
    suffix: str = "txt"

    def of(self, size: int) -> bytes:
        """Such a text, of about so many characters, as bytes."""
        room = max(1, size - len(self.begin) - len(self.end))
        if "{n}" not in self.unit:
            return (self.begin + self.unit * max(1, room // len(self.unit)) + self.end).encode("utf-8", "surrogatepass")
        parts: list[str] = []
        while room > 0:
            parts.append(self.unit.replace("{n}", str(len(parts) + 1)))
            room -= len(parts[-1])
        return (self.begin + "".join(parts) + self.end).encode("utf-8", "surrogatepass")


_BLAST = "A bomb killed three people in Kabul on Monday, police said. "
_MANY = (
    "Gunmen shot dead two teachers in Kandahar on 3 May 2009. Police arrested four men in Herat on Tuesday. A court in "
    "Kabul jailed a former officer for ten years. The Taliban said that it had carried out the attack. Some 300 people "
    "protested in Jalalabad against the killing of a student by soldiers. "
)
_DULL = "The minister opened the new school and thanked all those who had built it over the last two years. "
_PAGE = ("<html><head><title>News</title></head><body><article>", "</article></body></html>")
_FIRST = f"<p>{_BLAST * 4}</p>"


def _page(name: str, unit: str, begin: str = "", end: str = "") -> Hostile:
    return Hostile(name, unit, _PAGE[0] + begin, end + _PAGE[1], "html")


_SIGNS = (
    Hostile("dots, then a letter", ".", end="x"),
    Hostile("letters A", "A"),
    Hostile("letters a", "a"),
    Hostile("base64", "QWxsIHRoZSBuZXdz0"),
    Hostile("spaces", " ", "A", "b"),
    Hostile("line breaks", "\n", "A", "b"),
    Hostile("blank lines with spaces", " \n \n", "A", "b"),
    Hostile("tabs", "\t", "A", "b"),
    Hostile("dashes", "-"),
    Hostile("long dashes", "— "),
    Hostile("quotes, opening", "“"),
    Hostile("quotes, straight", '"'),
    Hostile("brackets and quotes", '("'),
    Hostile("brackets, opening", "("),
    Hostile("brackets, nested", "(a ", end=")"),
    Hostile("brackets, square", "[1]"),
    Hostile("apostrophes", "'"),
    Hostile("commas", ", "),
    Hostile("semicolons", "a; "),
    Hostile("digits", "1"),
    Hostile("digits with commas", ",111", "1"),
    Hostile("digits and dots", "1."),
    Hostile("question marks", "? "),
    Hostile("stops and spaces", ". "),
    Hostile("ellipses", "... "),
    Hostile("letters with stops", "A."),
    Hostile("accents that combine", "\u0301", "e"),
    Hostile("letters of no width", "\u200b"),
    Hostile("marks of direction", "\u202e\u202c"),
    Hostile("emoji", "💥"),
    Hostile("Chinese", "炸弹爆炸造成三人死亡"),
    Hostile("Arabic", "قتل ثلاثة أشخاص في انفجار يوم الاثنين. "),
    Hostile("Turkish", "Diyarbakır'da pazartesi günü düzenlenen saldırıda üç kişi öldü. "),
    Hostile("form feeds", "a\f"),
    Hostile("underscores", "_"),
    Hostile("slashes", "a/"),
    Hostile("addresses", "http://a.example/{n}/x?y=z&w=%20 "),
    Hostile("mail addresses", "a.b{n}@c.example, "),
    Hostile("hashtags", "#Kabul @police{n} "),
    Hostile("entities", "&amp;&#39;&quot;"),
    Hostile("mojibake", "JosÃ© â€œsaidâ€\u009d "),
    Hostile("alternating case", "aB"),
    Hostile("controls", "a\x08\x7f "),
)
_WORDS = (
    Hostile("one word", "bomb "),
    Hostile("words of the field", "bomb killed wounded arrested "),
    Hostile("names", "Ahmad Karimi "),
    Hostile("names and commas", "Ahmad Karimi, "),
    Hostile("names with and", "Ahmad Karimi and "),
    Hostile("numbered names", "Ahmad Karim{n} "),
    Hostile("towns", "Kabul, "),
    Hostile("towns, many", "Kabul, Herat, Mosul, Basra, Kano, Izmir, Cali, Lyon, Delhi, Quetta, "),
    Hostile("towns and countries", "Kabul, Afghanistan; "),
    Hostile("in towns", "in Kabul in Herat in Mosul "),
    Hostile("acronyms", "PKK (FARC) ELN "),
    Hostile("acronyms in brackets", "Army of Freedom (AF{n}) "),
    Hostile("titles", "Capt. Col. Gen. Dr. "),
    Hostile("titles and a name", "President Prime Minister Gen. Omar "),
    Hostile("initials", "J. R. "),
    Hostile("number words", "twenty "),
    Hostile("number words with and", "one hundred and "),
    Hostile("groups counted", "three soldiers, two police officers and five children, "),
    Hostile("days", "Monday "),
    Hostile("dates", "3 May 2009, "),
    Hostile("dates of all kinds", "on Monday, last week, in 2009, 3/5/2009, two days later, in May, "),
    Hostile("years", "1999-2004 "),
    Hostile("hours", "10:30 a.m. "),
    Hostile("of the", "of the army "),
    Hostile("that he said that", "that he said that "),
    Hostile("who, who", "who was killed by men who "),
    Hostile("nots", "did not deny that he did not "),
    Hostile("hyphens in words", "non-"),
    Hostile("possessives", "Karimi's brother's "),
    Hostile("capitals", "BOMB KILLS THREE IN KABUL MARKET "),
    Hostile("one word of many letters and digits", "x9"),
    Hostile("datelines", "KABUL, May 3 (AP) - "),
    Hostile("adjectives", "big old red "),
    Hostile("ands", "and "),
)
_PROSE = (
    Hostile("one happening, repeated", _BLAST),
    Hostile("one happening, a paragraph each", _BLAST + "\n\n"),
    Hostile("happenings, many kinds", _MANY),
    Hostile("happenings, numbered", "Gunmen killed {n} people in Kabul on Monday. "),
    Hostile("happenings, with names of their own", "Gunmen killed Omar Karim{n} in Kabul on Monday. "),
    Hostile("happenings, a day each", "On day {n} a bomb killed two soldiers in Mosul. "),
    Hostile("dull prose", _DULL),
    Hostile("a paragraph that is wrapped hard", "A bomb killed three people in the market of\nKabul on Monday, the\n"),
    Hostile("dull prose, wrapped hard", "The minister opened the new school and\nthanked all those who had built it\n"),
    Hostile("one sentence that does not end", "a bomb killed three people in Kabul and "),
    Hostile(
        "a list of strikes", "- Gunmen killed three people in Kabul.\n", "These attacks were reported on Monday:\n"
    ),
    Hostile("a list with dates", "3 May 2009: A bomb kills two in Kabul.\n"),
    Hostile("quotations", '"We killed three soldiers," he said. '),
    Hostile("quotations that do not end", '"We killed three soldiers, he said. '),
    Hostile("speakers", "Police said that the army said that a witness said that three people died. "),
    Hostile("pronouns", "He killed him and they arrested him. "),
    Hostile("arrests of many", "Police arrested Ahmad Karimi, Omar Aziz, Ali Reza and Jan Khan. "),
    Hostile("tolls that rise", "The death toll rose to {n}. "),
    Hostile("totals", "In 2008, 300 people were killed; in 2009, {n} were. "),
    Hostile("questions", "Who killed the mayor of Kabul on Monday? "),
    Hostile("headlines", "Bomb kills three in Kabul\n"),
    Hostile("consequences", "The blast killed three. Two more died of the blast. "),
    Hostile("one mention in dull prose", _DULL * 12 + _BLAST),
)
_MARKUP = (
    Hostile("a tag of many attributes", " a{n}='1'", "<html><body><p", f">{_BLAST * 9}</p></body></html>", "html"),
    _page("paragraphs", f"<p>{_BLAST}</p>"),
    _page("tags, nested", "<div>", _FIRST),
    _page("tags, inline", "<b><i>a</i></b> ", _FIRST + "<p>", "</p>"),
    _page("tags that do not end", "<a ", _FIRST),
    _page("brackets of tags", "<", _FIRST),
    _page("comments", "<!-- a -->", _FIRST),
    _page("line breaks of a page", "<br>", _FIRST),
    _page("links", "<a href='/{n}'>More news</a> ", _FIRST),
    _page("tables", "<table><tr><td>Kabul</td><td>3</td></tr></table>", _FIRST),
    _page("lists of a page", "<ul><li>Gunmen killed three in Kabul.</li></ul>", _FIRST),
    _page("entities of a page", "&eacute;&nbsp;", _FIRST + "<p>", "</p>"),
    _page("scripts", "<script>var x = '<p>';</script>", _FIRST),
    _page("metadata", "<meta name='date' content='2009-05-03'>", _FIRST),
    _page("dates of a page", "<time datetime='2009-05-03'>3 May</time> ", _FIRST),
    _page("headings", "<h2>Bomb kills three</h2>", _FIRST),
    _page("one line of furniture", "<p>Read more</p>", _FIRST),
    Hostile("lines of JSON", f'{{"text": "{_BLAST}", "uri": "u/{{n}}"}}\n', suffix="jsonl"),
    Hostile("lists in lists of JSON", "[", suffix="json"),
    Hostile("objects in objects of JSON", '{"text":', suffix="json"),
    Hostile("rows", 'u/{n},"A bomb killed three people in Kabul on Monday."\n', "uri,text\n", suffix="csv"),
    Hostile("a cell of quotes", '""', 'uri,text\nu/1,"', '"\n', suffix="csv"),
    Hostile("columns", "c{n},", "text,", "\nA bomb killed three.\n", "csv"),
)  # fmt: skip
HOSTILE = (*_SIGNS, *_WORDS, *_PROSE, *_MARKUP)
