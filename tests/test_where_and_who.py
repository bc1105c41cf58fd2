"""Places and actors: what the supplement holds, names that only their words explain, who belongs to whom."""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict

import pytest

from dateline import Coding, code
from dateline.engines import code as code_all_entities
from dateline.linking import link
from dateline.model.explain import as_explanation
from dateline.model.knowledge import load
from dateline.where import build, drafting, entries_of, own_places, radius
from dateline.who import actors_named, known_actors
from dateline.who.actors import ActorForm

PUBLISHED = "2024-05-15"
#: Ids of places of our own.
_OWN = (1_500_000_000, 1_900_000_000)


def whole(text: str) -> Coding:
    return code_all_entities(text, published=PUBLISHED, entities="all")


def entities(text: str) -> set[tuple[str, str]]:
    return {(e.kind, text[e.span.start : e.span.end]) for e in whole(text).entities}


def _own_places() -> list[tuple[str, str, str, float, float]]:
    with sqlite3.connect(f"file:{build.TARGET}?mode=ro", uri=True) as db:
        return list(db.execute("select name, kind, country, lat, lon from place where id between ? and ?", _OWN))


def test_the_supplement_is_large() -> None:
    assert len(_own_places()) >= 1500


def test_places_of_our_own_lie_in_their_countries() -> None:
    """Within 500 km of some town of the country: a swapped sign or a wrong country would be farther off."""
    towns: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with sqlite3.connect(f"file:{build.TARGET}?mode=ro", uri=True) as db:
        for country, lat, lon in db.execute("select country, lat, lon from place where kind = 'city' and id < 1e9"):
            towns[country].append((lat, lon))
    far = [
        name
        for name, kind, country, lat, lon in _own_places()
        if lat is not None and country in towns and kind not in ("region", "admin1")
        and min(math.hypot(a - lat, (b - lon) * math.cos(math.radians(lat))) for a, b in towns[country]) > 4.5
    ]  # fmt: skip
    assert not far


def test_ids_of_our_own_do_not_move() -> None:
    """They are made of the name: whoever cites one finds the place again."""
    place = next(e for e in whole("Fighting went on in the Syrian Badia.").entities if e.kind == "place")
    assert place.gazetteer_id == "dateline:" + str(place.gazetteer_id).split(":")[1]
    builder = drafting.Builder()
    first = own_places._own_id(builder, "SY", None, "Syrian Badia")
    assert place.gazetteer_id == f"dateline:{first - 1_000_000_000}"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Soldiers entered the village of Karshandi on Monday.", "Karshandi"),
        ("Two men were shot dead in Karshandi district on Monday.", "Karshandi"),
        ("The army took two towns in Diyala Province on Monday.", "Diyala"),
        ("Near Sinjar, one strike hit a checkpoint.", "Sinjar"),
    ],
)
def test_a_place_is_what_its_words_call_one(text: str, place: str) -> None:
    found = entities(text)
    assert ("place", place) in found
    assert not any(kind == "person" for kind, _ in found)


def test_a_place_unknown_to_the_gazetteer_has_no_point() -> None:
    place = next(e for e in whole("Two men were shot dead in Karshandi district, Kenya.").entities if e.kind == "place")
    assert (place.lat, place.lon, place.precision, place.country) == (None, None, "district", "KE")


def test_a_people_is_no_place() -> None:
    found = entities("The Turks and the Jordanians agreed on it.")
    assert ("organisation", "Turks") in found
    assert not any(kind == "place" for kind, _ in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Umar Saidov, a member of the Islamic State, was arrested.",
            ("Umar Saidov", "member", "islamic-state", None),
        ),
        (
            "Turkish Interior Minister Ali Kaya confirmed the arrests.",
            ("Ali Kaya", "Interior Minister", "turkey-interior-ministry", None),
        ),
        ("Police shot FARC commander Alfonso Rojas.", ("Alfonso Rojas", "commander", "farc", None)),
        (
            "Baris Demir, who led a cell of ISKP, was killed.",
            ("Baris Demir", "leader", "islamic-state-khorasan", "islamic-state"),
        ),
        ("The chief of the Kenyan police, Peter Kamau, confirmed it.", ("Peter Kamau", "chief", "kenya-police", None)),
    ],
)  # fmt: skip
def test_who_is_what_where(text: str, expected: tuple[str, str, str, str | None]) -> None:
    coding = whole(text)
    found = {(a.person, a.role, a.organisation_id, a.parent) for a in coding.affiliations}
    assert expected in found
    for one in coding.affiliations:
        assert one.person.split()[-1] in text[one.person_span.start : one.person_span.end]
        assert one.role_span.start < one.role_span.end


