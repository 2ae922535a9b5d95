"""The command that draws: one picture of a case into a PNG, SVG or PDF file."""

from __future__ import annotations

import argparse
import sys

from .parts import DONE, Commands, find_case, takes_force
from .results import own_name

PICTURES = (
    "network, ecomap, who_knew_what, chronology, agency_sets, agency_matrix, picture_over_time, scores_over_time, "
    "responsibility, meeting_coverage, beliefs_and_duties, matters"
)


def add(commands: Commands) -> None:
    """Add the command to the program."""
    made = commands.of_case("plot", run_plot, "draw one picture of a case", dated=True)
    made.add_argument("picture", metavar="PICTURE", help=f"which picture: {PICTURES}")
    made.add_argument(
        "-o", "--output", metavar="FILE", help="a .png, .svg or .pdf; default: CASE_PICTURE.png in this folder"
    )
    made.add_argument(
        "--size", choices=("slide", "a4", "a4_landscape"), default="slide", help="the page (default: slide)"
    )
    made.add_argument(
        "--by",
        choices=("agency", "person"),
        help="who stands in network, who_knew_what and chronology (default: persons; agencies where they are many)",
    )
    takes_force(made, own=True)


def pictures() -> list[str]:
    """The pictures of one case, by name."""
    import inspect

    from .. import plot

    found = {name: getattr(plot, name) for name in plot.__all__}
    return [name for name, one in found.items() if list(inspect.signature(one).parameters)[:2] == ["case", "at"]]


def run_plot(options: argparse.Namespace) -> int:
    """Draw the picture and say where it is; what cannot be is said before anything is drawn."""
    import inspect
    import warnings

    from .. import plot
    from ..errors import ArgumentError, SafetynetWarning, UnknownNameError, did_you_mean
    from ..plot.saving import ending_of

    name = options.picture.replace("-", "_")
    every = pictures()
    if name not in every:
        near = did_you_mean(name, every, allowed=0) or f"The pictures are: {', '.join(every)}."
        raise UnknownNameError(f"the picture {options.picture!r} is not known. {near}")
    how = {} if options.by is None else {"by": options.by}
    if how and "by" not in inspect.signature(getattr(plot, name)).parameters:
        raise ArgumentError(f"the picture {name!r} does not tell agencies from persons. Leave --by out.")
    place = options.output or f"{own_name(options.case)}_{name}.png"
    ending_of(place)
    case = find_case(options.case, options)
    drawn = getattr(plot, name)(case, options.at, ax=plot.page(options.size), **how)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", SafetynetWarning)
        written = plot.save(drawn, place, overwrite=options.force)
    for one in told:
        sys.stderr.write(f"{one.message}\n")
    sys.stdout.write(f"{plot.alt_text(drawn)}\nThe picture is at {written}\n")
    return DONE
