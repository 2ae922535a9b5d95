"""A cohort of made-up cases as Parquet tables, quickly: ``python benchmarks/cohort.py FOLDER --cases 40000``.

A few hundred cases are made by ``sn.synthetic`` and repeated under new names: 40,000 of them take a minute or two. In a
cohort in no order (``--mixed``) the rows of a case lie all over the file.
"""

# ruff: noqa: D103, T201

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet

import safetynet as sn

TEMPLATES = 300
Numbers = np.ndarray[Any, np.dtype[Any]]


def templates(number: int, people: int, contacts: int) -> dict[str, tuple[Numbers, pa.Table]]:
    """Some made-up cases, table by table: of which case each row is, and the rows."""
    found: dict[str, list[tuple[int, list[dict[str, str]]]]] = {}
    for one in range(number):
        draw = np.random.default_rng(one).random(4)
        planted = {"silo": draw[0], "sharing": draw[1], "ownership": draw[2], "missing": draw[3] / 4}
        case = sn.synthetic(one, people, contacts, **{name: float(share) for name, share in planted.items()})
        for table, raw in case._raw.items():
            rows = [dict(zip(raw.columns, row, strict=True)) for row in raw.rows]
            found.setdefault(table, []).append((one, rows))
    made = {}
    for table, parts in found.items():
        columns = list(dict.fromkeys(name for _, rows in parts for row in rows for name in row if name != "case"))
        whole = {name: [row.get(name, "") for _, rows in parts for row in rows] for name in columns}
        own = np.concatenate([np.full(len(rows), one) for one, rows in parts])
        made[table] = own, pa.table({name: pa.array(cells, pa.string()) for name, cells in whole.items()})
    return made


def make(folder: Path, cases: int, *, people: int = 40, contacts: int = 170, mixed: bool = False) -> Path:
    """Write a cohort of so many cases, of about 200 rows each unless told; in the order of their names, or in none."""
    folder.mkdir(parents=True)
    number = min(TEMPLATES, cases)
    for table, (own, rows) in templates(number, people, contacts).items():
        blocks = -(-cases // number)
        writer = None
        for block in range(blocks):
            # in order: the next cases; in none: every so-manieth case, its rows mixed with those of the others
            names = np.arange(number) * blocks + block if mixed else np.arange(number) + block * number
            keep = np.flatnonzero(names[own] < cases)
            if mixed:
                keep = np.random.default_rng(block).permutation(keep)
            named = pa.array([f"case{name:06}" for name in names], pa.string()).take(pa.array(own[keep]))
            part = rows.take(pa.array(keep)).add_column(0, "case", named)
            if writer is None:
                writer = parquet.ParquetWriter(folder / f"{'cases' if table == 'case' else table}.parquet", part.schema)
            writer.write_table(part, row_group_size=20_000)
        assert writer is not None
        writer.close()
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=4_000)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--contacts", type=int, default=170)
    parser.add_argument("--mixed", action="store_true", help="in no order")
    chosen = parser.parse_args()
    made = make(chosen.folder, chosen.cases, people=chosen.people, contacts=chosen.contacts, mixed=chosen.mixed)
    sizes = {path.stem: parquet.read_metadata(path).num_rows for path in sorted(made.iterdir())}
    print(f"{chosen.cases:,} cases; rows: {', '.join(f'{name} {rows:,}' for name, rows in sizes.items())}")


if __name__ == "__main__":
    main()
