"""The project around the library: names, layers, versions, commands, lock, and what no file may hold."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import safetynet

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "safetynet"
LONGEST_MODULE = 600

# Modules that people reach as an attribute of the package; all other names are functions, classes or values.
PUBLIC_MODULES = ("plot", "tables")


def tracked_files() -> list[Path]:
    """The files that belong to the project: git's list, or all of them in an unpacked archive without git."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
        files = [ROOT / name for name in listed.split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if not _is_made(path.relative_to(ROOT))]
    return sorted(path for path in files if path.is_file())


def _is_made(path: Path) -> bool:
    made = {".venv", "__pycache__", "build", "dist", "_build", ".hypothesis"}
    return any(part in made or part.endswith("_cache") for part in path.parts)


def text_of(path: Path) -> str:
    """The text of a file; nothing if it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# --- names ---


def test_every_name_in_all_exists_once() -> None:
    assert len(safetynet.__all__) == len(set(safetynet.__all__))
    assert [name for name in safetynet.__all__ if not hasattr(safetynet, name)] == []


def test_all_is_exactly_the_public_names() -> None:
    made_here = {
        name
        for name, value in vars(safetynet).items()
        if not name.startswith("_") and str(getattr(value, "__module__", "")).startswith("safetynet")
    }
    assert set(dir(safetynet)) == set(safetynet.__all__)
    assert made_here <= set(safetynet.__all__)


def test_editors_are_told_of_every_public_name() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    told = {
        alias.asname: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert told == {**safetynet._WHERE, **dict.fromkeys(safetynet._MODULES)}


def test_no_module_of_the_package_or_of_plot_has_the_name_of_a_public_function() -> None:
    # an editor would take the module for the function, and call it "not callable"
    for folder, public in ((PACKAGE, safetynet.__all__), (PACKAGE / "plot", safetynet.plot.__all__)):
        names = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
        assert names & set(public) <= set(PUBLIC_MODULES)


@pytest.mark.parametrize("name", [name for name in safetynet.__all__ if not name.startswith("_")])
def test_every_public_function_and_class_explains_itself(name: str) -> None:
    value = getattr(safetynet, name)
    if callable(value) or isinstance(value, ModuleType):
        assert (value.__doc__ or "").strip(), f"safetynet.{name} has no docstring"


# --- length ---


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_datasets" not in path.parts)


def test_no_module_is_longer_than_the_ceiling() -> None:
    lengths = {path: len(text_of(path).splitlines()) for path in modules()}
    too_long = {path.relative_to(ROOT).as_posix(): n for path, n in lengths.items() if n > LONGEST_MODULE}
    assert too_long == {}


# --- versions and commands ---


def test_hardly_a_line_is_kept_from_the_formatter() -> None:
    mark = "# fmt: " + "skip"
    kept = [
        path.name
        for part in ("safetynet", "tests")
        for path in (ROOT / part).rglob("*.py")
        if mark in path.read_text("utf-8")
    ]
    assert len(kept) <= 8, f"give the literals of {', '.join(kept)} a shape that the formatter keeps"


def test_every_place_names_the_same_version() -> None:
    version = pyproject()["project"]["version"]
    citation = re.findall(r"^version: (\S+)$", text_of(ROOT / "CITATION.cff"), re.MULTILINE)
    changelog = re.findall(r"^## (\d\S*)", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert citation == [version]
    assert changelog[0] == version
    assert importlib.metadata.version(pyproject()["project"]["name"]) == version
    if "__version__" in safetynet.__all__:
        assert safetynet.__version__ == version


@pytest.mark.parametrize("which", ["report", "test"])
def test_ci_runs_the_command_that_the_readme_shows(which: str) -> None:
    readme = text_of(ROOT / "README.md")
    marked = re.findall(rf"<!-- {which}-command -->\n+```\w*\n(.*?)\n```", readme, re.DOTALL)
    assert len(marked) == 1, f"the README has no {which} command, or more than one"
    assert "\n" not in marked[0]
    assert marked[0].startswith("python3 -m venv .venv && ")
    assert f"readme_command {which}" in text_of(ROOT / ".ci" / "run")


@pytest.mark.skipif(os.name == "nt", reason="the script is for a Unix shell")
@pytest.mark.parametrize("which", ["report", "test"])
def test_ci_finds_the_command_in_the_readme(which: str) -> None:
    script = f". .ci/readme_command.sh; readme_command {which}"
    found = subprocess.run(["bash", "-euc", script], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert found.startswith("python3 -m venv .venv && ")
    assert found.strip() in text_of(ROOT / "README.md").splitlines()


# --- lock ---


def locked() -> dict[str, list[str]]:
    """The versions of each distribution in the lock (several where Python versions differ)."""
    pins: dict[str, list[str]] = {}
    for line in text_of(ROOT / "requirements-dev.txt").splitlines():
        if line and not line.startswith((" ", "#")):
            name, version = line.split(";")[0].strip().split("==")
            pins.setdefault(canonicalize_name(name), []).append(version)
    return pins


def wanted() -> list[str]:
    project = pyproject()
    extras = project["project"]["optional-dependencies"]
    direct = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return direct + [text for name in extras if name != "all" for text in extras[name]]


@pytest.mark.parametrize("text", wanted())
def test_the_lock_pins_what_the_project_asks_for(text: str) -> None:
    requirement = Requirement(text)
    versions = locked().get(canonicalize_name(requirement.name), [])
    assert versions, f"{requirement.name} is not in requirements-dev.txt; CONTRIBUTING.md says how to renew that"
    assert [version for version in versions if version not in requirement.specifier] == []


def test_the_extra_named_all_has_every_extra() -> None:
    extras = pyproject()["project"]["optional-dependencies"]
    (everything,) = (Requirement(text) for text in extras["all"])
    assert everything.extras == set(extras) - {"all"}


# --- what must not stand in a file ---

# Put together from parts, so that this file does not hold what it looks for.
HOSTS = [f"{name}.org" for name in ("pypi", "pythonhosted", "npmjs", "deb.debian")]
FOLDERS = re.compile(r"(?<![\w.~})])/(?:work|tmp|opt|root|home|Users)/\w")


@pytest.mark.parametrize("path", tracked_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_names_no_folder_of_a_machine_and_no_package_index(path: Path) -> None:
    found = [
        f"line {number}"
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if FOLDERS.search(line) or any(host in line for host in HOSTS)
    ]
    assert found == []
