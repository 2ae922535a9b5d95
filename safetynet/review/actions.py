"""Findings about actions: given to someone without the worry, not finished, not taken, needed and never agreed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..case.records import Row
from ..measures.action_plan import agreed, state_of
from ..measures.actions import first_done
from ..measures.reliance import people_of as members
from ..measures.in_hand import brought_up as came_back
from ..record.snapshot import Snapshot, row_order
from ..wording import in_words
from .firsthand import brief, people_among, worries_among
from .legacy import Finding, Rule, agencies_of, day, days, names, ordered, when


def _attempts(view: Snapshot, row: Row) -> list[Row]:
    """The done rows of an action that did not complete it, in order of date."""
    done = (one for one in view.referring(row.id) if one.kind == "done")
    return sorted((one for one in done if one.outcome not in ("", "completed")), key=row_order)


def _about(view: Snapshot, given: Iterable[str]) -> str:
    given = tuple(given)
    return f" on {brief(view, given)}" if given else ""


def _owners(view: Snapshot, row: Row) -> set[str]:
    """Everybody through whom an action's owners may have a worry: the people, agencies and their people."""
    return {*row.who, *(person for one in row.who for person in members(view, one))}


def _without(view: Snapshot, row: Row) -> tuple[str, ...]:
    """The worries of an action, if none of its owners has any of them on record by the day; else none."""
    worries = worries_among(view, row.concerns)
    owners = _owners(view, row)
    if not worries or any(owners & view.holders.get(one, frozenset()) for one in worries):
        return ()
    return tuple(sorted(worries))


def _unfinished(view: Snapshot) -> dict[str, list[tuple[Row, str]]]:
    """The agreed actions that are not completed, by the one kind of finding that each of them belongs to."""
    found: defaultdict[str, list[tuple[Row, str]]] = defaultdict(list)
    for row in agreed(view):
        state = state_of(view, row)
        if state == "completed":
            continue
        if not row.who:
            kind = "action_nobody_took"
        elif _without(view, row):
            kind = "action_to_uninformed"
        elif _attempts(view, row):
            kind = "action_partly"
        elif state in ("overdue", "lapsed"):
            kind = "action_overdue" if state == "overdue" else "action_undated"
        else:
            continue
        found[kind].append((row, state))
    return found


def _finding(
    view: Snapshot, kind: str, rows: list[Row], statement: str, refute: str, *, besides: Iterable[Row] = (), since: int,
    severity: float | None = None,
) -> Finding:  # fmt: skip
    worries = tuple(sorted({one for row in rows for one in row.concerns}))
    who = [one for row in rows for one in row.who]
    return Finding(
        kind, statement, refute, rows=ordered([*rows, *besides]),
        people=people_among(view, who), agencies=agencies_of(view, who), concerns=worries,
        start=min(row.date.first for row in rows), end=view.day, days=max(0, view.day - since),
        severity=view.total(worries_among(view, worries)) if severity is None else severity,
    )  # fmt: skip


def action_to_uninformed(view: Snapshot) -> Iterator[Finding]:
    """An action given to somebody who has no record of the worry that it answers."""
    for row, state in _unfinished(view)["action_to_uninformed"]:
        worries = _without(view, row)
        tried = _attempts(view, row)
        had = [one for one in names_of_holders(view, worries) if one not in row.who]
        others = f"; {len(had)} other professional{'s' if len(had) > 1 else ''} had" if had else ""
        due = f", due on {day(row.due)}," if row.due is not None else ", with no date," if state == "lapsed" else ""
        ends = f" It was attempted {when(tried[-1])}." if tried else " No row shows that it was completed."
        yield _finding(
            view, "action_to_uninformed", [row],
            f"Action {row.id}{_about(view, worries)} was given to {names(view, row.who, 3)} {when(row)}{due} and no "
            f"row up to {day(view.day)} shows that they came to have {'it' if len(worries) == 1 else 'any of these'} "
            f"on record{others}.{ends}",
            "a row by which an owner of the action came to have the worry.", besides=tried, since=view.when(row.date),
            severity=view.total(worries),
        )  # fmt: skip


def names_of_holders(view: Snapshot, worries: Iterable[str]) -> list[str]:
    """The professionals who hold any of the worries; sorted."""
    return sorted({one for worry in worries for one in view.holders.get(worry, frozenset()) & view.professionals})


def action_nobody_took(view: Snapshot) -> Iterator[Finding]:
    """An action that was agreed and that no row shows anybody taking."""
    rows = [row for row, _ in _unfinished(view)["action_nobody_took"] if view.day > view.when(row.date)]
    for row in rows:
        yield _finding(
            view, "action_nobody_took", [row],
            f"Action {row.id}{_about(view, row.concerns)} was agreed {when(row)}; no row shows who took it, in the "
            f"{days(view.day - view.when(row.date))} to {day(view.day)}.",
            "a row or minute that names an owner, or shows it done.", since=view.when(row.date),
        )  # fmt: skip


