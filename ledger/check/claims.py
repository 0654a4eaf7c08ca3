"""Claims: cited by somebody, read where they can have been read, at one with themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ledger.check.registry import check
from ledger.draft import Draft, as_json
from ledger.problems import Place, Problem
from ledger.read import line_in

# Claims in a document that is unknown or was refused are not judged; that is told elsewhere.
CITED_BY_NOBODY: Final = """
SELECT id, path, line FROM draft_claim
WHERE outlets = '[]' AND outlets_nearby = '[]' AND id NOT IN (
    SELECT claim FROM draft_appearance
    WHERE document NOT IN (SELECT value FROM json_each(?))
)
"""

PARAGRAPHS: Final = """
SELECT DISTINCT document, paragraph FROM draft_appearance WHERE paragraph IS NOT NULL
"""

READ_THERE: Final = """
SELECT c.path, c.line FROM draft_appearance a JOIN draft_claim c ON c.id = a.claim
WHERE a.document = ? AND a.paragraph = ?
"""

SELF_DECLARED: Final = """
SELECT d.key, d.other, c.path, c.line
FROM draft_declared d JOIN draft_claim c ON c.id = d.claim WHERE d.claim = d.other
"""

OTHERS_WORD: Final = """
SELECT c.path, c.line, c.claimant, c.origin, e.claimant, e.origin, e.id
FROM draft_claim c JOIN draft_claim e ON e.id = c.supersedes
WHERE ltrim(c.origin, '?') <> ltrim(e.origin, '?')
"""


@check
def uncited_claim(draft: Draft) -> Iterator[Problem]:
    """Nobody is cited for a claim.

    A claim has citations of its own (`cites`) or those of the paragraph it was found in, and the
    outlet of each document that it was read in.
    """
    if not draft.whole:
        return
    for name, path, line in draft.rows(CITED_BY_NOBODY, [as_json(draft.registers.documents)]):
        yield Problem(
            Place(str(path), int(str(line))),
            "uncited-claim",
            f"no outlet is cited for the claim `{name}`",
            "Add `cites`, or the document's `outlet` in documents.yaml.",
        )


@check
def paragraph_unknown(draft: Draft) -> Iterator[Problem]:
    """A claim was found in a paragraph that the document does not have.

    documents.yaml lists the paragraphs of a document, those that cite nobody with an empty
    list. A document without such a list has any paragraph.
    """
    documents = draft.registers.documents
    for document, paragraph in draft.rows(PARAGRAPHS):
        placed = documents.get(str(document))
        paragraphs = placed.record.paragraphs if placed else None
        if paragraphs is None or paragraph in paragraphs:
            continue
        last = f"the last is {max(paragraphs)}" if paragraphs else "its list is empty"
        for path, line in draft.rows(READ_THERE, [document, paragraph]):
            yield Problem(
                line_in(draft.source, Place(str(path), int(str(line))), "found"),
                "paragraph-unknown",
                f"`{document}` lists no paragraph {paragraph}; {last}",
                "Count the non-blank lines from 1, or add the paragraph to documents.yaml.",
            )


@check
def conflict_with_itself(draft: Draft) -> Iterator[Problem]:
    """A claim is declared to conflict, or to be compatible, with itself."""
    for key, other, path, line in draft.rows(SELF_DECLARED):
        place = line_in(draft.source, Place(str(path), int(str(line))), str(key), str(other))
        yield Problem(
            place,
            "conflict-with-itself",
            f"the claim `{other}` names itself under `{key}`",
            "Name the other claim.",
        )


@check
def supersedes_another(draft: Draft) -> Iterator[Problem]:
    """A claim supersedes a claim of somebody else.

    Only whoever said something can replace it by a later word. When another claimant says
    otherwise, that is a conflict, and both stand.
    """
    for path, line, claimant, origin, earlier, first_origin, name in draft.rows(OTHERS_WORD):
        said = [_sayer(draft, claimant, origin), _sayer(draft, earlier, first_origin)]
        if None in said:
            continue
        yield Problem(
            line_in(draft.source, Place(str(path), int(str(line))), "supersedes"),
            "supersedes-another",
            f"{said[0]} cannot supersede `{name}`, which {said[1]} said",
            "Declare a conflict instead, or correct the claimant.",
        )


def _sayer(draft: Draft, claimant: object, origin: object) -> str | None:
    """Return who made a claim, to be shown; None if the document that would tell was refused."""
    if claimant is not None:
        return f"`{claimant}`"
    document = str(origin).removeprefix("document ")
    return f"the document `{document}`" if document in draft.registers.documents else None
