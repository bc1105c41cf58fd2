"""Finds the runs of names that may be places: candidates with their possible entries and what the words around them
say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from dateline.language import Sentence, Token
from dateline.language.dictionary import is_common, is_word
from dateline.language.names import Run, is_namelike, runs
from dateline.language.roles import words
from dateline.model import Span
from dateline.model.knowledge import english, load
from dateline.where.folding import fold
from dateline.where.gazetteer import Entry, country, demonyms, is_country, known_place, lookup

_IN = english("dateline.where", "in")
#: Prepositions ("near") that make a name a settlement although it is not in the gazetteer.
_BESIDE = english("dateline.where", "beside")
#: Prepositions ("in", "at") that make a name a settlement although it is not in the gazetteer, if it is said to lie in
#: a known place.
_AT = english("dateline.where", "at")
_INSIDE = english("dateline.where", "inside")
_QUOTES = ('"', "“", "”", "``", "''")
_ARTICLES = english("dateline.where", "articles")
_LONGEST = 6
#: At most so many words stand between the adjective of a country and the name of a place ("Nigerian state capital of
#: X").
_KIND_WORDS = 5
#: The name of a town with so many people is a place even if it is an ordinary word.
_LARGE = 100_000
#: The lists of features.yaml that name kinds of places.
_KINDS = ("city", "admin1", "district", "neighbourhood", "site", "region")
#: A word for one of these kinds makes a name a place although it is not in the gazetteer.
_SETTLED = ("city", "admin1", "district", "neighbourhood")


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name that may be a place.

    `use`: `name` (it stands on its own), `demonym` ("Turkish") or `attribute` (it belongs to a noun: "Istanbul
    police").
    `feature`: its kind by the words around it ("province").
    `inside`: the name of the place that it is said to lie in.
    `located`: a preposition of place stands before it.
    `part`: a direction stands before it ("northern Iraq").
    `listed`: it is in a list of names ("Homs, Hama and Idlib"), so the next name is rather another item of the list
    than the place that it lies in.
    `is_word`: it is also an English word, and not the name of a large place.
    """

    sentence: Sentence
    span: Span
    text: str
    first: int
    last: int
    entries: tuple[Entry, ...]
    use: str
    feature: str | None = None
    inside: str | None = None
    located: bool = False
    part: bool = False
    listed: bool = False
    is_word: bool = False

    @property
    def is_people(self) -> bool:
        """Does it name people and not a place ("the Turks", "Syrians")?"""
        return self.use == "demonym" and self.sentence.tokens[self.last].tag in ("NNS", "NNPS")


@cache
def _features() -> dict[str, str]:
    """Feature word (singular or plural) -> kind of place. A word listed for several kinds has the first one."""
    table = load("dateline.where", "features.yaml", dict[str, list[str]])
    found: dict[str, str] = {}
    for kind, listed in table.items():
        if kind not in _KINDS:
            continue
        for word in listed:
            plural = word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeo" else word + "s"
            for form in (word, plural):
                found.setdefault(form, kind)
    return found


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("dateline.where", "features.yaml", dict[str, list[str]])[name])


def spot(sentence: Sentence, taken: frozenset[int] = frozenset()) -> list[Toponym]:
    """The candidates of a parsed sentence, in order. `taken` are tokens (by index) already known to be something
    else."""
    named = runs(sentence)
    taken = taken.difference(i for run in named if _is_by_a_place(run) for i in range(run.first, run.last + 1))
    found = [t for one, two in pairwise(named) if (t := _of_two(one, two, taken)) is not None]
    taken |= {i for t in found for i in range(t.first, t.last + 1)}
    for run in named:
        street = _street(run)
        if street is not None:
            found.append(street)
            taken |= set(range(street.first, street.last + 1))
        found.extend(_in_run(run, taken))
    found.extend(_lone_demonyms(sentence, found))
    return _with_lists(sentence, sorted(found, key=lambda t: t.span))


