"""An oracle: what a small ledger comes to by the words of the design, knowing nothing of the code.

It is plain, slow and obvious. A ledger is what would stand in its files: records by kind and id. A
value is the set of the answers under which it is true; claims can be true together if one answer is
in all their sets. Who stands behind whom and what excludes what follows by trying everything.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, combinations
from typing import Any, Final

Record = dict[str, Any]
Ledger = dict[str, dict[str, Record]]
"""Records by kind (outlets, actors, documents, questions, claims) and id.

Claims that stand in a file of lines may be parted off as `bulk` before they are written.
"""
Row = tuple[Any, ...]
Pair = tuple[str, str]
Rows = dict[str, list[Row]]
"""Rows by what they tell of, sorted."""

FIRST, LAST = date(2000, 1, 1), date(2029, 12, 31)
"""Every date of a ledger lies between these; what is open goes on to the one or the other."""

ENDLESS: Final = 10_000
"""More than any number of a ledger."""

GRAVEST: Final = ("sides", "retelling", "itself")

SHARED_BY: Final = ("country", "worldwide body", "movement")
"""The kinds of whole whose parts speak for themselves."""


# What a value means: the answers under which it is true.


def days_of(text: str) -> frozenset[int]:
    """Return the days of a date: a day, month or year, a span, one of several, any month's day."""
    if text.startswith("["):
        return frozenset(chain.from_iterable(map(days_of, text.strip("[]").split(","))))
    if "XX" in text:
        year, _, day = text.split("-")
        return frozenset(date(int(year), month, int(day)).toordinal() for month in range(1, 13))
    begin, _, end = text.partition("/")
    first = FIRST if begin == ".." else _ends(begin)[0]
    last = LAST if end == ".." else _ends(end or begin)[1]
    return frozenset(range(first.toordinal(), last.toordinal() + 1))


