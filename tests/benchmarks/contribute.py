"""How long a contributor waits: adding a claim, seeing it, being told of claims that are alike.

Run as `python -m tests.benchmarks.contribute`. A made-up ledger is built once. Then in turns a
claim is added, and its question and an outlet shown, each by the real command as a whole process,
so that the database is older than the files from the second turn on. Seconds on the clock and
seconds of the processor, medians of all turns: on a busy machine the latter tell more.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median
from subprocess import DEVNULL, run
from tempfile import TemporaryDirectory
from typing import Final

from ledger.build import build
from ledger.edit.near_duplicates import claims_alike
from ledger.kept import open_kept
from tests.benchmarks.generate import Size, generate
from tests.commands.running import ENVIRONMENT, LEDGER

QUESTIONS: Final = """
SELECT q.id, (SELECT a.document || '#' || a.paragraph FROM appearances a LIMIT 1), (
    SELECT value FROM claims c WHERE c.question = q.id AND value IS NOT NULL LIMIT 1
) AS said
FROM questions q WHERE q.answer = 'quantity' AND said IS NOT NULL ORDER BY q.id
"""

OUTLETS: Final = "SELECT outlet FROM citations GROUP BY outlet ORDER BY count(*) DESC, outlet"

TEXTS: Final = "SELECT text FROM claims ORDER BY id"


def seconds_of(*arguments: str | Path) -> tuple[float, float]:
    """Run the command to its end; return the seconds on the clock and of the processor."""
    began, used = time.perf_counter(), os.times()
    ran = run([LEDGER, *arguments], stdout=DEVNULL, check=False, env=ENVIRONMENT)
    taken, after = time.perf_counter() - began, os.times()
    if ran.returncode:
        raise ValueError(arguments)
    user, system = after.children_user, after.children_system
    return taken, user + system - used.children_user - used.children_system


def take_turns(folder: Path, turns: int) -> dict[str, list[tuple[float, float]]]:
    """Add a claim, show its question and an outlet, each time others; return the seconds."""
    options = ("--claims", folder / "claims", "--db", folder / "ledger.db")
    with closing(sqlite3.connect(folder / "ledger.db")) as connection:
        rows = connection.execute(QUESTIONS).fetchall()
        outlets = [str(name) for (name,) in connection.execute(OUTLETS)]
    found: dict[str, list[tuple[float, float]]] = {"add": [], "show": [], "show outlet": []}
    for turn, (question, paragraph, value) in enumerate(Random(1).sample(rows, turns)):  # noqa: S311 # the same each time
        text = f"A new claim of turn {turn} that answers {question}."
        claim = ("--question", question, "--value", value, "--found", paragraph)
        found["add"].append(seconds_of("add", text, *claim, "--yes", *options))
        found["show"].append(seconds_of("show", question, *options))
        found["show outlet"].append(seconds_of("show", outlets[turn % len(outlets)], *options))
    return found


def alike(folder: Path, turns: int) -> list[tuple[float, float]]:
    """Look for claims that are alike to some; return the seconds of each look."""
    found = []
    with open_kept(folder / "claims", folder / "ledger.db") as kept:
        texts = [str(text) for (text,) in kept.rows(TEXTS, {})]
        claims_alike(kept, "what is read only once is read")
        for text in Random(1).sample(texts, turns):  # noqa: S311 # the same each time
            began, used = time.perf_counter(), time.process_time()
            if not claims_alike(kept, f"{text} Or so."):
                raise ValueError(text)
            found.append((time.perf_counter() - began, time.process_time() - used))
    return found


def main() -> None:
    """Print what a contributor waits for, for each size."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--claims", nargs="+", type=int, default=[1_000, 100_000])
    parser.add_argument("--turns", type=int, default=7)
    told = parser.parse_args()
    sys.stdout.write("  claims             clock  processor (s)\n")
    for claims in told.claims:
        with TemporaryDirectory() as name:
            folder = Path(name)
            generate(folder / "claims", Size(claims))
            if problems := build(folder / "claims", folder / "ledger.db").problems:
                raise ValueError(problems[0])
            taken = take_turns(folder, told.turns) | {"claims alike": alike(folder, 50)}
        for what, seconds in taken.items():
            clock, processor = (median(column) for column in zip(*seconds, strict=True))
            sys.stdout.write(f"{claims:>8,}  {what:12} {clock:10.3f} {processor:10.3f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
