"""Quantities: every way of giving a number, read as an interval.

`300` is the point 300; `~300` reaches a tolerance to both sides; `500+` has no upper end;
`>300` leaves 300 itself out; `dozens` has the bounds that a table in CODINGS publishes. A word
behind a range counts for both its ends: `1..2 million` begins at a million.

What has two readings is never guessed. A point before just three digits parts thousands in some
countries and decimals in others: `1.500` is refused, `1,500`, `1.5` and `0.500` are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import inf, isfinite
from typing import Final

from ledger.values.comparison import Comparison
from ledger.values.kind import (
    TOLERANCE,
    Asked,
    Bound,
    Bounds,
    Comparing,
    Ends,
    Kind,
    Misfit,
    UnreadableValue,
    with_unit,
)
from ledger.values.tree import Tree

FORMS: Final = (
    "300, ~300 or about 300, 500+ or at least 500, >300 or more than 300, <=170 or up to 170, "
    "<300 or fewer than 300, 250..300, 32..81 (best 40), 69%, 1.5 million, dozens, "
    "hundreds, thousands"
)

Table = dict[str, tuple[float, float]]

PLURAL: Final[Table] = {
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

ACLED: Final[Table] = PLURAL | {"tens": (10, 10), "dozens": (12, 12)}
"""The same, but `tens` is 10 and `dozens` is 12, the figures that the Armed Conflict Location &
Event Data project enters for these words; the other words are this project's own."""

CODINGS: Final[dict[str, Table]] = {"plural": PLURAL, "acled": ACLED}
"""The tables of bounds that a build can choose from."""

