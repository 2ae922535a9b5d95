"""The command line: ``safetynet report victoria_climbie`` and the other commands.

Exit status 0: done. 1: the input has problems, which are printed as a table; nothing is written. 2: wrong usage.
Nothing heavy is imported before a command needs it, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from . import agreeing, drawing, from_and_to, results, sharing, studies
from .parts import DONE, PROBLEMS, USAGE, Commands
from .printing import in_any_code_page, show_problems


def build_parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(
        prog="safetynet",
        description="Who knew what, when, and who had it in hand: computed from the chronology of a case.",
        epilog="A score describes a network over a period. It is never a child's risk or a person's fault.",
    )
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    commands = Commands(parser.add_subparsers(dest="command", metavar="COMMAND"))
    results.add(commands)
    studies.add(commands)
    agreeing.add(commands)
    drawing.add(commands)
    from_and_to.add(commands)
    sharing.add(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    in_any_code_page()
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.version:
        from importlib.metadata import version

        sys.stdout.write(f"safetynet {version('safetynet-networks')}\n")
        return DONE
    if not options.command:
        parser.print_help()
        return USAGE
    from ..errors import CaseError, SafetynetError

    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except CaseError as error:
        written = "" if options.command == "check" else "; nothing was written"
        show_problems(error.faults, f"{error.what}: {len(error.faults)} to put right{written}", sys.stderr)
        return PROBLEMS
    except SafetynetError as error:
        said = (
            str(error)
            .replace("overwrite=True", "--force")
            .replace("pdf=True", "--pdf")
            .replace("date_order=", "--date-order ")
        )
        if options.command == "export":
            said = (
                said.replace("format=", "--format ")
                .replace("what_came_after=", "--after ")
                .replace("Leave format out", "Leave --format out")
            )
        sys.stderr.write(f"safetynet: {said}\n")
        return USAGE
    except BrokenPipeError:  # the reader of a pipe has gone, as with `| head`
        sys.stderr.close()
        return DONE
    except OSError as error:
        sys.stderr.write(f"safetynet: {error.filename or 'the file'}: {error.strerror or error}\n")
        return USAGE
