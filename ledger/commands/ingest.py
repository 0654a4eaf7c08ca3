"""`ledger ingest`: from a document's text to its entry in the register."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ledger.commands.options import claims_option, database_option
from ledger.commands.tables import clean
from ledger.likeness import near_match
from ledger.problems import LedgerError
from ledger.texts.cited import cited_in
from ledger.texts.ingest import (
    Change,
    Choices,
    Unknown,
    changes_between,
    claims_read_in,
    read_registers,
    resolved,
    unknown_names,
)
from ledger.texts.paragraphs import DocumentText, read_text
from ledger.texts.resolve import Names

if TYPE_CHECKING:
    from ledger.draft import Registers
    from ledger.edit import Editing
    from ledger.read.yaml_file import Data

NEW: Final = "n"
"""What is typed for a new outlet."""

STOP: Final = "q"
"""What is typed to stop."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says of the document; only the id is needed to replace one."""

    id: str
    title: str | None
    outlet: str | None
    voice: str | None
    published: str | None
    url: str | None
    replaces: bool

    def entry(self) -> dict[str, str]:
        """Return what is said of the document, by the keys of the register."""
        keys = ("title", "outlet", "voice", "published", "url")
        return {key: value for key in keys if (value := getattr(self, key)) is not None}


@click.command(name="ingest")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--id", "document", metavar="ID", required=True, help="The document's id.")
@click.option("--title", help="Its title; needed for a new document.")
@click.option("--outlet", metavar="ID", help="The outlet that published it; needed likewise.")
@click.option("--voice", metavar="ACTOR", help="The actor whose words it is.")
@click.option("--published", metavar="DATE", help="When it was published, in EDTF: 2023-05-04.")
@click.option("--url", help="Where it can be read.")
@click.option("--yes", is_flag=True, help="Add every unknown outlet as a new one, unasked.")
@click.option(
    "--replace",
    "replaces",
    is_flag=True,
    help="Replace the hash and paragraphs of a document that is registered.",
)
@claims_option
@database_option
def command(  # noqa: PLR0913 # one for each option
    *,
    file: Path,
    document: str,
    yes: bool,
    replaces: bool,
    claims: Path,
    database: Path,
    **said: str | None,
) -> None:
    """Register the document in FILE, a plain text or a saved HTML page.

    Its paragraphs are numbered, and the outlets that each one cites are noted: those of a group
    such as (Sources: Reuters, France 24) at its end, and those of its footnotes. Names are only
    taken for an outlet's if they are its name or an alias. The text itself is not kept, only
    its hash.

    \b
    Example:
      printf 'Shots fell in Kati. (Source: Reuters)\\n' > note.txt
      ledger ingest note.txt --id note --title 'A note' --outlet reuters
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    asked = Asked(document, **said, replaces=replaces)
    registers, paths = read_registers(claims)
    _require(asked, registers)
    text = read_text(file)
    names = Names({one: placed.record for one, placed in registers.outlets.items()})
    cited = cited_in(text.paragraphs, names)
    choices = _decided(unknown_names(cited, names), set(registers.outlets), yes=yes)
    outlets = resolved(cited, names, choices.chosen)
    changes = _changes(asked, registers, outlets, claims) if replaces else []
    from ledger.commands.changing import changing  # noqa: PLC0415 # wrong calls need not wait

    def change(edit: Editing) -> None:
        for outlet, name in choices.new.items():
            _refuse_taken(edit, paths["outlets.yaml"], outlet)
            edit.put(paths["outlets.yaml"], (outlet,), {"name": name})
        _put_document(edit, paths["documents.yaml"], asked, text, outlets)
        _write(edit, claims)

    changing(claims, database, change)
    _tell(asked, text, outlets, choices)
    _tell_changes(asked, changes)


def _require(asked: Asked, registers: Registers) -> None:
    """Raise UsageError unless the options name a document that can be written."""
    known = asked.id in registers.documents
    if known and not asked.replaces:
        message = f"The document {asked.id} is registered already; --replace replaces it."
        raise click.UsageError(message)
    if asked.replaces and not known:
        hint = _hint(asked.id, registers.documents)
        message = f"There is no document {asked.id} to replace.{hint}"
        raise click.UsageError(message)
    if not known and None in {asked.title, asked.outlet}:
        missing = "--title" if asked.title is None else "--outlet"
        message = f"A new document needs {missing}."
        raise click.UsageError(message)
    for option, named, register in (
        ("--outlet", asked.outlet, registers.outlets),
        ("--voice", asked.voice, registers.actors),
    ):
        if named is not None and named not in register:
            kind = "outlet" if option == "--outlet" else "actor"
            message = f"{option}: there is no {kind} {named}.{_hint(named, register)}"
            raise click.UsageError(message)
    _require_fields(asked)


def _require_fields(asked: Asked) -> None:
    """Raise UsageError unless the register would take what the options say."""
    from pydantic import ValidationError  # noqa: PLC0415 # the records need it in any case

    from ledger.records import Document, is_slug  # noqa: PLC0415

    if not is_slug(asked.id):
        message = f"--id: `{asked.id}` is not an id: lower-case letters, digits, single hyphens."
        raise click.UsageError(message)
    try:
        Document.model_validate({"title": "to be kept", **asked.entry()})
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        context = details.get("ctx", {})
        told = context.get("what", details["msg"])
        message = f"--{details['loc'][0]}: {told}. {context.get('remedy', '')}".strip()
        raise click.UsageError(message) from error


def _hint(asked: str, known: Iterable[str]) -> str:
    meant = near_match(asked, list(known))
    return f" Did you mean {meant}?" if meant else ""


def _decided(unknown: list[Unknown], taken: set[str], *, yes: bool) -> Choices:
    """Return what is decided on unknown names: asked on a terminal, or all new with --yes."""
    choices = Choices(taken)
    ambiguous = [one for one in unknown if one.is_ambiguous]
    asking = sys.stdin is not None and sys.stdin.isatty() and not yes
    if unknown and not asking and (ambiguous or not yes):
        told = "; ".join(map(_described, ambiguous if yes else unknown))
        way = "Give each outlet a name of its own" if yes else "Add them with --yes"
        message = f"Not in the register of outlets: {told}. {way}, or add an alias to outlets.yaml."
        raise click.UsageError(message)
    for one in unknown:
        if asking:
            _ask(one, choices)
        else:
            choices.add(one)
    return choices


def _described(unknown: Unknown) -> str:
    where = _where(unknown.paragraphs)
    meant = f"; is it {' or '.join(unknown.offered)}?" if unknown.offered else ""
    return f"{clean(unknown.name)} ({where}{meant})"


def _where(paragraphs: Sequence[int]) -> str:
    first = ", ".join(map(str, paragraphs[:5]))
    more = " …" if len(paragraphs) > 5 else ""  # noqa: PLR2004 # as many as are told
    return f"paragraph{'s' if len(paragraphs) > 1 else ''} {first}{more}"


def _ask(unknown: Unknown, choices: Choices) -> None:
    """Ask which outlet a name stands for. Raises click.Abort if the answer is to stop."""
    where = _where(unknown.paragraphs)
    click.echo(f"“{clean(unknown.name)}” ({where}) is not in the register.", err=True)
    for nth, outlet in enumerate(unknown.offered, start=1):
        click.echo(f"  {nth}  it is {outlet}", err=True)
    click.echo(f"  {NEW}  it is a new outlet, {choices.id_for(unknown)}", err=True)
    click.echo(f"  {STOP}  stop; nothing is written", err=True)
    numbers = [str(nth) for nth, _ in enumerate(unknown.offered, start=1)]
    answers = click.Choice([*numbers, NEW, STOP])
    answer: str = click.prompt("Which", type=answers, err=True)
    if answer == STOP:
        raise click.Abort
    if answer == NEW:
        choices.add(unknown)
    else:
        choices.take(unknown, unknown.offered[int(answer) - 1])


def _changes(
    asked: Asked, registers: Registers, outlets: dict[int, list[str]], claims: Path
) -> list[Change]:
    before = registers.documents[asked.id].record.paragraphs or {}
    return changes_between(before, outlets, claims_read_in(claims, asked.id))


def _put_document(
    edit: Editing, path: str, asked: Asked, text: DocumentText, outlets: dict[int, list[str]]
) -> None:
    """Put the document's entry in place: whole if it is new, else key by key."""
    from ledger.records import Document  # noqa: PLC0415 # the records need pydantic

    paragraphs: dict[str, Data] = {str(number): [*listed] for number, listed in outlets.items()}
    entry: dict[str, Data] = {
        **asked.entry(),
        "text_sha256": text.sha256,
        "paragraphs": paragraphs,
    }
    if asked.replaces:
        for key, value in entry.items():
            edit.put(path, (asked.id, key), value, tuple(Document.model_fields))
    else:
        _refuse_taken(edit, path, asked.id)
        edit.put(path, (asked.id,), entry)


