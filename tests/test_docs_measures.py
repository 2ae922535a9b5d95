"""Every public measure stands on exactly one page of its family, with all that a reader needs to use it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import safetynet as sn

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs" / "_ext"))

measures = pytest.importorskip("measures", reason="needs Sphinx")
PAGES = sorted((ROOT / "docs" / "measures").glob("*.md"))
OVERVIEW = {"scores", "scores_over_time"}  # all of them at once: docs/scores.md
HOMES = ("measures.", "spread.contact_lists")
PUBLIC = {name for name, module in sn._WHERE.items() if module.startswith(HOMES)} - OVERVIEW | {"knowledge"}
ASKED = ("formula", "undefined", "source")


def sections(path: Path) -> dict[str, str]:
    """The text under each heading of the second level."""
    _, *parts = re.split(r"^## (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


SECTIONS = [(path, name, text) for path in PAGES for name, text in sections(path).items()]


def test_every_public_measure_stands_on_exactly_one_page() -> None:
    named = [name for _, name, _ in SECTIONS]
    assert sorted(named) == sorted(PUBLIC)


@pytest.mark.parametrize(("path", "name", "text"), [pytest.param(*one, id=one[1]) for one in SECTIONS])
def test_a_measure_is_told_in_words_facts_a_number_by_hand_and_how_it_misleads(
    path: Path, name: str, text: str
) -> None:
    words, rest = text.split(":::{measure} ")
    facts, rest = rest.split("\n:::\n")
    assert words.strip(), "say first in words what it tells"
    assert facts.splitlines()[0] == name
    given = re.findall(r"^:(\w+): \S.*$", facts, re.MULTILINE)
    assert [one for one in given if one != "range"] == list(ASKED)
    assert "**How it misleads.**" in rest
    by_hand = rest.partition("**How it misleads.**")[0]
    assert "By hand" in by_hand
    assert f"sn.{name}(" in by_hand, "work its number with code that runs"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_of_measures_is_reached_from_the_overview(path: Path) -> None:
    assert f"measures/{path.stem}" in (ROOT / "docs" / "scores.md").read_text(encoding="utf-8")


LISTED = (ROOT / "docs" / "literature.md").read_text(encoding="utf-8").replace("\n  ", " ").split("\n- ")[1:]
CITED = re.compile(r"([A-Z][\w-]+)(?:(?:, [A-Z][\w-]+)* & [A-Z][\w-]+| et al\.)?,? \(?((?:\d{4}(?:, )?)+)")


def cited() -> set[tuple[str, str]]:
    """The first author and the year of everything that a page names as a source."""
    found = set()
    for *_, text in SECTIONS:
        for said in re.findall(r"^:source: (.+)$", text, re.MULTILINE):
            found |= {(name, year) for name, years in CITED.findall(said) for year in re.findall(r"\d{4}", years)}
    return found


def test_every_source_that_a_page_names_stands_in_the_literature_and_the_other_way_round() -> None:
    listed = {(entry.split(",")[0], year) for entry in LISTED for year in re.findall(r"\((\d{4})\)", entry)[:1]}
    assert len(listed) == len(LISTED)
    assert cited() == listed


def test_the_directive_knows_every_measure_and_none_besides() -> None:
    scores = {name for name in PUBLIC if name not in {*measures.SHOWN, *measures.ASKED, *measures.NOT_OF_A_CASE}}
    assert {*measures.SHOWN, *measures.ASKED, *measures.NOT_OF_A_CASE} < PUBLIC
    assert all(measures.scale(name) for name in scores)
    assert not any(measures.scale(name) for name in measures.SHOWN)


@pytest.mark.parametrize("name", sorted({*measures.SHOWN, *measures.ASKED}))
def test_a_measure_without_a_range_of_its_own_is_given_one(name: str) -> None:
    facts = next(text for _, named, text in SECTIONS if named == name).split(":::")[1]
    assert re.search(r"^:range: \S", facts, re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("fragmentation", "0"),  # G-T-S-P is one chain
        ("unshared_pairs", "0.308"),  # 8/26
        ("missed_opportunities", "0"),  # the week after the meeting is not over
        ("days_without_lead", "–"),  # nobody is named as lead
        ("knowledge", "6"),  # T c1 c3, S c1, P c1 c2, G c3
        ("agency_contacts", "3"),  # of six pairs of agencies three are in contact
        ("sharing_latency", "1"),  # c2
        ("who_to_ask", "1"),  # P asks T, or G, about c3
        ("meeting_rhythm", "–"),  # a strategy discussion is no planning meeting
    ],
)
def test_what_a_page_shows_of_the_worked_example_is_what_one_counts(name: str, shown: str) -> None:
    assert measures.on(name, "worked_example").value == shown


def test_a_score_is_shown_with_its_bounds_where_they_differ() -> None:
    assert measures.on("unshared_pairs", "worked_example") == ("0.308", "0.308", "0.538")  # 14/26 without the letter
    assert measures.on("fragmentation", "worked_example") == ("0", "0", "0")
    assert [len(measures._table(name)[0].children[-1].children) for name in ("unshared_pairs", "ei_index")] == [3, 1]


TEXT = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
FRACTIONS = {1 / 2: "½", 2 / 3: "⅔", 3 / 4: "¾", 1 / 4: "¼", 1.0: "all", 0.9: "0.9", 0.0: "above 0"}


def test_a_number_that_stands_beside_the_name_of_a_rule_is_that_of_the_rule() -> None:
    told = [(name, int(number)) for name, number in re.findall(r"`(\w+_days)`\s+\((\d+)\)", TEXT)]
    assert {name for name, _ in told} == {"open_ended_days", "plan_days", "settled_days", "intake_days"}
    assert [(name, getattr(sn.Rules(), name)) for name, _ in told] == told
    assert sn.Rules().grace_days == 7
    assert re.search(r"[Ww]ithin seven\sdays \(`grace_days`\)", TEXT)
    assert sn.Rules().recent_days == 100
    assert re.search(r"last hundred\sdays\s\(`recent_days`\)", TEXT)
    assert sn.Rules().told_before_closing_days == 28
    assert re.search(r"in the 28 days before \(`told_before_closing_days`\)", TEXT)


def test_the_exponents_of_diffusion_are_those_of_the_rules() -> None:
    assert f"t is {', '.join(f'{one:g}' for one in sn.Rules().dilution)} by severity" in TEXT


def test_the_marks_of_the_practice_profile_are_those_of_the_rules() -> None:
    table = {int(item): marks for item, marks in re.findall(r"^\| (\d+) .*\| ([^|]+) \|$", TEXT, re.MULTILINE)}
    said = {item: marks for item, marks in table.items() if marks != "a coder's rating only"}
    assert said == {item: ", ".join(FRACTIONS[mark] for mark in marks) for item, marks in sn.Rules().marks.items()}
    assert sorted(table) == list(range(1, 11))
