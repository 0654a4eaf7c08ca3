"""References: the outlets that a note names."""

from __future__ import annotations

import pytest

from ledger.texts.references import is_reference, outlets_named, repeats_the_one_before
from tests.texts.register import NAMES


@pytest.mark.parametrize(
    ("note", "outlets"),
    [
        ("Ann Author, “Rain,” Reuters, 3 May 2023.", ["Reuters"]),
        ('Ann Author, "Rain", Reuters, 3 May 2023, https://example.org/rain', ["Reuters"]),
        ("Ann Author, «Pluie», AFP, 3.5.2023", ["AFP"]),
        ("“Does it rain?” Reuters, n.d.", ["Reuters"]),
        ("“Rain; Wind,” Reuters, 05-2023.; Ben Writer, “Sun,” AFP,06-2023.", ["Reuters", "AFP"]),
        ("For “the wet years” see: “Rain,” Times, 2023; “Wind,” Times, 2022", ["Times"] * 2),
        ("“Rain,” Institute for Peace, War and Weather, 2020.", ["Institute for Peace, "] * 1),
        ("“Rain,” Reuters (Dakar), 3 May 2023.", ["Reuters"]),
        ("“Rain,” (coastal news aggregator, 4 May 2023.", ["coastal news aggregator"]),
        ("“”Rain in the Hills,” Reuters, 2023.", ["Reuters"]),
        ("United Nations, “Rain,” U.N. MINUSMA, 2023.", ["U.N. MINUSMA"]),
        ("“Rain,” Weather Weekly, 2023.", ["Weather Weekly"]),
        ("“Rain,” 3 May 2023.", []),
        ("“Rain,” https://example.org", []),
        ("He called it “rain,” and left.", []),
        ("Reuters, 3 May 2023.", ["Reuters"]),
        ("See the reports of the time.", []),
    ],
)
def test_a_note_names_the_outlet_behind_each_title(note: str, outlets: list[str]) -> None:
    found = outlets_named(note, NAMES)
    assert len(found) == len(outlets)
    assert all(map(str.startswith, found, outlets))


@pytest.mark.parametrize(
    ("paragraph", "reference"),
    [
        ("“Rain (La pluie),” Reuters (Dakar), 4 May 2023.", True),
        ("“Rain,” (coastal news aggregator, 4 May 2023.", True),
        ("“It rained,” said the farmer.", False),
        ("Ann Author wrote “Rain,” Reuters, 4 May 2023.", False),
        ("It rained on 4 May 2023.", False),
    ],
)
def test_a_paragraph_may_be_nothing_but_a_reference(paragraph: str, *, reference: bool) -> None:
    assert is_reference(paragraph) == reference


@pytest.mark.parametrize(
    ("note", "again"), [("Ibid., p. 5.", True), ("ibid", True), ("Identity cards.", False)]
)
def test_a_note_may_only_repeat_the_one_before(note: str, *, again: bool) -> None:
    assert repeats_the_one_before(note) == again
