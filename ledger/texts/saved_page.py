"""A saved HTML page as lines of plain text: what a reader sees, without menus and scripts."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from ledger.problems import LedgerError


def _tags(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Each of these begins a line and ends one.
_BLOCKS: Final = _tags(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol option p pre search section summary table tbody tfoot thead tr ul"
)
_CELLS: Final = frozenset({"td", "th"})
# What stands in these is not text of the document.
_UNSEEN: Final = _tags(
    "button canvas datalist head iframe math nav noscript object script select style svg "
    "template textarea video audio"
)
_VOID: Final = _tags("area base br col embed hr img input link meta param source track wbr")
# The end of these may be left out, and the beginning of the next one of the set ends it.
_ENDED_BY_THE_NEXT: Final = {
    "p": frozenset({"p"}),
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr"}),
}
_PAGE: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_WHOLES: Final = ("main", "article")
"""What holds the text of a page, if the page has just one."""

_NOTE_MARK: Final = re.compile(r"\[?([0-9]{1,3}|[a-z]{1,7}|[*†‡])\]?")
_FIRST: Final = 2_048
"""In how many bytes from its beginning a page must say how it is encoded."""


def is_page(raw: bytes, suffix: str) -> bool:
    """Return whether a file is an HTML page, by its ending or by how it begins."""
    return suffix.lower() in {".html", ".htm", ".xhtml"} or (
        _PAGE.match(raw.removeprefix(codecs.BOM_UTF8)[:_FIRST]) is not None
    )


def lines_of_page(raw: bytes, name: str) -> list[str]:
    """Return the lines of a page that are not blank, in the order of reading.

    Only its <main> is read, if it has one, or else its only <article>. A mark that links to a
    note is put in brackets, and so before the note itself. Raises LedgerError, naming the page,
    if it says to be encoded as nothing known.
    """
    reader = _PageReader()
    reader.feed(_decoded(raw, name))
    reader.close()
    return reader.lines()


def _decoded(raw: bytes, name: str) -> str:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    told = _CHARSET.search(raw[:_FIRST])
    if told is None:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return raw.decode("windows-1252", errors="replace")
    charset = told[1].decode("ascii").lower()
    # Browsers read these two as the larger set that contains them, and pages rely on it.
    charset = "windows-1252" if charset in {"iso-8859-1", "us-ascii"} else charset
    try:
        return raw.decode(charset, errors="replace")
    except LookupError as error:
        message = f"{name} says that it is encoded as {charset}, which is not known"
        raise LedgerError(message) from error


@dataclass(slots=True)
class _Line:
    """A line in the making: its text, what it stands in, and the ids that begin in it."""

    inside: frozenset[str]
    text: str = ""
    ids: list[str] = field(default_factory=list)


class _PageReader(HTMLParser):
    """Gathers a page's lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._lines: list[_Line] = []
        self._line = _Line(frozenset())
        self._raised: _Line | None = None
        self._target = ""
        self._hidden: int | None = None
        self._marks: dict[str, str] = {}
        self._count = dict.fromkeys(_WHOLES, 0)
        self._depth = dict.fromkeys(_WHOLES, 0)

    def lines(self) -> list[str]:
        """Return the lines gathered, each with the mark of the note that it is."""
        self._end_line()
        whole = next((tag for tag, times in self._count.items() if times == 1), None)
        lines = [line for line in self._lines if whole is None or whole in line.inside]
        return [text for line in lines if (text := self._with_mark(line))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        given = dict(attrs)
        self._end_unended(tag)
        if tag == "br" or tag in _BLOCKS:
            self._end_line()
        if tag in _CELLS:
            self._line.text += " "
        if name := given.get("id"):
            self._line.ids.append(name)
        if tag in _VOID:
            return
        self._open.append(tag)
        if self._hidden is None and (tag in _UNSEEN or "hidden" in given):
            self._hidden = len(self._open)
        if tag in self._count:
            self._count[tag] += 1
            self._depth[tag] += 1
        if tag == "sup":
            self._raised, self._target = _Line(frozenset()), ""
        link = given.get("href") or ""
        if tag == "a" and link.startswith("#"):
            self._target = link[1:]
        if tag in _BLOCKS:
            self._line.inside = self._inside()

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those inside it whose end was left out."""
        if tag not in self._open:
            return
        ended = ""
        while ended != tag:
            ended = self._open.pop()
            if ended in self._depth:
                self._depth[ended] -= 1
        if self._hidden is not None and len(self._open) < self._hidden:
            self._hidden = None
        if tag == "sup":
            self._end_raised()
        if tag in _BLOCKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        """Add text to the line, or lines where the page keeps them as they are written."""
        if self._hidden is not None:
            return
        if self._raised is not None:
            self._raised.text += data
        elif "pre" in self._open:
            first, *others = data.splitlines() or [""]
            self._line.text += first
            for other in others:
                self._end_line()
                self._line.text = other
        else:
            self._line.text += data

    def _end_unended(self, tag: str) -> None:
        ended = _ENDED_BY_THE_NEXT.get(tag, frozenset())
        if tag in _BLOCKS and self._open and self._open[-1] == "p":
            ended |= {"p"}
        if self._open and self._open[-1] in ended:
            self.handle_endtag(self._open[-1])

    def _end_line(self) -> None:
        if self._raised is not None:
            self._end_raised()
        self._line.text = _SPACE.sub(" ", self._line.text).strip()
        if self._line.text:
            self._lines.append(self._line)
            self._line = _Line(self._inside())
        else:
            self._line.inside = self._inside()

    def _inside(self) -> frozenset[str]:
        return frozenset(tag for tag, depth in self._depth.items() if depth)

    def _end_raised(self) -> None:
        """Add raised text to the line: in brackets if it is a mark that links to a note."""
        raised, self._raised = self._raised, None
        text = raised.text.strip() if raised else ""
        mark = _NOTE_MARK.fullmatch(text)
        if mark and self._target:
            self._marks.setdefault(self._target, mark[1])
            text = f"[{mark[1]}]"
        self._line.text += text

    def _with_mark(self, line: _Line) -> str:
        """Return a line's text, with the mark that links to it in front."""
        mark = next((self._marks[name] for name in line.ids if name in self._marks), None)
        text = line.text.removesuffix("↩").strip()
        if mark is None or text.startswith(f"[{mark}]"):
            return text
        numbered = re.match(rf"{re.escape(mark)}[.)]?\s", text)
        return f"[{mark}] {text[numbered.end() :] if numbered else text}".strip()
