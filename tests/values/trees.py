"""A small tree of actors and one of places, from the events that the ledger is about."""

from __future__ import annotations

from typing import Final

from ledger.values import Asked, Comparing, Tree

ACTORS: Final = Tree(
    parents={
        "malian-state": None,
        "malian-army": "malian-state",
        "russia": None,
        "wagner": "russia",
        "burkinabe-army": None,
        "rapid-brigade": "burkinabe-army",
        "third-battalion": "rapid-brigade",
        "al-qaeda": None,
        "jnim": "al-qaeda",
        "ansar-dine": "jnim",
        "macina-front": "jnim",
        "is-sahel": None,
    },
    names={
        "malian-state": "the Malian state",
        "malian-army": "the Malian army",
        "russia": "Russia",
        "wagner": "the Wagner Group",
        "burkinabe-army": "the army of Burkina Faso",
        "rapid-brigade": "the Rapid Intervention Brigade",
        "third-battalion": "the 3rd Battalion",
        "al-qaeda": "al-Qaeda",
        "jnim": "JNIM",
        "ansar-dine": "Ansar Dine",
        "macina-front": "the Macina front",
        "is-sahel": "the Islamic State in the Sahel",
    },
)

PLACES: Final = Tree(
    parents={
        "mali": None,
        "mopti": "mali",
        "moura": "mopti",
        "kidal": "mali",
        "bamako": "mali",
        "burkina-faso": None,
        "karma": "burkina-faso",
        "aourema": "burkina-faso",
        "niger": None,
    },
    names={"mali": "Mali", "mopti": "Mopti", "moura": "Moura", "kidal": "Kidal"},
)

OPTIONS: Final = ("soldiers", "jihadists in army dress", "pride", "protection", "fear")
"""The options of a choice in these tests."""

QUESTIONS: Final = {
    "quantity": Comparing(Asked("quantity"), Tree()),
    "date": Comparing(Asked("date"), Tree()),
    "actor": Comparing(Asked("actor"), ACTORS),
    "place": Comparing(Asked("place"), PLACES),
    "choice": Comparing(Asked("choice", OPTIONS), Tree()),
    "yes-no": Comparing(Asked("yes-no"), Tree()),
    "text": Comparing(Asked("text"), Tree()),
}
"""What comparing needs to know of a question, by the kind of its answer."""
