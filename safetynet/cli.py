"""The command line: ``safetynet report victoria_climbie`` and the other commands.

Exit status 0: done. 1: the input has problems, which are printed as a table; nothing is written. 2: wrong usage.
Nothing heavy is imported before a command needs it, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from .case import Case

DONE, PROBLEMS, USAGE = 0, 1, 2
CASE_HELP = "a packaged case (see 'safetynet cases') or the path of a folder, an .xlsx or a .json"


def build_parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(
        prog="safetynet",
        description="Who knew what, when, and who had it in hand: computed from the chronology of a case.",
        epilog="A score describes a network over a period. It is never a child's risk or a person's fault.",
    )
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        made.set_defaults(run=run)
        return made

    def at(made: argparse.ArgumentParser) -> None:
        made.add_argument(
            "--at", metavar="DATE", help="the date asked for; default: the day before the harm, or the last day"
        )

    report = command("report", run_report, "write one self-contained HTML report of a case")
    report.add_argument("case", metavar="CASE", help=CASE_HELP)
    report.add_argument(
        "-o", "--output", metavar="FILE", help="the file to write; default: CASE_report.html in this folder"
    )
    at(report)
    check = command("check", run_check, "read a case and list what is wrong or odd in it")
    check.add_argument("case", metavar="CASE", help=CASE_HELP)
    scores = command("scores", run_scores, "print the scores of one or several cases side by side")
    scores.add_argument("cases", metavar="CASE", nargs="+", help=CASE_HELP)
    scores.add_argument("--csv", action="store_true", help="print comma-separated values, a row per case")
    at(scores)
    findings = command("findings", run_findings, "print what a reviewer would want pointed out in a case")
    findings.add_argument("case", metavar="CASE", help=CASE_HELP)
    most = "how many to print, 0 = all (default: 20)"
    findings.add_argument("--most", metavar="N", type=_number_of_lines, default=20, help=most)
    findings.add_argument("--csv", action="store_true", help="print comma-separated values")
    at(findings)
    template = command("template", run_template, "write an empty Excel workbook to fill a case into")
    template.add_argument("file", metavar="FILE.xlsx", help="the file to write")
    template.add_argument("--force", action="store_true", help="replace a file that is already there")
    cases = command("cases", run_cases, "list the packaged cases")
    cases.add_argument("--csv", action="store_true", help="print comma-separated values")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.version:
        from importlib.metadata import version

        sys.stdout.write(f"safetynet {version('safetynet-networks')}\n")
        return DONE
    if not options.command:
        parser.print_help()
        return USAGE
    from .errors import CaseError, SafetynetError

    try:
        status: int = options.run(options)
        return status
    except CaseError as error:
        show(error.problems, f"{error.what}: {len(error.faults)} to put right; nothing was written", sys.stderr)
        return PROBLEMS
    except SafetynetError as error:
        said = str(error).replace("overwrite=True", "--force")
        sys.stderr.write(f"safetynet: {said}\n")
        return USAGE
    except BrokenPipeError:  # the reader of a pipe has gone, as with `| head`
        sys.stderr.close()
        return DONE
    except OSError as error:
        sys.stderr.write(f"safetynet: {error.filename or 'the file'}: {error.strerror or error}\n")
        return USAGE


def find_case(name: str) -> Case:
    """The case of a path or a packaged name; a path that exists comes first."""
    from . import datasets
    from .errors import UnknownNameError, did_you_mean
    from .io import read_case

    if Path(name).exists():
        return read_case(name)
    if name in datasets.names():
        return datasets.load_case(name)
    folder = Path(name).parent
    near = {str(folder / place.name) for place in folder.iterdir()} if folder.is_dir() else set()
    hint = did_you_mean(name, [*datasets.names(), *sorted(near)], allowed=0)
    raise UnknownNameError(
        f"{name!r} is neither a packaged case nor a path that is there. {hint or 'See: safetynet cases.'}"
    )


# commands ---------------------------------------------------------------------------------------------


def run_report(options: argparse.Namespace) -> int:
    """Write the report and say where it is."""
    from .pages import report

    case = find_case(options.case)
    output = options.output or f"{case.id or 'case'}_report.html"
    written = report(case, output, at=options.at)
    sys.stdout.write(f"The report is at {written}\n")
    return DONE


def run_check(options: argparse.Namespace) -> int:
    """Read a case and print what is odd in it."""
    case = find_case(options.case)
    sys.stdout.write(f"{case!r}\n")
    warnings = case.warnings
    if warnings.empty:
        sys.stdout.write("No problem, nothing odd.\n")
    else:
        show(warnings, f"No problem; {len(warnings)} odd but usable")
    return DONE


def run_scores(options: argparse.Namespace) -> int:
    """Print the scores of cases side by side."""
    import pandas as pd

    from .measures.summary import scores
    from .progress import progressing

    found = [find_case(name) for name in options.cases]
    columns = [scores(case, at=options.at) for case in progressing(found, "scores", len(found))]
    table = pd.concat(columns, axis=1)
    ids = [case.id or name for case, name in zip(found, options.cases, strict=True)]
    table.columns = ids if len(set(ids)) == len(ids) else list(options.cases)
    if options.csv:
        table.T.rename_axis("case").to_csv(sys.stdout)
        return DONE
    dates = ", ".join(
        f"{name}: {options.at or _default(case)}" for name, case in zip(table.columns, found, strict=True)
    )
    show(table.map(_number).rename_axis("score").reset_index(), "Scores")
    sys.stdout.write(
        f"As of {dates}. A score describes a network over a period, never a child's risk or a person's fault.\n"
    )
    return DONE


def run_findings(options: argparse.Namespace) -> int:
    """Print the findings, most weighty first."""
    from .review import findings

    case = find_case(options.case)
    table = findings(case, at=options.at)
    if options.csv:
        joined = table.map(lambda cell: ";".join(cell) if isinstance(cell, tuple) else cell)
        joined.to_csv(sys.stdout, index=False)
        return DONE
    if table.empty:
        sys.stdout.write("No rule finds anything to point out in this record.\n")
        return DONE
    shown = table if options.most == 0 else table.head(options.most)
    lines: Any = shown.to_dict("records")
    for place, finding in enumerate(lines, start=1):
        rows = ", ".join(finding["rows"]) or "–"
        sys.stdout.write(f"{place:3}. {finding['statement']}\n     [{finding['kind']}; rows {rows}]\n")
    if len(shown) < len(table):
        sys.stdout.write(f"{len(table) - len(shown)} more: --most 0 prints all.\n")
    return DONE


def run_template(options: argparse.Namespace) -> int:
    """Write the empty workbook."""
    from .io import write_template

    written = write_template(options.file, overwrite=options.force)
    sys.stdout.write(f"The template is at {written}\n")
    return DONE


def run_cases(options: argparse.Namespace) -> int:
    """List the packaged cases."""
    from .datasets import list_cases

    table = list_cases()
    if options.csv:
        table.to_csv(sys.stdout, index=False)
    else:
        show(table, "Packaged cases")
    return DONE


def _number_of_lines(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of lines; 0 means all of them")
    return int(text)


# printing ---------------------------------------------------------------------------------------------


def _default(case: Case) -> str:
    from .dates import date_of

    return date_of(case._day()).isoformat()


def _number(value: Any) -> str:
    if value != value:
        return "not defined"
    if float(value).is_integer():
        return f"{value:.0f}"
    return f"{value:.3f}" if abs(value) >= 0.0005 else f"{value:.1g}"


def console(stream: Any = None) -> Console:
    """A console for tables; as wide as the terminal, or wide enough for a file."""
    from rich.console import Console

    made = Console(file=stream or sys.stdout, highlight=False, emoji=False)
    return made if made.is_terminal else Console(file=stream or sys.stdout, highlight=False, emoji=False, width=160)


def show(table: pd.DataFrame, title: str, stream: Any = None) -> None:
    """Print a DataFrame as a table; nothing in a cell is taken for markup."""
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    made = Table(title=Text(title), title_justify="left", box=SIMPLE, pad_edge=False)
    for column in table.columns:
        made.add_column(Text(str(column)), overflow="fold")
    for row in table.itertuples(index=False):
        made.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console(stream).print(made)
