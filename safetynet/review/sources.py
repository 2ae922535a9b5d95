"""Findings about what the picture rests on: one word on which many rest, and what nobody alone saw rise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..case.records import Row
from ..dates import date_of
from ..record.naming import some, who
from ..record.parties import is_actor, party
from ..record.snapshot import Snapshot
from ..wording import count
from .base import Finding, rule
from .measured import quarters
from .parts import first_entry, held_by, is_grave


@rule(
    title="One word on which many rest",
    theme="reasoning",
    matters=0.5,
    rule="A reassurance that two or more professionals, or a worry of severity `grave` or more that `many` or more "
    "in two or more other parties, have on record at second hand, while exactly one person has it at first hand; a "
    "worry only where somebody else decided on it. One finding for each source.",
    limits="One good observer is often all there is. It says what hangs on the word, not that the word was wrong.",
    question="What would have shown whether this was right, and who could have looked a second time?",
    refute="a row by which somebody else saw it themselves.",
)
def single_source(view: Snapshot) -> Iterator[Finding]:
    """Something that several have on record, and that goes back to one person's word."""
    resting: defaultdict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for item, everyone in sorted(view.holders.items()):
        calm = view.records.concerns[item].category == "reassurance"
        if not calm and (item not in view.worries or not is_grave(view, item)):
            continue
        first = {one for one in everyone if view.hops.get((one, item), 0) == 0}
        if len(first) != 1:
            continue
        origin = next(iter(first))
        people = (everyone - first) & view.professionals
        elsewhere = {party(view, one) for one in everyone - first if is_actor(view, one)} - {party(view, origin)}
        enough = len(people) >= (2 if calm else view.rules.many) and len(elsewhere) >= (1 if calm else 2)
        if enough and (calm or _decided(view, (item,), origin)):
            resting[origin][item] = people
    for origin, found in sorted(resting.items()):
        others = frozenset().union(*found.values())
        decided = _decided(view, found, origin)
        worries = {worry for item in found for worry in (item, *view.records.concerns[item].answers)}
        where = {party(view, one) for one in others}
        yield Finding.of(
            view,
            f"What {count(len(others), 'other professional')} of {count(len(where), 'agency', 'agencies')} had of "
            f"{some(view, found)} goes back to {who(view, [origin])} alone",
            key=[first_entry(view, origin, item).row for item in list(found)[:1]],
            held=held_by(view, found, [origin]),
            rows=[*view.evidence(found), *decided],
            who={origin, *others},
            start=min(view.since[one, item] for item in found for one in found[item]),
            severity=view.total(worries.intersection(view.current)),
        )


def _decided(view: Snapshot, found: Iterable[str], origin: str) -> list[Row]:
    """The decisions that name one of several concerns, by others than the one they come from."""
    wanted = set(found)
    return [row for row in view.of_kind("decided") if wanted.intersection(row.concerns) and origin not in row.who]


@rule(
    title="A picture that grew graver while nobody's own did",
    theme="longer-term work",
    matters=0.7,
    rule="The mean severity of the worries that professionals have on record by the date is at least `rise` above that "
    "of the first quarter of a year, and for no single professional is that of all they have on record so far above "
    "that of their own first quarter.",
    limits="A mean says how grave, not how much; severity is the coder's. People who only had grave worries from the "
    "start show no rise.",
    question="Who was in a position to see it grow, and what would have brought the parts together?",
    refute="rows by which one professional came to have enough of them to see the rise.",
)
def pooled_escalation(view: Snapshot) -> Iterator[Finding]:
    """What professionals knew between them grew graver, and what any one of them knew did not."""
    found = [line for line in quarters(view) if line.known > 0]
    if len(found) < 2 or not view.worries or found[-1].mean - found[0].mean < view.rules.rise:
        return
    rises = [step for person in sorted(view.professionals) if (step := _rise(view, person)) is not None]
    if any(step >= view.rules.rise for step in rises):
        return
    held = held_by(view, [worry for worry in view.worries if is_grave(view, worry)] or view.worries)
    yield Finding.of(
        view,
        f"Put together, what professionals had on record grew graver, from a mean severity of {found[0].mean:.1f} to "
        f"{found[-1].mean:.1f}; nobody's own did so",
        key=[known.row for known in list(held.values())[:1]],
        held=held,
        start=min(view.first_known[worry] for worry in view.worries),
        end=view.day,
        severity=2 * max((view.weight(worry) for worry in held), default=0.0),
    )


def _rise(view: Snapshot, person: str) -> float | None:
    """How much graver all that somebody has is than what they had first; None where all came in one quarter."""
    came: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for worry in view.held.get(person, frozenset()).intersection(view.worries):
        since = date_of(view.since[person, worry])
        came[since.year, (since.month - 1) // 3].append(worry)
    if len(came) < 2:
        return None
    first = came[min(came)]
    every = [worry for worries in came.values() for worry in worries]
    return view.total(every) / len(every) - view.total(first) / len(first)
