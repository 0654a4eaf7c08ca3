"""A claim: what it says, who makes it, who is cited for it, and what it conflicts with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from ledger.reports.meaning import ENDS, Ranged, values_in_words
from ledger.reports.naming import in_sentence
from ledger.reports.origins import Origin, origins_of
from ledger.reports.rows import Facts, as_ids, columns_of, grouped, row_of, rows_of, things_of
from ledger.values.kind import with_unit
from ledger.words import part_in_words, place_in_words

SHOWN: Final = 12
"""How many claims a page lists at most where a list may be long; the table has the rest."""

TURN: Final = "c.turn"
"""The one order of claims, the most contested first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow(Ranged):
    """A claim as the database has it, by the names of its columns."""

    id: str
    text: str
    status: str
    claimant: str | None
    dossier: str | None
    question: str | None
    position: str | None
    value: str | None
    kind: str | None
    unit: str | None
    low: float | None
    high: float | None
    low_open: int | None
    high_open: int | None
    best: float | None
    earliest: str | None
    latest: str | None
    made: str | None
    made_earliest: str | None
    made_latest: str | None
    as_of: str | None
    as_of_earliest: str | None
    as_of_latest: str | None
    year: int | None
    hedge: str | None
    origins_unknown: int
    outlets: list[str]
    outlets_nearby: list[str]
    topics: list[str]
    countries: list[str]
    n_outlets: int
    n_outlets_nearby: int
    n_origins: int | None
    n_independent: int | None
    n_documents: int
    n_conflicts: int
    interest: str | None
    turn: str
    supersedes: str | None
    retracted_on: str | None
    retracted_because: str | None
    quote: str | None
    note: str | None
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefClaim:
    """What is told of a claim where another thing is shown."""

    id: str
    text: str
    status: str
    value: str | None
    kind: str | None
    unit: str | None
    claimant: str | None
    claimant_name: str | None
    made: str | None
    hedge: str | None
    n_outlets: int
    n_outlets_nearby: int
    n_origins: int | None
    n_independent: int | None
    n_conflicts: int
    value_in_words: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay(BriefClaim):
    """A claim that another one repeats, or that repeats it: at the other end of a relay.

    `altered` is 1 if the one that repeats says otherwise.
    """

    altered: int

    @property
    def said(self) -> str:
        """Its value in words with its unit; nothing if it has none."""
        return with_unit(self.value_in_words, self.unit)


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a claim was read: a document, and what part of it if that is told."""

    SAID: ClassVar = {"part": "locator"}

    document: str
    paragraph: int | None
    locator: str | None
    title: str

    @property
    def part(self) -> str:
        """What part of the document it is, if it is no paragraph: page 4."""
        return part_in_words(self.locator)

    @property
    def words(self) -> str:
        """The place in words: a title, paragraph 54; a title (page 4); a title."""
        return place_in_words(self.title, self.paragraph, self.locator)


@dataclass(frozen=True, slots=True)
class OutletCited:
    """An outlet that is cited for something, and how often.

    One that is `nearby` only stands at a paragraph; all others are known to carry it, and what
    paragraphs name of them besides is not counted.
    """

    id: str
    name: str
    times: int
    nearby: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldClaim(BriefClaim, Ranged):
    """A claim as lists and questions tell it; programs are told no more than in brief.

    `number` is that of its position, and `side` the same if its question is disputed.
    """

    UNTOLD: ClassVar = frozenset(
        {
            *("as_of", "question", "position", "number", "side"),
            *(*ENDS, "low_open", "high_open"),
            *("cited", "found"),
        }
    )

    as_of: str | None
    question: str | None
    position: str | None
    number: int | None
    side: int | None
    low: float | None
    high: float | None
    low_open: int | None
    high_open: int | None
    earliest: str | None
    latest: str | None
    cited: Sequence[OutletCited]
    found: Sequence[Found]

    @property
    def outlets(self) -> list[str]:
        """The ids of the outlets that are known to carry it."""
        return sorted(one.id for one in self.carriers)

    @property
    def carriers(self) -> list[OutletCited]:
        """The outlets that are known to carry it."""
        return [one for one in self.cited if not one.nearby]

    @property
    def nearby(self) -> list[str]:
        """The ids of the outlets that only stand where it was found."""
        return sorted(one.id for one in self.outlets_nearby)

    @property
    def outlets_nearby(self) -> list[OutletCited]:
        """The outlets that only stand where it was found."""
        return [one for one in self.cited if one.nearby]


@dataclass(frozen=True, slots=True)
class Mention:
    """A claim that is named only; `side` numbers its position if its question is disputed."""

    id: str
    text: str
    status: str
    side: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What is cited for a claim: how often, for what, and what is known of the report."""

    outlet: str
    outlet_name: str
    times: int
    scope: str
    stance: str | None
    document: str | None
    paragraph: int | None
    title: str | None
    url: str | None
    published: str | None
    archived: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposite:
    """A claim that another one is in conflict with, and why.

    `number` is that of its position if both answer one question; `answers` the question that it
    answers, if that is another one, with what it asks.
    """

    UNTOLD: ClassVar = frozenset({"number", "answers", "asks", "asks_state"})

    id: str
    text: str
    status: str
    value: str | None
    kind: str | None
    unit: str | None
    claimant: str | None
    claimant_name: str | None
    question: str | None
    strength: str
    origin: str
    state: str
    nature: str
    reason: str
    explanation: str | None
    gap: float | None
    answer: str | None
    gap_unit: str | None
    value_in_words: str | None
    number: int | None
    answers: str | None
    asks: str | None
    asks_state: str | None


