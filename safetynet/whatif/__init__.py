"""What would have changed it: a case compared with a changed one, and the smallest change that matters most."""

from .compare import Comparison, what_if
from .search import smallest_change

__all__ = ["Comparison", "smallest_change", "what_if"]
