"""The schemas: they accept what the reader accepts, and refuse what a file alone shows is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import ValidationError

from ledger import schemas
from ledger.files import REGISTERS, list_files
from ledger.problems import LedgerError
from ledger.read.validate import accepted_keys
from ledger.records import Actor, BulkClaim, Claim, Document, Dossier, Outlet, PlaceRecord, Question
from ledger.records import Record as AnyRecord
from tests.commands.running import ROOT
from tests.small import SMALL
from tests.test_gallery import FOLDERS, GALLERY, told_in

SHAPES: Final = {
    "code-unreadable",
    "coordinate-missing",
    "date-unreadable",
    "empty-value",
    "found-unreadable",
    "id-not-a-slug",
    "many-answers",
    "missing-key",
    "number-out-of-bounds",
    "options-missing",
    "order-needless",
    "origins-known",
    "reason-missing",
    "stance-unknown",
    "unit-needless",
    "unknown-key",
    "url-not-http",
    "wrong-shape",
    "wrong-word",
}
"""The codes of problems that one value, or the keys beside each other, show."""

FEWER: Final = {
    "date-unreadable/claims/backwards.yaml": 1,
    "date-unreadable/claims/february.yaml": 1,
    "id-not-a-slug/claims/Coup 2022.yaml": 1,
    "unknown-key/claims/coup.yaml": 1,
}
"""How many errors fewer than problems a file has: of days that no calendar has and of a file's
name no schema knows, and of two unknown keys in one record it makes one error."""


class Old(yaml.CSafeLoader):
    """YAML 1.1, as editors can be set to read values: `yes` is a truth and 2022-03-27 a day."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping whose keys are as written, as those of JSON are."""
        return {key.value: self.construct_object(value, deep) for key, value in node.value}


class Core(Old):
    """YAML 1.2, as most editors read it: numbers and `true` are no texts, and that is all."""


Core.yaml_implicit_resolvers = {}
for kind, pattern, firsts in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    resolved = re.compile(f"(?:{pattern})$")
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", resolved, list(firsts))
Core.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))

LOADERS: Final = (Core, Old)


def seen(text: str, loader: type[Old]) -> Any:  # noqa: ANN401 # whatever it holds
    """Return what an editor sees in a YAML text."""
    return in_json(yaml.load(text, loader) or {})  # noqa: S506 # both are safe loaders


def in_json(data: Any) -> Any:  # noqa: ANN401 # any part of a file
    """Return some data as JSON has it, where days are texts."""
    if isinstance(data, dict):
        return {key: in_json(value) for key, value in data.items()}
    if isinstance(data, list):
        return [in_json(entry) for entry in data]
    return data.isoformat() if isinstance(data, date) else data


def checked_by(name: str) -> Draft7Validator:
    return Draft7Validator(schemas.schema_of(name))


def name_for(file: Path) -> str:
    """Return the name of the schema that a file is to meet."""
    if file.suffix == ".jsonl":
        return "claim"
    return file.stem if file.stem in schemas.REGISTERS else "dossier"


def errors_in(file: Path, loader: type[Old] = Core) -> list[str]:
    """Return what its schema finds wrong with a file."""
    text = file.read_text(encoding="utf-8")
    held = map(json.loads, text.splitlines()) if file.suffix == ".jsonl" else [seen(text, loader)]
    validator = checked_by(name_for(file))
    return [error.message for data in held for error in validator.iter_errors(data)]


def models() -> Iterator[type[AnyRecord]]:
    """Yield every model of a record."""
    waiting = [AnyRecord]
    for model in waiting:
        waiting += model.__subclasses__()
        yield model


@pytest.mark.parametrize("name", schemas.NAMES)
def test_a_schema_is_one_of_draft_07(name: str) -> None:
    schema = schemas.schema_of(name)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)
    assert json.loads(schemas.as_json(schema)) == schema


