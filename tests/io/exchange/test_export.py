"""Out to other programs: what is in the file, that it fits its schema, and that others read it back."""

from __future__ import annotations

import csv
import itertools
import json
import re
import warnings
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from defusedxml.ElementTree import parse
from hypothesis import given, settings
from hypothesis import strategies as st

import safetynet as sn
from safetynet.io import formulas
from safetynet.io.exchange.formats import FEATURES, FORMATS
from tests import builder, strategies
from tests.io.exchange.schemas import check_json, check_xml

FILES = [name for name, form in FORMATS.items() if form.suffixes]
XML = {"graphml": "graphml", "gexf": "gexf13", "ocel_xml": "ocel20"}
JSON = {"hif": "hif_v0.1.0", "ocel": "ocel20"}

CASE = builder.case(
    "T@school name=Teacher role=teacher S@council name='Social worker' lead_from=01-10 P@police K:child M:family",
    "c1:3 c2:4",
    "01-10 observed T c1",
    "01-12 told T>S c1 phone",
    "01-15/01-20 told S>P c1;c2 letter",
    "01-20T14:30 met S;P;T c1 strategy present=M",
    "01-22 agreed S c1 due=02-15",
    "01-25 opened S",
    "02-01 closed S",
    "zz8: 02-03 told P>S c2 phone",
    ties="M K care strong 01-01",
    agencies="school:education council:social_care police:police",
    services="nursery K school 01-01 03-01 yes",
    id="x",
    title="The girl from the mill",
)


def written(folder: Path, name: str, case: sn.Case = CASE, **more: Any) -> Path:
    """The file of a case in a format, without the word on what it leaves out."""
    place = folder / f"out{FORMATS[name].suffixes[0]}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sn.SafetynetWarning)
        return sn.export(case, place, overwrite=True, **more)


def said(folder: Path, name: str, case: sn.Case = CASE, **more: Any) -> str:
    """What is said to be left out."""
    with pytest.warns(sn.SafetynetWarning) as caught:
        sn.export(case, folder / f"out{FORMATS[name].suffixes[0]}", overwrite=True, **more)
    assert len(caught) == 1
    return str(caught[0].message)


# schemas and other readers --------------------------------------------------------------------------------


def check(name: str, place: Path, case: sn.Case) -> None:
    """The file fits its schema, and another library finds everybody in it."""
    if name in XML:
        check_xml(XML[name], place)
    if name in JSON:
        check_json(JSON[name], place)
    ids = {*case._records.people, *case._records.agencies}
    if name == "graphml":
        graph = nx.read_graphml(place, force_multigraph=True)
        assert {data["case_id"] for _, data in graph.nodes(data=True)} == {xml(one) for one in ids}
    elif name == "gexf":
        assert len(nx.read_gexf(place, version="1.3")) == len(ids)
    elif name == "pajek":
        assert len(nx.read_pajek(place)) == len(ids)
    elif name == "node_link":
        graph = nx.node_link_graph(json.loads(place.read_text("utf-8")), edges="edges")
        assert set(graph) == ids
    elif name == "hif":
        import xgi  # takes a second, so that only the tests that need it wait for it

        assert set(xgi.read_hif(place).nodes) == ids
    elif name == "ocel":
        objects = [one["id"] for one in json.loads(place.read_text("utf-8"))["objects"]]
        assert ids <= set(objects)
        assert len(objects) == len(set(objects)) == len(ids) + len(case._records.concerns)
    elif name == "ocel_xml":
        objects = [one.get("id") for one in parse(place).getroot().find("objects")]
        assert len(objects) == len(set(objects)) == len(ids) + len(case._records.concerns)
    elif name == "events":
        table = pd.read_csv(place, dtype=str, keep_default_na=False)
        assert {formulas.unescape(one) for one in table["sender"]} <= {one.replace("\0", "\ufffd") for one in ids}
    elif name == "actors":
        table = pd.read_csv(place, dtype=str, keep_default_na=False)
        assert {formulas.unescape(one) for one in table["label"]} == {one.replace("\0", "\ufffd") for one in ids}
        assert table["number"].tolist() == [str(place + 1) for place in range(len(ids))]
    elif name == "dl":
        assert_dl(place, len(ids))
    elif name == "vna":
        assert_vna(place, len(ids))
    elif name == "dot":
        assert_dot(place, len(ids))


