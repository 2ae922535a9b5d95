"""The case: what it holds, what it says of itself, and that nothing changes it."""

from __future__ import annotations

import datetime as dt
import pickle

import pandas as pd
import pytest

import safetynet as sn
from safetynet.case.schema import BY_NAME
from tests.builder import case, lines, tables
from tests.measures.packaged import every_name


def kits(*more: str, **other: object) -> sn.Case:
    """Two children, their mother, a teacher and a social worker."""
    return case(
        "k1:child k2:child mo:family t@school name=Teacher s@council",
        "c1:3 category=physical c2:2 about=k2 c3:0 about=mo answers=c1;c2",
        """
        2019-03-01 observed t c1
        2019-03-02 told t>s c1 phone
        2019-03 observed t c2 about=k2
        2019-04-05 agreed s c1 due=2019-05
        2019-04-09 done s ref=e4
        2019-04-20 met s;t;mo c1;c2
        """,
        *more,
        **other,
    )


def ids(part: sn.Case) -> list[str]:
    return part.chronology["id"].tolist()


# what it says of itself ---------------------------------------------------------------------------------


def test_a_case_introduces_itself_with_counts_and_never_with_names():
    # 2 children, 2 professionals (t, s) in 2 agencies, 3 concerns, 1 contact (e2)
    assert repr(kits(id="lewis")) == (
        "<Case 'lewis' 2019-03-01 to 2019-04-20: 2 children, 2 professionals in 2 agencies, 3 concerns, 1 contact>"
    )
    assert repr(case("K:child", "")) == (
        "<Case without any row: 1 child, 0 professionals in 0 agencies, 0 concerns, 0 contacts>"
    )


def test_what_a_case_says_about_itself():
    made = kits(title="Kit", status="illustrative", harm_date="2019-04-22", attributes={"area": "north", "year": 2019})
    assert (made.title, made.status, made.harm_date) == ("Kit", "illustrative", dt.date(2019, 4, 22))
    assert made.attributes == {"area": "north", "year": "2019"}
    assert (made.start, made.end) == (dt.date(2019, 3, 1), dt.date(2019, 4, 20))
    assert (kits().title, kits().status, kits().harm_date) == ("Untitled case", "", None)


def test_views_by_kind():
    made = kits(
        "n: needed - c1",
        "x: expected s c1",
        "b: believed s c1",
        "a: assumed s>t c1",
        "d: decided s c1 outcome=same",
        "g: disagreed t>s c1",
        "q: asked t>s c1 phone",
        "r: declined s>t c1 phone",
        "w: withheld s>t c1",
    )
    assert made.contacts["id"].tolist() == ["e2", "q", "r"]
    assert made.meetings["id"].tolist() == ["e6"]
    assert made.observations["id"].tolist() == ["e1", "e3"]
    assert made.actions["id"].tolist() == ["e4", "e5", "n", "x"]
    assert made.assumptions["id"].tolist() == ["b", "a"]
    assert made.decisions["id"].tolist() == ["d", "g"]


# tables -------------------------------------------------------------------------------------------------


def test_tables_have_the_columns_of_the_format_in_order_then_ones_own():
    made = kits()
    own = sn.Case(made.people, made.concerns, made.chronology.assign(page="12"))
    assert list(own.chronology.columns) == [*BY_NAME["chronology"].names, "page"]
    assert list(own.people.columns) == list(BY_NAME["people"].names)
    assert isinstance(own.people.index, pd.RangeIndex)
    assert own.chronology["page"].tolist() == ["12"] * 6
    assert own.concerns["severity"].tolist() == ["3", "2", "0"]


def test_changing_a_table_that_came_out_changes_nothing():
    made = kits()
    people = made.people
    people.loc[0, "name"] = "somebody else"
    made.attributes["outcome"] = "other"
    assert made.people.loc[0, "name"] == "k1"
    assert made.attributes == {}
    with pytest.raises(AttributeError, match="cannot be changed"):
        made.title = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="cannot be changed"):
        del made._raw


@every_name
def test_the_tables_of_a_case_make_the_same_case_again(name):
    made = sn.load_case(name)
    content = made.tables()
    about = content.pop("case").iloc[0]
    again = sn.Case(
        **content,
        **{column: about[column] for column in BY_NAME["case"].names},
        attributes=made.attributes,
    )
    assert again == made
    assert sn.Case(**made.tables()) == made
    assert hash(again) == hash(made)
    assert pickle.loads(pickle.dumps(made)) == made


