"""Records: what each accepts and what it refuses; every value arrives as text."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from ledger.records import (
    Actor,
    BulkClaim,
    Citation,
    Claim,
    Document,
    Dossier,
    Found,
    Outlet,
    PlaceRecord,
    Question,
    Record,
    is_slug,
)
from ledger.words import ANSWERS

LEAST: dict[type[Record], dict[str, Any]] = {
    Actor: {"name": "An Actor"},
    Outlet: {"name": "The Daily"},
    PlaceRecord: {"name": "Bamako"},
    Document: {"title": "A page"},
    Dossier: {"title": "A coup"},
    Question: {"asks": "Who led it?", "answer": "actor"},
    Citation: {"outlet": "daily"},
    Claim: {"id": "coup", "text": "There was a coup.", "found": "page#1"},
}
"""The least that each record can do with."""

NO_PLACES = (
    *("#1", "page#", "page#0", "page#01", "page#1.5", "page#-1", "page#1000000000"),
    *("page#page=", "page#page=4 5", "page#row=0", "page#row=x", "page#id=", "page#id=A 1"),
    *("page#t=", "page#t=0:61", "page#t=a", "page#chapter=3", "page#=3", "page#page4"),
    *("page#٣", "page#1#2", "page #1", "page#1 ", "a page#1", "page#1, page#2", " "),
)


def claim(**keys: object) -> Claim:
    return Claim.model_validate(LEAST[Claim] | keys)


def refusal(model: type[Record], **keys: object) -> str:
    """Return the type of the one error that a record with these keys has."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(LEAST[model] | keys)
    (error,) = caught.value.errors()
    return error["type"]


@pytest.mark.parametrize("model", list(LEAST), ids=lambda model: model.__name__)
def test_a_record_can_do_without_any_key_but_those_it_needs(model: type[Record]) -> None:
    model.model_validate(LEAST[model])
    for key in LEAST[model]:
        less = {name: value for name, value in LEAST[model].items() if name != key}
        with pytest.raises(ValidationError, match="Field required"):
            model.model_validate(less)


@pytest.mark.parametrize("model", list(LEAST), ids=lambda model: model.__name__)
def test_a_record_is_frozen_and_refuses_unknown_keys(model: type[Record]) -> None:
    record = model.model_validate(LEAST[model])
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, next(iter(LEAST[model])), "another")
    assert refusal(model, unknown="a") == "extra_forbidden"


@pytest.mark.parametrize("text", ["a", "7", "moura-2022", "a-b-c", "0555"])
def test_a_slug_is_lower_case_letters_digits_and_single_hyphens(text: str) -> None:
    assert is_slug(text)
    assert claim(id=text).id == text


@pytest.mark.parametrize(
    "text", ["A", "a b", "a_b", "-a", "a-", "a--b", "é", "a.b", "a/b", "٣", "a\n", "a#1"]
)
def test_anything_else_is_no_slug(text: str) -> None:
    assert not is_slug(text)
    assert refusal(Claim, id=text) == "id-not-a-slug"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u2003"])
@pytest.mark.parametrize("model", list(LEAST), ids=lambda model: model.__name__)
def test_a_text_that_shows_nothing_is_empty(model: type[Record], text: str) -> None:
    first = next(key for key in LEAST[model] if key != "id")
    assert refusal(model, **{first: text}) == "empty-value"


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example",
        "http://a.example/b?c=d#e",
        "HTTPS://a.example/",
        "https://[::1]:80/",
        "https://é.example/à",
        "https://a.example/%20(b)",
    ],
)
def test_a_web_address_begins_with_http_or_https(address: str) -> None:
    assert Citation(outlet="daily", url=address).url == address


