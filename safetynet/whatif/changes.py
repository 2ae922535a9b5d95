"""Changes to a case, written as mappings with one verb: add, drop, move, change, lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..case import Case
from ..errors import ArgumentError, CaseError, Problem, SafetynetError, did_you_mean

Change = Mapping[str, Any]

VERBS: Mapping[str, tuple[str, ...]] = {
    "add": (),
    "drop": (),
    "move": ("to",),
    "change": (),
    "lead": ("from", "to"),
}
FORMS = (
    'Write {"add": row}, {"drop": id}, {"move": row, "to": date}, {"change": row, column: value} or '
    '{"lead": person, "from": date, "to": date}.'
)
WHAT = "what was changed"


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
        raise ArgumentError(f"changes is a {type(changes).__name__}, neither a case nor a mapping. {FORMS}")
    problems: list[Problem] = []
    for place, change in enumerate(given, start=1):
        if not isinstance(change, Mapping):
            raise ArgumentError(f"change {place} is a {type(change).__name__}, not a mapping. {FORMS}")
        try:
            case = _made(case, change, place)
        except CaseError as error:
            problems += error.faults
        except SafetynetError as error:
            problems.append(Problem("changes", str(place), "", "", str(error), ""))
    if problems:
        raise CaseError(problems, WHAT)
    return case


def _made(case: Case, change: Change, place: int) -> Case:
    verb, value = _verb(change, place)
    if verb == "add":
        return case.with_rows([value] if isinstance(value, Mapping) else value)
    if verb == "drop":
        return case.without(*([value] if isinstance(value, str) else value))
    if verb == "move":
        return case.with_row(value, date=change["to"])
    if verb == "lead":
        return case.with_lead(value, change.get("from"), change.get("to"))
    return case.with_row(value, **{str(name): cell for name, cell in change.items() if name != "change"})


def _verb(change: Change, place: int) -> tuple[str, Any]:
    """The verb of a change and what it is about; every key must have a meaning."""
    found = ["change"] if "change" in change else [verb for verb in VERBS if verb in change]
    if len(found) != 1:
        said = ", ".join(repr(str(key)) for key in change) or "nothing"
        near = "" if found else did_you_mean(str(next(iter(change), "")), VERBS)
        problem = f"a change has one verb, and this one says {said}."
        raise CaseError([Problem("changes", str(place), "", "", problem, f"{near} {FORMS}".strip())], WHAT)
    verb = found[0]
    problems = []
    for key in change:
        if verb not in (key, "change") and key not in VERBS[verb]:
            hint = did_you_mean(str(key), VERBS[verb]) or FORMS
            problems.append(
                Problem("changes", str(place), str(key), "", f"{key!r} has no meaning with {verb!r}.", hint)
            )
    if verb == "move" and "to" not in change:
        problems.append(Problem("changes", str(place), "to", "", "'move' needs a date.", FORMS))
    if verb == "lead" and "from" not in change:
        hint = 'Give None as "from" for a case in which they never were.'
        problems.append(Problem("changes", str(place), "from", "", "'lead' needs a first day.", hint))
    if not isinstance(change[verb], str) and (
        verb in ("move", "change", "lead") or not isinstance(change[verb], Iterable)
    ):
        problem = (
            f"{verb!r} has a {type(change[verb]).__name__} where an id{' or a row' if verb == 'add' else ''} stands."
        )
        problems.append(Problem("changes", str(place), verb, "", problem, FORMS))
    if problems:
        raise CaseError(problems, WHAT)
    return verb, change[verb]
