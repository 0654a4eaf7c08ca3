"""The small claims folder with one of each relation more: repeats, revisions, dismissals."""

from __future__ import annotations

from typing import Final

from tests.small import DOSSIER, SMALL

MORE: Final = """\
- id: deaths-relayed
  text: The radio repeats that about 300 people were killed.
  claimant: page
  question: deaths
  value: about 300
  found: page#3
  based_on: [deaths-300]
  cites:
  - outlet: radio
    title: "[bold]Village[/bold] mourns"
    url: https://example.org/a-long-address/that-nobody-may-break/when-a-terminal-is-narrow
    published: 2022-04-06
    stance: mentions

- id: deaths-revised
  text: The State now speaks of 203 people killed.
  claimant: state
  made: 2022-06
  question: deaths
  value: 203
  found: page#3
  supersedes: deaths-first
  hedge: reportedly
  note: A revision.
  compatible:
    deaths-300: Counts only the first day.

- id: deaths-first
  text: The State speaks of 20 people killed.
  claimant: state
  question: deaths
  value: 20
  found: page#3

- id: deaths-withdrawn
  text: Nobody was killed.
  claimant: rebels
  question: deaths
  value: 0
  found: page#3
  retracted: {on: 2022-05-02, because: It was a mistake.}

- id: where-village
  text: It happened at the village 東京東京東京.
  claimant: witnesses
  question: scene
  value: village
  found: page#3
  quote: under "the" tree

- id: when-march
  text: It began in March.
  question: beginning
  value: 2022-03
  found: page#1
"""

QUESTIONS: Final = """\
questions:
  scene:
    asks: Where did it happen?
    answer: place
  beginning:
    asks: When did it begin?
    answer: date
"""

FINDING: Final = """\
    unit: people
    about: Everybody who died.
    finding: {says: About 300., by: An Editor, on: 2023-01-02, because: Two lists agree.}
"""

FULL: Final = SMALL | {
    "mali/village-2022.yaml": DOSSIER.replace("questions:\n", QUESTIONS).replace(
        "    unit: people\n", FINDING
    )
    + "\n"
    + MORE
}
"""The files of a claims folder without problems."""
