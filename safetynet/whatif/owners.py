"""Somebody involved who has a worry on record owns an action for it, by a date that has not passed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..dates import NEVER, date_of
from ..measures.states import states, unowned, weighted_mean
from .candidates import Candidate, Ground, Ranking
from .changes import Change
from .goals import UNOWNED
from .reach import ANYTHING, WORSE


def owners(ground: Ground, rivals: Iterable[Candidate] = (), most: int | None = None) -> Iterator[Candidate]:
    """For each worry that nobody has in hand, an action owned by whoever has it most at first hand, then longest.

    What cannot come among the first so many with the rivals need not be tried.
    """
    if ground.goal in ("picture", "pairs") and not ground.view.silent:
        return  # it puts nothing on anybody's record, unless it shows that they had read of it
    ranking = Ranking(ground.goal, rivals, most)
    for least, worry in sorted((_least(ground, worry), worry) for worry in unowned(ground.view)):
        if least > ranking.limit + WORSE:
            return
        informed = sorted(ground.view.informed(worry), key=lambda name: _nearness(ground, name, worry))
        found = next((one for name in informed if (one := _owner(ground, worry, name)) is not None), None)
        if found is not None:
            ranking.add(found)
            yield found


def _least(ground: Ground, worry: str) -> float:
    """The first key of the goal where a worry comes to be in hand; less than every key where more may come of it."""
    view, figures = ground.view, ground.figures
    column, places = figures.worry[worry], [figures.person[name] for name in view.informed(worry)]
    if ground.goal in ("picture", "pairs") or any(
        paper.columns[column] and paper.people[places].any() for paper in figures.papers
    ):
        return ANYTHING
    if ground.goal == "unowned":
        left = view.total(one for one in unowned(view) if one != worry)
        return left / every if (every := view.total(view.worries)) else ANYTHING
    found = {one: state.index(view.rules) for one, state in states(view).items()} | {worry: 0.0}
    return weighted_mean((view.weight(one), index) for one, index in found.items())


def _nearness(ground: Ground, name: str, worry: str) -> tuple[int, int, str]:
    return (ground.view.hops.get((name, worry), NEVER), ground.view.since[name, worry], name)


def _owner(ground: Ground, worry: str, name: str) -> Candidate | None:
    view, figures = ground.view, ground.figures
    since = view.since[name, worry]

    def change(day: int) -> Change:
        date, due = date_of(day).isoformat(), date_of(view.day).isoformat()
        return {"add": {"date": date, "kind": "agreed", "who": name, "concerns": worry, "due": due}}

    place = figures.person[name]
    papers = [paper.day for paper in figures.papers if paper.people[place]]
    days = figures.days((name,), [since, view.day - view.rules.plan_days], papers)
    before = ground.engine.before[UNOWNED]
    known = (spell for spell in days if spell.first >= since)
    found = ground.best(known, change, lambda numbers: numbers[UNOWNED] < before)
    if found is None:
        return None
    trial, spells = found
    return Candidate(
        kind="owner",
        numbers=trial.numbers,
        people=(name,),
        concerns=(worry,),
        days=spells,
        change=change(trial.days.last),
        carriers=(name,),
    )
