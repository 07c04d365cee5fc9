"""``skillmatrix person``."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from skillmatrix.cli.app import app, people
from skillmatrix.pages import rounds
from skillmatrix.store import NewEvent, open_store
from tests.cli.conftest import Run

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
HOSTILE = "<script>alert(1)</script> & \"quoted\" 'text' \u202e"


def note(number: int, text: str) -> NewEvent:
    payload = {"text": text, "visibility": "private"}
    return NewEvent(f"n{number}", "note", "mlops", payload, 0, NOW)


@pytest.fixture
def held(tmp_path: Path) -> SimpleNamespace:
    """Make a workspace: the invented example, a deleted second round, and Bo."""
    folder = tmp_path / "workspace"
    with open_store(folder) as store:
        ana = rounds.begin_example(store, "one")
        store.append(ana.code, note(1, "replaced words"))
        store.append(ana.code, note(2, "undone words"))
        store.append(ana.code, NewEvent("u", "undo", "n2", None, 0, NOW))
        store.append(ana.code, note(3, HOSTILE))
        second = rounds.take_up(store, ana, "two")
        store.set_deleted(second.code, True, at=NOW, event_id="gone")
        bo = rounds.begin(store, "Bo", "senior", "bo")
    return SimpleNamespace(
        folder=folder,
        ana=ana.person_code,
        name=ana.person_name,
        codes=[ana.code, second.code],
        bo=bo.person_code,
    )


def test_list_says_who_how_much_and_until_when(run: Run, held: SimpleNamespace) -> None:
    """Code, name and counts in a table; the same as data."""
    text = run("person", "list", "--workspace", held.folder)
    data = json.loads(run("person", "list", "--workspace", held.folder, "--json").stdout)

    assert text.exit_code == 0
    assert f"{held.ana}  {held.name}" in text.stdout
    assert "2 people; records are kept 24 months." in text.stdout
    found = {each["code"]: each for each in data["people"]}
    assert found[held.ana]["assessments"] == 2
    assert found[held.ana]["deleted"] == 1
    assert found[held.bo]["due"] is False


def test_list_and_doctor_say_what_is_past_its_time(
    run: Run, held: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said, with what to do; nothing is erased by itself."""
    old = dt.datetime(2020, 1, 31, tzinfo=dt.UTC)
    with open_store(held.folder) as store:
        for number in range(2):
            store.create_assessment(
                person_name="Old",
                framework="demo@1.0.0",
                aim={},
                rater={"kind": "self"},
                at=old,
                event_id=f"old{number}",
            )

    listed = run("person", "list", "--workspace", held.folder).stdout
    looked = run("doctor", "--workspace", held.folder, "--json").stdout
    finding = next(f for f in json.loads(looked)["findings"] if f["name"] == "people")

    assert "2022-01-31, past" in listed
    assert "2 past that day" in listed
    assert finding["state"] == "note"
    assert finding["value"] == "4, of 2 nothing has changed for 24 months"
    assert "skillmatrix person list" in finding["remedy"]


def test_list_of_no_workspace_makes_none(run: Run, tmp_path: Path) -> None:
    """A look does not leave a folder behind."""
    result = run("person", "list", "--workspace", tmp_path / "none")

    assert result.exit_code == 0
    assert "Nobody is in" in result.stdout
    assert not (tmp_path / "none").exists()


