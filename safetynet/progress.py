"""A progress bar that shows itself only when something takes longer than two seconds."""

from __future__ import annotations

import datetime as dt
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 2.0  # seconds before anything is shown


@contextmanager
def steps(label: str, total: int, unit: str = "") -> Iterator[Step]:
    """Count the steps of a long task; the bar goes to standard error, and only to a terminal.

    Where the steps have a `unit`, such as a case, the bar has how many a second, and the time left.
    """
    step = Step(label, total, unit)
    timer = threading.Timer(PATIENCE, step.show)
    timer.daemon = True
    timer.start()
    try:
        yield step
    finally:
        timer.cancel()
        step.hide()


class Step:
    """The running count of one task."""

    def __init__(self, label: str, total: int, unit: str = "") -> None:
        self.label, self.total, self.done, self.unit = label, total, 0, unit
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._over = False
        self._bar: object | None = None

    def __call__(self, doing: str = "") -> None:
        """One step further; `doing` says what comes next."""
        with self._lock:
            self.done += 1
            if doing:
                self.label = doing
            if self._bar is not None:
                self._bar.update(  # type: ignore[attr-defined]
                    0, completed=self.done, description=self.label, rate=self.rate()
                )

    def rate(self) -> str:
        """How far it is, how many a second, and about how long the rest takes."""
        return rate(self.done, self.total, time.monotonic() - self._began, self.unit) if self.unit else ""

    def show(self) -> None:
        """Show the bar from now on."""
        if not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._over:
                return
            text, rate = (TextColumn(f"{{task.{one}}}", markup=False) for one in ("description", "fields[rate]"))
            bar = Progress(text, BarColumn(), TimeElapsedColumn(), rate, console=Console(stderr=True), transient=True)
            bar.add_task(self.label, total=self.total, completed=self.done, rate=self.rate())
            bar.start()
            self._bar = bar

    def hide(self) -> None:
        """Take the bar away."""
        with self._lock:
            self._over = True
            if self._bar is not None:
                self._bar.stop()  # type: ignore[attr-defined]


def rate(done: int, total: int, seconds: float, unit: str) -> str:
    """How many of how many, how many a second, and about how long the rest takes.

    Examples
    --------
    >>> rate(30, 120, 10.0, "case")
    '30 of 120, 3.0 cases a second, 0:00:30 left'
    >>> rate(0, 120, 2.5, "case")
    '0 of 120'
    """
    if not done or seconds <= 0:
        return f"{done:,} of {total:,}"
    each = seconds / done
    left = dt.timedelta(seconds=round(max(0, total - done) * each))
    return f"{done:,} of {total:,}, {1 / each:,.1f} {unit}s a second, {left} left"


def progressing(items: Iterable[T], label: str, total: int) -> Iterator[T]:
    """The items one by one, with a bar if they take long."""
    with steps(label, total) as step:
        for item in items:
            yield item
            step()
