"""How the tests check a folder: what reading and the checks find, without weighing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ledger.check import check_draft
from ledger.problems import Problem
from tests.read.reading import reading, told, write_files

REGISTERS = {
    "outlets.yaml": "daily: {name: The Daily}\nwire: {name: The Wire}\n",
    "actors.yaml": "army: {name: The Army}\nbrigade: {name: A Brigade, part_of: army}\n",
    "places.yaml": "mali: {name: Mali, country: ML}\nbamako: {name: Bamako, within: mali}\n",
    "documents.yaml": (
        "page: {title: A page, outlet: daily}\n"
        "speech: {title: A speech, outlet: wire, voice: army, paragraphs: {1: [], 2: [daily]}}\n"
    ),
}
"""Registers that the dossiers of these tests can name."""


def problems_of(folder: Path, files: Mapping[str, str | bytes]) -> list[Problem]:
    """Return everything wrong with a folder of some files, sorted, each once."""
    with reading(write_files(folder, files)) as (draft, problems):
        return sorted({*problems, *check_draft(draft)})


def told_of(folder: Path, files: Mapping[str, str | bytes]) -> list[str]:
    """Return everything wrong with a folder as `path:line: code`."""
    return told(problems_of(folder, files))


def dossier(*claims: str, questions: str = "") -> dict[str, str | bytes]:
    """Return the registers and a dossier with claims, each the inside of a mapping, from line 4."""
    lines = ["title: A dossier", f"questions: {{{questions}}}", "claims:"]
    return {**REGISTERS, "dossier.yaml": "\n".join([*lines, *(f"- {{{one}}}" for one in claims)])}
