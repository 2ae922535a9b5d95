"""Findings about whose voice is on record: the child's, the family's, and sectors that do not appear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..case.records import Row
from ..record.naming import some, who
from ..record.parties import is_actor
from ..record.parties import sector as sector_of
from ..record.snapshot import Snapshot
from ..wording import count, day, verb
from .base import Finding, rule
from .family import grown, is_baby, seen_in, sightings
from .parts import about_child, gravest, held_by, is_planning, maybe_rows, of_sector, sectors_coded

UNIVERSAL = {"education": "school", "health": "health"}  # sectors every child meets, and the worries that call for them


@rule(
    title="The child's own words are not on record",
    theme="family and professionals",
    matters=0.8,
    rule="A child who is the sender of no told, asked, declined or disagreed row to a professional or agency, at "
    "no meeting with one without the family, seen alone in no row and in no attended service besides education, where "
    "a worry has been known for `late_days` or more and there are two or more contact rows. Nothing is said of a child "
    "certainly under `baby_years` (by `born`). Siblings are one finding.",
    limits="What was seen of the child (observed) is no voice. The record may be the review's and not the "
    "professionals' own. Where `born` is empty nothing is said of age.",
    question="Who could have spoken with the child, where, and in which language or way?",
    refute="a row in which the child told a professional something, or was seen alone.",
)
def child_never_speaks(view: Snapshot) -> Iterator[Finding]:
    """A child who is in no row on record as saying anything to a professional, nor as being at a meeting."""
    silent = [
        child for child in _children_known(view) if not is_baby(view, child, view.day) and not _spoke(view, child)
    ]
    yield from _about_silence(
        view, silent, "No row shows {whom} telling a professional anything, or with one without the family"
    )


@rule(
    title="How the baby was is not on record",
    theme="family and professionals",
    matters=0.7,
    rule="A child certainly under `baby_years` at the date (by `born`) of whom no row says that they were seen "
    "alone, with the carer or with others, where a worry has been known for `late_days` or more and there are two "
    "or more contact rows. Siblings are one finding.",
    limits="Handling and examination are often in notes that are not in a chronology.",
    question="Who looked at the baby, undressed or in somebody's arms, and where was it written down?",
    refute="a row that says how the baby was seen.",
)
def baby_not_described(view: Snapshot) -> Iterator[Finding]:
    """A baby of whom no row says how they were seen."""
    seen = {one.child for one in sightings(view) if one.row.seen in ("alone", "with_carer", "with_others")}
    silent = [child for child in _children_known(view) if is_baby(view, child, view.day) and child not in seen]
    yield from _about_silence(view, silent, "No row says how {whom} was seen, held or examined by a professional")


def _about_silence(view: Snapshot, children: list[str], sentence: str) -> Iterator[Finding]:
    if not children:
        return
    worries = {worry for child in children for worry in about_child(view, child, view.worries)}
    held = held_by(view, worries)
    about = [row for row in view.contacts if any(is_actor(view, one) for one in row.named)]
    first = _first_day(view)
    if not held or first is None:
        return
    start = max(first, min(_from(view, child) for child in children))
    yield Finding.of(
        view,
        sentence.format(whom=who(view, children)) + f", from {day(start)} to {day(view.day)}",
        concerns=list(held)[:1],
        rows=[row for row in about if any(child in (*row.who, *row.to, *row.present) for child in children)],
        who=children,
        start=start,
        end=view.day,
        severity=gravest(view, held),
    )


def _from(view: Snapshot, child: str) -> int:
    """The day from which it can be asked for: a baby's birth, or the day on which a child is no baby any more."""
    born = view.records.people[child].born
    return born.first if born is not None and is_baby(view, child, view.day) else grown(view, child)


def _spoke(view: Snapshot, child: str) -> bool:
    """Whether a child may have said something to a professional, or been with one without the family."""
    others = view.family - set(view.records.children)
    for row in maybe_rows(view):
        if child not in (*row.who, *row.present) or not any(is_actor(view, one) for one in row.named):
            continue
        said = row.is_sent and child in row.who and row.arrived
        if said or (row.kind == "met" and row.seen in ("", "alone") and not others.intersection(row.named)):
            return True
    return any(one.child == child and one.row.seen == "alone" for one in sightings(view)) or _attended(view, child)


def _attended(view: Snapshot, child: str) -> bool:
    """Whether a child attended a service, other than a school or nursery, where professionals are with them."""
    begun = (one for one in view.records.services if one.start is None or one.start.first <= view.day)
    theirs = [one.agency for one in begun if one.person == child and one.attended == "yes"]
    return any(one in view.records.agencies and sector_of(view, one) != "education" for one in theirs)


def _children_known(view: Snapshot) -> list[str]:
    """The children about whom a worry has been known for long enough, in a record with contacts."""
    start = _first_day(view)
    if start is None or view.day - start < view.rules.late_days or len(view.contacts) < 2:
        return []
    return [child for child in view.records.children if about_child(view, child, view.worries)]


def _first_day(view: Snapshot) -> int | None:
    return min((view.first_known[worry] for worry in view.worries), default=None)


