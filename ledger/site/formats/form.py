"""Form: what a form is, in which the site gives things and lists of them to programs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from ledger.reports.rows import Facts
from ledger.site.answering.addresses import Link
from ledger.site.serving.spooling import Pieces
from ledger.things import KINDS

if TYPE_CHECKING:
    from ledger.site.formats.rows import Reading

OFF: Final = frozenset({"", "off", "0", "false"})

HOLDERS: Final[Mapping[str, tuple[str, str]]] = {
    "claims": ("claim", "id"),
    "contested_claims": ("claim", "id"),
    "claim_sources": ("claim", "claim"),
    "claim_conflicts": ("claim", "claim"),
    "citations": ("claim", "claim"),
    "appearances": ("claim", "claim"),
    "questions": ("question", "id"),
    "disputes": ("question", "id"),
    "places": ("place", "id"),
    "dossiers": ("dossier", "id"),
}
"""The tables and views whose rows have things: of which kind, and the column with their ids."""


class Told(dict[str, str]):
    """What an address tells behind its question mark."""

    def says(self, name: str) -> bool:
        """Return whether the address turns something on."""
        return self.get(name, "").lower() not in OFF


@dataclass(frozen=True, slots=True)
class Listed:
    """Things of a kind that are to be written: their ids, some at a time, each of them once.

    `here` is the address that was asked for; `following` that of the rest, if this is not all.
    """

    connection: sqlite3.Connection
    kind: str
    batches: Iterable[Sequence[str]]
    link: Link
    here: str
    following: str | None = None


class Thing(NamedTuple):
    """How a form says one thing: what is gathered of it, by its id, and what writes that."""

    gather: Callable[[sqlite3.Connection, str], Facts]
    write: Callable[[Facts, Link], str]


class Own(NamedTuple):
    """Addresses of a form's own: as a regular expression, what answers, and as people read them.

    What every page links has a title there.
    """

    pattern: str
    answer: Callable[..., Awaitable[Any]]
    read: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the data: what links call it, what its addresses end with, what comes out.

    What it says is told by kind of thing: `things` one at a time, at the address of its page with
    the ending; `lists` many, at the address of every table that has some. A form with `rows` says
    the rows of any table. `asked` has, by kind, an address that the page's own is put behind.
    """

    name: str
    ending: str
    media_type: str
    purpose: str
    things: Mapping[str, Thing] = field(default_factory=dict)
    lists: Mapping[str, Callable[[Listed], Iterator[str]]] = field(default_factory=dict)
    rows: Callable[[Reading, Told], Pieces] | None = None
    own: Sequence[Own] = ()
    asked: Mapping[str, str] = field(default_factory=dict)
    whole: str = ""
    """What an address of rows says in order to have them all; nothing if it has them anyway."""
    plain: Callable[[Told], bool] = lambda _: False
    """Whether it comes as plain text, for people to look at."""
    shown: bool = False
    """Whether a thing's page has it to copy from."""

    @property
    def extension(self) -> str:
        """What Datasette takes for the ending; it knows none with a dot in it."""
        return self.ending.partition(".")[0]

    def says(self, table: str | None) -> bool:
        """Return whether it says the rows of a table, or what is in them."""
        kind, _ = HOLDERS.get(table or "", ("", ""))
        return self.rows is not None or kind in self.lists

    def called(self, table: str | None) -> str:
        """Return what a link to it is called where the rows of a table are shown."""
        kind, column = HOLDERS.get(table or "", ("", "id"))
        of_rows = self.rows is not None or column == "id"
        return self.name if of_rows else f"{self.name} of their {KINDS[kind].several}"

    def of_thing(self, kind: str, page: str, home: str = "") -> str | None:
        """Return its address for a thing, by that of its page; None if it does not say such things.

        With `home`, where the site begins, `page` is a whole address, which some forms ask for.
        """
        if home and kind in self.asked:
            return home + self.asked[kind] + quote(page, safe="")
        return f"{page}.{self.ending}" if kind in self.things else None

    def of_table(self, path: str, query: str = "") -> str:
        """Return its address for all of a table that lies at a path, narrowed by a query."""
        asked = "&".join(part for part in (query, self.whole) if part)
        return f"{path}.{self.ending}" + (f"?{asked}" if asked else "")

    def of_claim(self, entry: Facts, link: Link) -> str:
        """Return what it writes of a claim, of which `entry_of` gathered what it says."""
        return self.things["claim"].write(entry, link)

    def addresses(self) -> list[str]:
        """Return its addresses, as people read them."""
        tables = ["<table>"] if self.rows else [KINDS[kind].table for kind in self.lists]
        return [
            *(f"{KINDS[kind].path}<id>.{self.ending}" for kind in self.things),
            *(self.of_table(f"/ledger/{table}") for table in tables),
            *(address for own in self.own for address in own.read),
        ]


def as_json(data: Any) -> str:  # noqa: ANN401 # anything that JSON can hold
    """Return JSON for people to look at as well."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def json_list(
    items: Iterable[Any], before: str = "", after: Callable[[int], str] = lambda _: "\n"
) -> Iterator[str]:
    """Yield a JSON array in pieces, each item on a line; `after` is told how many they are."""
    n_items = 0
    yield f"{before}["
    for n_items, item in enumerate(items, 1):
        yield (",\n" if n_items > 1 else "\n") + json.dumps(item, ensure_ascii=False)
    yield f"\n]{after(n_items)}"


def json_object(
    told: Mapping[str, Any], key: str, items: Iterable[Any], count: str
) -> Iterator[str]:
    """Yield a JSON object in pieces: what it tells, items under a key, and how many they are."""
    before = f"{json.dumps(told, ensure_ascii=False)[:-1]}, {json.dumps(key)}: "
    return json_list(items, before, lambda n_items: f", {json.dumps(count)}: {n_items}}}\n")
