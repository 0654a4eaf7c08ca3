"""Reading a page as a reader does: its words, its headings, its links."""

from __future__ import annotations

from typing import Any, Final

import lxml.html

APART: Final = frozenset(
    {"p", "li", "ul", "ol", "dt", "dd", "td", "th", "tr", "h1", "h2", "h3", "summary", "caption"}
)
"""Elements whose words stand apart from those around them."""


class Read:
    """A page, or a part of it, with its words on one line."""

    def __init__(self, page: str, id_: str = "") -> None:
        root = lxml.html.fromstring(page)
        for element in root.iter(*APART):
            element.tail = f" {element.tail or ''}"
            element.text = f" {element.text or ''}"
        # A section is found by the id of its heading.
        found = root.xpath("//*[@aria-labelledby=$id] | //*[@id=$id]", id=id_) if id_ else [root]
        self.element = found[0] if found else lxml.html.fromstring("<p></p>")
        self.words = _on_one_line(self.element)
        self.links = [str(link) for link in self.element.xpath(".//a/@href")]
        self.headings = [_on_one_line(heading) for heading in root.xpath("//h1")]

    def said(self, path: str) -> list[str]:
        """Return the words of what an XPath finds."""
        return [_on_one_line(one) for one in self.element.xpath(path)]


def _on_one_line(element: Any) -> str:  # noqa: ANN401 # lxml has no types
    return " ".join(element.text_content().split())
