"""JSON-LD: claims and disputes in the words of schema.org, for search engines and graphs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from ledger.reports.rows import Facts, rows_of
from ledger.site.answering.addresses import Link, path_of
from ledger.site.answering.days import iso_date
from ledger.site.answering.safety import script_json
from ledger.site.formats.entries import entries_in, entry_of, headline
from ledger.site.formats.form import Form, Listed, Thing, as_json, json_object
from ledger.values.kind import with_unit
from ledger.words import SCOPES, part_in_words, place_in_words

Node = dict[str, Any]

NAME: Final = "claim-ledger"
"""What the ledger is called in citations."""

CONTEXT: Final = "https://schema.org"

DISAGREES: Final = "http://purl.org/spar/cito/disagreesWith"
"""schema.org has no word for a claim that contradicts another; the citation ontology has."""

PERSONS: Final = frozenset({"person", "official"})
"""The kinds of actors that are one human being, or an office held by one."""

QUESTION: Final = """
SELECT q.id, q.asks, q.about, q.unit, q.state FROM json_each(:ids) j
JOIN questions q ON q.id = j.value ORDER BY j.key
"""

POSITIONS: Final = """
SELECT p.question, p.label FROM json_each(:ids) j
JOIN positions p ON p.question = j.value ORDER BY j.key, p.number
"""

FINDINGS: Final = """
SELECT f.* FROM json_each(:ids) j JOIN findings f ON f.question = j.value
"""


def claim_node(entry: Mapping[str, Any], link: Link) -> Node:
    """Return a claim, an entry of `entries_of`, as a schema.org Claim.

    It cites its own reports and the documents that it was read in. The outlets that a paragraph
    cites are what that paragraph, where it appears, mentions: they need not say it. Where its
    question has a finding, the finding stands in it as a ClaimReview; it has no rating, for the
    ledger gives none.
    """
    address = link(f"/claims/{entry['id']}")
    return _told(
        {
            "@type": "Claim",
            "@id": address,
            "url": address,
            "identifier": entry["id"],
            "name": headline(entry),
            "text": entry["text"],
            "author": _author(entry, link),
            "datePublished": iso_date(entry["made"]),
            "temporalCoverage": iso_date(entry["as_of"]),
            "creativeWorkStatus": entry["status"],
            "keywords": entry["topics"],
            "spatialCoverage": [{"@type": "Country", "identifier": c} for c in entry["countries"]],
            "about": _question(entry, link),
            "appearance": [_appearance(place, entry, link) for place in entry["found"]],
            "citation": [_citation(cited, link) for cited in entry["cited"]],
            "isBasedOn": _refer(entry["bases"], link),
            DISAGREES: _refer(entry["contradicts"], link),
            "review": [_review(finding, entry, link) for finding in entry["findings"]],
            "isPartOf": ledger_node(link),
        }
    )


def ledger_node(link: Link) -> Node:
    """Return the ledger as a schema.org Dataset."""
    return {"@type": "Dataset", "@id": link("/"), "name": NAME, "url": link("/")}


def question_node(
    question: Mapping[str, Any],
    positions: Sequence[Mapping[str, Any]],
    findings: Sequence[Mapping[str, Any]],
    link: Link,
) -> Node:
    """Return a question as a page about a schema.org Question, its positions as answers to it.

    No answer is the accepted one; a finding is a review. Positions may have their `claims`.
    """
    address = link(path_of(question))
    claims = [claim for position in positions for claim in position.get("claims", ())]
    asked = {
        "@type": "Question",
        "@id": f"{address}#question",
        "name": question["asks"],
        "text": question["about"] or question["asks"],
        "answerCount": len(positions),
        "suggestedAnswer": [_answer(position, question["unit"]) for position in positions],
        "review": [_judgement(finding) for finding in findings],
    }
    return _told(
        {
            "@type": "WebPage",
            "@id": address,
            "url": address,
            "name": question["asks"],
            "mainEntity": _told(asked),
            "hasPart": [_brief_claim(claim, link) for claim in claims],
            "isPartOf": ledger_node(link),
        }
    )


def question_of(entry: Mapping[str, Any]) -> Node:
    """Return the question of a claim, an entry of `entries_of`, as far as its address needs it."""
    return {"id": entry["question"], "state": entry["question_state"]}


def document_of(node: Node) -> Node:
    """Return a JSON-LD document that has one node."""
    return {"@context": CONTEXT, **node}


def claim_jsonld(entry: Mapping[str, Any], link: Link) -> Markup:
    """Return a claim's JSON-LD, to stand in a script element."""
    return script_json(document_of(claim_node(entry, link)))


def question_jsonld(
    question: Mapping[str, Any],
    positions: Sequence[Mapping[str, Any]],
    findings: Sequence[Mapping[str, Any]],
    link: Link,
) -> Markup:
    """Return a question's JSON-LD, to stand in a script element."""
    return script_json(document_of(question_node(question, positions, findings, link)))


def _author(entry: Mapping[str, Any], link: Link) -> Node | None:
    if not entry["claimant"]:
        return None
    kind = "Person" if entry["claimant_kind"] in PERSONS else "Organization"
    address = link(f"/actors/{entry['claimant']}")
    return {"@type": kind, "@id": address, "name": entry["claimant_name"], "url": address}


