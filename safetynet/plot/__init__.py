"""Pictures one would put on a slide: axes in, the same axes out, each drawing a table that a function returns."""

from .agency_grid import agency_matrix
from .alt import alt_text
from .canvas import page
from .eco_map import ecomap
from .forest import compare
from .inline import svg
from .knowledge_grid import who_knew_what
from .network_map import network
from .picture_lines import picture_over_time
from .saving import mimebundle, save
from .score_bar import score
from .score_lines import scores_over_time
from .set_bars import agency_sets
from .swim_lanes import chronology
from .worry_rows import responsibility

__all__ = [
    "agency_matrix",
    "agency_sets",
    "alt_text",
    "chronology",
    "compare",
    "ecomap",
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
