"""`ledger add`: what it shows, what it writes, and what it refuses."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.calling import called
from tests.commands.running import ENVIRONMENT, LEDGER, ROOT, run, start
from tests.small import DOSSIER

GIVEN = ("--question", "deaths", "--value", "~300", "--found", "page#2")
"""Options that a claim of the small folder can have."""


def dossier_of(claims: Path) -> Path:
    """Return the one dossier of the small folder."""
    return claims / "mali/village-2022.yaml"


def test_a_claim_is_shown_written_and_its_place_told(claims: Path, database: Path) -> None:
    ran = run("add", "Three hundred died.", *GIVEN, "--claimant", "The State", cwd=claims.parent)
    assert (ran.returncode, ran.stderr) == (0, "")
    value, position, conflict, written = ran.stdout.splitlines()
    assert value == "Value: about 300: 270 to 330 people."
    assert position == (
        "It takes a position with 1 other claim: about 300; "
        "2 origins (before: 1 origin); 1 outlet, 2 more at its paragraphs."
    )
    assert conflict.startswith("New conflict (sides disagree): deaths-500 and deaths-state: ")
    assert "about 300 reaches to 330" in conflict.lower()
    assert written == "claims/mali/village-2022.yaml:52: claim deaths-state"
    assert (
        dossier_of(claims).read_text()
        == f"""{DOSSIER}
- id: deaths-state
  text: Three hundred died.
  claimant: state
  question: deaths
  value: ~300
  found: page#2
"""
    )
    assert database.exists()
    assert run("check", cwd=claims.parent).returncode == 0


def test_it_works_as_well_without_a_database(claims: Path) -> None:
    ran = run("add", "Three hundred died.", *GIVEN, cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    assert "with 1 other claim" in ran.stdout
    assert "- id: deaths-page\n" in dossier_of(claims).read_text()


def test_every_option_has_its_key(claims: Path) -> None:
    ran = run(
        *("add", "A text: with a colon.", "--dossier", "village-2022", "--question", "deaths"),
        *("--value", ">300", "--claimant", "witnesses", "--made", "2022-05", "--found", "page#1"),
        *("--found", "page#3", "--cite", "The Wire=https://example.org/a", "--cite", "radio"),
        *("--based-on", "deaths-300", "--supersedes", "deaths-300", "--as-of", "2022"),
        *("--hedge", "reportedly", "--quote", "some", "--note", "- a note", "--topic", "harm"),
        *("--conflicts-with", "killers-army=An = sign.", "--id", "own-id"),
        cwd=claims.parent,
    )
    assert ran.returncode == 0, ran.stderr
    assert (
        dossier_of(claims).read_text().removeprefix(DOSSIER)
        == """