def test_one_person_under_all_names() -> None:
    text = 'Baris Demir, also known as "Zerdesht", was arrested in Ankara. Zerdesht had been in hiding.'
    assert {e.name for e in whole(text).entities if e.kind == "person"} == {"Baris Demir"}


def test_a_doer_is_inferred_only_from_other_deeds_and_says_so() -> None:
    text = (
        "Shining Path rebels attacked a police station in Ayacucho on Tuesday. Hours later a bomb exploded outside a "
        "bank in Lima."
    )
    doers = [a for account in code(text, PUBLISHED).accounts for a in account.actors if a.role == "agent"]
    assert {(a.id, a.basis) for a in doers} >= {("shining-path", "told"), ("shining-path", "inferred")}
    alone = "A bomb exploded in Lima on Tuesday. The Shining Path was founded in Ayacucho."
    assert not [a for account in code(alone, PUBLISHED).accounts for a in account.actors if a.role == "agent"]


def test_native_names_and_years() -> None:
    [(key, row)] = actors_named("Sendero Luminoso")
    assert (key, row.years) == ("shining-path", "since 1969")


@pytest.mark.parametrize(
    ("name", "key", "parent"),
    [
        ("NSCN (IM)", "nscn-im", "nscn"),
        ("National Socialist Council of Nagalim-Isak-Muivah", "nscn-im", "nscn"),
        ("ULFA-Independent", "ulfa-i", "ulfa"),
        ("TPC", "tritiya-prastuti-committee", None),
        ("Urabeños", "clan-del-golfo", None),
        ("FARC dissidents", "farc-dissidents", "farc"),
        ("Continuity IRA", "continuity-ira", "ira"),
        ("Babbar Khalsa International", "babbar-khalsa", "khalistan"),
        ("PCC", "first-capital-command", None),
    ],
)
def test_splinters_have_ids_and_parents(name: str, key: str, parent: str | None) -> None:
    [(found, row)] = actors_named(name)
    assert (found, row.parent) == (key, parent)


def test_a_name_that_lost_its_brackets_is_still_a_name() -> None:
    assert {e.id for e in whole("CPIMaoist and NSCNIM cadres fled.").entities if e.id} == {"cpi-maoist", "nscn-im"}


def test_parents_are_listed_and_doubtful_names_are_names() -> None:
    assert all(actor.parent is None or actor.parent in known_actors() for actor in known_actors().values())
    rows = load("dateline.who", "actors.yaml", dict[str, ActorForm])
    assert all(set(row.doubtful) <= set(row.names) for row in rows.values())


def test_whose_worst_attack_it_was_did_not_do_it() -> None:
    text = "Two bombers killed 90 people in Kenya's deadliest attack at a rally in the capital, Nairobi, on Tuesday."
    account = code(text, PUBLISHED).accounts[0]
    assert all("Kenya" not in a.text for a in account.actors)
    assert "Nairobi" in {p.name for p in account.where}


def test_a_surname_is_the_persons_also_as_a_word_and_without_its_article() -> None:
    text = (
        "Prime Minister Haider al-Abadi met Press Secretary Peter Cook after an attack on a base near Tarmi. "
        "Cook said two soldiers were killed, and Abadi condemned the attack."
    )
    names = {e.name for e in code(text).entities if e.kind == "person"}
    assert names == {"Haider al-Abadi", "Peter Cook"}


