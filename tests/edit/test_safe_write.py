"""Safe writing: the old content or the new one, whatever happens."""

from __future__ import annotations

import fcntl
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from ledger.edit.safe_write import (
    Change,
    ChangedMeanwhileError,
    remove_leftovers,
    replace_all,
    replace_content,
)
from ledger.problems import LedgerError
from tests.edit.processes import run_program, start_program

KILLS: Final = 8

ROOM: Final = 200_000
"""How long the contents are: longer than what is written at once."""

# Writes one content after the other until it is killed.
WRITE: Final = """
import sys
from itertools import cycle
from pathlib import Path
from ledger.edit.safe_write import (
    Change,
    ChangedMeanwhileError,
    remove_leftovers,
    replace_all,
    replace_content,
)

print("begun", flush=True)
for letter in cycle("abc"):
    replace_content(Path(sys.argv[1]), letter.encode() * int(sys.argv[2]))
"""

# Writes where no file may become longer than 50 kB, as on a disk that is full.
NO_ROOM: Final = """
import resource, sys
from pathlib import Path
from ledger.edit.safe_write import (
    Change,
    ChangedMeanwhileError,
    remove_leftovers,
    replace_all,
    replace_content,
)
from ledger.problems import LedgerError

resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    replace_content(Path(sys.argv[1]), b"n" * 200_000)
except LedgerError as error:
    print(error)
"""

# Writes as somebody who may not write into the folder.
NOBODY: Final = """
import os, sys
from pathlib import Path
from ledger.edit.safe_write import (
    Change,
    ChangedMeanwhileError,
    remove_leftovers,
    replace_all,
    replace_content,
)
from ledger.problems import LedgerError

os.setgroups([])
os.setgid(65534)
os.setuid(65534)
try:
    replace_content(Path(sys.argv[1]), b"new")
except LedgerError as error:
    print(error)
"""


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_has_its_new_content_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "file.yaml"
    for content in (b"one", b"", "zwei 😀\r\n".encode()):
        replace_content(file, content)
        assert file.read_bytes() == content
    assert left_in(file.parent) == ["file.yaml"]


def test_a_process_that_is_killed_leaves_a_whole_content(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    whole = {letter.encode() * ROOM for letter in "oabc"}
    file.write_bytes(b"o" * ROOM)
    for number in range(KILLS):
        with start_program(WRITE, file, str(ROOM)) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.001 + number / 200)
            process.kill()
            process.stdout.read()
        assert file.read_bytes() in whole
        assert set(left_in(tmp_path)) <= {"file.yaml", ".file.yaml.new"}
    replace_content(file, b"the next")
    assert file.read_bytes() == b"the next"
    assert left_in(tmp_path) == ["file.yaml"]


def test_what_a_killed_process_left_is_no_hindrance_whatever_it_is(tmp_path: Path) -> None:
    file, left = tmp_path / "file.yaml", tmp_path / ".file.yaml.new"
    victim = tmp_path / "victim"
    victim.write_text("as it was", encoding="utf-8")
    left.symlink_to(victim)
    replace_content(file, b"new")
    assert (file.read_bytes(), file.is_symlink()) == (b"new", False)
    assert victim.read_text(encoding="utf-8") == "as it was"


def test_where_there_is_no_room_the_file_is_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_bytes(b"old")
    told = run_program(NO_ROOM, file)
    assert told == f"cannot write {file}: File too large; it is as it was\n"
    assert file.read_bytes() == b"old"
    assert left_in(tmp_path) == ["file.yaml"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield the folder of a disk with room for 64 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        mounted = (
            subprocess.run(mounting, check=False, capture_output=True).returncode == 0
        )  # wherever it is
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("disks cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


def test_on_a_full_disk_the_file_is_as_it_was(small_disk: Path) -> None:
    file = small_disk / "file.yaml"
    replace_content(file, b"old" * 10_000)
    message = f"^cannot write {file}: No space left on device; it is as it was$"
    with pytest.raises(LedgerError, match=message):
        replace_content(file, b"new" * 15_000)
    assert file.read_bytes() == b"old" * 10_000
    assert left_in(small_disk) == ["file.yaml"]


def test_where_nobody_may_write_the_file_is_as_it_was() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "file.yaml"
        file.write_bytes(b"old")
        folder.chmod(0o555)
        try:
            if os.geteuid() == 0:
                told = run_program(NOBODY, file)
            else:
                with pytest.raises(LedgerError) as raised:
                    replace_content(file, b"new")
                told = f"{raised.value}\n"
            assert told == f"cannot write {file}: Permission denied; it is as it was\n"
            assert file.read_bytes() == b"old"
            assert left_in(folder) == ["file.yaml"]
        finally:
            folder.chmod(0o755)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"it is as it was$"):
        replace_content(tmp_path, b"new")
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match=r"cannot write .*/file/inside: "):
        replace_content(tmp_path / "file" / "inside", b"new")
    assert left_in(tmp_path) == ["file"]


@pytest.mark.parametrize("mode", [0o600, 0o444, 0o664, 0o755])
def test_permissions_stay(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "file.yaml"
    file.write_bytes(b"old")
    file.chmod(mode)
    for content in (b"new", b"newer"):
        replace_content(file, content)
        assert (file.read_bytes(), file.stat().st_mode & 0o7777) == (content, mode)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_bytes(b"old")
    os.chown(file, 65534, 65534)
    replace_content(file, b"new")
    assert (file.stat().st_uid, file.stat().st_gid) == (65534, 65534)


def test_a_new_file_has_the_permissions_that_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    replace_content(tmp_path / "file.yaml", b"new")
    assert (tmp_path / "file.yaml").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "real.yaml").write_bytes(b"old")
    link = tmp_path / "link.yaml"
    link.symlink_to("elsewhere/real.yaml")
    replace_content(link, b"new")
    assert link.is_symlink()
    assert (folder / "real.yaml").read_bytes() == b"new"
    assert left_in(tmp_path) == ["elsewhere", "link.yaml"]
    assert left_in(folder) == ["real.yaml"]


