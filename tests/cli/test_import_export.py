"""Import and export as commands: looked at first, kept when told, the same when read back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.assessment import read_assessment, write_assessment
from skillmatrix.exchange import preview
from skillmatrix.framework import Framework
from skillmatrix.pages import rounds
from skillmatrix.store import Store, open_store
from tests.cli.conftest import Run
from tests.conftest import assess

TABLE = "Kompetenz;Stufe\nMLOps;3\nPython;Experte\nK8s;2\n"
EXPLAINED = ("--level", "Experte=4", "--skill", "K8s=containers")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write a table with two words that need explaining."""
    file = tmp_path / "table.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def kept(folder: Path, look: Callable[[Store], Any] = lambda store: store.assessments()) -> Any:
    """Say what a workspace holds."""
    with open_store(folder) as store:
        return look(store)


def test_a_preview_says_what_was_understood_and_what_was_not(run: Run, table: Path):
    """Columns, counts, every refused row with its line, and the option that explains a word."""
    result = run("import", table, "--preview")

    assert result.exit_code == 1
    assert "table.csv: 1 rating understood, in 1 assessment" in result.stdout
    assert "'Kompetenz' as skill, 'Stufe' as level" in result.stdout
    assert "line 3  level" in result.stdout
    assert """--level "Experte=..." --skill "K8s=...\"""" in result.stdout


def test_nothing_is_kept_before_somebody_says_so(run: Run, table: Path, tmp_path: Path):
    """Without --yes and without a terminal the workspace stays as it was."""
    folder = tmp_path / "ws"
    result = run("import", table, "--workspace", folder, *EXPLAINED)

    assert result.exit_code == 1
    assert "Nothing was kept. Add --yes" in result.stderr
    assert not folder.exists()


def test_what_is_kept_is_an_assessment_of_its_own(run: Run, table: Path, tmp_path: Path):
    """With its ratings, under a random code, for the person named."""
    result = run("import", table, "--workspace", tmp_path, "--yes", "--person", "Mira", *EXPLAINED)
    (head,) = kept(tmp_path)
    made = kept(tmp_path, lambda store: rounds.read_round(store, head)[0])

    assert result.exit_code == 0
    assert head.person_name == "Mira"
    assert head.code in result.stdout
    assert {k: r.value for k, r in made.ratings.items()} == {
        "mlops": 3,
        "python": 4,
        "containers": 2,
    }


def test_rows_that_were_understood_are_kept_and_the_others_told(
    run: Run, table: Path, tmp_path: Path
):
    """The exit code says that something is missing."""
    result = run("import", table, "--workspace", tmp_path, "--yes")

    assert result.exit_code == 1
    assert len(kept(tmp_path)) == 1


def test_a_table_becomes_an_assessment_file(run: Run, table: Path, tmp_path: Path):
    """With --out nothing is kept in a workspace, and no file is replaced unasked."""
    out = tmp_path / "mira.assessment.json"
    call = ("import", table, "--out", out, "--map", "skill=Kompetenz", *EXPLAINED)

    assert run(*call).exit_code == 0
    assert read_assessment(out).rating("python").level == 4
    again = run(*call)
    assert (again.exit_code, "--force" in again.stderr) == (2, True)
    assert run(*call, "--force").exit_code == 0


def test_many_people_become_files_in_a_folder(run: Run, tmp_path: Path):
    """One file each; one person has one code in all of them, and no name is in a file name."""
    file = tmp_path / "team.csv"
    file.write_text("Name,Python,MLOps\nAna,3,4\nBo,2,\n", encoding="utf-8")
    result = run("import", file, "--out", tmp_path / "team")
    files = sorted((tmp_path / "team").iterdir())
    found = [read_assessment(path) for path in files]

    assert result.exit_code == 0
    assert [made.person.name for made in found] == ["Ana", "Bo"]
    assert len({made.person.code for made in found}) == 2
    assert not [path for path in files if "ana" in path.name.lower()]


