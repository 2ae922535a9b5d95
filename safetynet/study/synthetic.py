"""Made-up cases in which it is known what was planted, to try a measure, a study or a page on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from ..case import Case
from ..case.schema import BY_NAME
from ..errors import ArgumentError, is_whole
from .draws import stream

START = dt.date(2023, 1, 2)
SECTORS = ("social_care", "education", "health", "police", "housing", "voluntary", "justice", "faith")
CATEGORIES = ("neglect", "physical", "emotional", "domestic_abuse", "parental_capacity", "school", "health")
CHANNELS = ("phone", "phone", "phone", "face_to_face", "video", "email", "email", "letter")
MOST_DAYS = 36_525  # a hundred years
QUIET = 14  # days at the end in which nothing is passed on, so that no request then has a worry in hand

Cells = dict[str, Any]


def synthetic(
    seed: int = 1,
    people: int = 40,
    contacts: int = 200,
    silo: float = 0.5,
    sharing: float = 0.5,
    ownership: float = 0.5,
    missing: float = 0.0,
    *,
    agencies: int = 8,
    worries: int = 12,
    days: int = 365,
    meeting_every: int = 60,
) -> Case:
    """A made-up case with a planted structure, which scores should find.

    Nothing in it is about anybody. What is planted can be changed one at a time: with the same `seed` another `sharing`
    leaves people, dates and who spoke to whom as they are, another `ownership` changes who took an action on only,
    another `missing` leaves out more rows of the same case.

    Parameters
    ----------
    seed : int
        The same seed and numbers give the same case on every machine.
    people : int
        Professionals, from 4 up.
    contacts : int
        Rows told, asked and declined, before any is missing.
    silo : float
        Which share of the agencies speaks only among its own people, 0 to 1, and with which probability a contact of
        the others stays inside the agency.
    sharing : float
        With which probability a worry that the sender has on record, or somebody at a meeting, is put into the row.
    ownership : float
        With which probability a worry has at the end an action that somebody who has it on record has just agreed.
        Each of the others had none, or one that was completed long ago.
    missing : float
        With which probability a contact or meeting that took place is not in the record.
    agencies : int
        Agencies, from 2 up; no more than half of `people`.
    worries : int
        Worries, from 2 up. A reassurance and a strength come besides.
    days : int
        How long the case goes on, from 120 days to a hundred years.
    meeting_every : int
        Days from one meeting to the next.

    Returns
    -------
    Case
        Marked as illustrative, with every kind of row. One contact in ten has a week for a date, one in five a
        confidence below 1; what was planted is in its ``attributes``.

    Raises
    ------
    ArgumentError
        If a number is out of its range.

    Notes
    -----
    Over many seeds `fragmentation` rises with `silo`, `unshared_pairs` and `missed_share` fall with `sharing`,
    `unowned_share` falls with `ownership`, `fragmentation` rises with `missing`. The page on studies has the rank
    correlations.

    Examples
    --------
    >>> import safetynet as sn
    >>> case = sn.synthetic(seed=7, people=12, contacts=60)
    >>> case == sn.synthetic(seed=7, people=12, contacts=60)
    True
    >>> sn.synthetic(seed=7, ownership=1.0).attributes["ownership"]
    '1'
    >>> float(sn.unowned_share(sn.synthetic(seed=7, ownership=1.0)))
    0.0
    """
    whole = {"seed": (seed, 0), "people": (people, 4), "contacts": (contacts, 0), "agencies": (agencies, 2)}
    whole |= {"worries": (worries, 2), "days": (days, 120), "meeting_every": (meeting_every, 1)}
    for name, (number, least) in whole.items():
        if not is_whole(number) or number < least:
            raise ArgumentError(f"{name} is a whole number from {least} up; it is {number!r}.")
    if days > MOST_DAYS:
        raise ArgumentError(f"days is a whole number from 120 to {MOST_DAYS}; it is {days!r}.")
    if agencies * 2 > people:
        agencies = people // 2
    planted = {"silo": silo, "sharing": sharing, "ownership": ownership, "missing": missing}
    for name, share in planted.items():
        if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 <= share <= 1:
            raise ArgumentError(f"{name} is a share from 0 to 1; it is {share!r}.")
    made = _Made(seed, days, people, agencies, worries)
    _involve(made)
    _observe(made)
    _speak(made, contacts, silo)
    _meet(made, meeting_every, silo)
    _pass_on(made, sharing)
    _act(made, ownership)
    _think(made)
    rows = _left(made, missing)
    return _case(made, rows, f"synthetic_{seed}", {"seed": seed, **planted})


@dataclass
class _Made:
    """A case while it is made: who there is, and its rows, each with its day."""

    seed: int
    days: int
    people: int
    agencies: int
    worries: int
    rows: list[Cells] = field(default_factory=list)
    first: dict[str, str] = field(default_factory=dict)  # of each worry, who saw it

    def draw(self, purpose: int, *size: int) -> Any:
        """Numbers from 0 to 1 of one purpose: what is planted elsewhere does not change them."""
        return stream(self.seed, purpose).random(size)

    def team(self, agency: int) -> list[str]:
        """The people of an agency."""
        return [f"p{one + 1}" for one in range(agency, self.people, self.agencies)]

    def agency_of(self, person: str) -> int:
        return (int(person[1:]) - 1) % self.agencies

    def closed(self, silo: float) -> int:
        """How many agencies speak only among their own people: the last ones."""
        return int(silo * self.agencies + 0.5)

    def row(self, day: float, kind: str, who: str = "", **cells: Any) -> Cells:
        made = {"id": f"r{len(self.rows) + 1}", "day": int(day), "kind": kind, "who": who, **cells}
        self.rows.append(made)
        return made


def _pick(options: list[str], share: float) -> str:
    return options[int(share * len(options))]


def _involve(made: _Made) -> None:
    """Every agency begins, one a day."""
    for agency in range(made.agencies):
        made.row(agency, "opened", made.team(agency)[0])


def _observe(made: _Made) -> None:
    """Each worry is seen by somebody in the first half; so are a reassurance and a strength."""
    everyone = [f"p{one + 1}" for one in range(made.people)]
    draws = made.draw(1, made.worries + 2, 2)
    names = [f"c{one + 1}" for one in range(made.worries)] + ["calm", "good"]
    for name, (who, when) in zip(names, draws, strict=True):
        seen = _pick(everyone, who)
        day = made.agencies + when * (made.days / 2 - made.agencies)
        made.row(day, "observed", seen, concerns={name}, seen="alone" if who < 0.3 else "with_carer")
        made.first[name] = seen


def _speak(made: _Made, contacts: int, silo: float) -> None:
    """The contacts: with another, a request and its answer, or a visit to the family."""
    span, left = made.days - QUIET - 2 * made.agencies, contacts
    draws = iter(made.draw(2, contacts, 7))
    while left > 0:
        when, kind, one, stays, other, how, answer = next(draws)
        day = made.agencies + when * span
        sender = f"p{int(one * made.people) + 1}"
        if kind < 0.1:
            made.row(day, "told", sender, to="m", channel="visit", seen="alone" if other < 0.5 else "with_carer")
            left -= 1
            continue
        partner = _partner(made, sender, silo, stays, other)
        channel = CHANNELS[int(how * len(CHANNELS))]
        asks = kind < 0.3 and left > 1
        asked = made.row(day, "asked" if asks else "told", sender, to=partner, channel=channel)
        left -= 1
        if asks:
            back = "declined" if answer < 0.3 else "told"
            reason = {"reason": "capacity"} if back == "declined" else {}
            made.row(day + 1 + answer * 6, back, partner, to=sender, channel="phone", ref=asked["id"], **reason)
            left -= 1


def _partner(made: _Made, sender: str, silo: float, stays: float, other: float) -> str:
    """Whom somebody speaks to: inside the agency, or somebody of another agency that speaks with others."""
    own = made.agency_of(sender)
    speaking = made.agencies - made.closed(silo)
    beyond = [one for agency in range(speaking) if agency != own for one in made.team(agency)]
    inside = own >= speaking or stays < silo or not beyond
    options = [one for one in made.team(own) if one != sender] if inside else beyond
    return _pick(options, other)


def _meet(made: _Made, every: int, silo: float) -> None:
    """A meeting of one from each agency that speaks with others; where there is none, of one agency's people."""
    speaking = made.agencies - made.closed(silo)
    days = range(every, made.days - QUIET, every)
    draws = made.draw(3, len(days), made.agencies)
    for day, who in zip(days, draws, strict=True):
        there = [_pick(made.team(agency), who[agency]) for agency in range(speaking)]
        there = there if speaking > 1 else made.team(int(who[0] * made.agencies))
        made.row(day, "met", ";".join(there), channel="conference" if who[-1] < 0.3 else "review")


