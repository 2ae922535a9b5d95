"""The arrays of many cases, the conventions as numbers, and the words of the case format as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...case.vocabulary import ROW_KINDS

if TYPE_CHECKING:
    from ...spread.kernels.parts import Ints, Numbers, Words

NEVER = 1 << 40  # a day after every other

OBSERVED, TOLD, ASKED, MET = (ROW_KINDS.index(one) for one in ("observed", "told", "asked", "met"))
WITHHELD, ASSUMED, AGREED, OPENED, CLOSED = (
    ROW_KINDS.index(one) for one in ("withheld", "assumed", "agreed", "opened", "closed")
)
DECIDED, DISAGREED, DONE, DECLINED = (ROW_KINDS.index(one) for one in ("decided", "disagreed", "done", "declined"))

# what a row is, as bits of one number
CONTACT, TOGETHER, SENT, TWO_WAY, ARRIVED, PAPER, SEEN_WELL, DOING, ACT, LOOKS_BACK, READ_LATER, ABOUT_ALL = (
    1 << place for place in range(12)
)

ANY = -2  # of the place that a permission is from, or to

# what came of a done row, or of a decision
COMPLETED, TRIED, REFUSED, PUT_ASIDE = 1, 2, 3, 4


# the lines of the arrays of a :class:`Flat` and of a record
HOLDERS, CONCERNS, ROWS, PERMISSIONS, PEOPLE = range(5)  # of `offsets`
PROFESSIONAL, WORKING, AGENCY, POST_ENDS, SECTOR = range(5)  # of `of_holder`
SEVERITY, RESOLVED, CATEGORY = range(3)  # of `of_concern`
KIND, FIRST, LAST, TIME, READ_FIRST, READ_LAST, READ_TIME, DUE, OUTCOME, FLAGS = range(10)  # of `of_row`
NAMES, ABOUT = range(2)  # of `bits`
WHO, TO, PRESENT, REFERS = range(4)  # of `at`
FROM_AGENCY, FROM_SECTOR, TO_AGENCY, TO_SECTOR, FOR_CATEGORY, WORD, BEGINS, ENDS = range(8)  # of `permissions`
SINCE, BY_ROW, OTHERWISE, OF_PARTY, PARTY_ROW, PARTY_OTHERWISE = range(6)  # of `since`
PARTY, APPEARED, ACTOR, INVOLVED = range(4)  # of `holders`
SOURCE, TARGET, BOTH = range(3)  # of `ways`


class Flat(NamedTuple):
    """Many cases as arrays; those of a case lie between two of its offsets, and numbers of holders begin at 0 in each.

    Few arrays with many lines are compiled much sooner than many arrays.

    Attributes
    ----------
    offsets : by case
        Where its holders (people, then agencies), its concerns, its rows and its permissions begin, and at last where
        they end; and how many people it has.
    children : by case
        Its children as bits.
    of_holder : by holder
        Whether they are a professional, and work with the family; the number of the agency of a person, of an agency
        its own, else -1; the last day of their post, or never; the sector of an agency, else -1.
    of_concern : by concern
        The severity, 0 of what is no worry; the last day of the date on which it was resolved, or never; its category.
    about : by concern
        The children whom it is about.
    of_row : by row
        Its kind; days, and seconds of the day or -1; `DUE` is 0 where there is none.
    bits : by row
        The concerns that it names; the children whom it is about.
    at, lists
        By row where its ``who``, ``to``, ``present`` and ``ref`` begin in `lists`, and at last where they end: numbers
        of holders, and of rows of the same case.
    permissions : by row of their table
        From which agency and which sector to which, each -1 where it is none and :data:`ANY` where it is any; the
        category, or -1; the place of the word, the strictest first; from when and until when it is in force.
    """

    offsets: Ints
    children: Words
    of_holder: Ints
    of_concern: Ints
    about: Words
    of_row: Ints
    bits: Words
    at: Ints
    lists: Ints
    permissions: Ints


class Terms(NamedTuple):
    """The conventions of a question, as numbers.

    `weights` by severity from 1; `felt` by severity and by how many others somebody sees; `compensated` says that
    Python adds up floats with a compensation, as it does from 3.12 on.
    """

    earliest: bool
    compensated: bool
    open_ended_days: int
    plan_days: int
    settled_days: int
    intake_days: int
    after_closing_days: int
    grace_days: int
    recent_days: int
    weights: Numbers
    felt: Numbers
