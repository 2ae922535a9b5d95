"""Findings about warnings from the child, the family and its natural support."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..case.records import Row
from ..measures.actions import first_done
from ..record.snapshot import Snapshot, row_order
from .legacy import Finding, Rule, agencies_of, days, name, ordered
from .oldparts import around, children, dates, every, is_actor, items, maybe_rows, worries_in

SEEN_BY_LOOKING = frozenset({"physical", "sexual", "emotional", "neglect", "health", "reassurance", "strength"})


def warning_not_followed(view: Snapshot) -> Iterator[Finding]:
    """Warnings of the family or its support after which no row shows the child seen, or an action in hand."""
    warned: defaultdict[str, list[tuple[Row, int]]] = defaultdict(list)
    for row in sorted(view.rows, key=row_order):
        heard = [one for one in row.to if is_actor(view, one)]
        if row.kind not in ("told", "asked") or not row.arrived or not heard or not worries_in(view, row):
            continue
        if not set(row.who) <= around(view) or not view.by(row.reached):
            continue
        limit = row.reached.last + view.rules.silence_days
        if min(limit, view.day) - row.reached.last < view.rules.late_days:
            continue
        seen = _next_seen(view, row)
        if seen > limit and not _in_hand(view, row, min(limit, view.day)):
            warned[min(row.who)].append((row, min(seen, view.day)))
    for person, found in sorted(warned.items()):
        rows = [row for row, _ in found]
        worries = frozenset().union(*(worries_in(view, row) for row in rows))
        heard = list(dict.fromkeys(one for row in rows for one in row.to if is_actor(view, one)))
        start = min(row.reached.last for row in rows)
        least = min(end - row.reached.last for row, end in found)
        end = max(end for _, end in found)
        after = f"in the {days(least)} after" if len(rows) == 1 else f"in the {days(least)} after each"
        yield Finding(
            "warning_not_followed",
            f"{name(view, person)} told {every(view, heard)} of {items(view, worries)} ({dates(rows)}); {after}, "
            f"no row shows the child seen by an agency that had it on record, or an action for it done or still "
            f"in time.",
            "a row of contact with the child, or of an action that was done, in that time.",
            rows=ordered(rows), people=tuple(sorted({person, *(one for one in heard if one in view.records.people)})),
            agencies=agencies_of(view, heard), concerns=tuple(sorted(worries)),
            start=start, end=end, days=end - start, severity=view.total(worries),
        )  # fmt: skip


def _next_seen(view: Snapshot, row: Row) -> int:
    """The next day on which somebody whose agency had one of the worries by then had contact with the child."""
    worries = worries_in(view, row)
    subjects = {one for worry in worries for one in view.records.concerns[worry].about}.intersection(children(view))
    wanted = subjects or set(children(view))
    first: dict[str, int] = {}
    for worry in worries:
        for one in view.holders.get(worry, frozenset()):
            if is_actor(view, one):
                first[view.party(one)] = min(view.since[one, worry], first.get(view.party(one), view.since[one, worry]))
    days_seen = []
    for other, shown, agencies in view.keep("shown", lambda: _shown(view)):
        if other.date.last < row.reached.first or other.id == row.id or shown.isdisjoint(wanted):
            continue
        if any(first.get(agency, view.day + 1) <= other.date.last for agency in agencies):
            days_seen.append(other.date.first)
    return max(row.reached.last, min(days_seen)) if days_seen else 1 << 40


def _shown(view: Snapshot) -> list[tuple[Row, set[str], set[str]]]:
    """The rows that show children met, or seen by those who looked: which children, and by which agencies."""
    found, everyone = [], set(children(view))
    for row in maybe_rows(view):
        shown = everyone.intersection(row.named) if row.is_contact and row.arrived else set()
        if row.kind == "observed" and any(
            view.records.concerns[item].category in SEEN_BY_LOOKING for item in row.concerns
        ):
            about = {one for item in row.concerns for one in view.records.concerns[item].about}
            shown = shown | (everyone & (about | set(row.about)))
        if shown:
            found.append((row, shown, {view.party(one) for one in row.named if is_actor(view, one)}))
    return found


def _in_hand(view: Snapshot, row: Row, limit: int) -> bool:
    """Whether an action with an owner for one of the worries was done in time or was still in time at the limit."""
    for action in view.rows:
        if action.kind != "agreed" or not action.who or not worries_in(view, row).intersection(action.concerns):
            continue
        if action.date.first > limit:
            continue
        done = first_done(view, action)
        if done is not None and row.reached.first <= done.date.last and done.date.first <= limit:
            return True
        ends = action.due if action.due is not None else action.date.last + view.rules.open_ended_days
        if done is None and ends >= limit:
            return True
    return False


RULES = (
    Rule(
        "warning_not_followed",
        "A warning from the family or its support that nothing followed",
        1.0,
        "A told or asked row in which the child, the family or its support passes a worry to a professional or agency, "
        "where for `silence_days` (or up to the date, if `late_days` or more) no row shows contact with the child, or "
        "something observed of them (what is seen of a child, and not of a school or "
        "a home), by an agency that had one of these worries on record, and no action with an "
        "owner for one of them was done or still in time at the end. One finding for each person who warned.",
        "Somebody may have looked without a row. A carer's own account counts as telling too.",
        warning_not_followed,
    ),
)
