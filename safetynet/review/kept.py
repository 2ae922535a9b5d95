"""Findings about worries that stayed where they were: with a person, an agency, the family, a file."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from ..case.records import Row
from ..record.naming import quoted, short_name, some, who
from ..record.parties import party, staff
from ..record.snapshot import Snapshot
from ..wording import count, when
from ..wording import day as on_day
from .base import Finding, rule
from .family import carers
from .measured import owned
from .parts import actors_with, gravest, held_apart, held_by, is_grave, may_have, old_enough, start_of
from .several import it, together

NOT_WRITTEN = "Talk that nobody wrote down leaves no row."


@rule(
    title="A worry that stayed with one person",
    theme="longer-term work",
    matters=0.8,
    rule="A known worry that exactly one professional and no agency's file has on record by the date, for a day or "
    "more (a worry below `grave`: for `grace_days`). One finding for each such person, with all their worries.",
    limits=f"{NOT_WRITTEN} Somebody who saw it themselves counts as another holder.",
    question="How did people in this role share what they had seen, and what was usual to write down?",
    refute="a row by which another professional, or an agency's file, came to have it.",
)
def never_left_a_person(view: Snapshot) -> Iterator[Finding]:
    """A worry that only one professional ever had on record, for each such person."""
    kept: defaultdict[str, list[str]] = defaultdict(list)
    for worry in view.worries:
        having = actors_with(view, worry)
        if len(having) == 1 and having <= view.professionals:
            kept[next(iter(having))].append(worry)
    for person, worries in sorted(kept.items()):
        for held in held_apart(view, worries, [person]):
            if old_enough(view, held, start_of(view, held)):
                yield Finding.still(
                    view,
                    f"No row shows {some(view, held)} with any professional besides {who(view, [person])}",
                    held,
                )


@rule(
    title="A worry that stayed inside one agency",
    theme="longer-term work",
    matters=0.9,
    rule="A known worry that two or more professionals of one agency, or one and its file, have on record by the date, "
    "and nobody of another agency. One finding for each agency.",
    limits=f"{NOT_WRITTEN} What counts as one agency is the coder's choice.",
    question="Who outside the agency was thought to need this, and by which way would it have gone to them?",
    refute="a row by which somebody of another agency came to have it.",
)
def never_left_an_agency(view: Snapshot) -> Iterator[Finding]:
    """A worry that several people, or a person and the file, of one agency had, and nobody elsewhere."""
    kept: defaultdict[str, list[str]] = defaultdict(list)
    for worry in view.worries:
        having = actors_with(view, worry)
        where = {party(view, one) for one in having}
        if len(having) > 1 and len(where) == 1 and where <= view.records.agencies.keys():
            kept[next(iter(where))].append(worry)
    for agency, worries in sorted(kept.items()):
        having = frozenset().union(*(actors_with(view, worry) for worry in worries))
        for held in held_apart(view, worries, having):
            if old_enough(view, held, start_of(view, held)):
                yield Finding.still(
                    view,
                    f"No row shows {some(view, held)} with anybody outside {short_name(view, agency)}",
                    held,
                    rows=view.evidence(held, having),
                    who=frozenset().union(*(actors_with(view, worry) for worry in held)),
                )


@rule(
    title="A worry that stayed outside the services",
    theme="family and professionals",
    matters=0.7,
    rule="A worry, not resolved by the date, that the child, the family, its natural support or the public has on "
    "record, somebody besides those who care for the child among them, and no professional and no agency. One finding "
    "for each person who had it first.",
    limits=f"{NOT_WRITTEN} What the family knew is seldom written down at the time, so that silence here is "
    "likelier to be the record's than theirs.",
    question="To whom could they have turned with this, and what would have made that easier?",
    refute="a row by which a professional or an agency came to have it.",
)
def never_left_the_family(view: Snapshot) -> Iterator[Finding]:
    """A worry that the child, the family or its support had, and no professional and no agency."""
    kept: defaultdict[str, list[str]] = defaultdict(list)
    for worry in view.current:
        children = [one for one in view.records.concerns[worry].about if one in view.records.children]
        caring = frozenset().union(*(carers(view, child) for child in children or view.records.children))
        having = view.holders.get(worry, frozenset()) - caring
        if having and may_have(view, worry) <= view.family:
            kept[min(having, key=lambda one: (view.since[one, worry], one))].append(worry)
    for first, worries in sorted(kept.items()):
        held = held_by(view, worries, [first])
        if not old_enough(view, held, start_of(view, held)):
            continue
        having = frozenset().union(*(view.holders[worry] for worry in worries)) - carers(view) | {first}
        yield Finding.still(
            view,
            f"{who(view, having)} had {some(view, held)}{together(view, having, held)}; no row shows {it(held)} with a "
            "professional or agency",
            held,
            rows=view.evidence(worries),
            who=having,
        )


@rule(
    title="A worry that only a file held",
    theme="tools",
    matters=0.8,
    rule="A worry that reached an agency's desk or file, which the agency itself passed on or acted on in no row, "
    "while no professional of that agency has it on record by the date. One finding for each agency.",
    limits="Somebody may have read the file without a row saying so. An agency without named people in the case may "
    "only have been coded without them.",
    question="What happened at this desk to what came in, and who was to read it by when?",
    refute="a row by which somebody of the agency read it or was told of it.",
)
def only_a_file(view: Snapshot) -> Iterator[Finding]:
    """A worry that came to an agency's desk, and that none of its people has on record."""
    for agency in sorted(view.records.agencies):
        people = staff(view.records, agency) & view.professionals
        spoken = {worry for row in view.of_sender(agency) for worry in row.concerns}
        on_file = (worry for worry in view.current if (agency, worry) in view.since)
        worries = [worry for worry in on_file if worry not in spoken and not may_have(view, worry) & people]
        held = held_by(view, worries, [agency])
        if not held or not old_enough(view, held, start_of(view, held)):
            continue
        yield Finding.still(
            view,
            f"No row shows that anybody read {some(view, held)}, which came to the file of {short_name(view, agency)}",
            held,
        )


