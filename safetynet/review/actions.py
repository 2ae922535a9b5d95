"""Findings about actions: given to somebody without the worry, not finished, not taken, needed and not agreed."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from ..case.records import Row
from ..record.naming import cut, quoted, some, who
from ..record.parties import is_actor, members, party
from ..record.snapshot import Snapshot
from ..spells import Soonest
from ..wording import count, day, days, on, verb
from .base import Finding, rule
from .measured import bringing_up, completed, state_of
from .parts import actors_with, had_by, held_by, may_have, maybe_naming, maybe_rows, worries_among


def step(row: Row) -> str:
    """Which step a row is, in the words of whoever coded it; its id where there are none."""
    return cut(row.summary) or row.id


def _about(view: Snapshot, concerns: Iterable[str]) -> str:
    given = worries_among(view, concerns) or list(concerns)
    return f" on {some(view, given)}" if given else ""


def _attempts(view: Snapshot, row: Row) -> list[Row]:
    """The done rows of an action that did not complete it, in order of date."""
    return [one for one in view.referring(row.id) if one.kind == "done" and one.outcome not in ("", "completed")]


def _owners(view: Snapshot, row: Row) -> frozenset[str]:
    """Everybody through whom an action's owners may have a worry: the people, agencies and their people."""
    return frozenset(person for one in row.who for person in members(view, one))


def _without(view: Snapshot, row: Row) -> list[str]:
    """The worries of an action, if none of its owners may have any of them; else none."""
    worries = worries_among(view, row.concerns)
    if not any(is_actor(view, one) for one in row.who):
        return []
    return [] if any(_owners(view, row) & may_have(view, one) for one in worries) else worries


def _unfinished(view: Snapshot) -> dict[str, list[Row]]:
    """The agreed actions that are not completed, by the one kind of finding that each of them belongs to."""

    def make() -> dict[str, list[Row]]:
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in view.of_kind("agreed"):
            if completed(view, row) is not None:
                continue
            if not row.who:
                kind = "action_nobody_took"
            elif _without(view, row):
                kind = "action_to_uninformed"
            elif _attempts(view, row):
                kind = "action_partly"
            elif state_of(view, row) in ("overdue", "undated", "lapsed"):
                kind = "action_overdue" if row.due is not None else "action_undated"
            else:
                continue
            found[kind].append(row)
        return found

    return view.keep("findings: unfinished actions", make)


@rule(
    title="An action given to somebody without the worry",
    theme="management",
    matters=0.8,
    rule="An agreed action of a professional or agency, not completed, about worries of which no row by the date "
    "may put a single one on record of any owner (for an agency: of its file or of any of its people). It stands "
    "in no other kind about actions.",
    limits="The owner may have been told when the action was given; no row says so.",
    question="What was handed over with the action, and how could the owner learn what it was about?",
    refute="a row by which an owner of the action came to have the worry.",
)
def action_to_uninformed(view: Snapshot) -> Iterator[Finding]:
    """An action given to somebody who has no record of the worry that it answers."""
    for row in _unfinished(view).get("action_to_uninformed", []):
        worries = _without(view, row)
        yield Finding.of(
            view,
            f"No row shows {some(view, worries)} with {who(view, row.who, 2)}, who took on “{step(row)}” "
            f"{on(row.date)}",
            key=[row],
            concerns=worries,
            rows=_attempts(view, row),
            who=row.who,
            start=view.when(row.date),
            end=view.day,
        )


@rule(
    title="An action with no owner on record",
    theme="management",
    matters=0.7,
    rule="An agreed row with nobody in `who`, not completed.",
    limits="An owner may be named in minutes that were not coded.",
    question="How did it go on from a plan to a person here?",
    refute="a row or minute that names an owner, or shows it done.",
)
def action_nobody_took(view: Snapshot) -> Iterator[Finding]:
    """An action that was agreed and that no row shows anybody taking."""
    for row in _unfinished(view).get("action_nobody_took", []):
        if view.day > view.when(row.date):
            yield Finding.of(
                view,
                f"No owner on record for “{step(row)}”, agreed {on(row.date)}{_about(view, row.concerns)}",
                key=[row],
                concerns=row.concerns,
                start=view.when(row.date),
                end=view.day,
            )


