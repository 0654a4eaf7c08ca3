"""The sheets of claims, and of the questions, positions and dossiers that they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ledger.commands.sheet_parts import (
    SHOWN,
    count_of,
    day_of,
    named,
    set_claims,
    set_more,
    set_section,
    support_of,
)
from ledger.commands.tables import Column, clean, set_fields, set_table, set_text
from ledger.reports.claims import Citation, Claim, Found, Opposite
from ledger.reports.origins import origins_in_words
from ledger.reports.questions import Dossier, Position, PositionAlone, Question
from ledger.values import kind_of
from ledger.values.kind import with_unit
from ledger.words import NATURES, STATES, STATUSES, place_as_written

ORIGINS: Final = {
    "declared": "declared by a person",
    "detected": "detected from the values",
    "both": "declared by a person and detected from the values",
}


CITED_FOR: Final = {
    "claim": "for this very claim",
    "paragraph": "for the paragraph",
    "document": "as the outlet of the document that it was read in:",
}


def claim_sheet(facts: Claim, width: int) -> Iterator[str]:
    """Yield the lines that tell of a claim, its conflicts and its citations."""
    yield from set_fields(list(_claim_fields(facts)), width)
    standing = [one for one in facts.conflicts if one.state == "open"]
    dismissed = [one for one in facts.conflicts if one.state != "open"]
    told = f"Conflicts with {count_of(facts.n_conflicts, 'claim')}"
    if len(standing) < facts.n_conflicts:
        told += f"; {len(standing):,} of them are kept"
    yield from set_section(told if standing else "No conflicts", _conflicts(standing, width), width)
    if dismissed:
        yield from set_section("Dismissed by an editor", _conflicts(dismissed, width), width)
    carrying = [one for one in facts.cited if one.scope != "paragraph"]
    beside = [one for one in facts.cited if one.scope == "paragraph"]
    heading = f"{count_of(facts.n_outlets, 'outlet')} known to carry it"
    yield from set_section(heading, _citations(carrying, width), width)
    if beside:
        heading = "Its paragraphs cite, for who knows which sentence"
        yield from set_section(heading, _citations(beside, width), width)
    yield from set_claims("Based on", facts.based_on, width)
    yield from set_claims("Repeated by", facts.repeated_by, width)
    yield from set_claims("Superseded by", facts.superseded_by, width)


def _claim_fields(facts: Claim) -> Iterator[tuple[str, str]]:
    status = facts.status
    yield "Status", f"{status}: {STATUSES.get(status, '')}".removesuffix(": ")
    if facts.retracted_on:
        yield "Retracted", clean(f"{day_of(facts.retracted_on)}: {facts.retracted_because}")
    yield "Value", clean(with_unit(facts.value, facts.unit))
    yield "Means", _meaning(facts)
    yield "Claimant", named(facts.claimant_name, facts.claimant)
    origins = "; ".join(named(one.name, one.id) for one in facts.origins)
    yield "Origins", clean(f"{origins_in_words(facts)}: {origins}").removesuffix(": ")
    interest = "everybody it goes back to is a party to the event"
    yield "Interest", interest if facts.interest else ""
    yield "Made", day_of(facts.made)
    yield "As of", day_of(facts.as_of)
    yield "Hedge", clean(facts.hedge or "")
    yield "Question", named(facts.asks, facts.question)
    yield "Position", named(facts.position_label, facts.position)
    yield "Fits too", "; ".join(named(one.label, one.id) for one in facts.fits)
    yield "Supersedes", named(facts.supersedes_text, facts.supersedes)
    yield "Quote", clean(facts.quote or "")
    yield "Note", clean(facts.note or "")
    yield "Read in", "; ".join(_read_in(one) for one in facts.found)
    yield "Dossier", named(facts.dossier_title, facts.dossier)
    yield "Topics", clean(", ".join(facts.topics))
    yield "Countries", clean(", ".join(facts.countries))
    yield "Written in", clean(f"{facts.file}:{facts.line}")


def _meaning(facts: Claim) -> str:
    words, reach = facts.value_in_words, facts.range
    told = [one for one in (words, reach) if one and one != facts.value]
    if len(told) == 2 and told[0].replace(",", "") == told[1].replace(",", ""):  # noqa: PLR2004 # both
        told = told[:1]
    return clean(with_unit(", that is ".join(told), facts.unit))


def _read_in(place: Found) -> str:
    written = place_as_written(place.document, place.paragraph, place.locator)
    return f"{clean(place.words)}  ({clean(written)})"


def _conflicts(conflicts: Sequence[Opposite], width: int) -> Iterator[str]:
    for turn, one in enumerate(conflicts[:SHOWN]):
        if turn:
            yield ""
        yield from set_text(clean(one.text), width, 2, 2)
        value = with_unit(one.value_in_words, one.unit)
        parts = (one.id, one.claimant_name, value)
        yield from set_text(clean(" · ".join(filter(None, parts))), width, 4, 2)
        told = f"{one.strength}, {ORIGINS.get(one.origin, one.origin)}: {one.reason}"
        yield from set_text(clean(told), width, 4, 2)
        if one.explanation and one.explanation not in one.reason:
            yield from set_text(clean(f"values: {one.explanation}"), width, 4, 2)
        if one.gap:
            apart = kind_of(one.answer).distance(one.gap, one.gap_unit)
            yield from set_text(clean(f"apart: {apart}"), width, 4, 2)
    yield from set_more(len(conflicts), "ledger show --format json")


def _citations(cited: Sequence[Citation], width: int) -> Iterator[str]:
    for one in cited:
        times = f", {one.times} times" if one.times > 1 else ""
        place = f" {place_as_written(one.document, one.paragraph, None)}" if one.document else ""
        stance = f"; the report {one.stance} it" if one.stance in {"disputes", "mentions"} else ""
        told = f"{one.outlet_name} ({one.outlet}){times}, {CITED_FOR[one.scope]}"
        yield from set_text(clean(told + place + stance), width, 2, 2)
        title = ", ".join(filter(None, (one.title, day_of(one.published))))
        yield from set_text(clean(title), width, 4, 2) if title else ()
        yield from (f"    {clean(one.url)}",) if one.url else ()
        yield from (f"    archived: {clean(one.archived)}",) if one.archived else ()


def question_sheet(facts: Question, width: int) -> Iterator[str]:
    """Yield the lines that tell of a question, its findings, positions and claims."""
    yield from set_fields(list(_question_fields(facts)), width)
    for one in facts.findings:
        told = f"{one.says} {one.because}"
        heading = clean(f"Finding by {one.signed_by}, {day_of(one.signed_on)}")
        yield from set_section(heading, set_text(clean(told), width, 2), width)
    for position in facts.positions:
        yield from set_claims(_position_heading(position, facts.unit), position.claims, width)
    yield from set_claims("Claims that take no position", facts.without_position, width)


def _question_fields(facts: Question) -> Iterator[tuple[str, str]]:
    state = facts.state
    yield "State", f"{state}: {STATES.get(state, '')}".removesuffix(": ")
    yield "About", clean(facts.about or "")
    unit = f" of {facts.unit}" if facts.unit else ""
    yield "Answer", clean(f"{facts.answer}{unit}")
    yield "Options", clean("; ".join(facts.options))
    told = ["several may hold together"] if facts.answers == "many" else []
    told += ["the options are a scale"] if facts.ordered else []
    yield "Answers", "; ".join(told)
    yield "Same as", clean(facts.same_as or "")
    yield "When", day_of(facts.occurred)
    yield "Where", clean(", ".join(facts.places or ()))
    yield "Topics", clean(", ".join(facts.topics or ()))
    yield "Summary", clean(facts.summary or "")
    yield "Range", clean(with_unit(facts.range, facts.unit))
    yield "Part of", named(facts.part_of_asks, facts.part_of)
    yield "Its parts", "; ".join(named(one.asks, one.id) for one in facts.parts)
    yield "Claims", support_of(facts)
    yield from _question_conflicts(facts)
    yield "Kind", f"{facts.nature}: {NATURES[facts.nature]}" if facts.nature else ""
    yield "Hinges on", " or ".join(named(one.name, one.id) for one in facts.hinges)
    yield "Dossier", named(facts.dossier_title, facts.dossier)


def _question_conflicts(facts: Question) -> Iterator[tuple[str, str]]:
    told = count_of(facts.n_conflicts, "conflicting pair")
    if facts.gap:
        apart = kind_of(facts.answer).distance(facts.gap, facts.unit)
        told += f", up to {apart} apart"
    if facts.n_conflicts_elsewhere:
        told += f"; {facts.n_conflicts_elsewhere:,} with claims that do not answer it"
    contested = facts.n_conflicts + facts.n_conflicts_elsewhere
    yield "Conflicts", clean(told) if contested else ""


def _position_heading(facts: Position, unit: str | None) -> str:
    told = with_unit(facts.label, unit)
    reach = f" [{facts.range}]" if facts.range and facts.range != facts.label else ""
    party = "; taken only by parties to the event" if facts.interest else ""
    return clean(f"{told}{reach}: {support_of(facts)}{party} ({facts.id})")


def position_sheet(facts: PositionAlone, width: int) -> Iterator[str]:
    """Yield the lines that tell of a position and the claims that take or fit it."""
    fields = [
        ("Question", named(facts.asks, facts.question)),
        ("Range", clean(with_unit(facts.range, facts.unit))),
        ("Support", support_of(facts)),
        ("Interest", "only parties to the event take it" if facts.interest else ""),
        ("Against", "; ".join(named(one.label, one.id) for one in facts.others)),
    ]
    yield from set_fields(fields, width)
    yield from set_claims("Claims that take it", facts.claims, width)
    yield from set_claims("Claims elsewhere that fit it too", facts.fitting, width)


def dossier_sheet(facts: Dossier, width: int) -> Iterator[str]:
    """Yield the lines that tell of a dossier, its questions and its other claims."""
    fields = [
        ("Time", day_of(facts.occurred)),
        ("Places", clean(", ".join(facts.places))),
        ("Countries", clean(", ".join(facts.countries))),
        ("Topics", clean(", ".join(facts.topics))),
        ("Parties", clean(", ".join(facts.parties or ()))),
        ("Claims", count_of(facts.n_claims, "claim")),
        ("Written in", clean(facts.file)),
    ]
    yield from set_fields(fields, width)
    columns = (Column("Question"), Column("State"), Column("Positions", right=True))
    rows = [
        (
            f"{clean(one.asks)}\n{clean(one.id)}",
            clean(one.state),
            f"{one.n_positions:,}",
            f"{one.n_claims:,}",
        )
        for one in facts.questions
    ]
    told = count_of(facts.n_questions, "question")
    if rows:
        table = set_table((*columns, Column("Claims", right=True)), rows, width)
        yield from set_section(told, table, width)
    yield from set_claims("Claims that answer no question", facts.unasked, width)