def _with_lists(sentence: Sentence, found: list[Toponym]) -> list[Toponym]:
    """The candidates, with those marked that stand in a list. A plural after the last name of a list tells the kind of
    all of them ("Sumy, Poltava and Odesa oblasts")."""
    chains: list[list[Toponym]] = []
    for toponym in found:
        joint = _joint(sentence, chains[-1][-1], toponym) if chains else None
        if joint is None:
            chains.append([toponym])
        else:
            chains[-1].append(toponym)
    listed = []
    for chain in chains:
        ends = any(_joint(sentence, one, two) == "and" for one, two in pairwise(chain))
        kind = chain[-1].feature if ends and _is_plural_feature(sentence, chain[-1]) else None
        for toponym in chain:
            feature = toponym.feature or (kind if toponym.use != "demonym" else None)
            listed.append(replace(toponym, listed=ends and len(chain) > 1, feature=feature))
    return listed


def _joint(sentence: Sentence, one: Toponym, two: Toponym) -> str | None:
    """What joins two neighbours to a list: "and" or ","; None where other words stand between them."""
    between = [t.lower for t in sentence.tokens[one.last + 1 : two.first]]
    if between in (["and"], ["or"], [",", "and"], [",", "or"], ["&"]):
        return "and"
    return "," if between == [","] else None


def _is_plural_feature(sentence: Sentence, toponym: Toponym) -> bool:
    word = _word(sentence.tokens, toponym.last + 1)
    return word in _features() and word.endswith("s")


def _is_by_a_place(run: Run) -> bool:
    """Does a run of words that look like a person's name stand where a place does ("Near Sultan Karim,", "outside Ali
    Mirza on Monday")? Not where somebody's house or an office follows."""
    tokens = run.sentence.tokens
    after = tokens[run.last + 1] if run.last + 1 < len(tokens) else None
    ends = after is None or (after.pos in ("PUNCT", "ADP", "CCONJ") and after.text not in ("-", "’", "'"))
    no_title = not any(t.lower in words("titles") or t.lower in words("organisation_words") for t in run.tokens[1:])
    mixed = all(not t.text.isupper() for t in run.tokens) and run.sentence.case == "mixed"
    return _word(tokens, run.first - 1) in _BESIDE and ends and no_title and mixed


def _of_two(one: Run, two: Run, taken: frozenset[int]) -> Toponym | None:
    """The one place that two runs of names joined by "of" name together ("Gulf of the Farallones"); else None."""
    between = one.sentence.tokens[one.last + 1 : two.first]
    if [t.lower for t in between if t.lower != "the"] != ["of"]:
        return None
    whole = Run(one.sentence, one.first, two.last)
    for first in range(one.first, one.last + 1):
        for end in range(two.last, two.first - 1, -1):
            entries = () if taken.intersection(range(first, end + 1)) else lookup(whole.sub(first, end).text)
            if entries:
                return _named(whole, first, end, entries, two.last)
    return None


def _street(run: Run) -> Toponym | None:
    """The street that a run names by its own words, even if a part of them names another place ("Oxford Street", "Rue
    Victor Hugo"); else None."""
    found = _street_words(run)
    sentence, tokens = run.sentence, run.sentence.tokens
    if found is None or sentence.case != "mixed" or any(t.lower in words("organisation_words") for t in run.tokens):
        return None
    first, last = found
    span = Span(tokens[first].start, tokens[last].end)
    text = _text(sentence, span)
    if text.lower() in _listed("metonyms") or last - first >= _LONGEST:
        return None
    use = "attribute" if _attributive(tokens, last, None) else "name"
    located = _word(tokens, first - 1) in _IN
    return Toponym(sentence, span, text, first, last, (), use, "site", _inside(tokens, last), located)


