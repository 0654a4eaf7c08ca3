"""Data to records: what a model refuses is told in our words, at the line of the key."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from ledger.problems import CODES, Problem
from ledger.read.validate import accepted_keys, validate
from ledger.read.yaml_file import parse_yaml
from ledger.records import (
    Actor,
    BulkClaim,
    Claim,
    Document,
    Dossier,
    Outlet,
    PlaceRecord,
    Question,
)

CLAIM = "id: a\ntext: T\nfound: page#1\n"


def problems_of(model: type[BaseModel], text: str) -> list[Problem]:
    """Return what is wrong with a record that is written in YAML."""
    parsed = parse_yaml(text, "a.yaml")
    assert parsed.problems == []
    return sorted(validate(model, parsed.data, parsed.marks, "a.yaml")[1])


def told(model: type[BaseModel], text: str) -> list[str]:
    return [f"{one.place.line}: {one.code}: {one.what}" for one in problems_of(model, text)]


def test_a_record_without_problems_is_returned() -> None:
    record, problems = validate(Outlet, {"name": "Daily", "aliases": ["D"]}, 1, "a.yaml")
    assert record == Outlet(name="Daily", aliases=("D",))
    assert problems == []


def test_a_record_with_problems_is_not_returned_and_all_of_them_are_told() -> None:
    record, problems = validate(
        Outlet, {"nam": "Daily", "aliases": "D", "country": "France"}, 1, ""
    )
    assert record is None
    assert sorted(problem.code for problem in problems) == [
        "code-unreadable",
        "missing-key",
        "unknown-key",
        "wrong-shape",
    ]


@pytest.mark.parametrize(
    ("model", "text", "expected"),
    [
        (Claim, CLAIM + "cites:\n- outlet: daily\n  titel: T\n", "6: unknown-key: `titel`"),
        (Claim, CLAIM + "cites:\n- title: T\n", "5: missing-key: this citation has no `outlet`"),
        (Claim, CLAIM + "cites:\n- daily\n", "5: wrong-shape: an entry of `cites`"),
        (Claim, CLAIM + "conflicts:\n  b: [c]\n", "5: wrong-shape: `b` is not a mapping"),
        (Claim, CLAIM + "conflicts:\n", "4: empty-value: `conflicts`"),
        (Claim, CLAIM + "topics:\n- war\n-\n", "6: empty-value: an entry of `topics`"),
        (Claim, CLAIM + "retracted: {on: 2022}\n", "4: missing-key: this retraction has no"),
        (Claim, CLAIM + "retracted:\n  on: soon\n  because: B\n", "5: date-unreadable: `on`"),
        (Claim, CLAIM + "dossier: d\n", "4: unknown-key: `dossier`"),
        (Claim, CLAIM + "based_on: [[a]]\n", "4: wrong-shape: an entry of `based_on`"),
        (Question, "asks: A\n", "1: missing-key: this question has no `answer`"),
        (Question, "asks: A\nanswer:\n", "2: empty-value: `answer`"),
        (Question, "asks: A\nanswer: choice\n", "1: options-missing"),
        (Question, "asks: A\nanswer: text\ntolerance: -1", "3: number-out-of-bounds: `tolerance`"),
        (PlaceRecord, "name: A\nlatitude:\n- 1", '2: number-out-of-bounds: `latitude`: `["1"]`'),
        (PlaceRecord, "latitude: 1", "1: missing-key: this place has no `name`"),
        (
            Document,
            "title: A\nparagraphs:\n  1: []\n  two: []",
            "4: found-unreadable: `paragraphs`",
        ),
        (Document, "title: A\nparagraphs:\n  1: daily", "3: wrong-shape: `1` is not a list"),
        (Actor, "[]", "1: wrong-shape: this actor is not a mapping"),
        (BulkClaim, "a text", "1: wrong-shape: this claim is not a mapping"),
    ],
)
def test_a_problem_is_told_at_the_line_of_its_key_by_the_name_of_its_record(
    model: type[BaseModel], text: str, expected: str
) -> None:
    (problem,) = told(model, text)
    assert problem.startswith(expected)


def test_an_unknown_key_is_told_what_it_may_have_meant() -> None:
    (problem,) = problems_of(Outlet, "name: A\ncountri: FR")
    assert problem.remedy.startswith("Did you mean `country`? Accepted: name, kind, country,")
    (problem,) = problems_of(Outlet, "name: A\nfoundation: 1944")
    assert problem.remedy.startswith("Accepted: name, kind, country,")


def test_a_dossier_may_have_its_questions_and_claims_among_its_keys() -> None:
    assert {"title", "questions", "claims"} <= set(accepted_keys(Dossier))
    (problem,) = problems_of(Dossier, "title: A\nquestion: {}")
    assert problem.remedy.startswith("Did you mean `questions`?")


keys = st.sampled_from([*Claim.model_fields, *Question.model_fields, *Document.model_fields, "1"])
values = st.recursive(
    st.none()
    | st.booleans()
    | st.sampled_from(["", " ", "a", "page#1", "2022", "http://["])
    | st.text(),
    lambda held: st.lists(held, max_size=3) | st.dictionaries(keys, held, max_size=6),
    max_leaves=20,
)
models = st.sampled_from([Outlet, Actor, PlaceRecord, Document, Dossier, Question, BulkClaim])


@settings(deadline=None)
@given(model=models, data=values)
def test_any_data_is_a_record_or_told_in_our_own_words(
    model: type[BaseModel], data: object
) -> None:
    record, problems = validate(model, data, 3, "a.yaml")
    assert (record is None) == bool(problems)
    for problem in problems:
        assert problem.code in CODES
        assert problem.place.line == 3
        assert (
            re.search(r"Input|instance of|\[key\]|\{what\}", problem.what + problem.remedy) is None
        )
