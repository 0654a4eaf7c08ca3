"""Lede: a dispute in one sentence of plain words, which names who says what, when and where.

An editor's summary comes before it. Without one it is built of the positions: who stands behind
each, those of one whole by its name, and what they say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ledger.reports.naming import NOBODY, capitalized, in_sentence, listed, saying
from ledger.reports.origins import Origin, origins_of
from ledger.reports.questions import Question
from ledger.reports.rows import as_ids, rows_of
from ledger.reports.together import Across, elsewhere_of
from ledger.values import kind_of, parse_date
from ledger.values.date import date_in_words, ends_of
from ledger.values.kind import with_unit

LONGEST_DAYS: Final = 92
"""A subject of more days than these, a quarter, tells little of when one thing happened."""

MOST_PLACES: Final = 2
"""More places than these tell little of where one thing happened."""

MOST_ANSWERS: Final = 3
"""How many positions a sentence tells at most, and how many answers of one position."""

JOINT: Final = " · "
"""What parts the answers of a position in its label."""

EXACT: Final = frozenset({"settlement", "site"})
"""What something happens at, not in."""

SUBJECTS: Final = """
SELECT q.id, q.answer, coalesce(q.occurred, d.occurred) AS occurred,
    coalesce(q.places, d.places) AS places
FROM json_each(:ids) j JOIN questions q ON q.id = j.value JOIN dossiers d ON d.id = q.dossier
"""

PLACES: Final = """
SELECT id, name, coalesce(precision,
    iif(within IS NULL OR EXISTS (SELECT 1 FROM places p WHERE p.within = places.id),
        'region', 'settlement')) AS precision
