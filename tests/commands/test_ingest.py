"""`ledger ingest`: from a text to the register, with what cannot be told asked."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.commands.running import ENVIRONMENT, LEDGER, run

TEXT: Final = """\
A flood in the hills

The river rose on Monday.[1] (Sources: Wire, radio goita , THE WIRE)

Nobody was hurt.

[1] Ann Author, “The river,” The Daily, 3 May 2023.
"""

SAID: Final = ("--id", "flood", "--title", "A flood: in the hills", "--outlet", "daily")


def write(claims: Path, text: str = TEXT, name: str = "flood.txt") -> Path:
    """Write a text beside a claims folder."""
    file = claims.parent / name
    file.write_bytes(text.encode())
    return file


def ingest(claims: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command where the claims folder lies."""
    return run("ingest", *words, cwd=claims.parent)


def entries(claims: Path, register: str = "documents.yaml") -> dict[str, Any]:
    """Return what a register holds."""
    held: dict[str, Any] = yaml.safe_load((claims / register).read_text(encoding="utf-8"))
    return held


def test_a_text_becomes_an_entry_and_nothing_else_changes(claims: Path) -> None:
    before = (claims / "documents.yaml").read_text(encoding="utf-8")
    file = write(claims)
    said = (*SAID, "--voice", "page", "--published", "2023-05-04", "--url", "https://example.org")
    ran = ingest(claims, file, *said)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "flood: 4 paragraphs, 2 of them citing 3 outlets\n"
    entry = entries(claims)["flood"]
    assert entry.pop("paragraphs") == {
        1: [],
        2: ["daily", "wire", "radio", "wire"],
        3: [],
        4: ["daily"],
    }
    digest = subprocess.run(
        ["/usr/bin/sha256sum", file], capture_output=True, text=True, check=True
    )
    assert entry.pop("text_sha256") == digest.stdout.split()[0]
    assert str(entry.pop("published")) == "2023-05-04"
    assert entry == {
        "title": "A flood: in the hills",
        "outlet": "daily",
        "voice": "page",
        "url": "https://example.org",
    }
    after = (claims / "documents.yaml").read_text(encoding="utf-8")
    assert set(before.splitlines()) <= set(after.splitlines())
    assert "river" not in after
    assert run("check", cwd=claims.parent).returncode == 0


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("A flood", "\ufeffA flood"), (" ", "\xa0")])
def test_line_ends_and_odd_spaces_change_no_paragraph(
    change: tuple[str, str], claims: Path
) -> None:
    ran = ingest(claims, write(claims, TEXT.replace(*change)), *SAID)
    assert ran.returncode == 0, ran.stderr
    assert entries(claims)["flood"]["paragraphs"][2] == ["daily", "wire", "radio", "wire"]


def test_a_saved_page_is_read_as_text(claims: Path) -> None:
    page = (
        "<!doctype html><nav>Home</nav><h1>A flood</h1>"
        '<p>The river rose.<sup><a href="#n">1</a></sup> (Source: Radio Go&iuml;ta)</p>'
        '<ol><li id="n">“The river,” The Wire, 2023.</li></ol>'
    )
    ran = ingest(claims, write(claims, page, "flood.html"), *SAID)
    assert ran.returncode == 0, ran.stderr
    assert entries(claims)["flood"]["paragraphs"] == {1: [], 2: ["wire", "radio"], 3: ["wire"]}


def test_an_unknown_outlet_is_named_and_nothing_is_written(claims: Path) -> None:
    before = (claims / "documents.yaml").read_bytes()
    text = "Rain. (Sources: The Wires, Zzyzx)\nWind. (Source: Zzyzx)\n"
    ran = ingest(claims, write(claims, text), *SAID)
    assert (ran.returncode, ran.stdout) == (2, "")
    last = ran.stderr.splitlines()[-1]
    assert "The Wires (paragraph 1; is it wire?); Zzyzx (paragraphs 1, 2). " in last
    assert "--yes" in last
    assert (claims / "documents.yaml").read_bytes() == before


def test_with_yes_unknown_outlets_are_new_ones_even_if_they_look_alike(claims: Path) -> None:
    text = "Rain. (Sources: The Wires, Weather & Sons: Daily, The Wires)\n"
    ran = ingest(claims, write(claims, text), *SAID, "--yes")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[:2] == [
        "New outlet the-wires: The Wires",
        "New outlet weather-sons-daily: Weather & Sons: Daily",
    ]
    outlets = entries(claims, "outlets.yaml")
    assert outlets["weather-sons-daily"] == {"name": "Weather & Sons: Daily"}
    assert entries(claims)["flood"]["paragraphs"] == {
        1: ["the-wires", "weather-sons-daily", "the-wires"]
    }
    assert outlets["daily"]["aliases"] == ["Daily"]


def test_a_name_of_two_outlets_is_not_taken_even_with_yes(claims: Path) -> None:
    with (claims / "outlets.yaml").open("a", encoding="utf-8") as register:
        register.write("wire-2: {name: Wire}\n")
    ran = ingest(claims, write(claims, "Rain. (Source: WIRE)\n"), *SAID, "--yes")
    assert ran.returncode == 2
    assert "WIRE (paragraph 1; is it wire or wire-2?)" in ran.stderr