@dataclass(frozen=True, slots=True)
class Label:
    """A position by its id, its number and what it says."""

    id: str
    number: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(ClaimRow):
    """All that the database has of a claim.

    Its turn tells nothing of it, but how many others come before it.
    """

    UNTOLD: ClassVar = frozenset({"turn", "question_state", "number"})
    SAID: ClassVar = {"range": "value_in_words"}

    claimant_name: str | None
    asks: str | None
    dossier_title: str | None
    position_label: str | None
    number: int | None
    supersedes_text: str | None
    question_state: str | None
    value_in_words: str | None
    fits: list[Label]
    found: list[Found]
    origins: list[Origin]
    cited: list[Citation]
    conflicts: list[Opposite]
    based_on: list[Relay]
    repeated_by: list[Relay]
    superseded_by: list[BriefClaim]


CLAIM: Final = f"""
SELECT {columns_of(ClaimRow, "c")}, a.name AS claimant_name, q.asks, d.title AS dossier_title,
    p.label AS position_label, p.number, s.text AS supersedes_text, q.state AS question_state
FROM claims c
LEFT JOIN actors a ON a.id = c.claimant
LEFT JOIN questions q ON q.id = c.question
LEFT JOIN dossiers d ON d.id = c.dossier
LEFT JOIN positions p ON p.id = c.position
LEFT JOIN claims s ON s.id = c.supersedes
WHERE c.id = :id
"""  # noqa: S608 # columns of the schema

BRIEF: Final = f"""
SELECT c.id, c.text, c.status, c.value, c.kind, c.unit, c.claimant, a.name AS claimant_name,
    c.made, c.hedge, c.n_outlets, c.n_outlets_nearby, c.n_origins, c.n_independent, c.n_conflicts
FROM claims c LEFT JOIN actors a ON a.id = c.claimant WHERE {{where}} ORDER BY {TURN}
"""  # noqa: S608 # the one order of claims

RELAYS: Final = f"""
SELECT c.id, c.text, c.status, c.value, c.kind, c.unit, c.claimant, a.name AS claimant_name,
    c.made, c.hedge, c.n_outlets, c.n_outlets_nearby, c.n_origins, c.n_independent, c.n_conflicts,
    b.altered
FROM claim_bases b JOIN claims c ON c.id = b.{{end}} LEFT JOIN actors a ON a.id = c.claimant
WHERE b.{{other}} = :id ORDER BY {TURN}
"""  # noqa: S608 # the one order of claims

