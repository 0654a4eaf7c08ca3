"""Safe writing: the old content or the new one, whatever happens."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from ledger.edit.safe_write import replace_content
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
from ledger.edit.safe_write import replace_content

print("begun", flush=True)
for letter in cycle("abc"):
    replace_content(Path(sys.argv[1]), letter.encode() * int(sys.argv[2]))
"""

# Writes where no file may become longer than 50 kB, as on a disk that is full.
NO_ROOM: Final = """
import resource, sys
from pathlib import Path
from ledger.edit.safe_write import replace_content
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
from ledger.edit.safe_write import replace_content
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
