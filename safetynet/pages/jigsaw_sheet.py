"""The facilitator's sheet: what happened with who holds it, where to stop, what to ask, and the cards joined up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from ..case.records import Row
from ..measures import meeting, opportunities, picture
from ..record.snapshot import Snapshot, snapshot
from ..wording import in_words, short_day, short_when
from .extent import SHORT
from .family import OUTCOMES, Entry, entry
from .jigsaw_cards import Card, got, in_days
from .jigsaw_then import Then
from .names import Said, unnamed
from .opening import Topic, matters_of

QUESTIONS = SHORT._replace(more=0, matters=8, strengths=4)
MOST = 12  # conversations that are listed
SIGNS = {"first hand": "S", "told": "T", "source not recorded": "?"}


class Moment(NamedTuple):
    """A row of the timeline: what happened, and the numbers of the cards that have it."""

    entry: Entry
    cards: str


class Stop(NamedTuple):
    """A decision at which to stop: who had what on record that day, who else had more, and what was decided."""

    when: str
    who: str
    had: list[str]
    elsewhere: list[tuple[str, str]]
    decided: str


class Piece(NamedTuple):
    """One concern in the reveal: its letter, what it is, and how each card has it."""

    letter: str
    text: str
    signs: list[str]


def sheet_of(then: Then, cards: list[Card]) -> dict[str, Any]:
    """Everything on the facilitator's sheet."""
    pieces = _pieces(then, cards)
    return {
        "moments": [Moment(plain(then, row), _on_cards(row, cards)) for row in then.view.rows if row.kind != "needed"],
        "stops": [_stop(then, row, cards) for row in then.view.of_kind("decided")],
        "questions": _questions(then),
        "conditions": list(_conditions(then)),
        "pieces": pieces,
        "invited": _invited(then, {one: piece.letter for one, piece in pieces.items()}),
        "chances": list(dict.fromkeys(_chances(then)))[:MOST],
        "best": _told_of(then, picture.best_picture(unnamed(then.case), then.date, rules=then.view.rules).explain()),
    }


def plain(then: Then, row: Row) -> Entry:
    """A row in plain words, without what is dated after the day: when something was due is a number of days."""
    later = row.due is not None and row.due > then.day
    said = entry(then.view, then.names, replace(row, due=None) if later else row)
    words = then.summary(row.id) or "; ".join(then.concern(one) for one in row.concerns)
    words += "." if words and words[-1] not in ".!?…" else ""
    more = " ".join([said.more, in_days(row.due - row.date.last)] if later and row.due is not None else [said.more])
    told = then.say(said.said) or "Something was written down"
    return said._replace(words=words, more=then.told(more), said=Said(told, told))


def _on_cards(row: Row, cards: list[Card]) -> str:
    return ", ".join(str(card.number) for card in cards if any(line.row == row.id for line in card.lines))


def _stop(then: Then, row: Row, cards: list[Card]) -> Stop:
    """What those who decided had on record by the end of the day, and what only others had."""
    view = then.view.on(then.view.when(row.date))
    had = frozenset[str]().union(*(view.held.get(one, frozenset()) for one in row.who))
    elsewhere = []
    for concern in _by_first(view):
        holders = [card for card in cards if any(concern in view.held.get(one, ()) for one in card.members)]
        if concern not in had and holders:
            elsewhere.append((then.concern(concern), ", ".join(str(card.number) for card in holders)))
    said = OUTCOMES.get(row.outcome, "")
    decided = " ".join(one for one in (said, then.summary(row.id)) if one) or "The record does not say more."
    known = [then.concern(one) for one in _by_first(view) if one in had]
    return Stop(short_when(row.date), in_words(then.called(*row.who)), known, elsewhere, decided)


def _by_first(view: Snapshot) -> list[str]:
    """The concerns on somebody's record, first come first."""
    first: dict[str, int] = {}
    for (_, concern), day in view.since.items():
        first[concern] = min(day, first.get(concern, day))
    return sorted(first, key=lambda one: (first[one], one))


def _questions(then: Then) -> dict[str, list[Topic]]:
    """What a panel would ask of this record on that day, without hindsight."""
    hidden = snapshot(unnamed(then.case), then.date, then.view.rules)
    found = matters_of(hidden, then.names, QUESTIONS, hindsight=False)
    return {side: [one for one in some.first if _is_told(then, one)] for side, some in found.items()}


def _is_told(then: Then, topic: Topic) -> bool:
    said = topic.leading
    return all(then.told(one) for text in (said.sentence, said.question) for one in text if one)


def _told_of(then: Then, sentence: str) -> str:
    return then.say(then.names.say(sentence))


def _conditions(then: Then) -> Iterator[str]:
    """What the work was done in, of what had begun."""
    view = then.view
    for one in view.records.conditions:
        if (one.start is None or one.start.first <= then.day) and (said := then.told(one.summary)):
            where = f"{then.told(view.name(one.agency))}: " if one.agency else ""
            yield f"{where}{said}"


def _pieces(then: Then, cards: list[Card]) -> dict[str, Piece]:
    """The concerns of all cards together, first come first."""
    held = [{one.concern: SIGNS[one.how] for one in card.held} for card in cards]
    order = [one for one in _by_first(then.view) if any(one in some for some in held)]
    return {
        one: Piece(letter(place), then.concern(one), [some.get(one, "") for some in held])
        for place, one in enumerate(order)
    }


def letter(place: int) -> str:
    """The name of a piece: A to Z, then A2 and so on.

    Examples
    --------
    >>> from safetynet.pages.jigsaw_sheet import letter
    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'A2')
    """
    again, sign = divmod(place, 26)
    return chr(ord("A") + sign) + (str(again + 1) if again else "")


def _invited(then: Then, letters: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The fewest who together had every worry: who, what each brings, and what only they have."""
    return [
        (in_words(then.called(one.person)), _lettered(one.concerns, letters), _lettered(one.only, letters))
        for one in meeting.lines(then.view)
    ]


def _lettered(concerns: Iterable[str], letters: Mapping[str, str]) -> str:
    return ", ".join(sorted(letters[one] for one in concerns if one in letters))


def _chances(then: Then) -> Iterator[tuple[str, str, str, str]]:
    """Contacts in which something could have come to an agency for the first time, and no row shows that it did."""
    for one in opportunities.lines(then.view):
        who, to = (in_words(then.called(*some)) for some in (one.holders, one.recipients))
        yield short_day(one.date), who, to, then.concern(one.concern)


def pairs_of(then: Then, cards: list[Card]) -> dict[tuple[int, int], bool]:
    """The cards between which there was a contact by the day, and whether a concern was on record as passed in one."""
    view, found = then.view, dict[tuple[int, int], bool]()
    home = {one: card.number for card in cards for one in card.members}
    for (one, other), rows in view.contact_pairs(view.contacts_in(), home).items():
        pair = tuple(sorted((home[one], home[other])))
        if pair[0] != pair[1]:
            passed = any(view.by_id[row].concerns for row in rows)
            found[pair[0], pair[1]] = found.get((pair[0], pair[1]), False) or passed
    return found


def saw_of(then: Then, cards: list[Card]) -> frozenset[int]:
    """The cards whose holders saw a child by the day, as the rows say."""
    seen = [row for row in then.view.rows if row.saw_the_child]
    return frozenset(
        card.number
        for card in cards
        for row in seen
        if any(one in row.who or got(then, row, one) for one in card.members)
    )
