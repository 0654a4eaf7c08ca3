"""What was not weighed anew is taken over from the built database."""

from __future__ import annotations

from pathlib import Path

from ledger.database.load import load_part
from ledger.draft import open_draft
from ledger.index import open_index
from ledger.overlay import Overlay, Renewed, Thing
from ledger.read import read_folder
from ledger.weigh import weigh_draft
from tests.small import DOSSIER, write_folder

STATUSES = "SELECT id, status, n_origins FROM claims WHERE outlets LIKE '%radio%' ORDER BY id"
COUNTS = "SELECT n_questions, n_claims FROM dossiers"
READ = "SELECT number, n_claims FROM paragraphs"


def test_only_what_was_weighed_anew_is_otherwise(claims: Path, database: Path) -> None:
    """The files are other for all claims, but only one of them counts as weighed anew."""
    text = DOSSIER.replace("claimant: witnesses", "claimant: rebels").replace(
        "  value: rebels\n", "  value: army\n"
    )
    text = text[: text.index("  conflicts:\n    killers-army")]
    write_folder(claims, {"mali/village-2022.yaml": text})
    with open_index(claims, database) as index, open_draft(claims) as draft:
        assert read_folder(draft) == []
        assert weigh_draft(draft) == []
        load_part(draft, "1")
        connection = draft.connection
        assert connection.execute(STATUSES).fetchall() == [
            ("deaths-300", "contested", 1),
            ("killers-army", "corroborated", 1),
            ("killers-rebels", "corroborated", 1),
        ]
        renewed = Renewed(frozenset(["killers-army", "date-given"]), frozenset(["killers"]))
        things = [Thing("outlets", "radio"), Thing("documents", "page"), Thing("dossiers", "x")]
        Overlay(index, connection, renewed).lay([*things, Thing("dossiers", "village-2022")])
        assert connection.execute(STATUSES).fetchall() == [
            ("deaths-300", "contested", 1),
            ("killers-army", "corroborated", 1),
            ("killers-rebels", "contested", 1),
        ]
        assert connection.execute(COUNTS).fetchall() == [(2, 4)]  # date-given is gone
        assert connection.execute(READ).fetchall() == [(1, 1), (2, 3), (3, 1)]
