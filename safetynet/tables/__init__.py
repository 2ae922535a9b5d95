"""The tables that the pictures draw: one public function for each, so that other programs can draw them too."""

from ._agency_sets import agency_sets
from ._chronology import chronology_lanes
from ._ecomap import ecomap_ties
from ._network import network_contacts, network_meetings, network_people
from ._picture_over_time import picture_over_time
from ._responsibility import worry_responsibility
from ._unshared_worries import unshared_worries
from ._who_knew_what import who_knew_what

__all__ = [
    "agency_sets",
    "chronology_lanes",
    "ecomap_ties",
    "network_contacts",
    "network_meetings",
    "network_people",
    "picture_over_time",
    "unshared_worries",
    "who_knew_what",
    "worry_responsibility",
]
