"""Files of UCINET: VNA with everybody and the number of contacts of each kind, and DL with a matrix for each kind.

Neither format has a way to write a quotation mark inside quotation marks, or a new line: both become other signs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from .source import Source

LONGEST = 18  # signs of a label that UCINET keeps
_UNHELD = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")


def to_vna(source: Source) -> str:
    """Node data (id, name, kind, role, agency …) and tie data (a column for each kind, with how many)."""
    columns = list(dict.fromkeys(name for node in source.nodes for name in node.attributes))
    labels = vna_labels(source)
    heading = ["ID", *unique(["name", "node_type", *columns], _heading).values()]
    made = ["*Node data", " ".join(heading)]
    for node in source.nodes:
        cells = [node.name, node.kind, *(str(node.attributes.get(name, "")) for name in columns)]
        made.append(" ".join(_quoted(cell) for cell in (labels[node.id], *map(_plain, cells))))
    kinds, ties = counted(source)
    made += ["*Tie data", " ".join(["FROM", "TO", *kinds])]
    for (one, other), numbers in ties.items():
        made.append(" ".join([_quoted(labels[one]), _quoted(labels[other]), *(str(numbers[kind]) for kind in kinds)]))
    return "\n".join(made) + "\n"


def vna_labels(source: Source) -> dict[str, str]:
    """What each id is called in VNA."""
    return unique([node.id for node in source.nodes], _plain)


def to_dl(source: Source) -> str:
    """A full matrix for each kind of edge, with how many; everybody is called by their id."""
    labels = list(dl_labels(source).values())
    kinds, ties = counted(source)
    made = [f"DL N={len(labels)} NM={max(1, len(kinds))}", "FORMAT = FULLMATRIX DIAGONAL PRESENT", "LABELS:"]
    made += [f'"{label}"' for label in labels]
    made += ["MATRIX LABELS:", *(f'"{kind}"' for kind in kinds or ["told"]), "DATA:"]
    ids = [node.id for node in source.nodes]
    for kind in kinds or ["told"]:
        for one in ids:
            made.append(" ".join(str(ties[one, other][kind] if (one, other) in ties else 0) for other in ids))
    return "\n".join(made) + "\n"


def dl_labels(source: Source) -> dict[str, str]:
    """What each id is called in DL: at most eighteen signs, and none the same but for capitals."""
    return unique(
        [node.id for node in source.nodes], lambda text: re.sub("[,=]", "_", _plain(text))[:LONGEST].strip(), LONGEST
    )


def counted(source: Source) -> tuple[list[str], dict[tuple[str, str], Counter[str]]]:
    """The kinds of edges, and how many of each there are from one to another."""
    ties: dict[tuple[str, str], Counter[str]] = {}
    for edge in source.edges:
        ties.setdefault((edge.source, edge.target), Counter())[edge.kind] += 1
    return list(dict.fromkeys(edge.kind for edge in source.edges)), ties


def unique(ids: Sequence[str], plain: Callable[[str], str], longest: int = 0) -> dict[str, str]:
    """A plain name for each of these, none the same but for capitals; of at most so many signs, if that is given."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one in ids:
        name = start = plain(one) or "_"
        number = 1
        while name.casefold() in taken or name.upper() in taken:
            number += 1
            ending = f"~{number}"
            name = (start[: longest - len(ending)] if longest else start) + ending
        taken |= {name.casefold(), name.upper()}
        found[one] = name
    return found


def _plain(text: str) -> str:
    return _UNHELD.sub(" ", text).replace('"', "'").strip()


def _heading(text: str) -> str:
    return re.sub(r"[^\w.-]+", "_", text)


def _quoted(text: str) -> str:
    return f'"{text}"'
