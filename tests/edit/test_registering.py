"""Where new entries, dossiers and questions are written."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from ledger.build import check_folder
from ledger.edit import editing
from ledger.edit.registering import ask, begin_dossier, register, register_path
from ledger.problems import LedgerError, Place
from ledger.read.yaml_file import Data
from tests.small import ACTORS, OUTLETS

VILLAGE: Final = "mali/village-2022.yaml"


def test_an_entry_goes_to_the_end_unless_the_register_is_in_order(
    claims: Path, database: Path
) -> None:
    (claims / "actors.yaml").write_text(ACTORS.replace("state: {", "zone: {name: Zone}\nstate: {"))
    with editing(claims, database) as edit:
        assert register(edit, "actor", "aid", {"name": "Aid"}) == Place("actors.yaml", 8)
        # The outlets stand in no order either: daily, wire, radio.
        assert register(edit, "outlet", "news", {"name": "News"}) == Place("outlets.yaml", 4)
        assert edit.texts["outlets.yaml"] == f"{OUTLETS}news:\n  name: News\n"
        edit.write()
    assert check_folder(claims) == []


def test_an_entry_takes_its_turn_in_a_register_in_order(claims: Path) -> None:
    text = "daily: {name: The Daily}\n\n# Agencies.\nradio: {name: R}\nwire: {name: Wire}\n"
    (claims / "outlets.yaml").write_text(text, encoding="utf-8")
    with editing(claims) as edit:
        assert register(edit, "outlet", "news", {"name": "News"}).line == 2
        assert edit.texts["outlets.yaml"] == text.replace("}\n\n", "}\nnews:\n  name: News\n\n")
        assert register(edit, "outlet", "abc", {"name": "ABC"}).line == 1


def test_of_several_registers_the_nearest_is_taken_and_where_there_is_none_one_is_begun(
    claims: Path,
) -> None:
    (claims / "places.yaml").rename(claims / "mali" / "places.yaml")
    (claims / "mali" / "outlets.yaml").touch()
    (claims / "documents.yaml").unlink()
    with editing(claims) as edit:
        assert register_path(edit, "place") == "mali/places.yaml"
        assert register_path(edit, "outlet") == "outlets.yaml"
        assert register(edit, "document", "text", {"title": "T"}) == Place("documents.yaml", 1)
        edit.commit()
    assert (claims / "documents.yaml").read_text(encoding="utf-8") == "text:\n  title: T\n"


def test_a_dossier_is_begun_with_its_head_and_never_over_another(claims: Path) -> None:
    with editing(claims) as edit:
        record: dict[str, Data] = {"title": "Floods: a title", "where": ["village"]}
        place = begin_dossier(edit, "new/floods.yaml", record, "# Kept by Ann.")
        assert place == Place("new/floods.yaml", 2)
        with pytest.raises(LedgerError, match=r"is there already$"):
            begin_dossier(edit, VILLAGE, {"title": "T"})
        edit.write()
    text = (claims / "new" / "floods.yaml").read_text(encoding="utf-8")
    assert text == '# Kept by Ann.\ntitle: "Floods: a title"\nwhere: [village]\n'


def test_a_question_is_asked_with_its_keys_in_order_before_the_claims(claims: Path) -> None:
    (claims / "new.yaml").write_text("# Head.\ntitle: T\nclaims: []\n", encoding="utf-8")
    with editing(claims) as edit:
        question: dict[str, Data] = {"unit": "people", "answer": "quantity", "asks": "How many?"}
        assert ask(edit, "new.yaml", "many", question) == Place("new.yaml", 5)
        assert ask(edit, VILLAGE, "why", {"answer": "text", "asks": "Why?"}).path == VILLAGE
        assert edit.texts["new.yaml"] == (
            "# Head.\ntitle: T\n\nquestions:\n  many:\n    asks: How many?\n"
            "    answer: quantity\n    unit: people\nclaims: []\n"
        )
        edit.write()
        with pytest.raises(LedgerError, match=r"holds claims only; name a dossier$"):
            ask(edit, "bulk.jsonl", "q", {})
    assert check_folder(claims) == []


def test_a_question_that_is_asked_already_is_not_written_over(claims: Path, database: Path) -> None:
    before = (claims / VILLAGE).read_text(encoding="utf-8")
    with editing(claims, database) as edit:
        with pytest.raises(LedgerError, match=f"^{VILLAGE} asks the question deaths already$"):
            ask(edit, VILLAGE, "deaths", {"asks": "Another?", "answer": "text"})
        with pytest.raises(LedgerError, match=r"^outlets.yaml has an entry daily already$"):
            register(edit, "outlet", "daily", {"name": "Another"})
        assert edit.changed() == {}
    assert (claims / VILLAGE).read_text(encoding="utf-8") == before
