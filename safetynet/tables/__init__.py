"""The tables that the pictures draw, each named as its picture, so that other programs can draw them too.

A picture of a table that a measure gives (``agency_matrix``, ``scores_over_time``) has none here.
"""

from typing import TYPE_CHECKING

from ..errors import no_such
from ._agency_sets import agency_sets
from ._beliefs_and_duties import beliefs_and_duties
from ._chronology import chronology
from ._ecomap import ecomap
from ._network import network, network_meetings, network_people
from ._picture_over_time import picture_over_time
from ._responsibility import responsibility
from ._unshared_worries import unshared_worries
from ._who_knew_what import who_knew_what

__all__ = [
    "agency_sets",
    "beliefs_and_duties",
    "chronology",
    "ecomap",
    "network",
    "network_meetings",
    "network_people",
    "picture_over_time",
    "responsibility",
    "unshared_worries",
    "who_knew_what",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        raise no_such("safetynet.tables", name, __all__)
