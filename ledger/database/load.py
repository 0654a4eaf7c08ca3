"""Load: from a weighed draft into the tables of the schema, in one transaction.

Rows go in by primary key, so that the same files give the same bytes in whatever order they
were read. The draft's tables lie on the same connection, so their rows never pass through
Python; indexes and full-text search come last.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ledger.database.schema import INDEXES, SCHEMA_VERSION, SEARCHED, TOKENIZER, tables
from ledger.draft import Draft, Placed, as_json
from ledger.problems import LedgerError
from ledger.records import Actor, Document, Outlet, PlaceRecord

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = tuple[object, ...]

FROM_DRAFT: Final[dict[str, str]] = {
    "paragraphs": """
        SELECT p.document, p.number, p.outlets, (
            SELECT count(*) FROM draft_appearance a
            WHERE a.document = p.document AND a.paragraph = p.number
        ), p.left_out FROM draft_paragraph p ORDER BY p.document, p.number
    """,
    "dossiers": """
        SELECT d.id, d.title, d.occurred, d.earliest, d.latest, d.places, d.countries, d.topics,
            d.parties, coalesce(q.n, 0), coalesce(c.n, 0), d.path
        FROM draft_dossier d
        LEFT JOIN (SELECT dossier, count(*) AS n FROM draft_question GROUP BY dossier) q
            ON q.dossier = d.id
        LEFT JOIN (SELECT dossier, count(*) AS n FROM draft_claim GROUP BY dossier) c
            ON c.dossier = d.id
        ORDER BY d.id
    """,
    "questions": """
        SELECT q.id, q.asks, q.answer, q.unit, q.about, q.options, q.dossier, q.part_of,
            q.tolerance, w.state, w.n_positions, w.n_claims, w.n_conflicts, w.pairs,
            w.n_origins, w.n_outlets, coalesce(d.n, 0), w.gap, w.spread, w.support, w.hinges,
            w.low, w.high, w.earliest, w.latest
        FROM draft_question q JOIN draft_question_weight w ON w.question = q.id
        LEFT JOIN (
            SELECT c.question, count(DISTINCT a.document) AS n
            FROM draft_claim c JOIN draft_appearance a ON a.claim = c.id
            WHERE c.question IS NOT NULL AND c.id NOT IN (SELECT claim FROM draft_fallen)
            GROUP BY c.question
        ) d ON d.question = q.id
        ORDER BY q.id
    """,
    "positions": """
        SELECT p.id, p.question, p.label, p.low, p.high, p.earliest, p.latest, p.n_claims,
            p.n_origins, p.n_outlets, coalesce(d.n, 0), p.interest
        FROM draft_position p
        LEFT JOIN (
            SELECT w.position, count(DISTINCT a.document) AS n
            FROM draft_claim_weight w JOIN draft_appearance a ON a.claim = w.claim
            WHERE w.position IS NOT NULL GROUP BY w.position
        ) d ON d.position = p.id
        ORDER BY p.id
    """,
    "claims": """
        SELECT c.id, c.text, w.status, c.claimant, c.dossier, c.question, w.position, c.value,
            q.answer, q.unit, m.low, m.high, m.low_open, m.high_open, m.earliest, m.latest,
            c.made, c.as_of, coalesce(c.year, CASE
                WHEN m.earliest IS NULL AND m.latest IS NULL THEN d.year
                WHEN substr(m.earliest, 1, 4) = substr(m.latest, 1, 4)
                    THEN CAST(substr(m.earliest, 1, 4) AS INTEGER)
            END), c.hedge, c.outlets,
            c.topics, c.countries, json_array_length(c.outlets), w.n_origins,
            (SELECT count(DISTINCT document) FROM draft_appearance WHERE claim = c.id),
            w.n_conflicts, w.interest, t.turn, c.supersedes, c.retracted_on, c.retracted_because,
            c.quote, c.note, c.path, c.line
        FROM draft_claim c
        JOIN draft_claim_weight w ON w.claim = c.id
        LEFT JOIN draft_meaning m ON m.id = w.meaning
        JOIN (
            SELECT claim,
                row_number() OVER (ORDER BY n_conflicts DESC, n_origins DESC, claim) AS turn
            FROM draft_claim_weight
        ) t ON t.claim = c.id
        LEFT JOIN draft_question q ON q.id = c.question
        LEFT JOIN draft_dossier d ON d.id = c.dossier
        ORDER BY c.id
    """,
    "claim_positions": """
        SELECT claim, position, 1 FROM draft_claim_weight WHERE position IS NOT NULL
        UNION ALL SELECT claim, position, home FROM draft_claim_position ORDER BY 1, 2
    """,
    "claim_bases": "SELECT DISTINCT claim, basis FROM draft_basis ORDER BY claim, basis",
    "appearances": "SELECT * FROM draft_appearance ORDER BY claim, document, paragraph",
    "citations": """
        SELECT NULL, claim, outlet, document, paragraph, scope, title, url, published, archived,
            stance
        FROM draft_citation ORDER BY claim, nth
    """,
    "conflicts": "SELECT * FROM draft_conflict ORDER BY claim_a, claim_b",
    "findings": "SELECT * FROM draft_finding ORDER BY question",
    "claim_topics": "SELECT c.id, t.value FROM claims c, json_each(c.topics) t ORDER BY c.rowid",
    "claim_countries": """
        SELECT c.id, t.value FROM claims c, json_each(c.countries) t ORDER BY c.rowid
    """,
    "question_topics": """
        SELECT q.id, t.value FROM draft_question q JOIN draft_dossier d ON d.id = q.dossier,
            json_each(d.topics) t ORDER BY q.id, t.value
    """,
    "question_countries": """
        SELECT q.id, t.value FROM draft_question q JOIN draft_dossier d ON d.id = q.dossier,
            json_each(d.countries) t ORDER BY q.id, t.value
    """,
    "files": """
        SELECT f.path, f.sha256, coalesce(c.n, 0) FROM draft_file f
        LEFT JOIN (SELECT path, count(*) AS n FROM draft_claim GROUP BY path) c ON c.path = f.path
        ORDER BY f.path
    """,
    "parsed_registers": "SELECT path, parsed FROM draft_parsed ORDER BY path",
}
"""The tables that the draft's rows fill, in the order of the schema, each with its query."""

