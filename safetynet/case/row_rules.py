"""What the cells of one row must be to one another: who a kind needs, what it may say, which date comes first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..errors import did_you_mean
from .lines import Line
from .vocabulary import CALM_CATEGORIES, OUTCOMES, WORD_KINDS

NOBODY_NEEDED = ("needed", "agreed")


def in_order(first: str, last: str) -> Callable[[Line], None]:
    """The rule that one date of a row is not after another."""

    def rule(line: Line) -> None:
        start, end = line.window(first), line.window(last)
        if start and end and start.first is not None and end.last is not None and end.last < start.first:
            line.wrong(last, f"{last} is before {first}.", "Put the earlier date first.")

    return rule


def severity_of_its_category(line: Line) -> None:
    """A worry has a severity from 1 to 4, reassurance and strength have 0."""
    category, severity = line.word("category"), line.cells.get("severity")
    if not category or severity is None:
        return
    if category in CALM_CATEGORIES and severity != 0:
        line.wrong("severity", f"a {category} has severity 0.", "Write 0, or change the category.")
    if category not in CALM_CATEGORIES and severity == 0:
        line.wrong("severity", "a worry has a severity from 1 to 4.", "0 is for reassurance and strength only.")


def somebody_did_it(line: Line) -> None:
    """Most kinds need somebody in who, and what was sent somebody in to."""
    kind = line.word("kind")
    if kind and kind not in NOBODY_NEEDED and not line.text("who").strip():
        hint = "Name the person or agency; whom nobody can name is a person of their own."
        if kind == "expected":
            hint = "Name on whom it lay, or use kind 'needed' if a reviewer says so, looking back."
        line.wrong("who", f"nobody is named, and a row of kind {kind!r} needs somebody.", hint)
    if kind in WORD_KINDS and not line.text("to").strip():
        hint = "Name a person, or the agency if it reached a desk."
        line.wrong("to", f"the recipient is missing, and a row of kind {kind!r} has one.", hint)


def an_agency_observes_alone(line: Line) -> None:
    """What stood in an agency's file is no observation of people who were there together."""
    who = line.ids("who")
    if line.word("kind") == "observed" and len(who) > 1:
        for desk in (one for one in who if line.is_agency(one)):
            hint = "Name the people who saw it; what stood in an agency's file has a row of its own."
            line.wrong("who", f"the agency {desk!r} cannot be there with others.", hint, desk)


def only_what_was_sent_arrives(line: Line) -> None:
    """A meeting or an observation is neither received nor read."""
    kind = line.word("kind")
    for column in ("received", "received_on"):
        if kind in ("met", "observed") and line.text(column).strip():
            hint = "Leave it empty; who was not there stands in absent."
            line.wrong(column, f"{column} is for what was sent, and a row of kind {kind!r} is not.", hint)


def outcome_of_its_kind(line: Line) -> None:
    """A decision and what was done have outcomes of their own."""
    kind, outcome = line.word("kind"), line.word("outcome")
    if outcome and kind in OUTCOMES and outcome not in OUTCOMES[kind]:
        hint = did_you_mean(outcome, OUTCOMES[kind])
        line.wrong("outcome", f"{outcome!r} is not an outcome of {kind!r}.", hint, outcome)


def refers_to_others(column: str, what: str = "row") -> Callable[[Line], None]:
    """The rule that a row does not name itself."""

    def rule(line: Line) -> None:
        own = line.word("id")
        is_own = line.notes.known.of(line.table).get(own) == line.index  # an id that another row has is told already
        if own and is_own and own in line.ids(column):
            line.wrong(column, f"the {what} refers to itself.", f"Name the other {what}.", own)

    return rule


RULES: Mapping[str, tuple[Callable[[Line], None], ...]] = {
    "people": (in_order("start", "end"), in_order("lead_from", "lead_to")),
    "concerns": (severity_of_its_category, refers_to_others("answers", "concern")),
    "chronology": (
        somebody_did_it,
        an_agency_observes_alone,
        only_what_was_sent_arrives,
        outcome_of_its_kind,
        refers_to_others("ref"),
        refers_to_others("disputes"),
    ),
    **{table: (in_order("start", "end"),) for table in ("ties", "services", "permissions", "conditions")},
}