@rule(
    title="The child seldom seen alone",
    theme="family and professionals",
    matters=0.8,
    rule="A child with `many` or more rows in which a professional saw them, of whom less than half, or none, say "
    "that they were alone or name nobody of the family or support besides. Not of a child certainly under "
    "`baby_years` at the last of them. Siblings with the same rows are one finding.",
    limits="Rows name those who took part as far as the coder knew.",
    question="What made it possible, or hard, to be with the child without the carer?",
    refute="rows in which professionals were with the child without family or support.",
)
def child_seldom_alone(view: Snapshot) -> Iterator[Finding]:
    """A child whom professionals mostly saw with the family there, or in no row without."""
    same: defaultdict[tuple[Row, ...], list[str]] = defaultdict(list)
    for child in view.records.children:
        shown = seen_in(view, child)
        if len(shown) >= view.rules.many and not is_baby(view, child, max(row.date.last for row in shown)):
            same[tuple(shown)].append(child)
    for rows, children in sorted(same.items(), key=lambda item: item[1]):
        alone = [row for row in rows if _is_alone(view, row, children)]
        worries = [worry for child in children for worry in about_child(view, child, view.worries)]
        if 2 * len(alone) >= len(rows) or not worries:
            continue
        first = about_child(view, children[0], worries) or worries
        yield Finding.of(
            view,
            f"Of {count(len(rows), 'row')} in which a professional saw {who(view, children)}, {len(alone)} "
            f"{verb(len(alone), 'shows', 'show')} the child without family or support",
            key=rows[:1],
            concerns=first[:1],
            rows=rows,
            who=children,
            start=view.when(rows[0].date),
            end=view.when(rows[-1].date),
            severity=gravest(view, worries),
        )


def _is_alone(view: Snapshot, row: Row, children: list[str]) -> bool:
    if row.seen:
        return row.seen == "alone"
    return not view.family.intersection(row.named) - set(children)


@rule(
    title="A child whose language no professional is recorded as speaking",
    theme="family and professionals",
    matters=0.7,
    rule="A child with a language in the table of people, where a professional has one too, and more than half of the "
    "rows in which a professional saw the child name neither a professional with the child's language nor an "
    "interpreter from outside the family. Not of a child certainly under `baby_years`.",
    limits="Leave the language empty where it is that of the place. An interpreter may have been there without being "
    "coded.",
    question="How did people and the child understand each other, and how was an interpreter found?",
    refute="a row that names an interpreter, or that the professional spoke the language.",
)
def child_in_another_language(view: Snapshot) -> Iterator[Finding]:
    """A child with a language on record, and contacts in which nobody independent spoke or interpreted it."""
    if not any(view.records.people[one].language.strip() for one in view.professionals):
        return
    for child in view.records.children:
        language = view.records.people[child].language.strip()
        rows = seen_in(view, child)
        fluent = {one for one in view.professionals if _speaks(view.records.people[one].language, language)}
        unmet = [row for row in rows if not fluent.intersection(row.named) and not _interpreted(view, row)]
        worries = about_child(view, child, view.worries)
        if not language or 2 * len(unmet) <= len(rows) or not worries or is_baby(view, child, view.day):
            continue
        yield Finding.of(
            view,
            f"Of {count(len(rows), 'row')} in which a professional saw {who(view, [child])}, {len(unmet)} "
            f"{verb(len(unmet), 'names', 'name')} nobody independent who spoke or interpreted {language}",
            key=unmet[:1],
            concerns=worries[:1],
            rows=unmet,
            who=[child, *{row.interpreter for row in unmet if row.interpreter in view.family} - {child}],
            start=view.when(unmet[0].date),
            end=view.when(unmet[-1].date),
        )


def _speaks(languages: str, wanted: str) -> bool:
    return wanted.casefold() in {one.strip().casefold() for one in languages.replace(",", ";").split(";")}


def _interpreted(view: Snapshot, row: Row) -> bool:
    """Whether somebody from outside the family interpreted."""
    return bool(row.interpreter) and row.interpreter != "none" and row.interpreter not in view.family


# the family -------------------------------------------------------------------------------------------


