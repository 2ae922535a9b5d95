"""One more professional at a meeting that was held, and the smallest meeting with the whole picture on the table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from ..case.records import Row
from ..case.vocabulary import SEEN_WELL
from ..dates import date_of
from ..measures import cover
from ..record.parties import is_actor
from ..spells import Spell
from .candidates import Candidate, Ground, Ranking
from .changes import Change
from .deeds import Flags
from .reach import WORSE, Reach
from .sharing import strictest


def meetings(ground: Ground, rivals: Sequence[Candidate] = (), most: int | None = None) -> Iterator[Candidate]:
    """For each professional the best meeting that they could have been at, and the smallest whole one.

    What cannot come among the first so many with the rivals need not be tried.
    """
    whole = _whole_picture(ground)
    if whole is not None:
        yield whole
    ranking = Ranking(ground.goal, (*rivals, *([] if whole is None else [whole])), most)
    reach, held = Reach(ground), [row for row in ground.view.of_kind("met") if row.arrived]
    for name in sorted(ground.figures.turns):
        best = _best_of(ground, reach, held, name, ranking.limit)
        if best is not None:
            ranking.add(best)
            yield best


def _best_of(ground: Ground, reach: Reach, held: Iterable[Row], name: str, limit: float) -> Candidate | None:
    """The best meeting that somebody could have been at, of those that may come up to a key; None where none helps."""
    possible = [(reach.least(row, heard), row) for row in held if (heard := _heard(ground, row, name)) is not None]
    best: Candidate | None = None
    for least, row in sorted(possible, key=lambda one: one[0]):
        if least > limit + WORSE or least >= reach.before:
            break
        one = _one_more(ground, row, name)
        if ground.helps(one.numbers) and (best is None or one.order(ground.goal) < best.order(ground.goal)):
            best, limit = one, min(limit, one.order(ground.goal)[0])
    return best


# one more ----------------------------------------------------------------------------------------------


def _brings(ground: Ground, row: Row, name: str) -> Flags:
    """What somebody at a meeting says: what they have on record by its first day and may tell all there."""
    told = ground.sharing.may_tell(name, row.named, row.date.first)
    brings: Flags = ground.figures.had(name, row.date.first) & told
    return brings


def _heard(ground: Ground, row: Row, name: str) -> dict[str, Flags] | None:
    """What everybody at a meeting would have heard there with somebody more; None where that cannot be, or help."""
    figures, view = ground.figures, ground.view
    if name in row.named or not figures.is_involved(name, row.date.first, min(row.date.last, view.day)):
        return None
    table, brings = figures.columns(row.concerns), _brings(ground, row, name)
    if (table & ~_may_hear(ground, row, name)).any():
        return None
    heard = {name: table | brings, **{one: brings for one in row.who if one in figures.person}}
    if not ground.may_help(heard, (table | brings) if row.seen not in SEEN_WELL else figures.known):
        return None
    return {**heard, **{one: table | brings for one in row.named if one in figures.person}}


def _one_more(ground: Ground, row: Row, name: str) -> Candidate:
    """Somebody at a meeting, who says what they have on record by its first day and hears what was on the table."""
    figures = ground.figures
    table, brings = figures.columns(row.concerns), _brings(ground, row, name)
    more = tuple(worry for worry in figures.names(brings) if worry not in row.concerns)
    change = {"change": row.id, "who": ";".join((*row.who, name)), "concerns": ";".join((*row.concerns, *more))}
    if name in row.absent:
        change["absent"] = ";".join(one for one in row.absent if one != name)
    others = [one for one in row.who if one in figures.person]
    learnt = ground.newly(name, table) + tuple(line for one in others for line in ground.newly(one, brings & ~table))
    return Candidate(
        kind="meeting",
        numbers=ground.engine.after(change),
        people=(name,),
        concerns=figures.names(table | brings),
        days=(Spell(row.date.first, row.date.last),),
        change=change,
        carriers=(name,),
        learnt=learnt,
        besides=row,
        permission=strictest(_words_at(ground, row, name, more, learnt)),
    )


def _may_hear(ground: Ground, row: Row, name: str) -> Flags:
    """The worries that somebody may hear at a meeting: one who was there may tell them, or they have it already."""
    may = [ground.sharing.may(one, name, row.date.first) for one in row.who]
    had: Flags = ground.figures.since[ground.figures.person[name]] <= row.date.last
    heard: Flags = np.logical_or.reduce([had, *may])
    return heard


def _words_at(
    ground: Ground, row: Row, name: str, more: Sequence[str], learnt: Sequence[tuple[str, tuple[str, ...]]]
) -> Iterator[str]:
    """The permission words for what somebody would have said at a meeting, and for what they would have heard."""
    day = row.date.first
    for worry in more:
        yield from (ground.sharing.word(name, one, worry, day) for one in row.who if is_actor(ground.view, one))
    for worry in (worry for one, worries in learnt if one == name for worry in worries):
        column = ground.figures.worry[worry]
        tellers = [one for one in row.who if ground.sharing.may(one, name, day)[column]]
        yield ground.sharing.word(tellers[0], name, worry, day) if tellers else ""


# the whole picture --------------------------------------------------------------------------------------


def _whole_picture(ground: Ground) -> Candidate | None:
    """The smallest meeting at which every known worry would have been on the table, on the last day for it."""
    figures, known = ground.figures, ground.figures.known
    group = _smallest_group(ground)
    if len(group) < 2:
        return None

    def change(day: int) -> Change | None:
        tables = [figures.had(name, day) & ground.sharing.may_tell(name, group, day) for name in group]
        if not (np.logical_or.reduce(tables) == known).all():
            return None
        row = {"date": date_of(day).isoformat(), "kind": "met", "who": ";".join(group)}
        return {"add": {**row, "concerns": ";".join(figures.names(known))}}

    cuts = [figures.turns[name] for name in group]
    found = ground.best(figures.days(group, *cuts, ground.sharing.cuts), change)
    if found is None:
        return None
    trial, spells = found
    day = trial.days.last
    return Candidate(
        kind="meeting",
        numbers=trial.numbers,
        people=group,
        concerns=figures.names(known),
        days=spells,
        change=change(day) or {},
        carriers=group,
        learnt=tuple(line for name in group for line in ground.newly(name, known)),
        permission=strictest(_words_among(ground, group, day)),
    )


def _words_among(ground: Ground, group: Sequence[str], day: int) -> Iterator[str]:
    """The permission words for each of a group telling the others of what they have on record."""
    for name in group:
        may = ground.figures.had(name, day) & ground.sharing.may_tell(name, group, day)
        for worry in ground.figures.names(may):
            yield from (ground.sharing.word(name, one, worry, day) for one in group if one != name)


def _smallest_group(ground: Ground) -> tuple[str, ...]:
    """The fewest professionals who, involved on one day, had every known worry on record between them.

    On the last of several such days; nobody, where there is no such day.
    """
    figures, view = ground.figures, ground.view
    known = set(figures.names(figures.known))
    weight = {worry: view.weight(worry) for worry in known}
    tried: list[frozenset[str]] = []
    fewest = math.inf
    chosen: dict[str, frozenset[str]] = {}
    for day in sorted(_days_of_change(ground), reverse=True):
        there = frozenset(name for name in figures.turns if figures.is_involved(name, day))
        # What is on record only grows: earlier, and with nobody else there, it takes no fewer people.
        if any(there <= others for others in tried):
            continue
        tried.append(there)
        offers = {name: frozenset(figures.names(figures.had(name, day))) for name in there}
        if cover.covered(offers, offers) != known:
            continue
        number = cover.fewest_number(offers)
        if number < fewest:
            fewest, chosen = number, offers
    if not chosen or not known:
        return ()
    left = frozenset(chosen) - view.involved
    return cover.smallest_group(chosen, weight, 1.0, (left,))


def _days_of_change(ground: Ground) -> set[int]:
    """The last days of the stretches on which the same people were involved with the same on record."""
    figures = ground.figures
    ends = {
        day for name in figures.turns for spell in figures.days((name,), figures.turns[name]) for day in (spell.last,)
    }
    return ends | ({figures.last} if figures.first <= figures.last else set())
