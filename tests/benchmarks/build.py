"""How long a build takes, beside inserting the same rows with bare `executemany`.

Run as `python -m tests.benchmarks.build`. Floor and build are measured in turns, each in a
process of its own and in seconds of the processor, so that the ratios hold on a busy machine
too; the medians are shown.
"""

from __future__ import annotations

import resource
import sqlite3
import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final, get_args

import sqlite_utils  # noqa: F401 # imported on use elsewhere; no stage is to pay for that

from ledger import __version__
from ledger.build import build
from ledger.check import check_draft
from ledger.database.load import load
from ledger.database.profiles import write_profiles
from ledger.database.publish import publish
from ledger.database.schema import tables
from ledger.draft import open_draft
from ledger.read import read_folder
from ledger.weigh import weigh_draft
from ledger.weigh.alike import gather
from ledger.weigh.answers import Weighing, list_fallen
from ledger.weigh.detect import detect
from ledger.weigh.independence import Wholes
from tests.benchmarks.generate import Form, Size, generate

Measure = Callable[[Path, Path], dict[str, float]]
"""Reads from one path, writes into a folder, and returns the seconds that its parts took."""

STAGES: Final = ("read", "check", "weigh", "load", "profile", "publish")

HEAD: Final = (
    "  claims  form    floor | build   load | read check weigh  load profile publish | detect |"
    "   MB\n"
    "                seconds |  x floor     |            % of the build              |  of it |"
    " peak\n"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one process took: seconds by name, and the most memory it held, in MB."""

    seconds: dict[str, float]
    peak: float


def measure_floor(built: Path, folder: Path) -> dict[str, float]:
    """Insert a database's rows, held in memory, into a fresh file; return the seconds."""
    with closing(sqlite3.connect(built)) as connection:
        rows = {
            table.name: connection.execute(f"SELECT * FROM {table.name}").fetchall()  # noqa: S608 # names of the schema
            for table in tables()
            if table.kind == "table"
        }
        later = [sql for (sql,) in connection.execute(LATER)]
    began = time.process_time()
    with closing(sqlite3.connect(folder / "floor.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for table in tables():
            connection.execute(table.sql)
            if table.name in rows:
                marks = ", ".join("?" for _ in table.columns)
                insert = f"INSERT INTO {table.name} VALUES ({marks})"  # noqa: S608 # names of the schema
                connection.executemany(insert, rows[table.name])
        for sql in later:
            connection.execute(sql)
        connection.execute(SEARCH)
        connection.execute("COMMIT")
    return {"floor": time.process_time() - began}


LATER: Final = """
SELECT sql FROM sqlite_schema
WHERE sql LIKE 'CREATE INDEX%' OR sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY rowid
"""

SEARCH: Final = """
INSERT INTO claims_fts (rowid, text, quote, note) SELECT rowid, text, quote, note FROM claims
"""


def measure_build(claims: Path, folder: Path) -> dict[str, float]:
    """Build as the command does; return the seconds of the whole."""
    began = time.process_time()
    built = build(claims, folder / "built.db")
    seconds = time.process_time() - began
    if built.problems:
        raise ValueError(built.problems[0])
    return {"build": seconds}


def measure_stages(claims: Path, folder: Path) -> dict[str, float]:
    """Build stage by stage; return the seconds of each."""
    aside = folder / "aside.db"
    ended = [time.process_time()]
    with open_draft(claims, str(aside)) as draft:
        for stage in (read_folder, check_draft, weigh_draft):
            stage(draft)
            ended.append(time.process_time())
        load(draft, __version__)
        ended.append(time.process_time())
        write_profiles(draft.connection)
        ended.append(time.process_time())
    publish(aside, folder / "staged.db")
    ended.append(time.process_time())
    stages = {name: ended[nth + 1] - ended[nth] for nth, name in enumerate(STAGES)}
    return stages | {"detect": seconds_of_detection(claims)}


def seconds_of_detection(claims: Path) -> float:
    """Return the seconds that finding the conflicts takes, a part of weighing."""
    seconds = 0.0
    with open_draft(claims) as draft:
        read_folder(draft)
        check_draft(draft)
        list_fallen(draft)
        for asking, answers in Weighing(draft, "plural", Wholes({})).groups():
            standing = [claim for claim in answers if claim.fallen is None]
            began = time.process_time()
            detect(gather(standing), asking.kind)
            seconds += time.process_time() - began
    return seconds


def in_own_process(measure: Measure, source: Path, folder: Path) -> Measured:
    """Measure in a fresh process. This one stays small: its memory would count in the new one's."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, measure, source, folder).result()


def _measured(measure: Measure, source: Path, folder: Path) -> Measured:
    seconds = measure(source, folder)
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Measured(seconds, kilobytes / 1024)


def compare(size: Size, form: Form, rounds: int) -> str:
    """Return the line of the table for a ledger of some size in one form."""
    found: dict[str, list[float]] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        claims = folder / "claims"
        generate(claims, size, form)
        for _ in range(rounds):
            whole = in_own_process(measure_build, claims, folder)
            floor = in_own_process(measure_floor, folder / "built.db", folder)
            staged = in_own_process(measure_stages, claims, folder)
            taken = whole.seconds | floor.seconds | staged.seconds
            taken |= {f"{part} x floor": taken[part] / taken["floor"] for part in ("build", "load")}
            for part, value in (taken | {"peak": whole.peak}).items():
                found.setdefault(part, []).append(value)
            for left in folder.glob("*.db"):
                left.unlink()
    return _line(size, form, {part: median(values) for part, values in found.items()})


def _line(size: Size, form: Form, taken: dict[str, float]) -> str:
    staged = sum(taken[stage] for stage in STAGES)
    shares = " ".join(
        f"{taken[stage] / staged:{len(stage) + 1}.0%}".rjust(max(5, len(stage))) for stage in STAGES
    )
    found = f"{taken['detect'] / staged:.1%}"
    return (
        f"{size.claims + size.crowd:>8,}  {form:5} {taken['floor']:7.2f} |"
        f" {taken['build x floor']:5.2f} {taken['load x floor']:6.2f} |"
        f" {shares} | {found:>6} | {taken['peak']:4.0f}\n"
    )


def main() -> None:
    """Print what a build takes, for each size and form."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--claims", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--form", nargs="+", choices=get_args(Form), default=get_args(Form))
    parser.add_argument(
        "--crowd", type=int, default=20_000, help="so many claims more on one question"
    )
    parser.add_argument("--rounds", type=int, default=3)
    told = parser.parse_args()
    sys.stdout.write(HEAD)
    for claims in told.claims:
        for form in told.form:
            sys.stdout.write(compare(Size(claims, told.crowd), form, told.rounds))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