@pytest.mark.parametrize(
    "address",
    [
        "www.a.example",
        "a",
        "javascript:alert(1)",
        "data:text/html,a",
        "file:///etc/passwd",
        "ftp://a.example",
        "//a.example",
        "https://",
        "https:///a",
        "http:a.example",
        "https://a.example/b c",
        "https://a.example\n.evil",
        " https://a.example",
        "http://[",
    ],
)
def test_anything_else_is_no_web_address(address: str) -> None:
    assert refusal(Citation, url=address) == "url-not-http"
    assert refusal(Citation, archived=address) == "url-not-http"


@pytest.mark.parametrize(
    ("model", "key", "accepted", "refused", "code"),
    [
        (
            Outlet,
            "country",
            ["ML", "FR", "NO", "XK", "ZZ"],
            ["ml", "MLI", "M1", "Mali", "UK", "SU"],
            "code-unreadable",
        ),
        (
            Outlet,
            "wikidata",
            ["Q1", "Q912"],
            ["912", "Q0", "q912", "Q9a", "Q1٣"],
            "code-unreadable",
        ),
        (Document, "text_sha256", ["0f" * 32], ["0F" * 32, "0f" * 31, "g" * 64], "code-unreadable"),
        (Citation, "stance", ["supports", "disputes", "mentions"], ["agrees"], "stance-unknown"),
        (Document, "published", ["2022", "2022-03~", "../2012"], ["soon", "1"], "date-unreadable"),
        (Claim, "made", ["2022-03-23/2022-03-31"], ["2022-02-30", "86400"], "date-unreadable"),
        (Claim, "as_of", ["2023"], ["23", "2022-13"], "date-unreadable"),
        (Dossier, "when", ["2012/.."], ["../..", "2022/2012"], "date-unreadable"),
        (
            Question,
            "answer",
            ["date", "text", "yes-no"],
            ["yes", "Date", "number"],
            "literal_error",
        ),
        (PlaceRecord, "latitude", ["-90", "14.5"], ["x", "1,5", "12:30"], "float_parsing"),
        (PlaceRecord, "longitude", ["180", "-8"], ["inf", "nan"], "finite_number"),
        (PlaceRecord, "latitude", ["90"], ["90.1"], "less_than_equal"),
        (PlaceRecord, "longitude", ["-180"], ["-180.1"], "greater_than_equal"),
        (Question, "tolerance", ["0", "0.1", "1"], ["1.5", "10"], "less_than_equal"),
    ],
)
def test_a_key_accepts_its_own_kind_of_text_and_no_other(
    model: type[Record], key: str, accepted: list[str], refused: list[str], code: str
) -> None:
    beside = {"latitude": {"longitude": "0"}, "longitude": {"latitude": "0"}}.get(key, {})
    for text in accepted:
        record = model.model_validate(LEAST[model] | beside | {key: text})
        read = getattr(record, key)
        assert read == (float(text) if isinstance(read, float) else text)
    for text in refused:
        assert refusal(model, **{key: text}) == code


def test_a_place_has_both_coordinates_or_none() -> None:
    assert refusal(PlaceRecord, latitude="1") == "coordinate-missing"
    assert refusal(PlaceRecord, longitude="1") == "coordinate-missing"


@pytest.mark.parametrize("answer", ANSWERS)
def test_only_a_quantity_has_a_unit(answer: str) -> None:
    choice = {"options": ["few", "many"]} if answer == "choice" else {}
    asked = {"asks": "How?", "answer": answer, "unit": "people", **choice}
    if answer == "quantity":
        assert Question.model_validate(asked).unit == "people"
    else:
        assert refusal(Question, **asked) == "unit-needless"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("page#1", [("page", 1)]),
        (["page#54", "sheet#999999999"], [("page", 54), ("sheet", 999_999_999)]),
        (["page#1", "page#1"], [("page", 1), ("page", 1)]),
        ("page", [("page",)]),
        (["page", "0"], [("page",), ("0",)]),
        ("page#page=4", [("page", None, "page=4")]),
        (["page#page=xii", "page#page=A-3"], [("page", None, p) for p in ("page=xii", "page=A-3")]),
        ("page#row=12", [("page", None, "row=12")]),
        ("page#id=ISPT0036/2#a", [("page", None, "id=ISPT0036/2#a")]),
        (["page#t=0:31", "page#t=1:02:03"], [("page", None, t) for t in ("t=0:31", "t=1:02:03")]),
    ],
)
def test_a_claim_was_found_in_one_place_or_several(
    written: object, found: list[tuple[Any, ...]]
) -> None:
    assert claim(found=written).found == tuple(Found(*place) for place in found)


