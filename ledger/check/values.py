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
from ledger.values.quantity import is_share
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
        asked = Asked(
            cast("Answer", answer),
            tuple(json.loads(str(options))) if answer == "choice" else (),
            float(str(tolerance)),
        )
        try:
            parse_value(str(value), asked)
        except UnreadableValue as error:
            yield Problem(
                line_in(draft.source, Place(str(path), int(str(line))), "value"),
                "value-unreadable",
                f"{error.what}, and its question asks for {kind_in_words(str(answer))}",
                f"Accepted: {error.forms}.",
            )
        else:
            if answer == "quantity" and is_share(str(value)) and not is_share(str(unit or "")):
                yield Problem(
                    line_in(draft.source, Place(str(path), int(str(line))), "value"),
                    "value-unreadable",
                    f"`{value}` is a share, and its question counts {unit or 'no percent'}",
                    "Write a number, or make the question's unit percent of something.",
                )


def kind_in_words(answer: str) -> str:
    """Return a kind of answer as a question asks for it: `a date`, `yes or no`."""
    if answer == "yes-no":
        return "yes or no"
    return f"an {answer}" if answer[0] == "a" else f"a {answer}"
