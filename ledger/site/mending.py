"""Mending: what Datasette's templates lack for readers who hear a page, put in as they are read.

Datasette 0.65 names no language and no main part of a page, its filters have no labels, and its
headings skip a level. On 1.0 some of this is there already, and is left as it is.
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
    ),
    "database.html": (
        ("<h3>Custom SQL query</h3>", "<h2>Custom SQL query</h2>"),
        ('<textarea id="sql-editor"', '<textarea aria-label="SQL" id="sql-editor"'),
    ),
    "query.html": (
        *HEADINGS,
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
