"""Expectations: what a dossier says must come of weighing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.build import check_folder
from tests.weigh.weighing import Record, answers, claim, problems_of, write

CLAIMS: list[Record] = [
    *answers("deaths", few="30", many="500", some="20+"),
    claim("relayed", "site", "town", claimant="ann", based_on=["few", "told"]),
    claim("told", "killers", "army", claimant="bob", conflicts={"relayed": "No army was there."}),
    claim("odd", "deaths", "900", compatible=dict.fromkeys(["few", "many"], "Another year.")),
]


@pytest.mark.parametrize(
    "expected",
    [
        "few conflicts with many",
        "many  conflicts with\n few",
        "told conflicts with relayed",
        "few is compatible with some",
        "odd is compatible with many",
        "few is compatible with told",
        "deaths has 2 positions",
        "killers has 1 position",
        "why has 0 positions",
        "relayed has at least 2 origins",
        "relayed has at least 1 origin",
    ],
)
def test_what_is_so_may_be_expected(tmp_path: Path, expected: str) -> None:
    assert problems_of(tmp_path, CLAIMS, [expected]) == []


@pytest.mark.parametrize(
    ("expected", "but"),
    [
        ("few conflicts with some", "no open conflict stands between them"),
        ("odd conflicts with many", "no open conflict stands between them"),
        (
            "many is compatible with few",
            "they conflict: 30 and 500 are different numbers",
        ),
        ("relayed is compatible with told", "they conflict: No army was there"),
        ("deaths has 3 positions", "it has 2"),
        ("why has 1 position", "it has 0"),
        ("relayed has at least 3 origins", "it has 2"),
    ],
)
def test_what_is_not_so_is_a_problem(tmp_path: Path, expected: str, but: str) -> None:
    assert problems_of(tmp_path, CLAIMS, [expected]) == [
        f"expectation-unmet: expected that {expected}, but {but}"
    ]


@pytest.mark.parametrize(
    ("expected", "why"),
    [
        ("few contradicts many", "it has none of the known forms"),
        ("deaths has many positions", "it has none of the known forms"),
        ("few conflicts with nobody", "there is no claim `nobody`"),
        ("nobody is compatible with few", "there is no claim `nobody`"),
        ("few has 1 position", "there is no question `few`"),
        ("deaths has at least 1 origin", "there is no claim `deaths`"),
    ],
)
def test_what_cannot_be_read_is_a_problem(tmp_path: Path, expected: str, why: str) -> None:
    assert problems_of(tmp_path, CLAIMS, [expected]) == [
        f"expectation-unreadable: `{expected}` cannot be checked: {why}"
    ]


def test_each_expectation_is_judged_at_its_line(tmp_path: Path) -> None:
    expect = ["deaths has 2 positions", "deaths has 3 positions", "few conflicts with some"]
    folder = write(tmp_path, CLAIMS, expect=expect)
    lines = (folder / "dossier.yaml").read_text().splitlines()
    told = [one.place.line for one in check_folder(folder) if one.level == "problem"]
    assert told == [
        nth for nth, line in enumerate(lines, 1) if expect[1] in line or expect[2] in line
    ]
