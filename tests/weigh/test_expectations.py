"""Expectations: what a dossier says must come of weighing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.build import check_folder
from ledger.weigh.detect import MANY
from tests.weigh.weighing import Record, answers, claim, problems_of, write

CLAIMS: list[Record] = [
    *answers("deaths", few="30", many="500", some="20+"),
    claim("relayed", "site", "town", claimant="ann", based_on=["few", "seen"]),
    claim("told", "killers", "army", claimant="bob", conflicts={"relayed": "No army was there."}),
    claim("seen", None, None, claimant="cleo"),
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
        "deaths has at least 2 positions",
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
        ("deaths has at least 3 positions", "it has 2"),
        ("why has 1 position", "it has 0"),
        ("relayed has at least 3 origins", "it has 2"),
    ],
)
def test_what_is_not_so_is_a_problem(tmp_path: Path, expected: str, but: str) -> None:
    assert problems_of(tmp_path, CLAIMS, [expected]) == [
        f"expectation-unmet: expected that {expected}, but {but}"
    ]


CROWD: list[Record] = [
    *(claim(f"n{nth:03}", "deaths", f"{1000 + nth}") for nth in range(MANY + 1)),
    *(claim(f"m{nth:03}", "men", f"{2000 - nth}") for nth in range(MANY + 1)),
    *(claim(f"e{nth:03}", "end", "won" if nth % 2 else "lost") for nth in range(MANY + 1)),
    claim("any", "deaths", "1000+"),
]
"""Three questions with so many claims that only some of their conflicts are named."""


@pytest.mark.parametrize(
    ("expected", "but"),
    [
        ("n100 conflicts with n200", None),
        ("m100 conflicts with n200", None),
        ("e100 conflicts with e201", None),
        ("n100 is compatible with any", None),
        ("n100 is compatible with n200", "they conflict: 1100 and 1200 are different numbers"),
        ("e201 is compatible with e100", "they conflict: Lost and won exclude each other"),
        (
            "n200 is compatible with m100",
            "they conflict: A part cannot exceed its whole: 1900 is more than 1200",
        ),
        ("n100 conflicts with any", "no open conflict stands between them"),
    ],
)
def test_a_pair_of_many_claims_is_compared_if_it_is_expected(
    tmp_path: Path, expected: str, but: str | None
) -> None:
    folder = write(tmp_path, [], CROWD, {"expect": [expected]})
    found = [one.what for one in check_folder(folder) if one.level == "problem"]
    assert found == ([f"expected that {expected}, but {but}"] if but else [])


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
    folder = write(tmp_path, CLAIMS, keys={"expect": list(expect)})
    lines = (folder / "dossier.yaml").read_text().splitlines()
    told = [one.place.line for one in check_folder(folder) if one.level == "problem"]
    assert told == [
        nth for nth, line in enumerate(lines, 1) if expect[1] in line or expect[2] in line
    ]
