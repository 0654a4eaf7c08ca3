"""A small ledger that is hard on pages: every relation and kind of answer, markup, long words."""

from __future__ import annotations

from typing import Final

from tests.full import FULL

LONG: Final = "Verteidigungsministeriumspressesprecherin" * 5

REGISTERS: Final = {
    "hard/outlets.yaml": (
        """sharp: {name: '<b onclick="alert(1)">Sharp</b> & "Sons"', kind: newspaper}\n"""
        f"long: {{name: {LONG}, kind: newspaper}}\n"
    ),
    "hard/actors.yaml": (
        f"long: {{name: {LONG}, kind: government}}\n"
        "sharp: {name: '</script><script>alert(1)</script>', kind: person}\n"
    ),
    "hard/places.yaml": "camp: {name: Camp, within: mali, latitude: 16, longitude: -3}\n",
    "hard/documents.yaml": (
        "letter: {title: '=HYPERLINK(\"x\")', outlet: sharp, voice: sharp, "
        "paragraphs: {1: [long, sharp]}}\n"
    ),
}

HEAD: Final = """\
title: "<img src=x onerror=alert(1)> Harvest at the camp"
when: 2021-05/2021-08
where: [camp]
topics: ["<i>topic</i>", harvest]

"""

QUESTIONS: Final = {
    "grain": ("quantity", "12", "1000000+", "bags"),
    "began": ("date", "2021-05-03", "2021-08", ""),
    "spot": ("place", "camp", "village", ""),
    "word": ("choice", "sale", "gift", ""),
    "paid": ("yes-no", "yes", "no", ""),
    "said": ("text", "Thanks", "Nothing", ""),
    "giver": ("actor", "army", "rebels", ""),
}
"""Each question's kind of answer, the two answers that exclude each other, and the unit."""

DECLARED: Final = ("said",)
"""The questions whose conflicts no value shows: a person declares them."""


def _question(name: str) -> str:
    answer, _, _, unit = QUESTIONS[name]
    lines = [f"  hard-{name}:", f"    asks: Was the {name} <u>so</u>?", f"    answer: {answer}"]
    lines += [f"    unit: {unit}"] if unit else []
    lines += ["    options: [sale, gift]"] if answer == "choice" else []
    return "".join(f"{line}\n" for line in lines)


def _claims(name: str) -> str:
    _, one, other, _ = QUESTIONS[name]
    declared = f"  conflicts: {{hard-{name}-one: '<b>Both</b> & neither.'}}\n"
    return (
        f"- id: hard-{name}-one\n  text: '<script>alert(1)</script> {LONG}'\n  claimant: long\n"
        f"  question: hard-{name}\n  value: '{one}'\n  found: letter#1\n"
        f"- id: hard-{name}-other\n  text: 'It was {other} & \"more\".'\n  claimant: sharp\n"
        f"  question: hard-{name}\n  value: '{other}'\n  found: page#2\n"
        + (declared if name in DECLARED else "")
    )


HARD: Final = (
    FULL
    | REGISTERS
    | {
        "hard/harvest.yaml": HEAD
        + "questions:\n"
        + "".join(_question(name) for name in QUESTIONS)
        + "\nclaims:\n"
        + "".join(_claims(name) for name in QUESTIONS)
    }
)
"""The files of a claims folder without problems."""
