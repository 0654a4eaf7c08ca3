"""A question's page: `/disputes/<id>` while it is disputed, `/questions/<id>` while it is not."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from ledger.reports.bearings import with_bearings
from ledger.reports.chains import Chains, chains_of
from ledger.reports.claims import with_words
from ledger.reports.questions import fitting_in, hinges_of
from ledger.reports.rows import Facts, row_of, rows_of
from ledger.site.answering.addresses import path_of
from ledger.site.answering.answer import Moved, Page, answered
from ledger.site.answering.sides import number_of, side_of, with_letters
from ledger.site.drawings.plot import plot_of
from ledger.values import kind_of, parse_parties

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

MOST_CLAIMS: Final = 200
MOST_PAIRS: Final = 200
MOST_POSITIONS: Final = 24
"""How many claims, pairs and positions a page shows at most; the tables have them all."""

SORTED_UP_TO: Final = 2_000
"""Of questions with more claims, those shown are the first by id: sorting them all takes long."""

QUESTION: Final = """
SELECT q.*, d.title AS dossier_title, d.countries AS countries, d.topics AS topics,
    d.parties AS parties,
    w.asks AS part_of_asks, w.state AS part_of_state,
    (SELECT state FROM disputes WHERE disputes.id = q.id) AS dispute
FROM questions q
JOIN dossiers d ON d.id = q.dossier
LEFT JOIN questions w ON w.id = q.part_of
WHERE q.id = :id
"""

PARTIES: Final = """
SELECT id, name FROM actors WHERE id IN (SELECT value FROM json_each(:parties)) ORDER BY name
"""

NAMED: Final = """
SELECT DISTINCT c.value FROM questions q JOIN claims c ON c.question = q.id
WHERE q.dossier = :dossier AND q.answer = 'actor' AND c.value IS NOT NULL
"""

POSITIONS: Final = """
SELECT * FROM positions WHERE question = :id ORDER BY n_origins DESC, n_claims DESC LIMIT :most
"""

CLAIMS: Final = """
SELECT c.id, c.text, c.status, c.value, c.kind, c.unit, c.low, c.high, c.low_open, c.high_open,
    c.earliest, c.latest, c.claimant, a.name AS claimant_name, c.made, c.as_of, c.hedge,
    c.n_outlets, c.n_origins, c.n_conflicts, c.supersedes, c.retracted_on, c.position
FROM claims c LEFT JOIN actors a ON a.id = c.claimant
WHERE {where} ORDER BY {order} LIMIT :most
"""

PAIRS: Final = """
SELECT claim_a, claim_b, strength, origin, state, reason, explanation, gap, question
FROM conflicts WHERE question = :id LIMIT :most
"""

SUPERSEDED: Final = """
SELECT n.id, n.text, n.made, n.position, o.id AS earlier, o.text AS earlier_text,
    o.made AS earlier_made, a.name AS claimant_name
FROM claims n JOIN claims o ON o.id = n.supersedes LEFT JOIN actors a ON a.id = n.claimant
WHERE n.question = :id AND n.supersedes IS NOT NULL ORDER BY n.id LIMIT :most
"""

COUNTRIES: Final = """
SELECT id, name FROM countries WHERE id IN (SELECT value FROM json_each(:countries)) ORDER BY name
"""

PARTS: Final = """
SELECT id, asks, state FROM questions WHERE part_of = :id ORDER BY id LIMIT :most
"""


async def dispute_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of a dispute; a question that is none is shown at its own address."""
    gather = partial(page_of, name=request.url_vars["id"], disputed=True)
    return await answered(datasette, request, gather, "question")


