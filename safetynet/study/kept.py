"""What a run over a study keeps so that an interruption loses nothing: numbers, by a digest of each case.

Nothing that a case tells is kept, nor its name: only the digest of its contents, the day asked for, how deep the
record is, and the scores. A line is written whole or, where the run was ended in it, passed over.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from ..errors import ArgumentError
from ..io.files import full_path
from ..measures.headline import NAMES
from ..rules import Rules
from .asking import Scored
from .depth import Depth
from .moments import Moment

ENDING = ".scores.jsonl"


class Kept:
    """The scores that runs with the same question have kept in a folder."""

    def __init__(self, folder: Path, moment: Moment, rules: Rules) -> None:
        from importlib.metadata import version

        question = repr((version("safetynet-networks"), NAMES, tuple(moment), rules.choices()))
        self.path = folder / (hashlib.sha256(question.encode()).hexdigest()[:16] + ENDING)
        self._known = dict(_lines(self.path))
        self._file: IO[str] | None = None

    def get(self, digest: str) -> Scored | None:
        """What is kept of a case."""
        return self._known.get(digest)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The time in which more is added."""
        _make(self.path.parent)
        torn = self.path.exists() and not self.path.read_bytes().endswith(b"\n")
        with self.path.open("a", encoding="ascii", newline="\n") as file:
            self._file = file
            if torn:
                file.write("\n")
            try:
                yield
            finally:
                self._file = None

    def add(self, digest: str, scored: Scored) -> None:
        """Keep the scores of a case."""
        if self._file is None or digest in self._known:
            return
        self._known[digest] = scored
        numbers = [None if math.isnan(one) else one for one in scored.numbers]
        line = [digest, scored.day, scored.reason, list(scored.depth), numbers]
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()  # to the system: what ends this process does not end that


def _make(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ArgumentError(f"resume={str(folder)!r} is a file. Give a folder, or one that is not there yet.")
    if not folder.parent.is_dir():
        raise ArgumentError(f"There is no folder {str(folder.parent)!r} to make {folder.name!r} in. Make it first.")
    folder.mkdir(exist_ok=True)


def _lines(path: Path) -> Iterator[tuple[str, Scored]]:
    """The lines that are whole."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        try:
            digest, day, reason, depth, numbers = json.loads(line)
        except ValueError:  # also of too few parts
            continue
        values = tuple(math.nan if one is None else float(one) for one in numbers)
        yield digest, Scored(day, reason, Depth(*depth), values)


def forget(folder: Path) -> None:
    """Take away what runs have kept in a folder, and the folder when nothing else is in it."""
    if not folder.is_dir():
        return
    for path in folder.glob(f"*{ENDING}"):
        path.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()


def as_kept(resume: Any, moment: Moment, rules: Rules) -> Kept | None:
    """What earlier runs have kept in the folder `resume`; None where nothing is to be kept."""
    if resume is None:
        return None
    folder = full_path(resume, "resume")
    _make(folder)
    return Kept(folder, moment, rules)