def action_partly(view: Snapshot) -> Iterator[Finding]:
    """An action that was tried or done in part, and that no row shows completed."""
    for row, _ in _unfinished(view)["action_partly"]:
        tried = _attempts(view, row)
        last = tried[-1]
        due = f" (due on {day(row.due)})" if row.due is not None else ""
        said = "done in part" if last.outcome == "partly" else last.outcome
        waited = view.day - view.when(last.date)
        yield _finding(
            view, "action_partly", [row],
            f"Action {row.id}{_about(view, row.concerns)} of {names(view, row.who, 3)}, agreed {when(row)}{due}, is "
            f"recorded as {said} {when(last)}. No row in the {days(waited)} to {day(view.day)} shows that it was "
            "completed.",
            "a done row that completes it, or one by which it was given up for a reason.", besides=tried,
            since=view.when(last.date),
        )  # fmt: skip


def action_overdue(view: Snapshot) -> Iterator[Finding]:
    """An action whose day has passed with no row that shows it done."""
    for row, _ in _unfinished(view)["action_overdue"]:
        due = row.due if row.due is not None else view.day
        yield _finding(
            view, "action_overdue", [row],
            f"Action {row.id}{_about(view, row.concerns)} of {names(view, row.who, 3)}, agreed {when(row)}, was due "
            f"on {day(due)}. No row in the {days(view.day - due)} to {day(view.day)} shows that it was done.",
            "a done row that refers to the action.", since=due,
        )  # fmt: skip


def action_undated(view: Snapshot) -> Iterator[Finding]:
    """Actions without a date that no row shows done; one finding for each owner."""
    groups: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row, _ in _unfinished(view)["action_undated"]:
        groups[tuple(sorted(row.who))].append(row)
    for who, rows in sorted(groups.items()):
        about = sorted({one for row in rows for one in row.concerns})
        which = f"action {rows[0].id}" if len(rows) == 1 else f"actions {in_words([row.id for row in rows])}"
        yield _finding(
            view, "action_undated", rows,
            f"{names(view, who, 3)} had {which}{_about(view, about)}, agreed "
            f"{when(rows[0]) if len(rows) == 1 else f'from {day(rows[0].date.first)} to {day(rows[-1].date.last)}'} "
            f"with no date to be done by. No row up to {day(view.day)} shows "
            f"{'it' if len(rows) == 1 else 'any of them'} done.",
            "a date agreed for it, or a done row that refers to it.", since=view.when(rows[0].date),
        )  # fmt: skip


def action_late(view: Snapshot) -> Iterator[Finding]:
    """An action completed well after its day."""
    for row in agreed(view):
        done = first_done(view, row)
        if done is None or row.due is None or done.date.first - row.due <= view.rules.late_days:
            continue
        late = done.date.first - row.due
        yield Finding(
            "action_late",
            f"Action {row.id}{_about(view, row.concerns)} of {names(view, row.who, 3)}, agreed {when(row)} and due on "
            f"{day(row.due)}, was completed {when(done)}, {days(late)} late.",
            "an earlier done row that completes it, or a row that put off its day.",
            rows=ordered([row, done]), people=people_among(view, row.who),
            agencies=agencies_of(view, row.who), concerns=tuple(sorted(row.concerns)), start=row.due,
            end=min(done.date.last, view.day), days=late, severity=view.total(worries_among(view, row.concerns)),
        )  # fmt: skip


def needed_never_agreed(view: Snapshot) -> Iterator[Finding]:
    """What a reviewer's row says was needed, and no row shows was agreed; of one date and worries, one finding."""
    groups: defaultdict[tuple[object, ...], list[Row]] = defaultdict(list)
    taken_up = {one for row in view.rows if row.kind in ("agreed", "done") for one in row.ref}
    for row in sorted((row for row in view.rows if row.kind == "needed"), key=row_order):
        if row.id not in taken_up:
            groups[row.date, tuple(sorted(row.concerns))].append(row)
    for rows in groups.values():
        first = rows[0]
        many = len(rows) > 1
        which, say = ("reviewer's rows", "say") if many else ("reviewer's row", "says")
        what = f"{len(rows)} actions were" if many else "an action was"
        due = f" (by {day(first.due)})" if first.due is not None and not many else ""
        covering = [row for row in view.rows if row.kind == "agreed" and set(row.concerns) & set(first.concerns)]
        yield _finding(
            view, "needed_never_agreed", rows,
            f"{'Two' if len(rows) == 2 else 'Several' if many else 'A'} {which} "
            f"({in_words([row.id for row in rows])}) {say} that {what} needed{_about(view, first.concerns)} "
            f"{when(first)}{due}; no row shows that {'they were' if many else 'it was'} agreed."
            + (_others(view, covering) if first.concerns else ""),
            "an agreed row for the same action, or a reason on record why it was not needed.",
            since=view.when(first.date),
        )  # fmt: skip


