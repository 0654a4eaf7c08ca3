"""Mending: what Datasette's templates lack, put in as they are read.

For readers who hear a page: Datasette 0.65 names no language and no main part of a page, its
filters have no labels, and its headings skip a level. On 1.0 some of this is there already, and
is left as it is. For all readers: the way back from a page, and files that have all rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jinja2.ext import Extension

if TYPE_CHECKING:
    from jinja2 import Environment

HEADINGS: Final = (("<h3", "<h2"), ("</h3>", "</h2>"))
"""A page's parts stand one level below its title."""

FROM_FIRST: Final = 'href="{{{{ {}|ledger_from_first }}}}"'

NEXT_PAGE: Final = """{% if next_url %}
     <p><a href="{{ next_url }}">Next page</a></p>
{% endif %}"""

TABLE_FILES: Final = """<p class="export-links">\
This data as {% for name, url in renderers.items() %}\
<a href="{{ url }}">{{ name }}</a>{{ ", " if not loop.last }}{% endfor %}{% if display_rows %}, \
<a href="{{ url_csv }}">CSV</a> (<a href="#export">advanced</a>){% endif %}</p>"""

QUERY_FILES: Final = """<p class="export-links">\
This data as {% for name, url in renderers.items() %}\
<a href="{{ url }}">{{ name }}</a>{{ ", " if not loop.last }}{% endfor %}, \
<a href="{{ url_csv }}">CSV</a></p>"""

FILES: Final = '{% if display_rows %}{% include "ledger/_exports.html" %}{% endif %}'

SHAPES: Final = {"_shape=array": "array", "_shape=array&_nl=on": "lines", "_shape=object": "object"}
"""The forms of JSON, as Datasette's page asks for them, and what they are here."""

# What a reader's own SQL finds is bounded, in every form.
JSON_SHAPE: Final = """<p>JSON shape{{ " of this page" if "_where=" in url_csv }}:"""
CSV_OPTIONS: Final = """CSV options\
{{ " of the first {:,} rows".format(ledger_most) if "_where=" in url_csv }}:"""

STREAM: Final = """{% if next_url and settings.allow_csv_stream %}\
<label><input type="checkbox" name="_stream"> stream all rows</label>{% endif %}"""


def _here(mended: str, stock: str) -> str:
    """Return a template's part for the ledger's own tables, and for those of other databases."""
    return f"{{% if ledger_headings %}}{mended}{{% else %}}{stock}{{% endif %}}"


MENDS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "base.html": (
        ("<html>", '<html lang="en">'),
        ("{% block nav %}", '{% include "ledger/_browser_masthead.html" %}{% block nav %}'),
        # The page of an error is given no plugin's style sheets.
        (
            "{% for url in extra_css_urls %}",
            '{% if not extra_css_urls %}<link rel="stylesheet" '
            "href=\"{{ urls.static_plugins('claim-ledger', 'ledger.css') }}\">{% endif %}"
            "{% for url in extra_css_urls %}",
        ),
        # Datasette's style sheet knows the section, which therefore stays.
        ('<section class="content">', '<main><section class="content">'),
        ("</section>\n</div>\n<footer", "</section></main>\n</div>\n<footer"),
    ),
    "index.html": (
        (
            "{% endfor %}\n\n{% endblock %}",
            "{% endfor %}\n<h2>For programs</h2>\n"
            '{% include "ledger/_forms.html" %}\n{% endblock %}',
        ),
    ),
    "table.html": (
        *HEADINGS,
        ('<select name="_filter_column', '<select aria-label="Column" name="_filter_column'),
        ('<select name="_filter_op', '<select aria-label="Comparison" name="_filter_op'),
        (
            '<input type="text" name="_filter_v',
            '<input type="text" aria-label="Value" name="_filter_v',
        ),
        ('<select name="_sort"', '<select aria-label="Sort by" name="_sort"'),
        # What lists other rows begins at their first page.
        ('href="{{ extra_where.remove_url }}"', FROM_FIRST.format("extra_where.remove_url")),
        (NEXT_PAGE, '{% include "ledger/_turning.html" %}'),
        (TABLE_FILES, _here(FILES, TABLE_FILES)),
        ("<p>JSON shape:", JSON_SHAPE),
        ("CSV options:", CSV_OPTIONS),
        # What is exported is all, whichever page it is exported from.
        (
            "{{ renderers['json'] }}\">default</a>",
            "{{ renderers['json']|ledger_from_first }}\">by pages</a>",
        ),
        *(
            (
                f"append_querystring(renderers['json'], '{told}')",
                f"renderers['json']|ledger_whole('{shape}') if ledger_headings "
                f"else append_querystring(renderers['json'], '{told}')",
            )
            for told, shape in SHAPES.items()
        ),
        (STREAM, _here("", STREAM)),
        ("in url_csv_hidden_args %}", "in url_csv_hidden_args if key != '_next' %}"),
    ),
    "database.html": (
        ("<h3>Custom SQL query</h3>", "<h2>Custom SQL query</h2>"),
        ('<textarea id="sql-editor"', '<textarea aria-label="SQL" id="sql-editor"'),
    ),
    "query.html": (
        *HEADINGS,
        (QUERY_FILES, _here(FILES, QUERY_FILES)),
        ('<textarea id="sql-editor"', '<textarea aria-label="SQL" id="sql-editor"'),
    ),
}
"""By template, what is replaced by what."""


class Mended(Extension):
    """Reads Datasette's own templates with the replacements made."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 # Jinja's own
        """Return a template's source, mended if it is one of Datasette's that lack something."""
        for before, after in MENDS.get((name or "").removeprefix("default:"), ()):
            source = source.replace(before, after)
        return source


def mend_templates(env: Environment) -> None:
    """Let an environment read Datasette's templates mended."""
    env.add_extension(Mended)
