"""Naming: names as they stand in a sentence, and who says something, in the right number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

NOBODY: Final = "somebody whom nobody recorded"
"""Who says what nobody recorded the origin of."""

NAMED: Final = 3
"""How many names a list in a sentence has at most."""

# Names that English says with "the", by the noun in them: "the Malian Armed Forces", and such as
# are followed by "of": "the Government of Mali".
_WITH_THE: Final = frozenset(
    [
        "Army",
        "Battalion",
        "Brigade",
        "Emirates",
        "Forces",
        "Gendarmerie",
        "Group",
        "Kingdom",
        "Nations",
        "Netherlands",
        "Police",
        "Region",
        "Republic",
        "Sahel",
        "State",
        "States",
        "Union",
    ]
)
_WITH_THE_OF: Final = _WITH_THE | frozenset(
    [
        "Alliance",
        "Community",
        "Coordination",
        "Council",
        "Court",
        "Department",
        "Directorate",
        "Embassy",
        "Emir",
        "Government",
        "Heads",
        "Ministry",
        "Office",
        "Parliament",
        "Presidency",
        "President",
        "agency",
        "coalition",
        "junta",
        "government",
        "ministry",
        "police",
    ]
)

# First words of names that are no proper ones: "human rights groups".
_COMMON: Final = frozenset(
    [
        "Armed",
        "Civil",
        "Civilian",
        "Foreign",
        "Former",
        "Government",
        "Human",
        "Intelligence",
        "International",
        "Jihadist",
        "Local",
        "Media",
        "Medical",
        "Military",
        "Opposition",
        "Other",
        "Security",
        "Senior",
        "Several",
        "Traditional",
        "Unidentified",
        "Unknown",
        "Village",
    ]
)

# Where the noun of a name ends: "Villagers of Karma", "Countries opposed to the deal".
_TAIL: Final = re.compile(r",? \(.*|, .*| (?:[a-z]+ed|of|to|in|for|on|from|at|with|who|within)\b.*")
_SINGULAR: Final = re.compile(
    r".*(?:ss|us|is|[Nn]ews|Nations|States|Emirates|Netherlands|Reuters)$"
)
_MANY: Final = ("Authorities", "Forces", "Partners")


def in_sentence(name: str) -> str:
    """Return a name as it stands in the middle of a sentence: `the Government of Mali`."""
    if name.startswith("The "):
        return f"the {name.removeprefix('The ')}"
    noun = _noun_of(name)
    known = _WITH_THE_OF if name.startswith(f"{noun} of ") else _WITH_THE
    told = f"{name[0].lower()}{name[1:]}" if _is_common(noun, name) else name
    return f"the {told}" if noun.rpartition(" ")[2] in known else told


def is_plural(name: str) -> bool:
    """Return whether a name is of several: villagers, armed forces, France and Mali."""
    noun = _noun_of(name)
    last = noun.rpartition(" ")[2]
    if " and " in noun:
        return True
    if not last.endswith("s") or _SINGULAR.fullmatch(last):
        return False
    return noun == last or last.islower() or last in _MANY


def listed(names: Sequence[str], most: int = NAMED) -> str:
    """Return names in a list: `A`, `A and B`, `A, B and C`, `A, B, C and 2 others`."""
    if len(names) > most:
        left = len(names) - most
        return f"{', '.join(names[:most])} and {left} {'other' if left == 1 else 'others'}"
    return " and ".join([*([", ".join(names[:-1])] if names[:-1] else []), *names[-1:]])


def saying(names: Sequence[str], one: str = "says", several: str = "say") -> str:
    """Return who says something, with the verb in its number: `Amnesty International says`.

    Without any name it is somebody whom nobody recorded.
    """
    if not names:
        return f"{NOBODY} {one}"
    alone = len(names) == 1 and not is_plural(names[0])
    return f"{listed([in_sentence(name) for name in names])} {one if alone else several}"


def capitalized(sentence: str) -> str:
    """Return a sentence that begins with a capital, its other letters as they are."""
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _is_common(noun: str, name: str) -> bool:
    """Return whether a name is of no proper one: human rights groups, villagers of Karma."""
    first, *others = noun.split() or [noun]
    if others:
        return first in _COMMON and others[0].islower()
    return noun != name and is_plural(noun)


def _noun_of(name: str) -> str:
    return _TAIL.sub("", name)
