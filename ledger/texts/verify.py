"""Claims held against the paragraphs they were read in: what of each occurs there.

Only what can be looked for is looked for: the numbers, dates and names of the value, the
claimant unless it is the document's own voice, and the quote. Whether the paragraph says what
the claim says is for people to read.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Final, Literal

from ledger.texts.dates import DateMention, dates_in, span_of, without_dates
from ledger.texts.figures import Figure, figures_in, vague_words_in
from ledger.texts.naming import Named, names_it, words_of_it
from ledger.texts.resolve import without_accents
from ledger.values import DateSpan, kind_of, parse_date, parse_parties
from ledger.values.date import MONTHS, date_in_words, dates_named
from ledger.values.quantity import in_full
from ledger.words import Answer

Verdict = Literal["verified", "partly", "not found", "nothing to check"]

VERDICTS: Final[dict[Verdict, str]] = {
    "verified": "everything that can be looked for occurs in the paragraph",
    "partly": "some of it does",
    "not found": "none of it does",
    "nothing to check": "the claim has no figure, date or name that would have to occur",
}

_ENDPOINT: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_ROUNDED: Final = 1
"""By how much less than this a share in words may differ from a percentage: a third, 33 %."""


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim as it is looked for in one document: where it was read there and what it says."""

    paragraphs: tuple[int, ...]
    id: str
    text: str
    value: str | None = None
    kind: Answer | None = None
    unit: str | None = None
    claimant: str | None = None
    quote: str | None = None

    def sha256(self) -> str:
        """Return the hash of everything that a verdict on the claim depends on."""
        fields = (self.value, self.kind, self.unit, self.claimant, self.quote, self.paragraphs)
        return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Registered:
    """What names mean: actors and places by id, the document's voice, outlets by paragraph."""

    actors: Mapping[str, Named] = field(default_factory=dict)
    places: Mapping[str, Named] = field(default_factory=dict)
    voice: str | None = None
    outlets: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked for, whether it occurs, and what less than it does."""

    what: str
    found: bool
    near: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """A claim's verdict and what it rests on."""

    claim: ReadClaim
    verdict: Verdict
    checks: tuple[Check, ...]

    def because(self) -> str:
        """Return in one line what was looked for, what was found and what was not."""
        if not self.checks:
            return "no figure, date or name would have to occur"
        there = [check.what for check in self.checks if check.found]
        missing = [_missing(check) for check in self.checks if not check.found]
        found = f"found {', '.join(there)}" if there else ""
        return "; ".join(part for part in (found, ", ".join(missing)) if part)


def verify(claim: ReadClaim, paragraphs: Sequence[str], registered: Registered) -> Verified:
    """Return the verdict on a claim, given all paragraphs of the text."""
    chosen = (paragraphs[number - 1 : number] for number in claim.paragraphs)
    text = "\n".join(chain.from_iterable(chosen))
    checks: tuple[Check, ...] = (
        *_of_value(claim, text, registered),
        *_of_quote(claim, text),
        *_of_claimant(claim, text, paragraphs, registered),
    )
    checks = tuple(dict.fromkeys(checks))
    return Verified(claim, _verdict(checks), checks)


def _verdict(checks: Sequence[Check]) -> Verdict:
    if not checks:
        return "nothing to check"
    if all(check.found for check in checks):
        return "verified"
    return "partly" if any(check.found or check.near for check in checks) else "not found"


def _missing(check: Check) -> str:
    return f"{check.what} only {check.near}" if check.near else f"no {check.what}"


def _of_value(claim: ReadClaim, text: str, registered: Registered) -> Iterator[Check]:
    if claim.value is None:
        return
    kind = kind_of(claim.kind)
    match kind.printed_as:
        case "figures":
            yield from _of_quantity(claim.value, claim.unit, text)
        case "dates":
            yield from _of_date(claim.value, text)
        case "names":
            named = registered.places if kind.register == "place" else registered.actors
            yield from _of_parties(claim.value, text, named)
        case "words":
            # The words of an option are our own: they need not occur, but count where they do.
            if _has_words(text, claim.value) and claim.value not in {"yes", "no"}:
                yield Check(f"“{claim.value}”", found=True)


def _of_quantity(value: str, unit: str | None, text: str) -> Iterator[Check]:
    for word in sorted(vague_words_in(value)):
        yield Check(word, word in vague_words_in(text))
    if vague_words_in(value):
        return
    in_percent = "percent" in (unit or "").replace(" ", "").lower()
    there = figures_in(without_dates(text))
    for wanted in sorted(figures_in(in_full(value)), key=lambda figure: figure.number):
        asked = Figure(wanted.number, wanted.percent or in_percent)
        yield Check(_figure_in_words(asked), any(_is_figure(one, asked) for one in there))


