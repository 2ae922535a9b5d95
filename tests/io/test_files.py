"""Either everything is written or nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest

from safetynet.errors import ArgumentError, FileInTheWayError
from safetynet.io.files import full_path, write_file, write_folder, write_generated

MARK = "made by safetynet of input 0123456789abcdef"
PAGE = f'<!doctype html><html><head><meta name="generator" content="{MARK}"></head><body>{{}}</body></html>'


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def broken(self: Path, target: Path) -> Path:
    raise OSError("the disk is full")


def test_a_file_that_cannot_be_put_in_place_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("old")
    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="full"):
        write_file(tmp_path / "a", b"new", overwrite=True)
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_text() == "old"


def test_a_new_folder_that_cannot_be_put_in_place_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(OSError, match="full"):
        write_folder(tmp_path / "new", {"a": b"1", "b": b"2"})
    assert names(tmp_path) == []


@pytest.mark.parametrize("good", range(6))
def test_a_folder_is_put_back_whenever_a_replacement_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: int
) -> None:
    for name in ("a", "b", "stale", "other"):
        (tmp_path / name).write_text("old")
    real, count = Path.replace, 0

    def fails_once(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == good + 1:
            raise OSError("the disk is full")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fails_once)
    # a and b are moved away and replaced, c is new, stale is moved away: six steps
    with pytest.raises(OSError, match="full"):
        write_folder(tmp_path, {"a": b"1", "b": b"2", "c": b"3"}, ["stale"])
    assert names(tmp_path) == ["a", "b", "other", "stale"]
    assert {(tmp_path / name).read_text() for name in names(tmp_path)} == {"old"}


def test_a_folder_is_replaced_file_by_file(tmp_path: Path) -> None:
    for name in ("a", "stale", "other"):
        (tmp_path / name).write_text("old")
    write_folder(tmp_path, {"a": b"new", "b": b"new"}, ["stale"])
    assert {name: (tmp_path / name).read_text() for name in names(tmp_path)} == {"a": "new", "b": "new", "other": "old"}


def test_a_replaced_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o600)
    write_file(path, b"new", overwrite=True)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_generated_file_replaces_one_of_its_own_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "lewis.html"
    assert write_generated(path, PAGE.format("one"), MARK) == path
    assert write_generated(path, PAGE.format("two"), MARK) == path
    assert "two" in path.read_text()
    path.write_text("<html>somebody's own page</html>")
    with pytest.raises(FileInTheWayError, match="not made by safetynet"):
        write_generated(path, PAGE.format("three"), MARK)
    assert path.read_text() == "<html>somebody's own page</html>"


def test_a_mark_far_down_a_page_does_not_make_it_a_generated_one(tmp_path: Path) -> None:
    path = tmp_path / "lewis.html"
    path.write_text("x" * 2000 + PAGE)
    with pytest.raises(FileInTheWayError):
        write_generated(path, PAGE, MARK)


def test_a_mark_may_stand_at_the_end_where_a_format_has_no_room_for_it_at_the_top(tmp_path: Path) -> None:
    path = tmp_path / "lewis.pdf"
    write_generated(path, b"%PDF" + b"x" * 9000 + MARK.encode(), MARK, at_end=True)
    write_generated(path, b"%PDF" + b"y" * 9000 + MARK.encode(), MARK, at_end=True)
    assert b"y" in path.read_bytes()
    with pytest.raises(ArgumentError, match="mark"):
        write_generated(path, MARK.encode() + b"x" * 9000, MARK, at_end=True)
    path.write_bytes(MARK.encode() + b"x" * 9000)
    with pytest.raises(FileInTheWayError):
        write_generated(path, b"z" + MARK.encode(), MARK, at_end=True)


def test_a_generated_file_does_not_replace_a_folder_or_a_dead_link(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    for name in ("folder", "link"):
        with pytest.raises(FileInTheWayError):
            write_generated(tmp_path / name, PAGE, MARK)
    assert not (tmp_path / "gone").exists()


def test_a_generated_file_of_another_input_or_without_a_mark_is_only_replaced_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "lewis.html"
    write_generated(path, PAGE.format("one"), MARK)
    other = MARK.replace("0", "f")
    with pytest.raises(FileInTheWayError, match="same case"):
        write_generated(path, PAGE.replace(MARK, other), other)
    with pytest.raises(FileInTheWayError, match="cannot say what it was made of"):
        write_generated(path, b"1,2", "")
    assert "one" in path.read_text()
    write_generated(path, b"1,2", "", overwrite=True)
    assert path.read_bytes() == b"1,2"


def test_a_page_without_its_mark_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="mark"):
        write_generated(tmp_path / "lewis.html", "<html></html>", MARK)
    assert names(tmp_path) == []


def test_a_generated_file_is_utf8_with_its_line_ends_as_they_are(tmp_path: Path) -> None:
    text = PAGE.format("caf\u00e9\n")
    assert write_generated(tmp_path / "a.html", text, MARK).read_bytes() == text.encode()


def test_the_home_folder_is_understood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert full_path("~/lewis") == tmp_path / "lewis"


@pytest.mark.parametrize("path", [None, 3, "", "a\0b", b"bytes"])
def test_what_is_no_path_is_refused(path: object) -> None:
    with pytest.raises(ArgumentError, match="not a path"):
        full_path(path)  # type: ignore[arg-type]
