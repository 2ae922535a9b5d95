"""Who and what of one coder is who and what of another: people, agencies and concerns, one to one.

Ids often differ between two coders, or mean something else. What is not given is told from ids, names, agencies, roles
and categories, and from the rows in which somebody or something stands; what was taken for the same is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from ..case.records import Concern, Person, Records, Row
from ..case.slips import bare
from ..errors import ArgumentError, UnknownNameError, type_of, unknown, unknown_holder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

Table = Literal["people", "agencies", "concerns"]
TABLES: tuple[Table, ...] = ("agencies", "people", "concerns")  # people have agencies, concerns are about people
Given: TypeAlias = "Mapping[str, str | Iterable[str] | None] | None"
TakenBy = Literal["given", "id", "name", "likeness"]
Label: TypeAlias = tuple[str, str]
"""What an id means: the id of the first coder and that of the second, empty where there is none."""
LEAST = 0.5  # how alike two have to be to be taken for the same
SAME_ID = 0.3  # what the same id adds
SAME_ORDER = 1e-7  # what the same place in their order adds at most: it decides only between what is equal


class Same(NamedTuple):
    """An id of the first coder that is taken for one of the second."""

    table: Table
    in_a: str
    in_b: str
    taken_by: TakenBy


@dataclass
class Counterparts:
    """Which ids of two cases mean the same.

    `a` and `b` give each id a label: two ids mean the same where their labels are one. `several` are the ids that
    stand together for what is one, or several, on the other side.
    """

    same: list[Same] = field(default_factory=list)
    several: list[tuple[Table, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    a: dict[str, Label] = field(default_factory=dict)  # of people and agencies
    b: dict[str, Label] = field(default_factory=dict)
    concerns_a: dict[str, Label] = field(default_factory=dict)
    concerns_b: dict[str, Label] = field(default_factory=dict)

    def labels(self, table: Table) -> tuple[dict[str, Label], dict[str, Label]]:
        """The labels of the two sides."""
        return (self.concerns_a, self.concerns_b) if table == "concerns" else (self.a, self.b)

    def pairs(self, table: Table) -> list[tuple[str, str]]:
        """The ids of a table that are the same, one to one."""
        return [(one.in_a, one.in_b) for one in self.same if one.table == table]

    def take(self, table: Table, left: Iterable[str], right: Iterable[str], same: Iterable[Same]) -> None:
        """Give the ids of a table their labels."""
        a, b = self.labels(table)
        a.update({one: (one, "") for one in left})
        b.update({one: ("", one) for one in right})
        for one in same:
            self.same.append(one)
            a[one.in_a] = b[one.in_b] = (one.in_a, one.in_b)

    def join(self, table: Table, in_a: Iterable[str], in_b: Iterable[str]) -> None:
        """Let several ids of one side mean what one of the other does."""
        a, b = self.labels(table)
        left, right = tuple(in_a), tuple(in_b)
        self.several.append((table, left, right))
        label = next((a[one] for one in left if a[one][1]), b[right[0]])
        a.update(dict.fromkeys(left, label))
        b.update(dict.fromkeys(right, label))


def counterparts(a: Records, b: Records, people: Given, concerns: Given) -> Counterparts:
    """Who and what is the same in two cases; what is given comes first.

    Raises
    ------
    ArgumentError
        With everything that is wrong with what is given.
    """
    problems: list[str] = []
    given_people = _given("people", people, {**a.people, **a.agencies}, {**b.people, **b.agencies}, problems)
    given_concerns = _given("concerns", concerns, a.concerns, b.concerns, problems)
    if problems:
        raise ArgumentError(" ".join(problems))
    found = Counterparts()
    for table in TABLES:
        given = given_concerns if table == "concerns" else given_people
        left, right = getattr(a, table), getattr(b, table)
        here = [(one, other) for one, others in given.items() if one in left for other in others if other in right]
        same = _first_of_each(table, here)
        rest = [one for one in left if one not in given], [one for one in right if one not in {two for _, two in here}]
        same += _told(table, left, right, rest, _LIKENESS[table](a, b, found))
        found.take(table, left, right, same)
        for ids_a, ids_b in _several(here):
            found.join(table, ids_a, ids_b)
    for one, others in given_people.items():  # a person of one coder that is a desk of the other
        for other in others:
            if (one in a.people) != (other in b.people):
                found.join("people", [one], [other])
    return found


def _given(
    name: str, given: object, left: Mapping[str, Any], right: Mapping[str, Any], problems: list[str]
) -> dict[str, tuple[str, ...]]:
    """What a mapping says, with all that is wrong with it in `problems`."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        problems.append(f"{name} is a mapping from ids of a to ids of b, not {type_of(given)}.")
        return {}
    made: dict[str, tuple[str, ...]] = {}
    for one, others in given.items():
        listed = () if others is None else (others,) if isinstance(others, str) else others
        if not isinstance(listed, Iterable):
            problems.append(f"{name}[{one!r}] is an id of b, several, or None; not {type_of(others)}.")
            continue
        made[str(one)] = tuple(map(str, listed))
        for side, ids, known in (("a", (str(one),), left), ("b", made[str(one)], right)):
            problems += [f"{name}, in {side}: {_unknown(name, who, known)}" for who in ids if who not in known]
    return made


