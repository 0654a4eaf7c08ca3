"""Figures in a text: digits or words, fractions, percent, and the vague words of quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

from ledger.values.quantity import MULTIPLIERS, PLURAL


def _numbered(words: str, start: int, step: int = 1) -> dict[str, int]:
    return {word: start + step * nth for nth, word in enumerate(words.split())}


_UNITS: Final = _numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
    0,
)
_TENS: Final = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
_SMALL: Final = _UNITS | _TENS
_LARGE: Final = {"hundred": 100, "dozen": 12} | MULTIPLIERS
_TIMES: Final = _LARGE | {"bn": 1_000_000_000, "m": 1_000_000, "mn": 1_000_000, "k": 1_000}
_PARTS: Final = {
    "half": 2,
    "quarter": 4,
    **_numbered("third fourth fifth sixth seventh eighth ninth tenth", 3),
}

_DIGITS: Final = re.compile(
    r"(?<![\w])(?<![A-Za-z]-)(?<!\d[.,])"
    r"(?P<digits>\d{1,3}(?:[,.'’_\s٬]\d{3})+(?!\d)|\d+)(?P<fraction>[.,٫]\d+)?"
    r"(?!\d|(?:st|nd|rd|th)\b)"
    r"(?:[\s-]?(?P<times>hundred|thousand|million|billion|bn|mn|m|k)\b)?(?![A-Za-z])",
    re.I,
)
_TIMES_OF_BOTH: Final = re.compile(
    r"\s*(?:to|and|or|-|–|\.\.)\s*[\d.,]*\d[\s-]?(?P<times>thousand|million|billion|bn|mn|m|k)\b",
    re.I,
)
_WORD: Final = "|".join([*sorted(_SMALL, key=len, reverse=True), *_LARGE])
_WORDS: Final = re.compile(
    rf"(?<![\d][\s-])\b(?P<half>half\s+a\s+|(?:a|one)\s+and\s+a\s+half\s+)?"
    rf"(?P<words>(?:an?\s+(?=hundred|thousand|million|billion|dozen))?(?:{_WORD})s?"
    rf"(?:(?:[\s-]+|\s+and\s+)(?:{_WORD})s?)*)\b",
    re.I,
)
# First and second are left out: they seldom count anything.
_ORDINALS: Final = {
    **_numbered("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 3),
    "twice": 2,
    "double": 2,
    "doubled": 2,
    "doubling": 2,
    "triple": 3,
    "tripled": 3,
    "decade": 10,
    "another": 1,
    "single": 1,
}
_ORDINAL: Final = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b", re.I)
_PART: Final = "|".join(_PARTS)
_FRACTION: Final = re.compile(
    rf"\b(?:(?P<some>an?|one|two|three|four|five|six|seven|eight|nine|\d)[\s-]+)?(?P<part>{_PART})s?\b"
    rf"|\b(?P<one>{'|'.join(_SMALL)}|\d+)\s+(?:(?:out|in|of|from|every)\s+)+(?P<all>{'|'.join(_SMALL)}|\d+)\b"
    rf"|\b(?P<most>majority|most)\b",
    re.I,
)
_PERCENT: Final = re.compile(
    r"\s*-?\s*(?:%|percent|per\s+cent|pct|pour\s?cent|٪)"
    r"|\s*(?:to|and|or|-|–|,|[^.]{0,3}and)\s*\d+(?:\.\d+)?\s*(?:%|percent|per\s+cent)",
    re.I,
)
_NONE: Final = re.compile(r"\b(?:no|none|nobody|nil|zero|without)\b", re.I)
_WHOLE: Final = 100
_LONGEST: Final = 20
"""How many words a number has at most."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text gives, and whether it is in percent."""

    number: float
    percent: bool = False


@lru_cache(maxsize=4_096)
def figures_in(text: str) -> frozenset[Figure]:
    """Return every number of a text.

    A fraction is in percent. `1.500` is read as 1500 and as 1.5, the first number of `1 to 2
    million` as 1 and as a million.
    """
    found = {*_from_digits(text), *_from_words(text), *_from_fractions(text)}
    found |= {Figure(_ORDINALS[word.lower()]) for word in _ORDINAL.findall(text)}
    if _NONE.search(text):
        found |= {Figure(0), Figure(0, percent=True)}
    return frozenset(found)


def vague_words_in(text: str) -> set[str]:
    """Return the vague words for quantities in a text: dozens, hundreds and so on."""
    plain = " ".join(text.lower().split())
    words = sorted(PLURAL, key=len, reverse=True)
    return set(re.findall(rf"\b(?:{'|'.join(words)})\b", plain))


def _from_digits(text: str) -> Iterator[Figure]:
    for match in _DIGITS.finditer(text):
        percent = _PERCENT.match(text, match.end()) is not None
        readings = _readings(match["digits"], match["fraction"] or "")
        for number, times in product(readings, _factors(match)):
            yield Figure(_tidy(number * times), percent)


def _factors(match: re.Match[str]) -> Iterator[int]:
    """Yield what a number is multiplied by, by its own word or by one that it may share."""
    yield _TIMES.get((match["times"] or "").lower(), 1)
    shared = None if match["times"] else _TIMES_OF_BOTH.match(match.string, match.end())
    if shared:
        yield _TIMES[shared["times"].lower()]


def _readings(digits: str, fraction: str) -> Iterator[float]:
    """Yield what digits mean: `1.500` is 1500 and, in other countries, 1.5."""
    whole = re.sub(r"\D", "", digits)
    part = re.sub(r"\D", "", fraction)
    yield float(f"{whole}.{part or 0}")
    separated = re.fullmatch(r"(\d+)\.(\d{3})", digits)
    if separated and not part:
        yield float(f"{separated[1]}.{separated[2]}")


def _from_words(text: str) -> Iterator[Figure]:
    for match in _WORDS.finditer(text):
        number = _number_of(re.findall(r"[a-z]+", match["words"].lower()))
        if number is None:
            continue
        half = (match["half"] or "").lower()
        number *= 0.5 if half.startswith("half") else 1.5 if half else 1
        yield Figure(_tidy(number), _PERCENT.match(text, match.end()) is not None)


def _number_of(words: list[str]) -> float | None:
    """Return the number that some words say; None for a plural such as hundreds, and for babble."""
    total, current = 0, 0
    if len(words) > _LONGEST:
        return None
    for word in words:
        if word in {"a", "an", "and"}:
            continue
        if word in _SMALL:
            current += _SMALL[word]
        elif word == "hundred":
            current = max(current, 1) * _LARGE[word]
        elif word in _LARGE:
            total, current = total + max(current, 1) * _LARGE[word], 0
        else:
            return None
    return float(total + current)


def _from_fractions(text: str) -> Iterator[Figure]:
    for match in _FRACTION.finditer(text):
        if match["most"]:
            yield Figure(50, percent=True)
        elif match["part"]:
            part = _PARTS[match["part"].lower()]
            some = (match["some"] or "one").lower()
            yield Figure(_share(1 if some in {"a", "an"} else _small(some), part), percent=True)
        elif whole := _small(match["all"]):
            yield Figure(_share(_small(match["one"]), whole), percent=True)


def _small(word: str) -> int:
    return _SMALL[word.lower()] if word.lower() in _SMALL else int(word)


def _share(some: int, whole: int) -> float:
    return _tidy(_WHOLE * some / whole)


def _tidy(number: float) -> float:
    return float(f"{number:.12g}")