def test_export_holds_every_event(run: Run, held: SimpleNamespace, tmp_path: Path) -> None:
    """Replaced, undone and deleted ones too; the manifest counts what the files hold."""
    out = tmp_path / "out"
    result = run("person", "export", held.ana, "--workspace", held.folder, "--out", out, "--json")

    assert result.exit_code == 0, result.stderr
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    with open_store(held.folder) as store:
        stored = {code: store.events(code) for code in held.codes}
    for code, events in stored.items():
        written = json.loads((out / f"assessments/{code}.events.json").read_text("utf-8"))
        assert [e["id"] for e in written] == [e.id for e in events]
        assert [e["payload"] for e in written] == [e.payload for e in events]
    with (out / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == manifest["counts"]["events"] == sum(map(len, stored.values()))
    states = {row["id"]: row["state"] for row in rows}
    assert (states["n1"], states["n2"], states["n3"]) == (
        "replaced by a later one",
        "undone",
        "holds",
    )
    assert json.loads(result.stdout)["counts"] == manifest["counts"]


def test_export_can_be_opened_again(run: Run, held: SimpleNamespace, tmp_path: Path) -> None:
    """What holds now is an assessment file like any other, private notes and name included."""
    run("person", "export", held.ana, "--workspace", held.folder, "--out", tmp_path / "out")
    file = tmp_path / f"out/assessments/{held.codes[0]}.assessment.json"
    data = json.loads(file.read_text(encoding="utf-8"))

    assert data["person"]["name"] == held.name
    assert data["notes"]["mlops"]["text"] == HOSTILE
    assert run("gap", file).exit_code == 0


class Page(HTMLParser):
    """Collect text, tags and links of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.words, self.tags, self.links = "", set(), set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag and where it leads."""
        self.tags.add(tag)
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}

    def handle_data(self, data: str) -> None:
        """Collect the words."""
        self.words += data


def pages(out: Path) -> Iterator[tuple[Path, Page]]:
    for path in out.rglob("*.html"):
        yield path, Page(path)


def test_exported_pages_are_readable_escaped_and_alone(
    run: Run, held: SimpleNamespace, tmp_path: Path
) -> None:
    """Every text as it was typed, no script, no request, every link inside the folder."""
    out = tmp_path / "out"
    run("person", "export", held.ana, "--workspace", held.folder, "--out", out)
    found = dict(pages(out))

    assert len(found) == 3
    for path, page in found.items():
        assert {"h1", "main", "title"} <= page.tags
        assert not {"script", "link", "img", "iframe"} & page.tags
        assert all((path.parent / link).exists() for link in page.links)
    words = found[out / f"assessments/{held.codes[0]}.html"].words
    for text in (HOSTILE, "replaced words", "undone words", held.name):
        assert text in words


def test_export_takes_files_of_the_workspace_along(
    run: Run, held: SimpleNamespace, tmp_path: Path
) -> None:
    """A packet that lies there is copied; what is about others too is named and left out."""
    (held.folder / "packets").mkdir()
    (held.folder / "packets/ana.packet.json").write_text(json.dumps({"code": held.ana}))
    (held.folder / "both.txt").write_text(f"{held.ana} {held.bo}")
    (held.folder / "server.log").write_text(f"opened {held.codes[0]}\nopened nothing\n")
    out = tmp_path / "out"
    result = run("person", "export", held.ana, "--workspace", held.folder, "--out", out, "--json")

    manifest = json.loads(result.stdout)
    assert (out / "files/packets/ana.packet.json").is_file()
    assert (out / "files/server.log.lines.txt").read_text() == f"opened {held.codes[0]}\n"
    assert manifest["counts"]["files"] == 2
    assert any(words.startswith("both.txt: ") for words in manifest["not_included"])
    assert held.bo not in "".join(
        path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file()
    )


def test_export_is_private_and_replaces_nothing(
    run: Run, held: SimpleNamespace, tmp_path: Path
) -> None:
    """Readable by its owner only; a folder with something in it is refused, exit 2."""
    out = tmp_path / "out"
    run("person", "export", held.ana, "--workspace", held.folder, "--out", out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    again = run("person", "export", held.ana, "--workspace", held.folder, "--out", out)

    assert out.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in before)
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    assert {path: path.read_bytes() for path in before} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_export_of_a_damaged_or_foreign_round_gives_its_events(
    run: Run, held: SimpleNamespace, tmp_path: Path
) -> None:
    """A state that cannot be made is a warning; the events are there all the same."""
    with open_store(held.folder) as store:
        bad = NewEvent("bad", "rating", "mlops", {"value": "no such level"}, 0, NOW)
        store.append(held.codes[0], bad)
    out = tmp_path / "out"
    result = run("person", "export", held.ana, "--workspace", held.folder, "--out", out)

    assert result.exit_code == 0
    assert f"Warning: {held.codes[0]} is given as events only" in result.stderr
    events = json.loads((out / f"assessments/{held.codes[0]}.events.json").read_text("utf-8"))
    assert events[-1]["payload"] == {"value": "no such level"}


