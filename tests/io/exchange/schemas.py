"""The schemas to which the tests hold what is written."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xmlschema

FOLDER = Path(__file__).resolve().parents[2] / "data" / "schemas"


@cache
def xml_schema(name: str) -> xmlschema.XMLSchema:
    import xmlschema

    return xmlschema.XMLSchema(str(FOLDER / f"{name}.xsd"))


@cache
def json_schema(name: str) -> Any:
    import jsonschema  # takes a second or two, so that only the tests that need it wait for it

    content = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator(content, format_checker=jsonschema.FormatChecker())


def check_xml(name: str, path: Path) -> None:
    faults = [str(fault.reason) for fault in xml_schema(name).iter_errors(str(path))]
    assert faults == []


def check_json(name: str, path: Path) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    assert [fault.message for fault in json_schema(name).iter_errors(content)] == []
