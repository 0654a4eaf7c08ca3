"""Editing: changes to the files of a claims folder, gathered, judged and written together."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from ledger.edit import jsonl_text, yaml_text
from ledger.edit.effect import Effect, effect_of
from ledger.edit.lock import locked
from ledger.edit.safe_write import Change, ChangedMeanwhileError, remove_leftovers, replace_all
from ledger.files import hashes_of, is_register
from ledger.kept import Kept, open_changed, open_kept
from ledger.problems import LedgerError, Place, Problem
from ledger.read.yaml_file import Data, line_of, parse_yaml_once
from ledger.records import Claim, Question
from ledger.text import decode

CLAIM_KEYS: Final = tuple(Claim.model_fields)
"""The order in which a claim's keys are written."""

QUESTION_KEYS: Final = tuple(Question.model_fields)
"""The order in which a question's keys are written."""

ABSENT: Final = 0.3
"""How many seconds a file that should be there may be missing: so long does no editor save."""

PAUSE: Final = 0.01
"""How many seconds pass between two looks for it."""

BOM: Final = b"\xef\xbb\xbf"


class EditRefusedError(LedgerError):
    """A change would bring new problems; they are in `problems`."""

    def __init__(self, problems: list[Problem]) -> None:
        count = f"{len(problems)} new problem{'s' if len(problems) != 1 else ''}"
        super().__init__(f"nothing was written: the change would bring {count}")
        self.problems = problems


