"""The real command and real servers, as processes of their own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

LEDGER: Final = Path(sys.executable).with_name("ledger")

ROOT: Final = Path(__file__).parents[2]
"""The project's folder, with the claims that are shipped."""

METADATA: Final = ROOT / "datasette-metadata.json"

# A browser must not open, nor a colour code stand in what is compared.
ENVIRONMENT: Final = {**os.environ, "CI": "1", "NO_COLOR": "1", "COLUMNS": "100"}


def run(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [LEDGER, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        timeout=60,
        env=ENVIRONMENT | environment,
    )


def start(*arguments: str | Path, cwd: Path | None = None) -> subprocess.Popen[str]:
    """Start the command, or another program of this environment; both outputs come as one."""
    return subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=cwd,
        env=ENVIRONMENT,
        process_group=0,  # so that a test can do what Ctrl-C at a terminal does
    )


def end(process: subprocess.Popen[str]) -> None:
    """End a process, at once if it does not end when it is told to."""
    process.send_signal(signal.SIGTERM)
    try:
        process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # with the processes that it started
        process.communicate()


@dataclass(frozen=True, slots=True)
class Server:
    """A site that runs in another process."""

    process: subprocess.Popen[str]
    address: str
    said: list[str]

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the text of an answer."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=60) as answer:  # noqa: S310 # our own http address
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except urllib.error.URLError as error:
            raise AssertionError(self._end()) from error

    def _end(self) -> str:
        """Return how a server ended that no longer answers, and what it said last."""
        ended = self.process.wait(timeout=10)
        output = self.process.stdout.read() if self.process.stdout else ""
        return f"the server has ended with {ended}: {output}"

    def rows(self, table: str, query: str = "") -> list[dict[str, Any]]:
        """Return up to a thousand rows of a table."""
        status, text = self.get(f"/ledger/{table}.json?_shape=array&_size=max{query}")
        assert status == 200, text
        found: list[dict[str, Any]] = json.loads(text)
        return found


@contextmanager
def served(*arguments: str | Path, cwd: Path | None = None) -> Iterator[Server]:
    """Run a site until the end of the block: `ledger serve`, or plain Datasette."""
    with start(*arguments, cwd=cwd) as process:
        assert process.stdout is not None
        try:
            yield _once_up(process, process.stdout)
        finally:
            end(process)


@dataclass(frozen=True, slots=True)
class Said:
    """What a process says, line by line."""

    process: subprocess.Popen[str]

    def upto(self, *endings: str) -> list[str]:
        """Return the lines up to the first that has one of some texts in it."""
        said: list[str] = []
        for line in self.process.stdout or ():
            said.append(line.rstrip("\n"))
            if any(ending in line for ending in endings):
                return said
        raise AssertionError("\n".join(said))


@contextmanager
def watching(*options: str | Path, cwd: Path) -> Iterator[Said]:
    """Run `ledger watch` in a folder until the end of the block."""
    with start(LEDGER, "watch", *options, cwd=cwd) as process:
        try:
            yield Said(process)
        finally:
            end(process)


def _once_up(process: subprocess.Popen[str], output: IO[str]) -> Server:
    said: list[str] = []
    for line in output:
        said.append(line.rstrip("\n"))
        if address := re.search(r"http://(?:[\d.]+|\[[\da-f:]+\]):\d+", line):
            return Server(process, address[0], said)
    raise AssertionError("\n".join(said))
