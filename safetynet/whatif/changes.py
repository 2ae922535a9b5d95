"""Changes to a case, written as mappings with one verb: add, drop, move, change, lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..case import Case
from ..errors import CHANGED, ArgumentError, CaseError, Problem, SafetynetError, did_you_mean, type_of

Change = Mapping[str, Any]


class Verb(NamedTuple):
    """What a change with this verb does to a case, which other keys it has, and whether it needs one row or person."""

    does: Callable[[Case, Any, Change], Case]
    keys: tuple[str, ...] = ()
    of_one: bool = True


def _add(case: Case, rows: Any, _change: Change) -> Case:
    return case.with_rows([rows] if isinstance(rows, Mapping) else rows)


def _drop(case: Case, ids: Any, _change: Change) -> Case:
    return case.without(*([ids] if isinstance(ids, str) else ids))


def _move(case: Case, row: Any, change: Change) -> Case:
    return case.with_row(row, date=change["to"])


def _cells(case: Case, row: Any, change: Change) -> Case:
    return case.with_row(row, **{str(name): cell for name, cell in change.items() if name != "change"})


def _lead(case: Case, person: Any, change: Change) -> Case:
    return case.with_lead(person, change["from"], change.get("to"))


VERBS: Mapping[str, Verb] = {
    "add": Verb(_add, of_one=False),
    "drop": Verb(_drop, of_one=False),
    "move": Verb(_move, ("to",)),
    "change": Verb(_cells),
    "lead": Verb(_lead, ("from", "to")),
}
NEEDED = {
    "move": ("to", "'move' needs a date.", ""),
    "lead": ("from", "'lead' needs a first day.", 'Give None as "from" for a case in which they never were.'),
}
MEANT = {
    **dict.fromkeys(("remove", "delete", "without", "leave_out"), "drop"),
    **dict.fromkeys(("insert", "append", "new", "with"), "add"),
    **dict.fromkeys(("set", "edit", "replace", "update"), "change"),
}
FORMS = (
    'Write {"add": row}, {"drop": id}, {"move": row, "to": date}, {"change": row, column: value} or '
    '{"lead": person, "from": date, "to": date}.'
)


def changed(case: Case, changes: Case | Change | Iterable[Change]) -> Case:
    """The case with the changes made one after the other, or the changed case itself where one is given.

    Raises
    ------
    CaseError
        With everything that does not fit, of all the changes, at once.
    ArgumentError
        If `changes` is neither a case nor made of mappings.
    """
    if isinstance(changes, Case):
        return changes
    given: Any = [changes] if isinstance(changes, Mapping) else changes
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ArgumentError(f"changes is {type_of(changes)}, neither a case nor a mapping. {FORMS}")
    problems: list[Problem] = []
    for place, change in enumerate(given, start=1):
        if not isinstance(change, Mapping):
            raise ArgumentError(f"change {place} is {type_of(change)}, not a mapping. {FORMS}")
        faults = list(_faults(change, str(place)))
        if faults:
            problems += faults
            continue
        try:
            name = _verb(change)
            case = VERBS[name].does(case, change[name], change)
        except CaseError as error:
            problems += error.faults
        except SafetynetError as error:
            problems.append(Problem("changes", str(place), "", "", str(error), ""))
    if problems:
        raise CaseError(problems, CHANGED)
    return case


def _verb(change: Change) -> str:
    """The verb of a change; empty where there is not just one. A row that is changed may have columns like verbs."""
    found = ["change"] if "change" in change else [name for name in VERBS if name in change]
    return found[0] if len(found) == 1 else ""


def _faults(change: Change, place: str) -> Iterator[Problem]:
    """What does not fit a change: it has one verb, and every key must have a meaning."""
    name = _verb(change)
    if not name:
        said = ", ".join(repr(str(key)) for key in change) or "nothing"
        first = str(next(iter(change), ""))
        near = f"For {first!r} write {MEANT[first]!r}." if first in MEANT else did_you_mean(first, VERBS)
        near = "" if any(key in VERBS for key in change) else near
        hint = f"{near} {FORMS}".strip()
        yield Problem("changes", place, "", "", f"a change has one verb, and this one says {said}.", hint)
        return
    verb, value = VERBS[name], change[name]
    for key in change:
        if name not in (key, "change") and key not in verb.keys:
            hint = did_you_mean(str(key), verb.keys) or FORMS
            yield Problem("changes", place, str(key), "", f"{key!r} has no meaning with {name!r}.", hint)
    if name in NEEDED and NEEDED[name][0] not in change:
        key, problem, hint = NEEDED[name]
        yield Problem("changes", place, key, "", problem, hint or FORMS)
    if not isinstance(value, str) and (verb.of_one or not isinstance(value, Iterable)):
        where = "an id or a row stands" if name == "add" else "an id stands"
        yield Problem("changes", place, name, "", f"{name!r} has {type_of(value)} where {where}.", FORMS)
