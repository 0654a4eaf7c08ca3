"""Adding a claim: its place, its id, and what its value means in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from ledger.build import check_folder
from ledger.draft import Placed, Registers
from ledger.edit import editing
from ledger.edit.adding import add_claim, propose_id, read_back
from ledger.edit.catalogue import Asks, Catalogue
from ledger.problems import Place
from ledger.read.yaml_file import Data
from ledger.records import Actor, PlaceRecord
from ledger.values import UnreadableValue
from ledger.words import Answer
from tests.small import DOSSIER

VILLAGE: Final = "mali/village-2022.yaml"

CLAIM: Final[dict[str, Data]] = {
    "value": "~400",
    "found": "page#2",
    "text": "So: 400.",
    "id": "new",
    "question": "deaths",
}


def test_a_claim_is_written_at_the_end_with_its_keys_in_order(claims: Path, database: Path) -> None:
    with editing(claims, database) as edit:
        place = add_claim(edit, VILLAGE, CLAIM)
        edit.write()
    added = '\n- id: new\n  text: "So: 400."\n  question: deaths\n  value: ~400\n  found: page#2\n'
    assert (claims / VILLAGE).read_text(encoding="utf-8") == DOSSIER + added
    assert place == Place(VILLAGE, DOSSIER.count("\n") + 2)
    assert [one.level for one in check_folder(claims)] == ["remark"]


@pytest.mark.parametrize("text", ["title: T\n", "title: T\nclaims:\n", "title: T\nclaims: []\n"])
def test_the_first_claim_of_a_dossier_begins_the_list(claims: Path, text: str) -> None:
    (claims / "new.yaml").write_text(text, encoding="utf-8")
    with editing(claims) as edit:
        place = add_claim(edit, "new.yaml", CLAIM)
        edit.write()
    lines = (claims / "new.yaml").read_text(encoding="utf-8").splitlines()
    # Where the list is new, it is set off by a blank line; where it was begun, it stays there.
    assert [line for line in lines if line][:3] == ["title: T", "claims:", "- id: new"]
    assert ("" in lines) == (text == "title: T\n")
    assert lines[place.line - 1] == "- id: new"


def test_an_id_is_what_is_asked_and_who_says_it_and_a_number_where_that_is_taken() -> None:
    taken = {"deaths-un", "deaths-un-2"}
    assert propose_id("deaths", "UN", taken.__contains__) == "deaths-un-3"
    assert propose_id("deaths", "Radio Goïta", taken.__contains__) == "deaths-radio-goita"
    assert propose_id("deaths", "", taken.__contains__) == "deaths"


CATALOGUE: Final = Catalogue(
    Registers(
        actors={"army": Placed(Actor(name="The Army"), Place("actors.yaml"))},
        places={"town": Placed(PlaceRecord(name="A Town"), Place("places.yaml"))},
    )
)


@pytest.mark.parametrize(
    ("answer", "written", "words"),
    [
        ("quantity", "300", "300 people"),
        ("quantity", "~300", "about 300: 270 to 330 people"),
        ("quantity", "500+", "500 or more people"),
        ("quantity", ">500", "more than 500 people"),
        ("quantity", "<=170", "up to 170 people"),
        ("quantity", "<170", "fewer than 170 people"),
        ("quantity", "~500+", "about 500 or more: at least 450 people"),
        ("quantity", "0..5", "0 to 5 people"),
        ("quantity", "1,500", "1,500 people"),
        ("quantity", "1 500", "1 500: 1,500 people"),
        ("quantity", "1..2 million", "1 to 2 million: 1,000,000 to 2,000,000 people"),
        ("date", "[2021,2023]", "2021 or 2023: 2 stretches of days from 2021-01-01 to 2023-12-31"),
        ("date", "2022-XX-15", "2022-XX-15: 12 stretches of days from 2022-01-15 to 2022-12-15"),
        ("quantity", "1.0", "1.0: 1 people"),
        ("date", "2022-03-27", "27 March 2022"),
        ("date", "2022-03", "March 2022: 2022-03-01 to 2022-03-31"),
        ("date", "2022-03/..", "March 2022 or later: 2022-03-01 to open"),
        ("actor", "army", "The Army"),
        ("place", "not town", "not A Town"),
        ("yes-no", "yes", "yes"),
        ("text", "So it was", "So it was"),
    ],
)
def test_a_value_is_said_back_in_words(answer: Answer, written: str, words: str) -> None:
    asks = Asks("Asked?", answer, "people", (), 0.1, "dossier", VILLAGE, "")
    assert read_back(written, asks, CATALOGUE) == words


def test_vague_words_are_said_back_as_the_database_was_built() -> None:
    asks = Asks("Asked?", "quantity", "people", (), 0.1, "dossier", VILLAGE, "")
    assert read_back("dozens", asks, CATALOGUE) == "dozens: 24 to 199 people"
    acled = replace(CATALOGUE, coding="acled")
    assert read_back("dozens", asks, acled) == "dozens: 12 people"


def test_a_value_that_is_no_answer_is_refused() -> None:
    asks = Asks("Asked?", "quantity", "people", (), 0.1, "dossier", VILLAGE, "")
    with pytest.raises(UnreadableValue):
        read_back("a few or more", asks, CATALOGUE)
