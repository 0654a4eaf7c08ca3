"""What a record refuses about one of its values: each refusal documents its own problem code.

A refusal is an error of pydantic's whose type is the problem's code and whose context carries
the sentence and the remedy; the reader adds the place and makes a problem of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, LiteralString

from pydantic_core import PydanticCustomError

from ledger.problems import documented
from ledger.values import kind_of
from ledger.words import LOCATORS, STANCES

PARTS: Final = dict(zip(LOCATORS, ("page=4", "row=12", "id=ISPT0036", "t=0:31"), strict=True))
"""An example of each way to tell a part of a document that is no paragraph."""


def as_written(value: object) -> str:
    """Return a value as somebody wrote it: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _refuse(code: LiteralString, what: str, remedy: str) -> PydanticCustomError:
    # Braces are pydantic's placeholders, so the sentence itself travels in the context.
    return PydanticCustomError(code, "{what}", {"what": what, "remedy": remedy})


@documented
def empty_value() -> PydanticCustomError:
    """A key is there, but nothing is written behind it.

    Write the value; or leave the key out, if the record can do without it.
    """
    # The reader tells which of the two, since it knows the record.
    return PydanticCustomError("empty-value", "nothing is written")


@documented
def id_not_a_slug(text: str) -> PydanticCustomError:
    """An id is not a slug.

    Ids stand in addresses and in other people's files, so they are plain: lower-case letters
    and digits of ASCII, in groups divided by single hyphens. They are never renamed.
    """
    return _refuse(
        "id-not-a-slug",
        f"`{text}` cannot be an id",
        "Use lower-case letters, digits and single hyphens: moura-deaths.",
    )


@documented
def url_not_http(text: str) -> PydanticCustomError:
    """A web address does not begin with http:// or https://, or is not an address at all.

    Other schemes (javascript:, data:, file:) can do harm when a reader follows them.
    """
    return _refuse(
        "url-not-http",
        f"`{text}` is not a web address",
        "Write the whole address, beginning with https:// or http://.",
    )


@documented
def date_unreadable(what: str, forms: str) -> PydanticCustomError:
    """A date of a record cannot be read as EDTF (ISO 8601-2)."""
    return _refuse("date-unreadable", what, f"Accepted: {forms}.")


@documented
def code_unreadable(text: str, kind: str, remedy: str) -> PydanticCustomError:
    """A country code, a language, a Wikidata id or a hash does not have the form of one.

    Country codes are the two-letter codes of ISO 3166-1, with those that it leaves to users
    (AA, QM to QZ, XA to XZ, ZZ). A language is a tag of BCP 47: `en`, `fr`, `pt-BR`.
    """
    return _refuse("code-unreadable", f"`{text}` is not {kind}", remedy)


@documented
def stance_unknown(text: str) -> PydanticCustomError:
    """A citation's stance is none of the words that the ledger knows."""
    return _refuse(
        "stance-unknown", f"`{text}` is not a stance", f"Accepted: {', '.join(STANCES)}."
    )


@documented
def found_unreadable(entry: object) -> PydanticCustomError:
    """The place where a claim was found cannot be read.

    It is a document, or a part of one: a paragraph (`cep-mali#54`), a page (`#page=4`), a row of
    a table (`#row=12`), an entry by its id (`#id=ISPT0036`), a time in a recording (`#t=0:31`).

    A paragraph's number counts the non-blank lines of the document's plain text from 1,
    headings included. The same numbers are the keys of a document's `paragraphs`.
    """
    document, _, part = (entry if isinstance(entry, str) else "").partition("#")
    key, told, _ = part.partition("=")
    remedy = (
        "Write document#paragraph, counting the non-blank lines from 1: cep-mali#54; or the "
        f"document alone, or one of its parts: {', '.join(f'#{one}' for one in PARTS.values())}."
    )
    if document and told:
        remedy = (
            f"Write it like this: {document}#{PARTS[key]}."
            if key in PARTS
            else f"Accepted before `=`: {', '.join(PARTS)}."
        )
    what = f"`{as_written(entry)}` is not a place in a document"
    return _refuse("found-unreadable", what, remedy)


def not_a_paragraph(written: str) -> PydanticCustomError:
    """Refuse a key of a document's `paragraphs`: see `found_unreadable`."""
    return _refuse(
        "found-unreadable",
        f"`{written}` is not the number of a paragraph",
        "Count the non-blank lines of the document from 1, and write the number in digits: 54.",
    )


@documented
def options_missing(answer: str) -> PydanticCustomError:
    """A question's options and the kind of its answer do not go together.

    A choice needs the options that exclude each other; no other kind of answer has any.
    """
    kind = kind_of(answer)
    if kind.has_options:
        return _refuse(
            "options-missing",
            f"a question whose answer is {kind.wanted} has fewer than two options",
            "List under `options` two answers or more, which exclude each other.",
        )
    return _refuse(
        "options-missing",
        f"a question whose answer is `{answer}` has options",
        "Remove `options`, or make the answer `choice`.",
    )


@documented
def unit_needless(answer: str) -> PydanticCustomError:
    """A question has a unit although no quantity answers it."""
    return _refuse(
        "unit-needless",
        f"a question whose answer is `{answer}` has a unit",
        "Remove `unit`, or make the answer `quantity`.",
    )


def not_true_or_false(value: object) -> PydanticCustomError:
    """Refuse what tells neither that something is so nor that it is not: see `wrong_word`."""
    return _refuse(
        "wrong-word", f"`{as_written(value)}` is not a word known here", "Accepted: true, false."
    )


@documented
def order_needless(answer: str) -> PydanticCustomError:
    """A question's options are said to be a scale, but it has none.

    `ordered` says of the options of a choice that neighbours in the list hardly exclude each
    other: bad, fair, good.
    """
    return _refuse(
        "order-needless",
        f"a question whose answer is `{answer}` has no options to be in an order",
        "Remove `ordered`, or make the answer `choice`.",
    )


@documented
def many_answers(answer: str) -> PydanticCustomError:
    """Several answers are said to hold together where only one ever can: yes and no."""
    return _refuse(
        "many-answers",
        f"no two answers hold together where the answer is `{answer}`",
        "Remove `answers`, or ask for a `choice` whose options may hold together.",
    )


@documented
def origins_known(based_on: Sequence[str]) -> PydanticCustomError:
    """A claim is based on others, and yet nobody is said to know whom it goes back to.

    It goes back to whomever they go back to. If that is unknown, they say so.
    """
    bases = ", ".join(f"`{one}`" for one in based_on)
    return _refuse(
        "origins-known",
        f"its origins are `unknown`, but it is based on {bases}",
        "Remove `origins`, or `based_on`.",
    )


@documented
def coordinate_missing(which: str) -> PydanticCustomError:
    """A place has a latitude without a longitude, or the other way round."""
    return _refuse(
        "coordinate-missing",
        f"this place has no `{which}` beside its other coordinate",
        f"Add `{which}`, or leave both out.",
    )


@documented
def reason_missing(claims: Sequence[str]) -> PydanticCustomError:
    """A conflict is declared or dismissed without a reason.

    Whoever reads of a conflict is told in a sentence why the two claims cannot both be true,
    or why an editor holds that they can.
    """
    return _refuse(
        "reason-missing",
        f"no reason is given beside {', '.join(f'`{claim}`' for claim in claims)}",
        f"Write the reason behind the id: `{claims[0]}: The totals exclude each other.`",
    )
