"""What a report says: plain data for the template, gathered from the measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..case import Case
from ..case.records import Row
from ..dates import date_of
from ..record.snapshot import Snapshot, row_order, snapshot
from ..rules import Rules, as_rules
from ..score import Score
from ..wording import count
from . import cells

SECTIONS = ("scores", "findings", "knowledge", "network", "worries", "record")

LABELS = {
    "fragmentation": "Fragmentation of the network",
    "distance_fragmentation": "Fragmentation, counting distance",
    "temporal_fragmentation": "Fragmentation in time",
    "agency_fragmentation": "Fragmentation between agencies",
    "ei_index": "Contacts across and within agencies",
    "concern_clusters": "Clusters of unshared concerns",
    "unshared_pairs": "Pairs of worries that nobody holds together",
    "best_picture": "The fullest picture one person holds",
    "exclusive_concerns": "Worries with exactly one holder",
    "smallest_meeting": "The smallest meeting that would hold the picture",
    "diffusion": "Diffusion of responsibility",
    "unowned_share": "Worries that nobody owns",
    "circular_assumptions": "Agencies that count on each other in a circle",
    "missed_opportunities": "Missed opportunities",
}


def gather(case: Case, at: Any, rules: Rules | None, step: Callable[[str], None]) -> dict[str, Any]:
    """Everything the template of the report needs."""
    view = snapshot(case, at, rules)
    step("scores")
    found = score_cards(view)
    step("findings")
    pointed_out = findings_list(view)
    step("who knew what")
    known = cells.who_knew_what(view)
    step("the network")
    picture = network_picture(view)
    step("the worries")
    worries = cells.worry_lines(view)
    step("the record")
    return {
        "case": case,
        "about": about(view),
        "scores": found,
        "findings": pointed_out,
        "known": known,
        "picture": picture,
        "worries": worries,
        "warnings": case.warnings.to_dict("records"),
        "rules": rule_lines(as_rules(rules)),
        "chronology": [row_line(view, row) for row in sorted(case._records.rows, key=row_order)],
        "concerns": [
            {"id": one.id, "category": one.category.replace("_", " "), "severity": one.severity, "summary": one.summary}
            for one in sorted(case._records.concerns.values(), key=lambda one: one.id)
        ],
        "sources": case.sources.to_dict("records"),
    }


def about(view: Snapshot) -> dict[str, Any]:
    """What the case is: period, sizes, the date asked for and why."""
    case, sizes = view.case, view.case._sizes
    if case.start is None:
        why = "which is no date: the chronology has no row"
    elif case.harm_date is not None and view.day == case._default_day():
        why = f"the day before the harm of {case.harm_date}: a picture put together only after it is no picture"
    elif view.day == case._default_day():
        why = "the last day of the record"
    else:
        why = "the date that was asked for"
    later = sum(view.when(row.date) > view.day for row in case._records.rows)
    return {
        "at": date_of(view.day).isoformat(),
        "why": why,
        "later": later,
        "period": f"{case.start} to {case.end}" if case.start else "no row",
        "sizes": [
            count(sizes["children"], "child", "children"),
            count(sizes["professionals"], "professional"),
            count(sizes["agencies"], "agency", "agencies"),
            count(sizes["concerns"], "concern"),
            count(sizes["contacts"], "contact"),
            count(sizes["meetings"], "meeting"),
            count(len(case._records.rows), "row of the chronology", "rows of the chronology"),
        ],
        "attributes": {name: value for name, value in case.attributes.items() if value},
        "basis": basis(case),
    }


def basis(case: Case) -> list[tuple[str, int]]:
    """How many rows are known in which way, where the chronology says so."""
    counts = case.chronology["basis"].value_counts()
    return [(str(name), int(number)) for name, number in counts.items() if str(name)]


def score_cards(view: Snapshot) -> list[dict[str, Any]]:
    """The scores, each with its sentence, its place on its range and the rows it rests on."""
    from ..measures.headline import headline

    return [card(view, score) for score in headline(view.case, date_of(view.day), rules=view.rules)]


def card(view: Snapshot, score: Score) -> dict[str, Any]:
    """One score as the template shows it."""
    low, high = score.range
    return {
        "name": score.name,
        "label": LABELS.get(score.name, score.name.replace("_", " ")),
        "number": score.numeral(2, trim=score.range[1] == float("inf")),
        "defined": score.defined,
        "share": None if not score.defined or high == float("inf") else 100 * (score.value - low) / (high - low),
        "scale": score.scale(),
        "sentence": score.explain(),
        "rows": list(score.rows),
    }


def findings_list(view: Snapshot) -> list[dict[str, Any]]:
    """What a reviewer would want pointed out, ranked."""
    from ..review import findings

    found: Any = findings(view.case, date_of(view.day), rules=view.rules).to_dict("records")
    by_id = {row.id: row for row in view.case._records.rows}
    return [
        {
            "statement": finding["statement"],
            "kind": finding["kind"].replace("_", " "),
            "why": finding["why"],
            "refute": finding["refute"],
            "rows": [row_line(view, by_id[name]) for name in finding["rows"]],
        }
        for finding in found
    ]


def network_picture(view: Snapshot) -> dict[str, str]:
    """The network as SVG text with its description in words."""
    from .. import plot
    from ..plot.inline import svg

    ax = plot.network(view.case, at=date_of(view.day), ax=plot.page(), rules=view.rules)
    return {"svg": svg(ax), "alt": plot.alt_text(ax)}


def row_line(view: Snapshot, row: Row) -> dict[str, Any]:
    """One row of the chronology in words: names instead of ids."""
    return {
        "id": row.id,
        "date": cells.cell(view.case, row, "date"),
        "kind": row.kind,
        "who": cells.names(view, row.who),
        "to": cells.names(view, row.to),
        "concerns": row.concerns,
        "summary": cells.cell(view.case, row, "summary"),
        "notes": cells.notes(row),
        "later": view.when(row.date) > view.day,
    }


def rule_lines(rules: Rules) -> list[tuple[str, str]]:
    """The conventions in force, each with its value."""
    return [
        ("dates", "a row counts on its latest day" if rules.dates == "latest" else "a row counts on its earliest day"),
        (
            "rows of one day without a time",
            "may have happened in any order" if rules.same_day == "any" else "pass nothing on to each other",
        ),
        ("weights of severity 1 to 4", ", ".join(f"{value:g}" for value in rules.weights)),
        ("dilution of felt responsibility", ", ".join(f"{value:g}" for value in rules.dilution)),
        ("an action without a due date counts for", count(rules.open_ended_days, "day")),
        ("grace before an opportunity is missed", count(rules.grace_days, "day")),
        ("who counts as a professional", ", ".join(rules.who_counts)),
    ]
