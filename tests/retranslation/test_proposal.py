"""What is proposed: lines of status and figures, nothing beside them, nothing unasked."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from skillmatrix.errors import FrameworkError, SkillMatrixError, UsageError
from skillmatrix.framework import Framework, check_framework, load_framework
from skillmatrix.framework.model import Anchor
from skillmatrix.framework.retranslated import Retranslation
from skillmatrix.retranslation import Proposal, apply, collect, proposal, score
from skillmatrix.retranslation.edit import CannotEditError, edited
from tests.retranslation.conftest import filled, rightly

FIGURES = Retranslation(n_sorters=4, hit_rate=0.75, sd=0.577)
PLACE = ("levels", 3, 0)
WRITTEN = "{n_sorters: 4, hit_rate: 0.75, sd: 0.577}"


def proposed(framework: Framework, folder: Path, sorters: int = 3, choose=rightly) -> Proposal:
    """Let so many people sort, and propose what follows."""
    files = filled(folder, framework, sorters, choose)
    return proposal(score(collect(files, framework).sortings, framework), framework)


def in_file(lines: list[str], end: str = "\n") -> str:
    """Set the lines of one anchor into a file, as the one of level 3."""
    return "# Top\nid: x\nlevels:\n  3: # three\n" + "\n".join(f"    {x}" for x in lines) + end


STATUS, NEW = "  status: retranslated", f"  retranslation: {WRITTEN}"
FIRST = ["- status: retranslated", NEW]
TEXT, FOLDED = "- text: Sorts.", ["text: >-", "    Sorts", "    books."]
NESTED = ["  retranslation:", "    n_sorters: 3", "    hit_rate: 1.0", "    sd: 0"]
RENEWED = ["  retranslation:", "    n_sorters: 4", "    hit_rate: 0.75", "    sd: 0.577"]
FLOW = f"- {{text: Sorts., status: retranslated, retranslation: {WRITTEN}"
#: How an anchor is written, and how afterwards.
WAYS = {
    "with a comment": ([TEXT, "  status: draft # why"], [TEXT, f"{STATUS} # why", NEW]),
    "quoted": (["- status: 'draft'", "  text: Sorts."], [*FIRST, "  text: Sorts."]),
    "no status": ([f"- {FOLDED[0]}", *FOLDED[1:]], [*FIRST, f"  {FOLDED[0]}", *FOLDED[1:]]),
    "in a row": (["- {text: Sorts., status: draft}"], [f"{FLOW}}}"]),
    "in a row without": (["- {text: Sorts., }"], [f"{FLOW} }}"]),
    "again": (
        [TEXT, STATUS, "  retranslation: {sd: 1.0, n_sorters: 3, hit_rate: 1} # 2025"],
        [TEXT, STATUS, "  retranslation: {sd: 0.577, n_sorters: 4, hit_rate: 0.75} # 2025"],
    ),
    "a text alone": (["- 'Sorts.' # x"], ["- text: 'Sorts.' # x", STATUS, NEW]),
    "one of two": (["- Sorts.", "- Lends."], ["- text: Sorts.", STATUS, NEW, "- Lends."]),
    "texts in a row": (["[Sorts., Lends.]"], [f"[{{{FLOW[3:]}}}, Lends.]"]),
    "a level that is a text": (["Sorts. # x"], ["- text: Sorts. # x", STATUS, NEW]),
    "again, nested": ([TEXT, *NESTED, STATUS], [TEXT, *RENEWED, STATUS]),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("end", ["\n", ""])
def test_lines_are_edited_in_any_way_they_are_written(way: str, end: str):
    """Blocks, rows, quotes, comments, folded texts, figures of an earlier round, no last break."""
    before, after = WAYS[way]

    assert edited(in_file(before, end).encode(), {PLACE: FIGURES}) == (
        in_file(after, end).encode(),
        {},
    )


def test_the_one_text_of_a_level_becomes_the_first_of_its_list():
    """As ladders written by hand have it; a comment beside it stays."""
    before = b"levels:\n  3: Sorts books.  # ours\n  4: Lends books.\n"
    after = f"""\
levels:
  3:
    - text: Sorts books.  # ours
      status: retranslated
      retranslation: {WRITTEN}
  4: Lends books.