def _pass_on(made: _Made, sharing: float) -> None:
    """What each contact and meeting carries, of what those who speak have on record by then."""
    contacts = [row for row in made.rows if row["kind"] in ("told", "asked", "declined", "met")]
    draws = dict(zip([row["id"] for row in contacts], made.draw(4, len(contacts), made.worries + 2), strict=True))
    has: dict[str, set[str]] = {}
    for row in sorted(made.rows, key=lambda one: one["day"]):
        who, to = row["who"].split(";"), row.get("to", "")
        if row["id"] in draws and to != "m":
            known = set().union(*(has.get(one, set()) for one in who))
            passes = [name for name, draw in zip(made.first, draws[row["id"]], strict=True) if draw < sharing]
            row["concerns"] = known.intersection(passes)
        for one in [*who, to] if to != "m" else who:
            has.setdefault(one, set()).update(row.get("concerns", ()))


def _act(made: _Made, ownership: float) -> None:
    """Actions: just agreed where a worry is owned; else none, or one that was completed long ago."""
    names = list(made.first)[: made.worries]
    for name, (owned, before) in zip(names, made.draw(5, made.worries, 2), strict=True):
        owner = made.first[name]
        if owned < ownership:
            made.row(made.days - 2 - 8 * before, "agreed", owner, concerns={name})
        elif before < 0.5:
            day = made.days / 2 + before * 10
            action = made.row(day, "agreed", owner, concerns={name}, due=day + 14)
            made.row(day + 10, "done", owner, ref=action["id"], outcome="completed")


