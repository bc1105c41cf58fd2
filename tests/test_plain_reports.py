"""Short reports as a newsroom writes them, read by both readers: what must hold of each, however sure the reader is."""

from __future__ import annotations

import pytest

import dateline
from dateline.language import Document
from dateline.model import Account, types

READERS = pytest.mark.parametrize("reader", ["rules", "learned"])


def coded(text: str, reader: str, published: str = "2026-11-26") -> tuple[Account, ...]:
    return dateline.code(text, published=published, reader=reader).accounts


def figures(account: Account) -> set[tuple[str, int | None]]:
    return {(count.what, count.best) for count in account.counts}


@READERS
@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "French police detained four men after a blast in Lyon on Tuesday.\n\nIn Belgium, police detained nine "
            "people over the attack, prosecutors said.",
            ("arrested", 4),
            ("arrested", 9),
        ),
        (
            "KARACHI, Nov 23 - A bomb killed ten people in a market in Karachi on Monday, police said. Police arrested "
            "two suspects hours later.\n\nIn India, police arrested 40 people last week after riots in Delhi.",
            ("arrested", 2),
            ("arrested", 40),
        ),
        (
            "BAGHDAD, Nov 23 - A suicide bomber killed nine people in Baghdad on Monday, police said. Security forces "
            "held three men for questioning hours later.\n\nIn Turkey, police detained 115 suspected Islamic State "
            "members last week.",
            ("arrested", 3),
            ("arrested", 115),
        ),
        (
            "BOGOTA - Police arrested five men in Cali on Monday.\n\nIn Ecuador, police arrested 17 people in "
            "Guayaquil over a prison riot.",
            ("arrested", 5),
            ("arrested", 17),
        ),
    ],
)
def test_what_happened_in_two_countries_is_two(
    text: str, one: tuple[str, int], other: tuple[str, int], reader: str
) -> None:
    accounts = coded(text, reader)
    assert not any({one, other} <= figures(a) for a in accounts)
    assert any(one in figures(a) for a in accounts) and any(other in figures(a) for a in accounts)


@READERS
def test_the_same_people_in_another_country_are_one(reader: str) -> None:
    text = "PARIS - Police arrested six men on Monday. The six were arrested in Spain with French help."
    assert [a.type for a in coded(text, reader)].count("arrest") == 1


@READERS
@pytest.mark.parametrize(
    "text",
    [
        "Kenyan police killed four al-Shabaab suspects in Lamu on Friday and seized two AK-47 rifles.",
        "Soldiers killed six bandits in Zamfara on Sunday and recovered three motorcycles.",
        "Troops shot dead two rebels near Goma and seized a machine gun, the army said.",
        "Security forces killed two militants in Kupwara and seized arms and ammunition.",
        "Rebels killed nine soldiers in Djibo and seized their weapons.",
        "Police seized two tonnes of cocaine in Callao on Monday and shot dead one of the traffickers.",
        "The army killed five fighters in an ambush in Samar on Monday and captured two of their rifles.",
    ],
)
def test_who_was_killed_is_never_counted_by_a_seizure(text: str, reader: str) -> None:
    killed = [a for a in coded(text, reader) if any(what == "killed" for what, _ in figures(a))]
    assert [a.type in types.FORCE for a in killed] == [True]


@READERS
@pytest.mark.parametrize(
    "text",
    [
        "Boko Haram has stepped up attacks in Borno state.",
        "Attacks on Christians in Manipur have surged.",
        "The PKK intensified its attacks after the talks failed.",
        "ADF rebels have escalated raids on villages in Ituri.",
        "Israel has increased air strikes on Gaza.",
        "Militants are expanding attacks into Benin.",
        "Kidnappings of priests continue in Nigeria.",
    ],
)
def test_more_and_fewer_of_many_is_no_happening(text: str, reader: str) -> None:
    assert coded(text, reader) == ()


@READERS
@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Attacks rose to 40 in May from 12 in April, the United Nations said.", "attack"),
        ("Rebels stepped up attacks on Monday, shelling three villages near Goma.", "shelling"),
    ],
)
def test_what_is_counted_or_has_a_day_happened(text: str, type_: str, reader: str) -> None:
    assert type_ in {a.type for a in coded(text, reader)}


def test_the_deed_beside_a_general_statement_is_told() -> None:
    text = (
        "BAMAKO, Nov 23, 2026 (AFP) - Gunmen on motorbikes killed at least 17 villagers in central Mali's Bandiagara "
        "region on Saturday, local officials told AFP on Monday. The JNIM group has stepped up attacks."
    )
    (massacre,) = coded(text, "learned")
    assert massacre.when is not None and massacre.when.start == "2026-11-21"
    assert ("killed", 17) in figures(massacre)


