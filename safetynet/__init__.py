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
    "Case": "case",
    "Rules": "rules",
    "Score": "scores",
    "Knowledge": "knowledge",
    "knowledge": "knowledge",
    "fragmentation": "measures.fragmentation",
    "distance_fragmentation": "measures.fragmentation",
    "temporal_fragmentation": "measures.fragmentation",
    "concern_clusters": "measures.clusters",
    "unshared_pairs": "measures.picture",
    "best_picture": "measures.picture",
    "diffusion": "measures.responsibility",
    "unowned_share": "measures.responsibility",
    "findings": "findings",
    "report": "report",
    "read_case": "io",
    "write_case": "io",
    "write_template": "io",
    "list_cases": "datasets",
    "load_case": "datasets",
    "ArgumentError": "errors",
    "CaseError": "errors",
    "DateError": "errors",
    "FileInTheWayError": "errors",
    "MissingExtraError": "errors",
    "SafetynetError": "errors",
    "UnknownNameError": "errors",
}

__all__ = sorted([*_WHERE, "__version__"])


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
    raise AttributeError(f"safetynet has no {name!r}.")


def __dir__() -> list[str]:
    return __all__
