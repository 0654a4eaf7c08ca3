"""Days: dates as they are written in the ledger, for programs that know only plainer ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.site.answering.days import csl_date, first_day, iso_date


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022-03-27", date(2022, 3, 27)),
        ("2022-03", date(2022, 3, 1)),
        ("2022-03-23/2022-03-31", date(2022, 3, 23)),
        ("../2022-03-31", date(2022, 3, 31)),
        ("2022/..", date(2022, 1, 1)),
        (None, None),
        ("nonsense", None),
    ],
)
def test_the_first_day_of_a_date_counts(written: str | None, day: date | None) -> None:
    assert first_day(written) == day


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2022-03-27", "2022-03-27"),
        ("2022-03", "2022-03"),
        ("2022", "2022"),
        ("2022-03~", None),
        ("2022-21", None),
        ("2022/2023", None),
        ("201X", None),
        (None, None),
    ],
)
def test_only_plain_dates_are_told_to_schema_org(written: str | None, told: str | None) -> None:
    assert iso_date(written) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (None, None),
        ("2022-03-27", {"date-parts": [[2022, 3, 27]]}),
        ("2022", {"date-parts": [[2022]]}),
        ("2022-03~", {"date-parts": [[2022, 3]], "circa": True}),
        ("2022-21", {"date-parts": [[2022]], "season": 1}),
        ("2022-24", {"date-parts": [[2022]], "season": 4}),
        ("2022-03-23/2022-04", {"date-parts": [[2022, 3, 23], [2022, 4]]}),
        ("2022-21/2022-22", {"literal": "spring 2022 to summer 2022"}),
        ("2022/..", {"literal": "2022 or later"}),
        ("201X", {"literal": "the decade from 2010"}),
    ],
)
def test_a_date_is_told_to_citation_managers(written: str | None, told: Any) -> None:  # noqa: ANN401 # JSON
    assert csl_date(written) == told
