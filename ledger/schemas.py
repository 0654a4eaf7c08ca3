"""Schemas: the records as JSON Schema, by which editors check and complete what people write.

Generated from the records, of draft-07, which every editor's YAML support understands. A schema
refuses nothing that the reader accepts, and sees one file at a time: whether a reference leads
anywhere, and what a value means, only `ledger check` tells.

The reader takes every scalar as text. An editor's YAML knows numbers and booleans as well, so
wherever a text belongs, a schema accepts them too. A bare `null` it takes for nothing written.
Where an editor is set to YAML 1.1 instead of 1.2, the key `on` is a truth to it and is refused.
"""

from __future__ import annotations

import inspect
import json
import os
import re
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from ledger import records, refusals
from ledger.problems import LedgerError
from ledger.values import ANSWER_KINDS, kind_of
from ledger.values.date import FORMS
from ledger.words import ANSWERS, COUNTRY_CODES, EXTENTS, HOLDINGS, STANCES, STRENGTHS

Schema = dict[str, Any]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"

FOLDER: Final = ".schema"
"""Where in a claims folder the schemas lie for editors; hidden, so it is not read for claims."""

REGISTERS: Final[dict[str, type[records.Record]]] = {
    "outlets": records.Outlet,
    "actors": records.Actor,
    "places": records.PlaceRecord,
    "documents": records.Document,
}
"""Each register and what its ids stand for."""

NAMES: Final = ("dossier", *REGISTERS, "claim")
"""Every schema: a dossier, the four registers, and a claim as it stands on a line of JSON."""

MEANINGS: Final[dict[str, str]] = {
    "name": "The name as readers know it.",
    "aliases": "Other names and abbreviations.",
    "country": "The country's two capital letters, ISO 3166-1: ML.",
    "wikidata": "The id in Wikidata: Q912.",
    "url": "The address, with https:// or http://.",
    "title": "The title.",
    "published": "When it was published, in EDTF: 2022-04-05.",
    "because": "The reason, in a sentence.",
    "topics": "What it is about, in a few words each.",
    "Outlet.kind": "What kind of outlet: newswire, newspaper, broadcaster, NGO, agency …",
    "Outlet.part_of": "The outlet that it belongs to.",
    "Actor.kind": (
        "What kind of actor: government, state force, armed group, NGO, witness group …; `unnamed` "
        "stands for people whom nobody names."
    ),
    "Actor.part_of": "The actor that it is a part of: a brigade is part of an army.",
    "Actor.independent": "Whether it speaks for itself though it is part of a whole.",
    "PlaceRecord.within": "The place that it lies in.",
    "PlaceRecord.country": "ISO 3166-1, two capital letters; it holds for every place within.",
    "PlaceRecord.latitude": "Degrees north of the equator, south of it with a minus.",
    "PlaceRecord.longitude": "Degrees east of Greenwich, west of it with a minus.",
    "PlaceRecord.precision": "How exact the coordinates are: settlement, region, country …",
    "Document.outlet": "The outlet that published it.",
    "Document.voice": "The actor whose words it is wherever a claim names no claimant.",
    "Document.retrieved": "When it was read at its address, in EDTF: 2026-11-20.",
    "Document.archived": "Where a copy of it is archived.",
    "Document.language": "The language it is in, a tag of BCP 47: en, fr, pt-BR.",
    "Document.licence": "The terms on which it can be used: CC-BY-4.0.",
    "Document.extent": "How much of it was read.",
    "Document.text_sha256": "The hash of its plain text, as `sha256sum` prints it.",
    "Document.paragraphs": (
        "The outlets that each paragraph cites, by its number: non-blank lines of the plain "
        "text, from 1, headings included. An outlet printed twice stands twice."
    ),
    "Document.left_out": (
        "Why no claim was read in a paragraph, by its number: a heading, a caption, a footer."
    ),
    "Dossier.title": "The subject of this dossier.",
    "Dossier.when": "When it happened, in EDTF: 2022-03-27, 2022-03, 2022-03-23/2022-03-31.",
    "Dossier.where": "Ids of the places where it happened.",
    "Dossier.parties": (
        "Ids of the actors that it is about, whose own word on it is marked; left out, those that "
        "its answers name. An empty list says that there are none."
    ),
    "Dossier.expect": "What must come of this dossier: `a-claim conflicts with another-claim`.",
    "Dossier.questions": "What several claims answer differently, by id.",
    "Dossier.claims": "The claims, each one checkable proposition.",
    "Question.asks": "The question in words.",
    "Question.answer": "The kind of its answer.",
    "Question.unit": "What a quantity counts or measures: people, km.",
    "Question.options": "The answers of a choice, which exclude each other.",
    "Question.about": "What exactly is counted or meant.",
    "Question.part_of": "The question whose quantity this one cannot exceed.",
    "Question.tolerance": "How far `about` reaches to both sides, as a fraction.",
    "Question.when": "When it happened, in EDTF, where that differs from the dossier's.",
    "Question.where": "Ids of the places where it happened, instead of the dossier's.",
    "Question.topics": "What it is about, instead of the dossier's topics.",
    "Question.answers": "Whether answers that differ exclude each other.",
    "Question.ordered": "Whether its options are a scale: neighbours hardly exclude each other.",
    "Question.same_as": "The same question, asked elsewhere: the two are weighed together.",
    "Question.summary": "Who says what, in one or two sentences.",
    "Question.labels": "Short names of positions, each by the id of a claim that takes it.",
    "Question.finding": "An editor's reasoned, signed judgement.",
    "Finding.says": "The judgement, in a sentence.",
    "Finding.by": "Who signs it.",
    "Finding.on": "When, in EDTF: 2026-11-20.",
    "Claim.id": "A slug, unique in the whole ledger, never renamed.",
    "Claim.text": "The claim in our own words, one checkable proposition.",
    "Claim.claimant": "The actor who makes the claim; left out, the document's voice.",
    "Claim.made": "When the claim was made, in EDTF, if known.",
    "Claim.question": "The id of the question that it answers.",
    "Claim.value": (
        "Its answer. A quantity: 300, ~300, 500+, 250..300, fewer than 10, dozens; quote what "
        "begins with >. A date: EDTF. An actor or place: an id, a + b, a | b, not a."
    ),
    "Claim.found": (
        "Where it was read, one place or a list: document#54 (a paragraph), #page=4, #row=12, "
        "#id=ISPT0036, #t=0:31, or the document alone."
    ),
    "Claim.cites": "Citations of this very claim; they take the place of the paragraph's.",
    "Claim.origins": "Nobody recorded whom it goes back to.",
    "Claim.hedge": "How the text hedges it: reportedly, allegedly …",
    "Claim.based_on": "The claim or claims that it repeats or relays.",
    "Claim.supersedes": "The same claimant's earlier word that it replaces.",
    "Claim.as_of": "The time that the value holds for, in EDTF, where it changes with time.",
    "Claim.conflicts": "Claims that it cannot be true beside, each with the reason.",
    "Claim.compatible": "Claims that its value seems to exclude and does not, with the reason.",
    "Claim.retracted": "When and why it was withdrawn.",
    "Claim.quote": "A few words as printed, where the words are in dispute.",
    "Claim.note": "What an editor adds.",
    "BulkClaim.dossier": "The id of the dossier that it belongs to.",
    "Citation.outlet": "The id of the outlet cited.",
    "Citation.title": "The title of the report.",
    "Citation.url": "Where the report can be read.",
    "Citation.archived": "Where a copy of it is archived.",
    "Citation.stance": "What the report does with the claim.",
    "Declared.strength": "Whether they cannot both be true, or hardly.",
    "Retraction.on": "When, in EDTF.",
}
"""What each key holds: by its record and name, or by its name alone where records share it."""

