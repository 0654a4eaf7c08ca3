"""The draft: everything that was read, before it is checked, weighed and published.

Registers are held in memory, since everything refers to them. Dossiers, questions and claims are
rows in temporary tables of SQLite, which spill to disk, so that the memory a build needs does
not grow with the ledger. Columns that stand for lists hold JSON arrays.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from ledger.files import Source
from ledger.problems import Place, Problem
from ledger.records import (
    Actor,
    BulkClaim,
    Claim,
    Document,
    Dossier,
    Outlet,
    PlaceRecord,
    Question,
    Record,
)
from ledger.values import parse_date
from ledger.values.date import begins_on

R = TypeVar("R", bound=Record)
Row = tuple[object, ...]

COLUMNS: Final[dict[str, str]] = {
    "dossier": (
        "id, title, occurred, earliest, latest, places, topics, countries, parties, year, path, "
        "line"
    ),
    "question": (
        "id, dossier, asks, answer, unit, about, options, part_of, tolerance, occurred, places, "
        "topics, answers, ordered, same_as, summary, labels, year, countries, path, line"
    ),
    "finding": "question, says, signed_by, signed_on, because",
    "claim": (
        "id, dossier, question, claimant, origin, text, made, year, value, as_of, hedge, "
        "origins_unknown, supersedes, retracted_on, retracted_because, quote, note, outlets, "
        "outlets_nearby, topics, countries, path, line, asked, documents"
    ),
    "appearance": "claim, nth, document, paragraph, locator",
    "citation": (
        "claim, nth, outlet, document, paragraph, scope, title, url, published, archived, stance"
    ),
    "own_topics": "claim, topics",
    "basis": "claim, basis, altered",
    "declared": "claim, other, key, because, strength",
    "expectation": "text, nth, path, line",
    "remark": "path, line, code, what, remedy, question, claim",
    "due": "kind, id",
    "refused": "kind, id",
    "file": "path, sha256",
    "parsed": "path, parsed",
    "paragraph": "document, number, outlets, left_out",
    "meaning": "id INTEGER PRIMARY KEY, low, high, low_open, high_open, earliest, latest, best",
    "claim_weight": (
        "claim, position, meaning, status, n_origins, n_independent, n_conflicts, interest"
    ),
    "claim_position": "claim, position, home",
    "relayed": "claim, origin",
    "whole": "actor, whole, unnamed",
    "question_weight": (
        "question, weighed_as, state, nature, pairs, n_positions, n_conflicts, "
        "n_conflicts_elsewhere, n_origins, n_independent, n_outlets, n_outlets_nearby, "
        "gap, spread, support, hinges, low, high, earliest, latest, n_claims"
    ),
    "party": "dossier, actor",
    "position": (
        "id, question, number, label, low, high, earliest, latest, n_claims, n_origins, "
        "n_independent, n_outlets, n_outlets_nearby, interest"
    ),
    "conflict": (
        "claim_a, claim_b, question, kind, strength, origin, state, reason, explanation, gap, "
        "question_a, question_b, nature"
    ),
}
"""The draft's tables and their columns, in the order in which rows are added."""

DOSSIER_INDEXES: Final[tuple[str, ...]] = ("dossier(id)", "question(id)")
"""What bulk claims are looked up in while they are read."""

INDEXES: Final[tuple[str, ...]] = (
    *DOSSIER_INDEXES,
    "claim(id)",
    "claim(asked, id)",
    "question(dossier)",
    "question(same_as)",
    "own_topics(claim)",
    "declared(claim)",
    "basis(claim)",
    "appearance(document, paragraph)",
    "due(kind, id)",
)
"""What reading, checking and weighing look things up in."""

WEIGHED_INDEXES: Final[tuple[str, ...]] = (
    "claim_weight(claim)",
    "question_weight(question)",
    "conflict(claim_a, claim_b)",
)
"""What is looked up in when all was weighed; made then, that costs half."""

OWN_OUTLETS: Final = "SELECT outlet FROM draft_citation WHERE claim = ? ORDER BY nth"

CLAIMANT: Final = "SELECT claimant FROM draft_claim WHERE id = ?"

FOUND_IN: Final = "SELECT document, paragraph FROM draft_appearance WHERE claim = ? ORDER BY nth"

