"""`ledger serve`: from one command to a site, also while the claims change."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from typing import Final

import pytest

from ledger.build import build
from tests.commands.running import LEDGER, Said, Server, run, served
from tests.database.test_publish import half_copied
from tests.site.serving.test_start import many_claims
from tests.small import DOSSIER, SMALL, write_folder

ADDED = f"{DOSSIER}- {{id: added, text: One more., found: page#3}}\n"

BROKEN = DOSSIER.replace("claimant: state", "claimant: stat")


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Server]:
    """Run `ledger serve` in a folder, on a port that is free unless told otherwise."""
    ports = () if "--port" in options else ("--port", "0")
    with served(LEDGER, "serve", *ports, *options, cwd=folder) as server:
        yield server


@contextmanager
def taken(port: int) -> Iterator[int]:
    """Hold a port, a free one if it is 0, until the end of the block; yield its number."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            holder.bind(("127.0.0.1", port))
            holder.listen()
        except OSError:
            assert port, "no port is free"  # somebody else holds the one that was asked for
        yield holder.getsockname()[1] or port


def test_one_command_builds_the_database_and_serves_the_site(claims: Path) -> None:
    with serving(claims.parent) as server:
        built, told = server.said
        assert built.startswith("ledger.db: 5 claims in 1 dossiers")
        assert re.fullmatch(r"The ledger is at http://127\.0\.0\.1:\d+/ \(Ctrl-C ends it\)", told)
        status, page = server.get("/ledger/claims?status=contested")
        assert status == 200
        assert page.count('<li class="claim-card') == 4
        assert server.get("/")[0] == 200
        assert server.get("/ledger/who_contradicts_whom")[0] == 200
        assert server.get("/ledger?sql=select+1")[0] == 200


def test_a_current_database_is_served_without_a_build(claims: Path, database: Path) -> None:
    before = database.stat()
    with serving(claims.parent) as server:
        assert len(server.said) == 1
        assert len(server.rows("claims")) == 5
    after = database.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.usefixtures("database")
def test_an_outdated_database_is_brought_up_to_date_before_it_is_served(claims: Path) -> None:
    write_folder(claims, {"mali/village-2022.yaml": ADDED})
    with serving(claims.parent) as server:
        assert len(server.rows("claims")) == 6


@pytest.mark.usefixtures("database")
def test_a_folder_with_problems_serves_the_database_that_is_there(claims: Path) -> None:
    write_folder(claims, {"mali/village-2022.yaml": BROKEN})
    with serving(claims.parent) as server:
        assert "unknown-reference" in server.said[0]
        assert server.said[-3:-1] == [
            "Nothing was built; ledger.db is as it was.",
            "Serving ledger.db as it was built before.",
        ]
        assert len(server.rows("claims")) == 5


