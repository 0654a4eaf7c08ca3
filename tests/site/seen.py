"""Own pages as their readers meet them: texts, headings, links and what a policy forbids."""

from __future__ import annotations

from typing import Final

import lxml.html

KEPT_OUT: Final = ("//*[@style]", "//style", "//script[not(@type='application/ld+json')]")
"""What the pages' own policy forbids."""


class Seen:
    """A page that is being read."""

    def __init__(self, text: str) -> None:
        self.root = lxml.html.document_fromstring(text)

    def words(self, path: str = "//body") -> str:
        """Return the text below the first element on a path, its white space plain."""
        return " ".join(self.root.xpath(path)[0].text_content().split())

    def all(self, path: str) -> list[str]:
        """Return the text of every element on a path."""
        return [" ".join(one.text_content().split()) for one in self.root.xpath(path)]

    def links(self) -> list[str]:
        """Return where the page leads to."""
        return [str(one) for one in self.root.xpath("//a/@href")]

    def section(self, name: str) -> str:
        """Return the text of the section whose heading has an id."""
        return self.words(f"//*[@id='{name}']/..")

    def forbidden(self) -> list[str]:
        """Return the elements that a browser would not let act."""
        acting = [one for path in KEPT_OUT for one in self.root.xpath(path)]
        handlers = self.root.xpath("//@*[starts-with(name(), 'on')]")
        return [*(str(one.tag) for one in acting), *map(str, handlers)]