def _street_words(run: Run) -> tuple[int, int] | None:
    """The first and last token of the name of a street in a run: it ends with the last "Street", or begins with a
    "Rue"."""
    tokens = run.sentence.tokens
    for last in range(run.last, run.first, -1):
        if tokens[last].lower.rstrip(".") in _listed("streets") and tokens[last].text[:1].isupper():
            owned = [k + 1 for k in range(run.first, last) if tokens[k].text in ("'s", "’s", "'", "’", ",")]
            first = max([run.first, *owned])
            first += tokens[first].pos == "ADP" and first + 1 < last
            return (first, last) if first < last else None
    opens = [k for k in range(run.first, run.last) if tokens[k].lower in _listed("streets_before")]
    return (opens[0], run.last) if opens else None


def _in_run(run: Run, taken: frozenset[int]) -> Iterator[Toponym]:
    first, last = run.first, run.last
    tokens = run.sentence.tokens
    while first <= last:
        if first in taken or not any(c.isalpha() for c in tokens[first].text):
            first += 1
            continue
        match = _longest(run, first, last, taken)
        if match is None or _is_cut_short(run, match):
            match = _unknown(run, first, last, taken) or match
        if match is None:
            if not _skippable(tokens[first]):
                return
            first += 1
            continue
        yield match
        first = match.last + 1


def _is_cut_short(run: Run, match: Toponym) -> bool:
    """Is the match only a part of a longer name that the words call a place ("the town of Adan Yabal" is not Adan)?"""
    rest = run.sentence.tokens[match.last + 1 : run.last + 1]
    led = match.first == run.first and _word(run.sentence.tokens, run.first - 1) == "of"
    said = led and _feature_before(run.sentence.tokens, run.first) in _SETTLED
    return said and bool(rest) and all(is_namelike(t) and not is_word(t.lower) for t in rest)


def _skippable(token: Token) -> bool:
    """Is it a word that may stand before a place in a run (a direction, a feature word, a title), and not a first
    name?"""
    return (
        token.lower in _listed("directions")
        or token.lower in _features()
        or token.lower.endswith(".")
        or is_common(token.lower)
    )


def _longest(run: Run, first: int, last: int, taken: frozenset[int]) -> Toponym | None:
    """The longest name from `first` on that the gazetteer has and that the words after it do not rule out."""
    tokens = run.sentence.tokens
    for end in range(min(last, first + _LONGEST - 1), first - 1, -1):
        if end in taken or tokens[end].lower in ("of", "de", "la", "-", "y", "&"):
            continue
        span = Span(tokens[first].start, tokens[end].end)
        text = run.sentence.text[span.start - run.sentence.start : span.end - run.sentence.start]
        name = " ".join(text.split())
        code = demonyms().get(fold(name))
        if code is not None:
            return _demonym(run, first, end, code)
        # Some names are places only with an article ("the Gulf", not "Gulf").
        articled = lookup(f"the {name}") if first == end and _word(tokens, first - 1) == "the" else ()
        entries = articled or lookup(name)
        if not entries and tokens[end].lower in _features() and end > first:
            continue
        if first == end and not articled and _no_name(run, tokens[first], entries):
            continue
        if entries:
            return _named(run, first, end, entries, last)
    return None


def _unknown(run: Run, first: int, last: int, taken: frozenset[int]) -> Toponym | None:
    """A place that is not in the gazetteer, but that the words around its name call one ("Karsha district"); else
    None."""
    tokens = run.sentence.tokens
    end = last
    while end > first and tokens[end].lower in _features():
        end -= 1
    end = next((k - 1 for k in range(first + 1, last + 1) if _long_feature(tokens, k)[0]), end)
    feature = _said_by_words(run, first, end)
    if tokens[first].lower in _listed("directions") or (_feature_after(tokens, end) and is_common(tokens[end].lower)):
        # The name of "South Bexar County" begins at Bexar; "the Pharr Police Department" is a body and not a place.
        return None
    strange = any(is_namelike(t) and not is_word(t.lower) for t in tokens[first : end + 1])
    if feature not in _SETTLED or not strange or end - first >= _LONGEST or taken.intersection(range(first, end + 1)):
        return None
    span = Span(tokens[first].start, tokens[end].end)
    return Toponym(
        run.sentence,
        span,
        _text(run.sentence, span),
        first,
        end,
        (),
        "name",
        feature,
        _lies_in(tokens, first, end),
        True,
    )


