"""Adding: a new claim's id, its place in a dossier, and what its value means in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count

from ledger.edit.catalogue import Asks, Catalogue
from ledger.edit.editing import CLAIM_KEYS, Editing
from ledger.edit.naming import slug_of
from ledger.edit.registering import DOSSIER_KEYS
from ledger.problems import Place
from ledger.read.yaml_file import Data
from ledger.values import Tree, kind_of


def add_claims(edit: Editing, path: str, claims: Sequence[Mapping[str, Data]]) -> None:
    """Add claims at the end of a dossier, their keys in their order."""
    ordered: list[Data] = [
        {key: claim[key] for key in CLAIM_KEYS if key in claim} for claim in claims
    ]
    if path.endswith(".jsonl"):  # pragma: no cover # questions and dossiers stand in YAML files
        raise ValueError(path)
    if edit.has_key(path, "claims"):
        edit.append(path, ("claims",), *ordered)
    else:
        edit.put(path, ("claims",), ordered, DOSSIER_KEYS)


def add_claim(edit: Editing, path: str, claim: Mapping[str, Data]) -> Place:
    """Add a claim at the end of a dossier, its keys in their order; return its place."""
    add_claims(edit, path, [claim])
    return edit.place_of_claim(str(claim["id"]))


def propose_id(about: str, by: str, is_taken: Callable[[str], bool]) -> str:
    """Return an id that nothing has: what a claim is about and who makes it, and a number.

    `about` is a question's or dossier's id, `by` a claimant's id or name.
    """
    stem = "-".join(part for part in (about, slug_of(by) if by else "") if part)
    numbered = (f"{stem}-{number}" for number in count(2))
    return stem if not is_taken(stem) else next(name for name in numbered if not is_taken(name))


def read_back(written: str, asks: Asks, catalogue: Catalogue) -> str:
    """Return what a value means, in words: about 300: 270 to 330 people.

    Raises UnreadableValue if it is no answer to the question.
    """
    kind = kind_of(asks.answer)
    value = kind.parse(written, asks.asked(catalogue.coding))
    names = catalogue.names(kind.register) if kind.register else {}
    tree = Tree(names={one: called for one, (called, *_) in names.items()})
    return kind.read_back(written, value, asks.unit, tree)
