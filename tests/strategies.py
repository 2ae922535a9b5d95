"""Hypothesis strategies that make small random cases, valid as the case format has it.

A case is a dict of tables, a table is a list of dicts of texts, with the columns of ``COLUMNS`` (what
``tests/brute.py`` takes as it is; ``pd.DataFrame(rows, columns=COLUMNS[name])`` makes a frame of a table).
Tests that use them are meant to run the same every time::

    @settings(derandomize=True, deadline=None, max_examples=200)
    @given(cases())
    def test_...(tables): ...
"""

from __future__ import annotations

import calendar
import datetime as dt

from hypothesis import strategies as st

COLUMNS = {
    "people": ["id", "name", "kind", "role", "agency", "start", "end"],
    "agencies": ["id", "name", "sector", "area"],
    "concerns": ["id", "about", "category", "severity", "summary", "answers", "resolved"],
    "chronology": [
        "id",
        "date",
        "kind",
        "who",
        "to",
        "concerns",
        "channel",
        "two_way",
        "received",
        "received_on",
        "absent",
        "due",
        "ref",
        "outcome",
        "summary",
    ],
    "permissions": ["from", "to", "category", "permission", "basis", "start", "end"],
    "case": ["id", "title", "harm_date"],
}

FIRST_DAY = dt.date(2020, 3, 27)  # the span crosses the end of a month
SPAN = 10
WORRY_CATEGORIES = [
    "physical",
    "neglect",
    "emotional",
    "domestic_abuse",
    "parental_capacity",
    "school",
    "health",
]
SECTORS = ["social_care", "health", "police", "education", "voluntary", "other"]
TWO_WAY = ["phone", "face_to_face", "visit", "video", "meeting"]
ONE_WAY = ["letter", "fax", "email", "referral", "report", "message", "file"]
KINDS = (  # the weights of the kinds of row
    ["observed"] * 5
    + ["told"] * 8
    + ["met"] * 5
    + ["asked"] * 2
    + ["declined"]
    + ["assumed"] * 3
    + ["agreed"] * 3
    + ["done"] * 2
    + ["opened"]
    + ["closed"] * 2
    + ["decided", "disagreed", "needed"]
)


def day(number):
    return FIRST_DAY + dt.timedelta(days=number)


days = st.sampled_from(range(SPAN)).map(lambda n: day(n).isoformat())
# a date for a question to ask; the late ones leave time for what takes a week to show
questions = st.sampled_from([-1, *range(SPAN), *range(SPAN, 3 * SPAN)]).map(day)


@st.composite
def some(draw, things, least, most):
    """A list of different things, in any order; a thing that is named twice is drawn more often."""
    things = list(things)
    if not things or most == 0:
        return []
    number = draw(st.sampled_from(range(least, most + 1)))
    return list(dict.fromkeys(draw(st.sampled_from(things)) for _ in range(number)))


def how_many(least, most):
    """A number that is more often large than small."""
    numbers = list(range(least, most + 1))
    return st.sampled_from(numbers + [n for n in numbers if 2 * n > most] * 2)


def one_in(number):
    """True once in so many times."""
    return st.sampled_from([False] * (number - 1) + [True])


def timed(text, quarter):
    """A day with one of four times of day, so that equal times do happen."""
    return f"{text}T{[9, 11, 14, 16][quarter]:02d}:{30 if quarter % 2 else 0:02d}"


@st.composite
def dates(draw, partial=True, times=True, widest=SPAN, months=True):
    """A date cell: mostly a day, otherwise a day with a time, an interval, an open interval or a month."""
    sorts = ["day"] * 6 + (["time"] * 3 if times else []) + (["interval"] * 2 if partial else [])
    if partial and months:
        sorts += ["month", "from", "until"]
    sort = draw(st.sampled_from(sorts))
    first = draw(st.sampled_from(range(SPAN)))
    if sort == "time":
        return timed(day(first).isoformat(), draw(st.integers(0, 3)))
    if sort == "interval":
        last = draw(st.integers(first, min(SPAN - 1, first + widest - 1)))
        return f"{day(first)}/{day(last)}"
    if sort == "month":
        return day(first).isoformat()[:7]
    return {"day": f"{day(first)}", "from": f"{day(first)}/..", "until": f"../{day(first)}"}[sort]


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


