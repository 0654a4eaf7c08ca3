"""The README: every command in it runs, every table in it is the schema's."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from ledger.database.schema import tables
from ledger.site.formats.forms import FORMS
from tests.commands.running import LEDGER, served

ROOT: Final = Path(__file__).parent.parent
README: Final = ROOT / "README.md"
BIN: Final = Path(sys.executable).parent

BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FIRST: Final = "<!-- the tables of the schema; `pytest --refresh` writes them -->"
LAST: Final = "<!-- end of the tables -->"
BUILD_FIRST: Final = "<!-- what the build prints; `pytest --refresh` writes it -->"
BUILD_LAST: Final = "<!-- end of the build -->"
FORMS_FIRST: Final = "<!-- the forms of the site; `pytest --refresh` writes them -->"
FORMS_LAST: Final = "<!-- end of the forms -->"


def blocks(language: str) -> list[str]:
    """Return the README's blocks in a language."""
    text = README.read_text(encoding="utf-8")
    return [body for found, body in BLOCK.findall(text) if found == language]


SESSION: Final = next(body for body in blocks("sh") if body.startswith("ledger init "))
"""A contributor's session: its lines belong together and run in their order."""

COMMANDS: Final = [
    line for body in blocks("sh")[1:] if body != SESSION for line in body.splitlines()
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the shipped claims and the README's own files."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("claims", "datasette-metadata.json"):
        (folder / name).symlink_to(ROOT / name)
    for body in blocks("yaml"):
        name = body.partition("\n")[0].removeprefix("# ")
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(body, encoding="utf-8")
    subprocess.run([BIN / "ledger", "build"], cwd=folder, check=True, capture_output=True)
    return folder


def test_the_first_block_holds_two_commands_of_one_line() -> None:
    serve, test = blocks("sh")[0].splitlines()
    assert serve.endswith(".venv/bin/ledger serve")
    assert test.endswith(".venv/bin/python -m pytest")


def test_there_are_commands_to_try() -> None:
    assert len(COMMANDS) > 5


def runnable(line: str) -> list[str]:
    """Return a command's words; where there is no sqlite3 shell, Python's module stands for it."""
    words = shlex.split(line)
    if words[0] == "sqlite3" and shutil.which("sqlite3") is None:
        code = (
            "import sqlite3, sys; database, sql = sys.argv[1:]; "
            "connection = sqlite3.connect(database); "
            "print(connection.execute(sql).fetchall()); connection.close()"
        )
        return [sys.executable, "-c", code, *words[1:]]
    return words


@pytest.mark.parametrize(
    "line", [one for one in COMMANDS if "serve" not in one], ids=lambda line: line[:40]
)
def test_a_command_of_the_readme_runs(line: str, checkout: Path) -> None:
    run = subprocess.run(
        runnable(line),
        cwd=checkout,
        env=os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr.count("Traceback")) == (0, 0), run.stderr
    assert run.stdout.strip()


@pytest.mark.parametrize("line", [one for one in COMMANDS if "serve" in one])
def test_a_serving_command_of_the_readme_says_where(line: str, checkout: Path) -> None:
    _, *words = shlex.split(line.replace("8001", "0"))
    with served(LEDGER, *words, cwd=checkout) as server:
        assert server.get("/ledger/claims")[0] == 200


def test_the_session_leads_from_an_empty_folder_to_a_site_with_a_dispute(tmp_path: Path) -> None:
    *lines, last = SESSION.splitlines()
    ran = subprocess.run(
        ["/bin/sh", "-e", "-c", "\n".join(lines)],
        cwd=tmp_path,
        env=os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    (told,) = blocks("text")
    assert told in ran.stdout
    _, *words = shlex.split(last)
    with served(LEDGER, *words, "--port", "0", cwd=tmp_path / "northport-ledger") as server:
        asked = [row["id"] for row in server.rows("disputes")]
    assert asked == ["fire-injured", "strike-size"]


def test_the_python_of_the_readme_runs(checkout: Path) -> None:
    (code,) = blocks("python")
    told = f"{code}\nassert len(claims) > 50\n"
    subprocess.run([sys.executable, "-c", told], cwd=checkout, check=True)


def test_the_readme_tells_of_the_shipped_claims_as_the_build_does(
    refresh: bool, checkout: Path
) -> None:
    ran = subprocess.run(
        [BIN / "ledger", "build"], cwd=checkout, check=True, capture_output=True, text=True
    )
    told = re.sub(r"; ([\d.]+ s|nothing changed)$", "", ran.stdout.strip(), flags=re.MULTILINE)
    expected = f"\n```console\n{told}\n```\n\n"
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BUILD_FIRST)
    held, _, after = rest.partition(BUILD_LAST)
    if refresh:
        README.write_text(f"{before}{BUILD_FIRST}\n{expected}{BUILD_LAST}{after}", encoding="utf-8")
        held = expected
    assert held.strip() == expected.strip()


ASKED: Final = re.compile(r"^```sql\n(?P<sql>.*?)^```$\n\n(?P<found>(?:\|[^\n]*\n)*)", re.M | re.S)
"""A query of the README, and the table that shows what it finds."""


def found_by(sql: str, database: Path) -> str:
    """Return what a query finds, as the README shows it."""
    with closing(sqlite3.connect(database)) as connection:
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description]
        rows = [["" if cell is None else str(cell) for cell in row] for row in cursor]
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def test_the_readme_shows_what_each_of_its_queries_finds_in_the_shipped_ledger(
    refresh: bool, checkout: Path
) -> None:
    database = checkout / "ledger.db"

    def told_anew(asked: re.Match[str]) -> str:
        gap = "" if asked["found"] else "\n"
        return f"```sql\n{asked['sql']}```\n\n{found_by(asked['sql'], database)}{gap}"

    text = README.read_text(encoding="utf-8")
    expected = ASKED.sub(told_anew, text)
    if refresh:
        README.write_text(expected, encoding="utf-8")
        text = expected
    tables_shown = [asked["found"].splitlines() for asked in ASKED.finditer(expected)]
    assert len(tables_shown) >= 8
    assert all(2 < len(lines) <= 12 for lines in tables_shown)
    assert text == expected


def test_the_tables_of_the_readme_are_those_of_the_schema(refresh: bool) -> None:
    rows = [f"| `{table.name}` | {table.meaning} |" for table in tables()]
    expected = "\n".join(["", "| table or view | what its rows are |", "|---|---|", *rows, "", ""])
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(FIRST)
    held, _, after = rest.partition(LAST)
    if refresh:
        README.write_text(f"{before}{FIRST}\n{expected}{LAST}{after}", encoding="utf-8")
        held = f"\n{expected}"
    assert held.strip() == expected.strip()


def test_the_forms_of_the_readme_are_those_of_the_site(refresh: bool) -> None:
    rows = [
        f"| {form.name} | {', '.join(f'`{one}`' for one in form.addresses())} | {form.purpose} |"
        for form in FORMS
    ]
    expected = "\n".join(["", "| form | address | what it is |", "|---|---|---|", *rows, "", ""])
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(FORMS_FIRST)
    held, _, after = rest.partition(FORMS_LAST)
    if refresh:
        README.write_text(f"{before}{FORMS_FIRST}\n{expected}{FORMS_LAST}{after}", encoding="utf-8")
        held = expected
    assert held.strip() == expected.strip()
