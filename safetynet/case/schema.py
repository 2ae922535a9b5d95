"""The tables of a case: the single source of validation, templates, schemas and the reference page.

:data:`TABLES` lists every table with its columns in the order in which a person sees them. Nothing else in the library
repeats a vocabulary.
"""

from __future__ import annotations

from . import vocabulary as words
from .columns import Column, Table

_ANYONE = ("people", "agencies")
_YES_NO = ("yes", "no")


def _id(help: str, name: str = "id") -> Column:
    return Column(name, "id", True, help)


def _text(name: str, help: str) -> Column:
    """A text that every row needs."""
    return Column(name, "text", True, help)


def _word(name: str, vocabulary: tuple[str, ...], help: str, required: bool = False) -> Column:
    return Column(name, "word", required, help, vocabulary=vocabulary)


def _date(name: str, help: str, required: bool = False) -> Column:
    return Column(name, "window", required, help)


def _number(name: str, low: int, high: int, help: str, required: bool = False) -> Column:
    return Column(name, "integer", required, help, low=low, high=high)


def _one(name: str, tables: tuple[str, ...], help: str, required: bool = False) -> Column:
    """One id of one of the tables."""
    return Column(name, "ref", required, help, points_to=tables)


def _ids(name: str, tables: tuple[str, ...], help: str, required: bool = False) -> Column:
    """Ids of one of the tables, separated by ``;``."""
    return Column(name, "refs", required, help, points_to=tables)


def _place(name: str, help: str) -> Column:
    return Column(name, "place", True, help, points_to=("agencies",), extra=("*", *words.SECTORS))


_FROM = _date("start", "From this day.")
_TO = _date("end", "To this day.")
_SOURCE = _ids("source", ("sources",), "Codes of the sources table.")
_SUMMARY = Column("summary", help="What it was, in a sentence.")


PEOPLE = Table(
    "people",
    (
        _id("A short name that the other tables use for this human being; one id for one person."),
        _text("name", "The name or role label that pictures and reports show."),
        _word(
            "kind",
            words.PERSON_KINDS,
            "support is the family's natural support: grandparent, neighbour, pastor; public is anybody else who is no "
            "professional here. Whom an agency sends or pays is a professional.",
            required=True,
        ),
        Column("role", help="What they are or do, as reports show it with the agency; several may be listed."),
        _one("agency", ("agencies",), "The agency they work in."),
        _date("start", "In post from this day."),
        _date("end", "In post to this day."),
        _date("lead_from", "Lead professional for the child from this day."),
        _date("lead_to", "Lead professional for the child to this day."),
        Column("language", help="The language this person speaks best."),
        _date("born", "The day of birth; a month, a year or an interval will do."),
        _word(
            "remit",
            words.REMITS,
            "Of a professional, what they are there for; empty is works_with. Only who works with the child or family "
            "can fail to have seen the child, or leave a worry without an owner.",
        ),
    ),
    key=("id",),
    required=True,
    help="Everybody around the child, the child included: one row for one human being.",
)

AGENCIES = Table(
    "agencies",
    (
        _id("A short name that the other tables use for this agency."),
        _text("name", "The name that pictures and reports show."),
        _word("sector", words.SECTORS, "The kind of service; empty is other."),
        Column("area", help="The place it serves."),
    ),
    key=("id",),
    help="The organisations that people work in. One that is named but not listed here is added with sector other.",
)

CONCERNS = Table(
    "concerns",
    (
        _id("A short name that the chronology uses for this concern."),
        _ids("about", ("people",), "Whom it is about.", required=True),
        _word(
            "category",
            words.CATEGORIES,
            "reassurance allays worry, strength protects; all the others are worries.",
            required=True,
        ),
        _number(
            "severity",
            0,
            4,
            "1 low, 2, 3, 4 grave, the lower of two if you hesitate; 0 for reassurance and strength.",
            required=True,
        ),
        _text("summary", "The concern in a sentence."),
        _ids("answers", ("concerns",), "The worries that a reassurance allays."),
        _date("resolved", "The day from which it is no longer current."),
    ),
    key=("id",),
    required=True,
    help="What somebody knew or thought about the child: worries, reassurances and strengths.",
)

