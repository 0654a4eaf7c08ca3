"""The sheets of claims, and of the questions, positions and dossiers that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ledger.commands.sheet_parts import (
    SHOWN,
    count_of,
    day_of,
    named,
    set_claims,
    set_elsewhere,
    set_more,
    set_section,
    support_of,
)
from ledger.commands.tables import Column, clean, set_fields, set_table, set_text
from ledger.reports.around import QuestionAround, Retold
from ledger.reports.claims import Citation, Claim, Found, Opposite, Relay, altered_in_words
from ledger.reports.origins import Origin, backing_in_words
from ledger.reports.questions import Dossier, Position, PositionAlone
from ledger.reports.together import Tied
from ledger.values import kind_of
from ledger.values.kind import with_unit
from ledger.words import NATURE_NAMES, NATURES, STATES, STATUSES, place_as_written

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
        heading = "Its paragraphs cite (for which sentence is not known)"
        yield from set_section(heading, _citations(beside, width), width)
    yield from set_claims("Based on", facts.based_on, width)
    yield from _altered(facts, facts.based_on, width)
    yield from set_claims("Repeated by", facts.repeated_by, width)
    yield from _altered(facts, facts.repeated_by, width)
    yield from set_claims("Superseded by", facts.superseded_by, width)


def _altered(facts: Claim, relays: Sequence[Relay], width: int) -> Iterator[str]:
    """Yield how a claim alters what it repeats, or how those alter it that repeat it."""
    own = with_unit(facts.value_in_words, facts.unit)
    for one in relays:
        if one.altered:
            is_basis = one in facts.based_on
            teller, ends = (facts.id, (own, one.said)) if is_basis else (one.id, (one.said, own))
            yield from set_text(clean(f"{teller} {altered_in_words(*ends)}."), width, 2, 2)


def _claim_fields(facts: Claim) -> Iterator[tuple[str, str]]:
    status = facts.status
    yield "Status", f"{status}: {STATUSES.get(status, '')}".removesuffix(": ")
    if facts.retracted_on:
        yield "Retracted", clean(f"{day_of(facts.retracted_on)}: {facts.retracted_because}")
    yield "Value", clean(with_unit(facts.value, facts.unit))
    yield "Means", _meaning(facts)
    yield "Claimant", named(facts.claimant_name, facts.claimant)
    origins = "; ".join(named(one.name, one.id) for one in facts.origins)
    backing = backing_in_words(facts, facts.origins)
    yield "Origins", clean(f"{backing}: {origins}").removesuffix(": ")
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
        kind = f"{NATURE_NAMES[one.nature]}: {NATURES[one.nature]}"
        yield from set_text(kind, width, 4, 2)
        if one.answers:
            yield from set_text(clean(f"on: {one.asks} ({one.answers})"), width, 4, 2)
        if one.explanation and one.explanation not in one.reason:
            yield from set_text(clean(f"values: {one.explanation}"), width, 4, 2)
        if one.gap:
            apart = kind_of(one.answer).distance(one.gap, one.gap_unit)
            yield from set_text(clean(f"apart: {apart}"), width, 4, 2)
    yield from set_more(len(conflicts), "ledger show --format json")


def _citations(cited: Sequence[Citation], width: int) -> Iterator[str]:
    for one in cited:
        there = "named {} times there" if one.scope == "paragraph" else "{} times"
        times = f", {there.format(one.times)}" if one.times > 1 else ""
        place = f" {place_as_written(one.document, one.paragraph, None)}" if one.document else ""
        stance = f"; the report {one.stance} it" if one.stance in {"disputes", "mentions"} else ""
        told = f"{one.outlet_name} ({one.outlet}){times}, {CITED_FOR[one.scope]}"
        yield from set_text(clean(told + place + stance), width, 2, 2)
        title = ", ".join(filter(None, (one.title, day_of(one.published))))
        yield from set_text(clean(title), width, 4, 2) if title else ()
        yield from (f"    {clean(one.url)}",) if one.url else ()
        yield from (f"    archived: {clean(one.archived)}",) if one.archived else ()


def question_sheet(facts: QuestionAround, width: int) -> Iterator[str]:
    """Yield the lines that tell of a question, its findings, positions and claims.

    Below them come the claims elsewhere that contradict some, and what hangs together with it.
    """
    yield from set_fields(list(_question_fields(facts)), width)
    for one in facts.findings:
        told = f"{one.says} {one.because}"
        heading = clean(f"Finding by {one.signed_by}, {day_of(one.signed_on)}")
        yield from set_section(heading, set_text(clean(told), width, 2), width)
    for position in facts.positions:
        heading = _position_heading(position, facts.unit, facts.origins.get(position.id, []))
        yield from set_claims(heading, position.claims, width)
    yield from set_claims("Claims that take no position", facts.without_position, width)
    if facts.elsewhere:
        told = f"{count_of(facts.n_conflicts_elsewhere, 'conflict')} with claims elsewhere"
        yield from set_section(told, set_elsewhere(facts.elsewhere, width), width)
        yield from set_more(len(facts.elsewhere), f"ledger show {facts.id} --format json")
    if facts.together:
        lines = [line for one in facts.together for line in set_text(_tied(one), width, 2, 2)]
        yield from set_section("Questions that hang together with it", lines, width)


TIES: Final = {
    "conflict": "its claims contradict some of these",
    "whole": "this one is a part of it",
    "part": "it is a part of this one",
    "same": "it is the same question",
}


def _tied(one: Tied) -> str:
    """Return a question that hangs together with another, how it stands and why."""
    why = "; ".join(TIES[how] for how in one.how)
    return f"{named(one.asks, one.id)}: {clean(one.state)}; {why}"


def _told_differently(retold: Sequence[Retold]) -> str:
    """Return whose word is told differently by how many documents."""
    return "; ".join(
        f"{one.name}: told differently by {count_of(len(one.documents), 'document')} "
        f"({', '.join(one.documents)})"
        for one in retold
    )


def _question_fields(facts: QuestionAround) -> Iterator[tuple[str, str]]:
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
    yield "Claims", support_of(facts, _different(facts.origins.values()))
    yield from _question_conflicts(facts)
    nature = facts.nature
    yield "Kind", f"{NATURE_NAMES[nature]}: {NATURES[nature]}" if nature else ""
    yield "Retelling", clean(_told_differently(facts.retold))
    yield "Hinges on", " or ".join(named(one.name, one.id) for one in facts.hinges)
    yield "Dossier", named(facts.dossier_title, facts.dossier)


def _question_conflicts(facts: QuestionAround) -> Iterator[tuple[str, str]]:
    told = count_of(facts.n_conflicts, "conflicting pair")
    if facts.gap:
        apart = kind_of(facts.answer).distance(facts.gap, facts.unit)
        told += f", up to {apart} apart"
    if facts.n_conflicts_elsewhere:
        told += f"; {facts.n_conflicts_elsewhere:,} with claims that do not answer it"
    contested = facts.n_conflicts + facts.n_conflicts_elsewhere
    yield "Conflicts", clean(told) if contested else ""


def _different(backers: Iterable[Iterable[Origin]]) -> list[Origin]:
    """Return who stands behind some positions, each once."""
    return list(dict.fromkeys(one for origins in backers for one in origins))


def _position_heading(facts: Position, unit: str | None, origins: Sequence[Origin]) -> str:
    told = with_unit(facts.label, unit)
    reach = f" [{facts.range}]" if facts.range and facts.range != facts.label else ""
    party = "; taken only by parties to the event" if facts.interest else ""
    return clean(f"{told}{reach}: {support_of(facts, origins)}{party} ({facts.id})")


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
