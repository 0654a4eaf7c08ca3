"""What a change brings: conflicts that begin and end, the position it joins, new problems."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ledger.edit import Editing, editing
from ledger.edit.adding import add_claim
from ledger.edit.effect import View, effect_between
from ledger.problems import Place, Problem
from ledger.read.yaml_file import Data

VILLAGE: Final = "mali/village-2022.yaml"


def add(edit: Editing, value: str, **more: Data) -> None:
    claim: dict[str, Data] = {"id": "new", "text": "So many.", "question": "deaths", "value": value}
    add_claim(edit, VILLAGE, claim | {"found": "page#2", "claimant": "state"} | more)


def test_a_new_claim_contradicts_and_joins(claims: Path, database: Path) -> None:
    with editing(claims, database) as edit:
        add(edit, "310")
        effect = edit.effect()
        joined = effect.joined("new")
    assert effect.found == []
    found = {pair: (one.strength, one.origin) for pair, one in effect.new_conflicts().items()}
    assert found == {("deaths-500", "new"): ("conflict", "detected")}
    assert effect.ended_conflicts() == {}
    assert joined is not None
    now, then = joined
    assert (now.label, now.n_claims, now.n_origins) == ("310 · about 300", 2, 2)
    assert then is not None
    assert (then.n_claims, then.n_origins) == (1, 1)


def test_a_claim_that_nobody_shares_takes_a_position_of_its_own(
    claims: Path, database: Path
) -> None:
    with editing(claims, database) as edit:
        add(edit, "7")
        effect = edit.effect()
        joined = effect.joined("new")
    assert joined is not None
    assert (joined[0].n_claims, joined[1]) == (1, None)
    assert len(effect.new_conflicts()) == 2
    assert (effect.before.questions["deaths"].n_positions) == 2
    assert (effect.after.questions["deaths"].n_positions) == 3
    assert effect.joined("date-given") is None


def test_a_conflict_ends_with_a_retraction_or_a_later_word_and_begins_again(
    claims: Path, database: Path
) -> None:
    with editing(claims, database) as edit:
        edit.put_in_claim("killers-army", ["retracted"], {"on": "2024", "because": "Wrong."})
        effect = edit.effect()
        assert effect.ended_conflicts().keys() == {("killers-army", "killers-rebels")}
        assert effect.after.claims["killers-army"].status == "retracted"
        edit.write()
    with editing(claims, database) as edit:
        edit.remove_in_claim("killers-army", ["retracted"])
        assert edit.effect().new_conflicts().keys() == {("killers-army", "killers-rebels")}
    with editing(claims, database) as edit:
        add(edit, "500+", claimant="witnesses", supersedes="deaths-300")
        effect = edit.effect()
        assert effect.ended_conflicts().keys() == {("deaths-300", "deaths-500")}
        edit.write()
    with editing(claims, database) as edit:
        edit.remove_in_claim("new", ["supersedes"])
        assert edit.effect().new_conflicts().keys() == {
            ("deaths-300", "deaths-500"),
            ("deaths-300", "new"),
        }


def test_a_claim_on_another_question_that_falls_or_rises_is_told_of(
    claims: Path, database: Path
) -> None:
    with editing(claims, database) as edit:
        edit.put_in_claim("killers-army", ["supersedes"], "deaths-300")
        assert edit.effect().ended_conflicts().keys() == {("deaths-300", "deaths-500")}
        edit.write()
    with editing(claims, database) as edit:
        edit.remove_in_claim("killers-army", ["supersedes"])
        assert edit.effect().new_conflicts().keys() == {("deaths-300", "deaths-500")}


def test_a_file_with_problems_is_not_weighed(claims: Path, database: Path) -> None:
    with editing(claims, database) as edit:
        add(edit, "many")
        effect = edit.effect()
    assert [one.code for one in effect.problems] == ["value-unreadable"]
    assert (effect.before.weighed, effect.after.weighed) == (True, False)
    assert effect.joined("new") is None


def problem(line: int, what: str, path: str = "a.yaml") -> Problem:
    return Problem(Place(path, line), "code", what, "Remedy.")


def test_a_problem_that_moved_is_not_new_and_one_more_of_its_kind_is() -> None:
    before = View([problem(3, "one"), problem(9, "two")], weighed=False)
    moved = View([problem(4, "one"), problem(10, "two")], weighed=False)
    assert effect_between(before, moved).problems == []
    more = View([*moved.found, problem(12, "two"), problem(3, "one", "b.yaml")], weighed=False)
    assert effect_between(before, more).problems == [
        problem(12, "two"),
        problem(3, "one", "b.yaml"),
    ]


def test_remarks_are_no_problems(claims: Path, database: Path) -> None:
    with editing(claims, database) as edit:
        add(edit, "900", claimant="witnesses")
        effect = edit.effect()
    assert [one.code for one in effect.found] == ["says-both"]
    assert effect.problems == []


def test_a_relay_that_says_otherwise_is_told_with_both_values(claims: Path, database: Path) -> None:
    with editing(claims, database) as edit:
        add(edit, "203", based_on=["deaths-300"])
        effect = edit.effect()
    assert effect.new_altered() == {("new", "deaths-300"): ("203", "~300")}
    assert effect.new_conflicts()["deaths-300", "new"].nature == "retelling"
    with editing(claims, database) as edit:
        add(edit, "310", based_on=["deaths-300"])
        assert edit.effect().new_altered() == {}


def test_a_conflict_across_questions_names_the_two(claims: Path, database: Path) -> None:
    reason: Data = {"deaths-300": "They exclude each other."}
    with editing(claims, database) as edit:
        edit.put_in_claim("killers-rebels", ["conflicts"], reason)
        told = edit.effect().new_conflicts()["deaths-300", "killers-rebels"]
    assert (told.question, told.question_a, told.question_b) == (None, "deaths", "killers")
    assert told.nature == "sides"


def test_a_position_that_more_outlets_carry_is_told_with_what_it_had(
    claims: Path, database: Path
) -> None:
    with editing(claims, database) as edit:
        edit.put_in_claim("deaths-300", ["cites"], [{"outlet": "wire"}])
        ((now, then),) = edit.effect().supported()
    assert (then.n_outlets, then.n_outlets_nearby) == (1, 2)
    assert (now.n_outlets, now.n_outlets_nearby) == (2, 0)
