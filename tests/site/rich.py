"""A small ledger with everything that is told to programs: reports, findings, a withdrawal."""

from __future__ import annotations

from typing import Final

from tests.small import DOSSIER, SMALL

CITES: Final = """\
  cites:
  - outlet: radio
    title: "Three hundred dead: the count"
    url: https://radio.example/a?b=1&c=2
    published: 2022-04-06
    archived: https://archive.example/radio
  - {outlet: daily, stance: disputes, published: 2022-04~}
"""

FINDING: Final = """\
    finding: {says: Soldiers did it., by: An Editor, on: 2023-02-01, because: Two names agree.}
"""

MORE: Final = """
- id: deaths-relayed
  text: 300 people were killed, the state relays.
  claimant: state
  made: 2022-05
  question: deaths
  value: 300
  based_on: [deaths-300]
  found: page#3

- id: deaths-withdrawn
  text: Nobody was killed.
  claimant: army
  made: 2022-03-28
  question: deaths
  value: 0
  found: page#1
  retracted: {on: 2022-06-01, because: It was a slip.}
"""

RICH: Final[dict[str, str]] = SMALL | {
    "mali/village-2022.yaml": DOSSIER.replace("  value: ~300\n", "  value: ~300\n" + CITES)
    .replace("    answer: actor\n", "    answer: actor\n" + FINDING)
    .rstrip("\n")
    + "\n"
    + MORE
}
"""The small ledger with reports cited for a claim, a finding, a relay and a withdrawal."""
