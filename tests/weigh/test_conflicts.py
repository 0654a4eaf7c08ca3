"""Conflicts: what people declare and what the values show."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.values import Asked, Tree
from ledger.weigh.alike import by_claim, gather
from ledger.weigh.answers import Asking
from ledger.weigh.conflicts import Declaration, settle
from ledger.weigh.detect import detect
from ledger.weigh.meanings import AnswerKind
from ledger.weigh.positions import lay
from ledger.words import Answer
from tests.weigh.weighing import TREE, Record, Weighed, all_said, claim, problems_of, weighed

FOUND = (
    "SELECT origin, strength, state, reason, explanation, gap FROM conflicts "
    "WHERE claim_a = 'a' AND claim_b = 'b'"
)

APART = {"a": "300", "b": "500+"}
APART_BECAUSE = "500 or more starts at 500, and 300 lies below that."
MEETING = {"a": "300", "b": "200+"}


def pair(values: dict[str, str], a: Record | None = None, b: Record | None = None) -> list[Record]:
    """Return two claims on the deaths, with what each declares."""
    return [
        claim(name, "deaths", values[name], **(declared or {}))
        for name, declared in (("a", a), ("b", b))
    ]


def because(reason: str, strength: str | None = None) -> Record:
    """Return a declaration's reason, with its strength if there is one."""
    return {"because": reason, **({"strength": strength} if strength else {})}


A_SAYS: Record = {"conflicts": {"b": "They part."}}
B_SAYS: Record = {"conflicts": {"a": "They part."}}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param(
            pair(APART),
            ("detected", "conflict", "open", APART_BECAUSE, APART_BECAUSE, 200),
            id="detected",
        ),
        pytest.param(
            pair(APART, A_SAYS), ("both", "conflict", "open", "They part.", APART_BECAUSE, 200)
        ),
        pytest.param(
            pair(APART, None, B_SAYS),
            ("both", "conflict", "open", "They part.", APART_BECAUSE, 200),
        ),
        pytest.param(
            pair(APART, A_SAYS, {"conflicts": {"a": "So say I."}}),
            ("both", "conflict", "open", "They part. So say I.", APART_BECAUSE, 200),
            id="two reasons",
        ),
        pytest.param(
            pair(APART, A_SAYS, {"conflicts": {"a": "So say I."}})[::-1],
            ("both", "conflict", "open", "They part. So say I.", APART_BECAUSE, 200),
            id="two reasons in files of another order",
        ),
        pytest.param(
            pair(APART, A_SAYS, B_SAYS),
            ("both", "conflict", "open", "They part.", APART_BECAUSE, 200),
            id="one reason twice",
        ),
        pytest.param(
            pair(APART, {"conflicts": {"b": because("Hardly.", "tension")}}),
            ("both", "tension", "open", "Hardly.", APART_BECAUSE, 200),
            id="an explicit word wins over the values",
        ),
        pytest.param(
            pair(MEETING, A_SAYS), ("declared", "tension", "open", "They part.", None, None)
        ),
        pytest.param(
            pair(MEETING, {"conflicts": {"b": because("Never.", "conflict")}}),
            ("declared", "conflict", "open", "Never.", None, None),
            id="an explicit word wins over compatible values",
        ),
        pytest.param(
            pair(
                MEETING,
                {"conflicts": {"b": because("Hardly.", "tension")}},
                {"conflicts": {"a": because("Never.", "conflict")}},
            ),
            ("declared", "conflict", "open", "Hardly. Never.", None, None),
            id="the stronger word wins",
        ),
        pytest.param(
            pair(APART, {"compatible": {"b": "Only one day."}}),
            (
                "detected",
                "conflict",
                "dismissed",
                f"{APART_BECAUSE} Dismissed: Only one day.",
                APART_BECAUSE,
                200,
            ),
            id="dismissed",
        ),
        pytest.param(
            pair(APART, A_SAYS, {"compatible": {"a": "Only one day."}}),
            (
                "both",
                "conflict",
                "dismissed",
                "They part. Dismissed: Only one day.",
                APART_BECAUSE,
                200,
            ),
            id="declared and dismissed",
        ),
    ],
)
def test_declared_and_detected_meet_in_one_row(
    tmp_path: Path, claims: list[Record], expected: tuple[object, ...]
) -> None:
    ledger = weighed(tmp_path, claims)
    assert ledger.row(FOUND) == expected
    open_ones = int(expected[2] == "open")
    assert ledger.by_id("n_conflicts") == {"a": open_ones, "b": open_ones}
    assert ledger.row("SELECT n_conflicts, n_contested FROM build") == (open_ones, 2 * open_ones)


