"""Which findings are one matter: those that rest on the same rows, concerns and people for the most part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..record.naming import gravest_first, short_name
from ..record.snapshot import Snapshot
from ..wording import day, in_words
from .base import Finding
from .weight import agreed, order


def join(view: Snapshot, found: Sequence[Finding]) -> list[list[Finding]]:
    """The findings of each matter, the heaviest first; `found` is in order of weight.

    A finding belongs to the first matter whose leader has more than half (`alike`) of the same rows, the same concerns
    and the same people and agencies, of whichever of the two has fewer. A kind that fires for more than half of the
    agencies or of the known worries is one matter.
    """
    everywhere = _everywhere(view, found)
    matters: list[list[Finding]] = []
    of_kind: dict[tuple[str, str], list[Finding]] = {}
    for one in found:
        wide = (one.side, one.kind) in everywhere
        home = of_kind.get((one.side, one.kind)) if wide else None
        if home is None:
            home = next((matter for matter in matters if _same(view, matter[0], one)), None)
        if home is None:
            matters.append(home := [])
        home.append(one)
        if wide:
            of_kind.setdefault((one.side, one.kind), home)
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


def _same(view: Snapshot, one: Finding, other: Finding) -> bool:
    """Whether two findings are one matter."""
    if one.side != other.side:
        return False
    sides = (
        (one.rows, other.rows),
        (one.concerns, other.concerns),
        (one.people + one.agencies, other.people + other.agencies),
    )
    shares = [len(set(a) & set(b)) / min(len(set(a)), len(set(b))) for a, b in sides if a and b]
    return len(shares) > 1 and all(share > view.rules.alike for share in shares)


def named(view: Snapshot, found: Sequence[Finding]) -> list[Finding]:
    """The findings in their order, each with its matter, which is named after its leader."""
    matters = join(view, found)
    headings = [_heading(view, matter[0]) for matter in matters]
    twice = Counter(headings)
    seen: Counter[str] = Counter()
    made = []
    for heading, matter in zip(headings, matters, strict=True):
        seen[heading] += 1
        name = heading if twice[heading] == 1 else f"{heading}, {seen[heading]}"
        made.append([replace(one, matter=name) for one in matter])
    return agreed(view, made)


def _heading(view: Snapshot, one: Finding) -> str:
    """What a matter is called: what its leader is, and about what or whom."""
    codes = gravest_first(view, one.concerns)
    parties = [short_name(view, party) for party in one.agencies or one.people]
    about = ", ".join(codes[:2]) + (" …" if len(codes) > 2 else "") if codes else in_words(parties, 2)
    when = day(one.date) if one.date is not None else ""
    told = ", ".join(part for part in (about, when) if part)
    return f"{one.title} ({told})" if told else one.title


def as_matters(found: Sequence[Finding]) -> list[dict[str, object]]:
    """A line for each matter, in the order of its heaviest finding."""
    groups: dict[str, list[int]] = {}
    for place, one in enumerate(found):
        groups.setdefault(one.matter, []).append(place)
    lines: list[dict[str, object]] = []
    for matter, places in groups.items():
        members = [found[place] for place in places]
        first = members[0]
        dates = [one.date for one in members if one.date is not None]
        ends = [one.until for one in members if one.until is not None]
        lines.append(
            {
                "matter": matter,
                "theme": first.theme,
                "side": first.side,
                "date": min(dates, default=None),
                "until": max(ends, default=None),
                "statement": first.statement,
                "findings": tuple(places),
                **{name: _all(members, name) for name in ("people", "agencies", "concerns")},
                "rows": tuple(dict.fromkeys(row for one in members for row in one.rows)),
                "certainty": first.certainty,
                "weight": first.weight,
            }
        )
    return lines


def _all(members: Iterable[Finding], name: str) -> tuple[str, ...]:
    return tuple(sorted({one for member in members for one in getattr(member, name)}))


__all__ = ["as_matters", "join", "named", "order"]
