"""Answers: the claims of one question as they are weighed, read from the draft in one pass."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Final, NamedTuple, cast

from ledger.draft import BATCH, Draft
from ledger.draft import Row as DraftRow
from ledger.values import Asked, Said, Time, Tree, kind_of, parse_time
from ledger.values.kind import Bounds
from ledger.weigh.independence import UNKNOWN, Origins, Wholes
from ledger.weigh.meanings import AnswerKind, Key, Meaning
from ledger.words import Answer

FALLEN: Final = """
SELECT id, retracted_on IS NOT NULL, supersedes FROM draft_claim
WHERE retracted_on IS NOT NULL OR supersedes IS NOT NULL
"""

CLAIMS: Final = """
SELECT c.{of}, c.id, c.value, c.as_of, c.origin, c.outlets, c.outlets_nearby
FROM draft_claim c WHERE {which} ORDER BY c.asked, c.id
"""

ASKED: Final = CLAIMS.format(of="asked", which="c.asked IS NOT NULL")

ASKED_ELSEWHERE: Final = "SELECT id, question FROM draft_claim WHERE asked <> question"

UNASKED: Final = CLAIMS.format(of="dossier", which="c.asked IS NULL AND {due}")

ON_QUESTION: Final = CLAIMS.format(of="asked", which="c.asked = ?")

ALONE: Final = CLAIMS.format(of="asked", which="c.id = ?")

QUESTIONS: Final = """
SELECT id, answer, options, tolerance, answers, ordered, dossier, part_of, labels
FROM draft_question
"""

QUESTION: Final = QUESTIONS + " WHERE id = ?"

EVERY_QUESTION: Final = QUESTIONS + " WHERE {due} ORDER BY id"

PARTS: Final = "SELECT id, part_of FROM draft_question WHERE part_of IS NOT NULL ORDER BY id"

KINDS: Final = 16
"""How many kinds of answers are kept at hand: each list of options is one."""

Row = tuple[str | None, str, str | None, str | None, str, str, str]
"""A claim as the draft has it, in the order of CLAIMS."""


class Claim(NamedTuple):
    """A claim as it is weighed; `fallen` says if it was retracted or superseded.

    `outlets` are known to carry it, `nearby` only stand where it was found; `wholes` are what its
    origins count under.
    """

    id: str
    meaning: Meaning | None
    speaker: str
    """The claimant, or `document ID`; with a `?` before it if nobody recorded the origins."""
    question: str | None
    origins: Origins
    wholes: Origins
    outlets: frozenset[str]
    nearby: frozenset[str]
    fallen: str | None
    as_of: str | None
    """The time that it holds for, as written."""

    @property
    def claimant(self) -> str | None:
        """Return who makes it, if it is no document without a voice."""
        speaker = self.speaker.removeprefix(UNKNOWN)
        return None if speaker.startswith("document ") else speaker

    @property
    def said(self) -> Said | None:
        """Return the answer that it gives, if it has a value."""
        return self.meaning.said if self.meaning else None

    @property
    def time(self) -> Time | None:
        """Return the time that it holds for, if it says one."""
        if self.meaning is not None:
            return self.meaning.key[1]
        return parse_time(self.as_of) if self.as_of else None

    @property
    def key(self) -> Key:
        """Return what two claims share that say the same of the same time."""
        return self.meaning.key if self.meaning else (None, None)

    @property
    def bounds(self) -> Bounds | None:
        """Return the ends of a quantity, or of a date in days; None for other kinds."""
        return self.meaning.bounds if self.meaning else None


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it is weighed: what it asks for and how its answers compare."""

    id: str
    kind: AnswerKind
    dossier: str
    part_of: tuple[str, ...]
    """The questions that ask for wholes of its quantity, told by itself and those that are same."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """An editor's short names of positions, each by a claim that takes it."""

    @property
    def answer(self) -> Answer:
        """Return the kind of its answer."""
        return self.kind.asked.answer


