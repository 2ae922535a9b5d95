"""safetynet: how professionals work together around a child, computed from a chronology.

``import safetynet as sn``; then ``case = sn.load_case("victoria_climbie")`` and a function on the case. Names are
loaded when they are first used, so that the import is quick.
"""

from __future__ import annotations

import importlib
from typing import Any

_WHERE: dict[str, str] = {
    "Case": "case",
    "Rules": "rules",
    "Score": "scores",
    "Knowledge": "knowledge",
    "knowledge": "knowledge",
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
