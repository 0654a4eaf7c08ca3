"""Same questions: asked in two places, they ask for one thing, and share their positions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ledger.check.registry import check
from ledger.draft import Draft
from ledger.problems import Place, Problem
from ledger.read import line_in

ALIKE: Final = """
SELECT q.answer, q.unit, q.options, q.answers, q.ordered, q.tolerance, s.id,
    s.answer, s.unit, s.options, s.answers, s.ordered, s.tolerance, q.path, q.line
FROM draft_question q JOIN draft_question s ON s.id = q.same_as AND s.id <> q.id
"""

SAID_TO_BE_SAME: Final = "SELECT id, same_as FROM draft_question WHERE same_as IS NOT NULL"

# Claims that are not there are told elsewhere.
LABELLED: Final = """
SELECT q.id, l.key, c.question, q.path, q.line
FROM draft_question q, json_each(q.labels) l JOIN draft_claim c ON c.id = l.key
WHERE c.question IS NOT q.id
"""


@check
def same_as_unlike(draft: Draft) -> Iterator[Problem]:
    """A question is said to be the same as one that asks for something else.

    Claims on the two are weighed together: both have the same kind of answer, in the same unit,
    or from the same options in the same order, and compare them alike.
    """
    for *asked, path, line in draft.rows(ALIKE):
        own, same, its = asked[:6], asked[6], asked[7:]
        if own == its:
            continue
        names = ("answer", "unit", "options", "answers", "ordered", "tolerance")
        unlike = next(name for name, a, b in zip(names, own, its, strict=True) if a != b)
        yield Problem(
            line_in(draft.source, Place(str(path), int(str(line))), "same_as"),
            "same-as-unlike",
            f"it and `{same}` have not the same `{unlike}`",
            f"Ask both for the same `{unlike}`, or leave `same_as` out.",
        )


@check
def label_elsewhere(draft: Draft) -> Iterator[Problem]:
    """A question names the position of a claim that does not answer it.

    `labels` gives positions on the question short names, each by a claim that takes it: one on
    this question, or on one that is the same.
    """
    labelled = [tuple(map(_id, row)) for row in draft.rows(LABELLED)]
    same = _same(draft) if labelled else {}
    for question, claim, answered, path, line in labelled:
        if answered and same.get(question, question) == same.get(answered, answered):
            continue
        yield Problem(
            line_in(draft.source, Place(path, int(line)), "labels", claim),
            "label-elsewhere",
            f"the claim `{claim}` does not answer `{question}`"
            + (f", but `{answered}`" if answered else ""),
            "Name a claim on this question, or on one that is the same.",
        )


def _id(value: object) -> str:
    return "" if value is None else str(value)


def _same(draft: Draft) -> dict[str, str]:
    """Return, of every question that is the same as others, one of them: the same for all."""
    first: dict[str, str] = {}

    def first_of(name: str) -> str:
        while (further := first.setdefault(name, name)) != name:
            name = further
        return name

    for name, other in draft.rows(SAID_TO_BE_SAME):
        one, two = sorted((first_of(str(name)), first_of(str(other))))
        first[two] = one
    return {name: first_of(name) for name in list(first)}
