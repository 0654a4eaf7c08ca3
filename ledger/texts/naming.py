"""Whether a text names an actor or a place: by name, by alias, by a person's last name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, takewhile
from typing import Final

from ledger.texts.resolve import without_accents


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PERSONS: Final = frozenset({"leader", "official", "person", "politician"})
"""The kinds of actors whose last name alone names them."""

LOCAL: Final = frozenset({"community", "group of people", "place"})
"""The kinds whose names are often printed in parts: the Gao region, central Mali, the Fulani."""

GOVERNMENTS: Final = frozenset({"government"})
"""The kinds of actors that are often called by their country."""

_REMARK: Final = re.compile(r"\s*\([^)]*\)")
_UNNAMED: Final = re.compile(r"\b(?:not (?:further )?named|unnamed)\b", re.I)
_INITIALS: Final = re.compile(r"\b([^\W\d_])\.(?=[^\W\d_]\b|\s|$|')")
_TOKEN: Final = re.compile(r"\w+(?:'\w+)*")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W\d_a-z])")
_JOINING: Final = _set(
    "a against an and at by de des du for from in la le of on s the to und von with"
)
_PREPOSITIONS: Final = _set("against at by de for from in of on to with")
_SHORT: Final = 5
"""Up to how many letters a name in capitals is an abbreviation and no word: US, AU, CNSP."""
_STEM: Final = 4
"""How many letters a word has at least that another one may begin with: Mali, Malian."""

_SHORTEST: Final = 3
"""How many letters a word of a proper name has at least that tells by itself: Gao."""

_ROOT: Final = 7
"""How many letters two words share at least that end differently: protesters, protested."""

_ENDING: Final = 4
"""How many letters their endings have at most."""

_ADJECTIVES: Final = frozenset({"an", "ese", "ian", "ien", "n"})
_MISTAKEN: Final = frozenset({"nigeria", "nigerian", "nigerians"})
"""What begins with the name of another country."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that a text may name."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None

    @property
    def is_unnamed(self) -> bool:
        """Return whether the register says that the texts give no name."""
        return _UNNAMED.search(self.name) is not None


def names_it(text: str, named: Named) -> bool:
    """Return whether a text names it.

    A name counts wherever it stands as words, whatever its accents; an abbreviation in
    capitals only in capitals. A name that describes ("Government of Mali"), and any name of a
    place, also counts where one sentence has all its words, in any order and with other endings
    (the Malian government). The last name of a person is enough.
    """
    words = _words(text)
    return any(
        _stands_in(words, _words(name)) or (_describes(name, named) and _is_described(text, name))
        for name in _all_names(named)
    )


def words_of_it(text: str, named: Named) -> list[str]:
    """Return the words of a name that a text has, where it does not have the name.

    Common nouns count ("the army" for the Malian army, "respondents" for those of a poll), and
    for a government its country ("Mali said"); of a place, any word.
    """
    there = {word.casefold() for word in _words(text)}
    wanted = chain.from_iterable(_telling_words(name, named) for name in _all_names(named))
    once = {word.casefold(): word for word in wanted}
    return [word for folded, word in once.items() if any(_alike(one, folded) for one in there)]


def _telling_words(name: str, named: Named) -> Iterator[str]:
    words = _words(name)
    describes = _describes(name, named)
    for nth, word in enumerate(words):
        common = word.islower() or (nth == 0 and describes)
        proper = (named.kind in GOVERNMENTS and describes) or named.kind in LOCAL
        long_enough = len(word) >= (_STEM if word.islower() else _SHORTEST)
        if (common or proper) and long_enough and word.casefold() not in _JOINING:
            yield word


def _describes(name: str, named: Named) -> bool:
    return named.kind in LOCAL or bool(_PREPOSITIONS.intersection(_words(name)))


def _all_names(named: Named) -> list[str]:
    names = [_REMARK.sub("", name) or name for name in (named.name, *named.aliases)]
    return names + (_last_names(names) if named.kind in PERSONS else [])


def _last_names(names: Sequence[str]) -> list[str]:
    """Return the last word of each name of a person, if it can be a last name."""
    plain = [name.split() for name in names if not _PREPOSITIONS.intersection(name.split())]
    lasts = [words[-1] for words in plain if len(words) > 1]
    return [last for last in lasts if last[0].isupper() or "-" in last]


@lru_cache(maxsize=4_096)
def _words(text: str) -> tuple[str, ...]:
    plain = without_accents(text.replace("’", "'").replace("‘", "'"))
    tokens = _TOKEN.findall(_INITIALS.sub(r"\1", plain))
    return tuple(token.removesuffix("'s") for token in tokens)


def _stands_in(words: Sequence[str], name: Sequence[str]) -> bool:
    width = len(name)
    same = _same if width == 1 else _same_or_adjective
    return width > 0 and any(
        all(map(same, words[start : start + width], name))
        for start in range(len(words) - width + 1)
    )


def _same(word: str, wanted: str) -> bool:
    if wanted.isupper() and len(wanted) <= _SHORT:
        return word.removesuffix("s") == wanted
    return word.casefold().removesuffix("s") == wanted.casefold().removesuffix("s")


def _same_or_adjective(word: str, wanted: str) -> bool:
    """Return whether a word is the one wanted, or the adjective of its country: Mali, Malian."""
    if _same(word, wanted):
        return True
    shorter, longer = sorted((word.casefold(), wanted.casefold()), key=len)
    ending = longer.removeprefix(shorter)
    return len(shorter) >= _STEM and ending in _ADJECTIVES and longer not in _MISTAKEN


def _is_described(text: str, name: str) -> bool:
    """Return whether one sentence has all the words of a name."""
    wanted = [word.casefold() for word in _words(name) if word.casefold() not in _JOINING]
    return any(
        all(any(_alike(word, one) for word in sentence) for one in wanted)
        for sentence in _sentences(text)
    )


@lru_cache(maxsize=4_096)
def _sentences(text: str) -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(word.casefold() for word in _words(sentence))
        for sentence in _SENTENCE_END.split(text)
    )


def _alike(word: str, wanted: str) -> bool:
    """Return whether two words are the same but for an ending: army and armies, Mali and Malian."""
    shorter, longer = sorted((word, wanted), key=len)
    if shorter == longer:
        return True
    if longer.startswith(shorter):
        return len(shorter) >= _STEM and longer not in _MISTAKEN
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(word, wanted, strict=False))
    return sum(1 for _ in shared) >= max(_ROOT, len(longer) - _ENDING)