def _is_figure(there: Figure, wanted: Figure) -> bool:
    if there.percent != wanted.percent:
        return False
    if wanted.percent:
        return abs(there.number - wanted.number) < _ROUNDED
    return there.number == wanted.number


def _figure_in_words(figure: Figure) -> str:
    number = f"{figure.number:,.12g}"
    return f"{number} percent" if figure.percent else number


def _of_date(value: str, text: str) -> Iterator[Check]:
    for written in dates_named(value):
        yield from _of_one_date(written, text)


def _of_one_date(written: str, text: str) -> Iterator[Check]:
    mentions = dates_in(text)
    years = {mention.year for mention in mentions if mention.year}
    span = parse_date(written)
    if any(_means(mention, span, years) for mention in mentions):
        yield Check(date_in_words(written), found=True)
        return
    undated = (one for one in mentions if one.year is None and one.span)
    if any(_means(mention, span, _years_of(span)) for mention in undated):
        yield Check(date_in_words(written), found=False, near="without its year")
        return
    ends = [_ENDPOINT.fullmatch(end.strip("~?% ")) for end in written.split("/")]
    endpoints = [end for end in ends if end]
    if not endpoints:
        yield Check(date_in_words(written), found=False)
    said = dict.fromkeys(
        chain.from_iterable(_of_endpoint(end[0], mentions, years) for end in endpoints)
    )
    yield from said


def _years_of(span: DateSpan) -> set[int]:
    return {day.year for day in (span.earliest, span.latest) if day}


def _of_endpoint(end: str, mentions: frozenset[DateMention], years: set[int]) -> Iterator[Check]:
    """Yield the check of a date's day and month, if it has them, and that of its year."""
    year, *others = (int(part) for part in end.split("-"))
    month, day = (*others, None, None)[:2]
    if month in range(len(MONTHS)):
        fits = any(
            mention.month == month and (day is None or mention.day == day)
            for mention in mentions
            if mention.year in {year, None}
        )
        name = MONTHS[month or 0]
        yield Check(f"{day} {name}" if day else name, fits)
    yield Check(str(year), year in years)


def _means(mention: DateMention, span: DateSpan, years: set[int]) -> bool:
    """Return whether a mention means just these days; one without a year, of a year there.

    Of an open span, the end that it has must be the mention's.
    """
    is_open = None in {span.earliest, span.latest}
    if is_open and mention.month is None:
        return False  # a year alone begins on no day that would be said
    meant = (span_of(mention, year) for year in ({mention.year} if mention.year else years))
    return any(
        _are_near(one.earliest, span.earliest, mention.reach)
        and _are_near(one.latest, span.latest, mention.reach)
        for one in meant
        if one is not None
    )


def _are_near(meant: date | None, wanted: date | None, reach: int) -> bool:
    return wanted is None or (meant is not None and abs((meant - wanted).days) <= reach)


def _of_parties(value: str, text: str, known: Mapping[str, Named]) -> Iterator[Check]:
    for one in sorted(parse_parties(value).ids):
        named = known.get(one, Named(one, one.replace("-", " ")))
        found = names_it(text, named)
        yield Check(named.name, found, "" if found else _as_words(text, named))


def _of_quote(claim: ReadClaim, text: str) -> Iterator[Check]:
    if claim.quote:
        yield Check(f"“{claim.quote}”", _has_words(text, claim.quote))


def _of_claimant(
    claim: ReadClaim, text: str, paragraphs: Sequence[str], registered: Registered
) -> Iterator[Check]:
    """Yield the check of the claimant's name.

    The document's voice needs no mention, nor whoever the register says is not named; an outlet
    that the paragraph cites is there.
    """
    who = claim.claimant
    if who is None or who == registered.voice:
        return
    named = registered.actors.get(who, Named(who, who.replace("-", " ")))
    cited = any(who in registered.outlets.get(number, ()) for number in claim.paragraphs)
    found = cited or names_it(text, named)
    if not found and named.is_unnamed:
        return
    near = "" if found else _as_words(text, named) or _elsewhere(named, paragraphs)
    yield Check(named.name, found, near)


def _as_words(text: str, named: Named) -> str:
    words = words_of_it(text, named)
    return f"as “{' '.join(words)}”" if words else ""


def _elsewhere(named: Named, paragraphs: Sequence[str]) -> str:
    numbered = enumerate(paragraphs, start=1)
    found = next((number for number, text in numbered if names_it(text, named)), 0)
    return f"in paragraph {found}" if found else ""


def _has_words(text: str, words: str) -> bool:
    """Return whether some words stand in a text, whatever their quotation marks and spaces."""
    return f" {_bare(words)} " in f" {_bare(text)} "


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", without_accents(text).casefold()))
