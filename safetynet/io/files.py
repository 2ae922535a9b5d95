"""Writing files so that either everything is there or nothing is.

A file is written under a temporary name in its own folder and then renamed; on any error nothing remains.
What holds a person's work is only replaced when the caller says so.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from ..errors import ArgumentError, FileInTheWayError, brief, yes_or_no
from .journal import aside, named, put, replace_files, temporary_name, tidy

LOOKED_AT = 2000  # bytes at the top, or at the end, of a generated file in which its mark must stand


PATHS = "Write a text such as 'reviews/lewis.xlsx'."


def full_path(path: str | os.PathLike[str], name: str = "path") -> Path:
    """The path, the argument `name`, as an absolute one; ``~`` is the home folder."""
    try:
        text = os.fspath(path)
    except TypeError:
        already = "It is a case already." if type(path).__name__ == "Case" else PATHS
        given = brief(path)
        said = f"{name}={given} is not a path." if given == repr(path) else f"{name} is {given}, which is no path."
        raise ArgumentError(f"{said} {already}") from None
    if isinstance(path, bytes) or not text or "\0" in text:
        raise ArgumentError(f"{name}={path!r} is not a path. {PATHS}")
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        raise ArgumentError(f"{name}={path!r} is not a path: it has half a character in it.") from None
    try:
        place = Path(text).expanduser()
    except RuntimeError:  # a name that only begins with ~, such as ~$lewis.xlsx
        place = Path(text)
    return Path(os.path.abspath(place))  # noqa: PTH100 -- a link keeps its own name


def refuse_if_taken(path: Path, overwrite: bool) -> None:
    """Raise unless a file may be written at `path`."""
    yes_or_no(overwrite=overwrite)
    if not path.parent.is_dir():
        raise ArgumentError(f"There is no folder {str(path.parent)!r} to write {path.name!r} into. Make it first.")
    if not os.path.lexists(path):
        return
    if path.is_dir():
        raise FileInTheWayError(f"{str(path)!r} is a folder. Give a file name that is not taken.")
    if path.exists() and not path.is_file():
        raise FileInTheWayError(f"{str(path)!r} is not an ordinary file. Give another name.")
    if not overwrite:
        raise FileInTheWayError(
            f"{str(path)!r} is already there and was left alone. Give another name, or overwrite=True."
        )


def write_file(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write one file, whole or not at all. A link at `path` is replaced, never written through.

    Raises
    ------
    FileInTheWayError
        If something is at `path` and `overwrite` is false, or it is a folder.
    """
    _write(path, lambda made, like: put(made, data, like), overwrite)


def write_by(path: Path, write: Callable[[Path], object], *, overwrite: bool = False) -> None:
    """As :func:`write_file`, by what writes to a path itself; it is given one in the same folder.

    Raises
    ------
    FileInTheWayError
        As :func:`write_file`.
    """

    def fill(made: Path, like: int | None) -> None:
        put(made, b"", like)  # never more open than it will be
        write(made)

    _write(path, fill, overwrite)


def _write(path: Path, fill: Callable[[Path, int | None], object], overwrite: bool) -> None:
    refuse_if_taken(path, overwrite)
    tidy(path.parent)
    made = path.with_name(temporary_name())
    like = path.stat().st_mode if path.is_file() and not path.is_symlink() else None
    try:
        with named(path.parent):
            fill(made, like)
            if like is not None:
                shutil.copymode(path, made)
            if overwrite:
                made.replace(path)
            else:
                _claim(made, path)
    except BaseException:
        with suppress(OSError):
            made.unlink(missing_ok=True)
        raise


def _claim(made: Path, path: Path) -> None:
    """Give a new file its name, unless somebody else has taken it meanwhile."""
    try:
        os.link(made, path)
    except FileExistsError:
        refuse_if_taken(path, overwrite=False)
        raise
    except OSError:  # a disk without such links
        refuse_if_taken(path, overwrite=False)
        made.replace(path)
    else:
        made.unlink()


def write_folder(
    folder: Path, files: Mapping[str, bytes], stale: Iterable[str] = (), *, overwrite: bool = True
) -> None:
    """Write several files into one folder, all or none, and take the `stale` ones away.

    A folder that is not there is made. In one that is there, what is replaced is put back if anything fails; other
    files in it are not touched.

    Raises
    ------
    FileInTheWayError
        If one of the files is there and `overwrite` is false.
    """
    yes_or_no(overwrite=overwrite)
    tidy(folder.parent)
    if not os.path.lexists(folder):
        with aside(folder.parent) as made:
            for name, data in files.items():
                put(made / name, data)
            try:
                made.rename(folder)
            except OSError:
                if not os.path.lexists(folder):
                    raise
            else:
                return
    taken = next((name for name in files if os.path.lexists(folder / name)), "")
    if taken and not overwrite:
        raise FileInTheWayError(
            f"{str(folder)!r} already holds a case ({taken}), which was left alone. "
            "Give another folder, or overwrite=True."
        )
    replace_files(folder, files, stale)


def write_generated(
    path: str | os.PathLike[str], data: str | bytes, mark: str, *, overwrite: bool = False, at_end: bool = False
) -> Path:
    """Write a generated file, replacing only one that safetynet made of the same input.

    Parameters
    ----------
    path : path
        Where to write.
    data : str or bytes
        The file; a text is written as UTF-8. Its `mark` stands within its first 2,000 bytes.
    mark : str
        What tells a file of the same input from any other (:func:`safetynet.io.marks.mark_of`); empty for a format that
        cannot carry one: such a file replaces nothing.
    overwrite : bool
        Whether any file that is there may be replaced.
    at_end : bool
        Whether the mark stands within the last 2,000 bytes instead.

    Returns
    -------
    pathlib.Path
        Where the file is, absolute.

    Raises
    ------
    FileInTheWayError
        If a file that lacks the mark is at `path` and `overwrite` is false; it is left alone.
    """
    place = full_path(path)
    made = data.encode("utf-8") if isinstance(data, str) else data
    if mark and mark.encode("utf-8") not in (made[-LOOKED_AT:] if at_end else made[:LOOKED_AT]):
        raise ArgumentError("a generated file has its mark near its top, or its end, so that it can be replaced later.")
    refuse_unlike(place, mark, overwrite=overwrite, at_end=at_end)
    write_file(place, made, overwrite=os.path.lexists(place))
    return place


def refuse_unlike(place: Path, mark: str, *, overwrite: bool = False, at_end: bool = False) -> None:
    """Raise if something is at `place` that a generated file of this mark may not replace."""
    yes_or_no(overwrite=overwrite)
    if os.path.lexists(place) and not overwrite and not place.is_dir() and not (mark and _carries(place, mark, at_end)):
        raise FileInTheWayError(
            f"{str(place)!r} was not made by safetynet of the same case and was left alone. Give another name, or "
            "overwrite=True."
            if mark
            else f"{str(place)!r} is already there, and its format cannot say what it was made of: it was left alone. "
            "Give another name, or overwrite=True."
        )


def _carries(path: Path, mark: str, at_end: bool) -> bool:
    """Whether a file has a mark near its top, or its end; what lies behind a link is not looked at."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        if at_end:
            file.seek(max(0, path.stat().st_size - LOOKED_AT))
        return mark.encode("utf-8") in file.read(LOOKED_AT)
