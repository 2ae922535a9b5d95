"""The ground on which every page stands: one template, one style sheet, one way to write.

How to make a page
------------------
1. A template in ``templates/`` that begins with ``{% extends "base.html" %}`` and fills the blocks ``title``, ``head``
   (what stands above), ``main`` and, where wanted, ``switches`` (inputs that rule by CSS what ``main`` shows) and
   ``foot``. The base has the policy, the banner, the note on an unpublished case, the skip link and the footer.
2. A style sheet of its own beside it, if it needs one: ``templates/explorer.css``. Colours come from the variables of
   ``base.css`` (``--ink``, ``--soft``, ``--line``, ``--paper``, ``--wash``, ``--blue``, ``--mark``), which turn with
   light and dark; so do contents, tables (``.scroll``, ``.keep``), notes (``.note``), buttons and tags (``.tag``).
3. ``render("explorer.html", case, at, styles=["explorer"], scripts=["explorer"], islands={"case": data}, **content)``
   gives the text and ``written(path, text, case)`` writes it. ``scripts`` are files ``templates/NAME.js``, each an
   element whose hash is in the policy. ``islands`` become ``<script type="application/json" id="sn-data-NAME">``:
   read them with ``JSON.parse(document.getElementById("sn-data-case").textContent)``.

What the policy asks of a page
------------------------------
- No ``style`` attribute, no ``on…`` attribute, nothing fetched. A length that comes from data is an attribute of SVG
  (``<rect width="37.2">``, the macro ``bar`` of ``parts.html``), a colour a class. A script may set ``element.style``.
- Every ``id`` comes from :func:`~.safe.anchor` (``{{ anchor("row", row.id) }}``), so that it begins with ``sn-``.
- Names of people and agencies stand in ``<bdi>``: macros ``name`` and ``names`` of ``parts.html``. Everything is
  escaped and isolated by the environment; ``|safe`` is only for SVG of :func:`safetynet.plot.svg` (with a salt that
  begins with ``sn-``). A script writes names with ``textContent``, never ``innerHTML``.
- ``|tojson`` in an attribute stands in single quotes (``data-concerns='{{ ids|tojson }}'``): it escapes those alone.
- Whatever the page has can be seen with JavaScript off; what only works with it has the class ``needs-script``, which
  is hidden until the script says ``document.documentElement.classList.add("sn-script")``.

``tests/pages/judge.py`` judges all of that for any page, ``tests/browser/judge.py`` what only a browser can tell, and
``tests/pages/hostile.py`` has a case whose names would break a page that forgets it.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..case import Case
from ..errors import ArgumentError
from ..io.files import full_path, write_generated
from ..io.marks import mark_of
from ..wording import BANNER, shortened
from .cells import Cells
from .safe import anchor, css_text, island, isolated, policy

if TYPE_CHECKING:
    from jinja2 import Environment

HEAD_STYLE = 'font: 8pt "DejaVu Sans", sans-serif; color: #57606a;'
OPEN_STATUSES = ("published", "illustrative")  # cases that may be shown as they are


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
    made.globals["anchor"] = anchor
    made.filters["shortened"] = shortened
    return made


@cache
def part(name: str) -> str:
    """The text of a style sheet or a script of this package."""
    return resources.files("safetynet.pages").joinpath(f"templates/{name}").read_text("utf-8")


def render(
    template: str,
    case: Case,
    at: dt.date | str,
    *,
    styles: Iterable[str] = (),
    scripts: Iterable[str] = (),
    islands: Mapping[str, Any] | None = None,
    title: str | None = None,
    made_of: Case | None = None,
    **content: Any,
) -> str:
    """A page of a case as text: the template with its content, under the policy.

    Parameters
    ----------
    template : str
        A file of ``templates/`` that extends ``base.html``.
    case : Case
    at : date or text
        The date that the page speaks of; it heads every printed page.
    styles, scripts : names
        Files ``NAME.css``, which follow ``base.css``, and ``NAME.js``, in this order.
    islands : mapping, optional
        Data for the scripts, by name.
    title : str, optional
        What stands at the head of each printed page, where it is not to be the title of the case.
    made_of : Case, optional
        The case that was given, whose mark the page bears, where `case` is a part of it.
    **content
        What the template shows; ``case``, ``as_at`` and what the base needs are there already.
    """
    from .. import __version__

    as_at = str(at)
    style = "\n".join([part("base.css"), *(part(f"{name}.css") for name in styles), heads(case, as_at, title)])
    code = [part(f"{name}.js") for name in scripts]
    return (
        environment()
        .get_template(template)
        .render(
            case=case,
            title=case.title if title is None else title,
            as_at=as_at,
            banner=BANNER,
            open_case=case.status in OPEN_STATUSES,
            version=__version__,
            mark=mark_of(case if made_of is None else made_of),
            policy=policy([style], code),
            style=Markup(style),
            scripts=[Markup(one) for one in code],
            cells=Cells(content.get("only", ""), content.get("row_ids", ()), content.get("concern_ids", ())),
            islands={name: island(data) for name, data in (islands or {}).items()},
            **content,
        )
    )


def heads(case: Case, as_at: str, title: str | None = None) -> str:
    """What stands at the head and the foot of each printed page: the case or another title, the date, the number."""
    short = case.title if len(case.title) <= 60 else case.id[:60]  # a longer one would push the others off the page
    title = short if title is None else title[:60]
    texts = {"top-left": title, "top-right": f"as at {as_at}", "bottom-left": BANNER}
    places = {place: css_text(text) for place, text in texts.items()} | {
        "bottom-right": 'counter(page) " / " counter(pages)'
    }
    boxes = "".join(f" @{place} {{ content: {said}; {HEAD_STYLE} }}" for place, said in places.items())
    return f"@page {{{boxes} }}"


def written(path: str | os.PathLike[str], text: str, case: Case, *, overwrite: bool = False) -> Path:
    """Write a page of a case; the name of the file must be that of a web page.

    Raises
    ------
    ArgumentError
        If it is not.
    FileInTheWayError
        If another file than a page of the same case is there and `overwrite` is false; it is left alone.
    """
    web_page(path)
    return write_generated(path, text, mark_of(case), overwrite=overwrite)


def web_page(path: str | os.PathLike[str]) -> None:
    """Refuse a name that is not that of a web page, before anything is worked out."""
    place = full_path(path)
    if place.suffix.lower() not in (".html", ".htm"):
        more = " A browser prints the page to a PDF." if place.suffix.lower() == ".pdf" else ""
        if re.fullmatch(r"[\d-]+", place.name):
            more = f" The file comes before the date: at={place.name!r}."
        raise ArgumentError(f"{place.name!r} is not the name of a web page. Write {place.stem + '.html'!r}.{more}")
