"""Writing the report of a case to one HTML file."""

from __future__ import annotations

import os
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..case import Case, need_case
from ..dates import DateLike
from ..errors import ArgumentError
from ..io import write_generated
from ..io.marks import mark_of
from ..progress import steps
from ..rules import Rules
from .content import SECTIONS, gather

if TYPE_CHECKING:
    from jinja2 import Environment


_TURNED = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?:[ '’\"-]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+)*"
)


def isolated(value: object) -> object:
    """A text whose stretches from right to left stand by themselves, so that what is beside them keeps its place."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _TURNED.sub("\u2068\\g<0>\u2069", value)


@cache
def environment() -> Environment:
    """The templates of this package; everything is escaped, and a name that is missing is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("safetynet.pages", "templates"),
        autoescape=True,
        finalize=isolated,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["style"] = resources.files("safetynet.pages").joinpath("templates/report.css").read_text("utf-8")
    return made


def report(
    case: Case,
    path: str | os.PathLike[str],
    at: DateLike | None = None,
    *,
    rules: Rules | None = None,
    overwrite: bool = False,
) -> Path:
    """Write one self-contained HTML report of a case.

    What the case is, the scores each with its sentence and the rows it rests on, what a reviewer may want
    pointed out, who had what on record, the network, how each worry stands, and the limits. It opens from disk
    without any request to anywhere, and prints.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.
    path : path
        The file to write. It replaces only a report that safetynet made of the same case.
    overwrite : bool
        Whether any other file that is there may be replaced.

    Returns
    -------
    pathlib.Path
        The absolute path of the file.

    Raises
    ------
    FileInTheWayError
        If another file is there and `overwrite` is false; it is left alone.
    DateError
        If `at` is no date.
    ArgumentError
        If `path` does not end in ``.html``, or `case` is no case.
    """
    from .. import __version__

    need_case(case)
    if Path(path).suffix.lower() not in (".html", ".htm"):
        raise ArgumentError(f"{str(path)!r} is not the name of a web page. Write {Path(path).stem + '.html'!r}.")
    with steps("reading the record", len(SECTIONS) + 1) as step:
        content = gather(case, at, rules, step)
        page = environment().get_template("report.html").render(**content, version=__version__, mark=mark_of(case))
    return write_generated(path, page, mark_of(case), overwrite=overwrite)
