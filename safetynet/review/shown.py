"""How a notebook shows the tables of findings and of matters: their sentences whole, one finding under the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from html import escape
from typing import Any

import pandas as pd

from ..wording import count, verb

HEADS = ("case", "side", "theme")
WHEN = ("date", "until")
NAMED = ("concerns", "people", "agencies", "rows")
NUMBERS = ("weight", "certainty")
SHOWN = (*HEADS, "statement", *WHEN, *NAMED, *NUMBERS)
MOST = 8  # names in a cell
LEFT = 'style="text-align: left; vertical-align: top"'  # notebooks set numbers, and so every cell, at the right
WHOLE = LEFT.replace("top", "top; white-space: nowrap")  # a cell whose lines do not break


class Findings(pd.DataFrame):
    """A DataFrame like any other, which a notebook shows with whole sentences as long as it has them.

    What pandas makes of it (some of its lines, another order, other columns) is of this kind too.
    ``pd.DataFrame(table)`` is the plain table.
    """

    @property
    def _constructor(self) -> Callable[..., Findings]:
        return Findings

    def _repr_html_(self) -> str | None:
        """The lines as a list to read, without a script, so that no notebook needs to trust it."""
        if "statement" not in self.columns or not self.columns.is_unique:
            shown: str | None = pd.DataFrame(self)._repr_html_()  # type: ignore[operator]
            return shown
        most = pd.get_option("display.max_rows") or len(self)
        lines = self.head(most).to_dict("records")
        body = "".join(_row(index, line) for index, line in zip(self.index, lines, strict=False))
        heads = "".join(
            f'<th scope="col" {LEFT}>{words}</th>' for words in ("", "what the record shows", "when", "rests on")
        )
        return (
            f"<div><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>{' '.join(_notes(len(self), len(lines), self.columns))}</p></div>"
        )


def _row(index: Hashable, line: dict[Hashable, Any]) -> str:
    head = " · ".join(escape(str(line[name])) for name in HEADS if line.get(name))
    words = [f"<strong>{head}</strong>"] if head else []
    words += [escape(str(line["statement"]))]
    asked = line.get("question", line.get("matter"))
    words += [f"<em>{escape(str(asked))}</em>"] if asked else []
    inside = f"<td {LEFT}>{'<br>'.join(words)}</td><td {WHOLE}>{_when(line)}</td>"
    inside += f"<td {LEFT}>{'<br>'.join(_rests_on(line))}</td>"
    return f'<tr><th scope="row" {LEFT}>{escape(str(index))}</th>{inside}</tr>'


def _when(line: dict[Hashable, Any]) -> str:
    days = [line[name] for name in WHEN if name in line and not pd.isna(line[name])]
    return " to<br>".join(dict.fromkeys(escape(str(day)[:10]) for day in days))


def _rests_on(line: dict[Hashable, Any]) -> Iterator[str]:
    for name in NAMED:
        if line.get(name):
            yield f"{name}: {escape(_some(line[name]))}"
    numbers = [f"{name} {line[name]:.3g}" for name in NUMBERS if isinstance(line.get(name), float)]
    if numbers:
        yield ", ".join(numbers)


def _some(ids: object) -> str:
    """Ids in a row, the last of many counted; what is no list of ids as it is."""
    if not isinstance(ids, tuple | list):
        return str(ids)
    rest = len(ids) - MOST
    return ", ".join(map(str, [*ids[:MOST], f"{rest} more"] if rest > 1 else ids))


def _notes(every: int, shown: int, columns: Collection[Hashable]) -> Iterator[str]:
    """How many lines there are, and which columns are not shown."""
    yield count(every, "line") + (f", the first {shown} shown." if shown < every else ".")
    asked = "matter" if "question" not in columns else "question"
    other = [escape(str(name)) for name in columns if name not in (*SHOWN, asked)]
    if other:
        yield f"{verb(len(other), 'Column', 'Columns')} not shown: {', '.join(other)}."