def test_a_part_of_a_place_has_no_point_of_its_own() -> None:
    found = {e.name: e for e in whole("They met in northern Syria.").entities if e.kind == "place"}
    assert found["Syria"].lat is not None
    assert (found["northern Syria"].precision, found["northern Syria"].lat) == ("region", None)


def test_a_group_named_by_everyday_words_is_known_in_capitals() -> None:
    coding = whole("AYACUCHO WAS LEFT IN DARKNESS YESTERDAY AFTER A SHINING PATH ATTACK.")
    assert "shining-path" in {a.id for account in coding.accounts for a in account.actors}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Ten people died in the Democratic Republic of Congo on Monday.", "Democratic Republic of Congo", "CD"),
        ("Fighting went on in the Republic of the Congo.", "Republic of the Congo", "CG"),
        ("Two men were shot dead on the Isle of Man, police said.", "Isle of Man", "IM"),
        ("A tanker was hit by a mine in the Gulf of Oman.", "Gulf of Oman", None),
        ("The frigate went back to the Gulf, its captain said.", "Gulf", None),
    ],
)
def test_a_place_of_several_names_is_one_place(text: str, name: str, country: str | None) -> None:
    [place] = [e for e in whole(text).entities if e.kind == "place"]
    assert (text[place.span.start : place.span.end], place.country) == (name, country)


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Reporters spoke yesterday with Navy Capt. Joan Marsh, who was there.", ("person", "Navy Capt. Joan Marsh")),
        ("The dead sergeant, Paul C. Dayton, was 42. Dayton had two sons.", ("person", "Dayton")),
        ("It was said by Secretary of State Ann Colwyn today.", ("person", "Secretary of State Ann Colwyn")),
        ("Opposition groups blame Brenkov's army for it.", ("person", "Brenkov")),
        ("They met officials from USAVCOM headquarters.", ("organisation", "USAVCOM")),
        ("He runs a Kenyan Government office in the town.", ("organisation", "Kenyan Government")),
        ("The help went to Yazidi families.", ("nationality", "Yazidi")),
    ],
)
def test_names_are_whole_and_of_their_kind(text: str, entity: tuple[str, str]) -> None:
    assert entity in entities(text)


def test_what_ends_like_a_thing_is_no_person() -> None:
    assert not [e for e in whole("They agreed on it at the Karelov Summit last week.").entities if e.kind == "person"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A citizen of Kyrgyzstan killed two men in Boston.", ["Boston"]),
        ("Two Kenyan nationals were shot dead in Juba.", ["Juba"]),
        ("Born in Kazakhstan, he killed two men in Lagos.", ["Lagos"]),
        ("The Kampala blasts killed 70 people.", ["Kampala"]),
        ("The Nairobi mall attack killed 67 people.", ["Nairobi"]),
    ],
)
def test_where_it_happened_is_not_where_they_are_from(text: str, places: list[str]) -> None:
    [account] = code(text, published=PUBLISHED).accounts
    assert [p.name for p in account.where] == places


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Lisbeth Anez is a nurse. In May, she was arrested and charged with treason.", "Lisbeth Anez"),
        ("Governor Ali Haidar was leaving home. Gunmen shot him dead on Tuesday.", "Ali Haidar"),
        # Left alone where it is not clear.
        ("Lawyer John Smith said his client was ill. He was arrested on Monday.", None),
        ("Maria Perez met Ana Lopez. She was arrested on Monday.", None),
        ("John Marsh saw a man at the door. He was arrested on Monday.", None),
    ],
)
def test_whom_he_and_she_mean(text: str, who: str | None) -> None:
    coding = code(text, published=PUBLISHED)
    found = [a for account in coding.accounts for a in account.actors if a.kind == "person"]
    assert [(a.name, a.basis) for a in found][:1] == ([(who, "inferred")] if who else [])


def test_a_mislaid_town_does_not_move_its_province() -> None:
    """Towns whose province is wrong in GeoNames lie far from all others, and nearer to another province."""
    known = {"Heilongjiang": (48.0, 128.0), "Donetsk Oblast": (48.0, 37.8), "Gao": (16.3, -0.1)}
    for name, (lat, lon) in known.items():
        entry = next(e for e in entries_of(name) if e.kind == "admin1")
        assert entry.lat is not None and entry.lon is not None
        assert math.hypot(entry.lat - lat, (entry.lon - lon) * math.cos(math.radians(lat))) < 1.5, (name, entry)


