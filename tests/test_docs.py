"""What the README and the documentation show is what a reader gets."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def name_of_page(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def examples(path: Path) -> str:
    """The examples of a page, one after the other, as one session."""
    text = path.read_text(encoding="utf-8")
    return "\n".join(re.findall(r"^```pycon\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


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
