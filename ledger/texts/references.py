"""References: `Author, "Title", Outlet, date, URL`, one or several parted by semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ledger.texts.resolve import Names, split_names
from ledger.values.date import MONTHS

_OPENS: Final = "“„«"
_CLOSES: Final = "”»"
# The title of a work ends with a quotation mark and a comma on either side of it, or a full stop
# inside it.
_TITLE_ENDS: Final = re.compile(r"[,.?!]\s*[”»\"’]+\s*[,.]?|[”»\"’]\s*,")
_TITLED: Final = re.compile(r"[“„«\"‘]")
_OUTLET_ENDS: Final = re.compile(r",|;|\s\(|[。，]|\.\s*$")
_MONTH: Final = "|".join(month[:3] for month in MONTHS[1:])
_DATE: Final = re.compile(
    rf"(?:https?://|www\.|doi\b|pp?\.|vol\.|no\.|accessed|available|n\.?d\.?$|[\d\s./–-]+$"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH})[a-z]*\.?\s+\d)",
    re.I,
)
_LONGEST_NAME: Final = 10
"""How many words an outlet's name has at most, where only its place tells that it is one."""

_AGAIN: Final = re.compile(r"(?:ibid|ibidem|id)\b", re.I)


def outlets_named(text: str, names: Names) -> list[str]:
    """Return the outlets, as printed, that the references of a text name; unknown ones included.

    Of a work with a title in quotation marks, that is what stands behind the title. Of any
    other, it is what the register knows; other words are taken for prose.
    """
    found: list[str] = []
    for work in _works(text):
        behind = _behind_title(work)
        if behind is None:
            found += [part for part in split_names(work, names.knows) if names.outlet(part)]
        elif outlet := _outlet_in(behind, names):
            found.append(outlet)
    return found


def is_reference(paragraph: str) -> bool:
    """Return whether a paragraph is nothing but one reference: a title, an outlet, a date."""
    stripped = paragraph.strip()
    behind = _behind_title(stripped)
    if behind is None or stripped[0] not in _OPENS + '"':
        return False
    *_, last = [part for part in re.split(r"[,(]", behind.rstrip(" .);")) if part.strip()] or [""]
    return _DATE.match(last.strip()) is not None


def repeats_the_one_before(note: str) -> bool:
    """Return whether a note only says that it cites the same as the one before it."""
    return _AGAIN.match(note) is not None


def _works(text: str) -> Iterator[str]:
    """Yield what stands between semicolons outside quotation marks."""
    begun, depth, straight = 0, 0, False
    for at, sign in enumerate(text):
        depth = max(0, depth + (sign in _OPENS) - (sign in _CLOSES))
        straight = straight != (sign == '"')
        if sign in ";；" and not depth and not straight:
            yield text[begun:at]
            begun = at + 1
    yield text[begun:]


def _behind_title(work: str) -> str | None:
    """Return what follows a work's title; None if it has no title in quotation marks."""
    opened = _TITLED.search(work)
    if opened is None:
        return None
    ends = list(_TITLE_ENDS.finditer(work, opened.end()))
    return work[ends[-1].end() :].strip() if ends else None


def _outlet_in(behind: str, names: Names) -> str | None:
    """Return the outlet's name that follows a title; None if a date or nothing follows."""
    behind = behind.lstrip("( ,.")
    listed = split_names(behind.rstrip(" ."), names.knows)
    if listed and names.outlet(listed[0]):
        return listed[0]
    name = _OUTLET_ENDS.split(behind, maxsplit=1)[0].strip(" .)")
    return name if _may_be_outlet(name) else None


def _may_be_outlet(name: str) -> bool:
    """Return whether words behind a title may be an outlet's name, and are no date and no prose."""
    if not name or name.islower() or _DATE.match(name):
        return False
    return len(name.split()) <= _LONGEST_NAME
