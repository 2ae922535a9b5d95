"""The errors that safetynet raises, and how they find the nearest right word.

Every error is a :class:`SafetynetError` and a builtin besides, so that both ``except SafetynetError`` and
``except ValueError`` work. A message says what is wrong, where, the value, what is near or allowed, and what to
do. It never quotes what the case says about a person: ids, tables, rows and columns are enough.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral
from typing import TYPE_CHECKING

from .problems import LONGEST as LONGEST
from .problems import Problem as Problem
from .problems import alike, printable
from .problems import problem_table as problem_table
from .problems import without_narrative as without_narrative

if TYPE_CHECKING:
    import pandas as pd

_MOST_LINES = 10  # of a message
ADDED, CHANGED = "what was added", "what was changed"  # inputs that stand in no file
UNDONE = {ADDED: "nothing was added", CHANGED: "nothing was changed"}


class SafetynetError(Exception):
    """The base of every error that safetynet raises on purpose."""


class CaseError(SafetynetError, ValueError):
    """An input that cannot be read as a case; all its faults at once.

    Attributes
    ----------
    problems : pandas.DataFrame
        One line per fault: table, row (as the person sees it in the file), column, value, problem, hint. The message
        puts together what is alike, and has the first ten sorts of fault.
    """

    def __init__(self, problems: Sequence[Problem], what: str = "the case") -> None:
        self.faults = tuple(map(printable, problems))
        self.what = what
        count, groups = len(self.faults), alike(self.faults)
        done = UNDONE.get(what, "nothing was read")
        head = f"{what} has {count} problem{'s' if count != 1 else ''}; {done}."
        lines = [f"  {group}" for group in groups[:_MOST_LINES]]
        if rest := sum(group.many for group in groups[_MOST_LINES:]):
            lines.append(f"  ... and {rest} more: see .problems of this error.")
        super().__init__("\n".join([head, *lines]))

    @property
    def problems(self) -> pd.DataFrame:
        return problem_table(self.faults)

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.faults, self.what))


class UnknownNameError(SafetynetError, KeyError):
    """A name that the case, the rules or the library does not have."""

    def __str__(self) -> str:  # KeyError would put the whole message in quotes
        return str(self.args[0]) if self.args else ""


class ArgumentError(SafetynetError, ValueError):
    """An argument with a value that means nothing here."""


class DateError(ArgumentError):
    """A date that cannot be read, or does not exist."""


class FileInTheWayError(SafetynetError, FileExistsError):
    """A file that would have been overwritten and was left alone."""


class SafetynetWarning(UserWarning):
    """Something about an answer or a file that whoever asked for it should know; it names nobody."""


class MissingExtraError(SafetynetError, ImportError):
    """An optional part that is not installed; the message names the extra."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs {package}, which is not installed. "
            f"Install the extra: pip install 'safetynet-networks[{extra}]'"
        )


def nearest(value: str, options: Iterable[str], count: int = 3) -> list[str]:
    """The options that look most like `value`, nearest first; none if nothing is near.

    One that differs only in capitals or spaces around it is the only answer.
    """
    known = [str(option) for option in options if str(option)]
    folded: dict[str, list[str]] = {}
    for option in known:
        folded.setdefault(option.casefold().strip(), []).append(option)
    if value.casefold().strip() in folded:
        return folded[value.casefold().strip()][:count]
    close = difflib.get_close_matches(value.casefold().strip(), list(folded), n=count, cutoff=0.6)
    return [option for key in close for option in folded[key]][:count]


def did_you_mean(value: str, options: Iterable[str], allowed: int = 12) -> str:
    """A sentence that names the nearest options, or all of them when they are few, or nothing."""
    known = list(dict.fromkeys(str(option) for option in options if str(option)))
    close = nearest(value, known)
    if close:
        return "Did you mean " + " or ".join(repr(option) for option in close) + "?"
    if known and len(known) <= allowed:
        return "Possible here: " + ", ".join(known) + "."
    return ""


def unknown(what: str, value: object, options: Iterable[str]) -> UnknownNameError:
    """An :class:`UnknownNameError` for `value`, with the nearest right one; of what is no name, what it is."""
    if type(value).__hash__ is None:  # a list, a table: no name
        said = f"{what} is {type_of(value)}, where one text is asked for."
        return UnknownNameError(f"{said} {did_you_mean('', options)}".rstrip())
    return UnknownNameError(f"{what} {value!r} is not known. {did_you_mean(str(value), options)}".rstrip())


def no_such(module: str, name: str, names: Iterable[str]) -> AttributeError:
    """An :class:`AttributeError` for a name that a module lacks, with the nearest of its own."""
    near = "" if name.startswith("_") else did_you_mean(name, names, allowed=0)  # programs ask for those, and often
    return AttributeError(f"{module} has no {name!r}. {near}".rstrip())


def unknown_holder(value: object, names: Mapping[str, str], concerns: Iterable[str] = ()) -> UnknownNameError:
    """An :class:`UnknownNameError` for a person or an agency; if `value` is a name, the id that belongs to it.

    `names` maps ids to names. Where `value` is the id of one of `concerns`, it is said which comes first.
    """
    if type(value).__hash__ is None:  # a list, a table: no name
        return unknown("the person or agency", value, names)
    if str(value) in concerns:
        return UnknownNameError(f"{value!r} is a concern. The person or agency comes first, then the concern.")
    text = " ".join(str(value).casefold().split())
    meant = sorted(one for one, name in names.items() if " ".join(name.casefold().split()) == text)
    if meant:
        return UnknownNameError(f"{value!r} is a name; write the id: {' or '.join(repr(one) for one in meant)}.")
    return unknown("the person or agency", value, names)


def extra(module: str, extra: str, purpose: str) -> object:
    """Import an optional module, or say which extra brings it."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(module, extra, purpose) from error


def type_of(given: object) -> str:
    """What kind of thing somebody gave, without what is in it: a list, an int, None."""
    name = type(given).__name__
    return "None" if given is None else f"{'an' if name[:1] in 'AEIOaeio' else 'a'} {name}"


def yes_or_no(**given: object) -> None:
    """Raise an :class:`ArgumentError` unless each argument is True or False: the text "no" would be taken for yes."""
    for name, value in given.items():
        if type(value).__name__ not in ("bool", "bool_"):
            raise ArgumentError(f"{name}={brief(value)} is neither True nor False. Write {name}=True or {name}=False.")


def brief(value: object) -> str:
    """A value as a message repeats it; of a table, a case and the like only what it is."""
    return repr(value) if value is None or isinstance(value, (str, bytes, int, float, tuple)) else type_of(value)


def is_whole(value: object) -> bool:
    """Whether a value is a whole number, numpy's included; True and False are not."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def choose(argument: str, value: object, options: Sequence[str]) -> str:
    """`value` if it is one of `options`; else an :class:`ArgumentError` that names them."""
    if isinstance(value, str) and value in options:
        return value
    raise ArgumentError(
        f"{argument}={value!r} is not possible. Use one of: {', '.join(repr(option) for option in options)}."
    )
