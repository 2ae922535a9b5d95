"""The formats in which a case goes out: one list of them, with what each can carry and how a file is named.

What a format cannot carry, and the case has, is said once a call: :func:`left_out`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from ...case.schema import BY_NAME
from ...errors import ArgumentError, choose, did_you_mean
from ...wording import count
from .. import csv_folder
from . import actors, dot, events, gexf, graphml, json_graphs, markup, ocel, pajek, ucinet
from .source import Source, iso

Name = Literal[
    "graphml",
    "gexf",
    "vna",
    "dl",
    "pajek",
    "node_link",
    "hif",
    "ocel",
    "ocel_xml",
    "events",
    "actors",
    "dot",
    "parquet",
]
_FEW = ("people", "agencies", "concerns", "chronology", "case")  # the tables that have a feature of their own


class Feature(NamedTuple):
    """Something that a case has and a format may not be able to carry."""

    words: str
    there: Callable[[Source], bool]


FEATURES: dict[str, Feature] = {
    "names": Feature("names of people and agencies", lambda source: bool(source.nodes)),
    "columns": Feature("roles, agencies and other columns of people", lambda source: bool(source.nodes)),
    "dates": Feature("the dates of contacts", lambda source: any(edge.row for edge in source.edges)),
    "sent": Feature("contacts that are no meeting", lambda s: any(r.is_contact and not r.is_together for r in s.rows)),
    "passed": Feature("which concerns were passed on", lambda s: any(r.is_contact and r.concerns for r in s.rows)),
    "other_rows": Feature(
        "rows that are no contact (observed by one, agreed, assumed …)",
        lambda source: any(not row.is_contact for row in source.rows),
    ),
    "concerns": Feature("what the concerns are", lambda source: bool(source.records.concerns)),
    "ties": Feature("memberships, involvement and ties", lambda s: any(not edge.row for edge in s.edges)),
    "tables": Feature("other tables", lambda source: bool(_others(source))),
    "own": Feature("columns of your own of people and agencies", lambda s: _own(s, ("people", "agencies"))),
    "own_rows": Feature(
        "columns of your own of other tables",
        lambda s: _own(s, [n for n in BY_NAME if n not in ("people", "agencies")]),
    ),
    "text": Feature("summaries and notes", Source.has_text),
}


class Format(NamedTuple):
    """A format: what it is called, how its files end, what it can carry, and how the bytes of a file are made."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    carries: frozenset[str]
    make: Callable[[Source], bytes] | None  # None: a folder of tables
    marked: bool = True
    labels: Callable[[Source], dict[str, str]] | None = None  # where ids may have to become other labels
    cannot_hold: Callable[[str], bool] | None = None  # a text with a sign that the format has no way to write


def _json(make: Callable[[Source], dict[str, Any]]) -> Callable[[Source], bytes]:
    return lambda source: (json.dumps(make(source), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _text(make: Callable[[Source], str]) -> Callable[[Source], bytes]:
    return lambda source: make(source).encode("utf-8")


def _pajek(source: Source) -> bytes:
    """Pajek takes a text for UTF-8 by its first sign; where nothing needs it, other readers do without."""
    text = pajek.to_pajek(source)
    return text.encode("ascii") if text.isascii() else text.encode("utf-8-sig")


def _csv(columns: Sequence[str], rows: Iterable[tuple[str, ...]]) -> bytes:
    lines = [tuple(cell.replace("\0", markup.REPLACED) for cell in row) for row in rows]
    return csv_folder.as_csv(columns, lines)


_GRAPH = frozenset({"names", "columns", "dates", "sent", "passed", "ties", "own"})
_LOG = frozenset({"names", "columns", "dates", "sent", "passed", "other_rows", "concerns", "ties", "own", "text"})
FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("graphml", "GraphML", (".graphml",), _GRAPH, _text(graphml.to_graphml), cannot_hold=markup.has_unheld),
        Format("gexf", "GEXF 1.3", (".gexf",), _GRAPH, _text(gexf.to_gexf), cannot_hold=markup.has_unheld),
        Format(
            "vna",
            "UCINET VNA",
            (".vna",),
            frozenset({"names", "columns", "sent", "ties", "own"}),
            _text(ucinet.to_vna),
            marked=False,
            labels=ucinet.vna_labels,
        ),
        Format(
            "dl",
            "UCINET DL",
            (".dl",),
            frozenset({"sent", "ties"}),
            _text(ucinet.to_dl),
            marked=False,
            labels=ucinet.dl_labels,
        ),
        Format(
            "pajek",
            "Pajek",
            (".net",),
            frozenset({"dates", "sent", "ties"}),
            _pajek,
            labels=pajek.pajek_labels,
        ),
        Format("node_link", "node-link JSON", (".node_link.json",), _GRAPH, _json(json_graphs.to_node_link)),
        Format(
            "hif",
            "HIF",
            (".hif.json", ".hif"),
            frozenset({"names", "columns", "dates", "passed", "own", "text"}),
            _json(json_graphs.to_hif),
        ),
        Format("ocel", "OCEL 2.0", (".ocel.json", ".jsonocel"), _LOG, _json(ocel.to_ocel)),
        Format(
            "ocel_xml",
            "OCEL 2.0 (XML)",
            (".ocel.xml", ".xmlocel"),
            _LOG,
            _text(ocel.to_ocel_xml),
            cannot_hold=markup.has_unheld,
        ),
        Format(
            "events",
            "a list of events",
            (".events.csv", ".csv"),
            frozenset({"names", "dates", "sent", "passed", "text"}),
            lambda source: _csv(events.columns(source), events.to_events(source)),
            marked=False,
            cannot_hold=lambda text: "\0" in text,
        ),
        Format(
            "actors",
            "a table of actors",
            (".actors.csv",),
            frozenset({"names", "columns"}),
            lambda source: _csv(actors.COLUMNS, actors.to_actors(source)),
            marked=False,
            cannot_hold=lambda text: "\0" in text,
        ),
        Format("dot", "DOT", (".dot", ".gv"), frozenset({"names", "sent", "ties"}), _text(dot.to_dot)),
        Format("parquet", "Parquet", (), frozenset(FEATURES), None, marked=False),
    )
}
_SHARED = {".json": ("node_link", "hif", "ocel"), ".xml": ("graphml", "gexf", "ocel_xml"), ".txt": tuple(FORMATS)}


