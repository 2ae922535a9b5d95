"""Which findings are one matter: those that rest on the same rows, concerns and people for the most part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..record.naming import gravest_first, short_name
from ..record.snapshot import Snapshot
from ..wording import day, in_words
from .base import Finding
from .weight import agreed


def join(view: Snapshot, found: Sequence[Finding]) -> list[list[Finding]]:
    """The findings of each matter, the heaviest first; `found` is in order of weight.

    A finding belongs to the matter whose leader it is most like, if that is for more than half (`alike`). How alike two
    are is the mean of three shares, each of the one that has fewer: the concerns both are about, the rows both rest
    on, the people and agencies both are about; of all that either is about, half at least must be about both. A kind
    with `many` findings, between them about more than half of the agencies or of the known worries, is a matter of its
    own, which others may join.
    """
    everywhere = _everywhere(view, found)
    matters: list[list[Finding]] = []
    of_kind: dict[tuple[str, str], list[Finding]] = {}
    for one in found:
        kind = (one.side, one.kind)
        home = of_kind.get(kind) if kind in everywhere else _home(view, matters, one)
        if home is None:
            matters.append(home := [])
            of_kind.setdefault(kind, home)
        home.append(one)
    return matters


def _everywhere(view: Snapshot, found: Iterable[Finding]) -> set[tuple[str, str]]:
    """The kinds that fire for most agencies or worries of the case."""
    kinds: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for one in found:
        kinds[one.side, one.kind].append(one)
    most = {
        kind
        for kind, ones in kinds.items()
        if len(ones) >= view.rules.many
        and (
            _share((a for one in ones for a in one.agencies), view.counts["agencies"]) > view.rules.alike
            or _share((c for one in ones for c in one.concerns if c in view.worries), len(view.worries))
            > view.rules.alike
        )
    }
    return most


def _share(ones: Iterable[str], of: int) -> float:
    return len(set(ones)) / of if of else 0.0


def _home(view: Snapshot, matters: Sequence[list[Finding]], one: Finding) -> list[Finding] | None:
    """The matter to which a finding belongs: of those it is like enough, the one it is most like, else the heaviest."""
    likeness = [
        (_alike(view, matter[0], one), -place) for place, matter in enumerate(matters) if matter[0].side == one.side
    ]
    most, place = max(likeness, default=(0.0, 0))
    return matters[-place] if most > view.rules.alike else None


def _alike(view: Snapshot, one: Finding, other: Finding) -> float:
    """For how much two findings are about the same: the mean of what they share of concerns, rows and parties."""
    every = set(one.concerns) | set(other.concerns)
    if len(set(one.concerns) & set(other.concerns)) < view.rules.alike * max(1, len(every)):
        return 0.0
    concerns = _shared(one.concerns, other.concerns)
    rows = _shared(one.basis, other.basis)
    parties = _shared(one.people + one.agencies, other.people + other.agencies)
    return (concerns + rows + parties) / 3


def _shared(one: Iterable[str], other: Iterable[str]) -> float:
    """The share of what two have both, of the one with fewer; 0 where one has nothing."""
    a, b = set(one), set(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def named(view: Snapshot, found: Sequence[Finding]) -> list[Finding]:
    """The findings in their order, each with its matter, which is named after its leader."""
    matters = join(view, found)
    headings = [_heading(view, matter[0]) for matter in matters]
    again = Counter(headings)
    for place, heading in enumerate(headings):
        if again[heading] > 1:
            headings[place] = _heading(view, matters[place][0], parties=True)
    twice = Counter(headings)
    seen: Counter[str] = Counter()
    made = []
    for heading, matter in zip(headings, matters, strict=True):
        seen[heading] += 1
        name = heading if twice[heading] == 1 else f"{heading}, {seen[heading]}"
        made.append((name, matter))
    return agreed(view, made)


def _heading(view: Snapshot, one: Finding, *, parties: bool = False) -> str:
    """What a matter is called: what its leader is, about what or whom, and since when."""
    codes = gravest_first(view, one.concerns)
    named = [short_name(view, party) for party in one.agencies or one.people]
    told = [", ".join(codes[:2]) + (" …" if len(codes) > 2 else "")] if codes else []
    if parties or not codes:
        told.append(in_words(named, 2))
    told += [day(one.date)] if one.date is not None else []
    said = ", ".join(part for part in told if part)
    return f"{one.title} ({said})" if said else one.title


class Matter(NamedTuple):
    """Findings that belong together, led by the heaviest; `findings` are their positions."""

    matter: str
    theme: str
    side: str
    date: int | None
    until: int | None
    statement: str
    findings: tuple[int, ...]
    people: tuple[str, ...]
    agencies: tuple[str, ...]
    concerns: tuple[str, ...]
    rows: tuple[str, ...]
    certainty: float
    weight: float


def as_matters(found: Sequence[Finding]) -> list[Matter]:
    """The matters of findings in their order, each where its heaviest finding stands."""
    groups: dict[str, list[int]] = {}
    for place, one in enumerate(found):
        groups.setdefault(one.matter, []).append(place)
    return [_matter([found[place] for place in places], tuple(places)) for places in groups.values()]


def _matter(members: Sequence[Finding], places: tuple[int, ...]) -> Matter:
    first = members[0]
    return Matter(
        matter=first.matter,
        theme=first.theme,
        side=first.side,
        date=min((one.date for one in members if one.date is not None), default=None),
        until=max((one.until for one in members if one.until is not None), default=None),
        statement=first.statement,
        findings=places,
        people=_all(one.people for one in members),
        agencies=_all(one.agencies for one in members),
        concerns=_all(one.concerns for one in members),
        rows=tuple(dict.fromkeys(row for one in members for row in one.rows)),
        certainty=first.certainty,
        weight=first.weight,
    )


def _all(ids: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({one for some in ids for one in some}))
