"""How Python looks after memory while a long answer is worked out."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Let the garbage collector wait; as a ``with`` block, or as a decorator.

    It looks again and again through all that is kept, for objects that hold each other and nothing else does. What is
    kept of a long chronology is many objects and all of it in use, so that a fifth to a third of the time went there.
    What is free goes at once all the same, as it is counted.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