SETTLE: Final = """
UPDATE draft_claim SET
    topics = iif(q.topics IS NULL, draft_claim.topics, all_topics(q.topics, coalesce(
        (SELECT topics FROM draft_own_topics WHERE claim = draft_claim.id), '[]'
    ))),
    countries = coalesce(q.countries, draft_claim.countries)
FROM draft_question q
WHERE (q.topics IS NOT NULL OR q.countries IS NOT NULL) AND draft_claim.question = q.id
"""

MOST_VARIABLES: Final = 500
"""How many values a statement is given; more in one gain nothing."""

BATCH: Final = 2_000
"""How many rows of a table are held before they are written."""


@dataclass(frozen=True, slots=True)
class Placed(Generic[R]):
    """A record and where it stands."""

    record: R
    place: Place


@dataclass(slots=True)
class Registers:
    """The four registers, by id."""

    outlets: dict[str, Placed[Outlet]] = field(default_factory=dict)
    actors: dict[str, Placed[Actor]] = field(default_factory=dict)
    places: dict[str, Placed[PlaceRecord]] = field(default_factory=dict)
    documents: dict[str, Placed[Document]] = field(default_factory=dict)

    def by_table(self) -> dict[str, Mapping[str, Placed[Any]]]:
        """Return each register by the name of its table in the database."""
        return {
            "outlets": self.outlets,
            "actors": self.actors,
            "places": self.places,
            "documents": self.documents,
        }

    def countries_of(self, places: Iterable[str]) -> list[str]:
        """Return the codes of the countries that some places lie in, sorted."""
        return sorted({code for place in places if (code := self._country(place))})

    def _country(self, place: str) -> str | None:
        seen: set[str] = set()
        at: str | None = place
        while at and at not in seen and at in self.places:
            seen.add(at)
            record = self.places[at].record
            if record.country:
                return record.country
            at = record.within
        return None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a claim takes over from its dossier; the countries are a JSON array."""

    dossier: str | None
    topics: tuple[str, ...] = ()
    countries: str = "[]"


@dataclass(slots=True)
class Cited:
    """The outlets cited for a claim, of whom so many are by its own word."""

    n_own: int
    carrying: set[str]
    """Those that are known to carry it."""
    beside: set[str] = field(default_factory=set)
    """Those that are cited where it was found, for whichever of its sentences."""

    @property
    def carriers(self) -> list[str]:
        """Return the outlets that are known to carry the claim, sorted."""
        return sorted(self.carrying)

    @property
    def nearby(self) -> list[str]:
        """Return the outlets that only stand where the claim was found, sorted."""
        return sorted(self.beside - self.carrying)


class _Insert:
    """Writes rows into a table, many with each statement: that takes a third less time."""

    def __init__(self, table: str, n_columns: int) -> None:
        self.n_rows = MOST_VARIABLES // n_columns
        self._one = _inserting(table, n_columns, 1)
        self._many = _inserting(table, n_columns, self.n_rows)

    def write(self, connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
        """Write rows, in their order."""
        together = len(rows) - len(rows) % self.n_rows
        parts = (rows[at : at + self.n_rows] for at in range(0, together, self.n_rows))
        connection.executemany(self._many, (tuple(chain.from_iterable(part)) for part in parts))
        connection.executemany(self._one, rows[together:])


def _inserting(table: str, n_columns: int, n_rows: int) -> str:
    row = f"({', '.join('?' * n_columns)})"
    return f"INSERT INTO {table} VALUES {', '.join([row] * n_rows)}"  # noqa: S608 # names from COLUMNS


class Draft:
    """Everything that was read from one claims folder."""

    def __init__(self, connection: sqlite3.Connection, source: Source) -> None:
        self.connection = connection
        self.source = source
        self.registers = Registers()
        self.n_files = 0
        self.digest = ""
        self.whole = True
        self.partial = False
        """Whether only what is due is weighed and written; else everything that was read."""
        self.elsewhere: Callable[[str], Iterable[str]] = _nothing
        """Returns the ids of a kind that files hold which were not read."""
        self._waiting: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self._inserts: dict[str, _Insert] = {}
        self._look_up = lru_cache(maxsize=4_096)(self._look_up_subject)
        for table, columns in COLUMNS.items():
            connection.execute(f"CREATE TEMP TABLE draft_{table} ({columns})")
            self._inserts[table] = _Insert(f"draft_{table}", len(columns.split(",")))

    def add(self, table: str, row: Row) -> None:
        """Add a row, in the order of COLUMNS."""
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= BATCH:
            self._flush(table)

    def extend(self, table: str, rows: Iterable[Row]) -> None:
        """Add several rows, each in the order of COLUMNS."""
        waiting = self._waiting[table]
        waiting.extend(rows)
        if len(waiting) >= BATCH:
            self._flush(table)

    def rows(self, sql: str, parameters: Iterable[object] = ()) -> Iterator[Row]:
        """Return an iterator over a query's rows; everything added before is seen."""
        for table, waiting in self._waiting.items():
            if waiting and f"draft_{table}" in sql:
                self._flush(table)
        return self.connection.execute(sql, tuple(parameters))

    def index(self, indexes: Iterable[str] = INDEXES) -> None:
        """Create the indexes that looking things up needs, where they are not there yet."""
        self.finish()
        for index in indexes:
            name = "draft_" + "_".join(re.findall(r"\w+", index))
            self.connection.execute(f"CREATE INDEX IF NOT EXISTS temp.{name} ON draft_{index}")

    def finish(self) -> None:
        """Write every row that is still held."""
        for table, waiting in self._waiting.items():
            if waiting:
                self._flush(table)

    def _flush(self, table: str) -> None:
        # One transaction for the batch, or SQLite would make one of every row.
        alone = not self.connection.in_transaction
        if alone:
            self.connection.execute("BEGIN")
        self._inserts[table].write(self.connection, self._waiting[table])
        if alone:
            self.connection.execute("COMMIT")
        self._waiting[table].clear()

    def due(self, kind: str, column: str) -> str:
        """Return the condition of SQL that something is due: always, unless the draft is partial.

        `kind` is that of the things whose ids the column holds.
        """
        if not self.partial:
            return "TRUE"
        return f"{column} IN (SELECT id FROM draft_due WHERE kind = '{kind}')"  # noqa: S608 # our own words

    def add_remark(self, remark: Problem, question: str | None, claim: str | None = None) -> None:
        """Add what is worth a look among the claims on a question, or of a claim without one."""
        place = remark.place
        row = (place.path, place.line, remark.code, remark.what, remark.remedy, question, claim)
        self.add("remark", row)

    def add_dossier(self, dossier_id: str, dossier: Dossier, place: Place) -> None:
        """Add a dossier's own row."""
        countries = self.registers.countries_of(dossier.where)
        self.add(
            "dossier",
            (
                dossier_id,
                dossier.title,
                dossier.when,
                *days_of(dossier.when),
                as_json(dossier.where),
                as_json(sorted(set(dossier.topics))),
                as_json(countries),
                None if dossier.parties is None else as_json(sorted(set(dossier.parties))),
                only_year_of(dossier.when),
                place.path,
                place.line,
            ),
        )

        for nth, text in enumerate(dossier.expect):
            self.add("expectation", (text, nth, place.path, place.line))

    def add_question(
        self, question_id: str, dossier_id: str, question: Question, place: Place
    ) -> None:
        """Add a question's row and its finding's."""
        countries = None if question.where is None else self.registers.countries_of(question.where)
        self.add(
            "question",
            (
                question_id,
                dossier_id,
                question.asks,
                question.answer,
                question.unit,
                question.about,
                as_json(question.options),
                question.part_of,
                question.tolerance,
                question.when,
                _json_if_told(question.where),
                _json_if_told(question.topics and sorted(set(question.topics))),
                question.answers,
                int(question.ordered),
                question.same_as,
                question.summary,
                _ENCODE(dict(sorted(question.labels.items()))),
                only_year_of(question.when),
                _json_if_told(countries),
                place.path,
                place.line,
            ),
        )
        if finding := question.finding:
            self.add(
                "finding", (question_id, finding.says, finding.by, finding.on, finding.because)
            )

    def add_claim(self, claim: Claim, subject: Subject, place: Place) -> None:
        """Add a claim's row and the rows of everything that hangs on it."""
        voice = self._voice(claim)
        cited = self._add_citations(claim, claim.claimant or voice)
        speaker = claim.claimant or voice or f"document {_first_document(claim)}"
        retracted = claim.retracted
        self.add(
            "claim",
            (
                claim.id,
                subject.dossier,
                claim.question,
                claim.claimant or voice,
                speaker if claim.origins is None else f"?{speaker}",
                claim.text,
                claim.made,
                year_of(claim.made) or year_of(claim.as_of),
                claim.value,
                claim.as_of,
                claim.hedge,
                int(claim.origins is not None),
                claim.supersedes,
                retracted.on if retracted else None,
                retracted.because if retracted else None,
                claim.quote,
                claim.note,
                as_json(cited.carriers),
                as_json(cited.nearby),
                _topics_of(subject.topics, claim.topics),
                subject.countries,
                place.path,
                place.line,
                claim.question,
                documents_of(claim),
            ),
        )
        if claim.topics:
            self.add("own_topics", (claim.id, as_json(claim.topics)))
        for basis in claim.based_on:
            self.add("basis", (claim.id, basis, None if self.partial else 0))
        for key, declarations in (("conflicts", claim.conflicts), ("compatible", claim.compatible)):
            for other, declared in declarations.items():
                self.add("declared", (claim.id, other, key, declared.because, declared.strength))

    def _add_citations(self, claim: Claim, claimant: str | None) -> Cited:
        """Add a claim's citations and appearances; return which outlets are cited."""
        cited = Cited(len(claim.cites), {citation.outlet for citation in claim.cites})
        for nth, citation in enumerate(claim.cites):
            told = (citation.title, citation.url, citation.published, citation.archived)
            scope = (None, None, "claim")
            row = (claim.id, nth, citation.outlet, *scope, *told, citation.stance)
            self.add("citation", row)
        places = list(dict.fromkeys(claim.found))
        for nth, place in enumerate(places):
            part = (place.paragraph, place.locator)
            self.add("appearance", (claim.id, nth, place.document, *part))
        where = [(place.document, place.paragraph) for place in places]
        self._cite_where_found(claim.id, claimant, cited, where)
        return cited

    def _cite_where_found(
        self,
        claim: str,
        claimant: str | None,
        cited: Cited,
        places: Iterable[tuple[str, int | None]],
    ) -> None:
        """Add the citations that stand where a claim was found, behind its own if it has any.

        Where a claim cites outlets of its own, those of the paragraph are not known to speak of it.
        """
        rows: list[tuple[object, ...]] = []
        for document, paragraph in places:
            placed = self.registers.documents.get(document)
            if placed is None:
                continue
            if placed.record.outlet:
                stance = "supports" if claimant in {None, placed.record.voice} else "mentions"
                rows.append((placed.record.outlet, document, paragraph, "document", stance))
                cited.carrying.add(placed.record.outlet)
            if paragraph is not None and not cited.n_own:
                beside = (placed.record.paragraphs or {}).get(paragraph, ())
                rows += [(outlet, document, paragraph, "paragraph", None) for outlet in beside]
                cited.beside.update(beside)
        nothing = (None, None, None, None)
        for nth, row in enumerate(rows, cited.n_own):
            self.add("citation", (claim, nth, *row[:4], *nothing, row[4]))

    def cite_anew(self, claims: Iterable[str]) -> None:
        """Let claims that were taken over cite what is cited now where they were found."""
        self.finish()
        execute = self.connection.execute
        for claim in claims:
            execute("DELETE FROM draft_citation WHERE claim = ? AND scope <> 'claim'", [claim])
            own = [str(outlet) for (outlet,) in execute(OWN_OUTLETS, [claim])]
            cited = Cited(len(own), set(own))
            (claimant,) = execute(CLAIMANT, [claim]).fetchone()
            places = execute(FOUND_IN, [claim]).fetchall()
            self._cite_where_found(claim, claimant, cited, places)
            told = (as_json(cited.carriers), as_json(cited.nearby), claim)
            execute("UPDATE draft_claim SET outlets = ?, outlets_nearby = ? WHERE id = ?", told)

    def _voice(self, claim: Claim) -> str | None:
        for found in claim.found:
            document = self.registers.documents.get(found.document)
            if document is not None and document.record.voice:
                return document.record.voice
        return None

    def settle_subjects(self) -> None:
        """Let claims that were read be about what their questions are, where those say it.

        Called when their questions are there too, which may stand in any file, and before claims
        are taken over, which have settled.
        """
        self.finish()
        self.connection.create_function("all_topics", 2, _all_topics, deterministic=True)
        self.connection.execute(SETTLE)

    def subject_of(self, dossier_id: str, dossier: Dossier | None) -> Subject:
        """Return what a dossier's claims take over from it; nothing but its id if it is refused."""
        if dossier is None:
            return Subject(dossier_id)
        countries = as_json(self.registers.countries_of(dossier.where))
        return Subject(dossier_id, dossier.topics, countries)

    def subject_of_bulk(self, claim: BulkClaim) -> Subject:
        """Return what a claim takes over from the dossier that it names, or else its question's."""
        return self._look_up(claim.dossier, claim.question)

    def _look_up_subject(self, dossier: str | None, question: str | None) -> Subject:
        sql = (
            "SELECT id, topics, countries FROM draft_dossier "
            "WHERE id = coalesce(?, (SELECT dossier FROM draft_question WHERE id = ?))"
        )
        for found, topics, countries in self.rows(sql, (dossier, question)):
            return Subject(
                str(found),
                tuple(json.loads(str(topics))),
                str(countries),
            )
        return Subject(dossier)


