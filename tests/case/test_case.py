"""The case: what it holds, and that nothing changes it."""

from __future__ import annotations

import datetime as dt
import pickle

import pandas as pd
import pytest

import safetynet as sn
from safetynet.case.schema import BY_NAME

PEOPLE = [
    {"id": "k1", "name": "Kit", "kind": "child"},
    {"id": "k2", "name": "Kim", "kind": "child"},
    {"id": "mo", "name": "Mother", "kind": "family"},
    {"id": "t", "name": "Teacher", "kind": "professional", "agency": "school"},
    {"id": "s", "name": "Social worker", "kind": "professional", "agency": "council"},
]
CONCERNS = [
    {"id": "c1", "about": "k1", "category": "physical", "severity": 3, "summary": "Bruise"},
    {"id": "c2", "about": "k2", "category": "neglect", "severity": 2, "summary": "Hungry"},
    {"id": "c3", "about": "mo", "category": "reassurance", "severity": 0, "summary": "Explained", "answers": "c1;c2"},
]
ROWS = [
    {"id": "e1", "date": "2019-03-01", "kind": "observed", "who": "t", "concerns": "c1"},
    {"id": "e2", "date": "2019-03-02", "kind": "told", "who": "t", "to": "s", "concerns": "c1", "channel": "phone"},
    {"id": "e3", "date": "2019-03", "kind": "observed", "who": "t", "concerns": "c2", "about": "k2"},
    {"id": "e4", "date": "2019-04-05", "kind": "agreed", "who": "s", "concerns": "c1", "due": "2019-05"},
    {"id": "e5", "date": "2019-04-09", "kind": "done", "who": "s", "ref": "e4"},
    {"id": "e6", "date": "2019-04-20", "kind": "met", "who": "s;t;mo", "concerns": "c1;c2"},
]


def made(people=PEOPLE, concerns=CONCERNS, chronology=ROWS, **more) -> sn.Case:
    return sn.Case(pd.DataFrame(people), pd.DataFrame(concerns), pd.DataFrame(chronology), **more)


def test_a_case_introduces_itself_with_counts_and_never_with_names():
    case = made(id="lewis")
    # 2 children, 2 professionals (t, s) in 2 agencies, 3 concerns, 1 contact (e2)
    assert repr(case) == (
        "<Case 'lewis' 2019-03-01 to 2019-04-20: 2 children, 2 professionals in 2 agencies, 3 concerns, 1 contact>"
    )


def test_tables_have_the_columns_of_the_format_in_order_then_ones_own():
    case = made(chronology=[{**row, "page": "12"} for row in ROWS])
    assert list(case.chronology.columns) == [*BY_NAME["chronology"].names, "page"]
    assert list(case.people.columns) == list(BY_NAME["people"].names)
    assert isinstance(case.people.index, pd.RangeIndex)
    assert case.chronology["page"].tolist() == ["12"] * 6
    assert case.concerns["severity"].tolist() == ["3", "2", "0"]


def test_changing_a_table_that_came_out_changes_nothing():
    case = made()
    people = case.people
    people.loc[0, "name"] = "somebody else"
    case.attributes["outcome"] = "other"
    assert case.people.loc[0, "name"] == "Kit"
    assert case.attributes == {}
    with pytest.raises(AttributeError, match="cannot be changed"):
        case.title = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del case._raw


def test_the_tables_of_a_case_make_the_same_case_again():
    case = sn.load_case("max")
    tables = case.tables()
    about = tables.pop("case").iloc[0]
    again = sn.Case(
        **tables, id=about["id"], title=about["title"], harm_date=about["harm_date"], status=about["status"],
        attributes={name: about[name] for name in case.attributes},
    )  # fmt: skip
    assert again == case
    assert hash(again) == hash(case)
    assert pickle.loads(pickle.dumps(case)) == case


def test_agencies_that_people_name_are_created_with_sector_other():
    table = made().agencies
    assert table["id"].tolist() == ["council", "school"]
    assert set(table["sector"]) == {"other"}


def test_an_agency_missing_from_a_given_table_is_created_with_a_warning():
    case = made(agencies=pd.DataFrame([{"id": "schools", "name": "School"}]))
    assert {"council", "school", "schools"} == set(case.agencies["id"])
    said = case.warnings[case.warnings["table"] == "agencies"]
    assert said["value"].tolist() == ["council", "school"]
    assert "'schools'" in said["hint"].tolist()[1]


