"""Searching: what is found, and that nothing anybody types is a wrong query."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.reports import searching
from ledger.reports.searching import SEARCHED, index_names, query_of, search, search_names


def ids(small: sqlite3.Connection, kind: str, words: str) -> list[str]:
    """Return the ids of what is found."""
    return [hit.thing.id for hit in search(small, kind, words).hits]


@pytest.mark.parametrize("words", ["Goïta", "goita", "GOITA", "Goi\u0308ta"])
def test_accents_and_capitals_make_no_difference(words: str, small: sqlite3.Connection) -> None:
    assert ids(small, "claims", words) == ["deaths-500"]


def test_english_endings_make_no_difference(small: sqlite3.Connection) -> None:
    assert ids(small, "claims", "kill soldier") == ["killers-army"]


def test_all_the_words_must_be_there_in_any_order(small: sqlite3.Connection) -> None:
    assert ids(small, "claims", "uniform rebels") == ["killers-rebels"]
    assert ids(small, "claims", "uniform soldiers") == []


def test_words_between_quotes_stand_together(small: sqlite3.Connection) -> None:
    assert ids(small, "claims", '"Rebels in uniform"') == ["killers-rebels"]
    assert ids(small, "claims", '"uniform rebels"') == []
    assert ids(small, "claims", '"in uniform') == ["killers-rebels"]


@pytest.mark.parametrize(
    ("kind", "words", "found"),
    [
        ("questions", "killed people", ["deaths"]),
        ("outlets", "goita", ["radio"]),
        ("outlets", "daily", ["daily"]),
        ("actors", "brigades", ["brigade"]),
        ("places", "mopti", ["mopti"]),
        ("dossiers", "village killing", ["village-2022"]),
        ("documents", "page", ["page"]),
    ],
)
def test_what_has_a_name_is_found_as_claims_are(
    kind: str, words: str, found: list[str], small: sqlite3.Connection
) -> None:
    assert ids(small, kind, words) == found


def test_an_alias_leads_to_its_outlet(small: sqlite3.Connection) -> None:
    (hit,) = search(small, "outlets", "daily", marks=("[", "]")).hits
    assert hit.marked == {"name": "The [Daily]", "aliases": "[Daily]"}


def test_matches_are_marked_and_nothing_else_is_changed(small: sqlite3.Connection) -> None:
    (hit,) = search(small, "claims", "goita", marks=("[", "]")).hits
    assert hit.marked == {"text": "More than 500 people were killed, says [Goïta]."}
    assert hit.thing.text == "More than 500 people were killed, says Goïta."


def test_a_limit_keeps_the_best_and_tells_how_many_there_are(
    small: sqlite3.Connection,
) -> None:
    found = search(small, "claims", "killed", 1)
    assert (len(found.hits), found.total) == (1, 4)


def test_of_questions_those_in_dispute_come_first(database: Path) -> None:
    with closing(sqlite3.connect(database)) as small:
        # One that is not disputed and matches best: it says the word and nothing else.
        small.execute("UPDATE questions SET asks = 'Killed?', state = 'agreed' WHERE id = 'deaths'")
        assert ids(small, "questions", "killed") == ["killers", "deaths"]
        (found,) = search(small, "questions", "killed", 1).hits
        assert found.thing.id == "killers"
        small.execute("UPDATE questions SET state = 'disputed' WHERE id = 'deaths'")
        assert ids(small, "questions", "killed") == ["deaths", "killers"]


def test_of_claims_with_a_common_word_the_most_contested_come_first(
    small: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "COMMON", 2)
    sql = (
        "SELECT c.id FROM claims_fts f JOIN claims c ON c.rowid = f.rowid "
        "WHERE claims_fts MATCH 'killed' ORDER BY c.turn"
    )
    contested = [name for (name,) in small.execute(sql)]
    for limit in (1, 3):
        found = search(small, "claims", "killed", limit)
        assert [hit.thing.id for hit in found.hits] == contested[:limit]
        assert found.total == len(contested) == 4
    monkeypatch.setattr(searching, "CONTESTED", searching.CONTESTED.replace("LIMIT 400", "LIMIT 0"))
    assert len(search(small, "claims", "killed", 3).hits) == 3


@pytest.mark.parametrize("kind", SEARCHED)
@pytest.mark.parametrize("words", ["", "   ", '"', '""', "*", "- ( ) ^ :", "\0"])
def test_what_has_no_words_finds_nothing(words: str, kind: str, small: sqlite3.Connection) -> None:
    assert search(small, kind, words).total == 0


@pytest.mark.parametrize(
    "words",
    [
        "NEAR(",
        "a AND",
        "OR NOT",
        "text:killed",
        "{text}: x",
        'a" OR *',
        "kill*",
        "a\0b",
        "^a",
    ],
)
def test_what_is_syntax_elsewhere_is_words_here(words: str, small: sqlite3.Connection) -> None:
    for kind in SEARCHED:
        search(small, kind, words)


@given(st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_a_wrong_query(words: str) -> None:
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute("CREATE VIRTUAL TABLE names USING fts5(name, tokenize='porter unicode61')")
        if query := query_of(words):
            index.execute("SELECT * FROM names WHERE names MATCH ?", [query]).fetchall()


def test_names_are_split_into_words_as_the_index_of_claims_does(database: Path) -> None:
    with closing(sqlite3.connect(database)) as small:
        (sql,) = small.execute("SELECT sql FROM sqlite_master WHERE name = 'claims_fts'").fetchone()
    assert "tokenize='porter unicode61 remove_diacritics 2'" in sql


def test_an_index_of_names_that_is_kept_finds_what_a_search_finds(
    small: sqlite3.Connection,
) -> None:
    marks = ("[", "]")
    for kind in sorted(SEARCHED.keys() - {"claims"}):
        names = index_names(small, kind)
        with closing(names.index):
            for words in ("killed people", "goita", "page", "", '"'):
                found = search_names(names, words, 1, marks)
                assert found == search(small, kind, words, 1, marks)