- id: own-id
  text: "A text: with a colon."
  claimant: witnesses
  made: 2022-05
  question: deaths
  value: ">300"
  found: [page#1, page#3]
  cites:
  - outlet: wire
    url: https://example.org/a
  - outlet: radio
  hedge: reportedly
  based_on: [deaths-300]
  supersedes: deaths-300
  as_of: 2022
  conflicts:
    killers-army: An = sign.
  topics: [harm]
  quote: some
  note: "- a note"
"""
    )


def test_a_claim_that_says_nearly_the_same_is_shown(claims: Path) -> None:
    ran = run("add", "About 300 people were killed!", *GIVEN, "--dry-run", cwd=claims.parent)
    assert "Alike (100%): deaths-300: About 300 people were killed." in ran.stdout


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("The Army + The Rebels", "army + rebels"),
        ("not The Army", "not army"),
        ("rebels | The State", "rebels | state"),
    ],
)
def test_actors_are_found_by_their_names_wherever_they_stand(
    claims: Path, value: str, written: str
) -> None:
    words = ("--question", "killers", "--found", "page#1", "--value", value)
    ran = run("add", "They did it.", *words, cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    assert f"  value: {written}\n" in dossier_of(claims).read_text()


def test_a_dry_run_writes_nothing(claims: Path) -> None:
    before = dossier_of(claims).read_bytes()
    words = ("add", "Three hundred died.", *GIVEN, "--claimant", "army", "--dry-run")
    ran = run(*words, cwd=claims.parent)
    assert ran.returncode == 0
    assert "village-2022.yaml:52: claim deaths-army" in ran.stdout
    assert ran.stderr == "Nothing was written: this was a dry run.\n"
    assert dossier_of(claims).read_bytes() == before


def test_what_would_bring_a_problem_is_refused_unless_forced(claims: Path) -> None:
    before = dossier_of(claims).read_bytes()
    words = ("add", "More died.", *GIVEN, "--supersedes", "killers-rebels")
    ran = run(*words, cwd=claims.parent)
    assert ran.returncode == 1
    assert "supersedes-another" in ran.stderr
    assert ran.stderr.splitlines()[-1].startswith("Nothing was written; --force")
    assert dossier_of(claims).read_bytes() == before
    forced = run(*words, "--force", cwd=claims.parent)
    assert forced.returncode == 0
    assert "supersedes-another" in forced.stderr
    assert "supersedes: killers-rebels" in dossier_of(claims).read_text()


def test_problems_that_were_there_before_hinder_nobody(claims: Path) -> None:
    (claims / "other.yaml").write_text("titel: x\n", encoding="utf-8")
    ran = run("add", "Three hundred died.", *GIVEN, cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    assert "unknown-key" not in ran.stderr


WRONG = [
    (("A claim.",), "missing --question or --dossier, --found; on a terminal"),
    (("", *GIVEN), "Invalid value for '[TEXT]': '' is empty"),
    ((" \t\n ", *GIVEN), "is empty; write a text"),
    (("\u200b", *GIVEN), "is empty; write a text"),
    (("a\x1b[31mb", *GIVEN), "'a\\x1b[31mb' holds the invisible character U+001B"),
    (("a\u202eb", *GIVEN), "holds the invisible character U+202E"),
    (("a\udcffb", *GIVEN), "holds the byte 0xff, which is not UTF-8"),
    (("A claim.", *GIVEN, "--note", "\x07"), "'--note': '\\x07' holds the invisible character"),
    (("A claim.", *GIVEN, "--note", " "), "'--note': ' ' is empty; write a text, or leave it out"),
    (("A claim.", *GIVEN, "--value", "400"), "--value is given 2 times; give it once"),
    (("- A claim.", *GIVEN), "goes last, behind two hyphens: -- TEXT"),
    (("A claim.", *GIVEN, "--claimant", "The Amry"), "no actor 'The Amry'; did you mean army?"),
    (("A claim.", *GIVEN, "--claimant", "x"), "no actor 'x'; `ledger new actor` adds one"),
    (("A claim.", *GIVEN, "--claimant", "\udcff"), "'--claimant': '\\udcff' holds the byte 0xff"),
    (("A claim.", *GIVEN, "--cite", "Wyre"), "'--cite': there is no outlet 'Wyre'; did you mean"),
    (("A claim.", *GIVEN, "--cite", "wire=javascript:alert(1)"), "'--cite': `javascript:alert(1)`"),
    (("A claim.", *GIVEN, "--cite", "wire="), "'--cite': `url` is empty"),
    (("A claim.", *GIVEN, "--made", "soon"), "'--made': `soon` is not a date. Accepted: EDTF"),
    (("A claim.", *GIVEN, "--as-of", "soon"), "'--as-of': `soon` is not a date. Accepted: EDTF"),
    (("A claim.", *GIVEN, "--id", "deaths-300"), "'--id': a claim has the id deaths-300 already"),
    (("A claim.", *GIVEN, "--id", "Größe"), "'--id': 'Größe' cannot be an id; use lower-case"),
    (("A claim.", *GIVEN, "--based-on", "deaths-3000"), "did you mean deaths-300?"),
    (("A claim.", *GIVEN, "--supersedes", "x"), "'--supersedes': there is no claim 'x'"),
    (("A claim.", *GIVEN, "--conflicts-with", "deaths-500"), "write deaths-500=REASON"),
    (("A claim.", *GIVEN, "--conflicts-with", "deaths-500= "), "write deaths-500=REASON"),
    (("A claim.", *GIVEN, "--conflicts-with", "deths-500=x"), "did you mean deaths-500?"),
    (("A claim.", *GIVEN, "--dossier", "vilage-2022"), "did you mean village-2022?"),
    (
        ("A claim.", "--dossier", "village-2022", "--found", "page#9"),
        "no paragraph 9; the last is 3",
    ),
    (("A claim.", "--dossier", "village-2022", "--found", "page#"), "write document#paragraph"),
    (("A claim.", "--dossier", "village-2022", "--found", "page#0"), "write document#paragraph"),
    (("A claim.", "--dossier", "village-2022", "--found", "page#²"), "write document#paragraph"),
    (("A claim.", "--dossier", "village-2022", "--found", "page#part=1"), "page, row, id, t"),
    (("A claim.", "--dossier", "village-2022", "--found", "page#row=a"), "page#row=12"),
    (
        ("A claim.", *GIVEN, "--origins-unknown", "--based-on", "deaths-500"),
        "--origins-unknown': its origins are `unknown`, but it is based on `deaths-500`",
    ),
    (("A claim.", "--dossier", "village-2022", "--found", "paeg#1"), "did you mean page?"),
    (("A claim.", "--question", "deths", "--found", "page#1"), "did you mean deaths?"),
    (("A claim.", "--dossier", "village-2022", "--found", "page#1", "--value", "3"), "--question"),
    (
        ("A claim.", "--question", "deaths", "--found", "page#1", "--value", "lots"),
        "Invalid value for '--value': `lots` is not a quantity; accepted: 300, ~300",
    ),
    (
        ("A claim.", "--question", "deaths", "--found", "page#1", "--value", "69%"),
        "Invalid value for '--value': '69%' is a share, and the question counts people",
    ),
    (
        ("A claim.", "--question", "killers", "--found", "page#1", "--value", "rebbels"),
        "Invalid value for '--value': there is no actor 'rebbels'; did you mean rebels?",
    ),
    (
        (
            "A claim.",
            *GIVEN,
            "--conflicts-with",
            "deaths-500=x",
            "--conflicts-with",
            "deaths-500=y",
        ),
        "deaths-500 is given two reasons",
    ),
]


@pytest.mark.parametrize(("words", "told"), WRONG)
def test_a_wrong_call_is_told_in_one_line_and_writes_nothing(
    claims: Path, words: tuple[str, ...], told: str
) -> None:
    before = dossier_of(claims).read_bytes()
    ran = called(claims, "add", *words)
    assert (ran.exit_code, ran.stdout) == (2, "")
    last = ran.stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    assert told in last
    assert last.isprintable()
    assert dossier_of(claims).read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "> not a block: really #5",
        "قُتل ثلاثمئة شخص",
        "Ñandú “quoted” and 'quoted' {x: [y]}",
        "null",
        "&anchor *alias !tag %dir @at `tick`",
        "x" * 5_000,
    ],
)
def test_any_text_is_written_as_it_is(claims: Path, text: str) -> None:
    ran = run("add", text, *GIVEN, "--id", "own", cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    shown = json.loads(run("show", "own", "--format", "json", cwd=claims.parent).stdout)
    assert text in json.dumps(shown, ensure_ascii=False).replace('\\"', '"')


def test_a_text_that_begins_with_a_hyphen_goes_behind_two(claims: Path) -> None:
    ran = run("add", *GIVEN, "--id", "own", "--", "- A claim.", cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    assert '  text: "- A claim."\n' in dossier_of(claims).read_text()


def test_line_breaks_in_a_text_become_blanks(claims: Path) -> None:
    assert run("add", "One\r\n  two\tthree\n", *GIVEN, cwd=claims.parent).returncode == 0
    assert "  text: One two three\n" in dossier_of(claims).read_text()


def test_an_option_that_is_repeated_with_the_same_value_counts_once(claims: Path) -> None:
    same = ("--found", "page#2", "--topic", "a", "--topic", "a", "--based-on", "deaths-300")
    ran = run("add", "A claim.", *GIVEN, *same, "--based-on", "deaths-300", cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    text = dossier_of(claims).read_text().removeprefix(DOSSIER)
    assert "  found: page#2\n  based_on: [deaths-300]\n  topics: [a]\n" in text


def add_piped(claims: Path, piped: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run `ledger add` with something piped in."""
    return subprocess.run(
        [LEDGER, "add", *words],
        input=piped,
        capture_output=True,
        check=False,
        cwd=claims.parent,
        env=ENVIRONMENT,
        timeout=60,
    )


def test_a_text_can_be_piped_in(claims: Path) -> None:
    assert add_piped(claims, b"One\ntwo.\n", "-", *GIVEN).returncode == 0
    assert "  text: One two.\n" in dossier_of(claims).read_text()


@pytest.mark.parametrize(("piped", "told"), [(b"\n", b"nothing is piped in"), (b"\xff", b"0xff")])
def test_a_pipe_without_a_text_is_told(claims: Path, piped: bytes, told: bytes) -> None:
    ran = add_piped(claims, piped, "-", *GIVEN)
    assert ran.returncode == 2
    assert ran.stderr.splitlines()[-1].startswith(b"Error: Invalid value for 'TEXT': ")
    assert told in ran.stderr


def test_a_text_of_a_megabyte_is_taken(claims: Path) -> None:
    piped = b"many words " * 100_000
    assert add_piped(claims, piped, "-", *GIVEN).returncode == 0
    assert run("check", cwd=claims.parent).returncode == 0


def test_twenty_at_once_lose_nothing(claims: Path, database: Path) -> None:
    assert database.exists()
    words = ("add", "Three hundred died.", *GIVEN, "--id")
    adders = [start(LEDGER, *words, f"extra-{nth}", cwd=claims.parent) for nth in range(20)]
    for adder in adders:
        with adder:
            told = adder.stdout.read() if adder.stdout else ""
        assert adder.returncode == 0, told
    text = dossier_of(claims).read_text()
    assert all(f"- id: extra-{nth}\n" in text for nth in range(20))
    assert run("check", cwd=claims.parent).returncode == 0


def test_two_at_once_are_proposed_two_ids(claims: Path) -> None:
    adders = [start(LEDGER, "add", "A claim.", *GIVEN, cwd=claims.parent) for _ in range(2)]
    for adder in adders:
        with adder:
            told = adder.stdout.read() if adder.stdout else ""
        assert adder.returncode == 0, told
    text = dossier_of(claims).read_text()
    assert "- id: deaths-page\n" in text
    assert "- id: deaths-page-2\n" in text


def test_whoever_is_killed_leaves_the_old_file_or_the_new_one(claims: Path) -> None:
    chance = random.Random(7)  # noqa: S311 # moments, no secrets
    words = ("add", "Three hundred died.", *GIVEN, "--id")
    written = 0
    for nth in range(12):
        before = dossier_of(claims).read_text()
        process = start(LEDGER, *words, f"extra-{nth}", cwd=claims.parent)
        with process:
            try:
                process.wait(timeout=chance.uniform(0.05, 1.0))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        after = dossier_of(claims).read_text()
        new = f"- id: extra-{nth}\n" in after
        assert after.startswith(before)
        assert new or after == before
        written += new
    assert run("check", cwd=claims.parent).returncode == 0
    assert run("add", "The last.", *GIVEN, cwd=claims.parent).returncode == 0
    assert dossier_of(claims).read_text().count("- id: extra-") == written
    assert [file.name for file in claims.rglob(".*")] == []


def test_a_file_that_cannot_be_written_stays_as_it_was(claims: Path) -> None:
    before = dossier_of(claims).read_bytes()
    (claims / "mali/.village-2022.yaml.new").mkdir()  # where the new content would be put aside
    ran = run("add", "Three hundred died.", *GIVEN, cwd=claims.parent)
    assert ran.returncode == 1
    (told,) = ran.stderr.splitlines()
    assert told.startswith("ledger: cannot write ")
    assert told.endswith("; it is as it was")
    assert dossier_of(claims).read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to the superuser")
def test_a_folder_that_is_read_only_is_told_in_one_line(claims: Path) -> None:
    before = dossier_of(claims).read_bytes()
    dossier_of(claims).parent.chmod(0o500)
    ran = run("add", "Three hundred died.", *GIVEN, cwd=claims.parent)
    dossier_of(claims).parent.chmod(0o700)
    assert ran.returncode == 1
    assert "Permission denied" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert dossier_of(claims).read_bytes() == before


@pytest.mark.parametrize("kib", [0, 1])
def test_a_full_disk_is_told_in_one_line(claims: Path, kib: int) -> None:
    before = dossier_of(claims).read_bytes()

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kib * 1024, kib * 1024))

    ran = subprocess.run(
        [LEDGER, "add", "Three hundred died.", *GIVEN],
        capture_output=True,
        text=True,
        check=False,
        cwd=claims.parent,
        env=ENVIRONMENT,
        preexec_fn=fill,  # the limit must be the command's only
    )
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert ran.stderr.startswith("ledger: ")
    assert dossier_of(claims).read_bytes() == before
    assert [file.name for file in claims.rglob(".*")] == []