@pytest.mark.parametrize(
    ("question", "values", "strength"),
    [
        ("why", ("greed", "fear"), "conflict"),
        ("why", ("greed", None), "conflict"),
        ("deaths", ("300", None), "conflict"),
        ("killers", ("army", "brigade"), "tension"),
        ("end", ("won", "won"), "tension"),
    ],
)
def test_what_is_only_declared_is_a_conflict_where_nothing_can_be_compared(
    tmp_path: Path, question: str, values: tuple[str, str | None], strength: str
) -> None:
    claims = [claim("a", question, values[0]), claim("b", question, values[1], **B_SAYS)]
    assert weighed(tmp_path, claims).row(FOUND)[:3] == ("declared", strength, "open")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"retracted": {"on": "2023", "because": "A mistake."}}, {}),
        ({}, {"supersedes": "a"}),
        ({}, {"supersedes": "a", **B_SAYS}),
        (A_SAYS, {"retracted": {"on": "2023", "because": "A mistake."}}),
        ({"retracted": {"on": "2023", "because": "A mistake."}}, B_SAYS),
        ({"as_of": "2020"}, {"as_of": "2021"}),
    ],
)
def test_what_no_longer_stands_or_is_of_another_time_conflicts_with_nothing(
    tmp_path: Path, a: Record, b: Record
) -> None:
    ledger = weighed(tmp_path, [*pair(APART, a, b)])
    assert ledger.rows("SELECT * FROM conflicts") == []
    assert "contested" not in ledger.by_id("status").values()


def test_a_claim_for_all_time_conflicts_with_one_of_any_time(tmp_path: Path) -> None:
    claims = [
        claim("a", "deaths", "300"),
        claim("b", "deaths", "500", as_of="2021"),
        claim("c", "deaths", "500", as_of="2020-05"),
        claim("d", "deaths", "700", as_of="2020"),
    ]
    found = weighed(tmp_path, claims).rows("SELECT claim_a, claim_b FROM conflicts ORDER BY 1, 2")
    assert found == [("a", "b"), ("a", "c"), ("a", "d"), ("c", "d")]


def test_a_dismissal_of_what_does_not_conflict_is_a_problem(tmp_path: Path) -> None:
    claims = pair(MEETING, {"compatible": {"b": "Only one day."}})
    assert problems_of(tmp_path, claims) == [
        "compatible-needless: nothing says that this claim and `b` conflict"
    ]


def everything(ledger: Weighed) -> dict[str, list[tuple[object, ...]]]:
    """Return all that weighing found."""
    columns = {
        "claims": "id, status, position, n_conflicts, n_origins, interest",
        "positions": "*",
        "claim_positions": "*",
        "conflicts": "*",
        "questions": "*",
    }
    return {
        table: ledger.rows(f"SELECT {names} FROM {table} ORDER BY 1, 2")  # noqa: S608 # names from above
        for table, names in columns.items()
    }


INTERVAL = st.tuples(st.integers(0, 9), st.integers(0, 3)).map(lambda one: f"{one[0]}..{sum(one)}")
TIMES = st.sampled_from([None, "2020", "2021", "2020/2021"])
NAMES = "abcdef"


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.tuples(INTERVAL, TIMES), min_size=2, max_size=6),
    st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=4),
    st.randoms(use_true_random=False),
)
def test_neither_the_order_of_files_nor_the_side_of_a_declaration_matters(
    values: list[tuple[str, str | None]], declared: set[tuple[str, str]], random: Random
) -> None:
    names = NAMES[: len(values)]
    pairs = {one for one in declared if one[0] < one[1] and set(one) <= set(names)}
    results: list[dict[str, list[tuple[object, ...]]]] = []
    for sides in (
        sorted(pairs),
        sorted((b, a) if random.random() < 0.5 else (a, b) for a, b in pairs),
    ):
        claims = [
            claim(
                name,
                "deaths",
                value,
                **({"as_of": time} if time else {}),
                conflicts={other: "They part." for one, other in sides if one == name},
            )
            for name, (value, time) in zip(names, values, strict=True)
        ]
        if results:
            random.shuffle(claims)
        cut = random.randrange(len(claims)) if results else len(claims)
        with TemporaryDirectory() as folder:
            results.append(everything(weighed(Path(folder), claims[:cut], claims[cut:])))
    assert results[0] == results[1]


