"""`ledger verify`: claims held against a text."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
from pathlib import Path

import pytest

from tests.commands.running import run

TEXT = (
    "More than five hundred people were killed, Goïta said.\n"
    "Witnesses said that the army had killed about 300; the State blamed the rebels.\n"
    "It happened in March.\n"
)


@pytest.fixture
def text(claims: Path) -> Path:
    """Return the text of the one document of the small claims folder."""
    file = claims.parent / "page.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def register_hash(claims: Path, sha256: str) -> None:
    """Write the hash of its text into the document's entry."""
    documents = claims / "documents.yaml"
    entry = documents.read_text(encoding="utf-8")
    documents.write_text(
        entry.replace("  voice: page\n", f"  voice: page\n  text_sha256: {sha256}\n"),
        encoding="utf-8",
    )


def verify(claims: Path, text: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command where the claims folder lies."""
    return run("verify", "page", "--text", text, *words, cwd=claims.parent)


def test_each_claim_has_a_verdict_and_a_reason(claims: Path, text: Path) -> None:
    ran = verify(claims, text, "--format", "json")
    assert ran.returncode == 0, ran.stderr
    told = {row["claim"]: (row["verdict"], row["because"]) for row in json.loads(ran.stdout)}
    assert told == {
        "date-given": ("nothing to check", "no figure, date or name would have to occur"),
        "deaths-300": ("verified", "found 300, Witnesses"),
        "deaths-500": ("verified", "found 500"),
        "killers-army": ("verified", "found The Army, Witnesses"),
        "killers-rebels": ("verified", "found The Rebels, The State"),
    }


def test_people_get_a_line_for_each_claim_and_the_counts(claims: Path, text: Path) -> None:
    lines = verify(claims, text).stdout.splitlines()
    assert lines[0].split() == ["Claim", "Paragraph", "Verdict", "Because"]
    assert lines[-1] == "5 claims: 4 verified, 1 nothing to check."


def test_a_claim_that_is_not_found_exits_with_1(claims: Path, text: Path) -> None:
    text.write_text(TEXT.replace("five hundred", "many"), encoding="utf-8")
    ran = verify(claims, text, "--format", "csv")
    assert ran.returncode == 1
    rows = {row["claim"]: row for row in csv.DictReader(io.StringIO(ran.stdout))}
    assert (rows["deaths-500"]["verdict"], rows["deaths-500"]["because"]) == (
        "not found",
        "no 500",
    )


def test_only_the_registered_text_will_do_unless_any_will(claims: Path, text: Path) -> None:
    register_hash(claims, hashlib.sha256(b"another text").hexdigest())
    ran = verify(claims, text)
    assert (ran.returncode, ran.stdout) == (1, "")
    last = ran.stderr.splitlines()[-1]
    assert last.startswith(f"ledger: {text} is not the text that page was registered with")
    assert last.endswith("--any-text goes on all the same")
    assert verify(claims, text, "--any-text").returncode == 0


def test_the_registered_text_is_known_by_its_hash(claims: Path, text: Path) -> None:
    register_hash(claims, hashlib.sha256(text.read_bytes()).hexdigest())
    assert verify(claims, text).returncode == 0


def test_verdicts_are_kept_where_no_claim_is_read(claims: Path, text: Path) -> None:
    ran = verify(claims, text, "--store")
    assert ran.stderr.splitlines()[-1] == "Kept in claims/.verified/page.json."
    kept = json.loads((claims / ".verified" / "page.json").read_text(encoding="utf-8"))
    assert kept["claims"]["deaths-300"]["verdict"] == "verified"
    assert run("check", cwd=claims.parent).returncode == 0


def test_a_document_nothing_was_read_in_is_said_to_have_no_claims(claims: Path) -> None:
    file = claims.parent / "other.txt"
    file.write_text("Rain.\n", encoding="utf-8")
    run("ingest", file, "--id", "other", "--title", "x", "--outlet", "daily", cwd=claims.parent)
    ran = run("verify", "other", "--text", file, cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (0, "No claim was read in other.\n")


def test_markup_and_control_characters_of_a_claim_are_only_text(claims: Path, text: Path) -> None:
    dossier = claims / "mali" / "village-2022.yaml"
    dossier.write_text(
        dossier.read_text(encoding="utf-8") + '  quote: "[red]=1+1[/red]"\n', encoding="utf-8"
    )
    ran = verify(claims, text)
    assert ran.returncode == 1
    assert "[red]=1+1[/red]" in ran.stdout


def test_an_unknown_document_and_a_missing_text_are_wrong_calls(claims: Path, text: Path) -> None:
    ran = run("verify", "pages", "--text", text, cwd=claims.parent)
    assert ran.returncode == 2
    assert ran.stderr.splitlines()[-1].endswith("There is no document pages. Did you mean page?")
    ran = run("verify", "page", cwd=claims.parent)
    assert ran.returncode == 2
    assert ran.stderr.splitlines()[-1] == "Error: Missing option '--text'."


def test_a_saved_page_is_the_registered_text_whatever_its_menu_says(claims: Path) -> None:
    file = claims.parent / "page.html"
    page = "<!doctype html><nav>{}</nav>" + "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    file.write_text(page.format("Home"), encoding="utf-8")
    ran = run("ingest", file, "--id", "page", "--replace", cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    file.write_text(page.format("Home, Shop"), encoding="utf-8")
    assert verify(claims, file).returncode == 0
    file.write_text(page.format("").replace("March", "May"), encoding="utf-8")
    assert verify(claims, file).returncode == 1