def _said_by_words(run: Run, first: int, end: int) -> str | None:
    """The kind of place by the words around a name: a feature word, "near", "in X area", "in X, Borno State". Else
    None."""
    tokens, before = run.sentence.tokens, _word(run.sentence.tokens, first - 1)
    after = _feature_after(tokens, end)
    if after in _SETTLED:
        return after
    if before == "of" and _feature_before(tokens, first):
        return _feature_before(tokens, first)
    if _is_area(tokens, end) and (before in _AT or before == "the"):
        return "neighbourhood"
    if after is not None or end != run.last or any(t.lower in words("organisation_words") for t in run.tokens):
        return None
    alone = _is_where_alone(tokens, first, end) and len(tokens[first].text) > 3 and before == "in"
    if before in _BESIDE or alone or _is_named_with_place(run, first, end):
        return "city"
    return "city" if before in (*_AT, "from", "to", "into") and _is_told_inside(tokens, end) else None


def _is_where_alone(tokens: list[Token], first: int, end: int) -> bool:
    """Is it a name of one word after "in", with nothing more said about it ("Two men were killed in Kumarsi on
    Monday")?"""
    after = tokens[end + 1] if end + 1 < len(tokens) else None
    ends = after is None or after.pos in ("PUNCT", "ADP", "CCONJ", "SCONJ", "VERB", "AUX", "SPACE")
    ends = ends and (after is None or after.text not in ("-", "'s", "’s", "’", "'"))
    name = first > 0 and tokens[first].text[:1].isupper() and tokens[first].text[1:].islower()
    return first == end and name and ends and _word(tokens, first - 1) in _INSIDE


def _is_named_with_place(run: Run, first: int, end: int) -> bool:
    """Is it joined by "and" or a comma to a place after "in" or "near" ("near Kamba and Stari Torny")?"""
    tokens = run.sentence.tokens
    k = first - 1
    if _word(tokens, k) in ("and", "or"):
        k -= 1
    elif _word(tokens, k) != ",":
        return False
    k -= _word(tokens, k) == ","
    start = k
    while start > 0 and is_namelike(tokens[start - 1]):
        start -= 1
    if k < 0 or not is_namelike(tokens[k]) or _word(tokens, start - 1) not in _AT:
        return False
    name = run.sentence.quote(Span(tokens[start].start, tokens[k].end))
    joined = tokens[end].dep == "conj" and start <= tokens[end].head <= k
    return joined and known_place(name) and end - first <= 1 and not is_word(tokens[end].lower)


#: Nouns after a name that make it the name of a place ("area").
_AREAS = english("dateline.where", "areas")


def _is_area(tokens: list[Token], end: int) -> bool:
    """Do the words after a name call it an area ("the Kreri area", "Doka general area")?"""
    k = end + 1 + (_word(tokens, end + 1) in ("general", "forest"))
    return _word(tokens, k) in _AREAS and tokens[k].text.islower()


def _is_told_inside(tokens: list[Token], end: int) -> bool:
    """Is it said to lie in a known place, or in one that its own words call a place?"""
    outer = _inside(tokens, end)
    if outer is None or _word(tokens, end + 1) == "of":
        return False
    called = outer.split()[-1].lower() in _features() and len(outer.split()) > 1
    return called or is_place_name(outer) or is_place_name(outer.split()[0])


def is_place_name(name: str) -> bool:
    """Is there a place of that name, or do its own words call it one ("Diyala Province")?"""
    *rest, last = name.split() or [""]
    called = _features().get(last.lower()) in _SETTLED and any(not is_word(w.lower()) for w in rest)
    return known_place(name) or called


_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?")


