"""A claims folder: which files belong to it, and what each of them brings to the draft."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.files import digest_of, hashes_of, list_files
from ledger.problems import CODES, LedgerError
from ledger.read import read_folder
from tests.read.reading import reading, told, write_files
from tests.small import SMALL

REGISTERS = {
    "outlets.yaml": "daily: {name: The Daily}\n",
    "documents.yaml": "page: {title: A page, outlet: daily}\n",
}

DOSSIER = """\
title: A coup
when: 2012-03
where: [bamako]
topics: [coup, army]
questions:
  leader: {asks: Who led it?, answer: text}
"""

WITHOUT_PATHS = (
    "SELECT id, title, places, topics, countries, year FROM draft_dossier",
    "SELECT id, dossier, asks, answer FROM draft_question",
    "SELECT id, dossier, question, claimant, origin, outlets, topics, countries FROM draft_claim",
    "SELECT * FROM draft_citation",
    "SELECT * FROM draft_appearance",
)


def bulk(**keys: str) -> str:
    """Return a line of a bulk file: a claim with some keys beside those it needs."""
    written = {"id": "a", "text": "A claim.", "found": "page#1"} | keys
    return "{" + ", ".join(f'"{key}": "{value}"' for key, value in written.items()) + "}\n"


def test_a_folder_without_problems_is_read_whole(claims: Path) -> None:
    with reading(claims) as (draft, problems):
        assert problems == []
        assert draft.whole
        assert draft.n_files == len(SMALL)
        assert list(draft.registers.outlets) == ["daily", "wire", "radio"]
        assert sorted(str(row[0]) for row in draft.rows("SELECT id FROM draft_claim")) == [
            "date-given",
            "deaths-300",
            "deaths-500",
            "killers-army",
            "killers-rebels",
        ]


def test_a_record_has_the_place_where_it_stands(claims: Path) -> None:
    with reading(claims) as (draft, _):
        sql = "SELECT path, line FROM draft_claim WHERE id = 'deaths-500'"
        assert list(draft.rows(sql)) == [("mali/village-2022.yaml", 24)]
        sql = "SELECT path, line FROM draft_question WHERE id = 'killers'"
        assert list(draft.rows(sql)) == [("mali/village-2022.yaml", 11)]
        assert draft.registers.actors["army"].place.line == 2


def test_an_empty_folder_is_an_empty_ledger(tmp_path: Path) -> None:
    with reading(tmp_path) as (draft, problems):
        assert (draft.n_files, problems, draft.whole) == (0, [], True)


def test_registers_are_read_before_dossiers_and_those_before_bulk_files(tmp_path: Path) -> None:
    names = ["a/z.jsonl", "z/outlets.yaml", "b.yaml", "documents.yaml", "a.jsonl", "actors.yaml"]
    names += ["a/places.yaml", "a/outlets.yaml", "a/c.yaml"]
    write_files(tmp_path, dict.fromkeys(names, ""))
    listed, problems = list_files(tmp_path)
    assert problems == []
    assert list(listed) == [
        "a/outlets.yaml",
        "z/outlets.yaml",
        "a/places.yaml",
        "actors.yaml",
        "documents.yaml",
        "a/c.yaml",
        "b.yaml",
        "a.jsonl",
        "a/z.jsonl",
    ]
    read: list[Path] = []
    with reading(tmp_path) as (draft, _):
        read_folder(draft, read.append)
    assert read == list(listed.values())


def test_registers_of_several_folders_are_one_register(tmp_path: Path) -> None:
    files = {
        "outlets.yaml": "daily: {name: The Daily}\n",
        "mali/outlets.yaml": "wire: {name: The Wire}\n",
        "mali/kidal/outlets.yaml": "radio: {name: Radio}\n",
    }
    with reading(write_files(tmp_path, files)) as (draft, problems):
        assert problems == []
        places = {name: placed.place.path for name, placed in draft.registers.outlets.items()}
    assert places == {
        "daily": "outlets.yaml",
        "wire": "mali/outlets.yaml",
        "radio": "mali/kidal/outlets.yaml",
    }


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "---\n", "\ufeff", "\r\n", "{}\n"])
def test_a_register_or_a_bulk_file_may_hold_nothing_and_a_dossier_not(
    tmp_path: Path, text: str
) -> None:
    write_files(tmp_path, {"outlets.yaml": text, "empty.yaml": text, "bulk.jsonl": "\ufeff\n\r\n"})
    with reading(tmp_path) as (draft, problems):
        assert told(problems) == ["empty.yaml:1: missing-key"]
        assert draft.whole


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
def test_files_from_other_machines_are_read_alike(tmp_path: Path, line_end: str, mark: str) -> None:
    files = REGISTERS | {"coup.yaml": DOSSIER + "when: 2013\n", "bulk.jsonl": "\n" + bulk() * 2}
    written = {path: mark + text.replace("\n", line_end) for path, text in files.items()}
    with reading(write_files(tmp_path, written)) as (draft, problems):
        assert told(problems) == ["coup.yaml:7: duplicate-key"]
        claims = list(draft.rows("SELECT text, path, line FROM draft_claim"))
    assert claims == [("A claim.", "bulk.jsonl", 2), ("A claim.", "bulk.jsonl", 3)]


def test_what_is_hidden_or_of_another_kind_is_not_the_ledgers(tmp_path: Path) -> None:
    files = [".a.yaml", ".git/b.yaml", "c/.d/e.jsonl", "README.md", "notes.txt", "yaml", "f.yaml~"]
    with reading(write_files(tmp_path, dict.fromkeys(files, "?"))) as (draft, problems):
        assert (draft.n_files, problems) == (0, [])


@pytest.mark.parametrize("name", ["a.yml", "a.YML", "a.YAML", "a.json", "a.JSONL", "a.ndjson"])
def test_a_file_that_may_be_believed_to_be_read_is_told(tmp_path: Path, name: str) -> None:
    with reading(write_files(tmp_path, {f"mali/{name}": "title: A\n"})) as (draft, problems):
        assert told(problems) == [f"mali/{name}:1: file-not-read"]
        assert not draft.whole


def test_a_folder_may_be_named_like_a_file(tmp_path: Path) -> None:
    with reading(write_files(tmp_path, {"a.yaml/outlets.yaml": ""})) as (draft, problems):
        assert (draft.n_files, problems) == (1, [])


def test_a_link_inside_the_folder_is_left_out_and_one_that_leaves_it_told(tmp_path: Path) -> None:
    claims = write_files(tmp_path / "claims", REGISTERS | {"mali/coup.yaml": DOSSIER})
    write_files(tmp_path, {"outside.yaml": "", "out/side.yaml": ""})
    for link, target in {
        "same.yaml": "mali/coup.yaml",
        "folder": "mali",
        "nowhere.yaml": "nothing.yaml",
        "itself.yaml": "itself.yaml",
        "mali/up": "..",
        "out.yaml": "../outside.yaml",
        "mali/out": "../../out",
        "absolute.txt": str(tmp_path / "outside.yaml"),
        "lost.yaml": "../../lost.yaml",
    }.items():
        (claims / link).symlink_to(target)
    with reading(claims) as (draft, problems):
        assert draft.n_files == 3
        assert told(problems) == [
            "absolute.txt:1: link-leaves-folder",
            "itself.yaml:1: link-leads-nowhere",
            "lost.yaml:1: link-leaves-folder",
            "mali/out:1: link-leaves-folder",
            "nowhere.yaml:1: link-leads-nowhere",
            "out.yaml:1: link-leaves-folder",
        ]


def mounted(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files as a cluster mounts them: links to links to a hidden folder, which may move."""
    write_files(folder / "..2024_01", files)
    (folder / "..data").symlink_to("..2024_01")
    for name in {path.partition("/")[0] for path in files}:
        (folder / name).symlink_to(f"..data/{name}")
    return folder