def _refuse_taken(edit: Editing, path: str, name: str) -> None:
    """Raise LedgerError if a register got an entry of an id since it was read."""
    if edit.has_key(path, name):
        message = f"{path} has an entry {name} meanwhile; nothing was written; try again"
        raise LedgerError(message)


def _write(edit: Editing, claims: Path) -> None:
    """Write the changes; if they would bring problems, tell these and raise LedgerError."""
    from ledger.commands.problems import as_text  # noqa: PLC0415 # only here
    from ledger.edit import EditRefusedError  # noqa: PLC0415 # it reads the whole folder

    try:
        edit.write()
    except EditRefusedError as refused:
        click.echo(as_text(refused.problems, claims), err=True)
        raise


def _tell(
    asked: Asked, text: DocumentText, outlets: dict[int, list[str]], choices: Choices
) -> None:
    for outlet, name in choices.new.items():
        click.echo(f"New outlet {outlet}: {clean(name)}")
    citing = [listed for listed in outlets.values() if listed]
    different = {outlet for listed in citing for outlet in listed}
    click.echo(
        f"{asked.id}: {_count(len(text.paragraphs), 'paragraph')}, {len(citing):,} of them citing "
        f"{_count(len(different), 'outlet')}"
    )


def _tell_changes(asked: Asked, changes: Sequence[Change]) -> None:
    if asked.replaces and not changes:
        click.echo("No paragraph cites other outlets than before.")
    for one in changes:
        was, now = ("no paragraph" if it is None else _listed(it) for it in (one.before, one.after))
        read = f"; read there: {', '.join(one.claims)}" if one.claims else ""
        click.echo(f"Paragraph {one.paragraph}: cited {was}, cites {now}{read}")


def _listed(outlets: Sequence[str]) -> str:
    return ", ".join(outlets) or "nobody"


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'s' if number != 1 else ''}"
