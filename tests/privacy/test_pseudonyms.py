"""A case under pseudonyms: nothing of the names, texts and days is left, and every score stands."""

from __future__ import annotations

import copy
import datetime as dt
import io
import pickle
import re
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from hypothesis import given, settings

import safetynet as sn
from safetynet.case.schema import TABLES
from safetynet.cli import main
from safetynet.privacy.keyed import Keyed, take
from tests import builder, strategies

KEY = "a key of more than sixteen"
small_first = pytest.mark.parametrize(
    "name",
    [one if one == "worked_example" else pytest.param(one, marks=pytest.mark.slow) for one in sn.list_cases()["name"]],
)


def moved_by(case: sn.Case, made: sn.Case) -> dt.timedelta:
    assert case.start is not None
    assert made.start is not None
    return made.start - case.start


def days_of(case: sn.Case) -> list[dt.date]:
    assert case.start is not None
    assert case.end is not None
    return [case.start, case.start + (case.end - case.start) / 2, case.end, case.end + dt.timedelta(days=100)]


@small_first
def test_every_score_of_a_packaged_case_stands_on_the_days_that_were_moved(name: str) -> None:
    case = sn.load_case(name)
    for choices in ({}, {"dates": "relative"}, {"generalise": ("areas", "roles")}):
        made = sn.pseudonymise(case, KEY, **choices)  # type: ignore[arg-type]
        assert sn.scores(made).equals(sn.scores(case))
        by = moved_by(case, made)
        for at in days_of(case):
            assert sn.scores(made, at=at + by).equals(sn.scores(case, at=at)), at


@pytest.mark.slow
@settings(max_examples=40)
@given(strategies.cases(permission_dates=True), strategies.questions)
def test_every_score_of_a_random_case_stands(tables, at) -> None:
    case = builder.from_tables(tables)
    made = sn.pseudonymise(case, KEY)
    if case.start is None:
        return
    by = moved_by(case, made)
    assert by.days % 7 == 0
    assert 364 <= -by.days <= 3640
    assert sn.scores(made, at=at + by).equals(sn.scores(case, at=at))
    rules = sn.Rules(dates="earliest", same_day="none", unconfirmed="does_not_count")
    assert sn.scores(made, at=at + by, rules=rules).equals(sn.scores(case, at=at, rules=rules))


@small_first
def test_who_had_what_on_record_and_since_when_stands(name: str) -> None:
    case = sn.load_case(name)
    made = sn.pseudonymise(case, KEY)
    for world in ("recorded", "possible"):
        old, new = (sn.knowledge(one, world=world).first_known() for one in (case, made))  # type: ignore[arg-type]
        ids = {}
        for table in ("people", "agencies", "concerns"):
            ids |= dict(zip(getattr(case, table)["id"], getattr(made, table)["id"], strict=True))
        moved = (old.rename(index=ids, columns=ids) + moved_by(case, made)).astype("datetime64[s]")
        assert new.loc[moved.index, moved.columns].equals(moved)
        assert new.shape == old.shape


# nothing of it is left ------------------------------------------------------------------------------------

SECRET = "xqzwv"  # a word that stands in no vocabulary and no hash