@pytest.mark.parametrize("output", [">&-", "| true", ">/dev/full", ">/dev/full 2>/dev/full"])
def test_an_output_that_nobody_takes_is_no_trouble(claims: Path, output: str) -> None:
    words = f"'{LEDGER}' add 'Three hundred died.' --question deaths --value 300 --found page#2"
    ran = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", f"{words} {output}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=claims.parent,
        env=ENVIRONMENT,
    )
    written = "deaths-page" in dossier_of(claims).read_text()
    assert (ran.returncode, written) == (0, True)
    assert "Traceback" not in ran.stderr
    assert "Exception" not in ran.stderr
    assert run("check", cwd=claims.parent).returncode == 0


@pytest.mark.parametrize("text", ["", "-"])
def test_a_closed_input_is_one_that_holds_nothing(claims: Path, text: str) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", f"'{LEDGER}' add {text} --question deaths --found page#2 <&-"],
        capture_output=True,
        text=True,
        check=False,
        cwd=claims.parent,
        env=ENVIRONMENT,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[-1].startswith("Error: ")


def test_it_loads_nothing_that_only_building_and_serving_need(claims: Path) -> None:
    words = ["add", "Three hundred died.", *GIVEN, "--claimant", "army", "--dry-run"]
    program = (
        "import sys\n"
        "from ledger.commands import cli\n"
        f"cli({words!r}, prog_name='ledger', standalone_mode=False)\n"
        "heavy = {'sqlite_utils', 'datasette', 'rich'} & sys.modules.keys()\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=claims.parent,
        env=ENVIRONMENT,
    )
    assert (ran.returncode, ran.stderr) == (0, "Nothing was written: this was a dry run.\n")


