"""The kinds of page that the site has, and where to find one of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Ledger = Literal["shipped", "hard"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: in which ledger, and its address or the query that finds one first."""

    ledger: Ledger
    where: str
    status: int = 200


SHIPPED: Final = {
    "home": "/",
    "disputes": "/disputes",
    "disputes-narrowed": "/disputes?_country=ML&sort=support",
    "dispute-moura": "/disputes/moura-deaths",
    "dispute-quantity": "SELECT '/disputes/' || id FROM disputes WHERE answer = 'quantity'",
    "dispute-date": "SELECT '/disputes/' || id FROM disputes WHERE answer = 'date'",
    "dispute-actor": "SELECT '/disputes/' || id FROM disputes WHERE answer = 'actor'",
    "dispute-choice": "SELECT '/disputes/' || id FROM disputes WHERE answer = 'choice'",
    "dispute-yes-no": "SELECT '/disputes/' || id FROM disputes WHERE answer = 'yes-no'",
    "dispute-text": "SELECT '/disputes/' || id FROM disputes WHERE answer = 'text'",
    "dispute-karma": "/disputes/karma-perpetrators",
    "dispute-elsewhere": "/disputes/moura-civilians",
    "dispute-retelling": "SELECT '/disputes/' || id FROM disputes WHERE nature = 'retelling'",
    "dispute-itself": "SELECT '/disputes/' || id FROM disputes WHERE nature = 'itself'",
    "disputes-of-a-kind": "/disputes?nature=itself",
    "claim-altered": "SELECT '/claims/' || claim FROM claim_bases WHERE altered",
    "question-agreed": "SELECT '/questions/' || id FROM questions WHERE state = 'agreed'",
    "question-single": "SELECT '/questions/' || id FROM questions WHERE state = 'single origin'",
    "claim-contested": "SELECT '/claims/' || id FROM claims ORDER BY n_conflicts DESC, id",
    "claim-corroborated": "SELECT '/claims/' || id FROM claims WHERE status = 'corroborated'",
    "claim-single": "SELECT '/claims/' || id FROM claims WHERE status = 'single origin'",
    "outlet": "SELECT '/outlets/' || outlet FROM citations GROUP BY 1 ORDER BY abs(count(*) - 25)",
    "actor": "SELECT '/actors/' || claimant FROM claims GROUP BY 1 ORDER BY abs(count(*) - 15), 1",
    "dossier": "SELECT '/dossiers/' || dossier FROM claims GROUP BY 1 ORDER BY abs(count(*) - 20)",
    "document": "SELECT '/documents/' || document FROM appearances GROUP BY 1 ORDER BY count(*), 1",
    "place": "SELECT '/places/' || id FROM places WHERE latitude IS NOT NULL ORDER BY id",
    "search": "/search?q=Goita",
    "search-none": "/search?q=qwertzuiop",
    "search-empty": "/search",
    "about": "/about",
    "data": "/data",
    "card": "/disputes/moura-deaths/card",
}
"""Own pages of the shipped ledger."""

HARD: Final = {
    "hard-home": "/",
    "hard-disputes": "/disputes",
    "hard-dispute-quantity": "/disputes/hard-grain",
    "hard-dispute-date": "/disputes/hard-began",
    "dispute-place": "/disputes/hard-spot",
    "hard-dispute-text": "/disputes/hard-said",
    "hard-dispute-card": "/disputes/hard-grain/card",
    "dispute-finding": "/disputes/deaths",
    "hard-claim": "/claims/hard-grain-one",
    "claim-superseded": "/claims/deaths-first",
    "claim-revised": "/claims/deaths-revised",
    "claim-retracted": "/claims/deaths-withdrawn",
    "hard-outlet": "/outlets/sharp",
    "hard-actor": "/actors/long",
    "hard-dossier": "/dossiers/harvest",
    "hard-document": "/documents/letter",
    "hard-place": "/places/camp",
    "hard-search": "/search?q=script",
}
"""Own pages of the hard ledger."""

STOCK: Final = {
    "data-browser": "/ledger",
    "claims-table": "/ledger/claims",
    "claims-narrowed": "/ledger/claims?status=contested&_country=ML",
    "question-row": "/ledger/questions/moura-deaths",
    "claim-row": "SELECT '/ledger/claims/' || id FROM claims ORDER BY n_conflicts DESC, id",
}
"""Pages of the data browser, which are Datasette's with templates of ours in them."""

OWN: Final = (
    {name: Kind("shipped", where) for name, where in SHIPPED.items()}
    | {name: Kind("hard", where) for name, where in HARD.items()}
    | {
        "missing-claim": Kind("shipped", "/claims/there-is-no-such-claim", 404),
        "missing-page": Kind("shipped", "/there/is/no/such/page", 404),
    }
)
"""Every kind of own page, by name, and pages that are not there."""

PAGES: Final = {
    name: OWN[name]
    for name in (
        *("home", "disputes", "dispute-moura", "dispute-finding", "question-agreed"),
        *("claim-contested", "outlet", "actor", "dossier", "document", "place"),
        *("search", "search-none", "about"),
    )
}
"""One page of each template, for what depends on nothing else."""

KINDS: Final = OWN | {name: Kind("shipped", where) for name, where in STOCK.items()}
"""Every kind of page."""
