"""Names: which outlet each stands for, and that none is ever taken for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.records import Outlet, is_slug
from ledger.texts.resolve import Names, key_of, slug_of, split_names
from tests.texts.register import NAMES, OUTLETS


@pytest.mark.parametrize(
    ("printed", "outlet"),
    [
        ("National", "national"),
        ("the national", "national"),
        ("National Interest", "national-interest"),
        ("Times", "times"),
        ("New York  Times", "new-york-times"),
        ("New\xa0York Times", "new-york-times"),
        ("United Nations", "united-nations"),
        ("UN MINUSMA", "un-minusma"),
        ("U. N. Security Council", "un-security-council"),
        ("Agence France Presse", "afp"),
        ("A.F.P.", "afp"),
        ("Ministere De La Defense", "defence"),
        ("US News and World Report.", "us-news"),
        ("Coastal News Aggregator", "aggregator"),
    ],
)
def test_a_name_stands_for_its_outlet_whatever_its_case_spaces_accents(
    printed: str, outlet: str
) -> None:
    assert NAMES.outlet(printed) == outlet


@pytest.mark.parametrize(
    "printed",
    ["Reuter", "Nationals", "Nation", "York Times", "Security Council", "U.N.", "Times of Mali"],
)
def test_a_name_that_only_looks_alike_stands_for_none(printed: str) -> None:
    assert NAMES.outlet(printed) is None


@pytest.mark.parametrize(
    ("printed", "offered"), [("Reuter", "reuters"), ("New York Time", "new-york-times")]
)
def test_a_near_match_is_offered(printed: str, offered: str) -> None:
    assert NAMES.offered(printed)[0] == offered


def test_nothing_is_offered_for_what_is_like_nothing() -> None:
    assert NAMES.offered("Zzyzx") == []


def test_a_name_of_two_outlets_stands_for_neither_and_both_are_offered() -> None:
    names = Names({"uk": Outlet(name="The Sun"), "ng": Outlet(name="Sun News", aliases=("Sun.",))})
    assert names.outlet("SUN") is None
    assert names.is_ambiguous("SUN")
    assert set(names.offered("SUN")) == {"uk", "ng"}


def test_a_name_as_it_is_written_comes_before_one_that_is_only_alike() -> None:
    names = Names({"ae": Outlet(name="The National"), "scot": Outlet(name="National")})
    assert (names.outlet("The National"), names.outlet("National")) == ("ae", "scot")
    assert names.outlet("NATIONAL") is None


def test_letters_of_other_scripts_keep_their_marks() -> None:
    assert key_of("Край") != key_of("Краи")
    assert key_of("Известия") == key_of("ИЗВЕСТИЯ")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("U.S. News & World Report", "us-news-world-report"),
        ("Ministère De La Defense", "ministere-de-la-defense"),
        ("aBamako.com", "abamako-com"),
        ("The Hill", "the-hill"),
        ("People's Daily", "peoples-daily"),
        ("France 24", "france-24"),
    ],
)
def test_a_new_outlet_has_its_name_as_its_id(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text(min_size=1))
def test_every_name_gives_an_id(name: str) -> None:
    assert is_slug(slug_of(name))


@given(st.sampled_from(sorted(OUTLETS)), st.text(" .,'-\xa0", max_size=3))
def test_case_and_punctuation_around_a_name_change_nothing(outlet: str, around: str) -> None:
    name = OUTLETS[outlet].name
    assert NAMES.outlet(f"{around}{name.upper()}{around}") == outlet


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("Reuters, Reuters", ["Reuters", "Reuters"]),
        ("Reuters; AFP ,Times,", ["Reuters", "AFP", "Times"]),
        ("Institute for Peace, War and Weather, AFP", [OUTLETS["institute"].name, "AFP"]),
        ("AFP, Reuters and Times", ["AFP", "Reuters", "Times"]),
        ("AFP, and Times", ["AFP", "Times"]),
        ("U.S. News & World Report", ["U.S. News & World Report"]),
        ("Sand and Stone, AFP", ["Sand and Stone", "AFP"]),
        ("Agency (Paris, Rome), AFP", ["Agency (Paris, Rome)", "AFP"]),
        (" , ", []),
    ],
)
def test_a_list_is_parted_unless_the_register_knows_the_whole(
    listed: str, names: list[str]
) -> None:
    assert split_names(listed, NAMES.knows) == names