@rule(
    title="Somebody of the family whom no professional met",
    theme="family and professionals",
    matters=0.6,
    rule="People of the kind family, and others with a household tie to a child, whom no contact row with a "
    "professional or an agency names, also not as an interpreter (a message that did not arrive is none), where a "
    "worry has been known for `late_days` or more. One finding with all of them, those recorded as living with the "
    "child first.",
    limits="Not everybody listed was around the child at the time, and there may have been reasons not to meet them.",
    question="What was known of who lived with, or cared for, the child, and who would have spoken with them?",
    refute="a row in which a professional met, told or asked them, or that they were not around the child then.",
)
def nobody_met_them(view: Snapshot) -> Iterator[Finding]:
    """People of the family or household whom no contact row with a professional names."""
    start = _first_day(view)
    if not _children_known(view) or start is None:
        return
    reached = [row for row in maybe_rows(view) if row.is_contact and row.arrived]
    with_them = [row for row in reached if not view.able.isdisjoint(row.named)]
    met = {one for row in with_them for one in (*row.named, row.interpreter)}
    children = set(view.records.children)
    ties = (tie for tie in view.records.ties if tie.kind == "household" and (tie.start is None or view.by(tie.start)))
    home = {end for tie in ties if children & {tie.source, tie.target} for end in (tie.source, tie.target)}
    people = view.records.people
    unmet = [
        one
        for one in people
        if one not in met | children and (people[one].kind == "family" or one in home - view.professionals)
    ]
    if not unmet:
        return
    living = [one for one in unmet if one in home]
    held = held_by(view, view.worries)
    first = next(iter(held))
    missing = frozenset(unmet)
    named = [row for row in view.rows if not missing.isdisjoint((*row.who, *row.to, *row.absent, *row.present))]
    sides = view.family, view.able
    family = [row for row in view.contacts if not any(side.isdisjoint(row.named) for side in sides)]
    yield Finding.of(
        view,
        f"No row shows a contact of any professional with {who(view, living or unmet, 3)}, from {day(start)} to "
        f"{day(view.day)}",
        concerns=[first],
        rows=[*named, *family],
        who=unmet,
        start=start,
        end=view.day,
    )


@rule(
    title="The family at no planning meeting",
    theme="family and professionals",
    matters=0.6,
    rule="There are planning meetings (two or more professionals; no strategy, legal, supervision, professionals, "
    "handover, court, interview, visit or clinic meeting), and neither the child nor family nor support is at any "
    "of them.",
    limits="Some meetings are held without them by rule or for a reason that is not coded.",
    question="How were the family told of these meetings, and what would have made room for them?",
    refute="a row that shows one of them there.",
)
def family_at_no_meeting(view: Snapshot) -> Iterator[Finding]:
    """Planning meetings, and neither the child nor the family at any of them."""
    meetings = [row for row in view.rows if is_planning(view, row)]
    there = (row for row in maybe_rows(view) if is_planning(view, row))
    if not meetings or any(view.family.intersection((*row.who, *row.present)) for row in there):
        return
    worries = {worry for row in meetings for worry in row.concerns if worry in view.current}
    yield Finding.of(
        view,
        f"The record has {count(len(meetings), 'planning meeting')} and no row with the child, the family or their "
        "support at one",
        key=meetings[:1],
        concerns=worries,
        rows=meetings,
        who={one for row in meetings for one in row.who},
        start=view.when(meetings[0].date),
        end=view.when(meetings[-1].date),
        severity=max((view.weight(worry) for worry in worries), default=0.0),
    )


# sectors ----------------------------------------------------------------------------------------------


@rule(
    title="Should education or health have known of the child?",
    theme="longer-term work",
    matters=0.3,
    rule="Nobody of the sector education (or health) is in any row for more than twice `silence_days` up to the date, "
    "counted from their last row or attended service, or from the first day on which a worry was known. A question. "
    "Education only where no child is certainly under `school_years` (by `born`).",
    limits="Absence from a chronology made from some agencies' files says little about the others.",
    question="Who in this sector would have known of the child then?",
    refute="a row with somebody of the sector in that time, or that there was no such service for the child.",
)
def sector_not_seen(view: Snapshot) -> Iterator[Finding]:
    """A sector that every child meets, education or health, in no row at all or in none for long; a question."""
    start = _first_day(view)
    if start is None or not _children_known(view) or not sectors_coded(view):
        return
    for sector, category in sorted(UNIVERSAL.items()):
        if sector == "education" and any(_too_young(view, child) for child in view.records.children):
            continue
        theirs = of_sector(view, sector)
        rows = [row for row in maybe_rows(view) if row.kind != "assumed" and theirs.intersection((*row.who, *row.to))]
        services = (one for one in view.records.services if one.attended == "yes" and one.agency in theirs)
        attended = [view.day if one.end is None else min(view.day, one.end.last) for one in services]
        last = max((*attended, *(min(view.when(row.date), view.day) for row in rows)), default=start)
        quiet = view.day - last
        if quiet <= 2 * view.rules.silence_days:
            continue
        ending = [row for row in rows if view.when(row.date) == last and row.id in view.by_id]
        lately = theirs.intersection(one for row in ending for one in (*row.who, *row.to))
        called_for = (worry for worry in view.worries if view.records.concerns[worry].category == category)
        worries = [worry for worry in called_for if not view.holders[worry] & lately]
        held = held_by(view, worries)
        about = f", though {some(view, held)} stood on record" if held else ""
        rests_on = [*ending, *([] if held else [known.row for known in held_by(view, view.worries).values()][:1])]
        yield Finding.of(
            view,
            f"No row shows anybody of {sector} from {day(last)} to {day(view.day)}{about}",
            held=held,
            rows=rests_on,
            who=lately,
            start=last,
            end=view.day,
        )


def _too_young(view: Snapshot, child: str) -> bool:
    born = view.records.people[child].born
    return born is not None and view.day - born.first < view.rules.school_years * 365
