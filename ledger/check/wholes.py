"""Wholes: a question is part of one that asks for a quantity of the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ledger.check.registry import check
from ledger.check.values import kind_in_words
from ledger.draft import Draft
from ledger.problems import Place, Problem
from ledger.read import line_in

PARTS: Final = """
SELECT p.answer, p.unit, w.id, w.answer, w.unit, p.path, p.line
FROM draft_question p JOIN draft_question w ON w.id = p.part_of
WHERE p.answer <> 'quantity' OR w.answer <> 'quantity' OR p.unit IS NOT w.unit
"""


@check
def part_of_unlike(draft: Draft) -> Iterator[Problem]:
    """A question is part of one that asks for something else.

    A part cannot exceed its whole, the children among the dead not the dead: both are
    quantities, counted in the same unit.
    """
    for answer, unit, whole, whole_answer, whole_unit, path, line in draft.rows(PARTS):
        asked = [_asked(answer, unit), _asked(whole_answer, whole_unit)]
        yield Problem(
            line_in(draft.source, Place(str(path), int(str(line))), "part_of"),
            "part-of-unlike",
            f"it asks for {asked[0]}, and `{whole}` asks for {asked[1]}",
            "Ask for quantities with the same `unit`, or leave `part_of` out.",
        )


def _asked(answer: object, unit: object) -> str:
    if answer != "quantity":
        return kind_in_words(str(answer))
    return f"a number of {unit}" if unit else "a number without a unit"