TOLD: Final = """
SELECT c.id, c.text, c.status, c.value, c.kind, c.unit, c.claimant, a.name AS claimant_name,
    c.made, c.hedge, c.n_outlets, c.n_outlets_nearby, c.n_origins, c.n_independent, c.n_conflicts,
    c.as_of, c.question, c.position, p.number, iif(q.state = 'disputed', p.number, NULL) AS side,
    c.low, c.high, c.low_open, c.high_open, c.earliest, c.latest
FROM claims c LEFT JOIN actors a ON a.id = c.claimant LEFT JOIN questions q ON q.id = c.question
LEFT JOIN positions p ON p.id = c.position
WHERE {where} ORDER BY {order} LIMIT :most
"""

MENTIONS: Final = """
SELECT c.id, c.text, c.status, iif(q.state = 'disputed', p.number, NULL) AS side
FROM json_each(:ids) j CROSS JOIN claims c ON c.id = j.value
LEFT JOIN questions q ON q.id = c.question LEFT JOIN positions p ON p.id = c.position
"""

NAMED: Final = "c.id IN (SELECT value FROM json_each(:id))"
"""Claims whose ids are given."""

# Queries come from this package; what a reader sends travels as parameters.
TURNS: Final = "SELECT turn, id FROM claims WHERE id IN ({which})"

FITS: Final = """
SELECT p.id, p.number, p.label FROM claim_positions f JOIN positions p ON p.id = f.position
WHERE f.claim = :id AND f.home = 0 ORDER BY p.number
"""

OUTLETS: Final = """
SELECT s.claim, o.id, o.name, min(s.scope = 'paragraph') AS nearby,
    iif(min(s.scope = 'paragraph'), count(*), sum(s.scope <> 'paragraph')) AS times
FROM citations s JOIN outlets o ON o.id = s.outlet
WHERE s.claim IN (SELECT value FROM json_each(:claims))
GROUP BY s.claim, o.id ORDER BY s.claim, o.name
"""

FOUND: Final = """
SELECT r.claim, r.document, r.paragraph, r.locator, d.title
FROM appearances r JOIN documents d ON d.id = r.document
WHERE r.claim IN (SELECT value FROM json_each(:claims))
ORDER BY r.claim, r.document, r.paragraph, r.nth
"""

CITED: Final = """
SELECT outlet, outlet_name, count(*) AS times, scope, stance, document, paragraph, title, url,
    published, archived
FROM claim_sources WHERE claim = :id
GROUP BY outlet, scope, stance, document, paragraph, title, url, published, archived
ORDER BY scope = 'paragraph', scope, document, paragraph, outlet_name, title
"""

CONFLICTS: Final = """
SELECT k.other AS id, k.other_text AS text, c.status, c.value, c.kind, c.unit, c.claimant,
    a.name AS claimant_name, k.question, k.strength, k.origin, k.state, k.nature, k.reason,
    k.explanation, k.gap, q.answer, q.unit AS gap_unit,
    iif(c.question = (SELECT question FROM claims WHERE id = :id), p.number, NULL) AS number,
    w.id AS answers, w.asks, w.state AS asks_state
FROM claim_conflicts k
JOIN claims c ON c.id = k.other
LEFT JOIN actors a ON a.id = c.claimant
LEFT JOIN questions w ON w.id = k.other_question AND k.question IS NULL
LEFT JOIN questions q ON q.id = coalesce(k.question, k.own_question)
LEFT JOIN positions p ON p.id = c.position
WHERE k.claim = :id
ORDER BY k.state DESC, k.strength, k.other
"""


