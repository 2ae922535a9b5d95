"""Who knew what when: the engine against brute force, the rules by hand, and what must always hold."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import safetynet as sn
from tests import builder, strategies
from tests.brute import knowledge as brute
from tests.brute.model import view

READINGS = [(dates, same_day) for dates in ("earliest", "latest") for same_day in ("any", "none")]


def days(case, world="recorded", dates="latest", same_day="any"):
    """{(holder, concern): first day} through the public table."""
    table = sn.knowledge(case, world, rules=sn.Rules(same_day=same_day)).first_known(dates)
    return {
        (holder, concern): day
        for concern in table
        for holder, day in zip(table.index, table[concern].to_numpy().astype("datetime64[D]").tolist(), strict=True)
        if day is not None
    }


# --- against brute force ------------------------------------------------------------------------------


def agree_with_brute_force(tables):
    case = builder.from_tables(tables)
    for dates, same_day in READINGS:
        for world in ("recorded", "possible", "permitted"):
            assert days(case, world, dates, same_day) == brute.first_known(tables, world, dates, same_day)


@given(strategies.cases(permission_dates=True))
def test_the_three_worlds_are_those_of_brute_force(tables):
    agree_with_brute_force(tables)


@given(strategies.crowded_cases(permissions=True))
def test_they_are_so_too_when_much_happens_on_one_day(tables):
    agree_with_brute_force(tables)


@pytest.mark.slow
@pytest.mark.parametrize("name", sn.list_cases()["name"])
def test_so_they_are_in_the_packaged_cases(name, tables_of):
    case, tables = sn.load_case(name), tables_of(name)
    for dates, same_day in READINGS:
        for world in ("recorded", "possible", "permitted"):
            assert days(case, world, dates, same_day) == brute.first_known(tables, world, dates, same_day)


@settings(max_examples=40)
@given(strategies.tiny_cases())
def test_the_possible_world_is_what_acting_out_every_assignment_of_days_gives(tables):
    case = builder.from_tables(tables)
    for same_day in ("any", "none"):
        acted = brute.possible_by_enumeration(tables, "earliest", same_day, limit=3000)
        assume(acted is not None)
        assert days(case, "possible", "earliest", same_day) == acted
        acted = brute.possible_by_enumeration(tables, "latest", same_day, limit=3000)
        assume(acted is not None)
        for key, day in days(case, "possible", "latest", same_day).items():  # certain: so on every assignment
            assert acted[key] <= day


@given(strategies.cases(), strategies.questions)
def test_the_three_answers_follow_from_the_two_dates(tables, at):
    case = builder.from_tables(tables)
    assume(case.end is not None)
    state = sn.knowledge(case, "possible").state(at)
    early, late = brute.possible(tables, "earliest"), brute.possible(tables, "latest")
    for holder in state.index:
        for concern in state.columns:
            key, never = (holder, concern), dt.date.max
            by = "possible" if early.get(key, never) <= at else "no record"
            assert state.loc[holder, concern] == ("certain" if late.get(key, never) <= at else by)


@given(strategies.cases(), strategies.questions)
def test_holders_and_held_by_are_two_views_of_the_record(tables, at):
    case = builder.from_tables(tables)
    for unconfirmed in ("counts", "does_not_count"):
        known = sn.knowledge(case, rules=sn.Rules(unconfirmed=unconfirmed))
        held = view(tables, at, unconfirmed=unconfirmed).held
        for holder in known.first_known().index:
            assert set(known.held_by(holder, at)) == held.get(holder, set())
        for concern in known.first_known().columns:
            assert set(known.holders(concern, at)) == {one for one, things in held.items() if concern in things}


# --- one meeting on one day, by hand ------------------------------------------------------------------


def test_six_contacts_around_one_meeting_on_one_day_put_everybody_where_they_belong():
    # On 10 May: A sees c1; A and B meet at 10:00; B calls C at some time of the day; D wrote to E the day before,
    # and E read it on the 10th; C's fax to F did not arrive; G had called B at 9:00, before the meeting; and B told
    # H in May, on a day that nobody wrote down.
    case = builder.case(
        "A@a B@b C@c D@d E@e F@f G@g H@h",
        "c1",
        "2020-05-10T08:00 observed A c1",
        "2020-05-10T10:00 met A;B",
        "2020-05-10 told B>C - phone",
        "2020-05-09 told D>E - letter received_on=2020-05-10",
        "2020-05-10 told C>F - fax received=no",
        "2020-05-10T09:00 told G>B - phone",
        "2020-05 told B>H - phone",
    )

    def column(same_day, at="2020-05-10"):
        state = sn.knowledge(case, "possible", rules=sn.Rules(same_day=same_day)).state(at)["c1"]
        return {name: state[name] for name in "ABCDEFGH"}

    none = "no record"
    expected = {
        "A": "certain",  # saw it at 8
        "B": "certain",  # at the meeting at 10
        "C": "certain",  # the call may have come after the meeting (same_day="any": it counts as if it had)
        "D": none,  # nobody told D anything
        "E": none,  # what D had written knew nothing of it
        "F": none,  # the fax did not arrive
        "G": none,  # spoke with B an hour before B knew
        "H": "possible",  # told in May: perhaps on the 10th, perhaps before
    }
    assert column("any") == expected
    # same_day="none": B learnt it on the 10th, so an untimed call of the 10th passes nothing on; nor does H's by then
    assert column("none") == {**expected, "C": none, "H": none}
    # at the end of May H may have been told after the 10th, and certainly was told at all - but not that it was after
    assert column("any", "2020-05-31")["H"] == "possible"
    assert column("none", "2020-05-31")["H"] == "possible"  # on the 11th or later
    # a static graph of the same contacts that arrived joins A to B, C, G and H, whatever the hour
    static = case.graph(at="2020-05-31").to_undirected()
    flows = [(a, b) for a, b, kind in static.edges(data="edge_type") if kind in ("told", "met")]
    assert {frozenset(pair) for pair in flows} == {frozenset(pair) for pair in ("AB", "BC", "DE", "GB", "BH")}


# --- rules, one by one --------------------------------------------------------------------------------


def test_family_pass_only_what_is_recorded():
    case = builder.case("T@school S@council M:family", "c1", "observed T c1", "told T>M - phone", "told M>S - phone")
    assert ("S", "c1") not in days(case, "possible")


def test_a_call_to_two_people_never_links_the_two():
    case = builder.case("S@council T@school G@health", "c1", "observed T c1", "5 told S>T;G - phone")
    found = days(case, "possible")
    assert found["S", "c1"] == dt.date(2024, 1, 5)
    assert ("G", "c1") not in found


def test_what_only_a_file_holds_reaches_a_person_when_the_file_is_read():
    case = builder.case("T@school S@council", "c1", "observed T c1", "told T>council c1 fax", "told council>S - file")
    assert days(case)["council", "c1"] == dt.date(2024, 1, 2)
    assert ("S", "c1") not in days(case)  # the reading is recorded without the worry
    assert days(case, "possible")["S", "c1"] == dt.date(2024, 1, 3)


def test_a_letter_is_known_to_its_sender_at_once_and_to_its_reader_when_read():
    case = builder.case("T@school S@council", "c1", "1 told T>S c1 letter received_on=2024-02/..", "03-10 met T")
    assert days(case)["T", "c1"] == dt.date(2024, 1, 1)
    assert days(case, dates="earliest")["S", "c1"] == dt.date(2024, 2, 1)
    assert days(case)["S", "c1"] == dt.date(2024, 3, 10)  # open: closes on the last day of the case


def test_unknown_permissions_let_pass_and_prohibited_ones_do_not():
    case = builder.case(
        "T@school S@council G@health",
        "c1 c2",
        "observed T c1",
        "told T>S - phone",
        "told T>G - phone",
        "told T>S c2 phone",
        permissions="school council - prohibited",
    )
    found = days(case, "permitted")
    assert ("S", "c1") not in found
    assert found["G", "c1"] == dt.date(2024, 1, 3)
    assert found["S", "c2"] == dt.date(2024, 1, 4)  # recorded, permitted or not
    assert days(case, "possible")["S", "c1"] == dt.date(2024, 1, 2)


def test_any_year_from_1_to_9999_works():
    for year in ("0001", "1066", "1969", "2263", "9999"):
        case = builder.case("T@school S@council", "c1", f"{year}-03-01 observed T c1", f"{year}-03-02 told T>S - phone")
        table = sn.knowledge(case, "possible").first_known()
        assert str(days(case, "possible")["S", "c1"]) == f"{year}-03-02"
        assert table.dtypes.eq("datetime64[s]").all()
        assert sn.knowledge(case, "possible").state(f"{year}-03-01").loc["S", "c1"] == "no record"


def test_a_case_without_rows_is_no_error():
    case = builder.case("", "c1")
    for world in ("recorded", "possible", "permitted"):
        known = sn.knowledge(case, world)
        assert known.first_known().isna().all(axis=None)
        assert (known.state() == "no record").all(axis=None)
        assert known.hops().isna().all(axis=None)
        assert known.explain("K", "c1").empty
        assert known.could_have_told("K", "c1").empty


def test_more_than_64_people_and_concerns_work():
    # 70 people in a row, each sees a worry of their own on day 0 and calls the next: n calls n + 1 on day n + 1
    people, first = 70, dt.date(2024, 1, 1)
    rows = [f"s{n}: 1 observed p{n} c{n}" for n in range(people)]
    rows += [f"t{n}: {n + 2} told p{n}>p{n + 1} - letter" for n in range(people - 1)]
    case = builder.case(" ".join(f"p{n}@a{n}" for n in range(people)), " ".join(f"c{n}" for n in range(people)), *rows)
    found = days(case, "possible")
    assert len(found) == 70 * 71 // 2  # everything goes forward, nothing back
    assert all(found[f"p{n}", f"c{m}"] == first + dt.timedelta(days=n) for n in range(people) for m in range(n))
    assert len(sn.knowledge(case, "possible").explain("p69", "c0")) == 70  # the sighting and 69 letters


# --- what must always hold ----------------------------------------------------------------------------


def later_or_never(found, than):
    return all(key in than and day >= than[key] for key, day in found.items())


@given(strategies.cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(tables, random):
    case = builder.from_tables(tables)
    shuffled = {**tables, "chronology": random.sample(tables["chronology"], len(tables["chronology"]))}
    other = builder.from_tables(shuffled)
    for world in ("recorded", "possible", "permitted"):
        for dates, same_day in READINGS:
            assert days(case, world, dates, same_day) == days(other, world, dates, same_day)
    for key in days(case, "possible"):
        mine, theirs = (sn.knowledge(one, "possible").explain(*key) for one in (case, other))
        pd.testing.assert_frame_equal(mine, theirs)


@given(strategies.cases())
def test_the_worlds_lie_within_each_other_and_the_certain_within_the_possible(tables):
    case = builder.from_tables(tables)
    for dates, same_day in READINGS:
        recorded, permitted, possible = (
            days(case, world, dates, same_day) for world in ("recorded", "permitted", "possible")
        )
        assert later_or_never(recorded, permitted)
        assert later_or_never(permitted, possible)
    for world in ("recorded", "permitted", "possible"):
        for same_day in ("any", "none"):
            assert later_or_never(days(case, world, "latest", same_day), days(case, world, "earliest", same_day))
        for dates in ("earliest", "latest"):
            assert later_or_never(days(case, world, dates, "none"), days(case, world, dates, "any"))


def with_rows(tables, rows):
    return builder.from_tables({**tables, "chronology": rows})


@pytest.mark.slow
@given(strategies.cases(), st.data())
def test_more_rows_never_lose_knowledge(tables, data):
    rows = tables["chronology"]
    assume(rows)
    # open ends close at the case's own days, so they are left out here: another row may move them
    rows = [row for row in rows if ".." not in row["date"] and not row["ref"] and not row["disputes"]]
    kept = [row for row in rows if data.draw(st.booleans(), label="keep")]
    for world in ("recorded", "possible", "permitted"):
        for dates, same_day in READINGS:
            fewer, all_of_them = with_rows(tables, kept), with_rows(tables, rows)
            assert later_or_never(days(fewer, world, dates, same_day), days(all_of_them, world, dates, same_day))


def delayed(row, by):
    """The row with its days later."""

    def moved(text):
        head, mark, clock = text.partition("T")
        parts = [str(dt.date.fromisoformat(part) + dt.timedelta(days=by)) for part in head.split("/")]
        return "/".join(parts) + mark + clock

    received_on = moved(row["received_on"]) if row["received_on"] else ""
    return {**row, "date": moved(row["date"]), "received_on": received_on}


@pytest.mark.slow
@given(strategies.cases(months=False), st.data())
def test_delaying_a_sighting_never_makes_anything_known_earlier(tables, data):
    rows = [row for row in tables["chronology"] if ".." not in row["date"] and not row["ref"] and not row["disputes"]]
    # of one person alone: with others or with somebody present it is a contact, in which more may pass on a later day
    sightings = [row for row in rows if row["kind"] == "observed" and not (";" in row["who"] or row["present"])]
    assume(sightings)
    chosen = data.draw(st.sampled_from(sightings))
    later = [delayed(row, data.draw(st.integers(1, 5))) if row is chosen else row for row in rows]
    for world in ("recorded", "possible", "permitted"):
        for dates, same_day in READINGS:
            found = days(with_rows(tables, later), world, dates, same_day)
            assert later_or_never(found, days(with_rows(tables, rows), world, dates, same_day))


@given(strategies.cases(months=False), st.data())
def test_delaying_any_row_never_puts_anything_on_record_earlier(tables, data):
    rows = [row for row in tables["chronology"] if ".." not in row["date"] and not row["ref"] and not row["disputes"]]
    assume(rows)
    chosen = data.draw(st.sampled_from(rows))
    later = [delayed(row, data.draw(st.integers(1, 5))) if row is chosen else row for row in rows]
    for dates in ("earliest", "latest"):
        assert later_or_never(days(with_rows(tables, later), dates=dates), days(with_rows(tables, rows), dates=dates))


# --- explaining ---------------------------------------------------------------------------------------


@given(strategies.cases(), st.sampled_from(READINGS), st.sampled_from(["possible", "permitted"]))
def test_an_explanation_is_a_chain_of_rows_in_time(tables, reading, world):
    dates, same_day = reading
    case, v = builder.from_tables(tables), view(tables)
    known = sn.knowledge(case, world, rules=sn.Rules(same_day=same_day))
    for (holder, concern), day in days(case, world, dates, same_day).items():
        first, *passed = known.explain(holder, concern, dates=dates).to_dict("records")
        here = passed[0]["from"] if passed else holder
        row = v.row[first["row"]]
        assert concern in row.concerns
        knows = brute.seed_moment(v.gives(row)[here], dates, same_day)
        seen = [here]
        for line in passed:
            row = v.row[line["row"]]
            assert line["how"] == "may have been passed on"
            assert (line["from"], line["to"]) in v.moves(row)
            assert line["from"] == here
            if world == "possible":
                knows = brute.arrival(knows, row.when, row.read, dates, same_day)
                assert knows is not None
            here = line["to"]
            assert here not in seen
            seen.append(here)
        assert here == holder
        if world == "possible":
            assert knows[0] == day  # and it is the earliest chain


@given(strategies.cases())
def test_on_record_an_explanation_is_every_row_that_says_so(tables):
    known, v = sn.knowledge(builder.from_tables(tables)), view(tables)
    for holder in known.first_known().index:
        for concern in known.first_known().columns:
            rows = [row for row in v.every_row if concern in row.concerns and holder in v.gives(row)]
            found = known.explain(holder, concern)
            assert sorted(found["row"]) == sorted(row.id for row in rows)
            assert found["latest"].is_monotonic_increasing


@pytest.fixture(scope="module")
def worked() -> sn.Case:
    return sn.load_case("worked_example")


def test_the_worked_example_is_explained_row_by_row(worked):
    recorded = sn.knowledge(worked)
    line = recorded.explain("S", "c1").iloc[0]  # T told S by phone on 12 January
    assert line[["row", "kind", "from", "to", "how"]].tolist() == ["e2", "told", "T", "S", "was told"]
    assert (str(line["earliest"])[:10], str(line["latest"])[:10]) == ("2024-01-12", "2024-01-12")
    assert recorded.explain("S", "c1")["row"].tolist() == ["e2", "e6"]  # and the meeting, where it was said again
    assert recorded.explain("T", "c1")["how"].tolist() == ["saw it", "said it"]
    assert recorded.explain("P", "c1")["how"].tolist() == ["was at the meeting"]
    assert recorded.explain("S", "c2").empty
    possible = sn.knowledge(worked, "possible").explain("S", "c2")  # P saw it on the 15th, met S on the 30th
    assert possible["row"].tolist() == ["e3", "e6"]
    assert possible["how"].tolist() == ["saw it", "may have been passed on"]
    assert possible["earliest"].dt.strftime("%Y-%m-%d").tolist() == ["2024-01-15", "2024-01-30"]
    assert sn.knowledge(worked, "possible").explain("S", "c3").empty  # the letter came after the only call


def test_the_worked_example_who_held_what(worked):
    known = sn.knowledge(worked)
    assert known.holders("c1", at="2024-01-31") == ("P", "S", "T")
    assert known.holders("c1", at="2024-01-11") == ("T",)
    assert known.held_by("T", at="2024-01-31") == ("c1", "c3")
    assert known.held_by("P", at="2024-01-29") == ("c2",)
    # first hand: T c1, P c2, G c3; from there: S c1, T c3; P has c1 from S, who has it from T: relayed
    hops = known.hops(at="2024-01-31")
    cells = {f"{h} {c}": hops.loc[h, c] for h in hops.index for c in hops.columns}
    known_by = {cell: int(number) for cell, number in cells.items() if not pd.isna(number)}
    assert known_by == {"T c1": 0, "S c1": 1, "P c1": 2, "P c2": 0, "G c3": 0, "T c3": 1}
    assert hops.dtypes.eq("Int64").all()
    assert pd.isna(known.hops(at="2024-01-29").loc["P", "c1"])  # the meeting was the day after


def test_the_worked_example_who_could_have_told_whom(worked):
    # c3 to T: G, whose letter is the only way
    lines = sn.knowledge(worked).could_have_told("T", "c3", by="2024-01-31").to_dict("records")
    assert [(line["holder"], line["via"], line["rows"]) for line in lines] == [("G", (), ("e5",))]
    assert (str(lines[0]["had_it"])[:10], str(lines[0]["last_chance"])[:10]) == ("2024-01-20", "2024-01-25")
    # c1 to P: S, at the meeting; T, who called S on the 12th and could have come by it as late as that
    lines = sn.knowledge(worked).could_have_told("P", "c1", by="2024-01-31").to_dict("records")
    told = [(line["holder"], str(line["last_chance"])[:10], line["via"], line["rows"]) for line in lines]
    assert told == [("T", "2024-01-12", ("S",), ("e2", "e6")), ("S", "2024-01-30", (), ("e6",))]
    assert sn.knowledge(worked).could_have_told("P", "c1", by="2024-01-29").empty
    assert sn.knowledge(worked).could_have_told("S", "c3", by="2024-01-31").empty


@given(strategies.cases(), st.data())
def test_who_could_have_told_is_whose_own_knowledge_would_have_come_in_time(tables, data):
    same_day = data.draw(st.sampled_from(["any", "none"]))
    case, v = builder.from_tables(tables), view(tables)
    assume(case.end is not None)
    by = data.draw(strategies.questions)
    known = sn.knowledge(case, rules=sn.Rules(same_day=same_day))
    person = data.draw(st.sampled_from(sorted(known.first_known().index)))
    concern = data.draw(st.sampled_from(list(known.first_known().columns)))
    contacts = [row for row in v.every_row if row.contact]

    def comes(holder, moment):
        first = brute.spread(v, contacts, {holder: moment}, "earliest", same_day)
        return person in first and first[person][0] <= by

    expected = set()
    for holder in known.first_known().index:
        own = [v.gives(row)[holder] for row in v.every_row if concern in row.concerns and holder in v.gives(row)]
        moments = [brute.seed_moment(window, "earliest", same_day) for window in own]
        if holder != person and any(comes(holder, moment) for moment in moments):
            expected.add(holder)
    found = known.could_have_told(person, concern, by=by)
    assert set(found["holder"]) == expected
    for line in found.itertuples():
        last = line.last_chance.date()
        assert comes(line.holder, (last, 0))
        assert not comes(line.holder, (last + dt.timedelta(days=1), brute.MIDNIGHT))


# --- a real case --------------------------------------------------------------------------------------


def test_a_real_case_counted_by_hand():
    # Max, as in chronology.csv: C01 seen by dsl on 9 January 2023 (oC01), told to sw1 on the 10th (F01), passed in
    # asking hv1 on the 13th (F03), on the table on the 18th for dsl, sw1, sw2, hv1 and fsw (M01).
    case = sn.load_case("max")
    known = sn.knowledge(case)
    assert known.holders("C01", at="2023-01-09") == ("dsl",)
    assert known.holders("C01", at="2023-01-12") == ("dsl", "sw1")
    assert known.holders("C01", at="2023-01-18") == ("dsl", "fsw", "hv1", "sw1", "sw2")
    assert known.held_by("fsw", at="2023-01-17") == ()
    assert known.explain("hv1", "C01")["row"].tolist()[:2] == ["F03", "M01"]
    hops = known.hops(at="2023-01-18")["C01"]
    # hv1 had it from sw1 (2), then from dsl at the meeting (1)
    assert [int(hops[name]) for name in ("dsl", "sw1", "hv1", "sw2", "fsw")] == [0, 1, 1, 1, 1]
    assert known.hops(at="2023-01-13").loc["hv1", "C01"] == 2


# --- asking wrongly -----------------------------------------------------------------------------------


def test_errors_name_what_is_near(worked):
    with pytest.raises(sn.ArgumentError, match="'recorded', 'possible', 'permitted'"):
        sn.knowledge(worked, "posible")
    known = sn.knowledge(worked)
    with pytest.raises(sn.UnknownNameError, match="Did you mean 'c1'"):
        known.holders("c11")
    with pytest.raises(sn.UnknownNameError, match=r"the person or agency 'scool' is not known\. Did you mean 'school'"):
        known.held_by("scool")
    for ask in (known.explain, known.could_have_told):
        with pytest.raises(sn.UnknownNameError, match=r"the concern 'C1' is not known\. Did you mean 'c1'"):
            ask("T", "C1")
    with pytest.raises(sn.ArgumentError, match="'latest', 'earliest'"):
        known.first_known("last")
    with pytest.raises(sn.DateError, match="there is no month 13"):
        known.state("2024-13-01")


def test_asking_again_computes_nothing_again(worked):
    assert sn.knowledge(worked, "possible") is sn.knowledge(worked, "possible")
    assert sn.knowledge(worked) is not sn.knowledge(worked, rules=sn.Rules(same_day="none"))
    table = sn.knowledge(worked).first_known()
    table.loc["S", "c1"] = pd.NaT  # a copy: nothing changes
    assert not pd.isna(sn.knowledge(worked).first_known().loc["S", "c1"])


def test_a_name_or_an_agency_where_an_id_of_a_person_belongs_is_answered_with_what_is_meant() -> None:
    case = sn.load_case("reuben")
    with pytest.raises(sn.UnknownNameError, match="is a name; write the id: 'sch'"):
        sn.knowledge(case).explain("school wellbeing lead", "C05")
    with pytest.raises(sn.ArgumentError, match="is an agency"):
        sn.who_to_ask(case, "a_sch")
    with pytest.raises(sn.UnknownNameError):
        sn.who_to_ask(case, ["cp1"])  # type: ignore[arg-type]
    with pytest.raises(sn.ArgumentError, match="one by one"):
        case.without(["cp0", "cp1"])  # type: ignore[arg-type]
