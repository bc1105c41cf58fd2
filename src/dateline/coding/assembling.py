"""From mentions to accounts: consequences join their causes, tellings join, context fills in, links are drawn."""

from __future__ import annotations

import re
from collections import Counter

from dateline.coding.belonging import fill_groups
from dateline.coding.dating import fill_times, span_of_days
from dateline.coding.draft import Draft
from dateline.coding.drafting import draft_of
from dateline.coding.happened import add_what_points_back
from dateline.coding.one_person import join_descriptions
from dateline.coding.own_life import count_own_lives
from dateline.coding.reading import Reading
from dateline.coding.shot import count_the_shot
from dateline.coding.telling import absorb, merge_told_twice, other_side, own_name
from dateline.language import numbers
from dateline.language.roles import kind_of
from dateline.model import When, types
from dateline.model.vocabulary import FACTUAL
from dateline.what import Mention
from dateline.where import Located, in_country, is_capital

_GENERIC = re.compile(
    r"\bseveral times\b|\b(?:since|so far|to date|in (?:recent|the (?:past|last)) \w+)\b"
    r"|\brecent (?:weeks|months|years)\b|\bin all\b|\bso far this year\b"
    r"|\b(?:in|over|during) (?:the )?(?:past|last) (?:few |several )?(?:weeks|months|years)\b"
)
#: A period longer than an operation: figures over it sum many happenings; an operation longer still is a campaign.
_LONG_DAYS, _CAMPAIGN_DAYS = 45, 120
#: This many operations are no one action; this many people "in recent weeks" are no one happening's.
_MANY, _MANY_PEOPLE = 5, 20
#: Many acts over a week are not one happening.
_WEEK = 7
#: Sentences between an action and what was seized in it.
_NEAR = 2
#: Sentences of the opening, and how often the city that a report is about is named at least.
_OPENING, _OFTEN = 2, 2


def assemble(reading: Reading) -> list[Draft]:
    """The accounts of a report as drafts, in the order of the text."""
    drafted: dict[int, Draft] = {}
    drafts: list[Draft] = []
    for mention in reading.mentions:
        draft = draft_of(reading, mention)
        if draft is None:
            continue
        drafted[id(mention)] = draft
        drafts.append(draft)
    drafts = _with_causes(drafts, drafted)
    drafts = [d for d in _within_sentences(drafts) if not _is_empty(d)]
    for draft in drafts:
        _scope(draft)
    rollups = [d for d in drafts if d.scope == "rollup"]
    events = merge_told_twice([d for d in drafts if d.scope == "event"])
    accounts = _with_spoils(_in_order([*events, *merge_told_twice(rollups)]))
    # A text of nothing but a headline is all there is to read.
    prose = any(s.kind != "heading" for s in reading.document.sentences)
    accounts = [a for a in accounts if not _is_pointer(a, prose)]
    count_own_lives(accounts)
    count_the_shot(reading, accounts)
    add_what_points_back(reading, accounts)
    join_descriptions(reading, accounts)
    fill_times(reading, accounts)
    _fill_places(reading, accounts)
    fill_groups(reading, accounts)
    _link(accounts)
    return accounts


def _with_spoils(drafts: list[Draft]) -> list[Draft]:
    """What was seized after an arrest, a raid or a clash told just before is of that action; no account of its own."""
    kept: list[Draft] = []
    for draft in drafts:
        action = next((d for d in reversed(kept) if _may_have_seized(d, draft)), None)
        if action is None:
            kept.append(draft)
            continue
        action.sentences += [s for s in draft.sentences if s not in action.sentences]
        for item in draft.items:
            action.add_item(item)
        for speaker in draft.said_by:
            action.add_speaker(speaker)
        if draft.own_place and not action.own_place:
            action.places, action.own_place = draft.places, True
    return kept


def _may_have_seized(action: Draft, draft: Draft) -> bool:
    if draft.type != "seizure" or action.type not in types.TAKES_SPOILS:
        return False
    gap = draft.sentences[0].index - action.sentences[-1].index
    return 0 <= gap <= _NEAR and draft.status in FACTUAL and action.status in FACTUAL and not draft.own_time


