"""`ledger cite`: an outlet's report is cited for a claim itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.calling import called
from tests.commands.running import run
from tests.commands.test_add import dossier_of
from tests.small import DOSSIER


def test_a_report_is_cited_with_all_that_is_told_of_it(claims: Path) -> None:
    ran = run(
        *("cite", "date-given", "radio goita", "--stance", "disputes", "--published", "2022-04"),
        *("--archived", "https://example.org/b", "--title", "It: a title"),
        *("--url", "https://example.org/a"),
        cwd=claims.parent,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "claims/mali/village-2022.yaml:48: date-given cites radio\n"
    assert (
        dossier_of(claims).read_text()
        == f"""{DOSSIER}  cites:
  - outlet: radio
    title: "It: a title"
    url: https://example.org/a
    published: 2022-04
    archived: https://example.org/b
    stance: disputes
"""
    )
    assert run("check", cwd=claims.parent).returncode == 0


def test_more_are_added_behind_those_that_are_there(claims: Path) -> None:
    for outlets in (["Daily"], ["wire=https://example.org/a", "wire=https://example.org/b"]):
        assert run("cite", "date-given", *outlets, cwd=claims.parent).returncode == 0
    assert (
        dossier_of(claims).read_text()
        == f"""{DOSSIER}  cites:
  - outlet: daily
  - outlet: wire
    url: https://example.org/a
  - outlet: wire
    url: https://example.org/b
"""
    )


def test_the_same_report_is_not_cited_twice(claims: Path) -> None:
    ran = run("cite", "date-given", "wire", "The Wire", cwd=claims.parent)
    assert ran.returncode == 1
    assert ran.stderr.startswith("ledger: date-given cites wire already, with nothing that tells")
    assert len(ran.stderr.splitlines()) == 1
    assert dossier_of(claims).read_text() == DOSSIER


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("date-given", "Wyre"), "'OUTLET': there is no outlet 'Wyre'; did you mean wire?"),
        (("date-given", "Foo"), "there is no outlet 'Foo'; `ledger new outlet` adds one"),
        (("dete-given", "wire"), "'ID': there is no claim 'dete-given'; did you mean date-given?"),
        (("date-given",), "Missing argument 'OUTLET...'"),
        (("date-given", "wire=javascript:1"), "`javascript:1` is not a web address"),
        (("date-given", "wire", "--url", "www.example.org"), "'--url': `www.example.org`"),
        (("date-given", "wire", "--archived", "ftp://x"), "'--archived': `ftp://x`"),
        (("date-given", "wire", "--published", "soon"), "'--published': `soon` is not a date"),
        (("date-given", "wire", "--stance", "likes"), "'likes' is not one of 'supports'"),
        (("date-given", "wire", "--title", ""), "'--title': '' is empty"),
        (("date-given", "wire", "daily", "--title", "x"), "--title is about one report"),
        (("date-given", "wire=https://a.org", "--url", "https://b.org"), "give two addresses"),
        (("date-given", ""), "'OUTLET...': '' is empty"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(claims: Path, words: tuple[str, ...], told: str) -> None:
    ran = called(claims, "cite", *words)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert told in ran.stderr.splitlines()[-1]
    assert dossier_of(claims).read_text() == DOSSIER
