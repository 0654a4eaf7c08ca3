"""`ledger new`: dossiers, questions and entries of registers."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

import pytest

from ledger.schemas import FOLDER, write_schemas
from tests.commands.calling import called
from tests.commands.running import run
from tests.commands.test_add import dossier_of
from tests.small import ACTORS, DOSSIER, OUTLETS

ABOUT_IT: Final = (
    *("--retrieved", "2022-06", "--archived", "https://a.example", "--language", "fr"),
    *("--licence", "CC0-1.0", "--extent", "excerpt"),
)
"""What a document tells of itself."""


def new(claims: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `ledger new` beside a claims folder."""
    return run("new", *words, cwd=claims.parent)


def test_an_outlet_is_registered_with_all_that_is_told_of_it(claims: Path) -> None:
    ran = new(
        claims,
        *("outlet", "gazette", "--name", "The Gazette", "--kind", "newspaper", "--country", "ML"),
        *("--alias", "Gazette", "--alias", "Gazette", "--part-of", "The Daily", "--wikidata", "Q1"),
        *("--url", "https://example.org"),
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "claims/outlets.yaml:4: outlet gazette\n"
    assert (
        (claims / "outlets.yaml").read_text()
        == f"""{OUTLETS}gazette:
  name: The Gazette
  kind: newspaper
  country: ML
  aliases: [Gazette]
  part_of: daily
  wikidata: Q1
  url: https://example.org
"""
    )
    assert run("check", cwd=claims.parent).returncode == 0


SPOT: Final = ("--latitude", "-14.5", "--longitude", "3")


def test_an_actor_a_place_and_a_document_are_registered(claims: Path) -> None:
    for words in (
        ("actor", "police", "--name", "The Police", "--part-of", "the state"),
        ("place", "port", "--name", "Le Port", "--within", "Mali", *SPOT),
        ("document", "report", "--title", "A Report", "--outlet", "Daily", "--voice", "Witnesses"),
        ("document", "table", "--title", "A Table", *ABOUT_IT),
        ("actor", "court", "--name", "The Court", "--part-of", "state", "--independent"),
    ):
        ran = new(claims, *words)
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout.endswith(f"{words[0]} {words[1]}\n")
    assert "  part_of: state\n" in (claims / "actors.yaml").read_text()
    assert '  latitude: "-14.5"\n' in (claims / "places.yaml").read_text()
    documents = (claims / "documents.yaml").read_text()
    assert "  outlet: daily\n  voice: witnesses\n" in documents
    assert documents.endswith(
        "table:\n  title: A Table\n  retrieved: 2022-06\n  archived: https://a.example\n"
        "  language: fr\n  licence: CC0-1.0\n  extent: excerpt\n"
    )
    assert "  part_of: state\n  independent: true\n" in (claims / "actors.yaml").read_text()
    assert run("check", cwd=claims.parent).returncode == 0


def test_a_register_that_is_not_there_is_begun(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    assert new(tmp_path / "claims", "outlet", "wire", "--name", "The Wire").returncode == 0
    assert (tmp_path / "claims/outlets.yaml").read_text() == "wire:\n  name: The Wire\n"


def test_a_dossier_is_begun_in_its_folder(claims: Path) -> None:
    words = ("dossier", "fire", "--title", "Fire: a title", "--when", "2024-03", "--where", "Mali")
    ran = new(
        claims,
        *words,
        *("--topic", "fires", "--party", "The State", "--folder", "harbour/north"),
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "claims/harbour/north/fire.yaml:1: dossier fire\n"
    assert (
        (claims / "harbour/north/fire.yaml").read_text()
        == """\
title: "Fire: a title"
when: 2024-03
where: [mali]
topics: [fires]
parties: [state]
"""
    )
    assert run("check", cwd=claims.parent).returncode == 0


@pytest.mark.parametrize("folder", ["mali", "mali/", "./mali", "claims/mali", "mali/../mali"])
def test_a_folder_may_be_named_from_here_or_from_the_claims_folder(
    claims: Path, folder: str
) -> None:
    assert new(claims, "dossier", "fire", "--title", "Fire", "--folder", folder).returncode == 0
    assert (claims / "mali/fire.yaml").read_text() == "title: Fire\n"


def test_a_dossier_begins_with_the_line_by_which_editors_find_its_schema(claims: Path) -> None:
    write_schemas(claims / FOLDER)
    ran = new(claims, "dossier", "fire", "--title", "Fire", "--folder", "mali")
    assert ran.stdout == "claims/mali/fire.yaml:2: dossier fire\n"
    assert (claims / "mali/fire.yaml").read_text() == (
        f"# yaml-language-server: $schema=../{FOLDER}/dossier.json\ntitle: Fire\n"
    )
    assert run("check", cwd=claims.parent).returncode == 0


def test_a_question_is_asked_in_its_dossier(claims: Path) -> None:
    ran = new(
        claims,
        *("question", "wounded", "--dossier", "village-2022", "--asks", "How many: wounded?"),
        *("--answer", "quantity", "--unit", "people", "--about", "In hospital.", "--part-of"),
        *("deaths", "--tolerance", "0.2"),
    )
    assert ran.returncode == 0, ran.stderr
    added = """\
  wounded:
    asks: "How many: wounded?"
    answer: quantity
    unit: people
    about: In hospital.
    part_of: deaths
    tolerance: 0.2
"""
    before, _, after = dossier_of(claims).read_text().partition(added)
    assert before + after == DOSSIER
    assert run("check", cwd=claims.parent).returncode == 0


def test_a_question_may_have_a_time_and_a_place_of_its_own_and_be_the_same_as_another(
    claims: Path,
) -> None:
    ran = new(
        claims,
        *("question", "dead", "--dossier", "village-2022", "--asks", "How many died?"),
        *("--answer", "quantity", "--unit", "people", "--same-as", "deaths", "--when", "2022-03"),
        *("--where", "A Village", "--topic", "war", "--answers", "one", "--summary", "Few say."),
    )
    assert ran.returncode == 0, ran.stderr
    scale = new(
        claims,
        *("question", "mood", "--dossier", "village-2022", "--asks", "How?", "--answer", "choice"),
        *("--option", "calm", "--option", "tense", "--ordered", "--answers", "many"),
    )
    assert scale.returncode == 0, scale.stderr
    dead = """\
  dead:
    asks: How many died?
    answer: quantity
    unit: people
    when: 2022-03
    where: [village]
    topics: [war]
    answers: one
    same_as: deaths
    summary: Few say.
"""
    mood = """\
  mood:
    asks: How?
    answer: choice
    options: [calm, tense]
    answers: many
    ordered: true
"""
    text = dossier_of(claims).read_text()
    assert dead in text
    assert mood in text
    assert run("check", cwd=claims.parent).returncode == 0


ASKED = ("--dossier", "village-2022", "--asks", "How?")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("outlet", "Wire", "--name", "X"), "'ID': 'Wire' cannot be an id; use lower-case"),
        (("outlet", "wire", "--name", "X"), "'ID': the outlet wire is there already: The Wire"),
        (("outlet", "x", "--name", "the wire"), "'--name': 'the wire' is a name of wire already"),
        (("outlet", "x", "--name", "X", "--alias", "Daily"), "'--alias': 'Daily' is a name of"),
        (("outlet", "x", "--name", " "), "'--name': ' ' is empty"),
        (("outlet", "x"), "Missing option '--name'"),
        (("outlet", "x", "--name", "X", "--name", "Y"), "--name is given 2 times"),
        (
            ("outlet", "x", "--name", "X", "--country", "mali"),
            "'--country': `mali` is not a country",
        ),
        (
            ("outlet", "x", "--name", "X", "--url", "data:x"),
            "'--url': `data:x` is not a web address",
        ),
        (
            ("outlet", "x", "--name", "X", "--wikidata", "1"),
            "'--wikidata': `1` is not a Wikidata id",
        ),
        (("outlet", "x", "--name", "X", "--part-of", "dayly"), "did you mean daily?"),
        (
            ("actor", "x", "--name", "X", "--part-of", "wire"),
            "'--part-of': there is no actor 'wire'",
        ),
        (("place", "x", "--name", "X", "--latitude", "north"), "'--latitude': `north` is not a"),
        (("place", "x", "--name", "X", "--longitude", "181"), "'--longitude': `181` is not a"),
        (("document", "x", "--title", "X", "--published", "soon"), "'--published': `soon` is not"),
        (("document", "x", "--title", "X", "--voice", "wire"), "'--voice': there is no actor"),
        (("dossier", "village-2022", "--title", "X"), "'ID': the dossier village-2022 is there"),
        (("dossier", "outlets", "--title", "X"), "outlets.yaml is the name of a register"),
        (("dossier", "x", "--title", "X", "--where", "Malli"), "did you mean mali?"),
        (("dossier", "x", "--title", "X", "--when", "soon"), "'--when': `soon` is not a date"),
        (("dossier", "x", "--title", "X", "--folder", "../x"), "is no folder below claims"),
        (("dossier", "x", "--title", "X", "--folder", "/etc"), "'/etc' is no folder below claims"),
        (("dossier", "x", "--title", "X", "--folder", ".git"), "is no folder below claims"),
        (("dossier", "x", "--title", "X", "--folder", "outlets.yaml"), "is no folder below claims"),
        (("dossier", "x", "--title", "X", "--folder", "a\\b"), "is no folder below claims"),
        (("question", "deaths", *ASKED, "--answer", "text"), "'ID': deaths is asked already, in"),
        (("question", "how", *ASKED, "--answer", "number"), "'number' is not one of 'quantity'"),
        (("question", "how", *ASKED, "--answer", "choice"), "'--option': a question"),
        (("question", "how", *ASKED, "--answer", "text", "--option", "x"), "has options"),
        (
            ("question", "how", *ASKED, "--answer", "choice", "--option", "a", "--option", "a"),
            "has fewer than two options",
        ),
        (
            ("question", "how", *ASKED, "--answer", "text", "--unit", "people"),
            "'--unit': a question whose answer is `text` has a unit",
        ),
        (
            ("place", "x", "--name", "X", "--latitude", "3"),
            "'--longitude': this place has no `longitude`",
        ),
        (
            ("question", "how", *ASKED, "--answer", "quantity", "--tolerance", "5"),
            "'--tolerance': `5` is not a number",
        ),
        (
            ("question", "how", *ASKED, "--answer", "quantity", "--part-of", "deths"),
            "'--part-of': there is no question 'deths'; did you mean deaths?",
        ),
        (
            ("question", "how", "--dossier", "vilage-2022", "--asks", "How?", "--answer", "text"),
            "'--dossier': there is no dossier 'vilage-2022'; did you mean village-2022?",
        ),
        (("outlat", "x", "--name", "X"), "No such command 'outlat'"),
    ],
)
def test_a_wrong_call_is_told_in_one_line_and_writes_nothing(
    claims: Path, words: tuple[str, ...], told: str
) -> None:
    before = {file: file.read_bytes() for file in claims.rglob("*") if file.is_file()}
    ran = called(claims, "new", *words)
    assert (ran.exit_code, ran.stdout) == (2, ""), ran.stderr
    assert told in ran.stderr.splitlines()[-1]
    assert {file: file.read_bytes() for file in claims.rglob("*") if file.is_file()} == before


def test_a_name_of_another_script_is_taken(claims: Path) -> None:
    assert new(claims, "actor", "army-2", "--name", "القوات المسلحة").returncode == 0
    text = (claims / "actors.yaml").read_text(encoding="utf-8")
    assert text == f"{ACTORS}army-2:\n  name: القوات المسلحة\n"
