"""The tables of a case: the single source of validation, templates, schemas and the reference page.

A :class:`Column` says what its cells may hold; :data:`TABLES` lists every table with its columns in the order
in which a person sees them. Nothing else in the library repeats a vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from . import vocabulary as words

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
_FROM = Column("start", "window", help="From this day.")
_TO = Column("end", "window", help="To this day.")
_SOURCE = Column("source", "refs", help="Codes of the sources table.", points_to=("sources",))
_SUMMARY = Column("summary", help="What it was, in a sentence.")


def _word(name: str, vocabulary: tuple[str, ...], help: str, required: bool = False) -> Column:
    return Column(name, "word", required, help, vocabulary=vocabulary)


def _id(help: str, name: str = "id") -> Column:
    return Column(name, "id", True, help)


PEOPLE = Table(
    "people",
    (
        _id("A short name that the other tables use for this human being; one id for one person."),
        Column("name", "text", True, "The name or role label that pictures and reports show."),
        _word(
            "kind",
            words.PERSON_KINDS,
            "support is the family's natural support: grandparent, neighbour, pastor; "
            "public is anybody else who is no professional here.",
            True,
        ),
        Column("role", help="What they are or do; several roles may be listed."),
        Column("agency", "ref", help="The agency they work in.", points_to=("agencies",)),
        Column("start", "window", help="In post from this day."),
        Column("end", "window", help="In post to this day."),
        Column("lead_from", "window", help="Lead professional for the child from this day."),
        Column("lead_to", "window", help="Lead professional for the child to this day."),
        Column("language", help="The language this person speaks best."),
        Column("born", "window", help="The day of birth; a month, a year or an interval will do."),
        _word(
            "remit",
            words.REMITS,
            "Of a professional, what they are there for; empty is works_with. Only who works "
            "with the child or family can fail to have seen the child, or leave a worry without an owner.",
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
        Column("name", "text", True, "The name that pictures and reports show."),
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
        Column("about", "refs", True, "Whom it is about.", points_to=("people",)),
        _word(
            "category",
            words.CATEGORIES,
            "reassurance allays worry, strength protects; all the others are worries.",
            True,
        ),
        Column("severity", "integer", True, "1 low, 2, 3, 4 grave; 0 for reassurance and strength.", low=0, high=4),
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
        _id("A short name for this row; results lead back to it."),
        Column("date", "window", True, "A day, a day with a time, a month, a year, an interval or an open end."),
        _word("kind", words.ROW_KINDS, "What happened.", True),
        Column(
            "who",
            "refs",
            help="Who did it: observer, sender, those who met, owner. Not for needed; empty in "
            "agreed is that nobody took it.",
            points_to=_ANYONE,
        ),
        Column("to", "refs", help="Recipients, or who was assumed to act, or who was told of it.", points_to=_ANYONE),
        Column(
            "present",
            "refs",
            help="Who was in the room and took no part: they hear, and say nothing.",
            points_to=_ANYONE,
        ),
        Column(
            "concerns", "refs", help="The concerns seen, passed on, discussed or answered.", points_to=("concerns",)
        ),
        Column(
            "about", "refs", help="Which child, where there are several; empty is every child.", points_to=("people",)
        ),
        _word("seen", words.SEEN, "How the child was seen in this row; empty is that the record does not say."),
        Column(
            "channel",
            help="How it was sent ("
            + ", ".join(words.CHANNELS)
            + "), or which sort of meeting ("
            + ", ".join(words.MEETING_CHANNELS)
            + ").",
        ),
        _word("two_way", ("yes", "no"), "Whether information could move both ways; overrides the channel."),
        _word("received", ("yes", "no"), "no: it was sent and did not arrive or was not read."),
        Column("received_on", "window", help="The day on which it was read, where that was later."),
        _word("complete", ("yes", "no"), "Whether concerns lists everything that was put on the table."),
        Column("absent", "refs", help="Who mattered to a meeting and was not there.", points_to=_ANYONE),
        Column("due", "due", help="The day by which an action, a duty or an answer is due."),
        Column(
            "ref",
            "refs",
            help="The rows that this one answers, completes, settles or belongs to.",
            points_to=("chronology",),
        ),
        Column(
            "disputes",
            "refs",
            help="The rows whose account, decision or opinion this one contradicts.",
            points_to=("chronology",),
        ),
        Column(
            "outcome",
            help="Of a decision: " + ", ".join(words.DECISIONS) + ". Of done: " + ", ".join(words.DOINGS) + ".",
        ),
        _word("reason", words.REASONS, "Why something was not shared, refused, decided or done."),
        Column("rating", "integer", help="1 to 4: how grave they thought it then, if the record says.", low=1, high=4),
        _word("consent", words.CONSENT, "Whether the family agreed to the sharing."),
        Column("interpreter", "ref", help="Who interpreted, or none.", points_to=("people",), extra=("none",)),
        Column("count", "integer", help="For how many occasions the row stands; empty is 1.", low=1, high=1_000_000),
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
        Column("id", "text", help="A short name of the case."),
        Column("title", help="The title that reports show."),
        Column(
            "harm_date", "window", help="The day of the harm, if there was one; questions are asked for the day before."
        ),
        _word("status", words.STATUSES, "Whether the case is published or illustrative; empty is neither."),
    ),
    help="One row about the case itself, with any further columns that a study may compare: outcome, area, year.",
)

TIES = Table(
    "ties",
    (
        Column("source", "tie_end", True, "One end of the tie; of supervision, the supervisor.", points_to=_ANYONE),
        Column("target", "tie_end", True, "The other end.", points_to=_ANYONE),
        _word("kind", words.TIE_KINDS, "What joins them.", True),
        _word("quality", words.TIE_QUALITIES, "How it is."),
        _FROM,
        _TO,
    ),
    help="Relationships that last: for the ecomap, for supervision and for working relationships.",
)

SERVICES = Table(
    "services",
    (
        Column("need", "text", True, "What was needed."),
        Column("person", "ref", True, "By whom.", points_to=("people",)),
        Column("agency", "ref", help="Who provided it; empty is nobody.", points_to=("agencies",)),
        _FROM,
        _TO,
        _word(
            "attended",
            ("yes", "no"),
            "Whether the person attended: a service to a child that was attended is "
            "contact with the child for its whole span.",
        ),
        _SOURCE,
    ),
    help="Needs and who met them, for gaps and duplication, and for where the child was.",
)

PERMISSION = Table(
    "permissions",
    (
        Column(
            "from",
            "place",
            True,
            "The agency or sector that shares, or *.",
            points_to=("agencies",),
            extra=("*", *words.SECTORS),
        ),
        Column(
            "to",
            "place",
            True,
            "The agency or sector that receives, or *.",
            points_to=("agencies",),
            extra=("*", *words.SECTORS),
        ),
        _word("category", words.CATEGORIES, "The category of concern; empty is every category."),
        _word("permission", words.PERMISSIONS, "Coded by a person, never inferred.", True),
        Column("basis", help="The law or agreement it rests on."),
        Column("framework", help="The framework it belongs to."),
        Column("start", "window", help="In force from this day."),
        Column("end", "window", help="In force to this day."),
    ),
    help="Who could lawfully share what with whom. Without this table nothing is restricted.",
)

RATINGS = Table(
    "ratings",
    (
        Column("coder", "text", True, "Who rated."),
        Column("item", "integer", True, "The item of the practice profile.", low=1, high=10),
        _word("level", words.LEVELS, "The level given.", True),
        Column("note", help="Why."),
    ),
    key=("coder", "item"),
    help="A coder's own ratings of the ten items of the practice profile.",
)

LINKS = Table(
    "links",
    (
        Column("from", "ref", True, "The concern that the link starts from.", points_to=("concerns",)),
        Column("to", "ref", True, "The concern that it leads to.", points_to=("concerns",)),
        _word("kind", words.LINK_KINDS, "How the two belong together.", True),
        Column("who", "refs", help="On whose word; empty is the coder's.", points_to=_ANYONE),
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
        Column("agency", "ref", help="Where it held; empty is everywhere.", points_to=("agencies",)),
        _word("kind", words.CONDITION_KINDS, "What sort of condition.", True),
        _FROM,
        _TO,
        Column("summary", "text", True, "The condition in a sentence."),
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

TABLES: tuple[Table, ...] = (
    *(PEOPLE, AGENCIES, CONCERNS, CHRONOLOGY, CASE, TIES, SERVICES, PERMISSION, RATINGS, LINKS, CONDITIONS, SOURCES),
)
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
REQUIRED: tuple[str, ...] = tuple(table.name for table in TABLES if table.required)