async def question_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of a question; a disputed one is shown among the disputes."""
    gather = partial(page_of, name=request.url_vars["id"], disputed=False)
    return await answered(datasette, request, gather, "question")


def page_of(connection: sqlite3.Connection, *, name: str, disputed: bool) -> Page | Moved:
    """Return the page of a question, or where it is if asked for at the other address.

    Raises LookupError.
    """
    question = row_of(connection, QUESTION, id=name)
    path = path_of(question)
    if disputed != (question["state"] == "disputed"):
        return Moved(path)
    facts = facts_of(connection, question)
    section = "Disputes" if disputed else ""
    return Page("question.html", question["asks"], _in_short(facts), path, facts, section)


def facts_of(connection: sqlite3.Connection, question: Facts) -> Facts:
    """Return what the page of a question shows, its lists bounded."""
    name = question["id"]
    positions = with_letters(rows_of(connection, POSITIONS, id=name, most=MOST_POSITIONS))
    standing, others = _claims(connection, question, positions)
    chains = chains_of(connection, [claim["id"] for claim in standing])
    pairs = _pairs(connection, name, [*standing, *others])
    return {
        "question": question | _surroundings(connection, question),
        "measured": kind_of(question["answer"]).measured,
        "parties": _parties(connection, question, positions),
        "positions": [_side(one, standing, chains) for one in positions],
        "fitting": fitting_in(connection, name, MOST_CLAIMS),
        "without_position": others,
        "more_positions": question["n_positions"] - len(positions),
        "n_shown": len(standing) + len(others),
        "n_contested": sum(one["status"] == "contested" for one in [*standing, *others]),
        "plot": plot_of(standing, positions),
        "conflicts": [pair for pair in pairs if pair["state"] == "open"],
        "dismissed": [pair for pair in pairs if pair["state"] == "dismissed"],
        "more_pairs": len(pairs) >= MOST_PAIRS,
        "revisions": rows_of(connection, SUPERSEDED, id=name, most=MOST_PAIRS),
        "chains": chains.roots,
        "findings": rows_of(connection, "SELECT * FROM findings WHERE question = :id", id=name),
        "hinges": hinges_of(connection, name),
    }


def parties_of(connection: sqlite3.Connection, parties: list[str] | None) -> list[Facts]:
    """Return the id and name of each party that a dossier lists, by name; none if it lists none."""
    return rows_of(connection, PARTIES, parties=json.dumps(parties or []))


def _parties(
    connection: sqlite3.Connection, question: Facts, positions: list[Facts]
) -> list[Facts]:
    """Return the parties to what a question is about.

    They are those that its dossier lists; where it lists none and a position is marked for them,
    whom the dossier's answers name.
    """
    parties = question["parties"]
    if parties is None and any(one["interest"] for one in positions):
        rows = connection.execute(NAMED, {"dossier": question["dossier"]})
        parties = sorted({name for (value,) in rows for name in parse_parties(value).ids})
    return parties_of(connection, parties)


def _surroundings(connection: sqlite3.Connection, question: Facts) -> Facts:
    countries = json.dumps(question["countries"])
    return {
        "country_names": rows_of(connection, COUNTRIES, countries=countries),
        "parts": [
            part | {"path": path_of(part)}
            for part in rows_of(connection, PARTS, id=question["id"], most=MOST_PAIRS)
        ],
        "part_of_path": question["part_of"]
        and path_of({"id": question["part_of"], "state": question["part_of_state"]}),
    }


def _claims(
    connection: sqlite3.Connection, question: Facts, positions: list[Facts]
) -> tuple[list[Facts], list[Facts]]:
    """Return the claims that take one of some positions, and those that take none."""
    order = "c.turn" if question["n_claims"] <= SORTED_UP_TO else "c.rowid"
    each = max(4, MOST_CLAIMS // max(1, len(positions)))
    found: list[Facts] = []
    for one in positions:
        sql = CLAIMS.format(where="c.position = :id", order=order)
        found += rows_of(connection, sql, id=one["id"], most=each)
    sql = CLAIMS.format(where="c.question = :id AND c.position IS NULL", order=order)
    # A crowded question's few claims without a position would take long to find.
    alone = [] if order == "c.rowid" else rows_of(connection, sql, id=question["id"], most=each)
    told = with_bearings(connection, with_words(connection, [*found, *alone]))
    told = [claim | {"side": _side_of(claim)} for claim in told]
    return told[: len(found)], told[len(found) :]


def _side_of(claim: Facts) -> Facts | None:
    return side_of(claim["position"]) if claim["position"] else None


def _side(position: Facts, claims: Iterable[Facts], chains: Chains) -> Facts:
    """Return a position with its claims and the names of the origins that they go back to."""
    own = [claim for claim in claims if claim["position"] == position["id"]]
    origins = {origin["name"]: origin for claim in own for origin in chains.origins[claim["id"]]}
    return position | {
        "claims": own,
        "more_claims": position["n_claims"] - len(own),
        "origins": [origins[name] for name in sorted(origins, key=str)],
    }


def _pairs(connection: sqlite3.Connection, name: str, claims: list[Facts]) -> list[Facts]:
    """Return the pairs of claims that exclude each other, the gravest first, with both claims.

    Of a question with more claims than are shown, the others are asked for by their ids.
    """
    pairs = rows_of(connection, PAIRS, id=name, most=MOST_PAIRS)
    known = {claim["id"]: claim for claim in claims}
    missing = {pair[end] for pair in pairs for end in ("claim_a", "claim_b")} - known.keys()
    if missing:
        sql = CLAIMS.format(where="c.id IN (SELECT value FROM json_each(:claims))", order="c.rowid")
        found = rows_of(connection, sql, claims=json.dumps(sorted(missing)), most=-1)
        known |= {one["id"]: one | {"side": _side_of(one)} for one in with_words(connection, found)}
    told = [
        pair | {"claims": sorted((known[pair["claim_a"]], known[pair["claim_b"]]), key=_turn)}
        for pair in pairs
    ]
    return sorted(told, key=_gravity)


def _gravity(pair: Facts) -> tuple[str, bool, float]:
    """Return what pairs are sorted by: strength, whether an editor reasons, then distance."""
    return pair["strength"], pair["origin"] == "detected", -(pair["gap"] or 0)


def _turn(claim: Facts) -> int:
    """Return where a claim stands in a pair: by its position, those without one last."""
    return number_of(claim["position"]) if claim["position"] else MOST_POSITIONS**2


def _in_short(facts: Facts) -> str:
    """Return a question's answers in a sentence, for what links to it."""
    question = facts["question"]
    unit = f" {question['unit']}" if question["unit"] else ""
    said = "; ".join(f"{one['label']}{unit}" for one in facts["positions"][:4])
    return f"{question['asks']} {said}." if said else question["asks"]
