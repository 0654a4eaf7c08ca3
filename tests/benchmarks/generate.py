"""A made-up ledger of any size, the same each time, as YAML dossiers or as JSON lines.

Every name is invented. Claims on a question mostly agree, in different words; a fifth of the
questions have a second camp whose values exclude the first's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import IO, Final, Literal, NamedTuple

Form = Literal["yaml", "jsonl"]
Record = dict[str, object]

SYLLABLES: Final = (
    *("bar", "dol", "em", "fir", "gan", "hul", "ís", "jor", "kel", "lum"),
    *("mor", "nev", "ost", "pra", "qué", "ryn", "sol", "tam", "ur", "vez"),
)
OUTLET_KINDS: Final = {"courier": "newspaper", "wire": "newswire", "radio": "broadcaster"}
ACTOR_KINDS: Final = {"brigade": "state force", "front": "armed group", "relief": "NGO"}
EVENTS: Final = ("raid", "siege", "flood", "strike", "vote", "trial", "accord")
TOPICS: Final = ("civilian harm", "aid", "elections", "economy", "detention", "displacement")
COUNTRIES: Final = ("XA", "XB", "XC", "XD", "XE", "XF", "XG", "XH")
"""Codes that ISO 3166-1 leaves to users, so that no real country is meant."""

REGIONS: Final = 8
SETTLEMENTS: Final = 10
ROOTS: Final = 40
"""How many actors are part of nothing; of every other actor, up to four are part."""

PARAGRAPHS: Final = 40


class Subject(NamedTuple):
    """What a question can be about, and the kind of its answer."""

    name: str
    answer: str
    asks: str


SUBJECTS: Final = (
    Subject("deaths", "quantity", "How many people died"),
    Subject("injured", "quantity", "How many people were injured"),
    Subject("detained", "quantity", "How many people were detained"),
    Subject("houses", "quantity", "How many houses were destroyed"),
    Subject("displaced", "quantity", "How many people had to leave"),
    Subject("cost", "quantity", "What did it cost"),
    Subject("began", "date", "When did it begin"),
    Subject("ended", "date", "When did it end"),
    Subject("doer", "actor", "Who did it"),
    Subject("victor", "actor", "Who gained by it"),
    Subject("spot", "place", "Where did it happen"),
    Subject("weapon", "choice", "What was used"),
    Subject("motive", "choice", "What was it for"),
    Subject("planned", "yes-no", "Was it planned"),
    Subject("course", "text", "What happened first"),
)
OPTIONS: Final = ("explosives", "firearms", "fire", "something else")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a ledger is; its registers grow with it up to what the largest would have."""

    claims: int
    crowd: int = 0
    """How many claims more there are, all on one question."""

    @property
    def outlets(self) -> int:
        """Return how many outlets there are."""
        return min(1_000, 20 + self.claims // 10)

    @property
    def actors(self) -> int:
        """Return how many actors there are."""
        return min(2_000, ROOTS + self.claims // 5)

    @property
    def documents(self) -> int:
        """Return how many documents there are."""
        return min(500, 10 + self.claims // 20)


@dataclass(slots=True)
class _Asked:
    """A question and what is true in each of its two camps."""

    id: str
    subject: Subject
    record: Record
    disputed: bool
    number: int
    day: date
    actor: int
    place: int
    told: list[Record] = field(default_factory=list)
    camps: list[int] = field(default_factory=list)


def generate(folder: Path, size: Size, form: Form = "yaml") -> None:
    """Write a claims folder without problems; in `jsonl` all claims are in one file of lines."""
    for name, entries in _registers(size):
        with _written(folder / f"{name}.yaml") as file:
            file.writelines(f"{key}: {_flow(entry)}\n" for key, entry in entries)
    for path, header, questions in _dossiers(size):
        claims = [claim for asked in questions for claim in asked.told]
        with _written(folder / path) as file:
            file.writelines(_entry(header, ""))
            file.write("questions:\n")
            for asked in questions:
                file.writelines([f"  {asked.id}:\n", *_entry(asked.record, "    ")])
            if form == "yaml":
                file.writelines(["claims:\n", *(line for claim in claims for line in _item(claim))])
        if form == "jsonl":
            with (folder / "claims.jsonl").open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(claim, ensure_ascii=False) + "\n" for claim in claims)


def word(number: int) -> str:
    """Return the invented word of a number; no two are the same, and their order is another."""
    syllables = []
    number += len(SYLLABLES)
    while number >= 0:
        number, digit = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[digit])
        number -= 1
    return "".join(syllables)


def _random(of: str) -> Random:
    return Random(of)  # noqa: S311 # what is drawn is no secret, but the same each time


def _slug(name: str) -> str:
    return name.lower().replace("í", "i").replace("é", "e").replace(" ", "-")


def _outlet(number: int) -> str:
    return f"{word(number)} {list(OUTLET_KINDS)[number % len(OUTLET_KINDS)]}".title()


def _actor(number: int) -> str:
    return f"{word(number)} {list(ACTOR_KINDS)[number % len(ACTOR_KINDS)]}".title()


def _place(number: int) -> str:
    return word(number).title()


def _registers(size: Size) -> Iterator[tuple[str, Iterator[tuple[str, Record]]]]:
    yield "outlets", _outlets(size)
    yield "actors", _actors(size)
    yield "places", _places()
    yield "documents", _documents(size)


def _outlets(size: Size) -> Iterator[tuple[str, Record]]:
    for nth in range(size.outlets):
        name = _outlet(nth)
        kind = OUTLET_KINDS[name.lower().split()[1]]
        country = COUNTRIES[nth % len(COUNTRIES)]
        yield _slug(name), {"name": name, "kind": kind, "country": country, "aliases": [name[:3]]}


def _actors(size: Size) -> Iterator[tuple[str, Record]]:
    for nth in range(size.actors):
        name = _actor(nth)
        record: Record = {"name": name, "kind": ACTOR_KINDS[name.lower().split()[1]]}
        if nth >= ROOTS:
            record["part_of"] = _slug(_actor(_above(nth)))
        yield _slug(name), record


def _above(actor: int) -> int:
    """Return the actor that an actor is part of, itself if it is part of none."""
    return (actor - ROOTS) // 4 if actor >= ROOTS else actor


def _places() -> Iterator[tuple[str, Record]]:
    """Yield countries, their regions and the settlements of those."""
    numbers = range(_first_settlement() + len(COUNTRIES) * REGIONS * SETTLEMENTS)
    for nth in numbers:
        record: Record = {"name": _place(nth)}
        if nth < len(COUNTRIES):
            record |= {"country": COUNTRIES[nth], "precision": "country"}
        else:
            record["within"] = _slug(_place(_around(nth)))
        yield _slug(_place(nth)), record


def _first_settlement() -> int:
    return len(COUNTRIES) * (1 + REGIONS)


def _around(place: int) -> int:
    """Return the region of a settlement, or the country of a region."""
    if place < _first_settlement():
        return (place - len(COUNTRIES)) // REGIONS
    return len(COUNTRIES) + (place - _first_settlement()) // SETTLEMENTS


def _documents(size: Size) -> Iterator[tuple[str, Record]]:
    """Yield documents; each tenth lists no paragraphs, each twentieth has no voice."""
    rng = _random("documents")
    for nth in range(size.documents):
        record: Record = {
            "title": f"{word(nth).title()}: a report",
            "outlet": _slug(_outlet(rng.randrange(size.outlets))),
            "published": str(date(2015, 1, 1) + timedelta(days=rng.randrange(3_000))),
        }
        if nth % 20:
            record["voice"] = _slug(_actor(rng.randrange(size.actors)))
        if nth % 10:
            record["paragraphs"] = {
                number: [_slug(_outlet(rng.randrange(size.outlets))) for _ in range(cited)]
                for number, cited in enumerate(rng.choices((0, 1, 2, 3), k=PARAGRAPHS), start=1)
            }
        yield f"{_slug(word(nth))}-report", record


def _dossiers(size: Size) -> Iterator[tuple[str, Record, list[_Asked]]]:
    """Yield each dossier's path, its own keys and its questions with their claims."""
    left, nth = size.claims, 0
    while left > 0:
        rng = _random(f"dossier {nth}")
        day = date(2010, 1, 1) + timedelta(days=rng.randrange(5_000))
        name = f"{_slug(word(nth))}-{rng.choice(EVENTS)}-{day.year}"
        place = _first_settlement() + rng.randrange(len(COUNTRIES) * REGIONS * SETTLEMENTS)
        header: Record = {
            "title": f"{name.replace('-', ' ').capitalize()}",
            "when": rng.choice((str(day), f"{day}/{day + timedelta(days=9)}", f"{day:%Y-%m}~")),
            "where": [_slug(_place(place))],
            "topics": rng.sample(TOPICS, rng.choice((1, 2))),
        }
        questions = []
        for subject in rng.sample(SUBJECTS, rng.randint(5, len(SUBJECTS))):
            asked = _question(rng, size, f"{_slug(word(nth))}-{subject.name}", subject, day, place)
            _tell(rng, size, asked, min(left, rng.randint(1, 15)))
            left -= len(asked.told)
            if asked.told:
                questions.append(asked)
        yield f"{COUNTRIES[_around(_around(place))].lower()}/{name}.yaml", header, questions
        nth += 1
    if size.crowd:
        rng = _random("crowd")
        asked = _question(rng, size, "crowd-deaths", SUBJECTS[0], date(2020, 2, 2), 100)
        asked.disputed = True
        _tell(rng, size, asked, size.crowd)
        yield "crowd.yaml", {"title": "What everybody speaks of"}, [asked]


def _question(  # noqa: PLR0913 # what a question is made of
    rng: Random, size: Size, name: str, subject: Subject, day: date, place: int
) -> _Asked:
    record: Record = {"asks": f"{subject.asks} at {_place(place)}?", "answer": subject.answer}
    if subject.answer == "quantity":
        record["unit"] = "people"
    if subject.answer == "choice":
        record["options"] = list(OPTIONS)
    if rng.random() < 0.02:
        record["finding"] = {
            "says": "The first camp is right.",
            "by": "An Editor",
            "on": "2026-01-31",
            "because": "The second camp gives no names.",
        }
    return _Asked(
        id=name,
        subject=subject,
        record=record,
        disputed=rng.random() < 0.2,
        number=rng.choice((12, 40, 150, 900, 2_400, 1_500_000)) + rng.randrange(10),
        day=day,
        actor=rng.randrange(ROOTS, size.actors),
        place=place,
    )


def _tell(rng: Random, size: Size, asked: _Asked, n_claims: int) -> None:
    """Add claims to a question."""
    for nth in range(n_claims):
        camp = int(asked.disputed and rng.random() < 0.3)
        speaker = _slug(_actor(rng.randrange(size.actors)))
        value = _value(rng, asked, camp)
        claim: Record = {
            "id": f"{asked.id}-{speaker}-{nth}",
            "text": _sentence(rng, asked, value),
            "question": asked.id,
            "value": value,
            "found": [_found(rng, size) for _ in range(1 + (rng.random() < 0.1))],
        }
        if rng.random() < 0.75:
            claim["claimant"] = speaker
        if rng.random() < 0.6:
            claim["made"] = str(asked.day + timedelta(days=rng.randrange(400)))
        if rng.random() < 0.2:
            claim["hedge"] = rng.choice(("alleged", "reportedly", "according to witnesses"))
        if rng.random() < 0.5:
            claim["topics"] = [rng.choice(TOPICS)]
        if rng.random() < 0.05:
            claim |= {"quote": "in small groups", "note": "The figure is the second edition's."}
        if rng.random() < 0.45:
            claim["cites"] = [_cited(rng, size, asked) for _ in range(rng.choice((1, 2)))]
        if rng.random() < 0.005:
            claim["retracted"] = {"on": "2025-01-01", "because": "It was a slip."}
        _relate(rng, asked, claim, camp)
        asked.told.append(claim)
        asked.camps.append(camp)


def _relate(rng: Random, asked: _Asked, claim: Record, camp: int) -> None:
    """Let a claim repeat, replace or contradict an earlier one on its question."""
    for earlier, other_camp in zip(asked.told[-8:], asked.camps[-8:], strict=True):
        chance = rng.random()
        if other_camp != camp and chance < 0.3:
            claim["conflicts"] = {str(earlier["id"]): "The one excludes the other."}
        elif other_camp == camp and chance < 0.03:
            claim["based_on"] = [earlier["id"]]
        elif other_camp == camp and chance < 0.033 and "claimant" in earlier:
            claim |= {"supersedes": earlier["id"], "claimant": earlier["claimant"]}
            if "made" in claim:
                claim["made"] = max(str(claim["made"]), str(earlier.get("made", "")))


def _value(rng: Random, asked: _Asked, camp: int) -> str:
    """Return a value in one of its forms: all of a camp meet, and none of the other camp's."""
    return rng.choice(FORMS[asked.subject.answer](asked, camp))


def _quantities(asked: _Asked, camp: int) -> tuple[str, ...]:
    number = asked.number * (1, 4)[camp]
    least, most = number * 9 // 10, number * 11 // 10
    bounds = (f"up to {most}", f"<{most + 1}"), (f"{least}+", f">{least - 1}")
    plain = (str(number), f"{number:,}", f"~{number}", f"about {number}", f"{least}..{most}")
    return plain + bounds[camp]


def _dates(asked: _Asked, camp: int) -> tuple[str, ...]:
    day = asked.day + timedelta(days=(0, 120)[camp])
    week = timedelta(days=7)
    plain = (str(day), f"{day}~", f"{day}?", f"{day:%Y-%m}", f"{day - week}/{day + week}")
    season = 20 + day.month // 3
    return (*plain, f"{day.year}-{season}") if season in {21, 22, 23} else plain


def _actors_told(asked: _Asked, camp: int) -> tuple[str, ...]:
    one = _slug(_actor(asked.actor))
    whole = _slug(_actor(_above(asked.actor)))
    return ((one, one, whole, f"{one} | {whole}"), (f"not {whole}",))[camp]


def _places_told(asked: _Asked, camp: int) -> tuple[str, ...]:
    return (_slug(_place(asked.place ^ camp)),)


FORMS: Final[dict[str, Callable[[_Asked, int], tuple[str, ...]]]] = {
    "quantity": _quantities,
    "date": _dates,
    "actor": _actors_told,
    "place": _places_told,
    "choice": lambda _, camp: (OPTIONS[camp],),
    "yes-no": lambda _, camp: (("yes", "no")[camp],),
    "text": lambda _, camp: (
        f"First the {EVENTS[camp]}, then the {EVENTS[camp + 1]}",
        ("All at once", "Bit by bit")[camp],
    ),
}
"""For each kind of answer, the forms that a camp's value takes."""


def _sentence(rng: Random, asked: _Asked, value: str) -> str:
    """Return a text of some hundred characters."""
    said = rng.choice(("said", "told reporters", "wrote", "announced in a statement"))
    where = rng.choice(("at the bridge", "in the old market", "near the mill", "on the coast road"))
    who = _actor(rng.randrange(ROOTS))
    about = asked.subject.asks.lower().split(" ", 2)[-1]
    return f"{who} {said} that {value} is the answer to who or how many {about}, {where}."


def _found(rng: Random, size: Size) -> str:
    return f"{_slug(word(rng.randrange(size.documents)))}-report#{rng.randint(1, PARAGRAPHS)}"


def _cited(rng: Random, size: Size, asked: _Asked) -> Record:
    outlet = _slug(_outlet(rng.randrange(size.outlets)))
    return {
        "outlet": outlet,
        "title": f"What we know of {asked.id}",
        "url": f"https://{outlet}.example/{rng.randrange(10**6)}",
        "published": str(asked.day + timedelta(days=rng.randrange(400))),
    }


_PLAIN: Final = re.compile(r"[^\W_][\w .~+-]*(?<! )")


def _entry(record: Record, indent: str) -> list[str]:
    """Return a mapping's lines, its lists and mappings on one line each."""
    return [f"{indent}{key}: {_flow(value)}\n" for key, value in record.items()]


def _item(record: Record) -> list[str]:
    """Return the lines of a mapping that stands in a list."""
    first, *more = _entry(record, "  ")
    return ["- " + first.removeprefix("  "), *more]


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _written(file: Path) -> IO[str]:
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.open("w", encoding="utf-8")
