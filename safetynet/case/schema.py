"""The tables of a case: the single source of validation, templates, schemas and the reference page.

A :class:`Column` says what its cells may hold; :data:`TABLES` lists every table with its columns in the order
in which a person sees them. Nothing else in the library repeats a vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ColumnType = Literal[
    "id",
    "text",
    "word",
    "ref",
    "refs",
    "window",
    "due",
    "number",
    "integer",
    "confidence",
    "tie_end",
    "place",
]

PERSON_KINDS = ("child", "family", "support", "professional")
SECTORS = (
    "social_care",
    "health",
    "police",
    "education",
    "housing",
    "justice",
    "voluntary",
    "faith",
    "other",
)
WORRY_CATEGORIES = (
    "physical", "neglect", "emotional", "sexual", "domestic_abuse", "parental_capacity", "housing", "school",
    "health", "other",
)  # fmt: skip
CALM_CATEGORIES = ("reassurance", "strength")
CATEGORIES = WORRY_CATEGORIES + CALM_CATEGORIES
ROW_KINDS = (
    "observed", "told", "asked", "declined", "met", "assumed", "agreed", "needed", "decided", "disagreed", "done",
    "opened", "closed",
)  # fmt: skip
SENT_KINDS = ("told", "asked", "declined")
TWO_WAY_CHANNELS = ("phone", "face_to_face", "visit", "video", "meeting")
ONE_WAY_CHANNELS = ("letter", "fax", "email", "referral", "report", "message", "file")
CHANNELS = TWO_WAY_CHANNELS + ONE_WAY_CHANNELS
OUTCOMES = {
    "decided": ("step_up", "same", "step_down", "no_further_action", "discharge"),
    "done": ("completed", "partly", "attempted", "refused"),
}
CONFIDENCE_WORDS = {"high": 0.95, "medium": 0.8, "low": 0.5}
PERMISSIONS = ("required", "permitted", "not_needed", "prohibited", "unknown")
STRICTEST_FIRST = ("prohibited", "not_needed", "unknown", "permitted", "required")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
    type : str
        id (the row's own name), text, word (one of `vocabulary`), ref (one id), refs (ids with ``;``), window
        (a date, perhaps partial), due (a date; a month or year means its last day), number, integer (from
        `low` to `high`), confidence, tie_end (a person or an agency), place (an agency, a sector or ``*``).
    required : bool
        Whether every row needs a value.
    help : str
        What a person who fills the table in needs to know.
    vocabulary : tuple of str
        The words that a cell may hold, if there is a closed list.
    points_to : tuple of str
        The tables whose ids a cell may name.
    extra : tuple of str
        Words that a cell may hold instead of an id.
    low, high : int or None
        The range of an integer.
    """

    name: str
    type: ColumnType = "text"
    required: bool = False
    help: str = ""
    vocabulary: tuple[str, ...] = ()
    points_to: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None

    @property
    def many(self) -> bool:
        """Whether a cell may hold several values, separated by ``;``."""
        return self.type == "refs"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a case: its columns in order, its key, and whether a case must have it."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    required: bool = False
    help: str = ""
    _index: dict[str, Column] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._index.update({column.name: column for column in self.columns})

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def get(self, name: str) -> Column | None:
        """The column of that name, or None for a column that we do not know."""
        return self._index.get(name)


_ANYONE = ("people", "agencies")

PEOPLE = Table(
    "people",
    (
        Column(
            "id",
            "id",
            True,
            "A short name that the other tables use for this human being; one id for one person.",
        ),
        Column("name", "text", True, "The name or role label that pictures and reports show."),
        Column(
            "kind",
            "word",
            True,
            "support is the family's natural support: grandparent, neighbour, pastor.",
            vocabulary=PERSON_KINDS,
        ),
        Column("role", help="What they are or do; several roles may be listed."),
        Column("agency", "ref", help="The agency they work in.", points_to=("agencies",)),
        Column("start", "window", help="In post from this day."),
        Column("end", "window", help="In post to this day."),
        Column("lead_from", "window", help="Lead professional for the child from this day."),
        Column("lead_to", "window", help="Lead professional for the child to this day."),
        Column("language", help="The language this person speaks best."),
    ),
    key=("id",),
    required=True,
    help="Everybody around the child, the child included: one row for one human being.",
)

AGENCIES = Table(
    "agencies",
    (
        Column("id", "id", True, "A short name that the other tables use for this agency."),
        Column("name", "text", True, "The name that pictures and reports show."),
        Column("sector", "word", help="The kind of service; empty is other.", vocabulary=SECTORS),
        Column("area", help="The place it serves."),
    ),
    key=("id",),
    help="The organisations that people work in. One that is named but not listed here is added with sector other.",
)

CONCERNS = Table(
    "concerns",
    (
        Column("id", "id", True, "A short name that the chronology uses for this concern."),
        Column("about", "refs", True, "Whom it is about.", points_to=("people",)),
        Column(
            "category",
            "word",
            True,
            "reassurance allays worry, strength protects; all the others are worries.",
            vocabulary=CATEGORIES,
        ),
        Column("severity", "integer", True, "1 low to 4 grave; 0 for reassurance and strength.", low=0, high=4),
        Column("summary", "text", True, "The concern in a sentence."),
        Column("answers", "refs", help="The worries that a reassurance allays.", points_to=("concerns",)),
        Column("resolved", "window", help="The day from which it is no longer current."),
    ),
    key=("id",),
    required=True,
    help="What somebody knew or thought about the child: worries, reassurances and strengths.",
)