def test_claims_on_different_questions_conflict_if_somebody_says_so(tmp_path: Path) -> None:
    declared: Record = {
        "conflicts": {"b": because("No army was there.", "tension"), "c": "Nor she."}
    }
    claims = [
        claim("a", "killers", "army", **declared),
        claim("b", "site", "town", conflicts={"a": "Both say so."}),
        claim("c", None, None, compatible={"a": "She was."}),
        claim("d", "killers", "army"),
    ]
    ledger = weighed(tmp_path, claims)
    assert ledger.rows(
        "SELECT claim_b, question, kind, strength, origin, state, reason FROM conflicts ORDER BY 1"
    ) == [
        ("b", None, "declared", "tension", "declared", "open", "No army was there. Both say so."),
        (
            "c",
            None,
            "declared",
            "conflict",
            "declared",
            "dismissed",
            "Nor she. Dismissed: She was.",
        ),
    ]
    assert ledger.by_id("n_conflicts") == {"a": 1, "b": 1, "c": 0, "d": 0}
    assert [ledger.by_id("status")[one] for one in "ab"] == ["contested", "contested"]


def test_claims_that_answer_no_question_conflict_if_somebody_says_so(tmp_path: Path) -> None:
    claims = [claim("a", None, None, conflicts={"b": "No."}), claim("b", None, None)]
    ledger = weighed(tmp_path, claims)
    assert ledger.rows("SELECT claim_a, claim_b, question FROM conflicts") == [("a", "b", None)]
    assert ledger.by_id("status") == {"a": "contested", "b": "contested"}


SCALE: Final = Asking(
    "q", AnswerKind(Asked("choice", ("low", "middling", "high"), ordered=True), Tree()), "d", ()
)


@pytest.mark.parametrize(
    ("values", "told", "strength"),
    [
        (("low", "middling"), None, "tension"),
        (("high", "middling"), None, "tension"),
        (("low", "high"), None, "conflict"),
        (("low", "middling"), "conflict", "conflict"),
        (("low", "high"), "tension", "tension"),
        (("low", "middling"), "", "tension"),
    ],
)
def test_neighbours_on_a_scale_are_a_tension_unless_an_editor_says_other(
    values: tuple[str, str], told: str | None, strength: str
) -> None:
    claims = all_said(SCALE, dict(zip("ab", values, strict=True)))
    alikes = gather(claims)
    said = [Declaration("a", "b", "a", "conflicts", "They part.", told or None)]
    declared = {} if told is None else {("a", "b"): said}
    detected = detect(alikes, SCALE.kind)
    (found,) = settle(SCALE, detected, by_claim(alikes), declared).conflicts
    assert (found.strength, found.state) == (strength, "open")
    assert found.origin == ("detected" if told is None else "both")


def test_a_tension_on_a_scale_parts_positions_as_a_conflict_does() -> None:
    claims = all_said(SCALE, {"a": "low", "b": "middling", "c": "high", "d": "low"})
    alikes = gather(claims)
    laid = lay(SCALE, alikes, detect(alikes, SCALE.kind))
    parted = ["".join(one.id for one in each.claims) for each in laid.positions]
    assert parted == ["ad", "b", "c"]


@pytest.mark.parametrize(
    ("answer", "values"),
    [("quantity", ("300", "500+")), ("date", ("2021", "2022")), ("actor", ("army", "rebels"))],
)
def test_where_several_answers_can_be_true_none_excludes_another(
    answer: Answer, values: tuple[str, str]
) -> None:
    asked = Asking("q", AnswerKind(Asked(answer, many=True), TREE), "d", ())
    alikes = gather(all_said(asked, dict(zip("ab", values, strict=True))))
    detected = detect(alikes, asked.kind)
    assert (detected.named, detected.degrees) == ({}, {})
    assert len(lay(asked, alikes, detected).positions) == 1
    assert settle(asked, detected, by_claim(alikes), {}, [("a", "b")]).conflicts == []