@rule(
    title="A worry that did not go round inside an agency",
    theme="management",
    matters=0.9,
    rule="A worry of severity `grave` or more that somebody of an agency, or its file, has on record, while a "
    "professional of the same agency who decided something or took on an action on a later day has no record of it by "
    "the date. One finding for each agency and the same such people. What one person alone had is told as a worry that "
    "stayed with one person.",
    limits=f"{NOT_WRITTEN} Not everybody who acts for an agency needs every worry.",
    question="How did colleagues hand on what they knew, and how was it to reach those who decided?",
    refute="a row by which they came to have it, or had it already when they decided or acted.",
)
def stopped_inside_an_agency(view: Snapshot) -> Iterator[Finding]:
    """A grave worry known in an agency, of which those who later decided or acted there have no record."""
    for agency in sorted(view.records.agencies):
        people = staff(view.records, agency) & view.professionals
        apart: defaultdict[tuple[str, ...], dict[str, list[Row]]] = defaultdict(dict)
        for worry, known in held_by(view, view.worries, {agency, *people}).items():
            if is_grave(view, worry) and len(actors_with(view, worry)) > 1:
                acts_of = {one: _acts(view, one, known.window.last) for one in sorted(people - may_have(view, worry))}
                later = {one: rows for one, rows in acts_of.items() if rows}
                if later:
                    apart[tuple(later)][worry] = [row for rows in later.values() for row in rows]
        for without, worries in sorted(apart.items()):
            held = held_by(view, worries, {agency, *people})
            acts = sorted(set(worries[next(iter(held))]), key=lambda row: row.order)
            yield Finding.still(
                view,
                f"{short_name(view, agency)} had {some(view, held)} on record; no row shows {it(held)} with colleagues "
                "who decided or acted later",
                held,
                rows=acts,
                who=without,
                note=f"{_named(view, without)} first acted {when(acts[0].date)}",
            )


