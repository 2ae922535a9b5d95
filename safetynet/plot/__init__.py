"""Pictures one would put on a slide: axes in, the same axes out, each drawing a table that a function returns."""

from typing import TYPE_CHECKING

from ._agency_matrix import agency_matrix
from ._agency_sets import agency_sets
from ._beliefs_and_duties import beliefs_and_duties
from ._chronology import chronology
from ._compare import compare
from ._ecomap import ecomap
from ._matters import matters
from ._meeting_coverage import meeting_coverage
from ._network import network
from ._picture_over_time import picture_over_time
from ._responsibility import responsibility
from ._score import score
from ._scores_over_time import scores_over_time
from ._who_knew_what import who_knew_what
from .inline import svg
from .kit.alt import alt_text
from .kit.canvas import page
from .saving import mimebundle, save

__all__ = [
    "agency_matrix",
    "agency_sets",
    "alt_text",
    "beliefs_and_duties",
    "chronology",
    "compare",
    "ecomap",
    "matters",
    "meeting_coverage",
    "mimebundle",
    "network",
    "page",
    "picture_over_time",
    "responsibility",
    "save",
    "score",
    "scores_over_time",
    "svg",
    "who_knew_what",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from ..errors import did_you_mean

        near = "" if name.startswith("_") else did_you_mean(name, __all__, allowed=0)
        raise AttributeError(f"safetynet.plot has no {name!r}. {near}".rstrip())
