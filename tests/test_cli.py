"""The command line: what it prints, what it writes, and its exit status."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import safetynet as sn
from safetynet import datasets
from safetynet.cli import main
from safetynet.cli.drawing import pictures

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_report_of_a_packaged_case_lands_in_this_folder_and_it_says_where(folder, capsys):
    assert main(["report", "worked_example"]) == 0
    made = folder / "worked_example_report.html"
    assert made.is_file()
    assert str(made) in capsys.readouterr().out


def test_a_report_replaces_its_own_earlier_one_and_nothing_else(folder, capsys):
    assert main(["report", "worked_example", "-o", "a.html"]) == 0
    assert main(["report", "worked_example", "-o", "a.html", "--at", "2024-01-20"]) == 0
    assert "2024-01-20" in (folder / "a.html").read_text("utf-8")
    (folder / "mine.html").write_text("<p>my own page</p>", "utf-8")
    assert main(["report", "worked_example", "-o", "mine.html"]) == 2
    assert (folder / "mine.html").read_text("utf-8") == "<p>my own page</p>"
    assert "mine.html" in capsys.readouterr().err


def test_an_explorer_lands_in_this_folder_and_ends_on_the_date_asked_for(folder, capsys):
    assert main(["explorer", "worked_example", "--at", "2024-01-20", "--no-what-if"]) == 0
    made = folder / "worked_example_explorer.html"
    assert str(made) in capsys.readouterr().out
    assert "sn-row-e4" in made.read_text("utf-8")
    assert "sn-row-e5" not in made.read_text("utf-8")


def test_a_training_pack_lands_in_this_folder_and_what_came_after_where_it_was_asked_for(folder, capsys):
    more = [
        "--after",
        "after.html",
        "--by",
        "person",
        "--paper",
        "A5",
        "--large",
        "--groups",
        "2",
        "--title",
        "A title",
    ]
    assert main(["jigsaw", "worked_example", "--at", "2024-01-20", *more]) == 0
    said = capsys.readouterr().out
    cards, after = folder / "worked_example_cards.html", folder / "after.html"
    assert str(cards) in said
    assert str(after) in said
    page = cards.read_text("utf-8")
    assert all(words in page for words in ("A title", "size: A5", '<body class="large">', "Group 2", "Card 4"))
    assert "2024-01-25" not in page
    assert "25 January 2024" in after.read_text("utf-8")  # the doctor's letter


def test_a_training_pack_needs_a_date(folder, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["jigsaw", "worked_example"])
    assert ended.value.code == 2
    assert "--at" in capsys.readouterr().err
    assert list(folder.iterdir()) == []
    assert main(["jigsaw", "worked_example", "--at", "2024-01-20", "--groups", "9"]) == 2
    assert "groups" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_a_picture_lands_in_this_folder_and_what_it_shows_is_said(folder, capsys):
    assert main(["plot", "worked_example", "responsibility", "--at", "2024-01-20"]) == 0
    made, said = folder / "worked_example_responsibility.png", capsys.readouterr().out
    assert made.read_bytes()[:4] == b"\x89PNG"
    assert str(made) in said
    assert "Responsibility for the worries of Worked example by 20 Jan 2024" in said


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["svg", "pdf"])
def test_the_ending_of_a_picture_says_its_format(folder, ending):
    assert main(["plot", "worked_example", "agency-sets", "-o", f"a.{ending}", "--size", "a4"]) == 0
    assert (folder / f"a.{ending}").read_bytes().startswith(b"%PDF" if ending == "pdf" else b"<?xml")


def test_every_picture_of_a_case_stands_in_the_help(capsys):
    with pytest.raises(SystemExit):
        main(["plot", "--help"])
    said = capsys.readouterr().out
    assert all(name in said for name in pictures())


def test_a_picture_shows_agencies_where_they_are_asked_for(folder, capsys):
    assert main(["plot", "worked_example", "network", "-o", "a.svg", "--by", "agency"]) == 0
    assert "council and school" in capsys.readouterr().out


def test_a_name_of_what_the_program_wrote_is_not_offered_as_a_case(folder, capsys):
    (folder / "worked_example.html").touch()
    assert main(["report", "worked_exampel"]) == 2
    assert ".html" not in capsys.readouterr().err


def test_a_picture_replaces_its_own_earlier_one_and_nothing_else_without_force(folder, capsys):
    (folder / "a.svg").write_text("<svg/>", "utf-8")
    drawn = ["plot", "worked_example", "agency_sets", "-o", "a.svg"]
    assert main(drawn) == 2
    assert "--force" in capsys.readouterr().err
    assert (folder / "a.svg").read_text("utf-8") == "<svg/>"
    assert main([*drawn, "--force"]) == 0
    assert main(drawn) == 0


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["chronolgy"], "Did you mean 'chronology'?"),
        (["zzz"], "who_knew_what"),
        (["compare"], "'compare' is not known"),  # of many cases
        (["network", "-o", "a.gif"], "'a.gif' is not the name of a picture. End it in one of: .png, .svg, .pdf."),
        (["matters", "--by", "agency"], "Leave --by out."),
        (["network", "--at", "2024-13-01"], "2024-13-01"),
    ],
)
def test_a_picture_that_cannot_be_is_answered_and_nothing_is_written(folder, capsys, words, answer):
    assert main(["plot", "worked_example", *words]) == 2
    assert answer in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_an_input_with_problems_is_printed_as_a_table_and_nothing_is_written(folder, capsys):
    copied = folder / "lewis"
    shutil.copytree(datasets.folder() / "worked_example", copied)
    table = copied / "chronology.csv"
    table.write_text(table.read_text("utf-8").replace("observed,T", "obsreved,TT"), "utf-8")
    assert main(["report", "lewis"]) == 1
    said = capsys.readouterr()
    assert "obsreved" in said.err
    assert "'observed'" in said.err
    assert "'TT'" in said.err
    assert said.out == ""
    assert [place.name for place in folder.iterdir()] == ["lewis"]
    assert main(["check", "lewis"]) == 1


def test_check_says_what_a_coder_would_rather_know_now(capsys, tmp_path):
    """Sam's case with a harm date and a row that may be before it or after it, and two people without a role."""
    sam = sn.read_case(sn.write_template(tmp_path / "sam.xlsx", example=True))
    people = sam.people.assign(role=["" if one in ("key", "hv") else "r" for one in sam.people["id"]])
    days = ["2024-03" if one == "e8" else "2024-03-11" for one in sam.chronology["id"]]
    told = ["" if one == "e12" else "s" for one in sam.chronology["id"]]
    rest = {"agencies": sam.agencies, "sources": sam.sources, "harm_date": "2024-03-26"}
    made = sn.Case(people, sam.concerns, sam.chronology.assign(date=days, summary=told), **rest)
    assert main(["check", str(sn.write_case(made, tmp_path / "made"))]) == 0
    said = capsys.readouterr().out
    assert "2 professionals have no role (key, hv): a report shows agency and role" in said
    assert "1 action or duty has no summary (e12): a finding can only name the row." in said
    assert "1 row may be earlier than the harm or later (e8): on the day before it, no number counts it." in said
    assert main(["check", "pelka"]) == 0
    assert "have no role" not in capsys.readouterr().out


