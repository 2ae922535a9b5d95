"""The tables that the pictures draw: one public function for each, so that other programs can draw them too."""

from .eco import ecomap_ties
from .grid import who_knew_what
from .growth import picture_over_time
from .lanes import chronology_lanes
from .network import network_contacts, network_meetings, network_people
from .sets import agency_sets
from .unshared import unshared_worries
from .worries import worry_responsibility

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
