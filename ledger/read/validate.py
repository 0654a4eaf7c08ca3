"""From plain data to records: what a model refuses becomes problems with places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from ledger.problems import CODES, Place, Problem, documented
from ledger.read.yaml_file import Marks, line_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

LIKENESS: Final = 70
"""From which likeness (0 to 100) on a near match is offered."""


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


def near_match(text: str, candidates: Sequence[str]) -> str | None:
    """Return the candidate that a text was probably meant to be."""
    match = process.extractOne(text, candidates, score_cutoff=LIKENESS)
    return str(match[0]) if match else None


def _problem(model: type[BaseModel], details: ErrorDetails, marks: Marks, path: str) -> Problem:
    keys = tuple(details["loc"])
    place = Place(path, line_of(marks, keys))
    kind = details["type"]
    key = str(keys[-1]) if keys else ""
    if kind in CODES:
        context = details["ctx"]
        what = f"`{_name(keys)}`: {context['what']}" if keys else context["what"]
        return Problem(place, kind, what, context["remedy"])
    if kind == "extra_forbidden":
        return unknown_key(place, key, _keys_of(model, keys[:-1]))
    if kind in {"missing", "too_short"}:
        return missing_key(place, key, model)
    if kind == "literal_error":
        return wrong_word(place, key, str(details["input"]), details["ctx"]["expected"])
    if kind.startswith(("float", "int", "greater", "less", "finite")):
        return number_out_of_bounds(place, key, str(details["input"]), details["msg"])
    return wrong_shape(place, _name(keys), details["msg"])


def _name(keys: tuple[str | int, ...]) -> str:
    """Return the innermost key that is a word: what the person wrote."""
    return next((str(key) for key in reversed(keys) if isinstance(key, str)), "")


def _keys_of(model: type[BaseModel], keys: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the record at the end of some keys may have."""
    for key in keys:
        field = model.model_fields.get(str(key))
        inner = _inner_model(field.annotation) if field else None
        model = inner or model
    return list(model.model_fields)


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
    kind = model.__name__.removesuffix("Record").replace("Bulk", "").lower()
    return Problem(place, "missing-key", f"this {kind} has no `{key}`", f"Add `{key}: …`.")


@documented
def wrong_word(place: Place, key: str, word: str, expected: str) -> Problem:
    """A key has a word that is not in its closed list."""
    accepted = expected.replace("'", "").replace(" or ", ", ")
    return Problem(place, "wrong-word", f"`{key}` is `{word}`", f"Accepted: {accepted}.")


@documented
def number_out_of_bounds(place: Place, key: str, written: str, why: str) -> Problem:
    """A number of a record (a coordinate, a tolerance) cannot be read or is out of its bounds."""
    reason = why.removeprefix("Input should be ").split(", unable")[0]
    return Problem(
        place,
        "number-out-of-bounds",
        f"`{key}` is `{written}`",
        f"Accepted: {reason}.",
    )


@documented
def wrong_shape(place: Place, key: str, why: str) -> Problem:
    """A text stands where a list or a mapping belongs, or the other way round."""
    shape = {
        "Input should be a valid string": "a text",
        "Input should be a valid tuple": "a list",
        "Input should be a valid dictionary": "a mapping",
    }.get(why, "a mapping")
    subject = f"`{key}`" if key else "this"
    return Problem(
        place,
        "wrong-shape",
        f"{subject} is not {shape}",
        "Compare it with the file format in the README.",
    )
