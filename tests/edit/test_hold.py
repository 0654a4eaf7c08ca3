"""Hold: whether somebody else writes into a file, and whether it is still what it was."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Thread
from typing import Final

import pytest

from ledger.edit.hold import LEASES, SETTLED, HeldByOthersError, hold

WAYS: Final = [pytest.param(True, id="leased"), pytest.param(False, id="not leased")]


@pytest.mark.parametrize("leases", WAYS)
def test_a_file_that_is_saved_is_no_longer_untouched(tmp_path: Path, leases: bool) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    held = hold(file, leases=leases and LEASES)
    assert held.content == b"old"
    assert held.is_at(file)
    assert held.is_untouched()
    assert held.is_untouched()
    saving = Thread(target=file.write_bytes, args=(b"new",))
    saving.start()
    until = time.monotonic() + 10
    while held.is_untouched():
        assert time.monotonic() < until
    held.close()
    saving.join()
    assert file.read_bytes() == b"new"


@pytest.mark.parametrize("leases", WAYS)
def test_a_file_in_the_place_of_another_is_not_that(tmp_path: Path, leases: bool) -> None:
    file, other = tmp_path / "file", tmp_path / "other"
    file.write_bytes(b"same")
    other.write_bytes(b"same")
    held = hold(file, leases=leases and LEASES)
    file.rename(tmp_path / "moved")
    assert not held.is_at(file)
    other.rename(file)
    assert not held.is_at(file)
    assert held.is_at(tmp_path / "moved")
    held.close()


@pytest.mark.skipif(not LEASES, reason="there are no leases here")
def test_who_has_a_file_open_for_writing_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    with file.open("ab"), pytest.raises(HeldByOthersError):
        hold(file, patience=0.05)
    with file.open("rb"):
        hold(file, patience=0.05).close()


def test_without_leases_a_file_is_read_once_it_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"new")
    begun = time.time()
    hold(file, leases=False).close()
    assert time.time() - file.stat().st_mtime >= SETTLED
    assert time.time() - begun < 10 * SETTLED


def test_without_leases_who_writes_again_and_again_is_not_waited_for_forever(
    tmp_path: Path,
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"new")
    with pytest.raises(HeldByOthersError):
        hold(file, patience=0, leases=False)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        hold(tmp_path / "file")
