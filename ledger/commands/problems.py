"""How problems are printed: for people, for programs, and as annotations of a pull request."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from ledger.problems import Problem


def as_text(problems: Sequence[Problem], claims: Path) -> str:
    """Return `path:line: code: what` and the remedy on the line below, then the counts."""
    lines = [
        f"{_path(problem, claims)}:{problem.place.line}: {problem.code}: {problem.what}\n"
        f"    {problem.remedy}"
        for problem in problems
    ]
    return "\n".join([*lines, _count(problems)])


def _count(problems: Sequence[Problem]) -> str:
    remarks = sum(problem.level == "remark" for problem in problems)
    wrong = len(problems) - remarks
    told = f"{wrong:,} problem{'s' if wrong > 1 else ''}" if wrong else "No problems"
    return f"{told}, {remarks:,} remark{'s' if remarks > 1 else ''}." if remarks else f"{told}."


def as_json(problems: Sequence[Problem], claims: Path) -> str:
    """Return a JSON array with an object for each problem."""
    return json.dumps(
        [
            {
                "path": _path(problem, claims),
                "line": problem.place.line,
                "code": problem.code,
                "level": problem.level,
                "what": problem.what,
                "remedy": problem.remedy,
            }
            for problem in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def as_github(problems: Sequence[Problem], claims: Path) -> str:
    """Return a workflow command for each problem, which GitHub shows beside its line.

    GitHub knows files by their paths in the repository, wherever the command runs.
    """
    claims = _in_repository(claims)
    return "\n".join(
        f"::{LEVELS[problem.level]} file={_escaped(_path(problem, claims), in_property=True)},"
        f"line={problem.place.line},title={problem.code}"
        f"::{_escaped(problem.what)}%0A{_escaped(problem.remedy)}"
        for problem in problems
    )


LEVELS: Final = {"problem": "error", "remark": "notice"}
"""What GitHub calls the two levels."""

FORMATS: Final[dict[str, Callable[[Sequence[Problem], Path], str]]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}


def _path(problem: Problem, claims: Path) -> str:
    return (claims / problem.place.path).as_posix()


def _in_repository(claims: Path) -> Path:
    """Return the path of a claims folder in its repository; as it was told if there is none."""
    folder = claims.resolve()
    roots = [root for root in (folder, *folder.parents) if (root / ".git").exists()]
    # Where there is no git, GitHub's checkout has none either, and says where it is.
    if not roots and (workspace := os.environ.get("GITHUB_WORKSPACE")):
        roots = [Path(workspace).resolve()]
    inside = [root for root in roots if folder.is_relative_to(root)]
    return folder.relative_to(inside[0]) if inside else claims


def _escaped(text: str, *, in_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text
