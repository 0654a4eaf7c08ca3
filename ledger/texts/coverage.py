"""Coverage: what was read of each document, and which of its paragraphs brought no claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledger.texts.paragraphs import DocumentText, is_heading
from ledger.texts.reading import ReadDocument
from ledger.texts.stored import counts_of


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: the outlets it cites and the claims read there; its text if that is at hand."""

    number: int
    outlets: tuple[str, ...]
    claims: tuple[str, ...]
    text: str | None = None
    left_out: str | None = None

    @property
    def has_no_sentence(self) -> bool:
        """Return whether the text shows that there is nothing to claim: a heading."""
        return self.text is not None and is_heading(self.text)

    @property
    def is_missing(self) -> bool:
        """Return whether a claim could be read there and none was, and nobody says why."""
        return not self.claims and not self.left_out and not self.has_no_sentence


def paragraphs_of(document: ReadDocument, text: DocumentText | None = None) -> list[Paragraph]:
    """Return the paragraphs of a document, with what they say if the text is at hand."""
    claims: dict[int, list[str]] = {}
    for claim in document.claims:
        for number in claim.paragraphs:
            claims.setdefault(number, []).append(claim.id)
    listed = {number: tuple(outlets) for number, outlets in document.outlets.items()}
    known = range(1, len(text.paragraphs) + 1) if text else ()
    return [
        Paragraph(
            number,
            listed.get(number, ()),
            tuple(claims.get(number, ())),
            text.paragraph(number) if text else None,
            document.left_out.get(number),
        )
        for number in sorted({*listed, *claims, *known})
    ]


def summary_of(document: ReadDocument, verdicts: Sequence[str]) -> dict[str, Any]:
    """Return the counts of a document: paragraphs, outlets, claims, and verdicts kept on them."""
    paragraphs = paragraphs_of(document)
    outlets = {outlet for one in paragraphs for outlet in one.outlets}
    counts = counts_of(verdicts)
    return {
        "document": document.id,
        "title": document.title,
        "paragraphs": len(paragraphs),
        "outlets": len(outlets),
        "claims": document.n_claims,
        "left_out": sum(bool(one.left_out) for one in paragraphs),
        "without_claims": sum(one.is_missing for one in paragraphs),
        **{verdict.replace(" ", "_"): count for verdict, count in counts.items()},
        "not_held": len(document.claims) - len(verdicts),
    }
