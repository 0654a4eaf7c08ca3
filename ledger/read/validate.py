"""From plain data to records: what a model refuses becomes problems with places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel, ValidationError

from ledger.likeness import near_match
from ledger.problems import CODES, Place, Problem, documented
from ledger.read.yaml_file import Marks, line_of
from ledger.records import Dossier
from ledger.refusals import as_written

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)


def validate(
    model: type[Model], data: object, marks: Marks, path: str
) -> tuple[Model | None, list[Problem]]:
    """Return the record that some data is, or None and what is wrong with it."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        found = error.errors(include_url=False)
    problems = [_problem(model, details, marks, path) for details in found]
    return None, list(dict.fromkeys(problems))


def _problem(model: type[BaseModel], details: ErrorDetails, marks: Marks, path: str) -> Problem:
    keys, kind = details["loc"], details["type"]
    about = keys
    if keys and keys[-1] == "[key]":  # pydantic's sign that the key itself is refused
        keys, about = keys[:-1], keys[:-2]
    key = str(keys[-1]) if keys else ""
    place = Place(path, line_of(marks, keys))
    around = _model_at(model, keys[:-1])
    if kind == "extra_forbidden":
        return unknown_key(place, key, accepted_keys(around))
    if kind in {"missing", "too_short"}:
        return missing_key(place, key, around)
    if kind == "empty-value" or details["input"] == "":
        listed = SHAPES.get(kind) == "list"
        return nothing_written(place, _subject(model, keys), listed, key in _required(around))
    if kind in CODES:
        context = details["ctx"]
        what = f"`{_name(about)}`: {context['what']}" if about else context["what"]
        return Problem(place, kind, what, context["remedy"])
    return _misfit(model, details, place, keys)


def _misfit(
    model: type[BaseModel], details: ErrorDetails, place: Place, keys: tuple[str | int, ...]
) -> Problem:
    """Return the problem that what is written is not of the kind that belongs there."""
    kind, given, key = details["type"], details["input"], str(keys[-1]) if keys else ""
    if kind == "literal_error":
        return wrong_word(place, key, as_written(given), details["ctx"]["expected"])
    if kind.startswith(("float", "int", "greater", "less", "finite")):
        return number_out_of_bounds(place, key, as_written(given), details.get("ctx", {}))
    inner, around = _model_at(model, keys), _model_at(model, keys[:-1])
    held = [KEYS_OF_MAPPINGS[key]] if kind == "dict_type" else _required(inner)
    plain = kind == "tuple_type" and inner is around
    return wrong_shape(
        place, _subject(model, keys), SHAPES.get(kind, "mapping"), () if plain else held
    )


SHAPES: Final = {"string_type": "text", "tuple_type": "list", "dict_type": "mapping"}
"""What pydantic found missing, by the type of its error; any other type misses a record."""

KEYS_OF_MAPPINGS: Final = {
    "conflicts": "other-claim",
    "compatible": "other-claim",
    "labels": "a-claim",
    "left_out": "1",
    "paragraphs": "1",
}
"""An example of a key for each mapping whose keys people choose."""


def nothing_written(place: Place, subject: str, listed: bool, required: bool) -> Problem:
    """Return the problem that a key is there and nothing behind it."""
    remedy = "Write it." if required else "Write it, or leave it out."
    if listed:
        remedy = "Write the list; an empty one is `[]`."
    return Problem(place, "empty-value", f"{subject} is empty", remedy)


def _subject(model: type[BaseModel], keys: tuple[str | int, ...]) -> str:
    """Return what a problem is about: a key, an entry of one, or the whole record."""
    subject = f"`{_name(keys)}`" if keys else f"this {_kind_of(model)}"
    return f"an entry of {subject}" if keys and isinstance(keys[-1], int) else subject


def _name(keys: tuple[str | int, ...]) -> str:
    """Return the innermost key that is a word: what the person wrote."""
    return next((str(key) for key in reversed(keys) if isinstance(key, str)), "")


def _kind_of(model: type[BaseModel]) -> str:
    return model.__name__.removesuffix("Record").replace("Bulk", "").lower()


def accepted_keys(model: type[BaseModel]) -> list[str]:
    """Return the keys that a record may have; a dossier's questions and claims are its own too."""
    return [*model.model_fields, *(("questions", "claims") if model is Dossier else ())]


def _required(model: type[BaseModel]) -> list[str]:
    return [name for name, field in model.model_fields.items() if field.is_required()]


def _model_at(model: type[BaseModel], keys: tuple[str | int, ...]) -> type[BaseModel]:
    """Return the record that stands behind some keys of another, or the nearest around them."""
    for key in keys:
        field = model.model_fields.get(str(key))
        inner = _inner_model(field.annotation) if field else None
        model = inner or model
    return model


def _inner_model(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if found := _inner_model(part):
            return found
    return None


@documented
def unknown_key(place: Place, key: str, accepted: list[str]) -> Problem:
    """A record has a key that the format does not know, often a slip of the pen."""
    meant = near_match(key, accepted)
    hint = f"Did you mean `{meant}`? " if meant else ""
    return Problem(
        place,
        "unknown-key",
        f"`{key}` is not a key here",
        f"{hint}Accepted: {', '.join(accepted)}.",
    )


@documented
def missing_key(place: Place, key: str, model: type[BaseModel]) -> Problem:
    """A record lacks a key that it cannot do without.

    A dossier needs its title, a question what it asks and its kind of answer, a claim its id,
    its text and where it was found, an entry of a register its name or title.
    """
    return Problem(place, "missing-key", f"this {_kind_of(model)} has no `{key}`", f"Add `{key}`.")


@documented
def wrong_word(place: Place, key: str, word: str, expected: str) -> Problem:
    """A key has a word that is not in its closed list."""
    accepted = expected.replace("'", "").replace(" or ", ", ")
    return Problem(
        place,
        "wrong-word",
        f"`{key}`: `{word}` is not a word known here",
        f"Accepted: {accepted}.",
    )


@documented
def number_out_of_bounds(
    place: Place, key: str, written: str, bounds: Mapping[str, float]
) -> Problem:
    """A number of a record (a coordinate, a tolerance) cannot be read or is out of its bounds."""
    accepted = "a number in digits, such as 12.5"
    if "ge" in bounds:
        accepted = f"a number from {bounds['ge']:g} up"
    elif "le" in bounds:
        accepted = f"a number up to {bounds['le']:g}"
    return Problem(
        place,
        "number-out-of-bounds",
        f"`{key}`: `{written}` is not {accepted.partition(',')[0]}",
        f"Accepted: {accepted}.",
    )


@documented
def wrong_shape(place: Place, subject: str, shape: str, keys: Sequence[str] = ()) -> Problem:
    """A text stands where a list or a mapping belongs, or the other way round.

    A list is `[one, two]` or lines that begin with a hyphen; a mapping is `{key: value}` or a
    line for each key.
    """
    pairs = f"{{{', '.join(f'{key}: …' for key in keys)}}}"
    remedies = {
        "text": "Write a text; quote it if it begins with [ or {.",
        "list": f"Write a list: [{pairs if keys else 'one, two'}], or a line with a hyphen each.",
        "mapping": f"Write a mapping: {pairs}, or a line for each key.",
    }
    return Problem(place, "wrong-shape", f"{subject} is not a {shape}", remedies[shape])
