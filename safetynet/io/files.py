"""Writing files so that either everything is there or nothing is.

A file is written under a temporary name in its own folder and then renamed; on any error nothing remains.
What holds a person's work is only replaced when the caller says so.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import ArgumentError, FileInTheWayError
from .journal import aside, put, replace_files, temporary_name, tidy

GENERATED = '<meta name="generator" content="safetynet'
_LOOKED_AT = 2000  # characters at the top of a file in which its marker must stand


def full_path(path: str | os.PathLike[str]) -> Path:
    """The path as an absolute one; ``~`` is the home folder."""
    try:
        text = os.fspath(path)
    except TypeError:
        raise ArgumentError(f"path={path!r} is not a path. Write a text such as 'reviews/lewis.xlsx'.") from None
    if isinstance(path, bytes) or not text or "\0" in text:
        raise ArgumentError(f"path={path!r} is not a path. Write a text such as 'reviews/lewis.xlsx'.")
    try:
        place = Path(text).expanduser()
    except RuntimeError:  # a name that only begins with ~, such as ~$lewis.xlsx
        place = Path(text)
    return Path(os.path.abspath(place))  # noqa: PTH100 -- a link keeps its own name


def refuse_if_taken(path: Path, overwrite: bool) -> None:
    """Raise unless a file may be written at `path`."""
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
    refuse_if_taken(path, overwrite)
    tidy(path.parent)
    made = path.with_name(temporary_name())
    try:
        put(made, data)
        if path.is_file() and not path.is_symlink():
            shutil.copymode(path, made)
        if overwrite:
            made.replace(path)
        else:
            _claim(made, path)
    except PermissionError as error:
        made.unlink(missing_ok=True)
        raise PermissionError(error.errno, error.strerror, str(path.parent)) from None
    except BaseException:
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


def write_generated(path: str | os.PathLike[str], text: str, marker: str = GENERATED) -> Path:
    """Write a generated text file (UTF-8), replacing only a file that safetynet generated.

    Parameters
    ----------
    path : path
        Where to write.
    text : str
        The file; `marker` stands within its first 2,000 characters.
    marker : str
        What tells a file of safetynet's own from somebody else's.

    Returns
    -------
    pathlib.Path
        Where the file is, absolute.

    Raises
    ------
    FileInTheWayError
        If a file that lacks the marker is at `path`; it is left alone.
    """
    place = full_path(path)
    if marker not in text[:_LOOKED_AT]:
        raise ArgumentError("a generated file has its marker near its top, so that it can be replaced later.")
    if os.path.lexists(place) and not (place.is_file() and marker in _top(place)):
        kind = "is a folder" if place.is_dir() else "was not made by safetynet and was left alone"
        raise FileInTheWayError(f"{str(place)!r} {kind}. Give another name, or move it away.")
    write_file(place, text.encode("utf-8"), overwrite=True)
    return place


def _top(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return file.read(_LOOKED_AT)
