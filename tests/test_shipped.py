"""The shipped claims: they pass every check, say what is disputed, and are in our own words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
import yaml

from ledger.build import build
from ledger.schemas import FOLDER, modeline, write_schemas
from tests.commands.running import ROOT, run
from tests.own_words import VARIABLE, copied_runs, runs_of, texts_at_hand

CLAIMS: Final = ROOT / "claims"

DISPUTED: Final = re.compile(r"(\S+) conflicts with (\S+)|(\S+) has at least (\d+) positions")

POSITIONS: Final = {
    "france-mali-alliance-ended-by": 2,
    "g5-sahel-founding-date": 2,
    "is-sahel-beginning": 2,
    "jnim-founding-date": 2,
    "karma-perpetrators": 2,
    "mali-airspace-violated": 2,
    "mali-russians-identity": 2,
    "moura-deaths": 5,
}
"""How many positions the shipped disputes have, exactly; a claim added elsewhere may bring more."""

ALIKE: Final = re.compile(r"(\S+) is compatible with (\S+)")

OURS: Final = """
SELECT id, text FROM claims UNION ALL SELECT id, note FROM claims WHERE note IS NOT NULL
UNION ALL SELECT id, asks || ' ' || coalesce(about, '') FROM questions
UNION ALL SELECT claim_a || ' ' || claim_b, reason FROM conflicts
"""
"""Everything that is in our own words; a report's title and a name are not."""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the database of the shipped claims."""
    path = tmp_path_factory.mktemp("shipped") / "ledger.db"
    built = build(CLAIMS, path)
    assert (built.problems, built.remarks) == ([], [])
    return path


@pytest.fixture
def connection(shipped: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection to the database of the shipped claims."""
    with closing(sqlite3.connect(shipped)) as opened:
        yield opened


@pytest.fixture(scope="module")
def texts(shipped: Path) -> dict[str, Path]:
    """Return the documents' texts, by the documents' ids; skips where they are not at hand."""
    with closing(sqlite3.connect(shipped)) as opened:
        sql = "SELECT text_sha256, id FROM documents WHERE text_sha256 IS NOT NULL"
        hashes = dict(opened.execute(sql))
    from hashlib import sha256  # noqa: PLC0415 # the fixture alone needs it

    found = texts_at_hand(hashes, ROOT)
    at_hand = {hashes[sha256(file.read_bytes()).hexdigest()]: file for file in found}
    if len(at_hand) < len(hashes):
        pytest.skip(f"the documents' texts are not at hand; {VARIABLE} names their folder")
    return at_hand


def expectations() -> list[str]:
    """Return what the dossiers expect."""
    found = (
        yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 # our own text, all scalars text
        for file in CLAIMS.rglob("*.yaml")
    )
    return [line for data in found for line in data.get("expect", [])]


def test_the_disputes_that_matter_are_expected() -> None:
    assert sum(bool(DISPUTED.fullmatch(line)) for line in expectations()) >= 20


def test_look_alikes_that_are_no_conflicts_are_expected() -> None:
    assert sum(bool(ALIKE.fullmatch(line)) for line in expectations()) >= 20


def test_moura_has_the_four_figures_as_positions(connection: sqlite3.Connection) -> None:
    sql = (
        "SELECT c.value, group_concat(DISTINCT p.label) FROM claims c "
        "JOIN claim_positions f ON f.claim = c.id JOIN positions p ON p.id = f.position "
        "WHERE c.question = 'moura-deaths' GROUP BY c.value ORDER BY c.value"
    )
    labels = dict(connection.execute(sql))
    assert set(labels) >= {"~300", ">300", "dozens", "500+"}
    apart = {value: labels[value] for value in ("~300", "dozens", "500+")}
    assert len(set(apart.values())) == 3
    sql = "SELECT count(*) FROM conflicts WHERE question = 'moura-deaths' AND state = 'open'"
    assert connection.execute(sql).fetchone()[0] >= 6


@pytest.mark.parametrize("question", POSITIONS)
def test_a_shipped_dispute_has_its_positions(connection: sqlite3.Connection, question: str) -> None:
    sql = "SELECT n_positions FROM questions WHERE id = ?"
    assert connection.execute(sql, [question]).fetchone() == (POSITIONS[question],)


def test_every_paragraph_brought_a_claim_or_says_why_not(connection: sqlite3.Connection) -> None:
    sql = "SELECT document, number FROM paragraphs WHERE n_claims = 0 AND left_out IS NULL"
    assert connection.execute(sql).fetchall() == []


def test_no_paragraph_that_is_left_out_brought_a_claim(connection: sqlite3.Connection) -> None:
    sql = "SELECT document, number FROM paragraphs WHERE n_claims > 0 AND left_out IS NOT NULL"
    assert connection.execute(sql).fetchall() == []


def test_every_outlet_and_actor_has_a_kind(connection: sqlite3.Connection) -> None:
    sql = "SELECT id FROM outlets WHERE kind IS NULL UNION SELECT id FROM actors WHERE kind IS NULL"
    assert connection.execute(sql).fetchall() == []


def test_a_copied_run_of_words_is_found() -> None:
    held = runs_of("One two three four five six seven eight nine ten.")
    assert copied_runs("Zero two Three four, five six seven eight nine!", held) == [
        "two three four five six seven eight nine"
    ]
    assert copied_runs("One two three four five six seven and eight nine ten.", held) == []


def test_nothing_of_the_documents_is_copied(
    connection: sqlite3.Connection, texts: dict[str, Path]
) -> None:
    held = set().union(*(runs_of(file.read_text(encoding="utf-8")) for file in texts.values()))
    assert {
        name: runs for name, text in connection.execute(OURS) if (runs := copied_runs(text, held))
    } == {}


@pytest.mark.parametrize("document", ["cep-mali", "oe-watch-burkina-faso", "oe-watch-mali"])
def test_no_claim_is_without_ground_in_its_document(
    shipped: Path, texts: dict[str, Path], document: str
) -> None:
    told = ("--claims", CLAIMS, "--db", shipped, "--format", "json")
    ran = run("verify", document, "--text", texts[document], *told)
    assert ran.returncode == 0, ran.stdout
    assert "verified" in ran.stdout
    assert '"not found"' not in ran.stdout


def test_editors_find_the_schema_of_every_file() -> None:
    files = [file for file in CLAIMS.rglob("*.yaml") if ".schema" not in file.parts]
    lines = {file: file.read_text(encoding="utf-8").partition("\n")[0] for file in files}
    assert lines == {file: modeline(CLAIMS, file) for file in files}


def test_the_schemas_beside_the_shipped_claims_are_those_of_the_program(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    written = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()}
    shipped_ones = (CLAIMS / FOLDER).iterdir()
    assert written == {file.name: file.read_text(encoding="utf-8") for file in shipped_ones}