_WORDS: Final = {
    "answer": ANSWERS,
    "answers": HOLDINGS,
    "extent": EXTENTS,
    "strength": STRENGTHS,
    "stance": STANCES,
}
_SCALAR: Final = ["string", "number", "boolean"]
_NUMBER: Final = r"^\s*[-+]?[0-9._]+([eE][-+]?[0-9]+)?\s*$"
_SLUG: Final = f"^{records.SLUG.pattern}$"


_TOGETHER: Final[dict[str, Schema]] = {
    "places": {"dependencies": {"latitude": ["longitude"], "longitude": ["latitude"]}}
}
"""The keys of a register's entries that go together."""


def _text(pattern: str) -> Schema:
    return {"type": _SCALAR, "pattern": pattern}


def _country() -> str:
    """Return a pattern of the codes that a country can have, by their first letters."""
    seconds: dict[str, str] = {}
    for code in sorted(COUNTRY_CODES):
        seconds[code[0]] = seconds.get(code[0], "") + code[1]
    return "|".join(f"{first}[{letters}]" for first, letters in seconds.items())


def _told(refusal: PydanticCustomError) -> Schema:
    """Return what editors say of a text that does not fit: the reader's own remedy."""
    return {"patternErrorMessage": (refusal.context or {})["remedy"]}


