"""Actions on a worry: their steps, and on which days one was in hand.

An action is an ``agreed`` row that covers a worry, or an ``opened`` row that names it; it is alive while its latest
step is recent. Spells are of days up to that of the snapshot, each judged by what was on record by then.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Literal, NamedTuple

from ..case.records import Row
from ..case.vocabulary import PUT_ASIDE, SEEN_WELL
from ..dates import NEVER
from ..record.confirmation import NO_ACT, shown_on
from ..record.involvement import involvement
from ..record.parties import staff
from ..record.snapshot import Snapshot
from ..spells import Soonest, Spell, Spells, covers, merge, minus, part, shared, within

Standing = Literal["live", "completed", "refused", "overdue", "lapsed"]
STANDINGS: tuple[Standing, ...] = ("live", "completed", "refused", "overdue", "lapsed")
NO_STEP = (*NO_ACT, "withheld", "closed", "declined")
COMPLETED = ("", "completed")


class Step(NamedTuple):
    """A row that keeps an action alive from its day on, counted `since` then or, of paper, since it is confirmed."""

    row: Row
    day: int
    since: int


@dataclass(frozen=True)
class Action:
    """One action, for one worry or (``agreed`` on none) for its own sake.

    `done` is the row that first completed it. `stands`: neither completed, nor refused with no step after. `timely`:
    its latest step is recent and it is not past its due date. `taken_by`: for each owner, when they were informed, or
    as an agency had somebody informed who took it up, or still had its first days. Each is worked out when it is asked.
    """

    view: Snapshot = field(repr=False, compare=False)
    row: Row
    worry: str

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The rows that keep it alive, itself first."""
        return tuple(_steps(self.view, self.row, self.worry))

    @cached_property
    def done(self) -> Row | None:
        return first_done(self.view, self.row)

    @cached_property
    def stands(self) -> Spells:
        return _stands(self.view, self)

    @cached_property
    def timely(self) -> Spells:
        return _timely(self.view, self)

    @cached_property
    def taken_by(self) -> Mapping[str, Spells]:
        return {one: _taken(self.view, self, one) for one in self.row.who} if self.worry else {}

    @cached_property
    def standing(self) -> Standing:
        """The first that holds of it on the day."""
        day, due = self.view.day, self.row.due
        if self.done is not None:
            return "completed"
        if not covers(self.stands, day):
            return "refused"
        if due is not None and due < day:
            return "overdue"
        return "live" if covers(self.timely, day) else "lapsed"

    @cached_property
    def taken(self) -> Spells:
        """On which days it was in the hands of one of its owners."""
        if len(self.taken_by) == 1:
            return next(iter(self.taken_by.values()))
        return merge(spell for spells in self.taken_by.values() for spell in spells)

    @cached_property
    def alive(self) -> Spells:
        """On which days it stood and was in time, whoever had the worry on record."""
        return shared(self.stands, self.timely)

    @cached_property
    def owns(self) -> Spells:
        """On which days it made the worry owned."""
        return shared(self.alive, self.taken)

    @property
    def owners(self) -> tuple[str, ...]:
        return tuple(sorted(self.row.who))

    def owned_by(self, one: str) -> Spells:
        """On which days an owner of it made the worry owned by it."""
        return shared(self.alive, self.taken_by.get(one, ()))


# which rows are about it ------------------------------------------------------------------------------


def acting_on(view: Snapshot, worry: str) -> list[Row]:
    """The rows by the day that take a worry on."""
    return [row for row in view.naming(worry) if row.kind in ("agreed", "opened")]


def actions_on(view: Snapshot, worry: str) -> tuple[Action, ...]:
    """The actions on a worry by the day, by date."""

    def make() -> tuple[Action, ...]:
        return tuple(Action(view, row, worry) for row in acting_on(view, worry))

    return view.keep(("actions", worry), make)


def of_its_own(view: Snapshot, row: Row) -> Action:
    """An agreed row as an action without a worry: only what was done about it keeps it alive."""
    return view.keep(("action", row.id), lambda: Action(view, row, ""))


