"""References: whatever is named must exist, and every id must be one thing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from ledger.check.registry import check
from ledger.draft import Draft, Registers, as_json
from ledger.likeness import near_match
from ledger.problems import Place, Problem
from ledger.read import line_in
from ledger.read.folder import id_used_twice
from ledger.values import ANSWER_KINDS, UnreadableValue, parse_parties

KNOWN: Final = """
CREATE TEMP TABLE IF NOT EXISTS draft_known (kind, id, PRIMARY KEY (kind, id)) WITHOUT ROWID
"""

FILL_KNOWN: Final = """
INSERT OR IGNORE INTO draft_known
SELECT 'dossier', id FROM draft_dossier
UNION ALL SELECT 'question', id FROM draft_question
UNION ALL SELECT 'claim', id FROM draft_claim
UNION ALL SELECT kind, id FROM draft_refused
"""


class Reference(NamedTuple):
    """A key of a record in the draft that names another record by its id.

    `sql` selects what is named (`name`), the place of the record that names it (`path`, `line`)
    and up to two more keys that lead to the exact line (`k1`, `k2`).
    """

    kind: str
    key: str
    sql: str


REFERENCES: Final = (
    Reference("question", "question", "SELECT question AS name, path, line FROM draft_claim"),
    Reference("actor", "claimant", "SELECT claimant AS name, path, line FROM draft_claim"),
    Reference("dossier", "dossier", "SELECT dossier AS name, path, line FROM draft_claim"),
    Reference("claim", "supersedes", "SELECT supersedes AS name, path, line FROM draft_claim"),
    Reference(
        "document",
        "found",
        "SELECT r.document AS name, c.path, c.line "
        "FROM draft_appearance r JOIN draft_claim c ON c.id = r.claim",
    ),
    Reference(
        "outlet",
        "cites",
        "SELECT r.outlet AS name, c.path, c.line, r.nth AS k1, 'outlet' AS k2 "
        "FROM draft_citation r JOIN draft_claim c ON c.id = r.claim WHERE r.scope = 'claim'",
    ),
    Reference(
        "claim",
        "based_on",
        "SELECT r.basis AS name, c.path, c.line "
        "FROM draft_basis r JOIN draft_claim c ON c.id = r.claim",
    ),
    Reference(
        "claim",
        "conflicts",
        "SELECT r.other AS name, c.path, c.line, r.other AS k1 "
        "FROM draft_declared r JOIN draft_claim c ON c.id = r.claim WHERE r.key = 'conflicts'",
    ),
    Reference(
        "claim",
        "compatible",
        "SELECT r.other AS name, c.path, c.line, r.other AS k1 "
        "FROM draft_declared r JOIN draft_claim c ON c.id = r.claim WHERE r.key = 'compatible'",
    ),
    Reference("question", "part_of", "SELECT part_of AS name, path, line FROM draft_question"),
    Reference("question", "same_as", "SELECT same_as AS name, path, line FROM draft_question"),
    Reference(
        "claim",
        "labels",
        "SELECT l.key AS name, q.path, q.line, l.key AS k1 "
        "FROM draft_question q, json_each(q.labels) l",
    ),
    Reference(
        "place",
        "where",
        "SELECT w.value AS name, q.path, q.line FROM draft_question q, json_each(q.places) w",
    ),
    Reference(
        "place",
        "where",
        "SELECT w.value AS name, d.path, d.line FROM draft_dossier d, json_each(d.places) w",
    ),
    Reference(
        "actor",
        "parties",
        "SELECT p.value AS name, d.path, d.line FROM draft_dossier d, json_each(d.parties) p",
    ),
)

UNKNOWN: Final = """
SELECT n.* FROM ({named}) n
WHERE n.name IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM draft_known k WHERE k.kind = ? AND k.id = n.name)
"""


class _Known:
    """The ids that records have, by their kind, those of refused records too."""

    def __init__(self, draft: Draft) -> None:
        _list_known(draft)
        self._draft = draft
        self.ids = lru_cache(self._ids)
        self.near = lru_cache(self._near)

    def _ids(self, kind: str) -> dict[str, None]:
        """Return the ids of a kind, in their order."""
        sql = "SELECT id FROM draft_known WHERE kind = ? ORDER BY id"
        known = {str(name) for (name,) in self._draft.rows(sql, [kind])}
        return dict.fromkeys(sorted(known.union(self._draft.elsewhere(kind))))

    def _near(self, kind: str, name: str) -> str | None:
        """Return the id of a kind that was probably meant."""
        return near_match(name, list(self.ids(kind)))


def _list_known(draft: Draft) -> None:
    """List every id of every kind in the table `draft_known`, those of refused records too."""
    draft.finish()
    draft.connection.execute(KNOWN)
    registers = draft.registers
    for kind, register in (
        ("outlet", registers.outlets),
        ("actor", registers.actors),
        ("place", registers.places),
        ("document", registers.documents),
    ):
        draft.connection.executemany(
            "INSERT OR IGNORE INTO draft_known VALUES (?, ?)", ((kind, name) for name in register)
        )
    draft.connection.execute(FILL_KNOWN)


@check
def unknown_reference(draft: Draft) -> Iterator[Problem]:
    """An id is named that no record has.

    Claims name questions, actors, outlets, documents and other claims; registers and dossiers
    name outlets, actors and places. Each must exist, or the link would lead nowhere. Not
    judged while a file cannot be read at all, since what is missing may stand there.
    """
    if not draft.whole:
        return
    known = _Known(draft)
    voices = {placed.record.voice for placed in draft.registers.documents.values()}
    for reference in REFERENCES:
        sql = UNKNOWN.format(named=reference.sql)
        for name, path, line, *more in draft.rows(sql, [reference.kind]):
            if reference.key == "claimant" and name in voices:
                continue  # told once, where the document names its voice
            keys = [key for key in more if isinstance(key, str | int)]
            record = Place(str(path), int(str(line)))
            place = line_in(draft.source, record, reference.key, *keys)
            yield _leads_nowhere(known, place, reference.kind, str(name))
    yield from _unknown_in_registers(draft, known)
    yield from _unknown_in_values(draft, known)


def _leads_nowhere(known: _Known, place: Place, kind: str, name: str) -> Problem:
    meant = known.near(kind, name)
    remedy = REMEDIES[kind]
    return Problem(
        place,
        "unknown-reference",
        f"there is no {kind} `{name}`",
        f"Did you mean `{meant}`? If not, {remedy}" if meant else remedy.capitalize(),
    )


REMEDIES: Final = {
    "outlet": "add it to outlets.yaml.",
    "actor": "add it to actors.yaml.",
    "place": "add it to places.yaml.",
    "document": "add it to documents.yaml.",
    "dossier": "add a dossier file of that name.",
    "question": "add it to a dossier's questions.",
    "claim": "add it to a dossier's claims.",
}


def _unknown_in_registers(draft: Draft, known: _Known) -> Iterator[Problem]:
    for kind, name, place, *keys in _named_in_registers(draft.registers):
        if name not in known.ids(kind):
            yield _leads_nowhere(known, line_in(draft.source, place, *keys), kind, name)


def _named_in_registers(
    registers: Registers,
) -> Iterator[tuple[str, str, Place, *tuple[str | int, ...]]]:
    """Yield the kind and id of whatever the registers name, the naming record's place, and keys."""
    for kind, name, place, key in _named_once(registers):
        if name:
            yield kind, name, place, key
    for document in registers.documents.values():
        for number, outlets in (document.record.paragraphs or {}).items():
            for nth, name in enumerate(outlets):
                yield "outlet", name, document.place, "paragraphs", str(number), nth