def test_check_lists_what_is_odd(capsys):
    assert main(["check", "worked_example"]) == 0
    assert "nothing odd" in capsys.readouterr().out
    assert main(["check", "malachi_subecz"]) == 0
    assert "a meeting of one" in capsys.readouterr().out


def test_scores_stand_side_by_side(capsys):
    assert main(["scores", "max", "reuben"]) == 0
    said = capsys.readouterr().out
    line = next(line for line in said.splitlines() if line.strip().startswith("fragmentation"))
    assert line.split() == ["fragmentation", "0", "0.679"]
    assert "never a child's risk" in said


def test_scores_as_comma_separated_values_read_back(capsys):
    import io

    import pandas as pd

    assert main(["scores", "max", "reuben", "--csv"]) == 0
    table = pd.read_csv(io.StringIO(capsys.readouterr().out), index_col="case")
    assert list(table.index) == ["max", "reuben"]
    assert table.loc["reuben", "unowned_share"] == pytest.approx(24 / 28)  # C07, 4 of 28, is owned


def test_cases_are_listed(capsys):
    assert main(["cases"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in datasets.names())


def test_matters_are_printed_with_their_rows_and_what_worked_after_what_did_not(capsys):
    assert main(["findings", "reuben", "--most", "3"]) == 0
    said = capsys.readouterr().out
    assert said.count("; rows ") == 5  # three of the gaps, and both strengths
    assert "--most 0 prints all" in said
    assert "further finding" in said
    assert said.index("What a reviewer may want to look at") < said.index("What worked")


def test_every_finding_is_printed_and_none_with_hindsight(capsys):
    assert main(["findings", "reuben", "--all"]) == 0
    said = capsys.readouterr().out
    assert said.count("; rows ") == len(sn.findings(sn.load_case("reuben")))
    assert "a reviewer says" in said
    assert main(["findings", "reuben", "--all", "--no-hindsight"]) == 0
    assert "a reviewer says" not in capsys.readouterr().out


def test_matters_and_findings_as_comma_separated_values_read_back(capsys):
    case = sn.load_case("max")
    for options, table in (([], sn.matters(case)), (["--all"], sn.findings(case))):
        assert main(["findings", "max", "--csv", *options]) == 0
        read = pd.read_csv(io.StringIO(capsys.readouterr().out))
        assert list(read["statement"]) == list(table["statement"])


@pytest.mark.slow
def test_the_template_is_written_once(folder, capsys):
    assert main(["template", "new.xlsx"]) == 0
    assert main(["template", "new.xlsx"]) == 2
    assert "new.xlsx" in capsys.readouterr().err
    assert main(["template", "new.xlsx", "--force"]) == 0
    capsys.readouterr()
    assert main(["check", "new.xlsx"]) == 0
    said = capsys.readouterr().out
    assert "Nothing is filled in" in said
    assert "nothing odd" not in said


def test_a_date_outside_the_record_and_what_a_case_lacks_are_said(folder, capsys):
    assert main(["findings", "worked_example", "--at", "2031-01-01"]) == 0
    assert "2031-01-01 is after the record ends: it has rows from 2024-01-10 to 2024-01-30" in capsys.readouterr().err
    assert main(["findings", "worked_example", "--at", "2024-01-20"]) == 0
    assert capsys.readouterr().err == ""
    shutil.copytree(datasets.folder() / "worked_example", folder / "lewis")
    (folder / "lewis" / "concerns.csv").write_text("id,about,category,severity,summary\n", "utf-8")
    (folder / "lewis" / "chronology.csv").write_text("date,kind,who\n2024-01-10,opened,T\n", "utf-8")
    assert main(["scores", "lewis"]) == 0
    assert "there is no worry in concerns" in capsys.readouterr().err


def test_dates_of_numbers_only_are_asked_about_once_and_read_in_the_order_given(folder, capsys):
    shutil.copytree(datasets.folder() / "worked_example", folder / "lewis")
    table = folder / "lewis" / "chronology.csv"
    table.write_text(re.sub(r"2024-01-(\d\d)", r"\1/01/2024", table.read_text("utf-8")), "utf-8")
    assert main(["check", "lewis"]) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "is the day first?" in said
    assert said.count("01/2024") == 1
    assert main(["check", "lewis", "--date-order", "dmy"]) == 0
    assert main(["check", "lewis", "--date-order", "ymd"]) == 2


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii", "utf-8"])
@pytest.mark.parametrize("command", [["check"], ["scores"], ["findings", "--most", "0"]])
def test_output_survives_a_console_of_any_code_page(folder, encoding, command):
    shutil.copytree(datasets.folder() / "worked_example", folder / "lewis")
    table = folder / "lewis" / "people.csv"
    table.write_text(
        re.sub(r"(?m)^([A-Z]),[^,]+", "\\1,小明 \N{GREEK SMALL LETTER ALPHA}", table.read_text("utf-8")), "utf-8"
    )
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-m", "safetynet", command[0], str(folder / "lewis"), *command[1:]]
    made = subprocess.run(call, capture_output=True, env=environment, cwd=folder)
    assert made.returncode == 0, made.stderr
    assert b"Traceback" not in made.stderr


def test_what_a_program_keeps_beside_an_open_workbook_is_named_and_never_suggested(folder, capsys):
    (folder / "~$lewis.xlsx").write_bytes(b"\x05open")
    assert main(["check", "~$lewis.xlsx"]) == 1
    assert "'lewis.xlsx'" in capsys.readouterr().err
    assert main(["check", "lewis.xlsx"]) == 2
    assert "~$" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report", "victoria_climbi"], "victoria_climbie"),
        (["report", "no/such/folder.xlsx"], "no"),
        (["scores", "max", "--at", "31/02/2023"], "no day 31"),
    ],
)
def test_a_slip_is_answered_with_what_is_near(folder, capsys, words, said):
    assert main(words) == 2
    assert said in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_wrong_usage_exits_with_2(capsys):
    assert main([]) == 2
    with pytest.raises(SystemExit) as caught:
        main(["repport", "max"])
    assert caught.value.code == 2


