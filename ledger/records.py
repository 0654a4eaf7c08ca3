"""The records that people write, as frozen models: registers, dossiers, questions, claims.

Every scalar arrives as text. What a record refuses, and why, is told in `ledger.refusals`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from ledger import refusals
from ledger.values import UnreadableValue, kind_of, parse_date
from ledger.values.kind import TOLERANCE
from ledger.words import (
    COUNTRY_CODES,
    STANCES,
    Answer,
    Extent,
    Holding,
    Strength,
    Unknown,
)

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Nearly every address; whatever else may be one is taken apart.
_PLAIN_URL: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?:[/?][!-~]*)?")
WIKIDATA: Final = re.compile(r"Q[1-9][0-9]*")
SHA256: Final = re.compile(r"[0-9a-f]{64}")
PARAGRAPH: Final = re.compile(r"[1-9][0-9]{0,8}")
# A tag of BCP 47: a language, and what narrows it down: a script, a country or region, a variant.
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# A page has whatever number is printed on it; a time counts from the beginning.
FOUND: Final = re.compile(
    r"(?P<document>[^#\s]+)(?:#(?:(?P<paragraph>[1-9][0-9]{0,8})|(?P<locator>"
    r"page=[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*|row=[1-9][0-9]{0,8}|id=\S+"
    r"|t=[0-9]{1,6}(?::[0-5][0-9]){0,2})))?"
)


FLAGS: Final = ("true", "false")
"""What a key may say that tells only whether something is so."""

LEAST_OPTIONS: Final = 2
"""How many different answers a choice has at least."""


def is_slug(text: str) -> bool:
    """Return whether a text can be an id: lower-case letters, digits and single hyphens."""
    return SLUG.fullmatch(text) is not None


def _not_empty(text: str) -> str:
    if not text.strip():
        raise refusals.empty_value()
    return text


def _slug(text: str) -> str:
    if not is_slug(text):
        raise refusals.id_not_a_slug(text)
    return text


def _url(text: str) -> str:
    if _PLAIN_URL.fullmatch(text):
        return text
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or re.search(r"\s", text):
        raise refusals.url_not_http(text)
    return text


def _edtf(text: str) -> str:
    try:
        parse_date(text)
    except UnreadableValue as error:
        raise refusals.date_unreadable(error.what, error.forms) from error
    return text


def _country(text: str) -> str:
    if text not in COUNTRY_CODES:
        remedy = "Use the two capital letters of ISO 3166-1: ML."
        raise refusals.code_unreadable(text, "a country code", remedy)
    return text


def _wikidata(text: str) -> str:
    if WIKIDATA.fullmatch(text) is None:
        remedy = "Use the letter Q and a number: Q912."
        raise refusals.code_unreadable(text, "a Wikidata id", remedy)
    return text


def _language(text: str) -> str:
    if LANGUAGE.fullmatch(text) is None:
        remedy = "Use a tag of BCP 47: en, fr, pt-BR."
        raise refusals.code_unreadable(text, "a language tag", remedy)
    return text


def _flag(value: object) -> bool:
    # JSON has both as they are; in YAML every scalar is text.
    if isinstance(value, bool):
        return value
    if value not in FLAGS:
        raise refusals.not_true_or_false(value)
    return value == "true"


def _sha256(text: str) -> str:
    if SHA256.fullmatch(text) is None:
        remedy = "Use 64 lower-case hexadecimal digits, as `sha256sum` prints them."
        raise refusals.code_unreadable(text, "a SHA-256 hash", remedy)
    return text


def _stance(text: str) -> str:
    if text not in STANCES:
        raise refusals.stance_unknown(text)
    return text


def _paragraph_number(text: object) -> int:
    written = str(text)
    if PARAGRAPH.fullmatch(written) is None:
        raise refusals.not_a_paragraph(written)
    return int(written)


Text = Annotated[str, AfterValidator(_not_empty)]
Slug = Annotated[str, AfterValidator(_slug)]
Url = Annotated[str, AfterValidator(_url)]
Edtf = Annotated[str, AfterValidator(_edtf)]
Country = Annotated[str, AfterValidator(_country)]
Wikidata = Annotated[str, AfterValidator(_wikidata)]
Language = Annotated[str, AfterValidator(_language)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Sha256 = Annotated[str, AfterValidator(_sha256)]
Stance = Annotated[str, AfterValidator(_stance)]
ParagraphNumber = Annotated[int, BeforeValidator(_paragraph_number)]


class Record(BaseModel):
    """What all records share: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Outlet(Record):
    """Who publishes: newswires, newspapers, broadcasters, NGOs, agencies."""

    name: Text
    kind: Text | None = None
    country: Country | None = None
    aliases: tuple[Text, ...] = ()
    part_of: Text | None = None
    wikidata: Wikidata | None = None
    url: Url | None = None


