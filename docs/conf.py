"""How the documentation is built: offline, from the installed package, with warnings as errors."""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "_ext"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

project = "safetynet"
author = "The safetynet authors"
copyright = author
version = release = importlib.metadata.version("safetynet-networks")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "agreed",
    "beside",
    "case_tables",
    "explorers",
    "findings",
    "layers",
    "measures",
    "packs",
    "public_names",
    "view",
]
exclude_patterns = ["_build", "_ext", "_extra"]
html_extra_path = ["_extra"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}

html_theme = "furo"
html_title = f"safetynet {version}"
html_copy_source = False
html_show_sphinx = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "inherited-members": "BaseException, tuple", "show-inheritance": False}
napoleon_google_docstring = False
napoleon_numpy_docstring = True
napoleon_use_ivar = True  # attributes are described once, in the docstring of their class
napoleon_use_rtype = False


def setup(app):
    """Draw the pictures of the gallery before the pages are read."""
    import make_gallery

    app.connect("builder-inited", make_gallery.draw)
