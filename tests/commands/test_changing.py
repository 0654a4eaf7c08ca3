"""What all commands share that change files: every other byte stays, and nothing gets worse."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from ledger.commands.changing import TRIES, changing, conclude
from ledger.edit import Editing
from ledger.edit.adding import add_claim
from ledger.problems import LedgerError
from tests.commands.calling import called
from tests.commands.running import run
from tests.commands.terminal import at_terminal
from tests.commands.test_add import GIVEN, dossier_of
from tests.edit.processes import start_program
from tests.small import DOSSIER, OUTLETS

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
    '"value": 10 ,"dossier":"village-2022"}',
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
    added = json.dumps({key: value}, separators=(",", ":"))
    assert second == f"{BULK[1].removesuffix('}')},{added[1:]}"


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
    assert "New conflict (sides disagree): deaths-300 and deaths-army: " in ran.stdout
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


def save(file: Path, content: str, way: str) -> None:
    """Save a file as an editor does: into it, or by moving a new one into its place."""
    if way == "in place":
        file.write_text(content, encoding="utf-8")
    else:
        aside = file.with_name(f"{file.name}~")
        aside.write_text(content, encoding="utf-8")
        aside.replace(file)


WAYS = ["in place", "by a move"]


@pytest.mark.parametrize("way", WAYS)
def test_what_is_saved_while_a_command_works_is_kept(
    claims: Path, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = dossier_of(claims)
    saved = f"{DOSSIER.replace('About 300', 'Some 300')}# saved\n"
    turns: list[Editing] = []

    def change(edit: Editing) -> None:
        add_claim(edit, "mali/village-2022.yaml", {"id": "n", "text": "New.", "found": "page#3"})
        if not turns:
            save(file, saved, way)
        turns.append(edit)
        conclude(edit, lambda: [(edit.place_of_claim("n"), "done")], force=False, dry_run=False)

    changing(claims, claims.parent / "none.db", change)
    assert len(turns) == 2
    assert file.read_text() == saved.removesuffix("# saved\n") + (
        "\n- id: n\n  text: New.\n  found: page#3\n# saved\n"
    )
    assert capsys.readouterr().out.count(": done\n") == 1


@pytest.mark.parametrize("way", WAYS)
def test_what_is_saved_again_and_again_is_left_alone_in_the_end(claims: Path, way: str) -> None:
    file = dossier_of(claims)
    turns: list[str] = []

    def change(edit: Editing) -> None:
        edit.put("outlets.yaml", ("aaa",), {"name": "Aaa"})
        edit.put("mali/village-2022.yaml", ("when",), "2022-03")
        turns.append(f"{DOSSIER}# saved {len(turns)}\n")
        save(file, turns[-1], way)
        conclude(edit, list, force=True, dry_run=False)

    with pytest.raises(LedgerError, match=r"village-2022.yaml was changed by somebody else mean"):
        changing(claims, claims.parent / "none.db", change)
    assert len(turns) == TRIES
    assert file.read_text() == turns[-1]
    assert (claims / "outlets.yaml").read_text() == OUTLETS


@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_was_half_saved_when_it_was_read_is_read_again(
    claims: Path, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = dossier_of(claims)
    # The half that is there speaks of claims that are still to come.
    half = DOSSIER[: DOSSIER.index("claims:")] + "expect: [deaths has 2 positions]\n"
    file.write_text(half, encoding="utf-8")
    turns: list[str] = []

    def change(edit: Editing) -> None:
        edit.put("mali/village-2022.yaml", ("when",), "2022-03")
        edit.put("mali/village-2022.yaml", ("where",), ["nowhere"] if not turns else ["village"])
        if not turns:
            save(file, DOSSIER, way)
        turns.append("worked out")
        conclude(edit, list, force=False, dry_run=False)

    changing(claims, claims.parent / "none.db", change)
    assert len(turns) == 2
    assert "unknown-reference" not in capsys.readouterr().err
    assert file.read_text() == DOSSIER.replace("when: 2022-03-27", "when: 2022-03")


@pytest.mark.parametrize("way", WAYS)
def test_what_is_saved_at_the_last_question_is_kept(claims: Path, way: str) -> None:
    words = ("add", "Ten died.", "--dossier", "village-2022", "--found", "page#3", "--id", "ten")
    with at_terminal(*words, cwd=claims.parent) as terminal:
        while "Write it?" not in terminal.screen:
            terminal.wait_for(":")
            if "Write it?" not in terminal.screen:
                terminal.type("\n")
        save(dossier_of(claims), f"# saved\n{DOSSIER}", way)
        terminal.type("y\n")
        assert terminal.end() == 0, terminal.screen
    text = dossier_of(claims).read_text()
    assert text.startswith(f"# saved\n{DOSSIER}")
    assert "- id: ten\n" in text


REFUSALS = ("by somebody else meanwhile", "there is no dossier", "Nothing was written")
"""What a command says that leaves alone what somebody is at."""


@pytest.mark.parametrize("way", [*WAYS, "at its end"])
def test_no_save_and_no_claim_is_lost_while_real_commands_run(claims: Path, way: str) -> None:
    file, done = dossier_of(claims), Event()
    lost: list[str] = []
    saves = 0

    def edit_all_the_time() -> None:
        nonlocal saves
        while not done.is_set():
            text = file.read_text(encoding="utf-8")
            if saves and f"# saved {saves}\n" not in text:
                lost.append(f"save {saves} in {text}")
            saves += 1
            if way == "at its end":
                with file.open("a", encoding="utf-8") as opened:
                    opened.write(f"# saved {saves}\n")
            else:
                save(file, f"{text}# saved {saves}\n", way)
            time.sleep(0.15)

    editor = Thread(target=edit_all_the_time)
    editor.start()
    added = []
    try:
        for number in range(20):
            ran = run(*ADD, f"n-{number}", cwd=claims.parent)
            if ran.returncode == 0:
                added.append(f"- id: n-{number}\n")
            else:
                # At the worst, what is half saved for long is told as it is, and left alone.
                told = ran.stderr.splitlines()[-1]
                assert any(one in told for one in REFUSALS), ran.stderr
    finally:
        done.set()
        editor.join()
    text = file.read_text(encoding="utf-8")
    assert lost == []
    assert [number for number in range(1, saves + 1) if f"# saved {number}\n" not in text] == []
    assert [one for one in added if one not in text] == []
    assert added
    assert sorted(os.listdir(file.parent)) == ["village-2022.yaml"]  # noqa: PTH208 # names


ADD = ("add", "Something else.", "--dossier", "village-2022", "--found", "page#3", "--yes", "--id")


# Writes until it is killed.
WRITE = """
import sys
from pathlib import Path
from ledger.edit.safe_write import Change, replace_all

file = Path(sys.argv[1])
content = file.read_bytes()
print("begun", flush=True)
for number in range(1_000_000):
    after = content + b"# %d\\n" % number
    replace_all([Change(file, file.read_bytes(), after)])
"""


def test_what_a_killed_command_left_is_no_part_of_the_ledger_and_goes(claims: Path) -> None:
    left = claims / "mali/.village-2022.yaml.new"
    for number in range(200):
        with start_program(WRITE, dossier_of(claims)) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.001 * (1 + number % 7))
            process.kill()
            process.stdout.read()
        if left.exists():
            break
    assert left.exists()
    listed = run("list", "--format", "json", cwd=claims.parent)
    assert len(json.loads(listed.stdout)) == DOSSIER.count("- id:")
    assert run("check", cwd=claims.parent).returncode == 0
    assert left.exists()
    # Another file is written, not that one.
    assert run(*COMMANDS["outlet"], cwd=claims.parent).returncode == 0
    assert not left.exists()