class Actor(Record):
    """Who makes claims or is the answer to a question; `part_of` makes a tree.

    `independent` says that it speaks for itself though it is part of a whole.
    """

    name: Text
    kind: Text | None = None
    country: Country | None = None
    aliases: tuple[Text, ...] = ()
    part_of: Text | None = None
    independent: Flag = False
    wikidata: Wikidata | None = None


class PlaceRecord(Record):
    """Where something happened; `within` makes a tree, and a country's code holds below it."""

    name: Text
    within: Text | None = None
    country: Country | None = None
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    precision: Text | None = None
    aliases: tuple[Text, ...] = ()
    wikidata: Wikidata | None = None

    @model_validator(mode="after")
    def _both_coordinates_or_none(self) -> PlaceRecord:
        if (self.latitude is None) != (self.longitude is None):
            raise refusals.coordinate_missing("longitude" if self.longitude is None else "latitude")
        return self


class Document(Record):
    """Whatever claims were read in; `paragraphs` lists the outlets that each one cites.

    `left_out` says of paragraphs without a claim why there is none: a heading, a caption.
    """

    title: Text
    outlet: Text | None = None
    voice: Text | None = None
    published: Edtf | None = None
    url: Url | None = None
    retrieved: Edtf | None = None
    archived: Url | None = None
    language: Language | None = None
    licence: Text | None = None
    extent: Extent | None = None
    text_sha256: Sha256 | None = None
    paragraphs: dict[ParagraphNumber, tuple[Text, ...]] | None = None
    left_out: dict[ParagraphNumber, Text] = Field(default_factory=dict)


class Finding(Record):
    """An editor's reasoned, signed judgement on a question."""

    says: Text
    by: Text
    on: Edtf
    because: Text


class Question(Record):
    """What several claims answer differently."""

    asks: Text
    answer: Answer
    unit: Text | None = None
    options: tuple[Text, ...] = ()
    about: Text | None = None
    part_of: Text | None = None
    tolerance: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = TOLERANCE
    when: Edtf | None = None
    where: tuple[Text, ...] | None = None
    topics: tuple[Text, ...] | None = None
    answers: Holding = "one"
    ordered: Flag = False
    same_as: Text | None = None
    summary: Text | None = None
    labels: dict[str, Text] = Field(default_factory=dict)
    finding: Finding | None = None

    @model_validator(mode="after")
    def _options_go_with_choice(self) -> Question:
        listed = kind_of(self.answer).has_options
        if len(set(self.options)) < LEAST_OPTIONS if listed else self.options:
            raise refusals.options_missing(self.answer)
        return self

    @model_validator(mode="after")
    def _only_what_is_measured_has_a_unit(self) -> Question:
        if self.unit is not None and not kind_of(self.answer).measured:
            raise refusals.unit_needless(self.answer)
        return self

    @model_validator(mode="after")
    def _only_a_choice_is_ordered(self) -> Question:
        if self.ordered and not kind_of(self.answer).has_options:
            raise refusals.order_needless(self.answer)
        return self

    @model_validator(mode="after")
    def _yes_and_no_never_hold_together(self) -> Question:
        if self.answers == "many" and not kind_of(self.answer).can_be_many:
            raise refusals.many_answers(self.answer)
        return self