def format_of(place: Path, wished: str | None) -> Format:
    """The format that the name of a file and a wish for one add up to.

    Raises
    ------
    ArgumentError
        With the formats to choose from, if the name may be several or none, or does not go with the wish.
    """
    name = place.name.lower()
    endings = [(ending, one) for one in FORMATS.values() for ending in one.suffixes if name.endswith(ending)]
    named = max(endings, key=lambda pair: len(pair[0]))[1] if endings else None
    if wished is not None:
        found = FORMATS[choose("format", wished, tuple(FORMATS))]
        if _not_for(found, named, place):
            what = f"that is {named.title}" if named else f"that may be {_listed(_SHARED[place.suffix.lower()])}"
            raise ArgumentError(
                f"format={wished!r} and a name that ends in {place.suffix!r} do not go together: {what}. Leave format "
                f"out, or name the file {_example(place, found)!r}."
            )
        return found
    if named is not None:
        return named
    suffix = place.suffix.lower()
    if suffix in _SHARED:
        several = _SHARED[suffix]
        names = ", ".join(repr(_example(place, FORMATS[one])) for one in several)
        raise ArgumentError(
            f"{place.name!r} may be one of several formats. Give format=NAME, one of {_listed(several)}; or name the "
            f"file for it: {names}."
        )
    if suffix == ".parquet":
        raise ArgumentError(
            f"{place.name!r} would be one file, and a case is several tables. Give the name of a folder, and "
            "format='parquet'."
        )
    ours = {".xlsx": "write_case", ".qdc": "write_codebook", ".html": "report"}
    if suffix in ours:
        raise ArgumentError(
            f"{place.name!r}: a file that ends in {suffix!r} is written by {ours[suffix]}, not by export."
        )
    known = [ending for one in FORMATS.values() for ending in one.suffixes]
    near = f" {hint}" if suffix and (hint := did_you_mean(suffix, known, allowed=0)) else ""
    raise ArgumentError(
        f"{place.name!r}: from {suffix!r} no format can be told.{near} Give format=NAME, one of {_listed(FORMATS)}, or "
        f"end the name in one of {', '.join(known)}."
    )


def _not_for(found: Format, named: Format | None, place: Path) -> bool:
    """Whether a name is one for other formats."""
    if named is not None:
        return named is not found
    return found.name not in _SHARED.get(place.suffix.lower(), (found.name,))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)


def _example(place: Path, form: Format) -> str:
    return place.name.split(".")[0] + (form.suffixes[0] if form.suffixes else "")


# what is left out -----------------------------------------------------------------------------------------


def left_out(form: Format, source: Source) -> list[str]:
    """What the case has and the file will not have, in words; nothing of it says what stands in a cell."""
    said = []
    if source.later:
        said.append(f"{count(source.later, 'row')} not certain by {iso(source.day)} (at)")
    for name, feature in FEATURES.items():
        asks = name in ("text", "own", "own_rows")
        if feature.there(source) and not (name in form.carries and (source.text or not asks)):
            words = f"{feature.words} ({', '.join(_others(source))})" if name == "tables" else feature.words
            said.append(f"{words} (text=True takes them along)" if name in form.carries else words)
    if form.labels is not None:
        changed = sum(one != label for one, label in form.labels(source).items())
        if changed:
            said.append(
                f"{count(changed, 'id')} as {'it stands' if changed == 1 else 'they stand'}: the labels are "
                "other ones, in the same order"
            )
    if form.cannot_hold is not None and any(map(form.cannot_hold, _texts(source))):
        said.append("signs that the format cannot hold (each stands as \ufffd)")
    return said


def _others(source: Source) -> list[str]:
    raw = source.case._raw
    return [name for name in BY_NAME if name not in (*_FEW, "ties") and name in raw and raw[name].rows]


def _own(source: Source, tables: Sequence[str]) -> bool:
    return any(
        any(row[place] for row in table.rows)
        for name in tables
        if name != "case" and (table := source.case._raw.get(name)) is not None
        for place, column in enumerate(table.columns)
        if column not in BY_NAME[name].names
    )


def _texts(source: Source) -> Iterable[str]:
    for node in source.nodes:
        yield from (node.id, node.name, *map(str, node.attributes.values()))
    for edge in source.edges:
        yield from map(str, edge.attributes.values())
    if source.text:
        yield from (row.summary for row in source.rows)
        yield from (one.summary for one in source.records.concerns.values())