def _in_order(drafts: list[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda d: d.trigger)


def _with_causes(drafts: list[Draft], drafted: dict[int, Draft]) -> list[Draft]:
    """Deaths and wounds that a sentence ties to their cause are that account's."""
    for draft in list(drafts):
        cause = _root_cause(draft.first)
        target = drafted.get(id(cause)) if cause is not None else None
        if (
            target is None
            or target is draft
            or target not in drafts
            or (target.status in FACTUAL) != (draft.status in FACTUAL)
        ):
            continue
        if target.type == "killing" and draft.type == "attack" and draft.first.frame.consequence:
            target.methods |= draft.methods
        type_ = "bombing" if draft.type == "bombing" else target.type
        absorb(target, draft, "came of it")
        target.type = type_
        drafts.remove(draft)
    return drafts


def _root_cause(mention: Mention) -> Mention | None:
    cause, seen = mention.cause, 0
    while cause is not None and cause.cause is not None and seen < 5:
        cause, seen = cause.cause, seen + 1
    return cause


def _within_sentences(drafts: list[Draft]) -> list[Draft]:
    """One action told by several words of a clause: "arrested in an operation", "attacked with bombs, destroying"."""
    kept: list[Draft] = []
    for draft in drafts:
        partner = next(
            (k for k in reversed(kept) if k.sentences[-1] is draft.sentences[0] and _one_action(k, draft)),
            None,
        )
        if partner is None:
            kept.append(draft)
        else:
            absorb(partner, draft, "tells the same action in its clause")
    return kept


def _one_action(a: Draft, b: Draft) -> bool:
    if a.type == b.type and "intent" in types.of(a.type).told_as:
        return True
    if (a.status in FACTUAL) != (b.status in FACTUAL) or (
        a.when and b.when and a.own_time and b.own_time and (a.when.start, a.when.end) != (b.when.start, b.when.end)
    ):
        return False
    if b.type not in types.of(a.type).one_action_with:
        return False
    m, n = a.first, b.first
    sentence = m.sentence
    between = sentence.tokens[min(m.token.i, n.token.i) : max(m.token.i, n.token.i)]
    if any(t.text == ";" for t in between):
        return False
    if m.of_people or n.of_people or (other_side(a, b) and a.type != "clash"):
        return False
    if a.type == b.type == "arrest" and not (m.nominal or n.nominal):
        return bool({o.i for o in m.objects} & {o.i for o in n.objects})
    if _where_clause(m, n):
        return True
    tied = {t.i for t in sentence.ancestors(n.token)} & {m.token.i, m.clause.i} or {
        t.i for t in sentence.ancestors(m.token)
    } & {n.token.i, n.clause.i}
    # "Managed" of "managed to arrest".
    up, over = (sentence.above(x.clause, "xcomp") for x in (m, n))
    joined = over.head in (m.clause.i, m.token.i) or up.head in (n.clause.i, n.token.i) or m.clause.i == n.clause.i
    if not (tied and joined):
        return False
    marks = {c.lower for v in (m.clause, n.clause, m.token, n.token) for c in sentence.children(v, "mark", "advmod")}
    before = {sentence.head(t).lower for t in (m.token, n.token) if t.dep == "pobj"}
    if (marks | before) & {
        "after",
        "before",
        "following",
        "since",
        "despite",
        "because",
        "for",
        "over",
        "against",
        "like",
    }:
        return False
    one, two = ({(c.what, c.best) for c in d.counts} for d in (a, b))
    return not any(x[0] == y[0] and x != y for x in one for y in two)


def _where_clause(m: Mention, n: Mention) -> bool:
    """ "The deadliest attack was in the capital, where a bomb exploded": the bomb was the attack."""
    sentence, clause = m.sentence, n.clause
    there = clause.dep == "relcl" and any(c.lower == "where" for c in sentence.children(clause, "advmod"))
    verb = sentence.head(m.token)
    return there and m.token.dep == "nsubj" and verb.lemma in _BEING and verb in list(sentence.ancestors(clause))


_BEING = frozenset(("be", "occur", "happen", "come", "take"))


def _is_empty(draft: Draft) -> bool:
    """A bare plural or a bare name of an act, with nobody, nowhere, at no time: no happening."""
    mention = draft.first
    if mention.nominal and mention.plural and draft.status in ("hypothetical", "denied") and not draft.counts:
        return True
    if mention.pointer:
        return not mention.definite and len(draft.mentions) == 1
    if mention.definite or (mention.told and draft.status in FACTUAL):
        return False
    said = draft.actors or draft.counts or draft.tells_when or draft.own_place or draft.streets or _tells_how(draft)
    if mention.nominal and not said:
        return True
    if mention.nominal and mention.plural and not draft.counts and not draft.tells_when and draft.status in FACTUAL:
        return not (draft.own_place and any(a.role == "agent" for a in draft.actors)) and not any(
            a.role != "agent" for a in draft.actors
        )
    return False


def _tells_how(draft: Draft) -> bool:
    """ "To disperse a peaceful protest": how it was is something said of it."""
    return draft.type == "protest" and bool(draft.methods)


def _is_pointer(draft: Draft, prose: bool) -> bool:
    """ "the attack" that found nothing to point back at, and says nothing itself; `prose` follows the headlines."""
    mentions = draft.mentions
    if all(m.pointer for m in mentions):
        return True
    if all(s.kind == "item" for s in draft.sentences) and _is_link(draft):
        return True
    if prose and all(s.kind == "heading" for s in draft.sentences):
        top = draft.sentences[0].index <= 2
        if not draft.own_time and (not top or (mentions[0].nominal and not draft.counts)):
            return True
    if (
        draft.status == "denied"
        and not draft.counts
        and not any(a.id or a.kind in ("person", "facility") for a in draft.actors)
    ):
        return True
    said = draft.counts or draft.actors or _tells_how(draft)
    bare = all(m.nominal for m in mentions) and not said and not own_name(draft)
    return bare and not draft.tells_when and not draft.own_place and not draft.streets


def _is_link(draft: Draft) -> bool:
    """ "* 2014 Airfield bombing": an item of a list that names a happening leads to it, and tells nothing of it."""
    named = all(m.nominal and not m.told for m in draft.mentions)
    return named and not draft.counts and not (draft.when is not None and draft.when.precision == "day")


# ---------------------------------------------------------------- roll-ups


def _scope(draft: Draft) -> None:
    """A figure over a long period, of many acts, or a plural with a sum is a roll-up."""
    if draft.status not in FACTUAL:
        return
    lower = draft.sentences[0].text.lower()
    many = any(c.what == "operations" and (c.best or c.low or 0) >= _MANY for c in draft.counts)
    people = [c for c in draft.counts if c.what not in ("operations", "raids", "sites", "attackers")]
    size = max((c.best or c.low or 0 for c in people), default=0)
    days = span_of_days(draft.when) if draft.when is not None and draft.own_time else 0
    vague = bool(_GENERIC.search(lower))
    sums = [
        many and days >= _LONG_DAYS,
        draft.first.plural and (days >= _LONG_DAYS or vague),
        days >= _WEEK and _acts_counted(draft) >= _MANY,
        vague and size >= _MANY_PEOPLE,
        "several times" in lower and not people,
        draft.type == "operation" and days > _CAMPAIGN_DAYS,
        days >= _LONG_DAYS and _sums_up(draft, size),
    ]
    if any(sums):
        draft.scope = "rollup"


def _acts_counted(draft: Draft) -> int:
    """ "23 attacks": how many acts the trigger itself counts."""
    nums = draft.first.sentence.children(draft.first.token, "nummod") if draft.first.plural else []
    return max((numbers.parse(n.lower) or 0 for n in nums), default=0)


def _sums_up(draft: Draft, size: int) -> bool:
    """ "300 people were killed last year", "three have been killed this year": no one act is told of, and they are
    counted over the months up to the report. What a past year or a town is given for may be one act."""
    if draft.when is None or draft.when.basis != "relative":
        return False
    if any(m.nominal or m.cause is not None or m.frame.type == "bombing" for m in draft.mentions):
        return False
    verb, sentence = draft.first.clause, draft.first.sentence
    if any(c.lower in ("has", "have") for c in sentence.children(verb, "aux")):
        return size > 1
    return size >= _MANY_PEOPLE and all(p.precision in ("admin1", "country", "region") for p in draft.places)


# ---------------------------------------------------------------- what the context adds


def _fill_places(reading: Reading, accounts: list[Draft]) -> None:
    """Without a place of its own: that of the account beside it, else the country that its words or the report name."""
    main, city = _main_country(reading), _main_city(reading)
    seat = city if city is not None and _is_from(reading, city) else None
    for k, draft in enumerate(accounts):
        if draft.places or (draft.type in types.WORDS and draft.status not in FACTUAL):
            continue
        told = [a for a in accounts if a is not draft and a.places and a.type not in types.COURT]
        beside = [a for a in told if draft.sentences[0] in a.sentences]
        if not beside and k > 0:
            before = accounts[k - 1]
            gap = draft.sentences[0].index - before.sentences[-1].index
            if gap <= 1 and before in told:
                beside = [before]
        if beside and draft.type not in types.COURT:
            near = min(beside, key=lambda a: abs(a.trigger.start - draft.trigger.start))
            draft.places = list(near.places)
        else:
            draft.places = _country_of(reading, draft, main)
            town = seat if draft.type in types.COURT else city
            if town is not None and all(_lies_in(town, p) for p in draft.places):
                draft.places = [town]
        draft.place_inferred = not any(s.span.covers(p.span) for p in draft.places for s in draft.sentences)


def _country_of(reading: Reading, draft: Draft, main: list[Located]) -> list[Located]:
    """The country that the sentence names, or whose state acts in it ("Turkish police"), else the report's `main` one.

    "The Spanish Jesuits" tells of their people, and nothing of where, unless the report is about that country.
    """
    own = {p.entry.country for p in main if p.entry is not None}
    for sentence in draft.sentences:
        named = [
            p for p in reading.places_in(sentence) if p.precision == "country" and p.toponym.use in ("demonym", "name")
        ]
        seat = [
            p
            for p in reading.places_in(sentence)
            if p.toponym.use == "attribute"
            and any(a.role == "agent" and a.kind == "state" and a.span.overlaps(p.span) for a in draft.actors)
        ]
        if seat:
            return seat[:1]
        state = [p for p in named if any(a.kind == "state" and a.span.overlaps(p.span) for a in draft.actors)]
        there = [p for p in named if p.toponym.use == "name" or (p.entry is not None and p.entry.country in own)]
        if state or there or (named and not main):
            return [(state or there or named)[0]]
    return main


def _lies_in(city: Located, outer: Located) -> bool:
    return (
        outer.precision == "country"
        and city.entry is not None
        and outer.entry is not None
        and (city.entry.country == outer.entry.country)
    )


def _main_city(reading: Reading) -> Located | None:
    """The city that the report is from and about: it has more than half of all that is said of cities, more than once.

    Counted twice: in the opening, and whose police or court it is ("Lagos police").
    """
    named = [p for p in reading.settings if p.precision == "city" and p.entry is not None]
    named = [p for p in named if p.toponym.use != "demonym"]
    weights: Counter[int] = Counter()
    for one in named:
        weights[one.entry.id] += 1 + (one.toponym.sentence.index <= _OPENING) + _is_seat(one)  # type: ignore[union-attr]
    if not weights:
        return None
    id_, most = weights.most_common(1)[0]
    own = [p for p in named if p.entry is not None and p.entry.id == id_]
    # Named once, in a dateline say, a capital is where the report was filed.
    only_filed = len(own) < _OFTEN and not _is_seat(own[0]) and own[0].entry is not None and is_capital(own[0].entry)
    return own[0] if most >= _OFTEN and not only_filed and 2 * most > weights.total() else None


def _is_from(reading: Reading, city: Located) -> bool:
    """Is the report from the city, or its police or court in it, and not only the deed?"""
    own = [
        p for p in reading.settings if p.entry is not None and city.entry is not None and p.entry.id == city.entry.id
    ]
    return any(p.toponym.sentence.kind == "dateline" or _is_seat(p) for p in own)


def _is_seat(located: Located) -> bool:
    """ "Lagos police": whose the state's men are."""
    tokens = located.toponym.sentence.tokens
    after = tokens[located.toponym.last + 1] if located.toponym.last + 1 < len(tokens) else None
    return (
        located.toponym.use == "attribute" and after is not None and kind_of(located.toponym.sentence, after) == "state"
    )


def _is_of_a_thing(located: Located) -> bool:
    """ "Russian roulette", "a Mexican restaurant": of that kind, and not of that country."""
    toponym = located.toponym
    word = toponym.sentence.tokens[toponym.last]
    thing = toponym.sentence.head(word)
    if toponym.use != "demonym" or word.dep not in ("amod", "compound") or thing.pos != "NOUN":
        return False
    return kind_of(toponym.sentence, thing) in (None, "facility")


def _main_country(reading: Reading) -> list[Located]:
    weights: dict[str, float] = {}
    for located in reading.settings:
        if located.entry is not None and located.entry.country and not _is_of_a_thing(located):
            weights[located.entry.country] = weights.get(located.entry.country, 0.0) + (
                1.0 if located.toponym.use == "name" else 0.7
            )
    if not weights:
        return []
    code, weight = max(weights.items(), key=lambda row: (row[1], row[0]))
    if weight < 0.5 * sum(weights.values()):
        return []
    own = [p for p in reading.settings if p.entry is not None and p.entry.country == code]
    countries = [p for p in own if p.precision == "country"]
    return countries[:1] or [p for one in own[:1] if (p := in_country(one)) is not None]


# ---------------------------------------------------------------- links


def _link(accounts: list[Draft]) -> None:
    """Plots are foiled by the arrest beside them; "a day after" orders; roll-ups have members."""
    for draft in accounts:
        if draft.type == "plot":
            stopper = next(
                (
                    a
                    for a in accounts
                    if a.type in types.STOPS_PLOTS
                    and a.status in FACTUAL
                    and set(map(id, a.sentences)) & set(map(id, draft.sentences))
                ),
                None,
            )
            if stopper is not None:
                draft.links.append(("foiled_by", stopper))
                if draft.status == "planned":
                    draft.status = "foiled"
    for rollup in (a for a in accounts if a.scope == "rollup" and a.when is not None):
        for draft in accounts:
            if (
                draft.scope == "event"
                and draft.type == rollup.type
                and draft.when is not None
                and _inside(draft.when, rollup.when)
                and _same_side(draft, rollup)
            ):
                draft.links.append(("part_of", rollup))
    for draft in accounts:
        mark = _order_mark(draft)
        if mark is not None:
            other = next(
                (
                    a
                    for a in accounts
                    if a is not draft and mark in {m.token.i for m in a.mentions if m.sentence is draft.sentences[0]}
                ),
                None,
            )
            if other is not None:
                draft.links.append(("follows", other))


def _inside(inner: When, outer: When | None) -> bool:
    return outer is not None and outer.start <= inner.start and inner.end <= outer.end


def _same_side(a: Draft, b: Draft) -> bool:
    one, two = ({x.id for x in d.actors if x.id} for d in (a, b))
    return not one or not two or bool(one & two)


def _order_mark(draft: Draft) -> int | None:
    """The trigger that "after" or "following" governs, where this draft's clause is what came after it."""
    sentence = draft.sentences[0]
    clause = draft.first.clause
    for token in sentence.tokens:
        if token.lower in ("after", "following") and token.head == clause.i:
            for child in sentence.children(token, "pobj", "pcomp"):
                return child.i
    for child in sentence.children(clause, "advcl"):
        if any(m.lower == "after" for m in sentence.children(child, "mark")):
            return child.i
    return None