def marked() -> sn.Case:
    """A case of every table and column in which every text, id and name has the word in it."""
    one = builder.case(
        f"{SECRET}T@{SECRET}school {SECRET}S@{SECRET}council {SECRET}K:child {SECRET}M:family",
        f"{SECRET}c1 {SECRET}c2",
        {
            **{"id": f"{SECRET}e1", "date": "2024-01-10", "kind": "told", "who": f"{SECRET}T", "to": f"{SECRET}S"},
            **{"concerns": f"{SECRET}c1", "channel": f"by {SECRET}", "summary": SECRET, "basis": SECRET},
            **{"source": f"{SECRET}SR", "interpreter": f"{SECRET}M", "about": f"{SECRET}K", "rule": SECRET},
        },
        {"id": f"{SECRET}e2", "date": "2024-01", "kind": "met", "who": f"{SECRET}T", "disputes": f"{SECRET}e1"},
        agencies=f"{SECRET}school:education {SECRET}council",
        ties=f"{SECRET}M {SECRET}K care strong",
        services=f"{SECRET} {SECRET}K {SECRET}school",
        permissions=f"{SECRET}school {SECRET}council - prohibited {SECRET} {SECRET}",
        links=f"{SECRET}c1 {SECRET}c2 same_matter {SECRET}T {SECRET} {SECRET}SR",
        conditions=f"{SECRET}w1 {SECRET}council workload",
        ratings=f"{SECRET} 3 ideal {SECRET}",
        sources=f"{SECRET}SR",
        attributes={SECRET: SECRET},
        id=SECRET,
        title=SECRET,
    )
    people, agencies = one.people, one.agencies
    people["language"], people["born"], people["note"] = SECRET, "2019", SECRET
    agencies["area"] = SECRET
    tables = {table.name: getattr(one, table.name) for table in TABLES if table.name != "case"}
    return sn.Case(
        **{**tables, "people": people, "agencies": agencies},
        **{"id": SECRET, "title": SECRET, "attributes": {SECRET: SECRET}, "harm_date": "2024-02"},  # type: ignore[arg-type]
    )


def test_no_id_name_or_text_is_left_in_any_table_or_file(tmp_path: Path) -> None:
    made = sn.pseudonymise(marked(), KEY)
    for table in TABLES:
        if table.name != "case":
            assert SECRET not in getattr(made, table.name).to_csv(), table.name
    assert SECRET not in repr(made) + made.title + str(made.attributes) + str(made.warnings.to_csv())
    sn.write_case(made, tmp_path / "out.json")
    sn.write_case(made, tmp_path / "out")
    assert not any(SECRET.encode() in file.read_bytes() for file in tmp_path.rglob("*.*"))


def test_no_day_is_left_and_the_tables_are_as_long_as_they_were() -> None:
    case = marked()
    made = sn.pseudonymise(case, KEY)
    assert moved_by(case, made).days % 7 == 0
    assert "2024" not in "".join(getattr(made, table.name).to_csv() for table in TABLES if table.name != "case")
    for table in TABLES:
        if table.name != "case":
            assert len(getattr(made, table.name)) == len(getattr(case, table.name)), table.name
    assert made.harm_date == case.harm_date + moved_by(case, made)  # type: ignore[operator]


def test_a_text_that_is_asked_for_stays_and_names_in_it_are_warned_of() -> None:
    people = builder.case(
        "T@school K:child", "c1", {"date": "2024-01-01", "kind": "observed", "who": "T", "summary": "x"}
    )
    table = people.chronology
    table["summary"], table["mine"] = "Seen by Teacher", "kept"
    named = people.people
    named.loc[0, "name"] = "Teacher Anna"
    case = sn.Case(named, people.concerns, table, attributes={"outcome": "harm"})
    with pytest.warns(sn.SafetynetWarning, match="1 of the texts"):
        made = sn.pseudonymise(case, KEY, keep=("summary", "mine", "outcome"))
    assert made.chronology[["summary", "mine"]].to_numpy().tolist() == [["Seen by Teacher", "kept"]]
    assert made.attributes["outcome"] == "harm"


def test_what_is_kept_must_be_a_column_of_texts() -> None:
    with pytest.raises(sn.UnknownNameError, match="summary"):
        sn.pseudonymise(sn.load_case("worked_example"), KEY, keep=("sumary",))
    with pytest.raises(sn.UnknownNameError, match="date"):
        sn.pseudonymise(sn.load_case("worked_example"), KEY, keep=("date",))


# dates ----------------------------------------------------------------------------------------------------


