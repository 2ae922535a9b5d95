"""Every headline number from day to day: the same as asked of each day anew, worked out from what the day changed.

Each column takes the record as it grows (:class:`~safetynet.record.forward.Forward`) and gives its number whenever it
is asked; it works only where something that it rests on has changed. :mod:`safetynet.measures.headline` has the numbers
of one day; where a formula is more than a word it stands beside that number, and both take it from there.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from ..case import Case
from ..record.forward import Forward, reach
from ..record.involvement import is_judged_by_then
from ..rules import Rules
from ..score import NAN
from ..spread.edges import each
from ..spread.joined import Joined, parts
from ..spread.steps import Distances
from . import cover
from .agencies import share_of_contacts
from .daily_chances import chances_columns
from .daily_worries import Totals, circles_column, owning_columns
from .fragmentation import share_of_pairs, share_of_steps
from .pairs import share_of_weights, weighed

Column = Callable[[], float]


def daily(case: Case, rules: Rules, days: Sequence[int]) -> Iterator[dict[str, float]] | None:
    """Every count and score on each of some days, which are in order; None where each day has to be asked anew."""
    if not days:
        return iter(())
    now = Forward(case, rules, days[-1])
    return _lines(now, columns(now), days) if is_judged_by_then(now.last) else None


def _lines(now: Forward, asked: Mapping[str, Column], days: Sequence[int]) -> Iterator[dict[str, float]]:
    for day in days:
        now.to(day)
        yield {**{name: float(number) for name, number in now.counts.items()}, **{n: one() for n, one in asked.items()}}


def columns(now: Forward) -> dict[str, Column]:
    """The column of every score."""
    return {
        **picture_columns(now),
        **owning_columns(now),
        **circles_column(now),
        **chances_columns(now),
        **networks(now),
    }


def kept(key: Callable[[], Hashable], make: Column) -> Column:
    """A number that is worked out again only where `key()` has changed."""
    last: list[tuple[Hashable, float]] = []

    def number() -> float:
        now = key()
        if not last or last[0][0] != now:
            last[:] = [(now, make())]
        return last[0][1]

    return number


# the picture ------------------------------------------------------------------------------------------


def picture_columns(now: Forward) -> dict[str, Column]:
    """Who holds what of the picture."""
    weigh, passed, size = Totals(now), Passed(now), cover.Fewest()
    pairs: dict[int, list[tuple[int, int, float]]] = {}  # of the known worries

    def best() -> float:
        if not now.known or not now.involved:
            return NAN
        return max(map(weigh.total, now.pieces(now.involved)), default=0.0) / weigh.total(now.known)

    def unshared() -> float:
        if now.known not in pairs:
            pairs.clear()
            pairs[now.known] = weighed(weigh.weights, each(now.known))
        return share_of_weights(pairs[now.known], [holders & now.involved for holders in now.holders])

    def clusters() -> float:
        among = sum(1 << one for one, held in enumerate(now.held) if held & now.known)
        return float(sum(bool(part & now.professionals) for part in parts(passed.beside(), among)))

    def exclusive() -> float:
        return float(sum((now.holders[worry] & now.involved).bit_count() == 1 for worry in each(now.current)))

    professionals = list(each(now.professionals))

    def meeting() -> float:
        return float(size.of([now.held[one] & now.known for one in professionals])) if now.known else NAN

    def holding() -> Hashable:
        return now.changed["held"], now.current, now.involved

    return {
        "best_picture": kept(holding, best),
        "unshared_pairs": kept(holding, unshared),
        "concern_clusters": kept(lambda: (now.changed["held"], len(now.passings), now.current), clusters),
        "exclusive_concerns": kept(holding, exclusive),
        "smallest_meeting": kept(lambda: (now.changed["held"], now.current), meeting),
    }


class Passed:
    """Between whom a known worry has moved."""

    def __init__(self, now: Forward) -> None:
        self.now = now
        self._known = self._read = 0  # the worries, and how many passings of theirs have been read
        self._beside = [0] * len(now.names)

    def beside(self) -> list[int]:
        """For each actor, those with whom one moved."""
        if self._known != self.now.known:
            self._known, self._read = self.now.known, 0
            self._beside = [0] * len(self._beside)
        for worry, one, other in self.now.passings[self._read :]:
            if self._known >> worry & 1:
                self._beside[one] |= 1 << other
                self._beside[other] |= 1 << one
        self._read = len(self.now.passings)
        return self._beside


# networks ---------------------------------------------------------------------------------------------


def networks(now: Forward) -> dict[str, Column]:
    """Who was in contact with whom."""
    in_time, distances, read = reach(now), Distances(len(now.names)), [0]  # so many pairs in contact have been read

    def number() -> int:
        return now.actors.bit_count()

    def distant() -> float:
        for one, other in now.contacts.pairs[read[0] :]:
            distances.join(one, other)
        read[0] = len(now.contacts.pairs)
        return share_of_steps(distances.counts, number())

    def late() -> float:
        among = now.involved | now.late_agencies
        sizes = (part.bit_count() for part in parts(now.late, among))
        return share_of_pairs(sum(size * (size - 1) for size in sizes), among.bit_count())

    def worries() -> float:
        return share_of_pairs(now.worry_contacts.together, number()) if now.ever_known else NAN

    def out_of_reach() -> float:
        return share_of_pairs(sum(held.bit_count() - 1 for held in in_time.to(now.day)), number())

    return {
        "worry_fragmentation": worries,
        "fragmentation": lambda: share_of_pairs(now.contacts.together, number()),
        "distance_fragmentation": kept(lambda: (len(now.contacts.pairs), now.actors), distant),
        "temporal_fragmentation": out_of_reach,
        "current_fragmentation": kept(lambda: (now.changed["late"], now.involved, now.late_agencies), late),
        **agencies(now),
    }


def agencies(now: Forward) -> dict[str, Column]:
    """Contact between agencies, and across against inside them."""
    joined, seen = Joined(len(now.names)), [0, 0]  # pairs read so far, and those across

    def read() -> None:
        for one, other in now.contacts.pairs[seen[0] :]:
            if now.parties[one] != now.parties[other]:
                joined.join(now.parties[one], now.parties[other])
                seen[1] += 1
        seen[0] = len(now.contacts.pairs)

    def apart() -> float:
        read()
        return share_of_pairs(joined.together, len({now.parties[one] for one in each(now.actors)}))

    def across() -> float:
        read()
        return share_of_contacts(seen[1], seen[0])

    def met() -> Hashable:
        return len(now.contacts.pairs), now.actors

    return {"agency_fragmentation": kept(met, apart), "ei_index": kept(met, across)}
