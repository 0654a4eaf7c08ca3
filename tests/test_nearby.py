"""Nearby: what is found in a part of the ledger is what a whole build would find."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ledger.build import build
from ledger.check import check_draft
from ledger.draft import Draft, open_draft
from ledger.index import Ids, Index, open_index
from ledger.nearby import open_nearby
from ledger.read import read_folder
from ledger.weigh import weigh_draft
from tests.small import write_folder
from tests.weigh.weighing import REGISTERS, Record, claim
from tests.worlds import World, draw_change, draw_world, without_compatible, write_world

Rows = list[tuple[object, ...]]

WEIGHT: Final = """
SELECT w.claim, w.position, w.status, w.n_origins, w.n_conflicts, w.interest,
    m.low, m.high, m.low_open, m.high_open, m.earliest, m.latest
FROM draft_claim_weight w JOIN draft_claim c ON c.id = w.claim
LEFT JOIN draft_meaning m ON m.id = w.meaning
"""

OF_QUESTION: Final = {
    "positions": "SELECT * FROM draft_position WHERE question = :id",
    "state": "SELECT * FROM draft_question_weight WHERE question = :id",
    "claims": f"{WEIGHT} WHERE c.question = :id ORDER BY w.claim",
    "fits": (
        "SELECT p.* FROM draft_claim_position p JOIN draft_claim c ON c.id = p.claim "
        "WHERE c.question = :id ORDER BY p.claim, p.position"
    ),
    "conflicts": (
        "SELECT * FROM draft_conflict k WHERE EXISTS (SELECT 1 FROM draft_claim c "
        "WHERE c.question = :id AND c.id IN (k.claim_a, k.claim_b)) ORDER BY claim_a, claim_b"
    ),
}
"""What weighing finds for a question."""

OF_CLAIM: Final = {
    "weight": f"{WEIGHT} WHERE w.claim = :id",
    "conflicts": (
        "SELECT * FROM draft_conflict WHERE :id IN (claim_a, claim_b) ORDER BY claim_a, claim_b"
    ),
}
"""What weighing finds for a claim."""

slowly = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def found_of(draft: Draft, asked: Mapping[str, str], names: Iterable[str]) -> dict[str, Rows]:
    draft.finish()
    return {
        f"{what} of {name}": draft.connection.execute(sql, {"id": name}).fetchall()
        for what, sql in asked.items()
        for name in sorted(names)
    }


def whole(claims: Path, world: World) -> dict[str, Rows] | None:
    """Return what a whole build finds; None if the folder has a problem."""
    with open_draft(claims) as draft:
        if [*read_folder(draft), *check_draft(draft)]:
            return None
        if any(one.level == "problem" for one in weigh_draft(draft)):
            return None
        of_questions = found_of(draft, OF_QUESTION, world.questions)
        return of_questions | found_of(draft, OF_CLAIM, world.claims)


def near(index: Index, world: World, texts: Mapping[str, bytes]) -> dict[str, Rows]:
    """Return what is found for each question and each claim on its own."""
    found: dict[str, Rows] = {}
    for name in world.questions:
        with open_nearby(index, Ids(questions=frozenset([name])), texts) as nearby:
            assert nearby.weigh()
            assert nearby.problems == []
            found |= found_of(nearby.draft, OF_QUESTION, [name])
    for name, one in world.claims.items():
        with open_nearby(index, Ids(claims=frozenset([name])), texts) as nearby:
            assert nearby.weigh()
            assert nearby.problems == []
            found |= found_of(nearby.draft, OF_CLAIM, [name])
            if question := one.get("question"):
                mine = found_of(nearby.draft, OF_QUESTION, [question])
                assert {key: found[key] for key in mine} == mine
    return found


def sound(folder: Path, world: World) -> World:
    """Return a world, written to a folder, in which nothing is wrong."""
    for one in (world, without_compatible(world)):
        if whole(write_world(folder, one), one) is not None:
            return one
    assume(False)
    raise AssertionError


@slowly
@given(st.randoms(use_true_random=False))
def test_after_any_change_to_the_files_each_question_and_claim_is_as_in_a_whole_build(
    rng: Random,
) -> None:
    with TemporaryDirectory() as name:
        claims, database = Path(name, "claims"), Path(name, "ledger.db")
        world = sound(claims, draw_world(rng))
        assert build(claims, database).problems == []
        changed = sound(claims, draw_change(rng, world))
        with open_index(claims, database) as index:
            assert near(index, changed, {}) == whole(claims, changed)


@settings(slowly, max_examples=10)
@given(st.randoms(use_true_random=False))
def test_what_files_would_hold_is_weighed_as_if_they_held_it(rng: Random) -> None:
    with TemporaryDirectory() as name:
        claims, database, aside = Path(name, "claims"), Path(name, "ledger.db"), Path(name, "aside")
        world = sound(claims, draw_world(rng))
        assert build(claims, database).problems == []
        changed = sound(aside, draw_change(rng, world))
        old, new = world.files(), changed.files()
        assume(old.keys() <= new.keys())
        write_world(claims, world)
        texts = {path: text.encode() for path, text in new.items() if old.get(path) != text}
        with open_index(claims, database) as index:
            assert near(index, changed, texts) == whole(aside, changed)


@settings(slowly, max_examples=5)
@given(st.randoms(use_true_random=False))
def test_without_a_database_everything_is_read(rng: Random) -> None:
    with TemporaryDirectory() as name:
        claims = Path(name, "claims")
        world = sound(claims, draw_world(rng))
        with open_index(claims, Path(name, "ledger.db")) as index:
            assert near(index, world, {}) == whole(claims, world)
        assert not Path(name, "ledger.db").exists()


def bulk(**files: list[Record]) -> dict[str, str]:
    """Return files with claims a line, and the dossier with their questions."""
    questions: Record = {
        "deaths": {"asks": "How many?", "answer": "quantity"},
        "killers": {"asks": "Who?", "answer": "actor"},
    }
    lines = {
        f"{name}.jsonl": "".join(json.dumps(one | {"dossier": "event"}) + "\n" for one in claims)
        for name, claims in files.items()
    }
    return REGISTERS | {"event.yaml": json.dumps({"title": "T", "questions": questions})} | lines


def status_after(tmp_path: Path, change: Mapping[str, str | None], name: str) -> object:
    """Return a claim's status and number of conflicts after files have changed (None: deleted)."""
    claims = tmp_path / "claims"
    for path, text in change.items():
        if text is None:
            (claims / path).unlink()
        else:
            (claims / path).write_text(text, encoding="utf-8")
    with (
        open_index(claims, tmp_path / "ledger.db") as index,
        open_nearby(index, Ids(claims=frozenset([name]))) as nearby,
    ):
        assert nearby.weigh()
        sql = "SELECT status, n_conflicts FROM draft_claim_weight WHERE claim = ?"
        (found,) = nearby.draft.rows(sql, [name])
        return found


