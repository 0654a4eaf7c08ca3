"""References: whatever is named exists, and what is told of it can be acted on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.checking import REGISTERS, dossier, problems_of, told_of

CLAIM = "id: a, text: A., found: page#1"


@pytest.mark.parametrize(
    ("keys", "what", "remedy"),
    [
        ("claimant: amry", "there is no actor `amry`", "Did you mean `army`?"),
        ("question: leeder", "there is no question `leeder`", "Did you mean `leader`?"),
        ("supersedes: aa", "there is no claim `aa`", "Add it to a dossier's claims."),
        ("based_on: [a-rumour]", "there is no claim `a-rumour`", "Add it to a dossier's claims."),
        ("cites: [{outlet: dialy}]", "there is no outlet `dialy`", "Did you mean `daily`?"),
        ("conflicts: {b: No.}", "there is no claim `b`", "Add it to a dossier's claims."),
        ("compatible: {b: No.}", "there is no claim `b`", "Add it to a dossier's claims."),
        ("claimant: Army", "there is no actor `Army`", "Did you mean `army`?"),
        ("claimant: daily", "there is no actor `daily`", "Add it to actors.yaml."),
    ],
)
def test_an_id_that_no_record_has_is_told_with_what_may_be_meant(
    tmp_path: Path, keys: str, what: str, remedy: str
) -> None:
    files = dossier(f"{CLAIM}, {keys}", questions="leader: {asks: Who?, answer: text}")
    (problem,) = problems_of(tmp_path, files)
    assert (problem.code, problem.place.line, problem.what) == ("unknown-reference", 4, what)
    assert problem.remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("answer", "value", "unknown"),
    [
        ("actor", "army", []),
        ("actor", "army + brigade", []),
        ("actor", "not armi", ["actor `armi`"]),
        ("actor", "army | rebels", ["actor `rebels`"]),
        ("actor", "rebels + miners", ["actor `miners`", "actor `rebels`"]),
        ("actor", "bamako", ["actor `bamako`"]),
        ("place", "bamako | kati", ["place `kati`"]),
        ("text", "rebels", []),
        ("choice", "rebels", []),
    ],
)
def test_the_actors_and_places_of_a_value_exist(
    tmp_path: Path, answer: str, value: str, unknown: list[str]
) -> None:
    options = ", options: [rebels, none]" if answer == "choice" else ""
    files = dossier(
        f"{CLAIM}, question: q, value: {value}",
        questions=f"q: {{asks: Who?, answer: {answer}{options}}}",
    )
    told = [one.what for one in problems_of(tmp_path, files)]
    assert told == [f"there is no {one}" for one in unknown]


@pytest.mark.parametrize(("key", "kind"), [("parties", "actor"), ("where", "place")])
def test_what_a_dossier_itself_names_exists(tmp_path: Path, key: str, kind: str) -> None:
    files = REGISTERS | {"dossier.yaml": f"title: A dossier\n{key}: [nobody-known]\n"}
    (problem,) = problems_of(tmp_path, files)
    assert (problem.code, problem.place.line) == ("unknown-reference", 2)
    assert problem.what == f"there is no {kind} `nobody-known`"


def test_a_voice_that_no_actor_is_is_told_once_where_the_document_names_it(tmp_path: Path) -> None:
    files = dossier("id: a, text: A., found: talk#1", "id: b, text: B., found: talk#2")
    files["more/documents.yaml"] = "talk:\n  title: A talk\n  outlet: daily\n  voice: speaker\n"
    assert told_of(tmp_path, files) == ["more/documents.yaml:4: unknown-reference"]


def test_an_outlet_of_a_paragraph_is_told_where_it_stands(tmp_path: Path) -> None:
    text = "talk:\n  title: A talk\n  paragraphs:\n    1: []\n    2: [daily,\n      press]\n"
    files = REGISTERS | {"more/documents.yaml": text}
    assert told_of(tmp_path, files) == ["more/documents.yaml:6: unknown-reference"]


def test_claims_of_dossiers_and_bulk_files_may_name_each_other(tmp_path: Path) -> None:
    files = dossier(f"{CLAIM}, based_on: b", questions="q: {asks: Q, answer: text}")
    files["b.jsonl"] = (
        '{"id": "b", "text": "B.", "found": "page#1", "dossier": "dossier", "question": "q", '
        '"conflicts": {"a": "No."}}\n'
    )
    assert told_of(tmp_path, files) == []


UNREADABLE: dict[str, str | bytes] = {
    "broken.yaml": "title: [",
    "latin.yaml": b"title: \xe9",
    "bulk.jsonl": "{",
    "more/actors.yml": "rebels: {name: The Rebels}",
    "more/actors.yaml": "- rebels\n",
    "no-id.yaml": "title: A\nclaims: [{text: T.}]\n",
}


@pytest.mark.parametrize("path", list(UNREADABLE))
def test_nothing_is_missed_while_a_file_cannot_be_read(tmp_path: Path, path: str) -> None:
    files = dossier("id: a, text: A., claimant: rebels, question: q, based_on: b, found: talk#1")
    assert len(problems_of(tmp_path / "without", files)) == 4
    told = told_of(tmp_path / "with", files | {path: UNREADABLE[path]})
    assert told
    assert all(one.startswith(f"{path}:") for one in told)


def test_an_id_used_twice_is_told_at_every_place_but_the_first(tmp_path: Path) -> None:
    bulk = '{"id": "b", "text": "B.", "found": "page#1"}\n'
    files = dossier(CLAIM, CLAIM, "id: b, text: B., found: page#1")
    files |= {"a.jsonl": bulk + bulk, "x/dossier.yaml": "title: A dossier of the same name\n"}
    problems = problems_of(tmp_path, files)
    assert [(str(one.place.path), one.place.line, one.what) for one in problems] == [
        ("a.jsonl", 2, "the claim `b` already stands in a.jsonl, line 1"),
        ("dossier.yaml", 5, "the claim `a` already stands in dossier.yaml, line 4"),
        ("dossier.yaml", 6, "the claim `b` already stands in a.jsonl, line 1"),
        ("x/dossier.yaml", 1, "the dossier `dossier` already stands in dossier.yaml, line 1"),
    ]
    assert {one.code for one in problems} == {"id-used-twice"}


def test_records_of_two_kinds_may_have_one_id(tmp_path: Path) -> None:
    files = dossier("id: army, text: A., found: page#1", questions="army: {asks: Q, answer: text}")
    files["army.yaml"] = "title: The army\n"
    assert told_of(tmp_path, files) == []
