"""The tables that the pictures draw: one public function for each, so that other programs can draw them too."""

from .network import network_contacts, network_meetings, network_people
from .unshared import unshared_worries

__all__ = ["network_contacts", "network_meetings", "network_people", "unshared_worries"]
