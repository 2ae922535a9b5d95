"""The command that draws: one picture of a case into a PNG, SVG or PDF file."""

from __future__ import annotations

import argparse
import sys

from .parts import DONE, Commands, find_case, takes_force
from .results import own_name

PICTURE_HELP = (
    "which picture, as in sn.plot: network, ecomap, who_knew_what, chronology, responsibility … (a name that is none "
    "is answered with the nearest)"
)


def add(commands: Commands) -> None:
    """Add the command to the program."""
    made = commands.of_case("plot", run_plot, "draw one picture of a case", dated=True)
    made.add_argument("picture", metavar="PICTURE", help=PICTURE_HELP)
    made.add_argument(
        "-o", "--output", metavar="FILE", help="a .png, .svg or .pdf; default: CASE_PICTURE.png in this folder"
    )
    made.add_argument(
        "--size", choices=("slide", "a4", "a4_landscape"), default="slide", help="the page (default: slide)"
    )
    takes_force(made)


def pictures() -> list[str]:
    """The pictures of one case, by name."""
    import inspect

    from .. import plot

    found = {name: getattr(plot, name) for name in plot.__all__}
    return [name for name, one in found.items() if list(inspect.signature(one).parameters)[:2] == ["case", "at"]]


def run_plot(options: argparse.Namespace) -> int:
    """Draw the picture and say where it is; what cannot be is said before anything is drawn."""
    from .. import plot
    from ..errors import UnknownNameError, did_you_mean
    from ..plot.saving import ending_of

    name = options.picture.replace("-", "_")
    every = pictures()
    if name not in every:
        near = did_you_mean(name, every, allowed=0) or f"The pictures are: {', '.join(every)}."
        raise UnknownNameError(f"the picture {options.picture!r} is not known. {near}")
    place = options.output or f"{own_name(options.case)}_{name}.png"
    ending_of(place)
    case = find_case(options.case, options)
    drawn = getattr(plot, name)(case, options.at, ax=plot.page(options.size))
    written = plot.save(drawn, place, overwrite=options.force)
    sys.stdout.write(f"{plot.alt_text(drawn)}\nThe picture is at {written}\n")
    return DONE
