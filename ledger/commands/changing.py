"""What the commands that change files share: their options, how ids are checked, what is told."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NoReturn, TypeVar

import click
from pydantic import BaseModel

from ledger.commands.options import claims_option, database_option
from ledger.commands.problems import as_text
from ledger.currency import coding_of
from ledger.edit import ChangedMeanwhileError, Editing, EditRefusedError, Effect, editing
from ledger.edit.catalogue import Catalogue, Register
from ledger.edit.effect import Contradiction, Standing, State
from ledger.edit.naming import find_named, near_names
from ledger.likeness import near_match
from ledger.problems import LedgerError, Place
from ledger.read.validate import validate
from ledger.reports.claims import altered_in_words
from ledger.reports.origins import origins_in_words, outlets_in_words
from ledger.values import UnreadableValue, parse_date
from ledger.words import NATURE_NAMES

F = TypeVar("F", bound=Callable[..., object])

TRIES: Final = 8
"""How often a change is worked out whose files somebody else saves meanwhile."""

PAUSE: Final = 0.05
"""How many seconds pass before it is worked out again."""

REFUSED: Final = "Nothing was written; --force writes all the same. The lines are those there then."
"""What is told below the problems that a change would bring."""

_force_option: Final = click.option(
    "--force", is_flag=True, help="Write even if that brings new problems."
)
_dry_run_option: Final = click.option(
    "--dry-run", is_flag=True, help="Show what would change, and write nothing."
)
reason_option: Final = click.option(
    "--because", required=True, metavar="REASON", help="The reason, in a sentence."
)


def changing_options(function: F) -> F:
    """Give a command the options that all commands have that change files."""
    for option in (database_option, claims_option, _dry_run_option, _force_option):
        function = option(function)
    return function


def date_option(flag: str, told: str) -> Callable[[F], F]:
    """Return an option that takes a date."""
    return click.option(flag, metavar="DATE", callback=_date, help=told)


def _date(_: click.Context, __: click.Parameter, written: str | None) -> str | None:
    return None if written is None else date_of(written)


def date_of(written: str, argument: str | None = None) -> str:
    """Return a date as it was written. Raises click.BadParameter if it is none."""
    try:
        parse_date(written)
    except UnreadableValue as error:
        message = f"{error.what}; accepted: {error.forms}"
        hint = f"'{argument}'" if argument else None
        raise click.BadParameter(message, param_hint=hint) from error
    return written


def checked(model: type[BaseModel], data: Mapping[str, object], names: Mapping[str, str]) -> None:
    """Raise click.BadParameter if some data is no record of a model.

    `names` are the arguments and options that give its keys, where they are not `--key`.
    """
    _, problems = validate(model, dict(data), 1, "")
    if not problems:
        return
    first = problems[0]
    told = f"{first.what} {first.remedy}"
    given = next((key for key in data if f"`{key}`" in first.what), "")
    key = given or next((key for key in model.model_fields if f"`{key}`" in told), "")
    hint = names.get(key, f"--{key.replace('_', '-')}") if key else None
    message = f"{first.what.removeprefix(f'`{key}`: ')}. {first.remedy}"
    raise click.BadParameter(message, param_hint=f"'{hint}'" if hint else None)


def named(catalogue: Catalogue, kind: Register, written: str, argument: str) -> str:
    """Return the id of the one outlet, actor, place or document that a text names.

    It may be its id, its name or an alias, in any case, with or without accents. Raises
    click.BadParameter, with what is alike, if it names none or several.
    """
    found = find_named(catalogue.names(kind), written)
    if len(found) == 1:
        return found[0]
    if found:
        message = f"{written!r} is the name of {' and of '.join(found)}; write the id"
    else:
        near = near_names(catalogue.names(kind), written)
        offer = f"did you mean {' or '.join(near)}?" if near else ""
        add = f"`ledger new {kind}` adds one"
        message = f"there is no {kind} {written!r}; {offer or add}"
    raise click.BadParameter(message, param_hint=f"'{argument}'")


def changing(claims: Path, database: Path, change: Callable[[Editing], None]) -> None:
    """Let a function change a claims folder, held until it ends.

    Where somebody else saves one of its files meanwhile, the function is called again, on what
    the files hold then; so it must tell nothing before it has written. Raises LedgerError if that
    happens again and again.
    """
    for left in reversed(range(TRIES)):
        if _changed(claims, database, change, is_last=not left):
            return
        time.sleep(PAUSE)


def _changed(
    claims: Path, database: Path, change: Callable[[Editing], None], *, is_last: bool
) -> bool:
    """Let a function change a claims folder; return False if a file was saved meanwhile."""
    with editing(claims, database) as edit:
        try:
            change(edit)
        except EditRefusedError:  # what is wrong was told
            raise
        except (LedgerError, click.ClickException) as error:
            # What was half saved when it was read may lack anything.
            meanwhile = isinstance(error, ChangedMeanwhileError) or edit.is_overtaken()
            if is_last or not meanwhile:
                raise
            return False
    return True


def known_claim(edit: Editing, name: str, argument: str) -> str:
    """Return a claim's id. Raises click.BadParameter, with what is alike, if there is none."""
    try:
        edit.find_claim(name)
    except LedgerError:
        refuse_unknown("claim", name, edit.claim_ids(), argument)
    return name


