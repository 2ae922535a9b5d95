"""The table of beliefs and duties over time: what was taken to be so, or laid on somebody, and how it stood when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..measures import beliefs, duties
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


class Stretch(NamedTuple):
    """A time in which one belief or one duty stood one way."""

    row: str
    kind: str
    party: str
    holder: str
    concerns: tuple[str, ...]
    start: int
    end: int
    state: str
    rule: str
    set_off_by: str
    stopped_at: str
    due: int | None
    done_on: int | None
    each_other: tuple[str, ...]
    rows: tuple[str, ...]


def lines(view: Snapshot) -> list[Stretch]:
    """The beliefs and the duties by the day, by date; a line for each stretch of time."""
    made = [*_of_beliefs(view), *(_of_duty(view, one) for one in duties.lines(view))]
    begun: dict[str, int] = {}
    for one in made:
        begun[one.row] = min(one.start, begun.get(one.row, one.start))
    place = {row: number for number, row in enumerate(view.by_id)}
    return sorted(
        made, key=lambda one: (begun[one.row], place[one.row], one.party, one.holder, one.concerns, one.start)
    )


def _of_beliefs(view: Snapshot) -> list[Stretch]:
    """The stretches of beliefs; concerns of one row of which the record shows the same stand together."""
    together: dict[tuple[object, ...], list[beliefs.Belief]] = {}
    for one in beliefs.lines(view):
        key = (one.row, one.holder, one.party, tuple(beliefs.spells(view, one)))
        together.setdefault(key, []).append(one)
    made = []
    for some in together.values():
        first = some[0]
        for start, end, word in beliefs.spells(view, first):
            made.append(
                Stretch(
                    row=first.row,
                    kind=first.kind,
                    party=first.party,
                    holder=first.holder,
                    concerns=tuple(sorted(one.concern for one in some)),
                    start=start,
                    end=end,
                    state=word,
                    rule="",
                    set_off_by="",
                    stopped_at="",
                    due=None,
                    done_on=None,
                    each_other=view.in_order({row for one in some for row in one.each_other}),
                    rows=view.in_order({row for one in some for row in one.rows}),
                )
            )
    return made


def _of_duty(view: Snapshot, one: duties.Duty) -> Stretch:
    start = min(one.date, view.day)
    return Stretch(
        row=one.row,
        kind="expected",
        party=one.party,
        holder="",
        concerns=one.concerns,
        start=start,
        end=view.day if one.done_on is None else max(start, min(one.done_on, view.day)),
        state=one.status,
        rule=one.rule,
        set_off_by=one.set_off_by,
        stopped_at=one.stopped_at,
        due=one.due,
        done_on=one.done_on,
        each_other=(),
        rows=one.rows,
    )


def beliefs_and_duties(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """What was believed of others or left to them, and what was laid on them, over time.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per stretch of time in which a belief or a duty stood one way, by the day on which it began: ``row``,
        ``kind`` (believed, assumed or expected), ``party`` (of whom it was believed, or on whom the duty lay),
        ``holder`` (who believed it; empty for a duty), ``concerns``, ``start`` and ``end``, and ``state``: of a belief
        what the record showed of the party then, as in :func:`safetynet.beliefs`, of a duty its status at `at`, as in
        :func:`safetynet.duties`. Then ``rule``, ``set_off_by``, ``stopped_at``, ``due`` and ``done_on`` of a duty,
        ``each_other`` of a belief, and ``rows``.

    See Also
    --------
    safetynet.beliefs, safetynet.duties : a line for each, with how it stood then and stands now.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.tables.beliefs_and_duties(sn.load_case("reuben"))
    >>> table.loc[table["row"] == "S02", ["party", "holder", "start", "end", "state"]]
      party holder      start        end       state
    2  a_cp    sch 2024-05-02 2024-05-05   no record
    3  a_cp    sch 2024-05-06 2024-05-31  took it on
    """
    return tidy(lines(snapshot(case, at, rules)), Stretch._fields)
