"""Reports: one self-contained HTML file about a case.

The layers below compute; this one only shows. :mod:`.content` gathers what a page says, the template lays it out.
"""

from .write import report

__all__ = ["report"]
