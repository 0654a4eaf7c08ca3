"""Changed registers: what their changes bear on, of all that stands in other files.

Names, wholes and countries of actors and places bear on the answers that name them; what a document
cites bears on the claims that were read in it. All else is told by a record's own row.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from ledger.database.takeover import GIVEN
from ledger.draft import Registers, as_json
from ledger.kept import Kept
from ledger.values import UnreadableValue, parse_parties

LYING_IN: Final = f"""
SELECT d.id FROM dossiers d, json_each(d.places) p WHERE p.value IN {GIVEN}
"""
PLACED_IN: Final = f"""
SELECT q.id FROM questions q, json_each(q.places) p WHERE p.value IN {GIVEN}
"""
DOCUMENTS: Final = """
SELECT id, title, published, url, retrieved, archived, language, licence, extent, text_sha256,
    outlet, voice
FROM documents
"""
PARAGRAPHS: Final = "SELECT document, number, outlets, left_out FROM paragraphs"
NAMED: Final = "SELECT id, value FROM claims WHERE kind = ? AND value IS NOT NULL"
MADE_BY: Final = f"SELECT id FROM claims WHERE claimant IN {GIVEN}"
PARTIES: Final = "SELECT id, parties FROM dossiers WHERE parties IS NOT NULL"
SUBJECTS_OF: Final = f"""
SELECT DISTINCT q.dossier FROM claims c JOIN questions q ON q.id = c.question WHERE c.id IN {GIVEN}
"""
ANSWERED: Final = f"""
SELECT question FROM claims WHERE id IN {GIVEN} AND question IS NOT NULL
"""


@dataclass(slots=True)
class Bearing:
    """What changes of the registers bear on, by ids."""

    claims: set[str] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    dossiers: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)
    """The questions that are asked of places which lie elsewhere: their claims do as well."""
    speaking: set[str] = field(default_factory=set)
    """The documents in which somebody else speaks: their claims have to be read anew."""
    citing: set[str] = field(default_factory=set)
    """The documents that cite others, or are of another outlet."""


def bearing_of(kept: Kept, now: Registers) -> Bearing | None:
    """Return what changes of the registers bear on; None if a record is gone: on everything."""
    found = Bearing()
    for table, register in now.by_table().items():
        ids = {str(name) for (name,) in kept.rows(f"SELECT id FROM {table}", {})}  # four names
        if not ids <= register.keys():
            return None
    _actors(kept, now, found)
    _places(kept, now, found)
    _documents(kept, now, found)
    return found


def _actors(kept: Kept, now: Registers, found: Bearing) -> None:
    """Add what hangs on actors that have another name, or count under another whole."""
    before = list(kept.rows("SELECT id, part_of, name, kind, independent FROM actors", {}))
    actors = {name: one.record for name, one in now.actors.items()}
    parents = {name: one.part_of for name, one in actors.items()}
    turned = {
        str(name)
        for name, *_, kind, independent in before
        if (actors[str(name)].kind, actors[str(name)].independent) != (kind, independent)
    }
    moved = _moved({str(name): parent for name, parent, *_ in before}, parents, turned)
    renamed = {str(name) for name, _, said, *_ in before if actors[str(name)].name != said}
    answers = _naming(kept, "actor", moved | renamed)
    found.questions |= _questions_of(kept, answers)
    if moved:
        given = {"ids": json.dumps(sorted(moved))}
        found.claims |= {str(claim) for (claim,) in kept.rows(MADE_BY, given)}
        found.dossiers |= {
            str(name)
            for name, parties in kept.rows(PARTIES, {})
            if not moved.isdisjoint(json.loads(str(parties)))
        }
        subjects = kept.rows(SUBJECTS_OF, {"ids": json.dumps(sorted(answers))})
        found.dossiers |= {str(name) for (name,) in subjects}


def _places(kept: Kept, now: Registers, found: Bearing) -> None:
    """Add what hangs on places that have another name, lie elsewhere, or in another country."""
    before = kept.rows("SELECT id, within, name, country FROM places", {})
    parents = {name: one.record.within for name, one in now.places.items()}
    moved = _moved({str(name): parent for name, parent, *_ in before}, parents)
    otherwise = {
        str(name)
        for name, _, said, country in before
        if now.places[str(name)].record.name != said
        or next(iter(now.countries_of([str(name)])), None) != country
    }
    found.questions |= _questions_of(kept, _naming(kept, "place", moved | otherwise))
    given = {"ids": json.dumps(sorted(moved | otherwise))}
    found.dossiers |= {str(name) for (name,) in kept.rows(LYING_IN, given)}
    found.placed |= {str(name) for (name,) in kept.rows(PLACED_IN, given)}
    found.questions |= found.placed


def _documents(kept: Kept, now: Registers, found: Bearing) -> None:
    """Add the documents that are otherwise, and what is otherwise about them."""
    before = {str(name): told for name, *told in kept.rows(DOCUMENTS, {})}
    listed: dict[str, dict[object, object]] = {}
    cited: dict[str, dict[object, object]] = {}
    for document, number, outlets, left_out in kept.rows(PARAGRAPHS, {}):
        cited.setdefault(str(document), {})[number] = outlets
        listed.setdefault(str(document), {})[number] = outlets, left_out
    for name, placed in now.documents.items():
        one = placed.record
        told = [
            *(one.title, one.published, one.url, one.retrieved, one.archived, one.language),
            *(one.licence, one.extent, one.text_sha256, one.outlet, one.voice),
        ]
        outlets = {number: as_json(those) for number, those in (one.paragraphs or {}).items()}
        paragraphs = {
            number: (those, one.left_out.get(number)) for number, those in outlets.items()
        }
        unlisted = one.paragraphs is None and not any(
            those != "[]" for those in cited.get(name, {}).values()
        )
        same = unlisted or outlets == cited.get(name, {})
        if before.get(name) != told or not (unlisted or paragraphs == listed.get(name, {})):
            found.documents.add(name)
        if name in before and before[name][-1] != one.voice:
            found.speaking.add(name)
        elif name in before and (before[name][-2] != one.outlet or not same):
            found.citing.add(name)


def _naming(kept: Kept, kind: str, ids: Collection[str]) -> set[str]:
    """Return the claims whose value names one of some actors or places."""
    if not ids or kept.database is None:
        return set()
    rows = kept.database.execute(NAMED, [kind])
    return {str(claim) for claim, value in rows if not _named_by(str(value)).isdisjoint(ids)}


def _named_by(value: str) -> frozenset[str]:
    try:
        return parse_parties(value).ids
    except UnreadableValue:
        return frozenset()


def _questions_of(kept: Kept, claims: Collection[str]) -> set[str]:
    return {str(name) for (name,) in kept.rows(ANSWERED, {"ids": json.dumps(sorted(claims))})}


def _moved(
    before: Mapping[str, object], now: Mapping[str, object], turned: Collection[str] = ()
) -> set[str]:
    """Return the records that have another parent now, with all below them, then and now.

    Those that turned into something else are as if they had.
    """
    moved = {name for name, parent in before.items() if now.get(name) != parent}.union(turned)
    new = moved
    while new:
        children = {
            name for tree in (before, now) for name, parent in tree.items() if parent in new
        }
        new = children - moved
        moved = moved | children
    return moved
