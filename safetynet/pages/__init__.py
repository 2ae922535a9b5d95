"""Pages about a case, each one self-contained HTML file that asks nothing of any network.

The layers below compute; this one only shows. :mod:`.page` says how a page is made; :mod:`.content` gathers what the
report says, its template lays it out.
"""

from .exploring import Explorer, explorer
from .jigsaw_pack import jigsaw
from .reporting import report

__all__ = ["Explorer", "explorer", "jigsaw", "report"]
