"""The explorer of a case: the network as a live picture in one HTML file, with every day of the record in it."""

from __future__ import annotations

import html
import os
from collections.abc import Iterable
from pathlib import Path

from ..case import Case, need_case
from ..dates import DateLike, as_day
from ..errors import yes_or_no
from ..progress import steps
from ..rules import Rules, as_rules
from ..whatif.changes import Change
from .explorer_content import SMALLEST, gather
from .explorer_shapes import SHAPE_WORDS
from .page import render, web_page, written

SCRIPTS = ("explorer_record", "explorer_map", "explorer")
HIGH = 860  # pixels that an explorer takes in a notebook


def explorer(
    case: Case,
    path: str | os.PathLike[str] | None = None,
    at: DateLike | None = None,
    *,
    what_if: str | Case | Change | Iterable[Change] | None = SMALLEST,
    rules: Rules | None = None,
    overwrite: bool = False,
) -> Explorer:
    """An explorer of a case: the map of its network with a slider over the days, as one HTML file.

    Contacts appear as they happened and what is on record changes colour. For a person or an agency on a day it says
    what they had on record, what they could have known, by which rows, and their share of the picture. Two people,
    two dates, or the record and a what-if stand side by side. It opens from disk, asks nothing of any network, works
    with the keyboard, and shows the map, who knew what and the chronology with JavaScript off too.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. With `at` the page ends there: it is of the case as it certainly stood by
        the end of that day, and holds nothing of what came later. Without, it has the whole record and opens on the
        usual day.
    path : path, optional
        The file to write. It replaces only a page that safetynet made of the same case. Without one nothing is
        written; the explorer shows itself in a notebook.
    what_if : {"smallest"}, None, Case, or changes as in :func:`safetynet.what_if`
        What stands beside the record: "smallest" looks for the one conversation that would have joined most of the
        picture (:func:`safetynet.smallest_change`), None is nothing.
    overwrite : bool
        Whether any other file that is there may be replaced.

    Returns
    -------
    Explorer
        The page: ``.path`` is where it was written, ``.html`` its text.

    Raises
    ------
    FileInTheWayError, DateError
        As of :func:`report`.
    ArgumentError
        If `path` does not end in ``.html``, `case` is no case, or `what_if` names people that the case lacks.
    CaseError
        If changes in `what_if` do not fit.

    See Also
    --------
    report : what the record shows on one date, to read and to print.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.explorer(sn.load_case("worked_example"), at="2024-01-31")
    <Explorer of 'worked_example' to 2024-01-31>
    """
    yes_or_no(overwrite=overwrite)
    need_case(case)
    if path is not None:
        web_page(path)
    day = None if at is None else as_day(at, "at")
    with steps("reading the record", 3) as step:
        content = gather(case, day, as_rules(rules), what_if, step)
    island = content.pop("island")
    page = render(
        "explorer.html",
        styles=["explorer"],
        scripts=SCRIPTS,
        islands={"explorer": island},
        shapes=island["shapes"],
        shape_words=SHAPE_WORDS,
        data=island,
        made_of=case,
        **content,
    )
    place = None if path is None else written(path, page, case, overwrite=overwrite)
    return Explorer(case.id or case.title, str(content["last"]), page, place)


class Explorer:
    """A finished explorer; made by :func:`explorer`.

    Attributes
    ----------
    html : str
        The page.
    path : pathlib.Path or None
        Where it was written.
    """

    def __init__(self, name: str, last: str, page: str, path: Path | None) -> None:
        self.name, self.last, self.html, self.path = name, last, page, path

    def __repr__(self) -> str:
        where = "" if self.path is None else f" at {str(self.path)!r}"
        return f"<Explorer of {self.name!r} to {self.last}{where}>"

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which runs its script and can reach nothing.

        Where frames are taken out, as in a notebook that is not trusted, a line says how to see it.
        """
        title = html.escape(f"Explorer of {self.name}", quote=True)
        frame = (
            f'<iframe title="{title}" sandbox="allow-scripts" allowfullscreen width="100%" height="{HIGH}" '
            f'frameborder="0" srcdoc="{html.escape(self.html, quote=True)}"></iframe>'
        )
        return (
            f"<div>{frame}<p>{title}, to {html.escape(self.last)}. Where no map stands above, trust the notebook, or "
            "write it to a file: <code>sn.explorer(case, &quot;explorer.html&quot;)</code>.</p></div>"
        )
