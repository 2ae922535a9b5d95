"""Every reader on inputs that a fuzzer found, and on seeds changed at random: our own errors, or an answer."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz.readers import READERS, seeds

INPUTS = Path(__file__).parent / "inputs"
KEPT = sorted(INPUTS.glob("*/*"))
TOKENS = (
    b"\x00",
    b"\xff",
    b"\xed\xa0\x80",
    b"<",
    b'"',
    b"9" * 5000,
    b"-1",
    b"1e999",
    b"=1+1",
    b"/..",
    b"T24:00",
    b"{" * 600,
)


def changed(seed: bytes, rng: random.Random) -> bytes:
    """A seed with a few pieces cut out, doubled, or replaced."""
    data = bytearray(seed)
    for _ in range(rng.randint(1, 4)):
        first = rng.randrange(len(data) + 1)
        last = min(len(data), first + rng.choice((0, 1, 1, 4, 30)))
        data[first:last] = rng.choice(
            (b"", bytes(data[first:last]) * 2, rng.choice(TOKENS), bytes([rng.randrange(256)]))
        )
    return bytes(data)


def test_there_are_seeds_for_every_reader() -> None:
    assert seeds().keys() == READERS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_a_reader_takes_its_seeds_and_answers_what_is_made_of_them(name: str, tmp_path: Path) -> None:
    rng = random.Random(name)
    for number, seed in enumerate(seeds()[name]):
        for turn in range(12):
            folder = tmp_path / f"{number}-{turn}"
            folder.mkdir()
            READERS[name](changed(seed, rng) if turn else seed, folder)


@pytest.mark.parametrize("path", KEPT, ids=[f"{path.parent.name}-{path.name}" for path in KEPT])
def test_what_once_broke_a_reader_is_answered(path: Path, tmp_path: Path) -> None:
    READERS[path.parent.name](path.read_bytes(), tmp_path)
