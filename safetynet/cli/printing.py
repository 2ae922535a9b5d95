"""Tables in the terminal, in a pipe and on any code page; nothing in a cell is taken for markup."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from ..problems import Problem


def in_any_code_page() -> None:
    """Let output survive a console that cannot show a sign: it is shown as ``?``."""
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", None) or "").replace("-", "").lower()
        if hasattr(stream, "reconfigure") and not encoding.startswith("utf"):
            stream.reconfigure(errors="replace")


def console(stream: IO[str] | None = None) -> Console:
    """A console for tables; as wide as the terminal, or wide enough for a file."""
    from rich.console import Console

    made = Console(file=stream or sys.stdout, highlight=False, emoji=False)
    return made if made.is_terminal else Console(file=stream or sys.stdout, highlight=False, emoji=False, width=160)


def show(table: pd.DataFrame, title: str, stream: IO[str] | None = None) -> None:
    """Print a DataFrame as a table."""
    show_lines(table.columns, table.itertuples(index=False), title, stream)


def show_lines(heads: Iterable[str], lines: Iterable[Iterable[Any]], title: str, stream: IO[str] | None = None) -> None:
    """Print lines of cells as a table."""
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    made = Table(title=Text(title), title_justify="left", box=SIMPLE, pad_edge=False)
    for head in heads:
        made.add_column(Text(str(head)), overflow="fold")
    for line in lines:
        made.add_row(*(Text(as_cell(cell)) for cell in line))
    console(stream).print(made)


def as_cell(value: Any) -> str:
    """A cell as a table shows it; a day without its midnight."""
    if value is None or value != value:
        return ""
    return str(value).removesuffix(" 00:00:00")


def show_problems(problems: Iterable[Problem], title: str, stream: IO[str] | None = None) -> None:
    """Print what is wrong or odd, what is alike as one line."""
    import pandas as pd

    from ..problems import alike

    lines = [group._asdict() for group in alike(problems)]
    table = pd.DataFrame(lines, columns=["table", "rows", "column", "problem", "hint"])
    show(table.rename(columns={"hint": "what to do"}), title, stream)


def as_number(value: Any) -> str:
    """A score as a table shows it."""
    if value != value:
        return "not defined"
    if float(value).is_integer():
        return f"{value:.0f}"
    return f"{value:.3f}" if abs(value) >= 0.0005 else f"{value:.1g}"
