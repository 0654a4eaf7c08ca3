"""Loading: what stands in the tables, who can read them, and that the same files give the same."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import duckdb
import duckdb_extension_sqlite_scanner  # type: ignore[import-untyped] # has no type hints
import pandas as pd  # type: ignore[import-untyped] # its hints are a package of their own
import pytest
import yaml

from ledger.build import build
from ledger.database.load import load
from ledger.database.schema import tables
from ledger.draft import open_draft
from ledger.problems import LedgerError
from ledger.read import read_folder
from ledger.weigh import weigh_draft
from tests.commands.running import ROOT, run
from tests.small import DOCUMENTS, DOSSIER, OUTLETS, SMALL, write_folder

CITED: Final = DOSSIER.replace(
    "  found: page#3\n",
    """\
  found: [page#1, page#2, page#3]
  cites:
  - {outlet: wire, title: A report, url: "https://wire.example/1", published: 2022-04-01, archived: "https://archive.example/1"}
  - {outlet: wire, stance: disputes}
""",
)
"""The small dossier, in which the last claim has citations of every scope."""

READ_BY: Final = "SELECT claim_a, claim_b FROM conflicts"

CONFLICTS: Final = [("deaths-300", "deaths-500"), ("killers-army", "killers-rebels")]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return the database of a small ledger with citations of every scope."""
    files = {**SMALL, "mali/village-2022.yaml": CITED}
    return built(write_folder(tmp_path / "claims", files), tmp_path / "ledger.db")


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the database."""
    with closing(sqlite3.connect(database)) as opened:
        yield opened


def built(claims: Path, database: Path) -> Path:
    """Build a database and return its path."""
    assert build(claims, database).problems == []
    return database


def content_of(database: Path, *, without: frozenset[str] = frozenset()) -> dict[str, list[Any]]:
    """Return every row of every table but those of the build and its files."""
    found = {}
    with closing(sqlite3.connect(database)) as connection:
        for table in tables():
            if table.name not in {"build", "files", "parsed_registers"}:
                columns = ", ".join(column for column in table.columns if column not in without)
                rows = connection.execute(f"SELECT {columns} FROM {table.name}")  # noqa: S608 # names of the schema
                found[table.name] = rows.fetchall()
    return found


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


STORED: Final = [table.name for table in tables() if table.kind == "table"]


@pytest.mark.parametrize("table", STORED)
def test_rows_lie_in_the_order_of_their_primary_keys(
    connection: sqlite3.Connection, table: str
) -> None:
    if table == "claims":
        ids = connection.execute("SELECT id FROM claims ORDER BY rowid").fetchall()
        assert ids == sorted(ids)
        return
    with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
        connection.execute(f"SELECT rowid FROM {table}")  # noqa: S608 # names of the schema


def test_a_claim_that_nobody_dates_has_the_year_of_its_answer_or_else_of_its_dossier(
    tmp_path: Path,
) -> None:
    asked = DOSSIER.replace("made: 2022-04-05", "made: 2021-04-05").replace(
        "\nclaims:", "\n  end: {asks: When did it end?, answer: date}\n\nclaims:"
    )
    claims = "".join(
        f"\n- {{id: {name}, text: A claim., question: end, value: {value}, found: page#3}}\n"
        for name, value in (("one", "2019-05"), ("two", "2018/2020"))
    )
    for when, year in (("2022-03", 2022), ("2022-12/2023-01", None)):
        dossier = asked.replace("when: 2022-03-27", f"when: {when}") + claims
        folder = write_folder(tmp_path / when[:7], {**SMALL, "mali/village-2022.yaml": dossier})
        with closing(sqlite3.connect(built(folder, tmp_path / "years.db"))) as connection:
            years = dict(connection.execute("SELECT id, year FROM claims"))
        assert years["deaths-300"] == 2021
        assert years["one"] == 2019
        assert years["two"] is None
        assert years["date-given"] == year


def test_a_citation_tells_what_it_was_cited_for(connection: sqlite3.Connection) -> None:
    sql = "SELECT outlet, document, paragraph, scope FROM citations WHERE claim = ? ORDER BY nth"
    assert connection.execute(sql, ["date-given"]).fetchall() == [
        ("wire", None, None, "claim"),
        ("wire", None, None, "claim"),
        ("daily", "page", 1, "document"),
        ("daily", "page", 2, "document"),
        ("daily", "page", 3, "document"),
    ]
    assert connection.execute(sql, ["deaths-300"]).fetchall() == [
        ("daily", "page", 2, "document"),
        ("wire", "page", 2, "paragraph"),
        ("wire", "page", 2, "paragraph"),
        ("radio", "page", 2, "paragraph"),
    ]


def test_a_documents_outlet_has_a_stance_and_those_of_a_paragraph_have_none(
    connection: sqlite3.Connection,
) -> None:
    sql = "SELECT DISTINCT scope, stance FROM citations WHERE scope <> 'claim' ORDER BY 1, 2"
    assert connection.execute(sql).fetchall() == [
        ("document", "mentions"),
        ("document", "supports"),
        ("paragraph", None),
    ]
    sql = """
    SELECT DISTINCT c.claimant = d.voice FROM citations s JOIN claims c ON c.id = s.claim
    JOIN documents d ON d.id = s.document WHERE s.scope = 'document' AND s.stance = ?
    """
    assert connection.execute(sql, ["supports"]).fetchall() == [(1,)]
    assert connection.execute(sql, ["mentions"]).fetchall() == [(0,)]


def test_a_claims_own_citations_keep_what_was_written(connection: sqlite3.Connection) -> None:
    sql = "SELECT title, url, published, archived, stance FROM citations WHERE scope = 'claim'"
    assert connection.execute(f"{sql} ORDER BY nth").fetchall() == [
        (
            "A report",
            "https://wire.example/1",
            "2022-04-01",
            "https://archive.example/1",
            "supports",
        ),
        (None, None, None, None, "disputes"),
    ]


def test_an_outlet_cited_twice_is_two_reports_but_one_outlet(
    connection: sqlite3.Connection,
) -> None:
    sql = "SELECT outlets, n_outlets, outlets_nearby, n_outlets_nearby FROM claims WHERE id = ?"
    told = connection.execute(sql, ["deaths-300"]).fetchone()
    assert told == ('["daily"]', 1, '["radio", "wire"]', 2)
    count = "SELECT count(*) FROM citations WHERE claim = 'deaths-300'"
    assert connection.execute(count).fetchone() == (4,)


def test_a_claim_appears_in_every_paragraph_it_was_found_in(
    connection: sqlite3.Connection,
) -> None:
    rows = connection.execute("SELECT * FROM appearances WHERE claim = 'killers-rebels'")
    assert rows.fetchall() == [
        ("killers-rebels", 0, "page", 2, None),
        ("killers-rebels", 1, "page", 3, None),
    ]


def test_a_claim_appears_in_a_document_as_a_whole_or_in_any_part_of_it(tmp_path: Path) -> None:
    places = "[page#page=4, page, page#page=4, page#3, page#t=0:31]"
    files = {**SMALL, "mali/village-2022.yaml": DOSSIER.replace("[page#2, page#3]", places)}
    database = built(write_folder(tmp_path / "claims", files), tmp_path / "ledger.db")
    with closing(sqlite3.connect(database)) as connection:
        sql = "SELECT nth, paragraph, locator FROM appearances WHERE claim = 'killers-rebels'"
        assert connection.execute(sql).fetchall() == [
            (0, None, "page=4"),
            (1, None, None),
            (2, 3, None),
            (3, None, "t=0:31"),
        ]
        counted = "SELECT number, n_claims FROM paragraphs WHERE document = 'page'"
        assert connection.execute(counted).fetchall() == [(1, 1), (2, 2), (3, 2)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


ASKED: Final = """\
title: Elsewhere
when: 2020
where: [village]
topics: [war]
questions:
  plain: {asks: A?, answer: text}
  own: {asks: B?, answer: text, when: 2018-05, where: [niamey], topics: [aid, war crimes]}
  none: {asks: C?, answer: text, where: [], topics: []}
claims:
- {id: on-plain, text: T., question: plain, found: page#1}
- {id: on-own, text: T., question: own, found: page#1, topics: [loss]}
- {id: on-none, text: T., question: none, found: page#1}
"""


def test_claims_are_about_what_their_question_is_wherever_they_stand(tmp_path: Path) -> None:
    files = {
        **SMALL,
        "places.yaml": SMALL["places.yaml"] + "niamey: {name: Niamey, country: NE}\n",
        "a-first.yaml": "title: First\ntopics: [trade]\nclaims:\n"
        "- {id: early, text: T., question: own, found: page#1}\n",
        "elsewhere.yaml": ASKED,
        "bulk.jsonl": '{"id": "far", "text": "T.", "question": "own", "found": "page"}\n',
    }
    database = built(write_folder(tmp_path / "claims", files), tmp_path / "ledger.db")
    with closing(sqlite3.connect(database)) as connection:
        told = connection.execute(
            "SELECT id, topics, countries, year FROM claims WHERE question IN "
            "('plain', 'own', 'none') ORDER BY id"
        )
        assert told.fetchall() == [
            ("early", '["aid", "war crimes"]', '["NE"]', 2018),
            ("far", '["aid", "war crimes"]', '["NE"]', 2018),
            ("on-none", "[]", "[]", 2020),
            ("on-own", '["aid", "loss", "war crimes"]', '["NE"]', 2018),
            ("on-plain", '["war"]', '["ML"]', 2020),
        ]
        for table, facts in (
            ("question_topics", [("own", "aid"), ("own", "war crimes"), ("plain", "war")]),
            ("question_countries", [("own", "NE"), ("plain", "ML")]),
        ):
            sql = f"SELECT * FROM {table} WHERE question IN ('plain', 'own', 'none')"  # noqa: S608 # two names
            assert connection.execute(sql).fetchall() == facts


def test_what_records_tell_of_themselves_stands_in_their_rows(tmp_path: Path) -> None:
    told = (
        "  url: https://a.example\n  retrieved: 2022-06\n  archived: https://b.example\n"
        "  language: pt-BR\n  licence: CC0-1.0\n  extent: excerpt\n"
    )
    question = (
        "  mood: {asks: How?, answer: choice, options: [calm, tense], answers: many, "
        "ordered: true, same_as: air, summary: Most agree., labels: {tense: Uneasy, calm: Quiet}}\n"
        "  air: {asks: How?, answer: choice, options: [calm, tense], answers: many, "
        "ordered: true}\n"
    )
    claims = (
        "- {id: tense, text: T., question: mood, value: tense, found: page, origins: unknown}\n"
        "- {id: calm, text: C., question: air, value: calm, found: page#1}\n"
    )
    files = {
        **SMALL,
        "documents.yaml": DOCUMENTS + told,
        "actors.yaml": SMALL["actors.yaml"].replace(
            "part_of: army", "part_of: army, independent: true"
        ),
        "mood.yaml": f"title: Mood\nquestions:\n{question}claims:\n{claims}",
    }
    database = built(write_folder(tmp_path / "claims", files), tmp_path / "ledger.db")
    asked = (
        (
            "retrieved, archived, language, licence, extent FROM documents",
            [("2022-06", "https://b.example", "pt-BR", "CC0-1.0", "excerpt")],
        ),
        ("id FROM actors WHERE independent = 1", [("brigade",)]),
        (
            "answers, ordered, same_as, summary, labels FROM questions WHERE id IN ('air', 'mood')",
            [
                ("many", 1, None, None, "{}"),
                ("many", 1, "air", "Most agree.", '{"calm": "Quiet", "tense": "Uneasy"}'),
            ],
        ),
    )
    with closing(sqlite3.connect(database)) as connection:
        for sql, rows in asked:
            assert connection.execute(f"SELECT {sql}").fetchall() == rows


def test_documents_are_counted_once_each(tmp_path: Path) -> None:
    leaf = "leaf: {title: A Leaf, outlet: wire, voice: page, paragraphs: {1: [wire], 2: [radio]}}\n"
    dossier = DOSSIER.replace("found: [page#2, page#3]", "found: [page#2, page#3, leaf#1, leaf#2]")
    again = """
- {id: killers-again, text: It was the army., question: killers, value: army, found: leaf#2}
- id: killers-gone
  text: It was the state.
  question: killers
  value: state
  found: note#1
  retracted: {on: 2023, because: A mistake.}
"""
    files = {
        "documents.yaml": f"{DOCUMENTS}{leaf}note: {{title: A Note, outlet: wire}}\n",
        "mali/village-2022.yaml": f"{dossier}{again}",
    }
    path = built(write_folder(tmp_path / "claims", {**SMALL, **files}), tmp_path / "ledger.db")
    with closing(sqlite3.connect(path)) as connection:
        counts = {
            table: dict(connection.execute(f"SELECT id, n_documents FROM {table}"))  # noqa: S608 # names of the schema
            for table in ("claims", "positions", "questions", "disputes", "contested_claims")
        }
    assert {one: n for one, n in counts["claims"].items() if one.startswith("killers")} == {
        "killers-again": 1,
        "killers-army": 1,
        "killers-gone": 1,
        "killers-rebels": 2,
    }
    assert counts["positions"] == {
        "deaths_deaths-300": 1,
        "deaths_deaths-500": 1,
        "killers_killers-again": 2,
        "killers_killers-rebels": 2,
    }
    assert counts["questions"] == counts["disputes"] == {"deaths": 1, "killers": 2}
    assert counts["contested_claims"]["killers-rebels"] == 2


def test_a_paragraph_counts_the_claims_read_in_it(connection: sqlite3.Connection) -> None:
    rows = connection.execute("SELECT number, outlets, n_claims FROM paragraphs")
    assert [(number, json.loads(outlets), n) for number, outlets, n in rows] == [
        (1, [], 2),
        (2, ["wire", "wire", "radio"], 4),
        (3, ["daily"], 2),
    ]


def test_a_document_without_a_list_has_the_paragraphs_that_were_read(tmp_path: Path) -> None:
    documents = "page: {title: The Page, outlet: daily, voice: page}\n"
    claims = write_folder(tmp_path / "claims", {**SMALL, "documents.yaml": documents})
    with closing(sqlite3.connect(built(claims, tmp_path / "ledger.db"))) as connection:
        rows = connection.execute("SELECT number, outlets, n_claims FROM paragraphs").fetchall()
    assert rows == [(1, "[]", 1), (2, "[]", 3), (3, "[]", 2)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Goita", ["deaths-500"]),
        ("Goïta", ["deaths-500"]),
        ("goïtá", ["deaths-500"]),
        ("kill", ["deaths-300", "deaths-500", "killers-army", "killers-rebels"]),
        ("soldier", ["killers-army"]),
        ("uniforms rebel", ["killers-rebels"]),
        ("elephants", []),
    ],
)
def test_search_folds_accents_and_finds_other_forms_of_a_word(
    connection: sqlite3.Connection, words: str, found: list[str]
) -> None:
    sql = (
        "SELECT id FROM claims WHERE rowid IN "
        "(SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?) ORDER BY id"
    )
    assert [name for (name,) in connection.execute(sql, [words])] == found


def test_contested_claims_are_those_in_an_open_conflict(connection: sqlite3.Connection) -> None:
    rows = connection.execute("SELECT id, asks, claimant_name FROM contested_claims ORDER BY id")
    assert rows.fetchall() == [
        ("deaths-300", "How many people were killed?", "Witnesses"),
        ("deaths-500", "How many people were killed?", "The Page"),
        ("killers-army", "Who killed them?", "Witnesses"),
        ("killers-rebels", "Who killed them?", "The State"),
    ]


def test_disputes_are_the_questions_whose_positions_exclude_each_other(
    connection: sqlite3.Connection,
) -> None:
    rows = connection.execute("SELECT id, state, n_positions, n_claims FROM disputes ORDER BY id")
    assert rows.fetchall() == [("deaths", "conflict", 2, 2), ("killers", "conflict", 2, 2)]


def test_claim_conflicts_show_each_conflict_from_both_ends(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        "SELECT claim, text, other, other_text FROM claim_conflicts ORDER BY claim"
    ).fetchall()
    assert [(row[0], row[2]) for row in rows] == [
        ("deaths-300", "deaths-500"),
        ("deaths-500", "deaths-300"),
        ("killers-army", "killers-rebels"),
        ("killers-rebels", "killers-army"),
    ]
    texts = dict(connection.execute("SELECT id, text FROM claims"))
    assert all((row[1], row[3]) == (texts[row[0]], texts[row[2]]) for row in rows)


def test_claim_sources_name_the_outlet_of_every_citation(connection: sqlite3.Connection) -> None:
    sql = "SELECT outlet_name, count(*) FROM claim_sources GROUP BY outlet_name"
    assert connection.execute(f"{sql} ORDER BY outlet_name").fetchall() == [
        ("Radio Goïta", 3),
        ("The Daily", 9),
        ("The Wire", 8),
    ]


def test_the_build_counts_what_the_tables_hold(connection: sqlite3.Connection) -> None:
    counted = {
        "n_claims": "claims",
        "n_citations": "citations",
        "n_contested": "contested_claims",
        "n_conflicts": "conflicts",
        "n_disputes": "disputes",
        "n_questions": "questions",
        "n_dossiers": "dossiers",
        "n_outlets": "outlets",
        "n_actors": "actors",
        "n_places": "places",
        "n_documents": "documents",
    }
    for column, table in counted.items():
        sql = f"SELECT (SELECT {column} FROM build) - (SELECT count(*) FROM {table})"  # noqa: S608 # names of the schema
        assert connection.execute(sql).fetchone() == (0,), column
    sql = "SELECT n_files, newest, built FROM build"
    assert connection.execute(sql).fetchall() == [(5, "2022-05-01", None)]


def test_a_reproducible_build_can_be_told_its_time(tmp_path: Path) -> None:
    claims = write_folder(tmp_path / "claims", SMALL)
    path = tmp_path / "ledger.db"
    ran = run("build", "--claims", claims, "--db", path, SOURCE_DATE_EPOCH="1700000000")
    assert ran.returncode == 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT built FROM build").fetchone() == ("2023-11-14T22:13:20Z",)


def test_sqlite_finds_nothing_wrong_with_the_file(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_link_that_leads_nowhere_stops_the_load(tmp_path: Path) -> None:
    files = {**SMALL, "mali/village-2022.yaml": DOSSIER.replace("claimant: state", "claimant: nil")}
    claims = write_folder(tmp_path / "claims", files)
    with open_draft(claims, str(tmp_path / "ledger.db")) as draft:
        read_folder(draft)
        weigh_draft(draft)
        with pytest.raises(LedgerError, match="1 links that lead nowhere"):
            load(draft, "0")


def test_pandas_reads_the_database(connection: sqlite3.Connection) -> None:
    frame = pd.read_sql(READ_BY, connection)
    assert list(frame.itertuples(index=False, name=None)) == CONFLICTS


def test_duckdb_reads_the_database(database: Path) -> None:
    # DuckDB downloads its reader for SQLite files; the wheel has the same file, signed the same.
    folder = Path(duckdb_extension_sqlite_scanner.__file__).parent
    (extension,) = folder.rglob("*.duckdb_extension")
    with duckdb.connect() as connection:
        connection.execute(f"LOAD '{extension}'")
        connection.execute(f"ATTACH '{database}' AS ledger (TYPE sqlite, READ_ONLY)")
        connection.execute("USE ledger")
        assert sorted(connection.execute(READ_BY).fetchall()) == CONFLICTS
        for table in tables():
            connection.execute(f"SELECT * FROM {table.name}").fetchall()  # noqa: S608 # names of the schema


def test_a_shell_reads_the_database(database: Path) -> None:
    shell = shutil.which("sqlite3")
    # Not every machine has SQLite's own shell; that of sqlite-utils speaks the same.
    command = [shell, "-csv"] if shell else [sys.executable, "-m", "sqlite_utils", "query"]
    options = [] if shell else ["--csv", "--no-headers"]
    ran = subprocess.run(
        [*command, str(database), READ_BY, *options], capture_output=True, text=True, check=True
    )
    assert [tuple(line.split(",")) for line in ran.stdout.split()] == CONFLICTS


def test_files_made_in_another_order_elsewhere_give_the_same_bytes(tmp_path: Path) -> None:
    one = write_folder(tmp_path / "one", SMALL)
    other = write_folder(tmp_path / "sub" / "other", dict(reversed(SMALL.items())))
    copy = Path(shutil.copytree(one, tmp_path / "copy", copy_function=shutil.copyfile))
    made = [built(folder, tmp_path / f"{folder.name}.db") for folder in (one, other, copy)]
    assert len({sha256(database) for database in made}) == 1


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_shipped_claims_give_the_same_bytes_in_every_process(tmp_path: Path, seed: str) -> None:
    first = built(ROOT / "claims", tmp_path / "first.db")
    again = tmp_path / "again.db"
    ran = run("build", "--claims", ROOT / "claims", "--db", again, PYTHONHASHSEED=seed)
    assert ran.returncode == 0
    assert sha256(first) == sha256(again)


def test_a_build_over_an_old_database_gives_the_same_bytes(tmp_path: Path) -> None:
    claims = write_folder(tmp_path / "claims", SMALL)
    built(ROOT / "claims", tmp_path / "old.db")
    assert sha256(built(claims, tmp_path / "old.db")) == sha256(built(claims, tmp_path / "new.db"))


def test_registers_spread_over_folders_give_the_same_rows(tmp_path: Path) -> None:
    lines = OUTLETS.splitlines(keepends=True)
    spread = {
        **SMALL,
        "outlets.yaml": lines[2],
        "a/outlets.yaml": lines[1],
        "z/outlets.yaml": lines[0],
        "z/documents.yaml": DOCUMENTS,
        "documents.yaml": "",
    }
    one = built(write_folder(tmp_path / "one", SMALL), tmp_path / "one.db")
    other = built(write_folder(tmp_path / "other", spread), tmp_path / "other.db")
    assert content_of(one) == content_of(other)


def test_claims_in_a_bulk_file_in_any_order_give_the_same_rows(tmp_path: Path) -> None:
    head = DOSSIER.partition("claims:\n")[0]
    claims = yaml.load(DOSSIER, yaml.BaseLoader)["claims"]  # noqa: S506 # our own text, all scalars text
    lines = [json.dumps({**claim, "dossier": "village-2022"}) for claim in reversed(claims)]
    bulk = {**SMALL, "mali/village-2022.yaml": head, "a/bulk.jsonl": "\n".join(lines)}
    one = built(write_folder(tmp_path / "one", SMALL), tmp_path / "one.db")
    other = built(write_folder(tmp_path / "other", bulk), tmp_path / "other.db")
    places = frozenset({"file", "line"})
    assert content_of(one, without=places) == content_of(other, without=places)