"""

    assert edited(before, {PLACE: FIGURES}) == (after.encode(), {})


def test_line_breaks_and_marks_of_other_systems_stay():
    """A file saved on Windows keeps its breaks and its byte order mark."""
    before = b"\xef\xbb\xbflevels:\r\n  3:\r\n    - text: S\xc3\xa4gt.\r\n      status: draft\r\n"
    after, left = edited(before, {PLACE: FIGURES})

    assert left == {}
    assert after == before.replace(
        b"status: draft\r\n",
        f"status: retranslated\r\n      retranslation: {WRITTEN}\r\n".encode(),
    )


def test_what_cannot_be_edited_alone_is_left_and_named():
    """A bare text over several lines has no place for a key; a shared anchor stands in two."""
    bare = "levels:\n  3:\n    - Sorts\n      books.\n"
    shared = "levels:\n  3:\n    - &a {text: Sorts., status: draft}\n  4:\n    - *a\n"

    assert edited(bare.encode(), {PLACE: FIGURES}) == (
        bare.encode(),
        {PLACE: "an anchor that is a text alone, on several lines"},
    )
    with pytest.raises(CannotEditError):
        edited(shared.encode(), {PLACE: FIGURES})


def test_a_round_in_which_all_agree_marks_all_and_the_check_is_green(
    library: Framework, tmp_path: Path
):
    """The framework says the figures, keeps its version, and proposes nothing the second time."""
    folder = tmp_path / "librarian"
    found = proposed(library, tmp_path / "in")
    apply(found, folder)
    after = load_framework(folder)
    anchors = [a for skill in after.skills.values() for a in skill.anchors.values()]

    assert check_framework(folder) == []
    assert after.key == library.key
    assert {a.status for a in anchors if a.level > 1} == {"retranslated"}
    assert {a.status for a in anchors if a.level == 1} == {"draft"}
    assert anchors[1].retranslation == Retranslation(n_sorters=3, hit_rate=1.0, sd=0.0)
    assert proposed(after, tmp_path / "in").diff == b""


def test_nothing_is_written_unasked(library: Framework, tmp_path: Path):
    """A proposal is bytes beside the files, and two sorters propose nothing."""
    before = {f: f.read_bytes() for f in (tmp_path / "librarian").rglob("*.yaml")}
    found = proposed(library, tmp_path / "in")

    assert found.diff
    assert {f: f.read_bytes() for f in (tmp_path / "librarian").rglob("*.yaml")} == before
    assert proposed(library, tmp_path / "two", sorters=2).diff == b""


def test_the_diff_is_what_git_applies(library: Framework, tmp_path: Path):
    """Applied by git it gives the same files as applied by us, and only lines of status differ."""
    last = tmp_path / "librarian" / "skills" / "cataloguing.yaml"
    last.write_bytes(last.read_bytes().rstrip())
    copy = Path(shutil.copytree(tmp_path / "librarian", tmp_path / "copy"))
    found = proposed(load_framework(tmp_path / "librarian"), tmp_path / "in")
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    subprocess.run([git, "init", "-q", str(copy)], check=True)
    subprocess.run([git, "-C", str(copy), "apply", "-"], input=found.diff, check=True)
    apply(found, tmp_path / "librarian")
    changed = [line for line in found.diff.decode().splitlines() if line[:1] in "+-"]

    assert found.root == (tmp_path / "librarian").resolve()
    for file in (tmp_path / "librarian").rglob("*.yaml"):
        assert (copy / file.relative_to(tmp_path / "librarian")).read_bytes() == file.read_bytes()
    assert {
        line.split(":")[0].lstrip("+- ") for line in changed if line[:3] not in ("---", "+++")
    } == {
        "status",
        "retranslation",
    }


def test_what_no_longer_holds_is_named_and_stays(library: Framework, tmp_path: Path):
    """An anchor marked earlier that a later round sorts elsewhere: a person decides."""
    apply(proposed(library, tmp_path / "in"), tmp_path / "librarian")
    tested = load_framework(tmp_path / "librarian")

    def choose(_: int, group: str, anchor: Anchor):
        moved = anchor.id == "cataloguing-3-a"
        return ("local-history" if moved else group), anchor.level.value

    found = proposed(tested, tmp_path / "later", 4, choose)

    assert [each.anchor.id for each in found.reword] == ["cataloguing-3-a"]
    assert found.no_longer == found.reword
    assert "cataloguing-3-a" not in {each.anchor.id for each in found.changed}
    assert {each.n_sorters for each in found.changed} == {4}


def test_a_file_that_changed_meanwhile_is_not_overwritten(library: Framework, tmp_path: Path):
    """Somebody edits the last file: nothing at all is changed."""
    found = proposed(library, tmp_path / "in")
    last = found.files[-1][0]
    last.write_bytes(last.read_bytes() + b"# edited\n")

    with pytest.raises(SkillMatrixError, match="has changed since"):
        apply(found, tmp_path / "librarian")
    assert [path.read_bytes() for path, _, _ in found.files[:-1]] == [
        b for _, b, _ in found.files[:-1]
    ]


def test_what_the_check_refuses_is_taken_back(library: Framework, tmp_path: Path):
    """A problem elsewhere in the folder: every file is as it was, and the problem is named."""
    found = proposed(library, tmp_path / "in")
    words = tmp_path / "librarian" / "wording.yaml"
    words.write_text(words.read_text() + "retranslation: {sorters: 9}\n", encoding="utf-8")

    with pytest.raises(FrameworkError, match="3 sorters"):
        apply(found, tmp_path / "librarian")
    assert all(path.read_bytes() == before for path, before, _ in found.files)


def test_a_framework_without_a_folder_has_nothing_to_change(mini: Framework):
    """Made in memory, as a copy with changes is."""
    made = Framework.model_validate({k: getattr(mini, k) for k in Framework.model_fields})

    with pytest.raises(UsageError, match="not read from a folder"):
        proposal(score([], made), made)


@pytest.mark.slow
def test_the_shipped_ladder_can_be_marked_from_end_to_end(fw: Framework, tmp_path: Path):
    """Every anchor of every file is found and edited, and each file says the same beside it."""
    found = proposed(fw, tmp_path / "in")

    assert len(found.changed) == 329
    assert len(found.files) == 27
    assert found.problems == ()
    for _, before, after in found.files[:2]:
        old, new = yaml.safe_load(before), yaml.safe_load(after)
        for level in new["levels"].values():
            for anchor in level:
                anchor.pop("retranslation", None)
                anchor["status"] = "draft"
        assert old == new