CHRONOLOGY = Table(
    "chronology",
    (
        Column("id", "id", True, "A short name for this row; results lead back to it."),
        Column("date", "window", True, "A day, a day with a time, a month, a year, an interval or an open end."),
        Column("kind", "word", True, "What happened.", vocabulary=ROW_KINDS),
        Column("who", "refs", help="Who did it: observer, sender, attendees, owner. Empty only in needed and agreed.",
               points_to=_ANYONE),
        Column("to", "refs", help="Recipients, or who was assumed to act, or who was told of it.", points_to=_ANYONE),
        Column("concerns", "refs", help="The concerns seen, passed on, discussed or answered.",
               points_to=("concerns",)),
        Column("about", "refs", help="Which child, where there are several; empty is every child.",
               points_to=("people",)),
        Column("channel", help="How it was sent (" + ", ".join(CHANNELS) + "), or which sort of meeting."),
        Column("two_way", "word", help="Whether information could move both ways; overrides the channel.",
               vocabulary=("yes", "no")),
        Column("received", "word", help="no: it was sent and did not arrive or was not read.",
               vocabulary=("yes", "no")),
        Column("received_on", "window", help="The day on which it was read, where that was later."),
        Column("absent", "refs", help="Who mattered to a meeting and was not there.", points_to=_ANYONE),
        Column("due", "due", help="The day by which an action or an answer is due."),
        Column("ref", "ref", help="The row that this one answers, completes, settles or belongs to.",
               points_to=("chronology",)),
        Column("outcome", help="Of a decision: " + ", ".join(OUTCOMES["decided"]) + ". Of done: "
               + ", ".join(OUTCOMES["done"]) + "."),
        Column("rating", "integer", help="1 to 4: how grave they thought it then, if the record says.", low=1, high=4),
        Column("consent", "word", vocabulary=("given", "refused", "not_needed", "unknown"),
               help="Whether the family agreed to the sharing."),
        Column("interpreter", "ref", help="Who interpreted, or none.", points_to=("people",), extra=("none",)),
        Column("confidence", "confidence", help="0 to 1, or high (0.95), medium (0.8), low (0.5); empty is 1."),
        Column("basis", help="How the row is known: seen, recalled, inferred."),
        Column("summary", help="What happened, in a sentence."),
        Column("source", "refs", help="Codes of the sources table.", points_to=("sources",)),
    ),
    key=("id",),
    required=True,
    help="One row per thing that happened. Everything else is derived from it.",
)  # fmt: skip

CASE = Table(
    "case",
    (
        Column("id", "text", help="A short name of the case."),
        Column("title", help="The title that reports show."),
        Column(
            "harm_date",
            "window",
            help="The day of the harm, if there was one; questions are asked for the day before.",
        ),
    ),
    help="One row about the case itself, with any further columns that a study may compare: outcome, area, year.",
)

TIES = Table(
    "ties",
    (
        Column("source", "tie_end", True, "One end of the tie.", points_to=_ANYONE),
        Column("target", "tie_end", True, "The other end.", points_to=_ANYONE),
        Column(
            "kind",
            "word",
            True,
            "What joins them.",
            vocabulary=("kin", "household", "care", "supervision", "working"),
        ),
        Column("quality", "word", help="How it is.", vocabulary=("strong", "weak", "stressful", "broken")),
        Column("start", "window", help="From this day."),
        Column("end", "window", help="To this day."),
    ),
    help="Relationships that last: for the ecomap, for supervision and for working relationships.",
)

SERVICES = Table(
    "services",
    (
        Column("need", "text", True, "What was needed."),
        Column("person", "ref", True, "By whom.", points_to=("people",)),
        Column("agency", "ref", help="Who provided it; empty is nobody.", points_to=("agencies",)),
        Column("start", "window", help="From this day."),
        Column("end", "window", help="To this day."),
    ),
    help="Needs and who met them, for gaps and duplication.",
)

PERMISSION = Table(
    "permissions",
    (
        Column("from", "place", True, "The agency or sector that shares, or *.", points_to=("agencies",),
               extra=("*", *SECTORS)),
        Column("to", "place", True, "The agency or sector that receives, or *.", points_to=("agencies",),
               extra=("*", *SECTORS)),
        Column("category", "word", help="The category of concern; empty is every category.", vocabulary=CATEGORIES),
        Column("permission", "word", True, "Coded by a person, never inferred.", vocabulary=PERMISSIONS),
        Column("basis", help="The law or agreement it rests on."),
        Column("framework", help="The framework it belongs to."),
        Column("start", "window", help="In force from this day."),
        Column("end", "window", help="In force to this day."),
    ),
    help="Who could lawfully share what with whom. Without this table nothing is restricted.",
)  # fmt: skip

RATINGS = Table(
    "ratings",
    (
        Column("coder", "text", True, "Who rated."),
        Column("item", "integer", True, "The item of the practice profile.", low=1, high=10),
        Column("level", "word", True, "The level given.", vocabulary=("ideal", "developmental", "unacceptable")),
        Column("note", help="Why."),
    ),
    key=("coder", "item"),
    help="A coder's own ratings of the ten items of the practice profile.",
)

SOURCES = Table(
    "sources",
    (
        Column("code", "id", True, "The code that the chronology uses."),
        Column("title", help="What it is."),
        Column("url", help="Where it is."),
        Column("seen", help="Whether and how much of it was seen."),
    ),
    key=("code",),
    help="What the rows rest on.",
)

TABLES: tuple[Table, ...] = (
    PEOPLE, AGENCIES, CONCERNS, CHRONOLOGY, CASE, TIES, SERVICES, PERMISSION, RATINGS, SOURCES,
)  # fmt: skip
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
REQUIRED: tuple[str, ...] = tuple(table.name for table in TABLES if table.required)
