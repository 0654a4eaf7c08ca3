"""A small claims folder that tests start from, and how to write one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

OUTLETS: Final = """\
daily: {name: The Daily, kind: newspaper, country: FR, aliases: [Daily]}
wire: {name: The Wire, kind: newswire}
radio: {name: Radio Goïta, kind: broadcaster, country: ML}
"""

ACTORS: Final = """\
state: {name: The State, kind: government}
army: {name: The Army, kind: state force, part_of: state}
brigade: {name: First Brigade, part_of: army}
rebels: {name: The Rebels, kind: armed group}
witnesses: {name: Witnesses, kind: witness group}
page: {name: The Page}
"""

PLACES: Final = """\
mali: {name: Mali, country: ML, precision: country}
mopti: {name: Mopti Region, within: mali}
village: {name: A Village, within: mopti, latitude: 14.5, longitude: -4.1, precision: settlement}
"""

DOCUMENTS: Final = """\
page:
  title: The Page
  outlet: daily
  voice: page
  published: 2022-05-01
  paragraphs: {1: [], 2: [wire, wire, radio], 3: [daily]}
"""

DOSSIER: Final = """\
title: Killings at a village
when: 2022-03-27
where: [village]
topics: [civilian harm]

questions:
  deaths:
    asks: How many people were killed?
    answer: quantity
    unit: people
  killers:
    asks: Who killed them?
    answer: actor

claims:
- id: deaths-300
  text: About 300 people were killed.
  claimant: witnesses
  made: 2022-04-05
  question: deaths
  value: ~300
  found: page#2

- id: deaths-500
  text: More than 500 people were killed, says Goïta.
  question: deaths
  value: 500+
  found: page#1
  conflicts:
    deaths-300: The totals exclude each other.

- id: killers-army
  text: Soldiers killed them.
  claimant: witnesses
  question: killers
  value: army
  found: page#2

- id: killers-rebels
  text: Rebels in uniform killed them.
  claimant: state
  question: killers
  value: rebels
  found: [page#2, page#3]
  conflicts:
    killers-army: The two were enemies.

- id: date-given
  text: It happened in March.
  found: page#3
"""

AT_LEAST: Final = """
- id: deaths-20
  text: At least 20 people were killed.
  claimant: rebels
  question: deaths
  value: 20+
  found: page#2
"""
"""One claim more for the small dossier, whose value fits both positions on the deaths."""

SMALL: Final[dict[str, str]] = {
    "outlets.yaml": OUTLETS,
    "actors.yaml": ACTORS,
    "places.yaml": PLACES,
    "documents.yaml": DOCUMENTS,
    "mali/village-2022.yaml": DOSSIER,
}
"""The files of a claims folder without problems: two disputed questions, five claims."""


def write_folder(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder, by their paths below it; return the folder."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


PLACED: Final[dict[str, str]] = {
    **SMALL,
    "documents.yaml": DOCUMENTS
    + """\
table:
  title: A Table
  outlet: wire
  url: https://table.example/t
  retrieved: 2022-06-01
  archived: https://archive.example/t
  language: pt-BR
  licence: CC0-1.0
  extent: excerpt
""",
    "mali/village-2022.yaml": DOSSIER.replace(
        "[page#2, page#3]", "[page#page=4, page, page#3, page#t=0:31, table#id=A-7]"
    ).replace("  found: page#1\n", "  found: table#row=12\n  origins: unknown\n"),
}
"""The same, but for claims that were read in parts of documents which are no paragraphs."""
