"""The first two pages: what the case is, the matters and the strengths with their questions, and one picture."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from .. import plot
from ..case import Case
from ..dates import date_of
from ..record.naming import gravest_first
from ..record.snapshot import Snapshot
from ..review import Finding, Matter, as_matters, found
from ..study.stability import matters_stability
from ..wording import count, in_words
from .extent import Extent, first
from .names import Names, Said
from .rows import key_rows

FIRST = 10  # matters of a side among which one stays in a draw, or does not


class Point(NamedTuple):
    """One finding as a page says it: its sentence without codes, then what stood in brackets, and what it rests on."""

    title: str
    sentence: Said
    brackets: Said
    question: Said
    conditions: Said
    why: Said
    refute: Said
    concerns: tuple[str, ...]
    rows: tuple[str, ...]
    further_rows: int


class Topic(NamedTuple):
    """One matter: its leading point, those that belong to it, how many more do, and in how many draws it stays."""

    theme: str
    points: list[Point]
    further: int
    stays: str = ""

    @property
    def leading(self) -> Point:
        """The point that is said first."""
        return self.points[0]


class Matters(NamedTuple):
    """One side: the first of it, more on the screen, and how many are only counted."""

    first: list[Topic]
    more: list[Topic]
    left_out: int
    key: frozenset[str]  # the rows without which the first of them would not stand


def about(view: Snapshot) -> dict[str, Any]:
    """What the case is: period, sizes, the date asked for and why."""
    case = view.case
    later = sum(view.when(row.date) > view.day for row in view.records.rows)
    bases = Counter(line["basis"] for line in case._lines("chronology"))
    return {
        "why": _why(view),
        "later": later,
        "period": f"{case.start} to {case.end}" if case.start else "no row",
        "sizes": in_words(_sizes(case)),
        "children": in_words([view.name(one) for one in view.records.children]) or "no child on record",
        "attributes": {name.replace("_", " "): value for name, value in case.attributes.items() if value},
        "basis": in_words([f"{name} {number}" for name, number in bases.most_common() if name]),
    }


def _why(view: Snapshot) -> str:
    case = view.case
    if case.start is None:
        return "which is no date: the chronology has no row"
    if view.day != case._default_day():
        return "the date that was asked for"
    if case.harm_date is None:
        return "the last day of the record"
    return f"the day before the harm of {case.harm_date}: a picture put together only after it is no picture"


def _sizes(case: Case) -> list[str]:
    nouns = {
        "children": ("child", "children"),
        "professionals": ("professional", ""),
        "concerns": ("concern", ""),
        "contacts": ("contact", ""),
        "meetings": ("meeting", ""),
    }
    sizes = {name: count(case._sizes[name], *words) for name, words in nouns.items()}
    sizes["professionals"] += f" in {count(case._sizes['agencies'], 'agency', 'agencies')}"
    return [*sizes.values(), count(len(case._records.rows), "row of the chronology", "rows of the chronology")]


def matters_of(
    view: Snapshot, names: Names, extent: Extent, *, hindsight: bool = True, draws: int = 0
) -> dict[str, Matters]:
    """What a reviewer would want pointed out, and what worked, joined into matters and ranked; with draws, how sure."""
    every = found(view.case, date_of(view.day), hindsight=hindsight, rules=view.rules)
    sides: dict[str, list[Matter]] = {"gap": [], "strength": []}
    for matter in as_matters(every):
        sides[matter.side].append(matter)
    most = {"gap": extent.matters, "strength": extent.strengths}
    made = {side: _side(view, names, extent, every, matters, most[side]) for side, matters in sides.items()}
    if not draws:
        return made
    said = stays_of(view, draws)
    return {side: _with_draws(one, said[side]) for side, one in made.items()}


def stays_of(view: Snapshot, draws: int) -> dict[str, list[str]]:
    """By side, of each matter in how many draws it is among the first ten; see :func:`safetynet.matters_stability`."""
    said: dict[str, list[str]] = {"gap": [], "strength": []}
    table = matters_stability(view.case, date_of(view.day), draws=draws, first=FIRST, rules=view.rules)
    for side, rank, share in table[["side", "rank", "share"]].itertuples(index=False):
        among = "stays" if rank <= FIRST else "comes"
        said[side].append(f"In {round(share * draws)} of {count(draws, 'draw')} it {among} among the first ten.")
    return said


def _with_draws(side: Matters, said: list[str]) -> Matters:
    """The matters of one side, each with its sentence."""
    first, more = (
        [topic._replace(stays=one) for topic, one in zip(topics, said[start:], strict=False)]
        for topics, start in ((side.first, 0), (side.more, len(side.first)))
    )
    return side._replace(first=first, more=more)


def _side(
    view: Snapshot, names: Names, extent: Extent, every: list[Finding], matters: list[Matter], most: int | None
) -> Matters:
    leading, rest = first(matters, most), matters[len(matters) if most is None else most :]
    more = first(rest, extent.more)
    key = frozenset(row for matter in leading for row in every[matter.findings[0]].basis)
    topics = [_topic(view, names, extent, every, matter) for matter in (*leading, *more)]
    return Matters(topics[: len(leading)], topics[len(leading) :], len(rest) - len(more), key)


def _topic(view: Snapshot, names: Names, extent: Extent, every: list[Finding], matter: Matter) -> Topic:
    places = first(list(matter.findings), extent.points)
    points = [_point(view, names, extent, every[place]) for place in places]
    return Topic(matter.theme, points, len(matter.findings) - len(points))


def _point(view: Snapshot, names: Names, extent: Extent, one: Finding) -> Point:
    sentence, brackets = parted(one.statement)
    rows = key_rows(view, one.rows, extent.links)
    said = {
        "sentence": names.say(sentence),
        "brackets": names.say(brackets),
        "question": names.say(one.question.replace(f" ({one.conditions})?", "?") if one.conditions else one.question),
        "conditions": names.say(one.conditions),
        "why": names.say(one.why),
        "refute": names.say(one.refute),
    }
    codes = tuple(gravest_first(view, one.concerns))
    return Point(one.title, concerns=codes, rows=rows, further_rows=len(one.rows) - len(rows), **said)


def parted(statement: str) -> tuple[str, str]:
    """A statement without the brackets at its end, and what stands in them.

    Examples
    --------
    >>> parted("No row shows it at School (Teacher) (C1 from 2020-01 (recalled); e4).")
    ('No row shows it at School (Teacher).', 'C1 from 2020-01 (recalled); e4')
    """
    if not statement.endswith(")."):
        return statement, ""
    depth = 0
    for place in range(len(statement) - 2, 0, -1):
        depth += {")": 1, "(": -1}.get(statement[place], 0)
        if depth == 0:
            return f"{statement[:place].rstrip()}.", statement[place + 1 : -2]
    return statement, ""


def picture(view: Snapshot, level: str) -> dict[str, str]:
    """The network as SVG text with its description in words: agencies, or people where there are few."""
    by: Any = "agency" if level == "agency" else "auto"
    drawn = plot.network(view.case, at=date_of(view.day), by=by, ax=plot.page((9.4, 5.4)), rules=view.rules, title="")
    return {"svg": plot.svg(drawn, f"sn-network-{level}"), "alt": plot.alt_text(drawn)}
