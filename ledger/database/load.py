"""Load: from a weighed draft into the tables of the schema: all of it, or what is due.

Rows go in by primary key, so that the same files give the same bytes in whatever order they
were read. The draft's tables lie on the same connection, so their rows never pass through
Python; indexes and full-text search come last.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ledger.database.schema import INDEXES, SCHEMA_VERSION, SEARCHED, TOKENIZER, tables
from ledger.draft import WEIGHED_INDEXES, Draft, Placed, as_json, days_of
from ledger.problems import LedgerError
from ledger.records import Actor, Document, Outlet, PlaceRecord
from ledger.values import Tree, parse_parties

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = tuple[object, ...]

APART: Final = 4_096
"""How far the row numbers of neighbouring claims are apart, so that others fit between them.

Datasette shows rows that are equal in what they are sorted by in the order of their numbers.
"""

SEATS: Final = f"row_number() OVER (ORDER BY c.id) * {APART}"

# `[due claim c.id]` is the condition that the claim of that id is due; see Draft.due.
FROM_DRAFT: Final[dict[str, str]] = {
    "dossiers": """
        SELECT d.id, d.title, d.occurred, d.earliest, d.latest, d.places, d.countries, d.topics,
            d.parties, coalesce(q.n, 0), coalesce(c.n, 0), d.path, d.line
        FROM draft_dossier d
        LEFT JOIN (SELECT dossier, count(*) AS n FROM draft_question GROUP BY dossier) q
            ON q.dossier = d.id
        LEFT JOIN (SELECT dossier, count(*) AS n FROM draft_claim GROUP BY dossier) c
            ON c.dossier = d.id
        WHERE [due dossier d.id] ORDER BY d.id
    """,
    "dossier_places": """
        SELECT DISTINCT d.id, p.value FROM draft_dossier d, json_each(d.places) p
        WHERE [due dossier d.id] ORDER BY 1, 2
    """,
    "dossier_parties": """
        SELECT dossier, actor FROM draft_party WHERE [due dossier dossier] ORDER BY 1, 2
    """,
    "questions": """
        SELECT q.id, q.asks, q.answer, q.unit, q.about, q.options, q.dossier, q.part_of,
            q.tolerance, q.occurred, q.places, q.topics, q.answers, q.ordered, q.same_as,
            w.weighed_as, q.summary, q.labels, w.state,
            w.nature, w.n_positions, w.n_claims, w.n_conflicts,
            w.n_conflicts_elsewhere, w.pairs, w.n_origins, w.n_independent, w.n_outlets,
            w.n_outlets_nearby, coalesce(d.n, 0), w.gap, w.spread, w.support, w.hinges,
            w.low, w.high, w.earliest, w.latest, q.line
        FROM draft_question q JOIN draft_question_weight w ON w.question = q.id
        LEFT JOIN (
            SELECT c.question, count(DISTINCT a.document) AS n
            FROM draft_claim c JOIN draft_appearance a ON a.claim = c.id
            WHERE c.question IS NOT NULL AND c.id NOT IN (SELECT claim FROM draft_fallen)
            GROUP BY c.question
        ) d ON d.question = q.id
        WHERE [due question q.id] ORDER BY q.id
    """,
    "positions": """
        SELECT p.id, p.question, p.number, p.label, p.low, p.high, p.earliest, p.latest, p.n_claims,
            p.n_origins, p.n_independent, p.n_outlets, p.n_outlets_nearby, coalesce(d.n, 0),
            p.interest
        FROM draft_position p
        LEFT JOIN (
            SELECT w.position, count(DISTINCT a.document) AS n
            FROM draft_claim_weight w JOIN draft_appearance a ON a.claim = w.claim
            WHERE w.position IS NOT NULL GROUP BY w.position
        ) d ON d.position = p.id
        WHERE [due question p.question] ORDER BY p.id
    """,
    "claims": """
        SELECT {seat}, c.id, c.text, w.status, c.claimant, c.dossier, c.question, w.position,
            c.value, q.answer, q.unit, m.low, m.high, m.low_open, m.high_open, m.best, m.earliest,
            m.latest, c.made, first_day(c.made), last_day(c.made), c.as_of, first_day(c.as_of),
            last_day(c.as_of), coalesce(c.year, CASE
                WHEN m.earliest IS NULL AND m.latest IS NULL
                    THEN iif(q.occurred IS NULL, d.year, q.year)
                WHEN substr(m.earliest, 1, 4) = substr(m.latest, 1, 4)
                    THEN CAST(substr(m.earliest, 1, 4) AS INTEGER)
            END), c.hedge, c.origins_unknown, c.outlets, c.outlets_nearby, c.topics, c.countries,
            json_array_length(c.outlets), json_array_length(c.outlets_nearby), w.n_origins,
            w.n_independent,
            (SELECT count(DISTINCT document) FROM draft_appearance WHERE claim = c.id),
            w.n_conflicts, w.interest,
            printf('%08x%04x', 4294967295 - w.n_conflicts,
                65535 - min(coalesce(w.n_independent, 0), 65535)) || c.id,
            c.supersedes, c.retracted_on, c.retracted_because, c.quote, c.note, c.path, c.line
        FROM draft_claim c
        JOIN draft_claim_weight w ON w.claim = c.id
        LEFT JOIN draft_meaning m ON m.id = w.meaning
        LEFT JOIN draft_question q ON q.id = c.question
        LEFT JOIN draft_dossier d ON d.id = c.dossier
        WHERE [due claim c.id] ORDER BY c.id
    """,
    "claim_positions": """
        SELECT claim, position, 1 FROM draft_claim_weight
        WHERE position IS NOT NULL AND [due claim claim]
        UNION ALL
        SELECT claim, position, home FROM draft_claim_position WHERE [due claim claim]
        ORDER BY 1, 2
    """,
    "claim_bases": """
        SELECT DISTINCT claim, basis, altered FROM draft_basis WHERE [due claim claim]
        ORDER BY claim, basis
    """,
    "claim_origins": """
        SELECT s.claim, s.origin, w.actor, CASE
            WHEN s.origin LIKE 'document %' THEN substr(s.origin, 10)
        END, coalesce(w.whole, s.origin)
        FROM (
            SELECT id AS claim, CASE
                WHEN origin IN (SELECT actor FROM draft_whole WHERE unnamed) THEN 'claim ' || id
                ELSE origin
            END AS origin
            FROM draft_claim WHERE origins_unknown = 0 AND [due claim id]
            AND id NOT IN (SELECT claim FROM draft_basis WHERE altered = 0)
            UNION ALL SELECT claim, origin FROM draft_relayed WHERE [due claim claim]
        ) s LEFT JOIN draft_whole w ON w.actor = s.origin
        ORDER BY 1, 2
    """,
    "position_origins": """
        SELECT DISTINCT w.position, o.origin, o.actor, o.document, o.whole
        FROM draft_claim_weight w JOIN claim_origins o ON o.claim = w.claim
        WHERE w.position IS NOT NULL ORDER BY 1, 2
    """,
    "question_hinges": """
        SELECT q.question, h.value, w.actor, CASE
            WHEN h.value LIKE 'document %' THEN substr(h.value, 10)
        END
        FROM draft_question_weight q, json_each(q.hinges) h
        LEFT JOIN draft_whole w ON w.actor = h.value
        WHERE [due question q.question] ORDER BY 1, 2
    """,
    "claim_answers": """
        SELECT c.id, a.key, iif(q.answer = 'actor', a.value ->> 'id', NULL),
            iif(q.answer = 'place', a.value ->> 'id', NULL), a.value ->> 'manner'
        FROM draft_claim c JOIN draft_question q ON q.id = c.question,
            json_each(named_in(c.value)) a
        WHERE q.answer IN ('actor', 'place') AND c.value IS NOT NULL AND [due claim c.id]
        ORDER BY c.id, a.key
    """,
    "appearances": """
        SELECT * FROM draft_appearance WHERE [due claim claim] ORDER BY claim, nth
    """,
    "citations": "SELECT * FROM draft_citation WHERE [due claim claim] ORDER BY claim, nth",
    "conflicts": """
        SELECT claim_a, claim_b, question, question_a, question_b, kind, strength, origin, state,
            nature, reason, explanation, gap
        FROM draft_conflict WHERE [due claim claim_a] OR [due claim claim_b]
        ORDER BY claim_a, claim_b
    """,
    "declarations": """
        SELECT * FROM draft_declared WHERE [due claim claim] OR [due claim other]
        ORDER BY claim, other, key
    """,
    "findings": "SELECT * FROM draft_finding WHERE [due question question] ORDER BY question",
    "claim_topics": """
        SELECT c.id, t.value FROM draft_claim c, json_each(c.topics) t WHERE [due claim c.id]
        ORDER BY c.id, t.value
    """,
    "claim_outlets": """
        SELECT c.id, t.value FROM draft_claim c, json_each(c.outlets) t WHERE [due claim c.id]
        ORDER BY c.id, t.value
    """,
    "claim_outlets_nearby": """
        SELECT c.id, t.value FROM draft_claim c, json_each(c.outlets_nearby) t
        WHERE [due claim c.id] ORDER BY c.id, t.value
    """,
    "claim_countries": """
        SELECT c.id, t.value FROM draft_claim c, json_each(c.countries) t WHERE [due claim c.id]
        ORDER BY c.id, t.value
    """,
    "question_topics": """
        SELECT q.id, t.value FROM draft_question q JOIN draft_dossier d ON d.id = q.dossier,
            json_each(coalesce(q.topics, d.topics)) t
        WHERE [due question q.id] ORDER BY q.id, t.value
    """,
    "question_countries": """
        SELECT q.id, t.value FROM draft_question q JOIN draft_dossier d ON d.id = q.dossier,
            json_each(coalesce(q.countries, d.countries)) t
        WHERE [due question q.id] ORDER BY q.id, t.value
    """,
    "files": """
        SELECT f.path, f.sha256, coalesce(c.n, 0) FROM draft_file f
        LEFT JOIN (SELECT path, count(*) AS n FROM draft_claim GROUP BY path) c ON c.path = f.path
        WHERE [due file f.path] ORDER BY f.path
    """,
    "expectations": """
        SELECT path, nth, text, line FROM draft_expectation WHERE [due file path]
        ORDER BY path, nth
    """,
    "remarks": """
        SELECT DISTINCT path, line, code, what, remedy, min(question), min(claim)
        FROM draft_remark WHERE [due question question] OR [due claim claim]
        GROUP BY path, line, code, what ORDER BY 1, 2, 3, 4
    """,
    "parsed_registers": """
        SELECT path, parsed FROM draft_parsed WHERE [due file path] ORDER BY path
    """,
}
"""The tables that the draft's rows fill, each with its query."""

