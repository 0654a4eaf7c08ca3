"""Editing: changes are gathered, judged and written together, or nothing is."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ledger.build import build, check_folder
from ledger.edit import CLAIM_KEYS, EditRefusedError, editing
from ledger.edit.adding import add_claim
from ledger.edit.editing import Editing
from ledger.problems import LedgerError, Place, Problem
from ledger.read.yaml_file import Data
from tests.edit.processes import run_program, start_program
from tests.small import DOSSIER
from tests.worlds import World, draw_change, draw_world, without_compatible, write_world

VILLAGE: Final = "mali/village-2022.yaml"

# Adds claims, one command after the other, each of which looks at the files anew.
ADD: Final = """
import sys
from pathlib import Path
from ledger.edit import editing
from ledger.edit.adding import add_claim

claims, name = Path(sys.argv[1]), sys.argv[2]
print("begun", flush=True)
for number in range(int(sys.argv[3])):
    claim = {"id": f"{name}-{number}", "text": f"Said {name} {number}.", "found": "page#2"}
    with editing(claims) as edit:
        add_claim(edit, "mali/village-2022.yaml", claim)
        edit.write()
"""

CLAIM: Final[dict[str, Data]] = {"id": "new", "text": "It is new.", "found": "page#2"}


def ids_in(claims: Path) -> list[str]:
    with editing(claims, claims / "none.db") as edit:
        return edit.claim_ids()


def codes(problems: list[Problem]) -> list[str]:
    return [one.code for one in problems]


def test_two_commands_at_once_lose_nothing(claims: Path) -> None:
    before = ids_in(claims)
    running = [start_program(ADD, claims, name, "6") for name in ("ann", "bob", "cleo")]
    for process in running:
        with process:
            assert process.communicate(timeout=120)[0] == "begun\n"
    added = [f"{name}-{number}" for name in ("ann", "bob", "cleo") for number in range(6)]
    assert ids_in(claims) == sorted([*before, *added])
    assert (claims / VILLAGE).read_text(encoding="utf-8").startswith(DOSSIER)
    assert check_folder(claims) == []


def test_a_command_that_is_killed_leaves_the_old_file_or_the_new_one(claims: Path) -> None:
    for number in range(6):
        with start_program(ADD, claims, f"run-{number}", "50") as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.02 + number / 40)
            process.kill()
            process.stdout.read()
        text = (claims / VILLAGE).read_text(encoding="utf-8")
        assert text.startswith(DOSSIER)
        assert check_folder(claims) == []
    run_program(ADD, claims, "last", "1")
    assert "last-0" in ids_in(claims)
    assert [name for name in os.listdir(claims / "mali") if name.startswith(".")] == []  # noqa: PTH208 # names are enough


def test_a_change_that_would_bring_a_problem_is_refused_and_can_be_forced(
    claims: Path, database: Path
) -> None:
    broken: dict[str, Data] = {**CLAIM, "based_on": ["nobody"]}
    with editing(claims, database) as edit:
        add_claim(edit, VILLAGE, broken)
        with pytest.raises(EditRefusedError, match=r"bring 1 new problem$") as told:
            edit.write()
        assert codes(told.value.problems) == ["unknown-reference"]
        assert (claims / VILLAGE).read_text(encoding="utf-8") == DOSSIER
        assert codes(edit.write(force=True).problems) == ["unknown-reference"]
    assert codes(check_folder(claims)) == ["unknown-reference"]
    with editing(claims, database) as edit:
        # An old problem is no reason to refuse a change, wherever its line has moved to.
        edit.put(VILLAGE, ("when",), "2022-03")
        edit.put(VILLAGE, ("about-nothing",), "x")
        assert codes(edit.effect().problems) == ["unknown-key"]


@pytest.mark.parametrize("stem", ["village-2022", "other"])
def test_a_dossier_whose_name_is_taken_elsewhere_is_refused(
    claims: Path, database: Path, stem: str
) -> None:
    with editing(claims, database) as edit:
        edit.create(f"elsewhere/{stem}.yaml", "title: A title\n")
        expected = ["id-used-twice"] if stem == "village-2022" else []
        assert codes(edit.effect().problems) == expected
        with pytest.raises(LedgerError, match=r"is there already$"):
            edit.create(VILLAGE, "title: A title\n")


def test_a_claim_whose_id_is_taken_in_a_file_that_was_not_touched_is_refused(
    claims: Path, database: Path
) -> None:
    (claims / "other.yaml").write_text("title: Other\n", encoding="utf-8")
    with editing(claims, database) as edit:
        assert edit.has_claim("deaths-300")
        add_claim(edit, "other.yaml", {**CLAIM, "id": "deaths-300"})
        assert codes(edit.effect().problems) == ["id-used-twice"]


def test_an_expectation_that_a_change_elsewhere_breaks_is_a_new_problem(
    claims: Path, database: Path
) -> None:
    """The relay's origins are those of what it relays, two steps and two files away."""
    relay = "title: R\nclaims:\n- {id: relay, text: R., found: page#3, based_on: [date-given]}\n"
    last = (
        "title: L\nquestions: {heard: {asks: Who?, answer: text}}\n"
        "claims:\n- {id: last, text: L., found: page#3, based_on: [relay, deaths-300], "
        "question: heard, value: x}\nexpect: [last has at least 2 origins]\n"
    )
    (claims / "relay.yaml").write_text(relay, encoding="utf-8")
    (claims / "last.yaml").write_text(last, encoding="utf-8")
    assert build(claims, database).problems == []
    with editing(claims, database) as edit:
        edit.put_in_claim("date-given", ["claimant"], "witnesses")
        assert codes(edit.effect().problems) == ["expectation-unmet"]
    with editing(claims, database) as edit:
        edit.put_in_claim("date-given", ["claimant"], "state")
        assert edit.effect().problems == []


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_byte_order_mark_and_line_breaks_stay(claims: Path, mark: bytes, line_break: str) -> None:
    old = mark + DOSSIER.replace("\n", line_break).encode()
    (claims / VILLAGE).write_bytes(old)
    with editing(claims) as edit:
        add_claim(edit, VILLAGE, CLAIM)
        assert edit.changed().keys() == {VILLAGE}
        edit.write()
    added = ["", "- id: new", "  text: It is new.", "  found: page#2", ""]
    assert (claims / VILLAGE).read_bytes() == old + line_break.join(added).encode()


