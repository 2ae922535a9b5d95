"""Findings about what belongs together: repeated harms, voices that bear each other out, what changed on its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..record.naming import quoted, who
from ..record.parties import agencies_of, is_actor
from ..record.snapshot import Snapshot
from ..wording import count, in_words
from .base import Finding, rule
from .measured import harms, linked
from .parts import Known, first_known, held_by, is_grave, may_have, start_of

HARMS = ("physical", "sexual", "neglect", "emotional", "domestic_abuse")


@rule(
    title="Harms of one sort, of which nobody had more than some",
    theme="reasoning",
    matters=0.9,
    rule="`many` or more known worries of one sort of harm (physical with sexual, neglect, emotional, domestic "
    "abuse) about one child (what `links` join as same_matter or became counts once), of which no professional, "
    "while involved, and no contact row had more than half together. Siblings with the same worries are one "
    "finding.",
    limits="What is one matter and what are several is the coder's choice. Not every worry of a category is an "
    "incident.",
    question="Where would a pattern have shown itself, and who was to look across the single events?",
    refute="a row by which somebody came to have most of them together.",
)
def pattern(view: Snapshot) -> Iterator[Finding]:
    """Repeated harms of one sort, against the most that anyone had together."""
    same: defaultdict[tuple[str, tuple[str, ...], int, int], list[str]] = defaultdict(list)
    explained: dict[tuple[str, tuple[str, ...], int, int], int] = {}
    for line in harms(view):
        most = max(line.one_person, line.one_table)
        if line.category in HARMS and line.known >= view.rules.many and 2 * most <= line.known:
            key = (line.category, line.concerns, line.known, most)
            same[key].append(line.child)
            explained[key] = line.reassurances
    for key, children in sorted(same.items()):
        _, concerns, known, most = key
        held = held_by(view, concerns)
        calm = f"; {count(explained[key], 'reassurance')} answered some" if explained[key] else ""
        sorts = in_words(sorted({view.records.concerns[c].category.replace("_", " ") for c in concerns}))
        yield Finding.of(
            view,
            f"Of {count(known, 'worry', 'worries')} about {who(view, children)} ({sorts}), no professional or meeting "
            f"had more than {most} together{calm}",
            held=held,
            who=children,
            start=sorted(view.when(one.window) for one in held.values())[min(view.rules.many, len(held)) - 1],
            end=view.day,
        )


@rule(
    title="Two voices that bear each other out and did not meet",
    theme="response to incidents",
    matters=0.9,
    rule="Two worries that `links` join as corroborates or same_matter, of which no professional has both, and "
    "which by the day on which the second was known no path of contact rows joined. One finding for each worry "
    "that others bear out, about the gravest of those.",
    limits="What bears out what is the coder's judgement. A worry that no professional had is no voice that could "
    "be met.",
    question="Where could the two have come together, and who would have seen that they say the same?",
    refute="a row by which somebody who had the one came to have the other.",
)
def corroboration_unmet(view: Snapshot) -> Iterator[Finding]:
    """Two independent voices that say the same and that nobody ever had together."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for line in linked(view):
        if line.unmet:
            groups[line.to].add(line.from_)
    for borne_out, voices in sorted(groups.items()):
        held = held_by(view, {borne_out, *voices})
        first = next(c for c in held if c in voices)
        if borne_out not in held or not is_grave(view, next(iter(held))):
            continue
        other = f"{quoted(view, first)} and {count(len(voices) - 1, 'other')} bear out {quoted(view, borne_out)}"
        yield Finding.of(
            view,
            f"{other}; no row shows one professional with it and one of them"
            if len(voices) > 1
            else f"{quoted(view, first)} and {quoted(view, borne_out)} bear each other out; no row shows them with one "
            "professional",
            key=[held[first].row, held[borne_out].row],
            held=held,
            start=max(view.when(one.window) for one in held.values()),
            end=view.day,
        )


@rule(
    title="A worry that became less on its way",
    theme="tools",
    matters=0.9,
    rule="A line of `links` of kind became, from a worry to one of lower severity, both on record with a "
    "professional, where whoever first had the second may not have the first. One finding for each line.",
    limits="That the one became the other is the coder's reading; accounts of it often differ.",
    question="What did the form, or the way it was passed on, leave room for?",
    refute="a row by which whoever had the second had the first as it was.",
)
def changed_on_its_way(view: Snapshot) -> Iterator[Finding]:
    """A worry that was passed on and is on record farther on as something less grave."""
    for line in linked(view):
        before, after = first_known(view, line.from_), first_known(view, line.to)
        if line.kind != "became" or line.from_severity <= line.to_severity or before is None or after is None:
            continue
        if after.holder in may_have(view, line.from_):
            continue
        held: dict[str, Known] = {line.from_: before, line.to: after}
        where = agencies_of(view, [one for one in (*line.people, after.holder) if is_actor(view, one)])
        at = f" at {who(view, where, 2)}" if where else ""
        yield Finding.of(
            view,
            f"{quoted(view, line.from_)} was passed on, and stood{at} as {quoted(view, line.to)}",
            key=[before.row, after.row],
            held=held,
            who=line.people,
            start=start_of(view, held),
            end=view.when(after.window),
        )
