"""Actors and places as values: `a`, `a + b` jointly, `a | b` one or the other, `not a`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from ledger.values.unreadable import UnreadableValue

FORMS: Final = "an id, `a + b` (jointly), `a | b` (one or the other), `not a`"

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Manner = Literal["one", "jointly", "either", "not"]


@dataclass(frozen=True, slots=True)
class Parties:
    """Actors or places, by id, and in which manner they are meant."""

    manner: Manner
    ids: frozenset[str]


@lru_cache(maxsize=65_536)
def parse_parties(text: str) -> Parties:
    """Return the actors or places that a value names; whether they exist is checked elsewhere.

    Raises UnreadableValue with the forms accepted.
    """
    written = " ".join(text.split())
    if written.startswith("not "):
        return Parties("not", frozenset([_id(written.removeprefix("not "), written)]))
    if "+" in written and "|" in written:
        what = f"`{written}` mixes `+` and `|`"
        raise UnreadableValue(what, FORMS)
    if "+" in written:
        return Parties("jointly", _ids(written, "+"))
    if "|" in written:
        return Parties("either", _ids(written, "|"))
    return Parties("one", frozenset([_id(written, written)]))


def _ids(written: str, sign: str) -> frozenset[str]:
    return frozenset(_id(part, written) for part in written.split(sign))


def _id(part: str, written: str) -> str:
    name = part.strip()
    if _SLUG.fullmatch(name) is None:
        what = f"`{written}` is not an id or a set of ids"
        raise UnreadableValue(what, FORMS)
    return name
