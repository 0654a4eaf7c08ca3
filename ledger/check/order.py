"""Order: nothing is withdrawn or replaced before it was said, as far as the dates tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ledger.check.registry import check
from ledger.draft import Draft
from ledger.problems import Place, Problem
from ledger.read import line_in
from ledger.values.date import date_in_words, is_before

RETRACTED: Final = """
SELECT retracted_on, made, path, line FROM draft_claim
WHERE retracted_on IS NOT NULL AND made IS NOT NULL
"""

REPLACED: Final = """
SELECT c.made, e.made, e.id, c.path, c.line
FROM draft_claim c JOIN draft_claim e ON e.id = c.supersedes
WHERE c.made IS NOT NULL AND e.made IS NOT NULL
"""


@check
def retracted_too_early(draft: Draft) -> Iterator[Problem]:
    """A claim was withdrawn before it was made.

    Dates that are not exact are taken at their widest: only where no day of the one could come
    after the other is something wrong.
    """
    for withdrawn, made, path, line in draft.rows(RETRACTED):
        if is_before(str(withdrawn), str(made)):
            yield Problem(
                line_in(draft.source, Place(str(path), int(str(line))), "retracted"),
                "retracted-too-early",
                f"withdrawn {_told(withdrawn)}, before it was made, {_told(made)}",
                "Correct `on` or `made`.",
            )


@check
def supersedes_later(draft: Draft) -> Iterator[Problem]:
    """A claim supersedes one that was made after it.

    A later word replaces an earlier one. Dates that are not exact are taken at their widest.
    """
    for made, earlier, name, path, line in draft.rows(REPLACED):
        if is_before(str(made), str(earlier)):
            yield Problem(
                line_in(draft.source, Place(str(path), int(str(line))), "supersedes"),
                "supersedes-later",
                f"made {_told(made)}, it cannot supersede `{name}`, made {_told(earlier)}",
                f"Let `{name}` supersede this claim, or correct `made`.",
            )


def _told(written: object) -> str:
    return date_in_words(str(written))