def test_what_is_hidden_is_read_through_links_to_it(tmp_path: Path) -> None:
    files = REGISTERS | {"coup.yaml": DOSSIER}
    plain = hashes_of(write_files(tmp_path / "plain", files))
    claims = mounted(tmp_path / "claims", files | {"README.md": "none of ours"})
    assert hashes_of(claims) == plain
    with reading(claims) as (draft, problems):
        assert (draft.n_files, problems) == (len(files), [])


def test_a_hidden_folder_is_read_through_a_link_to_it(tmp_path: Path) -> None:
    files = {f"mali/{path}": text for path, text in (REGISTERS | {"coup.yaml": DOSSIER}).items()}
    claims = mounted(tmp_path / "claims", files)
    assert hashes_of(claims) == hashes_of(write_files(tmp_path / "plain", files))


def test_what_two_links_lead_to_is_read_once(tmp_path: Path) -> None:
    claims = mounted(tmp_path / "claims", {"a.yaml": "", "b/c.yaml": "", "b/d/e.yaml": ""})
    (claims / "again.yaml").symlink_to("..2024_01/a.yaml")
    (claims / "d").symlink_to("..data/b/d")
    assert list(list_files(claims)[0]) == ["a.yaml", "b/c.yaml", "b/d/e.yaml"]
    (claims / "all").symlink_to("..data")
    assert list(list_files(claims)[0]) == ["all/a.yaml", "all/b/c.yaml", "all/b/d/e.yaml"]