_DUE: Final = re.compile(r"\[due (\w+) ([\w.]+)\]")

READ_IN: Final = """
CREATE INDEX IF NOT EXISTS temp.draft_read_in ON draft_appearance(claim, document)
"""
"""What the documents of claims are counted by."""

N_READ: Final = "SELECT count(DISTINCT claim) FROM appearances WHERE document = ?"

PLACES_READ: Final = """
SELECT paragraph, count(*) FROM appearances WHERE document = ? AND paragraph IS NOT NULL
GROUP BY paragraph
"""

NEWEST: Final = """
SELECT max(day) FROM (
    SELECT made AS day FROM claims WHERE [due claim id]
    UNION ALL SELECT retracted_on FROM claims WHERE [due claim id]
    UNION ALL SELECT published FROM citations WHERE [due claim claim]
    UNION ALL SELECT published FROM documents WHERE [due document id]
    UNION ALL SELECT signed_on FROM findings WHERE [due question question]
) WHERE day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
"""

BUILD: Final = """
INSERT INTO build
SELECT 1, :version, :schema, :source_sha256, :built, :coding, :newest, :n_files,
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
    """Write a weighed draft into the empty database that its connection is open on.

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
        for table in tables():
            connection.execute(table.sql)
        fill(draft, SEATS)
        for name, rows in register_rows(draft).items():
            insert(draft, name, rows)
        _index(db)
        insert_documents(draft, draft.registers.documents)
        describe(draft, version, coding, newest_of(draft))
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