def test_the_table_of_the_case_itself_is_taken_with_what_is_given_beside_it():
    made = kits(id="lewis", harm_date="2019-05-01", attributes={"area": "north"})
    assert sn.Case(**{**made.tables(), "case": None}).id == ""
    content = made.tables()
    content["case"] = pd.DataFrame({"Id": ["lewis"], "Harm date": ["2019-05-01"], "area": ["north"]})
    again = sn.Case(**content, title="Kit", id="lewis", attributes={"year": 2019})
    assert (again.id, again.title, again.harm_date) == ("lewis", "Kit", dt.date(2019, 5, 1))
    assert again.attributes == {"area": "north", "year": "2019"}
    with pytest.raises(
        sn.CaseError, match=r"case row 0, id: id is given twice: 'lewis' in the table, 'louis' beside it"
    ):
        sn.Case(**content, id="louis")
    content["case"] = content["case"].iloc[:0]
    assert sn.Case(**content, id="louis").id == "louis"
    content["case"] = made.tables()["case"].iloc[[0, 0]]
    with pytest.raises(sn.CaseError, match="the table has 2 rows, and a case is one"):
        sn.Case(**content)


@every_name
def test_the_tables_of_a_case_that_was_written_and_read_make_it_again(name, tmp_path):
    made = sn.load_case(name)
    for file in ("case.xlsx", "case.json", "folder"):
        assert sn.Case(**sn.read_case(sn.write_case(made, tmp_path / file)).tables()) == made


def test_a_table_that_a_case_does_not_have_is_not_there_in_a_case_made_of_its_tables():
    made = sn.load_case("reuben")
    again = sn.Case(made.people, made.concerns, made.chronology, made.agencies, permissions=made.permissions)
    assert again._records.permissions is None
    empty = pd.DataFrame(columns=["from", "to", "permission"])
    again = sn.Case(made.people, made.concerns, made.chronology, made.agencies, permissions=empty)
    assert again._records.permissions == ()
    assert list(made.permissions.columns) == list(BY_NAME["permissions"].names)


def test_a_case_gives_every_table_and_names_the_nearest_to_any_other():
    made = kits(links="c3 c1 explains", conditions="w1 school workload")
    for name in BY_NAME:
        assert list(made.table(name).columns)[: len(BY_NAME[name].names)] == list(BY_NAME[name].names)
    assert made.links["kind"].tolist() == ["explains"]
    assert made.conditions["agency"].tolist() == ["school"]
    with pytest.raises(sn.UnknownNameError, match="Did you mean 'links'"):
        made.table("link")


def test_a_case_without_an_id_is_the_same_after_being_written_and_read(tmp_path):
    made = kits()
    for name in ("case.xlsx", "case.json", "folder"):
        assert sn.read_case(sn.write_case(made, tmp_path / name)) == made


def test_agencies_that_people_name_are_created_with_sector_other():
    table = case("t@school s@council", "").agencies
    assert table[["id", "name", "sector"]].to_numpy().tolist() == [
        ["council", "council", "other"],
        ["school", "school", "other"],
    ]


def test_an_agency_missing_from_a_given_table_is_created_with_a_warning():
    made = case("t@school s@council", "", agencies="schools:education")
    assert made.agencies["id"].tolist() == ["schools", "council", "school"]
    told = made.warnings[made.warnings["problem"].str.contains("it was created")]
    assert told["value"].tolist() == ["council", "school"]
    assert "'schools'" in told["hint"].tolist()[1]


def test_a_table_of_agencies_may_lack_a_sector_column():
    content = tables("t@school", "")
    frames = [pd.DataFrame(content[name], dtype="str") for name in ("people", "concerns", "chronology")]
    frames[1] = pd.DataFrame(columns=["id", "about", "category", "severity", "summary"])
    frames[2] = pd.DataFrame(columns=["id", "date", "kind", "who"])
    made = sn.Case(*frames, agencies=pd.DataFrame([{"id": "police", "name": "Police"}]))
    assert made.agencies[["id", "sector"]].to_numpy().tolist() == [["police", ""], ["school", "other"]]
    assert [one.sector for one in made._records.agencies.values()] == ["other", "other"]


# new cases, at a glance (see test_parts.py) ---------------------------------------------------------------


def test_until_keeps_what_had_certainly_happened():
    # e3 is known to the month only: by 30 March it may still have lain ahead
    assert ids(kits().until("2019-03-30")) == ["e1", "e2"]
    assert ids(kits().until("2019-03-31")) == ["e1", "e2", "e3"]


def test_between_keeps_what_certainly_fell_between_two_days_and_forgets_what_it_referred_to():
    part = kits().between("2019-04-06", "2019-04")
    assert ids(part) == ["e5", "e6"]
    assert part.chronology["ref"].tolist() == ["", ""]
    assert ids(kits().between("2019-03", "2019-03")) == ["e1", "e2", "e3"]
    assert ids(kits().between("2019", "2019-04-06")) == ["e1", "e2", "e3", "e4"]
    with pytest.raises(sn.ArgumentError, match="before start"):
        kits().between("2019-04-06", "2019-04-01")


def test_without_a_person_leaves_them_out_everywhere():
    part = kits().without("t")
    assert "t" not in part.people["id"].tolist()
    # e1 and e3 (observed by t alone) and e2 (told by t) have nobody left who did it; the meeting goes on without t
    assert ids(part) == ["e4", "e5", "e6"]
    assert part.chronology["who"].tolist() == ["s", "s", "s;mo"]