def _ends(text: str) -> tuple[date, date]:
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    after = date(year + month // 12, month % 12 + 1, 1) if month else date(year + 1, 1, 1)
    return date(year, month or 1, 1), after - timedelta(days=1)


def numbers_of(text: str) -> frozenset[float]:
    """Return what a quantity can be: whole numbers and what lies between two of them."""
    text = text.partition(" (best")[0]
    if text.startswith("~"):
        number = int(text[1:].rstrip("+"))
        return _between(number * 0.9, ENDLESS if text.endswith("+") else number * 1.1)
    if text.startswith((">=", "<=")):
        return _between(int(text[2:]), ENDLESS) if text[0] == ">" else _between(0, int(text[2:]))
    if text.startswith((">", "<")):
        end = int(text[1:])
        return _between(end + 0.5, ENDLESS) if text[0] == ">" else _between(0, end - 0.5)
    if text.endswith("+"):
        return _between(int(text[:-1]), ENDLESS)
    low, _, high = text.partition("..")
    return _between(int(low), int(high or low))


def _between(low: float, high: float) -> frozenset[float]:
    return frozenset(half / 2 for half in range(round(low * 2), round(high * 2) + 1))


def at_or_above(actors: dict[str, Record], name: str) -> list[str]:
    """Return an actor and all that it is part of, from itself up."""
    found = [name]
    while above := actors[found[-1]].get("part_of"):
        found.append(above)
    return found


def _is_below(actors: dict[str, Record], one: str, other: str) -> bool:
    return one in actors and other in at_or_above(actors, one)


def named_in(text: str) -> list[str]:
    """Return the actors that a value names."""
    return [part.strip() for part in text.removeprefix("not ").replace("+", "|").split("|")]


def doers_of(text: str, actors: dict[str, Record]) -> frozenset[str]:
    """Return who, as narrowly as can be told, can be the one that a value names."""
    named = named_in(text)
    everybody = {*actors, "somebody else"}
    meant = {one for one in everybody if any(_is_below(actors, one, name) for name in named)}
    return frozenset(everybody - meant if text.startswith("not ") else meant)


def parties_of(text: str, actors: dict[str, Record]) -> frozenset[frozenset[str]]:
    """Return which actors together can be the several that a value names some of."""
    everybody = sorted(actors)
    groups = (set(some) for size in range(5) for some in combinations(everybody, size))
    return frozenset(frozenset(group) for group in groups if _is_so(text, group, actors))


def _is_so(text: str, group: set[str], actors: dict[str, Record]) -> bool:
    within = [any(_is_below(actors, one, name) for one in group) for name in named_in(text)]
    if text.startswith("not "):
        return not any(within)
    return all(within) if "+" in text else any(within)


def answers_of(ledger: Ledger, name: str) -> frozenset[Any]:
    """Return the answers under which a claim with a value on a question is true."""
    claim = ledger["claims"][name]
    question = ledger["questions"][claim["question"]]
    kind, text = question["answer"], claim["value"]
    many = question.get("answers") == "many"
    if kind == "actor":
        means = parties_of if many else doers_of
        return _remembered(means.__name__, text, json.dumps(ledger["actors"], sort_keys=True))
    if many or kind == "text":
        return frozenset(["whatever"])
    if kind in {"quantity", "date"}:
        return _remembered(kind, text, "{}")
    return frozenset([text])


@lru_cache(maxsize=4_096)
def _remembered(kind: str, text: str, actors: str) -> frozenset[Any]:
    if kind == "quantity":
        return numbers_of(text)
    if kind == "date":
        return days_of(text)
    means: Any = {"parties_of": parties_of, "doers_of": doers_of}[kind]
    found: frozenset[Any] = means(text, json.loads(actors))
    return found


# Times: what values are compared.


def times_meet(one: str | None, other: str | None) -> bool:
    """Return whether two times meet; periods that follow each other in one year do not."""
    if one is None or other is None:
        return True
    if "/" in one and "/" in other:
        (begin, end), (first, last) = one.split("/"), other.split("/")
        if (end == first and begin < first and end < last) or (
            last == begin and first < begin and last < end
        ):
            return False
    return bool(days_of(one) & days_of(other))


def _hold_at_once(ledger: Ledger, names: Iterable[str]) -> bool:
    """Return whether on some day all claims hold, and each two of them for times that meet."""
    written = (ledger["claims"][name].get("as_of") for name in names)
    times = {str(time) for time in written if time is not None}
    if not all(times_meet(*pair) for pair in combinations(times, 2)):
        return False
    return not times or bool(frozenset.intersection(*map(days_of, times)))


# Conflicts.


def fallen(ledger: Ledger) -> dict[str, str]:
    """Return the claims that no longer stand, each with its status."""
    claims = ledger["claims"]
    gone = dict.fromkeys((one["supersedes"] for one in claims.values() if "supersedes" in one), "")
    found = dict.fromkeys(gone, "superseded")
    return found | {name: "retracted" for name, one in claims.items() if "retracted" in one}


def pair_of(one: str, other: str) -> Pair:
    """Return a pair of claims, the first by id first."""
    return (one, other) if one < other else (other, one)


def head_of(ledger: Ledger, question: str | None) -> str | None:
    """Return the question as which one is weighed: itself, or the one that `same_as` leads to."""
    same = ledger["questions"][question].get("same_as") if question else None
    return head_of(ledger, same) if same else question


def _wholes_of(ledger: Ledger, question: str) -> set[str]:
    """Return the questions, as they are weighed, that a question cannot exceed."""
    found: set[str] = set()
    for name, one in ledger["questions"].items():
        if one.get("part_of") and head_of(ledger, name) == question:
            whole = str(head_of(ledger, one["part_of"]))
            found |= {whole} | _wholes_of(ledger, whole)
    return found


def shown(ledger: Ledger, one: str, other: str) -> tuple[str, str] | None:
    """Return the strength and kind of the conflict that two claims' values show; None if none."""
    a, b = ledger["claims"][one], ledger["claims"][other]
    if any("value" not in claim or "question" not in claim for claim in (a, b)):
        return None
    if not times_meet(a.get("as_of"), b.get("as_of")):
        return None
    if head_of(ledger, a["question"]) != head_of(ledger, b["question"]):
        exceeds = _exceeds(ledger, one, other) or _exceeds(ledger, other, one)
        return ("conflict", "quantity") if exceeds else None
    question = ledger["questions"][a["question"]]
    apart = not answers_of(ledger, one) & answers_of(ledger, other)
    if not apart and not _denies_jointly(ledger, one, other):
        return None
    strength = "conflict"
    if question.get("ordered"):
        steps = [question["options"].index(claim["value"]) for claim in (a, b)]
        strength = "tension" if abs(steps[0] - steps[1]) == 1 else "conflict"
    return strength, question["answer"]


def _exceeds(ledger: Ledger, part: str, whole: str) -> bool:
    asked = [head_of(ledger, ledger["claims"][name]["question"]) for name in (part, whole)]
    if asked[1] not in _wholes_of(ledger, str(asked[0])):
        return False
    return bool(min(answers_of(ledger, part)) > max(answers_of(ledger, whole)))


def _denies_jointly(ledger: Ledger, one: str, other: str) -> bool:
    """Return whether of two answers the one denies somebody that the other names jointly."""
    values = [str(ledger["claims"][name]["value"]) for name in (one, other)]
    for denial, joint in (values, values[::-1]):
        if denial.startswith("not ") and "+" in joint:
            (denied,) = named_in(denial)
            return any(_is_below(ledger["actors"], name, denied) for name in named_in(joint))
    return False


def _said_of(ledger: Ledger, one: str, other: str, key: str) -> list[Record]:
    """Return what the two claims of a pair declare of each other."""
    sides = ((one, other), (other, one))
    found = (ledger["claims"][a].get(key, {}).get(b) for a, b in sides)
    return [{"because": said} if isinstance(said, str) else said for said in found if said]


def conflicts(ledger: Ledger) -> dict[Pair, Record]:
    """Return every conflict of claims that stand, by its pair."""
    standing = sorted(ledger["claims"].keys() - fallen(ledger).keys())
    found: dict[Pair, Record] = {}
    for one, other in combinations(standing, 2):
        declared = _said_of(ledger, one, other, "conflicts")
        seen = shown(ledger, one, other)
        if declared or seen:
            found[one, other] = _conflict(ledger, (one, other), declared, seen)
    for pair, conflict in found.items():
        conflict["nature"] = nature_of_pair(ledger, found, *pair)
    return found


def _conflict(
    ledger: Ledger, pair: Pair, declared: list[Record], seen: tuple[str, str] | None
) -> Record:
    told = {said["strength"] for said in declared if "strength" in said}
    asked = [ledger["claims"][name].get("question") for name in pair]
    one = asked[0] if asked[0] == asked[1] else None
    heads = {head_of(ledger, question) for question in asked}
    together = asked[0] is not None and len(heads) == 1
    kind = ledger["questions"][str(asked[0])]["answer"] if together else "declared"
    return {
        "question": one,
        "question_a": asked[0],
        "question_b": asked[1],
        "kind": seen[1] if seen else kind,
        "strength": max(told, default="", key=["tension", "conflict"].index)
        or (seen[0] if seen else "conflict"),
        "origin": ("both" if seen else "declared") if declared else "detected",
        "state": "dismissed" if _said_of(ledger, *pair, "compatible") else "open",
    }


def _is_open(found: dict[Pair, Record], one: str, other: str) -> bool:
    return found.get(pair_of(one, other), {}).get("state") == "open"


# Origins.


def claimant_of(ledger: Ledger, name: str) -> str | None:
    """Return who makes a claim: its claimant, else the voice of a document that it was read in."""
    claim = ledger["claims"][name]
    voices = (ledger["documents"][document].get("voice") for document, _, _ in places_of(claim))
    return claim.get("claimant") or next((voice for voice in voices if voice), None)


def places_of(claim: Record) -> list[tuple[str, int | None, str | None]]:
    """Return where a claim was read: the document, the paragraph, and any other locator."""
    found = []
    for written in [claim["found"]] if isinstance(claim["found"], str) else claim["found"]:
        document, _, place = written.partition("#")
        number = int(place) if place.isdigit() else None
        found.append((document, number, (place or None) if number is None else None))
    return found


def documents_of(ledger: Ledger, name: str) -> set[str]:
    """Return the documents that a claim was read in."""
    return {document for document, _, _ in places_of(ledger["claims"][name])}


def bases_of(ledger: Ledger, name: str) -> list[str]:
    """Return the claims that a claim is based on."""
    written = ledger["claims"][name].get("based_on", [])
    return [written] if isinstance(written, str) else list(written)


def roots_of(ledger: Ledger, found: dict[Pair, Record], name: str) -> set[str]:
    """Return the claims that a claim goes back to; a basis that it alters is not followed."""
    bases = [one for one in bases_of(ledger, name) if not _is_open(found, name, one)]
    if not bases:
        return {name}
    return set().union(*(roots_of(ledger, found, one) for one in bases))


def origin_of(ledger: Ledger, root: str) -> str | None:
    """Return who says a claim that is based on nobody; None if nobody recorded it."""
    if ledger["claims"][root].get("origins") == "unknown":
        return None
    claimant = claimant_of(ledger, root)
    if claimant is None:
        return f"document {min(documents_of(ledger, root))}"
    return f"claim {root}" if ledger["actors"][claimant].get("kind") == "unnamed" else claimant


def origins_of(ledger: Ledger, found: dict[Pair, Record], name: str) -> set[str]:
    """Return the origins of a claim."""
    named = {origin_of(ledger, root) for root in roots_of(ledger, found, name)}
    return {origin for origin in named if origin}


def whole_of(ledger: Ledger, origin: str) -> str:
    """Return what an origin counts under."""
    actors = ledger["actors"]
    if origin not in actors:
        return origin
    line = at_or_above(actors, origin)
    for one in line:
        if actors[one].get("independent") == "true":
            return one
    top = line[-1]
    if len(line) == 1 or actors[top].get("kind") not in SHARED_BY:
        return top
    below = line[-2]
    official = actors[below].get("kind") == "official"
    return top if official and actors[top]["kind"] == "worldwide body" else below


def wholes_of(ledger: Ledger, origins: Iterable[str]) -> set[str]:
    """Return what some origins count under."""
    return {whole_of(ledger, origin) for origin in origins}


# Nature.


def _goes_back_to(ledger: Ledger, name: str, other: str) -> bool:
    bases = bases_of(ledger, name)
    return other in bases or any(_goes_back_to(ledger, one, other) for one in bases)


def _counted(ledger: Ledger, found: dict[Pair, Record], name: str) -> set[str]:
    """Return the wholes behind a claim; where none is known, whoever is named, as unknown."""
    origins = origins_of(ledger, found, name)
    unknown = claimant_of(ledger, name) or f"document {min(documents_of(ledger, name))}"
    return wholes_of(ledger, origins) or {f"?{unknown}"}


def nature_of_pair(ledger: Ledger, found: dict[Pair, Record], one: str, other: str) -> str:
    """Return the nature of a conflict of two claims."""
    if _goes_back_to(ledger, one, other) or _goes_back_to(ledger, other, one):
        return "retelling"
    nature = _nature_of_all(ledger, found, [one, other])
    repeated = bases_of(ledger, one) or bases_of(ledger, other)
    if nature == "sides" and repeated and len(_first_told(ledger, one, other)) == 1:
        return "retelling"
    return nature


def _first_told(ledger: Ledger, *names: str) -> set[str]:
    """Return the wholes behind the claims that some go back to, whether they alter them or not."""
    found: set[str] = set()
    for name in names:
        bases = bases_of(ledger, name)
        found |= _first_told(ledger, *bases) if bases else _counted(ledger, {}, name)
    return found


def _nature_of_all(ledger: Ledger, found: dict[Pair, Record], names: Collection[str]) -> str:
    """Return the nature of what claims of which none repeats another exclude together."""
    if len(set().union(*(_counted(ledger, found, name) for name in names))) > 1:
        return "sides"
    alike = len({frozenset(origins_of(ledger, found, name)) for name in names}) == 1
    apart = not any(
        documents_of(ledger, one) & documents_of(ledger, other)
        for one, other in combinations(names, 2)
    )
    return "retelling" if alike and apart else "itself"


# Positions.


def can_be(ledger: Ledger, found: dict[Pair, Record], names: Collection[str]) -> bool:
    """Return whether claims on one question can all be true together.

    Nothing open stands between two of them; and those that hold at once, and of which no two are
    apart by an editor's dismissal, have an answer in common.
    """
    if any(_is_open(found, *pair) for pair in combinations(names, 2)):
        return False
    valued = [name for name in names if "value" in ledger["claims"][name]]
    sizes = range(3, len(valued) + 1)
    return all(
        frozenset.intersection(*(answers_of(ledger, name) for name in some))
        for some in chain.from_iterable(combinations(valued, size) for size in sizes)
        if _hold_at_once(ledger, some)
        and not any(_is_excused(found, *pair) for pair in combinations(some, 2))
    )


def _is_excused(found: dict[Pair, Record], one: str, other: str) -> bool:
    """Return whether an editor says of two values that are apart that both can be true."""
    conflict = found.get(pair_of(one, other), {"origin": "declared"})
    return bool(conflict["origin"] != "declared" and conflict["state"] == "dismissed")


def least_positions(ledger: Ledger, found: dict[Pair, Record], names: Collection[str]) -> int:
    """Return the least number of sets, each of which can be true together, that claims make."""
    return next(
        size
        for size in range(len(names) + 1)
        if any(_fits(ledger, found, sets) for sets in _partings(sorted(names), size))
    )


def _fits(ledger: Ledger, found: dict[Pair, Record], sets: list[list[str]]) -> bool:
    return all(can_be(ledger, found, some) for some in sets)


def _partings(names: list[str], size: int) -> Iterator[list[list[str]]]:
    """Yield every way to part names into at most so many sets."""
    if not names:
        yield []
        return
    for sets in _partings(names[1:], size):
        for nth, some in enumerate(sets):
            yield [*sets[:nth], [names[0], *some], *sets[nth + 1 :]]
        if len(sets) < size:
            yield [[names[0]], *sets]


def taking_positions(ledger: Ledger, found: dict[Pair, Record], names: Iterable[str]) -> list[str]:
    """Return those of a question's standing claims that take a position on it.

    What is said in words only takes one where somebody says what it excludes; and on a question
    that asks for text, everything takes the only one where nobody does.
    """
    names = sorted(names)
    in_open = {name for pair in combinations(names, 2) if _is_open(found, *pair) for name in pair}
    claims = [ledger["claims"][name] for name in names]
    if any(ledger["questions"][claim["question"]]["answer"] == "text" for claim in claims):
        return sorted(in_open) or names
    return [name for name in names if "value" in ledger["claims"][name] or name in in_open]


# Citations.


def citations_of(ledger: Ledger, name: str) -> list[Row]:
    """Return the citations of a claim: outlet, document, paragraph, scope and stance of each."""
    claim, documents = ledger["claims"][name], ledger["documents"]
    own = claim.get("cites", [])
    found: list[Row] = [
        (one["outlet"], None, None, "claim", one.get("stance", "supports")) for one in own
    ]
    claimant = claimant_of(ledger, name)
    for document, paragraph, _ in places_of(claim):
        record = documents[document]
        if outlet := record.get("outlet"):
            stance = "supports" if claimant in {record.get("voice"), None} else "mentions"
            found.append((outlet, document, paragraph, "document", stance))
        paragraphs = record.get("paragraphs", {})
        nearby = [] if own else paragraphs.get(str(paragraph), [])
        found += [(outlet, document, paragraph, "paragraph", None) for outlet in nearby]
    return found


def carriers_of(ledger: Ledger, names: Iterable[str]) -> set[str]:
    """Return the outlets that are known to carry some of the claims."""
    cited = chain.from_iterable(citations_of(ledger, name) for name in names)
    return {row[0] for row in cited if row[3] != "paragraph"}


def nearby_of(ledger: Ledger, names: Collection[str]) -> set[str]:
    """Return the outlets that only stand at paragraphs of some claims."""
    cited = chain.from_iterable(citations_of(ledger, name) for name in names)
    return {row[0] for row in cited} - carriers_of(ledger, names)


# What everything comes to.


COLUMNS: Final = {
    "appearances": "claim, nth, document, paragraph, locator",
    "citations": "claim, nth, outlet, document, paragraph, scope, stance",
    "claim_bases": "claim, basis, altered",
    "claim_origins": "claim, origin, actor, document, whole",
    "conflicts": "claim_a, claim_b, question, question_a, question_b, kind, strength, origin, "
    "state, nature",
    "claims": "id, status, n_conflicts, n_origins, n_independent, n_outlets, n_outlets_nearby, "
    "outlets, outlets_nearby, position IS NOT NULL",
    "positions": "id, question, n_claims, n_origins, n_independent, n_outlets, n_outlets_nearby",
    "claim_positions": "claim, position, home",
    "position_origins": "position, origin, actor, document, whole",
    "questions": "id, state, nature, n_positions, n_claims, n_conflicts, n_conflicts_elsewhere, "
    "n_origins, n_independent, n_outlets, n_outlets_nearby",
    "question_hinges": "question, origin, actor, document",
    "claim_answers": "claim, actor, manner",
    "actor_tree": "actor, whole, distance",
}
"""What is worked out of each table."""


def expected(ledger: Ledger, homes: dict[str, str]) -> Rows:
    """Return the rows that the tables of a ledger's database should have, sorted.

    `homes` says which position each claim is counted in; the ledger may choose where several fit.
    """
    return rows_of(Weighed(ledger, homes))


def rows_of(weighed: Weighed) -> Rows:
    """Return the rows that the tables of the database of what was weighed should have, sorted."""
    ledger = weighed.ledger
    claims, questions = sorted(ledger["claims"]), sorted(ledger["questions"])
    positions = sorted(set(weighed.homes.values()))
    rows: Rows = {
        "appearances": [
            (name, nth, *place)
            for name in claims
            for nth, place in enumerate(places_of(ledger["claims"][name]))
        ],
        "citations": [
            (name, nth, *row)
            for name in claims
            for nth, row in enumerate(citations_of(ledger, name))
        ],
        "claim_bases": [
            (name, basis, int(_is_open(weighed.found, name, basis)))
            for name in claims
            for basis in bases_of(ledger, name)
        ],
        "claim_origins": [row for name in claims for row in weighed.origin_rows(name, [name])],
        "conflicts": [
            (*pair, *(one[key.strip()] for key in COLUMNS["conflicts"].split(",")[2:]))
            for pair, one in weighed.found.items()
        ],
        "claims": [weighed.claim_row(name) for name in claims],
        "positions": [weighed.position_row(position) for position in positions],
        "claim_positions": [row for name in claims for row in weighed.fitting_rows(name)],
        "position_origins": [
            row
            for position in positions
            for row in weighed.origin_rows(position, weighed.taking(position))
        ],
        "questions": [weighed.question_row(question) for question in questions],
        "question_hinges": [row for one in questions for row in weighed.hinge_rows(one)],
        "claim_answers": [row for name in claims for row in answer_rows(ledger, name)],
        "actor_tree": [
            (name, whole, distance)
            for name in ledger["actors"]
            for distance, whole in enumerate(at_or_above(ledger["actors"], name))
        ],
    }
    return {table: sorted(found, key=repr) for table, found in rows.items()}


def answer_rows(ledger: Ledger, name: str) -> list[Row]:
    """Return each actor that a claim's value names, none for a place, and in which manner."""
    claim = ledger["claims"][name]
    question = ledger["questions"].get(claim.get("question", ""), {})
    kind = question.get("answer")
    if kind not in {"actor", "place"} or "value" not in claim:
        return []
    signs = {"not ": "not", "+": "jointly", "|": "either"}
    manner = next((word for sign, word in signs.items() if sign in claim["value"]), "one")
    return [(name, one if kind == "actor" else None, manner) for one in named_in(claim["value"])]


class Weighed:
    """A ledger with its conflicts and the position that each claim takes."""

    def __init__(
        self, ledger: Ledger, homes: dict[str, str], found: dict[Pair, Record] | None = None
    ) -> None:
        self.ledger = ledger
        self.homes = homes
        self.found = conflicts(ledger) if found is None else found
        self.fallen = fallen(ledger)
        self.takers = {
            name
            for question in ledger["questions"]
            for name in taking_positions(ledger, self.found, self.standing(question))
        }
        self.origins = {name: origins_of(ledger, self.found, name) for name in ledger["claims"]}

    def taking(self, position: str) -> list[str]:
        """Return the claims that take a position."""
        return sorted(name for name, home in self.homes.items() if home == position)

    def untenable(self) -> list[str]:
        """Return the positions whose claims cannot all be true together, or answer several."""
        return [
            position
            for position in sorted(set(self.homes.values()))
            if not can_be(self.ledger, self.found, self.taking(position))
            or len({self._question(name) for name in self.taking(position)}) > 1
        ]

    def standing(self, question: str) -> list[str]:
        """Return the claims that still stand on a question and on those that are the same."""
        names = sorted(self.ledger["claims"].keys() - self.fallen.keys())
        asked = head_of(self.ledger, question)
        return [name for name in names if self._question(name) == asked]

    def _question(self, name: str) -> str | None:
        """Return the question that a claim is weighed on."""
        return head_of(self.ledger, self.ledger["claims"][name].get("question"))

    def open_pairs(self, names: Collection[str]) -> list[Pair]:
        """Return the open conflicts in which some claims are."""
        return [pair for pair in self.found if {*pair} & {*names} and _is_open(self.found, *pair)]

    def origin_rows(self, key: str, names: Iterable[str]) -> list[Row]:
        """Return the origins of some claims, as rows of a key."""
        origins = set().union(*(self.origins[name] for name in names))
        return [(key, *self._told(one), whole_of(self.ledger, one)) for one in sorted(origins)]

    def _told(self, origin: str) -> Row:
        document = origin.removeprefix("document ") if origin.startswith("document ") else None
        return origin, origin if origin in self.ledger["actors"] else None, document

    def counts(self, names: Collection[str]) -> Row:
        """Return origins, independent origins, outlets and outlets nearby of some claims."""
        origins = set().union(*(self.origins[name] for name in names))
        wholes = wholes_of(self.ledger, origins)
        outlets = carriers_of(self.ledger, names), nearby_of(self.ledger, names)
        return len(origins) or None, len(wholes) or None, *map(len, outlets)

    def claim_row(self, name: str) -> Row:
        """Return what a claim comes to."""
        outlets = carriers_of(self.ledger, [name]), nearby_of(self.ledger, [name])
        return (
            name,
            self.status_of(name),
            len(self.open_pairs([name])),
            *self.counts([name]),
            *(json.dumps(sorted(some)) for some in outlets),
            int(name in self.takers),
        )

    def status_of(self, name: str) -> str:
        """Return a claim's status."""
        if name in self.fallen:
            return self.fallen[name]
        if self.open_pairs([name]):
            return "contested"
        agreeing = {name}
        question = self._question(name)
        if name in self.homes and self.ledger["questions"][str(question)]["answer"] != "text":
            fellows = self.taking(self.homes[name])
            agreeing |= {one for one in fellows if self._meet(name, one)}
        origins = set().union(*(self.origins[one] for one in agreeing))
        if len(wholes_of(self.ledger, origins)) > 1:
            return "corroborated"
        return "single origin" if self.origins[name] else "origin not recorded"

    def _meet(self, one: str, other: str) -> bool:
        claims = self.ledger["claims"]
        return times_meet(claims[one].get("as_of"), claims[other].get("as_of"))

    def position_row(self, position: str) -> Row:
        """Return what a position comes to."""
        names = self.taking(position)
        question = self._question(names[0])
        return f"{question}_{names[0]}", question, len(names), *self.counts(names)

    def fitting_rows(self, name: str) -> list[Row]:
        """Return the positions that a claim fits: its home, and others that it can be true with."""
        question, home = self._question(name), self.homes.get(name)
        if name in self.fallen:
            return []
        return [
            (name, position, int(position == home))
            for position in sorted(set(self.homes.values()))
            if self._question(self.taking(position)[0]) == question
            and self.fits(name, self.taking(position))
        ]

    def fits(self, name: str, names: Collection[str]) -> bool:
        """Return whether a claim can be true together with all of some others."""
        return can_be(self.ledger, self.found, sorted({name, *names}))

    def question_row(self, question: str) -> Row:
        """Return what a question comes to."""
        names = self.standing(question)
        pairs = self.open_pairs(names)
        within = [pair for pair in pairs if {*pair} <= {*names}]
        taking = taking_positions(self.ledger, self.found, names)
        asked = [claim.get("question") for claim in self.ledger["claims"].values()]
        wholes = {name: wholes_of(self.ledger, self.origins[name]) for name in names}
        state = self.state_of(wholes)
        return (
            question,
            state,
            self._nature_of(names, pairs, state),
            self.n_positions(taking),
            asked.count(question),
            len(within),
            len(pairs) - len(within),
            *self.counts(names),
        )

    def n_positions(self, names: Collection[str]) -> int:
        """Return the least number of positions of a question's claims."""
        return least_positions(self.ledger, self.found, names)

    def _nature_of(self, names: list[str], pairs: list[Pair], state: str) -> str | None:
        if pairs:
            return GRAVEST[min(GRAVEST.index(self.found[pair]["nature"]) for pair in pairs)]
        return _nature_of_all(self.ledger, self.found, names) if state == "disputed" else None

    def state_of(self, wholes: dict[str, set[str]]) -> str:
        """Return the state of a question of some standing claims, with the wholes behind each."""
        taking = taking_positions(self.ledger, self.found, wholes)
        questions = {self._question(name) for name in wholes}
        pairs = [
            pair
            for pair in self.open_pairs(wholes)
            if all(name in wholes or self._question(name) not in questions for name in pair)
        ]
        if any({*pair} <= {*wholes} for pair in pairs):
            return "disputed"
        if self.n_positions(taking) > 1:
            return "disputed"
        if pairs:
            return "contested elsewhere"
        if not wholes:
            return "unanswered"
        if not any(wholes.values()):
            return "origin not recorded"
        agreed = any(
            len(wholes[one] | wholes[other]) > 1
            for one in wholes
            for other in wholes
            if self._meet(one, other)
        )
        return "agreed" if agreed else "single origin"

    def hinge_rows(self, question: str) -> list[Row]:
        """Return the origins without whose whole the state of a question would be another."""
        names = self.standing(question)
        wholes = {name: wholes_of(self.ledger, self.origins[name]) for name in names}
        state = self.state_of(wholes)
        rows = []
        for whole in set().union(*wholes.values()):
            left = {name: some - {whole} for name, some in wholes.items() if some != {whole}}
            if self.state_of(left) != state:
                origins = set().union(*(self.origins[name] for name in names))
                told = [one for one in origins if whole_of(self.ledger, one) == whole]
                rows.append((question, *self._told(told[0] if len(told) == 1 else whole)))
        return rows
