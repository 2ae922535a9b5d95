"""Writing a training pack: cards, a facilitator's sheet and ecomaps in a file, and what came after in another."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from ..case import Case, need_case
from ..dates import DateLike
from ..errors import ArgumentError, choose, is_whole, yes_or_no
from ..io.files import full_path, refuse_unlike
from ..io.marks import mark_of
from ..progress import steps
from ..rules import Rules, as_rules
from ..wording import count, in_words, short_day
from .jigsaw_after import after_of
from .jigsaw_cards import Card, cards_of
from .jigsaw_map import map_of
from .jigsaw_sheet import pairs_of, saw_of, sheet_of
from .jigsaw_then import Then
from .page import render, web_page, written

By = Literal["agency", "person"]
BY: tuple[By, ...] = ("agency", "person")
Paper = Literal["A4", "A5", "Letter"]
PAPERS: tuple[Paper, ...] = ("A4", "A5", "Letter")
ROOM: dict[Paper, int] = {"A4": 18, "Letter": 18, "A5": 9}  # cards that stand side by side on paper
TELLS_OF = {
    "physical": "physical harm to a child",
    "sexual": "sexual abuse",
    "domestic_abuse": "violence at home",
    "neglect": "neglect",
    "emotional": "a child in fear or distress",
    "parental_capacity": "parents under strain",
    "health": "illness",
}


def jigsaw(
    case: Case,
    path: str | os.PathLike[str],
    at: DateLike,
    *,
    by: By = "agency",
    paper: Paper = "A4",
    large: bool = False,
    groups: int | None = None,
    title: str = "",
    what_came_after: str | os.PathLike[str] | None = None,
    rules: Rules | None = None,
    overwrite: bool = False,
) -> Path:
    """Write a training pack: a card for each agency or professional with only what they had by a date, to print.

    Each card says what its holder saw, did and was told by the end of that day, in words addressed to them. With the
    cards come a blank ecomap and a facilitator's sheet: the timeline with who holds what, the decisions at which to
    stop, questions, who could have joined what, the cards joined up, and the ecomap's answer to lay over it. Nothing
    dated after `at` is in the file, and nothing that only hindsight tells. It opens from disk, asks nothing of any
    network and needs no JavaScript.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`; `at` must be given. Rows that may be later than `at` are left out.
    path : path
        The file to write. It replaces only a page that safetynet made of the same case.
    by : {"agency", "person"}
        Whose cards: an agency's, with what its file and any of its people had, or each professional's.
    paper : {"A4", "A5", "Letter"}
        The paper to print on.
    large : bool
        Whether the type is large.
    groups : int, optional
        Into how many groups the cards are dealt; each card then says its group. Those of one agency stay together
        where there are at least as many agencies as groups.
    title : str
        What the pack is called. By default the title of the case, unless that names a later date.
    what_came_after : path, optional
        A second file to write, with what came after `at`: later rows, what was read later, what a reviewer says was
        needed, and how it ended. Without a name it is not written.
    overwrite : bool
        Whether any other file that is there may be replaced.

    Returns
    -------
    pathlib.Path
        The absolute path of the pack.

    Raises
    ------
    FileInTheWayError
        If another file is there and `overwrite` is false; then neither file is written.
    DateError
        If `at` is no date.
    ArgumentError
        If a path does not end in ``.html``, the two are one, `by` or `paper` is none of those, `groups` is no number
        of groups for so many cards, or `case` is no case.

    See Also
    --------
    explorer : the same day as a live picture, for a projector.

    Notes
    -----
    A sentence of the record stands on a card where everything that its row is about is on the card too. It was written
    by somebody who may have known more than those who were there: read the cards before you hand them out.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import safetynet as sn
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> sn.jigsaw(sn.load_case("worked_example"), folder / "cards.html", "2024-01-26").name
    'cards.html'
    """
    yes_or_no(large=large)
    need_case(case)
    choose("by", by, BY)
    choose("paper", paper, PAPERS)
    _check_files(case, path, what_came_after, overwrite)
    with steps("reading the record", 3) as step:
        then = Then(case, at, by == "person", as_rules(rules), " ".join(title.split()))
        cards = cards_of(then, _checked(groups))
        if groups and groups > len(cards):
            raise ArgumentError(
                f"groups={groups!r} is too many: there {_are(cards)} by {then.date}. Ask for fewer groups."
            )
        step("the facilitator's sheet")
        content = sheet_of(then, cards)
        drawn = map_of([one.number for one in cards], pairs_of(then, cards), saw_of(then, cards))
        shared: dict[str, Any] = {
            "level": by,
            "only": by,
            "by_words": "agency" if by == "agency" else "professional",
            "large": large,
            "day": short_day(then.day),
            "then": then,
        }
        styles = ["jigsaw", *([f"paper_{paper.lower()}"] if paper != "A4" else [])]
        room = ROOM[paper] * 2 // 3 if large else ROOM[paper]
        parts = [cards[place : place + room] for place in range(0, len(cards), room)]
        more = {"cards": cards, "parts": parts, "map": drawn, "line": content_line(then), "groups": groups or 0}
        page = _render("jigsaw.html", case, then, styles, shared | more | content)
        step("the file")
        if what_came_after is not None:
            later = _render("jigsaw_after.html", case, then, styles, shared | after_of(case, then))
            written(what_came_after, later, case, overwrite=overwrite)
        return written(path, page, case, overwrite=overwrite)


def _render(template: str, case: Case, then: Then, styles: list[str], content: dict[str, Any]) -> str:
    title = then.title if template == "jigsaw.html" else f"{then.title}: what came after"
    return render(template, case, then.date, styles=styles, title=title, **content)


def _check_files(case: Case, path: Any, after: Any, overwrite: bool) -> None:
    """Refuse names that cannot be written before anything is worked out, so that both files are written or neither."""
    places = [full_path(one) for one in (path, after) if one is not None]
    for place in places:
        web_page(place)
        refuse_unlike(place, mark_of(case), overwrite=overwrite)
    if len(set(places)) < len(places):
        raise ArgumentError(
            f"what_came_after={str(after)!r} is the file of the cards. Give what came after another name."
        )


def _checked(groups: object) -> int | None:
    if groups is None or (is_whole(groups) and int(str(groups)) >= 1):
        return None if groups is None else int(str(groups))
    raise ArgumentError(f"groups={groups!r} is no number of groups. Write a whole number from 1, or leave it out.")


def _are(cards: list[Card]) -> str:
    return f"{'is' if len(cards) == 1 else 'are'} {count(len(cards), 'card')}"


def content_line(then: Then) -> str:
    """What a case tells of, and for whom it is; said on every card."""
    view = then.view
    there = {view.records.concerns[one].category for one in view.holders}
    told = in_words(words for category, words in TELLS_OF.items() if category in there)
    of = f" It tells of {told}." if told else ""
    if then.case.status == "illustrative":
        return f"Invented for teaching.{of}"
    return f"About real people. For adults (18 and over) in training, with somebody there to talk to.{of}"
