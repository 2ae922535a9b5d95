"""safetynet: how professionals work together around a child, computed from a chronology.

``import safetynet as sn``; then ``case = sn.load_case("victoria_climbie")`` and a function on the case. Names are
loaded when they are first used, so that the import is quick.
"""

from __future__ import annotations

import importlib
import sys
import types
from typing import Any

_WHERE: dict[str, str] = {
    name: module
    for module, names in {
        "case": ("Case",),
        "rules": ("Rules",),
        "scores": ("Score",),
        "knowledge": ("Knowledge", "knowledge"),
        "io": ("read_case", "write_case", "write_template"),
        "datasets": ("list_cases", "load_case"),
        "measures.fragmentation": ("fragmentation", "distance_fragmentation", "temporal_fragmentation"),
        "measures.agencies": ("agency_fragmentation", "ei_index", "agency_matrix", "agency_contacts"),
        "measures.key_players": ("key_players",),
        "measures.brokerage": ("brokerage",),
        "measures.bridges": ("boundary_spanners", "single_points_of_failure", "constraint", "effective_size"),
        "measures.sources": ("source_concentration",),
        "measures.continuity": ("continuity",),
        "measures.care_density": ("care_density", "fragmented_care_density"),
        "measures.clusters": ("concern_clusters",),
        "measures.picture": ("unshared_pairs", "best_picture"),
        "measures.responsibility": ("diffusion", "unowned_share"),
        "measures.assumptions": ("assumptions", "circular_assumptions", "dead_ends"),
        "measures.unowned": ("days_unowned", "unowned_worries"),
        "measures.requests": ("requests",),
        "measures.action_plan": ("action_plan", "planned_share"),
        "measures.closures": ("closures",),
        "measures.lead": ("lead_professional", "days_without_lead"),
        "measures.services": ("service_gaps",),
        "measures.rhythm": ("meeting_rhythm",),
        "measures.practice": ("practice_profile",),
        "measures.team": ("team_around_child",),
        "measures.relationships": ("working_relationships", "shared_along_ties", "channel_mix"),
        "measures.exclusive": ("exclusive_concerns",),
        "measures.meeting": ("smallest_meeting", "earliest_picture"),
        "measures.asking": ("who_to_ask",),
        "measures.opportunities": ("missed_opportunities", "shared_beyond_need"),
        "measures.latency": ("sharing_latency",),
        "measures.reassurance": ("reach_of_reassurance",),
        "measures.escalation": ("escalation",),
        "measures.status": ("concern_status",),
        "measures.summary": ("scores", "scores_over_time"),
        "findings": ("findings",),
        "whatif": ("what_if", "smallest_change", "Comparison"),
        "report": ("report",),
        "errors": (
            "ArgumentError",
            "CaseError",
            "DateError",
            "FileInTheWayError",
            "MissingExtraError",
            "SafetynetError",
            "UnknownNameError",
        ),
    }.items()
    for name in names
}

_MODULES = ("plot", "views")  # loaded when they are first used

__all__ = sorted([*_WHERE, *_MODULES, "__version__"])


class _Package(types.ModuleType):
    """The import of a module never hides a public name of the same spelling."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _WHERE and isinstance(value, types.ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        module = importlib.import_module(f".{_WHERE[name]}", __name__)
        value = getattr(module, name)
        globals()[name] = value
        return value
    if name == "__version__":
        from importlib.metadata import version

        return version("safetynet-networks")
    if name in _MODULES:
        return importlib.import_module(f".{name}", __name__)
    from .errors import did_you_mean

    raise AttributeError(f"safetynet has no {name!r}. {did_you_mean(name, __all__, allowed=0)}".rstrip())


def __dir__() -> list[str]:
    return __all__
