"""Small ledgers drawn at random, and changes to them: claims that hang together in every way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

Record = dict[str, Any]

DOSSIERS: Final = ("d0", "d1", "d2")

PATHS: Final = {
    "d0": "d0.yaml",
    "d1": "sub/d1.yaml",
    "d2": "sub/deep/d2.yaml",
    **{f"b{number}": f"bulk/b{number}.jsonl" for number in range(8)},
}
"""Where everything stands at first: most claims are alone in their file."""

ACTORS: Final = ("ann", "bob", "cleo", "army", "brigade", "state")

PLACES: Final = ("land", "region", "town", "hill")

ANSWERS: Final = ("quantity", "quantity", "quantity", "actor", "place", "choice", "yes-no", "text")

VALUES: Final = {
    "quantity": ("10", "12", "20", "100", "15..50", "~30", "60+"),
    "actor": ("army", "brigade", "not state", "bob", "ann | bob"),
    "place": ("town", "region", "town | hill", "not land"),
    "choice": ("calm", "tense", "wild"),
    "yes-no": ("yes", "no"),
    "text": ("So it was", "Not so"),
}

FOUND: Final = (
    *("page#1", "page#2", "mute#3", "page#1", "page#2", "mute#3"),
    *("mute", "page#page=4", ["page#page=4", "page#t=0:31", "page#2"], ["mute#id=a", "page"]),
)
"""Where claims are read: mostly in paragraphs."""

LINKS: Final = ("based_on", "supersedes", "conflicts", "compatible", "retracted")


@dataclass(slots=True)
class World:
    """A ledger: its files, questions and claims; `at` says in which file each stands."""

    paths: dict[str, str] = field(default_factory=lambda: dict(PATHS))
    questions: dict[str, Record] = field(default_factory=dict)
    claims: dict[str, Record] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    within: dict[str, str] = field(default_factory=dict)
    where: dict[str, list[str]] = field(default_factory=dict)
    parties: dict[str, list[str]] = field(default_factory=dict)
    whose: dict[str, Record] = field(default_factory=dict)
    """What is told of actors beside the tree: their kind, whether they are independent."""
    of_page: Record = field(default_factory=dict)
    voice: str = "ann"
    cited: list[str] = field(default_factory=lambda: ["wire"])
    outlets: dict[str, str] = field(default_factory=lambda: {"daily": "Daily", "wire": "Wire"})
    expect: dict[str, list[str]] = field(default_factory=dict)
    topics: dict[str, list[str]] = field(default_factory=dict)
    more: str = ""
    """A dossier more, which may name what is not there."""

    def files(self) -> dict[str, str]:
        """Return the text of every file by its path."""
        texts = {path: self._text(key, path) for key, path in self.paths.items()}
        half = len(ACTORS) // 2
        page = {
            "title": "Page",
            "outlet": "daily",
            "voice": self.voice,
            "paragraphs": {1: [], 2: self.cited},
            **self.of_page,
        }
        if self.more:
            texts["more.yaml"] = self.more
        return {path: text for path, text in texts.items() if text} | {
            "actors.yaml": _register(ACTORS[:half], "part_of", self.parents, self.whose),
            "sub/actors.yaml": _register(ACTORS[half:], "part_of", self.parents, self.whose),
            "places.yaml": _register(PLACES, "within", self.within),
            "outlets.yaml": _register(self.outlets, "name", self.outlets),
            "documents.yaml": (f"page: {json.dumps(page)}\nmute: {{title: Mute, outlet: wire}}\n"),
        }

    def _text(self, key: str, path: str) -> str:
        claims = [{"id": name, **one} for name, one in _standing_in(self.claims, key)]
        if path.endswith(".jsonl"):
            return "".join(json.dumps(claim) + "\n" for claim in claims)
        data = {
            "title": key,
            "where": self.where.get(key, []),
            "topics": self.topics.get(key, []),
            "expect": self.expect.get(key, []),
            "questions": dict(_standing_in(self.questions, key)),
            "claims": claims,
        }
        held = {name: one for name, one in data.items() if one}
        if key in self.parties:
            held["parties"] = self.parties[key]
        return json.dumps(held, indent=1)


def _register(
    names: Iterable[str],
    key: str,
    held: Mapping[str, str],
    more: Mapping[str, Record] | None = None,
) -> str:
    """Return a register in which some records have a further key, or more of them."""
    lines = {name: {"name": name, **(more or {}).get(name, {})} for name in names}
    for name in lines.keys() & held.keys():
        lines[name][key] = held[name]
    return json.dumps(lines, indent=1, sort_keys=True)


def _standing_in(records: dict[str, Record], key: str) -> Iterator[tuple[str, Record]]:
    for name, one in records.items():
        if one["at"] == key:
            yield name, {field: value for field, value in one.items() if field != "at"}


def draw_world(rng: Random) -> World:
    """Return a ledger."""
    world = World()
    for number in range(rng.randint(1, 5)):
        answer = rng.choice(ANSWERS)
        asks = f"What of {number}?"
        question: Record = {"at": rng.choice(DOSSIERS), "asks": asks, "answer": answer}
        wholes = _quantities(world)
        if answer == "quantity" and wholes and rng.random() < 0.5:
            question["part_of"] = rng.choice(wholes)
        if answer == "choice":
            question["options"] = list(VALUES[answer])
        world.questions[f"q{number}"] = question
        if rng.random() < 0.3:
            _ask_more_of(rng, world, f"q{number}")
    for number in range(rng.randint(3, 9)):
        world.claims[f"c{number}"] = _draw_claim(rng, world)
    for name in world.claims:
        for _ in range(rng.choice([0, 1, 1, 2])):
            _link(rng, world, name)
    if rng.random() < 0.7:
        world.parents["brigade"] = "army"
    _lie_otherwise(rng, world)
    if rng.random() < 0.5:
        _side_otherwise(rng, world)
    return _tidy(world)


def draw_change(rng: Random, world: World) -> World:
    """Return a ledger in which a few things are otherwise."""
    changed = deepcopy(world)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        rng.choice(CHANGES)(rng, changed)
    return _tidy(changed)


def without_compatible(world: World) -> World:
    """Return a ledger in which no conflict is dismissed: a dismissal must find one."""
    changed = deepcopy(world)
    for one in changed.claims.values():
        one.pop("compatible", None)
    return changed


def write_world(folder: Path, world: World) -> Path:
    """Make a folder hold a ledger's files and no others; what is the same is not touched."""
    files = world.files()
    for file in folder.rglob("*"):
        if file.is_file() and file.relative_to(folder).as_posix() not in files:
            file.unlink()
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    return folder


