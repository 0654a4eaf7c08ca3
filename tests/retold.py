"""The small ledger with a word that is told differently: elsewhere, and by who repeats it."""

from __future__ import annotations

from typing import Final

from tests.small import ACTORS, DOCUMENTS, DOSSIER, SMALL

MORE: Final = """
- id: deaths-400
  text: 400 people were killed, say witnesses by the state's account.
  claimant: state
  question: deaths
  value: 400
  based_on: deaths-300
  found: page#3

- id: deaths-900
  text: Witnesses count 900 dead.
  claimant: witnesses
  question: deaths
  value: 900
  found: sheet

- id: deaths-withdrawn
  text: Nobody was killed.
  claimant: witnesses
  question: deaths
  value: 0
  found: sheet
  retracted: {on: 2022-06-01, because: It was a slip.}

- id: heard
  text: The market was empty, reports say.
  claimant: reports
  found: sheet
"""

OTHERS: Final = """\
reports: {name: Reports, kind: unnamed}
council: {name: The Council, part_of: state, independent: true}
"""

SHEET: Final = "sheet: {title: The Sheet, outlet: wire, extent: excerpt, language: fr}\n"

RETOLD: Final[dict[str, str]] = SMALL | {
    "actors.yaml": ACTORS + OTHERS,
    "documents.yaml": DOCUMENTS + SHEET,
    "mali/village-2022.yaml": DOSSIER + MORE,
}
"""Witnesses' 300 dead are 400 by the state's account, and 900 in another document."""
