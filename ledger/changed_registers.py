"""Changed registers: what their changes bear on.

That is trees that hold an actor or a place elsewhere, documents that cite others, and records that
are gone. Names, aliases and coordinates bear on no claim.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from ledger.draft import Placed, as_json
from ledger.index import Index
from ledger.records import Document

PARENTS: Final = {
    "actor": "SELECT id, part_of FROM actors",
    "place": "SELECT id, within FROM places",
}
NAMING: Final = "SELECT id, value FROM claims WHERE kind = :kind AND value IS NOT NULL"
DOCUMENTS: Final = "SELECT id, outlet, voice FROM documents"
PARAGRAPHS: Final = "SELECT document, number, outlets FROM paragraphs"
READ_IN: Final = """
SELECT claim FROM appearances WHERE document IN (SELECT value FROM json_each(:ids))
"""
READ_AT: Final = """
SELECT a.claim FROM json_each(:ids) p JOIN appearances a
ON a.document = p.value ->> 0 AND a.paragraph = p.value ->> 1
"""

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def gone_records(index: Index) -> frozenset[str]:
    """Return the ids of outlets, actors, places and documents that no register has any more."""
    return frozenset(
        str(name)
        for table, now in index.registers.registers.by_table().items()
        for (name,) in index.rows(f"SELECT id FROM {table}", {})  # noqa: S608 # four names
        if name not in now
    )


def claims_of_changed_trees(index: Index) -> set[str]:
    """Return the claims whose value names an actor or a place that another tree now holds."""
    registers = index.registers.registers
    now = {
        "actor": {name: one.record.part_of for name, one in registers.actors.items()},
        "place": {name: one.record.within for name, one in registers.places.items()},
    }
    claims: set[str] = set()
    for kind, parents in now.items():
        before = {str(name): parent for name, parent in index.rows(PARENTS[kind], {})}
        moved = _moved(before, parents)
        rows = index.rows(NAMING, {"kind": kind}) if moved else ()
        claims |= {
            str(claim) for claim, value in rows if not moved.isdisjoint(_ID.findall(str(value)))
        }
    return claims


def claims_of_changed_documents(index: Index) -> set[str]:
    """Return the claims that were read where a document now cites others, or speaks itself."""
    documents = index.registers.registers.documents
    spoken = [
        str(name)
        for name, *said in index.rows(DOCUMENTS, {})
        if (one := documents.get(str(name))) and [one.record.outlet, one.record.voice] != said
    ]
    cited = [
        [document, number]
        for document, number, outlets in index.rows(PARAGRAPHS, {})
        if (one := documents.get(str(document))) and _cited_at(one, number) != outlets
    ]
    rows = index.rows(READ_IN, {"ids": json.dumps(spoken)})
    rows += index.rows(READ_AT, {"ids": json.dumps(cited)})
    return {str(claim) for (claim,) in rows}


def _moved(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """Return the records that have another parent now, with all below them, then and now."""
    moved = {name for name, parent in before.items() if now.get(name) != parent}
    new = moved
    while new:
        children = (name for tree in (before, now) for name in tree if tree[name] in new)
        new = set(children) - moved
        moved = moved | new
    return moved


def _cited_at(document: Placed[Document], number: object) -> str:
    paragraphs = document.record.paragraphs or {}
    return as_json(paragraphs.get(number, ())) if isinstance(number, int) else ""