def _unknown(name: str, who: str, known: Mapping[str, Any]) -> UnknownNameError:
    if name == "concerns":
        return unknown("the concern", who, known)
    return unknown_holder(who, {one: thing.name for one, thing in known.items()})


def _first_of_each(table: Table, given: Iterable[tuple[str, str]]) -> list[Same]:
    """Of what is given, the pairs that are one to one: each id with the first that is free."""
    taken: dict[str, str] = {}
    for one, other in given:
        if one not in taken and other not in taken.values():
            taken[one] = other
    return [Same(table, one, other, "given") for one, other in taken.items()]


def _several(given: Iterable[tuple[str, str]]) -> list[tuple[list[str], list[str]]]:
    """Of what is given, the ids of one side that are one on the other."""
    of_a: defaultdict[str, list[str]] = defaultdict(list)
    of_b: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in given:
        of_a[one].append(other)
        of_b[other].append(one)
    found = [([one], others) for one, others in of_a.items() if len(others) > 1]
    return found + [(ones, [other]) for other, ones in of_b.items() if len(ones) > 1]


def _told(
    table: Table,
    left: Mapping[str, Any],
    right: Mapping[str, Any],
    rest: tuple[list[str], list[str]],
    like: Callable[[Any, Any], tuple[float, bool]],
) -> list[Same]:
    """The pairs of what is not given, as alike as possible together."""
    import numpy as np

    ones, others = sorted(rest[0]), sorted(rest[1])
    scores, named = np.zeros((len(ones), len(others))), set()
    for row, one in enumerate(ones):
        for column, other in enumerate(others):
            alike, by_name = like(left[one], right[other])
            alike += SAME_ID * (one == other)
            scores[row, column] = alike if alike >= LEAST else 0.0
            if by_name:
                named.add((one, other))
    same: list[Same] = []
    for row, column in assigned(scores):
        one, other = ones[row], others[column]
        taken_by: TakenBy = "id" if one == other else "name" if (one, other) in named else "likeness"
        same.append(Same(table, one, other, taken_by))
    return same


