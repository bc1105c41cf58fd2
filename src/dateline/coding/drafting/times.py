"""Choose the time of a happening among those of its sentence: the one that depends on its clause, not on another
clause."""

from __future__ import annotations

from dateline.coding.drafting.counted_days import counted_from_event
from dateline.coding.drafting.hanging import DIRECT, FAR, OWN, SPOKEN, distance
from dateline.coding.reading import Reading
from dateline.model import When, types
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.what import Mention, is_toll
from dateline.when import Time

#: Rules that give a mention the nearest time -> how sure that is, in the words of the note.
_ITS_OWN = "coding.own-times.in-clause"
_TAKEN = {_ITS_OWN: "when", "coding.own-times.beside": "perhaps when", "coding.own-times.caption": "perhaps when"}
#: The number of characters before a time in which "since" is looked for.
_SINCE = 8
#: Rules of times of day -> steps added to their distance: a time of day says less than the day beside it.
OF_DAY = {"at-part": 1, "clock-ampm": 1, "clock-24": 1, "clock-military": 1, "one-part": 1, "overnight": 3}


def time_of(reading: Reading, mention: Mention) -> tuple[When | None, bool]:
    """The time that the sentence gives to a mention, and whether it is the mention's own (it depends on its clause)."""
    if is_epithet(mention):
        note("coding.own-times.epithet", mention.token, "undated")
        return None, False
    counted = counted_from_event(reading, mention)
    if counted is not None:
        note("coding.own-times.counted", mention.token, f"on {counted.start}")
        return counted, True
    steps, time = _nearest(reading, mention)
    if time is None:
        return None, False
    if DIRECT < steps < FAR and _is_ahead(reading, mention, time):
        note("coding.own-times.ahead", time.span, f"not when the {mention.frame.type} was")
        return None, False
    if steps > DIRECT and names_a_time(reading, mention):
        return None, False  # "seized three days later, they were freed on 20 December"
    rule = _rule(reading, mention, time, steps)
    note(rule, time.span, f"{_TAKEN.get(rule, 'not when')} the {mention.frame.type} was")
    return (time.as_when(), rule == _ITS_OWN) if rule in _TAKEN else (None, False)


#: Helping verbs of what has not happened yet: a time after publication is then its own.
_NOT_YET = english("dateline.coding", "not_yet")


def _is_ahead(reading: Reading, mention: Mention, time: Time) -> bool:
    """Does a time lie after publication, though the mention is told as done ("arrested a man who is to appear in court
    on Thursday")?"""
    if reading.published is None or time.stretch is None or mention.clause.tag not in ("VBD", "VBN"):
        return False
    auxiliaries = {c.lower for c in mention.sentence.children(mention.clause, "aux", "auxpass")}
    done = not auxiliaries & _NOT_YET
    return done and time.stretch.start.isoformat() > reading.published.end


def _rule(reading: Reading, mention: Mention, time: Time, steps: int) -> str:
    """The name of the rule by which the nearest time is the mention's, or is not."""
    if steps >= FAR:
        return "coding.own-times.of-another"
    if steps >= SPOKEN:
        return "coding.own-times.spoken"
    if is_toll(mention.token) and not _opens(reading, time):
        return "coding.own-times.toll"
    if time.caption and time.basis == "stated":
        return "coding.own-times.caption"
    # "The attack" points back: a distant time in its sentence is that of another happening.
    reach = DIRECT if mention.nominal and mention.definite else OWN
    return _ITS_OWN if steps <= reach else "coding.own-times.beside"


def is_epithet(mention: Mention) -> bool:
    """Is the mention only a description of somebody ("a jailed leader")? It is older than what the report tells of
    them."""
    word, person = mention.token, mention.sentence.head(mention.token)
    singular = word.dep == "amod" and word.tag in ("VBN", "JJ") and person.tag in ("NN", "NNP")
    return singular and mention.frame.type in types.CAPTIVE


def _opens(reading: Reading, time: Time) -> bool:
    """Does "since" stand before a time? Then the time is the start of a period."""
    start = time.span.start
    return reading.report.text[max(0, start - _SINCE) : start].lower().rstrip().endswith("since")


def _nearest(reading: Reading, mention: Mention) -> tuple[int, Time | None]:
    """The time nearest to the mention in the parse tree, and its distance in steps."""
    sentence = mention.sentence
    found = [(distance(sentence, mention, t, reading) + OF_DAY.get(t.rule, 0), t) for t in reading.times_in(sentence)]
    return min(found, key=lambda row: (row[0], -row[1].span.start), default=(FAR, None))


def names_a_time(reading: Reading, mention: Mention) -> bool:
    """Does its clause name a time that could not be resolved to days ("a day later")?"""
    sentence = mention.sentence
    return any(
        t.sentence == sentence.index
        and t.stretch is None
        and not (t.period or t.weak)
        and distance(sentence, mention, t, reading) <= DIRECT
        for t in reading.times
    )
