"""Questions, the positions that claims take on them, and the dossiers that ask them.

All that is told of a question, wherever it is told, is gathered here: `questions` says how.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from operator import itemgetter
from typing import Any, ClassVar, Final

from ledger.database.gathering import MOST_CONTESTED, UNASKED
from ledger.reports.claims import (
    TURN,
    BriefClaim,
    Label,
    ToldClaim,
    brief_where,
    told_claims,
    told_each,
)
from ledger.reports.meaning import Ranged
from ledger.reports.meant import NotThereError
from ledger.reports.rows import (
    Facts,
    Named,
    as_ids,
    columns_of,
    grouped,
    named_in,
    picked,
    row_of,
    rows_of,
    things_of,
)
from ledger.values import parse_parties

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What positions are called, in their order; beyond these, by their number."""

SORTED_UP_TO: Final = 2_000
"""Of questions with more claims, those told are the first by id: sorting them all takes long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """How much is told of a question: how many positions, claims and pairs at most.

    -1 is no limit. With no claims, nothing is told that hangs on them.
    """

    positions: int = -1
    claims: int = -1
    pairs: int = 0


WHOLE: Final = Depth()
"""All that the database has, but the pairs of claims."""

CARD: Final = Depth(positions=5, claims=0)
"""What a card shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow(Ranged):
    """A position as the database has it, by the names of its columns."""

    id: str
    question: str
    number: int
    label: str
    low: float | None
    high: float | None
    earliest: str | None
    latest: str | None
    n_claims: int
    n_origins: int | None
    n_independent: int | None
    n_outlets: int
    n_outlets_nearby: int
    n_documents: int
    interest: str | None

    @property
    def letter(self) -> str:
        """What the position is called on its question."""
        return letter_of(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(PositionRow):
    """A position on a question, with the claims that take it."""

    SAID: ClassVar = {"range": "interest"}

    claims: list[ToldClaim]

    @property
    def more_claims(self) -> int:
        """How many of its claims are left out."""
        return self.n_claims - len(self.claims)

    @property
    def tells_range(self) -> bool:
        """Whether its range says what its label does not."""
        return self.range not in {None, self.label}


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionAlone(PositionRow):
    """A position by itself: what it answers, who takes it, what fits it, what is against it."""

    SAID: ClassVar = {"range": "unit"}

    asks: str
    answer: str
    unit: str | None
    claims: list[BriefClaim]
    fitting: list[BriefClaim]
    others: list[Label]


@dataclass(frozen=True, slots=True)
class Hinge:
    """An origin without which a question would stand otherwise.

    Its kind is actor; or document: one that has no voice; or claim: that of people whom nobody
    names, by what these are called.
    """

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An editor's signed judgement on a question."""

    question: str
    says: str
    signed_by: str
    signed_on: str
    because: str


@dataclass(frozen=True, slots=True)
class Part:
    """A question whose quantity is a part of another's."""

    id: str
    asks: str
    state: str


@dataclass(frozen=True, slots=True)
class Fitting:
    """A claim that fits a position beside its own."""

    position: str
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two claims that cannot both be true, or hardly, and why; the lower position's comes first."""

    claim_a: str
    claim_b: str
    question: str
    strength: str
    origin: str
    state: str
    nature: str
    reason: str
    explanation: str | None
    gap: float | None
    claims: tuple[ToldClaim, ToldClaim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A claim that replaces its claimant's earlier word."""

    id: str
    text: str
    made: str | None
    earlier: str
    earlier_text: str
    earlier_made: str | None
    claimant_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow(Ranged):
    """A question as the database has it, by the names of its columns."""

    id: str
    asks: str
    answer: str
    unit: str | None
    about: str | None
    options: list[str]
    dossier: str
    part_of: str | None
    tolerance: float
    occurred: str | None
    places: list[str] | None
    topics: list[str] | None
    answers: str
    ordered: int
    same_as: str | None
    weighed_as: str
    summary: str | None
    labels: dict[str, str]
    state: str
    nature: str | None
    n_positions: int
    n_claims: int
    n_conflicts: int
    n_conflicts_elsewhere: int
    pairs: str
    n_origins: int | None
    n_independent: int | None
    n_outlets: int
    n_outlets_nearby: int
    n_documents: int
    gap: float | None
    spread: float | None
    support: int
    hinges: Sequence[Hinge | str]
    low: float | None
    high: float | None
    earliest: str | None
    latest: str | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(QuestionRow):
    """All that is told of a question, as far as a Depth goes.

    `dispute` is how the dispute stands, if it is one; `vague` whether a claim gives a quantity by a
    word such as dozens, so that how far its claims are apart is the doing of a table. Positions
    come by their numbers: so do their letters, and their values from the least to the greatest.
    Where only some are told, it is those with the most origins behind them, then claims.
    """

    UNTOLD: ClassVar = frozenset({"part_of_state", "dispute", "vague", "conflicts", "revisions"})
    SAID: ClassVar = {"range": "part_of_asks"}

    hinges: list[Hinge]
    dossier_title: str
    part_of_asks: str | None
    findings: list[Finding]
    parts: list[Part]
    positions: list[Position]
    fitting: list[Fitting]
    without_position: list[ToldClaim]
    part_of_state: str | None
    dispute: str | None
    vague: int
    conflicts: list[Pair]
    revisions: list[Revision]

    @property
    def more_positions(self) -> int:
        """How many positions are left out."""
        return self.n_positions - len(self.positions)

    @property
    def claims(self) -> list[ToldClaim]:
        """The claims that are told, those without a position last."""
        taking = [claim for position in self.positions for claim in position.claims]
        return taking + self.without_position

    def fits(self, claim: str) -> list[str]:
        """Return the positions that a claim fits beside its own."""
        return [one.position for one in self.fitting if one.id == claim]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefQuestion:
    """What is told of a question where its dossier is shown."""

    id: str
    asks: str
    answer: str
    unit: str | None
    state: str
    nature: str | None
    n_positions: int
    n_claims: int
    n_conflicts: int
    n_conflicts_elsewhere: int
    n_origins: int | None
    n_independent: int | None
    n_outlets: int
    n_outlets_nearby: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRow:
    """A dossier as the database has it, by the names of its columns."""

    id: str
    title: str
    occurred: str | None
    earliest: str | None
    latest: str | None
    places: list[str]
    countries: list[str]
    topics: list[str]
    parties: list[str] | None
    n_questions: int
    n_claims: int
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier(DossierRow):
    """A dossier with its questions, and its claims that answer none."""

    questions: list[BriefQuestion]
    unasked: list[BriefClaim]


QUESTIONS: Final = f"""
SELECT {columns_of(QuestionRow, "q")}, d.title AS dossier_title,
    w.asks AS part_of_asks, w.state AS part_of_state,
    (SELECT state FROM disputes WHERE disputes.id = q.id) AS dispute,
    q.answer = 'quantity' AND EXISTS (
        SELECT 1 FROM (SELECT value FROM claims c WHERE c.question = q.id LIMIT {SORTED_UP_TO})
        WHERE value NOT GLOB '*[0-9]*'
    ) AS vague
FROM json_each(:ids) j
JOIN questions q ON q.id = j.value
JOIN dossiers d ON d.id = q.dossier
LEFT JOIN questions w ON w.id = q.part_of
ORDER BY j.key
"""  # noqa: S608 # columns of the schema

# The best supported come first: where there is room for some only, they are told.
POSITIONS: Final = f"""
SELECT j.value AS asked, {columns_of(PositionRow, "p")}
FROM json_each(:ids) j JOIN questions q ON q.id = j.value
JOIN positions p ON p.question = q.weighed_as
ORDER BY coalesce(p.n_independent, 0) DESC, p.n_claims DESC, p.number
"""  # noqa: S608 # columns of the schema

# An origin is an actor; a document without a voice; or, of people whom nobody names, their claim.
HINGES: Final = """
SELECT h.question AS asked, coalesce(a.id, d.id, c.id) AS id,
    coalesce(a.name, d.title, u.name) AS name,
    CASE WHEN a.id IS NOT NULL THEN 'actor' WHEN d.id IS NOT NULL THEN 'document' ELSE 'claim' END
        AS kind
FROM question_hinges h
LEFT JOIN actors a ON a.id = h.actor
LEFT JOIN documents d ON d.id = h.document
LEFT JOIN claims c ON h.origin LIKE 'claim %' AND c.id = substr(h.origin, 7)
LEFT JOIN actors u ON u.id = c.claimant
WHERE h.question IN (SELECT value FROM json_each(:ids))
ORDER BY h.question, h.origin
"""

PARTS: Final = """
SELECT part_of AS asked, id, asks, state FROM questions
WHERE part_of IN (SELECT value FROM json_each(:ids)) ORDER BY id
"""

FINDINGS: Final = """
SELECT j.value AS asked, f.question, f.says, f.signed_by, f.signed_on, f.because
FROM json_each(:ids) j JOIN findings f ON f.question = j.value
"""

FITTING: Final = """
SELECT j.value AS asked, f.position, c.id, c.text FROM json_each(:ids) j
JOIN questions q ON q.id = j.value JOIN positions p ON p.question = q.weighed_as
JOIN claim_positions f ON f.position = p.id
JOIN claims c ON c.id = f.claim
WHERE f.home = 0 AND c.position IS NOT NULL ORDER BY p.number, c.id LIMIT :most
"""

SEVERAL: Final[Mapping[str, tuple[type[Any], str]]] = {
    "hinges": (Hinge, HINGES),
    "parts": (Part, PARTS),
    "findings": (Finding, FINDINGS),
    "fitting": (Fitting, FITTING),
}
"""What a question has several of, with what has their facts."""

PAIRS: Final = """
SELECT claim_a, claim_b, question, strength, origin, state, nature, reason, explanation, gap
FROM conflicts WHERE question = :id LIMIT :most
"""

REVISIONS: Final = """
SELECT n.id, n.text, n.made, o.id AS earlier, o.text AS earlier_text, o.made AS earlier_made,
    a.name AS claimant_name
FROM claims n JOIN claims o ON o.id = n.supersedes LEFT JOIN actors a ON a.id = n.claimant
WHERE n.question = :id AND n.supersedes IS NOT NULL ORDER BY n.id LIMIT :most
"""

ANSWERS: Final = """
SELECT DISTINCT c.value FROM questions q JOIN claims c ON c.question = q.id
WHERE q.dossier = :dossier AND q.answer = 'actor' AND c.value IS NOT NULL
"""

DISPUTES: Final = f"SELECT id, nature FROM disputes ORDER BY {MOST_CONTESTED}"  # noqa: S608 # the one order of disputes

TAKING: Final = "c.position = :id"
WITHOUT_POSITION: Final = "c.question = :id AND c.position IS NULL"
FITTING_ALONE: Final = (
    "c.id IN (SELECT claim FROM claim_positions WHERE position = :id AND home = 0)"
)

POSITION: Final = f"""
SELECT {columns_of(PositionRow, "p")}, q.asks, q.answer, q.unit
FROM positions p JOIN questions q ON q.id = p.question WHERE p.id = :id
"""  # noqa: S608 # columns of the schema

OTHERS: Final = """
SELECT id, number, label FROM positions WHERE question = :question AND id <> :id ORDER BY number
"""

DOSSIER: Final = f"SELECT {columns_of(DossierRow, 'd')} FROM dossiers d WHERE id = :id"  # noqa: S608 # columns of the schema

OF_DOSSIER: Final = f"""
SELECT {columns_of(BriefQuestion, "q")} FROM questions q WHERE dossier = :id ORDER BY id
"""  # noqa: S608 # columns of the schema


DISPUTE_TOLD: Final = (
    "id asks answer unit dispute:state state:question_state nature n_conflicts "
    "n_conflicts_elsewhere gap spread"
)
POSITION_TOLD: Final = (
    "id number label low high earliest latest n_claims n_origins n_independent n_outlets "
    "n_outlets_nearby n_documents interest"
)
CLAIM_TOLD: Final = (
    "id text value status claimant_name:claimant made hedge n_origins n_independent outlets nearby"
)
"""What programs are told of positions and claims among disputes: fields, or `field:key`."""


def letter_of(number: int) -> str:
    """Return what a position is called on its question, by its number."""
    return LETTERS[number - 1] if number <= len(LETTERS) else str(number)


def question(connection: sqlite3.Connection, name: str, depth: Depth = WHOLE) -> Question:
    """Return all that is told of a question. Raises LookupError."""
    found = questions(connection, [name], depth)
    if not found:
        raise LookupError(name)
    return found[0]


def questions(
    connection: sqlite3.Connection, ids: Iterable[str], depth: Depth = WHOLE
) -> list[Question]:
    """Return all that is told of some questions, in the order of their ids.

    An id that no question has is left out.
    """
    asked = as_ids(ids)
    positions = grouped(connection, dict, POSITIONS, "asked", ids=asked)
    several = {
        key: grouped(connection, kind, sql, "asked", ids=asked, most=depth.claims)
        if depth.claims
        else defaultdict(list)
        for key, (kind, sql) in SEVERAL.items()
    }
    return [
        _question(connection, row, positions[row["id"]], several, depth)
        for row in rows_of(connection, QUESTIONS, ids=asked)
    ]


def state_of(connection: sqlite3.Connection, name: str) -> str:
    """Return how a question stands. Raises LookupError."""
    return str(row_of(connection, "SELECT state FROM questions WHERE id = :id", id=name)["state"])


def disputes(
    connection: sqlite3.Connection, name: str | None = None, natures: Iterable[str] = ()
) -> list[Question]:
    """Return all that is told of every dispute, the most contested first, or of one question's.

    `natures` are the kinds of dispute that are asked for; where there are none, any will do. Raises
    NotThereError if the question is not there.
    """
    kinds = set(natures)
    rows = connection.execute(DISPUTES)
    found = [one for one, nature in rows if not kinds or nature in kinds]
    if name is None:
        return questions(connection, found)
    if not connection.execute("SELECT 1 FROM questions WHERE id = ?", [name]).fetchone():
        raise NotThereError(kind="question", name=name)
    return questions(connection, [name] if name in found else [])


def told_dispute(dispute: Question) -> Facts:
    """Return what programs are told of a dispute among others: its claims come by their ids."""
    told = picked(dispute, DISPUTE_TOLD)
    told["hinges"] = [one.id for one in dispute.hinges]
    told["positions"] = [picked(one, POSITION_TOLD) for one in dispute.positions]
    for position, of in zip(told["positions"], dispute.positions, strict=True):
        position["claims"] = [
            picked(claim, CLAIM_TOLD) | {"fits": dispute.fits(claim.id)}
            for claim in sorted(of.claims, key=lambda one: one.id)
        ]
    return told


def parties_of(connection: sqlite3.Connection, asked: Question, subject: DossierRow) -> list[Named]:
    """Return the parties to what a question is about, by name.

    They are those that its dossier lists; where it lists none and a position is marked for them,
    whom the dossier's answers name.
    """
    parties: Iterable[str] = subject.parties or ()
    if subject.parties is None and any(one.interest for one in asked.positions):
        rows = connection.execute(ANSWERS, {"dossier": subject.id})
        parties = {name for (value,) in rows for name in parse_parties(value).ids}
    return named_in(connection, "actors", sorted(parties))


def position(connection: sqlite3.Connection, name: str) -> PositionAlone:
    """Return a position with its claims and those that fit it too. Raises LookupError."""
    row = row_of(connection, POSITION, id=name)
    return PositionAlone(
        **row,
        claims=brief_where(connection, TAKING, id=name),
        fitting=brief_where(connection, FITTING_ALONE, id=name),
        others=things_of(connection, Label, OTHERS, id=name, question=row["question"]),
    )


def subject_of(connection: sqlite3.Connection, asked: Question) -> DossierRow:
    """Return the dossier that asks a question."""
    return DossierRow(**row_of(connection, DOSSIER, id=asked.dossier))


def dossier(connection: sqlite3.Connection, name: str) -> Dossier:
    """Return a dossier with its questions and how they stand. Raises LookupError."""
    return Dossier(
        **row_of(connection, DOSSIER, id=name),
        questions=things_of(connection, BriefQuestion, OF_DOSSIER, id=name),
        unasked=brief_where(connection, UNASKED, id=name),
    )


def _question(
    connection: sqlite3.Connection,
    row: Facts,
    positions: Sequence[Facts],
    several: Mapping[str, Mapping[str, list[Any]]],
    depth: Depth,
) -> Question:
    """Return a question from its row, its positions and what else it has several of."""
    told = positions if depth.positions < 0 else positions[: depth.positions]
    told = sorted(told, key=itemgetter("number"))
    taking, alone = _claims(connection, row, [one["id"] for one in told], depth)
    pairs = _pairs(connection, row["id"], [*taking, *alone], depth.pairs)
    name = row["id"]
    beside: Facts = {key: several[key][name] for key in SEVERAL}
    return Question(
        **(row | beside),
        positions=[_position(one, taking) for one in told],
        without_position=alone,
        conflicts=sorted(pairs, key=_gravity),
        revisions=things_of(connection, Revision, REVISIONS, id=name, most=depth.pairs)
        if depth.pairs
        else [],
    )


def _position(row: Facts, claims: Iterable[ToldClaim]) -> Position:
    own = [claim for claim in claims if claim.position == row["id"]]
    return Position(**row, claims=own)


def _claims(
    connection: sqlite3.Connection, row: Facts, positions: Sequence[str], depth: Depth
) -> tuple[list[ToldClaim], list[ToldClaim]]:
    """Return the claims that take one of some positions, and those that take none."""
    if not depth.claims:
        return [], []
    most = depth.claims if depth.claims < 0 else max(4, depth.claims // max(1, len(positions)))
    crowded = most >= 0 and row["n_claims"] > SORTED_UP_TO
    sought = [(TAKING, one) for one in positions]
    # A crowded question's few claims without a position would take long to find.
    sought += [] if crowded else [(WITHOUT_POSITION, row["id"])]
    told = told_each(connection, sought, order="c.rowid" if crowded else TURN, most=most)
    alone = [claim for claim in told if claim.position is None]
    return told[: len(told) - len(alone)], alone


def _pairs(
    connection: sqlite3.Connection, name: str, claims: Iterable[ToldClaim], most: int
) -> list[Pair]:
    """Return the pairs of claims on a question that exclude each other, with both claims.

    Of a question with more claims than are told, the others are asked for by their ids.
    """
    rows = rows_of(connection, PAIRS, id=name, most=most) if most else []
    known = {claim.id: claim for claim in claims}
    missing = {row[end] for row in rows for end in ("claim_a", "claim_b")} - known.keys()
    if missing:
        known |= {one.id: one for one in told_claims(connection, sorted(missing))}
    pairs = []
    for row in rows:
        one, other = known[row["claim_a"]], known[row["claim_b"]]
        ends = (one, other) if _number(one) <= _number(other) else (other, one)
        pairs.append(Pair(**row, claims=ends))
    return pairs


def _gravity(pair: Pair) -> tuple[str, bool, float]:
    """Return what pairs are sorted by: strength, whether an editor reasons, then distance."""
    return pair.strength, pair.origin == "detected", -(pair.gap or 0)


def _number(claim: ToldClaim) -> float:
    """Return the number of a claim's position; those without one come last."""
    return claim.number or inf
