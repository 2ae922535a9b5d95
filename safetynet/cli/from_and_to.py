"""The commands between what people have and a case: check, template."""

from __future__ import annotations

import argparse
import sys

from .parts import DONE, Commands, find_case, remarks, takes_force
from .printing import show_problems


def add(commands: Commands) -> None:
    """Add the commands to the program."""
    commands.of_case("check", run_check, "read a case and list what is wrong or odd in it")
    template = commands.add("template", run_template, "write an Excel workbook to fill a case into")
    template.add_argument("file", metavar="FILE.xlsx", help="the file to write")
    takes_force(template)


def run_check(options: argparse.Namespace) -> int:
    """Read a case and print what is odd in it."""
    from ..problems import Problem

    case = find_case(options.case, options, quiet=True)
    sys.stdout.write(f"{case!r}\n")
    lacking = remarks(case)
    for remark in lacking:
        sys.stdout.write(f"{remark[0].upper()}{remark[1:]}\n")
    warnings = [Problem(*row) for row in case.warnings.itertuples(index=False)]
    if warnings:
        show_problems(warnings, f"No problem; {len(warnings)} odd but usable")
    elif not lacking:
        sys.stdout.write("No problem, nothing odd.\n")
    return DONE


def run_template(options: argparse.Namespace) -> int:
    """Write the empty workbook."""
    from ..io import write_template

    written = write_template(options.file, overwrite=options.force)
    sys.stdout.write(f"The template is at {written}\n")
    return DONE
