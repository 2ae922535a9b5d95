"""The scores of a study in Parquet tables, many cases at once and without an object for each row.

The tables are encoded column by column (:mod:`safetynet.study.encoding`), and compiled loops give the scores
(:mod:`safetynet.study.kernels`), the same to the bit as of each case by itself. A case of which whole columns do not
show that it is plain is read and asked by itself, in its place among the others.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from ..io.study_batches import Several
from ..io.study_tables import Tables
from ..measures.fragmentation import share_of_pairs
from ..measures.headline import NAMES
from ..measures.states import division_of_impact
from ..rules import Rules
from ..spread import flow
from ..spread.edges import Edge
from . import asking
from .asking import Scored, ScoreLine
from .depth import DAYS_A_MONTH, Depth
from .loops import ScoreKernels, in_threads, score_kernels
from .moments import NO_HARM, NO_ROWS, Asked, Moment
from .running import Answer, one_answer

if TYPE_CHECKING:
    from .encoding.flatten import Depths, Encoded
    from .encoding.words import Dates
    from .gathered import Numbers

ROWS = 50_000  # of the largest table that are encoded at once
MANY = 500  # cases from which on it is worth while to have the compiled loops ready


def serves(source: object, rules: Rules, many: int) -> bool:
    """Whether the scores of so many cases are had by column: from Parquet tables, with numba, under these rules."""
    fits = rules.same_day == "any" and rules.unconfirmed == "counts"
    return isinstance(source, Tables) and many >= MANY and fits and find_spec("numba") is not None


def score_answers(
    source: Tables, moment: Moment, rules: Rules, threads: int | None = None, rows: int = ROWS
) -> Iterator[tuple[bool, Answer]]:
    """The line of scores of every case in the order of their names, and whether it went by column."""
    from .encoding.words import Dates

    alone = partial(asking.score_line, moment=moment, rules=rules)
    made = partial(_by_column, dates=Dates(source.date_order), moment=moment, rules=rules, loops=score_kernels())
    for several, found in in_threads(made, source.several(rows), threads):
        for place, name in enumerate(several.names):
            line = found[place]
            if line is None:
                yield False, one_answer(alone, source.unread(name, several.one(place)), None)
            else:
                yield True, Answer(name, (), line)


def _by_column(
    several: Several, dates: Dates, moment: Moment, rules: Rules, loops: ScoreKernels
) -> Sequence[ScoreLine | None]:
    """The lines of those of several cases that go by column."""
    from .encoding.flatten import encode

    encoded = encode(several, dates, rules)
    if encoded is None:
        return [None] * len(several.names)
    asked = [_day_in(encoded.depths, place, moment) for place in range(len(several.names))]
    places = np.array(
        [place for place, one in enumerate(asked) if encoded.by_column[place] and one.day is not None], np.int64
    )
    days = np.array([asked[place].day for place in places.tolist()], np.int64)
    scores, known = _numbers(encoded, places, days, rules, loops)
    numbers = dict(zip(places[known].tolist(), scores[known].tolist(), strict=True))
    nothing = (float("nan"),) * len(NAMES)
    lines: list[ScoreLine | None] = []
    for place, one in enumerate(asked):
        values = nothing if one.day is None else numbers.get(place)
        if values is None or not encoded.by_column[place]:
            lines.append(None)
            continue
        depth = _depth(encoded.depths, place)
        lines.append(ScoreLine(encoded.attributes[place], Scored(one.day, one.reason, depth, tuple(values))))
    return lines


def _numbers(
    encoded: Encoded, places: Numbers, days: Numbers, rules: Rules, loops: ScoreKernels
) -> tuple[Numbers, Numbers]:
    """The scores of some cases on their days, and of which of them the compiled loops could say them."""
    scores, known = np.empty((len(places), len(NAMES))), np.zeros(len(places), np.int64)
    if not len(places):
        return scores, known == 0
    terms = _terms(rules, int(np.diff(encoded.flat.offsets[0]).max()), loops)
    loops.score_some(encoded.flat, places, days, terms, scores, known)
    for n in np.flatnonzero(known == loops.NOT_IN_TIME).tolist():
        actors, found = loops.in_time(encoded.flat, int(places[n]), int(days[n]), terms)
        reached = flow.reached_pairs(int(actors), _edges(found))
        scores[n, loops.TEMPORAL] = share_of_pairs(reached, int(actors))
        known[n] = loops.ALL_KNOWN
    return scores, known == loops.ALL_KNOWN


def _edges(found: Any) -> list[Edge]:
    """The contacts of a case as the edges that the engine in plain Python takes."""
    edges = []
    once = found.once if len(found.once) else np.zeros(len(found.source), np.int32)
    columns = (found.source, found.target, found.leaves, found.arrives, found.two_way, once)
    for a, b, leaves, arrives, two_way, same in zip(*(column.tolist() for column in columns), strict=True):
        edges.append(Edge(a, b, leaves, arrives, once=same))
        if two_way:
            edges.append(Edge(b, a, leaves, arrives, once=same))
    return edges


def _terms(rules: Rules, most: int, loops: ScoreKernels) -> Any:
    """The conventions as the compiled loops take them, for cases with at most so many people and agencies."""
    felt = [[division_of_impact(others, exponent) for others in range(most + 1)] for exponent in rules.dilution]
    return loops.Terms(
        earliest=rules.dates == "earliest",
        compensated=sys.version_info >= (3, 12),
        open_ended_days=rules.open_ended_days,
        plan_days=rules.plan_days,
        settled_days=rules.settled_days,
        intake_days=rules.intake_days,
        after_closing_days=rules.after_closing_days,
        grace_days=rules.grace_days,
        recent_days=rules.recent_days,
        weights=np.array([0.0, *rules.weights]),
        felt=np.array([[0.0] * (most + 1), *felt]),
    )


def _depth(depths: Depths, place: int) -> Depth:
    start, end = int(depths.start[place]), int(depths.end[place])
    days = 0 if start < 0 else end - start + 1
    return Depth(int(depths.rows[place]), int(depths.sources[place]), round(days / DAYS_A_MONTH, 2))


def _day_in(depths: Depths, place: int, moment: Moment) -> Asked:
    """The day on which a case is asked, as :func:`safetynet.study.moments.day_in` has it."""
    harm, end = int(depths.harm[place]), int(depths.end[place])
    if moment.kind == "day":
        return Asked(moment.number)
    if moment.kind == "harm":
        return Asked(None, NO_HARM) if harm < 0 else Asked(max(1, harm - moment.number))
    if moment.kind == "default" and harm >= 0:
        return Asked(max(1, harm - 1))
    if end < 0:
        return Asked(None, NO_ROWS)
    if moment.kind in ("default", "end"):
        return Asked(end)
    conference = moment.kind == "first conference"
    day = int((depths.conference if conference else depths.met)[place])
    return Asked(day) if day >= 0 else Asked(None, f"no {'conference' if conference else 'meeting'} on record")