def _acts(view: Snapshot, one: str, after: int) -> list[Row]:
    """The decisions somebody took, and the actions they took on, on a day that is certainly later."""

    def make() -> list[Row]:
        return [row for row in view.of_sender(one) if row.kind in ("agreed", "decided")]

    acts = view.keep(("findings: acts of", one), make)
    start = bisect_right(acts, after, key=lambda row: row.date.last)
    return [row for row in acts[start:] if row.date.first > after]


def _named(view: Snapshot, people: tuple[str, ...]) -> str:
    more = f" and {len(people) - 2} more" if len(people) > 2 else ""
    return " and ".join(short_name(view, one) for one in people[:2]) + more


@rule(
    title="A worry whose holders had all left",
    theme="longer-term work",
    matters=0.6,
    rule="A known worry of which every professional holder has left by the date (post ended, or closed with no "
    "later row of theirs), while other professionals are still involved. One finding with all of them; the day is "
    "that of the gravest. What one person alone had, and no file, is told as a worry that stayed with one person.",
    limits="Files stay when people go; whether anybody read them is not in the record.",
    question="How was a case handed over when somebody left it, and to whom?",
    refute="a row by which somebody still involved came to have it, or by which its holder stayed.",
)
def left_with_its_holder(view: Snapshot) -> Iterator[Finding]:
    """Worries whose holders have all left while others are still at work."""
    if not view.involved:
        return
    left: dict[str, int] = {}
    for worry in view.worries:
        having = actors_with(view, worry)
        people = having & view.professionals
        if people and not having & view.involved and len(having) > 1:
            left[worry] = max(_left(view, one) for one in people)
    people = frozenset().union(*(actors_with(view, worry) for worry in left)) & view.professionals
    held = held_by(view, left, people)
    if not held:
        return
    first = next(iter(held))
    yield Finding.of(
        view,
        f"All who had {quoted(view, first)} on record had left by {on_day(left[first])}; no row shows it with anybody "
        "still involved",
        note=f"likewise {count(len(held) - 1, 'other worry', 'other worries')}, each on its own day"
        if len(held) > 1
        else "",
        held=held,
        rows=[*view.evidence(left, people), *_closings(view, people)],
        who=people,
        start=left[first],
        end=view.day,
        severity=gravest(view, held),
    )


def _closings(view: Snapshot, people: frozenset[str]) -> list[Row]:
    return [row for row in view.of_kind("closed") if people.intersection(row.who)]


def _left(view: Snapshot, person: str) -> int:
    """The day from which somebody who has left is out: their last closed row, or the end of their post."""
    left = [view.when(row.date) for row in view.of_kind("closed") if person in row.who]
    end = view.records.people[person].end
    ends = [view.when(end)] if end is not None and view.when(end) < view.day else []
    return min([*ends, *([max(left)] if left else [])], default=view.day)


@rule(
    title="One held most of the picture",
    theme="management",
    matters=0.9,
    rule="One involved professional has `most_of_picture` or more of the severity of the known worries on record, the "
    "next less than `next_of_picture` of it, and none of what the first has is owned by the date.",
    limits="Whoever was told everything may have been the right person; the finding says that it ended there.",
    question="What did it take, in this post, to have all this and to bring it to others?",
    refute="a row by which somebody else came to have it, or an action on it with an owner.",
)
def one_desk_held_it(view: Snapshot) -> Iterator[Finding]:
    """One professional with most of the picture, the next with less than half of it, and no owner."""
    whole = view.total(view.worries)
    shares = sorted(((view.total(held) / whole, one) for one, held in view.pieces().items()), reverse=True)
    if not shares or shares[0][0] < view.rules.most_of_picture:
        return
    share, one = shares[0]
    second = shares[1][0] if len(shares) > 1 else 0.0
    held = held_by(view, view.pieces()[one], [one])
    if second >= view.rules.next_of_picture or owned(view) & held.keys():
        return
    yield Finding.of(
        view,
        f"{who(view, [one])} had {share:.0%} of the picture on record, the next {second:.0%}; no action on it in hand",
        held=held,
        start=max(view.when(known.window) for known in held.values()),
        end=view.day,
    )