def _others(view: Snapshot, covering: list[Row]) -> str:
    if not covering:
        return " No agreed action of any kind covers it."
    return f" {'Another action covers' if len(covering) == 1 else f'{len(covering)} other actions cover'} some of it."


def worry_came_back(view: Snapshot) -> Iterator[Finding]:
    """A worry seen again, told again by the family or left to others after the action on it was completed."""
    for row in agreed(view):
        done = first_done(view, row)
        if done is None:
            continue
        back = {}
        for one in worries_among(view, row.concerns):
            found = [other for other in came_back(view, one, done) if _is_after(other, done)]
            if found:
                back[one] = found
        if not back:
            continue
        shown = sorted({other for found in back.values() for other in found}, key=row_order)
        first = shown[0]
        on = view.when(first.date)
        again = [
            other for other in agreed(view)
            if other.who and view.when(other.date) >= on and set(other.concerns) & set(back)
        ]  # fmt: skip
        if again and view.when(again[0].date) - on <= view.rules.late_days:
            continue
        until = view.when(again[0].date) if again else view.day
        how = {"observed": "seen again", "assumed": "left to others"}.get(first.kind, "raised again")
        after = (f"a new action was agreed only on {day(until)}" if again else
                 f"no row up to {day(view.day)} shows that a new action was agreed")  # fmt: skip
        yield Finding(
            "worry_came_back",
            f"{brief(view, back)} {'was' if len(back) == 1 else 'were'} {how} {when(first)} in row {first.id}, after "
            f"action {row.id} of {names(view, row.who, 2) or 'nobody named'} was recorded as completed {when(done)}; "
            f"{after}.",
            "a row that shows that what came back was another matter, or was already in hand.",
            rows=ordered([row, done, *shown, *again[:1]]),
            people=people_among(view, [*row.who, *(one for other in shown for one in other.who)]),
            agencies=agencies_of(view, row.who), concerns=tuple(sorted(back)), start=first.date.first, end=until,
            days=max(0, until - on), severity=view.total(back),
        )  # fmt: skip


def _is_after(row: Row, done: Row) -> bool:
    """Whether a row certainly came after an action was done; an assumption may be of that day."""
    return row.date.first > done.date.last or (row.kind == "assumed" and row.date.first == done.date.last)


RULES = (
    Rule(
        "action_to_uninformed",
        "An action given to someone without the worry",
        0.8,
        "An agreed action with an owner, not completed, about worries of which no row by the date puts a single one "
        "on record of any owner (for an agency: of its file or of any of its people). It stands in no other kind "
        "about actions.",
        "The owner may have been told when the action was given; no row says so.",
        action_to_uninformed,
    ),
    Rule(
        "action_nobody_took",
        "An action that nobody took",
        0.7,
        "An agreed row with nobody in `who`, not completed.",
        "An owner may be named in minutes that were not coded.",
        action_nobody_took,
    ),
    Rule(
        "action_partly",
        "An action begun and never finished",
        0.6,
        "An agreed action with done rows whose outcome is attempted, partly or refused, and none that completes it.",
        "What was done may have been enough; the outcome is the coder's.",
        action_partly,
    ),
    Rule(
        "action_overdue",
        "An action past its day",
        0.6,
        "An agreed action with an owner whose due day is before the date, with no done row at all.",
        "Something may have been done without a row that refers to the action.",
        action_overdue,
    ),
    Rule(
        "action_undated",
        "Actions without a date",
        0.45,
        "Agreed actions with an owner, without a due day, older than `open_ended_days` and with no done row at all. "
        "One finding for each owner or group of owners.",
        "Some actions were meant to go on without an end, and dates in minutes may not be coded.",
        action_undated,
    ),
    Rule(
        "action_late",
        "An action completed late",
        0.35,
        "An agreed action completed more than `late_days` after its due day, counted from the first day on which it "
        "may have been completed.",
        "A day may have been put off by agreement; the case format has no row for that.",
        action_late,
    ),
    Rule(
        "needed_never_agreed",
        "Needed, as a reviewer says, and never agreed",
        0.5,
        "A needed row to which no agreed or done row refers. Such rows of one date and the same worries are one "
        "finding.",
        "Hindsight: whoever coded the row knew how it ended. It is the reviewer's judgement, passed on as such.",
        needed_never_agreed,
    ),
    Rule(
        "worry_came_back",
        "A worry that came back after its action was done",
        0.7,
        "A completed action, and certainly after it a row in which one of its worries is observed, told or asked by "
        "the child, the family or a support, or left to others by a professional (on the same day too), where no new "
        "action with an owner covers it within `late_days`.",
        "The same worry may stand for two different events; whether to split it is the coder's choice.",
        worry_came_back,
    ),
)
