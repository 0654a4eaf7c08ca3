"""How rows are printed for programs: as JSON, as lines of JSON, and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import click

Row = Mapping[str, Any]


def as_json(rows: Sequence[Row]) -> str:
    """Return a JSON array with an object for each row."""
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_jsonl(rows: Sequence[Row]) -> str:
    """Return a JSON object on a line for each row."""
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def as_csv(rows: Sequence[Row], columns: Sequence[str] = ()) -> str:
    """Return a heading and a line for each row, with some columns or all that the rows have.

    Lists are JSON arrays, as in the database. No cell is a formula to a spreadsheet.
    """
    names = list(columns or dict.fromkeys(name for row in rows for name in row))
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(_cells(row.get(name) for name in names) for row in rows)
    return lines.getvalue().removesuffix("\n")


def tell_rows(form: str, rows: Sequence[Row], columns: Sequence[str] = ()) -> None:
    """Print rows in one of FORMS; as CSV, with the columns given even if there are no rows."""
    text = as_csv(rows, columns) if form == "csv" else FORMS[form](rows)
    if text:
        click.echo(text)


FORMS: Final[dict[str, Callable[[Sequence[Row]], str]]] = {
    "json": as_json,
    "jsonl": as_jsonl,
    "csv": as_csv,
}
"""How rows are printed for programs."""


def _cells(values: Iterable[object]) -> list[object]:
    return [guarded(value) for value in values]


def guarded(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if formula else value
