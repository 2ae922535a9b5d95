"""Run the notebooks again and store what they show now.

    .venv/bin/python .ci/refresh_notebooks.py [NOTEBOOK ...]

Without names: all of notebooks/. The tests use `execute` and `texts` of this file, so what is stored and
what is compared are made in the same way.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def execute(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """A copy of the notebook, run in `folder`, without the traces of when and where."""
    notebook = nbformat.from_dict(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    with tempfile.TemporaryDirectory() as sockets:
        # Sockets in a folder where the system has them: a port may be taken by another run meanwhile.
        ipc = {"transport": "ipc", "ip": f"{sockets}/kernel"}
        client = NotebookClient(
            notebook,
            timeout=600,
            startup_timeout=120,
            kernel_name="python3",
            record_timing=False,
            config=Config({} if sys.platform == "win32" else {"KernelManager": ipc}),
            resources={"metadata": {"path": str(folder)}},
        )
        # Without what says where pictures go otherwise: in a notebook they stand under their cell.
        client.execute(env={name: value for name, value in os.environ.items() if name != "MPLBACKEND"})
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    return notebook


def texts(cell: nbformat.NotebookNode) -> list[tuple[str, str]]:
    """What a code cell shows as text: (stream or kind of output, text); no memory addresses, no pictures."""
    shown: list[tuple[str, str]] = []
    for output in cell.outputs:
        if output.output_type == "stream":
            name, text = output.name, output.text
        else:
            name, text = output.output_type, output.get("data", {}).get("text/plain", "")
        text = re.sub(r"0x[0-9a-f]{6,}", "0x…", text)
        if shown and output.output_type == "stream" and shown[-1][0] == name:
            shown[-1] = (name, shown[-1][1] + text)  # how a stream is cut into pieces is chance
        else:
            shown.append((name, text))
    return shown


def main(names: list[str]) -> None:
    paths = [Path(name) for name in names] or sorted(NOTEBOOKS.glob("*.ipynb"))
    for path in paths:
        before = nbformat.read(path, as_version=4)
        with tempfile.TemporaryDirectory() as folder:
            after = execute(before, Path(folder))
        nbformat.write(after, path)
        print(f"{path.name}: {sum(cell.cell_type == 'code' for cell in after.cells)} cells run")


if __name__ == "__main__":
    main(sys.argv[1:])
