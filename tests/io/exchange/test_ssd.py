"""The Standard Safeguarding Dataset as a draft: what it gives, what it asks, and that nothing is invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import safetynet as sn
from safetynet.case.vocabulary import CATEGORIES, PERSON_KINDS, SECTORS
from safetynet.cli import main
from safetynet.io.exchange.ssd import from_ssd
from safetynet.io.exchange.ssd_words import FACTORS, PLAN_CATEGORIES, SOURCES

# One child (10) with a sister (11) and a mother (90), and a child of another family (55).
FILES = {
    "ssd_person": """
pers_person_id,pers_forename,pers_surname,pers_dob,pers_upn
10,Zebedee,Quillfeather,2015-04-01T00:00:00,A123
11,Yolanda,Quillfeather,2018-02-03T00:00:00,
90,Xenia,Quillfeather,1990-01-01T00:00:00,
55,Other,Otherwise,2012-01-01T00:00:00,
""",
    "ssd_family": """
fami_table_id,fami_family_id,fami_person_id
1,F1,10
2,F1,11
3,F1,90
4,F2,55
""",
    "ssd_mother": """
moth_table_id,moth_person_id,moth_childs_person_id
1,90,10
2,90,11
""",
    "ssd_contacts": """
cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code,cont_contact_source_desc,cont_contact_outcome_json
C1,10,2021-03-20 22:40:00.000,6,POLICE,"{""OUTCOME_NFA_FLAG"": ""Y""}"
C2,10,2021-04-02T00:00:00,1A,family,
C3,10,2021-04-03T00:00:00,1A,family,
C4,10,2021-04-04T00:00:00,2A,SCHOOLS,
C5,55,2021-04-04T00:00:00,2A,SCHOOLS,
""",
    "ssd_cin_episodes": """
cine_referral_id,cine_person_id,cine_referral_date,cine_referral_source_code,cine_referral_nfa,cine_close_date,cine_close_reason
R1,10,2021-04-05T00:00:00,3B,N,2022-01-31T00:00:00,RC8
R2,11,2021-04-06T00:00:00,3B,Y,,
""",
    "ssd_cin_assessments": """
cina_assessment_id,cina_person_id,cina_referral_id,cina_assessment_start_date,cina_assessment_auth_date,cina_assessment_child_seen,cina_assessment_worker_id
A1,10,R1,2021-04-06T00:00:00,2021-05-10T00:00:00,Y,W2
""",
    "ssd_assessment_factors": """
cinf_table_id,cinf_assessment_id,cinf_assessment_factors_json
1,A1,"[""2B"", ""3A"", ""18C"", ""21""]"
2,A9,"[""16A""]"
""",
    "ssd_involvements": """
invo_involvements_id,invo_professional_id,invo_professional_role_id,invo_professional_team,invo_person_id,invo_involvement_start_date,invo_involvement_end_date,invo_worker_change_reason
I1,W1,,T1,10,2021-04-05T00:00:00,2021-06-30T00:00:00,left
I2,W2,,T1,10,2021-07-01T00:00:00,,
""",
    "ssd_professionals": """
prof_professional_id,prof_professional_name,prof_professional_job_title
W1,Wilhelmina Vexley,Social Worker
W2,Ulric Thornby,Senior Social Worker
""",
    "ssd_department": "dept_team_id,dept_team_name\nT1,Referral team\n",
    "ssd_s47_enquiry": """
s47e_s47_enquiry_id,s47e_person_id,s47e_s47_start_date,s47e_s47_end_date,s47e_s47_nfa
S1,10,2021-04-12T00:00:00,2021-04-20T00:00:00,N
""",
    "ssd_initial_cp_conference": """
icpc_icpc_id,icpc_icpc_meeting_id,icpc_person_id,icpc_icpc_date,icpc_icpc_outcome_cp_flag
P1,M1,10,2021-04-28T00:00:00,Y
P2,M1,11,2021-04-28T00:00:00,N
""",
    "ssd_cp_plans": """
cppl_cp_plan_id,cppl_icpc_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,cppl_cp_plan_initial_category,cppl_cp_plan_latest_category
L1,P1,10,2021-04-28T00:00:00,2021-12-15T00:00:00,NEG,EMO
""",
    "ssd_cp_reviews": """
workflow_step_id,person_id,registration_id,due_date,actual_date,quorate
V1,10,L1,2021-07-28T00:00:00,2021-07-20T00:00:00,Y
V2,10,L1,2022-01-20T00:00:00,,
""",
    "ssd_cp_visits": """