def close_what_would_end_before_it_starts(rows):
    """An open interval must not lie outside what the other rows span; such a one becomes a day."""
    whole = [closed_ends(row["date"]) for row in rows if ".." not in row["date"]]
    for row in rows:
        if ".." in row["date"]:
            known = row["date"].replace("..", "").strip("/")
            one = dt.date.fromisoformat(known)
            if not any(lo <= one for lo, _ in whole) or not any(hi >= one for _, hi in whole):
                row["date"] = known


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
):
    """A small valid case.

    ``partial`` intervals, open intervals and months; ``times`` of day; ``letters`` that were read later
    (``received_on``); ``permissions`` in some cases (``permission_dates``: in force for a time).
    """
    agencies = [f"a{n}" for n in range(1, draw(how_many(1, 4)) + 1)]
    professionals = [f"p{n}" for n in range(1, draw(how_many(2, max_professionals)) + 1)]
    others = ["k1", "f1", "s1"]
    people = [
        dict(id="k1", name="Child", kind="child"),
        dict(id="f1", name="Parent", kind="family"),
        dict(id="s1", name="Neighbour", kind="support", agency=draw(st.sampled_from(["", "", "", agencies[0]]))),
    ]
    for one in professionals:
        post = {}
        if draw(one_in(8)):
            post = {"end": draw(days)}
        people.append(
            dict(
                id=one,
                name=f"Professional {one[1:]}",
                kind="professional",
                role="worker",
                agency=draw(st.sampled_from([*agencies, *agencies, ""])),
                **post,
            )
        )
    # an agency that a person names and that is missing here is created with sector `other`
    listed = agencies if draw(st.booleans()) else agencies[:-1]
    named = {p.get("agency") for p in people}
    agencies = [a for a in agencies if a in listed or a in named]
    sector = {a: draw(st.sampled_from(SECTORS)) for a in listed}

    concerns = []
    for n in range(1, draw(how_many(1, max_concerns)) + 1):
        category = draw(st.sampled_from([*WORRY_CATEGORIES, *WORRY_CATEGORIES, "reassurance", "strength"]))
        allays = category in ("reassurance", "strength")
        worries = [c["id"] for c in concerns if c["severity"] != "0"]
        concerns.append(
            dict(
                id=f"c{n}",
                about="k1",
                category=category,
                severity="0" if allays else str(draw(st.sampled_from([1, 2, 3, 4]))),
                summary=f"Concern {n}",
                answers=draw(st.sampled_from(worries)) if category == "reassurance" and worries else "",
                resolved=draw(days) if draw(one_in(10)) else "",
            )
        )
    things = [c["id"] for c in concerns]

    rows = []
    for n in range(1, draw(how_many(0, max_rows)) + 1):
        rows.append(
            draw(
                row(
                    f"r{n}",
                    rows,
                    professionals,
                    others,
                    agencies,
                    things,
                    dates(partial, times, widest, months),
                    letters,
                )
            )
        )
    close_what_would_end_before_it_starts(rows)
    tables = {
        "people": people,
        "agencies": [dict(id=a, name=f"Agency {a[1:]}", sector=sector[a]) for a in listed],
        "concerns": concerns,
        "chronology": draw(st.permutations(rows)) if rows else [],
        "case": [dict(id="case", title="A made case", harm_date=draw(days) if harm and draw(one_in(5)) else "")],
    }
    if permissions and draw(st.booleans()):
        tables["permissions"] = draw(st.lists(permission_rows(agencies, permission_dates), max_size=5))
    return {name: [{c: one.get(c, "") for c in COLUMNS[name]} for one in table] for name, table in tables.items()}


@st.composite
def permission_rows(draw, agencies, with_dates=False):
    """One row of the permissions table."""
    whom = st.sampled_from([*agencies, *agencies, *SECTORS[:3], "*", "*"])
    found = {
        "from": draw(whom),
        "to": draw(whom),
        "category": draw(st.sampled_from(["", "", *WORRY_CATEGORIES[:3]])),
        "permission": draw(st.sampled_from(["required", "permitted", "not_needed", "prohibited", "unknown"])),
    }
    if with_dates and draw(st.booleans()):
        first = draw(st.sampled_from(range(SPAN)))
        found["start"] = day(first).isoformat()
        found["end"] = day(draw(st.integers(first, SPAN))).isoformat()
    return found