def _no_name(run: Run, token: Token, entries: tuple[Entry, ...]) -> bool:
    """Is it not a name of a place: a direction, a feature word alone ("the Region", but not "Temple, Texas"), initials,
    or an acronym that does not stand for a country or province?"""
    if token.lower in _listed("directions") or (
        token.lower in _features() and _inside(run.sentence.tokens, token.i) is None
    ):
        return True
    if _is_misspelt_short(run.sentence, token) or token.lower in _listed("no_places"):
        return True
    outer = _inside(run.sentence.tokens, token.i)
    if _is_small(entries) and _is_institution(run.sentence.tokens, token) and not (outer and is_place_name(outer)):
        return True
    large = any(e.kind in ("country", "admin1", "region") or e.id >= 1_500_000_000 for e in entries)
    short = len(token.text) <= 4 and token.text.isupper() and run.sentence.case != "upper"
    filed = run.sentence.kind == "dateline" and not _is_small(entries)  # "TAIZ - "
    return not large and not filed and (short or bool(_INITIALS.fullmatch(token.text)))


def _is_small(entries: tuple[Entry, ...]) -> bool:
    """Is it only the name of places smaller than a large town, a province or a country?"""
    return all(e.kind not in ("country", "admin1", "region") and e.population < _LARGE for e in entries)


def _is_institution(tokens: list[Token], token: Token) -> bool:
    """Is it a word for a body ("Police", "Court"), or an English word for the task of an office ("Ministry of Justice",
    "Justice Department")? Towns of that name do not count then."""
    if token.lower in words("organisation_words") or token.lower in words("titles"):
        return is_word(token.lower)
    before = _word(tokens, token.i - 1) == "of" and _word(tokens, token.i - 2) in _listed("offices")
    return is_word(token.lower) and (before or _word(tokens, token.i + 1) in _listed("offices"))


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    """Folded abbreviation of a province -> the spellings in which it is written."""
    table = load("dateline.where", "abbreviations.yaml", dict[str, dict[str, str]])
    shorts = [short for country_ in table.values() for short in country_]
    return {fold(one): frozenset(s for s in shorts if fold(s) == fold(one)) for one in shorts}


def _is_misspelt_short(sentence: Sentence, token: Token) -> bool:
    """Is it spelled otherwise than the abbreviation of a province ("Al" of "Al Salem" is not "AL", "M.D." is not
    "Md.")?"""
    written = _abbreviations().get(fold(token.text), frozenset())
    stopped = token.text + "." if _word(sentence.tokens, token.i + 1) == "." else token.text
    return bool(written) and sentence.case == "mixed" and written.isdisjoint((token.text, stopped))


def _demonym(run: Run, first: int, end: int, code: str) -> Toponym | None:
    entry = country(code)
    if entry is None:
        return None
    span = Span(run.sentence.tokens[first].start, run.sentence.tokens[end].end)
    return Toponym(run.sentence, span, _text(run.sentence, span), first, end, (entry,), "demonym")


def _text(sentence: Sentence, span: Span) -> str:
    return sentence.quote(span)


def _named(run: Run, first: int, end: int, entries: tuple[Entry, ...], last: int) -> Toponym | None:
    sentence = run.sentence
    tokens = sentence.tokens
    before, after = _word(tokens, first - 1), _word(tokens, end + 1)
    if after.rstrip(".") in _listed("streets") and tokens[end + 1].text[:1].isupper():
        return None
    if _is_part_of_name(tokens, end, last) or _is_court_district(tokens, first, end) or _is_title(tokens, first, end):
        return None
    feature = _feature_after(tokens, end) or _feature_before(tokens, first)
    strong = entries[0].kind in ("country", "region") or entries[0].population >= _LARGE or feature is not None
    strong |= end > first and tokens[end].lower in _features()
    called = tokens[end + 1].lower in _features() or _long_feature(tokens, end + 1)[0] if end < last else True
    alone = bool(called) or _is_served(tokens, first, end)
    if not alone and not strong:
        return None
    if first > run.first and not alone and _is_small(entries) and not _skippable(tokens[first - 1]):
        return None
    if first > run.first and not strong and not _skippable(tokens[first - 1]) and tokens[first - 1].text not in "'’":
        return None
    single = first == end
    word = single and is_word(tokens[first].lower) and not strong
    if word and not _is_where_alone(tokens, first, end) and (before not in _IN or is_common(tokens[first].lower)):
        return None
    if single and not strong and _does_as_people_do(sentence, tokens[first]):
        return None
    span = Span(tokens[first].start, tokens[end].end)
    located = before in (_AT if after in ("'s", "’s") else _IN) or (
        before in _listed("directions") and _word(tokens, first - 2) in (*_IN, "the")
    )
    use = "name" if alone and not _attributive(tokens, end, feature) else "attribute"
    return Toponym(
        sentence, span, _text(sentence, span), first, end, entries, use, feature,
        _lies_in(tokens, first, end), located, before in _listed("directions"), is_word=word,
    )  # fmt: skip