@pytest.mark.parametrize("victims", ["two Taliban fighters", "two soldiers", "five villagers"])
@pytest.mark.parametrize("place", ["Kabul", "Djibo", "Maiduguri", "Mosul"])
@pytest.mark.parametrize("frame", ["A roadside bomb killed {} in {}", "Gunmen killed {} in {}"])
def test_a_day_makes_no_report_less_sure(frame: str, victims: str, place: str) -> None:
    said = frame.format(victims, place)
    dated = coded(f"{said} on Wednesday, police said.", "learned")
    undated = coded(f"{said}, police said.", "learned")
    assert dated and max(a.confidence for a in dated) >= max((a.confidence for a in undated), default=0.0) - 0.1


@READERS
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('The army said it killed 12 "terrorists" in an air strike near Douentza.', '12 "terrorists"'),
        ("Police arrested nine “extremists” in Dhaka on Monday.", "nine “extremists”"),
        ("Troops killed six 'bandits' in Zamfara, the governor said.", "six 'bandits'"),
    ],
)
def test_a_quotation_is_whole(text: str, words: str, reader: str) -> None:
    (account,) = coded(text, reader)
    assert words in {a.text for a in account.actors} and words in {c.text for c in account.counts}
    assert all(a.name.count('"') != 1 for a in account.actors)


@READERS
def test_members_of_a_group_are_of_its_kind(reader: str) -> None:
    (account,) = coded("Police detained 115 suspected Islamic State members in Ankara last week.", reader)
    assert {(a.id, a.kind) for a in account.actors if a.role == "target"} == {("islamic-state", "armed_group")}


@READERS
def test_who_is_told_does_not_say_it(reader: str) -> None:
    (account,) = coded("Gunmen killed 17 villagers near Bandiagara, local officials told AFP.", reader)
    assert [s.name for s in account.said_by] == ["local officials"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("A bomb killed three people in the Pakistani city of Wana on Monday.", ("killed", 3)),
        ("A bomb wounded six in northern Sinai on Monday.", ("wounded", 6)),
        ("A landmine killed two farmers near Taiz.", ("killed", 2)),
        ("Shells killed a teacher in Kherson on Tuesday.", ("killed", 1)),
    ],
)
@READERS
def test_one_plain_sentence_is_an_account(text: str, what: tuple[str, int], reader: str) -> None:
    (account,) = coded(text, reader)
    assert what in figures(account)


@READERS
def test_a_place_comes_with_what_the_words_put_it_in(reader: str) -> None:
    def where(text: str) -> list[tuple[str | None, str | None]]:
        (account,) = coded(text, reader)
        return [(place.name, place.country) for place in account.where]

    wana = where("A suicide bomber attacked a checkpoint in the Pakistani city of Wana on Monday, killing three.")
    assert wana[-2:] == [("Wana", "PK"), ("Pakistan", "PK")]
    tehran = where("Police arrested two hikers in Tehran, Iran, on Monday.")
    assert tehran == [("Tehran", "IR"), ("Iran", "IR")]


SECTIONS = """Strikes of the coalition

Syria

- Near Mar'a, one airstrike struck a tactical unit.
- Near Manbij, two airstrikes destroyed three vehicles.

Iraq

- Near Sinjar, two airstrikes struck fighters.
"""


@READERS
def test_a_country_that_heads_a_section_is_where_its_items_were(reader: str) -> None:
    lands = [{place.country for place in a.where} for a in coded(SECTIONS, reader)]
    named = [[place.name for place in a.where][-1] for a in coded(SECTIONS, reader)]
    assert (lands, named) == ([{"SY"}, {"SY"}, {"IQ"}], ["Syria", "Syria", "Iraq"])


CUES = """[06:03.480] The army said on Sunday that rebels had
[06:09.540] attacked a convoy near Goma and
[06:15.960] killed nine soldiers. It was the third attack.
[06:19.100] Police arrested two men in Bukavu.
"""
SUBTITLES = """1
00:00:01,000 --> 00:00:04,000
The army said that rebels had

2
00:00:04,100 --> 00:00:07,000
attacked a convoy near Goma and killed nine soldiers.

3
00:00:07,500 --> 00:00:09,000
Police arrested two men in Bukavu.
"""
WEB_SUBTITLES = """WEBVTT - Kivu today

00:00:01.000 --> 00:00:04.000 align:start position:0%
The army said that rebels had

00:00:04.100 --> 00:00:07.000 align:start position:0%
attacked a convoy near Goma and killed nine soldiers.

00:00:07.500 --> 00:00:09.000 line:90%
Police arrested two men in Bukavu.
"""