def test_a_part_of_the_world_has_a_middle_and_an_extent() -> None:
    (asia,) = [e for e in whole("The group has cells across Asia.").entities if e.kind == "place"]
    assert (asia.precision, asia.gazetteer_id) == ("region", "geonames:6255147")
    assert asia.lat is not None and (radius(str(asia.gazetteer_id)) or 0) > 3000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CTV Edmonton said that he drove to Edmonton.", ("organisation", "CTV Edmonton")),
        ("CTV Edmonton said that he drove to Edmonton.", ("place", "Edmonton")),
        (
            "He was pronounced dead in Glasgow, Kentucky, by Barren County Coroner Tim Gibson.",
            ("place", "Barren County"),
        ),
        ("Nine inmates fled a prison in Port-au-Prince.", ("place", "Port-au-Prince")),
        ("Soldiers entered the town of Adan Yabal.", ("place", "Adan Yabal")),
        ("Two men were shot near Marendi on Monday.", ("place", "Marendi")),
        ("The U.S.-led campaign goes on in Iraq.", ("place", "U.S.")),
        ("Later, Secretary of Defense Ash Carter met reporters.", ("person", "Ash Carter")),
        ("A strike destroyed a supply route and a hospital near Mosul.", ("place", "supply route")),
    ],
)
def test_names_are_what_they_are(text: str, found: tuple[str, str]) -> None:
    assert any(kind == found[0] and words.endswith(found[1]) for kind, words in entities(text)), entities(text)


def test_a_surname_that_a_town_bears_is_the_town_where_something_lies_in_it() -> None:
    text = "Ann Lincoln, a teacher, was shot on Monday. The shooting took place in Lincoln, Nebraska."
    assert ("place", "Lincoln") in entities(text)


def test_whose_a_body_is_says_not_where() -> None:
    found = entities("Turkish police and U.S. troops arrested two men in Izmir.")
    assert {words for kind, words in found if kind == "place"} == {"Izmir"}
    assert ("nationality", "Turkish") in found


def test_abbreviations_of_provinces_are_written_so() -> None:
    assert not [e for e in entities("Dr. Ali Hasan, M.D., and the Al Salem clinic treated them.") if e[0] == "place"]
    assert ("place", "Ala.") in entities("He was arrested in Birmingham, Ala., on Monday.")


def test_a_county_lies_in_the_state_that_the_report_names() -> None:
    text = "A farmer in northeast Missouri was arrested. Deputies took him to jail in Monroe County on Monday."
    county = next(e for e in whole(text).entities if e.kind == "place" and e.precision == "district")
    assert county.admin1 == "Missouri"


def test_a_town_that_is_said_to_lie_elsewhere_is_not_the_one_that_we_know() -> None:
    place = next(e for e in whole("He was shot in Holliday, Missouri, on Monday.").entities if e.name == "Holliday")
    assert (place.country, place.lat, place.precision) == ("US", None, "city")


def test_a_place_tells_which_others_it_beat() -> None:
    coding = code("Two men were shot dead in Paris, Texas, on Monday.", PUBLISHED)
    place, _ = coding.accounts[0].where  # and Texas
    assert place.admin1 == "Texas"
    assert len(place.beaten) == 3 and not any("Texas" in other for other in place.beaten)
    assert f"rather than {place.beaten[0]}" in as_explanation(coding)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A bomb exploded in Cavehill Road in Belfast on Friday.", ["Cavehill Road", "Belfast"]),
        ("A parcel bomb exploded on the corner of Rue Victor Hugo in Lyon.", ["Rue Victor Hugo", "Lyon"]),
        ("A man was shot dead in the 500 block of North Pulaski Street in Lyon.", ["North Pulaski Street", "Lyon"]),
        ("A bomb exploded in Belfast. Later a man was shot dead in Oxford Street.", ["Oxford Street", "Belfast"]),
        ("A bomb exploded in Belfast and killed two people, Downing Street said.", ["Belfast"]),
    ],
)  # fmt: skip
def test_a_street_is_a_site_in_its_town_and_has_no_point(text: str, named: list[str]) -> None:
    where = code(text).accounts[-1].where
    assert [p.name for p in where] == named
    assert all((p.precision == "site") == (p.lat is None) for p in where)
    assert len({p.country for p in where}) == 1


