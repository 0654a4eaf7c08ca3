"""Two claims of one command: they differ, and what is declared of them is found on either side."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from ledger.commands.pairs import declared_on, distinct
from ledger.edit import editing


def test_a_claim_and_itself_are_no_pair() -> None:
    distinct("one", "other")
    with pytest.raises(click.UsageError, match="one stands on both sides"):
        distinct("one", "one")


def test_what_is_declared_is_found_on_the_side_where_it_stands(claims: Path) -> None:
    with editing(claims) as edit:
        assert declared_on(edit, "deaths-500", "deaths-300", "conflicts")
        assert not declared_on(edit, "deaths-300", "deaths-500", "conflicts")
        assert not declared_on(edit, "deaths-500", "deaths-300", "compatible")
