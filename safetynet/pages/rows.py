"""Rows of the chronology as a page shows them: names instead of ids, words instead of codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..case.records import Row
from ..dates import date_of
from ..record.snapshot import Snapshot
from .lines import Who
from .names import Names


class Shown(NamedTuple):
    """One row: as written, with names, and with what else changes how it counts."""

    id: str
    date: str
    kind: str
    who: Who
    to: Who
    concerns: tuple[str, ...]
    summary: str
    notes: list[tuple[str, Who | None]]
    agencies: tuple[str, ...]
    later: bool
    key: bool


def written(view: Snapshot, row: str) -> tuple[str, str]:
    """The date and the summary of a row, as they were written."""

    def make() -> dict[str, tuple[str, str]]:
        return {line["id"]: (line["date"], line["summary"]) for line in view.case._lines("chronology")}

    return view.keep("as written", make)[row]


def notes(row: Row, names: Names) -> Iterator[tuple[str, Who | None]]:
    """What else a row says that changes how it counts: words, and the people whom they introduce."""
    words = {"": row.channel, "child": row.seen, "outcome": row.outcome, "because": row.reason, "by": row.rule}
    people = {"in the room: ": row.present, "absent: ": row.absent}
    ids = {"refers to: ": row.ref, "account differs from: ": row.disputes}
    yield from ((f"{before} {word.replace('_', ' ')}".strip(), None) for before, word in words.items() if word)
    yield from ((said, None) for said in _more(row))
    yield from ((before, Who(names.several(some))) for before, some in people.items() if some)
    yield from ((before + ", ".join(some), None) for before, some in ids.items() if some)


def _more(row: Row) -> Iterator[str]:
    """Whether it arrived, when it was read, when it is due, how often it happened, how sure it is."""
    said = {
        "not received": row.received == "no",
        f"read {row.received_on}": row.received_on is not None,
        f"due {'' if row.due is None else date_of(row.due)}": row.due is not None,
        f"stands for {row.count} occasions": row.count > 1,
        f"confidence {row.confidence:g}": row.confidence < 1,
    }
    return (words for words, holds in said.items() if holds)


def shown(view: Snapshot, names: Names, row: Row, key: bool = True) -> Shown:
    """One row as the chronology of a page has it."""
    date, summary = written(view, row.id)
    agencies = {view.party(one) for one in (*row.who, *row.to, *row.present, *row.absent)} - {""}
    who, to = (Who(names.several(ones)) for ones in (row.who, row.to))
    more, where, later = list(notes(row, names)), tuple(sorted(agencies)), view.when(row.date) > view.day
    return Shown(row.id, date, row.kind, who, to, row.concerns, summary, more, where, later, key)


def key_rows(view: Snapshot, rows: Sequence[str], number: int | None) -> tuple[str, ...]:
    """Of many rows those that name the gravest worries, so many at most, by date."""
    if number is None or len(rows) <= number:
        return tuple(rows)
    concerns, every = view.records.concerns, view.records.by_id

    def gravest(one: str) -> int:
        return max((concerns[concern].severity for concern in every[one].concerns), default=0)

    chosen = set(sorted(rows, key=lambda one: -gravest(one))[:number])
    return tuple(one for one in rows if one in chosen)


def weighing(view: Snapshot) -> Callable[[Mapping[str, Any]], float]:
    """What a line of a table weighs: the severity of the gravest concern that it names."""
    concerns = view.records.concerns

    def weigh(line: Mapping[str, Any]) -> float:
        named = [line[name] for name in ("concerns", "concern") if name in line]
        codes = [one for some in named for one in ((some,) if isinstance(some, str) else some)]
        return max((concerns[one].severity for one in codes if one in concerns), default=0)

    return weigh
