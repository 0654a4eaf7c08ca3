"""Small programs that change files in processes of their own, to be killed or hindered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.commands.running import ROOT


def start_program(program: str, *arguments: str | Path) -> subprocess.Popen[str]:
    """Start a program of Python; what it prints and what goes wrong come as one."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )


def run_program(program: str, *arguments: str | Path) -> str:
    """Run a program to its end; return what it printed."""
    with start_program(program, *arguments) as process:
        told, _ = process.communicate(timeout=60)
    assert process.returncode == 0, told
    return told