def _is_part_of_name(tokens: list[Token], end: int, last: int) -> bool:
    """Does a hyphen or an article join it to the rest of a longer name that is no place ("Ain al-Salib",
    "Davis-Cole")?"""
    if end + 2 > last or (tokens[end + 1].lower in ("-", "–") and tokens[end + 1].start > tokens[end].end):
        return False
    rest = [t for t in tokens[end + 1 : last + 1] if is_namelike(t)]
    joined = tokens[end + 1].text in ("-", "–") or tokens[end + 1].lower in _ARTICLES
    return joined and bool(rest) and not is_word(rest[0].lower) and not known_place(rest[0].text)


def _is_title(tokens: list[Token], first: int, end: int) -> bool:
    """Is it a part of the name of a newspaper ("Kano Herald", "Times of India"), or a nickname in quotes?"""
    following = tokens[end + 1 : end + 3]
    press = any(t.text[:1].isupper() and t.lower in _listed("press") for t in following)
    of = _word(tokens, first - 1) == "of" and _word(tokens, first - 2) in _listed("press")
    quoted = _word(tokens, first - 1) in _QUOTES and _word(tokens, end + 1) in _QUOTES
    return of or quoted or (press and all(is_namelike(t) for t in tokens[end + 1 : end + 2]))


def _is_court_district(tokens: list[Token], first: int, end: int) -> bool:
    """Is it the district of a court ("the Western District of Oklahoma")?"""
    direction = tokens[first].lower in _listed("directions") and tokens[end].lower == "district"
    return direction and _word(tokens, end + 1) == "of"


def _is_served(tokens: list[Token], first: int, end: int) -> bool:
    """Does an office or a body follow that is named after the place ("Bantam Superior Court", "Danbury Mayor Ann
    Cole")?"""
    following = [t.lower.rstrip(".") for t in tokens[end + 1 : end + 3]]
    strange = end > first or not is_word(tokens[first].lower)
    return strange and any(w in words("titles") or w in words("organisation_words") for w in following)


#: Verbs for what people, but not villages, do or undergo ("was charged").
_OF_PEOPLE = english("dateline.where", "of_people")


def _does_as_people_do(sentence: Sentence, name: Token) -> bool:
    """Does it do or undergo what only people do ("Jeffs was charged")? It is then not a small place of that name."""
    return name.dep in ("nsubj", "nsubjpass") and sentence.head(name).lemma in _OF_PEOPLE


def _word(tokens: list[Token], i: int) -> str:
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def _feature_after(tokens: list[Token], end: int) -> str | None:
    """The kind of place by the words after the name ("Malatya province", "Damboa Local Government Area")."""
    word = _word(tokens, end + 1)
    if word in ("'s", "’s"):
        return None
    return _features().get(word) or _long_feature(tokens, end + 1)[0]


def _long_feature(tokens: list[Token], first: int) -> tuple[str | None, int]:
    """The kind that an expression of several words from a token on tells, and the number of its words; (None, 0)
    without one."""
    for kind, named in _long_features().get(_word(tokens, first), ()):
        if [t.lower for t in tokens[first : first + len(named)]] == named:
            return kind, len(named)
    return None, 0