def _think(made: _Made) -> None:
    """What is no contact with another agency: decisions, differences, duties, what was taken to be so."""
    one, other = "c1", "c2"
    holder, fellow = made.first[one], made.first[other]
    near = next(name for name in made.team(made.agency_of(holder)) if name != holder)
    middle, end = made.days / 2 + 7, made.days - QUIET
    decided = made.row(middle, "decided", holder, concerns={one}, outcome="same")
    differs = made.row(middle + 3, "disagreed", near, to=holder, ref=decided["id"], concerns={one})
    made.row(middle + 9, "done", near, ref=differs["id"], outcome="completed")
    made.row(middle + 4, "withheld", holder, to=f"a{made.agency_of(fellow) + 1}", concerns={one}, reason="no_route")
    made.row(middle + 5, "assumed", fellow, to=_other(made, fellow), concerns={other})
    made.row(middle + 6, "believed", fellow, concerns={"calm"})
    made.row(middle + 8, "expected", "a1", concerns={one}, rule="protocol", due=end)
    made.row(end, "needed", concerns={other})
    free = [f"p{number}" for number in range(1, made.people + 1) if f"p{number}" not in made.first.values()]
    if free:
        made.row(end, "closed", free[-1])


def _other(made: _Made, person: str) -> str:
    return f"a{(made.agency_of(person) + 1) % made.agencies + 1}"


def _left(made: _Made, missing: float) -> list[Cells]:
    """The rows that are in the record, by date; who refers to one that is not refers to nothing."""
    draws = dict(zip([row["id"] for row in made.rows], made.draw(6, len(made.rows)), strict=True))
    gone = {
        row["id"]
        for row in made.rows
        if row["kind"] in ("told", "asked", "declined", "met") and draws[row["id"]] < missing
    }
    rows = [{**row, "ref": ""} if row.get("ref") in gone else row for row in made.rows if row["id"] not in gone]
    return sorted(rows, key=lambda row: row["day"])


# the tables -------------------------------------------------------------------------------------------


def _case(made: _Made, rows: list[Cells], name: str, planted: dict[str, Any]) -> Case:
    people: list[Cells] = [
        {"id": "k", "name": "Child", "kind": "child"},
        {"id": "m", "name": "Mother", "kind": "family"},
    ]
    for number in range(made.people):
        agency = number % made.agencies
        one = {"id": f"p{number + 1}", "name": f"Professional {number + 1}", "kind": "professional"}
        people.append({**one, "role": "worker", "agency": f"a{agency + 1}"})
    people[2]["lead_from"] = _date(made.days / 4)
    levels = made.draw(7, made.worries, 2)
    concerns: list[Cells] = [
        {"id": f"c{place + 1}", "category": _pick(list(CATEGORIES), which), "severity": int(level * 4) + 1}
        for place, (level, which) in enumerate(levels)
    ]
    concerns.append({"id": "calm", "category": "reassurance", "severity": 0, "answers": "c1"})
    concerns.append({"id": "good", "category": "strength", "severity": 0})
    for one in concerns:
        one.update(about="k", summary=f"Made-up {one['category']} {one['id']}")
    sure = made.draw(8, len(made.rows), 2)
    tables = {
        "people": people,
        "agencies": [
            {"id": f"a{one + 1}", "name": f"Agency {one + 1}", "sector": SECTORS[one % len(SECTORS)]}
            for one in range(made.agencies)
        ],
        "concerns": concerns,
        "chronology": [_cells(row, *sure[int(row["id"][1:]) - 1]) for row in rows],
        "ties": [{"source": "m", "target": "k", "kind": "care", "quality": "strong"}],
        "links": [{"from": "c1", "to": "c2", "kind": "corroborates"}],
        "services": [{"need": "nursery", "person": "k", "agency": "a1", "start": _date(30), "attended": "yes"}],
    }
    frames = {table: _frame(table, lines) for table, lines in tables.items()}
    return Case(**frames, id=name, title="Made-up case", status="illustrative", attributes=planted)


def _date(day: float) -> str:
    return (START + dt.timedelta(days=int(day))).isoformat()


def _cells(row: Cells, wide: float, sure: float) -> Cells:
    """A row as the format has it."""
    cells = {name: value for name, value in row.items() if name != "day"}
    cells["date"] = _date(row["day"])
    if row["kind"] in ("told", "asked", "met"):
        if wide < 0.1:
            cells["date"] = f"{_date(row['day'] - 6)}/{_date(row['day'])}"
        if sure < 0.2:
            cells["confidence"] = ("high", "medium", "low")[int(sure * 15)]
    cells["concerns"] = ";".join(sorted(row.get("concerns", ())))
    if "due" in row:
        cells["due"] = _date(row["due"])
    return cells


def _frame(table: str, lines: list[Cells]) -> Any:
    import pandas as pd

    used = [name for name in BY_NAME[table].names if any(name in line for line in lines)]
    return pd.DataFrame([{name: str(line.get(name, "")) for name in used} for line in lines], columns=used)
