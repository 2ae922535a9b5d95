"""Hypothesis strategies that make small random cases, valid as the case format has it, of everything that it has.

A case is a dict of tables, a table is a list of dicts of texts with every column (what ``tests/brute.py`` takes as it
is; :func:`tests.builder.from_tables` makes the :class:`safetynet.Case`). Tests that use them run the same every time::

    @given(cases(), questions)
    def test_...(tables, at): ...

Every kind of row, every table and every column comes up; ``kinds``, ``partial``, ``times``, ``letters``, ``extras`` and
``others`` leave some out for a test that acts out all that a case may mean.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import cache

from hypothesis import strategies as st

from tests.builder import COLUMNS, named

__all__ = ["COLUMNS", "FIRST_DAY", "SPAN", "cases", "crowded_cases", "day", "days", "questions", "tiny_cases"]

FIRST_DAY = dt.date(2020, 3, 27)  # the span crosses the end of a month
SPAN = 10
WORRIES = ["physical", "neglect", "emotional", "sexual", "domestic_abuse", "parental_capacity", "school", "health"]
SECTORS = ["social_care", "health", "police", "education", "voluntary", "other"]
TWO_WAY = ["phone", "face_to_face", "visit", "video", "meeting"]
ONE_WAY = ["letter", "fax", "email", "referral", "report", "message", "file"]
PLANNING = ["", "conference", "review", "core_group", "care_team", "family_meeting", "planning"]
OTHER_MEETINGS = ["strategy", "legal", "supervision", "professionals", "handover", "court", "visit", "strategy talk"]
MEETINGS = PLANNING + OTHER_MEETINGS
LINKS = ["same_matter", "corroborates", "contradicts", "explains", "became"]
WORK = ["workload", "vacancy", "absence", "reorganisation", "supervision", "procedure", "closure", "other"]
TIES = ["kin", "household", "care", "supervision", "working"]
REASONS = ["consent_thought_needed", "assumed_known", "below_threshold", "not_reached", "legal_bar", "other"]
SEEN = ["alone", "with_carer", "with_others", "glimpsed", "not_seen", "refused", "not_there"]
OFTEN = "observed=6 told=8 met=5 asked=3 declined=2 assumed=3 believed=2 withheld=2 agreed=4 expected=2 done=3"
OFTEN += " opened=2 closed=3 decided=3 disagreed=2 needed=1"
WEIGHTS = {kind: int(weight) for kind, weight in named(OFTEN).items()}
SENT = ("told", "asked", "declined")
TELLING = ("decided", "disagreed", "opened", "closed")


def day(number):
    return FIRST_DAY + dt.timedelta(days=number)


@cache
def _below(number):
    return st.integers(0, number - 1)


def pick(draw, things):
    """One of the things; one that is there twice is drawn more often."""
    return things[draw(_below(len(things)))]


def some(draw, things, least, most):
    """A list of different things, in any order."""
    if not things or most == 0:
        return []
    number = pick(draw, range(least, most + 1))
    return list(dict.fromkeys(pick(draw, things) for _ in range(number)))


def how_many(draw, least, most):
    """A number that is more often large than small."""
    numbers = list(range(least, most + 1))
    return pick(draw, numbers + [n for n in numbers if 2 * n > most] * 2)


def one_in(draw, number):
    """True once in so many times."""
    return draw(_below(number)) == number - 1


days = _below(SPAN).map(lambda n: day(n).isoformat())
later_days = _below(2 * SPAN).map(lambda n: day(n).isoformat())
# a date for a question to ask; the late ones leave time for what takes days or months to show
questions = st.sampled_from([-1, *range(SPAN), *range(SPAN, 3 * SPAN), 45, 52, 60, 110, 130]).map(day)


def timed(text, quarter):
    """A day with one of four times of day, so that equal times do happen."""
    return f"{text}T{[9, 11, 14, 16][quarter]:02d}:{30 if quarter % 2 else 0:02d}"


def a_date(draw, partial=True, times=True, widest=SPAN, months=True):
    """A date cell: mostly a day, otherwise a day with a time, an interval, an open interval, or a month."""
    sorts = ["day"] * 6 + (["time"] * 3 if times else []) + (["interval"] * 2 if partial else [])
    if partial and months:
        sorts += ["month", "from", "until", "from month"]
    sort, first = pick(draw, sorts), pick(draw, range(SPAN))
    if sort == "time":
        return timed(day(first).isoformat(), pick(draw, range(4)))
    if sort == "interval":
        return f"{day(first)}/{day(pick(draw, range(first, min(SPAN, first + widest))))}"
    one, month = f"{day(first)}", f"{day(first)}"[:7]
    return {"day": one, "month": month, "from": f"{one}/..", "until": f"../{one}", "from month": f"{month}/.."}[sort]


def closed_ends(text):
    """First and last day of a date cell without an open end."""
    parts = text.split("/")
    ends = []
    for part in (parts[0], parts[-1]):
        part = part.split("T")[0]
        if len(part) == 7:
            year, month = int(part[:4]), int(part[5:])
            ends.append((dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])))
        else:
            ends.append((dt.date.fromisoformat(part),) * 2)
    return ends[0][0], ends[1][1]


def spans(draw, first="start", last="end"):
    """Two days in order, either of which may be missing."""
    begin = pick(draw, range(-3, SPAN))
    found = {first: day(begin).isoformat(), last: day(pick(draw, range(begin, SPAN + 3))).isoformat()}
    return {name: found[name] for name in pick(draw, [(first, last), (first,), (last,), ()])}


@st.composite
def cases(
    draw,
    max_rows=14,
    partial=True,
    times=True,
    permissions=True,
    permission_dates=False,
    letters=True,
    widest=SPAN,
    months=True,
    max_professionals=6,
    max_concerns=5,
    harm=True,
    kinds=tuple(WEIGHTS),
    extras=True,
    others=True,
):
    """A small valid case.

    ``partial`` intervals, open intervals and months; ``times`` of day; ``letters`` that were read later
    (``received_on``); ``permissions`` in some cases (``permission_dates``: in force for a time); ``kinds`` of rows;
    ``extras`` the columns that say more of a row (seen, reason, count and so on); ``others`` the other tables.
    """
    agencies = [f"a{n}" for n in range(1, how_many(draw, 1, 4) + 1)]
    professionals = [f"p{n}" for n in range(1, how_many(draw, 2, max_professionals) + 1)]
    children = ["k1", "k2"] if one_in(draw, 4) else ["k1"]
    people = everybody_else(draw, agencies, children)
    people += [professional(draw, one, agencies) for one in professionals]
    # an agency that a person names and that is missing here is created with sector `other`
    listed = agencies if one_in(draw, 2) else agencies[:-1]
    named = {one.get("agency") for one in people}
    agencies = [one for one in agencies if one in listed or one in named]
    concerns = worries_and_calm(draw, max_concerns, children)
    things = [one["id"] for one in concerns]
    cast = Cast(professionals, [one["id"] for one in people if one["kind"] != "professional"], agencies, children)

    rows = []
    for n in range(1, how_many(draw, 0, max_rows) + 1):
        date = a_date(draw, partial, times, widest, months)
        rows.append(row(draw, f"r{n}", date, rows, cast, things, letters, kinds, extras))
    harm_date = draw(days) if harm and one_in(draw, 5) else ""
    tables = {
        "people": people,
        "agencies": [an_agency(draw, one) for one in listed],
        "concerns": concerns,
        "chronology": draw(st.permutations(rows)) if rows else [],
        "case": [dict(id="case", title="A made case", harm_date=harm_date, status="illustrative")],
    }
    if permissions and one_in(draw, 2):
        tables["permissions"] = [permission(draw, agencies, permission_dates) for _ in range(pick(draw, range(6)))]
    if others and one_in(draw, 2):
        tables.update(other_tables(draw, cast, things))
    return {name: [{c: one.get(c, "") for c in COLUMNS[name]} for one in table] for name, table in tables.items()}


def an_agency(draw, name):
    """An agency; every other one is of the same area."""
    return dict(id=name, name=f"Agency {name[1:]}", sector=pick(draw, SECTORS), area=f"area {int(name[1:]) % 2}")


class Cast:
    """Who there is: professionals, the others, agencies and children, and all of them as a row draws them."""

    def __init__(self, professionals, others, agencies, children):
        self.professionals, self.others, self.agencies, self.children = professionals, others, agencies, children
        self.humans = [*professionals * 4, *others]  # professionals more often than the others
        self.everybody = [*self.humans, *agencies]


def everybody_else(draw, agencies, children):
    """The children, a parent, a neighbour, and perhaps somebody of the public."""
    people = [dict(id=one, name=f"Child {one}", kind="child") for one in children]
    if one_in(draw, 3):
        people[0]["born"] = pick(draw, ["2015", "2020-03", "2020-03-30"])
    language, agency = pick(draw, ["", "", "Polish"]), pick(draw, ["", "", "", agencies[0]])
    people.append(dict(id="f1", name="Parent", kind="family", language=language))
    people.append(dict(id="s1", name="Neighbour", kind="support", agency=agency))
    if one_in(draw, 3):
        people.append(dict(id="u1", name="A caller", kind="public"))
    return people


def professional(draw, name, agencies):
    """A professional: mostly in post and there for the family, now and then the lead."""
    found = dict(id=name, name=f"Professional {name[1:]}", kind="professional", role="worker")
    found["agency"] = pick(draw, [*agencies, *agencies, ""])
    if one_in(draw, 6):
        found.update(spans(draw))
    if one_in(draw, 6):
        found["remit"] = pick(draw, ["works_with", "decides", "advises", "passes_on"])
    if one_in(draw, 8):
        found.update(spans(draw, "lead_from", "lead_to"))
    return found


def worries_and_calm(draw, most, children):
    """Concerns: worries, and now and then a reassurance or a strength."""
    concerns = []
    for n in range(1, how_many(draw, 1, most) + 1):
        category = pick(draw, [*WORRIES, *WORRIES, "reassurance", "strength"])
        allays = category in ("reassurance", "strength")
        worries = [one["id"] for one in concerns if one["severity"] != "0"]
        found = dict(id=f"c{n}", category=category, summary=f"Concern {n}")
        found["about"] = pick(draw, [*children * 3, ";".join(children), "f1"])
        found["severity"] = "0" if allays else pick(draw, "1234")
        if category == "reassurance":
            found["answers"] = ";".join(some(draw, worries, 0, 2))
        if one_in(draw, 8):
            found["resolved"] = draw(days)
        concerns.append(found)
    return concerns


def permission(draw, agencies, with_dates=False):
    """One row of the permissions table."""
    places = [*agencies, *agencies, *SECTORS[:3], "*", "*"]
    found = {
        "from": pick(draw, places),
        "to": pick(draw, places),
        "category": pick(draw, ["", "", *WORRIES[:3]]),
        "permission": pick(draw, ["required", "permitted", "not_needed", "prohibited", "unknown"]),
        "basis": "the law",
        "framework": "the one in force",
    }
    return found | spans(draw) if with_dates else found


def other_tables(draw, cast, things):
    """Links, conditions, services, ties, ratings and sources; some of them may be missing."""
    anybody, anywhere = [*cast.others, *cast.professionals], ["", *cast.agencies]
    tables = {
        "links": [
            {"from": one, "to": two, "kind": pick(draw, LINKS), "who": pick(draw, ["", "f1", *cast.professionals])}
            | {"summary": "They belong together", "source": "S1"}
            for _ in range(pick(draw, range(4)))
            if len({one := pick(draw, things), two := pick(draw, things)}) == 2
        ],
        "conditions": [
            dict(id=f"w{n}", agency=pick(draw, anywhere), kind=pick(draw, WORK), summary="So it was", source="S2")
            | spans(draw)
            for n in range(pick(draw, range(3)))
        ],
        "services": [
            dict(
                need="nursery",
                person=pick(draw, anybody),
                agency=pick(draw, anywhere),
                attended=pick(draw, ["", "yes", "no"]),
                source="S1",
                **spans(draw),
            )
            for _ in range(pick(draw, range(3)))
        ],
        "ties": [
            dict(
                source=pick(draw, anybody),
                target=pick(draw, cast.children),
                kind=pick(draw, TIES),
                quality=pick(draw, ["", "strong", "weak", "stressful", "broken"]),
                **spans(draw),
            )
            for _ in range(pick(draw, range(4)))
        ],
        "ratings": [
            dict(coder="one", item=str(n), level=pick(draw, ["ideal", "developmental", "unacceptable"]), note="Why")
            for n in some(draw, range(1, 11), 0, 2)
        ],
        "sources": [
            dict(code="S1", title="A source", url="https://a.example", seen="yes"),
            dict(code="S2", title="Two"),
        ],
    }
    left_out = some(draw, ["links", "conditions", "services", "ties", "ratings"], 0, 2)
    return {name: table for name, table in tables.items() if name not in left_out}


def row(draw, name, date, earlier, cast, things, letters=True, kinds=tuple(WEIGHTS), extras=True):
    """One row of the chronology; `earlier` are the rows that it may refer to."""
    kind = pick(draw, [one for one in kinds for _ in range(WEIGHTS[one])])
    actions = [one["id"] for one in earlier if one["kind"] in ("agreed", "expected", "disagreed")]
    if kind == "done" and not actions:
        kind = "agreed" if "agreed" in kinds else "observed"
    found = dict(id=name, date=date, kind=kind, summary="What happened")
    found.update(who_did_it(draw, kind, cast))
    found["concerns"] = ";".join(named_concerns(draw, kind, things))
    if kind in SENT or (kind in TELLING and found.get("to")):
        found.update(sending(draw, date, letters))
    elif kind == "met":
        found["channel"] = pick(draw, MEETINGS)
    found.update(what_it_answers(draw, kind, earlier, actions))
    if kind in ("agreed", "expected", "needed", "asked") and one_in(draw, 2):
        found["due"] = pick(draw, ["2020-04", "2020"]) if one_in(draw, 4) else draw(later_days)
    if kind == "decided":
        found["outcome"] = pick(draw, ["step_up", "same", "step_down", "no_further_action", "discharge"])
    if kind == "done":
        found["outcome"] = pick(draw, ["", "", "completed", "completed", "partly", "attempted", "refused"])
    if kind == "expected":
        found["rule"] = pick(draw, ["", "the law", "the plan"])
    return found | what_more(draw, kind, earlier, cast) if extras else found


def who_did_it(draw, kind, cast):
    """``who``, ``to``, ``present`` and ``absent`` of a kind."""
    who, to, present, absent = [], [], [], []

    def apart(things):
        return [one for one in things if one not in who and one not in to and one not in present]

    if kind == "observed":
        who = some(draw, cast.agencies, 1, 1) if one_in(draw, 6) else some(draw, cast.humans, 1, 2)
        who = who or some(draw, cast.humans, 1, 2)
    elif kind in SENT or kind == "withheld":
        who = some(draw, cast.everybody, 1, pick(draw, [1, 1, 1, 2]))
        to = some(draw, apart(cast.everybody), 1, 3)
    elif kind == "met":
        who = some(draw, cast.everybody, 1, 4)
        absent = some(draw, apart([*cast.professionals, *cast.others]), 0, 2)
    elif kind in ("assumed", "believed"):
        who = some(draw, cast.humans, 1, 2)
        to = some(draw, apart(cast.everybody), 1 if kind == "assumed" else 0, 1)
    elif kind in ("agreed", "expected"):
        who = some(draw, [*cast.professionals * 4, *cast.agencies, "f1"], 1 if kind == "expected" else 0, 2)
    elif kind == "done":
        who = some(draw, cast.humans, 1, 2)
    elif kind in TELLING:
        desks = cast.agencies if kind in ("decided", "disagreed") else []
        who = some(draw, [*cast.professionals * 4, *desks], 1, 2)
        to = some(draw, apart(cast.everybody), 0, 2)
    contact = kind in (*SENT, "met", "observed") or (kind in TELLING and to)
    if contact and who[0] not in cast.agencies and one_in(draw, 6):
        present = some(draw, apart([*cast.others * 2, *cast.professionals, *cast.agencies]), 1, 2)
    cells = {"who": who, "to": to, "present": present, "absent": absent}
    return {column: ";".join(one) for column, one in cells.items() if one}


def named_concerns(draw, kind, things):
    """The concerns that a row of that kind names."""
    if kind in ("observed", "decided", "disagreed", "withheld"):
        return some(draw, things, 1, 2)
    if kind == "agreed":
        return some(draw, things, pick(draw, [0, 1, 1]), 2)
    if kind in ("opened", "closed", "done"):
        return some(draw, things, 0, 1) if one_in(draw, 3) else []
    return some(draw, things, 0, 2)


def sending(draw, date, letters):
    """How something was sent, and whether it arrived."""
    found = {"channel": pick(draw, [*TWO_WAY, *ONE_WAY])}
    arrived = pick(draw, ["", "", "", "", "yes", "override", "no", "later"])
    if arrived == "later" and letters:
        found["channel"] = pick(draw, ONE_WAY)
        last = day(SPAN - 1) if ".." in date else closed_ends(date)[1]
        read = last + dt.timedelta(days=pick(draw, range(-1, 5)))  # read before it was sent is read on that day
        found["received_on"] = f"{read}/{read + dt.timedelta(days=2)}" if one_in(draw, 4) else f"{read}"
    elif arrived in ("yes", "no"):
        found["received"] = arrived
    elif arrived == "override":
        found["two_way"] = pick(draw, ["yes", "no"])
    return found


def what_it_answers(draw, kind, earlier, actions):
    """The rows that it refers to: what was done, the request that it answers, the meeting, the decision."""
    if kind == "done":
        return {"ref": ";".join(some(draw, actions, 1, pick(draw, [1, 1, 1, 2])))}
    wanted = {"agreed": ("met",), "expected": tuple(WEIGHTS), "disagreed": tuple(WEIGHTS)}.get(kind, ("asked",))
    may_name = [one["id"] for one in earlier if one["kind"] in wanted]
    if kind != "needed" and may_name and one_in(draw, 3):
        return {"ref": ";".join(some(draw, may_name, 1, pick(draw, [1, 1, 2])))}
    return {}


def what_more(draw, kind, earlier, cast):
    """Up to three of the columns that say more of a row."""
    values = {
        "rating": list("1234"),
        "consent": ["given", "refused", "not_needed", "unknown"],
        "interpreter": ["none", "s1"],
        "count": ["1", "2", "26"],
        "confidence": ["high", "medium", "low", "0.7"],
        "basis": ["seen", "recalled", "inferred"],
        "source": ["S1", "S1;S2"],
        "reason": REASONS,
        "about": [*cast.children, ";".join(cast.children)],
        "seen": SEEN,
        "complete": ["yes", "no"],
        "disputes": [one["id"] for one in earlier],
    }
    columns = [*values, "seen", "seen", "seen", "disputes", "complete"]
    if kind not in (*SENT, "met"):
        columns = [one for one in columns if one != "complete"]
    if not earlier:
        columns = [one for one in columns if one != "disputes"]
    return {
        one: ";".join(some(draw, values[one], 1, 2)) if one == "disputes" else pick(draw, values[one])
        for one in some(draw, columns, 0, 3)
    }


def tiny_cases(**choices):
    """Cases small enough to act out every assignment of days and every order within a day."""
    settings = dict(max_rows=5, widest=3, months=False, max_professionals=4, max_concerns=2, permissions=False)
    settings.update(choices)
    return cases(**settings)


@st.composite
def crowded_cases(draw, **choices):
    """Tiny cases whose rows all fall on three days, so that the order within a day matters."""
    tables = draw(tiny_cases(**choices))
    for one in tables["chronology"]:
        head, _, clock = one["date"].partition("T")
        if "/" in head or one["received_on"]:
            continue
        one["date"] = day(dt.date.fromisoformat(head).toordinal() % 3).isoformat() + (f"T{clock}" if clock else "")
    return tables
