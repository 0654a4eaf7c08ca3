"""Days: dates as they are written in the ledger, for programs that know only plainer ones."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from ledger.values import UnreadableValue
from ledger.values.date import begins_on, date_in_words

_PLAIN: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_FIRST_SEASON: Final = 21
_LAST_SEASON: Final = 24


def first_day(written: str | None) -> date | None:
    """Return the first day that a date can mean; its last one if it has no first."""
    try:
        return begins_on(written) if written else None
    except UnreadableValue:
        return None


def iso_date(written: str | None) -> str | None:
    """Return a date of ISO 8601 that schema.org takes; None for one that is unsure or a span."""
    match = _PLAIN.fullmatch(written or "")
    if match is None or match[4] or int(match[2] or 1) >= _FIRST_SEASON:
        return None
    return written


def csl_date(written: str | None) -> dict[str, Any] | None:
    """Return a date as CSL has it: its parts, a season, "about", or the words for any other."""
    if not written:
        return None
    ends = [_PLAIN.fullmatch(end) for end in written.split("/")]
    if any(end is None for end in ends):
        return {"literal": date_in_words(written)}
    found: dict[str, Any] = {
        "date-parts": [[int(part) for part in end.groups()[:3] if part] for end in ends if end]
    }
    if any(end[4] for end in ends if end):
        found["circa"] = True
    return _with_season(found) or {"literal": date_in_words(written)}


def _with_season(found: dict[str, Any]) -> dict[str, Any] | None:
    """Return a date whose month is a season as CSL writes it; None if CSL has no way to."""
    seasons = [parts for parts in found["date-parts"] if len(parts) > 1 and parts[1] > 12]  # noqa: PLR2004 # months
    if not seasons:
        return found
    if len(found["date-parts"]) > 1 or seasons[0][1] > _LAST_SEASON:
        return None
    year, season = seasons[0]
    return found | {"date-parts": [[year]], "season": season - _FIRST_SEASON + 1}
