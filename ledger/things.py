"""Things: every kind of thing that has an id, told once: its words, its table, what names it."""

from __future__ import annotations

from typing import Final, NamedTuple


class Kind(NamedTuple):
    """A kind of thing: what one is called, the table that has their ids, the column that names it.

    `searched` are the columns in which words are looked for. `register` says that a register has
    them, a file that is called as the table is.
    """

    one: str
    table: str
    label: str
    searched: tuple[str, ...] = ()
    register: bool = False

    @property
    def several(self) -> str:
        """What several of them are called: as their table is."""
        return self.table

    @property
    def path(self) -> str:
        """What the addresses of their pages begin with."""
        return f"/{self.table}/"

    @property
    def has_aliases(self) -> bool:
        """Whether they go by several names."""
        return "aliases" in self.searched


_NAMED: Final = ("name", "aliases")

KINDS: Final[dict[str, Kind]] = {
    kind.one: kind
    for kind in (
        Kind("claim", "claims", "text", ("text", "quote", "note")),
        Kind("question", "questions", "asks", ("asks", "about")),
        Kind("position", "positions", "label"),
        Kind("dossier", "dossiers", "title", ("title",)),
        Kind("outlet", "outlets", "name", _NAMED, register=True),
        Kind("actor", "actors", "name", _NAMED, register=True),
        Kind("place", "places", "name", _NAMED, register=True),
        Kind("document", "documents", "title", ("title",), register=True),
        Kind("paragraph", "paragraphs", ""),
    )
}
"""Every kind of thing that has an id, by what one is called; a paragraph's is `document#number`."""

BY_TABLE: Final = {kind.table: kind for kind in KINDS.values()}
"""The same by their tables."""