def test_links_among_hidden_folders_are_followed_once(tmp_path: Path) -> None:
    claims = write_files(tmp_path / "claims", {".0/a.yaml": "title: A"})
    (claims / "start").symlink_to(".0")
    for level in range(40):
        write_files(claims, {f".{level + 1}/a.yaml": "title: A"})
        for name in "xy":
            (claims / f".{level}" / name).symlink_to(f"../.{level + 1}")
    (claims / ".40" / "round").symlink_to("../.0")
    (claims / ".40" / "up").symlink_to("..")
    files, problems = list_files(claims)
    assert (len(files), problems) == (41, [])


def test_the_claims_folder_itself_may_be_a_link(tmp_path: Path, claims: Path) -> None:
    (tmp_path / "link").symlink_to(claims)
    with reading(tmp_path / "link") as (draft, problems):
        assert (draft.n_files, problems) == (len(SMALL), [])


def test_a_file_whose_name_cannot_be_shown_is_told_and_left_out(tmp_path: Path) -> None:
    with reading(write_files(tmp_path, {"a\nb.yaml": "", "c.yaml": "title: C"})) as (
        draft,
        problems,
    ):
        assert told(problems) == [r"a\nb.yaml:1: control-character"]
        assert draft.n_files == 1


def test_what_is_no_regular_file_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    os.mkfifo("pipe.jsonl")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.yaml")
        files, problems = list_files(tmp_path)
    assert files == {}
    assert sorted(told(problems)) == ["pipe.jsonl:1: file-not-read", "socket.yaml:1: file-not-read"]
    assert {one.what for one in problems} == {"this is no regular file"}


def test_a_file_that_cannot_be_opened_stops_the_work_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"coup.yaml": ""})
    monkeypatch.setattr(Path, "open", _refuse)
    with pytest.raises(LedgerError, match=r"cannot read .*coup\.yaml: Permission denied"):
        digest_of(hashes_of(tmp_path))


def _refuse(*_: object, **__: object) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def test_a_folder_that_is_not_there_stops_the_work_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=f"there is no folder {tmp_path}/claims"):
        digest_of(hashes_of(tmp_path / "claims"))


@pytest.mark.parametrize(
    ("path", "text", "whole"),
    [
        ("coup.yaml", "title: [", False),
        ("coup.yaml", b"title: \xff", False),
        ("coup.yaml", "- a\n", False),
        ("coup.yaml", "title: A\nclaims: {a: b}\n", False),
        ("coup.yaml", "title: A\nclaims: [{text: T}]\n", False),
        ("coup.yaml", "title: A\nquestions: [a]\n", False),
        ("bulk.jsonl", "{", False),
        ("bulk.jsonl", "[]", False),
        ("coup.yaml", "when: 2012\n", True),
        ("coup.yaml", "title: A\nclaims: [{id: a}]\n", True),
        ("coup.yaml", "title: A\nquestions: {a: }\n", True),
        ("bulk.jsonl", '{"id": "a"}', True),
        ("outlets.yaml", "daily: {}\n", True),
    ],
)
def test_a_draft_is_whole_as_long_as_every_id_was_seen(
    tmp_path: Path, path: str, text: str | bytes, whole: bool
) -> None:
    with reading(write_files(tmp_path, {path: text})) as (draft, problems):
        assert problems
        assert draft.whole is whole


def test_the_ids_of_refused_records_are_remembered(tmp_path: Path) -> None:
    files = {
        "outlets.yaml": "daily: {}\n",
        "coup.yaml": "questions: {leader: {}}\nclaims: [{id: coup}]\n",
        "bulk.jsonl": '{"id": "late"}\n',
    }
    with reading(write_files(tmp_path, files)) as (draft, _):
        assert list(draft.rows("SELECT kind, id FROM draft_refused ORDER BY kind, id")) == [
            ("claim", "coup"),
            ("claim", "late"),
            ("dossier", "coup"),
            ("outlet", "daily"),
            ("question", "leader"),
        ]


def test_one_bad_line_of_a_bulk_file_does_not_hide_the_others(tmp_path: Path) -> None:
    lines = bulk(id="a") + "{\n" + "\n" + bulk(id="b") + '{"id": "c"}\n' + bulk(id="d")
    with reading(write_files(tmp_path, {"bulk.jsonl": lines})) as (draft, problems):
        assert told(problems) == ["bulk.jsonl:2: not-json", "bulk.jsonl:5: missing-key"]
        assert list(draft.rows("SELECT id, line FROM draft_claim")) == [
            ("a", 1),
            ("b", 4),
            ("d", 6),
        ]