def fill(draft: Draft, seat: str) -> None:
    """Write what is due of a draft into the tables that its rows fill.

    `seat` is the SQL of a claim's row number.
    """
    draft.index(WEIGHED_INDEXES)
    _teach(draft.connection)
    draft.connection.execute(READ_IN)
    columns = {table.name: ", ".join(table.columns) for table in tables()}
    for name, query in FROM_DRAFT.items():
        sql = _DUE.sub(lambda found: draft.due(found[1], found[2]), query)
        if name == "claims":
            sql = sql.replace("{seat}", seat)
            name = f"claims (rowid, {columns[name]})"  # noqa: PLW2901 # with the one column that no schema names
        draft.connection.execute(f"INSERT INTO {name} {sql}")


def _teach(connection: sqlite3.Connection) -> None:
    """Teach a connection what the queries ask of dates and of values."""
    for name, function in (("first_day", _first_day), ("last_day", _last_day)):
        connection.create_function(name, 1, function, deterministic=True)
    connection.create_function("named_in", 1, _named_in, deterministic=True)


@lru_cache(maxsize=65_536)
def _first_day(edtf: str | None) -> str | None:
    return days_of(edtf)[0]


@lru_cache(maxsize=65_536)
def _last_day(edtf: str | None) -> str | None:
    return days_of(edtf)[1]


