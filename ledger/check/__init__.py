"""Check: what is wrong in a draft as a whole, each check a function that documents its code."""

from ledger.check import claims, loops, order, references, same, values, wholes
from ledger.check.registry import CHECKS
from ledger.draft import Draft
from ledger.problems import Problem

__all__ = [
    "CHECKS",
    "check_draft",
    "claims",
    "loops",
    "order",
    "references",
    "same",
    "values",
    "wholes",
]


def check_draft(draft: Draft) -> list[Problem]:
    """Run every check over a draft; return all problems found, in no particular order."""
    problems = [problem for check in CHECKS for problem in check(draft)]
    problems += references.ids_used_twice(draft)
    return problems
