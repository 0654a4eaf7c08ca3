"""`ledger build`: its one line, its problems, and its bar on a terminal."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.commands.running import ENVIRONMENT, LEDGER, run
from tests.small import DOSSIER, SMALL, write_folder

BROKEN = DOSSIER.replace("claimant: state", "claimant: stat")

SUMMARY = (
    "5 claims in 1 dossiers, 2 questions (2 in dispute), 2 conflicts, 17 citations of 3 outlets; "
)


def test_a_build_is_summed_up_with_its_claims_by_document_status_and_kind(claims: Path) -> None:
    ran = run("build", cwd=claims.parent)
    assert (ran.returncode, ran.stderr) == (0, "")
    first, *others = ran.stdout.splitlines()
    assert re.fullmatch(rf"ledger\.db: {re.escape(SUMMARY)}\d+\.\d s", first)
    assert others == [
        "  claims by document: page 5",
        "  claims by status: contested 4, single origin 1",
        "  claims by kind of value: actor 2, quantity 2, none 1",
    ]
    assert (claims.parent / "ledger.db").exists()


def test_a_build_writes_nothing_where_nothing_changed(claims: Path, database: Path) -> None:
    before, written = database.stat(), database.read_bytes()
    ran = run("build", cwd=claims.parent)
    assert (ran.returncode, ran.stderr) == (0, "")
    first, *others = ran.stdout.splitlines()
    assert first == f"ledger.db: {SUMMARY}nothing changed"
    assert others[0] == "  claims by document: page 5"
    now = database.stat()
    assert (now.st_ino, now.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert database.read_bytes() == written
    assert "nothing changed" not in run("build", "--coding", "acled", cwd=claims.parent).stdout
    assert "nothing changed" not in run("build", cwd=claims.parent).stdout


def test_a_folder_with_problems_builds_nothing_and_says_why(tmp_path: Path) -> None:
    claims = write_folder(tmp_path / "claims", {**SMALL, "mali/village-2022.yaml": BROKEN})
    ran = run("build", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    lines = ran.stderr.splitlines()
    assert lines[0].startswith("claims/mali/village-2022.yaml:41: unknown-reference: ")
    assert lines[-2:] == ["1 problem.", "Nothing was built."]
    assert list(tmp_path.iterdir()) == [claims]


def test_a_folder_with_problems_keeps_the_database_that_is_there(
    claims: Path, database: Path
) -> None:
    before = database.read_bytes()
    write_folder(claims, {"mali/village-2022.yaml": BROKEN})
    ran = run("build", cwd=claims.parent)
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1] == "Nothing was built; ledger.db is as it was."
    assert database.read_bytes() == before


def test_a_terminal_sees_a_bar_that_goes_away(claims: Path) -> None:
    reader, terminal = os.openpty()
    with os.fdopen(reader, "rb", buffering=0) as seen:
        ran = subprocess.run(
            [LEDGER, "build", "--db", "ledger.db"],
            stdout=subprocess.PIPE,
            stderr=terminal,
            text=True,
            check=False,
            cwd=claims.parent,
            env={**ENVIRONMENT, "TERM": "xterm-256color"},
        )
        os.close(terminal)
        drawn = seen.read(100_000)
    assert (ran.returncode, ran.stdout.partition(": ")[0]) == (0, "ledger.db")
    assert b"Building" in drawn
    assert drawn.endswith(b"\x1b[2K")  # the last thing drawn is an empty line
