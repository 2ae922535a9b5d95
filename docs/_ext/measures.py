"""The directive ``measure NAME``: the facts of a measure, and what it comes to on every packaged case.

Range and direction are those of the score itself; the numbers are worked out from the packaged cases when the pages
are built, so that neither can be out of date. Of a table one number is shown, and the words say which.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives
from made import table
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import safetynet as sn


class Shown(NamedTuple):
    """One number of a table: the words that say which, and how it is taken from the table."""

    words: str
    number: Callable[[Any], float]


def _where(column: str, *words: Any) -> Callable[[Any], float]:
    return lambda table: int(table[column].isin(words).sum())


def _filled(column: str) -> Callable[[Any], float]:
    return lambda table: sum(bool(cell) for cell in table[column])


def _greatest(column: str) -> Callable[[Any], float]:
    return lambda table: table[column].max() if len(table) else math.nan


def _median(column: str) -> Callable[[Any], float]:
    return lambda table: table[column].median() if len(table) else math.nan


def _between(table: Any) -> Any:
    return table[table["first"] != table["second"]]


# of a table one number; a score needs none
SHOWN: dict[str, Shown] = {
    "agency_matrix": Shown(
        "most contact rows between two agencies",
        lambda table: max(
            (table.iat[one, two] for one in range(len(table)) for two in range(one)),
            default=math.nan,
        ),
    ),
    "agency_contacts": Shown(
        "pairs of agencies without a contact row", lambda table: int((_between(table)["contacts"] == 0).sum())
    ),
    "key_players": Shown(
        "fragmentation without the first",
        lambda table: table["fragmentation"].iloc[0] if len(table) else math.nan,
    ),
    "brokerage": Shown("the largest total", _greatest("total")),
    "boundary_spanners": Shown("people who are the only link to another agency", _filled("only_link_to")),
    "single_points_of_failure": Shown("how many there are", len),
    "constraint": Shown("the median", lambda series: series.median()),
    "effective_size": Shown("the largest", lambda series: series.max()),
    "source_concentration": Shown("the median Herfindahl index", _median("herfindahl")),
    "continuity": Shown("COC", lambda table: table["value"]["coc"]),
    "concern_clusters": Shown("clusters", len),
    "exclusive_concerns": Shown("worries with one person", _where("kind", "one person")),
    "smallest_meeting": Shown("people", len),
    "earliest_picture": Shown(
        "the most of the picture that two people had between them",
        lambda table: table["share"].iloc[0] if len(table) else math.nan,
    ),
    "sharing_latency": Shown("worries that no row passes on", lambda table: int(table["never_shared"].sum())),
    "reach_of_reassurance": Shown(
        "reassurances that reached somebody with no record of the worry", _filled("reassured_only")
    ),
    "meeting_coverage": Shown("the median unique coverage", _median("unique_coverage")),
    "patterns": Shown("the most worries of one sort", _greatest("known")),
    "links": Shown("pairs of voices that did not meet", lambda table: int(table["unmet"].sum())),
    "escalation": Shown(
        "the gap at the end of the last quarter", lambda table: table["gap"].iloc[-1] if len(table) else math.nan
    ),
    "broken_links": Shown("rows that hung on one thread", len),
    "held_back": Shown("contacts in which something was held back", len),
    "shared_beyond_need": Shown("passings that the permissions prohibit", len),
    "concern_status": Shown("worries known", len),
    "unowned_worries": Shown("worries not in hand", len),
    "assumptions": Shown("with no record of knowing it", _where("found", "no record of knowing it")),
    "beliefs": Shown("of which there is no record now", _where("now", "no record")),
    "dead_ends": Shown("chains that end in nobody", len),
    "duties": Shown("that no row shows met", _where("status", "no record")),
    "requests": Shown("without an answer on record", _where("state", "unanswered", "overdue")),
    "action_plan": Shown("agreed actions overdue or lapsed", _where("state", "overdue", "lapsed")),
    "closures": Shown("of which no row says that a partner was told", _where("state", "no partner told")),
    "lead_professional": Shown("spells with a lead professional", _where("state", "lead")),
    "service_gaps": Shown("needs and gaps listed", len),
    "meeting_rhythm": Shown("the longest gap in days", _greatest("days")),
    "contact_with_child": Shown("the longest spell without, in days", _greatest("longest")),
    "enduring_net": Shown("people and agencies left", len),
    "practice_profile": Shown("items that reach the first mark", _where("mark", "first mark")),
    "team_around_child": Shown(
        "single point of contact, as a share",
        lambda table: table.set_index("aspect")["value"]["single point of contact"],
    ),
    "working_relationships": Shown("pairs in contact or tied", len),
    "shared_along_ties": Shown(
        "pairs tied without any contact on record", lambda table: int(table["silent_pairs"].sum())
    ),
    "channel_mix": Shown(
        "agencies with more paper than talk", lambda table: int((table["paper"] > table["rich"]).sum())
    ),
}


# what is asked of something else than of a case alone
def _knowledge(case: sn.Case) -> float:
    state = sn.knowledge(case).state()
    return int((state == "certain").to_numpy().sum())


def _who_to_ask(case: sn.Case) -> float:
    best = sn.best_picture(case).table
    return len(sn.who_to_ask(case, best["person"].iloc[0])) if len(best) else math.nan


def _days_unowned(case: sn.Case) -> float:
    table = sn.unowned_worries(case)
    return sn.days_unowned(case, table["concern"].iloc[0]) if len(table) else math.nan


ASKED: dict[str, tuple[str, Callable[[sn.Case], float]]] = {
    "knowledge": ("holders and concerns that are certain in the recorded world", _knowledge),
    "who_to_ask": ("people whom the holder of the best picture would have to ask", _who_to_ask),
    "days_unowned": ("days of the gravest worry that is not in hand", _days_unowned),
}
# what is not asked of a case: over many children (no two packaged cases have a professional in common), or of a list
NOT_OF_A_CASE = {
    **dict.fromkeys(("care_density", "fragmented_care_density"), "none of one case: it is asked of a study."),
    **dict.fromkeys(
        ("reachability", "earliest_arrival", "latest_departure"), "none of a case: it is asked of a list of contacts."
    ),
}


@cache
def _cases() -> dict[str, sn.Case]:
    return {name: sn.load_case(name) for name in sn.list_cases()["name"]}


def words_of(name: str) -> str:
    """Which number is shown of a measure; empty for a score, which is one."""
    return ASKED[name][0] if name in ASKED else SHOWN[name].words if name in SHOWN else ""


class Band(NamedTuple):
    """What a measure comes to on a case, and its bounds; all three are words, and – where it is not defined."""

    value: str
    low: str
    high: str


@cache
def on(name: str, case: str) -> Band:
    """What a measure comes to on a packaged case on its default date."""
    found = None if name in ASKED else getattr(sn, name)(_cases()[case])
    if isinstance(found, sn.Score):
        return Band(_short(found.value), _short(found.low), _short(found.high))
    number = _short(ASKED[name][1](_cases()[case]) if name in ASKED else SHOWN[name].number(found))
    return Band(number, number, number)


def _short(number: Any) -> str:
    value = math.nan if number is None else float(number)
    return "–" if math.isnan(value) else f"{value:.3f}".rstrip("0").rstrip(".")


def scale(name: str) -> str:
    """The range and direction of a score, as it says them itself; empty where a measure is no score."""
    found = None if name in ASKED or name in SHOWN or name in NOT_OF_A_CASE else getattr(sn, name)(_cases()["max"])
    return found.scale().removeprefix("range ") if isinstance(found, sn.Score) else ""


class Measure(SphinxDirective):
    """The facts of one measure as a list of fields."""

    required_arguments = 1
    option_spec = {  # noqa: RUF012 - as docutils asks for it
        "range": directives.unchanged_required,
        "formula": directives.unchanged_required,
        "undefined": directives.unchanged_required,
        "source": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        fields = nodes.field_list()
        fields += self._field("Function", f"{{py:func}}`safetynet.{name}`")
        fields += self._field("Range", self.options.get("range") or scale(name))
        fields += self._field("Formula", self.options["formula"])
        fields += self._field("Not defined", self.options["undefined"])
        fields += self._field("Source", self.options["source"])
        fields += self._band(name)
        return [fields]

    def _field(self, title: str, text: str) -> nodes.field:
        inline, messages = self.parse_inline(text)
        paragraph = nodes.paragraph("", "", *inline, *messages)
        return nodes.field("", nodes.field_name(text=title), nodes.field_body("", paragraph))

    def _band(self, name: str) -> nodes.field:
        body = nodes.field_body()
        if name in NOT_OF_A_CASE:
            body += nodes.paragraph(text=NOT_OF_A_CASE[name])
        else:
            if words := words_of(name):
                body += nodes.paragraph(text=f"{words}:")
            body += _table(name)
        return nodes.field("", nodes.field_name(text="Packaged cases"), body)


def _table(name: str) -> nodes.table:
    """A column for each packaged case; with its bounds where there is a case in which they differ."""
    bands = [on(name, case) for case in _cases()]
    lines = {"value": 0} | ({"low": 1, "high": 2} if any(band.low != band.high for band in bands) else {})
    head = ["", *(case.replace("_", " ") for case in _cases())]
    return table(head, [[line, *(band[place] for band in bands)] for line, place in lines.items()], "measure-band")


def setup(app: Sphinx) -> dict[str, object]:
    app.add_directive("measure", Measure)
    return {"version": "1", "parallel_read_safe": True}
