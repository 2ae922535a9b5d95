"""The calls that people make on one case: a made-up chronology with rows of many kinds, and how its cost grows."""

from __future__ import annotations

import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

import safetynet as sn
from safetynet.measures.summary import score_days

KINDS = {
    "told": 8,
    "observed": 5,
    "met": 3,
    "asked": 3,
    "agreed": 3,
    "done": 2,
    "assumed": 1,
    "decided": 1,
    "closed": 1,
}
CHANNELS = ("phone", "phone", "face_to_face", "visit", "letter", "email", "referral")
OTHERS = (  # rules under which what counted by a day is another matter
    sn.Rules(dates="earliest"),
    sn.Rules(same_day="none"),
    sn.Rules(unconfirmed="does_not_count"),
    sn.Rules(dates="earliest", same_day="none", unconfirmed="does_not_count"),
)
FIRST = dt.date(2020, 1, 1)


def made_case(people: int, rows: int, worries: int = 20, days: int | None = None, seed: int = 1) -> sn.Case:
    """A case of so many professionals and rows, about two rows for every three days unless told; each time the same."""
    draw = random.Random(seed)
    agencies = max(4, people // 6)
    cast = [("k", "child", "child", ""), ("m", "mother", "family", "")]
    cast += [(f"p{n}", f"worker {n}", "professional", f"a{n % agencies}") for n in range(people)]
    span = days or rows * 3 // 4
    lines: list[dict[str, str]] = []
    for n in range(rows):
        lines.append(_row(draw, n, people, worries, span, lines))
    names = [f"c{n}" for n in range(worries)]
    severities = [str(1 + n % 4) for n in range(worries)]
    return sn.Case(
        people=pd.DataFrame(cast, columns=["id", "name", "kind", "agency"]),
        concerns=pd.DataFrame(
            {"id": names, "about": "k", "category": "neglect", "severity": severities, "summary": "a worry"}
        ),
        chronology=pd.DataFrame(lines, dtype="str").fillna(""),
    )


def _row(
    draw: random.Random, n: int, people: int, worries: int, span: int, before: list[dict[str, str]]
) -> dict[str, str]:
    kind = draw.choices(list(KINDS), list(KINDS.values()))[0]
    actions = [one["id"] for one in before[-100:] if one["kind"] == "agreed"]
    if kind == "done" and not actions:
        kind = "told"
    first = draw.randrange(span)
    last = first + (draw.randrange(10) if draw.random() < 0.1 else 0)
    when = "/".join(str(FIRST + dt.timedelta(days=day)) for day in dict.fromkeys((first, last)))
    who = [f"p{one}" for one in draw.sample(range(people), 4)]
    sent, row = kind in ("told", "asked", "assumed"), {"id": f"r{n}", "date": when, "kind": kind}
    row["who"] = ";".join(who[: 3 if kind == "met" else 1])
    row["to"] = ";".join(who[1:] if kind == "told" and draw.random() < 0.1 else who[1:2]) if sent else ""
    row["channel"] = draw.choice(CHANNELS) if kind in ("told", "asked") else ""
    row["outcome"] = "same" if kind == "decided" else ""
    row["ref"] = draw.choice(actions) if kind == "done" else ""
    some = draw.sample(range(worries), 1 if kind != "closed" and draw.random() < 0.8 else 0)
    row["concerns"] = ";".join(f"c{one}" for one in some or ([0] if kind in ("observed", "decided") else []))
    return row


def fresh(case: sn.Case) -> sn.Case:
    """The case with nothing kept from before."""
    case.__dict__.pop("_cache", None)
    return case


def took(work: Callable[[], Any], repeats: int = 3) -> float:
    """The median time of the processor in seconds."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def calls(say: Callable[..., None]) -> None:
    """Every score on every date, beside one call of scores and beside asking each date by itself."""
    sn.scores_over_time(made_case(40, 200))
    for people, rows in ((40, 200), (60, 1000), (100, 4000)):
        case = made_case(people, rows)
        dates = score_days(case, sn.Rules())
        what = f"a case, {people} people × {rows:,} rows of many kinds, {len(dates):,} dates"
        one = took(lambda: sn.scores(fresh(case)))  # noqa: B023
        sample = [dt.date.fromordinal(day) for day in dates[:: max(1, len(dates) // 20)]]
        each = took(lambda: [sn.scores(fresh(case), day) for day in sample], 1) / len(sample) * len(dates)  # noqa: B023
        every = took(lambda: sn.scores_over_time(fresh(case)))  # noqa: B023
        say(what, "scores, on the last date", one)
        say(what, "scores, on each date (of 20 of them)", each, each / one, "× scores once")
        say(what, "scores_over_time", every, every / one, "× scores once")
        say(what, "… beside scores on each date", None, each / every, "× as fast")
        for rules in OTHERS:
            one = took(lambda: sn.scores(fresh(case), rules=rules))  # noqa: B023
            every = took(lambda: sn.scores_over_time(fresh(case), rules=rules))  # noqa: B023
            said = ", ".join(f"{name}={getattr(rules, name)!r}" for name in ("dates", "same_day", "unconfirmed"))
            say(what, f"scores_over_time, {said}", every, every / one, "× scores once")


def questions(say: Callable[..., None]) -> None:
    """What else people ask and wait for, beside one call of scores on the same case."""
    case = made_case(60, 500)
    sn.smallest_change(made_case(10, 50))  # what is loaded once
    what, one = "a case, 60 people × 500 rows of many kinds", took(lambda: sn.scores(fresh(case)))
    say(what, "scores", one)
    work: dict[str, Callable[[], Any]] = {
        "findings": lambda: sn.findings(fresh(case)),
        "missed_opportunities, with its table": lambda: sn.missed_opportunities(fresh(case)).table,
        "smallest_meeting": lambda: sn.smallest_meeting(fresh(case)),
        "who_to_ask": lambda: sn.who_to_ask(fresh(case), "p1"),
        "earliest_picture(people=5)": lambda: sn.earliest_picture(fresh(case), people=5),
        "smallest_change, the picture": lambda: sn.smallest_change(fresh(case), "picture"),
        "smallest_change, the pairs": lambda: sn.smallest_change(fresh(case), "pairs"),
        "smallest_change, diffusion": lambda: sn.smallest_change(fresh(case), "diffusion"),
        "smallest_change, worries unowned": lambda: sn.smallest_change(fresh(case), "unowned"),
    }
    for name, call in work.items():
        seconds = took(call, 1)
        say(what, name, seconds, seconds / one, "× scores")


def longer(say: Callable[..., None]) -> None:
    """The time a row at fixed people and worries, from 1,000 to 16,000 rows."""
    for rows in (1000, 4000, 16000):
        case, what = made_case(60, rows), f"a case of 60 people, {rows:,} rows"
        frames = {name: getattr(case, name) for name in ("people", "concerns", "chronology")}
        work: dict[str, Callable[[], Any]] = {
            "Case(...) from tables": lambda: sn.Case(**frames),  # noqa: B023
            "scores": lambda: sn.scores(fresh(case)),  # noqa: B023
            "scores_over_time": lambda: sn.scores_over_time(fresh(case)),  # noqa: B023
            "findings": lambda: sn.findings(fresh(case)),  # noqa: B023
            "missed_opportunities": lambda: sn.missed_opportunities(fresh(case)).table,  # noqa: B023
        }
        for name, call in work.items():
            seconds = took(call, 3 if rows < 10_000 else 1)
            say(what, name, seconds, seconds / rows * 1e6, "µs a row")


def reports(say: Callable[..., None]) -> None:
    """The report of a case beside one call of scores, and how large its page is."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "report.html"
        sn.report(made_case(10, 50), place)  # what is loaded once
        for people, rows in ((60, 1000), (60, 4000), (60, 16000), (100, 4000), (200, 16000)):
            case, what = made_case(people, rows), f"the report of a case, {people} people × {rows:,} rows"
            one = took(lambda: sn.scores(fresh(case)))  # noqa: B023
            written = took(lambda: sn.report(fresh(case), place, overwrite=True), 3 if rows < 10_000 else 1)  # noqa: B023
            say(what, "scores", one)
            say(what, f"report, a page of {place.stat().st_size / 1e6:.1f} MB", written, written / one, "× scores")