def assigned(scores: Array) -> list[tuple[int, int]]:
    """The pairs of rows and columns with the greatest sum; 0 is no pair. Between equals the order decides."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    if not scores.size:
        return []
    apart = np.subtract.outer(np.arange(scores.shape[0]), np.arange(scores.shape[1])) / max(scores.shape)
    rows, columns = linear_sum_assignment(np.where(scores > 0, scores - SAME_ORDER * apart**2, 0.0), maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(row, column) for row, column in pairs if scores[row, column] > 0]


# how alike two are ------------------------------------------------------------------------------------------


def overlap(one: Iterable[Any], other: Iterable[Any]) -> float:
    """Twice what two sets share, by their sizes (Dice); 0 where either is empty."""
    left, right = set(one), set(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


class _Text(NamedTuple):
    """A text as it is compared: its letters and digits, its words, and which of them are numbers."""

    letters: str
    words: frozenset[str]
    numbers: frozenset[str]


@lru_cache(maxsize=5_000)
def _text(text: str) -> _Text:
    words = frozenset(word for part in text.split() if (word := bare(part)))
    return _Text(bare(text), words, frozenset(word for word in words if word.isdigit()))


def _words(one: str, other: str) -> float:
    """How alike two texts are: 1 the same letters, 0 no word in common or other numbers in them."""
    left, right = _text(one), _text(other)
    if left.letters == right.letters:
        return 1.0 if left.letters else 0.0
    return overlap(left.words, right.words) if left.numbers == right.numbers else 0.0


def _of_agencies(a: Records, b: Records, _found: Counterparts) -> Callable[[Any, Any], tuple[float, bool]]:
    days = [_days(records, _agencies_of(records)) for records in (a, b)]

    def like(one: Any, other: Any) -> tuple[float, bool]:
        name = _words(one.name, other.name)
        text = 0.8 * name + 0.2 * (one.sector == other.sector)
        return max(text, (text + 2 * overlap(days[0][one.id], days[1][other.id])) / 3), name == 1

    return like


def _of_people(a: Records, b: Records, found: Counterparts) -> Callable[[Any, Any], tuple[float, bool]]:
    days = [_days(records, _people_of) for records in (a, b)]
    one_child = len(a.children) == len(b.children) == 1

    def like(one: Person, other: Person) -> tuple[float, bool]:
        if one_child and one.kind == other.kind == "child":
            return 1.0, False
        name = _words(one.name, other.name)
        role = max(_words(one.role or one.name, other.role or other.name), _words(one.role, other.name))
        agency = bool(one.agency) and found.a[one.agency] == found.b.get(other.agency)
        text = 0.5 * name + 0.25 * agency + 0.25 * max(role, _words(one.name, other.role))
        alike = max(text, (text + 2 * overlap(days[0][one.id], days[1][other.id])) / 3)
        return (alike if one.kind == other.kind else 0.6 * alike * (name == 1 or one.id == other.id)), name == 1

    return like


def _of_concerns(a: Records, b: Records, found: Counterparts) -> Callable[[Any, Any], tuple[float, bool]]:
    sides = ((a, found.a), (b, found.b))
    stands = []
    for records, labels in sides:
        places: defaultdict[str, set[Any]] = defaultdict(set)
        for row in records.rows:
            for concern in row.concerns:
                places[concern].update((row.date.first, labels[one]) for one in row.who)
        stands.append(places)

    def like(one: Concern, other: Concern) -> tuple[float, bool]:
        text = _words(one.summary, other.summary)
        about = overlap([found.a[who] for who in one.about], [found.b[who] for who in other.about])
        code = 0.5 * (one.category == other.category) + 0.25 * about
        code += 0.25 * (1 - abs(one.severity - other.severity) / 4)
        here, there = stands[0][one.id], stands[1][other.id]
        if not here or not there:  # a concern without a row says nothing of where it stands
            return 0.54 * code + 0.36 * text, text == 1
        return 0.35 * code + 0.25 * text + 0.4 * overlap(here, there), text == 1

    return like


def _people_of(row: Row) -> tuple[str, ...]:
    return (*row.who, *row.to, *row.present, *row.about, *row.absent, row.interpreter)


def _agencies_of(records: Records) -> Callable[[Row], Iterable[str]]:
    """The agencies that stand in a row, themselves or by somebody who works there."""
    home = {one.id: one.agency for one in records.people.values() if one.agency}
    return lambda row: {home.get(one, one) for one in _people_of(row)}


def _days(records: Records, whose: Callable[[Row], Iterable[str]]) -> dict[str, set[tuple[int, str]]]:
    """On which days, in which kind of row, each stands."""
    found: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
    for row in records.rows:
        for one in whose(row):
            found[one].add((row.date.first, row.kind))
    return found


_LIKENESS: Mapping[Table, Callable[[Records, Records, Counterparts], Callable[[Any, Any], tuple[float, bool]]]] = {
    "agencies": _of_agencies,
    "people": _of_people,
    "concerns": _of_concerns,
}