DECLARED: Final = {"because": "They exclude each other.", "strength": "conflict"}


@pytest.mark.parametrize("asked", ["a", "b"])
@pytest.mark.parametrize("declarer", ["a", "b"])
def test_a_claim_that_is_superseded_no_more_conflicts_again_though_the_database_forgot_it(
    tmp_path: Path, declarer: str, asked: str
) -> None:
    other = {"a": "b", "b": "a"}[declarer]
    told: Record = {"conflicts": {other: DECLARED}}
    one = claim("a", None, None, claimant="ann", **(told if declarer == "a" else {}))
    two = claim("b", None, None, claimant="bob", **(told if declarer == "b" else {}))
    later = claim("c", None, None, claimant="bob", supersedes="b")
    claims = write_folder(tmp_path / "claims", bulk(x=[one], y=[two], z=[later]))
    assert build(claims, tmp_path / "ledger.db").counts["n_conflicts"] == 0
    assert status_after(tmp_path, {"z.jsonl": None}, asked) == ("contested", 1)


def test_a_claim_moved_to_another_question_is_found_superseded_by_one_in_an_unchanged_file(
    tmp_path: Path,
) -> None:
    moved = claim("a", "killers", "army", claimant="ann")
    other = claim("b", "deaths", 5, claimant="bob")
    later = claim("c", None, None, claimant="ann", supersedes="a")
    claims = write_folder(tmp_path / "claims", bulk(x=[moved], y=[other], z=[later]))
    assert build(claims, tmp_path / "ledger.db").problems == []
    moved |= {"question": "deaths", "value": 900}
    change = {"x.jsonl": bulk(x=[moved])["x.jsonl"]}
    assert status_after(tmp_path, change, "b") == ("single origin", 0)
    assert status_after(tmp_path, {}, "a") == ("superseded", 0)


