"""Every notebook runs from top to bottom and shows what is stored in it."""

from __future__ import annotations

import importlib.util
import re
from html import escape
from pathlib import Path
from types import ModuleType

import nbformat
import pytest

import safetynet as sn

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def load_refresh() -> ModuleType:
    """`.ci/refresh_notebooks.py`, which also stores the outputs."""
    spec = importlib.util.spec_from_file_location("refresh_notebooks", ROOT / ".ci" / "refresh_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


refresh = load_refresh()


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS, "notebooks/ has no notebook"


@each_notebook
def test_a_notebook_is_stored_as_run_from_top_to_bottom(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = code_cells(notebook)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert any(cell.outputs for cell in cells)
    assert [cell for cell in notebook.cells if "execution" in cell.metadata] == [], "stored with times"


@each_notebook
def test_a_notebook_shows_no_error_and_nothing_of_the_machine_it_ran_on(path: Path) -> None:
    for cell in code_cells(nbformat.read(path, as_version=4)):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert not (output.output_type == "stream" and output.name == "stderr"), output.get("text")
        for _, text in refresh.texts(cell):
            assert not re.search(r"site-packages|ipykernel_|[A-Z]:\\", text)


@pytest.mark.slow
@each_notebook
def test_running_a_notebook_again_shows_what_is_stored(path: Path, tmp_path: Path) -> None:
    stored = nbformat.read(path, as_version=4)
    now = refresh.execute(stored, tmp_path)
    for before, after in zip(code_cells(stored), code_cells(now), strict=True):
        assert refresh.texts(after) == refresh.texts(before), f"changed:\n{before.source}"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    """A notebook that has run, each of whose cells ends with something that shows itself."""
    sources = ("case", "sn.best_picture(case)", "sn.findings(case)", "sn.matters(case).head(2)", "sn.explorer(case)")
    first = nbformat.v4.new_code_cell("import safetynet as sn; case = sn.load_case('worked_example')")
    notebook = nbformat.v4.new_notebook(cells=[first, *map(nbformat.v4.new_code_cell, sources)])
    return refresh.execute(notebook, tmp_path_factory.mktemp("shown"))


@pytest.mark.slow
def test_cases_scores_findings_matters_and_the_explorer_show_themselves(shown: nbformat.NotebookNode) -> None:
    kinds = [set(output.data) for cell in code_cells(shown)[1:] for output in cell.outputs]
    page = {"text/plain", "text/html"}
    assert kinds == [page | {"image/png", "image/svg+xml"}, page, page, page, page]
    for cell in code_cells(shown)[1:5]:  # a notebook that is not trusted takes scripts and frames out
        assert not re.search("<script|<iframe|<style|<svg", cell.outputs[0].data["text/html"])


@pytest.mark.slow
def test_an_exported_notebook_has_the_sentences_whole_and_the_pictures_inside(shown: nbformat.NotebookNode) -> None:
    from nbconvert import HTMLExporter

    page, _ = HTMLExporter().from_notebook_node(shown)
    case = sn.load_case("worked_example")
    for words in sn.findings(case)["statement"]:
        assert escape(words) in page
    assert page.count("<iframe") == 1
    assert "data:image/png;base64," in page  # the score
    images = re.findall(r"<img [^>]*>", page)
    assert len(images) == 2
    assert 'alt="Network map of Worked example' in images[0]
    assert all("No description" not in one for one in images)
