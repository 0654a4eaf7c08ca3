"""What the sheets of all things are made of: headings, counts, names with ids, lists of claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ledger.commands.columns import CLAIM_COLUMNS, claim_row
from ledger.commands.tables import clean, set_table, set_text, strong
from ledger.reports.claims import BriefClaim
from ledger.reports.origins import Origin, backing_in_words, outlets_in_words
from ledger.reports.questions import PositionRow, QuestionRow
from ledger.reports.together import Across
from ledger.values.date import date_in_words
from ledger.values.kind import with_unit
from ledger.words import NATURE_NAMES

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


def support_of(thing: QuestionRow | PositionRow, origins: Iterable[Origin] = ()) -> str:
    """Return how many claims, origins and outlets stand behind something.

    `origins` tell which of them count as one, where they are known.
    """
    claims = count_of(thing.n_claims, "claim")
    return f"{claims}; {clean(backing_in_words(thing, origins))}; {outlets_in_words(thing)}"


def set_elsewhere(across: Sequence[Across], width: int) -> Iterator[str]:
    """Yield the claims on other questions that contradict some claims, and why."""
    for one in across[:SHOWN]:
        value = with_unit(one.other.value_in_words, one.other.unit)
        told = [one.other.id, one.other.claimant_name, value]
        asks = one.other_question.asks if one.other_question else "It answers no question."
        where = f" ({one.other_question.id})" if one.other_question else ""
        yield from set_text(clean(f"Contested elsewhere: {one.other.text}"), width, 0, 2)
        yield from set_text(clean(" · ".join(filter(None, told))), width, 2, 2)
        yield from set_text(clean(f"on: {asks}{where}"), width, 2, 2)
        kind = NATURE_NAMES[one.nature]
        because = f"against {one.own.id} ({kind}; {one.strength}): {one.reason}"
        yield from set_text(clean(because), width, 2, 2)


def day_of(written: str | None) -> str:
    """Return a date as written in words; empty if there is none."""
    return clean(date_in_words(written)) if written else ""
