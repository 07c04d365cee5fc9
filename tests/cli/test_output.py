"""Files that commands write: for whom, where to, and whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import typer

from skillmatrix.assessment.share import Audience
from skillmatrix.cli.output import check_outs, reader_of, save
from skillmatrix.errors import SkillMatrixError, UsageError


@pytest.mark.parametrize("word", get_args(Audience))
def test_every_reader_is_known(word: Audience):
    """The words of the option are those of what is shared."""
    assert reader_of(word) == word


def test_another_reader_is_named_with_those_there_are():
    """Nothing is written for a reader nobody knows."""
    with pytest.raises(typer.BadParameter, match="'everybody': expected myself, mentor, cal"):
        reader_of("everybody")


@pytest.mark.parametrize(
    ("outs", "force", "said"),
    [
        ([], False, "say where to write to: --html OUT"),
        (["."], False, "is a folder"),
        (["given.json"], True, "is what is read"),
        (["there.html"], False, "replace it with --force"),
        (["new.html", "./new.html"], False, "two formats would be written to one file"),
        (["there.html"], True, None),
        (["code"], False, None),
    ],
)
def test_where_to_is_checked_before_anything_is_read(
    tmp_path: Path, outs: list[str], force: bool, said: str | None
):
    """What is read is never written over; what is there only by --force; a code is no file."""
    for name in ("given.json", "there.html"):
        (tmp_path / name).touch()
    wanted = {str(at): tmp_path / name for at, name in enumerate(outs)}
    read = (tmp_path / "given.json", tmp_path / "code", None)

    if said is None:
        check_outs(wanted, *read, force=force, ways="--html OUT")
    else:
        with pytest.raises(UsageError, match=said):
            check_outs(wanted, *read, force=force, ways="--html OUT")


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Written whole or not at all: what was there stays until the new one is complete."""
    out = tmp_path / "a.html"
    out.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SkillMatrixError, match="No space left"):
        save(b"new", out)

    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]
