"""Citations: how a claim of the ledger is cited, as text, as BibTeX and as CSL-JSON.

What is cited is the claim as the ledger has it: its claimant is the author, its address and the
hash of the ledger's files say which record of which state is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ledger.site.answering.addresses import Link
from ledger.site.answering.days import csl_date
from ledger.site.answering.safety import one_line, tex
from ledger.site.answering.words import counted
from ledger.site.formats.entries import entries_in, entry_of
from ledger.site.formats.form import Form, Listed, Thing, as_json, json_list
from ledger.site.formats.jsonld import NAME
from ledger.values.date import date_in_words
from ledger.words import place_in_words

HASH: Final = 12
"""How many signs of the ledger's hash name its state."""

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The months as every style of BibTeX knows them."""


def cite_text(entry: Mapping[str, Any], link: Link) -> str:
    """Return how a claim is cited in a text, on one line."""
    made = f"({date_in_words(entry['made'])})" if entry["made"] else ""
    said = " ".join(part for part in (entry["claimant_name"], made) if part)
    where = f"{NAME}{_dossier(entry)}, claim {entry['id']} ({entry['status']})"
    parts = [
        f"{said + ': ' if said else ''}“{entry['text']}” In: {where}",
        *_read_in(entry),
        link(f"/claims/{entry['id']}"),
        _state(entry),
    ]
    return one_line(". ".join(parts) + ".")


def cite_bibtex(entry: Mapping[str, Any], link: Link) -> str:
    """Return how a claim is cited in BibTeX: one entry, its text inert in LaTeX."""
    date = csl_date(entry["made"]) or {}
    parts = date.get("date-parts", [[]])[0]
    month = MONTHS[parts[1] - 1] if len(parts) > 1 else None
    fields = {
        "author": f"{{{{{tex(entry['claimant_name'])}}}}}" if entry["claimant_name"] else None,
        "title": f"{{{{{tex(entry['text'])}}}}}",
        "year": f"{{{parts[0]}}}" if parts else None,
        "month": month,
        "howpublished": f"{{{tex(NAME + _dossier(entry))}}}",
        "note": f"{{{tex('. '.join(_notes(entry)))}}}",
        "url": f"{{{link('/claims/' + entry['id'])}}}",
    }
    lines = [f"  {name} = {value},\n" for name, value in fields.items() if value]
    return f"@misc{{{entry['id']},\n{''.join(lines)}}}\n"


def cite_csl(entry: Mapping[str, Any], link: Link) -> dict[str, Any]:
    """Return how a claim is cited in CSL-JSON: one item."""
    claimant = one_line(entry["claimant_name"] or "")
    item = {
        "id": entry["id"],
        "type": "entry",
        "title": one_line(entry["text"]),
        "author": [{"literal": claimant}] if claimant else None,
        "issued": csl_date(entry["made"]),
        "container-title": NAME + one_line(_dossier(entry)),
        "URL": link(f"/claims/{entry['id']}"),
        "keyword": ", ".join(entry["topics"]),
        "note": one_line(". ".join(_notes(entry))),
        "language": "en",
    }
    return {key: value for key, value in item.items() if value}


def _dossier(entry: Mapping[str, Any]) -> str:
    return f", “{entry['dossier_title']}”" if entry["dossier_title"] else ""


def _notes(entry: Mapping[str, Any]) -> list[str]:
    return [f"Status: {entry['status']}", *_read_in(entry), *_carriers(entry), _state(entry)]


def _read_in(entry: Mapping[str, Any]) -> list[str]:
    places = [
        place_in_words(f"“{place['title']}”", place["paragraph"], place["locator"])
        for place in entry["found"]
    ]
    return [f"Read in {'; '.join(places)}"] if places else []


def _carriers(entry: Mapping[str, Any]) -> list[str]:
    """Return which outlets are known to carry a claim, and which of them say that it is wrong.

    Those that only stand at its paragraphs are not told: for what they are cited is not known.
    """
    disputing = {one["outlet_name"] for one in entry["cited"] if one["stance"] == "disputes"}
    names = dict.fromkeys(one["outlet_name"] for one in entry["cited"])
    told = [f"{name} (disputes it)" if name in disputing else name for name in names]
    return [f"Carried by {'; '.join(told)}"] if told else []


def _state(entry: Mapping[str, Any]) -> str:
    return f"State of the ledger: {entry['ledger_hash'][:HASH]}"


def _bibtex_list(listed: Listed) -> Iterator[str]:
    """Yield claims in BibTeX, with comments that say what they are and how many."""
    yield _comment(f"Claims of {listed.here}")
    if listed.following:
        yield _comment(f"The following claims: {listed.following}")
    n_claims = 0
    for entry in entries_in(listed):
        n_claims += 1
        yield "\n" + cite_bibtex(entry, listed.link)
    yield "\n" + _comment(f"These are {counted(n_claims, 'claim')}.")


def _comment(text: str) -> str:
    # A percent sign begins a comment for people; BibTeX skips all outside of entries but @.
    return f"% {one_line(text).replace('@', '%40')}\n"


def _csl_list(listed: Listed) -> Iterator[str]:
    """Return claims in CSL-JSON, a list, which has no room to say where the rest is."""
    return json_list(cite_csl(entry, listed.link) for entry in entries_in(listed))


BIBTEX: Final = Form(
    "BibTeX",
    "bib",
    "application/x-bibtex",
    "citations of claims, for LaTeX and citation managers",
    things={"claim": Thing(entry_of, cite_bibtex)},
    lists={"claim": _bibtex_list},
    shown=True,
)

CSL: Final = Form(
    "CSL-JSON",
    "csl.json",
    "application/vnd.citationstyles.csl+json",
    "citations of claims, for Zotero, Pandoc and other citation managers",
    things={"claim": Thing(entry_of, lambda entry, link: as_json([cite_csl(entry, link)]))},
    lists={"claim": _csl_list},
    shown=True,
)

TEXT: Final = Form(
    "Text",
    "txt",
    "text/plain",
    "the citation of a claim on one line",
    things={"claim": Thing(entry_of, lambda entry, link: cite_text(entry, link) + "\n")},
)
