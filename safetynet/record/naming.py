"""How a sentence names people, agencies and concerns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..wording import in_words

if TYPE_CHECKING:
    from .snapshot import Snapshot

QUOTED = 70  # characters of a concern's summary that a sentence repeats


def name(view: Snapshot, one: str) -> str:
    """The name of a person or an agency, as a sentence says it."""
    found = view.records.people.get(one) or view.records.agencies.get(one)
    return one if found is None else " ".join(found.name.split()) or one


def names(view: Snapshot, ones: Iterable[str], most: int = 6, *, as_given: bool = False) -> str:
    """Several names by their ids, or `as_given`: "A, B and C"; beyond `most` the rest is counted."""
    listed = [name(view, one) for one in (ones if as_given else sorted(ones))]
    if len(listed) > most:
        listed = [*listed[: most - 1], f"{len(listed) - most + 1} others"]
    return in_words(listed)


def gravest_first(view: Snapshot, ones: Iterable[str]) -> list[str]:
    """Concerns in the order in which a sentence lists them: gravest first, then by id."""
    return sorted(ones, key=lambda one: (-view.records.concerns[one].severity, one))


def concern(view: Snapshot, one: str) -> str:
    """A concern with its summary: C13 (Scars and bruises …)."""
    summary = " ".join(view.records.concerns[one].summary.split())
    if len(summary) > QUOTED:
        summary = summary[:QUOTED].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return f"{one} ({summary})" if summary else one


def concerns(view: Snapshot, ones: Iterable[str], most: int = 4, told: int = 99) -> str:
    """Several concerns, gravest first, the first `told` with their summaries; beyond `most` the rest is counted."""
    words = [concern(view, one) if place < told else one for place, one in enumerate(gravest_first(view, ones))]
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} more"]
    return "; ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1] if words else ""
