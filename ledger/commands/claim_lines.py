"""Claims as lines of JSON, from a file or a pipe, each for the dossier it names."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import BinaryIO

import click

from ledger.edit import Editing
from ledger.edit.adding import add_claims, propose_id
from ledger.edit.catalogue import Catalogue, read_catalogue
from ledger.edit.naming import find_named
from ledger.likeness import near_match
from ledger.problems import Place, Problem
from ledger.read.jsonl_file import parse_json_line
from ledger.read.validate import validate
from ledger.read.yaml_file import Data
from ledger.records import BulkClaim
from ledger.text import decode


def lines_of(source: BinaryIO) -> list[str]:
    """Return the lines of a file or a pipe. Raises click.BadParameter if it is not text."""
    text, problems = decode(source.read(), "")
    if problems:
        raise _bad(problems[0].place.line, f"{problems[0].what}. {problems[0].remedy}")
    lines = text.split("\n")
    if not any(map(str.strip, lines)):
        message = "no line holds a claim; write one a line, as JSON"
        raise click.BadParameter(message, param_hint="'--from'")
    return lines


def add_lines(edit: Editing, lines: Iterable[str]) -> list[str]:
    """Add the claim of each line to its dossier, or its question's; return their ids.

    Raises click.BadParameter for the first line that holds none; nothing is added then.
    """
    catalogue = read_catalogue(edit.kept)
    held = set(edit.claim_ids())
    by_path: dict[str, list[dict[str, Data]]] = {}
    names: list[str] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            claim = _claim_in(line, number, catalogue, held)
            name = str(claim["id"])
            if name in held:
                raise _bad(number, f"a claim has the id {name} already; choose another")
            by_path.setdefault(_path_of(catalogue, claim, number), []).append(claim)
            held.add(name)
            names.append(name)
    for path, claims in by_path.items():
        add_claims(edit, path, claims)
    return names


def _claim_in(
    line: str, number: int, catalogue: Catalogue, held: Container[str]
) -> dict[str, Data]:
    """Return the claim of a line, every value looked at; without an id, it gets one."""
    data = parse_json_line(line.strip(), Place("", number))
    if isinstance(data, Problem):
        raise _bad(number, f"{data.what}. {data.remedy}")
    if isinstance(data, dict):
        # Where there is nothing, many programs write null.
        data = {key: value for key, value in data.items() if value is not None}
        _name_claimant(catalogue, data)
        about = str(data.get("question") or data.get("dossier") or "")
        if about and "id" not in data:
            data["id"] = propose_id(about, str(data.get("claimant", "")), held.__contains__)
    record, problems = validate(BulkClaim, data, number, "")
    if record is None or not isinstance(data, dict):
        raise _bad(number, f"{problems[0].what}. {problems[0].remedy}")
    return data


def _name_claimant(catalogue: Catalogue, claim: dict[str, Data]) -> None:
    """Put the id of a claim's claimant in the place of its name, if it names one."""
    claimant = claim.get("claimant")
    found = find_named(catalogue.names("actor"), claimant) if isinstance(claimant, str) else []
    if len(found) == 1:
        claim["claimant"] = found[0]


def _path_of(catalogue: Catalogue, claim: dict[str, Data], number: int) -> str:
    """Return the path of the dossier that a claim goes into."""
    question = str(claim.get("question", ""))
    asks = catalogue.questions.get(question)
    if question and asks is None:
        near = near_match(question, list(catalogue.questions))
        meant = f"; did you mean {near}?" if near else ""
        raise _bad(number, f"there is no question {question!r}{meant}")
    dossier = str(claim.get("dossier") or (asks.dossier if asks else ""))
    if dossier not in catalogue.dossiers:
        told = f"there is no dossier {dossier!r}" if dossier else "it names no dossier or question"
        raise _bad(number, f'{told}; write "dossier": and the id of one')
    return catalogue.dossiers[dossier][1]


def _bad(number: int, why: str) -> click.BadParameter:
    return click.BadParameter(f"line {number}: {why}", param_hint="'--from'")