def xml(text: str) -> str:
    """A text as XML can hold it, with its line ends as a reader gives them."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


def assert_dl(place: Path, people: int) -> None:
    """The published description: N labels of at most 18 signs, a matrix of numbers for each label of a matrix."""
    head, _, rest = place.read_text("utf-8").partition("LABELS:\n")
    labels, _, rest = rest.partition("MATRIX LABELS:\n")
    kinds, _, data = rest.partition("DATA:\n")
    assert re.match(rf"DL N={people} NM=\d+\nFORMAT = FULLMATRIX", head)
    found = labels.splitlines()
    assert len(found) == people == len({one.upper() for one in found})
    assert all(re.fullmatch(r'"[^"\x00-\x1f]{1,18}"', one) for one in found)
    numbers = [line.split() for line in data.splitlines()]
    assert len(numbers) == people * len(kinds.splitlines())
    assert all(len(line) == people and all(cell.isdigit() for cell in line) for line in numbers)


WORD = re.compile(r'"([^"]*)"|(\S+)')


def assert_vna(place: Path, people: int) -> list[dict[str, str]]:
    """A line for everybody with a cell for each heading, and lines of ties between them."""
    nodes, _, ties = place.read_text("utf-8").partition("*Tie data\n")
    first, heading, *lines = nodes.splitlines()
    assert first == "*Node data"
    rows = [[one or other for one, other in WORD.findall(line)] for line in lines]
    cells = [[found[0] or found[1] for found in WORD.findall(line)] for line in lines]
    assert len(rows) == people
    assert {len(row) for row in cells} == {len(heading.split())}
    labels = {row[0] for row in cells}
    top, *pairs = ties.splitlines()
    for line in pairs:
        found = [one or other for one, other in WORD.findall(line)]
        assert len(found) == len(top.split())
        assert set(found[:2]) <= labels
        assert all(number.isdigit() for number in found[2:])
    return [dict(zip(heading.split(), row, strict=True)) for row in cells]


def assert_dot(place: Path, people: int) -> None:
    """Every line is one of five forms, and nothing in quotation marks ends them."""
    string = r'"(?:[^"\\\n]|\\.)*"'
    cells = rf"\[\w+={string}(?:, \w+={string})*\]"
    lines = place.read_text("utf-8").split("\n")
    nodes = [line for line in lines if re.fullmatch(rf"  n\d+ {cells};", line)]
    others = [line for line in lines if line not in nodes]
    assert len(nodes) == people
    form = rf"  n\d+ -> n\d+ {cells};|// made by .*|digraph {{|}}|  node \[shape=box\];|"
    assert [line for line in others if not re.fullmatch(form, line)] == []


@pytest.mark.parametrize("name", FILES)
def test_a_case_fits_the_schema_and_others_read_it(name: str, tmp_path: Path) -> None:
    check(name, written(tmp_path, name), CASE)
    check(name, written(tmp_path, name, text=True), CASE)


@pytest.mark.parametrize("name", FILES)
def test_a_case_in_which_next_to_nothing_happened_goes_out_too(name: str, tmp_path: Path) -> None:
    for case in (builder.nobody(), builder.alone()):
        check(name, written(tmp_path, name, case), case)
        check(name, written(tmp_path, name, case, at="1999-01-01"), case)


@pytest.mark.slow
@pytest.mark.parametrize("packaged", sn.list_cases()["name"])
def test_the_packaged_cases_go_out_in_every_format(packaged: str, tmp_path: Path) -> None:
    case = sn.load_case(packaged)
    for name in FILES:
        check(name, written(tmp_path, name, case), case)


@settings(max_examples=15)
@given(strategies.cases(), strategies.questions)
def test_random_cases_fit_the_schemas(tmp_path_factory: pytest.TempPathFactory, tables: Any, at: Any) -> None:
    folder, case = tmp_path_factory.mktemp("out"), builder.from_tables(tables)
    for name in FILES:
        check(name, written(folder, name, case, at=at), case)


# what is in the files -------------------------------------------------------------------------------------


def test_graphml_has_an_edge_for_each_way_of_each_row(tmp_path: Path) -> None:
    graph = nx.read_graphml(written(tmp_path, "graphml"))
    told = sorted((a, b, data["row"]) for a, b, data in graph.edges(data=True) if data["edge_type"] == "told")
    # phone goes both ways, a letter one way
    assert told == [("P", "S", "zz8"), ("S", "P", "e3"), ("S", "P", "zz8"), ("S", "T", "e2"), ("T", "S", "e2")]
    assert graph.nodes["T"]["label"] == "Teacher"
    assert graph.nodes["school"]["node_type"] == "agency"


def test_what_is_written_is_the_graph_of_the_case(tmp_path: Path) -> None:
    graph, content = CASE.graph(), json.loads(written(tmp_path, "node_link").read_text("utf-8"))
    again = nx.node_link_graph(content, edges="edges")
    assert dict(again.nodes(data=True)) == {
        one: {name: value for name, value in data.items() if name != "kind"} for one, data in graph.nodes(data=True)
    }
    assert sorted(again.edges(keys=True, data=True), key=str) == sorted(graph.edges(keys=True, data=True), key=str)


GEXF = "{http://gexf.net/1.3}"


def gexf_parts(place: Path) -> tuple[dict[str, Any], list[Any], dict[str, str]]:
    top = parse(place).getroot()
    titles = {one.get("id"): one.get("title") for one in top.iter(f"{GEXF}attribute")}
    return {one.get("id"): one for one in top.iter(f"{GEXF}node")}, list(top.iter(f"{GEXF}edge")), titles


def spells(one: Any) -> list[tuple[str, str]]:
    return [(spell.get("start"), spell.get("end")) for spell in one.iter(f"{GEXF}spell")]


def test_gephis_timeline_has_a_spell_for_each_contact(tmp_path: Path) -> None:
    nodes, edges, titles = gexf_parts(written(tmp_path, "gexf"))
    found = {(one.get("source"), one.get("target"), one.get("kind")): one for one in edges}
    # both contacts of S and P from S to P: the letter of some day from 15 to 20 January, and the call of 3 February
    assert spells(found["S", "P", "told"]) == [
        ("2024-01-15", "2024-01-20"),
        ("2024-02-03", "2024-02-03"),
    ]
    assert spells(found["S", "P", "met"]) == [("2024-01-20", "2024-01-20")]
    assert spells(found["S", "K", "involved"]) == [("2024-01-25", "2024-02-01")]
    assert spells(found["T", "school", "member"]) == []
    times = [
        value.get("value")
        for value in found["S", "P", "met"].iter(f"{GEXF}attvalue")
        if titles[value.get("for")] == "time"
    ]
    assert times == ["14:30:00"]
    passed = [
        (value.get("value"), value.get("start"))
        for value in found["S", "P", "told"].iter(f"{GEXF}attvalue")
        if titles[value.get("for")] == "concerns"
    ]
    assert passed == [("c1;c2", "2024-01-15"), ("c2", "2024-02-03")]
    assert spells(nodes["P"]) == [("2024-01-15", "2024-02-03")]
    assert spells(nodes["K"]) == []  # the child is always there
    changing = {
        titles[value.get("for")]: (value.get("start"), value.get("end"))
        for value in nodes["S"].iter(f"{GEXF}attvalue")
        if value.get("start")
    }
    assert changing == {"lead": ("2024-01-10", "2024-02-03"), "involved": ("2024-01-25", "2024-02-01")}


def test_spells_of_one_edge_do_not_overlap_and_lie_within_those_of_their_ends(tmp_path: Path) -> None:
    for packaged in ("victoria_climbie", "max"):
        nodes, edges, _ = gexf_parts(written(tmp_path, "gexf", sn.load_case(packaged)))
        for edge in edges:
            listed = spells(edge)
            assert all(before[1] < after[0] for before, after in itertools.pairwise(listed))
            for end in ("source", "target"):
                for first, _ in spells(nodes[edge.get(end)]):
                    assert all(first <= start for start, _ in listed)


def test_the_list_of_events_has_days_from_the_first_and_the_window(tmp_path: Path) -> None:
    table = pd.read_csv(written(tmp_path, "events"))
    letter = table[table["row"] == "e3"].iloc[0]
    # 10 January is day 0: the letter came by day 10, from day 5, and the window ends before day 11
    assert (letter["time"], letter["onset"], letter["terminus"]) == (10, 5, 11)
    assert (letter["sender"], letter["receiver"], letter["concerns"]) == ("S", "P", "c1;c2")
    people = ["T", "S", "P", "K", "M", "school", "council", "police"]
    assert (letter["tail"], letter["head"]) == (people.index("S") + 1, people.index("P") + 1)
    met = table[table["row"] == "e4"]
    assert len(met) == 9  # three ways times two, and each of the three to her who was present
    assert met["time"].unique() == pytest.approx([10 + 14.5 / 24])
    assert table["time"].is_monotonic_increasing
    assert "summary" not in table


def test_the_list_of_events_says_who_turned_to_whom(tmp_path: Path) -> None:
    rows = "1 told T>S c1 phone present=M \n 2 met T;S c1 present=K \n 3 asked S>T c1 letter"
    table = pd.read_csv(written(tmp_path, "events", builder.case("T@a S@b M:family K:child", "c1", rows)))
    ways = {tuple(line) for line in table[["row", "sender", "receiver", "way"]].values.tolist()}
    assert ways == {
        *(("e1", "T", "S", "forth"), ("e1", "S", "T", "back"), ("e1", "T", "M", "heard"), ("e1", "S", "M", "heard")),
        *(("e2", "T", "S", "together"), ("e2", "S", "T", "together")),
        *(("e2", "T", "K", "heard"), ("e2", "S", "K", "heard")),
        ("e3", "S", "T", "forth"),
    }


def test_the_table_of_actors_stands_beside_the_list_of_events(tmp_path: Path) -> None:
    events = pd.read_csv(written(tmp_path, "events"))
    actors = pd.read_csv(written(tmp_path, "actors"), keep_default_na=False).set_index("number")
    assert actors.loc[events["tail"], "label"].tolist() == events["sender"].tolist()
    assert actors.loc[events["head"], "label"].tolist() == events["receiver"].tolist()
    actors = actors.set_index("label")
    assert actors.loc["S", ["kind", "agency", "sector", "remit"]].tolist() == [
        *("professional", "council", "social_care"),
        "works_with",
    ]
    assert actors.loc["council", ["kind", "agency", "sector", "remit"]].tolist() == [
        *("agency", "council", "social_care"),
        "",
    ]


def test_an_actor_is_there_from_the_first_row_to_the_end_of_the_post(tmp_path: Path) -> None:
    people = "A@a end=7 B@b C@c K:child"
    case = builder.case(people, "c1", "2 observed A c1 \n 5 told A>B c1 phone \n 12 observed B c1")
    actors = pd.read_csv(written(tmp_path, "actors", case), keep_default_na=False).set_index("label")
    days = {one: actors.loc[one, ["present", "onset", "terminus"]].tolist() for one in ("A", "B", "C", "K", "a", "b")}
    assert days == {  # 2 January is day 0, and the record ends before day 11
        "A": [True, "0", "6"],
        "B": [False, "3", "11"],
        "C": [False, "", ""],
        "K": [True, "0", "11"],
        "a": [True, "0", "11"],
        "b": [False, "3", "11"],
    }


def test_a_meeting_is_a_hyperedge_of_those_who_were_there(tmp_path: Path) -> None:
    import xgi

    hypergraph = xgi.read_hif(written(tmp_path, "hif"))
    assert hypergraph.edges.members("e4") == {"S", "P", "T", "M"}
    assert list(hypergraph.edges) == ["e4"]
    assert hypergraph.edges["e4"]["channel"] == "strategy"


def test_the_log_has_rows_as_events_and_concerns_as_objects(tmp_path: Path) -> None:
    log = json.loads(written(tmp_path, "ocel").read_text("utf-8"))
    events = {one["id"]: one for one in log["events"]}
    assert [one["id"] for one in log["events"]] == ["e1", "e2", "e3", "e4", "e5", "e6", "e7", "zz8"]
    assert events["e4"]["time"] == "2024-01-20T14:30:00Z"
    assert events["e3"]["time"] == "2024-01-20T00:00:00Z"  # the last day on which it can have been
    related = {(one["objectId"], one["qualifier"]) for one in events["e3"]["relationships"]}
    assert related == {("S", "who"), ("P", "to"), ("c1", "concerns"), ("c2", "concerns")}
    objects = {one["id"]: one for one in log["objects"]}
    assert objects["c1"]["type"] == "concern"
    assert {"objectId": "K", "qualifier": "about"} in objects["c1"]["relationships"]
    assert {"objectId": "school", "qualifier": "member"} in objects["T"]["relationships"]


def test_an_event_says_everything_that_the_row_says(tmp_path: Path) -> None:
    case = builder.case(
        "T@school S@council", "c1",
        "e1: 01-10 asked T>S c1 email due=01-20 consent=given rating=3 interpreter=none received_on=01-12/01-13",
        "01-15 declined S>T c1 phone ref=e1 reason=capacity confidence=medium basis=recalled summary=said",
    )  # fmt: skip
    first, second = json.loads(written(tmp_path, "ocel", case, text=True).read_text("utf-8"))["events"]
    assert {cell["name"]: cell["value"] for cell in first["attributes"]} == {
        "earliest": "2024-01-10", "latest": "2024-01-10", "channel": "email", "received_on": "2024-01-12/2024-01-13",
        "due": "2024-01-20", "rating": "3", "consent": "given", "count": "1", "confidence": "1.0",
    }  # fmt: skip
    said = {cell["name"]: cell["value"] for cell in second["attributes"]}
    assert (said["ref"], said["reason"], said["basis"], said["summary"]) == ("e1", "capacity", "recalled", "said")
    columns = {*said, *(cell["name"] for cell in first["attributes"])}
    roles = {"who", "to", "present", "absent", "concerns", "about", "interpreter"}
    assert columns - {"earliest", "latest"} <= set(builder.COLUMNS["chronology"]) - roles


def test_a_concern_with_the_id_of_a_person_is_another_object(tmp_path: Path) -> None:
    case = builder.case("T@school", "T:3", "observed T T")
    log = json.loads(written(tmp_path, "ocel", case).read_text("utf-8"))
    assert [one["id"] for one in log["objects"]] == ["T", "K", "school", "concern T"]
    check("ocel_xml", written(tmp_path, "ocel_xml", case), case)


def test_pajek_has_days_of_the_record_as_whole_numbers(tmp_path: Path) -> None:
    lines = written(tmp_path, "pajek").read_text("utf-8-sig").splitlines()
    assert lines[1] == "% time 1 is 2024-01-10"
    assert '2 3 1 l "told" [6-11]' in lines  # S to P by the letter, 15 to 20 January
    assert '1 6 1 l "member" [1-*]' in lines
    graph = nx.read_pajek(tmp_path / "out.net")
    assert sum(data.get("l") == "told" for *_, data in graph.edges(data=True)) == 5


def test_pajek_begins_with_a_sign_of_utf_8_only_where_it_is_needed(tmp_path: Path) -> None:
    assert written(tmp_path, "pajek").read_bytes().startswith(b"% made by")
    case = builder.case("Ü@school S@council", "c1", "told Ü>S c1 phone")
    assert written(tmp_path, "pajek", case).read_bytes().startswith(b"\xef\xbb\xbf% made by")
    check("pajek", tmp_path / "out.net", case)


def test_vna_has_a_column_of_numbers_for_each_kind(tmp_path: Path) -> None:
    place = written(tmp_path, "vna")
    rows = assert_vna(place, 8)
    assert rows[0]["name"] == "Teacher"
    ties = place.read_text("utf-8").partition("*Tie data\n")[2].splitlines()
    kinds = ties[0].split()[2:]
    numbers = dict(zip(kinds, next(line for line in ties if line.startswith('"S" "P"')).split()[2:], strict=True))
    assert (numbers["told"], numbers["met"]) == ("2", "1")


def test_dl_has_a_matrix_for_each_kind(tmp_path: Path) -> None:
    text = written(tmp_path, "dl").read_text("utf-8")
    kinds = [line.strip('"') for line in text.partition("MATRIX LABELS:\n")[2].partition("DATA:")[0].splitlines()]
    numbers = text.partition("DATA:\n")[2].splitlines()
    told = numbers[8 * kinds.index("told") : 8 * kinds.index("told") + 8]
    assert told[1].split() == ["1", "0", "2", "0", "0", "0", "0", "0"]  # S to T once, to P twice


def test_dot_escapes_and_counts(tmp_path: Path) -> None:
    text = written(tmp_path, "dot").read_text("utf-8")
    assert 'n2 -> n3 [label="told (2)", edge_type="told", weight="2"];' in text


def test_parquet_is_a_folder_that_reads_again_where_text_goes_along(tmp_path: Path) -> None:
    with pytest.warns(sn.SafetynetWarning, match="summaries"):
        folder = sn.export(CASE, tmp_path / "x", format="parquet")
    assert "summary" not in pd.read_parquet(folder / "concerns.parquet")
    assert "The girl" not in "".join(path.read_bytes().decode("latin-1") for path in folder.iterdir())
    whole = sn.export(CASE, tmp_path / "y", format="parquet", text=True)
    assert sn.read_case(whole) == CASE.until("2024-02-03")


def test_later_rows_are_not_there(tmp_path: Path) -> None:
    for name in FILES:
        if name not in ("vna", "dl", "dot"):
            assert "zz8" not in written(tmp_path, name, at="2024-01-31").read_text("utf-8-sig")
    assert "2 rows not certain by 2024-01-31 (at)" in said(tmp_path, "gexf", at="2024-01-31")


# what is left out -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_narrative_goes_out_only_where_it_is_asked_for(name: str, tmp_path: Path) -> None:
    secret = "Zebrafink"
    case = sn.Case(
        CASE.people.assign(remark=secret),
        CASE.concerns.assign(summary=secret),
        CASE.chronology.assign(summary=secret, remark=secret),
        id="x",
        title=secret,
        attributes={"remark": secret},
    )
    assert secret not in written(tmp_path, name, case).read_text("utf-8-sig")
    assert "summaries and notes" in said(tmp_path, name, case)
    assert "columns of your own" in said(tmp_path, name, case)
    carries = {"hif", "ocel", "ocel_xml", "events"}
    text = written(tmp_path, name, case, text=True).read_text("utf-8-sig")
    assert (secret in text) == (name in carries | {"graphml", "gexf", "node_link", "vna"})
    assert secret not in said(tmp_path, name, case, text=True)


def test_what_a_format_cannot_carry_is_named_once(tmp_path: Path) -> None:
    words = said(tmp_path, "dl")
    for part in (
        "names of people",
        "the dates of contacts",
        "which concerns",
        "rows that are no contact",
        "(services)",
    ):
        assert words.count(part) == 1
    assert words.startswith("'out.dl' (UCINET DL) leaves out: ")
    assert "The girl" not in words


def test_a_case_that_fits_whole_is_written_without_a_word(tmp_path: Path) -> None:
    plain = sn.Case(
        pd.DataFrame({"id": ["T", "S"], "name": ["T", "S"], "kind": ["professional", "professional"]}),
        pd.DataFrame(columns=["id", "about", "category", "severity", "summary"]),
        pd.DataFrame([{"id": "e1", "date": "2024-01-01", "kind": "told", "who": "T", "to": "S", "channel": "phone"}]),
    )
    sn.export(plain, tmp_path / "x.graphml")


def test_a_column_of_ones_own_takes_no_name_of_the_format(tmp_path: Path) -> None:
    case = sn.Case(CASE.people.assign(label="mine", lead="x"), CASE.concerns, CASE.chronology, CASE.agencies)
    node = nx.read_graphml(written(tmp_path, "graphml", case, text=True)).nodes["T"]
    assert (node["label"], node["own_label"]) == ("Teacher", "mine")
    check("gexf", written(tmp_path, "gexf", case, text=True), case)


def test_every_feature_is_carried_by_some_format() -> None:
    assert set().union(*(form.carries for form in FORMATS.values())) == set(FEATURES)


# names of files and what is in the way --------------------------------------------------------------------


def test_a_name_that_may_be_several_formats_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(sn.ArgumentError, match=r"'node_link', 'hif', 'ocel'; or name the file .* 'x\.hif\.json'"):
        sn.export(CASE, tmp_path / "x.json")
    with pytest.raises(sn.ArgumentError, match="several formats"):
        sn.export(CASE, tmp_path / "x.xml")


def test_a_wish_settles_it(tmp_path: Path) -> None:
    with pytest.warns(sn.SafetynetWarning):
        place = sn.export(CASE, tmp_path / "x.json", format="hif")
    check_json(JSON["hif"], place)
    with pytest.warns(sn.SafetynetWarning):
        sn.export(CASE, tmp_path / "x.txt", format="pajek")


@pytest.mark.parametrize(
    ("name", "wish", "message"),
    [
        ("x.graphlm", None, r"Did you mean '\.graphml'"),
        ("x", None, "Give format=NAME, one of"),
        ("x.parquet", None, "folder"),
        ("x.xlsx", None, "write_case"),
        ("x.qdc", None, "write_codebook"),
        ("x.gexf", "graphml", "do not go together"),
        ("x.hif.json", "ocel", "do not go together"),
        ("x.json", "gexf", "do not go together"),
        ("x.json", "gefx", "Use one of"),
        ("x.json", 3, "Use one of"),
    ],
)
def test_a_name_or_a_wish_that_does_not_fit_is_answered(name: str, wish: Any, message: str, tmp_path: Path) -> None:
    with pytest.raises(sn.ArgumentError, match=message):
        sn.export(CASE, tmp_path / name, format=wish)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FILES)
def test_only_a_file_of_the_same_case_is_replaced(name: str, tmp_path: Path) -> None:
    place = tmp_path / f"out{FORMATS[name].suffixes[0]}"
    other = builder.case("T@school Z@council", "c1", "met T;Z c1", id="x", title="The girl from the mill")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sn.SafetynetWarning)
        sn.export(CASE, place)
        if FORMATS[name].marked:
            sn.export(CASE, place, at="2024-01-15")
        before = place.read_bytes()
        for case in (other,) if FORMATS[name].marked else (CASE, other):
            with pytest.raises(sn.FileInTheWayError):
                sn.export(case, place)
            assert place.read_bytes() == before
        sn.export(other, place, overwrite=True)
        assert place.read_bytes() != before


# hostile text ---------------------------------------------------------------------------------------------

HOSTILE = [
    '"><script>alert(1)</script>',
    "</data></node></graph>",
    "]]>",
    "<!-- -->",
    "&amp;&lt;",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2",
    "a\nb",
    "a\r\nb\rc",
    "a\tb",
    "\x00\x07\x1b",
    "\ufffe\uffff",
    "\u202eevil\u2066",
    "\u05e9\u05dc\u05d5\u05dd",
    "\U0001f9d2\u200d\U0001f467",
    "a\u2028b\u2029c\x85d",
    "x" * 300,
    "it's",
    'say "hi"',
    "back\\slash\\",
    "\\N \\G %s {0}",
    "*Arcs",
    "% remark",
    "// no",
    "DATA:",
    "DL N=3",
    "NA",
    "null",
    " spaces  inside ",
    "e\u0301",
]
signs = st.sampled_from([*"\"<>&'\\;,=+-@%*#[](){}", "\n", "\r", "\t", "\x00", "\x0b", "\x1f", "\ufffd", "\u202e", "é"])
hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(signs, min_size=1, max_size=12),
    st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=30),
)


def with_texts(texts: list[str]) -> sn.Case:
    """A case with hostile text in every cell that takes text: names, roles, summaries, notes, columns of one's own."""
    give = itertools.cycle(texts)

    def filled(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
        return table.assign(**{column: [next(give) for _ in range(len(table))] for column in columns})

    return sn.Case(
        filled(CASE.people, "name", "role", "language", "own"),
        filled(CASE.concerns, "summary", "own"),
        filled(CASE.chronology, "summary", "rule", "basis", "own"),
        agencies=filled(CASE.agencies, "name", "area"),
        services=filled(CASE.services, "need"),
        ties=CASE.ties,
        title=texts[0],
    )


def check_hostile(folder: Path, case: sn.Case) -> None:
    for name in FILES:
        for text in (False, True):
            check(name, written(folder, name, case, text=text), case)


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_stays_text_in_every_format(text: str, tmp_path: Path) -> None:
    case = with_texts([text])
    check_hostile(tmp_path, case)
    graph = nx.read_graphml(written(tmp_path, "graphml", case))
    assert graph.nodes["T"]["label"] == xml(case.people["name"][0])
    nodes, _, _ = gexf_parts(written(tmp_path, "gexf", case))
    assert nodes["T"].get("label") == xml(case.people["name"][0])
    with written(tmp_path, "events", case).open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert {formulas.unescape(line["sender_name"]) for line in table} == {
        case.people["name"][0].replace("\0", "\ufffd")
    }
    assert not any(line["sender_name"].startswith(("=", "+", "-", "@", "\t", "\r")) for line in table)


@settings(max_examples=20)
@given(st.lists(hostile, min_size=1, max_size=8))
def test_random_text_stays_text_in_every_format(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    texts = [text if text.strip() else "x" for text in texts]
    try:
        case = with_texts(texts)
    except sn.CaseError:  # some signs are refused on the way in
        return
    check_hostile(tmp_path_factory.mktemp("out"), case)


@settings(max_examples=25)
@given(st.lists(hostile, min_size=3, max_size=3, unique=True))
def test_hostile_ids_stay_apart_in_every_format(tmp_path_factory: pytest.TempPathFactory, ids: list[str]) -> None:
    kinds = ["professional", "professional", "child"]
    people = pd.DataFrame({"id": ids, "name": ids, "kind": kinds, "agency": [f"{ids[0]} x", "", ""]})
    concern = {"id": ids[1], "about": ids[2], "category": "neglect", "severity": "2", "summary": ids[0]}
    row = {"date": "2024-01-01", "kind": "told", "who": ids[0], "to": ids[1], "concerns": ids[1], "channel": "phone"}
    rows = pd.DataFrame([{"id": ids[2], **row}, {"id": ids[0], **row, "kind": "met", "channel": "", "to": ""}])
    try:
        case = sn.Case(people, pd.DataFrame([concern]), rows)
    except sn.CaseError:
        return
    check_hostile(tmp_path_factory.mktemp("out"), case)


def test_ids_that_differ_only_in_what_a_format_drops_stay_apart(tmp_path: Path) -> None:
    ids = ["a\x01", "a\x02", "a", "A", "x" * 30, "x" * 31, 'a"', "a'"]
    case = sn.Case(
        pd.DataFrame({"id": ids, "name": ids, "kind": ["professional"] * 8}),
        CASE.concerns.head(0),
        pd.DataFrame([{"id": "e1", "date": "2024-01-01", "kind": "met", "who": ";".join(ids)}]),
    )
    check_hostile(tmp_path, case)
    assert "ids as they stand" in said(tmp_path, "dl", case)
    assert "signs that the format cannot hold" in said(tmp_path, "graphml", case)