@pytest.mark.parametrize(
    ("keys", "taken"),
    [
        ({"question": "leader"}, ("coup", '["army", "coup"]', '["ML"]', None)),
        ({"dossier": "coup"}, ("coup", '["army", "coup"]', '["ML"]', None)),
        ({"dossier": "other", "question": "leader"}, ("other", "[]", "[]", None)),
        ({"dossier": "unknown"}, ("unknown", "[]", "[]", None)),
        ({"question": "unknown"}, (None, "[]", "[]", None)),
        ({}, (None, "[]", "[]", None)),
        ({"question": "leader", "made": "2020"}, ("coup", '["army", "coup"]', '["ML"]', 2020)),
    ],
    ids=["question", "dossier", "both", "unknown dossier", "unknown question", "neither", "made"],
)
def test_a_bulk_claim_takes_what_it_does_not_say_from_its_dossier(
    tmp_path: Path, keys: dict[str, str], taken: tuple[object, ...]
) -> None:
    files = REGISTERS | {
        "places.yaml": "bamako: {name: Bamako, within: mali}\nmali: {name: Mali, country: ML}\n",
        "z/coup.yaml": DOSSIER,
        "z/other.yaml": "title: Another\n",
        "a.jsonl": bulk(**keys),
    }
    with reading(write_files(tmp_path, files)) as (draft, problems):
        assert problems == []
        sql = "SELECT dossier, topics, countries, year FROM draft_claim"
        assert list(draft.rows(sql)) == [taken]


def test_the_topics_of_a_bulk_claim_stand_beside_its_dossiers(tmp_path: Path) -> None:
    line = bulk(question="leader").replace("}", ', "topics": ["junta", "coup"]}')
    files = REGISTERS | {"coup.yaml": DOSSIER, "a.jsonl": line}
    with reading(write_files(tmp_path, files)) as (draft, _):
        assert list(draft.rows("SELECT topics FROM draft_claim")) == [
            ('["army", "coup", "junta"]',)
        ]


def test_what_a_folder_says_does_not_depend_on_where_its_files_lie(
    tmp_path: Path, claims: Path
) -> None:
    moved = {f"{nth % 2}/{path}": text for nth, (path, text) in enumerate(SMALL.items())}
    said = []
    for folder in (claims, write_files(tmp_path / "moved", moved)):
        with reading(folder) as (draft, problems):
            assert problems == []
            said.append([sorted(map(str, draft.rows(sql))) for sql in WITHOUT_PATHS])
    assert said[0] == said[1]
    assert all(said[0])


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a/outlets.yaml": "x: {name: A}", "b/outlets.yaml": "x: {name: B}"}, "b/outlets.yaml:1"),
        ({"a/outlets.yaml": "x: {name: A}", "b/outlets.yaml": "x: {}"}, "b/outlets.yaml:1"),
        ({"actors.yaml": "x: {name: A}", "outlets.yaml": "x: {name: A}"}, None),
        ({"a/outlets.yaml": "x: {}", "b/outlets.yaml": "x: {name: B}"}, None),
    ],
    ids=["two files", "second refused", "two kinds", "first refused"],
)
def test_an_id_stands_once_in_all_registers_of_a_kind(
    tmp_path: Path, files: dict[str, str], expected: str | None
) -> None:
    with reading(write_files(tmp_path, files)) as (_, problems):
        found = [one for one in told(problems) if one.endswith("id-used-twice")]
    assert found == ([f"{expected}: id-used-twice"] if expected else [])


def test_the_digest_tells_any_change_of_a_files_name_or_content(tmp_path: Path) -> None:
    digests = [
        digest_of(hashes_of(write_files(tmp_path / str(nth), files)))
        for nth, files in enumerate(
            [{}, {"a.yaml": ""}, {"b.yaml": ""}, {"a.yaml": " "}, {"x/a.yaml": ""}, {"a.jsonl": ""}]
        )
    ]
    assert len(set(digests)) == len(digests)
    write_files(tmp_path / "0", {"README.md": "not read", ".hidden.yaml": "not read"})
    assert digest_of(hashes_of(tmp_path / "0")) == digests[0]


def test_reading_records_the_same_digest_as_is_compared_later(claims: Path) -> None:
    with reading(claims) as (draft, _):
        assert draft.digest == digest_of(hashes_of(claims))


contents = (
    st.binary()
    | st.text().map(str.encode)
    | st.sampled_from([text.encode() for text in SMALL.values()])
)
names = st.sampled_from([*SMALL, "a.yaml", "B c.yaml", "a/b.jsonl", "a.jsonl", "x/actors.yaml"])


@settings(deadline=None)
@given(files=st.dictionaries(names, contents), cut=st.integers(0, 400))
def test_any_files_are_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes], cut: int
) -> None:
    folder = write_files(
        tmp_path_factory.mktemp("any"), {path: content[cut:] for path, content in files.items()}
    )
    with reading(folder) as (draft, problems):
        assert draft.n_files == len(files)
        for problem in problems:
            assert problem.code in CODES
            assert (folder / problem.place.path).is_file()
