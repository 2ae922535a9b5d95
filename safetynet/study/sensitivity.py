"""How each score depends on a choice: a convention, the grain of the coding, a single row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case import Case
from ..case.edits import leave_out, rewrite
from ..case.parts import Entry, Parts
from ..case.records import Concern, Records
from ..case.vocabulary import ONE_WAY_CHANNELS
from ..dates import DateLike
from ..errors import ArgumentError, is_whole
from ..measures.headline import NAMES, numbers
from ..progress import progressing
from ..record.snapshot import Snapshot
from ..rules import Rules
from ..tidy import tidy
from .draws import Cells, asked

if TYPE_CHECKING:
    import pandas as pd

DAYS = (
    *("open_ended_days", "plan_days", "settled_days", "intake_days"),
    *("after_closing_days", "grace_days", "recent_days"),
)
CHOICES: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "dates": ("latest", "earliest"),
        "same_day": ("any", "none"),
        "unconfirmed": ("counts", "does_not_count"),
        "who_counts": (("professional",), ("professional", "support"), ("professional", "support", "family")),
        "weights": ((1.0, 1.0, 1.0, 1.0), (1.0, 4.0, 9.0, 16.0)),
        "dilution": ((1.0, 1.0, 1.0, 1.0), (0.5, 0.5, 0.5, 0.5)),
    }
)
"""What is tried of each rule; of a number of days half and twice of what it is."""


class _Choice(NamedTuple):
    """One thing chosen otherwise: what it is, and the record as it then is."""

    kind: str
    choice: str
    setting: str
    view: Snapshot
    rows: tuple[str, ...] = ()


def sensitivity(case: Case, at: DateLike | None = None, *, most: int = 3, rules: Rules | None = None) -> pd.DataFrame:
    """Every score with one choice made otherwise, and the rows, merged and split worries that move it most.

    - *convention*: each rule that a score follows, changed to each of its alternatives (of a number of days half and
      twice), the others as they are.
    - *grain*: how a coder might have cut the same record otherwise. Two worries of one category about the same people
      become one, which has the higher severity and stands wherever either stood; one worry becomes two, which
      both stand wherever it stood; every message to the desk of an agency or from it is one of the professional of
      that agency who stands in most rows ("a desk read as a person"); every professional to whom something was sent
      one-way is the desk of their agency ("a person read as a desk").
    - *row*: each row by `at` left out, with what was done about it.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        Default: the day before the harm, or the last day of the case. It stays the same throughout.
    most : int
        How many rows, merged pairs and split worries to show for each score: those that move it most.
    rules : Rules, optional
        What each convention is changed from.

    Returns
    -------
    pandas.DataFrame
        ``score``, ``kind`` ("convention", "grain" or "row"), ``choice`` (the rule, what was cut otherwise, or the row),
        ``setting`` (what it became), ``value`` (of the record as it stands), ``after``, ``gain`` (after − value; not
        defined where either is not) and ``rows`` (the row that was left out). All conventions and desks stand there,
        score by score; of rows, merged and split worries those that move the score at all, at most `most` of each.

    Raises
    ------
    ArgumentError
        If `most` is no whole number from 1 up.

    See Also
    --------
    intervals : dates and rows that are not sure.
    envelope : contacts that are not in the record.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.sensitivity(sn.load_case("worked_example"))
    >>> rows = table[(table["score"] == "fragmentation") & (table["kind"] == "row")]
    >>> rows[["choice", "after", "gain"]].round(2).values.tolist()
    [['e2', 0.67, 0.67], ['e5', 0.5, 0.5], ['e6', 0.5, 0.5]]
    """
    if not is_whole(most) or most < 1:
        raise ArgumentError(f"most is a whole number from 1 up; it is {most!r}.")
    view, value = asked(case, at, rules)
    every = [*_conventions(view), *_desks(view), *_merged(view), *_split(view), *_without_each(view)]
    label, tried = "Choosing otherwise", []
    for one in progressing(every, label, len(every)):
        tried.append((one, numbers(one.view)))
    lines = [line for name in NAMES for line in _of_score(name, value[name], tried, most)]
    return tidy(lines, ("score", "kind", "choice", "setting", "value", "after", "gain", "rows"))


def _of_score(
    name: str, value: float, tried: list[tuple[_Choice, dict[str, float]]], most: int
) -> list[dict[str, Any]]:
    """The lines of one score: every convention and desk, then what moves it most of rows, merged and split worries."""
    lines = [
        {**one._asdict(), "score": name, "value": value, "after": after[name], "gain": after[name] - value}
        for one, after in tried
    ]
    shown = [line for line in lines if line["kind"] == "convention" or line["setting"] in (AS_PERSON, AS_DESK)]
    for group in (MERGED, SPLIT, LEFT_OUT):
        moving = [line for line in lines if line["setting"] == group and abs(line["gain"]) > 1e-9]
        shown += sorted(moving, key=lambda line: -abs(line["gain"]))[:most]
    return shown


AS_PERSON, AS_DESK = "a desk read as a person", "a person read as a desk"
MERGED, SPLIT, LEFT_OUT = "merged", "split", "left out"


def _seen(view: Snapshot, parts: Parts) -> Snapshot:
    return Snapshot(view.case._of(parts), view.day, view.rules)


def _conventions(view: Snapshot) -> Iterator[_Choice]:
    for name, options in CHOICES.items():
        now = getattr(view.rules, name)
        for option in options:
            if option != now:
                said = option if isinstance(option, str) else ", ".join(map(_said, option))
                yield _Choice("convention", name, said, _ruled(view, name, option))
    for name in DAYS:
        now = getattr(view.rules, name)
        for number in dict.fromkeys((now // 2, now * 2)):
            if number != now:
                yield _Choice("convention", name, str(number), _ruled(view, name, number))


def _said(one: Any) -> str:
    return one if isinstance(one, str) else f"{one:g}"


def _ruled(view: Snapshot, name: str, option: Any) -> Snapshot:
    return Snapshot(view.case, view.day, view.rules.with_(**{name: option}))


def _without_each(view: Snapshot) -> Iterator[_Choice]:
    case = view.case
    for row in view.rows:
        parts = leave_out(case._raw, case._records, [row.id])
        yield _Choice("row", row.id, LEFT_OUT, _seen(view, parts), (row.id,))


# the grain of the coding ------------------------------------------------------------------------------


def _worries(records: Records) -> list[Concern]:
    return [one for one in records.concerns.values() if one.is_worry]


def _merged(view: Snapshot) -> Iterator[_Choice]:
    for one, other in combinations(_worries(view.records), 2):
        if (one.category, one.about) == (other.category, other.about):
            kept, gone = (one.id, other.id) if one.severity >= other.severity else (other.id, one.id)
            yield _Choice("grain", f"{kept} {gone}", MERGED, _seen(view, _as_one(view, kept, gone)))


def _as_one(view: Snapshot, kept: str, gone: str) -> Parts:
    parts = _named_anew(view, {gone: (kept,)})
    parts.keep("concerns", lambda one: one.id != gone)
    parts.keep("links", lambda link: gone not in (link.source, link.target))
    return parts


def _split(view: Snapshot) -> Iterator[_Choice]:
    for one in _worries(view.records):
        new = f"{one.id}_2"
        while new in view.records.concerns:
            new += "_2"
        parts = _named_anew(view, {one.id: (one.id, new)})
        entries = parts.entries("concerns")
        same = next(entry for entry in entries if entry.record.id == one.id)
        second = parts.changed("concerns", same, {"id": new})
        parts.put("concerns", [*entries, Entry(second.record, second.cells, f"{same.line} again")])
        yield _Choice("grain", one.id, SPLIT, _seen(view, parts))


def _named_anew(view: Snapshot, names: Mapping[str, tuple[str, ...]]) -> Parts:
    """The case with other concerns wherever some of them stood, in rows and in what a reassurance answers."""
    parts = Parts(view.case._raw, view.case._records)
    for table, field in (("chronology", "concerns"), ("concerns", "answers")):
        entries = parts.entries(table)
        for place, one in enumerate(entries):
            before: tuple[str, ...] = getattr(one.record, field)
            after = tuple(dict.fromkeys(new for old in before for new in names.get(old, (old,))))
            if after != before:
                entries[place] = parts.changed(table, one, {field: after})
    return parts


def _desks(view: Snapshot) -> Iterator[_Choice]:
    case = view.case
    for setting, rows in ((AS_PERSON, _read_as_people(view)), (AS_DESK, _read_as_desks(view))):
        parts = rewrite(case._raw, case._records, (), rows)
        yield _Choice("grain", "desks", setting, _seen(view, parts))


def _read_as_people(view: Snapshot) -> dict[str, Cells]:
    times: dict[str, int] = {}
    for row in view.rows:
        for one in row.named:
            times[one] = times.get(one, 0) + 1
    desks = {}
    for agency, staff in view.records.staff.items():
        working = sorted(staff & view.professionals, key=lambda one: (-times.get(one, 0), one))
        if working:
            desks[agency] = working[0]
    made: dict[str, Cells] = {}
    for row in view.contacts:
        now = {field: _in_place(getattr(row, field), desks) for field in ("who", "to", "present")}
        twice = len({one for ids in now.values() for one in ids}) < sum(map(len, now.values()))
        if not twice and any(now[field] != getattr(row, field) for field in now):
            made[row.id] = now
    return made


def _read_as_desks(view: Snapshot) -> dict[str, Cells]:
    people = view.records.people
    desks = {one: people[one].agency for one in view.professionals if people[one].agency}
    made: dict[str, Cells] = {}
    for row in view.contacts:
        if row.is_sent and row.channel in ONE_WAY_CHANNELS and not row.two_way:
            now = _in_place(row.to, desks)
            if now != row.to and not set(now) & {*row.who, *row.present}:
                made[row.id] = {"to": now}
    return made


def _in_place(ids: tuple[str, ...], others: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(others.get(one, one) for one in ids))