def test_partial_dates_and_open_ends_keep_their_days() -> None:
    case = builder.case(
        "T@school",
        "c1 c2",
        {"date": "2024-02", "kind": "observed", "who": "T", "concerns": "c1"},  # 29 days
        {"date": "2024-03-02T09:30", "kind": "agreed", "who": "T", "concerns": "c1", "due": "2024-04"},
        {"date": "2024-03-05/..", "kind": "observed", "who": "T", "concerns": "c2"},
        {"date": "2024-03/..", "kind": "observed", "who": "T", "concerns": "c2"},
    )
    made = sn.pseudonymise(case, KEY)
    by = moved_by(case, made).days
    old, new = case._records, made._records
    assert [(row.date.first + by, row.date.last + by, row.date.time) for row in old.rows] == [
        tuple(row.date) for row in new.rows
    ]
    assert new.rows[1].due == dt.date(2024, 4, 30).toordinal() + by  # the last day of April
    assert made.chronology["date"][2].endswith("/..")


def test_in_relative_days_the_first_day_is_the_first_of_2001() -> None:
    made = sn.pseudonymise(sn.load_case("worked_example"), KEY, dates="relative")
    assert made.start == dt.date(2001, 1, 1)


def test_dates_at_an_end_of_the_calendar_are_moved_the_other_way() -> None:
    early = builder.case("T@school", "c1", {"date": "0001-01-05", "kind": "observed", "who": "T", "concerns": "c1"})
    late = builder.case("T@school", "c1", {"date": "9999-12-31", "kind": "observed", "who": "T", "concerns": "c1"})
    assert moved_by(early, sn.pseudonymise(early, KEY)).days > 0
    assert moved_by(late, sn.pseudonymise(late, KEY)).days < 0
    both = early.with_rows([{"date": "9999-12-31", "kind": "observed", "who": "T", "concerns": "c1"}])
    with pytest.raises(sn.ArgumentError, match="calendar"):
        sn.pseudonymise(both, KEY)


# what the key does ----------------------------------------------------------------------------------------


def test_the_same_key_gives_the_same_case_and_another_key_another() -> None:
    case = sn.load_case("worked_example")
    assert sn.pseudonymise(case, KEY) == sn.pseudonymise(case, KEY.encode())
    other = sn.pseudonymise(case, KEY + "!")
    assert not set(other.people["id"]) & set(sn.pseudonymise(case, KEY).people["id"])


def test_an_id_is_another_in_another_case_unless_ids_are_linked() -> None:
    one, other = (builder.case("T@school", "c1", "observed T c1", id=name) for name in ("one", "other"))
    ids = [set(sn.pseudonymise(case, KEY).people["id"]) for case in (one, other)]
    assert not ids[0] & ids[1]
    linked = [sn.pseudonymise(case, KEY, linked=True) for case in (one, other)]
    assert set(linked[0].people["id"]) == set(linked[1].people["id"])
    assert linked[0].id != linked[1].id


def shown_by(error: BaseException) -> str:
    """What a traceback shows of an error with the variables of our own frames."""
    lines = traceback.TracebackException.from_exception(error, capture_locals=True)
    ours = [frame for frame in lines.stack if "/safetynet/" in frame.filename.replace("\\", "/")]
    assert ours
    return str(error) + "".join(str(frame.locals) for frame in ours)


@pytest.mark.parametrize("key", ["hush-hush-15-xx", "hush hush hush hush", b"hush-hush"])
def test_no_message_and_no_traceback_shows_the_key(key: str | bytes) -> None:
    for choices in ({}, {"keep": ("nothing like it",)}, {"dates": "never"}):
        with pytest.raises(sn.SafetynetError) as error:
            sn.pseudonymise(builder.alone() if choices else "no case", key, **choices)  # type: ignore[arg-type]
        assert "hush" not in shown_by(error.value)


def test_a_key_cannot_be_shown_copied_or_stored() -> None:
    keyed = take("hush hush hush hush")
    assert isinstance(keyed, Keyed)
    assert "hush" not in repr(keyed) + str(vars(type(keyed)))
    for copying in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            copying(keyed)