cppv_cp_visit_id,cppv_person_id,cppv_cp_plan_id,cppv_cp_visit_date,cppv_cp_visit_seen,cppv_cp_visit_seen_alone
X1,10,L1,2021-05-05T00:00:00,Y,Y
X2,10,L1,2021-05-19T00:00:00,Y,N
X3,10,L1,2021-06-02T00:00:00,N,N
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "extract"
    place.mkdir()
    for name, text in FILES.items():
        (place / f"{name}.csv").write_text(text.lstrip("\n"), encoding="utf-8")
    (place / "ssd_disability.csv").write_text("disa_table_id\n1\n", encoding="utf-8")  # no part of a case
    return place


@pytest.fixture
def draft(folder: Path) -> sn.Draft:
    return sn.read_ssd(folder, child="10")


def rows(draft: sn.Draft, kind: str) -> pd.DataFrame:
    table = draft.chronology
    return table[table["kind"] == kind].reset_index(drop=True)


def test_the_family_is_in_it_under_labels_and_nobody_else(draft: sn.Draft) -> None:
    assert draft.people["name"].tolist()[:3] == ["Child 1", "Child 2", "Mother"]
    assert draft.people["given id"].tolist()[:3] == ["10", "11", "90"]
    assert draft.people["born"].tolist()[:2] == ["2015-04-01", "2018-02-03"]
    assert draft.table("ties").to_numpy().tolist() == [["mother", "child", "kin"], ["mother", "child_2", "kin"]]
    assert "55" not in draft.people["given id"].tolist()
    everything = "".join(draft.table(name).to_csv() for name in ("people", "agencies", "chronology", "concerns"))
    for name in ("Zebedee", "Quillfeather", "Wilhelmina", "Thornby", "A123", "C5"):
        assert name not in everything


def test_workers_are_involved_from_the_first_day_to_the_last(draft: sn.Draft) -> None:
    workers = draft.people.set_index("given id").loc[["W1", "W2"]]
    assert workers["role"].tolist() == ["social worker", "senior social worker"]
    assert workers["given team"].tolist() == ["Referral team", "Referral team"]
    assert workers["agency"].tolist() == ["csc", "csc"]
    by = dict(zip(draft.people["given id"], draft.people["id"], strict=True))
    opened = rows(draft, "opened")[["date", "who"]].to_numpy().tolist()
    assert opened == [["2021-04-05", "csc"], ["2021-04-05", by["W1"]], ["2021-07-01", by["W2"]]]
    closed = rows(draft, "closed")[["date", "who"]].to_numpy().tolist()
    assert closed == [["2021-06-30", by["W1"]], ["2022-01-31", "csc"]]


def test_a_contact_has_its_kind_of_source_and_passes_nothing_on(draft: sn.Draft) -> None:
    told = rows(draft, "told")
    assert told[["date", "who", "to"]].to_numpy().tolist() == [
        ["2021-03-20T22:40", "police", "csc"],
        ["2021-04-02", "relative", "csc"],
        ["2021-04-03", "relative2", "csc"],  # whoever nobody can name is a person of their own
        ["2021-04-04", "school", "csc"],
    ]
    asked = rows(draft, "asked")
    assert asked[["date", "who", "about"]].to_numpy().tolist() == [
        ["2021-04-05", "health_visiting", "child"],
        ["2021-04-06", "health_visiting", "child_2"],
    ]
    for table in (told, asked):
        assert set(table["concerns"]) == set(table["channel"]) == {""}
    assert told["given cont_contact_outcome_json"][0] == '{"OUTCOME_NFA_FLAG": "Y"}'
    assert dict(draft.agencies[["id", "sector"]].to_numpy().tolist())["health_visiting"] == "health"


def test_nobody_is_entered_as_being_at_a_meeting(draft: sn.Draft) -> None:
    met = rows(draft, "met")
    assert met[["date", "channel", "who", "about"]].to_numpy().tolist() == [
        ["2021-04-28", "conference", "", "child;child_2"],  # one meeting about both
        ["2021-07-20", "review", "", "child"],  # the other review has no date on which it was held
    ]
    needed = draft.questions[draft.questions["needed"]]
    assert set(met["id"]) <= set(needed.loc[needed["column"] == "who", "row"])
    with pytest.raises(sn.CaseError, match="nobody is named"):
        draft.case()


def test_concerns_come_from_codes_and_nobody_has_graded_them(draft: sn.Draft) -> None:
    assert draft.concerns[["about", "category", "severity", "summary"]].to_numpy().tolist() == [
        ["child", "parental_capacity", "", "Drug misuse: a parent or carer"],
        ["child", "domestic_abuse", "", "Domestic abuse: the child"],
        ["child", "physical", "", "Physical abuse by an adult"],
        ["child", "neglect", "", "Neglect"],
    ]
    observed = rows(draft, "observed")
    found = observed[observed["concerns"] != ""]
    assert found[["date", "who", "concerns"]].to_numpy().tolist() == [["2021-05-10", "csc", "C1;C2;C3"]]
    decided = rows(draft, "decided")
    plan = decided[decided["summary"] == "A child protection plan began."].iloc[0]
    assert plan[["date", "outcome", "concerns"]].tolist() == ["2021-04-28", "step_up", "C4"]
    assert plan["ref"] == rows(draft, "met")["id"][0]
    assert decided["outcome"].tolist().count("no_further_action") == 1


