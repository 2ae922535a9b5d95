"""Meetings, requests and decisions; and what was taken to be so."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ..measures import beliefs, coverage, requests
from ..record.snapshot import Snapshot
from .extent import Extent
from .lines import Column, Table, table
from .names import Names
from .rows import weighing, written

MEETINGS = (
    Column("row", "Row", "rows"),
    Column("date", "When", "date"),
    Column("channel", "Sort", "words"),
    Column("who", "There", "who"),
    Column("absent", "Not there", "who"),
    Column("concerns", "On the table", "concerns"),
    Column("coverage", "Share of what was there to be tabled", "text"),
    Column("kept", "Held by one of them and not tabled", "concerns"),
)
REQUESTS = (
    Column("row", "Row", "rows"),
    Column("date", "When", "day"),
    Column("senders", "Who asked", "who"),
    Column("recipients", "Whom", "who"),
    Column("summary", "What", "prose"),
    Column("concerns", "About", "concerns"),
    Column("state", "What became of it", "text"),
    Column("days", "Days", "text"),
)
DECISIONS = (
    Column("row", "Row", "rows"),
    Column("date", "When", "date"),
    Column("who", "Who", "who"),
    Column("kind", "What", "words"),
    Column("outcome", "Outcome", "words"),
    Column("concerns", "About", "concerns"),
    Column("summary", "In the words of the record", "prose"),
)
BELIEFS = (
    Column("row", "Row", "rows"),
    Column("date", "When", "date"),
    Column("who", "Who", "who"),
    Column("concerns", "About", "concerns"),
    Column("kind", "What", "words"),
    Column("summary", "In the words of the record", "prose"),
    Column("to", "Of whom", "who"),
)
TESTED = (
    Column("row", "Row", "rows"),
    Column("date", "When", "day"),
    Column("holder", "Who", "who"),
    Column("kind", "What", "text"),
    Column("party", "Of whom", "who"),
    Column("concern", "About", "concerns"),
    Column("then", "The record then", "text"),
    Column("now", "The record by the date", "text"),
)
SAYS = {"believed": "took it that they saw it so", "assumed": "counted on them"}


def talk_of(view: Snapshot, names: Names, extent: Extent) -> dict[str, Table]:
    """Meetings, requests, and decisions with the differences about them."""
    limits: dict[str, Any] = {"room": extent.room(), "weigh": weighing(view)}
    asked = [{**one._asdict(), "summary": written(view, one.row)[1]} for one in requests.lines(view)]
    decided = _rows(view, ("decided", "disagreed"))
    return {
        "meetings": table("meetings", "Meetings", MEETINGS, _meetings(view), names, **limits),
        "requests": table("requests", "Requests and referrals", REQUESTS, asked, names, **limits),
        "decisions": table("decisions", "Decisions and differences", DECISIONS, decided, names, **limits),
    }


def beliefs_of(view: Snapshot, names: Names, extent: Extent) -> dict[str, Table]:
    """What was taken to be so, and what was left to others or believed of them, held against the record."""
    limits: dict[str, Any] = {"room": extent.room(), "weigh": weighing(view)}
    held = _rows(view, ("believed", "assumed"))
    tested = [{**one._asdict(), "kind": SAYS[one.kind]} for one in beliefs.lines(view)]
    return {
        "beliefs": table(
            "beliefs", "What was taken to be so, and on whom somebody counted", BELIEFS, held, names, **limits
        ),
        "tested": table(
            "tested", "Left to others, or believed of them, against the record", TESTED, tested, names, **limits
        ),
    }


def _meetings(view: Snapshot) -> list[dict[str, Any]]:
    """Every meeting by the day; how much was tabled where two professionals or more were there."""
    covered = {one.row: one for one in coverage.lines(view)}
    made = []
    for line, row in zip(_rows(view, ("met",)), view.of_kind("met"), strict=True):
        found = covered.get(row.id)
        share = "" if found is None or found.coverage != found.coverage else f"{found.coverage:.2f}"
        kept = () if found is None else tuple(one for one in found.unique if one not in found.tabled)
        made.append(
            {**line, "coverage": share + (" or more" if share and found and found.lower_bound else ""), "kept": kept}
        )
    return made


def _rows(view: Snapshot, kinds: Collection[str]) -> list[dict[str, Any]]:
    """Rows of some kinds by the day, with their dates and summaries as written."""
    made = []
    for row in view.rows:
        if row.kind not in kinds:
            continue
        date, summary = written(view, row.id)
        said = {"row": row.id, "date": date, "kind": row.kind, "summary": summary, "outcome": row.outcome}
        made.append(
            {
                **said,
                "who": row.who,
                "to": row.to,
                "absent": row.absent,
                "concerns": row.concerns,
                "channel": row.channel,
            }
        )
    return made
