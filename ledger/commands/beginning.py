"""Beginning on a terminal what a new claim names and the ledger has not yet.

A new outlet or actor, a new dossier, a new question: each is asked for in a few words. Nothing is
written meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count
from typing import Final, Literal, NamedTuple, cast

import click

from ledger.commands.changing import checked
from ledger.commands.choosing import choose, required, typed, until
from ledger.draft import Placed
from ledger.edit import Editing
from ledger.edit.catalogue import Asks, Catalogue, Register, read_catalogue
from ledger.edit.naming import slug_of
from ledger.edit.registering import ask, begin_dossier, register, register_path
from ledger.files import REGISTERS
from ledger.problems import Place
from ledger.read.yaml_file import Data
from ledger.records import Actor, Dossier, Outlet, Question, is_slug
from ledger.schemas import modeline
from ledger.values import kind_of
from ledger.words import ANSWERS, Answer

LONGEST: Final = 48
"""How many characters an id has at most that is proposed for a title or a question."""


class New(NamedTuple):
    """What a claim names and the files are to get: `path` is a dossier's file."""

    kind: Register | Literal["dossier", "question"]
    name: str
    record: dict[str, Data]
    path: str = ""


def begin_entry(catalogue: Catalogue, kind: Register, called: str, new: list[New]) -> str:
    """Return the id of a new outlet or actor, after one question about it.

    Raises click.UsageError if it is not to be added.
    """
    proposed = slug_of(called)
    taken = catalogue.names(kind)
    name = next(one for one in _numbered(proposed) if one not in taken)
    label = f"  new {kind} {name} ({called}); what kind is it? (empty: not said; - : do not add)"
    told = typed(label)
    if told == "-":
        message = f"{called!r} is not added; name another {kind}"
        raise click.UsageError(message)
    record: dict[str, Data] = {"name": called, **({"kind": told} if told else {})}
    model = Outlet if kind == "outlet" else Actor
    checked(model, record, {})
    if kind == "outlet":
        outlet = Outlet.model_validate(record)
        catalogue.registers.outlets[name] = Placed(outlet, Place("outlets.yaml"))
    else:
        actor = Actor.model_validate(record)
        catalogue.registers.actors[name] = Placed(actor, Place("actors.yaml"))
    new.append(New(kind, name, record))
    return name


def begin_a_dossier(catalogue: Catalogue, new: list[New]) -> str:
    """Ask for a new dossier: its title, its id and, where there are folders, its folder."""
    title = required("  Title of the new dossier")
    record: dict[str, Data] = {"title": title}
    checked(Dossier, record, {})
    taken = {*catalogue.dossiers, *(one.removesuffix(".yaml") for one in REGISTERS)}
    name = _ask_id(title, taken)
    paths = [path for _, path in catalogue.dossiers.values()]
    folders = sorted({path.rpartition("/")[0] for path in paths} - {""})
    folder = until(lambda: _ask_folder(folders)) if folders else ""
    path = f"{folder}/{name}.yaml" if folder else f"{name}.yaml"
    catalogue.dossiers[name] = (title, path)
    new.append(New("dossier", name, record, path))
    return name


def _ask_folder(folders: list[str]) -> str:
    folder = typed(f"  In which folder? ({', '.join(folders)}; empty: in none)")
    if folder and folder not in folders:
        message = f"there is no folder {folder!r}; `ledger new dossier --folder` makes one"
        raise click.UsageError(message)
    return folder


def begin_a_question(catalogue: Catalogue, dossier: str, new: list[New]) -> str:
    """Ask for a new question of a dossier: what it asks, the kind of its answer, and its id."""
    asks = required("  What does the new question ask?")
    answer = cast("Answer", choose("  Kind of answer", ANSWERS, show=True, begin=False))
    record: dict[str, Data] = {"asks": asks, "answer": answer}
    kind = kind_of(answer)
    if kind.measured and (unit := typed("  Of what? (people, attacks …; empty: not said)")):
        record["unit"] = unit
    options = until(_ask_options) if kind.has_options else []
    if options:
        record["options"] = list(options)
    checked(Question, record, {})
    name = _ask_id(asks, catalogue.questions)
    read = Question.model_validate(record)
    path = catalogue.dossiers[dossier][1]
    told = (asks, answer, read.unit or "", read.options, read.tolerance, dossier, path, "")
    catalogue.questions[name] = Asks(*told)
    new.append(New("question", name, record, path))
    return name


def _ask_options() -> list[str]:
    """Ask for the answers of a choice, one after the other."""
    options: dict[str, None] = {}
    while answer := typed(f"  Answer {len(options) + 1} (empty: no more)"):
        options[answer] = None
    if len(options) < 2:  # noqa: PLR2004 # what excludes each other are two at least
        message = "a choice needs two answers at least"
        raise click.UsageError(message)
    return list(options)


def _ask_id(words: str, taken: Collection[str]) -> str:
    """Ask for the id of something new; one made of its words is proposed."""
    slug = slug_of(words)
    short = slug if len(slug) <= LONGEST else slug[:LONGEST].rpartition("-")[0]
    proposed = next(one for one in _numbered(short) if one not in taken)

    def ask_it() -> str:
        name = typed("  Its id, never renamed", proposed)
        if not is_slug(name):
            message = f"{name!r} cannot be an id; use lower-case letters, digits and single hyphens"
            raise click.UsageError(message)
        if name in taken:
            message = f"{name} is there already; choose another id"
            raise click.UsageError(message)
        return name

    return until(ask_it)


def _numbered(name: str) -> Iterator[str]:
    """Yield a name, and then the same with a number."""
    yield name
    for number in count(2):
        yield f"{name}-{number}"


def put_new(edit: Editing, new: list[New]) -> None:
    """Put into the files' texts what is new, unless somebody else has added it meanwhile."""
    for kind, name, record, path in new:
        catalogue = read_catalogue(edit.kept, edit.changed())
        if kind == "dossier":
            if name not in catalogue.dossiers:
                line = modeline(edit.claims, edit.claims / path) or ""
                begin_dossier(edit, path, record, line)
        elif kind == "question":
            if name not in catalogue.questions:
                ask(edit, path, name, record)
        elif name not in catalogue.names(kind):
            register(edit, kind, name, record)


def places_of_new(edit: Editing, new: list[New]) -> list[tuple[Place, str]]:
    """Return where everything new stands, with the changes, and what it is."""
    found = []
    for kind, name, _, path in new:
        if kind == "dossier":
            place = Place(path)
        elif kind == "question":
            place = edit.place_of(path, "questions", name)
        else:
            place = edit.place_of(register_path(edit, kind), name)
        found.append((place, f"{kind} {name}"))
    return found
