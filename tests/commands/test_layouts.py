"""Every command that changes files, over many layouts: other lines and all comments stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

import pytest

from ledger.read.yaml_file import Data, parse_yaml
from tests.commands.calling import called
from tests.commands.test_add import dossier_of
from tests.edit.layouts import Layout
from tests.edit.test_yaml_text import Keys, changed, data_at, is_flow, span
from tests.small import DOCUMENTS, DOSSIER, OUTLETS

LAYOUTS: Final = 44
"""In how many ways each file is written."""

COMMENT: Final = re.compile(
    r"# (?:head|between \d+|at the left|behind \d+|begins|after a tab)|(?<= )#x"
)
"""The comments that layouts have, and no value of these files."""

HASH: Final = "the hash"
"""What stands for the hash of a document's text."""

FINDING: Final[dict[str, Data]] = {
    "says": "About 300: more than the army says.",
    "by": "Ann, of the ledger",
    "on": "2024-01",
    "because": "Those who counted the graves told of them one by one, and nobody else counted.",
}

CITES: Final[list[Data]] = [
    {"outlet": "wire", "title": "Who was\nkilled", "published": "2022-04-05"},
    {"outlet": "radio", "url": "https://example.org/a?b#c"},
]


class Case(NamedTuple):
    """A command, what it changes in which file, and what stands there afterwards."""

    words: Sequence[str]
    file: str
    changes: dict[Keys, Data]


def dossier() -> Data:
    data = parse_yaml(DOSSIER, "").data
    more: dict[Keys, Data] = {
        ("questions", "deaths", "finding"): FINDING,
        ("claims", 0, "cites"): CITES,
        ("claims", 1, "conflicts", "deaths-300"): {
            "because": "They differ.",
            "strength": "tension",
        },
        ("claims", 3, "compatible"): {"date-given": "No day.", "deaths-300": "Not the same."},
    }
    for keys, value in more.items():
        data = with_value(data or {}, keys, value)
    assert data is not None
    return data


BY: Final = ("--by", "Ann, of the ledger", "--because")

CASES: Final = {
    "finding": Case(
        ("finding", "killers", "--says", "Open.", *BY, "So: so.", "--on", "2025"),
        "dossier",
        {
            ("questions", "killers", "finding"): {
                "says": "Open.",
                "by": FINDING["by"],
                "on": "2025",
                "because": "So: so.",
            }
        },
    ),
    "finding again": Case(
        ("finding", "deaths", "--says", "New.", *BY, "It's new.", "--on", "2025", "--replace"),
        "dossier",
        {
            ("questions", "deaths", "finding", "says"): "New.",
            ("questions", "deaths", "finding", "on"): "2025",
            ("questions", "deaths", "finding", "because"): "It's new.",
        },
    ),
    "cite": Case(
        ("cite", "deaths-300", "daily", "--published", "2022"),
        "dossier",
        {("claims", 0, "cites"): [*CITES, {"outlet": "daily", "published": "2022"}]},
    ),
    "cite first": Case(
        ("cite", "date-given", "daily"), "dossier", {("claims", 4, "cites"): [{"outlet": "daily"}]}
    ),
    "link": Case(
        ("link", "date-given", "killers-army", "--because", "No: never."),
        "dossier",
        {("claims", 4, "conflicts"): {"killers-army": "No: never."}},
    ),
    "link again": Case(
        ("link", "deaths-500", "deaths-300", "--because", "Too # many."),
        "dossier",
        {("claims", 1, "conflicts", "deaths-300", "because"): "Too # many."},
    ),
    "link one more": Case(
        ("link", "deaths-500", "killers-army", "--because", "Others."),
        "dossier",
        {("claims", 1, "conflicts", "killers-army"): "Others."},
    ),
    "dismiss again": Case(
        ("dismiss", "killers-rebels", "deaths-300", "--because", "Other [things]."),
        "dossier",
        {("claims", 3, "compatible", "deaths-300"): "Other [things]."},
    ),
    "retract": Case(
        ("retract", "date-given", "--because", "Wrong.", "--on", "2025"),
        "dossier",
        {("claims", 4, "retracted"): {"on": "2025", "because": "Wrong."}},
    ),
    "supersede": Case(
        ("supersede", "killers-rebels", "date-given", "--force"),
        "dossier",
        {("claims", 4, "supersedes"): "killers-rebels"},
    ),
    "add": Case(
        ("add", "Ten.", "--dossier", "village-2022", "--found", "page#2", "--id", "ten"),
        "dossier",
        {("claims", 5): {"id": "ten", "text": "Ten.", "found": "page#2"}},
    ),
    "question": Case(
        (
            *("new", "question", "hour", "--dossier", "village-2022"),
            *("--asks", "When?", "--answer", "text"),
        ),
        "dossier",
        {("questions", "hour"): {"asks": "When?", "answer": "text"}},
    ),
    "outlet": Case(
        ("new", "outlet", "gazette", "--name", "Gazette, The"),
        "outlets",
        {("gazette",): {"name": "Gazette, The"}},
    ),
    "ingest": Case(
        ("ingest", "page.txt", "--id", "page", "--replace"),
        "documents",
        {
            ("page", "text_sha256"): HASH,
            ("page", "paragraphs", "1"): ["wire"],
            ("page", "paragraphs", "2", 1): "daily",
            ("page", "paragraphs", "4"): ["daily", "wire"],
        },
    ),
}


