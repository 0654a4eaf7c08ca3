"""Affected: the claims and questions that changes of files bear on, directly or through others.

All others stand as the built database has them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from ledger.changed_registers import (
    claims_of_changed_documents,
    claims_of_changed_trees,
    gone_records,
)
from ledger.draft import Draft, as_json
from ledger.files import is_register
from ledger.index import ANSWERED, EARLIER, ECHOES, OPPONENTS, PARTS, WHOLES, Ids, Index

CLAIMS_AT_MOST: Final = 5_000
"""How many claims may be affected; with more, a whole build costs little more and lasts."""

# Each is given paths or ids as a JSON array. A claim of a dossier's own file is found by its
# dossier, which is indexed; only those of bulk files have to be looked for everywhere.
IN_DOSSIERS: Final = """
SELECT c.id FROM dossiers d JOIN claims c ON c.dossier = d.id AND c.file = d.file
WHERE d.file IN (SELECT value FROM json_each(:paths))
"""
IN_BULK: Final = "SELECT id FROM claims WHERE file IN (SELECT value FROM json_each(:paths))"
ASKED_IN: Final = """
SELECT q.id FROM dossiers d JOIN questions q ON q.dossier = d.id
WHERE d.file IN (SELECT value FROM json_each(:paths))
"""
DOSSIERS_IN: Final = "SELECT id FROM dossiers WHERE file IN (SELECT value FROM json_each(:paths))"
ELSEWHERE: Final = """
SELECT id FROM claims WHERE id IN (SELECT value FROM json_each(:ids))
AND (question IS NULL OR question NOT IN (SELECT value FROM json_each(:questions)))
"""


class Affected:
    """What the changes of a folder's files bear on, so far as the database tells.

    `ids` asks for all that is affected; None if that is too much.
    """

    def __init__(self, index: Index, asked: Ids) -> None:
        self._index = index
        paths = index.changed | index.deleted
        given = {"paths": as_json(sorted(paths))}
        self._claims = self._found(IN_DOSSIERS, given)
        if any(path.endswith(".jsonl") for path in paths):
            self._claims |= self._found(IN_BULK, given)
        self._questions = self._found(ASKED_IN, given)
        self._dossiers = self._found(DOSSIERS_IN, given)
        register_changed = any(map(is_register, paths))
        self._gone = gone_records(index) if register_changed else frozenset()
        self.ids = self._all(asked, register_changed=register_changed)

    def is_told_by(self, draft: Draft) -> bool:
        """Return whether a draft of all that is affected tells enough, now that it was read.

        It does not if an unchanged file may speak of a record that is gone, or holds one of the
        same id as a changed file: only a whole build would find what is wrong then.
        """
        gone = set(self._gone)
        for kind, before in (
            ("claim", self._claims),
            ("question", self._questions),
            ("dossier", self._dossiers),
        ):
            now = {str(name): str(path) for name, path in _standing(draft, kind)}
            gone |= before - now.keys()
            added = (name for name, path in now.items() if path in self._index.changed)
            if any(self._index.has(kind, name) for name in added if name not in before):
                return False
        return not gone or not self._index.is_named(gone)

    def _all(self, asked: Ids, *, register_changed: bool) -> Ids | None:
        claims = set(self._claims)
        if register_changed:
            claims |= claims_of_changed_trees(self._index)
            claims |= claims_of_changed_documents(self._index)
        if len(claims) > CLAIMS_AT_MOST:
            return None
        claims |= self._index.found(claims, EARLIER)
        # What a claim answered and contradicted it may no more; what it does now is read.
        repeated = self._index.all_from(claims, ECHOES)
        answered = self._questions | self._index.found(repeated, ANSWERED)
        questions = self._index.all_from(answered, WHOLES, PARTS)
        claims |= self._elsewhere(self._index.found(claims, *OPPONENTS), questions)
        return Ids(
            asked.questions | questions,
            asked.claims | claims,
            asked.dossiers | self._dossiers,
            of_changed=True,
        )

    def _elsewhere(self, claims: Collection[str], questions: Collection[str]) -> frozenset[str]:
        """Return those of some claims that answer none of some questions."""
        given = {"ids": as_json(sorted(claims)), "questions": as_json(sorted(questions))}
        return self._found(ELSEWHERE, given)

    def _found(self, sql: str, given: Mapping[str, object]) -> frozenset[str]:
        return frozenset(str(name) for (name,) in self._index.rows(sql, given))


def _standing(draft: Draft, kind: str) -> list[tuple[object, ...]]:
    return list(draft.rows(f"SELECT id, path FROM draft_{kind}"))  # noqa: S608 # three names
