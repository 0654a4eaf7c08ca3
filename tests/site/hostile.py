"""A ledger whose every free text tries to be something else than text."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path
from typing import Final

TEXTS: Final = (
    '<b id="pwned">bold</b><script>alert(1)</script>',
    "</script><script>alert(2)</script><!-- <script>",
    '" onmouseover="alert(3)" x=\'',
    "' onfocus='alert(4)' autofocus '",
    '=HYPERLINK("http://evil.example", "x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd",
    "+1, then\nanother line",
    "]]> <![CDATA[ & &amp; &lt; &#60; ]]>",
    "100 % of \\textbf{it} } { \\input{/etc/passwd} $x^2$ #1 ~ _ \\",
    "@article{evil, title = {x}}",
    "{{ 7 * 7 }} {% raw %} ${x} #{y} %s %(a)s {0}",
    "\u202egnp.exe\u202c \u2066turned\u2069",
    "هجوم على القرية، ومقتل 300 شخص",
    "W" * 400,
    "javascript:alert(5)",
    "</title></style></textarea></main><img src=x onerror=alert(6)>",
    "null\u2028line\u2029end \U0001f525 e\u0301",
    "<!--",
    "--><svg onload=alert(7)>",
    "?a=b&c=d#e/../%2e%2e%2f%00",
)

URLS: Final = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//http://ok.example",
    "data:text/html,<script>alert(1)</script>",
    "https://ok.example/?q=\"><script>alert(1)</script>&x='",
    "https://ok.example/{}%7B\\textbf~_^",
    "//evil.example/x",
    " https://ok.example",
    "vbscript:msgbox(1)",
)

TEXT_COLUMNS: Final = {
    "outlets": ("name", "kind"),
    "actors": ("name",),
    "countries": ("name",),
    "places": ("name", "precision"),
    "documents": ("title",),
    "dossiers": ("title",),
    "questions": ("asks", "about", "unit"),
    "positions": ("label",),
    "claims": ("text", "hedge", "unit", "quote", "note"),
    "citations": ("title",),
    "conflicts": ("reason", "explanation"),
    "findings": ("says", "signed_by", "because"),
}

URL_COLUMNS: Final = {
    "outlets": ("url",),
    "documents": ("url",),
    "citations": ("url", "archived"),
}


def poison(database: Path) -> None:
    """Put hostile texts and addresses in every place of a database that holds free ones."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for columns, values in ((TEXT_COLUMNS, cycle(TEXTS)), (URL_COLUMNS, cycle(URLS))):
            for table, names in columns.items():
                for name in names:
                    _fill(connection, table, name, values)
        lists = json.dumps([TEXTS[0], TEXTS[4], TEXTS[9]])
        for table, column in (("claims", "topics"), ("dossiers", "topics"), ("outlets", "aliases")):
            connection.execute(f"UPDATE {table} SET {column} = ?", [lists])  # noqa: S608 # as above
        connection.execute("UPDATE claim_topics SET topic = ?", [TEXTS[0]])
        connection.execute("UPDATE question_topics SET topic = ?", [TEXTS[0]])
        connection.execute(
            "UPDATE claims SET retracted_because = ? WHERE retracted_on > ''", [TEXTS[1]]
        )
        connection.execute("UPDATE build SET source_sha256 = ?", ["0" * 64])
        connection.execute("INSERT INTO claims_fts (claims_fts) VALUES ('rebuild')")


def _fill(connection: sqlite3.Connection, table: str, column: str, values: Iterator[str]) -> None:
    info = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", [table])
    keys = ", ".join(name for (name,) in info)
    rows = connection.execute(f"SELECT {keys} FROM {table} ORDER BY {keys}").fetchall()  # noqa: S608 # names above
    pairs = [(next(values), *row) for row in rows]
    marks = ", ".join("?" for _ in keys.split(","))
    sql = f"UPDATE {table} SET {column} = ? WHERE ({keys}) = ({marks})"  # noqa: S608 # names above
    connection.executemany(sql, pairs)
