"""Safety: text of the ledger inside other languages, where no sign of it may act."""

from __future__ import annotations

import json
import re
from xml.etree.ElementTree import Element, tostring

import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.site.answering.safety import one_line, script_json, tex, web_address, xml_text

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://example.org/a?b=<c>", "https://example.org/a?b=<c>"),
        ("http://example.org", "http://example.org"),
        ("HTTPS://example.org", "HTTPS://example.org"),
        (None, None),
        ("", None),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        (" javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,<b>", None),
        ("//example.org/a", None),
        ("https:example.org", None),
        ("https://exa mple.org", None),
        ("https://example.org/\u202egpj.exe", None),
        ("https://[bad", None),
        ("vbscript:x", None),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str | None, found: str | None) -> None:
    assert web_address(url) == found


@given(ANY_TEXT)
def test_json_in_a_script_says_the_same_and_cannot_end_it(text: str) -> None:
    written = script_json({"text": text})
    assert json.loads(written) == {"text": text}
    assert not re.search("[<>&\u2028\u2029]", written)


@given(ANY_TEXT)
def test_any_text_can_stand_in_xml(text: str) -> None:
    element = Element("a")
    element.text = xml_text(text)
    lxml.etree.fromstring(tostring(element))


@given(ANY_TEXT)
def test_no_sign_of_a_text_is_a_command_of_tex(text: str) -> None:
    written = tex(text)
    assert "\n" not in written
    inert = re.sub(r"\{\\text[a-z]+\}|\\[$&#_%]", "", written)
    assert not re.search(r"[\\{}$&#_%~^]", inert)


def test_a_text_is_on_one_line_without_signs_that_turn_it() -> None:
    assert one_line(" a\u202e\tb\r\n\x07c\u2066 ") == "a b c"