class Beside:
    """The rows of a query, asked for question by question, in the order of the questions' ids.

    The first column is the question's id. Nothing is looked up: two queries in one order are
    walked side by side.
    """

    def __init__(self, rows: Iterable[DraftRow]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._step()

    def of(self, question: str) -> list[DraftRow]:
        """Return the rows of a question; each must come after the one asked for before."""
        while self._at is not None and self._at < question:
            self._step()
        if self._at != question:
            return []
        found = list(self._rows)
        self._step()
        return found

    def _step(self) -> None:
        group: tuple[str | None, Iterator[DraftRow]] = next(self._groups, (None, iter(())))
        self._at, self._rows = group


@dataclass(slots=True)
class Weighing:
    """What weighing needs beside the claims themselves."""

    draft: Draft
    coding: str
    wholes: Wholes
    relayed: Mapping[str, Origins] = field(default_factory=dict)
    """The origins of the claims that repeat others, once they are known."""
    fallen: Mapping[str, str] = field(default_factory=dict)
    """The claims that no longer stand, each with its status."""
    actors: Tree = field(default_factory=Tree)
    places: Tree = field(default_factory=Tree)
    heads: Mapping[str, str] = field(default_factory=dict)
    """For each question that is the same as another, the one that all of them lead to."""
    kind: Callable[[str, str, str, str, str], AnswerKind] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Keep the kinds of answers at hand."""
        self.kind = lru_cache(maxsize=KINDS)(self._kind_of)

    def asking(self, question: str) -> Asking:
        """Return a question as it is weighed; of those that are the same the one they lead to.

        Raises LookupError if it was neither read nor taken over.
        """
        name = self.heads.get(question, question)
        row = next(self.draft.rows(QUESTION, [name]), None)
        if row is None:
            raise LookupError(name)
        return self._asking(row)

    def claims_on(self, asking: Asking) -> list[Claim]:
        """Return the claims on a question, by id."""
        return self._claims(self.draft.rows(ON_QUESTION, [asking.id]), asking.kind)

    def groups(self) -> Iterator[tuple[Asking, list[Claim]]]:
        """Yield every question that is due, by id, with its claims, by id.

        Of questions that are the same only the one that the others lead to, with all their claims.
        """
        beside = Beside(self.draft.rows(ASKED))
        for row in self.draft.rows(EVERY_QUESTION.format(due=self.draft.due("question", "id"))):
            asking = self._asking(row)
            if asking.id in self.heads:
                continue
            yield asking, self._claims(beside.of(asking.id), asking.kind)

    def claim(self, name: str) -> Claim:
        """Return a claim by its id, without what it means."""
        (claim,) = self._claims(self.draft.rows(ALONE, [name]), None)
        return claim

    def unasked(self) -> Iterator[tuple[str, Claim]]:
        """Yield the claims that are due and answer no question, by id, each with its dossier."""
        rows = self.draft.rows(UNASKED.format(due=self.draft.due("claim", "c.id")))
        while some := list(islice(rows, BATCH)):
            claims = self._claims([(None, *row[1:]) for row in some], None)
            yield from zip((str(row[0]) for row in some), claims, strict=True)

    def _asking(self, row: DraftRow) -> Asking:
        name, *asked, dossier, part_of, labels = row
        kind = self.kind(*map(str, asked))
        wholes: tuple[str, ...] = (str(part_of),) if part_of else ()
        if self.heads:
            wholes = self._wholes_told(str(name), wholes)
        told = json.loads(str(labels)) if labels != "{}" else {}
        return Asking(str(name), kind, str(dossier), wholes, told)

    def _wholes_told(self, name: str, own: tuple[str, ...]) -> tuple[str, ...]:
        """Return the wholes of a question, and those that the same are told to have."""
        same = {one for one, head in self.heads.items() if head == name}
        told = [str(whole) for one, whole in self.draft.rows(PARTS) if one in same]
        return tuple(dict.fromkeys(self.heads.get(one, one) for one in (*own, *told)))

    def _kind_of(
        self, answer: str, options: str, tolerance: str, answers: str, ordered: str
    ) -> AnswerKind:
        asked = Asked(
            cast("Answer", answer),
            tuple(json.loads(options)),
            float(tolerance),
            self.coding,
            many=answers == "many",
            ordered=ordered == "1",
        )
        in_places = kind_of(answer).register == "place"
        return AnswerKind(asked, self.places if in_places else self.actors)

    def _claims(self, rows: Iterable[DraftRow], kind: AnswerKind | None) -> list[Claim]:
        found = []
        relayed, wholes = self.relayed, self.wholes.of
        known, standing = self.wholes.known, self.wholes.standing
        meaning, fallen = kind.meaning if kind is not None else None, self.fallen.get
        for of, name, value, as_of, origin, outlets, nearby in cast("Iterable[Row]", rows):
            if name in relayed:
                origins = relayed[name]
                counted = wholes(origins)
            else:
                origins, counted = known.get(origin) or standing(origin, name)
            found.append(
                Claim(
                    name,
                    meaning(value, as_of) if meaning is not None and value is not None else None,
                    origin,
                    of,
                    origins,
                    counted,
                    _ids(outlets),
                    _ids(nearby),
                    fallen(name),
                    as_of,
                )
            )
        return found if not self.heads else self._with_questions(found)

    def _with_questions(self, claims: list[Claim]) -> list[Claim]:
        """Return claims with the questions that they answer, where these are weighed as others."""
        asked = {str(name): str(own) for name, own in self.draft.rows(ASKED_ELSEWHERE)}
        return [
            claim._replace(question=asked[claim.id]) if claim.id in asked else claim
            for claim in claims
        ]


@lru_cache(maxsize=16_384)
def _ids(array: str) -> frozenset[str]:
    """Return the ids of a JSON array by cutting it: no id has a letter that JSON escapes."""
    return frozenset(array[2:-2].split('", "')) if array != "[]" else frozenset()


def list_fallen(draft: Draft) -> dict[str, str]:
    """List in the draft the claims that no longer stand, and return them, each with its status.

    They are the retracted and the superseded.
    """
    rows = list(draft.rows(FALLEN))
    fallen = {str(other): "superseded" for *_, other in rows if other is not None}
    fallen |= {str(claim): "retracted" for claim, retracted, _ in rows if retracted}
    draft.connection.execute("CREATE TEMP TABLE draft_fallen (claim PRIMARY KEY) WITHOUT ROWID")
    draft.connection.executemany(
        "INSERT INTO draft_fallen VALUES (?)", ((claim,) for claim in sorted(fallen))
    )
    return fallen