def _quantities(world: World) -> list[str]:
    return [name for name, one in world.questions.items() if one["answer"] == "quantity"]


def _draw_claim(rng: Random, world: World) -> Record:
    question = rng.choice([*world.questions, None])
    one: Record = {
        "at": rng.choice(list(world.paths)),
        "text": f"It is so {rng.randrange(1_000)}.",
        "found": rng.choice(FOUND),
    }
    if rng.random() < 0.7:
        one["claimant"] = rng.choice(ACTORS[:4])
    if rng.random() < 0.1:
        one["origins"] = "unknown"
    if rng.random() < 0.1:
        one["topics"] = ["loss"]
    if question is None:
        one["dossier"] = rng.choice(DOSSIERS)
    else:
        one["question"] = question
        if rng.random() < 0.9:
            one["value"] = rng.choice(VALUES[world.questions[question]["answer"]])
    return one


def _link(rng: Random, world: World, name: str) -> None:
    """Make a claim hang on others."""
    one = world.claims[name]
    others = [other for other in world.claims if other != name]
    earlier = [other for other in others if other < name]
    key = rng.choice([*LINKS, "based_on"])
    if key == "retracted":
        one[key] = {"on": "2024-01-01", "because": "Wrong."}
    elif key == "based_on" and earlier:
        one[key] = sorted(rng.sample(earlier, min(len(earlier), rng.choice([1, 1, 2]))))
    elif key == "supersedes":
        own = [other for other in earlier if _same(world, name, other, "claimant")]
        if own:
            one[key] = rng.choice(own)
    elif key == "conflicts" and others:
        one[key] = {rng.choice(others): {"because": "Reason.", "strength": "conflict"}}
    elif key == "compatible":
        fellows = [
            other
            for other in others
            if _same(world, name, other, "question") and not _same(world, name, other, "value")
        ]
        if fellows:
            one[key] = {rng.choice(fellows): "Both can be true."}


def _same(world: World, one: str, other: str, key: str) -> bool:
    held = world.claims[one].get(key)
    return held is not None and held == world.claims[other].get(key)