def test_streets_of_one_name_bring_no_reports_together() -> None:
    told = [
        code(f"Gunmen killed two guards in Main Street in {town} on 3 May 2024.", uri=town)
        for town in ("Lyon", "Belfast")
    ]
    events = list(link(told))
    assert [(e.where[0].name, e.where[1].name) for e in events] == [("Lyon", "Main Street"), ("Belfast", "Main Street")]


@pytest.mark.parametrize(
    ("text", "words", "country", "admin1"),
    [
        ("Gunmen shot dead three farmers in Karshandi, Borno State, Nigeria, on Monday.", "Karshandi", "NG", "Borno"),
        ("Gunmen raided Misau LGA on Monday and killed two men.", "Misau", "NG", "Bauchi"),
        ("Two men were killed in Tarvenko, Russian officials said in Moscow on Monday.", "Tarvenko", "RU", None),
        ("A boy was shot dead in Rafah, near the border with Egypt, on Monday.", "Rafah", "PS", "Gaza Strip"),
        ("A bomb went off in Mazar-i-Sharif on Monday, killing five people.", "Mazar-i-Sharif", "AF", "Balkh"),
        ("Gunmen in Kama in eastern Congo killed six people on Monday.", "Congo", "CD", None),
    ],
)
def test_a_place_lies_where_its_words_and_neighbours_say(
    text: str, words: str, country: str, admin1: str | None
) -> None:
    places = [e for e in whole(text).entities if e.kind == "place" and text[e.span.start : e.span.end] == words]
    assert [(p.country, p.admin1) for p in places[:1]] == [(country, admin1)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Department of Justice said that two men were arrested in Ohio.", "Justice"),
        ("Students threw Molotov cocktails at the police in Athens.", "Molotov"),
        ("The police of Nagpur City Police arrested two men on Monday.", "Police"),
        ("Two men were shot dead in Kano, the Jakarta Post reported.", "Jakarta"),
        ("The prosecutor of the Western District of Oklahoma charged two men.", "Western District"),
        ('Police in Mexico arrested Juan "El Chapo" Marin on Monday.', "El Chapo"),
    ],
)
def test_bodies_papers_and_nicknames_are_no_places(text: str, words: str) -> None:
    assert ("place", words) not in entities(text)


def test_lists_are_no_addresses() -> None:
    text = "Drones hit targets in Sumy, Kharkiv, and Poltava oblasts in Ukraine on Monday."
    found = [(e.name, e.precision) for e in whole(text).entities if e.kind == "place" and e.precision == "admin1"]
    assert len(found) == 3


def test_an_english_word_is_a_place_only_where_the_report_speaks_of_its_country() -> None:
    assert ("place", "Hit") in entities("Iraq said on Monday: Two men were killed near Hit, and three in Mosul.")
    assert ("place", "Hit") not in entities("Two men were killed near Hit, and three in Sussex.")


def test_a_town_right_across_the_border_is_itself() -> None:
    text = "Rebels killed two men in Beni in North Kivu, Congo, on Monday. On Tuesday they killed three in Mpondwe."
    assert [e.country for e in whole(text).entities if e.name == "Mpondwe" or "Mpondwe" in (e.name or "")] == ["UG"]


def test_a_quarter_of_a_town_that_is_named_lies_in_no_other_country() -> None:
    text = (
        "Fighting went on in parts of San Salvador. It was intense in the San Jacinto neighborhood, where two men died."
    )
    countries = {place.country for account in code(text, "1989-03-16").accounts for place in account.where}
    assert countries == {"SV"}
