"""Small ledgers drawn at random for the oracle: everything that bears on who really says so."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any, Final

from ledger.build import build
from tests.small import write_folder
from tests.weigh.oracle import (
    Ledger,
    Record,
    Rows,
    claimant_of,
    conflicts,
    documents_of,
    fallen,
    places_of,
)

OUTLETS: Final = ("daily", "wire", "radio", "weekly", "blog")

ACTORS: Final = ("ann", "bob", "cleo", "dan", "eve", "fay")

DOCUMENTS: Final = ("book", "paper", "leaf")

ACTOR_KINDS: Final = (
    *("country", "worldwide body", "movement", "worldwide body", "country"),
    *("official", "official", "government", "person", "unnamed", None, None),
)

TIMES: Final = (None, None, None, None, "2020", "2021", "2020/2021", "2021/2022", "2021-05")

VALUES: Final[dict[str, tuple[str, ...]]] = {
    "quantity": (
        *("10", "20", "20", "30", "~20", "~30", "20+", ">20", ">=30", "<30", "<=20", "<20"),
        *("10..20", "20..40", "0..100", "100", "~100+", "5..40 (best 20)", "20..60 (best 50)"),
    ),
    "date": (
        *("2020", "2021", "2021-03", "2021-03-05", "2020-12/2021-04", "2021/..", "../2021-02"),
        *("[2020,2022]", "[2020,2021]", "[2021,2022]", "[2020,2021]", "2021-XX-05", "2021-04-05"),
    ),
    "yes-no": ("yes", "no"),
    "choice": ("won", "lost", "drawn", "void"),
    "text": ("greed", "fear"),
}

KINDS: Final = ("quantity", "quantity", "quantity", "date", "actor", "actor", "choice")


_IDS: Final = re.compile(rf"\b({'|'.join((*OUTLETS, *ACTORS, *DOCUMENTS))}|[qc][0-9]+)\b")


def renamed(ledger: Ledger, name: Callable[[str], str]) -> Ledger:
    """Return a ledger in which every id is another."""
    other: Ledger = json.loads(renamed_text(json.dumps(ledger), name))
    return other


def renamed_text(text: str, name: Callable[[str], str]) -> str:
    """Return a text in which every id is another."""
    return _IDS.sub(lambda found: name(found[0]), text)


def files_of(ledger: Ledger, name: str) -> dict[str, str]:
    """Return the text of a ledger's files by path, below a folder and with a dossier of a name."""
    claims = [{"id": one, **claim} for one, claim in ledger["claims"].items()]
    dossier = {"title": "A dossier", "questions": ledger["questions"], "claims": claims}
    registers = {kind: ledger[kind] for kind in ("outlets", "actors", "documents")}
    found = {**registers, name: {key: value for key, value in dossier.items() if value}}
    texts = {f"{name}/{kind}.yaml": json.dumps(one, indent=1) for kind, one in found.items()}
    bulk = ledger.get("bulk", {}).items()
    lines = (json.dumps({"id": one, "dossier": name, **claim}) + "\n" for one, claim in bulk)
    return texts | ({f"{name}/bulk.jsonl": "".join(lines)} if bulk else {})


def built(
    folder: Path, ledgers: dict[str, Ledger], columns: Mapping[str, str]
) -> dict[str, Rows] | list[str]:
    """Return the rows that each of some ledgers comes to, built in one folder; or what is wrong.

    The ledgers' ids begin with their names. `columns` says which of each table are wanted, an id
    first.
    """
    for name, ledger in ledgers.items():
        write_folder(folder / "claims", files_of(ledger, name))
    problems = build(folder / "claims", folder / "ledger.db").problems
    if problems:
        return [f"{one.place}: {one.code}: {one.what}" for one in problems]
    found: dict[str, Rows] = {name: {table: [] for table in columns} for name in ledgers}
    with closing(sqlite3.connect(folder / "ledger.db")) as connection:
        for table, wanted in columns.items():
            sql = f"SELECT {wanted} FROM {table.partition(' ')[0]}"  # noqa: S608 # our own names
            for row in connection.execute(sql):
                found[row[0].partition("-")[0]][table].append(row)
    return found


