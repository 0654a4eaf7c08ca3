"""Values: each must be an answer of the kind that its question asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, cast

from ledger.check.registry import check
from ledger.draft import Draft
from ledger.problems import Place, Problem
from ledger.read import line_in
from ledger.values import Asked, UnreadableValue, parse_value
from ledger.words import Answer

VALUES: Final = """
SELECT c.value, c.path, c.line, q.answer, q.options, q.tolerance
FROM draft_claim c JOIN draft_question q ON q.id = c.question
WHERE c.value IS NOT NULL
"""

NEEDLESS: Final = """
SELECT d.other, c.path, c.line
FROM draft_declared d JOIN draft_claim c ON c.id = d.claim
WHERE d.key = 'compatible' AND d.claim <> d.other
AND EXISTS (SELECT 1 FROM draft_claim o WHERE o.id = d.other)
AND NOT EXISTS (
    SELECT 1 FROM draft_declared e WHERE e.key = 'conflicts'
    AND ((e.claim = d.claim AND e.other = d.other) OR (e.claim = d.other AND e.other = d.claim))
)
"""


@check
def value_unreadable(draft: Draft) -> Iterator[Problem]:
    """A claim's value cannot be read as the kind of answer that its question asks for.

    A value that is not understood cannot be compared, and its conflicts would go unseen.
    """
    for value, path, line, answer, options, tolerance in draft.rows(VALUES):
        asked = Asked(
            cast("Answer", answer),
            tuple(json.loads(str(options))) if answer == "choice" else (),
            float(str(tolerance)),
        )
        try:
            parse_value(str(value), asked)
        except UnreadableValue as error:
            yield Problem(
                line_in(draft.folder, Place(str(path), int(str(line))), "value"),
                "value-unreadable",
                f"{error.what}, and its question asks for {_article(str(answer))}",
                f"Accepted: {error.forms}.",
            )


def _article(answer: str) -> str:
    return f"an {answer}" if answer[0] == "a" else f"a {answer}"


@check
def compatible_needless(draft: Draft) -> Iterator[Problem]:
    """A claim is declared compatible with one that nothing says it contradicts.

    `compatible` dismisses a conflict, with a reason. Where there is none it only confuses.
    """
    for other, path, line in draft.rows(NEEDLESS):
        place = line_in(draft.folder, Place(str(path), int(str(line))), "compatible", str(other))
        yield Problem(
            place,
            "compatible-needless",
            f"nothing says that this claim and `{other}` conflict",
            "Remove it.",
        )