def _add(rng: Random, world: World) -> None:
    name = f"c{10 + rng.randrange(9)}"
    world.claims[name] = _draw_claim(rng, world)
    _link(rng, world, name)


def _delete(rng: Random, world: World) -> None:
    del world.claims[rng.choice(list(world.claims))]
    if not world.claims:
        _add(rng, world)


def _move(rng: Random, world: World) -> None:
    rng.choice(list(world.claims.values()))["at"] = rng.choice(list(world.paths))


def _ask_otherwise(rng: Random, world: World) -> None:
    one = rng.choice(list(world.claims.values()))
    drawn = _draw_claim(rng, world)
    for key in ("question", "value", "dossier"):
        one.pop(key, None)
        if key in drawn:
            one[key] = drawn[key]


def _link_one(rng: Random, world: World) -> None:
    _link(rng, world, rng.choice(list(world.claims)))


def _unlink_one(rng: Random, world: World) -> None:
    one = rng.choice(list(world.claims.values()))
    for key in rng.sample(LINKS, 3):
        one.pop(key, None)


def _speak_otherwise(rng: Random, world: World) -> None:
    rng.choice(list(world.claims.values()))["claimant"] = rng.choice(ACTORS[:4])


def _move_question(rng: Random, world: World) -> None:
    rng.choice(list(world.questions.values()))["at"] = rng.choice(DOSSIERS)


def _ask_more_of(rng: Random, world: World, name: str) -> None:
    """Let a question have a time, a place and a topic of its own, or be the same as another."""
    one = world.questions[name]
    answer = one["answer"]
    for key in ("when", "where", "topics", "answers", "ordered", "same_as", "summary", "labels"):
        one.pop(key, None)
    same = [
        other
        for other, held in world.questions.items()
        if other < name and held["answer"] == answer
    ]
    drawn: Record = {
        "when": rng.choice(["2021", "2020/2022"]),
        "where": rng.choice([[], ["hill"], ["town", "region"]]),
        "topics": rng.choice([[], ["aid"], ["aid", "flood"]]),
        "answers": "one" if answer == "yes-no" else rng.choice(["one", "many"]),
        "ordered": "true" if answer == "choice" else "false",
        "summary": rng.choice(["Nobody agrees.", "Most agree."]),
        "labels": {
            claim: "So they say"
            for claim, held in world.claims.items()
            if held.get("question") == name and rng.random() < 0.3
        },
    }
    if same:
        drawn["same_as"] = rng.choice(same)
    one.update({key: value for key, value in drawn.items() if rng.random() < 0.4})


def _ask_more(rng: Random, world: World) -> None:
    _ask_more_of(rng, world, rng.choice(list(world.questions)))


def _find_otherwise(rng: Random, world: World) -> None:
    one = rng.choice(list(world.claims.values()))
    one["found"] = rng.choice(FOUND)
    one.pop("origins", None)
    if rng.random() < 0.5:
        one["origins"] = "unknown"


def _be_somebody_else(rng: Random, world: World) -> None:
    kinds = ("unnamed", "country", "worldwide body", "official", "state force")
    drawn: Record = {"kind": rng.choice(kinds), "independent": rng.choice(["true", "false"])}
    world.whose[rng.choice(ACTORS)] = {
        key: value for key, value in drawn.items() if rng.random() < 0.6
    }
    world.of_page = rng.choice(
        [{}, {"language": "fr", "extent": "excerpt"}, {"licence": "CC0-1.0"}]
    )


def _part_otherwise(rng: Random, world: World) -> None:
    quantities = _quantities(world)
    if len(quantities) > 1:
        whole, part = sorted(rng.sample(quantities, 2))
        world.questions[part]["part_of"] = whole
        if rng.random() < 0.4:
            del world.questions[part]["part_of"]


def _register_otherwise(rng: Random, world: World) -> None:
    trees: list[dict[str, str]] = [{}, {"brigade": "army"}, {"army": "state", "brigade": "army"}]
    world.parents = rng.choice(trees)
    world.voice = rng.choice(["ann", "bob"])


def _lie_otherwise(rng: Random, world: World) -> None:
    trees: list[dict[str, str]] = [{}, {"town": "region"}, {"town": "region", "region": "land"}]
    world.within = rng.choice(trees)
    world.where[rng.choice(DOSSIERS)] = rng.choice([["town"], ["hill", "region"], []])


