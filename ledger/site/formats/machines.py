"""Machines: what pages hand to programs, and which addresses they may link, as filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ledger.site.answering.addresses import Link
from ledger.site.answering.safety import web_address
from ledger.site.formats.citations import cite_bibtex, cite_csl, cite_text
from ledger.site.formats.claim_files import as_json
from ledger.site.formats.jsonld import claim_jsonld, question_jsonld


def _csl(entry: dict[str, Any], link: Link) -> str:
    return as_json([cite_csl(entry, link)])


MACHINE_FILTERS: Final[dict[str, Callable[..., str | None]]] = {
    "ledger_claim_jsonld": claim_jsonld,
    "ledger_question_jsonld": question_jsonld,
    "ledger_cite_text": cite_text,
    "ledger_cite_bibtex": cite_bibtex,
    "ledger_cite_csl": _csl,
    "ledger_web": web_address,
}
"""The filters by name; those of a claim or question take `absolute`, which makes addresses."""
