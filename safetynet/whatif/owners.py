"""Somebody involved who has a worry on record owns an action for it, by a date that has not passed."""

from __future__ import annotations

from collections.abc import Iterator

from ..dates import date_of
from ..measures.states import unowned
from .candidates import Candidate, Ground
from .changes import Change
from .figures import NEVER
from .goals import UNOWNED


def owners(ground: Ground) -> Iterator[Candidate]:
    """For each worry that nobody has in hand, an action owned by whoever has it most at first hand, then longest."""
    if ground.goal in ("picture", "pairs") and not ground.view.silent:
        return  # it puts nothing on anybody's record, unless it shows that they had read of it
    for worry in unowned(ground.view):
        informed = sorted(ground.view.informed(worry), key=lambda name: _nearness(ground, name, worry))
        found = next((one for name in informed if (one := _owner(ground, worry, name)) is not None), None)
        if found is not None:
            yield found


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