@READERS
@pytest.mark.parametrize("text", [CUES, SUBTITLES, WEB_SUBTITLES])
def test_time_codes_of_a_recording_are_no_times(text: str, reader: str) -> None:
    accounts = coded(text, reader)
    attack = next(a for a in accounts if a.type == "attack")
    assert ("killed", 9) in figures(attack)
    assert all(a.when is None or a.when.start == "2026-11-22" for a in accounts)


def test_a_web_subtitle_holds_only_what_is_said() -> None:
    assert [" ".join(s.text.split()) for s in Document.of(WEB_SUBTITLES).sentences] == [
        "The army said that rebels had attacked a convoy near Goma and killed nine soldiers.",
        "Police arrested two men in Bukavu.",
    ]


@READERS
@pytest.mark.parametrize(
    "text",
    [
        "- 2011 Syrian uprising: Army tanks shell a suburb of Homs, killing at least five people.",
        "- Somali Civil War (2006): Heavy fighting broke out in central Somalia, officials said.",
        "April 2015 Jalalabad suicide bombing\n- A suicide bomber strikes a bank in Jalalabad, killing at least 33.",
    ],
)
def test_a_year_in_the_name_of_an_item_dates_nothing(text: str, reader: str) -> None:
    accounts = coded(text, reader)
    assert accounts and all(a.when is None for a in accounts)


@READERS
def test_a_year_in_the_name_of_the_deed_dates_it(reader: str) -> None:
    (account,) = coded("Rebels remembered the 2002 Bali bombings, which killed 202 people.", reader)
    assert account.when is not None and account.when.start == "2002-01-01"


@READERS
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Gunmen killed a priest, his wife and a guard in Kidal on Monday.", ("killed", 3)),
        ("The blast wounded the mayor, his driver and three guards in Kidal on Monday.", ("wounded", 5)),
        ("Two women, a child and their driver were killed when a mine exploded near Taiz on Monday.", ("killed", 4)),
        ("Rebels kidnapped a priest and nine of his pupils in Kidal on Monday.", ("kidnapped", 10)),
        ("Police arrested Musa Bello and his brother in Abuja on Monday.", ("arrested", 2)),
    ],
)
def test_people_told_one_after_the_other_are_added_up(text: str, what: tuple[str, int], reader: str) -> None:
    (account,) = coded(text, reader)
    assert figures(account) == {what}


@READERS
def test_sides_are_counted_apart_and_sentences_count_nobody(reader: str) -> None:
    (bombing,) = coded("The blast killed two policemen and a child in Kidal on Monday.", reader)
    assert figures(bombing) == {("killed", 2), ("killed", 1)}
    sentences = coded("The perpetrator was condemned to two life sentences in Cape Town on Friday.", reader)
    assert ("sentenced", 2) not in {figure for account in sentences for figure in figures(account)}


@READERS
def test_who_is_handed_over_is_where_the_sending_country_is(reader: str) -> None:
    text = "A drug lord was extradited to the United States on Monday. He faces trial in the United States in May."
    places = [p.country for a in coded(text, reader) if a.type == "extradition" for p in a.where]
    assert places == []
    (account,) = coded("Colombia extradited a rebel commander to the United States on Monday.", reader)
    assert [place.country for place in account.where] == ["CO"]


@READERS
def test_a_sentence_goes_on_over_a_line_that_is_cut(reader: str) -> None:
    text = (
        "Police arrested two men in Kobo on Monday. A day earlier,\n"
        "troops had raided a village near Lodwar, killing 12\n"
        "people."
    )
    arrest, raid = coded(text, reader)
    assert raid.when is not None and raid.when.start == "2026-11-22"
    assert ("killed", 12) in figures(raid) and arrest.type == "arrest"


@READERS
@pytest.mark.parametrize(
    "opening",
    [
        "JAKARTA, Nov 24 - Indonesian police",
        "JAKARTA, Nov. 24 (Northline) -- Indonesian police",
        "Jakarta, Indonesia, 24 Nov - Indonesian police",
    ],
)
def test_a_dateline_with_a_day_and_no_year_names_nobody(opening: str, reader: str) -> None:
    (account,) = coded(f"{opening} said on Tuesday they had arrested five men in Surabaya.", reader)
    assert {actor.name for actor in account.actors if actor.role == "agent"} <= {"Indonesian police", "police"}
    assert "JAKARTA" not in {place.name for place in account.where} and "Jakarta" not in account.said_by
    assert figures(account) == {("arrested", 5)}


