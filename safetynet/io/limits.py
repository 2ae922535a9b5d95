"""How much of a file is read: ordinary files, of a size that a case can have, and no archive that unfolds for ever.

What is refused for its size is refused before it is unpacked, with the limit in the message.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .unreadable import Unreadable

MOST_BYTES = 200_000_000  # of a file
MOST_UNPACKED = 150_000_000  # of all parts of a workbook that are read
MOST_PARTS = 3_000  # in an archive
MOST_CELLS = 1_500_000  # of a workbook that hold something
MOST_ROWS = 100_000  # of a sheet that hold something
MOST_COLUMNS = 1_000  # of a table
MOST_PLACES = 10_000_000  # of a table: its rows times its columns, whether or not they hold anything
MOST_FOLDED = 500  # times that a part of an archive may be larger than it is packed


def read_bytes(path: Path) -> bytes:
    """The bytes of an ordinary file.

    Raises
    ------
    Unreadable
        If it is no ordinary file (a pipe, a device), is too large, or cannot be opened.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "no ordinary file"
            raise Unreadable(f"{path.name!r} is {what}.", "Give a file that holds the table, or take it away.")
        if found.st_size > MOST_BYTES:
            raise Unreadable(
                _too_large(path.name, found.st_size), "Cases that large are read as a study, from Parquet."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"there is no file {str(path)!r}.", "Look at the spelling.") from None
    except OSError as error:
        raise Unreadable(f"{path.name!r} cannot be opened ({error.strerror}).", "Look at who may read it.") from None


def refuse_vast(what: str, rows: int, columns: int) -> None:
    """Raise if a table is larger than one of a case can be: where cells lie far apart, few of them make a vast one.

    Raises
    ------
    Unreadable
        With the limit.
    """
    if columns > MOST_COLUMNS:
        raise Unreadable(
            f"{what} has {columns:,} columns that hold something, and a table of a case has at most {MOST_COLUMNS:,}.",
            "Take out the columns that do not belong to the case.",
        )
    if rows * columns > MOST_PLACES:
        raise Unreadable(
            f"{what} has {rows:,} rows of {columns:,} columns, and a table of a case has at most {MOST_PLACES:,} "
            "cells.",
            "Cases that large are read as a study, from Parquet.",
        )


def refuse_long(what: str, rows: int) -> None:
    """Raise if a sheet has more rows that hold something than one of a case can have.

    Raises
    ------
    Unreadable
        With the limit.
    """
    if rows > MOST_ROWS:
        raise Unreadable(
            f"{what} has more than {MOST_ROWS:,} rows that hold something.",
            "A case that large is kept as a folder of CSV or Parquet files.",
        )


def _too_large(name: str, size: int) -> str:
    return f"{name!r} has {size / 1e6:,.0f} million bytes, and a file of a case has at most {MOST_BYTES / 1e6:,.0f}."


class Archive:
    """The parts of a workbook or a project, read within limits.

    Raises
    ------
    Unreadable
        If it has too many parts, or a part that is read is too large or unfolds too far.
    """

    def __init__(self, data: bytes, noun: str = "workbook") -> None:
        self._noun = noun
        self._file = zipfile.ZipFile(io.BytesIO(data))
        self.left = MOST_UNPACKED
        names = self._file.namelist()
        if len(names) > MOST_PARTS:
            raise Unreadable(
                f"the {noun} has {len(names):,} parts, and one that people make has at most {MOST_PARTS:,}.",
                "Save it again with the program that made it.",
            )
        self.names = frozenset(names)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """One part, to be read as a stream."""
        part = self._file.getinfo(name)
        packed = max(part.compress_size, 1)
        if part.file_size > self.left or (part.file_size > 5_000_000 and part.file_size / packed > MOST_FOLDED):
            raise Unreadable(
                f"the part {name!r} of the {self._noun} unfolds to {part.file_size / 1e6:,.0f} million bytes; "
                f"all parts together may have {MOST_UNPACKED / 1e6:,.0f}.",
                f"Save the {self._noun} again, without what does not belong to the case.",
            )
        self.left -= part.file_size
        with self._file.open(part) as stream:
            yield stream

    @property
    def is_vast(self) -> bool:
        """Whether all parts together, also those that are not read here, unfold to more than is read of a file."""
        parts = self._file.infolist()
        return sum(part.file_size for part in parts) > MOST_UNPACKED or any(
            part.file_size > 5_000_000 and part.file_size / max(part.compress_size, 1) > MOST_FOLDED for part in parts
        )

    def read(self, name: str) -> bytes:
        """One part as bytes."""
        with self.open(name) as stream:
            return stream.read()
