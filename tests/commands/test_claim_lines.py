"""Claims as lines of JSON: from a file or a pipe into their dossiers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.running import run
from tests.commands.test_add import add_piped, dossier_of
from tests.small import DOSSIER

CLAIM: dict[str, object] = {
    "id": "own-1",
    "text": "A claim.",
    "dossier": "village-2022",
    "found": "page#1",
}


def lines(*claims: dict[str, object]) -> bytes:
    """Return claims as lines of JSON, nothing in them escaped."""
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in claims)


def test_each_line_is_a_claim_of_its_dossier(claims: Path) -> None:
    answer = {"id": "own-2", "text": "Ça.", "question": "deaths", "value": 300, "found": "page#2"}
    ran = add_piped(claims, lines(CLAIM, answer), "--from", "-")
    assert ran.returncode == 0, ran.stderr
    told = ran.stdout.decode().splitlines()[-2:]
    assert [line.rpartition(": ")[2] for line in told] == ["claim own-1", "claim own-2"]
    assert (
        dossier_of(claims).read_text()
        == f"""{DOSSIER}
- id: own-1
  text: A claim.
  found: page#1

- id: own-2
  text: Ça.
  question: deaths
  value: 300
  found: page#2
"""
    )


def test_a_file_with_a_byte_order_mark_and_other_line_ends_is_read(claims: Path) -> None:
    file = claims.parent / "some.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + lines(CLAIM).replace(b"\n", b"\r\n\r\n"))
    ran = run("add", "--from", file, cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    assert "- id: own-1\n  text: A claim.\n" in dossier_of(claims).read_text()


@pytest.mark.parametrize(
    ("piped", "told"),
    [
        (b"", "no line holds a claim; write one a line, as JSON"),
        (b"\n \n", "no line holds a claim"),
        (lines(CLAIM) + b"\xff\n", "line 2: the byte 0xff is not UTF-8"),
        (lines(CLAIM) + b"x\n", "line 2: the line is not JSON"),
        (b"[1]\n", "line 1: this claim is not a mapping"),
        (lines(CLAIM, CLAIM), "line 2: a claim has the id own-1 already"),
        (lines(CLAIM | {"id": "deaths-300"}), "line 1: a claim has the id deaths-300 already"),
        (lines(CLAIM | {"id": "Own"}), "line 1: `id`: `Own` cannot be an id"),
        (lines(CLAIM | {"txt": "x"}), "line 1: `txt` is not a key here. Did you mean `text`?"),
        (lines(CLAIM | {"text": " "}), "line 1: `text` is empty"),
        (lines(CLAIM | {"text": None}), "line 1: "),
        (lines(CLAIM | {"dossier": "x"}), "line 1: there is no dossier 'x'"),
        (lines({**CLAIM, "dossier": ""}), "line 1: "),
        (lines({key: CLAIM[key] for key in ("id", "text", "found")}), "line 1: "),
        (b'{"id": "own-1", "id": "own-2"}\n', "line 1: `id` stands here a second time"),
        (json.dumps(CLAIM | {"text": "\x1b"}).encode(), "line 1: the invisible character U+001B"),
        (json.dumps(CLAIM | {"text": "\ud800"}).encode(), "line 1: the invisible character U+D800"),
        (b"[" * 5_000 + b"\n", "line 1: "),
    ],
)
def test_a_line_that_holds_no_claim_is_told_and_nothing_is_written(
    claims: Path, piped: bytes, told: str
) -> None:
    before = dossier_of(claims).read_bytes()
    ran = add_piped(claims, piped, "--from", "-")
    last = ran.stderr.decode().splitlines()[-1]
    assert (ran.returncode, ran.stdout) == (2, b""), last
    assert last.startswith(f"Error: Invalid value for '--from': {told}")
    assert last.isprintable()
    assert dossier_of(claims).read_bytes() == before


def test_what_is_null_counts_as_left_out_and_names_and_ids_are_found(claims: Path) -> None:
    said = {"text": "Some died.", "question": "deaths", "value": 7, "found": "page#2"}
    empty = dict.fromkeys(("note", "made", "hedge", "quote", "supersedes", "retracted"))
    named = said | {"claimant": "The Army", "text": "More died."}
    ran = add_piped(claims, lines(said | empty, named), "--from", "-", "--force")
    assert ran.returncode == 0, ran.stderr
    told = ran.stdout.decode().splitlines()[-2:]
    assert [line.rpartition(": ")[2] for line in told] == ["claim deaths", "claim deaths-army"]
    written = dossier_of(claims).read_text()
    assert "null" not in written
    assert "claimant: army" in written


def test_a_question_that_is_not_there_is_told_with_a_near_one(claims: Path) -> None:
    ran = add_piped(claims, lines(CLAIM | {"question": "deths"}), "--from", "-")
    last = ran.stderr.decode().splitlines()[-1]
    assert ran.returncode == 2
    assert last.endswith("line 1: there is no question 'deths'; did you mean deaths?")


def test_what_names_something_unknown_is_refused(claims: Path) -> None:
    before = dossier_of(claims).read_bytes()
    ran = add_piped(claims, lines(CLAIM | {"claimant": "amry"}), "--from", "-")
    assert ran.returncode == 1
    assert b"unknown-reference" in ran.stderr
    assert dossier_of(claims).read_bytes() == before


@pytest.mark.parametrize("words", [["A claim."], ["--value", "300"], ["--found", "page#1"]])
def test_options_of_one_claim_do_not_go_with_a_file(claims: Path, words: list[str]) -> None:
    ran = add_piped(claims, lines(CLAIM), "--from", "-", *words)
    assert ran.returncode == 2
    assert b"--from takes claims whole" in ran.stderr


@pytest.mark.parametrize(("name", "told"), [("nowhere", "No such file"), (".", "Is a directory")])
def test_a_file_that_cannot_be_read_is_told(claims: Path, name: str, told: str) -> None:
    ran = run("add", "--from", name, cwd=claims.parent)
    assert ran.returncode == 2
    assert told in ran.stderr.splitlines()[-1]


def test_two_hundred_lines_are_added_at_once(claims: Path) -> None:
    many = [CLAIM | {"id": f"own-{nth}", "text": f"Claim {nth}."} for nth in range(200)]
    assert add_piped(claims, lines(*many), "--from", "-").returncode == 0
    assert dossier_of(claims).read_text().count("- id: own-") == 200
