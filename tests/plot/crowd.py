"""A made-up case of any size, the same each time, with long names and everything that a picture can draw."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from functools import cache

import safetynet as sn
from tests import builder

SECTORS = ("social_care", "health", "police", "education", "housing", "justice", "voluntary", "faith", "other")
ROLES = (
    *("Social worker", "Community health visitor", "Designated safeguarding lead", "Police constable"),
    *("Consultant paediatrician", "Housing officer", "Family support worker", "Referral and assessment team manager"),
    *("Paediatric senior house officer", "Youth justice worker"),
)
AROUND = """
    kid:child name=Kit mum:family name=Mother dad:family name=Father
    gran:support name="Grandmother on the father's side" next:support name=Neighbour cab:public name="Driver of a cab"
"""
TIES = """
    kid mum household strong
    kid dad kin broken
    mum gran kin stressful
    mum p00 care weak
    p00 p01 working strong
"""
ENDING = """
    part: 2021-02 observed mum;gran w04
    desk: 2021-03-01/2021-03-09 told p02>ag0 w05 letter
    late: 2021-04-01 told p00>p01 w06 letter received_on=2021-04-20
"""
START = dt.date(2021, 1, 4)


@cache
def crowded(people: int, *, agencies: int | None = None, rows: int | None = None, worries: int = 14) -> sn.Case:
    """A case with that many professionals."""
    rng = random.Random(people)
    houses = agencies or max(3, people // 4)
    staff = [f"p{place:02d}" for place in range(people)]
    names = [f"w{number:02d}" for number in range(1, worries + 1)]
    concerns = " ".join(
        f"{one}:{rng.randint(1, 4)} summary='Something that somebody came to worry about, number {one}'"
        for one in names
    )
    written = _actions(rng, staff, names, list(_random_rows(rng, staff, names, rows)))
    written += _one_of_each(names, houses - 1, len(written))
    return builder.case(
        AROUND + " ".join(_professional(place, houses) for place in range(people)),
        concerns + " calm:0 category=strength summary='Kit sings'",
        *(f"r{place:03d}: {line}" for place, line in enumerate(written)),
        ENDING,
        agencies=" ".join(map(_agency, range(houses))),
        ties=TIES,
        title=f"Made-up case of {people}",
        id=f"made{people}",
    )


def _agency(place: int) -> str:
    sector = SECTORS[place % 9]
    return f"ag{place}:{sector} name='{sector.replace('_', ' ').capitalize()} organisation {place + 1}, north district'"


def _professional(place: int, houses: int) -> str:
    return f"p{place:02d}@ag{place % houses} name='{ROLES[place % len(ROLES)]} {place + 1}'"


def _on(day: int) -> str:
    return (START + dt.timedelta(days=day)).isoformat()


def _random_rows(rng: random.Random, staff: list[str], names: list[str], rows: int | None) -> Iterator[str]:
    for place, person in enumerate(staff):  # everybody appears, so that the size is what it says
        yield f"{_on(rng.randint(0, 200))} observed {person} {names[place % len(names)]}"
    for _ in range(rows if rows is not None else 2 * len(staff)):
        day, one, other = rng.randint(0, 300), rng.choice(staff), rng.choice([*staff, *staff, "mum", "gran"])
        if one != other:
            kind = rng.choice(("told", "told", "told", "asked", "declined"))
            passed = ";".join(rng.sample(names, rng.randint(0, 2)))
            channel, received = rng.choice(("phone", "letter")), rng.choice(("", "", "yes", "no"))
            yield f"{_on(day)} {kind} {one}>{other} {passed or '-'} {channel} received={received}"
    for _ in range(max(2, len(staff) // 6)):
        there = rng.sample(staff, min(len(staff), rng.randint(2, 5)))
        absent = rng.choice([p for p in staff if p not in there] or [""])
        day, tabled = rng.randint(0, 300), rng.choice(names)
        yield f"{_on(day)} met {';'.join(there)} {tabled} absent={absent} present={rng.choice(('', 'mum'))}"


def _actions(rng: random.Random, staff: list[str], names: list[str], written: list[str]) -> list[str]:
    for number in range(6):
        day = rng.randint(0, 200)
        due = "" if number % 3 == 0 else _on(day + 30)
        written.append(f"{_on(day)} agreed {rng.choice(staff)} {rng.choice(names)} due={due}")
        if number % 2:
            written.append(f"{_on(day + 10)} done {rng.choice(staff)} ref=r{len(written) - 1:03d}")
    return written


def _one_of_each(names: list[str], last: int, place: int) -> list[str]:
    """A row of every other kind, the first of them row number `place`."""
    return [
        f"{_on(50)} agreed - {names[0]}",
        f"{_on(60)} needed - {names[1]}",
        f"{_on(70)} assumed p00>ag{last} {names[2]}",
        f"{_on(71)} believed p01 {names[2]}",
        f"{_on(72)} withheld p02>p00 {names[3]} reason=consent_thought_needed",
        f"{_on(73)} expected ag1 {names[2]} rule=law due={_on(80)}",
        f"{_on(80)} decided p01>p00 {names[0]} outcome=same",
        f"{_on(81)} disagreed p01>p02 {names[0]}",
        f"{_on(90)} done p01 ref=r{place + 7:03d}",
        f"{_on(91)} told cab>ag0 - phone",
        f"{_on(92)} observed p00 {names[5]} present=dad",
        f"{_on(0)} opened p00",
        f"{_on(250)} closed p00",
        f"{_on(251)} closed p01>p02",
    ]