def test_a_visit_says_how_the_child_was_seen_and_not_who_came(draft: sn.Draft) -> None:
    visits = rows(draft, "observed")
    visits = visits[visits["channel"] == "visit"]
    assert visits["seen"].tolist() == ["alone", "with_others", ""]
    assert set(visits["who"]) == {"csc"}


def test_once_a_person_has_said_what_it_cannot_tell_it_is_a_case(draft: sn.Draft) -> None:
    concerns, chronology = draft.concerns, draft.chronology
    concerns["severity"] = "2"
    chronology.loc[chronology["kind"] == "met", "who"] = "csc;school"
    case = sn.Case(
        draft.people, concerns, chronology, draft.agencies, draft.table("ties"), sources=draft.table("sources")
    )
    assert len(case.contacts) == 6
    assert sn.scores(case)["professionals"] == 2


@pytest.mark.slow
def test_what_it_cannot_tell_is_said_first_on_the_sheet_and_by_the_command(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "draft.xlsx"
    assert main(["draft", str(folder), "-o", str(out), "--child", "10"]) == 0
    said = capsys.readouterr().out
    assert "Who attended" in said
    assert "What was shared" in said
    first = pd.read_excel(out, sheet_name="_questions", header=None)
    assert first.iloc[1:3, 0].tolist() == ["cannot tell", "cannot tell"]
    assert main(["draft", str(folder), "-o", str(tmp_path / "x.xlsx"), "--child", "10", "--agency", "us"]) == 2


def test_several_families_need_a_child_and_a_wrong_one_gets_the_nearest(folder: Path) -> None:
    with pytest.raises(sn.ArgumentError, match="2 families"):
        sn.read_ssd(folder)
    with pytest.raises(sn.ArgumentError, match="Did you mean '10'"):
        sn.read_ssd(folder, child="100")


def test_a_table_alone_is_enough_and_a_day_first_is_asked_for(tmp_path: Path) -> None:
    text = "CONT_PERSON_ID;cont_contact_date;cont_contact_source_code\n7;03/04/2021;09\n"
    (tmp_path / "LA_ssd_contacts.csv").write_text(text, encoding="utf-8")
    with pytest.raises(sn.CaseError, match="if the day comes first"):
        sn.read_ssd(tmp_path)
    told = sn.read_ssd(tmp_path, date_order="dmy").chronology
    assert told[["date", "who"]].to_numpy().tolist() == [["2021-04-03", "anonymous"]]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "no folder with files"),
        ({"notes.csv": "a\n1\n"}, "no table of the Standard"),
        ({"ssd_contacts.csv": "cont_person_id\n1\n", "SSD-Contacts.CSV": "cont_person_id\n1\n"}, "once more"),
        ({"ssd_contacts.csv": b"cont_person_id\n\xff\n"}, "UTF-8"),
    ],
)
def test_what_is_no_data_set_is_answered(tmp_path: Path, files: dict[str, str | bytes], said: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(sn.CaseError, match=said):
        sn.read_ssd(tmp_path)


def test_a_folder_that_is_not_there_and_one_without_persons_are_answered(tmp_path: Path) -> None:
    with pytest.raises(sn.CaseError, match="no folder"):
        sn.read_ssd(tmp_path / "nothing")
    (tmp_path / "ssd_contacts.csv").write_text("cont_contact_date\n2021-01-01\n", encoding="utf-8")
    with pytest.raises(sn.ArgumentError, match="pers_person_id"):
        sn.read_ssd(tmp_path)


def test_the_codes_are_words_of_the_case_format() -> None:
    assert {source.sector for source in SOURCES.values()} - {""} <= set(SECTORS)
    assert {source.kind for source in SOURCES.values()} - {""} <= set(PERSON_KINDS)
    assert {category for category, _ in (*FACTORS.values(), *PLAN_CATEGORIES.values())} <= set(CATEGORIES)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ('["2B", "3A"]', 2),
        ('{"2B": "Yes", "3A": "No"}', 1),
        ("2B, 3A", 2),
        ("", 0),
        ("[" * 5000, 0),
        ("9" * 5000, 0),
        ("null", 0),
        ("[1, null, {}]", 0),
    ],
)
def test_factors_are_read_in_every_form_and_nonsense_gives_none(cell: str, codes: int) -> None:
    tables = {
        "cin_assessments": [
            {"cina_person_id": "1", "cina_assessment_id": "A", "cina_assessment_auth_date": "2021-01-01"}
        ],
        "assessment_factors": [{"cinf_assessment_id": "A", "cinf_assessment_factors_json": cell}],
    }
    assert len(from_ssd(tables).concerns) == codes
