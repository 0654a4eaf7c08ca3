"""`ledger completion`: the script that makes a shell complete commands, options and ids."""

from __future__ import annotations

from typing import Final

import click

MENDED: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    # A value with a space in it is one word, and nothing in it is a pattern.
    "bash": (("COMPREPLY+=($value)", 'COMPREPLY+=("$(printf %q "$value")")'),),
    "zsh": (),
    # A description may have commas of its own.
    "fish": (('string split ","', 'string split --max 1 ","'),),
}
"""What is put right in the scripts that click brings, by shell: its words and what they become."""


@click.command(name="completion")
@click.argument("shell", type=click.Choice(list(MENDED)))
def command(shell: str) -> None:
    """Print the script that makes SHELL complete commands, options and ids.

    Ids are those of the database in the folder you are in, or of the one that --db names. To
    install the script, write it where the shell looks for such scripts:

    \b
      bash   ~/.local/share/bash-completion/completions/ledger
      zsh    _ledger, in a folder of $fpath, before compinit is called
      fish   ~/.config/fish/completions/ledger.fish

    \b
    Example:
      ledger completion bash
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    click.echo(script_of(shell), nl=False)


def script_of(shell: str) -> str:
    """Return the script for a shell."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415 # only this needs it

    from ledger.commands import cli  # noqa: PLC0415 # it imports this module

    shell_class = get_completion_class(shell)
    if shell_class is None:  # pragma: no cover # click knows all three
        raise LookupError(shell)
    script = shell_class(cli, {}, "ledger", "_LEDGER_COMPLETE").source()
    for words, mended in MENDED[shell]:
        script = script.replace(words, mended)
    return script