def written(case: Case, seed: int) -> tuple[bytes, Data]:
    """Return a file in one of its layouts, and its data."""
    texts = {"documents": DOCUMENTS, "outlets": OUTLETS}
    data = parse_yaml(texts[case.file], "").data if case.file in texts else dossier()
    assert isinstance(data, dict)
    for turn in range(100):
        text = Layout(Random(1_000 * seed + turn)).text(data)  # noqa: S311 # the same each time
        # What the layout could not write faithfully is no test of what changes it.
        if not text.rstrip().endswith("...") and parse_yaml(text, "").data == data:
            return (b"\xef\xbb\xbf" if seed % 7 == 0 else b"") + text.encode(), data
    raise AssertionError(seed)


def may_change(text: str, data: Data, case: Case) -> set[int]:
    """Return the numbers, from 0, of the lines that hold what changes, or brackets around it."""
    lines: set[int] = set()
    for keys in case.changes:
        there = keys
        while not _is_there(data, there):
            there = there[:-1]
        in_brackets = any(is_flow(text, there[:depth]) for depth in range(len(there) + 1))
        is_replaced = there == keys and not isinstance(data_at(data, keys), list)
        if in_brackets or is_replaced:
            lines |= {*span(text, there)}
    return lines


def _is_there(data: Data, keys: Keys) -> bool:
    try:
        data_at(data, keys)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def stand_in_order(lines: Sequence[str], others: Sequence[str]) -> bool:
    rest = iter(others)
    return all(line in rest for line in lines)


@pytest.mark.parametrize("name", CASES)
def test_only_the_lines_change_that_must_and_no_comment_is_lost(claims: Path, name: str) -> None:
    case = CASES[name]
    (claims.parent / "page.txt").write_text(
        "One (Source: Wire)\n\nTwo (Sources: Wire, Daily, Radio Goïta)\n\nThree (Source: Daily)\n\n"
        "Four (Sources: Daily, Wire)\n".replace("Wire", "The Wire"),
        encoding="utf-8",
    )
    file = dossier_of(claims) if case.file == "dossier" else claims / f"{case.file}.yaml"
    dossier_of(claims).write_bytes(written(CASES["add"], 1)[0])
    refused = 0
    for seed in range(LAYOUTS):
        old, data = written(case, seed)
        file.write_bytes(old)
        ran = called(claims, *case.words)
        new = file.read_bytes()
        if ran.exit_code:
            assert "edit the file by hand" in ran.stderr, (ran.stderr, old.decode())
            assert new == old
            refused += 1
            continue
        text, after = (one.decode("utf-8-sig") for one in (old, new))
        expected = data
        for keys, value in case.changes.items():
            told = value if value != HASH else data_at(parse_yaml(after, "").data or {}, keys)
            expected = with_value(expected, keys, told)
        assert parse_yaml(after, "").data == expected, after
        assert COMMENT.findall(after) == COMMENT.findall(text), (text, after)
        allowed = may_change(text, data, case)
        lines = [line for nth, line in enumerate(text.splitlines()) if nth not in allowed]
        assert stand_in_order(lines, after.splitlines()), (text, after)
        assert new.startswith(b"\xef\xbb\xbf") == old.startswith(b"\xef\xbb\xbf")
        assert after.count("\r\n") == (after.count("\n") if "\r\n" in text else 0)
    assert refused <= LAYOUTS / 20


def with_value(data: Data, keys: Keys, value: Data) -> Data:
    """Return data in which a value stands behind some keys, or at the end of a list."""
    if isinstance(keys[-1], int) and not _is_there(data, keys):
        return changed(data, keys[:-1], lambda held: [*held, value])
    return changed(data, keys, lambda _: value)