@pytest.mark.parametrize("key", ["short", 1234567890123456789, None, ["a"] * 20])
def test_what_is_no_key_is_answered(key: object) -> None:
    with pytest.raises(sn.ArgumentError, match="secrets"):
        sn.pseudonymise(builder.alone(), key)  # type: ignore[arg-type]


# labels ---------------------------------------------------------------------------------------------------


def test_people_are_called_by_their_roles_and_agencies_by_their_sectors() -> None:
    case = builder.case(
        "A@school B@school D@desk K:child M:family",
        "c1:2 category=physical c2:2 category=physical c3",
        "observed A c1",
        agencies="school:education desk",
    )
    table = case.people
    table["role"] = ["class teacher", "class teacher; lead", "", "", "mother"]
    made = sn.pseudonymise(sn.Case(table, case.concerns, case.chronology, case.agencies), KEY)
    assert made.people["name"].tolist() == ["Class teacher 1", "Class teacher 2", "Professional", "Child", "Mother"]
    assert made.agencies["name"].tolist() == ["Education agency", "Agency"]
    assert made.concerns["summary"].tolist() == ["Physical 1", "Physical 2", "Neglect"]
    less = sn.pseudonymise(
        sn.Case(table, case.concerns, case.chronology, case.agencies), KEY, generalise=("roles", "agencies")
    )
    professionals = ["Professional 1", "Professional 2", "Professional 3"]
    assert less.people["name"].tolist() == [*professionals, "Child", "Family member"]
    assert set(less.people["role"]) == {""}
    assert less.agencies["sector"].tolist() == ["other", "other"]


def test_sectors_that_permissions_rest_on_are_not_taken_away() -> None:
    case = builder.case(
        "T@school", "c1", "observed T c1", agencies="school:education", permissions="education * - permitted"
    )
    with pytest.raises(sn.ArgumentError, match="by sector"):
        sn.pseudonymise(case, KEY, generalise=("agencies",))
    with pytest.raises(sn.ArgumentError, match="roles"):
        sn.pseudonymise(case, KEY, generalise=("names",))


def test_the_case_says_that_it_is_still_personal_data() -> None:
    said = sn.pseudonymise(builder.alone(), KEY).attributes["notice"]
    assert "still personal data" in said
    assert "recognised by its shape" in said


# who stands out -------------------------------------------------------------------------------------------


def test_who_stands_out_is_counted_by_hand() -> None:
    # A and B are teachers of one school; A meets C and D, B meets nobody; C and D are alike but for their agencies
    case = builder.case(
        "A@school B@school C@desk D@ward K:child",
        "c1",
        "met A;C c1",
        "met A;D c1",
        agencies="school:education desk ward",
    )
    table = case.people
    table["role"] = ["teacher", "teacher", "worker", "worker", ""]
    found = sn.uniqueness(sn.Case(table, case.concerns, case.chronology, case.agencies)).set_index("by")
    assert found["people"].to_dict() == {
        "kind and role": ("K",),
        "role and sector": ("K",),
        "role, sector and number of contacts": ("A", "B", "K"),
        "number of others in contact": ("A",),  # 2; C and D have 1, B and K none
        "shape": ("A",),
        "role, sector and shape": ("A", "B", "K"),
    }
    assert found["share"].tolist() == [0.2, 0.2, 0.6, 0.2, 0.2, 0.6]
    assert found["smallest"].tolist() == [1, 1, 1, 1, 1, 1]


def test_two_who_have_as_many_partners_are_told_apart_by_the_partners_of_these() -> None:
    # a path A-B-C-D-E: B, C and D have two partners each, and only C has two of those
    found = sn.uniqueness(builder.joined("A;B", "B;C", "C;D", "D;E")).set_index("by")
    assert found["people"]["number of others in contact"] == ("K",)
    assert found["people"]["shape"] == ("C", "K")


