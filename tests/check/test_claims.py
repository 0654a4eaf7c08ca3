"""Claims: cited by somebody, read where they can have been read, at one with themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.checking import dossier, problems_of, told_of

DOCUMENTS = """\
named: {title: Named, outlet: daily, paragraphs: {1: [], 2: [wire], 54: []}}
nameless: {title: Nameless, paragraphs: {1: [], 2: [wire]}}
any: {title: Any}
none: {title: None, outlet: daily, paragraphs: {}}
"""


def claim(name: str, found: str, more: str = "") -> str:
    return f"id: {name}, text: A claim., found: [{found}]{more}"


@pytest.mark.parametrize(
    ("found", "cites", "cited"),
    [
        ("named#1", "", True),
        ("named#2", "", True),
        ("nameless#1", "", False),
        ("nameless#2", "", True),
        ("nameless#1, named#1", "", True),
        ("any#7", "", False),
        ("any#7", ", cites: [{outlet: wire}]", True),
        ("nameless#1", ", cites: [{outlet: wire, stance: disputes}]", True),
    ],
)
def test_a_claim_is_cited_for_itself_or_by_its_paragraph_or_its_document(
    tmp_path: Path, found: str, cites: str, cited: bool
) -> None:
    files = dossier(claim("a", found, cites)) | {"more/documents.yaml": DOCUMENTS}
    assert told_of(tmp_path, files) == ([] if cited else ["dossier.yaml:4: uncited-claim"])


def test_a_claim_in_an_unknown_document_is_not_called_uncited_too(tmp_path: Path) -> None:
    assert told_of(tmp_path, dossier(claim("a", "unheard-of#1"))) == [
        "dossier.yaml:4: unknown-reference"
    ]


@pytest.mark.parametrize(
    ("found", "what"),
    [
        ("named#54", None),
        ("any#999999999", None),
        ("named#3", "`named` lists no paragraph 3; the last is 54"),
        ("named#55", "`named` lists no paragraph 55; the last is 54"),
        ("none#1", "`none` lists no paragraph 1; its list is empty"),
    ],
)
def test_a_claim_was_found_in_a_paragraph_that_its_document_lists(
    tmp_path: Path, found: str, what: str | None
) -> None:
    files = dossier(claim("a", f"{found}, named#2")) | {"more/documents.yaml": DOCUMENTS}
    assert [one.what for one in problems_of(tmp_path, files)] == ([what] if what else [])


def test_a_claim_found_twice_in_a_paragraph_is_found_there_once(tmp_path: Path) -> None:
    files = dossier(claim("a", "none#1, none#1")) | {"more/documents.yaml": DOCUMENTS}
    assert told_of(tmp_path, files) == ["dossier.yaml:4: paragraph-unknown"]


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        (("page#1", None), ("page#2", None), None),
        (("speech#1", None), ("speech#2", None), None),
        (("speech#1", None), ("page#1", "army"), None),
        (("page#1", "army"), ("page#1", "brigade"), "`brigade` cannot supersede `a`, which `army`"),
        (("page#1", "brigade"), ("speech#1", None), "`army` cannot supersede `a`, which `brigade`"),
        (("page#1", None), ("speech#1", None), "`army` cannot supersede `a`, which the document"),
        (("speech#1", None), ("page#1", None), "the document `page` cannot supersede `a`, which"),
    ],
)
def test_only_whoever_said_something_can_replace_it(
    tmp_path: Path,
    first: tuple[str, str | None],
    second: tuple[str, str | None],
    what: str | None,
) -> None:
    by = [f", claimant: {who}" if who else "" for _, who in (first, second)]
    files = dossier(claim("a", first[0], by[0]), claim("b", second[0], by[1] + ", supersedes: a"))
    told = [one.what for one in problems_of(tmp_path, files)]
    assert [one.startswith(str(what)) for one in told] == ([True] if what else [])


def test_a_claim_may_neither_conflict_nor_be_compatible_with_itself(tmp_path: Path) -> None:
    more = ", conflicts: {a: No., b: No.}, compatible: {a: Yes.}"
    problems = problems_of(tmp_path, dossier(claim("a", "page#1", more), claim("b", "page#1")))
    assert [one.what for one in problems] == [
        "the claim `a` names itself under `compatible`",
        "the claim `a` names itself under `conflicts`",
    ]
