"""GeoJSON: where places, dossiers, questions and claims are.

A question is where it says, or else where its dossier is; a claim is where its question is. What
has no place with coordinates is there without a geometry: nothing is put where it is not known to
be.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ledger.reports.rows import rows_of
from ledger.site.answering.addresses import Link, path_of
from ledger.site.formats.form import Form, Listed, json_object
from ledger.things import KINDS

Feature = dict[str, Any]

PLACES: Final = """
SELECT p.id, p.name, p.country, p.precision, json_array(p.id) AS places
FROM json_each(:ids) j JOIN places p ON p.id = j.value ORDER BY j.key
"""

DOSSIERS: Final = """
SELECT d.id, d.title, d.occurred, d.n_questions, d.n_claims, d.topics, d.countries, d.places
FROM json_each(:ids) j JOIN dossiers d ON d.id = j.value ORDER BY j.key
"""

QUESTIONS: Final = """
SELECT q.id, q.asks, q.answer, q.unit, q.state, q.nature, q.n_positions, q.n_claims, q.n_origins,
    q.n_independent, q.n_outlets, q.n_outlets_nearby, q.spread, q.dossier,
    d.title AS dossier_title, coalesce(q.occurred, d.occurred) AS occurred,
    coalesce(q.places, d.places) AS places
FROM json_each(:ids) j JOIN questions q ON q.id = j.value JOIN dossiers d ON d.id = q.dossier
ORDER BY j.key
"""

CLAIMS: Final = """
SELECT c.id, c.text, c.status, c.claimant, a.name AS claimant_name, c.value, c.kind, c.unit,
    c.made, c.n_origins, c.n_independent, c.n_outlets, c.n_outlets_nearby, c.question, c.dossier,
    d.title AS dossier_title, coalesce(q.occurred, d.occurred) AS occurred, c.topics,
    coalesce(q.places, d.places) AS places
FROM json_each(:ids) j JOIN claims c ON c.id = j.value LEFT JOIN actors a ON a.id = c.claimant
LEFT JOIN dossiers d ON d.id = c.dossier LEFT JOIN questions q ON q.id = c.question
ORDER BY j.key
"""

THINGS: Final = {"place": PLACES, "dossier": DOSSIERS, "question": QUESTIONS, "claim": CLAIMS}
"""What is told of things of each kind, with the ids of their places."""

POINTS: Final = """
SELECT p.id, p.longitude, p.latitude FROM json_each(:ids) j JOIN places p ON p.id = j.value
WHERE p.longitude IS NOT NULL AND p.latitude IS NOT NULL
"""


def located(
    connection: sqlite3.Connection, kind: str, ids: Sequence[str], link: Link
) -> list[Feature]:
    """Return the things with some ids as features, in the order of the ids."""
    things = rows_of(connection, THINGS[kind], ids=json.dumps(list(ids)))
    wanted = sorted({place for thing in things for place in _places(thing)})
    rows = rows_of(connection, POINTS, ids=json.dumps(wanted))
    points = {row["id"]: [row["longitude"], row["latitude"]] for row in rows}
    return [_feature(kind, thing, points, link) for thing in things]


def _feature(
    kind: str, thing: Mapping[str, Any], points: Mapping[str, list[float]], link: Link
) -> Feature:
    path = path_of(thing) if kind == "question" else f"{KINDS[kind].path}{thing['id']}"
    properties = {key: value for key, value in thing.items() if value is not None}
    return {
        "type": "Feature",
        "id": thing["id"],
        "geometry": _geometry([points[place] for place in _places(thing) if place in points]),
        "properties": properties | {"page": link(path)},
    }


def _geometry(points: Sequence[list[float]]) -> Feature | None:
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": list(points)}


def _places(thing: Mapping[str, Any]) -> list[str]:
    return list(thing["places"] or [])


def _collection(listed: Listed) -> Iterator[str]:
    """Yield things as a collection that says where it is from and where the rest is."""
    links = [{"rel": "self", "href": listed.here}]
    links += [{"rel": "next", "href": listed.following}] if listed.following else []
    features = (
        feature
        for ids in listed.batches
        for feature in located(listed.connection, listed.kind, ids, listed.link)
    )
    told = {"type": "FeatureCollection", "links": links}
    yield from json_object(told, "features", features, "numberReturned")


GEOJSON: Final = Form(
    "GeoJSON",
    "geojson",
    "application/geo+json",
    "where claims, questions and dossiers are, for maps",
    lists=dict.fromkeys(("claim", "question", "dossier", "place"), _collection),
)