class Dossier(Record):
    """A dossier's own keys: its subject, without its questions and claims."""

    title: Text
    when: Edtf | None = None
    where: tuple[Text, ...] = ()
    topics: tuple[Text, ...] = ()
    parties: tuple[Text, ...] | None = None
    expect: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a claim was read: a document, and what part of it if that is told.

    That is a paragraph, or a locator: `page=4`, `row=12`, `id=ISPT0036`, `t=0:31`.
    """

    document: str
    paragraph: int | None = None
    locator: str | None = None

    @classmethod
    def parsed(cls, written: str) -> Found | None:
        """Return the place that is written: `doc`, `doc#54`, `doc#page=4`; None if it is none."""
        match = FOUND.fullmatch(written)
        if match is None:
            return None
        paragraph = match["paragraph"]
        return cls(match["document"], int(paragraph) if paragraph else None, match["locator"])


class Citation(Record):
    """One outlet's report cited for this very claim."""

    outlet: Text
    title: Text | None = None
    url: Url | None = None
    published: Edtf | None = None
    archived: Url | None = None
    stance: Stance = "supports"


class Declared(Record):
    """A declared conflict: its reason and, if the editor says so, its strength."""

    because: Text
    strength: Strength | None = None


class Retraction(Record):
    """When and why a claim was withdrawn."""

    on: Edtf
    because: Text


def _listed(value: Any) -> Any:  # noqa: ANN401 # before validation it may be anything
    return value if isinstance(value, list | tuple) else [value]


def _found(value: Any) -> Any:  # noqa: ANN401 # before validation it may be anything
    return [_found_place(entry) for entry in _listed(value)]


def _found_place(entry: object) -> Found:
    place = Found.parsed(entry) if isinstance(entry, str) else None
    if entry == "":
        raise refusals.empty_value()
    if place is None:
        raise refusals.found_unreadable(entry)
    return place


def _reasons(value: Any) -> Any:  # noqa: ANN401 # before validation it may be anything
    """Refuse a list of claims and empty reasons; let a bare reason stand for {because: reason}."""
    names = [value] if isinstance(value, str) and value else value
    if isinstance(names, list) and names and all(isinstance(name, str) for name in names):
        raise refusals.reason_missing(names)
    if not isinstance(value, dict):
        return value
    return {claim: _reason(claim, reason) for claim, reason in value.items()}


def _reason(claim: str, reason: object) -> object:
    because = reason.get("because") if isinstance(reason, dict) else reason
    if because is None or (isinstance(because, str) and not because.strip()):
        raise refusals.reason_missing([claim])
    return {"because": reason} if isinstance(reason, str) else reason


Declarations = Annotated[dict[str, Declared], BeforeValidator(_reasons)]


class Claim(Record):
    """One checkable proposition, in our own words, with one value."""

    id: Slug
    text: Text
    claimant: Text | None = None
    made: Edtf | None = None
    question: Text | None = None
    value: Text | None = None
    found: Annotated[tuple[Found, ...], BeforeValidator(_found), Field(min_length=1)]
    cites: tuple[Citation, ...] = ()
    origins: Unknown | None = None
    hedge: Text | None = None
    based_on: Annotated[tuple[Text, ...], BeforeValidator(_listed)] = ()
    supersedes: Text | None = None
    as_of: Edtf | None = None
    conflicts: Declarations = Field(default_factory=dict)
    compatible: Declarations = Field(default_factory=dict)
    retracted: Retraction | None = None
    topics: tuple[Text, ...] = ()
    quote: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _what_it_is_based_on_is_known(self) -> Claim:
        if self.origins and self.based_on:
            raise refusals.origins_known(self.based_on)
        return self


class BulkClaim(Claim):
    """A claim on a line of a JSONL file, which may name the dossier it belongs to."""

    # Most ledgers and most commands have none, and need not wait for its validator.
    model_config = ConfigDict(defer_build=True)

    dossier: Text | None = None