# What the validators of `ledger.records` ask of a text, as far as a pattern can.
_TEXTS: Final[tuple[tuple[Any, Schema], ...]] = (
    (records.Text, _text(r"\S")),
    (records.Slug, _text(_SLUG) | _told(refusals.id_not_a_slug(""))),
    (
        records.Url,
        {"type": "string", "pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]\S*$"}
        | _told(refusals.url_not_http("")),
    ),
    (
        records.Edtf,
        {"type": ["string", "integer"], "pattern": r"^[-0-9XSTZ?~%.,:/+\[\]{}\s]+$"}
        | _told(refusals.date_unreadable("", FORMS)),
    ),
    # In YAML 1.1, NO is not Norway.
    (records.Country, {"type": ["string", "boolean"], "pattern": f"^(?:{_country()})$"}),
    (records.Language, {"type": ["string", "boolean"], "pattern": f"^{records.LANGUAGE.pattern}$"}),
    (records.Flag, {"enum": [True, False, *records.FLAGS]}),
    (records.Wikidata, {"type": "string", "pattern": f"^{records.WIKIDATA.pattern}$"}),
    (records.Language, {"type": ["string", "boolean"], "pattern": f"^{records.LANGUAGE.pattern}$"}),
    (records.Sha256, {"type": ["string", "number"], "pattern": f"^{records.SHA256.pattern}$"}),
    (records.Stance, {"enum": list(STANCES)}),
    # JavaScript has no groups that are named as Python's are.
    (
        records.Found,
        _text(f"^{re.sub(r'[?]P<[a-z]+>', '?:', records.FOUND.pattern)}$")
        | _told(refusals.found_unreadable("")),
    ),
)


def schema_of(name: str) -> Schema:
    """Return one of the schemas of NAMES."""
    titles = {
        "dossier": "A dossier: a subject, its questions and its claims",
        "claim": "A claim on a line of a .jsonl file",
    }
    title = titles.get(name, f"The register {name}.yaml: each id and its record")
    return {"$schema": DRAFT} | _body(name) | {"title": title}


def as_json(schema: Schema) -> str:
    """Return a schema as the text of a file."""
    return f"{json.dumps(schema, ensure_ascii=False, indent=2)}\n"


def write_schemas(folder: Path, names: tuple[str, ...] = NAMES) -> list[Path]:
    """Write schemas into a folder, a file each; return the files.

    Raises LedgerError if they cannot be written.
    """
    files = [folder / f"{name}.json" for name in names]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, file in zip(names, files, strict=True):
            file.write_text(as_json(schema_of(name)), encoding="utf-8")
    except OSError as error:
        message = f"cannot write {error.filename or folder}: {error.strerror}"
        raise LedgerError(message) from error
    return files


def modeline(claims: Path, file: Path) -> str | None:
    """Return the first line by which editors find a file's schema.

    None if the claims folder holds no schema for such a file.
    """
    name = file.stem if file.name in {f"{register}.yaml" for register in REGISTERS} else "dossier"
    schema = claims / FOLDER / f"{name}.json"
    if file.suffix != ".yaml" or not schema.is_file():
        return None
    path = Path(os.path.relpath(schema, file.parent)).as_posix()
    return f"# yaml-language-server: $schema={path}"


def _body(name: str) -> Schema:
    if name == "dossier":
        return _dossier()
    if name == "claim":
        in_json: Schema = _without_booleans(_claim(records.BulkClaim))
        return in_json
    return {
        "description": _meaning_of(REGISTERS[name]),
        "type": "object",
        "propertyNames": {"pattern": _SLUG},
        "additionalProperties": record_schema(REGISTERS[name]) | _TOGETHER.get(name, {}),
    }


def _dossier() -> Schema:
    """Return the schema of a whole dossier: its own keys, its questions and its claims."""
    schema: Schema = record_schema(records.Dossier)
    del schema["description"]  # it is that of the keys below without the two that follow
    schema["properties"] |= {
        "questions": {
            "description": MEANINGS["Dossier.questions"],
            "type": "object",
            "propertyNames": {"pattern": _SLUG},
            "additionalProperties": _question(),
        },
        "claims": {
            "description": MEANINGS["Dossier.claims"],
            "type": "array",
            "items": _claim(records.Claim),
        },
    }
    return schema


def _claim(model: type[records.Claim]) -> Schema:
    """Return the schema of a claim: whose origins are unknown is based on nobody."""
    baseless = {"properties": {"based_on": {"type": "array", "maxItems": 0}}}
    return record_schema(model) | {"if": {"required": ["origins"]}, "then": baseless}


