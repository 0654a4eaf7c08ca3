"""Profiles: what all the claims of an outlet, actor or document come to, gathered once for a build.

An outlet may be cited for a large part of a ledger; its page would look over all of that each time
it is asked for. So a build does it once for all of them, keeping of each list what a page shows.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

from ledger.acyclic import acyclic
from ledger.database.gathering import MOST_CONTESTED

CLAIMS: Final = 12
"""How many claims a profile names at most, the most contested."""

DISPUTES: Final = 20
"""How many disputes a profile names at most, the most contested."""

DOCUMENTS: Final = 20
"""How many of the documents that cite an outlet its profile names at most."""

IN_PARAGRAPH: Final = 3
"""How many of the claims read in a paragraph a document's profile names at most."""

OPPONENTS: Final = 12
"""How many opponents a profile names at most, beside the one that it is about."""

KINDS: Final = ("outlet", "actor", "document")
"""What has a profile."""

GLANCE: Final = """
SELECT claimant, id, row_number() OVER (ORDER BY turn), status, CASE
    WHEN question IN (SELECT id FROM disputes) THEN position
END
FROM claims WHERE {among}
"""

# Most contested first, as the list of disputes has them.
RANKED: Final = f"SELECT id FROM disputes ORDER BY {MOST_CONTESTED}"

AGAINST: Final = """
SELECT claim_a, claim_b, question_a, question_b FROM conflicts
WHERE state = 'open' AND ({among})
"""

MAKERS: Final = """
SELECT id, claimant FROM claims WHERE claimant IS NOT NULL AND id IN (SELECT id FROM draft_against)
"""

CITERS: Final = """
SELECT DISTINCT claim, outlet FROM citations
WHERE claim IN (SELECT id FROM draft_against) AND scope <> 'paragraph'
"""

CITED: Final = "SELECT claim, document, paragraph, scope FROM citations WHERE outlet = :id"

DUE: Final = "(SELECT id FROM draft_due WHERE kind = 'claim')"

GLANCED: Final = f"""
SELECT c.id, c.turn, c.status, c.position, d.state, d.support, d.n_conflicts
FROM claims c LEFT JOIN disputes d ON d.id = c.question WHERE c.id IN {DUE}
"""

OWN: Final = (
    "SELECT claim, 'outlet', outlet, nth, document, paragraph, scope FROM citations "
    f"WHERE claim IN {DUE}",
    f"SELECT id, 'actor', claimant FROM claims WHERE id IN {DUE} AND claimant IS NOT NULL",
    f"SELECT claim, 'document', document, paragraph FROM appearances WHERE claim IN {DUE}",
)

OPPONENTS_OF: Final = f"""(
    SELECT claim_a AS claim, claim_b AS other, question_a AS question FROM conflicts
    WHERE state = 'open' AND claim_a IN {DUE}
    UNION ALL SELECT claim_b, claim_a, question_b FROM conflicts
    WHERE state = 'open' AND claim_b IN {DUE}
)"""

OPPOSING: Final = (
    f"SELECT DISTINCT k.claim, 'outlet', s.outlet, k.question, k.other FROM {OPPONENTS_OF} k "
    "JOIN citations s ON s.claim = k.other WHERE s.scope <> 'paragraph'",
    f"SELECT k.claim, 'actor', c.claimant, k.question, k.other FROM {OPPONENTS_OF} k "
    "JOIN claims c ON c.id = k.other WHERE c.claimant IS NOT NULL",
)

WITHOUT: Final = tuple(
    f"SELECT '{kind}', id FROM {kind}s "
    f"WHERE id NOT IN (SELECT id FROM profiles WHERE kind = '{kind}')"
    for kind in KINDS
)
"""What has no profile yet."""

PROFILED: Final = (
    "INSERT OR IGNORE INTO draft_profiled SELECT claim FROM citations WHERE outlet = ?",
    "INSERT OR IGNORE INTO draft_profiled SELECT id FROM claims WHERE claimant = ?",
    "INSERT OR IGNORE INTO draft_profiled SELECT claim FROM appearances WHERE document = ?",
)

READ: Final = "SELECT claim, paragraph FROM appearances WHERE document = :id"

IDS: Final = "SELECT id FROM {table} ORDER BY id"

