"""Replacing several files of a folder as if in one step, whenever the program is stopped.

The new files are written whole into a hidden folder beside the old ones; one rename then makes them count, before any
of them is put in place. Reading follows that (:func:`pending`): it finds all new files or all old ones, never a
mixture. What an interrupted writing left is put in place, or taken away, by the next one.
"""

from __future__ import annotations

import json
import os
import platform
import secrets
import shutil
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ..case.schema import BY_NAME

BEGINS, ENDS = ".safetynet-", ".tmp"
_COUNTS = "counts.json"  # while it is there, the files beside it count
OURS = frozenset(f"{name}.{form}" for name in BY_NAME for form in ("csv", "parquet")) | {"datapackage.json"}
_LONG_AGO = 7 * 86_400  # seconds after which what another machine left is taken away


class Pending(NamedTuple):
    """Files that count though they are not in place yet, by name, and names that are gone though they are there."""

    files: Mapping[str, Path]
    gone: frozenset[str]


def pending(folder: Path) -> Pending:
    """What an interrupted or running writing into a folder has made count already."""
    for made in sorted(folder.glob(f"{BEGINS}*{ENDS}")):
        files, gone = _counting(made)
        if files or gone:
            return Pending({name: made / name for name in files if (made / name).is_file()}, frozenset(gone))
    return Pending({}, frozenset())


def _counting(made: Path) -> tuple[list[str], list[str]]:
    """The files of a hidden folder that count, and those beside it that do not; only such as a case has."""
    try:
        said = json.loads((made / _COUNTS).read_text(encoding="utf-8"))
        return [name for name in said["files"] if name in OURS], [name for name in said["gone"] if name in OURS]
    except (OSError, ValueError, KeyError, TypeError):
        return [], []  # it does not count, has just been put in place, or is none of ours


def temporary_name() -> str:
    """A name for what is not finished yet; it says which process makes it."""
    return f"{BEGINS}{_machine()}-{os.getpid()}-{secrets.token_hex(6)}{ENDS}"


def _machine() -> str:
    return f"{zlib.crc32(platform.node().encode()):08x}"


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A hidden folder in `folder`, gone afterwards unless it was renamed."""
    made = folder / temporary_name()
    try:
        with named(folder):
            made.mkdir()
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def named(place: Path) -> Iterator[None]:
    """Let an error of the system name the place that was to be written, never a file in between."""
    try:
        yield
    except OSError as error:
        between = [str(one) for one in (error.filename, error.filename2) if one is not None]
        if error.errno is not None and (not between or any(BEGINS in one for one in between)):
            raise type(error)(error.errno, error.strerror, str(place)) from None
        raise


def put(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a new file, down to the disk; it is never more open than `mode`, nor than new files of the system are."""
    bits = 0o666 if mode is None else mode & 0o666
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, bits), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_files(folder: Path, files: Mapping[str, bytes], gone: Iterable[str]) -> None:
    """Write files into a folder that is there, all or none, and take the `gone` ones away; others are not touched.

    A file that is replaced keeps who may read it, and a new one is as open as those beside it.
    """
    tidy(folder)
    names = [*files, *(name for name in gone if name not in files)]
    with aside(folder) as made:
        old = made / "old"
        old.mkdir()
        for name, data in files.items():
            like = _like(folder, name, names)
            put(made / name, data, None if like is None else like.stat().st_mode)
            if like is not None:
                shutil.copymode(like, made / name)
        _make_count(made, list(files), [name for name in names if name not in files])
        moved: list[str] = []
        placed: list[str] = []
        try:
            for name in names:
                target = folder / name
                if os.path.lexists(target):
                    target.replace(old / name)
                    moved.append(name)
                if name in files:
                    (made / name).replace(target)
                    placed.append(name)
        except BaseException:
            for name in placed:
                (folder / name).replace(made / name)
            for name in moved:
                (old / name).replace(folder / name)
            (made / _COUNTS).unlink()
            raise
        (made / _COUNTS).unlink()


def _make_count(made: Path, files: list[str], gone: list[str]) -> None:
    put(made / "made.json", json.dumps({"files": files, "gone": gone}).encode("utf-8"))
    os.rename(made / "made.json", made / _COUNTS)  # noqa: PTH104 -- the one step, told from the steps that put files in place


def _like(folder: Path, name: str, names: Iterable[str]) -> Path | None:
    """The file as open as which a new one is to be: the one that it replaces, or one beside it."""
    places = (folder / one for one in (name, *names))
    return next((like for like in places if like.is_file() and not like.is_symlink()), None)


def tidy(folder: Path) -> None:
    """Finish or take away what a writing left that is over: its process is gone, or, of another machine, it is old."""
    for made in folder.glob(f"{BEGINS}*{ENDS}"):
        if _is_over(made):
            with suppress(OSError):  # what may not be taken away stays; the writing itself says so where it matters
                _clear(folder, made)


def _clear(folder: Path, made: Path) -> None:
    if made.is_dir():
        _put_in_place(folder, made)
        shutil.rmtree(made, ignore_errors=True)
    else:
        made.unlink(missing_ok=True)


def _put_in_place(folder: Path, made: Path) -> None:
    files, gone = _counting(made)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    for name in files:
        if (made / name).is_file():
            (made / name).replace(folder / name)


def _is_over(made: Path) -> bool:
    parts = made.name.removeprefix(BEGINS).removesuffix(ENDS).split("-")
    try:
        if len(parts) == 3 and parts[0] == _machine() and hasattr(os, "fork"):
            return not _runs(int(parts[1]))
        return time.time() - made.stat().st_mtime > _LONG_AGO
    except (OSError, ValueError):
        return False


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
