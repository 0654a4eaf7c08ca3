"""From options to a claim: names are resolved, values looked at, and what was given is checked."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from ledger.commands.claim_flags import Given, claim_of, found_in, look_at, told_fields, value_of
from ledger.edit import editing
from ledger.edit.catalogue import read_catalogue

ENOUGH = Given(text="A claim.", question="deaths", found=["page#2"])


def test_what_is_enough_for_a_claim_has_an_id_and_its_place(claims: Path) -> None:
    with editing(claims) as edit:
        path, claim = claim_of(edit, read_catalogue(edit.kept), ENOUGH)
    assert path == "mali/village-2022.yaml"
    assert claim == {
        "id": "deaths-page",
        "text": "A claim.",
        "question": "deaths",
        "found": "page#2",
    }


@pytest.mark.parametrize("written", ["army", "The Army", "the  ARMY"])
def test_an_actor_is_named_by_id_or_name(claims: Path, written: str) -> None:
    with editing(claims) as edit:
        catalogue = read_catalogue(edit.kept)
        assert value_of(catalogue, catalogue.questions["killers"], written) == "army"
        given = Given(text="A claim.", question="killers", found=["page#2"], claimant=written)
        assert claim_of(edit, catalogue, given)[1]["claimant"] == "army"


def test_several_actors_are_named_by_their_ids(claims: Path) -> None:
    with editing(claims) as edit:
        catalogue = read_catalogue(edit.kept)
        killers = catalogue.questions["killers"]
        assert value_of(catalogue, killers, "army + rebels") == "army + rebels"
        with pytest.raises(click.BadParameter, match="there is no actor 'rebbels'"):
            value_of(catalogue, killers, "army | rebbels")


def test_a_paragraph_is_named_by_its_document_and_number(claims: Path) -> None:
    with editing(claims) as edit:
        catalogue = read_catalogue(edit.kept)
        assert found_in(catalogue, "The Page#02") == "page#2"
        with pytest.raises(click.BadParameter, match="has no paragraph 4; the last is 3"):
            found_in(catalogue, "page#4")


def test_what_is_missing_does_not_hide_what_is_wrong(claims: Path) -> None:
    with editing(claims) as edit:
        catalogue = read_catalogue(edit.kept)
        look_at(edit, catalogue, Given())
        with pytest.raises(click.BadParameter, match="there is no claim 'x'"):
            look_at(edit, catalogue, Given(based_on=["x"]))


def test_a_claim_is_told_in_the_order_in_which_it_is_written() -> None:
    claim = {"found": ["a#1", "b#2"], "text": "T", "cites": [{"outlet": "wire"}], "id": "x"}
    told = ["  id: x", "  text: T", "  found: a#1; b#2", "  cites: outlet: wire"]
    assert told_fields(claim) == told  # type: ignore[arg-type] # a plain dict is not invariant
