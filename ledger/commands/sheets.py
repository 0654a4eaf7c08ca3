"""Sheets: how one thing is set for people, by its kind. Whatever is told stands in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ledger.commands.answers import claim_sheet, dossier_sheet, position_sheet, question_sheet
from ledger.commands.sheet_parts import (
    count_of,
    day_of,
    named,
    set_claims,
    set_section,
)
from ledger.commands.tables import Column, clean, set_fields, set_table, set_text, strong
from ledger.reports.claims import Claim
from ledger.reports.kinds import Thing
from ledger.reports.questions import Dossier
from ledger.reports.registers import Actor, Document, Outlet, Paragraph, Place
from ledger.things import KINDS
from ledger.words import EXTENTS


def sheet_of(kind: str, thing: Thing, width: int, folder: Path) -> list[str]:
    """Return the lines that tell of one thing: a heading, its fields, and what belongs to it.

    Files are named as the command line names the claims folder, so that they can be opened.
    """
    if isinstance(thing, Claim | Dossier):
        thing = replace(thing, file=(folder / thing.file).as_posix())
    title = [strong(line) for line in set_text(clean(_title(kind, thing)), width)]
    lines = [*title, f"{kind} {clean(thing.id)}", "", *SHEETS[kind](thing, width)]
    return [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]


def _title(kind: str, thing: Thing) -> str:
    if isinstance(thing, Paragraph):
        return f"{thing.title}, paragraph {thing.number}"
    return str(getattr(thing, KINDS[kind].label))


def _outlet(facts: Outlet, width: int) -> Iterator[str]:
    fields = [
        *_register_fields(facts),
        ("Part of", named(facts.part_of_name, facts.part_of)),
        ("Its parts", "; ".join(named(one.name, one.id) for one in facts.parts)),
        ("Documents", "; ".join(named(one.title, one.id) for one in facts.documents)),
        ("Home page", clean(facts.url or "")),
    ]
    yield from set_fields(fields, width)
    told = f"Known to carry {count_of(len(facts.claims), 'claim')}"
    more = f"ledger list --outlet {facts.id}"
    yield from set_claims(told, facts.claims, width, more)
    told = f"Only stands at the paragraphs of {count_of(len(facts.nearby), 'claim')}"
    more = f"ledger list --nearby {facts.id}"
    yield from set_claims(told, facts.nearby, width, more)


def _actor(facts: Actor, width: int) -> Iterator[str]:
    yield from set_fields([*_register_fields(facts), *_tree_fields(facts, "Part of")], width)
    told = f"Makes {count_of(len(facts.claims), 'claim')}"
    more = f"ledger list --claimant {facts.id}"
    yield from set_claims(told, facts.claims, width, more)
    yield from set_claims(_named_heading(facts), facts.named_by, width)


def _place(facts: Place, width: int) -> Iterator[str]:
    where = ""
    if facts.latitude is not None and facts.longitude is not None:
        where = f"{facts.latitude:.6g}, {facts.longitude:.6g}"
    precision = f" ({facts.precision})" if where and facts.precision else ""
    fields = [
        *_register_fields(facts),
        ("Coordinates", clean(where + precision)),
        *_tree_fields(facts, "Within"),
        ("Dossiers", "; ".join(named(one.title, one.id) for one in facts.dossiers)),
    ]
    yield from set_fields(fields, width)
    yield from set_claims(_named_heading(facts), facts.named_by, width)


def _document(facts: Document, width: int) -> Iterator[str]:
    fields = [
        ("Outlet", named(facts.outlet_name, facts.outlet)),
        ("Voice", named(facts.voice_name, facts.voice)),
        ("Published", day_of(facts.published)),
        ("Language", clean(facts.language or "")),
        ("Address", clean(facts.url or "")),
        ("Retrieved", day_of(facts.retrieved)),
        ("Archived", clean(facts.archived or "")),
        ("Licence", clean(facts.licence or "")),
        ("Read", EXTENTS.get(facts.extent or "", "")),
        ("SHA-256", clean(facts.text_sha256 or "")),
        ("Claims", count_of(facts.n_claims, "claim")),
    ]
    yield from set_fields(fields, width)
    names = {one.id: one.name for one in facts.cited}
    columns = (Column("Paragraph"), Column("Claims", right=True), Column("Outlets cited"))
    rows = [
        (f"#{one.number}", f"{one.n_claims:,}", clean(_times(one.outlets, names)))
        for one in facts.paragraphs
    ]
    if rows:
        told = count_of(facts.n_paragraphs, "paragraph")
        yield from set_section(told, set_table(columns, rows, width), width)
    if facts.elsewhere:
        told = f"{count_of(len(facts.elsewhere), 'claim')} read in no paragraph that is told"
        yield from set_claims(told, facts.elsewhere, width)


def _paragraph(facts: Paragraph, width: int) -> Iterator[str]:
    cited = (
        named(one.name, one.id) + (f", {one.times} times" if one.times > 1 else "")
        for one in facts.cited
    )
    yield from set_fields([("Cites", "; ".join(cited) or "nobody")], width)
    told = f"{count_of(facts.n_claims, 'claim')} read here"
    yield from set_claims(told, facts.claims, width)


SHEETS: Final[dict[str, Callable[[Any, int], Iterator[str]]]] = {
    "claim": claim_sheet,
    "question": question_sheet,
    "position": position_sheet,
    "dossier": dossier_sheet,
    "outlet": _outlet,
    "actor": _actor,
    "place": _place,
    "document": _document,
    "paragraph": _paragraph,
}


def _register_fields(facts: Outlet | Actor | Place) -> list[tuple[str, str]]:
    return [
        ("Kind", "" if isinstance(facts, Place) else clean(facts.kind or "")),
        ("Country", clean(facts.country or "")),
        ("Also called", clean("; ".join(facts.aliases))),
        ("Wikidata", clean(facts.wikidata or "")),
    ]


def _tree_fields(facts: Actor | Place, above: str) -> list[tuple[str, str]]:
    below = ("- " * (one.depth - 1) + named(one.name, one.id) for one in facts.below)
    return [
        (above, ", in ".join(named(one.name, one.id) for one in facts.above)),
        ("Its parts", "; ".join(below)),
    ]


def _named_heading(facts: Actor | Place) -> str:
    return f"Named as the answer in {count_of(len(facts.named_by), 'claim')}"


def _times(outlets: Sequence[str], names: Mapping[str, str]) -> str:
    """Return outlets with how often each is cited, in the order of the paragraph."""
    counted = {names.get(one, one): outlets.count(one) for one in outlets}
    return ", ".join(f"{one} ({n} times)" if n > 1 else one for one, n in counted.items())