@READERS
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Gunmen shot dead a judge, his bodyguard and two guards in Kidal on Monday.", ("killed", 4)),
        ("Gunmen stormed a clinic in Kidal on Monday and killed a priest, his driver and two nurses.", ("killed", 4)),
        (
            "Gunmen stormed a clinic in Kidal on Monday and killed a priest, his sister, two nurses and a driver, the "
            "bishop of Gao said.",
            ("killed", 5),
        ),
        ("Bomb in Quetta kills five, not eight", ("killed", 5)),
        ("The blast in Quetta on Monday killed five people, not eight, police said.", ("killed", 5)),
        ("Gunmen killed not less than 20 people in a raid on Quetta on Monday.", ("killed", 20)),
    ],
)
def test_who_is_somebodys_is_one_more_and_a_refused_figure_none(text: str, what: tuple[str, int], reader: str) -> None:
    (account,) = coded(text, reader)
    assert figures(account) == {what}


@READERS
def test_no_sentence_ends_after_saint_in_a_double_name(reader: str) -> None:
    (account,) = coded("Musa Bello was arrested at Minneapolis-St. Paul International Airport on May 3, 2025.", reader)
    assert account.when is not None and account.when.start == "2025-05-03"


@READERS
def test_briefs_of_several_countries_keep_their_places(reader: str) -> None:
    text = (
        "Gunmen on Wednesday shot dead a judge outside a courthouse in Tripoli, Lebanon.\n\n"
        "Peru's navy seized 1.2 tonnes of cocaine aboard a boat off Callao on Monday and detained six crew.\n\n"
        "A roadside bomb wounded three soldiers in Turbat, Pakistan, on Tuesday, police said."
    )
    arrest = next(a for a in coded(text, reader) if a.type == "arrest")
    assert {place.country for place in arrest.where} == {"PE"}


@READERS
def test_whose_request_it_was_and_what_was_carried_are_no_places(reader: str) -> None:
    (arrest,) = coded("The suspect was arrested in Almeria in March at Rabat's request.", reader)
    assert {place.country for place in arrest.where} == {"ES"}
    (ambush,) = coded("Rebels ambushed a supply convoy near Djibo on Tuesday, killing 14 soldiers.", reader)
    assert [place.name for place in ambush.where] == ["Djibo"]


@READERS
def test_what_a_foiled_plan_was_for_is_the_nearest_feast(reader: str) -> None:
    text = "Police said on Tuesday they had foiled a plan to bomb churches in Surabaya on Christmas Eve."
    plot = next(a for a in coded(text, reader) if a.type == "plot")
    assert plot.when is not None and plot.when.start == "2026-12-24"


@READERS
def test_the_day_that_heads_an_item_is_no_part_of_a_name(reader: str) -> None:
    text = (
        "Chronology of the unrest in New Caledonia\n\nNov. 16 - Rioters set fire to three shops in Noumea.\n\n"
        "Nov. 17 - A 17-year-old is shot dead at a roadblock in Mont-Dore.\n\nNov. 18 - Police arrest 46 people."
    )
    names = {actor.name for account in coded(text, reader) for actor in account.actors}
    assert {"Rioters", "Police"} <= names
    assert not any(name.startswith(("-", "18", "Nov")) for name in names)


@READERS
def test_how_long_it_has_been_since_says_when(reader: str) -> None:
    (account,) = coded("It has been three days since rebels attacked the village of Kobo, killing nine.", reader)
    assert account.when is not None and account.when.start == "2026-11-23"


@READERS
def test_who_is_handed_over_is_not_where_the_deed_beside_it_was(reader: str) -> None:
    text = "Spain on Tuesday extradited to Morocco a man suspected of financing an attack on a depot in Casablanca."
    extradition = next(a for a in coded(text, reader) if a.type == "extradition")
    assert {place.country for place in extradition.where} == {"ES"}


def test_a_headline_does_not_go_on_in_a_name_with_a_small_letter() -> None:
    text = "Dozens killed as bombers hit a hotel in the town of Kobo\nal-Shabaab fighters stormed a hotel on Sunday."
    assert [s.text for s in Document.of(text).sentences] == text.split("\n")


