"""`ledger new`: a new dossier, question, or entry of a register."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

import click
from pydantic import BaseModel

from ledger.commands.candidates import complete_ids
from ledger.commands.changing import (
    changing,
    changing_options,
    checked,
    conclude,
    named,
    refuse_unknown,
)
from ledger.commands.typed import ChangingCommand
from ledger.edit import Editing
from ledger.edit.catalogue import Catalogue, Register, read_catalogue
from ledger.edit.naming import find_named
from ledger.edit.registering import ask, begin_dossier, register
from ledger.files import REGISTERS
from ledger.problems import Place
from ledger.read.yaml_file import Data
from ledger.records import Actor, Document, Dossier, Outlet, PlaceRecord, Question, is_slug
from ledger.schemas import modeline
from ledger.words import ANSWERS, EXTENTS, HOLDINGS

F = TypeVar("F", bound=Callable[..., object])
Given = Mapping[str, str | bool | tuple[str, ...] | None]

MODELS: Final[dict[Register, type[BaseModel]]] = {
    "outlet": Outlet,
    "actor": Actor,
    "place": PlaceRecord,
    "document": Document,
}

FLAGS: Final = {
    "aliases": "--alias",
    "options": "--option",
    "parties": "--party",
    "topics": "--topic",
}
"""Options that may be given several times, and so have a name of their own."""


@click.group(name="new")
def command() -> None:
    """Add a dossier, a question, or an entry of a register.

    \b
    Example:
      ledger new outlet harbour-post --name "The Harbour Post" --kind newspaper
    """  # noqa: D301 # \b is click's sign for lines to leave alone


def _id(_: click.Context, __: click.Parameter, name: str) -> str:
    if not is_slug(name):
        message = f"{name!r} cannot be an id; use lower-case letters, digits and single hyphens"
        raise click.BadParameter(message)
    return name


_id_argument: Final = click.argument("name", metavar="ID", callback=_id)
_name: Final = click.option("--name", "called", required=True, help="Its name.")
_kind: Final = click.option("--kind", help="What kind it is, in a word or two.")
_country: Final = click.option("--country", metavar="CODE", help="Two letters of ISO 3166-1.")
_aliases: Final = click.option("--alias", "aliases", multiple=True, help="Another name; repeat.")
_wikidata: Final = click.option("--wikidata", metavar="QID", help="Its Wikidata id, if certain.")
_url: Final = click.option("--url", help="Its address in the web.")


def _part_of(kind: Register) -> Callable[[F], F]:
    return click.option(
        "--part-of", shell_complete=complete_ids(kind), help=f"The {kind} it is part of."
    )


@command.command(name="outlet", cls=ChangingCommand)
@_id_argument
@_name
@_kind
@_country
@_aliases
@_part_of("outlet")
@_wikidata
@_url
@changing_options
def outlet_command(
    name: str, force: bool, dry_run: bool, claims: Path, database: Path, **given: str | None
) -> None:
    """Add an outlet, which publishes.

    \b
    Example:
      ledger new outlet harbour-post --name "The Harbour Post" --kind newspaper --alias "The Post"
    """  # noqa: D301 # \b is click's sign for lines to leave alone

    def change(edit: Editing) -> None:
        place = _register(edit, "outlet", name, given)
        conclude(edit, lambda: [(place, f"outlet {name}")], force=force, dry_run=dry_run)

    changing(claims, database, change)


@command.command(name="actor", cls=ChangingCommand)
@_id_argument
@_name
@_kind
@_country
@_aliases
@_part_of("actor")
@click.option("--independent", is_flag=True, help="It speaks for itself, though part of a whole.")
@_wikidata
@changing_options
def actor_command(
    name: str, force: bool, dry_run: bool, claims: Path, database: Path, **given: str | bool | None
) -> None:
    """Add an actor.

    An actor makes claims, or is the answer to a question.

    \b
    Example:
      ledger new actor harbour-police --name "Harbour Police" --kind "state force"
    """  # noqa: D301 # \b is click's sign for lines to leave alone

    def change(edit: Editing) -> None:
        place = _register(edit, "actor", name, given)
        conclude(edit, lambda: [(place, f"actor {name}")], force=force, dry_run=dry_run)

    changing(claims, database, change)


@command.command(name="place", cls=ChangingCommand)
@_id_argument
@_name
@click.option("--within", shell_complete=complete_ids("place"), help="The place it lies in.")
@_country
@click.option("--latitude", help="Degrees north.")
@click.option("--longitude", help="Degrees east.")
@click.option("--precision", help="What the coordinates stand for: settlement, region, country.")
@_aliases
@_wikidata
@changing_options
def place_command(
    name: str, force: bool, dry_run: bool, claims: Path, database: Path, **given: str | None
) -> None:
    """Add a place.

    \b
    Example:
      ledger new place harbour-town --name "Harbour Town" --within mali --precision settlement
    """  # noqa: D301 # \b is click's sign for lines to leave alone

    def change(edit: Editing) -> None:
        place = _register(edit, "place", name, given)
        conclude(edit, lambda: [(place, f"place {name}")], force=force, dry_run=dry_run)

    changing(claims, database, change)


@command.command(name="document", cls=ChangingCommand)
@_id_argument
@click.option("--title", required=True, help="Its title.")
@click.option("--outlet", shell_complete=complete_ids("outlet"), help="Who published it.")
@click.option("--voice", shell_complete=complete_ids("actor"), help="The actor whose words it is.")
@click.option("--published", metavar="DATE", help="When it was published, EDTF.")
@_url
@click.option("--retrieved", metavar="DATE", help="When it was read there, EDTF.")
@click.option("--archived", metavar="URL", help="Where a copy is archived.")
@click.option("--language", metavar="TAG", help="Its language: en, fr, pt-BR.")
@click.option("--licence", help="The terms on which it can be used: CC-BY-4.0.")
@click.option("--extent", type=click.Choice(list(EXTENTS)), help="How much of it was read.")
@changing_options
def document_command(
    name: str, force: bool, dry_run: bool, claims: Path, database: Path, **given: str | None
) -> None:
    """Add a document that claims are read in.

    Without its text: `ledger ingest` reads that, and numbers its paragraphs.

    \b
    Example:
      ledger new document harbour-report --title "The Harbour Report" --outlet reuters
    """  # noqa: D301 # \b is click's sign for lines to leave alone

    def change(edit: Editing) -> None:
        place = _register(edit, "document", name, given)
        conclude(edit, lambda: [(place, f"document {name}")], force=force, dry_run=dry_run)

    changing(claims, database, change)


@command.command(name="dossier", cls=ChangingCommand)
@_id_argument
@click.option("--title", required=True, help="Its subject.")
@click.option("--when", metavar="DATE", help="When it happened, EDTF.")
@click.option(
    "--where",
    multiple=True,
    metavar="PLACE",
    shell_complete=complete_ids("place"),
    help="Where it happened; repeat.",
)
@click.option("--topic", "topics", multiple=True, help="A topic; repeat.")
@click.option(
    "--party",
    "parties",
    multiple=True,
    metavar="ACTOR",
    shell_complete=complete_ids("actor"),
    help="Who it is about, if its answers do not tell; repeat.",
)
@click.option("--folder", default="", help="The folder below the claims folder; made if needed.")
@changing_options
def dossier_command(  # noqa: PLR0913 # an option each
    name: str,
    folder: str,
    force: bool,
    dry_run: bool,
    claims: Path,
    database: Path,
    **given: str | tuple[str, ...] | None,
) -> None:
    """Begin a dossier.

    It is a file for one subject, its questions and its claims.

    \b
    Example:
      ledger new dossier harbour-fire --title "Fire at the harbour" --when 2024-03 --topic fires
    """  # noqa: D301 # \b is click's sign for lines to leave alone

    def change(edit: Editing) -> None:
        catalogue = read_catalogue(edit.kept)
        _refuse_taken(catalogue, name)
        record = _record(given)
        _locate(catalogue, record)
        if parties := given.get("parties"):
            record["parties"] = [named(catalogue, "actor", one, "--party") for one in parties]
        checked(Dossier, record, FLAGS)
        path = _path_in(claims, folder, name)
        place = begin_dossier(edit, path, record, modeline(claims, claims / path) or "")
        conclude(edit, lambda: [(place, f"dossier {name}")], force=force, dry_run=dry_run)

    changing(claims, database, change)


@command.command(name="question", cls=ChangingCommand)
@_id_argument
@click.option(
    "--dossier",
    required=True,
    shell_complete=complete_ids("dossier"),
    help="The dossier that asks it.",
)
@click.option("--asks", required=True, help="The question in words.")
@click.option(
    "--answer", required=True, type=click.Choice(list(ANSWERS)), help="The kind of its answer."
)
@click.option("--unit", help="The unit of a quantity.")
@click.option("--option", "options", multiple=True, help="An answer of a choice; repeat.")
@click.option("--about", help="What exactly is counted or meant.")
@click.option(
    "--part-of", shell_complete=complete_ids("question"), help="The quantity it cannot exceed."
)
@click.option("--tolerance", help="How far 'about' reaches: 0.1 is 10 %.")
@click.option("--when", metavar="DATE", help="When it happened, EDTF, if not with the dossier.")
@click.option(
    "--where",
    multiple=True,
    metavar="PLACE",
    shell_complete=complete_ids("place"),
    help="Where it happened, if elsewhere than the dossier; repeat.",
)
@click.option("--topic", "topics", multiple=True, help="A topic in place of the dossier's; repeat.")
@click.option(
    "--answers",
    type=click.Choice(list(HOLDINGS)),
    help="many: several answers may hold together.",
)
@click.option("--ordered", is_flag=True, help="The options are a scale, neighbours in tension.")
@click.option(
    "--same-as",
    metavar="ID",
    shell_complete=complete_ids("question"),
    help="The same question, asked elsewhere.",
)
@click.option("--summary", help="Who says what, in a sentence or two.")
@changing_options
def question_command(  # noqa: PLR0913 # an option each
    name: str,
    dossier: str,
    force: bool,
    dry_run: bool,
    claims: Path,
    database: Path,
    **given: str | bool | tuple[str, ...] | None,
) -> None:
    """Ask a question in a dossier.

    \b
    Example:
      ledger new question moura-hour --dossier moura-2022 --asks "At what hour?" --answer text
    """  # noqa: D301 # \b is click's sign for lines to leave alone

    def change(edit: Editing) -> None:
        catalogue = read_catalogue(edit.kept)
        if dossier not in catalogue.dossiers:
            refuse_unknown("dossier", dossier, catalogue.dossiers, "--dossier")
        if name in catalogue.questions:
            message = f"{name} is asked already, in {catalogue.questions[name].dossier}"
            raise click.BadParameter(message, param_hint="'ID'")
        record = _record(given)
        _locate(catalogue, record)
        checked(Question, record, FLAGS)
        for key in ("part_of", "same_as"):
            other = record.get(key)
            if isinstance(other, str) and other not in catalogue.questions:
                refuse_unknown("question", other, catalogue.questions, f"--{key.replace('_', '-')}")
        place = ask(edit, catalogue.dossiers[dossier][1], name, record)
        conclude(edit, lambda: [(place, f"question {name}")], force=force, dry_run=dry_run)

    changing(claims, database, change)


def _register(edit: Editing, kind: Register, name: str, given: Given) -> Place:
    """Add an entry to a register after every value was looked at; return its place."""
    catalogue = read_catalogue(edit.kept)
    if name in catalogue.names(kind):
        message = f"the {kind} {name} is there already: {catalogue.names(kind)[name][0]}"
        raise click.BadParameter(message, param_hint="'ID'")
    record = _record(given)
    _look_at_names(catalogue, kind, record)
    related: dict[str, Register] = {
        "part_of": kind,
        "within": "place",
        "outlet": "outlet",
        "voice": "actor",
    }
    for key, its_kind in related.items():
        if isinstance(written := record.get(key), str):
            record[key] = named(catalogue, its_kind, written, f"--{key.replace('_', '-')}")
    checked(MODELS[kind], record, FLAGS)
    return register(edit, kind, name, record)


def _look_at_names(catalogue: Catalogue, kind: Register, record: Mapping[str, Data]) -> None:
    """Raise click.BadParameter if something of the kind has one of the names already."""
    aliases = record.get("aliases", [])
    flags = [("--name", record.get("name")), *(("--alias", one) for one in aliases)]
    for flag, written in flags:
        if isinstance(written, str) and (held := find_named(catalogue.names(kind), written)):
            message = f"{written!r} is a name of {held[0]} already"
            raise click.BadParameter(message, param_hint=f"'{flag}'")


def _record(given: Given) -> dict[str, Data]:
    """Return what was given, by the keys of a record."""
    renamed = {"name" if key == "called" else key: value for key, value in given.items()}
    return {key: _data(value) for key, value in renamed.items() if value}


def _data(value: str | bool | tuple[str, ...]) -> Data:  # what click gives for a flag
    """Return what was given for a key as files hold it."""
    if isinstance(value, tuple):
        return list(dict.fromkeys(value))
    return "true" if value is True else str(value)


def _locate(catalogue: Catalogue, record: dict[str, Data]) -> None:
    """Put the ids of places in the place of their names. Raises click.BadParameter."""
    if isinstance(where := record.get("where"), list):
        record["where"] = [named(catalogue, "place", str(one), "--where") for one in where]


def _refuse_taken(catalogue: Catalogue, name: str) -> None:
    """Raise click.BadParameter if a new dossier cannot have a name."""
    if name in catalogue.dossiers:
        message = f"the dossier {name} is there already: {catalogue.dossiers[name][1]}"
        raise click.BadParameter(message, param_hint="'ID'")
    if f"{name}.yaml" in REGISTERS:
        message = f"{name}.yaml is the name of a register; choose another id"
        raise click.BadParameter(message, param_hint="'ID'")


def _path_in(claims: Path, folder: str, name: str) -> str:
    """Return the path of a dossier's file in a folder, which may be named from here or there."""
    root, here = Path(os.path.abspath(claims)), Path(os.path.abspath(folder))  # noqa: PTH100 # a link stays as it is named
    within = here if folder and here.is_relative_to(root) else root / folder
    path = Path(os.path.normpath(within))
    strange = "\\" in folder or any(part.startswith(".") for part in path.parts[len(root.parts) :])
    if strange or not path.is_relative_to(root) or _is_file(path, root):
        message = f"{folder!r} is no folder below {claims}; name one such as mali"
        raise click.BadParameter(message, param_hint="'--folder'")
    return (path.relative_to(root) / f"{name}.yaml").as_posix()


def _is_file(path: Path, root: Path) -> bool:
    """Return whether a path leads through a file."""
    ways = [path, *path.parents]
    return any(one.exists() and not one.is_dir() for one in ways if one.is_relative_to(root))
