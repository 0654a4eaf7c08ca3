"""What it takes until a change is known everywhere, beside a whole build of the same ledger.

Run as `python -m tests.benchmarks.renew`. The real command is measured, interpreter and imports
included, in seconds of the processor; medians of a few changes each.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from ledger.database.opening import read_only
from tests.benchmarks.generate import Form, Size, generate

QUANTITY: Final = re.compile(r'(value"?: "?)[0-9.~+]+')
"""The first value of a quantity, in either form."""

LEDGER: Final = Path(sys.executable).with_name("ledger")


def seconds_of(folder: Path, *words: str) -> float:
    """Run a command of the ledger in a folder; return the processor's seconds that it took."""
    began = _spent()
    subprocess.run([LEDGER, *words], cwd=folder, check=True, capture_output=True)
    return _spent() - began


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def nothing(_claims: Path, _turn: int) -> None:
    """Change nothing."""


def a_value(claims: Path, turn: int) -> None:
    """Change the value of a claim in one dossier, or in the one file of lines."""
    file = next(_dossiers(claims))
    text = file.read_text(encoding="utf-8")
    file.write_text(QUANTITY.sub(rf"\g<1>{1_000 + turn}", text, count=1), encoding="utf-8")


def a_line(claims: Path, turn: int) -> None:
    """Move all the claims of a dossier by a line."""
    file = next(_dossiers(claims))
    file.write_text(f"# line {turn}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")


def an_actor_s_name(claims: Path, turn: int) -> None:
    """Give an actor another name."""
    _in_entry(claims / "actors.yaml", turn, "name: ", f"name: Renamed{turn} ")


def an_actor_s_whole(claims: Path, turn: int) -> None:
    """Give an actor that is part of another no whole."""
    file = claims / "actors.yaml"
    before, after = file.read_text(encoding="utf-8").split("part_of: ", 1)
    kept = after.partition("}")[2]
    file.write_text(f"{before}wikidata: Q{turn + 1}}}{kept}", encoding="utf-8")


def an_outlet_s_name(claims: Path, turn: int) -> None:
    """Give an outlet another name."""
    _in_entry(claims / "outlets.yaml", turn, "name: ", f"name: Renamed{turn} ")


def a_document_s_title(claims: Path, turn: int) -> None:
    """Give a document another title."""
    _in_entry(claims / "documents.yaml", turn, 'title: "', f'title: "Renamed{turn} ')


CHANGES: Final[dict[str, Callable[[Path, int], None]]] = {
    "nothing": nothing,
    "a value": a_value,
    "a line above": a_line,
    "an outlet's name": an_outlet_s_name,
    "a document's title": a_document_s_title,
    "an actor's name": an_actor_s_name,
    "an actor's whole": an_actor_s_whole,
}

COMMANDS: Final = {
    "build": ("build",),
    "check": ("check",),
    "list": ("list", "--limit", "3"),
    "search": ("search", "market"),
    "disputes": ("disputes", "--question", "{dispute}"),
}


def _dossiers(claims: Path) -> Iterator[Path]:
    registers = {"outlets", "actors", "places", "documents"}
    files = [*claims.rglob("*.jsonl"), *sorted(claims.rglob("*.yaml"))]
    return (file for file in files if file.stem not in registers)


def _in_entry(file: Path, turn: int, before: str, after: str) -> None:
    """Change something in one entry of a register, in another at each turn."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[turn + 5] = lines[turn + 5].replace(before, after, 1)
    file.write_text("".join(lines), encoding="utf-8")


def measure(size: Size, form: Form, rounds: int) -> Iterator[str]:
    """Yield the lines of the table for a ledger of some size in one form."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        claims = folder / "claims"
        generate(claims, size, form)
        whole = seconds_of(folder, "build")
        with closing(read_only(folder / "ledger.db")) as connection:
            (dispute,) = connection.execute("SELECT min(id) FROM disputes").fetchone()
        yield f"{size.claims:>9,} {form}: a whole build takes {whole:.2f} s\n"
        for changed, change in CHANGES.items():
            told = []
            for nth, (command, words) in enumerate(COMMANDS.items()):
                taken = []
                for turn in range(rounds):
                    change(claims, nth * rounds + turn)
                    taken.append(
                        seconds_of(folder, *(one.format(dispute=dispute) for one in words))
                    )
                    if command == "check":
                        seconds_of(folder, "build")
                told.append(f"{command} {median(taken) / whole:6.1%}")
            yield f"{changed:>20}: {'   '.join(told)}\n"


def main() -> None:
    """Print what each kind of change takes, in hundredths of a whole build."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--claims", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--form", nargs="+", choices=("yaml", "jsonl"), default=["yaml"])
    parser.add_argument("--rounds", type=int, default=3)
    told = parser.parse_args()
    for claims in told.claims:
        for form in told.form:
            for line in measure(Size(claims), form, told.rounds):
                sys.stdout.write(line)
                sys.stdout.flush()


if __name__ == "__main__":
    main()
