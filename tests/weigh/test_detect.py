"""Detect: the engine against brute force, and against one SQL text in SQLite and DuckDB."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import duckdb_extension_sqlite_scanner  # type: ignore[import-untyped] # has no type hints
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.values import Comparing, compare
from ledger.weigh.alike import gather
from ledger.weigh.answers import Asking, Claim
from ledger.weigh.detect import (
    MANY,
    WITNESSES,
    detect,
)
from ledger.weigh.meanings import Meaning
from ledger.weigh.opponents import Detected, Pair, pair_of
from ledger.words import Answer
from tests.weigh.weighing import (
    TREE,
    Record,
    Row,
    Weighed,
    all_said,
    asking,
    claim,
    said,
    said_of,
    weighed,
)

ORACLE: Final = Path(__file__).with_name("intervals.sql").read_text(encoding="utf-8")

ENGINE: Final = """
SELECT c.question, c.id, c.n_conflicts, q.n_positions FROM claims c
JOIN questions q ON q.id = c.question
WHERE c.value IS NOT NULL AND c.status NOT IN ('retracted', 'superseded') ORDER BY c.id
"""

FORMS: Final = ("{a}", "~{a}", "{a}+", ">{a}", "<={a}", "<{a}", "{a}..{b}", "dozens")


def in_duckdb(path: Path, sql: str) -> list[Row]:
    """Return the rows that DuckDB finds in a ledger's database."""
    folder = Path(duckdb_extension_sqlite_scanner.__file__).parent
    (extension,) = folder.rglob("*.duckdb_extension")
    with duckdb.connect() as connection:
        connection.execute(f"LOAD '{extension}'")
        connection.execute(f"ATTACH '{path}' AS ledger (TYPE sqlite, READ_ONLY)")
        connection.execute("USE ledger")
        return connection.execute(sql).fetchall()


