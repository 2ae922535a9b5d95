"""Imports run one way: from the ground up to the command line, inside the packages too."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "safetynet"

# From the words that everything uses up to the command line. A module may import from its own line and from the
# lines above it. A new module needs a place here; the name of a package stands for all that is in it.
LAYERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            "written",
            "problems",
            "errors",
            "unsure",
            "dates",
            "rules",
            "progress",
            "spells",
            "wording",
            "labels",
            "tidy",
            "score",
            "memory",
        ),
        "the ground",
    ),
    (("case",), "the case as written and as read"),
    (("io", "datasets", "privacy", "spread"), "in and out; items over dated edges, which know no child"),
    (("record",), "who could have known what, and when: where every measure starts"),
    (("measures",), "one idea a module"),
    (("tables", "whatif", "review", "study"), "tables of the pictures, changes, findings, many cases"),
    (("plot",), "pictures"),
    (("pages",), "pages: they show results and compute none"),
    (("cli",), "the command line"),
)
# These two only pass names on: the package itself, and `python -m safetynet`.
DOORS = ("safetynet", "safetynet.__main__")
# A case and a score may show a picture of themselves, each by one import inside the method that needs it.
MAY_CLIMB = {("safetynet.case.case", "safetynet.plot"), ("safetynet.score", "safetynet.plot")}


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name; a package by its own."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "_datasets" not in path.parts:
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def last_name(node: ast.AST) -> str:
    """The last word of ``a.b.c``; empty where it is something else."""
    return str(getattr(node, "attr", getattr(node, "id", "")))


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and last_name(node.test) == "TYPE_CHECKING"


def module_named(dotted: str) -> str:
    """The module that a dotted name is or lies in; empty where it is none of ours."""
    while dotted and dotted not in MODULES:
        dotted = dotted.rpartition(".")[0]
    return dotted


@cache
def imports_of(name: str) -> set[str]:
    """The modules that a module imports, also inside its functions and by a string, but not those for types."""
    path = MODULES[name]
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    for node in ast.walk(tree) if "TYPE_CHECKING" in text else ():
        if is_for_types(node):
            node.body = []
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    dotted: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            dotted |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = [*base, *(node.module.split(".") if node.module else [])]
            # `from . import x` may name a module; `from .x import y` is x whatever y is
            dotted |= {".".join([*base, alias.name]) for alias in node.names}
        elif isinstance(node, ast.Call) and last_name(node.func).endswith(("import_module", "__import__")):
            dotted |= {one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return {found for one in dotted if one.startswith("safetynet") and (found := module_named(one))} - {name}


def layer_of(name: str) -> int:
    head = name.split(".")[1]
    for number, (heads, _) in enumerate(LAYERS):
        if head in heads:
            return number
    raise AssertionError(f"safetynet.{head} has no place in LAYERS of tests/test_layers.py: give it one")


@pytest.mark.parametrize("name", [name for name in MODULES if name not in DOORS])
def test_a_module_imports_only_from_its_own_layer_and_those_above(name: str) -> None:
    wanted = {one for one in imports_of(name) if one not in DOORS}
    climbs = {
        one
        for one in wanted
        if layer_of(one) > layer_of(name) and (name, ".".join(one.split(".")[:2])) not in MAY_CLIMB
    }
    assert climbs == set(), f"{name} imports {', '.join(sorted(climbs))}, which stands below it"


@pytest.mark.slow
def test_only_a_case_and_a_score_show_a_picture_of_themselves() -> None:
    climbing = {
        (name, ".".join(one.split(".")[:2]))
        for name in MODULES
        if name not in DOORS
        for one in imports_of(name)
        if one not in DOORS and layer_of(one) > layer_of(name)
    }
    assert climbing == MAY_CLIMB


def test_no_module_imports_itself_by_a_detour() -> None:
    # a door of a package passes names on, so that a module may import the door of another package, never its own
    left = {name: set(imports_of(name)) - set(DOORS) for name in MODULES if name not in DOORS}
    for name, path in MODULES.items():
        package = name.rpartition(".")[0]
        if name in left and path.name != "__init__.py":
            assert package not in left[name], f"{name} imports the door of its own package"
    for name, wanted in left.items():  # the lazy pictures apart
        left[name] = {one for one in wanted if (name, ".".join(one.split(".")[:2])) not in MAY_CLIMB}
    while free := [name for name, wanted in left.items() if not wanted & left.keys()]:
        for name in free:
            del left[name]
    assert sorted(left) == []


def drawn() -> str:
    """The layers as CONTRIBUTING.md shows them."""
    width = max(len(" ".join(heads)) for heads, _ in LAYERS)
    return "\n".join(f"{' '.join(heads):{width}}   {what}" for heads, what in LAYERS)


def test_the_list_in_contributing_is_made_from_this_one() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"```\n{drawn()}\n```" in text, f"put this into CONTRIBUTING.md:\n\n{drawn()}"
