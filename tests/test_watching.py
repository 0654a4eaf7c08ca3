"""Watching: every kind of change is seen, once it is done; and what is new of what is known."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import ledger.weigh.expectations
import ledger.weigh.remarks
from ledger.build import build
from ledger.problems import CODES, Place, Problem, code_of
from ledger.watching import (
    EVERY,
    LONGEST,
    REST,
    WEIGHED,
    LedgerState,
    OpenConflict,
    changes,
    difference,
    look,
    open_conflicts,
    with_problems,
)
from tests.small import DOSSIER, write_folder

ONE = Problem(Place("a.yaml", 3), "unknown-key", "`x` is not a key here", "Accepted: id.")
UNMET = Problem(Place("a.yaml", 9), "expectation-unmet", "`x` has 2 positions", "Correct it.")
REMARK = Problem(Place("b.yaml", 1), "says-both", "one says both", "Look again.", "remark")
FIRST = OpenConflict("one", "two", "deaths", "conflict", "sides", "They exclude each other.")


class Enough(Exception):  # noqa: N818 # not an error: the end of a test's patience
    """Nothing more is going to change."""


def stepping(*steps: Callable[[], object]) -> Callable[[float], None]:
    """Return a pause in which the next step is taken instead of waiting; after the last, no more.

    Two pauses follow each step, so that a change can come to rest.
    """
    rest: list[Callable[[], object]] = [lambda: None, lambda: None]
    todo = iter([move for step in steps for move in (step, *rest)])

    def pause(_: float) -> None:
        move = next(todo, None)
        if move is None:
            raise Enough
        move()

    return pause


def seen_while(folder: Path, *steps: Callable[[], object]) -> list[list[str]]:
    """Return the changes that are seen while some steps are taken."""
    found: list[list[str]] = []
    with pytest.raises(Enough):
        found.extend(changes(folder, look(folder), stepping(*steps)))
    return found


def test_each_kind_of_change_is_seen(claims: Path) -> None:
    village = claims / "mali" / "village-2022.yaml"
    new = claims / "niger" / "new.yaml"
    aside = claims / "mali" / ".village-2022.yaml.swp"

    def by_rename() -> None:
        aside.write_text(village.read_text(encoding="utf-8"), encoding="utf-8")
        aside.replace(village)

    assert seen_while(
        claims,
        lambda: village.write_text(f"{DOSSIER}# more\n", encoding="utf-8"),
        lambda: write_folder(claims, {"niger/new.yaml": "title: New\n"}),
        by_rename,
        lambda: new.rename(claims / "old.yaml"),
        (claims / "old.yaml").unlink,
    ) == [
        ["mali/village-2022.yaml"],
        ["niger/new.yaml"],
        ["mali/village-2022.yaml"],
        ["niger/new.yaml", "old.yaml"],
        ["old.yaml"],
    ]


def test_a_file_of_the_same_size_and_time_is_seen_to_have_changed(claims: Path) -> None:
    village = claims / "mali" / "village-2022.yaml"
    before = village.stat()

    def rewrite() -> None:
        village.write_text(DOSSIER.replace("~300", "~301"), encoding="utf-8")
        os.utime(village, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert seen_while(claims, rewrite) == [["mali/village-2022.yaml"]]


def test_nothing_is_seen_where_nothing_changes(claims: Path) -> None:
    assert seen_while(claims, lambda: None, lambda: look(claims)) == []


@pytest.mark.parametrize(
    "name", [".hidden.yaml", ".schema/dossier.json", "README.md", "ledger.db", "mali/x.yaml~"]
)
def test_files_that_no_build_takes_note_of_are_not_looked_at(claims: Path, name: str) -> None:
    assert seen_while(claims, lambda: write_folder(claims, {name: "title: x\n"})) == []


def test_a_file_that_somebody_may_believe_to_be_read_is_looked_at(claims: Path) -> None:
    for name in ("coup.yml", "LOUD.YAML", "claims.json"):
        assert seen_while(claims, (claims / name).touch) == [[name]]
    link = claims / "link"
    assert seen_while(claims, lambda: link.symlink_to("/")) == [["link"]]


def test_a_hidden_folder_that_takes_anothers_place_behind_links_is_seen(claims: Path) -> None:
    for folder in ("..1", "..2"):
        write_folder(claims, {f"{folder}/new.yaml": f"title: {folder}\n"})
    data, aside = claims / "..data", claims / "..aside"
    data.symlink_to("..1")
    (claims / "new.yaml").symlink_to("..data/new.yaml")

    def switch() -> None:
        aside.symlink_to("..2")
        aside.replace(data)

    assert seen_while(claims, switch) == [["new.yaml"]]


def test_many_changes_within_a_moment_are_one(claims: Path) -> None:
    writes = [
        lambda number=number: write_folder(claims, {f"{number}.yaml": "title: x\n"})
        for number in range(5)
    ]
    steps = iter(writes)

    def pause(_: float) -> None:
        step = next(steps, None)
        if step:
            step()

    first = next(changes(claims, look(claims), pause))
    assert first == [f"{number}.yaml" for number in range(5)]


def test_what_changed_before_the_watch_began_is_seen_first(claims: Path) -> None:
    before = look(claims)
    write_folder(claims, {"new.yaml": "title: x\n"})
    assert next(changes(claims, before, lambda _: None)) == ["new.yaml"]


def test_what_changes_while_the_caller_works_comes_next(claims: Path) -> None:
    watch = changes(claims, look(claims), stepping(lambda: write_folder(claims, {"a.yaml": "1"})))
    assert next(watch) == ["a.yaml"]
    write_folder(claims, {"b.yaml": "1"})
    assert next(watch) == ["b.yaml"]


def test_a_change_that_is_undone_at_once_is_none(claims: Path) -> None:
    new = claims / "new.yaml"
    steps: Iterator[Callable[[], object]] = iter([new.touch, new.unlink])

    def pause(_: float) -> None:
        next(steps, stop)()

    def stop() -> None:
        raise Enough

    with pytest.raises(Enough):
        next(changes(claims, look(claims), pause))


def test_a_file_that_never_stops_changing_is_not_waited_for_for_ever(
    claims: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.watching.LONGEST", 0.05)
    number = itertools.count()

    def write_on(_: float) -> None:
        (claims / "log.yaml").write_text("x" * next(number), encoding="utf-8")

    assert next(changes(claims, look(claims), write_on)) == ["log.yaml"]
    assert REST < EVERY < LONGEST


def test_a_folder_that_goes_and_comes_back_is_watched_on(claims: Path) -> None:
    away = claims.with_name("away")
    files = sorted(look(claims))
    assert seen_while(claims, lambda: claims.rename(away), lambda: away.rename(claims)) == [
        files,
        files,
    ]


def test_the_open_conflicts_are_those_of_the_database(claims: Path, database: Path) -> None:
    found = open_conflicts(database)
    assert [(one.one, one.other, one.question) for one in found] == [
        ("deaths-300", "deaths-500", "deaths"),
        ("killers-army", "killers-rebels", "killers"),
    ]
    assert found[0].reason == "The totals exclude each other."
    dismissed = DOSSIER.replace("conflicts:\n    deaths-300:", "compatible:\n    deaths-300:")
    write_folder(claims, {"mali/village-2022.yaml": dismissed})
    assert build(claims, database).problems == []
    assert open_conflicts(database) == found[1:]


def test_without_a_database_there_are_no_conflicts(tmp_path: Path) -> None:
    assert open_conflicts(tmp_path / "none.db") == ()


def test_a_problem_that_only_moved_is_neither_new_nor_gone() -> None:
    moved = replace(ONE, place=Place("a.yaml", 7))
    told = difference(LedgerState((ONE,)), LedgerState((moved,)), ["a.yaml"])
    assert (told.found, told.gone) == ([], [])


def test_a_problem_that_is_there_twice_is_new_once() -> None:
    second = replace(ONE, place=Place("a.yaml", 7))
    told = difference(LedgerState((ONE,)), LedgerState((ONE, second)), ["a.yaml"])
    assert (told.found, told.gone) == ([second], [])
    told = difference(LedgerState((ONE, second)), LedgerState((ONE,)), ["a.yaml"])
    assert (told.found, told.gone) == ([], [second])


def test_a_conflict_that_becomes_a_tension_is_told() -> None:
    tension = replace(FIRST, strength="tension")
    reworded = replace(FIRST, reason="Another reason.")
    told = difference(LedgerState((), (FIRST,)), LedgerState((), (tension,)), [])
    assert (told.conflicts, told.settled) == ([tension], [FIRST])
    told = difference(LedgerState((), (FIRST,)), LedgerState((), (reworded,)), [])
    assert (told.conflicts, told.settled) == ([], [])


def test_what_was_not_looked_for_is_not_gone() -> None:
    before = LedgerState((UNMET, REMARK), (FIRST,))
    after = with_problems(before, [ONE])
    told = difference(before, after, ["a.yaml"])
    assert (told.found, told.gone, told.settled) == ([ONE], [], [])
    sound = difference(after, LedgerState((REMARK,), (FIRST,)), ["a.yaml"])
    assert (sound.found, sound.gone) == ([], [ONE, UNMET])


def test_what_was_looked_for_and_not_found_is_gone() -> None:
    other = replace(UNMET, what="`y` has 2 positions")
    told = difference(
        LedgerState((UNMET,)), with_problems(LedgerState((UNMET,)), [other]), ["a.yaml"]
    )
    assert (told.found, told.gone) == ([other], [UNMET])


def test_remarks_that_were_not_known_are_told_where_a_file_changed() -> None:
    before = LedgerState(whole=False)
    after = LedgerState((REMARK, replace(REMARK, place=Place("c.yaml", 1))))
    assert difference(before, after, ["b.yaml"]).found == [REMARK]
    assert difference(LedgerState(), after, ["b.yaml"]).found == list(after.found)


def test_the_codes_of_what_is_weighed_are_those_that_weighing_defines() -> None:
    found = {
        code_of(function)
        for module in (ledger.weigh.expectations, ledger.weigh.remarks)
        for function in vars(module).values()
        if callable(function)
        and getattr(function, "__module__", "").startswith("ledger.weigh.")
        and code_of(function) in CODES
    }
    remarks = {"contested-unasked", "not-borne-out", "says-both"}
    assert found - remarks == WEIGHED
