"""The command on two codings of one case: agreement."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..wording import count
from .parts import CASE_HELP, DONE, Commands, find_case, takes_force, takes_order
from .printing import as_number, show_lines

if TYPE_CHECKING:
    from ..study.agreement import Agreement

MOST = 20  # disagreements that are printed


def add(commands: Commands) -> None:
    """Add the command to the program."""
    text = "say how far two coders of one case agree, and list what they have to talk about"
    made = commands.add("agreement", run_agreement, text)
    made.add_argument("a", metavar="A", help=f"the first coding: {CASE_HELP}")
    made.add_argument("b", metavar="B", help="the second coding")
    text = "the workbook to write for the coders' meeting: .xlsx; without it measures and disagreements are printed"
    made.add_argument("-o", "--output", metavar="FILE", help=text)
    text = "the most days between two rows that may be one (default: 1)"
    made.add_argument("--tolerance", metavar="DAYS", type=int, default=1, help=text)
    text = "a person or agency of A and the same of B, such as --people p1=teacher; again for each"
    made.add_argument("--people", metavar="ID=ID", action="append", type=_pair, default=[], help=text)
    text = "a concern of A and the same of B; again for each"
    made.add_argument("--concerns", metavar="ID=ID", action="append", type=_pair, default=[], help=text)
    takes_order(made)
    takes_force(made)


def run_agreement(options: argparse.Namespace) -> int:
    """Compare the two, and print or write what comes out."""
    from ..study.agreement import agreement

    if options.output:
        _refuse(options)
    found = agreement(
        find_case(options.a, options),
        find_case(options.b, options),
        tolerance=options.tolerance,
        people=_mapping(options.people),
        concerns=_mapping(options.concerns),
    )
    sys.stdout.write(f"a: {options.a}, b: {options.b}. {found.explain()}\n")
    if options.output:
        place = found.write(options.output, overwrite=options.force)
        sys.stdout.write(f"The workbook for the meeting is at {place}\n")
    else:
        _print(found)
    return DONE


def _refuse(options: argparse.Namespace) -> None:
    """Raise unless the workbook can be written, before anything is read."""
    from ..io.files import refuse_if_taken
    from ..io.template import need_xlsx

    refuse_if_taken(need_xlsx(Path(options.output), "the agreement of two coders"), options.force)


def _pair(text: str) -> tuple[str, str]:
    """The two ids of an option."""
    one, sign, other = (part.strip() for part in text.partition("="))
    if not (one and sign and other):
        raise argparse.ArgumentTypeError(f"{text!r} is not an id of A and an id of B, such as p1=teacher")
    return one, other


def _mapping(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """The ids of B for each id of A."""
    made: dict[str, list[str]] = {}
    for one, other in pairs:
        made.setdefault(one, []).append(other)
    return made


def _print(found: Agreement) -> None:
    """Print every measure that is defined, and the first disagreements."""
    table = found.table
    defined = table[table["reason"] == ""]
    sys.stdout.write("\n")
    heads = ["measure", "kind", "number", "value", "low", "high"]
    lines = ([*line[:2], str(line[2]), *map(as_number, line[3:6])] for line in defined[heads].itertuples(index=False))
    show_lines(heads, lines, "Agreement, with 95 of 100 samples between low and high")
    listed = found.disagreements
    if listed.empty:
        return
    columns = ["table", "kind", "in_a", "in_b", "rows_a", "rows_b"]
    shown = listed[columns].head(MOST).map(lambda cell: "; ".join(cell) if isinstance(cell, tuple) else cell)
    show_lines(columns, shown.itertuples(index=False), f"To talk about: {count(len(listed), 'disagreement')}")
    if len(listed) > MOST:
        sys.stdout.write(f"{len(listed) - MOST} more: -o FILE.xlsx writes all of them.\n")
