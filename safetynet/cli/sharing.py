"""The command for what is given to others: pseudonymise."""

from __future__ import annotations

import argparse
import sys

from .from_and_to import write_as
from .parts import DONE, Commands, find_case, takes_force


def add(commands: Commands) -> None:
    """Add the command to the program."""
    made = commands.of_case("pseudonymise", run_pseudonymise, "write a case with pseudonyms and moved dates")
    made.add_argument("output", metavar="FILE", help="a folder for CSV files, or a name that ends in .xlsx or .json")
    made.add_argument("--key-file", metavar="FILE", help="a file that holds the key and nothing else")
    made.add_argument(
        "--key-env",
        metavar="NAME",
        help="the environment variable that holds the key; default: SAFETYNET_KEY, and without it the key is asked for",
    )
    made.add_argument(
        "--keep",
        metavar="COLUMN",
        action="append",
        default=[],
        help="a column of texts to leave as it is (repeatable)",
    )
    made.add_argument(
        "--generalise",
        metavar="WHAT",
        action="append",
        default=[],
        help="what to say less of: agencies (no sector), areas, roles (repeatable)",
    )
    made.add_argument("--relative", action="store_true", help="dates as days since the case began, from 2001-01-01")
    made.add_argument(
        "--linked", action="store_true", help="one id is one and the same in every case, and stays so under this key"
    )
    takes_force(made)


def run_pseudonymise(options: argparse.Namespace) -> int:
    """Write the case under pseudonyms, and say who stands out all the same."""
    from ..privacy import uniqueness
    from ..privacy.keyed import find_key
    from ..privacy.pseudonyms import NOTICE, under

    case = find_case(options.case, options, quiet=True)
    made = under(
        case,
        find_key(options.key_env, options.key_file),
        dates="relative" if options.relative else "shifted",
        keep=options.keep,
        generalise=options.generalise,
        linked=options.linked,
    )
    written = write_as(made, options.output, force=options.force)
    sys.stdout.write(f"The case under pseudonyms is at {written}\n\n{NOTICE}\n\n")
    for sentence in uniqueness(made)["statement"]:
        sys.stdout.write(f"- {sentence}\n")
    return DONE
