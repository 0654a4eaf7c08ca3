"""How fast the site's pages are, beside what Datasette itself answers on the same machine.

Run as `python -m tests.benchmarks.site`. Each own page is compared with Datasette's JSON of one
claim's row over the same metadata, and the claims page with Datasette's own with the same facets,
both where the plugin is not loaded. Sites are asked in processes of their own, without a network,
each page many times in turn after a first time that does not count, in seconds of the processor, so
that the ratios hold on a busy machine too; the medians are shown. The site remembers the pages it
made: what counts is a page at an address that was never asked for; beside it stands the same page
asked for again.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sqlite3
import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from ledger.build import build
from ledger.site.serving.start import find_metadata, make_datasette
from tests.benchmarks.generate import Size, generate

if TYPE_CHECKING:
    from datasette.app import Datasette

ROUNDS: Final = 15
PATIENCE: Final = 4.0
"""A page is asked for so many times, or for so many seconds, whichever ends first."""

ROW: Final = "/ledger/claims/{claims}.json"
"""What own pages are compared with: the JSON of one row."""

TYPICAL: Final[Mapping[str, str]] = {
    "claims": "SELECT id FROM claims WHERE status = 'contested' ORDER BY id LIMIT 1 OFFSET 10",
    "disputes": "SELECT id FROM questions WHERE state = 'disputed' ORDER BY id LIMIT 1 OFFSET 5",
    "questions": "SELECT id FROM questions WHERE state = 'agreed' ORDER BY id LIMIT 1 OFFSET 5",
    "dossiers": "SELECT id FROM dossiers ORDER BY id LIMIT 1 OFFSET 5",
    "outlets": "SELECT id FROM outlets ORDER BY id LIMIT 1 OFFSET 5",
    "actors": "SELECT id FROM actors ORDER BY id LIMIT 1 OFFSET 5",
    "places": "SELECT value FROM dossiers, json_each(places) ORDER BY dossiers.id LIMIT 1",
    "documents": "SELECT id FROM documents ORDER BY id LIMIT 1 OFFSET 5",
}
"""A thing of each kind that is like most of its kind."""

LARGEST: Final[Mapping[str, str]] = {
    "claims": "SELECT id FROM claims ORDER BY n_conflicts DESC, id LIMIT 1",
    "disputes": "SELECT id FROM disputes ORDER BY n_claims DESC, id LIMIT 1",
    "questions": """
        SELECT id FROM questions WHERE state <> 'disputed' ORDER BY n_claims DESC, id LIMIT 1
    """,
    "dossiers": "SELECT id FROM dossiers ORDER BY n_claims DESC, id LIMIT 1",
    "outlets": "SELECT outlet FROM citations GROUP BY outlet ORDER BY count(*) DESC LIMIT 1",
    "actors": """
        SELECT claimant FROM claims WHERE claimant > '' GROUP BY claimant
        ORDER BY count(*) DESC LIMIT 1
    """,
    "places": "SELECT id FROM places WHERE within IS NULL AND country > '' ORDER BY id LIMIT 1",
    "documents": "SELECT id FROM documents ORDER BY n_claims DESC, id LIMIT 1",
}
"""The thing of each kind that has the most to show."""

ALONE: Final = (
    "/",
    "/about",
    "/disputes",
    "/disputes?sort=spread&_topic=aid",
    "/search?q=bridge",
    "/search?q=announced",
    "/feeds/claims.atom",
    "/feeds/conflicts.atom",
)
"""The pages that are no thing's own."""

FACETED: Final = ("/ledger/claims", "/ledger/claims?status=contested")
"""The faceted pages that are compared with Datasette's own."""

STOCK: Final = {
    "databases": {
        "ledger": {
            "tables": {
                "claims": {
                    "label_column": "text",
                    "sort": "turn",
                    "facets": [
                        "status",
                        {"array": "topics"},
                        {"array": "countries"},
                        {"array": "outlets"},
                        "claimant",
                        "kind",
                        "year",
                    ],
                }
            }
        }
    }
}
"""The facets of the claims page as Datasette has them without the plugin; none for documents."""

HEAD: Final = """\
  Datasette's JSON of a row: {:.1f} ms; without metadata {:.1f} ms, with the plugin {:.1f} ms
                                             made   x JSON       again
"""

