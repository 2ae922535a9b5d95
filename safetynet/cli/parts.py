"""What several commands share: exit statuses, options, and the case that a name or path stands for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..case import Case

DONE, PROBLEMS, USAGE = 0, 1, 2
CASE_HELP = "a packaged case (see 'safetynet cases') or the path of a folder, a workbook or a .json"
MADE = (".html", ".htm", ".pdf", ".png", ".svg")  # what commands write, and no case is read from
Run = Callable[[argparse.Namespace], int]


class Commands:
    """The commands of the program, as they are added."""

    def __init__(self, subparsers: Any) -> None:
        self._subparsers = subparsers

    def add(self, name: str, run: Run, text: str) -> argparse.ArgumentParser:
        """A command of its own."""
        made: argparse.ArgumentParser = self._subparsers.add_parser(
            name, help=text, description=text[0].upper() + text[1:] + "."
        )
        made.set_defaults(run=run)
        return made

    def of_case(self, name: str, run: Run, text: str, *, dated: bool = False) -> argparse.ArgumentParser:
        """A command about one case, with the options that all of those have."""
        made = self.add(name, run, text)
        made.add_argument("case", metavar="CASE", help=CASE_HELP)
        takes_order(made)
        if dated:
            takes_date(made)
        return made


def takes_date(made: argparse.ArgumentParser) -> None:
    """Add ``--at``."""
    made.add_argument(
        "--at",
        metavar="DATE",
        help="the date asked for, such as 2019-05-20; default: the day before the harm, or the last day",
    )


def takes_order(made: argparse.ArgumentParser) -> None:
    """Add ``--date-order``."""
    made.add_argument(
        "--date-order", metavar="dmy|mdy", help="whether the day or the month comes first in dates such as 03/04/2021"
    )


def takes_force(made: argparse.ArgumentParser, *, own: bool = False) -> None:
    """Add ``--force``; `own` where a file that safetynet made of the same case is replaced without it."""
    what = "any file that is already there, not only one of the same case" if own else "a file that is already there"
    made.add_argument("--force", action="store_true", help=f"replace {what}")


def chosen(options: argparse.Namespace, *names: str) -> dict[str, Any]:
    """The options of these names, as arguments of a function that calls them the same."""
    return {name: getattr(options, name) for name in names}


def find_case(name: str, options: argparse.Namespace, *, quiet: bool = False) -> Case:
    """The case of a path or a packaged name; a path that exists comes first. What it lacks is said unless `quiet`."""
    from .. import datasets
    from ..errors import UnknownNameError, did_you_mean
    from ..io.cases import read_case

    if Path(name).exists() or Path(name).name.startswith("~$"):
        case = read_case(name, date_order=options.date_order)
    elif name in datasets.names():
        case = datasets.load_case(name)
    else:
        folder = Path(name).parent
        near = {str(folder / place.name) for place in folder.iterdir()} if folder.is_dir() else set()
        near = {one for one in near if not Path(one).name.startswith((".", "~"))}
        near = {one for one in near if Path(one).suffix.lower() not in MADE}
        hint = did_you_mean(name, [*datasets.names(), *sorted(near)], allowed=0)
        raise UnknownNameError(
            f"{name!r} is neither a packaged case nor a path that is there. {hint or 'See: safetynet cases.'}"
        )
    for remark in () if quiet else remarks(case, getattr(options, "at", None)):
        sys.stderr.write(f"{name}: {remark}\n")
    return case


def remarks(case: Case, at: str | None = None) -> list[str]:
    """What a person should know before they read an answer: what the case does not have, and a date outside it."""
    from ..dates import as_day, date_of

    records = case._records
    lacking = [
        what
        for what, there in (
            ("no child in people", bool(records.children)),
            ("no worry in concerns", any(concern.is_worry for concern in records.concerns.values())),
            ("no row in the chronology", bool(records.rows)),
        )
        if not there
    ]
    said = []
    if not records.people and not records.concerns and not records.rows:
        said.append("nothing is filled in: people, concerns and chronology have no rows.")
    elif lacking:
        said.append(f"there is {' and '.join(lacking)}; answers will be about little or nothing.")
    if at is not None and case.start and case.end:
        day = date_of(as_day(at, "--at"))
        if not case.start <= day <= case.end:
            side = "before the record begins" if day < case.start else "after the record ends"
            said.append(f"{day} is {side}: it has rows from {case.start} to {case.end}.")
    return said


def advice(case: Case) -> list[str]:
    """What would help a coder of a case in which nothing is wrong: roles, actions in words, dates before the harm."""
    from ..problems import few
    from ..wording import count, verb

    records, said = case._records, []
    without = [one.id for one in records.people.values() if one.kind == "professional" and not one.role.strip()]
    if without:
        has = f"{count(len(without), 'professional')} {verb(len(without), 'has', 'have')} no role ({few(without)})"
        said.append(f"{has}: a report shows agency and role, and writes 'professional'. Fill in role.")
    unsaid = [row.id for row in records.rows if row.kind in ("agreed", "expected") and not row.summary.strip()]
    if unsaid:
        which = f"{count(len(unsaid), 'action or duty', 'actions or duties')} {verb(len(unsaid), 'has', 'have')}"
        said.append(f"{which} no summary ({few(unsaid)}): a finding can only name the row. Write what was to be done.")
    harm = records.harm
    wide = [row.id for row in records.rows if harm and row.date.first < harm.first <= row.date.last]
    if wide:
        may = f"{count(len(wide), 'row')} may be earlier than the harm or later ({few(wide)})"
        said.append(f"{may}: on the day before it, no number counts {verb(len(wide), 'it', 'them')}.")
    return said
