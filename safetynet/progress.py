"""A progress bar that shows itself only when something takes longer than two seconds."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 2.0  # seconds before anything is shown


@contextmanager
def steps(label: str, total: int) -> Iterator[Step]:
    """Count the steps of a long task; the bar goes to standard error, and only to a terminal."""
    step = Step(label, total)
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

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.done = label, total, 0
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
                self._bar.update(0, completed=self.done, description=self.label)  # type: ignore[attr-defined]

    def show(self) -> None:
        """Show the bar from now on."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._over or not sys.stderr.isatty():
                return
            columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
            bar = Progress(*columns, console=Console(stderr=True), transient=True)
            bar.add_task(self.label, total=self.total, completed=self.done)
            bar.start()
            self._bar = bar

    def hide(self) -> None:
        """Take the bar away."""
        with self._lock:
            self._over = True
            if self._bar is not None:
                self._bar.stop()  # type: ignore[attr-defined]


def progressing(items: Iterable[T], label: str, total: int) -> Iterator[T]:
    """The items one by one, with a bar if they take long."""
    with steps(label, total) as step:
        for item in items:
            yield item
            step()
