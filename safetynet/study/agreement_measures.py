"""The numbers of two coders' agreement: what both have, and how far they agree on it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, NamedTuple

from .alpha import Metric, alpha_of
from .counterparts import Table
from .disagreements import Coded
from .draws import band, stream
from .row_pairs import RowPair, Sides

BELIEFS = ("believed", "assumed")
CODES = ("channel", "seen", "received", "outcome", "reason")


class Line(NamedTuple):
    """A measure of agreement."""

    measure: str
    kind: str
    number: int
    value: float
    low: float
    high: float
    defined: float
    reason: str


class _How(NamedTuple):
    """How bands are drawn."""

    draws: int
    seed: int
    level: float


def measures(coded: Coded, draws: int, seed: int, level: float) -> list[Line]:
    """Every measure: what is there, then how it is coded."""
    how = _How(draws, seed, level)
    made: list[Line] = []
    of_rows: tuple[tuple[str, Callable[[Any], bool]], ...] = (
        ("contacts", lambda row: row.is_contact),
        ("beliefs", lambda row: row.kind in BELIEFS),
        ("rows", lambda row: bool(row.kind)),
    )
    for name, counts in of_rows:
        both = sum(counts(pair.a.row) and counts(pair.b.row) for pair in coded.pairs)
        made += _there(name, both, sum(map(counts, coded.a.rows)), sum(map(counts, coded.b.rows)), how)
    tables: tuple[Table, ...] = ("concerns", "people", "agencies")
    for table in tables:
        in_a, in_b = len(getattr(coded.a, table)), len(getattr(coded.b, table))
        made += _there(table, len(coded.found.pairs(table)), in_a, in_b, how)
    return [*made, *_of_rows(coded.pairs, how), *_of_tables(coded, how)]


def _there(name: str, both: int, in_a: int, in_b: int, how: _How) -> Iterator[Line]:
    """Recall, precision and F1 of what two coders have: so many in both, of so many of each."""
    yield _share(name, "recall", both, in_a, f"a has no {name}", how)
    yield _share(name, "precision", both, in_b, f"b has no {name}", how)
    every = in_a + in_b - both
    shares = _drawn(both, every, how)
    drawn = band([2 * share / (1 + share) for share in shares], how.level)
    value = 2 * both / (in_a + in_b) if every else float("nan")
    yield Line(name, "F1", every, value, reason="" if every else f"neither has {name}", **drawn)


def _share(name: str, kind: str, part: int, whole: int, reason: str, how: _How) -> Line:
    value = part / whole if whole else float("nan")
    drawn = band(_drawn(part, whole, how), how.level)
    return Line(name, kind, whole, value, reason="" if whole else reason, **drawn)


def _drawn(part: int, whole: int, how: _How) -> list[float]:
    """The share in samples of as many, drawn with replacement."""
    if not whole:
        return [float("nan")]
    places = stream(how.seed).random((how.draws, whole)) * whole
    shares: list[float] = (places < part).mean(axis=1).tolist()
    return shares


def _of_rows(pairs: Iterable[RowPair], how: _How) -> Iterator[Line]:
    """How the rows that both have are coded."""
    listed = list(pairs)
    none = "no row is taken for one of the other coder"
    alike: tuple[tuple[str, Callable[[Sides], object]], ...] = (
        ("same date", lambda side: side.row.date),
        ("same people", lambda side: side.parties),
        ("same concerns", lambda side: side.concerns),
    )
    for name, of in alike:
        yield _share(name, "share", sum(of(pair.a) == of(pair.b) for pair in listed), len(listed), none, how)
    kinds = [(pair.a.row.kind, pair.b.row.kind) for pair in listed]
    yield _alpha("kind of row", kinds, "nominal", how)
    yield _alpha("kind of belief", [pair for pair in kinds if set(pair) & set(BELIEFS)], "nominal", how)
    for name in CODES:
        yield _alpha(name, [(pair.a.codes[name], pair.b.codes[name]) for pair in listed], "nominal", how)
    yield _alpha("rating", [(pair.a.row.rating, pair.b.row.rating) for pair in listed], "ordinal", how)


def _of_tables(coded: Coded, how: _How) -> Iterator[Line]:
    """How the concerns, people and agencies that both have are coded."""
    found, a, b = coded.found, coded.a, coded.b
    both = [(a.concerns[one], b.concerns[other]) for one, other in found.pairs("concerns")]
    yield _alpha("severity", [(one.severity, other.severity) for one, other in both], "ordinal", how)
    yield _alpha("category", [(one.category, other.category) for one, other in both], "nominal", how)
    people = [(a.people[one], b.people[other]) for one, other in found.pairs("people")]
    yield _alpha("kind of person", [(one.kind, other.kind) for one, other in people], "nominal", how)
    agencies = [(found.a.get(one.agency), found.b.get(other.agency)) for one, other in people]
    yield _alpha("agency of person", agencies, "nominal", how)
    sectors = [(a.agencies[one].sector, b.agencies[other].sector) for one, other in found.pairs("agencies")]
    yield _alpha("sector of agency", sectors, "nominal", how)


def _alpha(name: str, pairs: Iterable[tuple[Hashable, Hashable]], metric: Metric, how: _How) -> Line:
    """Alpha of pairs of values; what is empty is no value."""
    units = [[value for value in pair if value not in (None, "")] for pair in pairs]
    found = alpha_of(units, metric, draws=how.draws, seed=how.seed, level=how.level)
    return Line(name, f"{metric} alpha", *found)