def test_without_a_concern_keeps_the_contact_but_not_what_it_was_only_about():
    part = kits().without("c1")
    assert part.concerns["id"].tolist() == ["c2", "c3"]
    assert part.concerns["answers"].tolist() == ["", "c2"]
    assert ids(part) == ["e2", "e3", "e6"]
    assert part.chronology["concerns"].tolist() == ["", "c2", "c2"]


def test_without_an_agency_leaves_out_its_people():
    assert kits().without("school").people["id"].tolist() == ["k1", "k2", "mo", "s"]


def test_without_a_misspelt_id_answers_with_the_nearest():
    with pytest.raises(sn.UnknownNameError, match="Did you mean 'school'"):
        kits().without("shcool")


def test_an_id_that_stands_for_two_things_is_asked_about():
    with pytest.raises(sn.ArgumentError, match="concerns and of chronology"):
        kits("c1: observed t c1").without("c1")


def test_with_rows_takes_lists_and_gives_missing_ids():
    made = kits().with_rows(
        [{"date": dt.date(2019, 5, 1), "kind": "told", "who": "s", "to": ["t", "mo"], "concerns": ["c2"]}]
    )
    last = made.chronology.iloc[-1]
    assert (last["id"], last["date"], last["to"], last["concerns"]) == ("added1", "2019-05-01", "t;mo", "c2")
    assert len(kits().chronology) == 6


def test_with_rows_refuses_all_faults_at_once():
    with pytest.raises(sn.CaseError) as caught:
        kits().with_rows([{"date": "2019-05-41", "kind": "tld", "who": "zz", "to": "s"}])
    problems = caught.value.problems
    assert set(problems["column"]) == {"date", "kind", "who"}
    assert set(problems["row"]) == {"added 1"}
    with pytest.raises(sn.CaseError, match="Did you mean 'channel'") as caught:
        kits().with_rows([{"date": "2019-05-01", "kind": "told", "who": "tt", "to": "s", "chanel": "phone"}])
    assert set(caught.value.problems["column"]) == {"chanel", "who"}


def test_a_row_that_is_changed_is_called_by_its_id_and_one_that_is_added_by_its_own():
    made = kits()
    with pytest.raises(sn.CaseError, match=r"nothing was changed\.\n  chronology row e4, due: '1/2/2019' cannot"):
        made.with_row("e4", due="1/2/2019")
    with pytest.raises(sn.CaseError, match=r"chronology row e4, whom: there is no column"):
        made.with_row("e4", whom="s")
    with pytest.raises(sn.CaseError, match=r"chronology row e4, id: the id 'e1' is already that of row"):
        made.with_row("e4", id="e1")
    with pytest.raises(sn.CaseError, match=r"people row s, lead_from: '2019-13'"):
        made.with_lead("s", "2019-13")
    with pytest.raises(sn.CaseError, match=r"no row of chronology has the id 's'\. It is an id of people\."):
        made.with_row("s", date="2019")
    rows = [{"id": "new", "date": "x", "kind": "opened", "who": "s"}, {"date": "x", "kind": "opened", "who": "s"}]
    with pytest.raises(sn.CaseError, match=r"what was added has 2 problems; nothing was added\.") as caught:
        made.with_rows(rows)
    assert caught.value.problems["row"].tolist() == ["new", "added 2"]


def test_ids_that_are_possible_are_named_in_the_order_of_the_table():
    with pytest.raises(sn.CaseError, match="Possible here: k1, k2, mo, t, s, council, school"):
        kits().with_row("e4", who="zzz")


def test_about_shows_the_case_from_one_child():
    part = kits().about("k1")
    assert part.people.set_index("id").loc["k2", "kind"] == "family"
    assert part.concerns["id"].tolist() == ["c1", "c3"]
    assert part.concerns["answers"].tolist() == ["", "c1"]
    assert ids(part) == ["e1", "e2", "e4", "e5", "e6"]
    assert part.chronology["concerns"].tolist()[-1] == "c1"
    with pytest.raises(sn.UnknownNameError, match=r"'k1' or 'k2'|Possible here"):
        kits().about("k9")


# what a case tells stays out of messages ------------------------------------------------------------------


def test_warnings_never_repeat_what_the_case_tells():
    for name in sn.list_cases()["name"]:
        made = sn.load_case(name)
        text = made.warnings.to_csv()
        assert not any(summary in text for summary in made.chronology["summary"] if len(summary) > 12)
        assert not any(label in text for label in made.people["name"])


def test_prose_in_the_wrong_cell_is_not_repeated():
    prose = "Mother said that he had hit her again on Sunday evening"
    with pytest.raises(sn.CaseError) as caught:
        case("t", "c1", {"who": prose, "kind": prose, "date": prose})
    assert "Mother" not in str(caught.value)
    assert "Mother" not in caught.value.problems.to_csv()
    assert f"a text of {len(prose)} characters" in str(caught.value)
    with pytest.raises(sn.CaseError) as caught:
        case("t", "c1").with_rows(lines({"kind": "told", "who": "t", "to": prose, "outcome": prose}))
    assert "Mother" not in str(caught.value)