def test_the_version_is_told(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"safetynet {sn.__version__}"


def test_help_and_import_leave_the_heavy_libraries_alone():
    heavy = {"pandas", "numpy", "matplotlib", "networkx", "scipy", "numba", "rich", "jinja2"}
    code = (
        "import sys, safetynet, safetynet.cli; safetynet.cli.build_parser(); "
        f"print(sorted(set(sys.modules) & {heavy!r}))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "left_alone"),
    [
        ("scores", {"pandas", "numpy", "matplotlib", "networkx", "scipy", "numba", "jinja2"}),
        ("findings", {"pandas", "numpy", "matplotlib", "networkx", "scipy", "numba", "jinja2"}),
        (
            "report",
            {"pandas", "networkx", "scipy", "numba", "rich", "safetynet.pages.explorer_content"}
            | {"safetynet.whatif.compare", "safetynet.plot._chronology", "safetynet.plot._agency_matrix"},
        ),
    ],
)
def test_what_is_said_of_a_case_leaves_the_heavy_libraries_alone(tmp_path, command, left_alone):
    words = [command, "victoria_climbie", *(["-o", str(tmp_path / "page.html")] if command == "report" else [])]
    code = (
        f"import sys; from safetynet.cli import main; main({words!r}); print(sorted(set(sys.modules) & {left_alone!r}))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert made.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_a_case_is_converted_between_formats_and_a_workbook_moves_into_the_template(folder, capsys):
    case = sn.load_case("worked_example")
    for out in ("case.json", "tables", "coding.xlsx"):
        assert main(["convert", "worked_example", out]) == 0
        assert sn.read_case(out).chronology.equals(case.chronology)
    sn.write_case(case, "old.xlsx")
    assert main(["convert", "old.xlsx", "new.xlsx"]) == 0
    assert load_workbook("new.xlsx").sheetnames[0] == "_instructions"
    assert sn.read_case("new.xlsx").tables().keys() == sn.read_case("old.xlsx").tables().keys()
    assert main(["convert", "worked_example", "new.xlsx"]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["convert", "worked_example", "new.xlsx", "--force"]) == 0


def test_load_case_takes_a_path_too(folder):
    case = sn.load_case("worked_example")
    sn.write_case(case, "lewis")
    sn.write_case(case, "lewis.json")
    for path in ("lewis", "./lewis", "lewis.json", Path("lewis"), folder / "lewis.json"):
        assert sn.load_case(path).chronology.equals(case.chronology)
    with pytest.raises(sn.CaseError, match="there is no folder"):
        sn.load_case("nothing/here.xlsx")
    with pytest.raises(sn.UnknownNameError, match="worked_example"):
        sn.load_case("worked_exampel")


def test_a_case_is_exported_with_a_word_on_what_is_left_out(folder, capsys):
    assert main(["export", "worked_example", "out.gexf"]) == 0
    said = capsys.readouterr()
    assert str(folder / "out.gexf") in said.out
    assert "leaves out" in said.err
    assert main(["export", "worked_example", "out.json"]) == 2
    assert "--format" in capsys.readouterr().err
    assert main(["export", "worked_example", "out.json", "--format", "ocel", "--text", "--at", "2024-01-20"]) == 0
    assert main(["export", "worked_example", "out.csv"]) == 0
    assert main(["export", "worked_example", "out.csv"]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["export", "worked_example", "out.csv", "--force"]) == 0
