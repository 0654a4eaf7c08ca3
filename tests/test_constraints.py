"""The versions that the tests passed with: all that the tests need, and none below its floor."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parent.parent

PINNED: Final = {
    canonicalize_name(one.name): one
    for one in map(Requirement, (ROOT / "tests/constraints.txt").read_text().splitlines())
}


def needed() -> list[Requirement]:
    """Return what the package and its tests need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [
        *map(Requirement, [*project["dependencies"], *project["optional-dependencies"]["test"]])
    ]


@pytest.mark.parametrize("requirement", needed(), ids=str)
def test_what_is_needed_is_pinned_to_a_version_that_will_do(requirement: Requirement) -> None:
    (version,) = PINNED[canonicalize_name(requirement.name)].specifier
    assert version.operator == "=="
    assert requirement.specifier.contains(version.version)


@pytest.mark.parametrize("pinned", PINNED.values(), ids=str)
def test_every_pin_is_one_version(pinned: Requirement) -> None:
    assert [one.operator for one in pinned.specifier] == ["=="]
    assert (pinned.marker, pinned.url) == (None, None)
