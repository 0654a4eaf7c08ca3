"""Claims held against a text: what occurs there and what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.texts.naming import Named
from ledger.texts.verify import ReadClaim, Registered, Verdict, verify
from ledger.words import Answer

TEXT: Final = (
    "A flood in the hills",
    "On May 4, 2023, about three hundred men of the Hill Brigade left Ruwa, the river board said.",
    "Two-thirds of them came back in late June. Dozens drowned in a “sea of mud”.",
    "Some 1.5 million litres were pumped between June 10 and June 20.",
    "Between 1 and 2 million were lost.",
)

ACTORS: Final = {
    "board": Named("board", "River Board", ("RB",)),
    "brigade": Named("brigade", "Hill Brigade"),
    "villagers": Named("villagers", "Villagers (not further named)"),
    "paper": Named("paper", "The Paper"),
}

PLACES: Final = {"ruwa": Named("ruwa", "Rouwa", ("Ruwa",), "place")}

KNOWN: Final = Registered(ACTORS, PLACES, "paper", {4: ["board"]})

ORDER: Final[tuple[Verdict, ...]] = ("not found", "partly", "verified")


def claim(number: int, value: str | None = None, kind: Answer | None = None) -> ReadClaim:
    """Return a claim read in one paragraph."""
    return ReadClaim((number,), "a-claim", "In our own words.", value, kind)


@pytest.mark.parametrize(
    ("number", "value", "kind", "verdict"),
    [
        (2, "~300", "quantity", "verified"),
        (2, "300+", "quantity", "verified"),
        (2, "4", "quantity", "not found"),
        (3, "dozens", "quantity", "verified"),
        (3, "hundreds", "quantity", "not found"),
        (3, ">66%", "quantity", "verified"),
        (3, "66", "quantity", "not found"),
        (4, "1500000", "quantity", "verified"),
        (4, "1..2 million", "quantity", "not found"),
        (5, "1..2 million", "quantity", "verified"),
        (5, "1,000,000..2,000,000", "quantity", "verified"),
        (5, "1.5..2 million", "quantity", "partly"),
        (3, "[2023-05-04,2023-06-10]", "date", "not found"),
        (2, "[2023-05-04,2023-05]", "date", "verified"),
        (2, "[2023-05-04,2021]", "date", "partly"),
        (2, "2023-05-04T10:00:00Z", "date", "verified"),
        (2, "2023-05-04", "date", "verified"),
        (2, "2023-05", "date", "verified"),
        (2, "2023", "date", "verified"),
        (2, "2023-05-05", "date", "partly"),
        (2, "2022-05-04", "date", "not found"),
        (3, "2023-06-21/2023-06-30", "date", "partly"),
        (4, "2023-06-10/2023-06-20", "date", "partly"),
        (2, "2023-05-04~", "date", "verified"),
        (2, "../2023-05-04", "date", "verified"),
        (2, "brigade", "actor", "verified"),
        (2, "not brigade", "actor", "verified"),
        (2, "board + brigade", "actor", "verified"),
        (2, "brigade | villagers", "actor", "partly"),
        (3, "brigade", "actor", "not found"),
        (2, "ruwa", "place", "verified"),
        (3, "yes", "yes-no", "nothing to check"),
        (3, "in a boat", "choice", "nothing to check"),
        (3, "Came back", "choice", "verified"),
        (3, "it was their own fault", "text", "nothing to check"),
        (3, None, None, "nothing to check"),
    ],
)
def test_the_figures_dates_and_names_of_a_value_must_occur_in_its_paragraph(
    number: int, value: str | None, kind: Answer | None, verdict: Verdict
) -> None:
    found = verify(claim(number, value, kind), TEXT, KNOWN)
    assert found.verdict == verdict, found.because()


def test_a_span_in_words_is_the_span_in_figures_where_its_year_is_there() -> None:
    text = ["In late March 2022, and again in the first quarter of 2023, it rained."]
    for value in ("2022-03-21/2022-03-31", "2022-03-25/2022-03-31", "2023-01/2023-03"):
        assert verify(claim(1, value, "date"), text, KNOWN).verdict == "verified"
    assert verify(claim(1, "2022-03-01/2022-03-31", "date"), text, KNOWN).verdict != "not found"


def test_a_percentage_may_be_said_by_the_unit() -> None:
    asked = replace(claim(3, "66.7", "quantity"), unit="per cent")
    assert verify(asked, TEXT, KNOWN).verdict == "verified"


@pytest.mark.parametrize(
    ("claimant", "number", "verdict", "because"),
    [
        ("board", 2, "verified", "found River Board"),
        ("board", 3, "partly", "River Board only in paragraph 2"),
        ("board", 4, "verified", "found River Board"),
        ("paper", 3, "nothing to check", "no figure, date or name would have to occur"),
        ("villagers", 3, "nothing to check", "no figure, date or name would have to occur"),
        ("nobody-known", 3, "not found", "no nobody known"),
    ],
)
def test_the_claimant_is_named_or_cited_or_the_documents_voice(
    claimant: str, number: int, verdict: Verdict, because: str
) -> None:
    found = verify(replace(claim(number), claimant=claimant), TEXT, KNOWN)
    assert (found.verdict, found.because()) == (verdict, because)


@pytest.mark.parametrize(
    ("quote", "verdict"), [('"Sea of Mud"', "verified"), ("sea of water", "not found")]
)
def test_a_quote_stands_there_whatever_its_quotation_marks(quote: str, verdict: Verdict) -> None:
    assert verify(replace(claim(3), quote=quote), TEXT, KNOWN).verdict == verdict


def test_a_claim_of_several_paragraphs_is_looked_for_in_all_of_them() -> None:
    both = replace(claim(2, "brigade", "actor"), paragraphs=(2, 3), quote="sea of mud")
    assert verify(both, TEXT, KNOWN).verdict == "verified"
    beyond = replace(both, paragraphs=(9,))
    assert verify(beyond, TEXT, KNOWN).verdict == "not found"


def test_a_line_says_what_was_found_and_what_was_not() -> None:
    asked = replace(claim(2, "2023-05-09", "date"), claimant="board")
    assert verify(asked, TEXT, KNOWN).because() == "found 2023, River Board; no 9 May"


def test_what_a_claim_says_is_known_by_its_hash() -> None:
    one = claim(2, "300", "quantity")
    assert one.sha256() == replace(one, text="In other words.").sha256()
    changed = [replace(one, value="301"), replace(one, paragraphs=(3,)), replace(one, quote="x")]
    assert len({one.sha256(), *(other.sha256() for other in changed)}) == 4


@given(
    st.sampled_from(["brigade", "board", "villagers", "brigade + board", "villagers | brigade"]),
    st.sampled_from([None, *ACTORS]),
    st.sampled_from([1, 2, 3, 4]),
    st.sampled_from(list(ACTORS)),
    st.one_of(st.text(), st.sampled_from(["men", "they", "River", "of the hills", "RB", "them"])),
)
def test_an_alias_more_never_makes_a_verdict_worse(
    value: str, claimant: str | None, number: int, named: str, alias: str
) -> None:
    asked = replace(claim(number, value, "actor"), claimant=claimant)
    more = replace(ACTORS[named], aliases=(*ACTORS[named].aliases, alias))
    before = verify(asked, TEXT, KNOWN)
    after = verify(asked, TEXT, replace(KNOWN, actors={**ACTORS, named: more}))
    assert ORDER.index(after.verdict) >= ORDER.index(before.verdict)
