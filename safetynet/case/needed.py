"""A case is needed: what is said where something else is given."""

from __future__ import annotations

from ..dates import window_of
from ..errors import ArgumentError, DateError, type_of
from .case import Case

ONE_BY_ONE = "Ask for one case at a time, or put them in a folder and ask read_study(folder)."
OF_A_GRAPH = "Only measures of the network take a graph."
PAGES = (".html", ".pdf", ".gexf", ".graphml", ".png", ".svg")  # what is written and never read
INSTEAD = {
    **dict.fromkeys(("list", "tuple", "dict", "set"), ONE_BY_ONE),
    **dict.fromkeys(("Graph", "DiGraph", "MultiGraph", "MultiDiGraph"), OF_A_GRAPH),
    "DataFrame": "A case is several tables: Case(people, concerns, chronology), or a folder that read_case(...) reads.",
    "Study": "Ask the study itself: study.scores(), study.findings().",
    "Knowledge": "Its case is .case.",
    "Draft": "Finish it in its workbook, and read that with read_case(...).",
}


def need_case(case: object) -> Case:
    """`case` if it is one; else an :class:`ArgumentError` that says how to get one."""
    if isinstance(case, Case):
        return case
    raise ArgumentError(f"a case is needed, not {type_of(case)}. {_instead(case)}")


def _instead(given: object) -> str:
    if not isinstance(given, str):
        return INSTEAD.get(type(given).__name__, "See load_case.")
    if given.endswith(PAGES):
        return f"The case comes first, then the file: (case, {given!r})."
    try:
        window_of(given)
    except DateError:
        return f"Write load_case({given!r}) or read_case(...) first."
    return f"The case comes first, then the date: at={given!r}."
