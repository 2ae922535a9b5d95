"""The commands between what people have and a case: check, template."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .parts import DONE, Commands, find_case, remarks, takes_force
from .printing import show_problems

if TYPE_CHECKING:
    from ..problems import Problem


def add(commands: Commands) -> None:
    """Add the commands to the program."""
    check = commands.of_case("check", run_check, "read a case and list what is wrong or odd in it")
    check.add_argument("--annotate", metavar="OUT.xlsx", help="write a copy with wrong and odd cells marked")
    takes_force(check)
    template = commands.add("template", run_template, "write an Excel workbook to fill a case into")
    template.add_argument("file", metavar="FILE.xlsx", help="the file to write")
    template.add_argument("--example", action="store_true", help="with a small illustrative case filled in")
    takes_force(template)


def run_check(options: argparse.Namespace) -> int:
    """Read a case and print what is odd in it."""
    from ..errors import CaseError
    from ..problems import Problem

    try:
        case = find_case(options.case, options, quiet=True)
    except CaseError as error:
        _annotate(options, error.faults, ())
        raise
    sys.stdout.write(f"{case!r}\n")
    lacking = remarks(case)
    for remark in lacking:
        sys.stdout.write(f"{remark[0].upper()}{remark[1:]}\n")
    warnings = [Problem(*row) for row in case.warnings.itertuples(index=False)]
    if warnings:
        show_problems(warnings, f"No problem; {len(warnings)} odd but usable")
    elif not lacking:
        sys.stdout.write("No problem, nothing odd.\n")
    _annotate(options, (), warnings)
    return DONE


def _annotate(options: argparse.Namespace, problems: Iterable[Problem], warnings: Iterable[Problem]) -> None:
    """Write the copy with the cells marked, where one is asked for."""
    from ..io.annotate import annotate

    if options.annotate:
        written = annotate(options.case, problems, warnings, options.annotate, overwrite=options.force)
        sys.stdout.write(f"The copy with the cells marked is at {written}\n")


def run_template(options: argparse.Namespace) -> int:
    """Write the empty workbook."""
    from ..io import write_template

    written = write_template(options.file, overwrite=options.force, example=options.example)
    sys.stdout.write(f"The template is at {written}\n")
    return DONE
