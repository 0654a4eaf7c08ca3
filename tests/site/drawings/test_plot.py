"""Plots: bars for claims, bands for what a position shares, open ends open."""

from __future__ import annotations

from ledger.reports.meaning import Range
from ledger.site.drawings.plot import plot_of


def numbers(low: float | None, high: float | None, *, low_open: bool = False) -> Range:
    """Return a range of numbers."""
    return Range(low=low, high=high, low_open=low_open)


def days(earliest: str | None, latest: str | None) -> Range:
    """Return a span of days."""
    return Range(earliest=earliest, latest=latest)


def test_answers_that_are_neither_numbers_nor_days_have_no_plot() -> None:
    assert plot_of({"who": numbers(None, None)}, {"q_1": numbers(None, None)}) is None


def test_a_range_without_upper_end_runs_to_the_edge_and_is_open() -> None:
    plot = plot_of({"about": numbers(270, 330), "more": numbers(500, None)}, {})
    assert plot is not None
    assert plot.has_open_ends
    assert (plot.bars["more"].high_open, plot.bars["more"].end) == (True, 100)
    assert not plot.bars["about"].high_open
    assert plot.bars["about"].end < plot.bars["more"].start


def test_a_range_without_lower_end_begins_at_the_edge() -> None:
    plot = plot_of({"before": days(None, "2017-10-04"), "in": days("2018-02-01", "2020-02-29")}, {})
    assert plot is not None
    assert (plot.bars["before"].start, plot.bars["before"].low_open) == (0, True)
    assert plot.days


def test_an_end_that_is_excluded_is_hollow() -> None:
    plot = plot_of({"more": numbers(300, None, low_open=True), "least": numbers(300, None)}, {})
    assert plot is not None
    assert plot.bars["more"].hollow
    assert not plot.bars["least"].hollow


def test_a_single_value_is_a_dot() -> None:
    plot = plot_of({"one": numbers(203, 203), "other": numbers(270, 330)}, {})
    assert plot is not None
    assert plot.bars["one"].is_dot
    assert not plot.bars["other"].is_dot


def test_what_a_position_shares_is_laid_on_the_same_axis() -> None:
    plot = plot_of({"about": numbers(270, 330)}, {"q_1": numbers(300, 330)})
    assert plot is not None
    assert plot.shared["q_1"].end == plot.bars["about"].end
    assert plot.shared["q_1"].start > plot.bars["about"].start


def test_one_value_alone_stands_in_the_middle() -> None:
    plot = plot_of({"one": numbers(7, 7)}, {})
    assert plot is not None
    assert plot.bars["one"].middle == 50