TIMED_OUT: Final = re.compile(r"These facets timed out: ([^<]*)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a process asks a site: over which database and metadata, with the plugin or without."""

    database: Path
    metadata: Path
    paths: Sequence[str]
    plugin: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """How long a page takes, and again at the same address, in milliseconds; what was too slow."""

    milliseconds: float
    again: float
    note: str


def measure(asked: Asked) -> dict[str, Answered]:
    """Return how long each page of a site takes, in a fresh process."""
    with (
        _environment(None if asked.plugin else ""),
        ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool,
    ):
        return pool.submit(_measured, asked).result()


@contextmanager
def _environment(plugins: str | None) -> Iterator[None]:
    """Let processes that begin in the block load only some of Datasette's plugins."""
    name = "DATASETTE_LOAD_PLUGINS"
    before = os.environ.pop(name, None)
    if plugins is not None:
        os.environ[name] = plugins
    try:
        yield
    finally:
        os.environ.pop(name, None)
        if before is not None:
            os.environ[name] = before


def _measured(asked: Asked) -> dict[str, Answered]:
    return asyncio.run(_ask(asked))


async def _ask(asked: Asked) -> dict[str, Answered]:
    datasette = make_datasette(asked.database, asked.metadata, sql=True, public=False)
    await datasette.invoke_startup()
    taken: dict[str, list[float]] = {path: [] for path in asked.paths}
    again: dict[str, list[float]] = {path: [] for path in asked.paths}
    notes: dict[str, str] = {}
    for nth in range(ROUNDS + 1):
        for path in asked.paths:
            if sum(taken[path]) > PATIENCE:
                continue
            fresh = f"{path}{'&' if '?' in path else '?'}_nth={nth}"
            first, text = await _timed(datasette, fresh)
            second, _ = await _timed(datasette, fresh)
            if nth:
                taken[path].append(first)
                again[path].append(second)
            late = TIMED_OUT.search(text)
            notes[path] = f"timed out: {late[1].strip()}" if late else ""
    return {
        path: Answered(1000 * median(taken[path]), 1000 * median(again[path]), notes[path])
        for path in asked.paths
    }


async def _timed(datasette: Datasette, path: str) -> tuple[float, str]:
    """Return how many seconds of the processor a page takes, and its text."""
    began = time.process_time()
    answer = await datasette.client.get(path)
    seconds = time.process_time() - began
    if answer.status_code != 200:
        message = f"{path}: {answer.status_code}"
        raise RuntimeError(message)
    return seconds, answer.text


def things_in(database: Path, sought: Mapping[str, str]) -> dict[str, str]:
    """Return the id of a thing of each kind; a kind without any is left out."""
    with closing(sqlite3.connect(database)) as connection:
        found = {kind: connection.execute(sql).fetchone() for kind, sql in sought.items()}
    return {kind: row[0] for kind, row in found.items() if row}


def compare(database: Path, folder: Path) -> Iterator[str]:
    """Yield the lines of the tables for a database."""
    typical, largest = things_in(database, TYPICAL), things_in(database, LARGEST)
    row = ROW.format(**typical)
    pages = {f"/{kind}/{name}": f"/{kind}/…" for kind, name in typical.items()}
    pages |= {f"/{kind}/{name}": f"/{kind}/… (largest)" for kind, name in largest.items()}
    stock_file = folder / "stock.json"
    stock_file.write_text(json.dumps(STOCK))
    own_paths = [row, *ALONE, *pages, *FACETED]
    own = measure(Asked(database, find_metadata(), own_paths, plugin=True))
    plain = measure(Asked(database, find_metadata(), [row, *FACETED], plugin=False))
    stock = measure(Asked(database, stock_file, [row, *FACETED], plugin=False))
    yield HEAD.format(*(site[row].milliseconds for site in (plain, stock, own)))
    for path in [*ALONE, *pages]:
        yield _line(pages.get(path, path), own[path], plain[row])
    yield "  The claims page beside Datasette's own with the same facets:\n"
    for path in FACETED:
        yield _line(path, own[path], stock[path])


def _line(name: str, own: Answered, other: Answered) -> str:
    ratio = own.milliseconds / other.milliseconds
    notes = "; ".join(
        f"{whose} {one.note}" for whose, one in (("own", own), ("stock", other)) if one.note
    )
    times = f"{own.milliseconds:9.1f} ms {ratio:7.2f} x {own.again:9.1f} ms"
    return f"  {name:36} {times}  {notes}".rstrip() + "\n"


def main() -> None:
    """Print how fast the pages are, for each size."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--claims", nargs="+", type=int, default=[1_000, 100_000])
    parser.add_argument("--crowd", type=int, default=0, help="so many claims more on one question")
    parser.add_argument("--database", type=Path, help="a database that was built before")
    told = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        for claims in told.claims:
            database = told.database or _built(folder, Size(claims, told.crowd))
            sys.stdout.write(f"{claims + told.crowd:,} claims\n")
            for line in compare(database, folder):
                sys.stdout.write(line)
                sys.stdout.flush()
            if told.database:
                break


def _built(folder: Path, size: Size) -> Path:
    claims, database = folder / f"claims-{size.claims}", folder / f"ledger-{size.claims}.db"
    generate(claims, size, "jsonl")
    built = build(claims, database)
    if built.problems:
        raise ValueError(built.problems[0])
    return database


if __name__ == "__main__":
    main()
