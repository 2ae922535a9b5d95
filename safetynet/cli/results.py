"""The commands that answer from a case: report, explorer, jigsaw, scores, findings, and the list of packaged cases."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..wording import count
from .parts import CASE_HELP, DONE, Commands, chosen, find_case, takes_date, takes_force, takes_order
from .printing import as_number, show, show_lines

if TYPE_CHECKING:
    from ..case import Case
    from ..review import Finding, Matter


ON_A_MATTER = 3  # sentences that are printed of one matter, each of another kind


def add(commands: Commands) -> None:
    """Add the commands to the program."""
    report = commands.of_case("report", run_report, "write one self-contained HTML report of a case", dated=True)
    report.add_argument(
        "-o", "--output", metavar="FILE", help="the file to write; default: CASE_report.html in this folder"
    )
    report.add_argument("--full", action="store_true", help="everything, instead of about twelve printed pages")
    report.add_argument(
        "--level",
        choices=("agency", "person"),
        default="agency",
        help="who is shown first and on paper: agencies and roles (default), or persons by name",
    )
    text = "a copy for the family: plain words, no codes or scores, room for how they remember it"
    report.add_argument("--family", action="store_true", help=text)
    text = (
        "with each score a band and with each matter how often it stays, from N draws of dates and rows (200 is usual)"
    )
    report.add_argument("--bands", metavar="N", type=_number("draws, such as 200"), default=0, help=text)
    report.add_argument("--pdf", action="store_true", help="a PDF instead of a web page; needs the extra pdf")
    takes_force(report, own=True)
    text = "write one HTML file in which the network of a case can be looked at day by day"
    explorer = commands.of_case("explorer", run_explorer, text, dated=True)
    explorer.add_argument(
        "-o", "--output", metavar="FILE", help="the file to write; default: CASE_explorer.html in this folder"
    )
    text = "put no what-if beside the record; else it is the one conversation that would have joined most"
    explorer.add_argument("--no-what-if", action="store_true", help=text)
    takes_force(explorer, own=True)
    _add_jigsaw(commands)
    scores = commands.add("scores", run_scores, "print the scores of one or several cases side by side")
    scores.add_argument("cases", metavar="CASE", nargs="+", help=CASE_HELP)
    scores.add_argument("--csv", action="store_true", help="print comma-separated values, a row per case")
    takes_order(scores)
    takes_date(scores)
    text = "print what a reviewer would want pointed out in a case"
    findings = commands.of_case("findings", run_findings, text, dated=True)
    most = "how many matters of each side to print, 0 = all (default: 20)"
    findings.add_argument("--most", metavar="N", type=_number("lines; 0 means all of them"), default=20, help=most)
    findings.add_argument("--all", action="store_true", help="print every finding of each matter, and all matters")
    text = "leave out what could not be seen on the date: later rows, what a reviewer says was needed, the harm"
    findings.add_argument("--no-hindsight", action="store_true", help=text)
    findings.add_argument(
        "--csv", action="store_true", help="print comma-separated values: a line per matter, with --all per finding"
    )
    cases = commands.add("cases", run_cases, "list the packaged cases")
    cases.add_argument("--csv", action="store_true", help="print comma-separated values")


def _add_jigsaw(commands: Commands) -> None:
    text = "write a training pack: printable cards with only what each had by a date, and a facilitator's sheet"
    jigsaw = commands.of_case("jigsaw", run_jigsaw, text)
    jigsaw.add_argument(
        "--at", metavar="DATE", required=True, help="the date up to which the cards tell, such as 2022-11-16"
    )
    jigsaw.add_argument(
        "-o", "--output", metavar="FILE", help="the file to write; default: CASE_cards.html in this folder"
    )
    text = "write what came after the date too, into a file of its own"
    jigsaw.add_argument("--after", metavar="FILE", help=text)
    text = "whose cards: those of agencies (default) or of persons"
    jigsaw.add_argument("--by", choices=("agency", "person"), default="agency", help=text)
    jigsaw.add_argument("--paper", choices=("A4", "A5", "Letter"), default="A4", help="the paper (default: A4)")
    jigsaw.add_argument("--large", action="store_true", help="large type")
    jigsaw.add_argument("--groups", metavar="N", type=int, help="deal the cards to so many groups")
    text = "what the pack is called; default: the title of the case, unless that names a later date"
    jigsaw.add_argument("--title", metavar="TEXT", default="", help=text)
    takes_force(jigsaw, own=True)


def run_jigsaw(options: argparse.Namespace) -> int:
    """Write the training pack and say where it is."""
    from ..pages.jigsaw_pack import jigsaw

    case = find_case(options.case, options)
    written = jigsaw(
        case,
        options.output or f"{own_name(options.case)}_cards.html",
        what_came_after=options.after,
        overwrite=options.force,
        **chosen(options, "at", "by", "paper", "large", "groups", "title"),
    )
    sys.stdout.write(f"The training pack is at {written}\n")
    if options.after is not None:
        sys.stdout.write(f"What came after is at {Path(options.after).absolute()}\n")
    return DONE


def run_report(options: argparse.Namespace) -> int:
    """Write the report and say where it is."""
    from ..pages.reporting import report

    case = find_case(options.case, options)
    kind, ending = "family" if options.family else "report", "pdf" if options.pdf else "html"
    written = report(
        case,
        options.output or f"{own_name(options.case)}_{kind}.{ending}",
        overwrite=options.force,
        **chosen(options, "at", "full", "level", "family", "pdf", "bands"),
    )
    sys.stdout.write(f"The report is at {written}\n")
    return DONE


def run_explorer(options: argparse.Namespace) -> int:
    """Write the explorer and say where it is."""
    from ..pages.exploring import explorer

    case = find_case(options.case, options)
    place = options.output or f"{own_name(options.case)}_explorer.html"
    beside = None if options.no_what_if else "smallest"
    made = explorer(case, place, at=options.at, what_if=beside, overwrite=options.force)
    sys.stdout.write(f"The explorer is at {made.path}\n")
    return DONE


def own_name(given: str) -> str:
    """The name of an input, made safe to name an output: nothing in it leads to another folder."""
    path = Path(given).absolute()
    name = path.name if path.is_dir() or not path.exists() else path.stem
    return re.sub(r"[^\w.\- ]+", "_", name).strip(". ") or "case"


def run_scores(options: argparse.Namespace) -> int:
    """Print the scores of cases side by side."""
    from ..measures.headline import NAMES, numbers
    from ..progress import progressing
    from ..record.snapshot import snapshot

    found = [find_case(name, options) for name in options.cases]
    columns = [numbers(snapshot(case, options.at)) for case in progressing(found, "scores", len(found))]
    ids = [case.id or name for case, name in zip(found, options.cases, strict=True)]
    heads = ids if len(set(ids)) == len(ids) else list(options.cases)
    if options.csv:
        import pandas as pd

        from ..io.formulas import escaped

        table = pd.DataFrame(columns, index=pd.Index(heads, name="case"), columns=NAMES, dtype=float)
        escaped(table).to_csv(sys.stdout)
        return DONE
    dates = ", ".join(f"{name}: {options.at or _default(case)}" for name, case in zip(heads, found, strict=True))
    show_lines(["score", *heads], ([name, *(as_number(one[name]) for one in columns)] for name in NAMES), "Scores")
    sys.stdout.write(
        f"As of {dates}. A score describes a network over a period, never a child's risk or a person's fault.\n"
    )
    return DONE


def run_findings(options: argparse.Namespace) -> int:
    """Print the matters of a case, most weighty first, what worked after what did not."""
    from ..review import as_matters, findings, found, matters

    case, hindsight = find_case(options.case, options), not options.no_hindsight
    if options.csv:
        shown = (findings if options.all else matters)(case, options.at, hindsight=hindsight)
        joined = shown.map(lambda cell: ";".join(map(str, cell)) if isinstance(cell, tuple) else cell)
        from ..io.formulas import escaped

        escaped(joined).to_csv(sys.stdout, index=False)
        return DONE
    every = found(case, options.at, hindsight=hindsight)
    if not every:
        sys.stdout.write("No rule finds anything to point out in this record.\n")
        return DONE
    listed = as_matters(every)
    for side, heading in (("gap", "What a reviewer may want to look at"), ("strength", "What worked")):
        _print_matters(heading, [one for one in listed if one.side == side], every, options)
    return DONE


def _print_matters(
    heading: str, matters: Sequence[Matter], findings: Sequence[Finding], options: argparse.Namespace
) -> None:
    """Print one side: each matter with its sentence, question and what other kinds say of it, or with every finding."""
    number = len(matters) if options.all or options.most == 0 else options.most
    sys.stdout.write(f"{heading}: {count(len(matters), 'matter')}\n")
    for place, matter in enumerate(matters[:number], start=1):
        sys.stdout.write(f"\n{place:3}. {matter.matter} [{matter.theme}]\n")
        every = [findings[position] for position in matter.findings]
        shown = every if options.all else _of_other_kinds(every)
        for line in shown[: None if options.all else 1]:
            sys.stdout.write(f"     {line.statement}\n     {line.question}\n")
            sys.stdout.write(f"     [{line.kind}; rows {', '.join(line.rows)}]\n")
        for line in [] if options.all else shown[1:ON_A_MATTER]:
            sys.stdout.write(f"     - {line.statement}\n")
        further = 0 if options.all else len(every) - min(len(shown), ON_A_MATTER)
        if further:
            sys.stdout.write(f"     and {count(further, 'further finding')}: --all prints them.\n")
    if number < len(matters):
        sys.stdout.write(f"\n{len(matters) - number} more: --most 0 prints all.\n")
    sys.stdout.write("\n")


def _of_other_kinds(findings: Iterable[Finding]) -> list[Finding]:
    """The heaviest finding of each kind, in their order."""
    first: dict[str, Finding] = {}
    for line in findings:
        first.setdefault(line.kind, line)
    return list(first.values())


def run_cases(options: argparse.Namespace) -> int:
    """List the packaged cases."""
    from ..datasets import list_cases

    table = list_cases()
    if options.csv:
        from ..io.formulas import escaped

        escaped(table).to_csv(sys.stdout, index=False)
    else:
        show(table, "Packaged cases (counted are the lines of their tables)")
    return DONE


def _number(of: str) -> Callable[[str], int]:
    """What reads a whole number of an option, or says of what it is none."""

    def read(text: str) -> int:
        if not text.isdigit():
            raise argparse.ArgumentTypeError(f"{text!r} is not a number of {of}")
        return int(text)

    return read


def _default(case: Case) -> str:
    from ..dates import date_of

    return date_of(case._day()).isoformat()
