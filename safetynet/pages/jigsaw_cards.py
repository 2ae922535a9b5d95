"""The cards of a training pack: what each professional or agency had by a day, in words addressed to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ..case.records import Row
from ..case.vocabulary import LOOKING_BACK
from ..dates import Window
from ..tables._who_knew_what import ON_RECORD, STATES, Cell, lines
from ..wording import in_words, short_day, short_when
from .family import OUTCOMES, SAYS, SEEN, TO_NOBODY
from .jigsaw_then import Then

HOW = {"first hand": "first hand", "told": "told", "source not recorded": "source not recorded"}


class Held(NamedTuple):
    """One concern on a card: its number there, what it is, how it came, and since when."""

    number: int
    concern: str
    text: str
    how: str
    since: str


class Line(NamedTuple):
    """One thing that happened, as the holder of a card would tell it; numbers are those of concerns on the card."""

    row: str
    when: str
    said: str
    text: str
    more: str
    numbers: tuple[int, ...]


class Card(NamedTuple):
    """A card: whose it is, and what they had.

    Attributes
    ----------
    members : tuple of str
        Whose records it joins: one person or file, or an agency's file and its people.
    roles : str
        Who that is in words.
    is_file : bool
        Whether it is the file of an agency, which no row shows that anybody read.
    """

    number: int
    key: str
    members: tuple[str, ...]
    name: str
    roles: str
    is_file: bool
    group: int
    held: list[Held]
    lines: list[Line]

    @property
    def concerns(self) -> frozenset[str]:
        """The concerns that stand on it."""
        return frozenset(one.concern for one in self.held)


def cards_of(then: Then, groups: int | None = None) -> list[Card]:
    """A card for everybody who has appeared by the day, first come first; dealt to groups if a number is given."""
    cells = {(cell.holder, cell.concern): cell for cell in lines(then.view, "recorded", chains=False)}
    holders = _holders(then)
    dealt = deal([(key, then.view.party(key)) for key in holders], groups) if groups else {}
    made = []
    for number, (key, members) in enumerate(holders.items(), start=1):
        held = _held(then, members, cells)
        numbers = {one.concern: one.number for one in held}
        said = [_line(then, row, members, numbers) for row in then.view.rows if _has(then, row, members)]
        is_file = members == (key,) and key in then.view.records.agencies and then.by_person
        made.append(
            Card(number, key, members, *_who(then, key, members, is_file), is_file, dealt.get(key, 0), held, said)
        )
    return made


def _holders(then: Then) -> dict[str, tuple[str, ...]]:
    """Whose cards there are, in the order in which they appeared: people and files, or agencies with both."""
    view = then.view
    order = sorted(view.actors, key=lambda one: (view.appeared.get(one, view.day), one))
    if then.by_person:
        return {one: (one,) for one in order}
    found: dict[str, tuple[str, ...]] = {}
    for one in order:
        found[view.party(one)] = (*found.get(view.party(one), ()), one)
    return found


def _who(then: Then, key: str, members: tuple[str, ...], is_file: bool) -> tuple[str, str]:
    """The heading of a card, and who that is."""
    view = then.view
    name = then.told(view.name(key)) or in_words(then.called(key))
    if is_file:
        return f"File of {name}", "what stood in the file; no row shows that a person read it unless their card has it"
    roles = [then.told(then.names.roles[one]) or "professional" for one in members if one in then.names.roles]
    if then.by_person:
        agency = view.records.agencies.get(view.party(key))
        return name, ", ".join([*roles, *([then.told(view.name(agency.id))] if agency else [])])
    file = ["the agency’s file"] if any(one in view.records.agencies for one in members) else []
    return name, in_words([*roles, *file])


def _held(then: Then, members: Iterable[str], cells: Mapping[tuple[str, str], Cell]) -> list[Held]:
    """The concerns on the record of any of them, by the day since which they have it."""
    view = then.view
    best: dict[str, tuple[int, int]] = {}
    for one in members:
        for concern in sorted(view.held.get(one, ())):
            state = cells[one, concern].state if (one, concern) in cells else ON_RECORD[1]
            since = view.since[one, concern]
            place, day = best.get(concern, (len(STATES), since))
            best[concern] = min(place, STATES.index(state)), min(day, since)
    order = sorted(best, key=lambda concern: (best[concern][1], list(view.records.concerns).index(concern)))
    return [
        Held(number, concern, then.concern(concern), HOW[STATES[best[concern][0]]], short_day(best[concern][1]))
        for number, concern in enumerate(order, start=1)
    ]


def got(then: Then, row: Row, one: str) -> bool:
    """Whether a row brought somebody what was said in it by the day."""
    view = then.view
    if not row.is_contact or one not in view.reaches(row):
        return False
    return row.is_together or view.by(row.reached)


def _has(then: Then, row: Row, members: Iterable[str]) -> bool:
    """Whether one of them did something in a row, or it reached one of them."""
    did = row.kind not in LOOKING_BACK and any(one in row.who for one in members)
    return did or any(got(then, row, one) for one in members)


def _line(then: Then, row: Row, members: tuple[str, ...], numbers: dict[str, int]) -> Line:
    known = all(one in numbers for one in row.concerns)
    sent = row.is_sent and (row.received == "no" or row.received_on is not None)
    own = tuple(numbers[one] for one in row.concerns if one in numbers)
    text = then.summary(row.id) if known and not sent else ""
    if text.casefold() in {then.concern(one).casefold() for one in row.concerns if one in numbers}:
        text = ""
    return Line(row.id, short_when(row.date), _said(then, row, members), text, " ".join(_more(row, members)), own)


def _said(then: Then, row: Row, members: tuple[str, ...]) -> str:
    """Who did what, told to the holder of the card: nobody is named of whom the row did not tell them."""
    did = any(one in row.who for one in members)
    call = _caller(then, members)
    to = call(row.to if did else [one for one in row.to if one in members])
    if did and row.received == "no" and row.two_way:
        return _sentence("{who} tried to reach {to}", call(row.who), to)
    pattern = SAYS[row.kind] if to else TO_NOBODY.get(row.kind, SAYS[row.kind])
    if row.kind in ("decided", "opened", "closed") and to:
        pattern += ", and told {to}"
    if row.kind == "believed" and to:
        pattern += ", of {to}"
    there = call(row.present if did else [one for one in row.present if one in members])
    if there and row.is_contact:
        pattern += "; in the room: {there}"
    return _sentence(pattern, call(row.who), to, there)


def _sentence(pattern: str, who: str, to: str, there: str = "") -> str:
    said = pattern.format(who=who or "somebody", to=to, there=there)
    return said[:1].upper() + said[1:]


def _caller(then: Then, members: tuple[str, ...]) -> Callable[[Iterable[str]], str]:
    """How the others in a row, and the holder, are called on the card."""

    def called(ones: Iterable[str]) -> str:
        some = list(ones)
        mine = [one for one in some if one in members]
        if then.by_person:
            words = ["you"] if mine and mine[0] not in then.view.records.agencies else ["this file"] if mine else []
        else:
            roles = [then.told(then.names.roles[one]) if one in then.names.roles else "file" for one in mine]
            words = [f"your {role or 'colleague'}" for role in roles]
        return in_words([*words, *then.called(*(one for one in some if one not in members))])

    return called


def _more(row: Row, members: tuple[str, ...]) -> Iterator[str]:
    """What else the row says, of what the holder can have seen."""
    did = any(one in row.who for one in members)
    if row.outcome in OUTCOMES:
        yield OUTCOMES[row.outcome]
    if row.seen in SEEN and (did or row.is_together):
        yield SEEN[row.seen]
    if row.channel and row.is_sent:
        yield f"By {row.channel.replace('_', ' ')}."
    if row.due is not None:
        yield in_days(row.due - row.date.last)
    if row.count > 1:
        yield f"This happened {row.count} times."
    if row.interpreter:
        yield "No interpreter was there." if row.interpreter == "none" else "An interpreter was there."
    if did and row.reason:
        yield f"The reason written down: {row.reason.replace('_', ' ')}."
    if did and row.rating:
        yield f"How grave it was thought then: {row.rating} of 4."
    if not did and row.received_on is not None:
        yield f"Read on {short_when(Window(*row.reached[:2]))}."


def in_days(number: int) -> str:
    """How long there was for something; a date may lie after the day of the pack."""
    if number < 0:
        return ""
    return "To be done the same day." if number == 0 else f"To be done within {number} day{'s' if number > 1 else ''}."


def deal(cards: list[tuple[str, str]], groups: int) -> dict[str, int]:
    """Which group has each card: cards of one agency stay together where there are agencies enough.

    Examples
    --------
    >>> from safetynet.pages.jigsaw_cards import deal
    >>> deal([("teacher", "school"), ("doctor", "health"), ("head", "school"), ("nurse", "health")], 2)
    {'teacher': 1, 'head': 1, 'doctor': 2, 'nurse': 2}
    """
    sizes = Counter(party or key for key, party in cards)
    together = len(sizes) >= groups
    bundles: dict[str, list[str]] = {}
    for key, party in cards:
        bundles.setdefault((party or key) if together else key, []).append(key)
    load = [0] * groups
    found: dict[str, int] = {}
    for bundle in sorted(bundles.values(), key=len, reverse=True):
        place = load.index(min(load))
        load[place] += len(bundle)
        found |= dict.fromkeys(bundle, place + 1)
    return found
