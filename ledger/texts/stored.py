"""Verdicts kept beside the claims: hidden files, which no stage reads as claims.

A verdict is kept with the hash of the text and that of what the claim says, so that it is
known to be stale as soon as either is another one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from ledger.texts.reading import ReadDocument
from ledger.texts.verify import VERDICTS, Verified

FOLDER: Final = ".verified"
"""The folder of the verdicts, in the claims folder."""


def file_of(claims: Path, document: str) -> Path:
    """Return the file that keeps the verdicts on a document's claims."""
    return claims / FOLDER / f"{document}.json"


def to_store(document: str, text_sha256: str, verified: Sequence[Verified]) -> bytes:
    """Return what the file of a document is to hold: the verdicts on its claims, sorted by id."""
    kept = {
        "document": document,
        "text_sha256": text_sha256,
        "claims": {
            one.claim.id: {"verdict": one.verdict, "claim_sha256": one.claim.sha256()}
            for one in sorted(verified, key=lambda one: one.claim.id)
        },
    }
    return f"{json.dumps(kept, indent=1)}\n".encode()


def stored_verdicts(claims: Path, document: ReadDocument) -> dict[str, str]:
    """Return the verdicts kept on a document's claims that are not stale, by the claims' ids."""
    kept = _read(file_of(claims, document.id))
    if document.text_sha256 not in {None, kept.get("text_sha256")}:
        return {}
    entries = kept.get("claims")
    if not isinstance(entries, dict):
        return {}
    found: dict[str, str] = {}
    for claim in document.claims:
        entry = entries.get(claim.id)
        if isinstance(entry, dict) and entry.get("claim_sha256") == claim.sha256():
            found[claim.id] = str(entry.get("verdict"))
    return found


def counts_of(verdicts: Sequence[str]) -> dict[str, int]:
    """Return how many there are of each verdict, in the order of VERDICTS."""
    counted = Counter(verdicts)
    return {verdict: counted[verdict] for verdict in VERDICTS}


def _read(file: Path) -> dict[str, Any]:
    """Return what a file keeps; nothing if it is not there or damaged: verdicts can be redone."""
    with suppress(OSError, ValueError):
        kept = json.loads(file.read_text(encoding="utf-8"))
        return kept if isinstance(kept, dict) else {}
    return {}