def erase(held: SimpleNamespace, *more: str, typed: str | None = None, code: str | None = None):
    words = ["person", "erase", code or held.ana, "--workspace", str(held.folder), *more]
    return CliRunner().invoke(app, words, input=typed, prog_name="skillmatrix")


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_erase_asks_for_the_code(held: SimpleNamespace) -> None:
    """Another word, or nobody there, erases nothing; the code does."""
    other, nobody = erase(held, typed="yes\n"), erase(held, typed="")

    assert (other.exit_code, nobody.exit_code) == (1, 2)
    assert "Nothing was erased" in other.stderr
    assert "--yes" in nobody.stderr
    assert held.ana.encode() in everything(held.folder)

    done = erase(held, typed=f"{held.ana}\n")

    assert done.exit_code == 0
    assert "no code, name or text of this person is left" in done.stdout
    assert held.ana.encode() not in everything(held.folder)


def test_erase_shows_what_goes_and_what_stays(held: SimpleNamespace) -> None:
    """Before it asks: counts, files by name, and what no command reaches."""
    (held.folder / "ana.packet.json").write_text(json.dumps({"code": held.ana}))
    (held.folder / "both.txt").write_text(f"{held.ana} {held.bo}")
    told = erase(held, typed="no\n").stderr

    goes, stays = told.split("What stays, and why:")
    assert "2 assessments (1 of them marked as deleted)" in goes
    assert "ana.packet.json" in goes
    assert "both.txt" in stays
    for word in ("handed over", "browser", "backups"):
        assert word in stays


def test_erase_leaves_no_byte_and_can_be_said_as_data(held: SimpleNamespace) -> None:
    """Codes, name and notes are in no file; what could not be erased ends with 1."""
    result = erase(held, "--yes", "--json")

    data = json.loads(result.stdout)
    assert (result.exit_code, data["assessments"], data["left"]) == (0, 2, {})
    content = everything(held.folder)
    for word in (held.ana, *held.codes, held.name, "replaced words", "undone words"):
        assert word.encode() not in content
    assert held.bo.encode() in content


def test_erase_that_finds_something_ends_with_1(held: SimpleNamespace) -> None:
    """A file about others too is not changed: it is named, for somebody to decide."""
    (held.folder / "both.txt").write_text(f"{held.ana} {held.bo}")
    result = erase(held, "--yes")

    assert result.exit_code == 1
    assert f"{held.folder / 'both.txt'}: code" in result.stdout
    assert "by hand" in result.stdout


def test_erase_again_says_when(held: SimpleNamespace) -> None:
    """Nothing is asked the second time, and it is no error."""
    erase(held, "--yes")
    again = erase(held)

    assert again.exit_code == 0
    assert f"{held.ana} was erased on " in again.stdout
    assert "2 assessments" in again.stdout


@pytest.mark.parametrize("words", [["export"], ["erase", "--yes"]])
def test_unknown_people_and_places_end_with_2(
    run: Run, held: SimpleNamespace, tmp_path: Path, words: list[str]
) -> None:
    """A sentence with a suggestion; nothing is made and nothing changed."""
    before = everything(held.folder)
    wrong = run("person", *words, held.ana[:-2], "--workspace", held.folder)
    nowhere = run("person", *words, held.ana, "--workspace", tmp_path / "none")

    assert (wrong.exit_code, nowhere.exit_code) == (2, 2)
    assert f"did you mean '{held.ana}'?" in wrong.stderr
    assert "there is no workspace in" in nowhere.stderr
    assert everything(held.folder) == before
    assert not (tmp_path / "none").exists()


def test_help_pages_show_examples(run: Run) -> None:
    """The group and each of its commands; exit 0."""
    names = [command.name for command in people.registered_commands]

    assert names == ["list", "export", "erase"]
    for words in ([], *([name] for name in names)):
        result = run("person", *words, "--help")
        assert result.exit_code == 0
        start = " ".join(["skillmatrix person", *words])
        assert start in result.stdout.split("Example:\n")[1]