def test_a_chain_of_relays_through_changed_and_unchanged_files_by_turns_is_followed_to_its_end(
    tmp_path: Path,
) -> None:
    """Twenty claims, each based on the one before, every other one in a file that changed."""
    length = 20
    chain = [claim("c00", None, None, claimant="cleo")]
    chain += [
        claim(f"c{nth:02}", None, None, based_on=[f"c{nth - 1:02}"]) for nth in range(1, length)
    ]
    files = {f"f{nth:02}": [one] for nth, one in enumerate(chain)}
    claims = write_folder(tmp_path / "claims", bulk(**files))
    assert build(claims, tmp_path / "ledger.db").problems == []
    for nth in range(0, length, 2):
        with (claims / f"f{nth:02}.jsonl").open("a", encoding="utf-8") as file:
            file.write("\n")
    with (
        open_index(claims, tmp_path / "ledger.db") as index,
        open_nearby(index, Ids(claims=frozenset([f"c{length - 1:02}"]))) as nearby,
    ):
        assert nearby.weigh()
        rows = nearby.draft.rows("SELECT claim FROM draft_claim_weight WHERE n_origins = 1")
        assert len(list(rows)) == length


def test_an_expectation_of_a_claim_that_was_not_read_is_not_judged(tmp_path: Path) -> None:
    files = bulk(x=[claim("a", "deaths", 5)], y=[claim("b", None, None)])
    event = json.loads(files["event.yaml"]) | {"expect": ["a is compatible with b"]}
    claims = write_folder(tmp_path / "claims", files | {"event.yaml": json.dumps(event)})
    assert build(claims, tmp_path / "ledger.db").problems == []
    for asked, judged in (({"a"}, 0), ({"a", "b"}, 1)):
        with (
            open_index(claims, tmp_path / "ledger.db") as index,
            open_nearby(index, Ids(claims=frozenset(asked))) as nearby,
        ):
            assert nearby.weigh()
            assert nearby.problems == []
            assert len(list(nearby.draft.rows("SELECT * FROM draft_expectation"))) == judged


def test_of_an_unchanged_bulk_file_only_the_lines_that_are_needed_are_read(tmp_path: Path) -> None:
    many = [claim(f"c{nth}", None, None) for nth in range(50)]
    asked = claim("a", "deaths", 5, based_on=["c7"])
    claims = write_folder(tmp_path / "claims", bulk(x=many, y=[asked]))
    assert build(claims, tmp_path / "ledger.db").problems == []
    with (
        open_index(claims, tmp_path / "ledger.db") as index,
        open_nearby(index, Ids(claims=frozenset(["a"]))) as nearby,
    ):
        read = nearby.draft.rows("SELECT id FROM draft_claim ORDER BY id")
        assert [name for (name,) in read] == ["a", "c7"]


def test_a_name_that_a_text_takes_away_is_missed(claims: Path, database: Path) -> None:
    path = "mali/village-2022.yaml"
    other = "title: Other\nclaims:\n- {id: x, text: X., found: page#2, based_on: [date-given]}\n"
    (claims / "other.yaml").write_text(other, encoding="utf-8")
    assert build(claims, database).problems == []
    text = (claims / path).read_text(encoding="utf-8").replace("id: date-given", "id: date-told")
    with (
        open_index(claims, database) as index,
        open_nearby(index, Ids(claims=frozenset(["x"])), {path: text.encode()}) as nearby,
    ):
        assert [one.code for one in nearby.problems] == ["unknown-reference"]
