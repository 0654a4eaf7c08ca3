"""From what somebody types to what is meant: the same name is taken, what is alike is offered."""

from __future__ import annotations

from typing import Final

import pytest

from ledger.edit.naming import find_named, near_names, slug_of

NAMES: Final = {
    "agence-france-presse": ("Agence France-Presse", "AFP"),
    "daily": ("The Daily", "Daily"),
    "radio": ("Radio Goïta",),
    "moscow-times": ("The Moscow Times",),
    "times": ("The Times",),
    "wire": ("Wire", "AFP"),
    "afp": ("Another",),
}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("daily", ["daily"]),
        ("The  DAILY", ["daily"]),
        ("radio goita", ["radio"]),
        ("agence france presse", ["agence-france-presse"]),
        ("AFP", ["agence-france-presse", "wire"]),
        ("afp", ["afp"]),  # an id is an id, whatever has it as a name
        ("Dail", []),
        ("", []),
        ("!!!", []),
    ],
)
def test_a_name_is_found_in_any_case_and_without_accents(written: str, found: list[str]) -> None:
    assert find_named(NAMES, written) == found


def test_what_is_alike_is_offered_the_likeliest_first() -> None:
    assert near_names(NAMES, "Moskow Times")[0] == "moscow-times"
    assert near_names(NAMES, "dayly")[0] == "daily"
    assert near_names(NAMES, "agence-france-pres")[0] == "agence-france-presse"
    assert near_names(NAMES, "zzzzzz") == []
    assert near_names({}, "daily") == []


def test_no_more_than_three_are_offered_each_once() -> None:
    names = {f"outlet-{number}": (f"Outlet {number}", f"Outlet {number}") for number in range(9)}
    found = near_names(names, "outlet")
    assert len(found) == len(set(found)) == 3


def test_a_name_makes_an_id() -> None:
    assert slug_of("Radio Goïta") == "radio-goita"
