"""`ledger coverage`: for people and for programs, for all documents and for one."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.commands.running import run

HELD = "A heading\nAbout 300 died, witnesses said.\nThe army and rebels fought.\n"


def test_each_document_has_a_line_with_its_counts(claims: Path) -> None:
    ran = run("coverage", cwd=claims.parent)
    assert ran.returncode == 0
    heading, line, _, last = ran.stdout.splitlines()
    assert heading.split("  ")[0] == "Document"
    assert line.split() == ["page", "3", "3", "5", "0", "0", "none", "kept"]
    assert last == "1 document."


def test_each_paragraph_of_a_document_has_a_line(claims: Path) -> None:
    documents = claims / "documents.yaml"
    more = documents.read_text(encoding="utf-8").replace("3: [daily]", "3: [daily], 4: [wire]")
    documents.write_text(more, encoding="utf-8")
    ran = run("coverage", "page", cwd=claims.parent)
    assert "wire, wire, radio" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "4 paragraphs, 1 without a claim."
    missing = run("coverage", "page", "--missing", "--format", "json", cwd=claims.parent)
    assert json.loads(missing.stdout) == [
        {"paragraph": 4, "outlets": ["wire"], "claims": [], "left_out": None, "sentence": None}
    ]
    counts = run("coverage", "--missing", "--format", "json", cwd=claims.parent)
    assert json.loads(counts.stdout)[0]["without_claims"] == 1


def test_a_paragraph_left_out_says_why(claims: Path) -> None:
    documents = claims / "documents.yaml"
    more = documents.read_text(encoding="utf-8").replace("3: [daily]", "3: [daily], 4: [wire]")
    documents.write_text(f"{more}  left_out: {{4: a caption}}\n", encoding="utf-8")
    ran = run("coverage", "page", cwd=claims.parent)
    assert "left out: a caption" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "4 paragraphs, 0 without a claim."


def test_documents_without_a_gap_are_left_out_of_those_that_miss_some(claims: Path) -> None:
    ran = run("coverage", "--missing", cwd=claims.parent)
    assert ran.stdout == "0 documents with paragraphs without a claim.\n"


def test_claims_of_a_document_without_paragraphs_are_counted(claims: Path) -> None:
    with (claims / "documents.yaml").open("a", encoding="utf-8") as file:
        file.write("post: {title: A post, outlet: wire, extent: excerpt}\n")
    dossier = "title: A post\nclaims:\n- {id: posted, text: It was posted., found: post}\n"
    both = "- {id: told, text: It was told., found: [post, page]}\n"
    (claims / "post.yaml").write_text(dossier + both, encoding="utf-8")
    counts = json.loads(run("coverage", "--format", "json", cwd=claims.parent).stdout)
    assert {one["document"]: one["claims"] for one in counts} == {"page": 6, "post": 2}
    assert {one["without_claims"] for one in counts} == {0}


def test_with_the_text_headings_are_told_from_paragraphs_left_out(claims: Path) -> None:
    file = claims.parent / "text.txt"
    file.write_text("A heading\n= A line.\n=1+1\nRain.\nSun.\n", encoding="utf-8")
    ran = run("coverage", "page", "--text", file, "--missing", cwd=claims.parent)
    assert [line.split()[0] for line in ran.stdout.splitlines()[1:3]] == ["4", "5"]
    assert ran.stdout.splitlines()[-1] == "5 paragraphs, 2 without a sentence, 2 without a claim."


def test_verdicts_that_are_kept_are_counted_until_they_are_stale(claims: Path) -> None:
    file = claims.parent / "text.txt"
    file.write_text(HELD, encoding="utf-8")
    run("verify", "page", "--text", file, "--store", cwd=claims.parent)
    told = json.loads(run("coverage", "--format", "json", cwd=claims.parent).stdout)[0]
    verdicts = ("verified", "partly", "not_found", "nothing_to_check", "not_held")
    assert sum(told[name] for name in verdicts[:-1]) == 5
    assert told["not_held"] == 0
    dossier = claims / "mali" / "village-2022.yaml"
    dossier.write_text(
        dossier.read_text(encoding="utf-8").replace("value: ~300", "value: ~310"), encoding="utf-8"
    )
    after = json.loads(run("coverage", "--format", "json", cwd=claims.parent).stdout)[0]
    assert after["not_held"] == 1


def test_spreadsheets_get_a_row_for_each_document(claims: Path) -> None:
    ran = run("coverage", "--format", "csv", cwd=claims.parent)
    (row,) = csv.DictReader(io.StringIO(ran.stdout))
    assert (row["document"], row["paragraphs"], row["claims"]) == ("page", "3", "5")


def test_a_text_without_its_document_and_an_unknown_document_are_wrong_calls(claims: Path) -> None:
    file = claims / "outlets.yaml"
    ran = run("coverage", "--text", file, cwd=claims.parent)
    assert ran.returncode == 2
    assert "name it as DOC" in ran.stderr.splitlines()[-1]
    ran = run("coverage", "pgae", cwd=claims.parent)
    assert ran.returncode == 2
    assert ran.stderr.splitlines()[-1].endswith("There is no document pgae. Did you mean page?")
