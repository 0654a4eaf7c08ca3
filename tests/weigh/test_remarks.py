"""Remarks: what weighing notices and nobody has to mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.build import build
from ledger.weigh.detect import MANY, WITNESSES
from tests.small import write_folder
from tests.weigh.weighing import Record, Weighed, answers, claim, weighed, write

TWO: tuple[Record, Record] = (claim("a", "deaths", "300"), claim("b", "deaths", "500"))
ANN: Record = {"claimant": "ann"}


def told(folder: Path, *claims: Record) -> list[tuple[str, str]]:
    """Return the remarks on claims: the code and the claim, or what it declares, it stands at."""
    remarks = weighed(folder, claims).remarks
    assert all(one.level == "remark" and one.what and one.remedy for one in remarks)
    lines = (folder / "claims" / "dossier.yaml").read_text().splitlines()
    return [(one.code, lines[one.place.line - 1].strip(" {,")) for one in remarks]


def test_a_claimant_who_says_two_things_says_both(tmp_path: Path) -> None:
    ledger = weighed(tmp_path, [one | ANN for one in TWO])
    (remark,) = ledger.remarks
    assert (remark.code, remark.what) == (
        "says-both",
        "`ann` says this and `a`: 300 and 500 are different numbers",
    )
    (line,) = ledger.row("SELECT line FROM claims WHERE id = 'b'")
    assert remark.place.line == line


@pytest.mark.parametrize(
    ("a", "b", "told_at"),
    [
        ({"made": "2022-05"}, {"made": "2022-04-30"}, "a"),
        ({"made": "2022-05"}, {"made": "2022-05-30"}, "b"),
        ({"made": "2022-05"}, {"made": "2022-06"}, "b"),
        ({"made": "2022-05"}, {}, "b"),
    ],
)
def test_saying_both_is_told_at_the_later_word(
    tmp_path: Path, a: Record, b: Record, told_at: str
) -> None:
    ledger = weighed(tmp_path, [TWO[0] | ANN | a, TWO[1] | ANN | b])
    (remark,) = ledger.remarks
    (line,) = ledger.row(f"SELECT line FROM claims WHERE id = '{told_at}'")  # noqa: S608 # two ids
    assert remark.place.line == line


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"claimant": "bob"}, {}),
        ({}, {"supersedes": "a"}),
        ({}, {"conflicts": {"a": "She contradicts herself."}}),
        ({"compatible": {"b": "Another day."}}, {}),
        ({"as_of": "2020"}, {"as_of": "2021"}),
        ({"value": "500+"}, {}),
        ({"retracted": {"on": "2023", "because": "A mistake."}}, {}),
    ],
)
def test_a_claimant_is_not_told_what_an_editor_knows(tmp_path: Path, a: Record, b: Record) -> None:
    assert told(tmp_path, TWO[0] | ANN | a, TWO[1] | ANN | b) == []


def test_a_conflict_that_is_dismissed_need_not_be_borne_out(tmp_path: Path) -> None:
    claims = [
        claim("a", "deaths", "300", conflicts={"b": "Too many."}),
        claim("b", "deaths", "200+", compatible={"a": "Another count."}),
    ]
    assert told(tmp_path, *claims) == []


def test_a_conflict_that_the_values_do_not_bear_out_is_told_at_each_declaration(
    tmp_path: Path,
) -> None:
    claims = [
        claim("a", "deaths", "300", conflicts={"b": "Too many."}),
        claim("b", "deaths", "200+", conflicts={"a": "Too few."}),
    ]
    ledger = weighed(tmp_path, claims)
    assert [(one.code, one.what) for one in ledger.remarks] == [
        (
            "not-borne-out",
            f"a conflict with `{other}` is declared, but {first} and {second} share 300",
        )
        for other, first, second in (
            ("b", "300", "200 or more"),
            ("a", "300", "200 or more"),
        )
    ]
    assert told(tmp_path, *claims) == [
        ("not-borne-out", '"b": "Too many."'),
        ("not-borne-out", '"a": "Too few."'),
    ]


@pytest.mark.parametrize(
    ("question", "values", "more"),
    [
        ("deaths", ("300", "500"), {"conflicts": {"a": "They part."}}),
        ("deaths", ("300", "300"), {"conflicts": {"a": {"because": "No.", "strength": "tension"}}}),
        (
            "deaths",
            ("300", "300"),
            {"conflicts": {"a": {"because": "No.", "strength": "conflict"}}},
        ),
        ("deaths", ("300", None), {"conflicts": {"a": "They part."}}),
        ("why", ("greed", "fear"), {"conflicts": {"a": "They part."}}),
    ],
)
def test_a_conflict_is_borne_out_or_an_editor_says_how_strong_it_is(
    tmp_path: Path, question: str, values: tuple[str, str | None], more: Record
) -> None:
    claims = claim("a", question, values[0]), claim("b", question, values[1], **more)
    assert told(tmp_path, *claims) == []


@pytest.mark.parametrize(
    ("question", "values", "said"),
    [
        ("deaths", ("0..1000", "0", "1000"), ("400", "600")),
        ("day", ("2022", "2022-01-01", "2022-12-31"), ("2022-03", "2022-04")),
        ("killers", ("country", "police", "rebels"), ("army", "ann")),
    ],
)
def test_among_many_claims_a_claimant_who_says_both_is_found(
    tmp_path: Path, question: str, values: tuple[str, str, str], said: tuple[str, str]
) -> None:
    crowd, least, most = values
    # Ann's two claims are no witnesses of each other: others are further from them, or come first.
    bulk = [claim(f"n{nth:03}", question, crowd, claimant="bob") for nth in range(MANY)]
    bulk += [claim(f"a{nth}", question, least, claimant="cleo") for nth in range(4)]
    bulk += [claim("most", question, most, claimant="rebels")]
    ann = [claim(f"x{nth}", question, value, **ANN) for nth, value in enumerate(said)]
    found = [one for one in weighed(tmp_path, ann, bulk).remarks if "`ann`" in one.what]
    assert [(one.code, one.what.partition(":")[0]) for one in found] == [
        ("says-both", "`ann` says this and `x0`")
    ]
    ann[1]["compatible"] = {"x0": "Another day."}
    assert weighed(tmp_path, ann, bulk).remarks == []


def test_among_many_claims_a_claimant_is_told_of_a_few(tmp_path: Path) -> None:
    bulk = [claim(f"n{nth:03}", "deaths", f"{nth}", **ANN) for nth in range(MANY + 1)]
    remarks = weighed(tmp_path, [], bulk).remarks
    assert [one.code for one in remarks] == ["says-both"] * WITNESSES


def test_of_two_things_said_the_later_in_the_files_is_remarked_on(tmp_path: Path) -> None:
    ledger = weighed(tmp_path, [one | ANN for one in reversed(TWO)])
    (remark,) = ledger.remarks
    assert remark.what.startswith("`ann` says this and `b`: ")
    assert ledger.row("SELECT line FROM claims WHERE id = 'a'") == (remark.place.line,)


VOICELESS = {"documents.yaml": "{page: {title: Page, outlet: daily, paragraphs: {1: []}}}"}


def test_claims_that_nobody_makes_say_no_two_things(tmp_path: Path) -> None:
    folder = write_folder(write(tmp_path, answers("deaths", a="300", b="500")), VOICELESS)
    built = build(folder, tmp_path / "ledger.db")
    assert (built.problems, built.remarks) == ([], [])


def crowd(*more: Record) -> list[Record]:
    """Return more claims than pairs are named of, two others far from all, and some more."""
    bulk = [claim(f"n{nth:03}", "deaths", "0..1000", claimant="bob") for nth in range(MANY)]
    ends = {"cleo": "0", "rebels": "1000"}
    bulk += [claim(f"of-{by}", "deaths", value, claimant=by) for by, value in ends.items()]
    return [*bulk, *more]


def test_nor_do_they_among_many(tmp_path: Path) -> None:
    silent = answers("deaths", x="400", y="600")
    folder = write_folder(write(tmp_path, [], crowd(*silent)), VOICELESS)
    assert build(folder, tmp_path / "ledger.db").problems == []
    pairs = Weighed(tmp_path / "ledger.db", []).rows("SELECT claim_a, claim_b FROM conflicts")
    assert ("x", "y") not in pairs
    assert ("of-cleo", "y") in pairs


def test_among_many_claims_all_that_a_claimant_says_is_looked_at(tmp_path: Path) -> None:
    values = enumerate(("400", "600", "600"))
    ann = [claim(f"x{nth}", "deaths", value, **ANN) for nth, value in values]
    ann[0]["conflicts"] = {"x1": "She contradicts herself."}
    (remark,) = weighed(tmp_path, ann, crowd()).remarks
    assert remark.what.startswith("`ann` says this and `x0`: ")
