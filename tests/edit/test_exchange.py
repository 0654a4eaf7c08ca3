"""Exchange: two files change places, and neither is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.edit.exchange import exchange, exchange_in_steps, kept_beside


@pytest.mark.parametrize("way", [exchange, exchange_in_steps])
def test_two_files_change_places(tmp_path: Path, way: Callable[[Path, Path], bool]) -> None:
    file, aside = tmp_path / "é x.yaml", tmp_path / ".é x.yaml.new"
    file.write_text("old")
    aside.write_text("new")
    old = file.stat().st_ino
    kept_beside(file).write_text("what a killed command left")
    assert way(aside, file)
    assert (file.read_text(), aside.read_text(), aside.stat().st_ino) == ("new", "old", old)
    assert way(aside, file)
    assert (file.read_text(), aside.read_text(), file.stat().st_ino) == ("old", "new", old)


@pytest.mark.parametrize("way", [exchange, exchange_in_steps])
def test_where_one_is_missing_the_other_stays(
    tmp_path: Path, way: Callable[[Path, Path], bool]
) -> None:
    file, aside = tmp_path / "file.yaml", tmp_path / ".file.yaml.new"
    for there, missing in ((aside, file), (file, aside)):
        there.write_text("here")
        with pytest.raises(FileNotFoundError):
            way(aside, file)
        assert (there.read_text(), missing.exists()) == ("here", False)
        there.unlink()