def _named_once(registers: Registers) -> Iterator[tuple[str, str | None, Place, str]]:
    """Yield every key of a register that may name one other record."""
    for outlet in registers.outlets.values():
        yield "outlet", outlet.record.part_of, outlet.place, "part_of"
    for actor in registers.actors.values():
        yield "actor", actor.record.part_of, actor.place, "part_of"
    for where in registers.places.values():
        yield "place", where.record.within, where.place, "within"
    for document in registers.documents.values():
        yield "outlet", document.record.outlet, document.place, "outlet"
        yield "actor", document.record.voice, document.place, "voice"


NAMING_VALUES: Final = """
SELECT c.value, c.path, c.line, q.answer
FROM draft_claim c JOIN draft_question q ON q.id = c.question
WHERE q.answer IN (SELECT value FROM json_each(?)) AND c.value IS NOT NULL
"""


def _unknown_in_values(draft: Draft, known: _Known) -> Iterator[Problem]:
    registers = {name: kind.register for name, kind in ANSWER_KINDS.items() if kind.register}
    for value, path, line, answer in draft.rows(NAMING_VALUES, [as_json(list(registers))]):
        kind = registers[str(answer)]
        try:
            named = parse_parties(str(value)).ids
        except UnreadableValue:
            continue
        for name in sorted(named - known.ids(kind).keys()):
            place = line_in(draft.source, Place(str(path), int(str(line))), "value")
            yield _leads_nowhere(known, place, kind, name)


TWICE: Final = """
SELECT id, path, line, first_path, first_line FROM (
    SELECT id, path, line, row_number() OVER places AS nth,
        first_value(path) OVER places AS first_path, first_value(line) OVER places AS first_line
    FROM {table}
    WHERE id IN (SELECT id FROM {table} GROUP BY id HAVING count(*) > 1)
    WINDOW places AS (PARTITION BY id ORDER BY path, line)
) WHERE nth > 1
"""


def ids_used_twice(draft: Draft) -> Iterator[Problem]:
    """Yield a problem for every dossier, question or claim whose id was taken before it."""
    for kind in ("dossier", "question", "claim"):
        for row in draft.rows(TWICE.format(table=f"draft_{kind}")):
            name, path, line, first_path, first_line = map(str, row)
            first = Place(first_path, int(first_line))
            yield id_used_twice(Place(path, int(line)), kind, name, first)