PROFILE: Final = "SELECT facts FROM profiles WHERE kind = :kind AND id = :id"

Profile = dict[str, Any]
"""What is kept of one outlet, actor or document; profile_of says what."""

Cited = tuple[str, str | None, int | None, str]
"""A citation of an outlet: the claim, the document and paragraph that cite it, and the scope."""

Glanced = tuple[int, str, str | None, str]
"""A claim's turn, its status, its position if its question is disputed, and its id.

Plain tuples, of which there are as many as claims: named ones would take a tenth longer.
"""

Against = Mapping[str, Mapping[str | None, Sequence[str]]]
"""The claims that each claim is in open conflict with, by the question that it answers."""


Whose = Mapping[str, Sequence[str]]
"""Who is behind each claim that is in an open conflict: whoever makes it, or carries it."""


class Ledger(NamedTuple):
    """What the profiles of some outlets, actors and documents are gathered from."""

    claims: Mapping[str, Glanced]
    made: Mapping[str, Sequence[Glanced]]
    """The claims of each actor."""
    ranks: Mapping[str, int]
    """Where each dispute stands when the most contested come first."""
    against: Against


@acyclic()
def write_profiles(connection: sqlite3.Connection) -> None:
    """Fill the table of profiles from the other tables of a database."""
    names = {kind: _ids(connection, f"{kind}s") for kind in KINDS}
    connection.execute("BEGIN")
    _write(connection, names, "TRUE")
    connection.execute("COMMIT")


Bearing = dict[str, tuple[set[tuple[object, ...]], set[tuple[str, str]]]]
"""What each claim shows in profiles, and the kind and id of each whose profiles those are."""


def bearing_of_due(connection: sqlite3.Connection) -> Bearing:
    """Return what each claim that is due shows in profiles, and in whose."""
    bearing: Bearing = {row[0]: ({row}, set()) for row in connection.execute(GLANCED)}
    for sql in (*OWN, *OPPOSING):
        for claim, kind, name, *told in connection.execute(sql):
            shown, whose = bearing[claim]
            shown.add((kind, name, *told))
            whose.add((kind, name))
    return bearing


def touched(before: Bearing, after: Bearing) -> set[tuple[str, str]]:
    """Return the kind and id of each whose profile shows something else than before."""
    found: set[tuple[str, str]] = set()
    for claim in before.keys() | after.keys():
        was, now = before.get(claim, (set(), set())), after.get(claim, (set(), set()))
        if was[0] != now[0]:
            found |= was[1] | now[1]
    return found


@acyclic()
def renew_profiles(connection: sqlite3.Connection, before: Bearing) -> None:
    """Write the profiles that show something else than before anew, in the open transaction."""
    lacking = (row for sql in WITHOUT for row in connection.execute(sql))
    stirred = touched(before, bearing_of_due(connection)).union(lacking)
    names = {kind: sorted(name for one, name in stirred if one == kind) for kind in KINDS}
    connection.execute("CREATE TEMP TABLE draft_profiled (id PRIMARY KEY)")
    for kind, sql in zip(KINDS, PROFILED, strict=True):
        connection.executemany(sql, ((name,) for name in names[kind]))
    connection.executemany("DELETE FROM profiles WHERE kind = ? AND id = ?", sorted(stirred))
    _write(connection, names, "{} IN (SELECT id FROM draft_profiled)")


def _write(connection: sqlite3.Connection, names: Mapping[str, Sequence[str]], among: str) -> None:
    """Write the profiles of some things; `among` is the condition that a claim is one of theirs."""
    ledger = _ledger(connection, names["actor"], among)
    profiles = {
        "actor": _actors(connection, ledger),
        "document": _documents(connection, ledger, names["document"]),
        "outlet": _outlets(connection, ledger, names["outlet"]),
    }
    for kind, of in profiles.items():
        rows = ((kind, name, json.dumps(of[name])) for name in sorted(of))
        connection.executemany("INSERT INTO profiles VALUES (?, ?, ?)", rows)
    connection.execute("DROP TABLE draft_against")


