"""Values: each must be an answer of the kind that its question asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, cast

from ledger.check.registry import check
from ledger.draft import Draft
from ledger.problems import Place, Problem
from ledger.read import line_in
from ledger.values import Asked, UnreadableValue, kind_of
from ledger.words import Answer

VALUES: Final = """
SELECT c.value, c.path, c.line, q.answer, q.options, q.tolerance, q.unit
FROM draft_claim c JOIN draft_question q ON q.id = c.question
WHERE c.value IS NOT NULL
"""


@check
def value_unreadable(draft: Draft) -> Iterator[Problem]:
    """A claim's value cannot be read as the kind of answer that its question asks for.

    A value that is not understood cannot be compared, and its conflicts would go unseen.
    """
    for value, path, line, answer, options, tolerance, unit in draft.rows(VALUES):
        asked = _asked(str(answer), str(options), str(tolerance))
        kind = kind_of(asked.answer)
        try:
            kind.parse(str(value), asked)
        except UnreadableValue as error:
            yield Problem(
                line_in(draft.source, Place(str(path), int(str(line))), "value"),
                "value-unreadable",
                f"{error.what}, and its question asks for {kind.wanted}",
                f"Accepted: {error.forms}.",
            )
        else:
            if misfit := kind.misfit(str(value), str(unit or "")):
                yield Problem(
                    line_in(draft.source, Place(str(path), int(str(line))), "value"),
                    "value-unreadable",
                    f"`{value}` is {misfit.is_one}, and its question counts {misfit.counted}",
                    misfit.remedy,
                )


@lru_cache(maxsize=1_024)
def _asked(answer: str, options: str, tolerance: str) -> Asked:
    return Asked(cast("Answer", answer), tuple(json.loads(options)), float(tolerance))