FROM places WHERE id IN (SELECT value FROM json_each(:ids))
"""

COUNTED: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in words, and who says it: nobody if nobody recorded it."""

    answer: str
    origins: Sequence[Origin]

    @property
    def who(self) -> list[str]:
        """The names of those who say it: of a whole where several of it do."""
        return names_of(self.origins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a sentence is made of: a question's answers, each with who gives it, and its frame.

    `kind` is the kind of its answers and `nature` of its conflicts; `against` a claim elsewhere
    that contradicts it, in words, and `tension` whether nothing is said that excludes another.
    `frame` is when and where.
    """

    kind: str
    nature: str | None
    tension: bool
    said: Sequence[Said]
    more: int = 0
    against: Said | None = None
    frame: str = ""


def ledes(
    connection: sqlite3.Connection,
    asked: Sequence[Question],
    elsewhere: Mapping[str, Sequence[Across]] | None = None,
) -> dict[str, str]:
    """Return for each of some questions the sentence that says who says what.

    It is the editor's summary, if there is one. `elsewhere` has the conflicts of their claims with
    claims on other questions, if they are known already.
    """
    open_ones = [one for one in asked if not one.summary]
    if elsewhere is None:
        elsewhere = elsewhere_of(connection, [one.id for one in open_ones], most=100)
    positions = [side.id for one in open_ones for side in one.positions]
    origins = origins_of(connection, "position", positions)
    against = {one.id: elsewhere[one.id][0] for one in open_ones if elsewhere.get(one.id)}
    words = origins_of(connection, "claim", [one.other.id for one in against.values()])
    frames = frames_of(connection, [one.id for one in open_ones])
    built = {
        one.id: in_a_sentence(_told(one, origins, against.get(one.id), words, frames[one.id]))
        for one in open_ones
    }
    return built | {one.id: one.summary for one in asked if one.summary}


def _told(
    asked: Question,
    origins: Mapping[str, list[Origin]],
    across: Across | None,
    words: Mapping[str, list[Origin]],
    frame: str,
) -> Told:
    """Return what the sentence on a question is made of."""
    against = None
    if across and asked.state != "disputed":
        against = Said(across.other.text, words.get(across.other.id, []))
    return Told(
        kind=asked.answer,
        nature=asked.nature,
        tension=across.strength == "tension"
        if against and across
        else asked.dispute == "tension only",
        said=[
            Said(answer_in_words(side.label, asked), origins.get(side.id, []))
            for side in asked.positions[:MOST_ANSWERS]
        ],
        more=asked.n_positions - min(len(asked.positions), MOST_ANSWERS),
        against=against,
        frame=frame,
    )


def names_of(origins: Iterable[Origin]) -> list[str]:
    """Return the names of independent origins: of a whole where several of it speak."""
    by_whole: dict[str, list[Origin]] = {}
    for one in origins:
        by_whole.setdefault(one.whole, []).append(one)
    return [of[0].name if len(of) == 1 else of[0].whole_name for of in by_whole.values()]


def answer_in_words(label: str, asked: Question) -> str:
    """Return what a position says, as a sentence says it."""
    parts = label.split(JOINT)
    denied = [part.removeprefix("not ") for part in parts if part.startswith("not ")]
    given = [part for part in parts if not part.startswith("not ")]
    if asked.answer == "actor":
        given, denied = ([in_sentence(part) for part in some] for some in (given, denied))
    if not given:
        return f"that it was not {' or '.join(denied)}"
    left = len(given) - MOST_ANSWERS
    shown = given[:MOST_ANSWERS] + ([f"{left:,} more that go with these"] if left > 0 else [])
    joint = " and also " if asked.answer == "text" else " or "
    return ", ".join([with_unit(joint.join(shown), asked.unit), *(f"not {one}" for one in denied)])


def frames_of(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return for each of some questions when and where what it asks for happened, in words.

    It is empty where neither is told, or both are too wide to tell of one thing. Where the answer
    itself is a day or a place, its subject's would seem to be one more.
    """
    rows = rows_of(connection, SUBJECTS, ids=as_ids(ids))
    names = {place for row in rows for place in row["places"]}
    known = {row["id"]: row for row in rows_of(connection, PLACES, ids=as_ids(sorted(names)))}
    frames = {}
    for row in rows:
        places = [known[one] for one in row["places"]]
        when = when_in_words(row["occurred"]) if row["answer"] != "date" else ""
        exact = bool(places) and all(one["precision"] in EXACT for one in places)
        told = row["answer"] != "place" and len(places) <= MOST_PLACES and (exact or when)
        where = where_in_words([one["name"] for one in places], exact=exact) if told else ""
        frames[row["id"]] = " ".join(filter(None, (when, where)))
    return frames


def when_in_words(occurred: str | None) -> str:
    """Return when something happened, as a sentence begins with it: `on 20 April 2023`."""
    if not occurred:
        return ""
    span = parse_date(occurred)
    if not (span.earliest and span.latest) or (span.latest - span.earliest).days > LONGEST_DAYS:
        return ""
    words = date_in_words(occurred)
    if "/" in occurred:
        first, last = (date_in_words(end) for end in ends_of(occurred))
        day, _, month = first.partition(" ")
        return f"from {day if last.endswith(f' {month}') and month else first} to {last}"
    return f"on {words}" if words[:1].isdigit() and span.earliest == span.latest else f"in {words}"


def where_in_words(names: Sequence[str], *, exact: bool) -> str:
    """Return where something happened: `at Karma`, `in Mali and the Sahel`; nothing of nowhere."""
    if not names:
        return ""
    return f"{'at' if exact else 'in'} {listed([in_sentence(name) for name in names])}"


def in_a_sentence(told: Told) -> str:
    """Return who says what, in one sentence or two, that begin with when and where."""
    frame = f"{capitalized(told.frame)}: " if told.frame else ""
    if told.against:
        return capitalized(f"{frame}{_contested(told, told.against)}")
    if not told.said:
        return ""
    if told.nature != "retelling" and _is_of_one(told.said):
        return capitalized(f"{frame}{_of_one(told)}")
    account = "one account is told differently: " if told.nature == "retelling" else ""
    hardly = " The answers hardly fit together." if told.tension and not account else ""
    return capitalized(f"{frame}{account}{_clauses(told)}.{hardly}")


def _contested(told: Told, against: Said) -> str:
    """Return what a question's claims say, and what a claim elsewhere says against it."""
    said = _clauses(told)
    if told.nature == "retelling":
        return f"{said}. It is told differently by {listed(_named(against.who))}: {against.answer}"
    if told.nature == "itself" and all(one.who == against.who for one in told.said):
        goes = "which hardly goes with" if told.tension else "which contradicts"
        return f"{said}, {goes} its own word elsewhere: {against.answer}"
    what = "what hardly goes with it" if told.tension else "what contradicts it"
    wholes = {one.whole for said in (*told.said, against) for one in said.origins}
    same = " Both count as one source." if told.nature == "itself" and len(wholes) == 1 else ""
    return f"{said}. {capitalized(saying(against.who))} {what}: {against.answer}{same}"


def _clauses(told: Told) -> str:
    return "; ".join([*(_clause(told.kind, one) for one in told.said), *_more(told)])


def _is_of_one(said: Sequence[Said]) -> bool:
    """Return whether one name stands behind every answer, and nobody else."""
    return len(said) > 1 and len(said[0].who) == 1 and all(one.who == said[0].who for one in said)


def _of_one(told: Told) -> str:
    """Return what the only source says, which gives several answers."""
    n = len(told.said) + told.more
    number = COUNTED[n] if n < len(COUNTED) else f"{n:,}"
    what = "answers that hardly fit together" if told.tension else "answers"
    answers = [one.answer for one in told.said] + _more(told)
    return f"{saying(told.said[0].who, 'gives', 'give')} {number} {what}: {'; '.join(answers)}."


def _clause(kind: str, said: Said) -> str:
    """Return who says something and what: a colon before words that are no name or number."""
    colon = ":" if kind_of(kind).for_people or kind_of(kind).has_options else ""
    return f"{saying(said.who)}{colon} {said.answer}"


def _more(told: Told) -> list[str]:
    """Return the words for positions that are left out."""
    if not told.more:
        return []
    return [f"{told.more:,} more {'answer is' if told.more == 1 else 'answers are'} given"]


def _named(names: Sequence[str]) -> list[str]:
    return [in_sentence(name) for name in names] or [NOBODY]