def answered(claims: Path, answers: str, *words: str | Path) -> tuple[int, str]:
    """Run the command on a terminal of its own, with answers; return its exit code and output."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [LEDGER, "ingest", *words],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=claims.parent,
        env=ENVIRONMENT,
    ) as process:
        os.close(theirs)
        os.write(ours, answers.encode())
        told, _ = process.communicate(timeout=60)
    os.close(ours)
    return process.returncode, told


def test_on_a_terminal_each_unknown_outlet_is_asked_about(claims: Path) -> None:
    file = write(claims, "Rain. (Sources: The Wires, Zzyzx, The Wires)\n")
    code, told = answered(claims, "1\nn\n", file, *SAID)
    assert code == 0, told
    assert told.count("is not in the register") == 2
    assert "1  it is wire" in told
    assert "n  it is a new outlet, zzyzx" in told
    assert entries(claims)["flood"]["paragraphs"] == {1: ["wire", "zzyzx", "wire"]}
    assert "wire-2" not in entries(claims, "outlets.yaml")


def test_on_a_terminal_one_can_stop(claims: Path) -> None:
    code, told = answered(claims, "7\nq\n", write(claims, "Rain. (Source: Zzyzx)\n"), *SAID)
    assert code == 1
    assert "'7' is not one of" in told
    assert "flood" not in entries(claims)


def test_a_document_that_is_registered_is_only_replaced_if_that_is_said(claims: Path) -> None:
    file = write(claims)
    ran = ingest(claims, file, "--id", "page", "--title", "x", "--outlet", "daily")
    assert ran.returncode == 2
    assert "The document page is registered already; --replace replaces it." in ran.stderr


def test_replacing_tells_which_paragraphs_changed_and_which_claims_were_read_there(
    claims: Path,
) -> None:
    text = "Rain.\nWind. (Sources: Wire, Wire)\nSun. (Source: Daily)\n"
    ran = ingest(claims, write(claims, text), "--id", "page", "--replace")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        "page: 3 paragraphs, 2 of them citing 2 outlets",
        "Paragraph 2: cited wire, wire, radio, cites wire, wire; "
        "read there: deaths-300, killers-army, killers-rebels",
    ]
    entry = entries(claims)["page"]
    assert (entry["title"], entry["voice"], entry["paragraphs"][2]) == (
        "The Page",
        "page",
        ["wire", "wire"],
    )
    again = ingest(claims, write(claims, text), "--id", "page", "--replace")
    assert again.stdout.splitlines()[1:] == ["No paragraph cites other outlets than before."]


def test_a_paragraph_that_claims_were_read_in_is_not_lost(claims: Path) -> None:
    before = (claims / "documents.yaml").read_bytes()
    ran = ingest(claims, write(claims, "Rain.\n"), "--id", "page", "--replace")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "paragraph-unknown" in ran.stderr
    assert "nothing was written" in ran.stderr.splitlines()[-1]
    assert (claims / "documents.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--title", "x", "--outlet", "daily"), "Missing option '--id'."),
        (("--id", "Flood", "--title", "x", "--outlet", "daily"), "--id: `Flood` is not an id"),
        (("--id", "flood", "--outlet", "daily"), "A new document needs --title."),
        (("--id", "flood", "--title", "x"), "A new document needs --outlet."),
        (
            ("--id", "flood", "--title", "x", "--outlet", "dayly"),
            "--outlet: there is no outlet dayly. Did you mean daily?",
        ),
        ((*SAID, "--voice", "pages"), "--voice: there is no actor pages. Did you mean page?"),
        ((*SAID, "--published", "last May"), "--published: `last May` is not a date"),
        ((*SAID, "--url", "example.org"), "--url: "),
        (
            ("--id", "pages", "--replace"),
            "There is no document pages to replace. Did you mean page?",
        ),
    ],
)
def test_a_wrong_call_is_told_in_one_line(words: tuple[str, ...], told: str, claims: Path) -> None:
    ran = ingest(claims, write(claims), *words)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert told in ran.stderr.splitlines()[-1]


def test_what_is_no_text_is_told(claims: Path) -> None:
    file = claims.parent / "picture.png"
    file.write_bytes(b"\x89PNG\0\0")
    ran = ingest(claims, file, *SAID)
    assert ran.returncode == 1
    assert ran.stderr.startswith("ledger: ")
    assert "the byte 0x89 is not UTF-8" in ran.stderr


def test_replacing_changes_of_the_entry_only_what_is_said(claims: Path) -> None:
    ran = ingest(claims, write(claims, "Rain.\nWind.\nSun.\n"), "--id", "page", "--replace")
    assert ran.returncode == 0, ran.stderr
    said = ("--id", "page", "--replace", "--title", "Another title", "--published", "2024")
    assert ingest(claims, write(claims, "Rain.\nWind.\nSun.\n"), *said).returncode == 0
    entry = entries(claims)["page"]
    assert (entry["title"], str(entry["published"])) == ("Another title", "2024")
    assert (entry["outlet"], entry["voice"]) == ("daily", "page")
