"""Questions one by one: the statuses of their claims and their own states."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.weigh.weighing import Record, answers, claim, weighed

BY_ANN: Record = {"claimant": "ann"}
BY_BOB: Record = {"claimant": "bob"}


@pytest.mark.parametrize(
    ("claims", "statuses", "state"),
    [
        pytest.param([], [], "unanswered"),
        pytest.param([claim("a", "deaths", "3", **BY_ANN)], ["single origin"], "single origin"),
        pytest.param(
            [claim("a", "deaths", "3", **BY_ANN), claim("b", "deaths", "2+", **BY_BOB)],
            ["corroborated", "corroborated"],
            "agreed",
        ),
        pytest.param(
            [claim("a", "deaths", "3", **BY_ANN), claim("b", "deaths", "3", **BY_ANN)],
            ["single origin", "single origin"],
            "single origin",
            id="one origin twice",
        ),
        pytest.param(
            [claim("a", "deaths", "3", **BY_ANN), claim("b", "deaths", "4", **BY_BOB)],
            ["contested", "contested"],
            "disputed",
        ),
        pytest.param(
            [
                claim("a", "deaths", "3", **BY_ANN),
                claim("b", "deaths", "4", **BY_BOB, compatible={"a": "Another day."}),
            ],
            ["corroborated", "corroborated"],
            "agreed",
            id="dismissed",
        ),
        pytest.param(
            [
                claim("a", "deaths", "3", **BY_ANN),
                claim("b", "deaths", "4", **BY_ANN, supersedes="a"),
                claim("c", "deaths", "4", **BY_BOB),
            ],
            ["superseded", "corroborated", "corroborated"],
            "agreed",
        ),
        pytest.param(
            [claim("a", "deaths", "3", retracted={"on": "2023", "because": "A mistake."})],
            ["retracted"],
            "unanswered",
        ),
        pytest.param(
            [claim("a", "why", "greed", **BY_ANN), claim("b", "why", "fear", **BY_BOB)],
            ["single origin", "single origin"],
            "agreed",
            id="texts corroborate nobody",
        ),
        pytest.param(
            [claim("a", "deaths", "3", **BY_ANN), claim("b", "deaths", None, **BY_BOB)],
            ["single origin", "single origin"],
            "agreed",
            id="a claim without a value corroborates nobody",
        ),
    ],
)
def test_statuses_and_states_come_of_origins_and_conflicts(
    tmp_path: Path, claims: list[Record], statuses: list[str], state: str
) -> None:
    ledger = weighed(tmp_path, claims)
    assert list(ledger.by_id("status").values()) == statuses
    question = claims[0]["question"] if claims else "deaths"
    assert ledger.row("SELECT state FROM questions WHERE id = ?", question) == (state,)


def test_whom_a_claim_goes_back_to_may_be_recorded_by_nobody(tmp_path: Path) -> None:
    claims = [
        claim("a", "deaths", "3", origins="unknown"),
        claim("b", "deaths", "3", based_on="a", claimant="ann"),
        claim("c", "site", "town", origins="unknown", claimant="bob"),
        claim("d", "site", "town", claimant="ann"),
        claim("e", "site", "north", claimant="cleo"),
        claim("f", None, None, origins="unknown"),
    ]
    ledger = weighed(tmp_path, claims)
    unknown = "origin not recorded"
    assert ledger.by_id("status") == {
        "a": unknown,
        "b": unknown,
        "c": "corroborated",
        "d": "corroborated",
        "e": "corroborated",
        "f": unknown,
    }
    assert ledger.by_id("n_origins")["a"] is None
    assert ledger.by_id("n_independent") == dict.fromkeys("abcf") | {"d": 1, "e": 1}
    sql = "SELECT state, n_origins, n_independent FROM questions WHERE id = ?"
    assert ledger.row(sql, "deaths") == (unknown, None, None)
    assert ledger.row(sql, "site") == ("agreed", 2, 2)
    assert ledger.rows("SELECT claim FROM claim_origins ORDER BY 1") == [("d",), ("e",)]


def test_a_question_counts_what_it_has(tmp_path: Path) -> None:
    claims = [
        claim("a", "deaths", "100", **BY_ANN),
        claim("b", "deaths", "~300", **BY_BOB, found="page#2"),
        claim("c", "deaths", "300", **BY_BOB),
        claim("d", "deaths", "500+", claimant="rebels"),
        claim("e", "deaths", "600", claimant="rebels", compatible={"a": "Another day."}),
        claim("f", "deaths", "9000", retracted={"on": "2023", "because": "A mistake."}),
    ]
    row = weighed(tmp_path, claims).row(
        "SELECT state, nature, pairs, n_positions, n_claims, n_conflicts, n_origins, "
        "n_outlets, n_outlets_nearby, gap, spread, support, hinges, low, high FROM questions "
        "WHERE id = 'deaths'"
    )
    expected = ("disputed", "sides", "all", 3, 6, 7, 3, 1, 2, 400, 6, 1, "[]", 100, None)
    assert row == expected


@pytest.mark.parametrize(
    ("values", "gap", "spread"),
    [
        (("300", ">300"), 0, 1),
        (("0", "5"), 5, None),
        (("300", "200"), 100, 1.5),
        (("<=300", "<=500"), None, None),
        (("300+", "500+"), None, None),
        (("dozens", "2000"), 1801, pytest.approx(2_000 / 199, abs=0.001)),
    ],
)
def test_a_dispute_says_how_far_it_goes(
    tmp_path: Path, values: tuple[str, str], gap: float | None, spread: float | None
) -> None:
    claims = answers("deaths", a=values[0], b=values[1])
    claims[0]["conflicts"] = {"b": "They part."}
    row = weighed(tmp_path, claims).row("SELECT gap, spread FROM disputes WHERE id = 'deaths'")
    assert row == (gap, spread)


def test_a_spread_is_of_claims_that_hold_for_times_that_meet(tmp_path: Path) -> None:
    days = [f"2024-02-{day:02}" for day in range(1, 11)]
    told = [(day, str(value)) for nth, day in enumerate(days) for value in (2**nth, 2 ** (nth + 1))]
    claims = [claim(f"c{nth}", "deaths", value, as_of=day) for nth, (day, value) in enumerate(told)]
    sql = "SELECT spread, gap FROM disputes WHERE id = 'deaths'"
    assert weighed(tmp_path / "series", claims).row(sql) == (2, 512)
    month = claim("month", "deaths", "100", as_of="2024-02")
    assert weighed(tmp_path / "month", [*claims, month]).row(sql) == (100, 924)
    always = claim("always", "deaths", "8192")
    assert weighed(tmp_path / "always", [*claims, always]).row(sql) == (8192, 8191)


@pytest.mark.parametrize(
    ("times", "spread"),
    [
        (("2021/2022", "2022/2023", "2023"), 3),
        (("2021", "[2021,2023]", "2023"), 5),
        (("2021", "2022", "2023"), None),
        (("2021", "2021", "2021"), 15),
    ],
)
def test_a_spread_passes_over_what_holds_for_other_times(
    tmp_path: Path, times: tuple[str, str, str], spread: float | None
) -> None:
    values = zip(("100", "500", "1500"), times, strict=True)
    claims = [claim(f"c{nth}", "deaths", value, as_of=at) for nth, (value, at) in enumerate(values)]
    row = weighed(tmp_path, claims).row("SELECT spread FROM questions WHERE id = 'deaths'")
    assert row == (spread,)


def test_what_an_editor_dismisses_counts_nowhere(tmp_path: Path) -> None:
    both = dict.fromkeys("ab", "Another year.")
    claims = [*answers("deaths", a="2", b="3"), claim("c", "deaths", "900", compatible=both)]
    row = weighed(tmp_path, claims).row(
        "SELECT n_conflicts, n_positions, gap, spread FROM questions WHERE id = 'deaths'"
    )
    assert row == (1, 2, 1, 1.5)


def test_a_gap_between_dates_is_in_days(tmp_path: Path) -> None:
    ledger = weighed(tmp_path, answers("day", a="2022-03", b="2022-04-05", c="2022-03-27"))
    assert ledger.row("SELECT gap, spread, earliest, latest FROM disputes") == (
        9,
        None,
        "2022-03-01",
        "2022-04-05",
    )


@pytest.mark.parametrize(
    ("question", "value", "ends"),
    [
        ("deaths", "~300", (270, 330, 0, 0, None, None)),
        ("deaths", ">300", (300, None, 1, 0, None, None)),
        ("deaths", "<300", (None, 300, 0, 1, None, None)),
        ("day", "2022-03/..", (None, None, None, None, "2022-03-01", None)),
        ("killers", "army", (None,) * 6),
        ("deaths", None, (None,) * 6),
    ],
)
def test_a_claim_keeps_the_ends_of_its_value(
    tmp_path: Path, question: str, value: str | None, ends: tuple[object, ...]
) -> None:
    ledger = weighed(tmp_path, [claim("a", question, value)])
    sql = "SELECT kind, low, high, low_open, high_open, earliest, latest FROM claims"
    kind = {"deaths": "quantity", "day": "date", "killers": "actor"}[question]
    assert ledger.row(sql) == (kind, *ends)


LABELS: Final = "SELECT label FROM positions ORDER BY question, number"


@pytest.mark.parametrize(
    ("question", "values", "labels"),
    [
        ("deaths", {"a": "~300", "b": "500+"}, ["about 300", "500 or more"]),
        ("day", {"a": "2022-03-27", "b": "2022-03"}, ["27 March 2022 · March 2022"]),
        (
            "killers",
            {"a": "army | rebels", "b": "not state"},
            ["The Army or The Rebels · not The State"],
        ),
        ("site", {"a": "town"}, ["Town"]),
        ("end", {"a": "lost", "b": "won"}, ["won", "lost"]),
        (
            "deaths",
            dict(zip("abcd", ["1+", "2+", "3+", "4+"], strict=True)),
            ["1 or more · 2 or more · 3 or more · 4 or more"],
        ),
        ("deaths", dict(zip("abcdef", ["1+", "2+", "3+", "4+", "5+", "1+"], strict=True)), None),
    ],
)
def test_a_position_is_labelled_as_a_reader_says_it(
    tmp_path: Path, question: str, values: dict[str, str], labels: list[str] | None
) -> None:
    ledger = weighed(tmp_path, answers(question, **values))
    expected = labels or ["1 or more · 2 or more · 3 or more · 4 or more …"]
    assert ledger.rows(LABELS) == [(label,) for label in expected]


def test_a_position_in_words_only_says_so(tmp_path: Path) -> None:
    claims = [claim("a", "why", None, conflicts={"b": "They part."}), claim("b", "why", "greed")]
    ledger = weighed(tmp_path, claims)
    assert ledger.rows(LABELS) == [("greed",), ("in words only",)]
