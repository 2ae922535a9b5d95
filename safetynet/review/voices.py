"""Findings about whose voice is missing: the child, the family, adults nobody met, sectors that never appear."""

from __future__ import annotations

from collections.abc import Iterator

from ..case.records import Row
from ..record.snapshot import Snapshot
from ..wording import count
from .legacy import Finding, Rule, agencies_of, day, days, name, ordered
from .oldparts import (
    around,
    children,
    dates,
    every,
    gravest,
    is_actor,
    is_grave,
    items,
    maybe_rows,
    of_sector,
    sectors_coded,
    seen,
)

UNIVERSAL = {"education": "school", "health": "health"}  # sectors every child meets, and the worries that call for them


def child_never_speaks(view: Snapshot) -> Iterator[Finding]:
    """A child who is never on record as saying anything to a professional, nor as being at a meeting."""
    start = _first_day(view)
    if start is None:
        return
    for child in children(view):
        met = [row for row in maybe_rows(view) if seen(view, row, child)]
        if any(child in row.who and row.kind != "observed" for row in met) or _too_few(view):
            continue
        absent = [row for row in view.rows if child in row.absent]
        left_out = f"; the child is named as absent from a meeting {dates(absent)}" if absent else ""
        about = _about(view, child)
        yield Finding(
            "child_never_speaks",
            f"No row shows {name(view, child)} telling a professional anything or being at a meeting with one, in the "
            f"{days(view.day - start)} from {day(start)} to {day(view.day)}{left_out}.",
            "a row in which the child told, asked or met a professional.",
            rows=ordered([*met, *absent]) or view.evidence(about[:1]), people=(child,), concerns=about[:1],
            start=start, end=view.day, days=view.day - start, severity=gravest(view, about),
        )  # fmt: skip


def child_seldom_alone(view: Snapshot) -> Iterator[Finding]:
    """A child whom professionals mostly met with the family there, or never without."""
    for child in children(view):
        met = [row for row in view.contacts if seen(view, row, child)]
        alone = [row for row in met if not (set(row.named) - {child}) & around(view)]
        if not met or 2 * len(alone) >= len(met):
            continue
        about = _about(view, child)
        company = sorted({one for row in met for one in row.named if one in around(view) and one != child})
        when = f"{len(alone)} without them, {dates(alone)}" if alone else "none without them"
        start = min(view.when(row.date) for row in met)
        yield Finding(
            "child_seldom_alone",
            f"Of {count(len(met), 'contact', 'contacts')} of {name(view, child)} with professionals on record, "
            f"{len(met) - len(alone)} were with {every(view, company, 2)} there and {when}.",
            "rows in which professionals were with the child without family or support.",
            rows=ordered(met), people=(child, *company), concerns=about[:1],
            start=start, end=view.day, days=view.day - start, severity=gravest(view, about),
        )  # fmt: skip


def child_in_another_language(view: Snapshot) -> Iterator[Finding]:
    """A child with a language on record, and contacts in which nobody independent spoke or interpreted it."""
    for child in children(view):
        language = view.records.people[child].language.strip()
        if not language:
            continue
        met = [row for row in view.contacts if seen(view, row, child)]
        fluent = {one for one in view.professionals if _speaks(view.records.people[one].language, language)}
        unmet = [row for row in met if not fluent.intersection(row.named) and not _interpreted(view, row)]
        if (met and not unmet) or (not met and fluent.intersection(view.actors)) or _too_few(view):
            continue
        helpers = sorted({row.interpreter for row in unmet if row.interpreter in around(view)})
        by = f"; in some {every(view, helpers, 2)} interpreted" if helpers else ""
        if met:
            told = (f"in {len(unmet)} of {count(len(met), 'contact', 'contacts')} with professionals no row names an "
                    f"interpreter from outside the family or a professional who speaks it{by}")  # fmt: skip
        else:
            told = "no row shows a professional who speaks it, or an interpreter, in contact with the child"
        about, start = _about(view, child), min((view.when(row.date) for row in unmet), default=view.day)
        yield Finding(
            "child_in_another_language",
            f"The language of {name(view, child)} is recorded as {language}; {told}.",
            "a row that names an interpreter, or that the professional spoke the language.",
            rows=ordered(unmet) or view.evidence(about[:1]), people=(child, *helpers), concerns=about[:1],
            start=start, end=view.day, days=view.day - start, severity=gravest(view, about),
        )  # fmt: skip


