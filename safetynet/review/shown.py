"""How a notebook and a terminal show the tables of findings and of matters.

Their sentences stand whole, one finding under the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from html import escape
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any

import pandas as pd

from ..wording import count, verb

HEADS = ("case", "side", "theme")
WHEN = ("date", "until")
NAMED = ("concerns", "people", "agencies", "rows")
NUMBERS = ("weight", "certainty")
SHOWN = (*HEADS, "statement", *WHEN, *NAMED, *NUMBERS)
PRINTED_HEADS = ("case", "side", "kind", "theme")
PRINTS = (*PRINTED_HEADS, "matter", "statement", *WHEN, "rows", *NUMBERS)
MOST = 8  # names in a cell
LEFT = 'style="text-align: left; vertical-align: top"'  # notebooks set numbers, and so every cell, at the right
KEPT = "\N{NO-BREAK SPACE}"  # where no line ends
PRINTED = 20  # lines that a terminal shows
NARROW, BROAD = 40, 110  # signs in a line of a terminal, at least and at most
WHOLE = LEFT.replace("top", "top; white-space: nowrap")  # a cell whose lines do not break


class Findings(pd.DataFrame):
    """A DataFrame like any other, which notebook and terminal show with whole sentences as long as it has them.

    What pandas makes of it (some of its lines, another order, other columns) is of this kind too.
    ``pd.DataFrame(table)`` is the plain table, and ``table.to_string()`` its text.
    """

    @property
    def _constructor(self) -> Callable[..., Findings]:
        return Findings

    @property
    def _has_sentences(self) -> bool:
        return "statement" in self.columns and self.columns.is_unique

    def _first(self, most: int | None) -> list[tuple[str, dict[Hashable, Any]]]:
        """The first lines, each with its label."""
        first = self if most is None else self.head(most)
        return list(zip(map(str, first.index), first.to_dict("records"), strict=True))

    def __repr__(self) -> str:
        """The lines as a list to read, no wider than the terminal."""
        if not self._has_sentences:
            return super().__repr__()
        most = pd.get_option("display.max_rows")
        lines = self._first(min(most, PRINTED) if most else None)
        width = min(max(get_terminal_size().columns, NARROW), BROAD)
        indent = " " * (min(max([len(label) for label, _ in lines], default=0), NARROW // 4) + 2)
        texts = ["\n".join(_printed(label, line, indent, width)) for label, line in lines]
        rest = [f".iloc[{len(lines)}:] has the others."] if len(lines) < len(self) else []
        notes = " ".join([*_notes(len(self), len(lines), self.columns, PRINTS), *rest])
        return "\n\n".join([*texts, "\n".join(wrap(notes, width))])

    def _repr_html_(self) -> str | None:
        """The lines as a list to read, without a script, so that no notebook needs to trust it."""
        if not self._has_sentences:
            shown: str | None = pd.DataFrame(self)._repr_html_()  # type: ignore[operator]
            return shown
        lines = self._first(pd.get_option("display.max_rows") or None)
        body = "".join(_row(label, line) for label, line in lines)
        heads = "".join(
            f'<th scope="col" {LEFT}>{words}</th>' for words in ("", "what the record shows", "when", "rests on")
        )
        return (
            f"<div><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>{escape(' '.join(_notes(len(self), len(lines), self.columns, SHOWN)))}</p></div>"
        )


def _row(label: str, line: dict[Hashable, Any]) -> str:
    head = " · ".join(escape(str(line[name])) for name in HEADS if line.get(name))
    words = [f"<strong>{head}</strong>"] if head else []
    words += [escape(str(line["statement"]))]
    asked = line.get("question", line.get("matter"))
    words += [f"<em>{escape(str(asked))}</em>"] if asked else []
    inside = f"<td {LEFT}>{'<br>'.join(words)}</td><td {WHOLE}>{_when(line)}</td>"
    inside += f"<td {LEFT}>{'<br>'.join(_rests_on(line))}</td>"
    return f'<tr><th scope="row" {LEFT}>{escape(label)}</th>{inside}</tr>'


def _when(line: dict[Hashable, Any]) -> str:
    days = [line[name] for name in WHEN if name in line and not pd.isna(line[name])]
    return " to<br>".join(dict.fromkeys(escape(str(day)[:10]) for day in days))


def _rests_on(line: dict[Hashable, Any]) -> Iterator[str]:
    for name in NAMED:
        if line.get(name):
            yield f"{name}: {escape(_some(line[name]))}"
    if numbers := _numbers(line):
        yield ", ".join(numbers)


def _some(ids: object) -> str:
    """Ids in a row, the last of many counted; what is no list of ids as it is."""
    if not isinstance(ids, tuple | list):
        return str(ids)
    rest = len(ids) - MOST
    return ", ".join(map(str, [*ids[:MOST], f"{rest} more"] if rest > 1 else ids))


def _printed(label: str, line: dict[Hashable, Any], indent: str, width: int) -> Iterator[str]:
    """A line as paragraphs of a terminal: what it is, what the record shows, what is asked, what it rests on."""
    head = " · ".join(_plain(line[name]) for name in PRINTED_HEADS if line.get(name))
    days = " to ".join(dict.fromkeys(str(line[name])[:10] for name in WHEN if name in line and not pd.isna(line[name])))
    rows = f"rows {_some(line['rows'])}" if line.get("rows") else ""
    numbers = [part.replace(" ", KEPT) for part in _numbers(line)]
    foot = "; ".join(part for part in (days, _plain(rows), *numbers) if part)
    said = [_plain(line[name]) for name in ("matter", "statement", "question") if line.get(name)]
    first = _plain(label).rjust(len(indent) - 2)
    if len(first) > len(indent) - 2:
        yield from wrap(first, width)
        first = ""
    for text in (head, *said, foot):
        for part in wrap(text, width - len(indent), break_on_hyphens=False):
            yield (f"{first}  " if first else indent) + part.replace(KEPT, " ")
            first = ""


def _plain(value: object) -> str:
    """A text without signs that a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in str(value))


def _numbers(line: dict[Hashable, Any]) -> list[str]:
    return [f"{name} {line[name]:.3g}" for name in NUMBERS if isinstance(line.get(name), float)]


def _notes(every: int, shown: int, columns: Collection[Hashable], told: Collection[Hashable]) -> Iterator[str]:
    """How many lines there are, and which columns are not shown."""
    yield count(every, "line") + (f", the first {shown} shown." if shown < every else ".")
    asked = "matter" if "question" not in columns else "question"
    other = [str(name) for name in columns if name not in (*told, asked)]
    if other:
        yield f"{verb(len(other), 'Column', 'Columns')} not shown: {', '.join(other)}."
