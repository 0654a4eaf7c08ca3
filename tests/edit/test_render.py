"""Data as YAML: whatever it is, it is read as what it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.edit.render import WIDEST, behind, block, dashed, entry, flow, scalar
from ledger.read.yaml_file import Data, parse_yaml
from ledger.text import UNSAFE
from tests.edit.layouts import WORDS

texts = st.one_of(
    st.sampled_from(WORDS),
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.text("ab:-#{}[],&*!|>'\"%@`? \t\n~=\\", max_size=12),
).filter(lambda text: not UNSAFE.search(text))

data_of_any_kind: st.SearchStrategy[Data] = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def read(text: str) -> Data | None:
    parsed = parse_yaml(text, "")
    assert parsed.problems == []
    return parsed.data


@given(data_of_any_kind)
def test_data_is_read_as_what_it_was_in_every_place(data: Data) -> None:
    assert read("\n".join(entry("k", data))) == {"k": data}
    assert read("\n".join(["k:", *dashed(data, 1)])) == {"k": [data]}
    assert read(f"k: [{flow(data)}, {flow(data)}]") == {"k": [data, data]}
    if not isinstance(data, str):
        assert read("\n".join(block(data))) == data


@given(texts)
def test_a_text_stands_on_one_line(text: str) -> None:
    assert len(scalar(text).splitlines()) == 1
    assert read(f"{scalar(text)}: {scalar(text)}  # {scalar('x')}") == {text: text}


def test_what_needs_no_quotes_has_none() -> None:
    for text in ("It's so.", "~300", "500+", "2022-03/..", "a, b", "x#y", "https://a.b/c?d=e"):
        assert scalar(text) == text
    assert scalar("a, b", flow=True) == '"a, b"'
    assert scalar("So: this") == '"So: this"'
    assert scalar("null") == '"null"'  # which other readers take for nothing
    assert scalar(">300") == '">300"'


def test_a_list_of_words_stands_on_one_line_as_long_as_it_fits() -> None:
    assert behind(["a", "b"], 0, 5) == (" [a, b]", [])
    assert behind(["a" * WIDEST], 2, 5) == ("", [f"  - {'a' * WIDEST}"])
    assert behind({"k": "v"}, 2, 5) == ("", ["    k: v"])
    assert behind({}, 2, 5) == (" {}", [])
