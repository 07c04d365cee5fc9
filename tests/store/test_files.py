from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from skillmatrix.errors import StoreError
from skillmatrix.store import open_store


def mode(path):
    """Permissions alone."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request):
    """Set a habit of the user's shell."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_only_the_owner_can_read(folder, begin, rate):
    """Folder 0700 and every file in it 0600, whatever the umask."""
    with open_store(folder) as store:
        head = begin(store)
        store.append(head.code, rate())
        store.rename_person(head.person_code, "Ana B.")

        found = {path.name: mode(path) for path in folder.iterdir()}

    names = ["names.json", "skillmatrix.db", "skillmatrix.db-shm", "skillmatrix.db-wal"]
    assert found == dict.fromkeys(names, 0o600)
    assert mode(folder) == 0o700


def test_open_files_are_closed_to_others_again(folder, begin):
    """Files that were given away, by a copy for instance, are private after opening."""
    with open_store(folder) as store:
        begin(store)
    for path in folder.iterdir():
        path.chmod(0o644)

    with open_store(folder):
        found = {mode(path) for path in folder.iterdir()}

    assert found == {0o600}


def test_nothing_is_left_open(folder, begin):
    """After closing, the log is gone and there are two files, to be copied as they are."""
    with open_store(folder) as store:
        begin(store)

    assert {path.name for path in folder.iterdir()} == {"names.json", "skillmatrix.db"}


def test_odd_folder_names_work(tmp_path, begin):
    """Spaces, percent, question and hash marks, and other scripts in the path are harmless."""
    folder = tmp_path / "my work? 100%20 #1 ü 例"

    with open_store(folder) as store:
        head = begin(store)
    with open_store(folder) as store:
        assert store.assessment(head.code) == head

    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_workspace_can_be_named_by_the_environment(folder, monkeypatch):
    """Without an argument, the workspace is where the settings say."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(folder))

    with open_store() as store:
        assert store.folder == folder
    assert (folder / "skillmatrix.db").is_file()


def test_commit_waits_for_the_disk(store):
    """An acknowledged event survives a power cut: full synchronisation of a write-ahead log."""
    with store._database.read() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("synchronous", "journal_mode", "foreign_keys", "fullfsync")
        }

    assert values == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "fullfsync": 1}


def test_without_key_file_people_have_no_names(folder, begin):
    """Who takes the key file away gets pseudonyms; the rest goes on."""
    with open_store(folder) as store:
        head = begin(store)
    (folder / "names.json").unlink()

    with open_store(folder) as store:
        assert store.assessment(head.code).person_name == ""
        store.rename_person(head.person_code, "Ana again")
        assert store.assessment(head.code).person_name == "Ana again"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "text that is not JSON"),
        (b"\xff\xfe", "bytes that are not UTF-8"),
        (b"[]", "no list of people"),
        (b'{"format": 1, "people": {"p": 3}}', "no list of people"),
        (b'{"format": 2, "people": {}}', "has format 2; this version knows 1"),
        (b'{"format": 1, "workspace": "w", "people": {}}', "belongs to another workspace"),
    ],
)
def test_damaged_key_file_is_left_as_it_is(folder, begin, content, said):
    """A key file that cannot be understood is named and never written over."""
    with open_store(folder) as store:
        begin(store)
    path = folder / "names.json"
    path.write_bytes(content)

    with pytest.raises(StoreError, match=said) as caught:
        open_store(folder)

    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_names_reach_the_disk_before_they_take_effect(store, begin, monkeypatch):
    """Synchronised, then put in place, then the folder synchronised: a power cut loses no name."""
    steps, sync, replace = [], os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda number: (steps.append("sync"), sync(number)))
    monkeypatch.setattr(
        Path, "replace", lambda path, to: (steps.append("replace"), replace(path, to))
    )

    begin(store)

    assert steps == ["sync", "replace", "sync"]


def test_interrupted_writing_of_names_harms_nobody(folder, begin):
    """Half a key file, left beside the real one by a killed process, is ignored."""
    with open_store(folder) as store:
        head = begin(store, "Ana")
    (folder / "names.json.tmp").write_text('{"people": {"p-')

    with open_store(folder) as store:
        assert store.assessment(head.code).person_name == "Ana"
        begin(store, "Ben", event_id="ben")

    assert not (folder / "names.json.tmp").exists()
    people = json.loads((folder / "names.json").read_text("utf-8"))["people"]
    assert sorted(people.values()) == ["Ana", "Ben"]


def loaded(code, *args):
    """Run code in a fresh Python and give the heavy modules it has loaded."""
    heavy = "sorted({'sqlalchemy', 'sqlalchemy.orm', 'alembic', 'pandas'} & set(sys.modules))"
    script = f"import sys\n{code}\nprint(*{heavy})"
    done = subprocess.run(
        [sys.executable, "-c", script, *args], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_opening_loads_no_migrations(folder):
    """A workspace that is up to date opens with SQLAlchemy's core alone."""
    with open_store(folder):
        pass

    opening = "from skillmatrix.store import open_store\nopen_store(sys.argv[1]).close()"
    assert loaded(opening, str(folder)) == ["sqlalchemy"]
    assert loaded("import skillmatrix, skillmatrix.errors, skillmatrix.settings") == []
