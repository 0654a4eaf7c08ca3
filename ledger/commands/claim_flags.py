"""From the options of `ledger add` to a claim: every value looked at, every name resolved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import click

from ledger.commands.changing import checked, date_of, known_claim, named, refuse_unknown
from ledger.edit import CLAIM_KEYS, Editing
from ledger.edit.adding import propose_id, read_back
from ledger.edit.catalogue import Asks, Catalogue
from ledger.edit.naming import find_named
from ledger.read.yaml_file import Data
from ledger.records import Citation, Claim, Found, is_slug
from ledger.refusals import found_unreadable
from ledger.values import UnreadableValue, kind_of, parse_parties
from ledger.words import place_as_written

FLAGS: Final = {
    "text": "TEXT",
    "cites": "--cite",
    "conflicts": "--conflicts-with",
    "origins": "--origins-unknown",
}
"""What gives a claim's key, where that is not `--key`."""

_JOINED: Final = re.compile(r"\s*([+|])\s*")

PLAIN: Final = ("made", "hedge", "as_of", "quote", "note")
"""The keys whose options hold what is written."""


@dataclass(slots=True)
class Given:
    """What was given for a claim, on the command line or in answer to a question."""

    text: str = ""
    dossier: str = ""
    question: str = ""
    value: str = ""
    claimant: str = ""
    id: str = ""
    supersedes: str = ""
    found: Sequence[str] = ()
    cites: Sequence[str] = ()
    conflicts: Sequence[str] = ()
    based_on: Sequence[str] = ()
    topics: Sequence[str] = ()
    plain: dict[str, str] = field(default_factory=dict)


def claim_of(edit: Editing, catalogue: Catalogue, given: Given) -> tuple[str, dict[str, Data]]:
    """Return the path of the dossier that a claim goes into, and the claim by its keys.

    Raises click.BadParameter or click.UsageError for the first thing that cannot be so.
    """
    _require(given)
    asks = question_of(catalogue, given.question)
    path = _path(catalogue, given, asks)
    claim: dict[str, Data] = {"text": given.text, **given.plain}
    if given.question:
        claim["question"] = given.question
    if given.value:
        claim["value"] = value_of(catalogue, asks, given.value)
    if given.claimant:
        claim["claimant"] = named(catalogue, "actor", given.claimant, "--claimant")
    found = list(dict.fromkeys(found_in(catalogue, one) for one in given.found))
    claim["found"] = found[0] if len(found) == 1 else list(found)
    _link(edit, catalogue, given, claim)
    about = given.question or path.rpartition("/")[2].removesuffix(".yaml")
    speaker = str(claim.get("claimant", "") or _voice(catalogue, found[0]))
    claim["id"] = own_id(edit, given.id) or propose_id(about, speaker, edit.has_claim)
    checked(Claim, claim, FLAGS)
    return path, claim


def look_at(edit: Editing, catalogue: Catalogue, given: Given) -> None:
    """Raise click.UsageError if something of what was given cannot be so, whatever is missing."""
    asks = question_of(catalogue, given.question)
    if given.dossier or asks:
        _path(catalogue, given, asks)
    if given.value and (asks or not given.dossier):
        value_of(catalogue, asks, given.value)
    if given.claimant:
        named(catalogue, "actor", given.claimant, "--claimant")
    for one in given.found:
        found_in(catalogue, one)
    _link(edit, catalogue, given, {})
    own_id(edit, given.id)
    for key in given.plain.keys() & {"made", "as_of"}:
        date_of(given.plain[key], f"--{key.replace('_', '-')}")


def question_of(catalogue: Catalogue, question: str) -> Asks | None:
    """Return a question by its id; None if none is named. Raises click.BadParameter."""
    if question and question not in catalogue.questions:
        refuse_unknown("question", question, catalogue.questions, "--question")
    return catalogue.questions.get(question)


def value_of(catalogue: Catalogue, asks: Asks | None, written: str) -> str:
    """Return a value as it is written into a claim. Raises click.BadParameter if it is none.

    An actor or place may be named by its name.
    """
    if asks is None:
        message = "a value answers a question; name it with --question"
        raise click.UsageError(message)
    kind = kind_of(asks.answer)
    if kind.register:
        written = _by_ids(catalogue.names(kind.register), written)
    if misfit := kind.misfit(written, asks.unit):
        message = f"{written!r} is {misfit.is_one}, and the question counts {misfit.counted}"
        raise click.BadParameter(message, param_hint="'--value'")
    try:
        read_back(written, asks, catalogue)
    except UnreadableValue as error:
        message = f"{error.what}; accepted: {error.forms}"
        raise click.BadParameter(message, param_hint="'--value'") from error
    if kind.register:
        names = catalogue.names(kind.register)
        for one in sorted(parse_parties(written).ids - names.keys()):
            refuse_unknown(kind.register, one, names, "--value")
    return written


def _by_ids(names: Mapping[str, Sequence[str]], written: str) -> str:
    """Return actors or places with their ids in the place of their names, where they name one."""
    if len(found := find_named(names, written)) == 1:
        return found[0]
    denied = "not " if written.startswith("not ") else ""
    parts = _JOINED.split(written.removeprefix(denied))
    ids = [find_named(names, part) for part in parts[::2]]
    if any(len(one) != 1 for one in ids):
        return written
    signs = [*parts[1::2], ""]
    return (
        denied + " ".join(f"{one} {sign}" for (one,), sign in zip(ids, signs, strict=True)).strip()
    )


