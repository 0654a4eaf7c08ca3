"""Verdicts that are kept, and when they are stale."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from ledger.build import check_folder
from ledger.texts.reading import ReadDocument
from ledger.texts.stored import counts_of, file_of, stored_verdicts, to_store
from ledger.texts.verify import ReadClaim, Registered, verify

CLAIM: Final = ReadClaim((1,), "deaths", "Three died.", "3", "quantity")
PAGE: Final = ReadDocument("page", "The Page", None, "ab" * 32, {1: []}, [CLAIM])

KEPT: Final = to_store("page", "ab" * 32, [verify(CLAIM, ["Three died."], Registered())])


@pytest.fixture
def kept(claims: Path) -> Path:
    """Return a claims folder in which a verdict is kept."""
    file = file_of(claims, "page")
    file.parent.mkdir()
    file.write_bytes(KEPT)
    return claims


def test_a_verdict_that_was_stored_is_found_again(kept: Path) -> None:
    assert stored_verdicts(kept, PAGE) == {"deaths": "verified"}


def test_what_is_stored_is_not_read_as_claims_and_holds_no_text(kept: Path) -> None:
    assert check_folder(kept) == []
    assert "Three" not in file_of(kept, "page").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page",
    [
        replace(PAGE, text_sha256="cd" * 32),
        replace(PAGE, claims=[replace(CLAIM, value="4")]),
        replace(PAGE, claims=[replace(CLAIM, paragraphs=(2,))]),
        replace(PAGE, claims=[replace(CLAIM, id="other")]),
        replace(PAGE, id="other"),
    ],
)
def test_a_verdict_on_another_text_or_claim_is_stale(page: ReadDocument, kept: Path) -> None:
    assert stored_verdicts(kept, page) == {}


def test_other_words_for_the_same_claim_leave_the_verdict(kept: Path) -> None:
    page = replace(PAGE, claims=[replace(CLAIM, text="It was three who died.")])
    assert stored_verdicts(kept, page) == {"deaths": "verified"}


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"claims": 3}', b"\xff"])
def test_a_damaged_file_keeps_nothing(damaged: bytes, kept: Path) -> None:
    file_of(kept, "page").write_bytes(damaged)
    assert stored_verdicts(kept, PAGE) == {}


def test_the_same_verdicts_give_the_same_bytes_in_any_order() -> None:
    other = ReadClaim((1,), "arrests", "Two were arrested.", "2", "quantity")
    both = [verify(one, ["Three died, two were arrested."], Registered()) for one in (CLAIM, other)]
    told = to_store("page", "ab" * 32, both)
    assert told == to_store("page", "ab" * 32, both[::-1])
    assert list(json.loads(told)["claims"]) == ["arrests", "deaths"]


def test_verdicts_are_counted_each_by_its_name() -> None:
    assert counts_of(["partly", "verified", "partly"]) == {
        "verified": 1,
        "partly": 2,
        "not found": 0,
        "nothing to check": 0,
    }