def test_a_folder_with_problems_and_no_database_serves_nothing(claims: Path) -> None:
    write_folder(claims, {"mali/village-2022.yaml": BROKEN})
    ran = run("serve", "--port", "0", cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.splitlines()[-1] == "Nothing was built."


@pytest.mark.usefixtures("database")
def test_the_next_free_port_is_taken_if_none_is_asked_for(claims: Path) -> None:
    with taken(8001), served(LEDGER, "serve", cwd=claims.parent) as server:
        assert 8001 < int(server.address.rpartition(":")[2]) <= 8020
        assert server.get("/ledger")[0] == 200


@pytest.mark.usefixtures("database")
def test_a_port_that_is_asked_for_but_taken_is_told_in_one_line(claims: Path) -> None:
    with taken(0) as port:
        ran = run("serve", "--port", str(port), cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == (
        f"ledger: cannot listen on 127.0.0.1, port {port}: Address already in use\n"
    )


@pytest.mark.usefixtures("database")
def test_an_address_that_is_not_this_machines_is_told_in_one_line(claims: Path) -> None:
    ran = run("serve", "--host", "203.0.113.1", "--port", "0", cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("ledger: cannot listen on 203.0.113.1, port 0: ")
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.usefixtures("database")
def test_a_site_for_strangers_runs_no_sql_of_theirs(claims: Path) -> None:
    with serving(claims.parent, "--host", "0.0.0.0") as server:  # noqa: S104 # what is tested
        address = server.address.replace("0.0.0.0", "127.0.0.1")  # noqa: S104 # as above
        site = Server(server.process, address, server.said)
        assert site.get("/ledger?sql=select+1")[0] == 403
        assert site.get("/ledger/claims")[0] == 200


@pytest.mark.usefixtures("database")
def test_sql_can_be_switched_off_on_this_machine_too(claims: Path) -> None:
    with serving(claims.parent, "--no-sql") as server:
        assert server.get("/ledger?sql=select+1")[0] == 403


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_the_site_ends_quietly_when_it_is_told_to(claims: Path, sent: signal.Signals) -> None:
    with serving(claims.parent) as server:
        assert server.get("/ledger/claims/nobody-said-this")[0] == 404
        server.process.send_signal(sent)
        assert server.process.stdout is not None
        assert server.process.stdout.read() == ""
        assert server.process.wait() in {0, -sent, 128 + sent}
    assert not (claims.parent / "ledger.db-journal").exists()


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("host", ["", " ", "127.0.0.1 ", "a b", "\t"])
def test_an_address_that_is_none_is_refused(claims: Path, host: str) -> None:
    ran = run("serve", "--port", "0", "--host", host, cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"{host!r} is no address; name one" in ran.stderr.replace("\n", " ")


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("url", ["", "example.org", "ftp://x/", "https://x/?a", "http://a b/"])
def test_an_address_of_a_site_that_is_none_is_refused(claims: Path, url: str) -> None:
    ran = run("serve", "--port", "0", "--url", url, cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "is no address of a site, such as https://ledger.example.org/" in ran.stderr


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 # what is tested
def test_a_site_on_every_address_is_one_for_strangers(claims: Path, host: str) -> None:
    with serving(claims.parent, "--host", host) as server:
        site = Server(server.process, f"http://127.0.0.1:{server.address.rpartition(':')[2]}", [])
        assert site.get("/-/versions")[0] == 404
        assert site.get("/ledger?sql=select+1")[0] == 403
        assert lines_upto(server, "--url") == [
            "Its links go by the name that readers ask for; --url fixes one."
        ]


@pytest.mark.usefixtures("database")
def test_a_site_with_an_address_is_one_for_strangers_also_on_this_machine(claims: Path) -> None:
    with serving(claims.parent, "--url", "https://Ledger.example.org") as server:
        assert lines_upto(server, "links") == ["Its links begin with https://ledger.example.org/"]
        assert server.get("/-/versions")[0] == 404
        assert server.get("/ledger?sql=select+1")[0] == 403
        page = server.get("/claims/deaths-300")[1]
        assert 'rel="canonical" href="https://ledger.example.org/claims/deaths-300"' in page


ODD: Final = ["x#y", "a?b", "100%", "50%41", "a b", "ü", "?mode=memory", "a&b=c", "'q'"]
"""Names whose signs mean something else in an address of a file."""


@pytest.mark.parametrize("name", ODD)
def test_a_database_is_served_whatever_its_path_is_called(claims: Path, name: str) -> None:
    folder = claims.parent / name
    folder.mkdir()
    for database in (f"{name}/ledger.db", f"{name}/{name}.db"):
        with serving(claims.parent, "--db", database) as server:
            assert server.get("/")[0] == 200
            assert len(server.rows("claims")) == 5
            assert ">42<" in server.get("/ledger?sql=select+40%2B2")[1]
    assert {one.name for one in claims.parent.iterdir()} <= {"claims", "ledger.db", name}
    left = {one.name for one in folder.iterdir() if not one.name.startswith(".")}
    assert left == {"ledger.db", f"{name}.db"}


@pytest.mark.parametrize("name", ["x#y", "a?b", "100%"])
def test_builds_come_in_whatever_the_path_is_called(claims: Path, name: str) -> None:
    database = claims.parent / f"{name}.db"
    with serving(claims.parent, "--db", database.name, "--watch") as server:
        assert len(server.rows("claims")) == 5
        write_folder(claims, {"mali/village-2022.yaml": ADDED})
        assert " 6 claims, " in lines_upto(server, " changed: ")[-1]
        assert len(server.rows("claims")) == 6
        new = write_folder(claims.parent / "new", {**SMALL, "mali/new.yaml": many_claims()})
        assert build(new, claims.parent / "new.db").problems == []
        half_copied(claims.parent / "new.db", database)
        assert len(server.rows("claims")) == 6
    left = {one.name for one in claims.parent.iterdir() if not one.name.startswith(".")}
    assert left == {"claims", "new", "new.db", database.name}


def test_readers_during_a_rebuild_are_answered_and_then_see_the_new_claims(claims: Path) -> None:
    folder = claims.parent
    with serving(folder) as server, ThreadPoolExecutor() as threads:
        over = Event()

        def read() -> tuple[set[int], set[int]]:
            statuses, sizes = set(), set()
            while not over.is_set():
                statuses.add(server.get("/ledger/claims")[0])
                sizes.add(len(server.rows("claims", "&_col=id")))
            return statuses, sizes

        readers = [threads.submit(read) for _ in range(2)]
        try:
            for text in (ADDED, DOSSIER):
                write_folder(claims, {"mali/village-2022.yaml": text})
                ran = run("build", cwd=folder)
                assert ran.returncode == 0, ran.stderr
                ids = {row["id"] for row in server.rows("claims")}
                assert ("added" in ids) is (text == ADDED)
        finally:
            over.set()
        for statuses, sizes in (reader.result() for reader in readers):
            assert statuses == {200}
            assert sizes == {5, 6}
    with closing(sqlite3.connect(folder / "ledger.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def lines_upto(server: Server, ending: str) -> list[str]:
    """Return what a server says next, up to the first line with a text in it."""
    return Said(server.process).upto(ending)


def test_a_watched_site_shows_each_change_on_the_next_page(claims: Path) -> None:
    with serving(claims.parent, "--watch") as server:
        assert len(server.rows("claims")) == 5
        write_folder(claims, {"mali/village-2022.yaml": ADDED})
        assert " 6 claims, " in lines_upto(server, " changed: ")[-1]
        assert len(server.rows("claims")) == 6
        write_folder(claims, {"mali/village-2022.yaml": DOSSIER})
        assert " 5 claims, " in lines_upto(server, " changed: ")[-1]
        assert len(server.rows("claims")) == 5


def test_a_watched_site_stays_as_it_was_while_the_folder_has_problems(claims: Path) -> None:
    with serving(claims.parent, "--watch") as server:
        write_folder(claims, {"mali/village-2022.yaml": BROKEN})
        told = lines_upto(server, " changed: ")
        assert told[0].startswith("new problem: claims/mali/village-2022.yaml:41: ")
        assert told[-1].endswith(" 1 problem; ledger.db is as it was")
        assert len(server.rows("claims")) == 5


@pytest.mark.usefixtures("database")
def test_a_watched_site_begins_with_the_problems_once(claims: Path) -> None:
    write_folder(claims, {"mali/village-2022.yaml": BROKEN})
    with serving(claims.parent, "--watch") as server:
        assert server.said[-2] == "Serving ledger.db as it was built before."
        write_folder(claims, {"mali/village-2022.yaml": DOSSIER})
        assert lines_upto(server, " changed: ")[0].startswith("problem gone: ")


def test_a_watched_folder_with_problems_and_no_database_serves_nothing(claims: Path) -> None:
    write_folder(claims, {"mali/village-2022.yaml": BROKEN})
    ran = run("serve", "--watch", "--port", "0", cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.splitlines()[-1] == "Nothing was built."


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_who_watches_for_a_site_ends_with_it(claims: Path, sent: signal.Signals) -> None:
    with serving(claims.parent, "--watch") as server:
        write_folder(claims, {"mali/village-2022.yaml": ADDED})
        lines_upto(server, " changed: ")
        server.process.send_signal(sent)
        assert server.process.stdout is not None
        # The output ends once nobody can write to it any more, the child neither.
        assert server.process.stdout.read() == ""
        assert server.process.wait() == (-sent if sent == signal.SIGKILL else 0)


@pytest.mark.usefixtures("database")
def test_ctrl_c_at_a_terminal_ends_a_watched_site_quietly(claims: Path) -> None:
    with serving(claims.parent, "--watch") as server:
        assert server.get("/-/versions.json")[0] == 200
        # A terminal sends it to every process of the group, the child that just starts as well.
        os.killpg(server.process.pid, signal.SIGINT)
        assert server.process.stdout is not None
        assert server.process.stdout.read() == ""
        assert server.process.wait() == 0