def test_a_rating_by_a_mentor_is_not_taken_over(run: Run, tmp_path: Path):
    """A workspace of one's own refuses it and says what to do."""
    file = tmp_path / "m.csv"
    file.write_text("skill,mentor,self\npython,3,4\n", encoding="utf-8")
    result = run("import", file, "--workspace", tmp_path / "ws", "--yes")

    assert result.exit_code == 1
    assert "compared, not taken over" in result.stderr
    assert "--out" in result.stderr


@pytest.mark.parametrize(
    ("option", "value"), [("--map", "skill"), ("--level", "=4"), ("--skill", "x=")]
)
def test_a_choice_in_the_wrong_form_is_wrong_use(run: Run, table: Path, option: str, value: str):
    """The option is named."""
    result = run("import", table, option, value)

    assert result.exit_code == 2
    assert option in result.stderr


def test_a_file_nobody_can_read_says_why(run: Run, tmp_path: Path):
    """Every problem, on standard error, and exit 1."""
    file = tmp_path / "x.csv"
    file.write_bytes("skill,level\nPrüfung,3\n".encode("cp1252"))
    result = run("import", file)

    assert result.exit_code == 1
    assert "save the file again as CSV UTF-8" in result.stderr


def test_json_says_the_same_as_data(run: Run, table: Path):
    """For programs: kind, columns, refused rows, the assessments themselves."""
    result = run("import", table, "--preview", "--json")
    found = json.loads(result.stdout)

    assert (found["kind"], found["rated"], len(found["refused"])) == ("table", 1, 2)
    assert found["assessments"][0]["ratings"] == {"mlops": 3}
    assert found["kept"] == []


def test_export_then_import_is_the_same(run: Run, fw: Framework, tmp_path: Path):
    """Of a file, in each format at once."""
    file = tmp_path / "a.assessment.json"
    made = assess(fw, {"mlops": 3}, notes={"mlops": {"text": "=1+1"}}, extra={"kept": [1.0]})
    write_assessment(made, file)
    outs = {form: tmp_path / f"out.{form}" for form in ("json", "csv", "xlsx")}
    result = run("export", file, *(f"--{form}={out}" for form, out in outs.items()))

    assert result.exit_code == 0
    for out in outs.values():
        assert preview(out, fw).assessments == (made,)


def test_an_assessment_of_the_workspace_is_exported_by_its_code(
    run: Run, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """And an unknown code is refused with those that are known."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path))
    run("import", table, "--yes", "--person", "Mira", *EXPLAINED)
    (head,) = kept(tmp_path)
    out = tmp_path / "m.xlsx"

    assert run("export", head.code, "--xlsx", out).exit_code == 0
    assert preview(out).assessments[0].person.name == "Mira"
    wrong = run("export", "nobody", "--xlsx", tmp_path / "n.xlsx")
    assert (wrong.exit_code, head.code in wrong.stderr) == (2, True)


def test_what_goes_to_a_mentor_holds_no_private_note(run: Run, fw: Framework, tmp_path: Path):
    """In no byte of any format, zipped or not."""
    file = tmp_path / "a.assessment.json"
    notes = {
        "mlops": {"text": "heron", "visibility": "private"},
        "python": {"text": "kestrel", "visibility": "shared"},
    }
    write_assessment(assess(fw, {"mlops": 3}, notes=notes), file)
    outs = {form: tmp_path / f"out.{form}" for form in ("json", "csv", "xlsx", "wide")}
    run("export", file, "--for", "mentor", *(f"--{form}={out}" for form, out in outs.items()))

    for form, out in outs.items():
        assert b"heron" not in out.read_bytes()
        if form != "wide":
            (given,) = preview(out, fw).assessments
            assert {note.text for note in given.notes.values()} == {"kestrel"}


@pytest.mark.parametrize("args", [(), ("--for", "friend", "--csv", "x.csv"), ("--csv", ".")])
def test_export_says_what_it_needs(run: Run, ana: Callable[..., Path], args: tuple[str, ...]):
    """A place to write to, a reader that exists, a file and no folder."""
    result = run("export", ana(), *args)

    assert result.exit_code == 2
    assert result.stderr
