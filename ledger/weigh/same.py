"""Same: questions that are one and the same, asked in several places, are weighed as one.

An import asks what was asked before; `same_as` says so. Claims on either are compared with each
other, take the same positions, and all of these questions stand alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.draft import Draft

SAME: Final = "SELECT id, same_as FROM draft_question WHERE same_as IS NOT NULL ORDER BY id"

ASK: Final = "UPDATE draft_claim SET asked = ? WHERE question = ?"


def heads_of(draft: Draft) -> dict[str, str]:
    """Return for each question that is the same as another the one that all of them lead to."""
    led = {str(name): str(other) for name, other in draft.rows(SAME)}
    return {name: _head(name, led) for name in led}


def ask_together(draft: Draft, heads: Mapping[str, str]) -> None:
    """Let the claims on questions that are the same answer the one they lead to."""
    draft.finish()
    draft.connection.executemany(ASK, ((head, name) for name, head in heads.items()))


def _head(name: str, led: Mapping[str, str]) -> str:
    seen = {name}
    while (name := led.get(name, name)) in led and name not in seen:
        seen.add(name)
    return name