@READERS
def test_all_places_of_a_list_are_where_it_was_and_not_the_town_where_somebody_spoke(reader: str) -> None:
    text = (
        "Army units clashed with rebels near Goma, Sake and Kibumba on Friday, killing nine fighters, "
        "a spokesman said in Kinshasa."
    )
    (account,) = coded(text, reader)
    names = {place.name for place in account.where}
    assert {"Goma", "Kibumba"} <= names and "Kinshasa" not in names


@READERS
def test_a_line_among_the_items_of_a_chronicle_has_the_day_of_its_header(reader: str) -> None:
    text = (
        "October 21, 2012\n\nArmed conflicts\n- Police arrested two men in Kuwait. (Post)\n"
        "A bomb killed six people in Bissau. (Post)\n- A bomb killed three people in Aleppo. (Post)\n"
    )
    accounts = coded(text, reader)
    assert {account.when and account.when.start for account in accounts} == {"2012-10-21"}


def all_figures(text: str, reader: str) -> set[tuple[str, int | None]]:
    return {figure for account in coded(text, reader) for figure in figures(account)}


def who(text: str, reader: str, role: str) -> set[str | None]:
    return {a.id or a.name for account in coded(text, reader) for a in account.actors if a.role == role}


@READERS
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Gunmen kill thirteen people and wound fifteen at a party in Toluca.", {("killed", 13), ("wounded", 15)}),
        ("Thirteen Maoists, including five women, surrendered to police in Sukma on Monday.", {("surrendered", 13)}),
        ("A Boko Haram bomb maker surrendered with his two wives in Bama on Monday.", {("surrendered", 3)}),
        ("Police arrested a man with his two sons in Jos on Monday.", {("arrested", 3)}),
        ("A court issued a warrant for the arrest of militia chief Musa Kosti on Monday.", {("wanted", 1)}),
    ],
)
def test_a_figure_counts_all_whom_its_words_name(text: str, told: set[tuple[str, int]], reader: str) -> None:
    assert told <= all_figures(text, reader)


def test_somebody_named_after_an_unknown_title_is_counted() -> None:
    text = "A court in Dakar sentenced former ruler Omar Fall to ten years on Monday."
    assert all_figures(text, "learned") == {("sentenced", 1)}


@READERS
def test_a_number_in_a_name_counts_nobody(reader: str) -> None:
    told = all_figures("Fighters of Guerrilla Front 12 burned a mill in Baganga on Monday.", reader)
    assert not any(number == 12 for _, number in told)


@READERS
def test_from_to_before_people_is_a_range(reader: str) -> None:
    accounts = coded("From 18 to 43 people were killed by a car bomb in Homs on Monday.", reader)
    assert [(c.low, c.high) for a in accounts for c in a.counts if c.what == "killed"] == [(18, 43)]


@READERS
def test_headlines_of_other_stories_are_not_told(reader: str) -> None:
    text = (
        "Police in Lagos arrested three men on Sunday.\n\nRead also: Ten killed in Jos church attack\n\n"
        "The men will be charged, a spokesman said."
    )
    assert ("killed", 10) not in all_figures(text, reader)


@READERS
def test_a_mine_where_people_dig_is_no_weapon(reader: str) -> None:
    accounts = coded("Rebels attacked a gold mine at Ndassima on Friday and killed two miners.", reader)
    assert accounts and not any("mine" in a.method or a.items for a in accounts)


@READERS
@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("The Taliban denied any role in Monday's bombing of a school in Kabul, which killed five pupils.", set()),
        ("A teacher and his three sons were killed by shelling in Sumy on Monday.", set()),
        ("Russian gunfire wounded a farmer near Sumy on Monday.", {"Russia"}),
        ("Hezbollah said its fighters attacked an army post near Tyre on Monday.", {"hezbollah"}),
    ],
)
def test_only_those_who_did_it_are_its_doers(text: str, agents: set[str], reader: str) -> None:
    assert coded(text, reader)
    assert who(text, reader, "agent") == agents


@READERS
def test_fighters_after_a_long_name_with_its_short_form_are_counted_and_of_the_group(reader: str) -> None:
    text = (
        "Three People's Liberation Front of India (PLFI) cadres were killed in a clash with police in Khunti on Monday."
    )
    assert ("killed", 3) in all_figures(text, reader) and ("killed", 1) not in all_figures(text, reader)
    assert "plfi" in who(text, reader, "victim")


@READERS
def test_a_controlled_explosion_makes_a_device_safe(reader: str) -> None:
    text = "Bomb experts blew up a suspicious parcel outside a court in Naples on Monday in a controlled explosion."
    assert [a.type for a in coded(text, reader)] == ["disarmament"]
