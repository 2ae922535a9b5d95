"""Every packaged case has a page that says what it is, and its counts are those of its tables."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

DATASETS = Path(__file__).resolve().parents[1] / "datasets"
CASES = sorted(path.name for path in DATASETS.iterdir() if path.is_dir())
REAL = ("khyra_ishaq", "malachi_subecz", "pelka", "victoria_climbie")
SECTIONS = [
    "What it is",
    "What is certain and what is not",
    "Where it comes from",
    "Disagreements and gaps",
    "What it is for",
    "Licence",
]


def page(case: str) -> str:
    return (DATASETS / case / "README.md").read_text(encoding="utf-8")


def flat(case: str) -> str:
    """The page on one line, so that a sentence is found wherever its lines break."""
    return " ".join(page(case).split())


def rows(case: str, table: str) -> list[dict[str, str]]:
    path = DATASETS / case / f"{table}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counted(case: str, heading: str) -> dict[str, int]:
    """The counts that the page gives in its table headed `heading`."""
    table = re.search(rf"^\| {heading} \| rows \|.*?(?=\n\n)", page(case), re.MULTILINE | re.DOTALL)
    if table is None:
        return {}
    return {value: int(n) for value, n in re.findall(r"^\| (\S+) \| (\d+) \|", table[0], re.MULTILINE)}


def test_there_are_eight_cases() -> None:
    assert sorted([*REAL, "harbour_street", "max", "reuben", "worked_example"]) == CASES


@pytest.mark.parametrize("case", CASES)
def test_the_page_has_every_section_in_order_and_none_is_empty(case: str) -> None:
    parts = re.split(r"^## (.+)$", page(case), flags=re.MULTILINE)
    assert parts[0].startswith("# ")
    assert parts[1::2] == SECTIONS
    assert all(text.strip() for text in parts[2::2])


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("column", ["basis", "confidence"])
def test_the_page_counts_the_rows_of_each_basis_and_confidence(case: str, column: str) -> None:
    values = Counter(row[column] for row in rows(case, "chronology") if row.get(column))
    assert counted(case, column) == dict(values)


@pytest.mark.parametrize("case", [case for case in CASES if rows(case, "sources")])
def test_the_page_names_every_source_by_code_and_title(case: str) -> None:
    for source in rows(case, "sources"):
        assert f"`{source['code']}` {source['title']}" in flat(case)


@pytest.mark.parametrize("case", CASES)
def test_every_source_of_a_row_is_in_the_table_of_sources(case: str) -> None:
    known = {source["code"] for source in rows(case, "sources")}
    used = {code for row in rows(case, "chronology") for code in row.get("source", "").split(";") if code}
    assert used <= known


@pytest.mark.parametrize("case", [case for case in CASES if case != "worked_example"])
def test_the_page_says_that_it_is_no_substitute_and_for_teaching(case: str) -> None:
    assert "not a substitute for the published" in flat(case)
    assert "For teaching" in flat(case)


@pytest.mark.parametrize("case", CASES)
def test_the_page_says_whether_the_child_is_real(case: str) -> None:
    invented = "is not a real child" in flat(case) or "Nobody in it is real" in flat(case)
    assert invented == (case not in REAL)


@pytest.mark.parametrize("case", CASES)
def test_the_page_names_the_licence_and_that_no_text_is_reproduced(case: str) -> None:
    assert "CC BY 4.0" in flat(case)
    assert case == "worked_example" or re.search(r"(is|are) not reproduced", flat(case))


@pytest.mark.parametrize("case", CASES)
def test_the_page_counts_people_agencies_concerns_and_rows(case: str) -> None:
    words = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

    def said(n: int, noun: str) -> bool:
        spoken = [str(n), *words[n : n + 1]]
        return any(re.search(rf"\b{word} {noun}", flat(case), re.IGNORECASE) for word in spoken)

    people = rows(case, "people")
    agencies = {row["id"] for row in rows(case, "agencies")}
    agencies |= {row["agency"] for row in people if row["agency"]}
    assert said(len(people), "people")
    assert said(len(agencies), "agencies")
    assert said(len(rows(case, "concerns")), "concerns")
    assert said(len(rows(case, "chronology")), "rows of chronology")
    assert said(sum(row["kind"] == "professional" for row in people), "professionals")


@pytest.mark.parametrize("case", CASES)
def test_the_case_table_names_its_folder(case: str) -> None:
    (about,) = rows(case, "case")
    assert about["id"] == case
    assert about["title"]


@pytest.mark.parametrize("case", CASES)
def test_the_index_leads_to_the_page(case: str) -> None:
    index = (DATASETS / "README.md").read_text(encoding="utf-8")
    assert f"[`{case}`]({case}/README.md)" in index
