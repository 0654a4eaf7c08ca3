"""`ledger add`: a new claim, and at once what it contradicts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import click
from click.core import ParameterSource

from ledger.commands.candidates import complete_ids
from ledger.commands.changing import (
    changing,
    changing_options,
    conclude,
    effect_lines,
    support_lines,
)
from ledger.commands.claim_flags import Given, claim_of, told_fields
from ledger.commands.claim_lines import add_lines, lines_of
from ledger.commands.problems import as_text
from ledger.commands.typed import LINE, ChangingCommand, is_terminal, is_visible
from ledger.currency import coding_of
from ledger.edit import Editing
from ledger.edit.adding import add_claim, read_back
from ledger.edit.catalogue import Catalogue, read_catalogue
from ledger.edit.effect import Effect
from ledger.edit.near_duplicates import claims_alike
from ledger.kept import open_kept
from ledger.problems import Place
from ledger.read.yaml_file import Data

if TYPE_CHECKING:
    from ledger.commands.beginning import New


@click.command(name="add", cls=ChangingCommand)
@click.argument("text", required=False, default="")
@click.option(
    "--dossier",
    default="",
    shell_complete=complete_ids("dossier"),
    help="The dossier it goes into; the question's, unless told.",
)
@click.option(
    "--question",
    default="",
    shell_complete=complete_ids("question"),
    help="The question it answers.",
)
@click.option("--value", default="", help="Its value: 300, ~300, 500+, 2022-03, army, yes …")
@click.option(
    "--claimant",
    default="",
    shell_complete=complete_ids("actor"),
    help="Who makes it: an id or a name; the document's own voice, unless told.",
)
@click.option("--made", metavar="DATE", help="When it was made, EDTF.")
@click.option(
    "--found",
    multiple=True,
    metavar="DOCUMENT[#PART]",
    shell_complete=complete_ids("paragraph", "document"),
    help="Where it was read: doc, doc#54, doc#page=4, row=12, id=X, t=0:31; repeat.",
)
@click.option(
    "--cite",
    "cites",
    multiple=True,
    metavar="OUTLET[=URL]",
    shell_complete=complete_ids("outlet"),
    help="An outlet cited for this very claim; repeat.",
)
@click.option(
    "--conflicts-with",
    "conflicts",
    multiple=True,
    metavar="ID=REASON",
    help="A claim that it contradicts, and why; repeat.",
)
@click.option(
    "--based-on",
    multiple=True,
    metavar="ID",
    shell_complete=complete_ids("claim"),
    help="A claim that it repeats or relays; repeat.",
)
@click.option("--origins-unknown", is_flag=True, help="Nobody recorded whom it goes back to.")
@click.option(
    "--supersedes",
    default="",
    metavar="ID",
    shell_complete=complete_ids("claim"),
    help="The claimant's earlier word.",
)
@click.option("--as-of", metavar="DATE", help="The time the value holds for, EDTF.")
@click.option("--hedge", help="As the text hedges it: reportedly, allegedly …")
@click.option("--quote", help="A few words as printed, if they are in dispute.")
@click.option("--note", help="What an editor adds.")
@click.option("--topic", "topics", multiple=True, help="A topic beside the dossier's; repeat.")
@click.option("--id", "name", default="", help="Its id; one is proposed unless told.")
@click.option(
    "--from",
    "source",
    type=click.File("rb"),
    help="A file with a claim a line, as JSON; - is what is piped in. No other options then.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: what is missing is an error.")
@changing_options
def command(  # noqa: PLR0913 # an option each
    text: str,
    source: BinaryIO | None,
    yes: bool,
    force: bool,
    dry_run: bool,
    claims: Path,
    database: Path,
    **options: str | bool | tuple[str, ...] | None,
) -> None:
    """Add a claim, in your own words: TEXT. On a terminal, what is missing is asked for.

    Before anything is written you see claims that say nearly the same, what the claim
    contradicts and why, and the position that it joins.

    \b
    Example:
      ledger add "Some 300 people died at Moura." --question moura-deaths --value ~300 \\
        --found cep-mali#54 --claimant "Human Rights Watch"
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    if source is not None:
        _refuse_beside_from()
        lines = lines_of(source)

        def change_by_lines(edit: Editing) -> None:
            done = partial(_places, edit, add_lines(edit, lines))
            conclude(edit, done, force=force, dry_run=dry_run)

        changing(claims, database, change_by_lines)
        return
    given = _given(text, options)
    asking = is_terminal() and not yes
    new: list[New] = []
    if asking:
        new, wrong = _ask(given, claims, database)
        force = _agreed(wrong=wrong and not force, dry_run=dry_run) or force

    def change(edit: Editing) -> None:
        claim, catalogue = _put(edit, given, new)
        told = [] if asking else [*_value_lines(catalogue, claim), *_alike_lines(edit, claim)]
        name = str(claim["id"])
        telling = _nothing if asking else partial(claim_lines, name)
        conclude(
            edit,
            lambda: [*_places_of_new(edit, new), *_places(edit, [name])],
            force=force,
            dry_run=dry_run,
            telling=telling,
            beside=told,
        )

    changing(claims, database, change)


def _refuse_beside_from() -> None:
    """Raise click.UsageError if the command line gives part of a claim beside --from."""
    ctx = click.get_current_context()
    beside = {"source", "yes", "force", "dry_run", "claims", "database"}
    for param in ctx.command.params:
        name = param.name or ""
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE and name not in beside:
            flag = param.opts[-1] if isinstance(param, click.Option) else "TEXT"
            message = f"--from takes claims whole, and {flag} is part of one; leave one of them out"
            raise click.UsageError(message)