def profile_of(connection: sqlite3.Connection, kind: str, name: str) -> Profile:
    """Return the profile of an outlet, an actor or a document. Raises LookupError.

    That of a document has `statuses` ([status, n] of the claims read in it), for each paragraph
    in which claims were read, in their order, `paragraphs` ([number, n_contested, claims]), and
    `n_elsewhere` and `elsewhere` (ids) of the claims that were read in no paragraph.

    The others have `n_claims`, `claims` (ids), `statuses` ([status, n]), `n_disputes`, `disputes`
    ([question, [[position, n]]]), `opposed_by` ([id, n_claims, n_questions, a question or None])
    and `against_itself` (the same of itself, or None). Those of an outlet tell of the claims that
    it is known to carry, and have also `scopes` ([scope, n]), `cited_in` ([document, n_paragraphs,
    n_claims]), and of the claims that it only stands beside `n_nearby` and `nearby` (ids). Each
    list begins with the most.
    """
    row = connection.execute(PROFILE, {"kind": kind, "id": name}).fetchone()
    if row is None:
        raise LookupError(name)
    profile: Profile = json.loads(row[0])
    return profile


def _ledger(connection: sqlite3.Connection, actors: Iterable[str], among: str) -> Ledger:
    claims: dict[str, Glanced] = {}
    made: dict[str, list[Glanced]] = {name: [] for name in actors}
    for claimant, *glance in connection.execute(GLANCE.format(among=among.format("id"))):
        name, turn, status, position = glance
        claims[name] = claim = turn, status, position, name
        if claimant in made:
            made[claimant].append(claim)
    ranks = {name: rank for rank, (name,) in enumerate(connection.execute(RANKED))}
    against: dict[str, dict[str | None, list[str]]] = defaultdict(dict)
    either = " OR ".join(map(among.format, ("claim_a", "claim_b")))
    for first, second, asked, other in connection.execute(AGAINST.format(among=either)):
        against[first].setdefault(asked, []).append(second)
        against[second].setdefault(other, []).append(first)
    connection.execute("CREATE TEMP TABLE draft_against (id PRIMARY KEY)")
    connection.executemany("INSERT INTO draft_against VALUES (?)", ((one,) for one in against))
    return Ledger(claims, made, ranks, against)


def _whose(connection: sqlite3.Connection, sql: str) -> Whose:
    whose: dict[str, list[str]] = defaultdict(list)
    for claim, name in connection.execute(sql):
        whose[claim].append(name)
    return whose


def _actors(connection: sqlite3.Connection, ledger: Ledger) -> dict[str, Profile]:
    """Return the profiles of actors by their ids."""
    profiles = {name: _told(claims, ledger.ranks) for name, claims in ledger.made.items()}
    return _with_opponents(profiles, ledger, ledger.made, _whose(connection, MAKERS))


def _documents(
    connection: sqlite3.Connection, ledger: Ledger, names: Iterable[str]
) -> dict[str, Profile]:
    """Return the profiles of documents by their ids."""
    profiles: dict[str, Profile] = {}
    for name in names:
        read: dict[int, list[Glanced]] = defaultdict(list)
        elsewhere: set[Glanced] = set()
        for claim, paragraph in connection.execute(READ, {"id": name}):
            if paragraph is None:
                elsewhere.add(ledger.claims[claim])
            else:
                read[paragraph].append(ledger.claims[claim])
        claims = elsewhere.union(*read.values())
        profiles[name] = {
            "statuses": _most(Counter([status for _, status, _, _ in claims])),
            "paragraphs": [
                (
                    number,
                    sum(status == "contested" for _, status, _, _ in those),
                    [one for _, _, _, one in sorted(those)[:IN_PARAGRAPH]],
                )
                for number, those in sorted(read.items())
            ],
            "n_elsewhere": len(elsewhere),
            "elsewhere": [name for _, _, _, name in sorted(elsewhere)[:CLAIMS]],
        }
    return profiles


def _outlets(
    connection: sqlite3.Connection, ledger: Ledger, names: Iterable[str]
) -> dict[str, Profile]:
    """Return the profiles of outlets by their ids."""
    profiles: dict[str, Profile] = {}
    carried: dict[str, list[Glanced]] = {}
    for name in names:
        rows: list[Cited] = connection.execute(CITED, {"id": name}).fetchall()
        carrying = {row[0] for row in rows if row[-1] != "paragraph"}
        carried[name] = [ledger.claims[claim] for claim in carrying]
        beside = [ledger.claims[claim] for claim in {row[0] for row in rows} - carrying]
        profiles[name] = _told(carried[name], ledger.ranks) | _citing(rows) | _beside(beside)
    return _with_opponents(profiles, ledger, carried, _whose(connection, CITERS))


