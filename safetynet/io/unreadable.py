"""What of an input has no text of its own, or is too large to be read."""

from __future__ import annotations


class Unreadable(ValueError):
    """A cell, table or file that cannot be read: what is wrong with it, and what to do."""

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str]]:  # to other processes with its hint
        return type(self), (self.problem, self.hint)
