"""Saved pages: what of them is text, and in which lines."""

from __future__ import annotations

import pytest

from ledger.problems import LedgerError
from ledger.texts.saved_page import is_page, lines_of_page


def lines(page: str) -> list[str]:
    """Return the lines of a page in UTF-8."""
    return lines_of_page(page.encode(), "page.html")


@pytest.mark.parametrize(
    ("raw", "suffix", "page"),
    [
        (b"<!DOCTYPE html><p>x", ".txt", True),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- saved --><html>', "", True),
        (b"words", ".HTM", True),
        (b"The tag <html> begins a page.", ".txt", False),
    ],
)
def test_a_page_is_known_by_its_ending_or_its_beginning(
    raw: bytes, suffix: str, *, page: bool
) -> None:
    assert is_page(raw, suffix) == page


def test_block_elements_and_breaks_end_a_line_and_others_do_not() -> None:
    page = "<h1>Head</h1><div>One <b>bo</b>ld\n line<br>two</div>three<ul><li>a<li>b</ul>"
    assert lines(page) == ["Head", "One bold line", "two", "three", "a", "b"]


def test_what_a_reader_does_not_see_is_left_out() -> None:
    page = (
        "<head><title>t</title><style>p {}</style></head><nav>Menu<p>more</p></nav>"
        "<p>Seen<script>if (a < b) { x('<p>no') }</script></p><!-- c --><p hidden>no</p>"
        "<noscript>no</noscript><template><p>no</p></template><p>Seen too</p>"
    )
    assert lines(page) == ["Seen", "Seen too"]


def test_entities_are_the_letters_they_stand_for() -> None:
    page = "<p>Go&iuml;ta &amp; Ke&#239;ta&nbsp;said &lt;no&gt; &#x2014; &unknown;</p>"
    assert lines(page) == ["Goïta & Keïta\xa0said <no> — &unknown;"]


def test_an_end_that_was_left_out_is_no_harm() -> None:
    assert lines("<p>one<p>two<div>three</b></div></p>four") == ["one", "two", "three", "four"]


def test_cells_stand_apart_and_rows_are_lines() -> None:
    page = "<table><tr><td>a<td>b<tr><td>c</td><td>d</td></tr></table>"
    assert lines(page) == ["a b", "c d"]


def test_lines_that_are_kept_as_written_are_lines() -> None:
    assert lines("<pre>one\ntwo  x\n</pre><p>three</p>") == ["one", "two x", "three"]


@pytest.mark.parametrize("tag", ["main", "article"])
def test_of_a_page_with_a_main_part_only_that_is_read(tag: str) -> None:
    assert lines(f"<p>Shop</p><{tag}><p>Text</p></{tag}><footer>Foot</footer>") == ["Text"]


def test_of_a_page_with_several_articles_all_is_read() -> None:
    assert lines("<article>a</article><article>b</article>c") == ["a", "b", "c"]


def test_a_raised_mark_that_links_to_a_note_is_put_in_brackets_and_before_the_note() -> None:
    page = (
        '<p>It rained<sup><a href="#n1">1</a></sup> on 3<sup>rd</sup> May.'
        '<sup id="r2"><a href="#n2">[2]</a></sup></p>'
        '<ol><li id="n1"><p>A note. <a href="#r1">↩</a></p></li><li id="n2">2. Another.</li></ol>'
    )
    assert lines(page) == ["It rained[1] on 3rd May.[2]", "[1] A note.", "[2] Another."]


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("<p>Goïta".encode(), "Goïta"),
        ("<p>Goïta “x”".encode("windows-1252"), "Goïta “x”"),
        ('<meta charset="iso-8859-1"><p>Goïta “x”'.encode("windows-1252"), "Goïta “x”"),
        ("<meta charset=koi8-r><p>Мали".encode("koi8-r"), "Мали"),
        ("<p>Мали".encode("utf-16"), "Мали"),
        (b"\xef\xbb\xbf<meta charset=koi8-r><p>Go\xc3\xafta", "Goïta"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_has(raw: bytes, line: str) -> None:
    assert lines_of_page(raw, "page.html") == [line]


def test_an_encoding_that_nobody_knows_is_told() -> None:
    with pytest.raises(LedgerError, match=r"page\.html says that it is encoded as utf-99"):
        lines_of_page(b"<meta charset=utf-99><p>x", "page.html")