def quantity(random: Random, greatest: int) -> str:
    """Return some text of a quantity up to a greatest."""
    low = random.randint(0, greatest)
    return random.choice(FORMS).format(a=low, b=low + random.randint(0, greatest // 10))


def span(random: Random) -> str:
    """Return some text of a date or of a span of days."""
    first = date(2022, 1, 1) + timedelta(days=random.randint(0, 40))
    last = first + timedelta(days=random.randint(0, 9))
    return random.choice(["{0}", "{0}~", "{0}/{1}", "../{0}", "{0}/.."]).format(first, last)


@settings(deadline=None, max_examples=15)
@given(st.integers(1, 25), st.integers(0, 12), st.randoms(use_true_random=False))
def test_the_engine_and_the_sql_text_find_the_same(
    n_deaths: int, n_days: int, random: Random
) -> None:
    fallen: Record = {"retracted": {"on": "2023", "because": "A mistake."}}
    claims = [
        claim(f"n{one:02}", "deaths", quantity(random, 60), **(fallen if one % 9 == 8 else {}))
        for one in range(n_deaths)
    ]
    claims += [claim(f"on{one:02}", "day", span(random)) for one in range(n_days)]
    with TemporaryDirectory() as folder:
        ledger = weighed(Path(folder), claims)
        engine = ledger.rows(ENGINE)
        assert len(engine) == n_deaths - n_deaths // 9 + n_days
        assert ledger.rows(ORACLE) == engine
        assert in_duckdb(ledger.path, ORACLE) == engine


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Weighed:
    """Return a ledger with one question of 2,100 claims."""
    random = Random(7)  # noqa: S311 # a test's own numbers, the same each time
    claims = [claim(f"n{one:04}", "deaths", quantity(random, 2_000)) for one in range(2_100)]
    return weighed(tmp_path_factory.mktemp("many"), [], claims)


def test_with_many_claims_degrees_and_positions_are_exact(many: Weighed) -> None:
    engine = many.rows(ENGINE)
    assert len(engine) == 2_100
    assert many.rows(ORACLE) == engine
    assert in_duckdb(many.path, ORACLE) == engine


def test_with_many_claims_conflicts_are_witnesses(many: Weighed) -> None:
    pairs, n_conflicts = many.row("SELECT pairs, n_conflicts FROM questions WHERE id = 'deaths'")
    degrees = many.by_id("n_conflicts")
    assert pairs == "witnesses"
    assert n_conflicts == sum(int(str(one)) for one in degrees.values()) // 2
    named = many.rows("SELECT claim_a, claim_b FROM conflicts")
    assert len(named) <= WITNESSES * len(degrees) < int(str(n_conflicts))
    assert {one for pair in named for one in pair} == {one for one in degrees if degrees[one]}
    apart = """
    SELECT count(*) FROM conflicts k
    JOIN claims a ON a.id = k.claim_a JOIN claims b ON b.id = k.claim_b
    WHERE a.low > b.high OR b.low > a.high OR a.low = b.high AND a.low_open + b.high_open
        OR b.low = a.high AND b.low_open + a.high_open
    """
    assert many.row(apart) == (len(named),)


def test_with_many_claims_each_fits_its_own_position(many: Weighed) -> None:
    assert many.rows("SELECT claim, position, home FROM claim_positions ORDER BY 1") == many.rows(
        "SELECT id, position, 1 FROM claims ORDER BY 1"
    )


def brute(claims: Sequence[Claim], asked: Asking) -> Counter[str]:
    """Return each claim's number of conflicts by comparing every two values."""
    by_value: dict[Meaning | None, list[str]] = {}
    for claimed in claims:
        by_value.setdefault(claimed.meaning, []).append(claimed.id)
    degrees: Counter[str] = Counter()
    question = Comparing(asked.kind.asked, TREE)
    for (one, mine), (other, theirs) in combinations(by_value.items(), 2):
        if one and other and compare(one.said, other.said, question).verdict == "conflict":
            degrees.update(dict.fromkeys(mine, len(theirs)) | dict.fromkeys(theirs, len(mine)))
    return degrees


def degrees_of(found: Detected) -> Counter[str]:
    """Return each claim's number of open conflicts, if it has any."""
    return Counter(
        {claim.id: degree for one, degree in found.degrees.items() for claim in one.claims}
    )


def pairs_of(found: Detected) -> list[Pair]:
    """Return the pairs that are named, each as often as it is, in their order."""
    return sorted(pair for pairs in found.named.values() for pair in pairs)


TIMES: Final = ("", "", "2020", "2021", "2020/2021", "2019/2020-06")

KINDS: Final[dict[Answer, tuple[str, ...]]] = {
    "actor": ("army", "brigade", "police", "state", "rebels", "army | rebels", "not army", "ann"),
    "choice": ("won", "lost", "drawn"),
    "yes-no": ("yes", "no"),
    "text": ("greed", "fear"),
    "quantity": tuple(quantity(Random(one), 50) for one in range(15)),  # noqa: S311 # no secret
    "date": tuple(span(Random(one)) for one in range(15)),  # noqa: S311 # no secret
}


@pytest.mark.parametrize("answer", KINDS)
@pytest.mark.parametrize("size", [12, MANY, MANY + 1])
def test_degrees_are_those_of_comparing_every_two(answer: Answer, size: int) -> None:
    random = Random(size)  # noqa: S311 # a test's own numbers, the same each time
    asked = asking(answer, KINDS["choice"] if answer == "choice" else ())
    claims = [
        said(f"n{one:03}", random.choice(KINDS[answer]), asked, as_of=random.choice(TIMES))
        for one in range(size)
    ]
    alikes = gather([*claims, said("silent", None, asked)])
    found = detect(alikes, asked.kind)
    expected = brute(claims, asked)
    assert degrees_of(found) == expected
    assert bool(expected) == (answer != "text")
    every = {pair_of(*pair) for pair in combinations([one.id for one in claims], 2)}
    pairs = pairs_of(found)
    assert set(pairs) <= every
    assert len(pairs) == len(set(pairs))
    if size <= MANY:
        assert (len(pairs), found.complete) == (expected.total() // 2, True)
    else:
        assert len(pairs) <= WITNESSES * len(expected)
        assert found.complete is False
    assert {one for pair in pairs for one in pair} == set(expected)
    some = alikes[: len(alikes) // 2]
    assert set(found.opposed(some)) == set(detect(some, asked.kind).named)
    assert found.first_open(some) in {*found.opposed(some), None}


@pytest.mark.parametrize("answer", ["quantity", "date", "choice"])
def test_a_dismissed_conflict_is_no_witness_while_there_are_others(answer: Answer) -> None:
    values = {
        "quantity": ("100", "500", "900"),
        "date": ("2020-01", "2020-03", "2020-05"),
        "choice": ("won", "lost", "drawn"),
    }[answer]
    asked = asking(answer, KINDS["choice"] if answer == "choice" else ())
    crowd = [said(f"n{nth:03}", values[0], asked) for nth in range(MANY)]
    claims = [*crowd, said("other", values[1], asked), said("third", values[2], asked)]
    unlike = dict.fromkeys([(f"n00{nth}", "third") for nth in range(3)], "dismissed")
    alikes, spoken = said_of(claims, unlike)
    found = detect(alikes, asked.kind, spoken)
    degrees, pairs = degrees_of(found), pairs_of(found)
    assert found.complete is False
    assert (degrees["third"], degrees["n000"], degrees["n003"]) == (MANY - 2, 1, 2)
    shown = [pair for pair in pairs if "n000" in pair]
    assert shown == [("n000", "other")]
    assert any(pair[1] == "third" and pair[0] > "n002" for pair in pairs)


def test_what_is_declared_of_two_claims_holds_for_no_others_that_say_the_same() -> None:
    asked = asking()
    claims = all_said(asked, {"a": "300", "b": "200+", "c": "300", "d": "100", "e": "200+"})
    alikes, spoken = said_of(claims, {("a", "b"): "open", ("c", "d"): "dismissed"})
    found = detect(alikes, asked.kind, spoken)
    assert degrees_of(found) == {"a": 2, "b": 2, "d": 3, "e": 1}
    assert pairs_of(found) == [("a", "d"), ("b", "d"), ("c", "d"), ("d", "e")]
    open_ones = {
        pair_of(one.claims[0].id, other.claims[0].id) for one, other in found.opposed(alikes)
    }
    assert open_ones == {("a", "b"), ("a", "d"), ("b", "d"), ("d", "e")}


@pytest.mark.parametrize(
    ("one", "other", "n_conflicts"),
    [(">300", "300", 1), (">=300", "300", 0), (">=300", "<300", 1), (">300", "<=300", 1)],
)
def test_an_open_end_leaves_itself_out(one: str, other: str, n_conflicts: int) -> None:
    asked = asking()
    claims = all_said(asked, {"a": one, "b": other})
    assert len(pairs_of(detect(gather(claims), asked.kind))) == n_conflicts
    crowd = claims + [said(f"n{nth}", "0+", asked) for nth in range(MANY)]
    assert degrees_of(detect(gather(crowd), asked.kind)).total() == 2 * n_conflicts


def test_the_coding_of_vague_words_decides_what_conflicts(tmp_path: Path) -> None:
    claims = [claim("a", "deaths", "dozens"), claim("b", "deaths", "30")]
    found = {
        coding: weighed(tmp_path / coding, claims, coding=coding).rows(
            "SELECT k.gap, build.coding FROM build LEFT JOIN conflicts k"
        )
        for coding in ("plural", "acled")
    }
    assert found == {
        "plural": [(None, "plural")],
        "acled": [(18, "acled")],
    }


def test_among_many_claims_the_furthest_on_both_sides_are_the_witnesses() -> None:
    asked = asking()
    crowd = [said(f"n{nth:03}", "500", asked) for nth in range(MANY)]
    ends = all_said(asked, {"u": "100", "v": "200", "x": "800", "y": "900", "z": "900+"})
    pairs = pairs_of(detect(gather([*crowd, *ends]), asked.kind))
    assert [pair for pair in pairs if "n007" in pair] == [("n007", "u"), ("n007", "z")]


def test_of_claims_equally_far_below_the_first_and_above_the_last_is_the_witness() -> None:
    asked = asking()
    crowd = [said(f"n{nth:03}", "500", asked) for nth in range(MANY)]
    ends = all_said(asked, {"p": "900", "q": "900+", "r": "900"})
    ends = [*all_said(asked, {"a": "up to 100", "b": "100"}), *crowd, *ends]
    pairs = pairs_of(detect(gather(ends), asked.kind))
    assert [pair for pair in pairs if "n007" in pair] == [("a", "n007"), ("n007", "r")]


def test_among_many_options_the_first_claims_by_id_are_the_witnesses() -> None:
    asked = asking("choice", ("won", "lost", "drawn"))
    crowd = [said(f"n{nth:03}", "won", asked) for nth in range(MANY)]
    others = all_said(asked, {"a": "lost", "b": "drawn", "c": "lost", "d": "lost"})
    pairs = pairs_of(detect(gather([*others, *crowd]), asked.kind))
    assert [pair for pair in pairs if "n007" in pair] == [(one, "n007") for one in "abc"]
