"""What could stand where an id is asked for: for a shell that completes it, and for mistakes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

Completer = Callable[["click.Context", "click.Parameter", str], "list[CompletionItem[str]]"]


def complete_ids(*kinds: str) -> Completer:
    """Return what completes the ids of some kinds of things, or of all of them."""

    def complete(
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG001 # click's signature
        incomplete: str,
    ) -> list[CompletionItem[str]]:
        from ledger.commands.completing import ids_for  # noqa: PLC0415 # only a shell needs it

        return ids_for(ctx, kinds, incomplete)

    return complete


def complete_facet(name: str) -> Completer:
    """Return what completes the values of a facet, in the lists that it may be meant for."""

    def complete(
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG001 # click's signature
        incomplete: str,
    ) -> list[CompletionItem[str]]:
        from ledger.commands.completing import values_for  # noqa: PLC0415 # only a shell needs it

        return values_for(ctx, name, incomplete)

    return complete


claim_ids: Final = complete_ids("claim")
"""Completes the ids of claims."""

question_ids: Final = complete_ids("question")
"""Completes the ids of questions."""


def meant(names: Sequence[str]) -> str:
    """Return the question whether some names were meant, after a space; empty if there are none."""
    return f" Did you mean {in_words(names, 'or')}?" if names else ""


def in_words(names: Sequence[str], last: str) -> str:
    """Return names in a row, the last behind a word of its own."""
    head = ", ".join(names[:-1])
    return f"{head} {last} {names[-1]}" if head else names[-1]