READ_IN: Final = """
CREATE INDEX IF NOT EXISTS temp.draft_read_in ON draft_appearance(claim, document, paragraph)
"""
"""What the documents of claims are counted by."""

BUILD: Final = """
INSERT INTO build
SELECT 1, :version, :schema, :source_sha256, :built, :coding,
    (SELECT max(day) FROM (
        SELECT made AS day FROM claims UNION ALL SELECT retracted_on FROM claims
        UNION ALL SELECT published FROM citations UNION ALL SELECT published FROM documents
        UNION ALL SELECT signed_on FROM findings
    ) WHERE day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    :n_files,
    (SELECT count(*) FROM dossiers),
    (SELECT count(*) FROM questions),
    (SELECT count(*) FROM disputes),
    (SELECT count(*) FROM claims),
    (SELECT count(*) FROM contested_claims),
    (SELECT count(*) FROM conflicts WHERE state = 'open'),
    (SELECT count(*) FROM citations),
    (SELECT count(*) FROM outlets),
    (SELECT count(*) FROM actors),
    (SELECT count(*) FROM places),
    (SELECT count(*) FROM documents)
"""


def load(draft: Draft, version: str, coding: str = "plural") -> None:
    """Write a weighed draft into the database that its connection is open on.

    `version` is the program's own. Raises LedgerError if a foreign key leads nowhere, which
    the checks should have told before.
    """
    # Imported here: it brings pandas where that is installed, which checking does not need.
    from sqlite_utils import Database  # noqa: PLC0415

    draft.finish()
    connection = draft.connection
    # The links are checked all at once at the end: one by one, each claim that another
    # supersedes would be looked for among all claims.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    db = Database(connection)
    with db.atomic():
        _fill(draft)
        _index(db)
        _describe(draft, version, coding)
        violations = connection.execute("PRAGMA foreign_key_check").fetchall()
        if violations:
            message = f"the database would have {len(violations)} links that lead nowhere"
            raise LedgerError(message)
    connection.execute("PRAGMA analysis_limit = 1000")
    connection.execute("ANALYZE")
    # Datasette pages by keyset and counts on rows with equal values coming in the order of the
    # table. Walking a range of an index gives them in another, and rows would be lost between
    # two pages: such indexes are for looking up and counting only.
    connection.execute("UPDATE sqlite_stat1 SET stat = stat || ' unordered' WHERE idx LIKE 'idx_%'")


