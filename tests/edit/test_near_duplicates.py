"""Claims that say nearly the same are found among many, in changed files and unchanged ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from ledger.build import build
from ledger.edit.near_duplicates import SHOWN, claims_alike
from ledger.kept import Kept, open_kept
from tests.benchmarks.generate import Size, generate

MANY = Size(claims=2_000)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two thousand claims and their database."""
    folder = tmp_path_factory.mktemp("many")
    generate(folder / "claims", MANY)
    assert build(folder / "claims", folder / "ledger.db").problems == []
    return folder


@pytest.fixture
def index(ledger: Path) -> Iterator[Kept]:
    with open_kept(ledger / "claims", ledger / "ledger.db") as opened:
        yield opened


def texts_of(index: Kept) -> dict[str, str]:
    return {str(name): str(text) for name, text in index.rows("SELECT id, text FROM claims", {})}


def test_each_claim_finds_itself_first(index: Kept) -> None:
    texts = texts_of(index)
    for name in Random(1).sample(sorted(texts), 60):  # noqa: S311 # the same each time
        found = claims_alike(index, texts[name])
        same = [one.id for one in found if one.likeness == 1]
        assert name in same or len(same) == SHOWN
        assert found == sorted(found, key=lambda one: (-one.likeness, one.id))
        assert len(found) <= SHOWN


def test_a_text_with_a_few_other_words_in_another_order_and_case_is_found(index: Kept) -> None:
    texts = texts_of(index)
    for name in Random(2).sample(sorted(texts), 60):  # noqa: S311
        words = texts[name].upper().split()
        found = claims_alike(index, " ".join(["Yesterday", *reversed(words[1:])]))
        assert found
        assert any(one.id == name or one.likeness > 0.8 for one in found)


def test_what_shares_few_words_is_not_alike(index: Kept) -> None:
    assert claims_alike(index, "Nobody ever wrote about penguins.") == []
    assert claims_alike(index, "") == []
    assert claims_alike(index, '"* NEAR( AND ^ text:') == []


def test_claims_of_a_changed_file_are_found_as_they_are_now(ledger: Path) -> None:
    with open_kept(ledger / "claims", ledger / "ledger.db") as index:
        ((name, text, file),) = index.rows("SELECT id, text, file FROM claims LIMIT 1", {})
    path = ledger / "claims" / str(file)
    old = path.read_text(encoding="utf-8")
    new = "Penguins were seen near the lighthouse at dawn."
    try:
        written = json.dumps(str(text), ensure_ascii=False)
        assert written in old
        path.write_text(old.replace(written, json.dumps(new)), encoding="utf-8")
        with open_kept(ledger / "claims", ledger / "ledger.db") as index:
            assert [one.id for one in claims_alike(index, new)] == [name]
            assert name not in [one.id for one in claims_alike(index, str(text))]
        path.unlink()
        with open_kept(ledger / "claims", ledger / "ledger.db") as index:
            assert claims_alike(index, new) == []
            assert name not in [one.id for one in claims_alike(index, str(text))]
    finally:
        path.write_text(old, encoding="utf-8")


def test_without_a_database_every_file_is_looked_through(claims: Path) -> None:
    with open_kept(claims, claims / "none.db") as index:
        found = claims_alike(index, "more than 500 people were KILLED says goïta")
    assert [(one.id, one.likeness) for one in found] == [("deaths-500", 1.0)]
