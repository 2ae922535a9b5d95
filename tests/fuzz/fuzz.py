"""A fuzzer that is guided by coverage, on one reader: see README.md.

    python tests/fuzz/fuzz.py READER [-runs=20000] [-max_total_time=600] [FOLDER OF INPUTS]

What makes a reader fail is kept as ``crash-…`` in the folder where this was started.
"""

from __future__ import annotations

import importlib
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

MEMORY = Path("/dev/shm")  # files that are written and read thousands of times
ROOT = Path(__file__).resolve().parents[2]
USED = ("read_case", "write_case", "draft_from_chronology", "read_ssd", "read_qda", "scores")  # loaded on first use
TOKENS = """
id name kind child professional people concerns chronology date who told observed severity about category neglect
2024-01-10 9999-12-31 0001 /.. T24:00 <row r="1048577" t="s" <v>-1</v> <f> number-rows-repeated 1e999 NaN _xD800_ =1+1
'= \ufeff \x00 &a; <!DOCTYPE
"""


def dictionary() -> str:
    """Words that the fuzzer puts in, in the form that it takes them."""
    coded = ("".join(f"\\x{byte:02x}" for byte in token.encode()) for token in TOKENS.split())
    return "".join(f'"{token}"\n' for token in coded)


def main() -> None:
    """Feed one reader until it fails or has had enough."""
    import atheris  # in an environment of its own

    sys.path.insert(0, str(ROOT))
    with atheris.instrument_imports(include=["safetynet", "defusedxml", "zipfile"], enable_loader_override=False):
        library = importlib.import_module("safetynet")
        for name in USED:
            getattr(library, name)
        readers = importlib.import_module("tests.fuzz.readers")
    reader = readers.READERS[sys.argv[1]]
    own = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    for number, seed in enumerate(readers.seeds()[sys.argv[1]]):
        (own / f"seed{number}").write_bytes(seed)
    words, work = own.with_suffix(".dict"), own.with_suffix(".work")
    words.write_text(dictionary(), encoding="utf-8")
    warnings.simplefilter("ignore")

    def once(data: bytes) -> None:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        reader(data, work)

    atheris.Setup([sys.argv[0], f"-dict={words}", "-timeout=60", "-rss_limit_mb=1500", *sys.argv[2:], str(own)], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
