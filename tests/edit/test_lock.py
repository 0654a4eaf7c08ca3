"""The lock: one command at a time, and none that ended or was killed holds it."""

from __future__ import annotations

import errno
import fcntl
import time
from pathlib import Path
from typing import Final

import pytest

from ledger.edit.lock import locked
from ledger.problems import LedgerError
from tests.edit.processes import run_program, start_program

# Holds a folder until it is killed.
HOLD: Final = """
import sys, time
from pathlib import Path
from ledger.edit.lock import locked

with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""

# Counts a file up, without looking whether somebody else does.
COUNT: Final = """
import sys
from pathlib import Path
from ledger.edit.lock import locked

file = Path(sys.argv[1], "count")
for _ in range(100):
    with locked(file.parent):
        file.write_text(str(int(file.read_text()) + 1))
"""


def test_another_command_waits_and_then_says_that_nothing_was_written(tmp_path: Path) -> None:
    with start_program(HOLD, tmp_path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        began = time.monotonic()
        with pytest.raises(LedgerError) as told, locked(tmp_path, 0.3):
            pass
        assert time.monotonic() - began >= 0.3
        assert str(told.value) == (
            f"another command has been changing {tmp_path} for 0.3 s; "
            "nothing was written; try again when it has ended"
        )
        holder.kill()
        holder.stdout.read()
    with locked(tmp_path, 0.3):
        pass


def test_the_lock_of_a_killed_command_ends_while_another_waits_for_it(tmp_path: Path) -> None:
    with start_program(HOLD, tmp_path) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with start_program(COUNT, tmp_path) as waiting:
            (tmp_path / "count").write_text("0", encoding="utf-8")
            time.sleep(0.3)
            assert waiting.poll() is None
            holder.kill()
            assert waiting.wait(timeout=30) == 0
            assert waiting.stdout is not None
            assert waiting.stdout.read() == ""
        holder.stdout.read()
    assert (tmp_path / "count").read_text(encoding="utf-8") == "100"


def test_of_several_commands_none_overtakes_another(tmp_path: Path) -> None:
    (tmp_path / "count").write_text("0", encoding="utf-8")
    running = [start_program(COUNT, tmp_path) for _ in range(3)]
    for process in running:
        with process:
            assert process.communicate(timeout=60)[0] == ""
    assert (tmp_path / "count").read_text(encoding="utf-8") == "300"


def test_the_lock_leaves_nothing_behind_and_ends_with_an_error_too(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="anything"), locked(tmp_path, 0):
            raise ValueError("anything")  # noqa: EM101 # any error at all
    assert list(tmp_path.iterdir()) == []
    assert run_program(COUNT.replace("100", "0"), tmp_path) == ""


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    message = f"^cannot read {tmp_path}/none: No such file or directory$"
    with pytest.raises(LedgerError, match=message), locked(tmp_path / "none"):
        pass


def test_a_disk_that_knows_no_locks_is_told_of_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    message = f"^cannot lock {tmp_path}: No locks available; nothing was written$"
    with pytest.raises(LedgerError, match=message), locked(tmp_path):
        pass
