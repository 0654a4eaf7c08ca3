"""The small claims folder with a conflict across questions, a retelling and an altered relay."""

from __future__ import annotations

from typing import Final

from tests.small import DOSSIER, SMALL

QUESTIONS: Final = """\
questions:
  calm:
    asks: Was the day calm?
    answer: yes-no
  wounded:
    asks: How many people were wounded?
    answer: quantity
    unit: people
"""

MORE: Final = """
- id: calm-state
  text: The day was calm.
  claimant: state
  question: calm
  value: yes
  found: page#1
  conflicts:
    deaths-300: Nobody calls such a day calm.

- {id: wounded-page, text: Some 40 were hurt., claimant: state, question: wounded, value: 40,
   found: page#3}
- {id: wounded-leaf, text: Some 60 were hurt., claimant: state, question: wounded, value: 60,
   found: leaf}

- id: deaths-altered
  text: The radio repeats that 203 people were killed.
  claimant: page
  question: deaths
  value: 203
  found: page#3
  based_on: [deaths-300]
"""

ELSEWHERE: Final = SMALL | {
    "more/documents.yaml": "leaf: {title: A Leaf, outlet: wire}\n",
    "mali/village-2022.yaml": DOSSIER.replace("questions:\n", QUESTIONS) + MORE,
}
"""The files of a claims folder without problems."""
