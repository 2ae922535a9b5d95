"""No way to the network for anything that a test runs: a socket of the internet is an error as soon as one is made.

Sockets between processes of the machine (``AF_UNIX``, ``socketpair``) are let through: asyncio and multiprocessing have
them. A test that needs more, such as one with a cluster of its own, is marked ``sockets``.
"""

from __future__ import annotations

import os
import sys

_FAMILY_LOCAL = 1  # AF_UNIX; where there is none, a pair of sockets is of the internet too
_NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.bind", "socket.sendto")


class Guard:
    """Forbids sockets from its :meth:`start` on, except while `allowed`."""

    def __init__(self) -> None:
        self.allowed = False
        self.tried: list[str] = []
        self._started = False

    def start(self) -> None:
        """Begin; Python has no way to end a watch of this sort."""
        if not self._started and os.name != "nt":
            self._started = True
            sys.addaudithook(self._heard)

    def _heard(self, event: str, what: tuple[object, ...]) -> None:
        if self.allowed or not event.startswith("socket."):
            return
        if event == "socket.__new__":
            if what[1] == _FAMILY_LOCAL:
                return
        elif event not in _NAMES or (event in _NAMES[2:] and not isinstance(what[1], tuple)):
            return  # the address of a socket between processes is a text
        self.tried.append(event)
        raise ConnectionRefusedError(f"{event}: a test opens no socket. Mark it `sockets` if it has to.")


GUARD = Guard()
