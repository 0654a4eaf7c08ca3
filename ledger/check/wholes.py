"""Wholes: a question is part of one that asks for a quantity of the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ledger.check.registry import check
from ledger.draft import Draft
from ledger.problems import Place, Problem
from ledger.read import line_in
from ledger.values import Kind, kind_of

PARTS: Final = """
SELECT p.answer, p.unit, w.id, w.answer, w.unit, p.path, p.line
FROM draft_question p JOIN draft_question w ON w.id = p.part_of
"""


@check
def part_of_unlike(draft: Draft) -> Iterator[Problem]:
    """A question is part of one that asks for something else.

    A part cannot exceed its whole, the children among the dead not the dead: both are
    quantities, counted in the same unit.
    """
    for answer, unit, whole, whole_answer, whole_unit, path, line in draft.rows(PARTS):
        kinds = kind_of(str(answer)), kind_of(str(whole_answer))
        if all(kind.measured for kind in kinds) and unit == whole_unit:
            continue
        asked = [_asked(kinds[0], unit), _asked(kinds[1], whole_unit)]
        yield Problem(
            line_in(draft.source, Place(str(path), int(str(line))), "part_of"),
            "part-of-unlike",
            f"it asks for {asked[0]}, and `{whole}` asks for {asked[1]}",
            "Ask for quantities with the same `unit`, or leave `part_of` out.",
        )


def _asked(kind: Kind[Any], unit: object) -> str:
    if not kind.measured:
        return kind.wanted
    return f"a number of {unit}" if unit else "a number without a unit"
