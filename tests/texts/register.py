"""A small register of outlets, full of look-alikes, for the tests of texts."""

from __future__ import annotations

from typing import Final

from ledger.records import Outlet
from ledger.texts.resolve import Names

OUTLETS: Final[dict[str, Outlet]] = {
    "national": Outlet(name="National"),
    "national-interest": Outlet(name="The National Interest", aliases=("National Interest",)),
    "australian-national-security": Outlet(name="Australian National Security"),
    "times": Outlet(name="Times"),
    "new-york-times": Outlet(name="The New York Times"),
    "united-nations": Outlet(name="United Nations"),
    "un-minusma": Outlet(name="U.N. MINUSMA"),
    "un-security-council": Outlet(name="U.N. Security Council"),
    "reuters": Outlet(name="Reuters"),
    "afp": Outlet(name="Agence France-Presse", aliases=("AFP",)),
    "defence": Outlet(name="Ministère de la Défense"),
    "us-news": Outlet(name="U.S. News & World Report", aliases=("U.S. News",)),
    "institute": Outlet(name="Institute for Peace, War and Weather"),
    "aggregator": Outlet(name="Coastal news aggregator (unnamed)"),
}

NAMES: Final = Names(OUTLETS)