@contextmanager
def open_draft(
    folder: Path, database: str = ":memory:", texts: Mapping[str, bytes] | None = None
) -> Iterator[Draft]:
    """Open an empty draft of a claims folder; `database` is where it will be published.

    `texts` are what files would hold, in place of what they do.
    """
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        make_ready(connection)
        yield Draft(connection, Source(folder, texts or {}))


def make_ready(connection: sqlite3.Connection, journal: str = "OFF") -> None:
    """Make a connection, which must be in no transaction, ready for a draft beside its tables.

    `journal` is what SQLite keeps of the draft to take a transaction back by.
    """
    # Nothing of a draft outlives the process, so nothing of it needs to reach the disk.
    connection.execute("PRAGMA temp_store = FILE")
    connection.execute("PRAGMA temp.synchronous = OFF")
    connection.execute(f"PRAGMA temp.journal_mode = {journal}")
    connection.execute("PRAGMA temp.cache_size = -16000")


def _nothing(_kind: str) -> Iterable[str]:
    return ()


def documents_of(claim: Claim) -> str:
    """Return the ids of the documents that a claim was read in, sorted, with blanks between."""
    if len(claim.found) == 1:
        return claim.found[0].document
    return " ".join(sorted({found.document for found in claim.found}))


def _first_document(claim: Claim) -> str:
    """Return the document that a claim without a claimant is the word of: the first by its id.

    Where it stands first may change with a line of the file; who says it must not.
    """
    return min(found.document for found in claim.found)


