"""A fuzzer that is guided by coverage, on one reader: see README.md.

    python tests/fuzz/fuzz.py READER [-runs=20000] [-max_total_time=600] [FOLDER OF INPUTS]

What makes a reader fail is kept as ``crash-…`` in the folder where this was started.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from pathlib import Path

import atheris

MEMORY = Path("/dev/shm")  # files that are written and read thousands of times
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["safetynet", "defusedxml", "zipfile"], enable_loader_override=False):
    import safetynet
    from tests.fuzz.readers import READERS, seeds

    # names of the library are loaded when they are first used: here, so that they are watched
    [getattr(safetynet, name) for name in ("read_case", "write_case", "draft_from_chronology", "read_ssd", "scores")]

TOKENS = (
    *(
        "id",
        "name",
        "kind",
        "child",
        "professional",
        "people",
        "concerns",
        "chronology",
        "date",
        "who",
        "told",
        "observed",
    ),
    *(
        "severity",
        "about",
        "category",
        "neglect",
        "2024-01-10",
        "9999-12-31",
        "0001",
        "/..",
        "T24:00",
        "\ufeff",
        "\x00",
    ),
    *(
        "<row",
        'r="1048577"',
        't="s"',
        "<v>-1</v>",
        "<f>",
        "number-rows-repeated",
        "1e999",
        "NaN",
        "_xD800_",
        "=1+1",
        "'=",
    ),
)


def main() -> None:
    reader = READERS[sys.argv[1]]
    own = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    for number, seed in enumerate(seeds()[sys.argv[1]]):
        (own / f"seed{number}").write_bytes(seed)
    words = own.parent / f"{own.name}.dict"
    words.write_text("".join(f'"{"".join(f"{chr(92)}x{byte:02x}" for byte in token.encode())}"\n' for token in TOKENS))
    warnings.simplefilter("ignore")
    work = own.parent / f"{own.name}.work"

    def once(data: bytes) -> None:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        reader(data, work)

    atheris.Setup([sys.argv[0], f"-dict={words}", "-timeout=30", "-rss_limit_mb=1500", *sys.argv[2:], str(own)], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
