"""How findings word things: codes with dates behind a sentence, what is in doubt, and what was in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..case.records import Row
from ..record.naming import gravest_first, short_name
from ..record.snapshot import Snapshot
from ..wording import days, first_words, when
from .parts import LOW, Known, counted_days, disputed

MOST, FIRST = 4, 2  # codes of a sort behind a sentence; where there are more, how many of them are told
QUOTED = 9  # words of a condition in a question


def codes(
    view: Snapshot,
    concerns: Iterable[str],
    known: Mapping[str, Known],
    rows: Iterable[Row],
    *,
    tell: Iterable[str] = (),
) -> str:
    """Concerns, each with the day from which it was on record, and rows.

    Of those to `tell`, of whose holders the sentence speaks, also with whom, where not all were with the same.
    """
    told = set(tell)
    apart = len({one.holder for concern, one in known.items() if concern in told}) > 1

    def say(concern: str) -> str:
        came = known.get(concern)
        with_whom = f" with {short_name(view, came.holder)}" if came is not None and apart and concern in told else ""
        return concern if came is None else f"{concern} from {when(came.window)}{with_whom}"

    said = _few(gravest_first(view, {*concerns, *known}), say)
    ids = _few(list(dict.fromkeys(row.id for row in rows)), str)
    return "; ".join(part for part in (said, ids) if part)


def _few(listed: list[str], say: Callable[[str], str]) -> str:
    if len(listed) <= MOST:
        return ", ".join(map(say, listed))
    return f"{', '.join(map(say, listed[:FIRST]))} and {len(listed) - FIRST} more"


def thin(view: Snapshot, start: int | None, end: int | None) -> str:
    """What is to be said of a long time in which few rows stand: as how many days it is weighed."""
    if start is None or end is None or end - start <= view.rules.silence_days:
        return ""
    counted = counted_days(view, start, end)
    return f"a thin record, weighed as {days(counted)}" if counted < view.rules.thin * (end - start) else ""


def doubts(view: Snapshot, keys: Iterable[Row]) -> str:
    """What is to be said of rows without which a finding would not stand: of low confidence, or with two accounts."""
    rows = list(keys)
    said = []
    low = [row for row in rows if row.confidence <= LOW]
    if low:
        bases = {word for row in low for word in ("recalled", "inferred") if word in row.basis.casefold()}
        said.append(" or ".join(sorted(bases, reverse=True)) or "uncertain")
    if any(disputed(view, row) for row in rows):
        said.append("accounts differ")
    return ", ".join(said)


def conditions(view: Snapshot, agencies: Iterable[str], start: int | None, end: int | None) -> str:
    """The conditions in force in some agencies, or in all, in a period: what stands behind a question."""
    if start is None or end is None:
        return ""
    among = {"", *agencies}
    begun = [one for one in view.records.conditions if one.start is None or one.start.first <= end]
    in_force = [one for one in begun if one.end is None or one.end.last >= start]
    found = sorted((one for one in in_force if one.agency in among), key=lambda one: (not one.agency, one.id))
    said = []
    for one in found[:2]:
        said.append(f"{one.id}, {first_words(one.summary.split(), QUOTED)}")
    more = f"; {len(found) - 2} more" if len(found) > 2 else ""
    return f"in force: {'; '.join(said)}{more}" if said else ""