def claim(connection: sqlite3.Connection, name: str) -> Claim:
    """Return all that the database has of a claim. Raises LookupError if it is not there."""
    row = row_of(connection, CLAIM, id=name)
    conflicts = with_words(connection, rows_of(connection, CONFLICTS, id=name))
    return Claim(
        **with_words(connection, [row])[0],
        fits=things_of(connection, Label, FITS, id=name),
        found=grouped(connection, Found, FOUND, "claim", claims=as_ids([name]))[name],
        origins=origins_of(connection, "claim", [name])[name],
        cited=things_of(connection, Citation, CITED, id=name),
        conflicts=[Opposite(**one) for one in conflicts],
        based_on=_relays(connection, name, "basis", "claim"),
        repeated_by=_relays(connection, name, "claim", "basis"),
        superseded_by=brief_where(connection, "c.supersedes = :id", id=name),
    )


def brief_where(
    connection: sqlite3.Connection, where: str, **parameters: object
) -> list[BriefClaim]:
    """Return the claims for which an SQL condition holds, in brief, the most contested first."""
    rows = rows_of(connection, BRIEF.format(where=where), **parameters)
    return [BriefClaim(**row) for row in with_words(connection, rows)]


def _relays(connection: sqlite3.Connection, name: str, end: str, other: str) -> list[Relay]:
    """Return the claims at one end of the relays at whose other end a claim stands."""
    rows = rows_of(connection, RELAYS.format(end=end, other=other), id=name)
    return [Relay(**row) for row in with_words(connection, rows)]


def told_by(claimant: str | None, status: str, document: str | None = None) -> str:
    """Return whose claim it is and how it stands: `Claim by the State, contested`."""
    whose = f"by {in_sentence(claimant)}" if claimant else f"in {document}" if document else ""
    stands = {"contested": "contested", "retracted": "withdrawn", "superseded": "replaced since"}
    parts = [f"Claim {whose}".strip(), stands.get(status, "")]
    return ", ".join(filter(None, parts))


def altered_in_words(relays: str, relayed: str) -> str:
    """Return how a claim alters what it relays, from what the two say, if they have values."""
    if not relays or not relayed or relays == relayed:
        return "says otherwise than what it relays"
    return f"says {_as_said(relays)} where what it relays says {_as_said(relayed)}"


def _as_said(value: str) -> str:
    """Return a value in words; one that is no number or day apart from the words around it."""
    return value if any(sign.isdigit() for sign in value) else f"“{value}”"


def told_each(
    connection: sqlite3.Connection,
    sought: Iterable[tuple[str, str]],
    order: str = TURN,
    most: int = -1,
) -> list[ToldClaim]:
    """Return the claims for which SQL conditions hold, each given with its :id, one by one.

    Of each there are so many at most, -1 being no limit, the most contested first.
    """
    found = [
        row
        for where, one in sought
        for row in rows_of(connection, TOLD.format(where=where, order=order), id=one, most=most)
    ]
    claims = as_ids(row["id"] for row in found)
    outlets = grouped(connection, OutletCited, OUTLETS, "claim", claims=claims)
    places = grouped(connection, Found, FOUND, "claim", claims=claims)
    return [
        ToldClaim(
            **row,
            cited=outlets[row["id"]],
            found=places[row["id"]],
        )
        for row in with_words(connection, found)
    ]


def told_claims(connection: sqlite3.Connection, ids: Iterable[str]) -> list[ToldClaim]:
    """Return the claims with some ids, the most contested first."""
    return told_each(connection, [(NAMED, as_ids(ids))])


def mentions(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Mention]:
    """Return the claims with some ids as they are named, by their ids."""
    found = things_of(connection, Mention, MENTIONS, ids=as_ids(ids))
    return {one.id: one for one in found}


def in_turn(connection: sqlite3.Connection, which: str, **asked: object) -> list[str]:
    """Return the ids of the claims of a list, the most contested first.

    `which` is a query for their ids, and `asked` what it asks for.
    """
    rows = connection.execute(TURNS.format(which=which), asked)
    return [name for _, name in sorted(rows)]


def with_words(connection: sqlite3.Connection, claims: list[Facts]) -> list[Facts]:
    """Put the values of some rows of claims in words beside the values as written."""
    values = values_in_words(connection, [(one["value"], one["kind"]) for one in claims])
    for one, words in zip(claims, values, strict=True):
        one["value_in_words"] = words
    return claims
