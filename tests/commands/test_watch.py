"""`ledger watch`: what it says while files change, and how it ends."""

from __future__ import annotations

import re
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.running import run, watching
from tests.small import DOSSIER, write_folder

PATH = "mali/village-2022.yaml"

BROKEN = DOSSIER.replace("claimant: state", "claimant: stat")

AGREED = DOSSIER.replace("value: rebels", "value: army").replace(
    "  conflicts:\n    killers-army: The two were enemies.\n", ""
)


def test_a_change_is_built_and_summed_up_in_one_line(claims: Path) -> None:
    with watching(cwd=claims.parent) as said:
        assert said.upto("Watching ")[-1] == "Watching claims (Ctrl-C ends it)"
        write_folder(claims, {PATH: f"{DOSSIER}- {{id: added, text: One more., found: page#3}}\n"})
        (line,) = said.upto(" changed: ")
    counts = "6 claims, 2 questions in dispute, 2 conflicts"
    told = rf"\d\d:\d\d:\d\d {PATH} changed: {counts}; \d+\.\d s"
    assert re.fullmatch(told, line)


def test_problems_are_told_when_they_come_and_when_they_go(claims: Path) -> None:
    with watching(cwd=claims.parent) as said:
        said.upto("Watching ")
        before = (claims.parent / "ledger.db").read_bytes()
        write_folder(claims, {PATH: BROKEN})
        came = said.upto(" changed: ")
        assert came[0].startswith(f"new problem: claims/{PATH}:41: unknown-reference: ")
        assert came[1].startswith("    Did you mean `state`?")
        assert came[2].endswith("changed: 1 problem; ledger.db is as it was")
        assert (claims.parent / "ledger.db").read_bytes() == before
        write_folder(claims, {PATH: DOSSIER})
        went, line = said.upto(" changed: ")
    assert went.startswith(f"problem gone: claims/{PATH}: unknown-reference: ")
    assert " 2 conflicts; " in line


def test_conflicts_are_told_when_they_go_and_when_they_come(claims: Path) -> None:
    pair = "killers-army and killers-rebels on killers: The two were enemies."
    with watching(cwd=claims.parent) as said:
        said.upto("Watching ")
        write_folder(claims, {PATH: AGREED})
        assert said.upto(" changed: ")[0] == f"conflict gone: {pair}"
        write_folder(claims, {PATH: DOSSIER})
        assert said.upto(" changed: ")[0] == f"new conflict (sides disagree): {pair}"


def test_files_that_come_and_go_together_are_one_change(claims: Path) -> None:
    with watching(cwd=claims.parent) as said:
        said.upto("Watching ")
        (claims / "mali").rename(claims / "sahel")
        write_folder(claims, {"a.yaml": "title: A\n", "b.yaml": "title: B\n"})
        (line,) = said.upto(" changed: ")
        assert " a.yaml and 3 more changed: 5 claims, " in line
        (claims / "a.yaml").unlink()
        assert " a.yaml changed: 5 claims, " in said.upto(" changed: ")[-1]


def test_a_folder_with_problems_is_watched_until_it_has_none(claims: Path) -> None:
    write_folder(claims, {PATH: BROKEN})
    with watching(cwd=claims.parent) as said:
        assert "Nothing was built." in said.upto("Watching ")
        write_folder(claims, {PATH: f"{BROKEN}# still\n"})
        assert said.upto(" changed: ")[-1].endswith(" 1 problem; nothing was built")
        write_folder(claims, {PATH: DOSSIER})
        told = said.upto(" changed: ")
        assert told[0].startswith("problem gone: ")
        assert len([line for line in told if line.startswith("new conflict (")]) == 2
    assert (claims.parent / "ledger.db").exists()


def test_of_many_new_problems_some_are_shown_and_all_are_counted(claims: Path) -> None:
    many = "".join(f"- {{id: c{number}, text: One., found: no#1}}\n" for number in range(50))
    with watching(cwd=claims.parent) as said:
        said.upto("Watching ")
        write_folder(claims, {"many.yaml": f"title: Many\nclaims:\n{many}"})
        told = said.upto(" changed: ")
    assert len([line for line in told if line.startswith("new problem: ")]) == 20
    assert told[-2] == "… new problems and remarks: 30 more"
    assert " 50 problems; " in told[-1]


def test_a_folder_that_is_moved_away_is_waited_for(claims: Path) -> None:
    with watching(cwd=claims.parent) as said:
        said.upto("Watching ")
        claims.rename(claims.with_name("away"))
        assert said.upto("ledger: ")[-1] == "ledger: there is no folder claims"
        claims.with_name("away").rename(claims)
        assert " 5 claims, " in said.upto(" changed: ")[-1]


def test_the_coding_that_the_database_was_built_with_is_kept(claims: Path) -> None:
    assert run("build", "--coding", "acled", cwd=claims.parent).returncode == 0
    with watching(cwd=claims.parent) as said:
        said.upto("Watching ")
        write_folder(claims, {PATH: DOSSIER.replace("~300", "dozens")})
        said.upto(" changed: ")
    with closing(sqlite3.connect(claims.parent / "ledger.db")) as connection:
        assert connection.execute("SELECT coding FROM build").fetchone() == ("acled",)
        low = connection.execute("SELECT low FROM claims WHERE id = 'deaths-300'").fetchone()
    assert low == (12.0,)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.usefixtures("database")
def test_it_ends_quietly_when_it_is_told_to(claims: Path, sent: signal.Signals) -> None:
    with watching(cwd=claims.parent) as said:
        said.upto("Watching ")
        said.process.send_signal(sent)
        assert said.process.wait(timeout=10) == 0
        assert said.process.stdout is not None
        assert said.process.stdout.read() == ""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_leaves_nothing_beside_the_database_when_it_ends(
    claims: Path, sent: signal.Signals
) -> None:
    with watching(cwd=claims.parent) as said:
        said.upto("Watching ")
        bulk = "".join(
            f'{{"id": "c{number}", "text": "One.", "found": "page#1"}}\n'
            for number in range(20_000)
        )
        write_folder(claims, {"bulk.jsonl": bulk})
        while not (claims.parent / ".ledger.db.new").exists():
            assert said.process.poll() is None
        time.sleep(0.5)  # until it is in the midst of the build
        assert (claims.parent / ".ledger.db.new").exists()
        said.process.send_signal(sent)
        said.process.send_signal(signal.SIGINT)
        assert said.process.wait(timeout=20) == 0
    assert not (claims.parent / ".ledger.db.new").exists()
