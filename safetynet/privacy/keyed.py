"""Ids that only the key leads back to.

The key is taken into a keyed hash at once and kept nowhere: no attribute, no message and no copy holds it.
"""

from __future__ import annotations

import base64
import hmac
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from ..errors import ArgumentError, type_of

SHORTEST = 16  # characters of a key
ENVIRONMENT = "SAFETYNET_KEY"
MAKE_ONE = 'Make one with: python -c "import secrets; print(secrets.token_hex(32))", and keep it apart from the data.'
_LENGTH = 8  # signs of an id, after the letter of its table


class Keyed:
    """A keyed hash that cannot be read, copied out or shown; made by :func:`take`."""

    __slots__ = ("_hash",)

    def __init__(self, made: hmac.HMAC) -> None:
        self._hash = made

    def __repr__(self) -> str:
        return "<Keyed, the key is not shown>"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a key is not written anywhere.")

    def digest(self, *parts: str) -> bytes:
        """What the key makes of some texts, each told from the next by its length."""
        made = self._hash.copy()
        for part in parts:
            data = part.encode("utf-8", "surrogatepass")
            made.update(len(data).to_bytes(8, "big") + data)
        return made.digest()

    def number(self, below: int, *parts: str) -> int:
        """A whole number from 0, drawn by the key from some texts."""
        return int.from_bytes(self.digest(*parts), "big") % below

    def names(self, letter: str, ids: Iterable[str], *parts: str) -> dict[str, str]:
        """A new id for each of the ids, longer where two would be alike."""
        listed = [one for one in dict.fromkeys(ids) if one]
        for length in range(_LENGTH, 52, 4):
            made = {one: f"{letter}{self._word(length, *parts, one)}" for one in listed}
            if len(set(made.values())) == len(listed):
                return made
        raise AssertionError("two different texts have one hash")

    def _word(self, length: int, *parts: str) -> str:
        return base64.b32encode(self.digest(*parts)).decode("ascii").lower()[:length]


def take(key: str | bytes | bytearray) -> Keyed | ArgumentError:
    """The keyed hash of a key, or what is wrong with it, to be raised where the key is out of sight.

    What shows the variables of a traceback then shows no key: none is a variable where the error is raised.
    """
    given: object = key
    if not isinstance(given, (str, bytes, bytearray)):
        return ArgumentError(f"the key is {type_of(given)}; give a text or bytes. {MAKE_ONE}")
    data = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else bytes(given)
    if len(data) < SHORTEST:
        return ArgumentError(f"the key has {len(data)} characters, and at least {SHORTEST} are needed. {MAKE_ONE}")
    return Keyed(hmac.new(data, digestmod="sha256"))


def find_key(environment: str | None = None, file: str | os.PathLike[str] | None = None) -> Keyed:
    """The key for a command: from a file, else an environment variable, else typed; never from the command line.

    Raises
    ------
    ArgumentError
        If there is none, or it is too short; the message says how to give one.
    """
    found = _found(environment or ENVIRONMENT, file, ask=environment is None)
    if isinstance(found, ArgumentError):
        raise found
    return found


def _found(name: str, file: str | os.PathLike[str] | None, *, ask: bool) -> Keyed | ArgumentError:
    if file is not None:
        try:
            return take(Path(file).read_bytes().strip())
        except OSError as error:
            return ArgumentError(f"the key file {os.fspath(file)!r} cannot be read ({error.strerror}).")
    if os.environ.get(name):
        return take(os.environ[name])
    if ask and sys.stdin is not None and sys.stdin.isatty():
        from getpass import getpass

        return take(getpass("Key (what you type is not shown): "))
    return ArgumentError(
        f"there is no key: the environment variable {name} is not set. Set it, or give --key-file FILE. {MAKE_ONE}"
    )
