"""Facets and filters by things that a row has several of, through the tables that link them.

In the metadata file a facet is written {"link": "outlet"}; in the address a filter is
`?_outlet=reuters`. Counting goes through the link table and shows names, not ids.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.filters import FilterArguments
from datasette.utils import path_with_added_args, path_with_removed_args

from ledger.reports.memory import remembered

if TYPE_CHECKING:
    import sqlite3

    from datasette.database import Database
    from datasette.utils.asgi import Request


@dataclass(frozen=True, slots=True)
class LinkTable:
    """How the rows of a table are linked to something they can have several of.

    `table` has the row's id in `key` and the linked thing in `column`; if things have names,
    they stand in the column `label` of the table `labels`. `shared` says that it links other
    rows as well, which are not to be counted. `of_claims` says that it links the claims that
    answer a question; by such a link rows are narrowed, but not counted.
    """

    table: str
    key: str
    column: str
    words: str
    labels: str = ""
    label: str = "name"
    shared: bool = False
    of_claims: bool = False

    def narrowing(self, parameter: str) -> str:
        """Return the query that finds the rows linked to the value of a parameter."""
        sql = f"select {self.key} from {self.table} where {self.column} = :{parameter}"  # noqa: S608 # names of LINKS
        return f"select question from claims where id in ({sql})" if self.of_claims else sql  # noqa: S608 # as above


READ_IN: Final = LinkTable("appearances", "claim", "document", "document", "documents", "title")

LINKS: Final[dict[tuple[str, str], LinkTable]] = {
    ("claims", "outlet"): LinkTable(
        "claim_outlets", "claim", "outlet", "outlet that carries it", "outlets"
    ),
    ("claims", "nearby"): LinkTable(
        "claim_outlets_nearby", "claim", "outlet", "outlet at the paragraph", "outlets"
    ),
    ("claims", "document"): READ_IN,
    ("questions", "document"): replace(READ_IN, of_claims=True),
    ("disputes", "document"): replace(READ_IN, of_claims=True),
    ("claims", "topic"): LinkTable("claim_topics", "claim", "topic", "topic"),
    ("claims", "country"): LinkTable("claim_countries", "claim", "country", "country", "countries"),
} | {
    (table, name): LinkTable("question_" + plural, "question", name, name, labels, shared=shared)
    for table, shared in (("questions", False), ("disputes", True))
    for name, plural, labels in (("topic", "topics", ""), ("country", "countries", "countries"))
}
"""Every link by the table it is counted on and the name it has in addresses."""

# Names come from LINKS and are ours; what a reader sends travels as parameters only.
COUNT_ALL: Final = """
SELECT l.{column} AS value, count(DISTINCT l.{key}) AS n FROM {table} l
GROUP BY l.{column} ORDER BY n DESC, value
"""

COUNT_FOUND: Final = """
SELECT l.{column} AS value, count(DISTINCT l.{key}) AS n FROM {table} l
WHERE l.{key} IN (SELECT id FROM ({found}))
GROUP BY l.{column} ORDER BY n DESC, value LIMIT {limit}
"""


@cache
def counts_of(link: LinkTable) -> Callable[[sqlite3.Connection], list[Any]]:
    """Return a function that counts all that a link links, once for each build.

    Without a filter the link table alone has the answer, and it is what most pages show.
    """
    sql = COUNT_ALL.format(column=link.column, key=link.key, table=link.table)
    return remembered(lambda connection: connection.execute(sql).fetchall())


class LinkFacet(Facet):  # type: ignore[misc] # Datasette has no type hints
    """A facet that counts through a link table."""

    type = "link"

    async def suggest(self) -> list[dict[str, Any]]:
        """Suggest nothing: which links there are is written in the metadata file."""
        return []

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Return the counts of every configured link, and the names of those that timed out."""
        results: list[dict[str, Any]] = []
        timed_out: list[str] = []
        for source_and_config in self.get_configs():
            name = source_and_config["config"]["simple"]
            link = LINKS.get((self.table or "", name))
            if link is None or link.of_claims:
                continue
            try:
                results.append(await self._counted(name, link, source_and_config["source"]))
            except QueryInterrupted:
                timed_out.append(name)
        return results, timed_out

    async def _counted(self, name: str, link: LinkTable, source: str) -> dict[str, Any]:
        size = self.get_facet_size()
        counted = await self._counts(link, size + 1)
        rows = counted[:size]
        labels = await labels_of(
            self.ds.get_database(self.database), link, [row["value"] for row in rows]
        )
        selected = set(self.request.args.getlist(f"_{name}"))
        return {
            "name": name,
            "type": self.type,
            "hideable": source != "metadata",
            "toggle_url": self.ds.urls.path(
                path_with_removed_args(self.request, {"_facet_link": name})
            ),
            "results": [
                {
                    "value": row["value"],
                    "label": labels.get(row["value"], row["value"]),
                    "count": row["n"],
                    "toggle_url": self._toggle(name, row["value"], row["value"] in selected),
                    "selected": row["value"] in selected,
                }
                for row in rows
            ],
            "truncated": len(counted) > size,
        }

    async def _counts(self, link: LinkTable, most: int) -> Sequence[Any]:
        """Return values with their counts, as `value` and `n`, the greatest counts first."""
        if not link.shared and " where " not in self.sql.lower():
            database = self.ds.get_database(self.database)
            whole: Sequence[Any] = await database.execute_fn(counts_of(link))
            return whole[:most]
        sql = COUNT_FOUND.format(
            column=link.column, key=link.key, table=link.table, found=self.sql, limit=most
        )
        counted = await self.ds.execute(
            self.database,
            sql,
            self.params,
            truncate=False,
            custom_time_limit=self.ds.setting("facet_time_limit_ms"),
        )
        found: Sequence[Any] = counted.rows
        return found

    def _toggle(self, name: str, value: str, selected: bool) -> str:
        request = self.request
        key = f"_{name}"
        change = path_with_removed_args if selected else path_with_added_args
        path = change(request, {key: value})
        url: str = self.ds.absolute_url(request, self.ds.urls.path(path))
        return url


def filter_by_links(
    request: Request, database: Database, table: str
) -> Callable[[], Awaitable[FilterArguments]]:
    """Return what narrows a table to the rows linked to all that the address names."""

    async def narrow() -> FilterArguments:
        clauses: list[str] = []
        parameters: dict[str, str] = {}
        descriptions: list[str] = []
        for (linked, name), link in LINKS.items():
            values = request.args.getlist(f"_{name}") if linked == table else []
            labels = await labels_of(database, link, values)
            for value in values:
                parameter = f"link_{len(parameters)}"
                clauses.append(f"id in ({link.narrowing(parameter)})")
                parameters[parameter] = value
                descriptions.append(f'{link.words} is "{labels.get(value, value)}"')
        return FilterArguments(clauses, parameters, descriptions)

    return narrow


async def labels_of(database: Database, link: LinkTable, values: list[str]) -> dict[str, str]:
    """Return the names of some linked things, by their ids."""
    if not link.labels or not values:
        return {}
    marks = ", ".join("?" for _ in values)
    sql = f"SELECT id, {link.label} AS label FROM {link.labels} WHERE id IN ({marks})"  # noqa: S608 # names of LINKS
    found = await database.execute(sql, values)
    return {row["id"]: row["label"] for row in found.rows}
