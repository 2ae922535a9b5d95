"""Before something leaves the house: cases under pseudonyms, who stands out, and small numbers in tables."""

from .pseudonyms import pseudonymise
from .small import suppress_small
from .standing_out import uniqueness

__all__ = ["pseudonymise", "suppress_small", "uniqueness"]
