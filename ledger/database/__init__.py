"""Database: the schema, filled from a weighed draft and published in one step."""

from ledger.database.load import load
from ledger.database.publish import heal, publish, serving, written_aside
from ledger.database.schema import SCHEMA_VERSION, Table, tables

__all__ = [
    "SCHEMA_VERSION",
    "Table",
    "heal",
    "load",
    "publish",
    "serving",
    "tables",
    "written_aside",
]
