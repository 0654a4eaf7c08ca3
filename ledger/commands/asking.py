"""Asking on a terminal for what a new claim needs, one short question after the other."""

from __future__ import annotations

import click

from ledger.commands.beginning import New, begin_a_dossier, begin_a_question, begin_entry
from ledger.commands.changing import date_of
from ledger.commands.choosing import BEGIN, LISTED, choose, required, typed, until
from ledger.commands.claim_flags import Given, citation_of, found_in, look_at, own_id, value_of
from ledger.edit import Editing
from ledger.edit.adding import propose_id, read_back
from ledger.edit.catalogue import Asks, Catalogue, Register
from ledger.edit.naming import find_named, near_names
from ledger.values import kind_of


def ask_for_missing(edit: Editing, catalogue: Catalogue, given: Given) -> list[New]:
    """Ask for everything that a claim needs and was not given; return what is new in the files.

    Raises click.UsageError at once, before anything is asked, if what was given cannot be so.
    """
    look_at(edit, catalogue, given)
    if not catalogue.registers.documents:
        message = "no document is registered; `ledger new document` adds one, then add the claim"
        raise click.UsageError(message)
    new: list[New] = []
    # Whoever gives all that is needed as options is not asked for the rest.
    at_length = not (given.text and given.found and (given.question or given.dossier))
    if not given.text:
        given.text = required("The claim, in your own words")
    if not given.question and at_length:
        _ask_where(catalogue, given, new)
    asks = catalogue.questions.get(given.question)
    if asks and not given.value:
        given.value = _ask_value(catalogue, asks)
    if not given.found:
        given.found = until(lambda: _ask_found(catalogue))
    if at_length:
        _ask_at_length(edit, catalogue, given, new)
    return new


def _ask_at_length(edit: Editing, catalogue: Catalogue, given: Given, new: list[New]) -> None:
    """Ask for what a claim could do without: who makes it, whom it cites, when, how, its id."""
    if not given.claimant:
        given.claimant = until(lambda: _ask_claimant(catalogue, given, new))
    if not given.cites:
        given.cites = until(lambda: _ask_outlets(catalogue, given, new))
    _ask_plain(given)
    if not given.id:
        given.id = until(lambda: _ask_id(edit, given))


def _ask_plain(given: Given) -> None:
    """Ask when a claim was made and how the text hedges it."""
    if "made" not in given.plain and (made := until(_ask_made)):
        given.plain["made"] = made
    if "hedge" not in given.plain:
        hedge = typed("How does the text hedge it? (reportedly, allegedly …; empty: not at all)")
        given.plain |= {"hedge": hedge} if hedge else {}


def _ask_where(catalogue: Catalogue, given: Given, new: list[New]) -> None:
    """Ask for a dossier, and for one of its questions or none; either may be a new one."""
    if not given.dossier:
        titles = {name: title for name, (title, _) in catalogue.dossiers.items()}
        label = "Dossier (a few letters; empty: list them; + : a new one)"
        chosen = choose(label, titles)
        given.dossier = begin_a_dossier(catalogue, new) if chosen == BEGIN else chosen
    asked = {
        name: asks.asks
        for name, asks in catalogue.questions.items()
        if asks.dossier == given.dossier
    }
    which = "a number or a few letters; " if asked else ""
    label = f"Question ({which}empty: none; + : a new one)"
    chosen = choose(label, asked, show=True, optional=True)
    if chosen == BEGIN:
        chosen = begin_a_question(catalogue, given.dossier, new)
    given.question = chosen


def _ask_value(catalogue: Catalogue, asks: Asks) -> str:
    """Ask for a value until it can be read, and say it back in words."""
    forms = " | ".join(asks.options) if asks.options else kind_of(asks.answer).hint
    unit = f" in {asks.unit}" if asks.unit else ""
    label = f"Value{unit} ({forms}; empty: none)"

    def ask() -> str:
        answer = typed(label)
        return value_of(catalogue, asks, answer) if answer else ""

    value = until(ask)
    if value:
        click.echo(f"  {read_back(value, asks, catalogue)}")
    return value


def _ask_found(catalogue: Catalogue) -> list[str]:
    """Ask for the paragraphs where a claim was read."""
    names = list(catalogue.registers.documents)
    documents = ", ".join(names[:LISTED]) + (" …" if len(names) > LISTED else "")
    answer = required(
        f"Where was it read? (document#paragraph, #page=4 or the document; {documents})"
    )
    return [found_in(catalogue, one.strip()) for one in answer.split(",") if one.strip()]


def _ask_outlets(catalogue: Catalogue, given: Given, new: list[New]) -> list[str]:
    """Ask for the outlets cited for the claim itself; return them as `--cite` takes them."""
    own = ", ".join(_paragraph_outlets(catalogue, given))
    label = f"Outlets cited for this very claim (names with commas between; empty: {own or 'none'})"
    cited = []
    for one in filter(None, map(str.strip, typed(label).split(","))):
        name, sign, url = one.partition("=")
        outlet = _resolve(catalogue, "outlet", name.strip(), new)
        citation_of(catalogue, f"{outlet}{sign}{url}")
        cited.append(f"{outlet}{sign}{url}")
    return cited


def _paragraph_outlets(catalogue: Catalogue, given: Given) -> list[str]:
    """Return the names of the outlets that the paragraphs cite where a claim was read."""
    names: dict[str, None] = {}
    for found in given.found:
        document, _, part = found.partition("#")
        record = catalogue.registers.documents[document].record
        own = [record.outlet] if record.outlet else []
        paragraphs = {str(number): those for number, those in (record.paragraphs or {}).items()}
        for outlet in paragraphs.get(part) or own:
            names[catalogue.names("outlet").get(outlet, (outlet,))[0]] = None
    return list(names)


def _ask_claimant(catalogue: Catalogue, given: Given, new: list[New]) -> str:
    """Ask who makes the claim; return an actor's id, or nothing for the document's own voice."""
    document = given.found[0].partition("#")[0]
    voice = catalogue.registers.documents[document].record.voice
    called = catalogue.names("actor").get(voice or "", ("",))[0]
    own = f"{called}, the document's own voice" if called else "the document's own voice"
    answer = typed(f"Who makes it? (a name; empty: {own})")
    return _resolve(catalogue, "actor", answer, new) if answer else ""


def _resolve(catalogue: Catalogue, kind: Register, called: str, new: list[New]) -> str:
    """Return the id that a name stands for; offer what is alike, then a new entry."""
    names = catalogue.names(kind)
    found = find_named(names, called)
    if len(found) == 1:
        return found[0]
    for near in found or near_names(names, called):
        if click.confirm(f"  {called!r}: is it {names[near][0]} ({near})?", default=not found):
            return near
    return begin_entry(catalogue, kind, called, new)


def _ask_made() -> str:
    answer = typed("When was it made? (EDTF: 2022-04-05, 2022-04, 2022; empty: not said)")
    return date_of(answer) if answer else ""


def _ask_id(edit: Editing, given: Given) -> str:
    about = given.question or given.dossier
    document = given.found[0].partition("#")[0]
    proposed = propose_id(about, given.claimant or document, edit.has_claim)
    return own_id(edit, typed("Its id, never renamed", proposed))