def test_views_by_kind():
    case = made()
    assert case.contacts["id"].tolist() == ["e2"]
    assert case.meetings["id"].tolist() == ["e6"]
    assert case.observations["id"].tolist() == ["e1", "e3"]
    assert case.actions["id"].tolist() == ["e4", "e5"]
    assert case.assumptions.empty
    assert case.decisions.empty


def test_what_a_case_says_about_itself():
    case = made(title="Kit", harm_date="2019-04-22", attributes={"area": "north", "year": 2019})
    assert (case.title, case.harm_date, case.attributes) == (
        "Kit",
        dt.date(2019, 4, 22),
        {"area": "north", "year": "2019"},
    )
    assert (case.start, case.end) == (dt.date(2019, 3, 1), dt.date(2019, 4, 20))


def test_open_ends_and_due_dates_do_not_move_start_and_end():
    case = made(
        chronology=[*ROWS, {"id": "e7", "date": "2019-03-20/..", "kind": "observed", "who": "t", "concerns": "c1"}]
    )
    assert (case.start, case.end) == (dt.date(2019, 3, 1), dt.date(2019, 4, 20))
    assert case._records.rows[-1].date.last_date == dt.date(2019, 4, 20)


# new cases ----------------------------------------------------------------------------------------------


def test_until_keeps_what_had_certainly_happened():
    # e3 is known to the month only: by 30 March it may still have lain ahead
    assert made().until("2019-03-30").chronology["id"].tolist() == ["e1", "e2"]
    assert made().until("2019-03-31").chronology["id"].tolist() == ["e1", "e2", "e3"]


def test_between_keeps_what_certainly_fell_between_two_days_and_forgets_what_it_referred_to():
    part = made().between("2019-04-06", "2019-04")
    assert part.chronology["id"].tolist() == ["e5", "e6"]
    assert part.chronology["ref"].tolist() == ["", ""]
    assert made().between("2019-03", "2019-03").chronology["id"].tolist() == ["e1", "e2", "e3"]
    with pytest.raises(sn.ArgumentError, match="before start"):
        made().between("2019-04-06", "2019-04-01")


def test_without_a_person_leaves_them_out_everywhere():
    part = made().without("t")
    assert "t" not in part.people["id"].tolist()
    # e1 and e3 (observed by t alone) and e2 (told by t) have nobody left who did it; the meeting goes on without t
    assert part.chronology["id"].tolist() == ["e4", "e5", "e6"]
    assert part.chronology["who"].tolist() == ["s", "s", "s;mo"]


def test_without_a_concern_keeps_the_contact_but_not_what_it_was_only_about():
    part = made().without("c1")
    assert part.concerns["id"].tolist() == ["c2", "c3"]
    assert part.concerns["answers"].tolist() == ["", "c2"]
    assert part.chronology["id"].tolist() == ["e2", "e3", "e6"]
    assert part.chronology["concerns"].tolist() == ["", "c2", "c2"]


def test_without_an_agency_leaves_out_its_people():
    assert made().without("school").people["id"].tolist() == ["k1", "k2", "mo", "s"]


def test_without_a_misspelt_id_answers_with_the_nearest():
    with pytest.raises(sn.UnknownNameError, match="Did you mean 'school'"):
        made().without("shcool")


def test_an_id_that_stands_for_two_things_is_asked_about():
    rows = [{**ROWS[0], "id": "c1"}, *ROWS[1:]]
    with pytest.raises(sn.ArgumentError, match="concerns and of chronology"):
        made(chronology=rows).without("c1")


def test_with_rows_takes_lists_and_gives_missing_ids():
    case = made().with_rows(
        [{"date": dt.date(2019, 5, 1), "kind": "told", "who": "s", "to": ["t", "mo"], "concerns": ["c2"]}]
    )
    last = case.chronology.iloc[-1]
    assert (last["id"], last["date"], last["to"], last["concerns"]) == ("added1", "2019-05-01", "t;mo", "c2")
    assert len(made().chronology) == 6