@st.composite
def row(draw, name, earlier, professionals, others, agencies, things, date, letters):
    """One row of the chronology; `earlier` are the rows that it may refer to."""
    kind = draw(st.sampled_from(KINDS))
    finishable = [r["id"] for r in earlier if r["kind"] in ("agreed", "disagreed")]
    if kind == "done" and not finishable:
        kind = "agreed"
    everybody = [*professionals * 4, *others, *agencies]  # professionals more often than the others
    humans = [*professionals * 4, *others]
    who, to, absent = [], [], []
    found = dict(id=name, date=draw(date), kind=kind, summary="What happened")
    about = draw(some(things, 0, 2))

    def recipients(least, most, among):
        return draw(some([x for x in among if x not in who], least, most))

    if kind == "observed":
        who, about = draw(some(humans, 1, 2)), about or [things[0]]
    elif kind in ("told", "asked", "declined"):
        who = [draw(st.sampled_from(everybody))]
        if draw(one_in(6)):
            who = list(dict.fromkeys([*who, draw(st.sampled_from(everybody))]))
        to = recipients(1, 3, everybody)
        found["channel"] = draw(st.sampled_from([*TWO_WAY, *ONE_WAY]))
        arrived = draw(st.sampled_from(["", "", "", "yes", "override", "no", "later"]))
        if arrived == "later" and letters and ".." not in found["date"]:
            last = closed_ends(found["date"])[1]
            found["received_on"] = (last + dt.timedelta(days=draw(st.integers(0, 4)))).isoformat()
            found["channel"] = draw(st.sampled_from(ONE_WAY))
        elif arrived in ("yes", "no"):
            found["received"] = arrived
        elif arrived == "override":
            found["two_way"] = draw(st.sampled_from(["yes", "no"]))
        if kind == "asked" and draw(st.booleans()):
            found["due"] = day(draw(st.integers(0, 2 * SPAN))).isoformat()
        requests = [r["id"] for r in earlier if r["kind"] == "asked"]
        if requests and draw(st.booleans()):
            found["ref"] = draw(st.sampled_from(requests))
    elif kind == "met":
        who = draw(some(everybody, 1, 4))
        absent = recipients(0, 2, [*professionals, *others])
        found["channel"] = draw(st.sampled_from(["", "conference", "strategy meeting"]))
    elif kind == "assumed":
        who = draw(some(humans, 1, 2))
        to = recipients(1, 1, everybody)
    elif kind == "agreed":
        who = draw(some([*professionals * 4, *agencies, "f1"], 0, 2))
        about = about or draw(some(things, 0, 2))
        if draw(st.booleans()):
            found["due"] = draw(st.sampled_from([day(draw(st.integers(0, 2 * SPAN))).isoformat(), "2020-04", "2020"]))
        meetings = [r["id"] for r in earlier if r["kind"] == "met"]
        if meetings and draw(st.booleans()):
            found["ref"] = draw(st.sampled_from(meetings))
    elif kind == "done":
        who = draw(some(professionals, 1, 2))
        found["ref"] = draw(st.sampled_from(finishable))
        found["outcome"] = draw(st.sampled_from(["", "", "completed", "completed", "partly", "attempted", "refused"]))
        about = []
    elif kind in ("opened", "closed"):
        who, about = draw(some(professionals, 1, 2)), []
        to = recipients(0, 2, humans)
    elif kind == "decided":
        who = draw(some(professionals, 1, 2))
        to = recipients(0, 2, humans)
        about = about or [things[0]]
        found["outcome"] = draw(st.sampled_from(["step_up", "same", "step_down", "no_further_action", "discharge"]))
    elif kind == "disagreed":
        who = [draw(st.sampled_from(professionals))]
        to, about = recipients(1, 1, professionals), about or [things[0]]
    elif kind == "needed" and draw(st.booleans()):
        found["due"] = day(draw(st.integers(0, 2 * SPAN))).isoformat()
    found.update(who=";".join(who), to=";".join(to), absent=";".join(absent), concerns=";".join(about))
    return found


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
    close_what_would_end_before_it_starts(tables["chronology"])
    return tables
