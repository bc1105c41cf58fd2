"""Finds persons and organisations among the runs of names. A person has one name in a report, however it is
shortened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from dateline.language import Sentence, Token
from dateline.language.dictionary import is_common, is_word
from dateline.language.names import Run, runs
from dateline.language.roles import words
from dateline.model.knowledge import english
from dateline.who.actors import KnownActor
from dateline.who.aliases import aliases_in, in_full, remember
from dateline.who.mentions import Mention, find_actors, without_doubtful
from dateline.who.name import Name
from dateline.who.short_forms import abbreviates, in_brackets, spelt_out

#: At most so many letters has an acronym of an organisation before a place ("CTV Edmonton").
_ACRONYM = 5
#: Parts of speech of titles before a name.
_TITLES_ARE = ("NOUN", "PROPN", "ADJ")


@dataclass
class Cast:
    """Who is named in a report: known actors, persons and organisations, by sentence."""

    actors: dict[int, list[Mention]] = field(default_factory=dict)
    names: dict[int, list[Name]] = field(default_factory=dict)

    @staticmethod
    def of(
        sentences: Iterable[Sentence],
        known_place: Callable[[str], bool],
        is_country: Callable[[str], bool] = lambda name: False,
        countries: Collection[str] = (),
    ) -> Cast:
        """Find the cast of the parsed sentences. `known_place` tells whether a name is the name of a place,
        `is_country` of a country; `countries` (ISO codes) are the countries of which the report speaks."""
        cast = Cast()
        surnames: dict[str, str] = {}
        sentences = list(sentences)
        cast.actors = without_doubtful({s.index: find_actors(s) for s in sentences}, countries)
        short = {form: one for s in sentences for form, one in cast._short_forms(s)}
        for sentence in sentences if short else ():
            cast._by_short_form(sentence, short)
        for sentence in sentences:
            cast.names[sentence.index] = sorted(
                [*cast.names.get(sentence.index, ()), *_names(sentence, cast._taken_by_actors(sentence), known_place)],
                key=lambda n: n.first,
            )
            for one in cast.names[sentence.index]:
                if one.kind == "person" and not is_country(one.name.split()[-1]):
                    remember(one.name, surnames)
            surnames |= aliases_in(sentence, cast.names[sentence.index])
        for sentence in sentences:
            cast._shortened(sentence, surnames, known_place)
        return cast

    def _short_forms(self, sentence: Sentence) -> Iterator[tuple[str, KnownActor | str]]:
        """Short forms in brackets, each with the actor or name for which it stands ("the Oru Liberation Army (OLA)").
        Such a name is recorded as an organisation if one of its words is a word for organisations."""
        actors = self.actors[sentence.index]
        for end, inner, form in in_brackets(sentence):
            known = next((m for m in actors if m.last == end), None)
            if known is not None:
                if not any(m.first <= inner <= m.last for m in actors) and abbreviates(form, known.actor.name):
                    yield form, known.actor
                continue
            name = spelt_out(sentence, end + 1, form)
            if name is not None and any(t.lower in words("organisation_words") for t in name.tokens):
                if not any(m.first <= name.last and name.first <= m.last for m in actors):
                    one = Name(name.first, name.last, "organisation", name.text)
                    self.names.setdefault(sentence.index, []).append(one)
                yield form, name.text

    def _by_short_form(self, sentence: Sentence, short: dict[str, KnownActor | str]) -> None:
        """Record actors and organisations that are named by a short form explained in the report."""
        for token in sentence.tokens:
            meant = short.get(token.text)
            if meant is None or self.actor_at(sentence, token) is not None:
                continue
            if isinstance(meant, KnownActor):
                found = [*self.actors[sentence.index], Mention(token.i, token.i, meant)]
                self.actors[sentence.index] = sorted(found, key=lambda m: m.first)
            else:
                self.names.setdefault(sentence.index, []).append(Name(token.i, token.i, "organisation", meant))

    def _taken_by_actors(self, sentence: Sentence) -> set[int]:
        """Tokens (by index) of known actors, and of names recorded so far."""
        found = {i for m in self.actors[sentence.index] for i in range(m.first, m.last + 1)}
        return found | {i for n in self.names.get(sentence.index, ()) for i in range(n.first, n.last + 1)}

    def _shortened(self, sentence: Sentence, surnames: dict[str, str], known_place: Callable[[str], bool]) -> None:
        """Record persons who are named again by a part of their name. Each has the longest name that the report
        gives."""
        found = self.names[sentence.index]
        taken = {i for one in found for i in range(one.first, one.last + 1)}
        taken |= {i for m in self.actors[sentence.index] for i in range(m.first, m.last + 1)}
        full = [replace(n, name=in_full(n.name, surnames)) if n.kind == "person" else n for n in found]
        for run in runs(sentence):
            free = run.first not in taken and run.last not in taken
            free = free and not (_is_within(run) and known_place(run.text))
            if free and run.text in surnames and (run.first == run.last or run.text != surnames[run.text]):
                full.append(Name(run.first, run.last, "person", surnames[run.text]))
                taken |= set(range(run.first, run.last + 1))
        # At the start of a sentence, a surname that is also a word ("Cook said") is in no run of names.
        for token in sentence.tokens:
            alone = token.i not in taken and token.tag == "NNP" and not _in_run(sentence, token)
            within = known_place(token.text) and _is_within(Run(sentence, token.i, token.i))
            if alone and token.text in surnames and not within:
                full.append(Name(token.i, token.i, "person", surnames[token.text]))
        self.names[sentence.index] = sorted(full, key=lambda n: n.first)

    def taken(self, sentence: Sentence) -> frozenset[int]:
        """Tokens (by index) that cannot be places: in names of persons and actors, and words for organisations."""
        found = {i for m in self.actors.get(sentence.index, ()) for i in range(m.first, m.last + 1)}
        for one in self.names.get(sentence.index, ()):
            for i in range(one.first, one.last + 1):
                if one.kind == "person" or sentence.tokens[i].lower in words("organisation_words"):
                    found.add(i)
        return frozenset(found)

    def name_at(self, sentence: Sentence, token: Token) -> Name | None:
        """The person's or organisation's name that a token is part of."""
        return next((n for n in self.names.get(sentence.index, ()) if n.first <= token.i <= n.last), None)

    def actor_at(self, sentence: Sentence, token: Token) -> Mention | None:
        """The mention of a known actor that a token is part of; else None."""
        return next((m for m in self.actors.get(sentence.index, ()) if m.first <= token.i <= m.last), None)


def _in_run(sentence: Sentence, token: Token) -> bool:
    """Is it a part of a longer name?"""
    beside = [sentence.tokens[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(sentence.tokens)]
    return any(t.tag in ("NNP", "NNPS") for t in beside)


def _is_within(run: Run) -> bool:
    """Does a preposition of place stand before a name ("in Lincoln")? It is then not a person of that name."""
    return run.first > 0 and run.sentence.tokens[run.first - 1].lower in _WITHIN


#: Prepositions of places.
_WITHIN = english("dateline.who", "within")


def _names(sentence: Sentence, taken: set[int], known_place: Callable[[str], bool]) -> Iterator[Name]:
    for run in runs(sentence):
        for part in _parted(run, taken):
            name = _classified(part, known_place)
            if name is not None:
                yield name


def _parted(run: Run, taken: set[int]) -> Iterator[Run]:
    """The parts of a run that are not taken by known actors."""
    first = run.first
    for i in range(run.first, run.last + 2):
        if i > run.last or i in taken:
            if i > first:
                yield run.sub(first, i - 1)
            first = i + 1


def _classified(run: Run, known_place: Callable[[str], bool]) -> Name | None:
    tokens = run.tokens
    if len(tokens) > 1 and tokens[0].text.isupper() and tokens[0].lower in words("ship_prefixes"):
        return None  # "INS Oru"
    lead = _lead(run, known_place)
    if lead:
        return _classified(run.sub(run.first + lead, run.last), known_place)
    first = _after_titles(run)
    titled = first > run.first or _title_before(run)
    rest = [t for t in run.sentence.tokens[first : run.last + 1] if any(c.isalpha() for c in t.text)]
    if not rest:
        return None
    if any(t.lower in words("organisation_words") for t in tokens) and not (titled and _plain(rest)):
        return _organisation(run, known_place)
    if titled and _plain(rest):
        return Name(first, run.last, "person", run.sub(first, run.last).text)
    if len(rest) >= 2 and _is_branch(rest, known_place):
        return _organisation(run, known_place)
    if 2 <= len(rest) <= 5 and _personlike(run, rest, known_place):
        return Name(run.first, run.last, "person", run.text)
    return None


def _lead(run: Run, known_place: Callable[[str], bool]) -> int:
    """How many words for the place of an office stand before the name of a person ("Franklin County" in "Franklin
    County Coroner Ann Cole")."""
    tokens = run.tokens
    if len(tokens) > 1 and _is_where(run, known_place):
        return 1
    called = [k for k in (1, 2) if k + 1 < len(tokens) and tokens[k].lower in words("no_surnames")]
    return next((k + 1 for k in called if known_place(run.sub(run.first, run.first + k).text)), 0)


def _is_branch(tokens: list[Token], known_place: Callable[[str], bool]) -> bool:
    """Are the words an acronym of an organisation and its place, and not a person ("CTV Edmonton")?"""
    letters = all(t.text.isalpha() and t.text.isupper() and 2 < len(t.text) <= _ACRONYM for t in tokens[:-1])
    return letters and tokens[0].lower not in words("ship_prefixes") and known_place(tokens[-1].text)


def _is_where(run: Run, known_place: Callable[[str], bool]) -> bool:
    """Does a run begin with the place or field of an office, before the name ("governor of Kenya Ali Hassan",
    "Secretary of State Ann Cole")?"""
    tokens, first = run.sentence.tokens, run.tokens[0]
    before, office = (tokens[i].lower if i >= 0 else "" for i in (run.first - 1, run.first - 2))
    field = is_common(first.lower) or (is_word(first.lower) and not known_place(first.text))
    if before == "of" and office in words("titles") and field and not known_place(run.text):
        return True
    return len(tokens) > 2 and before in ("of", "in") and known_place(first.text) and not known_place(run.text)


def _after_titles(run: Run) -> int:
    """The index of the token after the last title in the run ("Defense Secretary Ash Carter", "U.S. Army General Joseph
    Votel"); its first token where it holds no title."""
    tokens = run.sentence.tokens
    titles = [i for i in range(run.first, run.last) if tokens[i].lower.rstrip(".") in words("titles")]
    after = titles[-1] + 1 if titles else run.first
    while after < run.last and not any(c.isalpha() for c in tokens[after].text):
        after += 1
    return after


def _title_before(run: Run) -> bool:
    """Does a title stand before a name ("Sheikh Hassan", "Secretary of Defense Ash Carter")?"""
    before = [t.lower.rstrip(".") for t in run.sentence.tokens[max(0, run.first - 3) : run.first]]
    if len(before) == 3 and before[1] == "of" and before[0] in words("titles"):
        return True
    return bool(before) and before[-1] in words("titles") and run.sentence.tokens[run.first - 1].pos in _TITLES_ARE


def _plain(tokens: list[Token]) -> bool:
    """Is no word for an office or organisation among the words?"""
    return not any(t.lower in words("organisation_words") or t.lower in words("titles") for t in tokens)


def _personlike(run: Run, tokens: list[Token], known_place: Callable[[str], bool]) -> bool:
    """Do two to five words with capitals look like a person: not the name of a place, and not only ordinary words?"""
    if known_place(run.text) or run.sentence.case == "lower":
        return False
    if known_place(tokens[0].text) and is_common(tokens[-1].lower):
        return False
    if tokens[-1].lower in words("no_surnames"):
        return False
    strange = [t for t in tokens if not is_word(t.lower)]
    if not strange or any(t.text.isupper() and len(t.text) > 3 for t in tokens):
        return False
    if any(t.lower.endswith(("ian", "ish", "ese", "ean")) and known_place(t.text) for t in tokens):
        return False
    return any(t.pos == "PROPN" for t in tokens)


def _organisation(run: Run, known_place: Callable[[str], bool]) -> Name | None:
    if run.first == run.last:
        return None
    if known_place(run.text):
        return None
    return Name(run.first, run.last, "organisation", run.text)
