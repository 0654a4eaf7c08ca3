"""The same data written as YAML in many ways: people indent, quote and comment as they like."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from ledger.read.yaml_file import Data

WORDS: Final = (
    *("a", "yes", "~300", "500+", ">300", "null", "", "0555", "10:30", "2022-03-27", "=", "<<"),
    *("a: b", "# no", "x #y", "'q'", '"d"', "it's", "c:", ": c", "x:y", "http://a.b/c#d"),
    *("- dash", "-", "?", "? q", "[x]", "{y}", "a,b", "&anc", "*ali", "!tag", "|", "%x", "@y"),
    *("`z`", "---", "...", "\\back", "tab\there", "two\nlines", "trail ", "  lead", "x\n"),
    *("\n", "\n\nx\n\n", "a b c d e f g " * 9 + "h", "“q”", "a\u00a0b", "é", "漢字", "שלום"),
    *("مرحبا بكم", "😀 grin", "e\u0301", "\u200f"),
)

KEYS: Final = (
    "id",
    "text",
    "note",
    "k1",
    "k2",
    "zz",
    "a b",
    "é",
    "q:x",
    "#k",
    "'k",
    "-",
    "y",
    "😀",
)

_PLAIN: Final = re.compile(r"[^\W_](?:[^\x00-\x1f\x7f-\xa0#:,\[\]{}]*[^\s#:,\[\]{}])?")
_ONE_LINE: Final = re.compile(r"[^\x00-\x1f\x7f-\xa0\u200f]*")
_IN_LINES: Final = re.compile(r"[^\s\x00-\x1f\x7f-\xa0][^\x00-\x09\x0b-\x1f\x7f-\xa0]*")


def draw_data(rng: Random, depth: int = 0) -> Data:
    """Return a text, a list or a mapping."""
    turn = rng.random()
    if depth > 3 or turn < 0.55:
        return rng.choice(WORDS)
    if turn < 0.75:
        return [draw_data(rng, depth + 1) for _ in range(rng.randint(0, 3))]
    return draw_mapping(rng, depth + 1)


def draw_mapping(rng: Random, depth: int = 0) -> dict[str, Data]:
    """Return a mapping."""
    return {rng.choice(KEYS): draw_data(rng, depth + 1) for _ in range(rng.randint(0, 4))}


class Layout:
    """One way of writing data, drawn as it is written."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.line_break = "\r\n" if rng.random() > 0.8 else "\n"
        self.anchors = 0

    def text(self, data: dict[str, Data]) -> str:
        """Return data as a YAML text."""
        rng = self.rng
        lines = ["# head", ""] if rng.random() > 0.7 else []
        lines += ["---"] if rng.random() > 0.85 else []
        if data:
            flow = rng.random() > 0.9
            lines += [self._flow(data, 0)] if flow else self._block(data, 0)
        lines += self._between(0)
        lines += ["..."] if data and rng.random() > 0.9 else []
        end = "" if rng.random() > 0.8 else "\n"
        return ("\n".join(lines) + end).replace("\n", self.line_break)

    def _between(self, indent: int) -> list[str]:
        """Return lines that belong to nobody."""
        lines = []
        while self.rng.random() > 0.75:
            comment = f"{' ' * indent}# between {self.rng.randrange(1_000)}"
            lines.append(self.rng.choice(["", comment, "# at the left", "   "]))
        return lines

    def _behind(self) -> str:
        """Return what stands behind a value on its line."""
        told = f"  # behind {self.rng.randrange(1_000)}"
        return self.rng.choice(["", "", "", "", told, " #x", "   ", " \t", "\t# after a tab"])

    def _quoted(self, text: str) -> str:
        if self.rng.random() < 0.5 and _ONE_LINE.fullmatch(text):
            return "'" + text.replace("'", "''") + "'"
        named = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
        return '"' + "".join(named.get(one, one) for one in text) + '"'

    def _word(self, text: str, indent: int | None = None) -> str:
        """Return a text in quotes or without; in several lines if it may be folded at a column."""
        if not _PLAIN.fullmatch(text) or self.rng.random() > 0.6:
            return self._quoted(text)
        first, space, more = text.partition(" ")
        if indent is not None and space and not more.startswith(" ") and self.rng.random() > 0.6:
            return f"{first}\n{' ' * (indent + self.rng.randint(1, 3))}{more}"
        return text

    def _flow(self, data: Data, indent: int) -> str:
        if isinstance(data, str):
            return self._word(data)
        between = self.rng.choice([", ", " , ", f",\n{' ' * (indent + 2)}"])
        pad = self.rng.choice(["", " "])
        if isinstance(data, list):
            inside = between.join(self._flow(held, indent) for held in data)
            return f"[{pad}{inside}{pad}]" if data else "[]"
        pairs = (f"{self._word(key)}: {self._flow(held, indent)}" for key, held in data.items())
        return "{" + pad + between.join(pairs) + pad + "}" if data else "{}"

    def _in_lines(self, text: str, indent: int) -> tuple[str, list[str]]:
        """Return a text after | or >."""
        rng = self.rng
        body = text.rstrip("\n")
        ends = len(text) - len(body)
        chomping = {0: "-", 1: ""}.get(ends, "+")
        sign = "|" if "\n" in body else rng.choice("|>")
        step = " " * (indent + rng.randint(1, 3))
        lines = [step + line if line else "" for line in body.split("\n")] + [""] * (ends - 1)
        lines += [""] * rng.choice([0, 0, 1]) if ends < 2 else []
        return f" {sign}{chomping}{rng.choice(['', ' # begins'])}", lines

    def _value(self, data: Data, indent: int, deeper: int) -> tuple[str, list[str]]:
        """Return what stands behind a key or dash on its line, and the lines below."""
        rng = self.rng
        if isinstance(data, str):
            if data == "" and rng.random() > 0.6:
                return self._behind(), []
            if _IN_LINES.fullmatch(data) and " \n" not in data + "\n" and rng.random() > 0.7:
                return self._in_lines(data, indent)
            return f" {self._anchor()}{self._word(data, indent)}{self._behind()}", []
        if not data or rng.random() > 0.7:
            return f" {self._anchor()}{self._flow(data, indent)}{self._behind()}", []
        return self._behind(), [*self._between(deeper), *self._block(data, deeper)]

    def _anchor(self) -> str:
        if self.rng.random() < 0.95:
            return ""
        self.anchors += 1
        return f"&anchor{self.anchors} "

    def _block(self, data: list[Data] | dict[str, Data], indent: int) -> list[str]:
        lines: list[str] = []
        if isinstance(data, dict):
            for key, held in data.items():
                steps = [0, 2, 2, 4] if isinstance(held, list) else [2, 2, 4, 1]
                inline, below = self._value(held, indent, indent + self.rng.choice(steps))
                lines += [f"{' ' * indent}{self._word(key)}:{inline}", *below]
                lines += self._between(indent)
            return lines
        for held in data:
            if held and not isinstance(held, str) and self.rng.random() < 0.7:
                first, *below = self._block(held, indent + 2)
                lines += [f"{' ' * indent}- {first[indent + 2 :]}", *below]
            else:
                inline, below = self._value(held, indent, indent + 2)
                lines += [f"{' ' * indent}-{inline}", *below]
            lines += self._between(indent)
        return lines
