"""How the tests write values: in a text that parses to just this value."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from ledger.values import DateSpan, Parties, span_of


def print_date(span: DateSpan) -> str:
    """Return an EDTF text that parses to just this span."""
    if span.gaps:
        runs = (span_of([run]) for run in span.runs())
        return f"[{','.join(_as_choice(run) for run in runs if run)}]"
    first, last = span.earliest, span.latest
    if first is None or last is None:
        return f"{first or '..'}/{last or '..'}"
    if first == last:
        return first.isoformat()
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return f"{first.year:04}"
    if (first, last) == _month(first):
        return f"{first.year:04}-{first.month:02}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _as_choice(run: DateSpan) -> str:
    return print_date(run).replace("../", "..").replace("/..", "..").replace("/", "..")


def _month(day: date) -> tuple[date, date]:
    """Return the first and the last day of a day's month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def print_parties(parties: Parties) -> str:
    """Return a text that parses to just these actors or places."""
    sign = " + " if parties.manner == "jointly" else " | "
    ids = sign.join(sorted(parties.ids))
    return f"not {ids}" if parties.manner == "not" else ids
