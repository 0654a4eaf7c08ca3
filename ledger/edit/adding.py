"""Adding: a new claim's id, its place in a dossier, and what its value means in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from math import isfinite

from ledger.edit.catalogue import Asks, Catalogue
from ledger.edit.editing import CLAIM_KEYS, Editing
from ledger.edit.naming import slug_of
from ledger.edit.registering import DOSSIER_KEYS
from ledger.problems import Place
from ledger.read.yaml_file import Data
from ledger.values import DateSpan, Parties, Quantity, Tree, parse_value
from ledger.values.date import date_in_words
from ledger.values.party import parties_in_words
from ledger.values.quantity import quantity_in_words
from ledger.values.unit import with_unit


def add_claims(edit: Editing, path: str, claims: Sequence[Mapping[str, Data]]) -> None:
    """Add claims at the end of a dossier, their keys in their order."""
    ordered: list[Data] = [
        {key: claim[key] for key in CLAIM_KEYS if key in claim} for claim in claims
    ]
    if path.endswith(".jsonl"):  # pragma: no cover # questions and dossiers stand in YAML files
        raise ValueError(path)
    if edit.has_key(path, "claims"):
        edit.append(path, ("claims",), *ordered)
    else:
        edit.put(path, ("claims",), ordered, DOSSIER_KEYS)


def add_claim(edit: Editing, path: str, claim: Mapping[str, Data]) -> Place:
    """Add a claim at the end of a dossier, its keys in their order; return its place."""
    add_claims(edit, path, [claim])
    return edit.place_of_claim(str(claim["id"]))


def propose_id(about: str, by: str, is_taken: Callable[[str], bool]) -> str:
    """Return an id that nothing has: what a claim is about and who makes it, and a number.

    `about` is a question's or dossier's id, `by` a claimant's id or name.
    """
    stem = "-".join(part for part in (about, slug_of(by) if by else "") if part)
    numbered = (f"{stem}-{number}" for number in count(2))
    return stem if not is_taken(stem) else next(name for name in numbered if not is_taken(name))


def read_back(written: str, asks: Asks, catalogue: Catalogue) -> str:
    """Return what a value means, in words: about 300: 270 to 330 people.

    Raises UnreadableValue if it is no answer to the question.
    """
    match parse_value(written, asks.asked(catalogue.coding)):
        case Quantity() as quantity:
            return _quantity(written, quantity, asks.unit)
        case DateSpan() as span:
            return _date(date_in_words(written), span)
        case Parties() as parties:
            return parties_in_words(parties, _tree(asks, catalogue))
        case _:
            return written


def _date(words: str, span: DateSpan) -> str:
    first, last = (day.isoformat() if day else "open" for day in (span.earliest, span.latest))
    if span.gaps:
        return f"{words}: {len(span.gaps) + 1:,} stretches of days from {first} to {last}"
    return words if first == last else f"{words}: {first} to {last}"


def _quantity(written: str, quantity: Quantity, unit: str) -> str:
    words = quantity_in_words(written)
    low, high = quantity.low, quantity.high
    one_sided = not (isfinite(low) and isfinite(high))
    if low == high:  # also of dozens, where a table says twelve
        number = f"{low:,.12g}"
        told = number if words in {number, number.replace(",", "")} else f"{words}: {number}"
        return with_unit(told, unit)
    if words == f"{low:,.12g} to {high:,.12g}":
        return with_unit(words, unit)
    if one_sided and not words.startswith("about"):
        return with_unit(words, unit)
    if not isfinite(high):
        least = "more than" if quantity.low_open else "at least"
        return with_unit(f"{words}: {least} {low:,.12g}", unit)
    if not isfinite(low):
        most = "fewer than" if quantity.high_open else "at most"
        return with_unit(f"{words}: {most} {high:,.12g}", unit)
    return with_unit(f"{words}: {low:,.12g} to {high:,.12g}", unit)


def _tree(asks: Asks, catalogue: Catalogue) -> Tree:
    if asks.answer == "place":
        places = catalogue.registers.places.items()
        return Tree(
            {name: one.record.within for name, one in places},
            {name: one.record.name for name, one in places},
        )
    actors = catalogue.registers.actors.items()
    return Tree(
        {name: one.record.part_of for name, one in actors},
        {name: one.record.name for name, one in actors},
    )