@rule(
    title="An action begun, with no row that completes it",
    theme="management",
    matters=0.6,
    rule="An agreed action with done rows whose outcome is attempted, partly or refused, and none that completes it.",
    limits="What was done may have been enough; the outcome is the coder's.",
    question="What was to happen when the first try did not do it?",
    refute="a done row that completes it, or one by which it was given up for a reason.",
)
def action_partly(view: Snapshot) -> Iterator[Finding]:
    """An action that was tried or done in part, and that no row shows completed."""
    for row in _unfinished(view).get("action_partly", []):
        last = _attempts(view, row)[-1]
        said = {"partly": "done in part", "refused": "refused"}.get(last.outcome, "tried")
        yield Finding.of(
            view,
            f"“{step(row)}” of {who(view, row.who, 2)} was {said} {on(last.date)}; no row completes it in "
            f"{days(view.day - last.date.last)}",
            key=[row, last],
            concerns=row.concerns,
            rows=_attempts(view, row),
            who=row.who,
            start=view.when(last.date),
            end=view.day,
        )


@rule(
    title="An action past its day",
    theme="management",
    matters=0.6,
    rule="An agreed action with an owner whose due day is before the date, with no done row at all.",
    limits="Something may have been done without a row that refers to the action.",
    question="Who looked at what had been agreed when its day came?",
    refute="a done row that refers to the action.",
)
def action_overdue(view: Snapshot) -> Iterator[Finding]:
    """An action whose day has passed with no row that shows it done."""
    for row in _unfinished(view).get("action_overdue", []):
        due = row.due if row.due is not None else view.day
        yield Finding.of(
            view,
            f"No row shows “{step(row)}” of {who(view, row.who, 2)} done, {days(view.day - due)} after it was due "
            f"on {day(due)}",
            key=[row],
            concerns=row.concerns,
            who=row.who,
            start=max(due, view.when(row.date)),
            end=view.day,
        )


@rule(
    title="Actions without a date, and no row of them since",
    theme="management",
    matters=0.45,
    rule="Agreed actions with an owner, without a due day, whose latest step is more than `open_ended_days` before the "
    "date, and with no done row at all. One finding for each owner or group of owners.",
    limits="Some actions were meant to go on without an end, and dates in minutes may not be coded.",
    question="How were open actions kept in sight here?",
    refute="a date agreed for it, or a row that shows it going on or done.",
)
def action_undated(view: Snapshot) -> Iterator[Finding]:
    """Actions without a date that no row shows done; one finding for each owner."""
    groups: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in _unfinished(view).get("action_undated", []):
        groups[tuple(sorted(row.who))].append(row)
    for owners, rows in sorted(groups.items()):
        more = "" if len(rows) == 1 else f" and {count(len(rows) - 1, 'other action')}"
        yield Finding.of(
            view,
            f"No row shows “{step(rows[0])}”{more} of {who(view, owners, 2)} done; no date was agreed",
            key=rows[:1],
            concerns={c for row in rows for c in row.concerns},
            rows=rows,
            who=owners,
            start=view.when(rows[0].date),
            end=view.day,
        )


@rule(
    title="An action completed late",
    theme="management",
    matters=0.3,
    rule="An agreed action completed more than `late_days` after its due day, counted from the first day on which "
    "it may have been completed.",
    limits="A day may have been put off by agreement; the case format has no row for that.",
    question="What did the day that had been agreed rest on?",
    refute="an earlier done row that completes it, or a row that put off its day.",
)
def action_late(view: Snapshot) -> Iterator[Finding]:
    """An action completed well after its day."""
    for row in view.of_kind("agreed"):
        done = completed(view, row)
        if done is None or row.due is None or done.date.first - row.due <= view.rules.late_days or not row.who:
            continue
        yield Finding.of(
            view,
            f"“{step(row)}” of {who(view, row.who, 2)} was completed {days(done.date.first - row.due)} after it "
            "was due",
            key=[row, done],
            concerns=row.concerns,
            who=row.who,
            start=row.due,
            end=done.date.first,
        )


@rule(
    title="Needed, as a reviewer says, and not agreed",
    theme="response to incidents",
    matters=0.5,
    rule="A needed row to which no agreed or done row refers. Such rows of one date and the same worries are one "
    "finding.",
    limits="Hindsight: whoever coded the row knew how it ended. It is the reviewer's judgement, passed on as such.",
    question="How would this have come to mind then, and what stood in its way?",
    refute="an agreed row for the same action, or a reason on record why it was not needed.",
)
def needed_never_agreed(view: Snapshot) -> Iterator[Finding]:
    """What a reviewer's row says was needed, and no row shows was agreed; of one date and worries, one finding."""
    groups: defaultdict[tuple[object, ...], list[Row]] = defaultdict(list)
    taken = {one for row in maybe_rows(view) if row.kind in ("agreed", "done") for one in row.ref}
    for row in view.of_kind("needed"):
        if row.id not in taken:
            groups[row.date, tuple(sorted(row.concerns))].append(row)
    for rows in groups.values():
        first = rows[0]
        more = "" if len(rows) == 1 else f" and {count(len(rows) - 1, 'other step')}"
        worries = worries_among(view, first.concerns)
        holders = actors_with(view, worries[0]) if worries else frozenset()
        had = {party(view, one) for one in holders if had_by(view, one, worries[0], first.date.last)}
        then = f"{count(len(had), 'party', 'parties')} had {quoted(view, worries[0])}, and " if had else ""
        yield Finding.of(
            view,
            f"“{step(first)}”{more} {verb(len(rows), 'was', 'were')} needed {on(first.date)}, a reviewer says; "
            f"{then}no row agrees {verb(len(rows), 'it', 'them')}",
            key=rows[:1],
            concerns=first.concerns,
            rows=rows,
            start=view.when(first.date),
            end=view.day,
        )


