"""Safety: text of the ledger inside other languages, where no sign of it may act."""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import urlsplit

from markupsafe import Markup

# What XML 1.0 has no way to write.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Control signs, and those that turn the direction of what follows them.
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")

_ENDS_SCRIPT: Final = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

_TEX: Final = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
    "|": r"{\textbar}",
    '"': r"{\textquotedbl}",
} | {sign: f"\\{sign}" for sign in "$&#_%"}


def web_address(url: str | None) -> str | None:
    """Return an address that a link may lead to; None for one that is not of the web."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    plain = url == _UNSEEN.sub("", url or "") and not re.search(r"\s", url or "")
    return url if plain and parts.scheme in {"http", "https"} and parts.netloc else None


def one_line(text: object) -> str:
    """Return a text on one line, without signs that nobody sees."""
    return " ".join(_UNSEEN.sub(" ", str(text)).split())


def xml_text(text: object) -> str:
    """Return a text without what XML cannot hold; < and & are left to whoever writes the XML."""
    return _NOT_XML.sub("", str(text))


def tex(text: object) -> str:
    """Return a text for a field of BibTeX: no sign of it is TeX's, and its braces balance."""
    return "".join(_TEX.get(sign, sign) for sign in one_line(text))


def script_json(data: Any) -> Markup:  # noqa: ANN401 # anything that JSON can hold
    """Return JSON that can stand in a script element: nothing in it ends the element."""
    text = json.dumps(data, ensure_ascii=False)
    for sign, escaped in _ENDS_SCRIPT.items():  # many times as fast as a table of translations
        text = text.replace(sign, escaped)
    return Markup(text)  # noqa: S704 # just made safe
