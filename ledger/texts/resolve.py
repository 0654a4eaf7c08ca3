"""From a name as printed to the outlet it stands for, without ever taking one for another.

Names are the same if they differ only in case, spaces, accents, punctuation or a leading "the".
Whatever else looks alike is only offered: the National is not the National Interest.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ledger.likeness import likeliest
from ledger.records import Outlet

LIKENESS: Final = 80
"""From which likeness (0 to 100) on an outlet is offered for a name."""

OFFERED: Final = 3
"""How many outlets are offered for a name at most."""

MOST_PARTS: Final = 6
"""Of how many parts between commas a name is made at most."""

_UNNAMED: Final = re.compile(r"\s*\((?:not (?:further )?named|unnamed)[^)]*\)$")
_APART: Final = re.compile(r"[\s/_‐-―-]+")
_SINGLE_LETTERS: Final = re.compile(r"\b(\w) (?=\w\b)")


@lru_cache(maxsize=65_536)
def key_of(name: str) -> str:
    """Return what of a name counts: its letters and digits in words, without a leading "the"."""
    plain = without_accents(name).casefold().replace("&", " and ")
    spaced = _APART.sub(" ", plain)
    kept = "".join(sign for sign in spaced if sign == " " or unicodedata.category(sign)[0] in "LNM")
    words = _SINGLE_LETTERS.sub(r"\1", " ".join(kept.split()))
    return words.removeprefix("the ") or name.strip()


def without_accents(text: str) -> str:
    """Return a text whose Latin and Greek letters have no accents; other scripts keep theirs."""
    if text.isascii():
        return text
    kept: list[str] = []
    for sign in unicodedata.normalize("NFKD", text):
        accent = "\u0300" <= sign <= "\u036f"
        if not (accent and kept and (kept[-1] < "\u0250" or "\u0370" <= kept[-1] < "\u0400")):
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))


def slug_of(name: str) -> str:
    """Return an id for a name: `U.S. News & World Report` is us-news-world-report.

    A name without a Latin letter or digit has an id made of its hash.
    """
    plain = without_accents(name).lower()
    plain = re.sub(r"\b(\w)\.(?=\w\b|\s|$)", r"\1", plain)
    slug = "-".join(re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain)))
    return slug or f"outlet-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


@dataclass(slots=True)
class Names:
    """The outlets by their names and aliases: as they are written, and by what of them counts."""

    outlets: Mapping[str, Outlet]
    _written: dict[str, set[str]] = field(default_factory=dict)
    _keys: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """List every name; "(unnamed)" and the like are no part of one."""
        for outlet_id, outlet in self.outlets.items():
            for name in (outlet.name, *outlet.aliases):
                for written in {name, _UNNAMED.sub("", name)}:
                    self._written.setdefault(_spaced(written), set()).add(outlet_id)
                    self._keys.setdefault(key_of(written), set()).add(outlet_id)

    def outlet(self, printed: str) -> str | None:
        """Return the one outlet that a printed name stands for; None if none or several do."""
        for held, key in ((self._written, _spaced(printed)), (self._keys, key_of(printed))):
            if found := held.get(key):
                return next(iter(found)) if len(found) == 1 else None
        return None

    def knows(self, printed: str) -> bool:
        """Return whether a printed name stands for just one outlet."""
        return self.outlet(printed) is not None

    def offered(self, printed: str) -> list[str]:
        """Return the outlets that a name may have been meant to be, the likeliest first."""
        found = self._keys.get(key_of(printed), set())
        keys = {key: key for key in self._keys}
        alike = likeliest(key_of(printed), keys, "WRatio", LIKENESS, 5)
        likely = [outlet for key in alike for outlet in sorted(self._keys[key])]
        return list(dict.fromkeys([*sorted(found), *likely]))[:OFFERED]

    def is_ambiguous(self, printed: str) -> bool:
        """Return whether a printed name stands for several outlets."""
        return self.outlet(printed) is None and key_of(printed) in self._keys


def split_names(listed: str, is_known: Callable[[str], bool]) -> list[str]:
    """Return the names of a list parted by commas or semicolons; parts in brackets stay whole.

    A comma, or the word "and" before the last one, stands inside a name where the name so made
    is known.
    """
    parts = [part for part in _parts(listed) if part.strip(" .")]
    names: list[str] = []
    while parts:
        taken = next(
            (n for n in range(min(len(parts), MOST_PARTS), 0, -1) if is_known(_joined(parts[:n]))),
            1,
        )
        names.append(_joined(parts[:taken]))
        parts = parts[taken:]
    return [one for name in names for one in _without_and(name, is_known)]


def _without_and(name: str, is_known: Callable[[str], bool]) -> Iterable[str]:
    if is_known(name):
        return [name]
    bare = re.sub(r"^(?:and|&)\s+", "", name, flags=re.I)
    halves = re.split(r"\s+(?:and|&)\s+", bare, maxsplit=1, flags=re.I)
    if not is_known(bare) and len(halves) > 1 and all(map(is_known, halves)):
        return halves
    return [bare]


def _parts(listed: str) -> list[str]:
    """Return the parts between commas and semicolons outside brackets, each comma with its part."""
    parts, depth = [""], 0
    for sign in listed:
        depth = max(0, depth + (sign in "([") - (sign in ")]"))
        if sign in ",;،、，；" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _joined(parts: list[str]) -> str:
    return _spaced(", ".join(part.strip() for part in parts))


def _spaced(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))