def _question() -> Schema:
    """Return the schema of a question: only a choice has options, only a quantity a unit."""
    others = [answer for answer, kind in ANSWER_KINDS.items() if not kind.measured]
    listed = [answer for answer, kind in ANSWER_KINDS.items() if kind.has_options]
    of_options = {"enum": listed} if listed[1:] else {"const": listed[0]}
    unitless = {
        "if": {"required": ["answer"], "properties": {"answer": {"enum": others}}},
        "then": {"properties": {"unit": False}},
    }
    unordered = {
        "if": {"required": ["answer"], "properties": {"answer": {"not": of_options}}},
        "then": {"properties": {"ordered": {"enum": [False, "false"]}}},
    }
    lone = [answer for answer in ANSWERS if not kind_of(answer).can_be_many]
    single = {
        "if": {"required": ["answer"], "properties": {"answer": {"enum": lone}}},
        "then": {"properties": {"answers": {"const": "one"}}},
    }
    return record_schema(records.Question) | {
        "allOf": [unitless, unordered, single],
        "if": {"required": ["answer"], "properties": {"answer": of_options}},
        "then": {"required": ["options"], "properties": {"options": {"minItems": 1}}},
        "else": {"properties": {"options": {"maxItems": 0}}},
    }


def record_schema(model: type[records.Record]) -> Schema:
    """Return the schema of a record: its keys, and no others."""
    hints = get_type_hints(model, include_extras=True)
    properties: Schema = {}
    for key, field in model.model_fields.items():
        properties[key] = _form(hints[key]) | {"description": _meaning(model, key)}
        if isinstance(field.default, float | str):
            properties[key]["default"] = field.default
    return {
        "title": re.sub("Record|Bulk", "", model.__name__).lower(),
        "description": _meaning_of(model),
        "type": "object",
        "properties": properties,
        "required": [key for key, field in model.model_fields.items() if field.is_required()],
        "additionalProperties": False,
    }


def _meaning_of(model: type[records.Record]) -> str:
    return inspect.cleandoc(model.__doc__ or "")


def _meaning(model: type[records.Record], key: str) -> str:
    """Return what a key of a record holds, with the words it may be if they are a closed list."""
    names = [*(f"{base.__name__}.{key}" for base in model.__mro__), key]
    meaning = next((MEANINGS[name] for name in names if name in MEANINGS), "")
    words = (f"{word}: {says}" for word, says in _WORDS.get(key, {}).items())
    return "\n".join([meaning, *words])


def _form(hint: Any) -> Schema:  # noqa: ANN401 # an annotation may be anything
    """Return the schema of what an annotation of a record accepts."""
    known = next((schema for text, schema in _TEXTS if hint == text), None)
    if known:
        return dict(known)
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:  # something or nothing; nothing is told by leaving it out
        return _form(inner[0])
    if origin is Annotated:
        return _annotated(inner[0], inner[1:])
    if origin is tuple:
        return {"type": "array", "items": _form(inner[0])}
    if origin is dict:
        numbers = {"propertyNames": {"pattern": f"^{records.PARAGRAPH.pattern}$"}}
        keys = numbers if inner[0] == records.ParagraphNumber else {}
        return {"type": "object", **keys, "additionalProperties": _form(inner[1])}
    return {"enum": list(inner)} if origin is Literal else record_schema(hint)


def _annotated(base: Any, extras: tuple[Any, ...]) -> Schema:  # noqa: ANN401 # as above
    """Return the schema of an annotation that bounds or a validator of short forms go with."""
    bounds = _bounds(extras)
    if base is bool:
        return {"enum": [True, False, *records.FLAGS]}
    if base is float:
        return {"type": ["number", "string"], "pattern": _NUMBER, **bounds}
    schema = _form(base)
    if not any(isinstance(extra, BeforeValidator) for extra in extras):
        return schema | bounds
    if schema["type"] == "array":  # one entry may stand for a list of one
        one: Schema = schema["items"]
        kinds = [one["type"]] if isinstance(one["type"], str) else one["type"]
        return one | schema | {"type": [*kinds, "array"]} | bounds
    # A bare reason may stand for the mapping that holds it.
    either = schema["additionalProperties"] | _text(r"\S") | {"type": [*_SCALAR, "object"]}
    return schema | {"additionalProperties": either}


def _bounds(extras: tuple[Any, ...]) -> Schema:
    """Return the bounds among what an annotation holds, as a schema calls them."""
    names = {"ge": "minimum", "le": "maximum", "min_length": "minItems"}
    told = [bound for extra in extras for bound in getattr(extra, "metadata", ())]
    return {
        name: getattr(bound, own)
        for bound in told
        for own, name in names.items()
        if hasattr(bound, own)
    }


def _without_booleans(schema: Any) -> Any:  # noqa: ANN401 # any part of a schema
    """Return a schema as it is for JSON, where true and false are no texts."""
    if isinstance(schema, list):
        return [_without_booleans(one) for one in schema if one != "boolean"]
    if isinstance(schema, dict):
        return {key: _without_booleans(value) for key, value in schema.items()}
    return schema