def _speaks(languages: str, wanted: str) -> bool:
    return wanted.casefold() in {one.strip().casefold() for one in languages.replace(",", ";").split(";")}


def _interpreted(view: Snapshot, row: Row) -> bool:
    """Whether somebody from outside the family interpreted."""
    return bool(row.interpreter) and row.interpreter != "none" and row.interpreter not in around(view)


# the family -------------------------------------------------------------------------------------------


def nobody_met_them(view: Snapshot) -> Iterator[Finding]:
    """People of the family or household whom no contact row with a professional names."""
    people = view.records.people
    start = _first_day(view)
    if start is None or _too_few(view):
        return
    reached = [row for row in maybe_rows(view) if row.is_contact and row.arrived]
    met = {one for row in reached if any(is_actor(view, other) for other in row.named) for one in row.named}
    home = {
        end for tie in view.records.ties if tie.kind == "household" for end in (tie.source, tie.target)
        if {tie.source, tie.target}.intersection(children(view)) and (tie.start is None or view.by(tie.start))
    }  # fmt: skip
    unmet = [
        one for one in people
        if one not in met and (people[one].kind == "family" or (one in home and one in around(view)))
        and people[one].kind != "child"
    ]  # fmt: skip
    if not unmet:
        return
    unmet.sort(key=lambda one: (one not in home, one))
    living = [one for one in unmet if one in home]
    there = f"; recorded as living with the child: {every(view, living)}" if living else ""
    others = around(view) - set(unmet)
    asked = [
        row for row in view.rows
        if set(unmet).intersection((*row.absent, *row.to, *row.who))
        or (row.is_contact and row.arrived and others.intersection(row.named)
            and any(is_actor(view, one) for one in row.named))
    ]  # fmt: skip
    worries = [worry for worry in view.worries if is_grave(view, worry)]
    yield Finding(
        "nobody_met_them",
        f"No row shows a contact of any professional with {every(view, unmet, 4)} in the {days(view.day - start)} from "
        f"{day(start)} to {day(view.day)}{there}.",
        "a row in which a professional met, told or asked them, or that they were not around the child then.",
        rows=ordered(asked) or view.evidence(view.worries), people=tuple(unmet), agencies=(), concerns=(),
        start=start, end=view.day, days=view.day - start, severity=gravest(view, worries),
    )  # fmt: skip


def family_at_no_meeting(view: Snapshot) -> Iterator[Finding]:
    """Meetings of professionals, and neither the child nor the family at any of them."""
    meetings = [row for row in view.rows if row.kind == "met" and len(set(row.who) & view.professionals) > 1]
    if not meetings or any(
        row.kind == "met" and len(set(row.who) & view.professionals) > 1 and around(view).intersection(row.who)
        for row in maybe_rows(view)
    ):
        return
    worries = {worry for row in meetings for worry in row.concerns if worry in view.current}
    held = [view.when(row.date) for row in meetings]
    who = {one for row in meetings for one in row.who}
    yield Finding(
        "family_at_no_meeting",
        f"The record shows {count(len(meetings), 'meeting', 'meetings')} of two or more professionals "
        f"({dates(meetings)}); no row shows the child, the family or their support at any of them.",
        "a row that shows one of them there.",
        rows=ordered(meetings), people=tuple(sorted(who & view.records.people.keys())), agencies=agencies_of(view, who),
        concerns=tuple(sorted(worries)), start=min(held), end=max(held), severity=gravest(view, worries),
    )  # fmt: skip


# sectors ----------------------------------------------------------------------------------------------