def _piped() -> str:
    """Return the text that is piped in, on one line. Raises click.BadParameter if it is none."""
    raw = sys.stdin.buffer.read() if sys.stdin else b""
    try:
        text = LINE.convert(raw.decode("utf-8", "surrogateescape"), None, None)
    except click.BadParameter as error:
        error.param_hint = "'TEXT'"
        raise
    if not is_visible(text):
        message = "nothing is piped in; write the claim's text"
        raise click.BadParameter(message, param_hint="'TEXT'")
    return text


def _given(text: str, options: dict[str, str | bool | tuple[str, ...] | None]) -> Given:
    """Return what the command line gives for a claim; `-` is what is piped in."""
    plain = {key: options[key] for key in ("made", "hedge", "as_of", "quote", "note")}
    return Given(
        text=_piped() if text == "-" else text,
        id=str(options["name"]),
        plain={key: value for key, value in plain.items() if isinstance(value, str)}
        | ({"origins": "unknown"} if options["origins_unknown"] else {}),
        **{
            key: options[key]
            for key in (
                *("dossier", "question", "value", "claimant", "supersedes"),
                *("found", "cites", "conflicts", "based_on", "topics"),
            )
        },  # type: ignore[arg-type] # click gives texts and tuples of texts, as declared above
    )


def _ask(given: Given, claims: Path, database: Path) -> tuple[list[New], bool]:
    """Ask for what is missing, and show what the claim would do.

    Nothing is held meanwhile, so that others can write. Returns what is new in the files, and
    whether the claim would bring problems. Exits with 1 if somebody does not go on.
    """
    # Imported here, as below: only who is asked needs to wait for it.
    from ledger.commands.asking import ask_for_missing  # noqa: PLC0415 # as above

    with open_kept(claims, database) as kept:
        edit = Editing(claims, kept)
        try:
            new = ask_for_missing(edit, read_catalogue(kept), given)
        except click.Abort:
            click.echo()
            _end()
        claim, catalogue = _put(edit, given, new)
        given.id = str(claim["id"])
        click.echo("\n".join(["", *told_fields(claim), *_value_lines(catalogue, claim)]))
        effect = edit.effect(coding_of(database))
        for line in [*_alike_lines(edit, claim), *claim_lines(given.id, effect)]:
            click.echo(line)
        if effect.found:
            click.echo(as_text(effect.found, claims))
        return new, bool(effect.problems)


def _agreed(*, wrong: bool, dry_run: bool) -> bool:
    """Ask whether to write; return whether to do so in spite of problems. Exits with 1 if not."""
    if dry_run:
        return wrong
    label = "Write it all the same?" if wrong else "Write it?"
    try:
        agreed = click.confirm(label, default=not wrong)
    except click.Abort:
        click.echo()
        _end()
    if not agreed:
        _end()
    return wrong


def _end() -> NoReturn:
    """End the command where somebody does not go on."""
    click.echo("Nothing was written.", err=True)
    sys.exit(1)


def _put(edit: Editing, given: Given, new: list[New]) -> tuple[dict[str, Data], Catalogue]:
    """Put a claim and what is new in the registers into the files' texts.

    Return the claim, and the catalogue in which all that it names is found.
    """
    if new:
        from ledger.commands.beginning import put_new  # noqa: PLC0415 # only for who was asked

        put_new(edit, new)
    catalogue = read_catalogue(edit.kept, edit.changed())
    path, claim = claim_of(edit, catalogue, given)
    add_claim(edit, path, claim)
    return claim, catalogue


def _places(edit: Editing, names: list[str]) -> list[tuple[Place, str]]:
    """Return where claims stand, with the changes."""
    return [(edit.place_of_claim(name), f"claim {name}") for name in names]


def _places_of_new(edit: Editing, new: list[New]) -> list[tuple[Place, str]]:
    """Return where everything that is new beside the claim stands, with the changes."""
    if not new:
        return []
    from ledger.commands.beginning import places_of_new  # noqa: PLC0415 # only for who was asked

    return places_of_new(edit, new)


def _alike_lines(edit: Editing, claim: dict[str, Data]) -> Iterator[str]:
    """Yield a line for each claim that says nearly the same, or gives the same answer."""
    for alike in claims_alike(edit.kept, str(claim["text"])):
        yield f"Alike ({alike.likeness:.0%}): {alike.id}: {alike.text}"


def _value_lines(catalogue: Catalogue, claim: dict[str, Data]) -> Iterator[str]:
    """Yield a line that says a value in words."""
    asks = catalogue.questions.get(str(claim.get("question", "")))
    if asks and "value" in claim:
        yield f"Value: {read_back(str(claim['value']), asks, catalogue)}."


def claim_lines(name: str, effect: Effect) -> Iterator[str]:
    """Yield what a new claim brings: the position it joins, and what it contradicts."""
    if joined := effect.joined(name):
        now, then = joined
        fellows = now.n_claims - 1
        others = f"with {_count(fellows, 'other claim')}" if fellows else "of its own"
        yield f"It takes a position {others}: {now.label}; {support_lines(now, then)}."
    yield from effect_lines(effect)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' if number != 1 else ''}"


def _nothing(_: Effect) -> Iterator[str]:
    """Yield nothing: all was told before the question whether to write."""
    yield from ()
