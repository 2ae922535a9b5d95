"""Coded passages of a qualitative analysis: what was marked, where, and with which codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

Code = tuple[str, ...]  # a code with those above it, the highest first


class Document(NamedTuple):
    """What was coded: its name, and what is said of it as a whole."""

    name: str
    date: str = ""
    agency: str = ""
    codes: tuple[Code, ...] = ()


class Segment(NamedTuple):
    """A passage with its codes; `start` and `end` are None where the source does not say where it stands."""

    document: Document
    text: str
    codes: tuple[Code, ...]
    start: int | None = None
    end: int | None = None
    place: str = ""  # where it stands, in the words of the program
    coder: str = ""
    comment: str = ""
    line: str = ""  # what a person calls it in the file


def joined(segments: Iterable[Segment]) -> list[Segment]:
    """The passages, each once with all of its codes: those of one place or, where no place is known, of one text."""
    found: dict[tuple[object, ...], Segment] = {}
    for one in segments:
        where: tuple[object, ...] = (one.start, one.end) if one.start is not None else (one.place, one.text)
        key = (one.document, *where)
        before = found.get(key)
        if before is None:
            found[key] = one._replace(codes=tuple(dict.fromkeys(one.codes)))
        else:
            found[key] = before._replace(
                codes=tuple(dict.fromkeys([*before.codes, *one.codes])),
                coder=_both(before.coder, one.coder),
                comment=_both(before.comment, one.comment),
                line=_both(before.line, one.line),
            )
    return list(found.values())


def nested(segments: Iterable[Segment], is_row: Iterable[Code]) -> list[Segment]:
    """The passages, where one without a kind of row that lies within one that has one gives it its codes."""
    rows = set(is_row)
    whole = list(segments)
    makers: dict[Document, list[Segment]] = {}
    for one in whole:
        if one.start is not None and one.end is not None and rows & set(one.codes):
            makers.setdefault(one.document, []).append(one)
    added: dict[int, list[Code]] = {}
    taken: set[int] = set()
    for place, one in enumerate(whole):
        if one.start is None or one.end is None or rows & set(one.codes):
            continue
        around = [maker for maker in makers.get(one.document, ()) if _within(one, maker)]
        if around:
            taken.add(place)
            for maker in around:
                added.setdefault(id(maker), []).extend(one.codes)
    return [
        one._replace(codes=tuple(dict.fromkeys([*one.codes, *added.get(id(one), ())])))
        for place, one in enumerate(whole)
        if place not in taken
    ]


def _within(one: Segment, other: Segment) -> bool:
    ends = (one.start, one.end, other.start, other.end)
    return None not in ends and other.start <= one.start and one.end <= other.end  # type: ignore[operator]


def _both(one: str, other: str) -> str:
    return one if not other or other in one.split("; ") else "; ".join(part for part in (one, other) if part)