def test_a_change_that_changes_nothing_writes_nothing(claims: Path) -> None:
    before = (claims / VILLAGE).stat().st_mtime_ns
    with editing(claims) as edit:
        edit.put_in_claim("deaths-300", ["claimant"], "witnesses")
        assert edit.changed() == {}
        edit.write()
    assert (claims / VILLAGE).stat().st_mtime_ns == before


def test_a_claim_is_changed_wherever_it_stands(claims: Path, database: Path) -> None:
    line = {"id": "bulk", "text": "Bulk.", "found": "page#2", "dossier": "village-2022"}
    bulk = f"\n{json.dumps(line)}\n"
    (claims / "bulk.jsonl").write_text(bulk, encoding="utf-8")
    for _ in range(2):  # while the database does not know of the file, and when it does
        with editing(claims, database) as edit:
            assert edit.find_claim("bulk") == ("bulk.jsonl", 2)
            assert edit.place_of_claim("bulk") == Place("bulk.jsonl", 2)
            assert edit.claim("bulk")["text"] == "Bulk."
            edit.put_in_claim("bulk", ["conflicts", "date-given"], "They differ.")
            assert edit.effect().new_conflicts().keys() == {("bulk", "date-given")}
            edit.remove_in_claim("bulk", ["conflicts", "date-given"])
            assert edit.changed().keys() <= {"bulk.jsonl"}
            assert edit.effect().new_conflicts() == {}
        assert build(claims, database).problems == []
    with editing(claims, database) as edit:
        edit.put_in_claim("deaths-500", ["hedge"], "alleged")
        assert edit.find_claim("deaths-500") == (VILLAGE, 1)
        assert edit.place_of_claim("deaths-500") == Place(VILLAGE, 24)


def test_keys_of_a_claim_stand_in_their_order(claims: Path) -> None:
    with editing(claims) as edit:
        for key in ("note", "hedge", "made"):
            edit.put_in_claim("date-given", [key], "2022")
        keys = list(edit.claim("date-given"))
    assert keys == sorted(keys, key=CLAIM_KEYS.index)


def test_files_that_moved_or_went_since_the_build_are_not_believed(
    claims: Path, database: Path
) -> None:
    (claims / VILLAGE).rename(claims / "village-2022.yaml")
    with editing(claims, database) as edit:
        assert edit.find_claim("deaths-300") == ("village-2022.yaml", 0)
        assert edit.find_question("killers") == "village-2022.yaml"
    (claims / "village-2022.yaml").unlink()
    with editing(claims, database) as edit:
        assert not edit.has_claim("deaths-300")
        assert edit.claim_ids() == edit.question_ids() == []
        for find, name in ((edit.find_claim, "deaths-300"), (edit.find_question, "deaths")):
            with pytest.raises(LedgerError, match=f"^there is no .* {name}$"):
                find(name)


