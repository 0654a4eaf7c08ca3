"""The fast parser gives what PyYAML gives, data, lines and problems, or leaves a text to it."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.read.fast_yaml import LONGEST_KEY, read_fast
from ledger.read.yaml_file import DEEPEST, Data, Parsed, parse_by_events, parse_yaml
from tests.benchmarks.generate import Size, generate
from tests.commands.running import ROOT
from tests.edit.layouts import KEYS, Layout, draw_mapping
from tests.full import FULL
from tests.read.test_yaml_file import SAMPLE, WORDS, trees
from tests.small import SMALL

pytest.importorskip(
    "yamlrocks", reason="yamlrocks is not installed: pip install 'claim-ledger[fast]'"
)


def is_fast(text: str) -> bool:
    """Return whether a text is read fast, once it is seen that what is read is the same."""
    slow = parse_by_events(text, "a.yaml")
    assert parse_yaml(text, "a.yaml") == slow
    read = read_fast(text, DEEPEST)
    assert read is None or Parsed(*read) == slow
    return read is not None


def texts_below(folder: Path) -> dict[Path, str]:
    """Return the texts of all YAML files below a folder, without what is no UTF-8 in them."""
    files = (file for file in sorted(folder.rglob("*.yaml")) if file.is_file())
    return {file: file.read_bytes().decode(errors="ignore") for file in files}


SHIPPED: Final = texts_below(ROOT / "claims")

GALLERY: Final = texts_below(ROOT / "tests" / "gallery")


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_a_shipped_file_is_read_fast_unless_its_keys_are_numbers(file: Path) -> None:
    numbered = "  paragraphs:" in SHIPPED[file]  # which have numbers for keys
    assert is_fast(SHIPPED[file]) == (not numbered)


@pytest.mark.parametrize("file", GALLERY, ids=lambda file: f"{file.parts[-3]}/{file.name}")
def test_a_file_with_a_problem_has_it_whoever_reads_it(file: Path) -> None:
    is_fast(GALLERY[file])


@pytest.mark.parametrize("text", [*SMALL.values(), *FULL.values()])
def test_the_files_of_other_tests_are_read_alike(text: str) -> None:
    is_fast(text)


def test_a_made_up_ledger_is_read_fast(tmp_path: Path) -> None:
    generate(tmp_path, Size(claims=200, crowd=30), "yaml")
    slow = [file.name for file, text in texts_below(tmp_path).items() if not is_fast(text)]
    assert slow == ["documents.yaml"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    "text",
    [
        "---\na: b\n",
        "# head\n\na: b  # behind\n\n# between\nc: d\n# end\n",
        "a: 'it''s'\nb: \"x: y #z\"\n'c': ''\n\"d\": \" e \"\n",
        "a:\n\n# the first\n- b\n-\n  c: d\n- - e\n  - f\n- {}\n- []\n",
        "a: # all of them\n- b: c\n  d:\n    e: [f, {g: h}]\n  i: ~\n",
        "a: >\n  one\n  two\n\n  three\nb: |-\n  one\n    two\nc: |\n\n  one\nd: e\n",
        "- >-\n  one\n\n  two\n-\n  a: one\n    two\n\n    three\n  b: 'one\n    two'\n- c\n",
        "a: 0x1F\nb:\n- 1.50\n- -8\nc: .inf # more\nd: null\ne:\nf: true\ng: # nothing\n",
        "{a: b, c: [d, e: f], 'f': \"g\"}\n",
        "[a, [b, [c]], {d: e}]\n",
        "a:\n  {b: c, d: [e]}\nf:\n-\n  [g, h]\n",
        "a-b c: d e\nÉ: 漢字 😀\nf: http://a.b/c#d?e=f&g\n",
        "a: R&D, 5 > 3 | 50 % * 2 ! who?\n",
    ],
)
def test_what_people_write_is_read_fast(text: str, line_end: str) -> None:
    assert is_fast(text.replace("\n", line_end))


@pytest.mark.parametrize("word", WORDS.split())
def test_a_word_stays_the_text_that_was_written(word: str) -> None:
    for text in (f"a: {word}\nb: [{word}, x]\nc:\n- {word}\n", f"{word}: a\n", f"- {word}\n- x\n"):
        is_fast(text)
    assert parse_yaml(f"a: {word}\n", "").data == {"a": word}


def test_numbers_of_many_forms_are_read_fast_and_stay_texts() -> None:
    words = ["0", "-0", "+7", "0555", "0x1F", "0o17", "1.50", "1e3", "1E-400", ".5", "5.", "9" * 99]
    assert is_fast("".join(f"k{nth}: {word}\n" for nth, word in enumerate(words)))
    assert is_fast("".join(f"- {word}  # {nth}\n" for nth, word in enumerate(words)))


@pytest.mark.parametrize(
    "text",
    [
        "a: &b c\nd: *b\n",
        "a: !!str b\n",
        "a: ! b\n",
        "%YAML 1.1\n---\na: b\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\n",
        "a: b\n<<: {c: d}\n",
        "? a\n: b\n",
        "a: 1\na: 2\n",
        "1: a\n01: b\n1.0: c\n",
        "100: a\n0x64: b\n",
        "'a''b':\n- c\n",
        " a: b\n",
        "-\n  a\n",
        "-\n",
        "a: [1, 2.50, null]\n",
        "true: a\n~: b\n",
        "a: [,]\n",
        "\ufeffa: b\n",
        "a:\tb\n",
        "a: b\rc: d\n",
        "a: b\x85c: d\u2028\n",
        'a: "\\u202e"\n',
        'a: "\\x41"\n',
        "a: |+\n  b\n\n\nc: d\n",
        "a: >2\n   b\n",
        "a: [b,\n  c]\n",
        "a: {b: |\n  }\n",
        "a: [b:\n    c]\n",
        "a:\n {b\n  c: d, e: f}\n",
        "a:\n {b: c, d:\n  e}\n",
        "-\n  [b,\n   c]\n",
        "a: {b: [c:\n    [d]]}\n",
        "[a:\n|\n\n b]\n",
        "a: b",
        "a\n",
        "",
    ],
)
def test_what_may_be_read_differently_is_left_to_pyyaml(text: str) -> None:
    assert not is_fast(text)


@pytest.mark.parametrize(
    "text",
    [
        "- a\n\nb\n",
        "- 'a'\n b\n",
        "'a'\n  b\n",
        "a: \n  - 'b'\n   =\n",
        "a: {b\n  c: d}\n",
        "a: {b:[c]}\n",
        "a: {b: :c}\n",
        "a:\n-8\n",
        "a: b\n c\n\n: d\n",
        "a : >5\n",
    ],
)
def test_what_only_the_fast_parser_takes_for_yaml_is_told_as_before(text: str) -> None:
    assert not is_fast(text)


@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")], ids=["lists", "mappings", "-"]
)
def test_lists_and_mappings_nest_down_to_the_deepest_and_no_deeper(
    opening: str, closing: str
) -> None:
    for depth in (DEEPEST - 1, DEEPEST, DEEPEST + 1, 100_000):
        text = opening * depth + "x" + closing * depth + "\n"
        assert is_fast(text) == (depth <= DEEPEST)
    within = f"a:\n  b: {opening * 28}x{closing * 28}\n"
    assert is_fast(within) == (opening != "- ")
    assert not is_fast(f"a:\n  b: {opening * 29}x{closing * 29}\n")


@pytest.mark.parametrize("written", ["{}: b", "'{}': b", '"{}": b', "{{{}: b}}"])
@pytest.mark.parametrize("length", [LONGEST_KEY, 1_020, 1_024, 1_025, 5_000])
def test_a_key_is_as_long_as_pyyaml_takes_it(written: str, length: int) -> None:
    line = written.format("a" * length)
    assert is_fast(f"{line}\n") == (length == LONGEST_KEY)
    assert is_fast(f"- x\n- {line}\n- y\n") == (length == LONGEST_KEY)
    is_fast("- " + written.format("'" * 2 * length) + "\n")


def test_a_very_long_text_is_read_fast() -> None:
    long = f"- {'a' * 997}\n- b: {'c ' * 5_000}d\n  e: [f]\n"
    assert is_fast("title: long\nclaims:\n" + long * 1_000)


PLAIN: Final = ("a", "two words", "~300", "12", "2022-03-27", "10:30", "It's: no", "[x]", "a, b")


def draw_plain(rng: Random, depth: int = 0) -> Data:
    """Return a text of those that people write most, or a list or mapping of such."""
    if depth > 3 or (depth and rng.random() < 0.5):
        return rng.choice(PLAIN)
    if depth and rng.random() < 0.4:
        return [draw_plain(rng, depth + 1) for _ in range(rng.randint(0, 3))]
    return {rng.choice(KEYS[:8]): draw_plain(rng, depth + 1) for _ in range(rng.randint(1, 5))}


@settings(deadline=None, max_examples=300)
@given(seed=st.integers(min_value=0))
def test_data_in_any_layout_is_read_alike(seed: int) -> None:
    rng = Random(seed)  # noqa: S311 # no secret: the same layout each time
    plain = draw_plain(rng)
    assert isinstance(plain, dict)
    is_fast(Layout(rng).text(plain))
    is_fast(Layout(rng).text(draw_mapping(rng)))


SNIPPETS: Final = (
    *(" ", "\n", "-", ":", "{", "}", "[", "]", "|", ">", "'", '"', "#", ",", "?", "~", "=", "é"),
    *("\n  ", "\n\n", "- ", ": ", " #", "''", "\r\n", "\r", "\n---\n", "|\n", ">-\n", "a: ", "1"),
    *("%", "&", "*", "!", "@", "`", "\u00a0", "\u3000", "\\n", "true", "null", "\n# c\n", ":["),
)

changes = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 3), st.just("") | st.sampled_from(SNIPPETS)),
    min_size=1,
    max_size=5,
)

originals = st.sampled_from(
    [SAMPLE, *SMALL.values(), *FULL.values(), *(t for t in GALLERY.values() if len(t) < 1_000)]
)


@settings(deadline=None, max_examples=500)
@given(text=originals, changed=changes)
def test_a_file_with_slips_of_the_pen_is_read_alike(
    text: str, changed: list[tuple[float, int, str]]
) -> None:
    for share, left_out, put_in in changed:
        at = int(share * len(text))
        text = text[:at] + put_in + text[at + left_out :]
    is_fast(text)


pieces = st.sampled_from([*SNIPPETS, *PLAIN, "b", "c: d\n", "- e\n", "\n    ", "key: "])


@settings(deadline=None, max_examples=500)
@given(text=st.lists(pieces, max_size=30).map("".join) | st.text(), end=st.sampled_from(["\n", ""]))
def test_any_text_is_read_alike(text: str, end: str) -> None:
    is_fast(text + end)


@settings(deadline=None)
@given(data=trees)
def test_whatever_is_written_in_quotes_is_read_alike(data: Data) -> None:
    if isinstance(data, str):
        data = [data]
    written = "\n".join(_in_quotes(data, 0)) + "\n"
    is_fast(written)
    assert parse_yaml(written, "").data == data


def _in_quotes(data: Data, indent: int) -> list[str]:
    """Return the lines of data written in single quotes, or in double where there must be."""
    if isinstance(data, str):
        plain = data.isprintable()
        return ["'" + data.replace("'", "''") + "'"] if plain else [_escaped(data)]
    if not data:
        return ["[]" if isinstance(data, list) else "{}"]
    pad = " " * indent
    if isinstance(data, list):
        return [f"{pad}- {_behind(held, indent)}" for held in data]
    return [f"{pad}{_in_quotes(key, 0)[0]}: {_behind(held, indent)}" for key, held in data.items()]


def _behind(data: Data, indent: int) -> str:
    if not data or isinstance(data, str):
        return _in_quotes(data, 0)[0]
    return "\n" + "\n".join(_in_quotes(data, indent + 2))


def _escaped(text: str) -> str:
    return '"' + "".join(f"\\U{ord(one):08x}" for one in text) + '"'
