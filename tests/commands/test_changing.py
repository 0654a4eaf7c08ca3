"""What all commands share that change files: every other byte stays, and nothing gets worse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.calling import called
from tests.commands.running import run
from tests.commands.test_add import GIVEN, dossier_of
from tests.small import DOSSIER

COMMANDS = {
    "add": ("add", "Three hundred: died.", *GIVEN, "--claimant", "army"),
    "link": ("link", "killers-army", "date-given", "--because", "No: never."),
    "dismiss": ("dismiss", "deaths-300", "deaths-500", "--because", "First days only."),
    "retract": ("retract", "date-given", "--because", "A slip.", "--on", "2022-06"),
    "supersede": ("supersede", "deaths-300", "killers-army", "--force"),
    "cite": ("cite", "date-given", "radio goita", "--url", "https://example.org/é"),
    "finding": ("finding", "deaths", "--says", "Open.", "--by", "Us", "--because", "So: so."),
    "question": ("new", "question", "hour", "--dossier", "village-2022", "--asks", "At what hour?"),
    "outlet": ("new", "outlet", "gazette", "--name", "The Gazette"),
}
COMMANDS["question"] += ("--answer", "text")

LAYOUTS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "a byte-order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "no final line break": lambda text: text.rstrip("\n").encode(),
    "comments": lambda text: "".join(
        f"{line}   # é {nth}\n" if line and not line.isspace() else f"# {nth}\n"
        for nth, line in enumerate(text.splitlines())
    ).encode(),
    "blank lines and comments at the end": lambda text: f"# top\n{text}\n\n# the end\n\n".encode(),
    "a document's sign": lambda text: f"---\n{text}".encode(),
}


def kept(old: bytes, new: bytes) -> bool:
    """Return whether all characters of a text stand in another, in their order."""
    rest = iter(new.decode())
    return all(character in rest for character in old.decode())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_change_keeps_every_other_byte(claims: Path, command: str, layout: str) -> None:
    changed = claims / "outlets.yaml" if command == "outlet" else dossier_of(claims)
    old = LAYOUTS[layout](changed.read_text())
    changed.write_bytes(old)
    others = {file: file.read_bytes() for file in claims.rglob("*.yaml") if file != changed}
    ran = run(*COMMANDS[command], cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    new = changed.read_bytes()
    assert new != old
    assert kept(old, new)
    assert new.startswith(b"\xef\xbb\xbf") == old.startswith(b"\xef\xbb\xbf")
    if layout == "CRLF":
        assert new.count(b"\n") == new.count(b"\r\n")
    assert {file: file.read_bytes() for file in others} == others
    if command != "supersede":
        assert called(claims, "check").exit_code == 0


FLOW = """\
{title: Flow, questions: {heads: {asks: "How many heads?", answer: quantity}}, claims: [
  {id: heads-2, text: Two heads., question: heads, value: 2, found: page#1},
  {id: heads-3, text: Three heads., question: heads, value: 3, found: page#2},
]} # the end
"""


@pytest.mark.parametrize(
    "words",
    [
        ("add", "Four.", "--question", "heads", "--value", "4", "--found", "page#3"),
        ("link", "heads-2", "heads-3", "--because", "Two, {and} three."),
        ("dismiss", "heads-2", "heads-3", "--because", "[Twice] counted"),
        ("retract", "heads-2", "--because", "No: none."),
        ("cite", "heads-2", "wire", "--url", "https://example.org/a,b"),
        ("finding", "heads", "--says", "Two.", "--by", "Us, them", "--because", "Counted."),
    ],
)
def test_a_file_in_brackets_stays_in_brackets(claims: Path, words: tuple[str, ...]) -> None:
    file = claims / "deep/er/flow.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(FLOW, encoding="utf-8")
    ran = run(*words, cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    assert kept(FLOW.encode(), file.read_bytes())
    # A claim has a line to itself, as the others have.
    assert file.read_text().count("\n") == FLOW.count("\n") + (words[0] == "add")
    assert run("check", cwd=claims.parent).returncode == 0


BULK = [
    '{"id": "bulk-1",  "text": "One.", "dossier": "village-2022", "found": "page#1"}',
    '  {"text":"Two \\u00e9.","id":"bulk-2","found":["page#1"],"question":"deaths",'
    '"value":"10","dossier":"village-2022"}',
    '{"id": "bulk-3", "text": "Three.", "dossier": "village-2022", "found": "page#3"}',
]


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [
        (("link", "bulk-2", "bulk-1", "--because", "x"), "conflicts", {"bulk-1": "x"}),
        (("dismiss", "bulk-2", "deaths-300", "--because", "x"), "compatible", {"deaths-300": "x"}),
        (
            ("retract", "bulk-2", "--because", "x", "--on", "2022"),
            "retracted",
            {"on": "2022", "because": "x"},
        ),
        (("cite", "bulk-2", "The Wire"), "cites", [{"outlet": "wire"}]),
        (("supersede", "bulk-1", "bulk-2"), "supersedes", "bulk-1"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_claim_on_a_line_is_changed_on_its_line(
    claims: Path, words: tuple[str, ...], key: str, value: object, ending: str
) -> None:
    file = claims / "bulk/some.jsonl"
    file.parent.mkdir()
    file.write_bytes(ending.join([*BULK, ""]).encode())
    ran = run(*words, cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    assert "claims/bulk/some.jsonl:2: bulk-2 " in ran.stdout
    first, second, third, _ = file.read_bytes().decode().split(ending)
    assert [first, third] == [BULK[0], BULK[2]]
    assert json.loads(second) == {**json.loads(BULK[1]), key: value}


def test_registers_and_dossiers_are_found_in_any_folder(claims: Path) -> None:
    (claims / "a/b").mkdir(parents=True)
    for name in ("outlets", "actors", "places", "documents"):
        (claims / f"{name}.yaml").rename(claims / f"a/b/{name}.yaml")
    assert run("new", "outlet", "gazette", "--name", "Gazette", cwd=claims.parent).returncode == 0
    ran = run("add", "Three hundred.", *GIVEN, "--cite", "gazette", cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    assert "gazette:" in (claims / "a/b/outlets.yaml").read_text()
    assert run("check", cwd=claims.parent).returncode == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_a_dry_run_of_any_command_writes_nothing(claims: Path, command: str) -> None:
    before = {file: file.read_bytes() for file in claims.rglob("*") if file.is_file()}
    ran = called(claims, *COMMANDS[command], "--dry-run")
    assert ran.exit_code == 0, ran.stderr
    assert "Nothing was written: this was a dry run." in ran.stderr
    assert {file: file.read_bytes() for file in claims.rglob("*") if file.is_file()} == before


def test_what_an_expectation_excludes_is_shown_with_its_cause_and_refused(claims: Path) -> None:
    file = dossier_of(claims)
    file.write_text(f"{DOSSIER}\nexpect: [deaths has 2 positions]\n", encoding="utf-8")
    words = ("add", "Ten died.", "--question", "deaths", "--value", "10", "--found", "page#3")
    ran = run(*words, "--claimant", "army", cwd=claims.parent)
    assert ran.returncode == 1
    assert "New conflict: deaths-300 and deaths-army: " in ran.stdout
    assert "expectation-unmet" in ran.stderr
    assert "10" not in file.read_text()


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "supersede"])
def test_reasons_and_names_are_looked_at_like_every_text(claims: Path, command: str) -> None:
    words = [f"{word}\x1b[31m" if " " in word else word for word in COMMANDS[command]]
    ran = called(claims, *words)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "holds the invisible character U+001B; leave it out" in ran.stderr.splitlines()[-1]
    assert "\x1b" not in ran.stderr
    assert dossier_of(claims).read_text() == DOSSIER