def load_part(draft: Draft, version: str, coding: str = "plural") -> None:
    """Write a weighed draft of a part of a ledger, for looking things up in and nothing else.

    Links may lead to what was not read; there are no indexes and no full-text search.
    """
    draft.finish()
    draft.connection.execute("PRAGMA foreign_keys = OFF")
    draft.connection.execute("BEGIN")
    _fill(draft)
    _describe(draft, version, coding)
    draft.connection.execute("COMMIT")


def _fill(draft: Draft) -> None:
    connection = draft.connection
    registers = draft.registers
    by_hand: dict[str, list[Row]] = {
        "outlets": [_outlet(name, placed) for name, placed in sorted(registers.outlets.items())],
        "actors": [_actor(name, placed) for name, placed in sorted(registers.actors.items())],
        "countries": _countries(registers.places),
        "places": [
            _place(draft, name, placed) for name, placed in sorted(registers.places.items())
        ],
        "documents": [
            _document(draft, name, placed) for name, placed in sorted(registers.documents.items())
        ],
    }
    connection.execute(READ_IN)
    connection.executemany("INSERT INTO draft_paragraph VALUES (?, ?, ?, ?)", _paragraphs(draft))
    for table in tables():
        connection.execute(table.sql)
        if table.name in by_hand:
            marks = ", ".join("?" for _ in table.columns)
            insert = f"INSERT INTO {table.name} VALUES ({marks})"  # noqa: S608 # names of the schema
            connection.executemany(insert, by_hand[table.name])
        elif table.name in FROM_DRAFT:
            connection.execute(f"INSERT INTO {table.name} {FROM_DRAFT[table.name]}")


def _index(db: Database) -> None:
    for table, columns in INDEXES:
        db.table(table).create_index(list(columns))
    db.table("claims").enable_fts(list(SEARCHED), tokenize=TOKENIZER)


def _describe(draft: Draft, version: str, coding: str) -> None:
    draft.connection.execute(
        BUILD,
        {
            "version": version,
            "schema": SCHEMA_VERSION,
            "source_sha256": draft.digest,
            "built": _told_time(),
            "coding": coding,
            "n_files": draft.n_files,
        },
    )


def _told_time() -> str | None:
    """Return the time that SOURCE_DATE_EPOCH gives to reproducible builds, if it does."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not told.isdecimal():
        return None
    return datetime.fromtimestamp(int(told), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _outlet(name: str, placed: Placed[Outlet]) -> Row:
    one = placed.record
    aliases = as_json(one.aliases)
    return name, one.name, one.kind, one.country, aliases, one.part_of, one.wikidata, one.url


def _actor(name: str, placed: Placed[Actor]) -> Row:
    one = placed.record
    return name, one.name, one.kind, one.country, as_json(one.aliases), one.part_of, one.wikidata


def _countries(places: dict[str, Placed[PlaceRecord]]) -> list[Row]:
    """Return each country's code and the name of the widest place that carries it."""
    names: dict[str, tuple[bool, str, str]] = {}
    for place_id, placed in places.items():
        code = placed.record.country
        if code is not None:
            turn = (placed.record.precision != "country", place_id, placed.record.name)
            names[code] = min(names.get(code, turn), turn)
    return [(code, name) for code, (_, _, name) in sorted(names.items())]


def _place(draft: Draft, name: str, placed: Placed[PlaceRecord]) -> Row:
    one = placed.record
    country = next(iter(draft.registers.countries_of([name])), None)
    return (
        name,
        one.name,
        one.within,
        country,
        one.latitude,
        one.longitude,
        one.precision,
        as_json(one.aliases),
        one.wikidata,
    )


def _document(draft: Draft, name: str, placed: Placed[Document]) -> Row:
    one = placed.record
    sql = "SELECT count(DISTINCT claim) FROM draft_appearance WHERE document = ?"
    n_claims = next(draft.rows(sql, [name]))[0]
    return (
        name,
        one.title,
        one.outlet,
        one.voice,
        one.published,
        one.url,
        one.text_sha256,
        len(one.paragraphs or {}),
        n_claims,
    )


def _paragraphs(draft: Draft) -> Iterable[Row]:
    """Yield every paragraph that is listed, and those read in documents that list none."""
    for name, placed in draft.registers.documents.items():
        for number, outlets in (placed.record.paragraphs or {}).items():
            yield name, number, as_json(outlets), placed.record.left_out.get(number)
        if placed.record.paragraphs is None:
            sql = "SELECT DISTINCT paragraph FROM draft_appearance WHERE document = ?"
            for (found,) in list(draft.rows(sql, [name])):
                yield name, found, "[]", None