CHRONOLOGY = Table(
    "chronology",
    (
        _id("A short name for this row; results lead back to it. Empty: r1, r2 and so on, after its place."),
        _date("date", "A day, a day with a time, a month, a year, an interval or an open end.", required=True),
        _word("kind", words.ROW_KINDS, "What happened.", required=True),
        _ids(
            "who",
            _ANYONE,
            "Who did it: observer, sender, those who met, owner. Not for needed; empty in agreed is that nobody "
            "took it.",
        ),
        _ids("to", _ANYONE, "Recipients, or who was assumed to act, or who was told of it."),
        _ids("present", _ANYONE, "Who was in the room and took no part: they hear, and say nothing."),
        _ids("concerns", ("concerns",), "The concerns seen, passed on, discussed or answered."),
        _ids("about", ("people",), "Which child, where there are several; empty is every child."),
        _word("seen", words.SEEN, "How the child was seen in this row; empty is that the record does not say."),
        Column(
            "channel",
            help="How it was sent (the words phone to file) or, of a met row, which sort of meeting (conference to "
            "clinic); other words are kept.",
            vocabulary=tuple(dict.fromkeys(words.CHANNELS + words.MEETING_CHANNELS)),
        ),
        _word("two_way", _YES_NO, "Whether information could move both ways; overrides the channel."),
        _word("received", _YES_NO, "no: it was sent and did not arrive or was not read."),
        _date("received_on", "The day on which it was read, where that was later."),
        _word("complete", _YES_NO, "Whether concerns lists everything that was put on the table."),
        _ids("absent", _ANYONE, "Who mattered to a meeting and was not there."),
        Column("due", "due", help="The day by which an action, a duty or an answer is due."),
        _ids("ref", ("chronology",), "The rows that this one answers, completes, settles or belongs to."),
        _ids("disputes", ("chronology",), "The rows whose account, decision or opinion this one contradicts."),
        Column(
            "outcome",
            help=f"Of decided: {', '.join(words.DECISIONS)}. Of done: {', '.join(words.DOINGS)}.",
            vocabulary=words.DECISIONS + words.DOINGS,
        ),
        _word("reason", words.REASONS, "Why something was not shared, refused, decided or done."),
        _number("rating", 1, 4, "1 to 4: how grave they thought it then, if the record says."),
        _word("consent", words.CONSENT, "Whether the family agreed to the sharing."),
        Column("interpreter", "ref", help="Who interpreted, or none.", points_to=("people",), extra=("none",)),
        _number("count", 1, 1_000_000, "For how many occasions the row stands; empty is 1."),
        Column("rule", help="The law, protocol, policy or plan that laid an expected duty."),
        Column("confidence", "confidence", help="0 to 1, or high (0.95), medium (0.8), low (0.5); empty is 1."),
        Column("basis", help="How the row is known: seen, recalled, inferred."),
        Column("summary", help="What happened, in a sentence."),
        _SOURCE,
    ),
    key=("id",),
    required=True,
    help="One row per thing that happened. Everything else is derived from it.",
)

CASE = Table(
    "case",
    (
        Column("id", help="A short name of the case."),
        Column("title", help="The title that reports show."),
        _date("harm_date", "The day of the harm, if there was one; questions are asked for the day before."),
        _word("status", words.STATUSES, "Whether the case is published or illustrative; empty is neither."),
    ),
    help="One row about the case itself, with any further columns that a study may compare: outcome, area, year.",
)

TIES = Table(
    "ties",
    (
        _one("source", _ANYONE, "One end of the tie; of supervision, the supervisor.", required=True),
        _one("target", _ANYONE, "The other end.", required=True),
        _word("kind", words.TIE_KINDS, "What joins them.", required=True),
        _word("quality", words.TIE_QUALITIES, "How it is."),
        _FROM,
        _TO,
    ),
    help="Relationships that last: for the ecomap, for supervision and for working relationships.",
)

SERVICES = Table(
    "services",
    (
        _text("need", "What was needed."),
        _one("person", ("people",), "By whom.", required=True),
        _one("agency", ("agencies",), "Who provided it; empty is nobody."),
        _FROM,
        _TO,
        _word(
            "attended",
            _YES_NO,
            "Whether the person attended: a service to a child that was attended is contact with the child for its "
            "whole span.",
        ),
        _SOURCE,
    ),
    help="Needs and who met them, for gaps and duplication, and for where the child was.",
)

PERMISSIONS = Table(
    "permissions",
    (
        _place("from", "The agency or sector that shares, or *."),
        _place("to", "The agency or sector that receives, or *."),
        _word("category", words.CATEGORIES, "The category of concern; empty is every category."),
        _word("permission", words.PERMISSIONS, "Coded by a person, never inferred.", required=True),
        Column("basis", help="The law or agreement it rests on."),
        Column("framework", help="The framework it belongs to."),
        _date("start", "In force from this day."),
        _date("end", "In force to this day."),
    ),
    help="Who could lawfully share what with whom. Without this table nothing is restricted.",
)

RATINGS = Table(
    "ratings",
    (
        _text("coder", "Who rated."),
        _number("item", 1, 10, "The item of the practice profile.", required=True),
        _word("level", words.LEVELS, "The level given.", required=True),
        Column("note", help="Why."),
    ),
    key=("coder", "item"),
    help="A coder's own ratings of the ten items of the practice profile.",
)

LINKS = Table(
    "links",
    (
        _one("from", ("concerns",), "The concern that the link starts from.", required=True),
        _one("to", ("concerns",), "The concern that it leads to.", required=True),
        _word("kind", words.LINK_KINDS, "How the two belong together.", required=True),
        _ids("who", _ANYONE, "On whose word; empty is the coder's."),
        _SUMMARY,
        _SOURCE,
    ),
    help="Concerns that belong together: two reports of one thing, an explanation and what it explained, a worry that "
    "became another on its way.",
)

CONDITIONS = Table(
    "conditions",
    (
        _id("A short name for this condition."),
        _one("agency", ("agencies",), "Where it held; empty is everywhere."),
        _word("kind", words.CONDITION_KINDS, "What sort of condition.", required=True),
        _FROM,
        _TO,
        _text("summary", "The condition in a sentence."),
        _SOURCE,
    ),
    key=("id",),
    help="What the work was done in: workload, vacancies, reorganisation, procedures.",
)

SOURCES = Table(
    "sources",
    (
        _id("The code that the other tables use.", "code"),
        Column("title", help="What it is."),
        Column("url", help="Where it is."),
        Column("seen", help="Whether and how much of it was seen."),
    ),
    key=("code",),
    help="What the rows rest on.",
)

MAIN = (PEOPLE, AGENCIES, CONCERNS, CHRONOLOGY)
TABLES: tuple[Table, ...] = (*MAIN, CASE, TIES, SERVICES, PERMISSIONS, RATINGS, LINKS, CONDITIONS, SOURCES)
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
REQUIRED: tuple[str, ...] = tuple(table.name for table in TABLES if table.required)