def _side_otherwise(rng: Random, world: World) -> None:
    dossier = rng.choice(DOSSIERS)
    world.parties.pop(dossier, None)
    if rng.random() < 0.8:
        world.parties[dossier] = rng.choice([[], ["army"], ["ann", "state"]])


def _cite_otherwise(rng: Random, world: World) -> None:
    world.cited = rng.choice([[], ["wire"], ["wire", "daily"], ["wire", "wire"]])
    world.outlets["daily"] = rng.choice(["Daily", "The Daily"])
    if rng.random() < 0.5:
        world.outlets["weekly"] = "Weekly"


def _expect_otherwise(rng: Random, world: World) -> None:
    one, other = (rng.choice(list(world.claims)) for _ in range(2))
    question = rng.choice(list(world.questions))
    expected = (
        f"{question} has at least {rng.choice([0, 0, 1])} positions",
        f"{one} has at least 1 origin",
        f"{one} conflicts with {other}",
        f"{one} is compatible with {other}",
    )
    world.expect[rng.choice(DOSSIERS)] = rng.sample(expected, rng.choice([0, 1, 2]))


def _be_about_something_else(rng: Random, world: World) -> None:
    world.topics[rng.choice(DOSSIERS)] = rng.choice([[], ["war"], ["aid", "war"]])


def _say_more(rng: Random, world: World) -> None:
    found = "text: X., found: page#1"
    claims = (
        f"- {{id: x, {found}, based_on: [c{rng.randrange(6)}]}}",
        f"- {{id: x, {found}, conflicts: {{c{rng.randrange(6)}: Because.}}}}",
        f"- {{id: c{rng.randrange(12)}, {found}}}",
        f"- {{id: x, {found}, question: q{rng.randrange(6)}}}",
    )
    finding = "finding: {says: So., by: Ed, on: 2024-01-01, because: Because.}"
    asking = f"questions:\n  more: {{asks: What?, answer: text, {finding}}}\n"
    text = f"title: More\n{rng.choice(['', asking])}claims:\n{rng.choice(claims)}\n"
    world.more = rng.choice([text, text, ""])


def _rename(rng: Random, world: World) -> None:
    key = rng.choice(list(world.paths))
    world.paths[key] = f"moved/{Path(world.paths[key]).name}"


CHANGES: Final = (
    *(_add, _delete, _move, _move, _ask_otherwise, _ask_otherwise, _link_one, _link_one),
    *(_unlink_one, _speak_otherwise, _move_question, _part_otherwise, _register_otherwise),
    *(_rename, _lie_otherwise, _cite_otherwise, _side_otherwise),
    *(_expect_otherwise, _be_about_something_else, _say_more),
    *(_ask_more, _ask_more, _find_otherwise, _be_somebody_else),
)


def _tidy(world: World) -> World:
    """Drop what leads nowhere or cannot be said."""
    for name, one in world.claims.items():
        if one.get("question") not in world.questions:
            one.pop("question", None)
            one.pop("value", None)
        elif "value" in one:
            accepted = VALUES[world.questions[one["question"]]["answer"]]
            one["value"] = one["value"] if one["value"] in accepted else accepted[0]
        if one["at"] in DOSSIERS:
            one.pop("dossier", None)
        elif "question" not in one:
            one.setdefault("dossier", DOSSIERS[0])
        _tidy_links(world, name, one)
    for name, asked in sorted(world.questions.items()):
        if same := world.questions.get(str(asked.get("same_as"))):
            for key in ("answers", "ordered"):
                asked.pop(key, None)
                asked.update({key: same[key]} if key in same else {})
        labels = asked.get("labels", {})
        asked["labels"] = {
            claim: label
            for claim, label in labels.items()
            if world.claims.get(claim, {}).get("question") == name
        }
        if not asked["labels"]:
            del asked["labels"]
    return world


def _tidy_links(world: World, name: str, one: Record) -> None:
    if "based_on" in one:
        one["based_on"] = [basis for basis in one["based_on"] if basis in world.claims]
    earlier = one.get("supersedes")
    if earlier and (earlier not in world.claims or not _same(world, name, earlier, "claimant")):
        del one["supersedes"]
    for key in ("conflicts", "compatible"):
        one[key] = {other: why for other, why in one.get(key, {}).items() if other in world.claims}
    for key in ("based_on", "conflicts", "compatible"):
        if not one.get(key):
            one.pop(key, None)
    if "based_on" in one:
        one.pop("origins", None)