def test_nothing_is_coloured_or_drawn(claims: Path) -> None:
    ran = run("add", "Three hundred died.", *GIVEN, cwd=claims.parent, NO_COLOR="", TERM="xterm")
    assert "\x1b" not in ran.stdout + ran.stderr
    assert ROOT.name not in ran.stdout


@pytest.mark.parametrize(
    ("found", "written"),
    [
        (["page"], "page"),
        (["The Page"], "page"),
        (["The Page#page=iv"], '"page#page=iv"'),
        (["page#id=A/7#b", "page#t=1:02:03", "page#2"], "[page#id=A/7#b, page#t=1:02:03, page#2]"),
    ],
)
def test_a_claim_may_be_found_in_any_part_of_a_document_and_nobody_know_its_origins(
    claims: Path, found: list[str], written: str
) -> None:
    places = [word for one in found for word in ("--found", one)]
    words = ("--dossier", "village-2022", "--origins-unknown", *places)
    ran = run("add", "It was so.", *words, cwd=claims.parent)
    assert (ran.returncode, ran.stderr) == (0, "")
    written = written.strip('"')
    text = dossier_of(claims).read_text()
    assert f"  text: It was so.\n  found: {written}\n  origins: unknown\n" in text
    assert run("check", cwd=claims.parent).returncode == 0