@lru_cache(maxsize=4_096)
def _named_in(value: str) -> str:
    """Return the actors or places that a value names, as a JSON array of {id, manner}."""
    parties = parse_parties(value)
    return json.dumps([{"id": one, "manner": parties.manner} for one in sorted(parties.ids)])


def insert(draft: Draft, table: str, rows: Collection[Row]) -> None:
    """Write rows into a table."""
    if rows:
        marks = ", ".join("?" for _ in next(iter(rows)))
        sql = f"INSERT INTO {table} VALUES ({marks})"
        draft.connection.executemany(sql, rows)


def insert_documents(draft: Draft, ids: Iterable[str]) -> None:
    """Write documents and their paragraphs, once it is known which claims were read in them."""
    known = draft.registers.documents
    for name in sorted(ids):
        insert(draft, "documents", [_document(draft, name, known[name])])
        insert(draft, "paragraphs", list(_paragraphs(draft, name, known[name])))


def register_rows(draft: Draft) -> dict[str, list[Row]]:
    """Return the rows of outlets, actors, countries and places, by the names of their tables."""
    registers = draft.registers
    parents = {name: one.record.part_of for name, one in registers.actors.items()}
    within = {name: one.record.within for name, one in registers.places.items()}
    return {
        "outlets": [_outlet(name, placed) for name, placed in sorted(registers.outlets.items())],
        "actors": [_actor(name, placed) for name, placed in sorted(registers.actors.items())],
        "countries": _countries(registers.places),
        "places": [
            _place(draft, name, placed) for name, placed in sorted(registers.places.items())
        ],
        "actor_tree": _tree(parents),
        "place_tree": _tree(within),
    }


def _tree(parents: Mapping[str, str | None]) -> list[Row]:
    """Return each id with itself and all above it, and how far above that is."""
    tree = Tree(parents)
    return [
        (name, whole, distance)
        for name in sorted(parents)
        for distance, whole in enumerate([name, *tree.wholes_of(name)])
    ]


def _index(db: Database) -> None:
    for table, columns in INDEXES:
        db.table(table).create_index(list(columns))
    db.table("claims").enable_fts(list(SEARCHED), tokenize=TOKENIZER)


def newest_of(draft: Draft, *, whole: bool = False) -> str | None:
    """Return the latest day that the database has of what is due, or of the whole ledger."""
    sql = _DUE.sub(lambda found: "TRUE" if whole else draft.due(found[1], found[2]), NEWEST)
    (day,) = draft.connection.execute(sql).fetchone()
    return None if day is None else str(day)


def describe(draft: Draft, version: str, coding: str, newest: str | None) -> None:
    """Write the row that tells of this build; `newest` is the latest day in the ledger."""
    draft.connection.execute(
        BUILD,
        {
            "version": version,
            "schema": SCHEMA_VERSION,
            "source_sha256": draft.digest,
            "built": _told_time(),
            "coding": coding,
            "newest": newest,
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
    told = (one.name, one.kind, one.country, as_json(one.aliases), one.part_of)
    return name, *told, int(one.independent), one.wikidata


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
    (n_claims,) = draft.connection.execute(N_READ, [name]).fetchone()
    return (
        name,
        one.title,
        one.outlet,
        one.voice,
        one.published,
        one.url,
        one.retrieved,
        one.archived,
        one.language,
        one.licence,
        one.extent,
        one.text_sha256,
        len(one.paragraphs or {}),
        n_claims,
    )


def _paragraphs(draft: Draft, name: str, placed: Placed[Document]) -> Iterator[Row]:
    """Yield every paragraph that a document lists, or those read in it where it lists none."""
    read = dict(draft.connection.execute(PLACES_READ, [name]).fetchall())
    listed = placed.record.paragraphs
    for number in sorted(read if listed is None else listed):
        outlets = as_json((listed or {}).get(number, ()))
        yield name, number, outlets, read.get(number, 0), placed.record.left_out.get(number)