def draw_ledger(rng: Random) -> Ledger:
    """Return a ledger without problems."""
    ledger: Ledger = {
        "outlets": {name: {"name": name.title()} for name in OUTLETS},
        "actors": _draw_actors(rng),
        "documents": {},
        "questions": _draw_questions(rng),
        "claims": {},
    }
    for name in DOCUMENTS:
        ledger["documents"][name] = _draw_document(rng, name, list(ledger["actors"]))
    names = [f"c{number}" for number in range(rng.choice([2, 3, 4, 5, 6, 6, 7, 8]))]
    rng.shuffle(names)
    for name in names:
        ledger["claims"][name] = _draw_claim(rng, ledger)
    quarrels = rng.choice([0, 0.1, 0.3])
    for name in sorted(names):
        _link(rng, ledger, name)
        others = [other for other in names if other != name]
        if rng.random() < quarrels:
            ledger["claims"][name]["conflicts"] = {rng.choice(others): _draw_reason(rng)}
    _dismiss(rng, ledger)
    return ledger


def _draw_actors(rng: Random) -> dict[str, Record]:
    names = ACTORS[: rng.choice([3, 4, 5, 6])]
    actors: dict[str, Record] = {}
    for name in rng.sample(names, len(names)):
        actors[name] = {"name": name.title()}
        if kind := rng.choice(ACTOR_KINDS):
            actors[name]["kind"] = kind
        if len(actors) > 1 and rng.random() < 0.6:
            actors[name]["part_of"] = rng.choice([one for one in actors if one != name])
        if rng.random() < 0.15:
            actors[name]["independent"] = rng.choice(["true", "true", "false"])
    return actors


def _draw_document(rng: Random, name: str, actors: list[str]) -> Record:
    document: Record = {"title": name.title()}
    if rng.random() < 0.7:
        document["voice"] = rng.choice(actors)
    if rng.random() < 0.8:
        document["outlet"] = rng.choice(OUTLETS)
    if rng.random() < 0.8:
        document["paragraphs"] = {
            number: rng.choices(OUTLETS, k=rng.choice([0, 1, 2, 3])) for number in ("1", "2")
        }
    return document


def _draw_questions(rng: Random) -> dict[str, Record]:
    questions: dict[str, Record] = {}
    if rng.random() < 0.03:
        counted = {"asks": "How many?", "answer": "quantity"}
        again = counted | {"same_as": "q1", "part_of": "q0"}
        return {"q0": counted, "q1": dict(counted), "q2": again}
    for number in range(rng.choice([1, 1, 1, 2, 3])):
        name, before = f"q{number}", f"q{number - 1}"
        questions[name] = _draw_question(rng)
        earlier = [
            one
            for one, other in questions.items()
            if one != name and other["answer"] == questions[name]["answer"] == "quantity"
        ]
        if earlier and rng.random() < 0.4:
            questions[name]["part_of"] = rng.choice(earlier)
        elif number and rng.random() < 0.4:
            questions[name] = _same_as(questions[before]) | {"same_as": before}
    return questions


def _same_as(question: Record) -> Record:
    """Return what a question that is the same as another must share with it."""
    shared = ("asks", "answer", "options", "answers", "ordered")
    return {key: value for key, value in question.items() if key in shared}


def _draw_question(rng: Random) -> Record:
    kind = rng.choice([*KINDS, "yes-no", "text"])
    question: Record = {"asks": "What of it?", "answer": kind}
    if kind == "choice":
        question["options"] = list(VALUES["choice"])
        if rng.random() < 0.5:
            question["ordered"] = "true"
    if kind == "actor" or (kind == "choice" and "ordered" not in question):
        question["answers"] = rng.choice(["one", "one", "many"])
    elif kind == "date" and rng.random() < 0.1:
        question["answers"] = "many"
    return question