def known_question(edit: Editing, name: str, argument: str) -> str:
    """Return the path of the dossier that asks a question. Raises click.BadParameter otherwise."""
    try:
        return edit.find_question(name)
    except LedgerError:
        refuse_unknown("question", name, edit.question_ids(), argument)


def refuse_unknown(kind: str, name: str, ids: Iterable[str], argument: str) -> NoReturn:
    """Raise click.BadParameter: nothing of a kind has an id; with the one probably meant."""
    near = near_match(name, list(ids))
    offer = f"did you mean {near}?" if near else f"`ledger list {kind}s` shows all"
    message = f"there is no {kind} {name!r}; {offer}"
    raise click.BadParameter(message, param_hint=f"'{argument}'")


def today() -> str:
    """Return the day it is where the command runs."""
    return datetime.now().astimezone().date().isoformat()


def conclude(  # noqa: PLR0913 # two options, and what is told when
    edit: Editing,
    places: Callable[[], Iterable[tuple[Place, str]]],
    *,
    force: bool,
    dry_run: bool,
    telling: Callable[[Effect], Iterable[str]] | None = None,
    beside: Iterable[str] = (),
) -> None:
    """Write changes, and tell what they bring and where; in a dry run only tell.

    `places` are asked for after the changes: each with what was done there. `beside` is told
    before all else. Exits with 1, the problems told, where writing is refused.
    """
    if not edit.changed():
        click.echo("Nothing was written: the files say so already.")
        return
    effect = edit.effect(coding_of(edit.kept.database_path))
    refused = bool(effect.problems) and not force
    if refused:
        edit.refuse_overtaken()
    told = [*beside]
    if effect.after.weighed or not refused:
        told += (telling or effect_lines)(effect)
    if refused:
        _tell(told, f"{as_text(effect.problems, edit.claims)}\n{REFUSED}")
        sys.exit(1)
    if not dry_run:
        edit.commit()  # before anything is told: it may have to be worked out again
    told += [
        f"{(edit.claims / place.path).as_posix()}:{place.line}: {done}" for place, done in places()
    ]
    try:
        _tell(told, as_text(effect.found, edit.claims) if effect.found else "")
    except OSError:
        if dry_run:
            raise
        _tell_nobody()
    if dry_run:
        click.echo("Nothing was written: this was a dry run.", err=True)


def _tell(lines: Iterable[str], found: str) -> None:
    """Tell what was done, and beside it what was found."""
    for line in lines:
        click.echo(line)
    if found:
        click.echo(found, err=True)


def _tell_nobody() -> None:
    """Let what is told go nowhere: what was written is written, though nobody takes the output."""
    with suppress(OSError, ValueError, AttributeError):  # one of the two may be closed
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())


def effect_lines(effect: Effect) -> Iterator[str]:
    """Yield what a change brings, a line for each conflict and each question that changes."""
    if not effect.after.weighed:
        yield "Not weighed: files that this touches have problems; see `ledger check`."
        return
    for (one, other), told in effect.new_conflicts().items():
        yield f"New {_kind(told)}: {one} and {other}: {_sentence(told.because)}"
        if told.question is None:
            yield f"  Across questions: {told.question_a or 'none'}, {told.question_b or 'none'}."
    for one, other in effect.ended_conflicts():
        yield f"No longer in conflict: {one} and {other}."
    for (relay, basis), said in effect.new_altered().items():
        words = altered_in_words(said[0] or "", said[1] or "")
        yield f"Altered: {relay} {words} ({basis}); it does not go back to it."
    for supported, before in effect.supported():
        yield (f"Position {supported.label}: {support_lines(supported, before)}.")
    for question, now in effect.after.questions.items():
        then = effect.before.questions.get(question)
        if then != now and (then is not None or now.state != "unanswered"):
            yield f"{question}: {_standing(now, then)}."


def support_lines(now: Standing, then: Standing | None) -> str:
    """Return on how many origins and outlets a position rests, and did before if that differs."""
    counts = []
    for in_words in (origins_in_words, outlets_in_words):
        was = in_words(then) if then else ""
        counts.append(
            in_words(now) + (f" (before: {was})" if was not in {"", in_words(now)} else "")
        )
    return "; ".join(counts)


def _kind(told: Contradiction) -> str:
    """Return how strong a conflict is and of what kind: `conflict (sides disagree)`."""
    return f"{told.strength} ({NATURE_NAMES[told.nature]})"


def _standing(now: State, then: State | None) -> str:
    """Return how a question stands, and stood before where that differs."""
    was = f", was {then.state}" if then and then.state != now.state else ""
    kind = f" ({NATURE_NAMES[now.nature]})" if now.nature else ""
    count = f"{now.n_positions} position{'s' if now.n_positions != 1 else ''}"
    had = f", had {then.n_positions}" if then and then.n_positions != now.n_positions else ""
    elsewhere = now.n_conflicts_elsewhere
    across = f"; {elsewhere} conflict{'s' if elsewhere != 1 else ''} elsewhere" if elsewhere else ""
    return f"{now.state}{kind}{was}; {count}{had}{across}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