def _ids(connection: sqlite3.Connection, table: str) -> list[str]:
    return [name for (name,) in connection.execute(IDS.format(table=table))]


def _told(claims: Sequence[Glanced], ranks: Mapping[str, int]) -> Profile:
    """Return how many claims there are, of which statuses, in which disputes; and the first."""
    taken: dict[str, list[tuple[str, int]]] = defaultdict(list)
    positions = Counter([position for _, _, position, _ in claims if position])
    for position, n in sorted(positions.items()):
        # A position's id is its question's id and a claim's, neither of which has such a sign.
        taken[position.partition("_")[0]].append((position, n))
    disputes = sorted(taken, key=ranks.__getitem__)[:DISPUTES]
    return {
        "n_claims": len(claims),
        "claims": [name for _, _, _, name in sorted(claims)[:CLAIMS]],
        "statuses": _most(Counter([status for _, status, _, _ in claims])),
        "n_disputes": len(taken),
        "disputes": [(dispute, taken[dispute]) for dispute in disputes],
    }


def _beside(claims: Sequence[Glanced]) -> Profile:
    """Return the claims at whose paragraphs an outlet stands without being known to carry them."""
    return {
        "n_nearby": len(claims),
        "nearby": [name for _, _, _, name in sorted(claims)[:CLAIMS]],
    }


def _citing(rows: Sequence[Cited]) -> Profile:
    """Return in which scopes an outlet is cited, and the documents whose paragraphs cite it."""
    beside = [row for row in rows if row[-1] == "paragraph"]
    n_claims = Counter(str(document) for _, document in {row[:2] for row in beside})
    n_paragraphs = Counter(str(document) for document, _ in {row[1:3] for row in beside})
    return {
        "scopes": _most(Counter(row[-1] for row in rows)),
        "cited_in": [(one, n_paragraphs[one], n) for one, n in _most(n_claims)[:DOCUMENTS]],
    }


def _with_opponents(
    profiles: Mapping[str, Profile],
    ledger: Ledger,
    claims: Mapping[str, Iterable[Glanced]],
    whose: Whose,
) -> dict[str, Profile]:
    """Return profiles with whoever else is behind the claims against theirs.

    `claims` are the claims that each profile is of.
    """
    against = ledger.against
    contested = {
        name: [one for _, _, _, one in those if one in against] for name, those in claims.items()
    }
    return {
        name: profile | _opposed(name, contested[name], against, whose)
        for name, profile in profiles.items()
    }


def _opposed(name: str, contested: Iterable[str], against: Against, whose: Whose) -> Profile:
    """Return who is behind claims that some claims are in open conflict with, the most first.

    `name` is the id of whoever is behind the claims they are against, who is told apart.
    """
    others: dict[str | None, set[str]] = defaultdict(set)
    for one in contested:
        for question, those in against[one].items():
            others[question].update(those)
    every = set().union(*others.values())
    n_claims = Counter(chain.from_iterable(map(whose.__getitem__, every)))
    asked = {
        question: set(chain.from_iterable(map(whose.__getitem__, those)))
        for question, those in others.items()
        if question is not None
    }
    n_questions = Counter(chain.from_iterable(asked.values()))
    ordered = sorted(n_claims, key=lambda one: (-n_claims[one], -n_questions[one], one))
    first = [one for one in ordered if one != name][:OPPONENTS]
    told = {
        one: (one, n_claims[one], n_questions[one], _least(one, asked)) for one in {name, *first}
    }
    return {
        "opposed_by": [told[one] for one in first],
        "against_itself": told[name] if name in n_claims else None,
    }


def _least(one: str, asked: Mapping[str, Collection[str]]) -> str | None:
    """Return the first by id of the questions that somebody is asked, None if there is none."""
    return min((question for question, those in asked.items() if one in those), default=None)


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    """Return what was counted, the most frequent first."""
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))