def _question(entry: Mapping[str, Any], link: Link) -> Node | None:
    if not entry["question"]:
        return None
    address = link(path_of(question_of(entry)))
    return {"@type": "Question", "@id": f"{address}#question", "name": entry["asks"]}


def _appearance(place: Mapping[str, Any], entry: Mapping[str, Any], link: Link) -> Node:
    document = link(f"/documents/{place['document']}")
    whole = {
        "@type": "CreativeWork",
        "@id": document,
        "name": place["title"],
        "url": place["url"] or document,
        "datePublished": iso_date(place["published"]),
        "publisher": _organization(place["outlet_name"]),
    }
    paragraph, locator = place["paragraph"], place["locator"]
    if paragraph is None and locator is None:
        return _told(whole)
    # What is no paragraph is no part of the document's page either.
    address = {} if paragraph is None else {"@id": f"{document}#paragraph-{paragraph}"}
    where = place["document"], paragraph
    return _told(
        {
            "@type": "CreativeWork",
            **address,
            "name": place_in_words(place["title"], paragraph, locator),
            "position": part_in_words(locator) if paragraph is None else paragraph,
            "mentions": [
                _outlet(one, link)
                for one in entry["nearby"]
                if (one["document"], one["paragraph"]) == where
            ],
            "isPartOf": _told(whole),
        }
    )


def _citation(cited: Mapping[str, Any], link: Link) -> Node:
    document = link(f"/documents/{cited['document']}") if cited["document"] else None
    return _told(
        {
            "@type": "CreativeWork",
            "@id": document,
            "name": cited["title"],
            "url": cited["url"] or document,
            "archivedAt": cited["archived"],
            "datePublished": iso_date(cited["published"]),
            "description": f"{SCOPES[cited['scope']]}; {cited['stance']} it",
            "publisher": _outlet(cited, link),
        }
    )


def _review(finding: Mapping[str, Any], entry: Mapping[str, Any], link: Link) -> Node:
    address = f"{link(path_of(question_of(entry)))}#finding"
    reviewed = {"@type": "ClaimReview", "@id": address, "url": address}
    return {**_judgement(finding), **reviewed, "claimReviewed": entry["text"]}


def _judgement(finding: Mapping[str, Any]) -> Node:
    return _told(
        {
            "@type": "Review",
            "author": {"@type": "Person", "name": finding["signed_by"]},
            "datePublished": iso_date(finding["signed_on"]),
            "reviewBody": f"{finding['says']} {finding['because']}",
        }
    )


def _brief_claim(claim: Mapping[str, Any], link: Link) -> Node:
    address = link(f"/claims/{claim['id']}")
    return {"@type": "Claim", "@id": address, "url": address, "name": claim["text"]}


def _outlet(cited: Mapping[str, Any], link: Link) -> Node:
    named = _organization(cited["outlet_name"]) or {}
    return {**named, "@id": link(f"/outlets/{cited['outlet']}")}


def _organization(name: str | None) -> Node | None:
    return {"@type": "Organization", "name": name} if name else None


def _refer(ids: Sequence[str], link: Link) -> list[Node]:
    return [{"@id": link(f"/claims/{one}")} for one in ids]


def _answer(position: Mapping[str, Any], unit: str | None) -> Node:
    return {"@type": "Answer", "text": with_unit(position["label"], unit)}


def _told(node: Node) -> Node:
    """Return a node without what is not known."""
    return {key: value for key, value in node.items() if value not in (None, [], {})}


def _claims_in(listed: Listed) -> Iterator[Node]:
    return (claim_node(entry, listed.link) for entry in entries_in(listed))


def _questions_in(listed: Listed) -> Iterator[Node]:
    for ids in listed.batches:
        asked = json.dumps(list(ids))
        positions = _by_question(rows_of(listed.connection, POSITIONS, ids=asked))
        findings = _by_question(rows_of(listed.connection, FINDINGS, ids=asked))
        for one in rows_of(listed.connection, QUESTION, ids=asked):
            told = positions.get(one["id"], []), findings.get(one["id"], [])
            yield question_node(one, *told, listed.link)


def _by_question(rows: Iterable[Facts]) -> dict[str, list[Facts]]:
    found: dict[str, list[Facts]] = {}
    for row in rows:
        found.setdefault(row["question"], []).append(row)
    return found


def _collecting(nodes: Callable[[Listed], Iterator[Node]]) -> Callable[[Listed], Iterator[str]]:
    """Return what yields a list as a schema.org Collection, which says where the rest is."""

    def collection(listed: Listed) -> Iterator[str]:
        told = document_of({"@type": "Collection", "url": listed.here})
        told |= {"relatedLink": listed.following} if listed.following else {}
        return json_object(told, "hasPart", nodes(listed), "collectionSize")

    return collection


JSON_LD: Final = Form(
    "JSON-LD",
    "jsonld",
    "application/ld+json",
    "claims and questions in the words of schema.org, for search engines and graphs",
    things={
        "claim": Thing(entry_of, lambda entry, link: as_json(document_of(claim_node(entry, link))))
    },
    lists={"claim": _collecting(_claims_in), "question": _collecting(_questions_in)},
)
