"""Leave out drafts that only point at a happening and found none to join, and links to other stories."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.passes.empty import tells_how
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.coding.telling import own_name
from dateline.model.trace import note

#: Headings up to this sentence index are the report's own title.
_TITLE = 2


@step(
    "coding.pointers",
    reads="type mentions sentences status counts actors methods own_place streets names_time own_time when",
    writes="",
)
def drop_pointers(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Leave out drafts that tell of nothing themselves: they point back at something not told ("the attack"), head
    another story, or deny something without naming it."""
    # A report of headlines alone has nothing else to read.
    prose = any(s.kind != "heading" for s in reading.document.sentences)
    return [d for d in drafts if not _is_dropped(d, prose, reading.is_heard(d))]


def _is_dropped(draft: Draft, prose: bool, heard: bool) -> bool:
    """Is the draft left out? Not where the learned reader is sure of it."""
    rule = _rule(draft, prose)
    if rule is not None:
        note(rule, draft.trigger, "kept, for the learned reader is sure of it" if heard else "dropped")
    return rule is not None and not heard


def _rule(draft: Draft, prose: bool) -> str | None:
    """The name of the rule by which a draft only points; None where it tells of something. `prose`: the report has text
    besides its headlines."""
    if all(m.pointer for m in draft.mentions):
        return "coding.pointers.at-nothing"
    if all(s.kind == "item" for s in draft.sentences) and _is_link(draft):
        return "coding.pointers.link"
    if prose and _is_headline_alone(draft):
        return "coding.pointers.headline"
    if draft.status == "denied" and not draft.counts and not _names_anybody(draft):
        return "coding.pointers.denied-nobody"
    return "coding.pointers.bare-name" if _is_bare(draft) else None


def _is_link(draft: Draft) -> bool:
    """Is the draft a list item that only names a happening, as a link to another page ("* 2014 Airfield bombing")?"""
    named = all(m.nominal and not m.told for m in draft.mentions)
    return named and not draft.counts and not (draft.when is not None and draft.when.precision == "day")


def _is_headline_alone(draft: Draft) -> bool:
    """Is it told in headings alone, without a time: below the title, or in the title by a noun without a figure?"""
    if not all(s.kind == "heading" for s in draft.sentences) or draft.own_time:
        return False
    top = draft.sentences[0].index <= _TITLE
    return not top or (draft.first.nominal and not draft.counts)


def _names_anybody(draft: Draft) -> bool:
    return any(a.id or a.kind in ("person", "facility") for a in draft.actors)


def _is_bare(draft: Draft) -> bool:
    """Is it told by nouns alone, without a name, people, a figure, a time or a place of its own?"""
    said = draft.counts or draft.actors or tells_how(draft)
    bare = all(m.nominal for m in draft.mentions) and not said and not own_name(draft)
    return bare and not draft.tells_when and not draft.own_place and not draft.streets