@rule(
    title="A worry that came back after its action was done",
    theme="longer-term work",
    matters=0.7,
    rule="A completed action, and certainly after it a row in which one of its worries is observed, told or asked "
    "by the child, the family, its support or the public, or left to others by a professional (on the same day "
    "too), where no new action with an owner covers it within `late_days`.",
    limits="The same worry may stand for two different events; whether to split it is the coder's choice.",
    question="How would what came back have been seen as the same matter?",
    refute="a row that shows that what came back was another matter, or was already in hand.",
)
def worry_came_back(view: Snapshot) -> Iterator[Finding]:
    """A worry seen again, told again by the family or left to others after the action on it was completed."""
    for row in view.of_kind("agreed"):
        done = completed(view, row)
        if done is None:
            continue
        back = [c for c in worries_among(view, row.concerns) if _first_after(view, c, done) is not None]
        firsts = [other for c in back if (other := _first_after(view, c, done)) is not None]
        if not firsts:
            continue
        first = min(firsts, key=lambda other: other.order)
        begun = [one[0] for c in back if (one := _agreed_since(view, c, first.date.first)) is not None]
        soonest = max(0, min(begun) - first.date.last) if begun else view.day - first.date.last
        if begun and soonest <= view.rules.late_days:
            continue
        shown = [other for c in back for other in _after(view, c, done)]
        again = [new for c in back if (new := _next_agreed(view, c, first.date.first)) is not None]
        how = {"observed": "was seen again", "assumed": "was left to others"}.get(first.kind, "was told again")
        yield Finding.of(
            view,
            f"{quoted(view, back[0])} {how} {on(first.date)}, after “{step(row)}” was done; no new action is on "
            f"record for {days(soonest)}",
            key=[row, done, first],
            held=held_by(view, back),
            rows=[*shown, *sorted(again, key=lambda other: other.order)[:1]],
            who=chain(row.who, *(other.who for other in shown)),
            start=first.date.last,
            end=first.date.last + soonest,
        )


def _after(view: Snapshot, worry: str, done: Row) -> list[Row]:
    """The rows that certainly show a worry again after an action was done; an assumption may be of that day."""
    ups, last = _ups(view, worry), done.date.last
    start = bisect_left(ups, last, key=lambda one: one[1].date.last)
    return [row for day, row in ups[start:] if day > last]


def _ups(view: Snapshot, worry: str) -> list[tuple[int, Row]]:
    """The rows that bring a worry up, each with the day before which what it certainly comes after was done."""

    def make() -> list[tuple[int, Row]]:
        return [(row.date.first + (row.kind == "assumed"), row) for row in bringing_up(view, worry)]

    return view.keep(("findings: brought up", worry), make)


def _first_after(view: Snapshot, worry: str, done: Row) -> Row | None:
    """The first of these rows, in the order in which they are read."""

    def make() -> Soonest[tuple[int, int, int, str], Row]:
        return Soonest((day, row.order, row) for day, row in _ups(view, worry))

    found = view.keep(("findings: came back", worry), make).since(done.date.last + 1)
    return None if found is None else found[1]


def _agreed_since(view: Snapshot, worry: str, day: int) -> tuple[int, Row] | None:
    """Of the actions with an owner on a worry that may be of a day or later, the one that may be first."""

    def make() -> Soonest[int, Row]:
        return Soonest((row.date.last, row.date.first, row) for row in _agreed(view, worry))

    return view.keep(("findings: agreed", worry), make).since(day)


def _next_agreed(view: Snapshot, worry: str, day: int) -> Row | None:
    """Of the same the one that is read first."""
    agreed = _agreed(view, worry)
    place = bisect_left(agreed, day, key=lambda row: row.date.last)
    return agreed[place] if place < len(agreed) else None


def _agreed(view: Snapshot, worry: str) -> list[Row]:
    """The actions with an owner on a worry, those that may have been agreed included, in their order."""

    def make() -> list[Row]:
        return [row for row in maybe_naming(view, [worry]) if row.kind == "agreed" and row.who]

    return view.keep(("findings: agreed actions", worry), make)