@pytest.mark.parametrize(
    "written", [*NO_PLACES, None, True, 7, ["page#1", None], {"page": "1"}], ids=str
)
def test_anything_else_is_no_place_in_a_document(written: object) -> None:
    assert refusal(Claim, found=written) == "found-unreadable"


@pytest.mark.parametrize("tag", ["en", "fr", "pt-BR", "zh-Hant-TW", "gsw"])
def test_a_document_is_in_a_language_by_its_tag(tag: str) -> None:
    assert Document.model_validate({"title": "A", "language": tag}).language == tag


@pytest.mark.parametrize("tag", ["English", "en_US", "e", "fr-", "français", "en, fr"])
def test_a_language_is_no_name_and_no_list(tag: str) -> None:
    assert refusal(Document, language=tag) == "code-unreadable"


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"retrieved": "soon"}, "date-unreadable"),
        ({"archived": "archive.example"}, "url-not-http"),
        ({"extent": "half"}, "literal_error"),
        ({"licence": " "}, "empty-value"),
    ],
)
def test_what_a_document_tells_of_itself_is_looked_at(keys: dict[str, str], code: str) -> None:
    assert refusal(Document, **keys) == code


@pytest.mark.parametrize(
    ("written", "independent"), [("true", True), ("false", False), (True, True), (False, False)]
)
def test_an_actor_speaks_for_itself_or_not(written: object, independent: bool) -> None:
    actor = Actor.model_validate({"name": "A", "independent": written})
    assert actor.independent is independent
    assert Actor.model_validate({"name": "A"}).independent is False


@pytest.mark.parametrize("written", ["yes", "True", "1", 1, "", None])
def test_whether_an_actor_speaks_for_itself_is_true_or_false(written: object) -> None:
    assert refusal(Actor, independent=written) == "wrong-word"


def test_the_origins_of_a_claim_are_unknown_or_told_by_what_it_is_based_on() -> None:
    assert claim().origins is None
    assert claim(origins="unknown", based_on=[]).origins == "unknown"
    assert refusal(Claim, origins="several") == "literal_error"
    assert refusal(Claim, origins="unknown", based_on="b") == "origins-known"


def test_a_question_may_have_a_time_a_place_and_topics_of_its_own_or_none() -> None:
    plain = Question.model_validate(LEAST[Question])
    assert (plain.when, plain.where, plain.topics) == (None, None, None)
    keys = {"when": "2021", "where": [], "topics": ["war"]}
    own = Question.model_validate(LEAST[Question] | keys)
    assert (own.when, own.where, own.topics) == ("2021", (), ("war",))


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"answer": "yes-no", "answers": "many"}, "many-answers"),
        ({"answer": "quantity", "ordered": "true"}, "order-needless"),
        ({"answer": "actor", "ordered": "true"}, "order-needless"),
        ({"answers": "several"}, "literal_error"),
        ({"ordered": "up"}, "wrong-word"),
        ({"labels": {"a": ""}}, "empty-value"),
        ({"labels": ["a"]}, "dict_type"),
    ],
)
def test_a_question_asks_for_what_its_answer_can_be(keys: dict[str, object], code: str) -> None:
    assert refusal(Question, **keys) == code


