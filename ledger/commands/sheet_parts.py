"""What the sheets of all things are made of: headings, counts, names with ids, lists of claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ledger.commands.columns import CLAIM_COLUMNS, claim_row
from ledger.commands.tables import clean, set_table, set_text, strong
from ledger.reports.claims import BriefClaim
from ledger.reports.origins import origins_in_words, outlets_in_words
from ledger.reports.questions import PositionRow, QuestionRow
from ledger.values.date import date_in_words

SHOWN: Final = 50
"""How many claims of one list are set; the command that lists all is named below them."""


def count_of(number: int, thing: str) -> str:
    """Return a number with its thing: `1 claim`, `2 claims`."""
    return f"{number:,} {thing}{'s' if number != 1 else ''}"


def named(name: object, one: object) -> str:
    """Return a name with the id that it goes by, or the id alone."""
    return f"{clean(name)} ({clean(one)})" if name else clean(one or "")


def set_section(heading: str, lines: Iterable[str], width: int) -> Iterator[str]:
    """Yield some lines below a heading."""
    yield ""
    yield from (strong(line) for line in set_text(heading, width))
    yield from lines


def set_claims(
    heading: str, claims: Sequence[BriefClaim], width: int, more: str = ""
) -> Iterator[str]:
    """Yield some claims in a table below a heading; nothing if there are none."""
    if claims:
        rows = [claim_row(one) for one in claims[:SHOWN]]
        yield from set_section(heading, set_table(CLAIM_COLUMNS, rows, width), width)
        yield from set_more(len(claims), more or "ledger show --format json")


def set_more(number: int, command: str) -> Iterator[str]:
    """Yield how many more there are than are shown, and the command that has all."""
    if number > SHOWN:
        yield ""
        yield f"{SHOWN} of {number:,} are shown. For all:"
        yield f"  {command}"


def support_of(thing: QuestionRow | PositionRow) -> str:
    """Return how many claims, origins and outlets stand behind something."""
    claims = count_of(thing.n_claims, "claim")
    return f"{claims}; {origins_in_words(thing)}; {outlets_in_words(thing)}"


def day_of(written: str | None) -> str:
    """Return a date as written in words; empty if there is none."""
    return clean(date_in_words(written)) if written else ""
