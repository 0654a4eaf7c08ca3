"""Acyclic: the search for cycles rests, and is taken up again."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from ledger.acyclic import acyclic


@pytest.fixture(params=[True, False])
def searched(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Yield whether cycles are searched for, and search for them afterwards."""
    if not request.param:
        gc.disable()
    yield request.param
    gc.enable()


def test_the_search_rests_and_is_left_as_it_was(searched: bool) -> None:
    with acyclic():
        assert not gc.isenabled()
    assert gc.isenabled() is searched


def test_it_is_taken_up_again_after_an_error(searched: bool) -> None:
    @acyclic()
    def fail() -> None:
        assert not gc.isenabled()
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            fail()
        assert gc.isenabled() is searched