def test_pseudonyms_change_nobody_s_shape_and_roles_tell_less_than_before() -> None:
    case = sn.load_case("victoria_climbie")
    before, after = (sn.uniqueness(one).set_index("by")["number"] for one in (case, sn.pseudonymise(case, KEY)))
    assert after[["number of others in contact", "shape"]].equals(before[["number of others in contact", "shape"]])
    assert (after <= before).all()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("aged seven, died 17 May 2008", ""),
        ("social worker based at North Middlesex", "social worker"),
        ("supports Reuben and Dad", ""),
        ("Worker dealt with Mum's case", "Worker"),
        ("head teacher; on sick leave since May", "head teacher"),
        ("great-aunt (later convicted)", "great-aunt"),
        ("senior", ""),
        ("Sister Agnes", "Sister"),
        ("", ""),
    ],
)
def test_of_a_role_only_the_words_of_an_office_or_a_relation_stay(written: str, kept: str) -> None:
    case = builder.case("A@school K:child", "c1", "01-10 observed A c1")
    table = case.people
    table.loc[table["id"] == "A", "role"] = written
    made = sn.pseudonymise(sn.Case(table, case.concerns, case.chronology, case.agencies), KEY)
    assert made.people.loc[made.people["kind"] == "professional", "role"].tolist() == [kept]
    words = " ".join(made.people.astype(str).to_numpy().ravel()).casefold()
    assert not any(word in words for word in ("reuben", "middlesex", "agnes", "may", "convicted", "mum's"))


@pytest.mark.slow
def test_no_role_of_a_packaged_case_keeps_a_number_a_day_or_a_name() -> None:
    for name in sn.list_cases()["name"]:
        made = sn.pseudonymise(sn.load_case(name), KEY).people
        words = set(" ".join(made["role"]).split())
        assert not {word for word in words if word[0].isupper()} - {"GP", "GPs", "A&E"}
        assert not any(sign.isdigit() for sign in "".join(words))


# the command ----------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def no_key_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAFETYNET_KEY", raising=False)


@pytest.mark.slow
def test_the_command_takes_the_key_from_the_environment_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAFETYNET_KEY", KEY)
    assert main(["pseudonymise", "worked_example", str(tmp_path / "one.json")]) == 0
    said = capsys.readouterr()
    assert "still personal data" in said.out
    assert "only one with" in said.out
    monkeypatch.delenv("SAFETYNET_KEY")
    (tmp_path / "key.txt").write_text(f"{KEY}\n", encoding="utf-8")
    options = ["--key-file", str(tmp_path / "key.txt")]
    assert main(["pseudonymise", "worked_example", str(tmp_path / "other.json"), *options]) == 0
    assert sn.read_case(tmp_path / "one.json") == sn.read_case(tmp_path / "other.json")
    monkeypatch.setenv("MY_KEY", KEY)
    assert main(["pseudonymise", "worked_example", str(tmp_path / "third.xlsx"), "--key-env", "MY_KEY"]) == 0
    third = sn.read_case(tmp_path / "third.xlsx")
    assert third.people.equals(sn.read_case(tmp_path / "one.json").people)
    said = capsys.readouterr()
    assert KEY not in said.out + said.err
    assert not any(KEY.encode() in file.read_bytes() for file in tmp_path.iterdir() if file.suffix == ".json")


def test_the_command_without_a_key_says_how_to_give_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(["pseudonymise", "worked_example", str(tmp_path / "one.json")]) == 2
    assert re.search("SAFETYNET_KEY.*--key-file", capsys.readouterr().err)
    assert main(["pseudonymise", "worked_example", str(tmp_path / "one.json"), "--key-file", str(tmp_path / "no")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert not (tmp_path / "one.json").exists()


def test_the_key_is_no_argument_of_the_command(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "safetynet",
        "pseudonymise",
        "worked_example",
        str(tmp_path / "x.json"),
        "--key",
        KEY,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