def test_a_file_that_is_not_as_it_was_read_is_left_alone(tmp_path: Path) -> None:
    file, other = tmp_path / "file.yaml", tmp_path / "other.yaml"
    file.write_bytes(b"saved")
    for before in (b"read", b"", b"save", None):
        with pytest.raises(
            ChangedMeanwhileError, match="was changed by somebody else meanwhile; n"
        ):
            replace_all([Change(other, None, b"new"), Change(file, before, b"new")])
    with pytest.raises(ChangedMeanwhileError):
        replace_all([Change(file, b"saved", b"new"), Change(other, b"read", b"new")])
    assert (left_in(tmp_path), file.read_bytes()) == (["file.yaml"], b"saved")


def test_files_are_written_together(tmp_path: Path) -> None:
    file, other = tmp_path / "file.yaml", tmp_path / "new" / "other.yaml"
    file.write_bytes(b"read")
    file.chmod(0o640)
    replace_all([Change(file, b"read", b"new"), Change(other, None, b"made")])
    assert (file.read_bytes(), other.read_bytes()) == (b"new", b"made")
    assert file.stat().st_mode & 0o7777 == 0o640
    assert (left_in(tmp_path), left_in(other.parent)) == (["file.yaml", "new"], ["other.yaml"])
    assert other.stat().st_nlink == 1


def test_where_one_of_several_cannot_be_written_none_is(tmp_path: Path) -> None:
    file, folder = tmp_path / "file.yaml", tmp_path / "folder.yaml"
    file.write_bytes(b"read")
    (folder / "inside").mkdir(parents=True)
    with pytest.raises(LedgerError, match=r"folder.yaml: Is a directory; it is as it was$"):
        replace_all([Change(file, b"read", b"new"), Change(folder, b"", b"new")])
    assert file.read_bytes() == b"read"
    assert left_in(tmp_path) == ["file.yaml", "folder.yaml"]


def test_what_somebody_is_writing_into_is_waited_for_and_then_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_bytes(b"read")
    with (
        file.open("ab"),
        pytest.raises(
            LedgerError, match=r"another program is writing into .*; nothing was written"
        ),
    ):
        replace_all([Change(file, b"read", b"new")])
    assert (left_in(tmp_path), file.read_bytes()) == (["file.yaml"], b"read")


# Saves a file again and again, as an editor does that moves a new file into the place of the
# old one, or as one that writes into it; tells how often a save of its own was no longer there.
SAVE: Final = """
import os, sys, time
from pathlib import Path

file, way, pause = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
aside = file.with_name("editor's copy")
print("begun", flush=True)
saved = lost = 0
while not file.with_name("stop").exists():
    content = file.read_bytes()
    while b"saved " not in content:  # nothing but our own in-place save is ever half there
        content = file.read_bytes()
    head, _, rest = content.partition(b"\\n")
    lost += int(head.split()[-1]) != saved
    saved = max(saved, int(head.split()[-1])) + 1
    content = b"# saved %d\\n" % saved + rest
    if way == "in place":
        with file.open("wb") as opened:
            opened.write(content[:9])
            opened.flush()
            time.sleep(pause / 5)
            opened.write(content[9:])
    else:
        aside.write_bytes(content)
        aside.replace(file)
    time.sleep(pause)
print(saved, lost)
"""


@pytest.mark.parametrize("way", ["in place", "by a move"])
def test_no_save_is_lost_however_an_editor_saves(tmp_path: Path, way: str) -> None:
    file, other = tmp_path / "file.yaml", tmp_path / "other.yaml"
    file.write_bytes(b"# saved 0\nours: 0\n")
    other.write_bytes(b"0")
    written = refused = 0
    with start_program(SAVE, file, way, "0.002") as process:
        assert process.stdout is not None
        process.stdout.readline()
        while written < 60 or written + refused < 400:
            read = file.read_bytes()
            try:
                ours = read.partition(b"\n")[0] + b"\nours: %d\n" % written
                changes = [
                    Change(other, b"%d" % written, b"%d" % (written + 1)),
                    Change(file, read, ours),
                ]
                if b"\n" in read:
                    replace_all(changes)
                    written += 1
            except ChangedMeanwhileError:
                refused += 1
            # Both were written, or none.
            assert other.read_bytes() == b"%d" % written
        (tmp_path / "stop").touch()
        saved, lost = map(int, process.stdout.read().split())
    assert lost == 0
    assert saved > 60
    assert refused > 0


def test_what_a_killed_command_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    held = tmp_path / "deep" / ".held.yaml.new"
    kept = [".outlets.yaml", "a.yaml.new", ".git/.a.yaml.new", ".a.txt.new", ".b.yaml.new/inside"]
    left = [".outlets.yaml.new", "deep/er/.bulk.jsonl.new", "deep/.é x.yaml.old"]
    for name in [*kept, *left, "deep/.held.yaml.new"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".link.yaml.new").symlink_to("a.yaml.new")
    with held.open("ab") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        remove_leftovers(tmp_path)
        assert held.exists()
    assert all((tmp_path / name).exists() for name in [*kept, ".link.yaml.new"])
    assert not any((tmp_path / name).exists() for name in left)
    remove_leftovers(tmp_path)
    assert not held.exists()