def found_in(catalogue: Catalogue, written: str) -> str:
    """Return a place in a document as files name it: `cep-mali#54`, `cep-mali#page=4`, `cep-mali`.

    The document may be named by its title. Raises click.BadParameter if there is no such place.
    """
    document, place = _parts_of(written)
    name = named(catalogue, "document", document, "--found")
    paragraphs = catalogue.registers.documents[name].record.paragraphs
    number = place.paragraph
    if number is not None and paragraphs is not None and number not in paragraphs:
        last = f"the last is {max(paragraphs)}" if paragraphs else "it lists none"
        message = f"{name} has no paragraph {number}; {last}"
        raise click.BadParameter(message, param_hint="'--found'")
    return place_as_written(name, number, place.locator)


LEADING_ZEROS: Final = re.compile(r"^#0+(?=[0-9])")
"""What people type before a paragraph's number."""


def _parts_of(written: str) -> tuple[str, Found]:
    """Return how a document is named and what part of it is meant, given as `named#part`.

    The name may be a title, with blanks and signs of its own.
    """
    signs = [at for at, sign in enumerate(written) if sign == "#"]
    for at in signs or [len(written)]:
        if place := Found.parsed(f"document{LEADING_ZEROS.sub('#', written[at:])}"):
            return written[:at], place
    context = found_unreadable(written).context or {}
    message = f"{context['what']}; {context['remedy'][:1].lower()}{context['remedy'][1:]}"
    raise click.BadParameter(message.removesuffix("."), param_hint="'--found'")


def citation_of(catalogue: Catalogue, written: str) -> dict[str, Data]:
    """Return the citation that OUTLET or OUTLET=URL stands for. Raises click.BadParameter."""
    name, sign, url = written.partition("=")
    outlet = named(catalogue, "outlet", name, "--cite")
    citation: dict[str, Data] = {"outlet": outlet, "url": url} if sign else {"outlet": outlet}
    checked(Citation, citation, dict.fromkeys(citation, "--cite"))
    return citation


def _require(given: Given) -> None:
    """Raise click.UsageError for what a claim cannot do without."""
    missing = [
        flag
        for flag, value in (
            ("TEXT", given.text.strip()),
            ("--question or --dossier", given.question or given.dossier),
            ("--found", given.found),
        )
        if not value
    ]
    if missing:
        message = f"missing {', '.join(missing)}; on a terminal, `ledger add` asks for them"
        raise click.UsageError(message)


def _path(catalogue: Catalogue, given: Given, asks: Asks | None) -> str:
    if given.dossier and given.dossier not in catalogue.dossiers:
        refuse_unknown("dossier", given.dossier, catalogue.dossiers, "--dossier")
    return catalogue.dossiers[given.dossier][1] if given.dossier or asks is None else asks.path


def _link(edit: Editing, catalogue: Catalogue, given: Given, claim: dict[str, Data]) -> None:
    """Put into a claim what it cites, contradicts, repeats and replaces."""
    if given.cites:
        claim["cites"] = [citation_of(catalogue, one) for one in given.cites]
    if given.conflicts:
        claim["conflicts"] = _reasons(edit, given.conflicts)
    if given.based_on:
        bases = dict.fromkeys(given.based_on)
        claim["based_on"] = [known_claim(edit, one, "--based-on") for one in bases]
    if given.supersedes:
        claim["supersedes"] = known_claim(edit, given.supersedes, "--supersedes")
    if given.topics:
        claim["topics"] = list(dict.fromkeys(given.topics))


def _reasons(edit: Editing, given: Sequence[str]) -> dict[str, Data]:
    """Return the reason for each claim that a new one contradicts."""
    reasons: dict[str, Data] = {}
    for written in given:
        name, _, because = (part.strip() for part in written.partition("="))
        known_claim(edit, name, "--conflicts-with")
        if not because:
            message = f"{written!r} has no reason; write {name}=REASON"
            raise click.BadParameter(message, param_hint="'--conflicts-with'")
        if name in reasons:
            message = f"{name} is given two reasons; give one"
            raise click.BadParameter(message, param_hint="'--conflicts-with'")
        reasons[name] = because
    return reasons


def own_id(edit: Editing, name: str) -> str:
    """Return the id that a claim is given. Raises click.BadParameter if it cannot have it."""
    if name and not is_slug(name):
        message = f"{name!r} cannot be an id; use lower-case letters, digits and single hyphens"
        raise click.BadParameter(message, param_hint="'--id'")
    if name and edit.has_claim(name):
        message = f"a claim has the id {name} already; choose another"
        raise click.BadParameter(message, param_hint="'--id'")
    return name


def _voice(catalogue: Catalogue, found: str) -> str:
    """Return who speaks where nobody else is named: a document's voice, or else the document."""
    document = found.partition("#")[0]
    return catalogue.registers.documents[document].record.voice or document


def told_fields(claim: Mapping[str, Data]) -> list[str]:
    """Return a line for each key of a claim, to be read before it is written."""
    return [
        f"  {key}: {value if isinstance(value, str) else _flat(value)}"
        for key, value in sorted(claim.items(), key=lambda one: CLAIM_KEYS.index(one[0]))
    ]


def _flat(value: Data) -> str:
    if isinstance(value, list):
        return "; ".join(map(_flat, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_flat(held)}" for key, held in value.items())
    return value
