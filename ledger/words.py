"""The words of the ledger: closed lists of what a field may say, each with its meaning.

The files, the tables, the pages and the messages use these words and no others.
"""

from __future__ import annotations

from typing import Final, Literal

Answer = Literal["quantity", "date", "actor", "place", "choice", "yes-no", "text"]

ANSWERS: Final[dict[str, str]] = {
    "quantity": "a number or a range of numbers, in the question's unit",
    "date": "a date or a span of time, in EDTF (ISO 8601-2)",
    "actor": "one actor or several, from the register of actors",
    "place": "one place or several, from the register of places",
    "choice": "one of the question's options, which exclude each other",
    "yes-no": "yes or no",
    "text": "free words, compared by people only",
}

STATUSES: Final[dict[str, str]] = {
    "contested": "in an open conflict with another claim",
    "corroborated": "two or more independent origins agree and none disagrees",
    "single origin": "one independent origin stands behind it and nobody disagrees",
    "origin not recorded": "nobody recorded whom it goes back to, and nobody disagrees",
    "superseded": "replaced by a later word of the same claimant",
    "retracted": "withdrawn by whoever made it",
}

STATES: Final[dict[str, str]] = {
    "disputed": "its claims take positions that exclude each other, or hardly fit together",
    "contested elsewhere": "its claims go together, but claims on other questions contradict some",
    "agreed": "two or more independent origins answer it and their claims can all be true",
    "single origin": "one independent origin answers it",
    "origin not recorded": "nobody recorded whom its answers go back to",
    "unanswered": "no claim answers it that still stands",
}

IN_DISPUTE: Final = ("disputed", "contested elsewhere")
"""The states of questions of whose claims some are in an open conflict."""

NATURES: Final[dict[str, str]] = {
    "sides": "different independent origins say it",
    "retelling": (
        "one origin's word is told differently by different documents, or by who repeats it"
    ),
    "itself": "both go back to one origin, which says both",
}
"""What kind of conflict it is, the gravest first."""

NATURE_NAMES: Final[dict[str, str]] = {
    "sides": "sides disagree",
    "retelling": "told differently",
    "itself": "one source, two answers",
}
"""What each kind of conflict is called where people read."""

UMBRELLAS: Final[dict[str, str]] = {
    "country": "its government and its villagers do not speak for each other",
    "worldwide body": "its agencies do not speak for each other; its own officials speak for it",
    "movement": "its groups do not speak for each other",
}
"""Kinds of actors at the top of a tree under which those in it do not count as one origin."""

SCOPES: Final[dict[str, str]] = {
    "claim": "cited for this very claim",
    "paragraph": (
        "cited for the paragraph that the claim stands in; for which sentence is not known"
    ),
    "document": "the outlet whose own document it was read in",
}

Extent = Literal["whole", "excerpt"]

EXTENTS: Final[dict[str, str]] = {
    "whole": "all of it was read",
    "excerpt": "only a part of it was read",
}

Holding = Literal["one", "many"]

HOLDINGS: Final[dict[str, str]] = {
    "one": "answers that differ exclude each other",
    "many": "several may hold together: citizenships, members, causes",
}

Unknown = Literal["unknown"]

LOCATORS: Final[dict[str, str]] = {
    "page": "page {}",
    "row": "row {}",
    "id": "entry {}",
    "t": "at {}",
}
"""What tells a place in a document that is not divided in paragraphs, and how it is told."""


def part_in_words(locator: str | None) -> str:
    """Return what a locator says: page 4, row 12, entry ISPT0036, at 0:31; nothing of none."""
    key, _, told = (locator or "").partition("=")
    return LOCATORS[key].format(told) if key else ""


def place_in_words(title: str, paragraph: int | None, locator: str | None) -> str:
    """Return a document's title, and what part of it is meant if that is told."""
    if paragraph is not None:
        return f"{title}, paragraph {paragraph}"
    return f"{title} ({part_in_words(locator)})" if locator else title


def place_as_written(document: str, paragraph: int | None, locator: str | None) -> str:
    """Return a place in a document as files name it: doc#54, doc#page=4, doc."""
    part = locator if paragraph is None else str(paragraph)
    return f"{document}#{part}" if part else document


Strength = Literal["conflict", "tension"]

STRENGTHS: Final[dict[str, str]] = {
    "conflict": "the two claims cannot both be true",
    "tension": "the two claims can hardly both be true",
}

STANCES: Final[dict[str, str]] = {
    "supports": "the report says what the claim says",
    "disputes": "the report says that the claim is wrong",
    "mentions": "the report names the claim without taking a side",
}

_OFFICIAL: Final = (
    "A:DEFGILMOQRSTUWXZ B:ABDEFGHIJLMNOQRSTVWYZ C:ACDFGHIKLMNORUVWXYZ D:EJKMOZ E:CEGHRST "
    "F:IJKMOR G:ABDEFGHILMNPQRSTUWY H:KMNRTU I:DELMNOQRST J:EMOP K:EGHIMNPRWYZ L:ABCIKRSTUVY "
    "M:ACDEFGHKLMNOPQRSTUVWXYZ N:ACEFGILOPRUZ O:M P:AEFGHKLMNRSTWY Q:A R:EOSUW "
    "S:ABCDEGHIJKLMNORSTVXYZ T:CDFGHJKLMNORTVWZ U:AGMSYZ V:ACEGINU W:FS Y:ET Z:AMW "
)
"""The two-letter codes of ISO 3166-1: each first letter with the second letters that follow it."""

_USERS_OWN: Final = "A:A Q:MNOPQRSTUVWXYZ X:ABCDEFGHIJKLMNOPQRSTUVWXYZ Z:Z"
"""The codes that ISO 3166-1 leaves to users."""

COUNTRY_CODES: Final = frozenset(
    first + second
    for group in f"{_OFFICIAL}{_USERS_OWN}".split()
    for first, _, seconds in [group.partition(":")]
    for second in seconds
)
"""The codes that a country can have."""

CODINGS: Final = ("plural", "acled")
"""The tables of bounds of vague words such as dozens."""