@dataclass(slots=True)
class Editing:
    """Changes that are not yet written, on top of the files as they are."""

    claims: Path
    kept: Kept
    texts: dict[str, str] = field(default_factory=dict)
    before: dict[str, bytes | None] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """Return what a file holds with the changes so far; nothing if it is not there.

        Raises LedgerError if it is not UTF-8 text.
        """
        if path not in self.texts:
            raw = self._read(path)
            text, problems = decode((raw or b"").removeprefix(BOM), path)
            if problems:
                message = f"{path} is not text: {problems[0].what}"
                raise LedgerError(message)
            self.before[path], self.texts[path] = raw, text
        return self.texts[path]

    def put(self, path: str, keys: yaml_text.Keys, value: Data, order: Sequence[str] = ()) -> None:
        """Put a value behind some keys of a YAML file; `order` is that of the keys around it."""
        self.texts[path] = yaml_text.put(self.text(path), keys, value, order)

    def append(self, path: str, keys: yaml_text.Keys, *items: Data) -> None:
        """Add entries at the end of a list in a YAML file."""
        self.texts[path] = yaml_text.append(self.text(path), keys, *items)

    def create(self, path: str, text: str) -> None:
        """Begin a new file. Raises LedgerError if it is there already."""
        if (self.claims / path).exists():
            message = f"{self.claims / path} is there already"
            raise LedgerError(message)
        self.before[path], self.texts[path] = None, text

    def put_in_claim(self, claim: str, keys: Sequence[str], value: Data) -> None:
        """Put a value behind some keys of a claim, wherever it stands."""
        path, at = self.find_claim(claim)
        if path.endswith(".jsonl"):
            self.texts[path] = jsonl_text.put_in_line(self.text(path), at, keys, value)
        else:
            self.put(path, ("claims", at, *keys), value, CLAIM_KEYS if len(keys) == 1 else ())

    def append_in_claim(self, claim: str, key: str, *items: Data) -> None:
        """Add entries at the end of a list of a claim, wherever it stands."""
        held = self.claim(claim).get(key)
        path, at = self.find_claim(claim)
        if path.endswith(".jsonl") or not isinstance(held, list):
            self.put_in_claim(claim, [key], [*(held if isinstance(held, list) else []), *items])
            return
        self.append(path, ("claims", at, key), *items)

    def remove_in_claim(self, claim: str, keys: Sequence[str]) -> None:
        """Take a key out of a claim, wherever it stands."""
        path, at = self.find_claim(claim)
        if path.endswith(".jsonl"):
            self.texts[path] = jsonl_text.remove_in_line(self.text(path), at, keys)
        else:
            self.texts[path] = yaml_text.remove(self.text(path), ("claims", at, *keys))

    def claim(self, claim: str) -> dict[str, Data]:
        """Return a claim as it is written, by its keys."""
        path, at = self.find_claim(claim)
        text = self.text(path)
        if path.endswith(".jsonl"):
            data = parse_yaml_once(text.split("\n")[at - 1], path).data
        else:
            data = _claims_in(text, path)[at]
        return data if isinstance(data, dict) else {}

    def find_claim(self, claim: str) -> tuple[str, int]:
        """Return the path of the file that a claim stands in, and its number there.

        In a dossier that is its position from 0, in a bulk file its line. Raises LedgerError if
        there is no such claim.
        """
        for path in self._may_hold(claim):
            at = self._position(path, claim)
            if at is not None:
                return path, at
        message = f"there is no claim {claim}"
        raise LedgerError(message)

    def has_claim(self, claim: str) -> bool:
        """Return whether a claim has an id."""
        return any(self._position(path, claim) is not None for path in self._may_hold(claim))

    def has_key(self, path: str, key: str) -> bool:
        """Return whether a YAML file has a key at its top."""
        data = parse_yaml_once(self.text(path), path).data
        return isinstance(data, dict) and key in data

    def find_question(self, question: str) -> str:
        """Return the path of the dossier that asks a question.

        Raises LedgerError if there is no such question.
        """
        for path in self._may_hold(question, "question"):
            data = (
                parse_yaml_once(self.text(path), path).data if not path.endswith(".jsonl") else None
            )
            asked = data.get("questions") if isinstance(data, dict) else None
            if isinstance(asked, dict) and question in asked:
                return path
        message = f"there is no question {question}"
        raise LedgerError(message)

    def claim_ids(self) -> list[str]:
        """Return the ids of all claims, to look for what was meant."""
        known = self.kept.rows("SELECT id, file FROM claims", {})
        return self._ids(known, "SELECT id FROM draft_claim")

    def question_ids(self) -> list[str]:
        """Return the ids of all questions, to look for what was meant."""
        sql = "SELECT q.id, d.file FROM questions q JOIN dossiers d ON d.id = q.dossier"
        return self._ids(self.kept.rows(sql, {}), "SELECT id FROM draft_question")

    def _ids(self, known: Iterable[tuple[object, ...]], read: str) -> list[str]:
        """Return the ids that unchanged files hold and those in files that were read."""
        changed = self.changed()
        ids = {
            str(name)
            for name, path in known
            if self.kept.is_unchanged(str(path)) and path not in changed
        }
        with open_changed(self.kept, changed) as draft:
            return sorted(ids | {str(name) for (name,) in draft.rows(read)})

    def place_of_claim(self, claim: str) -> Place:
        """Return the place of a claim in the files as they are with the changes."""
        path, at = self.find_claim(claim)
        if path.endswith(".jsonl"):
            return Place(path, at)
        return Place(path, line_of(parse_yaml_once(self.text(path), path).marks, ("claims", at)))

    def place_of(self, path: str, *keys: str | int) -> Place:
        """Return the place of what stands behind some keys of a YAML file, with the changes."""
        return Place(path, line_of(parse_yaml_once(self.text(path), path).marks, keys))

    def changed(self) -> dict[str, bytes]:
        """Return the content of every file that the changes make or alter, registers first."""
        found: dict[str, bytes] = {}
        for path in sorted(self.texts, key=lambda one: (not is_register(one), one)):
            old = self.before[path]
            content = self.texts[path].encode()
            content = BOM + content if old is not None and old.startswith(BOM) else content
            if content != old and not (old is None and not content):
                found[path] = content
        return found

    def effect(self, coding: str = "plural") -> Effect:
        """Return what the changes would bring, without writing them."""
        return effect_of(self.kept, self.changed(), coding)

    def write(self, *, force: bool = False, coding: str = "plural") -> Effect:
        """Write the changes; return what they bring.

        Raises EditRefusedError if that is new problems, unless forced; nothing is written then.
        Raises LedgerError if a file cannot be written.
        """
        effect = self.effect(coding)
        if effect.problems and not force:
            raise EditRefusedError(effect.problems)
        self.commit()
        return effect

    def commit(self) -> None:
        """Write the changes as they are, all or none.

        Raises ChangedMeanwhileError if a file is no longer as it was read, LedgerError if one
        cannot be written.
        """
        changed = self.changed()
        for path in changed:
            self._refuse_half_read(path)
        remove_leftovers(self.claims)
        replace_all(
            Change(self.claims / path, self.before[path], content)
            for path, content in changed.items()
        )

    def _read(self, path: str) -> bytes | None:
        """Return the content of a file; None if it is not there.

        Some editors remove a file and write it anew: one that should be there is waited for.
        """
        file = self.claims / path
        known = path in self.kept.deleted or (is_register(path) and self.kept.database is None)
        until = time.monotonic() + (ABSENT if known else 0)
        while True:
            try:
                return file.read_bytes()
            except FileNotFoundError:
                if time.monotonic() >= until:
                    return None
            except OSError as error:
                message = f"cannot read {file}: {error.strerror}"
                raise LedgerError(message) from error
            time.sleep(PAUSE)

    def _refuse_half_read(self, path: str) -> None:
        """Raise ChangedMeanwhileError if a file was saved while the change was worked out.

        It was seen first, and what it holds was judged by that.
        """
        seen, before = self.kept.hashes.get(path), self.before[path]
        if seen and (before is None or sha256(before).hexdigest() != seen):
            raise ChangedMeanwhileError(self.claims / path)

    def is_overtaken(self) -> bool:
        """Return whether a file of the folder was saved since the changes were begun."""
        return bool(self._overtaken())

    def refuse_overtaken(self) -> None:
        """Raise ChangedMeanwhileError if a file was saved since the changes were begun.

        What was half saved when it was read may have any problem.
        """
        for path in self._overtaken():
            raise ChangedMeanwhileError(self.claims / path)

    def _overtaken(self) -> list[str]:
        """Return the paths of the files that are not what they were."""
        now, seen = hashes_of(self.claims), self.kept.hashes
        return sorted(path for path in now.keys() | seen.keys() if now.get(path) != seen.get(path))

    def _may_hold(self, name: str, kind: str = "claim") -> Iterator[str]:
        """Yield the paths of the files that may hold an id, the likeliest first."""
        likely = self.kept.path_of(kind, name)
        paths = [*([likely] if likely else []), *self.texts, *sorted(self.kept.changed)]
        # Whatever is kept of an unchanged file is true, so no other need be looked at.
        for path in dict.fromkeys(paths):
            if not is_register(path) and name in self.text(path):
                yield path

    def _position(self, path: str, claim: str) -> int | None:
        if path.endswith(".jsonl"):
            return jsonl_text.line_with(self.text(path), claim)
        claims = enumerate(_claims_in(self.text(path), path))
        return next(
            (at for at, one in claims if isinstance(one, dict) and one.get("id") == claim), None
        )


@contextmanager
def editing(claims: Path, database: Path | None = None) -> Iterator[Editing]:
    """Yield changes to a claims folder, which nobody else changes until the end of the block.

    Nothing is written but by Editing.write(). `database` is the built one, which saves reading
    every file. Raises LedgerError if another command holds the folder for too long.
    """
    with locked(claims), open_kept(claims, database or claims.parent / "ledger.db") as kept:
        yield Editing(claims, kept)


def _claims_in(text: str, path: str) -> list[Data]:
    data = parse_yaml_once(text, path).data
    claims = data.get("claims") if isinstance(data, dict) else None
    return claims if isinstance(claims, list) else []
