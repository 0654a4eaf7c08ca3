"""The real command at a terminal: what it asks is waited for, and answered as by a person."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.commands.running import ENVIRONMENT, LEDGER

PATIENCE: Final = 30.0
"""How many seconds are waited for what the command says next."""

INTERRUPT: Final = "\x03"
"""What Ctrl-C types."""

END: Final = "\x04"
"""What Ctrl-D types."""


@dataclass(slots=True)
class Terminal:
    """A command at a terminal of its own, and all that the terminal has shown."""

    process: subprocess.Popen[bytes]
    keys: int
    screen: str = ""
    seen: int = 0
    decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")("replace")
    )

    def wait_for(self, told: str) -> str:
        """Wait until a text is shown; return what was shown up to its end, since the last wait."""
        while (at := self.screen.find(told, self.seen)) < 0:
            if not self._read():
                message = f"{told!r} was not shown:\n{self.screen[self.seen :]}"
                raise AssertionError(message)
        shown = self.screen[self.seen : at + len(told)]
        self.seen = at + len(told)
        return shown

    def answer(self, asked: str, *answers: str) -> str:
        """Wait for a question and type a line; return what was shown before. So for each answer."""
        shown = ""
        for one in answers:
            shown += self.wait_for(asked)
            self.type(f"{one}\n")
        return shown

    def type(self, keys: str | bytes) -> None:
        """Type some keys."""
        os.write(self.keys, keys if isinstance(keys, bytes) else keys.encode())

    def rest(self) -> str:
        """Return what is shown until the command ends."""
        while self._read():
            pass
        shown, self.seen = self.screen[self.seen :], len(self.screen)
        return shown

    def end(self) -> int:
        """Wait for the command to end; return its exit code."""
        self.rest()
        return self.process.wait(timeout=PATIENCE)

    def stop(self, key: str) -> str:
        """Press Ctrl-C or Ctrl-D, again if need be; return what is shown until the command ends."""
        # Python is deaf to a Ctrl-C between showing a question and waiting for the answer.
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < until, self.screen
            self.type(key)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=2)
        return self.rest().replace("^C", "").replace("^D\b\b", "")

    def _read(self) -> bool:
        """Read what is shown next; return whether there was any."""
        ready, _, _ = select.select([self.keys], [], [], PATIENCE)
        if not ready:
            message = f"nothing more was shown in {PATIENCE:g} s:\n{self.screen}"
            raise AssertionError(message)
        try:
            read = os.read(self.keys, 65536)
        except OSError:  # how Linux tells that nobody is at the other end
            return False
        self.screen += self.decoder.decode(read).replace("\r\n", "\n")
        return bool(read)


@contextmanager
def at_terminal(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> Iterator[Terminal]:
    """Run the command at a terminal until the end of the block."""
    ours, theirs = pty.openpty()

    def take_terminal() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        [LEDGER, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=cwd,
        env=ENVIRONMENT | {"TERM": "dumb"} | environment,
        start_new_session=True,
        preexec_fn=take_terminal,  # noqa: PLW1509 # only so do Ctrl-C and Ctrl-D reach the command
    )
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
