"""What a report says: plain data for the template, gathered from the measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from .. import plot
from ..case import Case
from ..case.records import Row
from ..dates import DateLike, date_of
from ..measures.headline import HEADLINES, Headline
from ..record.snapshot import Snapshot, snapshot
from ..review import Finding, as_matters, found
from ..rules import Rules
from ..wording import count
from .cells import Cells, names, notes, who_knew_what, worry_lines, written
from .conventions import rule_lines

SECTIONS = ("findings", "scores", "knowledge", "network", "worries", "record")


def gather(case: Case, at: DateLike | None, rules: Rules | None, step: Callable[[str], None]) -> dict[str, Any]:
    """Everything the template of the report needs."""
    view = snapshot(case, at, rules)
    makers: dict[str, tuple[str, Callable[[Snapshot], object]]] = {
        "matters": ("findings", matters_of),
        "scores": ("scores", lambda view: [score_card(view, one) for one in HEADLINES]),
        "known": ("who knew what", who_knew_what),
        "picture": ("the network", network_picture),
        "worries": ("the worries", worry_lines),
        "record": ("the record", record),
    }
    content: dict[str, Any] = {
        "case": case,
        "at": date_of(view.day),
        "about": about(view),
        "rules": rule_lines(view.rules),
    }
    for name, (doing, make) in makers.items():
        step(doing)
        content[name] = make(view)
    return content


def about(view: Snapshot) -> Cells:
    """What the case is: period, sizes, the date asked for and why."""
    case = view.case
    later = sum(view.when(row.date) > view.day for row in view.records.rows)
    counts = case.chronology["basis"].value_counts()
    return {
        "at": date_of(view.day).isoformat(),
        "why": _why(view),
        "later": later,
        "period": f"{case.start} to {case.end}" if case.start else "no row",
        "sizes": _sizes(case),
        "attributes": {name: value for name, value in case.attributes.items() if value},
        "basis": [(str(name), int(number)) for name, number in counts.items() if str(name)],
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
        "agencies": ("agency", "agencies"),
        "concerns": ("concern", ""),
        "contacts": ("contact", ""),
        "meetings": ("meeting", ""),
    }
    sizes = [count(case._sizes[name], *words) for name, words in nouns.items()]
    return [*sizes, count(len(case._records.rows), "row of the chronology", "rows of the chronology")]


def score_card(view: Snapshot, one: Headline) -> Cells:
    """One score: its label, its place on its range, its sentence and the rows it rests on."""
    score = one.score(view.case, date_of(view.day), view.rules)
    low, high = score.range
    endless = high == float("inf")
    return {
        "name": score.name,
        "label": one.label,
        "number": score.numeral(2, trim=endless),
        "share": None if endless or not score.defined else 100 * (score.value - low) / (high - low),
        "scale": score.scale(),
        "sentence": score.explain(),
        "rows": list(score.rows),
    }


def matters_of(view: Snapshot) -> dict[str, list[Cells]]:
    """What a reviewer would want pointed out, and what worked, joined into matters and ranked."""
    findings = found(view.case, date_of(view.day), rules=view.rules)
    sides: dict[str, list[Cells]] = {"gap": [], "strength": []}
    for matter in as_matters(findings):
        every = [_finding(view, findings[place]) for place in matter.findings]
        sides[matter.side].append({"matter": matter.matter, "theme": matter.theme, "findings": every})
    return sides


def _finding(view: Snapshot, one: Finding) -> Cells:
    """A finding with its kind in words and its rows."""
    return {
        **{part.name: getattr(one, part.name) for part in fields(one)},
        "kind": one.kind.replace("_", " "),
        "rows": [row_line(view, view.records.by_id[name]) for name in one.rows],
    }


def network_picture(view: Snapshot) -> dict[str, str]:
    """The network as SVG text with its description in words."""
    ax = plot.network(view.case, at=date_of(view.day), ax=plot.page(), rules=view.rules)
    return {"svg": plot.svg(ax, "sn-network"), "alt": plot.alt_text(ax)}


def record(view: Snapshot) -> Cells:
    """The record itself: concerns, chronology, sources, and what is odd in it."""
    case, concerns = view.case, view.records.concerns
    return {
        "warnings": case.warnings.to_dict("records"),
        "chronology": [row_line(view, row) for row in view.records.in_order],
        "concerns": [
            {"id": one.id, "category": one.category.replace("_", " "), "severity": one.severity, "summary": one.summary}
            for one in sorted(concerns.values(), key=lambda one: one.id)
        ],
        "sources": case.sources.to_dict("records"),
    }


def row_line(view: Snapshot, row: Row) -> Cells:
    """One row of the chronology in words: names instead of ids."""
    date, summary = written(view, row.id)
    return {
        "id": row.id,
        "date": date,
        "kind": row.kind,
        "who": names(view, row.who),
        "to": names(view, row.to),
        "concerns": row.concerns,
        "summary": summary,
        "notes": list(notes(view, row)),
        "later": view.when(row.date) > view.day,
    }