def actions_of(view: Snapshot, row: Row) -> tuple[Action, ...]:
    """A row as the actions that it is, one for each worry that it names; one without a worry, where it was agreed."""
    worries = [one for one in dict.fromkeys(row.concerns) if view.records.concerns[one].is_worry]
    if worries:
        return tuple(action for one in worries if (action := _by_row(view, one).get(row.id)) is not None)
    return (of_its_own(view, row),) if row.kind == "agreed" else ()


def _by_row(view: Snapshot, worry: str) -> dict[str, Action]:
    """The actions on a worry by the ids of their rows."""
    return view.keep(("actions by row", worry), lambda: {action.row.id: action for action in actions_on(view, worry)})


def dones(view: Snapshot, action: Row) -> list[Row]:
    """The done rows by the day about an action, a duty or a difference, in order."""
    return [row for row in view.referring(action.id) if row.kind == "done"]


def first_done(view: Snapshot, action: Row) -> Row | None:
    """The done row by the day that first completed an action or met a duty."""
    done = [row for row in dones(view, action) if row.outcome in COMPLETED]
    return min(done, key=lambda row: view.when(row.date), default=None)


def owners_people(view: Snapshot, action: Row) -> frozenset[str]:
    """The owners of an action, and the people of an agency that owns it."""
    return frozenset(action.who).union(*(staff(view.records, one) for one in action.who))


# steps ------------------------------------------------------------------------------------------------


def _steps(view: Snapshot, action: Row, worry: str) -> Iterator[Step]:
    """The rows by the day that are steps of an action, itself first."""
    begun = view.when(action.date)
    yield Step(action, begun, begun)
    tried = {row.id: row for row in _tried(view, action)}
    for row in tried.values():
        yield Step(row, view.when(row.date), view.when(row.date))
    if worry:
        for step in _since(_doings(view, action, worry), action):
            if step.row.id not in tried and step.row is not action:
                yield step


def _tried(view: Snapshot, action: Row) -> list[Row]:
    """The done rows by the day that say that an action was done in part, or attempted."""
    return [row for row in dones(view, action) if row.outcome in ("partly", "attempted")]


def _doings(view: Snapshot, action: Row, worry: str) -> Sequence[Step]:
    """What the owners of an action, and the people of agencies among them, did about a worry by the day, in order.

    Once for the same owners and a worry, whatever the action.
    """

    def make() -> list[Step]:
        found = []
        for row in _about_it(view, owners_people(view, action), worry):
            shown = shown_on(row, view.confirmations) if _is_doing(row) else None
            if shown is not None and shown <= view.day:
                day = view.when(row.date)
                found.append(Step(row, day, max(day, shown)))
        return sorted(found, key=_certain_day)

    return view.keep(("doings", frozenset(action.who), worry), make)


def _certain_day(step: Step) -> int:
    return step.row.date.last


def _since(steps: Sequence[Step], action: Row) -> Sequence[Step]:
    """Those of some steps that are dated on the day of an action or after it."""
    return steps[bisect_left(steps, action.date.last, key=_certain_day) :]


def _about_it(view: Snapshot, people: Iterable[str], worry: str) -> Iterable[Row]:
    """The rows of some people by the day that name a worry, or in which they saw a child whom it is about."""
    children = frozenset(view.records.children).intersection(view.records.concerns[worry].about)
    seeing = view.keep("seeing", lambda: _seeing(view)) if children else {}
    found: dict[str, Row] = {}
    for one in sorted(people):
        found |= {row.id: row for row in view.of_sender(one, worry)}
        found |= {row.id: row for row in seeing.get(one, ()) if not row.about or children.intersection(row.about)}
    return found.values()