@cache
def _long_features() -> dict[str, list[tuple[str, list[str]]]]:
    """First word of an expression for a kind of place -> (kind, all words) of each such expression, in order."""
    table = load("dateline.where", "features.yaml", dict[str, list[str]])
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for kind in ("district", "city"):
        for named in map(str.split, table[f"{kind}_phrases"]):
            found.setdefault(named[0], []).append((kind, named))
    return found


def _feature_before(tokens: list[Token], first: int) -> str | None:
    """The kind of place by a word before the name ("the province of Malatya", "the village Dabiq")."""
    if _word(tokens, first - 1) == "of":
        if _is_court_district(tokens, first - 3, first - 2):
            return None
        return _features().get(_word(tokens, first - 2))
    return _features().get(_word(tokens, first - 1))


def _attributive(tokens: list[Token], end: int, feature: str | None) -> bool:
    """Does a name belong to the noun after it ("Istanbul police")? It tells less about the place then."""
    if feature is not None or end + 1 >= len(tokens):
        return False
    token, following = tokens[end], tokens[end + 1]
    return token.dep in ("compound", "nmod") and token.head > token.i and following.pos in ("NOUN", "PROPN", "ADJ")


def _lies_in(tokens: list[Token], first: int, end: int) -> str | None:
    """The name of the place in which it is said to lie, by the words after it or by the adjective of a country before
    it."""
    return _inside(tokens, end) or _country_before(tokens, first)


def _country_before(tokens: list[Token], first: int) -> str | None:
    """The country by its adjective and a word for a kind of place before the name ("the Pakistani city of Wana"); else
    None."""
    of_a_kind = False
    for token in reversed(tokens[max(0, first - _KIND_WORDS) : first]):
        code = demonyms().get(fold(token.text)) if token.text[:1].isupper() else None
        if code is not None:
            entry = country(code) if of_a_kind else None
            return entry.name if entry is not None else None
        if token.text != token.lower or token.pos in ("PUNCT", "VERB", "AUX", "PRON"):
            return None
        of_a_kind |= token.lower in _features()
    return None


def _inside(tokens: list[Token], end: int) -> str | None:
    """The name of the place in which it is said to lie ("X, Y", "X city of Y", "X in Y", "X (Y)"); else None."""
    k = end + 1
    k += _long_feature(tokens, k)[1] or (_word(tokens, k) in _features())
    if _word(tokens, k) not in (",", "in", "of", "("):
        return None
    k += 1
    while _word(tokens, k) in (*_listed("directions"), "the", "state", "province", "department", "of", "in"):
        k += 1
    names: list[str] = []
    while k < len(tokens) and len(names) < 4 and tokens[k].text[:1].isupper():
        names.append(tokens[k].text)
        k += 1
    return " ".join(names) or None


def _lone_demonyms(sentence: Sentence, found: list[Toponym]) -> Iterator[Toponym]:
    """Peoples and countries outside runs of names: at the start of a sentence, or within a word ("anti-Turkish",
    "Iran-backed")."""
    known = {i for t in found for i in range(t.first, t.last + 1)}
    for token in sentence.tokens:
        if token.i in known:
            continue
        at = token.start
        for part in token.text.split("-"):
            code = demonyms().get(fold(part)) if part[:1].isupper() else None
            entry = country(code) if code else _joined_country(token, part)
            if entry is not None:
                span = Span(at, at + len(part))
                yield Toponym(sentence, span, _text(sentence, span), token.i, token.i, (entry,), "demonym")
            at += len(part) + 1


def _joined_country(token: Token, part: str) -> Entry | None:
    """The country that is joined to a word by a hyphen ("U.S." in "U.S.-led"); else None."""
    if part == token.text or not part[:1].isupper() or not is_country(part):
        return None
    return next(e for e in lookup(part) if e.kind == "country")