def test_every_key_has_a_meaning_and_every_meaning_a_key() -> None:
    keys = {(model.__name__, key) for model in models() for key in model.model_fields}
    own = {("Dossier", "questions"), ("Dossier", "claims")}
    inherited = {("BulkClaim", key) for key in Claim.model_fields}
    shared = {key for key in schemas.MEANINGS if "." not in key}
    told = {tuple(name.split(".")) for name in schemas.MEANINGS if "." in name}
    assert told <= keys | own
    assert {key for _, key in keys - inherited - told} == shared
    assert all(meaning.endswith((".", "…")) for meaning in schemas.MEANINGS.values())


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("outlets", Outlet),
        ("actors", Actor),
        ("places", PlaceRecord),
        ("documents", Document),
        ("dossier", Dossier),
        ("claim", BulkClaim),
    ],
)
def test_a_schema_has_the_keys_that_the_reader_accepts(name: str, model: type[AnyRecord]) -> None:
    schema = schemas.schema_of(name)
    record = schema.get("additionalProperties") or schema
    assert list(record["properties"]) == accepted_keys(model)
    assert record["additionalProperties"] is False
    assert all(held["description"] for held in record["properties"].values())


def test_the_registers_are_those_of_the_reader() -> None:
    assert sorted(f"{name}.yaml" for name in schemas.REGISTERS) == sorted(REGISTERS)


def test_closed_lists_are_told_word_by_word() -> None:
    dossier = schemas.schema_of("dossier")
    question = dossier["properties"]["questions"]["additionalProperties"]
    answer = question["properties"]["answer"]
    assert "yes-no" in answer["enum"]
    assert "\nyes-no: yes or no" in answer["description"]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    "file",
    sorted((ROOT / "claims").rglob("*.yaml")),
    ids=lambda file: str(file.relative_to(ROOT / "claims")),
)
def test_every_shipped_file_meets_its_schema(file: Path, loader: type[Old]) -> None:
    assert errors_in(file, loader) == []


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("path", SMALL)
def test_a_small_ledger_meets_its_schemas(path: str, loader: type[Old]) -> None:
    validator = checked_by(name_for(Path(path)))
    assert list(validator.iter_errors(seen(SMALL[path], loader))) == []


def wrong_files() -> Iterator[tuple[Path, int]]:
    """Yield every file of the gallery whose shape is wrong, with how many problems it has."""
    for folder in FOLDERS:
        paths = [told["path"] for told in told_in(folder) if told["code"] in SHAPES]
        for path in dict.fromkeys(paths):
            yield folder / path, paths.count(path)


@pytest.mark.parametrize(
    ("file", "problems"),
    [
        pytest.param(file, problems, id=str(file.relative_to(GALLERY)))
        for file, problems in wrong_files()
    ],
)
def test_a_file_of_the_wrong_shape_is_refused(file: Path, problems: int) -> None:
    fewer = FEWER.get(file.relative_to(GALLERY).as_posix(), 0)
    assert len(errors_in(file)) >= problems - fewer


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_file_without_a_problem_of_its_shape_is_not_refused(folder: Path) -> None:
    wrong = {told["path"] for told in told_in(folder) if told["code"] in SHAPES}
    unreadable = {"not-yaml", "not-json", "not-utf-8", "custom-tag", "unknown-alias"}
    hidden = {"aliases-explode", "key-not-a-word", "more-than-one-document", "nested-too-deeply"}
    if folder.name in unreadable | hidden | {"control-character", "duplicate-key"}:
        return  # what editors tell by themselves
    for path, file in list_files(folder / "claims")[0].items():
        if f"claims/{path}" not in wrong:
            assert errors_in(file) == []


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    "written",
    [
        "value: 300",
        "value: 0.5",
        "value: yes",
        "value: true",
        "value: 12:30",
        "value: 2022-03-27",
        "value: ~300",
        "made: 2022",
        "as_of: 2023",
        "made: 2022-03-27",
        "made: 2022-03-23/2022-03-31",
        "made: 2022-03~",
        "based_on: other",
        "based_on: [other, 7]",
        "conflicts: {other: Why.}",
        "conflicts: {other: {because: Why., strength: tension}}",
        "compatible: {other: 7}",
        "claimant: 007",
        "topics: []",
        "retracted: {on: 2023, because: Wrong.}",
        "cites: [{outlet: daily, published: 2022, stance: disputes, url: HTTPS://a.example}]",
    ],
)
def test_what_an_editor_takes_for_a_number_or_a_truth_is_a_text_too(
    written: str, loader: type[Old]
) -> None:
    text = f"title: 2022\nclaims:\n- id: one\n  text: One.\n  found: page#1\n  {written}\n"
    assert list(checked_by("dossier").iter_errors(seen(text, loader))) == []


@pytest.mark.parametrize("written", ["0", "1", "0.1", "'0.1'", "1e-1", ".5"])
def test_a_tolerance_may_be_a_number(written: str) -> None:
    text = f"title: T\nquestions:\n  deaths: {{asks: Q, answer: quantity, tolerance: {written}}}\n"
    assert list(checked_by("dossier").iter_errors(seen(text, Core))) == []


