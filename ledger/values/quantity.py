"""Quantities: every way of giving a number, read as an interval.

`300` is the point 300; `~300` reaches a tolerance to both sides; `500+` has no upper end;
`>300` leaves 300 itself out; `dozens` has the bounds that WORDS publishes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import inf, isfinite
from typing import Final

from ledger.values.unreadable import UnreadableValue

FORMS: Final = (
    "300, ~300 or about 300, 500+ or at least 500, >300 or more than 300, <=170 or up to 170, "
    "<300 or fewer than 300, 250..300, 69%, 1.5 million, dozens, hundreds, thousands"
)

TOLERANCE: Final = 0.1
"""How far "about" reaches where the question does not say: 10 % to both sides."""

WORDS: Final[dict[str, tuple[float, float]]] = {
    "a couple": (2, 2),
    "a few": (3, 9),
    "several": (3, 9),
    "tens": (20, 199),
    "dozens": (24, 199),
    "scores": (40, 199),
    "hundreds": (200, 1_999),
    "thousands": (2_000, 19_999),
    "tens of thousands": (20_000, 199_999),
    "hundreds of thousands": (200_000, 1_999_999),
    "millions": (2_000_000, 1_999_999_999),
}
"""The bounds of vague words. Coding rule, this project's own: a plural means at least two of its
unit, and a word reaches to where two of the next word (hundreds, thousands …) would begin."""

MULTIPLIERS: Final[dict[str, float]] = {
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
}

# The words for a bound, longest first so that "no more than" is not read as "more than".
_BOUNDS: Final[dict[str, str]] = {
    "at least": ">=",
    "no fewer than": ">=",
    "no less than": ">=",
    "at most": "<=",
    "no more than": "<=",
    "as many as": "<=",
    "up to": "<=",
    "more than": ">",
    "over": ">",
    "fewer than": "<",
    "less than": "<",
    "under": "<",
}
_ABOUT: Final = ("about ", "around ", "approximately ", "some ", "roughly ", "~")
_NUMBER: Final = re.compile(
    r"(?P<sign>-?)(?P<digits>\d{1,3}(?:[,  _]\d{3})+|\d+)(?P<fraction>\.\d+)?"
    r"(?:\s*(?P<times>thousand|million|billion))?\s*(?P<percent>%|percent|per cent)?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An interval of numbers in the question's unit; an end that is open leaves itself out."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False


@lru_cache(maxsize=65_536)
def parse_quantity(text: str, tolerance: float = TOLERANCE) -> Quantity:
    """Return the interval that a quantity's text means, in the question's unit.

    Percent stay as written: `69%` is 69. Raises UnreadableValue with the forms accepted.
    """
    written = " ".join(text.split())
    plain = written.lower()
    if plain in WORDS:
        return Quantity(*WORDS[plain])
    if ".." in plain:
        return _range(plain, written)
    about, plain = _take_about(plain)
    bound, plain = _take_bound(plain)
    if not about:
        about, plain = _take_about(plain)
    number = _number(plain, written)
    reach = abs(number) * tolerance if about else 0.0
    return _bounded(bound, _tidy(number - reach), _tidy(number + reach))


def _range(plain: str, written: str) -> Quantity:
    low_text, _, high_text = plain.partition("..")
    low = _number(low_text.strip(), written) if low_text.strip() else -inf
    high = _number(high_text.strip(), written) if high_text.strip() else inf
    if low > high or low == -inf == -high:
        what = f"the range `{written}` ends before it begins"
        raise UnreadableValue(what, FORMS)
    return Quantity(low, high)


def _take_about(plain: str) -> tuple[bool, str]:
    for word in _ABOUT:
        if plain.startswith(word):
            return True, plain.removeprefix(word).strip()
    return False, plain


def _take_bound(plain: str) -> tuple[str, str]:
    for words, sign in _BOUNDS.items():
        if plain.startswith(words + " "):
            return sign, plain.removeprefix(words).strip()
    for sign in (">=", "<=", ">", "<", "≥", "≤"):
        if plain.startswith(sign):
            return {"≥": ">=", "≤": "<="}.get(sign, sign), plain.removeprefix(sign).strip()
    if plain.endswith("+"):
        return ">=", plain.removesuffix("+").strip()
    return "", plain


def _number(plain: str, written: str) -> float:
    match = _NUMBER.fullmatch(plain)
    if match is None:
        what = f"`{written}` is not a quantity"
        raise UnreadableValue(what, FORMS)
    digits = re.sub(r"[,  _]", "", match["digits"])
    number = float(f"{match['sign']}{digits}{match['fraction'] or ''}")
    number *= MULTIPLIERS.get(match["times"] or "", 1)
    if not isfinite(number):
        what = f"`{written}` is larger than any number that can be stored"
        raise UnreadableValue(what, FORMS)
    return _tidy(number)


def _tidy(number: float) -> float:
    """Return a number without the last digits that binary fractions leave (329.99999999999994)."""
    return float(f"{number:.12g}")


def _bounded(bound: str, low: float, high: float) -> Quantity:
    match bound:
        case ">=":
            return Quantity(low, inf)
        case "<=":
            return Quantity(-inf, high)
        case ">":
            return Quantity(low, inf, low_open=True)
        case "<":
            return Quantity(-inf, high, high_open=True)
        case _:
            return Quantity(low, high)
