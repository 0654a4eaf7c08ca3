"""Near duplicates: existing claims that say nearly what a new one says.

Candidates come from full-text search by the rarest words of the new text, which takes
milliseconds among a hundred thousand claims; how much two texts share is counted in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from ledger.kept import Kept, open_changed

RAREST: Final = 4
"""How many of a text's rarest words are looked for; two of them must meet."""

CANDIDATES: Final = 200
"""How many claims found by those words are compared."""

SHARED: Final = 0.6
"""The share of words, of both texts together, from which on two texts are alike."""

SHOWN: Final = 3
"""How many claims that are alike are told of."""

MANY: Final = 2_000
"""Words in more claims than this are counted no further: they are common."""

_WORD: Final = re.compile(r"\w+")


class NearDuplicate(NamedTuple):
    """A claim that says nearly the same; `likeness` from 0 to 1, 1 for the same words."""

    likeness: float
    id: str
    text: str


def claims_alike(kept: Kept, text: str) -> list[NearDuplicate]:
    """Return the claims whose text is nearly a given one, the likest first."""
    words = _words(text)
    candidates = dict(_found_by_words(kept, words))
    with open_changed(kept) as draft:
        candidates |= {
            str(name): str(other) for name, other in draft.rows("SELECT id, text FROM draft_claim")
        }
    scored = (
        NearDuplicate(_shared(words, _words(other)), name, other)
        for name, other in candidates.items()
    )
    likest = sorted(
        (one for one in scored if one.likeness >= SHARED), key=lambda one: (-one[0], one.id)
    )
    return likest[:SHOWN]


def _found_by_words(kept: Kept, words: frozenset[str]) -> Iterable[tuple[str, str]]:
    """Yield claims of unchanged files that hold two of the rarest of some words."""
    counted = sorted((_count(kept, word), word) for word in words)
    rarest = [f'"{word}"' for count, word in counted if count][:RAREST]
    pairs = [f"({one} AND {other})" for nth, one in enumerate(rarest) for other in rarest[:nth]]
    if not rarest:
        return
    sql = (
        "SELECT c.id, c.text, c.file FROM claims_fts f JOIN claims c ON c.rowid = f.rowid "
        "WHERE claims_fts MATCH :words ORDER BY f.rank LIMIT :most"
    )
    found = kept.rows(sql, {"words": " OR ".join(pairs or rarest), "most": CANDIDATES})
    for name, text, file in found:
        if kept.is_unchanged(str(file)):
            yield str(name), str(text)


def _count(kept: Kept, word: str) -> int:
    """Return in how many claims a word stands; 0 if in none, at most MANY."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM claims_fts WHERE claims_fts MATCH :word LIMIT :many)"
    found = kept.rows(sql, {"word": f'text : "{word}"', "many": MANY})
    return int(str(found[0][0])) if found else 0


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that two texts have in common (Jaccard)."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0