def test_in_a_line_of_json_a_truth_is_no_text() -> None:
    claim = {"id": "one", "text": "One.", "found": "page#1", "value": 300}
    assert checked_by("claim").is_valid(claim)
    assert not checked_by("claim").is_valid(claim | {"value": True})


SCALARS: Final = st.one_of(
    st.text(alphabet="0123456789-+.~?/%XeE:", max_size=12),
    st.text(alphabet="abNOyestrue019-", max_size=8),
    st.dates().map(str),
    st.integers().map(str),
    st.floats(allow_nan=False).map(str),
    st.sampled_from(
        ["yes", "NO", "true", "0555", "1_000", "page#54", "a#1", "supports", "tension", "ML", "Q9"]
    ),
    st.from_regex(r"https?://[a-z.]{1,9}(/[!-~]*)?", fullmatch=True),
)


def test_no_record_is_made_of_an_empty_text_by_the_scalars_of_these_tests() -> None:
    assert not checked_by("dossier").is_valid({"title": ""})


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("model", "least"),
    [
        (Claim, {"id": "one", "text": "One.", "found": "page#1"}),
        (Question, {"asks": "How many?", "answer": "quantity"}),
        (PlaceRecord, {"name": "A place"}),
        (Document, {"title": "A page"}),
    ],
)
@given(data=st.data())
def test_what_the_reader_accepts_no_schema_refuses(
    model: type[AnyRecord], least: dict[str, Any], loader: type[Old], data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(list(model.model_fields)))
    written = data.draw(SCALARS)
    shaped = data.draw(st.sampled_from([written, [written], {"other": written}]))
    record = least | {key: shaped}
    try:
        model.model_validate(record)
    except ValidationError:
        return
    editor = as_editor(record, loader)
    if not holds_nothing(editor):
        assert list(Draft7Validator(schemas.record_schema(model)).iter_errors(editor)) == []


def as_editor(data: Any, loader: type[Old]) -> Any:  # noqa: ANN401 # as above
    """Return some data as an editor sees it if every text of it is written plainly."""
    if isinstance(data, dict):
        return {key: as_editor(value, loader) for key, value in data.items()}
    if isinstance(data, list):
        return [as_editor(value, loader) for value in data]
    resolver = loader("")
    tag = resolver.resolve(yaml.ScalarNode, data, (True, False))  # type: ignore[no-untyped-call] # PyYAML's own
    try:
        return in_json(resolver.construct_object(yaml.ScalarNode(tag, data)))
    except ValueError:  # YAML 1.1 reads a day that no calendar has as a day
        return data


def holds_nothing(data: Any) -> bool:  # noqa: ANN401 # as above
    """Return whether a `null` stands somewhere, which an editor takes for nothing written."""
    if isinstance(data, dict | list):
        return any(map(holds_nothing, data.values() if isinstance(data, dict) else data))
    return data is None


def test_schemas_are_written_a_file_each(tmp_path: Path) -> None:
    files = schemas.write_schemas(tmp_path / "claims" / ".schema")
    assert [file.name for file in files] == [f"{name}.json" for name in schemas.NAMES]
    for name, file in zip(schemas.NAMES, files, strict=True):
        assert json.loads(file.read_text(encoding="utf-8")) == schemas.schema_of(name)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LedgerError, match="cannot write"):
        schemas.write_schemas(tmp_path / "file")


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("outlets.yaml", ".schema/outlets.json"),
        ("mali/places.yaml", "../.schema/places.json"),
        ("mali/moura-2022.yaml", "../.schema/dossier.json"),
        ("a/b/c d.yaml", "../../.schema/dossier.json"),
    ],
)
def test_a_modeline_leads_from_a_file_to_its_schema(tmp_path: Path, path: str, schema: str) -> None:
    assert schemas.modeline(tmp_path, tmp_path / path) is None
    schemas.write_schemas(tmp_path / ".schema")
    line = f"# yaml-language-server: $schema={schema}"
    assert schemas.modeline(tmp_path, tmp_path / path) == line


def test_a_file_of_json_lines_has_no_modeline(tmp_path: Path) -> None:
    schemas.write_schemas(tmp_path / ".schema")
    assert schemas.modeline(tmp_path, tmp_path / "bulk.jsonl") is None
