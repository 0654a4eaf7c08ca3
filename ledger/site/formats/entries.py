"""Entries: what programs are told of claims, for many of them at a time.

A claim's page tells more of one claim; here is what a citation, a feed or a map needs of each,
in a few queries for any number of claims.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ledger.reports.claims import with_words
from ledger.reports.rows import Facts, rows_of
from ledger.site.answering.safety import web_address
from ledger.site.formats.form import Listed

CLAIMS: Final = """
SELECT c.id, c.text, c.status, c.claimant, a.name AS claimant_name, a.kind AS claimant_kind,
    c.value, c.kind, c.unit, c.made, c.as_of, c.hedge, c.dossier, d.title AS dossier_title,
    c.question, q.asks, q.state AS question_state, c.topics, c.countries,
    (SELECT source_sha256 FROM build) AS ledger_hash,
    (SELECT json_group_array(other) FROM (
        SELECT claim_b AS other FROM conflicts WHERE claim_a = c.id AND state = 'open'
        UNION ALL
        SELECT claim_a FROM conflicts WHERE claim_b = c.id AND state = 'open'
        LIMIT 50
    )) AS contradicts,
    (SELECT json_group_array(basis) FROM claim_bases WHERE claim = c.id) AS bases
FROM json_each(:ids) j
JOIN claims c ON c.id = j.value
LEFT JOIN actors a ON a.id = c.claimant
LEFT JOIN dossiers d ON d.id = c.dossier
LEFT JOIN questions q ON q.id = c.question
ORDER BY j.key
"""

CITED: Final = """
SELECT s.claim, s.outlet, o.name AS outlet_name, s.scope, s.stance,
    iif(s.scope = 'document', s.document, NULL) AS document,
    iif(s.scope = 'document', d.title, s.title) AS title,
    iif(s.scope = 'document', d.url, s.url) AS url,
    iif(s.scope = 'document', d.published, s.published) AS published,
    iif(s.scope = 'document', d.archived, s.archived) AS archived
FROM json_each(:ids) j
JOIN citations s ON s.claim = j.value
JOIN outlets o ON o.id = s.outlet
LEFT JOIN documents d ON d.id = s.document
WHERE s.scope <> 'paragraph'
GROUP BY j.key, s.outlet, 4, 5, 6, 7, 8, 9, 10
ORDER BY j.key, min(s.nth)
"""

NEARBY: Final = """
SELECT s.claim, s.document, s.paragraph, s.outlet, o.name AS outlet_name
FROM json_each(:ids) j
JOIN citations s ON s.claim = j.value
JOIN outlets o ON o.id = s.outlet
WHERE s.scope = 'paragraph'
GROUP BY j.key, s.document, s.paragraph, s.outlet
ORDER BY j.key, min(s.nth)
"""

FOUND: Final = """
SELECT r.claim, r.document, r.paragraph, r.locator, d.title, d.url, d.published,
    o.name AS outlet_name
FROM json_each(:ids) j
JOIN appearances r ON r.claim = j.value
JOIN documents d ON d.id = r.document
LEFT JOIN outlets o ON o.id = d.outlet
ORDER BY j.key, r.document, r.paragraph, r.nth
"""

FINDINGS: Final = """
SELECT c.id AS claim, f.question, f.says, f.signed_by, f.signed_on, f.because
FROM json_each(:ids) j
JOIN claims c ON c.id = j.value
JOIN findings f ON f.question = c.question
"""

PARTS: Final = {"cited": CITED, "nearby": NEARBY, "found": FOUND, "findings": FINDINGS}
"""What a claim has several of, by the key of its facts."""


def entries_of(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Facts]:
    """Return what programs are told of some claims, in the order of their ids.

    Each claim has `cited`, `nearby`, `found`, `findings`, `contradicts` (at most fifty) and `bases`
    as lists: `cited` are its own reports and the documents it was read in, `nearby` the outlets
    that only stand at its paragraphs. An id that no claim has is left out.
    """
    asked = json.dumps(list(ids))
    claims = with_words(connection, rows_of(connection, CLAIMS, ids=asked))
    known = {claim["id"]: claim for claim in claims}
    for claim in claims:
        claim |= {key: json.loads(claim[key]) for key in ("contradicts", "bases")}
        claim |= {part: [] for part in PARTS}
    for part, sql in PARTS.items():
        for row in rows_of(connection, sql, ids=asked):
            known[row.pop("claim")][part].append(_with_addresses(row))
    return claims


def entry_of(connection: sqlite3.Connection, name: str) -> Facts:
    """Return what programs are told of one claim. Raises LookupError if it is not there."""
    found = entries_of(connection, [name])
    if not found:
        raise LookupError(name)
    return found[0]


def headline(claim: Mapping[str, Any]) -> str:
    """Return how a claim is called where it stands alone: who claims what, and how it stands.

    `Witnesses: “About 300 people were killed.” (contested)`
    """
    by = f"{claim['claimant_name']}: " if claim["claimant_name"] else ""
    return f"{by}“{claim['text']}” ({claim['status']})"


def entries_in(listed: Listed) -> Iterator[Facts]:
    """Yield what programs are told of the claims of a list."""
    for ids in listed.batches:
        yield from entries_of(listed.connection, ids)


def _with_addresses(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose addresses are those of the web, or none."""
    return {
        key: web_address(value) if key in {"url", "archived"} else value
        for key, value in row.items()
    }