def test_with_rows_refuses_all_faults_at_once():
    with pytest.raises(sn.CaseError) as caught:
        made().with_rows([{"date": "2019-05-41", "kind": "tld", "who": "zz", "to": "s"}])
    problems = caught.value.problems
    assert set(problems["column"]) == {"date", "kind", "who"}
    assert set(problems["row"]) == {"added 1"}
    with pytest.raises(sn.CaseError, match="Did you mean 'channel'") as caught:
        made().with_rows([{"date": "2019-05-01", "kind": "told", "who": "tt", "to": "s", "chanel": "phone"}])
    assert set(caught.value.problems["column"]) == {"chanel", "who"}


def test_about_shows_the_case_from_one_child():
    part = made().about("k1")
    assert part.people.set_index("id").loc["k2", "kind"] == "family"
    assert part.concerns["id"].tolist() == ["c1", "c3"]
    assert part.concerns["answers"].tolist() == ["", "c1"]
    assert part.chronology["id"].tolist() == ["e1", "e2", "e4", "e5", "e6"]
    assert part.chronology["concerns"].tolist()[-1] == "c1"
    with pytest.raises(sn.UnknownNameError, match=r"'k1' or 'k2'|Possible here"):
        made().about("k9")


# the graph ------------------------------------------------------------------------------------------------


def test_the_graph_has_an_edge_for_each_direction_in_which_information_could_move():
    graph = made().graph()
    told = [(a, b) for a, b, kind in graph.edges(data="edge_type") if kind == "told"]
    met = [(a, b) for a, b, kind in graph.edges(data="edge_type") if kind == "met"]
    assert sorted(told) == [("s", "t"), ("t", "s")]  # a telephone call goes both ways
    assert len(met) == 6  # three people in ordered pairs
    assert graph.nodes["k1"]["node_type"] == "child"
    assert graph.nodes["school"]["node_type"] == "agency"
    assert graph.has_edge("t", "school", key=("member",))


def test_the_graph_of_an_earlier_day_has_only_earlier_rows():
    graph = made().graph(at="2019-03-02")
    assert {kind for *_, kind in graph.edges(data="edge_type")} == {"told", "member"}


def test_networkx_runs_on_the_graph_as_it_is():
    import networkx as nx

    for name in ("victoria_climbie", "max"):
        graph = sn.load_case(name).graph()
        assert nx.number_weakly_connected_components(graph) >= 1
        assert sum(nx.pagerank(nx.DiGraph(graph)).values()) == pytest.approx(1)


# warnings -------------------------------------------------------------------------------------------------


def said(case: sn.Case) -> str:
    return " ".join(case.warnings["problem"])


TOLD = {"kind": "told", "who": "s", "to": "t"}
LETTER = {**TOLD, "channel": "letter"}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"kind": "agreed", "who": "s", "concerns": "c1", "due": "2019-01-01"}, "due before"),
        ({"kind": "done", "who": "s", "ref": "e4", "date": "2019-02-01"}, "before 'e4' was agreed"),
        ({"kind": "done", "who": "s"}, "does not say which action"),
        ({"kind": "met", "who": "s", "concerns": "c1"}, "a meeting of one"),
        ({**TOLD, "concerns": "c2", "channel": "phone", "date": "2019-03-01"}, "before a row shows"),
        ({**TOLD, "channel": "pigeon"}, "'pigeon' is not one we know"),
        ({**TOLD}, "there is no channel"),
        ({"kind": "told", "who": "s", "to": "s;t", "channel": "phone"}, "sender is among the recipients"),
        ({"kind": "told", "who": "s", "to": "t;t", "channel": "phone"}, "named twice"),
        ({**LETTER, "received": "no", "received_on": "2019-06-01"}, "received counts"),
        ({**LETTER, "received_on": "2019-01-01"}, "read before it was sent"),
        ({"kind": "assumed", "who": "s", "concerns": "c1"}, "does not say who was assumed"),
        ({"kind": "observed", "who": "t", "concerns": "c1", "about": "mo"}, "is not a child"),
        ({"kind": "observed", "who": "t", "concerns": "c1", "two_way": "yes"}, "has no effect"),
    ],
)  # fmt: skip
def test_what_is_odd_but_usable_is_a_warning(row, words):
    assert words not in said(made())
    assert words in said(made(chronology=[*ROWS, {"id": "odd", "date": "2019-05-01", **row}]))