def _seeing(view: Snapshot) -> dict[str, list[Row]]:
    """The rows in which each saw a child."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in view.rows:
        if row.seen in SEEN_WELL:
            for one in dict.fromkeys(row.who):
                found[one].append(row)
    return dict(found)


def _is_doing(row: Row) -> bool:
    """Whether a row is of a sort that can be a step: something done, that did not go astray or put it aside."""
    aside = row.kind == "decided" and row.outcome in PUT_ASIDE
    talk = row.kind == "met" and row.channel == "supervision"
    return row.kind not in NO_STEP and row.received != "no" and not aside and not talk


# on which days ----------------------------------------------------------------------------------------


def _stands(view: Snapshot, action: Action) -> Spells:
    """The days on which an action was neither completed, nor refused with no step after."""
    last = view.day if action.done is None else view.when(action.done.date) - 1
    refused = []
    for row in dones(view, action.row):
        if row.outcome == "refused":
            again = min((step.since for step in action.steps if step.row.date.last > row.date.last), default=NEVER)
            refused.append((view.when(row.date), again - 1))
    begun = view.when(action.row.date)
    return minus([(begun, last)] if begun <= last else [], [(first, end) for first, end in refused if first <= end])


def _timely(view: Snapshot, action: Action) -> Spells:
    """The days on which the latest step was recent, and the due date not past."""
    row, rules = action.row, view.rules
    begun, days = view.when(row.date), rules.open_ended_days if row.due is None else rules.plan_days
    spells = [(view.when(one.date), view.when(one.date) + days) for one in (row, *_tried(view, row))]
    if action.worry:  # the action and what was tried may be among these too
        spells += [(since, day + days) for _, day, since in _since(_doings(view, row, action.worry), row)]
    return within(spells, begun, view.day if row.due is None else min(view.day, row.due))


def informed_spells(view: Snapshot, person: str, worry: str) -> Spells:
    """The days on which somebody who works with the family was involved and had a worry on record."""
    since = view.since_then.get((person, worry))
    if since is None or person not in view.working:
        return ()
    return view.keep(("informed", person, worry), lambda: part(involvement(view).get(person, ()), since, view.day))


def _taken(view: Snapshot, action: Action, owner: str) -> Spells:
    """The days on which an owner was informed or, as an agency, had somebody informed at it, or its first days."""
    worry, begun = action.worry, view.when(action.row.date)
    if owner not in view.records.agencies:
        return part(informed_spells(view, owner, worry), begun, view.day)
    found = [Spell(begun, begun + view.rules.intake_days)]
    for person in sorted(staff(view.records, owner)):
        spells = informed_spells(view, person, worry)
        if spells and (day := taken_up(view, person, action.row, worry, action.steps)) is not None:
            found += part(spells, max(day, begun), view.day)
    return within(found, begun, view.day)


def taken_up(view: Snapshot, person: str, action: Row, worry: str, steps: Iterable[Step]) -> int | None:
    """From which day somebody of the agency that owns an action has opened, been told of the worry or taken a step."""
    days = [step.since for step in steps if step.row is not action and person in step.row.who]
    opened = view.keep(("opened by", person), lambda: _opened(view, person)).since(action.date.last, action)
    heard = _heard(view, person, worry).since(action.date.last, action)
    days += [found[0] for found in (opened, heard) if found is not None]
    return min((day for day in days if day <= view.day), default=None)


def _opened(view: Snapshot, person: str) -> Soonest[int, Row]:
    """The rows in which somebody opened, by the day on which each counts."""
    return Soonest((row.date.last, view.when(row.date), row) for row in view.of_sender(person) if row.kind == "opened")


def _heard(view: Snapshot, person: str, worry: str) -> Soonest[int, Row]:
    """The contact rows that name a worry in which somebody heard of it, by the day from which that counts."""

    def make() -> Soonest[int, Row]:
        rows = view.keep("heard of", lambda: _heard_of(view)).get((person, worry), ())
        return Soonest((row.date.last, day, row) for row in rows if (day := heard_on(view, row, person)) is not None)

    return view.keep(("heard", person, worry), make)


def _heard_of(view: Snapshot) -> dict[tuple[str, str], list[Row]]:
    """The contact rows in which each may have heard of each concern."""
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in view.contacts:
        if row.concerns:
            for key in product({heard for _, heard in row.moves}, row.concerns):
                found[key].append(row)
    return dict(found)


def heard_on(view: Snapshot, row: Row, person: str) -> int | None:
    """From which day what was said in a contact row counts as having come to somebody; None = it does not."""
    if not any(other == person for _, other in row.moves):
        return None
    shown = 0 if view.rules.unconfirmed == "counts" else shown_on(row, view.confirmations, person)
    return None if shown is None else max(view.when(row.date), view.when(row.reached), shown)