MULTIPLIERS: Final[dict[str, int]] = {
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
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
_SIGNS: Final[dict[str, str]] = {
    ">=": "at least",
    "≥": "at least",
    "<=": "up to",
    "≤": "up to",
    ">": "more than",
    "<": "fewer than",
}
_ABOUT: Final = ("about ", "around ", "approximately ", "some ", "roughly ", "~")
_NUMBER: Final = re.compile(
    r"(?P<sign>-?)(?P<digits>\d{1,3}(?:[,  _]\d{3})+|\d+)(?P<fraction>\.\d+)?"
    r"(?P<rest>(?:\s*(?P<times>thousand|million|billion))?\s*(?P<percent>%|percent|per cent)?)",
    re.ASCII,
)
_TWO_READINGS: Final = re.compile(r"([1-9]\d{0,2})\.(\d{3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An interval of numbers in the question's unit; an end that is open leaves itself out."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False
    best: float | None = None
    """Which number in a range is held to be the best estimate, if one is."""


@lru_cache(maxsize=65_536)
def parse_quantity(text: str, tolerance: float = TOLERANCE, coding: str = "plural") -> Quantity:
    """Return the interval that a quantity's text means, in the question's unit.

    `tolerance` is how far "about" reaches, `coding` the table of vague words. Percent stay as
    written: `69%` is 69. Raises UnreadableValue with the forms accepted; of what has two readings,
    these are its two.
    """
    written = " ".join(text.split())
    plain = written.lower()
    if plain in CODINGS[coding]:
        low, high = CODINGS[coding][plain]
        return Quantity(float(low), float(high))
    if ".." in plain:
        return _range(plain, written)
    about, plain = _take_about(plain)
    bound, plain = _take_bound(plain)
    if not about:
        about, plain = _take_about(plain)
    number = _number(plain, written)
    if not about:
        return _bounded(bound, number, number)
    reach = abs(number) * tolerance
    return _bounded(bound, _tidy(number - reach), _tidy(number + reach))


def is_vague(text: str | None) -> bool:
    """Return whether a quantity's text is a word whose bounds a table has: dozens, hundreds."""
    return " ".join((text or "").lower().split()) in PLURAL


def is_share(text: str) -> bool:
    """Return whether a quantity's text, or a unit, speaks of percent."""
    return "%" in text or "percent" in text.lower()


def print_quantity(quantity: Quantity) -> str:
    """Return a text that parses to just this quantity."""
    low, high = _digits(quantity.low), _digits(quantity.high)
    if quantity.low == quantity.high:
        return low
    if quantity.high == inf:
        return f">{low}" if quantity.low_open else f"{low}+"
    if quantity.low == -inf:
        return f"<{high}" if quantity.high_open else f"<={high}"
    best = "" if quantity.best is None else f" (best {_digits(quantity.best)})"
    return f"{low}..{high}{best}"


def quantity_in_words(written: str) -> str:
    """Return a quantity as a reader says it: `~300` is "about 300", `500+` is "500 or more"."""
    words = " ".join(written.split())
    about = words.startswith("~")
    words = words.removeprefix("~").strip()
    for sign, said in _SIGNS.items():
        if words.startswith(sign):
            words = f"{said} {words.removeprefix(sign).strip()}".replace(" ~", " about ")
    if words.endswith("+"):
        words = words.removesuffix("+").strip() + " or more"
    if ".." in words:
        low, _, high = (part.strip() for part in words.partition(".."))
        words = (
            f"{low} to {high}" if low and high else (f"{low} or more" if low else f"up to {high}")
        )
    return f"about {words}" if about else words


def in_full(written: str) -> str:
    """Return a quantity with the word behind a range at both its ends: `1 million..2 million`."""
    low, sign, high = written.partition("..")
    times = _times_of(" ".join(high.lower().split())) if sign and low.strip() else None
    if times is None or _times_of(" ".join(low.lower().split())):
        return written
    return f"{low.strip()} {times}..{high.strip()}"


def are_apart(one: Quantity, other: Quantity) -> bool:
    """Return whether no number lies in both intervals."""
    return _is_below(one, other) or _is_below(other, one)


def _shared(one: Quantity, other: Quantity) -> Quantity:
    """Return what lies in both intervals; the higher lower end holds, and of two equal the open."""
    low, low_open = max((one.low, one.low_open), (other.low, other.low_open))
    high, closed = min((one.high, not one.high_open), (other.high, not other.high_open))
    return Quantity(low, high, low_open, not closed)


def _bests(one: Quantity, other: Quantity) -> str:
    """Return that the best estimates of two quantities differ, if both have one and they do."""
    if one.best is None or other.best is None or one.best == other.best:
        return ""
    return f"; their best estimates, {_told(one.best)} and {_told(other.best)}, differ"


def _worded(quantity: Quantity, written: str) -> str:
    """Return a quantity as a reader says it; a vague word coded as one number tells which."""
    words = quantity_in_words(written or print_quantity(quantity))
    is_coded = quantity.low == quantity.high and not any(sign.isdigit() for sign in words)
    return f"{words} (counted as {_told(quantity.low)})" if is_coded else words


def _is_below(one: Quantity, other: Quantity) -> bool:
    return one.high < other.low or (one.high == other.low and (one.high_open or other.low_open))


def _apart(lower: Quantity, upper: Quantity, below: str, above: str) -> str:
    """Return why two quantities part: where the lower ends, where the upper begins."""
    point_below, point_above = lower.low == lower.high, upper.low == upper.high
    ends = (
        f"stays under {_told(lower.high)}" if lower.high_open else f"reaches to {_told(lower.high)}"
    )
    starts = (
        f"starts above {_told(upper.low)}" if upper.low_open else f"starts at {_told(upper.low)}"
    )
    if point_below and point_above:
        return f"{below} and {above} are different numbers"
    if point_below:
        return f"{above} {starts}, and {below} lies below that"
    if point_above:
        return f"{below} {ends}, and {above} lies above that"
    return f"{below} {ends}; {above} {starts}"


def _span(quantity: Quantity) -> str:
    low, high = _told(quantity.low), _told(quantity.high)
    if quantity.low == quantity.high:
        return low
    if quantity.low == -inf:
        return f"everything {'under' if quantity.high_open else 'up to'} {high}"
    if quantity.high == inf:
        return f"everything above {low}" if quantity.low_open else f"{low} and more"
    if quantity.low_open or quantity.high_open:
        start, end = "above" if quantity.low_open else "from", "to under"
        return f"everything {start} {low} {end if quantity.high_open else 'up to'} {high}"
    return f"{low} to {high}"


def _told(number: float) -> str:
    return f"{int(number):,}" if float(number).is_integer() else f"{number:,.12g}"


def _digits(number: float) -> str:
    if float(number).is_integer():
        return str(int(number))
    return _one_reading(format(Decimal(repr(number)), "f"))


def _one_reading(decimal: str) -> str:
    """Return a decimal number so that nobody takes its point for one between thousands."""
    return f"{decimal}0" if _TWO_READINGS.fullmatch(decimal.removeprefix("-")) else decimal


def _range(plain: str, written: str) -> Quantity:
    plain, mark, best_text = plain.removesuffix(")").partition("(best ")
    low_text, high_text = (part.strip() for part in plain.split("..", 1))
    low = _number(low_text, written, _times_of(high_text)) if low_text else -inf
    high = _number(high_text, written) if high_text else inf
    if low == -inf and high == inf:
        raise _unreadable(written)
    if low > high:
        raise _ends_first(written, low_text, low, high)
    if not mark:
        return Quantity(low, high)
    best = _number(best_text.strip(), written, _times_of(high_text))
    if not written.endswith(")") or not low <= best <= high:
        what = f"the best estimate in `{written}` is not within its range"
        raise UnreadableValue(what, FORMS)
    return Quantity(low, high, best=best)


def _times_of(plain: str) -> str | None:
    """Return the word that multiplies a number, which the lower end of a range shares."""
    match = _NUMBER.fullmatch(plain)
    return match["times"] if match else None


def _ends_first(written: str, low_text: str, low: float, high: float) -> UnreadableValue:
    """Return what is wrong with a range whose lower end, in the upper's scale, is above it."""
    alone = _number(low_text, written)
    if alone > high:
        return UnreadableValue(f"the range `{written}` ends before it begins", FORMS)
    readings = f"{_told(low)} to {_told(high)}, which ends before it begins, or"
    what = f"`{written}` has two readings ({readings} {_told(alone)} to {_told(high)})"
    return UnreadableValue(what, f"`{_told(alone)}..{_told(high)}`, or another lower end")


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


def _number(plain: str, written: str, times: str | None = None) -> float:
    """Return what a number says; `times` multiplies it if it has no such word of its own."""
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise _unreadable(written)
    _refuse_two_readings(match, written)
    digits = re.sub(r"[,  _]", "", match["digits"])
    exact = Decimal(f"{match['sign']}{digits}{match['fraction'] or ''}")
    times = match["times"] or times
    number = float(exact * MULTIPLIERS[times] if times else exact)
    if not isfinite(number):
        what = f"`{written}` is larger than any number that can be stored"
        raise UnreadableValue(what, FORMS)
    return number


def _refuse_two_readings(match: re.Match[str], written: str) -> None:
    """Raise UnreadableValue with both readings of a number such as 1.500, if it has two."""
    digits = f"{match['digits']}{match['fraction'] or ''}"
    found = _TWO_READINGS.fullmatch(digits)
    if found is None:
        return
    decimal = _one_reading(digits.rstrip("0").removesuffix("."))
    both = [f"{match['sign']}{one}{match['rest']}" for one in (f"{found[1]},{found[2]}", decimal)]
    where = "" if match.string == written.lower() else f" in `{written}`"
    what = f"`{match.string}`{where} has two readings ({both[0]} or {both[1]})"
    raise UnreadableValue(what, f"`{both[0]}` or `{both[1]}`")


def _unreadable(written: str) -> UnreadableValue:
    return UnreadableValue(f"`{written}` is not a quantity", FORMS)


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


class QuantityKind(Kind[Quantity]):
    """Quantities: numbers and ranges of numbers in the question's unit, compared by their ends."""

    name = "quantity"
    wanted = "a quantity"
    forms = FORMS
    hint = "300, ~300, 500+, >300, up to 170, 250..300, dozens"
    examples = (("~300", "500+"), ("250..300", "at least 200"), ("dozens", "about 300"))
    printed_as = "figures"
    measured = True
    in_intervals = True

    def parse(self, text: str, asked: Asked) -> Quantity:
        return parse_quantity(text, asked.tolerance, asked.coding)

    def best(self, value: Quantity) -> float | None:
        return value.best

    def compare(
        self, one: Quantity, other: Quantity, written: tuple[str, str], question: Comparing
    ) -> Comparison:
        """Return whether two quantities can both be true: they conflict if their intervals part.

        `written` is how each was written, for the sentence.
        """
        words = [_worded(one, written[0]), _worded(other, written[1])]
        if one == other:
            return Comparison("same", f"both mean {_span(one)}")
        if not are_apart(one, other):
            because = f"{words[0]} and {words[1]} share {_span(_shared(one, other))}"
            return Comparison("compatible", f"{because}{_bests(one, other)}")
        swap = (one.low, one.high) > (other.low, other.high)
        lower, upper = (other, one) if swap else (one, other)
        below, above = reversed(words) if swap else words
        return Comparison(
            "conflict", _apart(lower, upper, below, above), _tidy(max(upper.low - lower.high, 0))
        )

    def in_words(self, written: str, tree: Tree) -> str:
        return quantity_in_words(written)

    def read_back(self, written: str, value: Quantity, unit: str, tree: Tree) -> str:
        """Return a quantity in words and, where these do not say it, from what to what it is."""
        return with_unit(_taken_for(quantity_in_words(written), value), unit)

    def misfit(self, written: str, unit: str) -> Misfit | None:
        """Return that a share is none of what a question counts that asks for no percent."""
        if not is_share(written) or is_share(unit):
            return None
        remedy = "Write a number, or make the question's unit percent of something."
        return Misfit("a share", unit or "no percent", remedy)

    def bounds(self, value: Quantity) -> Bounds:
        return (value.low, int(value.low_open)), (value.high, -int(value.high_open))

    def ends(self, low: Bound, high: Bound) -> Ends:
        least, most = (end if isfinite(end) else None for end, _ in (low, high))
        return Ends(least, most, low[1], -high[1])


def _taken_for(words: str, quantity: Quantity) -> str:
    """Return a quantity's words and, where these do not say it, what they stand for in figures."""
    low, high = (f"{end:,.12g}" for end in (quantity.low, quantity.high))
    if quantity.low == quantity.high:  # also of dozens, where a table says twelve
        return low if words in {low, low.replace(",", "")} else f"{words}: {low}"
    one_sided = not (isfinite(quantity.low) and isfinite(quantity.high))
    whole = words.partition(" (best ")[0]
    if whole == f"{low} to {high}" or (one_sided and not words.startswith("about")):
        return words
    if not isfinite(quantity.high):
        return f"{words}: {'more than' if quantity.low_open else 'at least'} {low}"
    if not isfinite(quantity.low):
        return f"{words}: {'fewer than' if quantity.high_open else 'at most'} {high}"
    return f"{words}: {low} to {high}"
