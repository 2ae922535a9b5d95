"""What the README and the documentation show is what a reader gets."""

from __future__ import annotations

import doctest
import importlib.util
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType

import pytest

from safetynet.cli import build_parser, main
from safetynet.io import example

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def name_of_page(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def examples(path: Path) -> str:
    """The examples of a page, one after the other, as one session."""
    text = path.read_text(encoding="utf-8")
    return "\n".join(re.findall(r"^```pycon\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


@pytest.mark.slow
@pytest.mark.parametrize("path", [path for path in PAGES if examples(path)], ids=name_of_page)
def test_the_examples_of_a_page_show_what_they_say(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    session = doctest.DocTestParser().get_doctest(examples(path), {}, path.name, str(path), 0)
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=FLAGS).run(session, out=report.append)
    assert result.attempted > 0
    assert result.failed == 0, "".join(report)


@pytest.mark.parametrize("path", PAGES, ids=name_of_page)
def test_every_session_on_a_page_is_marked_so_that_it_is_tested(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n>>> ") <= examples(path).count(">>> ")


@pytest.mark.parametrize("path", [*PAGES, *sorted((ROOT / "datasets").rglob("*.md"))], ids=name_of_page)
def test_a_link_to_a_file_leads_to_a_file(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


# links of the built pages -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def links() -> ModuleType:
    """`.ci/check_links.py`, which looks up the links of the built documentation."""
    spec = importlib.util.spec_from_file_location("check_links", ROOT / ".ci" / "check_links.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("<a href='b.html#there'>", ""),
        ("<a href='b.html'>", ""),
        ("<a href='#here'>", ""),
        ("<a href='https://example.org/'>", ""),
        ("<a href='c.html'>", "no such file"),
        ("<a href='b.html#nowhere'>", "no such heading"),
        ("<img src='https://example.org/a.png'>", "loaded from elsewhere"),
        ("<script src='//example.org/a.js'></script>", "loaded from elsewhere"),
    ],
)
def test_a_link_that_leads_nowhere_and_what_is_loaded_from_elsewhere_are_found(
    link: str, fault: str, links: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "a.html").write_text(f"<h1 id='here'>{link}</h1>", encoding="utf-8")
    (tmp_path / "b.html").write_text("<h1 id='there'>", encoding="utf-8")
    found = links.faults(tmp_path)
    assert [one.rpartition(": ")[2] for one in found] == ([fault] if fault else [])


# commands -------------------------------------------------------------------------------------------------

PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b")


def commands(path: Path) -> list[list[str]]:
    """The commands of the program on a page with their arguments, in the order in which somebody would type them."""
    text = re.sub(r"^```pycon\n.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    lines = [line.removeprefix(".venv/bin/") for block in blocks for line in block.splitlines()]
    lines += [found.replace("\n", " ") for found in re.findall(r"`(safetynet [^`]+)`", text)]
    typed = [shlex.split(line.replace("...", ""))[1:] for line in lines if line.startswith("safetynet ")]
    return [words for words in typed if len(words) > 1 or words == ["cases"]]  # a single word is a mention


@pytest.mark.parametrize("path", [path for path in PAGES if commands(path)], ids=name_of_page)
def test_every_command_on_a_page_is_one_that_the_program_has(path: Path) -> None:
    for words in commands(path):
        assert build_parser().parse_args(words).command == words[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["code-your-first-case", "quickstart"])
def test_the_commands_of_a_page_can_be_typed_one_after_the_other(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    typed = [words for words in commands(ROOT / "docs" / f"{name}.md") if not PLACEHOLDER.search(" ".join(words))]
    assert typed
    for words in typed:
        assert main(words) == 0, words


def test_the_rows_of_the_first_case_are_those_of_the_example() -> None:
    text = (ROOT / "docs" / "code-your-first-case.md").read_text(encoding="utf-8")
    shown: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for block in re.findall(r"(?:^\|.*\|$\n)+", text, re.MULTILINE):
        header, _, *rows = (
            [cell.strip() for cell in line.strip("|").split("|")] for line in block.strip().splitlines()
        )
        shown[tuple(header)] = [tuple(row) for row in rows]
    assert len(shown) == 3
    for (header, rows), table in zip(shown.items(), ("people", "concerns", "chronology"), strict=True):
        columns, there = example.TABLES[table]
        places = [columns.index(name) for name in header]
        assert rows == [tuple(row[place] for place in places) for row in there][: len(rows)]
        assert len(rows) == (10 if table == "chronology" else len(there))
