"""The network picture: the child in the middle, the family round it, professionals by agency on two arcs outside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Unpack, get_args

from ..case import Case
from ..dates import DateLike
from ..errors import choose
from ..tables._network import Contact, contacts, meetings
from ..tables._unshared_worries import ALONE
from ..wording import count
from ._network_links import Link, Links, times
from ._network_people import By, Cast
from ._network_places import Places, around
from .kit import key, routes
from .kit.common import Keyed, picture
from .kit.drawing import CasePage, drawing
from .kit.sheet import Sheet
from .kit.style import AROUND, DASHED, INK, PAPER, PASSED, QUIET, SECTORS, SOFT, Dash, Look, Style
from .kit.words import ids_in_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@picture
def network(
    case: Case,
    at: DateLike | None = None,
    *,
    by: By = "auto",
    node_kws: Style = None,
    contact_kws: Style = None,
    meeting_kws: Style = None,
    label_kws: Style = None,
    **common: Unpack[Keyed],
) -> Axes:
    """A child-centred map of who had contact with whom by a date.

    The child is in the middle, the family and those round it next, professionals outside by agency, with a shape
    and a colour for each sector. A curved arrow is every contact that one sent the other (thicker = more; its label
    = the concerns that were passed; dashed = none was; a cross = it did not arrive). A meeting is a small black
    square joined to exactly those who were there. White on dark: a worry that stayed with one holder, and since
    when. What cannot be drawn is counted in the line under the picture.

    Parameters
    ----------
    case, at, ax, title, legend, rules
        As for every picture; see :doc:`/gallery`.
    by : {"auto", "person", "agency", "sector"}
        Whether people have a place of their own, or their agency (or its sector) stands for them with a count.
        "auto": people, as long as there are at most 25 and their labels fit.
    node_kws, contact_kws, meeting_kws, label_kws : mapping, optional
        Style of the markers (``Line2D``), of the arrows (``PathPatch``), of the lines to meetings (``Line2D``) and
        of the labels (``Text``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with the map.

    Raises
    ------
    ArgumentError
        If `by` is not one of the four.

    See Also
    --------
    safetynet.tables.network, safetynet.tables.network_people, safetynet.tables.network_meetings,
    safetynet.tables.unshared_worries : the tables that it draws.

    Notes
    -----
    Agencies with much contact stand close together; the order is worked out from the whole case and does not
    change with `at`. Of more than 60 pairs in contact those with most contacts are drawn, with thinner arrows, and of
    more than 30 sets of people or agencies that met those that met most.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.network(sn.load_case("max"), at="2023-03-01", ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:62]
    'Network map of Max (illustrative) by 1 Mar 2023. In the middle'
    """
    choose("by", by, get_args(By))
    heading = "who had contact with whom by {day}"
    styles = {"node_kws": node_kws, "contact_kws": contact_kws, "meeting_kws": meeting_kws, "label_kws": label_kws}
    with drawing("network", case, at, heading, **styles, **common) as page:
        page.needs()
        _draw(page, Cast(page), by, styles)
    return page.ax


def _draw(page: CasePage, cast: Cast, by: By, styles: dict[str, Style]) -> None:
    entries, concerns = _key(page, cast)
    top = page.height - 2
    layout = cast.arrange(by, lambda: top - page.floor_over_codes(entries, concerns) - 10)
    floor = page.key_with_codes(entries, concerns) + 4
    page.keep_between(floor - 2, top + 2)
    places = Places(page, cast, layout, floor + 3, top, styles["label_kws"])
    links = Links(places, styles)
    for node in places.nodes.values():
        width = 2.6 if node.kind == "child" else 1.3
        page.look(node.x, node.y, node.look, node.radius * 2, width=width, style=styles["node_kws"])
        if node.kind == "child":
            page.mark(node.x, node.y, "o", node.radius, INK, width=0)
        page.taken.add(around(node))
    links.draw_meetings()
    links.draw_arrows()
    _finish(page, links)


def _key(page: CasePage, cast: Cast) -> tuple[list[key.Entry], set[str]]:
    """The entries of the key, and the concerns whose codes are on the picture."""
    there, kinds = {one.sector or "other" for one in cast.outer}, {one.kind for one in cast.inner}
    entries = [key.marker(SECTORS[sector]) for sector in SECTORS if sector in there]
    entries += [key.marker(look) for kind, look in AROUND.items() if kind in kinds - {"child"}]
    links, met = contacts(page.view), meetings(page.view)
    entries += _key_of_links(links)
    for kind, fill, words in (("met", INK, "meeting, joined to those present"), ("observed", PAPER, "seen together")):
        if any(line.kind == kind for line in met):
            entries.append(key.marker(Look(fill, "s", words), 7.0))
    if any(note.strong for note in cast.notes.values()):
        entries.append(key.badge("only one involved holder, and since when"))
    if not all(note.strong for note in cast.notes.values()):
        entries.append(key.badge("only with people who left, on a file, or in the family", strong=False))
    if not all(one.involved for one in cast.members):
        entries.append(key.text("no longer involved", "Name", SOFT))
    passed = {concern for line in links for concern in line.concerns}
    return entries, passed | {one.concern for one in cast.kept}


def _key_of_links(links: Sequence[Contact]) -> Iterator[key.Entry]:
    if any(line.concerns for line in links):
        yield _arrow("concerns passed (thicker: more)", PASSED, "-")
    if any(not line.concerns and line.contacts > line.not_arrived for line in links):
        yield _arrow("no concern on record", QUIET, DASHED)
    if any(line.not_arrived for line in links):
        yield key.sample("did not arrive", routes.lost_sample)


def _arrow(words: str, colour: str, dash: Dash) -> key.Entry:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        path = routes.bent((x, y - 1), (x + 21, y - 1), 0.12)
        routes.arrow(sheet, path, colour, 1.5, dash=dash, halo=False)

    return key.sample(words, draw)


def _finish(page: CasePage, links: Links) -> None:
    """The line at the foot, and the picture in words."""
    view, between = page.view, links.between
    rows = {row for link in between for row in link.rows}
    further = {row for link in links.further for row in link.rows} - rows
    inside = {row for link in links.links.values() if link.first == link.second for row in link.rows} - rows - further
    rest = {row.id for row in view.contacts if row.is_sent} - rows - further - inside
    met = sum(times(lines) for lines in links.seats)
    together = count(met, "meeting or joint visit", "meetings and joint visits")
    arrows, lost = sum(bool(link.came) for link in between), [one for link in between for one in link.lost.values()]
    said = [f"Drawn: {count(len(rows), 'contact')} as {_lines(arrows, len(lost))}, {together}."]
    left = _left_out(links, len(further), times(links.meetings) - met)
    if inside and left:
        left.append(f"{count(len(inside), 'contact')} within one place")
    elif inside:
        said.append(f"{count(len(inside), 'contact')} within one place of the map not drawn.")
    if rest:
        said.append(f"{count(len(rest), 'contact')} without a recipient on the map not drawn.")
    alone = sum(row.kind == "observed" for row in view.rows if not row.is_contact)
    other = len(view.rows) - len(view.contacts) - alone
    seen = ", ".join([*left, count(alone, "first-hand sighting")])
    said.append(f"Not drawn: {seen} and {count(other, 'other row')} by this date.")
    if links.left_out:
        said.append(f"{count(links.left_out, 'label')} left out for want of room.")
    page.caption(said)
    drawn = f"{count(len(rows), 'contact')} between {count(len(between), 'pair')} and {together}."
    unread = len({row for some in lost for row in some})
    drawn += f" {unread} of the contacts did not arrive." if unread else ""
    _describe(page, links, f"{drawn} Not drawn: {' and '.join(left)}." if left else drawn)


def _left_out(links: Links, contacts: int, met: int) -> list[str]:
    """What nobody could follow on the map: the pairs with fewer contacts, and the places that met less often."""
    said = [f"{count(contacts, 'contact')} of {count(len(links.further), 'more pair')}"] if contacts else []
    said += [count(met, "more meeting")] if met else []
    return said


def _lines(arrows: int, crosses: int) -> str:
    parts = [count(arrows, "arrow")] if arrows or not crosses else []
    return " and ".join([*parts, count(crosses, "cross", "crosses")] if crosses else parts)


def _describe(page: CasePage, links: Links, drawn: str) -> None:
    nodes, view = links.places.nodes, page.view
    family = sum(len(node.members) for node in nodes.values() if node.kind in ("family", "support", "public"))
    desks = count(len(view.actors), "professional or agency desk", "professionals and agency desks")
    agencies = count(len({view.party(name) for name in view.actors}), "agency", "agencies")
    words = [f"Network map of {page.title} by {page.day}. In the middle the child, round it {family} of the family and"]
    words.append(f"those round it, outside {desks} in {agencies}; {drawn}")
    if links.between:
        words.append(f"Most contacts: {'; '.join(_pair(links, link) for link in links.between[:3])}.")
    alone = sorted({one.concern for one in links.places.cast.kept if one.kind == ALONE})
    if alone:
        words.append(f"With one involved holder only: {ids_in_words(alone)}.")
    page.describe(words)


def _pair(links: Links, link: Link) -> str:
    first, second = (re.sub(r" \(\d+\)$", "", links.places.nodes[one].name) for one in (link.first, link.second))
    return f"{first} and {second} ({len(link.rows)})"  # without how many people a place stands for