_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode


def as_json(values: Collection[str]) -> str:
    """Return a list of texts as a JSON array, letters of all scripts as themselves."""
    return _ENCODE(list(values)) if values else "[]"


def _json_if_told(values: Collection[str] | None) -> str | None:
    return None if values is None else as_json(values)


def _all_topics(asked: str, own: str) -> str:
    """Return a question's topics and a claim's own, all JSON arrays, each once, sorted."""
    return _topics_of(tuple(json.loads(asked)), tuple(json.loads(own)))


@lru_cache(maxsize=4_096)
def _topics_of(dossier: tuple[str, ...], claim: tuple[str, ...]) -> str:
    """Return a dossier's topics and a claim's own as a JSON array, each once, sorted."""
    return as_json(sorted({*dossier, *claim}))


def days_of(edtf: str | None) -> tuple[str | None, str | None]:
    """Return the first and last day that a date means, None for an open end."""
    if edtf is None:
        return None, None
    span = parse_date(edtf)
    return (
        span.earliest.isoformat() if span.earliest else None,
        span.latest.isoformat() if span.latest else None,
    )


@lru_cache(maxsize=65_536)
def year_of(edtf: str | None) -> int | None:
    """Return the year in which a date begins (ends, where its beginning is open)."""
    day = begins_on(edtf) if edtf is not None else None
    return day.year if day else None


def only_year_of(edtf: str | None) -> int | None:
    """Return the year in which a date begins and ends; None if that is not the same."""
    first, last = days_of(edtf)
    return int(first[:4]) if first and last and first[:4] == last[:4] else None
