"""The command on many cases: study."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..wording import count
from .parts import DONE, PROBLEMS, Commands, takes_force, takes_order
from .printing import as_number, show_lines, show_problems

if TYPE_CHECKING:
    import pandas as pd

    from ..study.cohort import Study

STATE = ".state"
TABLES = (
    *("scores", "scores_over_time", "findings", "matters", "contact_events"),
    *("care_density", "across_cases"),
)


def add(commands: Commands) -> None:
    """Add the command to the program."""
    study = commands.add("study", run_study, "write the scores of every case of a folder, or another table of them")
    study.add_argument("folder", metavar="FOLDER", help="a folder of cases, or of Parquet tables with a column 'case'")
    text = (
        "the table to write, with a codebook: .csv, .xlsx, .parquet, .sav (SPSS) or .dta (Stata); without it a summary "
        "is printed"
    )
    study.add_argument("-o", "--output", metavar="FILE", help=text)
    text = (
        "which table: scores (default), scores_over_time, findings or matters (these two have sentences about each "
        "case), contact_events, care_density or across_cases"
    )
    study.add_argument("--table", choices=TABLES, default="scores", help=text)
    text = (
        "a date, 'end', 'first conference', 'first meeting' or '90 days before harm'; default: the day before the "
        "harm, or the last day of each case"
    )
    study.add_argument("--at", metavar="WHEN", help=text)
    text = "how many processes share the work; default: one for each processor"
    study.add_argument("--workers", metavar="N", type=int, help=text)
    text = "stop at the first case that has problems; else they are printed and the other cases scored"
    study.add_argument("--strict", action="store_true", help=text)
    takes_order(study)
    takes_force(study)


def run_study(options: argparse.Namespace) -> int:
    """Ask every case; an interrupted run over the scores goes on where it was."""
    from ..study.cohort import read_study

    _refuse_options(options)
    place = _place(options) if options.output else None
    study = read_study(options.folder, strict=options.strict, date_order=options.date_order)
    keeps = options.table == "scores" and not study.goes_by_column()
    state = place.with_name(place.name + STATE) if place is not None and keeps else None
    table = _table(study, options, state)
    answered = len(study) - _say_problems(study)
    if not answered:
        sys.stderr.write("No case could be read; nothing was written.\n")
        return PROBLEMS
    if place is None:
        _summarise(table)
        return DONE
    from ..study.kept import forget
    from ..study.writing import write_table

    write_table(table, place, overwrite=options.force)
    if state is not None:
        forget(state)
    plural = options.table.endswith("s") or options.table == "scores_over_time"
    said = f"{options.table.replace('_', ' ')} of {count(answered, 'case')} {'are' if plural else 'is'} at {place}"
    sys.stdout.write(f"The {said}\n")
    return DONE


def _refuse_options(options: argparse.Namespace) -> None:
    """Raise where options do not go together."""
    from ..errors import ArgumentError

    if options.table != "scores" and not options.output:
        raise ArgumentError(f"--table {options.table} is written to a file: give -o FILE too.")
    if options.table == "scores_over_time" and options.at:
        raise ArgumentError("--at has no meaning for --table scores_over_time, which has every day. Leave it out.")


def _table(study: Study, options: argparse.Namespace, state: Path | None) -> pd.DataFrame:
    """The table that is asked for."""
    given: dict[str, Any] = {"workers": options.workers}
    if options.table != "scores_over_time":
        given["at"] = options.at
    if state is not None:
        given["resume"] = state
    table: pd.DataFrame = getattr(study, options.table)(**given)
    return table


def _place(options: argparse.Namespace) -> Path:
    """Where the table goes, looked at before anything long begins."""
    from ..errors import ArgumentError
    from ..io.files import full_path
    from ..io.results import refuse_result

    place, folder = full_path(options.output), full_path(options.folder)
    if folder in place.parents:
        raise ArgumentError(
            f"{str(place)!r} lies in the folder of the study, where it would be read as a part of it next time. "
            "Give a name outside it."
        )
    refuse_result(place, overwrite=options.force)
    return place


def _say_problems(study: Study) -> int:
    """Print what is wrong in the cases that were passed over, case by case; how many they are."""
    problems = study.faults
    for name, faults in problems.items():
        show_problems(
            faults, f"{name or 'rows of no case'}: {len(faults)} to put right; it was passed over", sys.stderr
        )
    return len(problems)


def _summarise(table: pd.DataFrame) -> None:
    """Print of each score in how many cases it is defined, and how it spreads."""
    from ..measures.headline import NAMES

    def line(name: str) -> list[Any]:
        values = table[name].dropna()
        ends = [values.min(), values.median(), values.max()] if len(values) else [float("nan")] * 3
        return [name, str(len(values)), *map(as_number, ends)]

    title = f"Scores of {count(len(table), 'case')}"
    show_lines(["score", "defined in", "lowest", "median", "highest"], map(line, NAMES), title)
    sys.stdout.write("A score describes a network over a period, never a child's risk or a person's fault.\n")