def test_only_a_choice_is_a_scale_and_all_but_yes_and_no_may_hold_together() -> None:
    choice = {"answer": "choice", "options": ["bad", "fair"], "ordered": "true", "answers": "many"}
    asked = Question.model_validate(LEAST[Question] | choice)
    assert (asked.ordered, asked.answers) == (True, "many")
    for answer in ("quantity", "date", "actor", "place", "text"):
        held = {"answer": answer, "answers": "many", "ordered": "false"}
        assert Question.model_validate(LEAST[Question] | held).answers == "many"


def test_a_claim_was_found_somewhere() -> None:
    assert refusal(Claim, found=[]) == "too_short"
    assert refusal(Claim, found="") == "empty-value"


def test_the_paragraphs_of_a_document_are_numbered_in_digits() -> None:
    written = {"title": "A", "paragraphs": {"1": [], "54": ["daily", "daily"]}}
    assert Document.model_validate(written).paragraphs == {1: (), 54: ("daily", "daily")}
    for number in ("0", "01", "x", "1.0", "-1", "1000000000", "", "٣"):
        assert refusal(Document, paragraphs={number: []}) == "found-unreadable"


def test_a_claim_is_based_on_one_claim_or_several() -> None:
    assert claim(based_on="a").based_on == ("a",)
    assert claim(based_on=["a", "b"]).based_on == ("a", "b")
    assert claim(based_on=[]).based_on == ()


@pytest.mark.parametrize("key", ["conflicts", "compatible"])
def test_a_conflict_is_declared_or_dismissed_with_a_reason(key: str) -> None:
    declared = {"a": "They differ.", "b": {"because": "Hardly.", "strength": "tension"}}
    read = getattr(claim(**{key: declared}), key)
    assert {name: (one.because, one.strength) for name, one in read.items()} == {
        "a": ("They differ.", None),
        "b": ("Hardly.", "tension"),
    }


@pytest.mark.parametrize("key", ["conflicts", "compatible"])
@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("a", "reason-missing"),
        (["a", "b"], "reason-missing"),
        ({"a": ""}, "reason-missing"),
        ({"a": " "}, "reason-missing"),
        ({"a": None}, "reason-missing"),
        ({"a": {}}, "reason-missing"),
        ({"a": {"because": ""}}, "reason-missing"),
        ({"a": {"strength": "tension"}}, "reason-missing"),
        ({"a": {"because": "B.", "strength": "weak"}}, "literal_error"),
        ({"a": {"because": ["B."]}}, "string_type"),
        ({"a": ["B."]}, "model_type"),
        ("", "dict_type"),
        ([], "dict_type"),
        ([{"a": "B."}], "dict_type"),
        (None, "dict_type"),
    ],
)
def test_a_declaration_without_a_reason_or_in_another_shape_is_refused(
    key: str, declared: object, code: str
) -> None:
    assert refusal(Claim, **{key: declared}) == code


@pytest.mark.parametrize(
    ("answer", "options", "accepted"),
    [
        ("choice", ["a", "b"], True),
        ("choice", [], False),
        ("text", [], True),
        ("quantity", ["a"], False),
        ("yes-no", ["yes", "no"], False),
    ],
)
def test_options_go_with_a_choice_and_with_nothing_else(
    answer: str, options: list[str], accepted: bool
) -> None:
    if accepted:
        Question.model_validate({"asks": "Q?", "answer": answer, "options": options})
    else:
        assert refusal(Question, answer=answer, options=options) == "options-missing"


def test_only_a_claim_of_a_bulk_file_names_its_dossier() -> None:
    assert BulkClaim.model_validate(LEAST[Claim] | {"dossier": "coup"}).dossier == "coup"
    assert refusal(Claim, dossier="coup") == "extra_forbidden"


def test_a_report_supports_the_claim_unless_it_is_told_otherwise() -> None:
    assert Citation(outlet="daily").stance == "supports"


def test_about_reaches_ten_percent_unless_it_is_told_otherwise() -> None:
    assert Question(asks="How many?", answer="quantity").tolerance == 0.1
