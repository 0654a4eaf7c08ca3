"""Expectations: what a dossier says must come of weighing, held against what does.

expect:
- moura-deaths-hrw conflicts with moura-deaths-oe-watch
- moura-deaths-hrw is compatible with moura-deaths-army
- moura-deaths has 3 positions
- moura-deaths has at least 2 positions
- moura-deaths-army has at least 1 origin
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from ledger.draft import WEIGHED_INDEXES, Draft, Row
from ledger.problems import Place, Problem, documented
from ledger.read import line_in
from ledger.weigh.opponents import Pair, pair_of

EXPECTED: Final = """
SELECT text, nth, path, line FROM draft_expectation WHERE {due} ORDER BY path, nth
"""

CONFLICT: Final = """
SELECT reason FROM draft_conflict WHERE claim_a = ? AND claim_b = ? AND state = 'open'
"""

POSITIONS: Final = "SELECT n_positions FROM draft_question_weight WHERE question = ?"

ORIGINS: Final = "SELECT coalesce(n_origins, 0) FROM draft_claim_weight WHERE claim = ?"

KNOWN_CLAIM: Final = "SELECT 1 FROM draft_claim WHERE id = ?"

CONFLICTING: Final = re.compile(r"(\S+) conflicts with (\S+)")

COMPATIBLE: Final = re.compile(r"(\S+) is compatible with (\S+)")

ACCEPTED: Final = (
    "`a conflicts with b`, `a is compatible with b`, `question has 3 positions`, "
    "`question has at least 2 positions`, `claim has at least 2 origins`"
)


class _UnreadableExpectation(Exception):  # noqa: N818 # caught in this module
    """An expectation has no form that is known, or names what is not there."""


def expected_pairs(draft: Draft) -> frozenset[Pair]:
    """Return every pair of claims that a dossier expects to conflict or to be compatible."""
    found: set[Pair] = set()
    for text, *_ in _expected(draft):
        written = " ".join(str(text).split())
        matches = (form.fullmatch(written) for form in (CONFLICTING, COMPATIBLE))
        found.update(pair_of(*match.groups()) for match in matches if match)
    return frozenset(found)


def unmet_expectations(draft: Draft) -> Iterator[Problem]:
    """Yield a problem for every expectation that weighing does not meet, or nobody can read."""
    expected = _expected(draft)
    if expected:
        draft.index(WEIGHED_INDEXES)
    for text, nth, path, line in expected:
        written = " ".join(str(text).split())
        try:
            but = _judged(draft, written)
        except _UnreadableExpectation as error:
            place = _place_of(draft, path, line, nth)
            yield expectation_unreadable(place, written, str(error))
        else:
            if but:
                yield expectation_unmet(_place_of(draft, path, line, nth), written, but)


def _expected(draft: Draft) -> list[Row]:
    """Return what is expected of what is due, with where it stands."""
    return list(draft.rows(EXPECTED.format(due=draft.due("expectation", "text"))))


def _judged(draft: Draft, written: str) -> str:
    """Return what is so instead of what is expected, or nothing."""
    for form, judge in FORMS.items():
        if match := form.fullmatch(written):
            return judge(draft, *match.groups())
    raise _UnreadableExpectation("it has none of the known forms")  # noqa: EM101 # told once


def _place_of(draft: Draft, path: object, line: object, nth: object) -> Place:
    return line_in(draft.source, Place(str(path), int(str(line))), "expect", int(str(nth)))


@documented
def expectation_unreadable(place: Place, text: str, why: str) -> Problem:
    """An expectation of a dossier has no form that is known, or names what is not there."""
    return Problem(
        place,
        "expectation-unreadable",
        f"`{text}` cannot be checked: {why}",
        f"Accepted: {ACCEPTED}.",
    )


@documented
def expectation_unmet(place: Place, text: str, but: str) -> Problem:
    """A dossier expects something of its claims that is not so.

    Expectations keep the disputes of a dossier as its editors found them: a change to a value
    that makes one vanish, or a new one appear, does not go unseen.
    """
    return Problem(
        place,
        "expectation-unmet",
        f"expected that {text}, but {but}",
        "Correct the claims, or the expectation if it no longer holds.",
    )


def _conflicts(draft: Draft, one: str, other: str) -> str:
    _known(draft, one, other)
    return "" if _reason(draft, one, other) else "no open conflict stands between them"


def _compatible(draft: Draft, one: str, other: str) -> str:
    _known(draft, one, other)
    reason = _reason(draft, one, other)
    return f"they conflict: {reason.removesuffix('.')}" if reason else ""


def _positions(draft: Draft, question: str, number: str) -> str:
    found = _first(draft, POSITIONS, question)
    if found is None:
        raise _UnreadableExpectation(f"there is no question `{question}`")  # noqa: EM102 # one word around an id
    return "" if found == int(number) else f"it has {found}"


def _at_least_positions(draft: Draft, question: str, number: str) -> str:
    found = _first(draft, POSITIONS, question)
    if found is None:
        raise _UnreadableExpectation(f"there is no question `{question}`")  # noqa: EM102 # one word around an id
    return "" if found >= int(number) else f"it has {found}"


def _origins(draft: Draft, claim: str, number: str) -> str:
    found = _first(draft, ORIGINS, claim)
    if found is None:
        raise _UnreadableExpectation(f"there is no claim `{claim}`")  # noqa: EM102 # one word around an id
    return "" if found >= int(number) else f"it has {found}"


FORMS: Final[dict[re.Pattern[str], Callable[..., str]]] = {
    CONFLICTING: _conflicts,
    COMPATIBLE: _compatible,
    re.compile(r"(\S+) has (\d+) positions?"): _positions,
    re.compile(r"(\S+) has at least (\d+) positions?"): _at_least_positions,
    re.compile(r"(\S+) has at least (\d+) origins?"): _origins,
}
"""The forms of an expectation; each judge returns what is so instead, or nothing."""


def _known(draft: Draft, *claims: str) -> None:
    for claim in claims:
        if _first(draft, KNOWN_CLAIM, claim) is None:
            raise _UnreadableExpectation(f"there is no claim `{claim}`")  # noqa: EM102 # one word around an id


def _reason(draft: Draft, one: str, other: str) -> str:
    return next((str(row[0]) for row in draft.rows(CONFLICT, pair_of(one, other))), "")


def _first(draft: Draft, sql: str, name: str) -> int | None:
    return next((int(str(row[0])) for row in draft.rows(sql, [name])), None)