def test_a_change_to_a_file_that_a_changed_register_has_read_anew_too_reads_it_once(
    claims: Path, database: Path
) -> None:
    actors, documents = claims / "actors.yaml", claims / "documents.yaml"
    actors.write_text(actors.read_text(encoding="utf-8") + "editor: {name: Editor}\n", "utf-8")
    register = documents.read_text(encoding="utf-8")
    first = register.splitlines()[0]
    assert first.startswith("page:")
    documents.write_text(f"{register.rstrip()}\n  voice: editor\n", "utf-8")
    with editing(claims, database) as edit:
        edit.put_in_claim("deaths-500", ["hedge"], "alleged")
        assert edit.effect().problems == []


def test_a_file_that_is_no_text_is_told(claims: Path) -> None:
    (claims / VILLAGE).write_bytes(b"title: \xff\n")
    with (
        editing(claims) as edit,
        pytest.raises(LedgerError, match="is not text: the byte 0xff is not UTF-8"),
    ):
        edit.put(VILLAGE, ("title",), "x")


def sound(folder: Path, world: World) -> World:
    """Return a world, written to a folder, that has no problem."""
    for one in (world, without_compatible(world)):
        if not any(found.level == "problem" for found in check_folder(write_world(folder, one))):
            return one
    assume(False)
    raise AssertionError


def change_something(rng: Random, edit: Editing, world: World) -> None:
    """Change a claim, so that it may or may not be sound."""
    name, other = rng.choice(list(world.claims)), rng.choice(list(world.claims))
    declared: Data = {"because": "X.", "strength": "conflict"}
    changes: list[tuple[list[str], Data]] = [
        (["conflicts", other], declared),
        (["compatible", other], "Both can be true."),
        (["based_on"], [other]),
        (["supersedes"], other),
        (["retracted"], {"on": "2024", "because": "Wrong."}),
        (["value"], rng.choice(["10", "100", "army", "yes"])),
        (["question"], rng.choice(list(world.questions))),
    ]
    held = [keys for keys, _ in changes if keys[0] in edit.claim(name)]
    if held and rng.random() > 0.7:
        edit.remove_in_claim(name, rng.choice(held)[:1])
    else:
        edit.put_in_claim(name, *rng.choice(changes))


EXPECTED: Final = """
SELECT q.dossier, q.id || ' has ' || n_positions || ' positions' FROM questions q
UNION ALL SELECT dossier, id || ' has at least ' || coalesce(n_origins, 0) || ' origins'
    FROM claims
UNION ALL SELECT c.dossier, claim_a || ' conflicts with ' || claim_b
    FROM conflicts k JOIN claims c ON c.id = k.claim_a WHERE k.state = 'open'
UNION ALL SELECT a.dossier, a.id || ' is compatible with ' || b.id
    FROM claims a JOIN claims b ON a.id < b.id
    WHERE (a.id, b.id) NOT IN (SELECT claim_a, claim_b FROM conflicts)
ORDER BY 2
"""


def with_expectations(rng: Random, claims: Path, database: Path, world: World) -> World:
    """Return a world in which dossiers expect some of what is so, built anew."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(EXPECTED).fetchall()
    for dossier, expectation in rng.sample(rows, min(6, len(rows))):
        if dossier in world.paths:
            world.expect.setdefault(dossier, []).append(expectation)
    assert build(write_world(claims, world), database).problems == []
    return world


def told(problems: list[Problem]) -> Counter[tuple[str, str, str]]:
    """Return how often each problem is told, whatever line it stands on."""
    wrong = [one for one in problems if one.level == "problem"]
    return Counter((one.place.path, one.code, one.what) for one in wrong)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
@given(st.randoms(use_true_random=False))
def test_the_new_problems_of_a_change_are_those_that_check_would_tell(rng: Random) -> None:
    with TemporaryDirectory() as name:
        claims, database = Path(name, "claims"), Path(name, "ledger.db")
        world = sound(claims, draw_world(rng))
        assert build(claims, database).problems == []
        if rng.random() > 0.5:
            world = with_expectations(rng, claims, database, world)
        elif rng.random() > 0.5:
            world = sound(claims, draw_change(rng, world))
        with editing(claims, database) as edit:
            for _ in range(rng.choice([1, 1, 2])):
                change_something(rng, edit, world)
            effect = edit.effect()
            edit.commit()
        assert told(effect.problems) == told(check_folder(claims))
