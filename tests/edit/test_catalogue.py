"""The catalogue: what a claim can name, as the files have it now."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ledger.edit.catalogue import Catalogue, read_catalogue
from ledger.kept import open_kept
from ledger.values import Asked
from tests.small import DOSSIER, OUTLETS

VILLAGE: Final = "mali/village-2022.yaml"


def catalogue_of(claims: Path, database: Path, texts: dict[str, bytes] | None = None) -> Catalogue:
    with open_kept(claims, database) as index:
        return read_catalogue(index, texts)


def test_the_same_is_told_with_a_database_and_without(claims: Path, database: Path) -> None:
    known = catalogue_of(claims, database)
    read = catalogue_of(claims, claims / "none.db")
    assert known.questions == read.questions
    assert known.dossiers == read.dossiers == {"village-2022": ("Killings at a village", VILLAGE)}
    assert known.registers.actors.keys() == read.registers.actors.keys()
    asks = known.questions["deaths"]
    assert (asks.asks, asks.unit, asks.path) == ("How many people were killed?", "people", VILLAGE)
    assert asks.asked("range") == Asked("quantity", (), 0.1, "range")


def test_options_are_read_from_both(claims: Path, database: Path) -> None:
    more = DOSSIER.replace(
        "questions:", "questions:\n  end: {asks: How?, answer: choice, options: [won, lost]}"
    )
    (claims / VILLAGE).write_text(more, encoding="utf-8")
    options = catalogue_of(claims, database).questions["end"].options
    assert options == catalogue_of(claims, claims / "none.db").questions["end"].options
    assert options == ("won", "lost")


def test_what_changed_moved_or_went_since_the_build_is_as_the_files_have_it(
    claims: Path, database: Path
) -> None:
    (claims / VILLAGE).rename(claims / "village-2022.yaml")
    moved = catalogue_of(claims, database)
    assert (
        moved.questions["deaths"].path == moved.dossiers["village-2022"][1] == "village-2022.yaml"
    )
    (claims / "village-2022.yaml").unlink()
    assert catalogue_of(claims, database).questions == {}
    assert catalogue_of(claims, database).dossiers == {}


def test_what_files_would_hold_is_there_already(claims: Path, database: Path) -> None:
    texts = {
        "outlets.yaml": f"{OUTLETS}new: {{name: New}}\n".encode(),
        VILLAGE: DOSSIER.replace("  killers:", "  culprits:", 1).encode(),
        "other.yaml": b"title: Other\n",
    }
    would = catalogue_of(claims, database, texts)
    assert "new" in would.names("outlet")
    assert would.questions.keys() == {"deaths", "culprits"}
    assert would.dossiers["other"] == ("Other", "other.yaml")
    assert "new" not in catalogue_of(claims, database).names("outlet")


def test_names_are_those_of_the_register_and_aliases(claims: Path, database: Path) -> None:
    catalogue = catalogue_of(claims, database)
    assert catalogue.names("outlet")["daily"] == ("The Daily", "Daily")
    assert catalogue.names("actor")["army"] == ("The Army",)
    assert catalogue.names("place")["mopti"] == ("Mopti Region",)
    assert catalogue.names("document") == {"page": ("The Page",)}


def test_what_is_added_to_a_catalogue_is_not_taken_for_written(
    claims: Path, database: Path
) -> None:
    with open_kept(claims, database) as index:
        catalogue = read_catalogue(index)
        del catalogue.registers.outlets["daily"]
        assert "daily" in read_catalogue(index).names("outlet")