def sector_not_seen(view: Snapshot) -> Iterator[Finding]:
    """A sector that every child meets, education or health, in no row at all or in none for long; a question."""
    start = _first_day(view)
    if start is None or _too_few(view) or not sectors_coded(view):
        return
    for sector, category in sorted(UNIVERSAL.items()):
        theirs = of_sector(view, sector)
        rows = [row for row in maybe_rows(view) if theirs.intersection((*row.who, *row.to)) and row.kind != "assumed"]
        last = max((min(view.when(row.date), view.day) for row in rows), default=start)
        quiet = view.day - last
        if quiet <= 2 * view.rules.silence_days:
            continue
        ending = [row for row in rows if view.when(row.date) == last]
        lately = theirs.intersection(one for row in ending for one in (*row.who, *row.to))
        worries = sorted(
            worry for worry in view.worries
            if view.records.concerns[worry].category == category and not view.holders[worry] & lately
        )  # fmt: skip
        spoke = f"; {items(view, worries)} stood on record elsewhere" if worries else ""
        gap = f"in the {days(quiet)} from {day(last)} to {day(view.day)}"
        yield Finding(
            "sector_not_seen",
            f"No row shows anybody of {sector} {gap}{spoke}. Should somebody there have known of the child?",
            f"a row with somebody of {sector} in that time, or that there was no such service for the child.",
            rows=tuple(dict.fromkeys((*ordered(ending), *view.evidence(worries)))), agencies=agencies_of(view, lately),
            concerns=tuple(worries), start=last, end=view.day, days=quiet, severity=view.total(worries),
        )  # fmt: skip


# words ------------------------------------------------------------------------------------------------


def _first_day(view: Snapshot) -> int | None:
    """The day on which a worry first was on a professional's record."""
    return min(
        (view.since[one, worry] for worry in view.worries for one in view.holders[worry] & view.professionals),
        default=None,
    )


def _too_few(view: Snapshot) -> bool:
    """Whether the record is too short, or has too few contacts, for silence in it to say much."""
    start = _first_day(view)
    return start is None or view.day - start < view.rules.late_days or len(view.contacts) < 2


def _about(view: Snapshot, child: str) -> tuple[str, ...]:
    """The known worries about a child, gravest first."""
    worries = [worry for worry in view.worries if child in view.records.concerns[worry].about]
    return tuple(sorted(worries, key=lambda one: (-view.weight(one), one)))


RULES = (
    Rule(
        "child_never_speaks",
        "A child who never speaks",
        0.8,
        "A child who is never the sender of a told, asked or declined row to a professional or agency, nor at a "
        "meeting with one, where a worry has been known for `late_days` or more and there are two or more contact "
        "rows.",
        "A baby cannot. What was seen of the child (observed) is no voice. The record may be the review's and not "
        "the professionals' own.",
        child_never_speaks,
    ),
    Rule(
        "child_seldom_alone",
        "A child seldom or never seen alone",
        0.8,
        "A child with contact rows with professionals of whom fewer than half, or none, are without family or support "
        "in the row.",
        "Rows name those who took part as far as the coder knew; observed rows seldom say who else was in the room.",
        child_seldom_alone,
    ),
    Rule(
        "child_in_another_language",
        "A child whose language nobody independent spoke",
        0.8,
        "A child with a language in the table of people, and contact rows with professionals (or none at all) in which "
        "no professional has that language and no interpreter from outside the family is named.",
        "Leave the language empty where it is that of the place. An interpreter may have been there without being "
        "coded.",
        child_in_another_language,
    ),
    Rule(
        "nobody_met_them",
        "Somebody of the family or household in no contact",
        0.7,
        "People of the kind family, and others with a household tie to a child, whom no contact row with a "
        "professional or an agency names (a message that did not arrive is none), where a worry has been known for "
        "`late_days` or more. One finding with all of them.",
        "Not everybody listed was around the child at the time, and there may have been reasons not to meet them.",
        nobody_met_them,
    ),
    Rule(
        "family_at_no_meeting",
        "The family at no meeting",
        0.6,
        "There are meetings of two or more professionals, and neither the child nor family nor support is in `who` of "
        "any of them.",
        "Strategy discussions are often held without them by rule.",
        family_at_no_meeting,
    ),
    Rule(
        "sector_not_seen",
        "Education or health not in the record",
        0.3,
        "Nobody of the sector education (or health) is in any row for more than twice `silence_days` up to the date, "
        "counted from their last row, or from the first day on which a worry was known; with the worries of the "
        "category school (health) that those there had no record of. A question, as the library does not know the "
        "child's age.",
        "Absence from a chronology made from some agencies' files says little about the others.",
        sector_not_seen,
    ),
)  # fmt: skip
