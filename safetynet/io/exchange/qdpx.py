"""Coded passages of a REFI-QDA project (``.qdpx``), as NVivo, MAXQDA, ATLAS.ti, Taguette and QualCoder export it.

Only what was coded is read: texts, transcripts, and what is written beside selections of PDFs, pictures, sound and
film. Nothing is unpacked to disk, and no entity of the XML is followed.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ..limits import Archive
from ..reading import Unreadable
from .segments import Code, Document, Segment

_INTERNAL = "internal://"
_MOST_BYTES = 40_000_000  # of the XML of a project
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, RuntimeError),
    *(LookupError, ValueError, OverflowError),
)
_DATES = ("date", "date of event", "event date", "when")
_AGENCIES = ("agency", "organisation", "organization", "service")


def from_qdpx(data: bytes) -> list[Segment]:
    """The coded passages of a project.

    Raises
    ------
    Unreadable
        If it is no project that can be read, or too large.
    """
    if not data.startswith(b"PK"):
        return _Project(_parsed(data), None).segments()
    broken = Unreadable("the file cannot be opened as a project.", "Export it again as a REFI-QDA project (.qdpx).")
    try:
        archive = Archive(data, "project")
        name = next((one for one in sorted(archive.names) if one.lower().endswith(".qde") and "/" not in one), "")
        if not name:
            raise Unreadable("there is no project.qde in it.", "Export it again as a REFI-QDA project (.qdpx).")
        return _Project(_parsed(archive.read(name)), archive).segments()
    except Unreadable:
        raise
    except _BROKEN:
        raise broken from None


def _parsed(data: bytes) -> Element:
    hint = "Export it again as a REFI-QDA project (.qdpx)."
    if len(data) > _MOST_BYTES:
        said = f"the project has {len(data) / 1e6:,.0f} million bytes of XML; {_MOST_BYTES / 1e6:,.0f} are read."
        raise Unreadable(said, "Export it in parts.")
    try:
        top: Element = fromstring(data)
    except DefusedXmlException:
        raise Unreadable("its XML has entities, which are not read.", hint) from None
    except (ParseError, ValueError, LookupError) as error:
        where = getattr(error, "position", None)
        at = f", line {where[0]}" if where else ""
        raise Unreadable(f"the project is no XML that can be read{at}.", hint) from None
    if _local(top) != "Project":
        raise Unreadable("the XML is no REFI-QDA project.", hint)
    return top


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: Element | None, name: str) -> list[Element]:
    """The children of a name."""
    return [] if element is None else [one for one in element if _local(one) == name]


def _first(element: Element | None, name: str) -> Element | None:
    return next(iter(_all(element, name)), None)


def _text(element: Element | None, name: str) -> str:
    found = _first(element, name)
    return "" if found is None else (found.text or "")


def _guid(text: str | None) -> str:
    return (text or "").strip("{} ").lower()


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


class _Project:
    """A project while its passages are read."""

    def __init__(self, top: Element, archive: Archive | None) -> None:
        self.top, self.archive = top, archive
        self.codes = dict(_codes(_first(_first(top, "CodeBook"), "Codes")))
        self.users = {_guid(one.get("guid")): one.get("name", "") for one in _all(_first(top, "Users"), "User")}
        variables = _all(_first(top, "Variables"), "Variable")
        self.variables = {_guid(one.get("guid")): one.get("name", "").strip().casefold() for one in variables}
        notes = _all(_first(top, "Notes"), "Note")
        self.notes = {_guid(one.get("guid")): self._content(one) for one in notes}

    def segments(self) -> list[Segment]:
        found: list[Segment] = []
        for source in _first(self.top, "Sources") or ():
            document = self._document(source)
            if _local(source) == "TextSource":
                found += self._of_text(source, document)
            else:
                found += self._of_other(source, document)
        return found

    def _document(self, source: Element) -> Document:
        said: dict[str, str] = {}
        for value in _all(source, "VariableValue"):
            reference = _first(value, "VariableRef")
            name = self.variables.get(_guid(None if reference is None else reference.get("targetGUID")), "")
            texts = [one.text or "" for one in value if _local(one).endswith("Value")]
            if name and texts:
                said[name] = texts[0].strip()
        date = next((said[name] for name in _DATES if said.get(name)), "").partition("T")[0]
        agency = next((said[name] for name in _AGENCIES if said.get(name)), "")
        return Document(source.get("name", "") or "a source", date, agency, self._coded(source))

    def _content(self, source: Element) -> str:
        """The plain text of a source: in the project, or in a file of the archive that is named there."""
        inline = _first(source, "PlainTextContent")
        if inline is not None:
            return inline.text or ""
        path = source.get("plainTextPath", "")
        if self.archive is None or not path.startswith(_INTERNAL):
            return ""
        wanted = path.removeprefix(_INTERNAL)
        name = next((one for one in self.archive.names if one.partition("/")[2] == wanted or one == wanted), "")
        if not name:
            return ""
        return self.archive.read(name).decode("utf-8-sig", errors="replace")

    def _coded(self, element: Element) -> tuple[Code, ...]:
        found: list[Code] = []
        for coding in _all(element, "Coding"):
            reference = _first(coding, "CodeRef")
            code = self.codes.get(_guid(None if reference is None else reference.get("targetGUID")))
            if code:
                found.append(code)
        return tuple(dict.fromkeys(found))

    def _of_text(self, source: Element, document: Document) -> Iterator[Segment]:
        content = self._content(source)
        for one in _all(source, "PlainTextSelection"):
            start, end = _number(one.get("startPosition")), _number(one.get("endPosition"))
            text = content[start:end] if start is not None and end is not None and start <= end else ""
            place = "" if start is None or end is None else f"characters {start} to {end}"
            yield from self._segment(one, document, text, place, start, end)

    def _of_other(self, source: Element, document: Document) -> Iterator[Segment]:
        """What is written beside selections of a PDF, a picture, sound or film, and its transcripts."""
        for one in source:
            kind = _local(one)
            if kind in ("Representation", "TextDescription"):
                yield from self._of_text(one, document)
            elif kind == "Transcript":
                yield from self._of_transcript(one, document)
            elif kind.endswith("Selection"):
                beside = _first(one, "Representation")
                text = self._content(beside) if beside is not None else ""
                if beside is not None:
                    yield from self._of_text(beside, document)
                yield from self._segment(one, document, text, _place_of(one))

    def _of_transcript(self, transcript: Element, document: Document) -> Iterator[Segment]:
        content = self._content(transcript)
        points = {_guid(one.get("guid")): _number(one.get("position")) for one in _all(transcript, "SyncPoint")}
        for one in _all(transcript, "TranscriptSelection"):
            start, end = points.get(_guid(one.get("fromSyncPoint"))), points.get(_guid(one.get("toSyncPoint")))
            text = content[start:end] if start is not None and end is not None and start <= end else ""
            yield from self._segment(one, document, text, "transcript", start, end)

    def _segment(
        self, one: Element, document: Document, text: str, place: str, start: int | None = None, end: int | None = None
    ) -> Iterator[Segment]:
        codes = self._coded(one)
        if not codes:
            return
        said = text.strip() or _text(one, "Description").strip() or one.get("name", "").strip()
        notes = [self.notes.get(_guid(note.get("targetGUID")), "") for note in _notes_of(one)]
        comment = "; ".join(note.strip() for note in notes if note.strip())
        users = [coding.get("creatingUser") for coding in _all(one, "Coding")] + [one.get("creatingUser")]
        coders = dict.fromkeys(self.users.get(_guid(user), "") for user in users)
        coder = "; ".join(name for name in coders if name)
        yield Segment(document, said, codes, start, end, place, coder, comment)


def _notes_of(one: Element) -> Iterable[Element]:
    yield from _all(one, "NoteRef")
    for coding in _all(one, "Coding"):
        yield from _all(coding, "NoteRef")


def _place_of(one: Element) -> str:
    parts = {name: one.get(name) for name in ("page", "begin", "end", "firstX", "firstY", "secondX", "secondY")}
    return ", ".join(f"{name} {value}" for name, value in parts.items() if value)


def _codes(codes: Element | None) -> Iterator[tuple[str, Code]]:
    """Every code by its identifier, with the names of those above it."""
    left: list[tuple[Element, Code]] = [(one, ()) for one in _all(codes, "Code")]
    while left:
        one, above = left.pop()
        code = (*above[-8:], one.get("name", "").strip() or "a code without a name")
        yield _guid(one.get("guid")), code
        left += [(below, code) for below in _all(one, "Code")]
