"""``datapackage.json``: what a folder of tables says about itself (Frictionless Tabular Data Package).

It is written from the case, and what it says about title, source and licence is put into the row of the
``case`` table where that has none, so that there is one truth. Anything else in it is left alone.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..case.columns import Column
from ..case.headings import table_named
from ..case.schema import BY_NAME
from .csv_folder import Dialect
from .json_file import Pairs, load
from .reading import Reading, Unreadable, brief

NAME = "datapackage.json"
_TEXTS = ("utf-16", "iso8859", "cp12", "mac-")  # encodings that a package may name; anything else is UTF-8
_LICENCE_NAME = re.compile(r"[A-Za-z0-9._-]+")


# reading --------------------------------------------------------------------------------------------------


Package = Mapping[str, Any]


def read(data: bytes, reading: Reading) -> Package:
    """What a package says; nothing, after noting why, where it cannot be read."""
    try:
        package = load(data)
    except Unreadable as error:
        reading.add(NAME, error.problem, f"{error.hint} Or take the file away: the case can be read without it.")
        return {}
    if not isinstance(package, Pairs):
        reading.add(NAME, "the file is no JSON object.", "Take it away: the case can be read without it.")
        return {}
    return dict(package)


def fill(said: Package, reading: Reading) -> None:
    """Take title, source and licence from a package, where the case has none."""
    values = {
        "title": _text(said.get("title"), "title", reading),
        "source": _listed(said.get("sources"), "sources", ("title", "path", "web", "name"), reading),
        "licence": _listed(said.get("licenses"), "licenses", ("title", "name", "type", "path", "url"), reading),
    }
    reading.fill_case({name: value for name, value in values.items() if value})


def tables(said: Package, folder: Path, reading: Reading) -> dict[str, tuple[Path, Dialect | None]]:
    """The file of each resource that is a table of a case, where the package names one, and how it is written."""
    found: dict[str, tuple[Path, Dialect | None]] = {}
    resources = said.get("resources")
    for item in resources if isinstance(resources, list) and not isinstance(resources, Pairs) else ():
        resource = dict(item) if isinstance(item, Pairs) else {}
        name, path = resource.get("name"), resource.get("path")
        table = table_named(name) if isinstance(name, str) else ""
        if isinstance(path, list) and not isinstance(path, Pairs) and len(path) == 1:
            path = path[0]
        if not table or (path is None and "data" not in resource):
            continue
        place = _inside(folder, path) if isinstance(path, str) else None
        if place is not None and place.exists():
            found[table] = (place, _dialect(resource))
        elif place is None or place.parent != folder:
            reading.add_unread(
                table,
                f"{NAME} says that it is {brief(path)}, which is not there."
                if isinstance(path, str)
                else f"{NAME} does not say in which one file it is.",
                "A table is one file in the folder or below it; correct the path, or take the resource out.",
            )
    return found


def _inside(folder: Path, path: str) -> Path | None:
    """The file that a path of a package names; None for an address, and for a place outside the folder."""
    plain = Path(path)
    if "://" in path or "\0" in path or plain.is_absolute() or ".." in plain.parts:
        return None
    return folder / plain


def _dialect(resource: Package) -> Dialect:
    """How a file is written, as far as the package says and we can follow."""
    said = resource.get("dialect")
    dialect = dict(said) if isinstance(said, Pairs) else {}
    separator, quote, encoding = dialect.get("delimiter"), dialect.get("quoteChar"), resource.get("encoding")
    try:
        known = codecs.lookup(encoding).name if isinstance(encoding, str) and len(encoding) < 40 else ""
    except (LookupError, ValueError):
        known = ""
    return Dialect(
        separator if isinstance(separator, str) and len(separator) == 1 else "",
        quote if isinstance(quote, str) and len(quote) == 1 else '"',
        known if known.startswith(_TEXTS) else "",
    )


def _text(value: Any, name: str, reading: Reading) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            pass
        else:
            return str(value)
    reading.add(NAME, f"{name!r} is no text.", "Write a text, or take it away.", column=name)
    return ""


def _listed(value: Any, name: str, keys: Sequence[str], reading: Reading) -> str:
    """A list of objects, each by the first of its `keys` that it has."""
    if value is None:
        return ""
    if isinstance(value, Pairs) or not isinstance(value, list) or not all(isinstance(item, Pairs) for item in value):
        reading.add(
            NAME,
            f"{name!r} is no list of objects.",
            f'Write "{name}": [{{"title": "..."}}], or take it away.',
            column=name,
        )
        return ""
    found: list[str] = []
    for item in value:
        said = dict(item)
        found.append(next((text for key in keys if (text := _text(said.get(key), name, reading))), ""))
    return "; ".join(text for text in found if text)


# writing --------------------------------------------------------------------------------------------------


def as_package(
    about: Mapping[str, str], tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[str]]]], form: str
) -> bytes:
    """The package of a folder: `about` is the row of the ``case`` table, `form` is csv or parquet."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9._-]+", "-", about.get("id", "").lower()).strip("-") or "case",
    }
    if about.get("title"):
        package["title"] = about["title"]
    if about.get("source"):
        package["sources"] = [{"title": about["source"]}]
    if about.get("licence"):
        text = about["licence"]
        named = text if _LICENCE_NAME.fullmatch(text) else "other"
        package["licenses"] = [{"name": named} if named == text else {"name": named, "title": text}]
    package["resources"] = [_resource(name, columns, set(tables), form) for name, (columns, _) in tables.items()]
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _resource(name: str, columns: Sequence[str], present: set[str], form: str) -> dict[str, Any]:
    table = BY_NAME[name]
    resource: dict[str, Any] = {
        "name": name,
        "path": f"{name}.{form}",
        "profile": "tabular-data-resource",
        "description": table.help,
        "format": form,
    }
    if form == "csv":
        resource |= {
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        }
    else:
        resource |= {"mediatype": "application/vnd.apache.parquet"}
    resource["schema"] = schema(name, columns, present)
    return resource


def schema(name: str, columns: Sequence[str], present: set[str]) -> dict[str, Any]:
    """The Frictionless Table Schema of one table with these columns, in a package of the tables `present`."""
    table = BY_NAME[name]
    out: dict[str, Any] = {
        "fields": [_field(column, table.get(column)) for column in columns],
        "missingValues": [""],
    }
    if table.key and all(key in columns for key in table.key):
        out["primaryKey"] = list(table.key) if len(table.key) > 1 else table.key[0]
    keys: list[dict[str, Any]] = []
    for column in (table.get(column) for column in columns):
        if column is None or column.type != "ref" or column.extra or len(column.points_to) != 1:
            continue  # a list of ids, or an id of one of several tables, is no foreign key
        target = column.points_to[0]
        if target in present:
            reference = {"resource": "" if target == name else target, "fields": BY_NAME[target].key[0]}
            keys.append({"fields": column.name, "reference": reference})
    if keys:
        out["foreignKeys"] = keys
    return out


def _field(name: str, column: Column | None) -> dict[str, Any]:
    if column is None:
        return {"name": name, "type": "string"}
    field: dict[str, Any] = {"name": name, "type": "integer" if column.type == "integer" else "string"}
    if column.help:
        field["description"] = column.help
    rules: dict[str, Any] = {}
    if column.required:
        rules["required"] = True
    if column.type == "id":
        rules["unique"] = True
    if column.closed:
        rules["enum"] = list(column.vocabulary)
    if column.type == "integer":
        rules |= {"minimum": column.low, "maximum": column.high}
    if rules:
        field["constraints"] = rules
    return field
