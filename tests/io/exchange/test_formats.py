"""The list of formats and the page that tells of it say the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from safetynet.io.exchange.formats import FORMATS, Name

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "interchange.md").read_text(encoding="utf-8")
SAID = {  # what the page says, in the column of what cannot be carried, for each feature
    "names": "names",
    "columns": "columns of people",
    "dates": "dates",
    "sent": "contacts that are no meeting",
    "passed": "which concerns",
    "other_rows": "other rows|rows that are no contact",
    "concerns": "what the concerns are",
    "ties": "memberships and ties",
    "tables": "other tables",
    "text": "summaries",
}
LIKE = {"gexf": "graphml", "node_link": "graphml", "ocel_xml": "ocel"}  # "the same", "as GraphML"


def rows() -> dict[str, list[str]]:
    lines = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| `")]
    return {re.findall(r"`(\w+)`", cells[0])[0]: [cell.strip() for cell in cells] for cells in lines}


def test_every_format_is_on_the_page_with_its_endings() -> None:
    assert list(rows()) == list(FORMATS)
    for name, form in FORMATS.items():
        assert re.findall(r"`(\.[\w.]+)`", rows()[name][0]) == list(form.suffixes)


def test_the_page_says_what_each_format_cannot_carry() -> None:
    for name, form in FORMATS.items():
        said = rows()[LIKE.get(name, name)][3]
        said += rows()["vna"][3] if name == "dl" else ""
        for feature, words in SAID.items():
            assert (feature not in form.carries) == bool(re.search(words, said)), (name, feature)
        assert ("a mark" in said) == (not form.marked and name != "parquet")


def test_an_editor_knows_the_names_of_the_formats() -> None:
    assert get_args(Name) == tuple(FORMATS)