def _draw_value(rng: Random, question: Record, actors: list[str]) -> str:
    if question["answer"] != "actor":
        return rng.choice(VALUES[question["answer"]])
    one, other = rng.sample(actors, 2)
    both = [f"{one} | {other}"]
    if question["answers"] == "many":
        both.append(f"{one} + {other}")
    return rng.choice([one, one, f"not {one}", *both])


def _draw_claim(rng: Random, ledger: Ledger) -> Record:
    claim: Record = {"text": "It is so."}
    question = rng.choice([*ledger["questions"], *ledger["questions"], *ledger["questions"], None])
    if question:
        claim["question"] = question
        if rng.random() < 0.92:
            asked = ledger["questions"][question]
            claim["value"] = _draw_value(rng, asked, sorted(ledger["actors"]))
    if rng.random() < 0.65:
        claim["claimant"] = rng.choice(sorted(ledger["actors"]))
    if time := rng.choice(TIMES):
        claim["as_of"] = time
    claim["found"] = _draw_found(rng)
    if rng.random() < 0.25:
        stances = ("supports", "disputes", "mentions")
        claim["cites"] = [
            {"outlet": rng.choice(OUTLETS), "stance": rng.choice(stances)}
            for _ in range(rng.choice([1, 1, 2]))
        ]
    if rng.random() < 0.15:
        claim["origins"] = "unknown"
    if rng.random() < 0.06:
        claim["retracted"] = {"on": "2024", "because": "Wrong."}
    if not _is_cited(ledger, claim):
        claim["cites"] = [{"outlet": rng.choice(OUTLETS)}]
    return claim


LOCATORS: Final = (
    "#1",
    "#2",
    "#1",
    "#2",
    "#1",
    "",
    "#page=4",
    "#row=12",
    "#id=ISPT0036",
    "#t=0:31",
)


def _draw_found(rng: Random) -> str | list[str]:
    places = sorted(
        {rng.choice(DOCUMENTS) + rng.choice(LOCATORS) for _ in range(rng.choice([1, 1, 1, 2, 3]))}
    )
    rng.shuffle(places)
    return places if places[1:] else places[0]


def _is_cited(ledger: Ledger, claim: Record) -> bool:
    if claim.get("cites"):
        return True
    records = [
        (ledger["documents"][document], paragraph) for document, paragraph, _ in places_of(claim)
    ]
    return any(
        record.get("outlet") or record.get("paragraphs", {}).get(str(paragraph))
        for record, paragraph in records
    )


def _link(rng: Random, ledger: Ledger, name: str) -> None:
    """Make a claim hang on others."""
    claim, claims = ledger["claims"][name], ledger["claims"]
    earlier = [other for other in claims if other < name]
    if earlier and rng.random() < 0.4 and "origins" not in claim:
        fellows = [one for one in earlier if claims[one].get("question") == claim.get("question")]
        some = fellows or earlier if rng.random() < 0.8 else earlier
        claim["based_on"] = rng.sample(some, min(len(some), rng.choice([1, 1, 2])))
        if rng.random() < 0.2:
            claim["based_on"] = claim["based_on"][0]
    own = [one for one in earlier if _sayer(ledger, one) == _sayer(ledger, name)]
    if own and rng.random() < 0.1:
        claim["supersedes"] = rng.choice(own)


def _draw_reason(rng: Random) -> Record:
    return {"because": "Reason.", "strength": rng.choice(["conflict", "conflict", "tension"])}


def _sayer(ledger: Ledger, name: str) -> str:
    return claimant_of(ledger, name) or f"document {min(documents_of(ledger, name))}"


def _dismiss(rng: Random, ledger: Ledger) -> None:
    """Dismiss some of the conflicts; a dismissal must find one, and no claim says both."""
    gone = fallen(ledger)
    for one, other in conflicts(ledger):
        sides = rng.sample([(one, other), (other, one)], 2)
        for name, opposed in sides:
            claim: dict[str, Any] = ledger["claims"][name]
            if opposed not in claim.get("conflicts", {}) and rng.random() < 0.08:
                assert name not in gone
                claim.setdefault("compatible", {})[opposed] = "Another day."