def test_a_concern_nobody_observed_is_a_warning_and_two_people_of_one_name_too():
    table = made(people=[*PEOPLE, {"id": "t2", "name": "teacher ", "kind": "professional"}]).warnings
    assert table[table["table"] == "concerns"]["value"].tolist() == ["c3"]
    assert table[table["table"] == "people"]["value"].tolist() == ["t;t2"]


def test_a_contact_outside_a_post_is_a_warning():
    people = [{**one, "end": "2019-03-01"} if one["id"] == "s" else one for one in PEOPLE]
    table = made(people=people).warnings
    assert "outside their time in post" in said(made(people=people))
    assert "outside" not in said(made())
    assert table[table["problem"].str.contains("outside")]["row"].tolist() == ["1", "5"]  # row labels of e2 and e6


def test_worries_at_a_desk_that_nobody_is_shown_to_have_read_are_a_warning():
    fax = {
        "id": "f",
        "date": "2019-03-03",
        "kind": "told",
        "who": "t",
        "to": "council",
        "concerns": "c2",
        "channel": "fax",
    }
    read = {
        "id": "r",
        "date": "2019-03-04",
        "kind": "told",
        "who": "council",
        "to": "s",
        "concerns": "c2",
        "channel": "file",
    }
    assert "reached the desk of 'council'" in said(made(chronology=[*ROWS, fax]))
    assert "reached the desk" not in said(made(chronology=[*ROWS, fax, read]))


def test_warnings_never_repeat_what_the_case_tells():
    for name in ("victoria_climbie", "malachi_subecz"):
        case = sn.load_case(name)
        text = case.warnings.to_csv()
        assert not any(summary in text for summary in case.chronology["summary"] if len(summary) > 12)
        assert not any(label in text for label in case.people["name"])


def test_between_takes_a_month_or_a_year_as_its_start():
    assert made().between("2019", "2019-04-06").chronology["id"].tolist() == ["e1", "e2", "e3", "e4"]


def test_a_case_without_an_id_is_the_same_after_being_written_and_read(tmp_path):
    case = made()
    for name in ("case.xlsx", "case.json", "folder"):
        assert sn.read_case(sn.write_case(case, tmp_path / name)) == case


def test_the_graph_has_an_edge_for_each_stretch_of_involvement():
    spells = [
        {"id": "o1", "date": "2019-01-01", "kind": "opened", "who": "s"},
        {"id": "x1", "date": "2019-02-01", "kind": "closed", "who": "s"},
        {"id": "o2", "date": "2019-03-01", "kind": "opened", "who": "s"},
    ]
    graph = made(chronology=[*ROWS, *spells]).graph()
    found = [data for a, b, data in graph.edges(data=True) if data["edge_type"] == "involved" and b == "k1"]
    assert [(one["start"], one["end"]) for one in found] == [
        (dt.date(2019, 1, 1), dt.date(2019, 2, 1)),
        (dt.date(2019, 3, 1), None),
    ]


def test_a_row_with_the_name_of_a_kind_of_edge_is_drawn_all_the_same():
    row = {"id": "member", "date": "2019-03-02", "kind": "told", "who": "t", "to": "s", "channel": "phone"}
    graph = made(chronology=[*ROWS, row]).graph()
    assert graph.has_edge("t", "s", key="member")
    assert graph.has_edge("t", "school", key=("member",))


def test_prose_in_the_wrong_cell_is_not_repeated():
    prose = "Mother said that he had hit her again on Sunday evening"
    with pytest.raises(sn.CaseError) as caught:
        made(chronology=[{**ROWS[0], "who": prose, "kind": prose, "date": prose}])
    assert "Mother" not in str(caught.value)
    assert "Mother" not in caught.value.problems.to_csv()
    assert f"a text of {len(prose)} characters" in str(caught.value)


def test_a_table_that_a_case_does_not_have_is_not_there_in_a_case_made_of_its_tables():
    case = sn.load_case("reuben")
    again = sn.Case(case.people, case.concerns, case.chronology, case.agencies, permissions=case.permissions)
    assert again._records.permissions is None
    empty = pd.DataFrame(columns=["from", "to", "permission"])
    assert made(permissions=empty)._records.permissions == ()
