"""Pictures one would put on a slide: axes in, the same axes out, each drawing a table that a function returns.

Each is loaded when it is first used, so that whoever wants one does not wait for all.
"""

import importlib
from typing import TYPE_CHECKING

_WHERE = {  # the module of each name
    "agency_matrix": "_agency_matrix",
    "agency_sets": "_agency_sets",
    "beliefs_and_duties": "_beliefs_and_duties",
    "chronology": "_chronology",
    "compare": "_compare",
    "ecomap": "_ecomap",
    "matters": "_matters",
    "meeting_coverage": "_meeting_coverage",
    "network": "_network",
    "picture_over_time": "_picture_over_time",
    "responsibility": "_responsibility",
    "score": "_score",
    "scores_over_time": "_scores_over_time",
    "who_knew_what": "_who_knew_what",
    "svg": "inline",
    "alt_text": "kit.alt",
    "page": "kit.canvas",
    "mimebundle": "saving",
    "save": "saving",
}

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

if TYPE_CHECKING:  # for editors and type checkers; at run time names are loaded when they are first used
    from ._agency_matrix import agency_matrix as agency_matrix
    from ._agency_sets import agency_sets as agency_sets
    from ._beliefs_and_duties import beliefs_and_duties as beliefs_and_duties
    from ._chronology import chronology as chronology
    from ._compare import compare as compare
    from ._ecomap import ecomap as ecomap
    from ._matters import matters as matters
    from ._meeting_coverage import meeting_coverage as meeting_coverage
    from ._network import network as network
    from ._picture_over_time import picture_over_time as picture_over_time
    from ._responsibility import responsibility as responsibility
    from ._score import score as score
    from ._scores_over_time import scores_over_time as scores_over_time
    from ._who_knew_what import who_knew_what as who_knew_what
    from .inline import svg as svg
    from .kit.alt import alt_text as alt_text
    from .kit.canvas import page as page
    from .saving import mimebundle as mimebundle
    from .saving import save as save
else:

    def __getattr__(name: str) -> object:
        if name in _WHERE:
            value = getattr(importlib.import_module(f".{_WHERE[name]}", __name__), name)
            globals()[name] = value
            return value
        from ..errors import no_such

        raise no_such("safetynet.plot", name, __all__)

    def __dir__() -> list[str]:
        return __all__
