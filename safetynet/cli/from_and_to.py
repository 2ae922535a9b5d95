"""The commands between what people have and a case, and out of it: check, template, draft, merge, convert, export."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from .parts import CASE_HELP, DONE, Commands, advice, find_case, remarks, takes_force, takes_order
from .printing import show_problems

if TYPE_CHECKING:
    from ..case import Case
    from ..problems import Problem


def add(commands: Commands) -> None:
    """Add the commands to the program."""
    check = commands.of_case("check", run_check, "read a case and list what is wrong or odd in it")
    check.add_argument("--annotate", metavar="OUT.xlsx", help="write a copy with wrong and odd cells marked")
    takes_force(check)
    template = commands.add("template", run_template, "write an Excel workbook to fill a case into, or a codebook")
    template.add_argument("file", metavar="FILE", help="the file to write: .xlsx, or .qdc for NVivo, MAXQDA, ATLAS.ti")
    template.add_argument("--example", action="store_true", help="with a small illustrative case filled in")
    takes_force(template)
    draft = commands.add("draft", run_draft, "make a draft of a case from an agency's own records")
    what = (
        "a chronology (a workbook, a CSV file, a Word document with a table), a folder of ssd_*.csv tables, or coded "
        "passages (.qdpx, or the table that NVivo, MAXQDA or ATLAS.ti exports)"
    )
    draft.add_argument("file", metavar="FILE", help=what)
    draft.add_argument("-o", "--output", metavar="OUT.xlsx", required=True, help="the coding workbook to write")
    draft.add_argument("--agency", metavar="NAME", default="", help="whose chronology it is, where no column says so")
    draft.add_argument("--child", metavar="NAME", default="", help="the child's name; of a folder, its pers_person_id")
    takes_order(draft)
    takes_force(draft)
    merge = commands.add("merge", run_merge, "put several agencies' cases of one child together")
    merge.add_argument("cases", metavar="CASE", nargs="+", help=CASE_HELP)
    merge.add_argument("-o", "--output", metavar="OUT.xlsx", required=True, help="the coding workbook to write")
    merge.add_argument(
        "--tolerance",
        metavar="DAYS",
        type=int,
        default=2,
        help="days between rows that may be one contact (default: 2)",
    )
    takes_order(merge)
    takes_force(merge)
    convert = commands.of_case("convert", run_convert, "write a case in another format")
    convert.add_argument("output", metavar="OUT", help="a folder for CSV files, or a name that ends in .xlsx or .json")
    convert.add_argument("--parquet", action="store_true", help="Parquet files in place of CSV files in a folder")
    takes_force(convert)
    text = "write a case for another program: Gephi, UCINET, Pajek, R, a process miner"
    export = commands.of_case("export", run_export, text, dated=True)
    export.add_argument(
        "file",
        metavar="FILE",
        help="the file to write: .graphml, .gexf, .vna, .dl, .net, .hif.json, .ocel.json, .csv",
    )
    export.add_argument("--format", metavar="NAME", help="the format, where the ending of FILE may be several")
    export.add_argument("--text", action="store_true", help="take summaries and notes along, where the format can")
    takes_force(export)


def run_check(options: argparse.Namespace) -> int:
    """Read a case and print what is odd in it."""
    from ..errors import CaseError, SafetynetError
    from ..problems import Problem

    try:
        case = find_case(options.case, options, quiet=True)
    except CaseError as error:
        try:
            _annotate(options, error.faults, ())
        except SafetynetError as refused:  # what is wrong with the case is said all the same
            sys.stderr.write(f"safetynet: {refused}\n".replace("overwrite=True", "--force"))
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
    for one in advice(case):
        sys.stdout.write(f"{one}\n")
    _annotate(options, (), warnings)
    return DONE


def _annotate(options: argparse.Namespace, problems: Iterable[Problem], warnings: Iterable[Problem]) -> None:
    """Write the copy with the cells marked, where one is asked for."""
    from ..io.annotate import annotate

    if options.annotate:
        written = annotate(options.case, problems, warnings, options.annotate, overwrite=options.force)
        sys.stdout.write(f"The copy with the cells marked is at {written}\n")


def run_template(options: argparse.Namespace) -> int:
    """Write the empty workbook, or the codebook for a program of qualitative analysis."""
    from ..errors import ArgumentError
    from ..io.exchange.codebook import write_codebook
    from ..io.template import write_template

    if Path(options.file).suffix.lower() == ".qdc":
        if options.example:
            raise ArgumentError("--example is for a workbook; a codebook has no rows.")
        written = write_codebook(options.file, overwrite=options.force)
        sys.stdout.write(f"The codebook is at {written}\n")
        return DONE
    written = write_template(options.file, overwrite=options.force, example=options.example)
    sys.stdout.write(f"The template is at {written}\n")
    return DONE


def run_draft(options: argparse.Namespace) -> int:
    """Write a draft of a case from an agency's own chronology or data set, and say what is to be settled."""
    from ..errors import ArgumentError
    from ..io.draft import draft_from_chronology
    from ..io.exchange.qda import is_coded, read_qda
    from ..io.exchange.ssd import read_ssd

    if Path(options.file).is_dir():
        if options.agency:
            raise ArgumentError("--agency is for a chronology; the tables of a data set say whose they are.")
        made = read_ssd(options.file, child=options.child, date_order=options.date_order)
    else:
        read = read_qda if is_coded(options.file) else draft_from_chronology
        made = read(options.file, agency=options.agency, child=options.child, date_order=options.date_order)
    written = made.write(options.output, overwrite=options.force)
    for sentence in made.cannot_tell:
        sys.stdout.write(f"Cannot tell. {sentence}\n")
    sys.stdout.write(f"{made!r}\nThe draft is at {written}; its sheet _questions says what to settle and to look at.\n")
    return DONE


def run_merge(options: argparse.Namespace) -> int:
    """Write several cases as one workbook, with what is to be decided."""
    from ..io.merge import merge_cases

    made = merge_cases([find_case(name, options) for name in options.cases], tolerance=options.tolerance)
    written = made.write(options.output, overwrite=options.force)
    sys.stdout.write(f"{made!r}\nThe merged case is at {written}; its sheet _questions says what to look at.\n")
    return DONE


def run_convert(options: argparse.Namespace) -> int:
    """Write a case in another format."""
    case = find_case(options.case, options)
    written = write_as(case, options.output, force=options.force, parquet=options.parquet)
    sys.stdout.write(f"The case is at {written}\n")
    return DONE


def write_as(case: Case, output: str, *, force: bool, parquet: bool = False) -> Path:
    """Write a case as the name of the output says; a workbook gets the sheets, drop-downs and notes of the template."""
    from ..io.template import write_filled
    from ..io.writing import write_case

    if Path(output).suffix.lower() == ".xlsx" and not parquet:
        return write_filled(case, output, overwrite=force)
    return write_case(case, output, format="parquet" if parquet else None, overwrite=force)


def run_export(options: argparse.Namespace) -> int:
    """Write a case for another program, and say what its format cannot carry."""
    import warnings

    from ..errors import SafetynetWarning
    from ..io.exchange.export import export

    case = find_case(options.case, options)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SafetynetWarning)
        written = export(
            case, options.file, options.at, format=options.format, text=options.text, overwrite=options.force
        )
    sys.stdout.write(f"The case is at {written}\n")
    for one in caught:
        sys.stderr.write(f"{one.message}\n".replace("text=True", "--text").replace("(at)", "(--at)"))
    return DONE
