from __future__ import annotations

import shutil
import sqlite3
import traceback

import pytest

from skillmatrix.errors import StoreError
from skillmatrix.store import database, names, open_store

from .conftest import NOW


@pytest.fixture
def made(folder, begin, rate):
    """Make a workspace with one assessment and one rating; it is closed again."""
    with open_store(folder) as store:
        head = begin(store)
        store.append(head.code, rate(4))
    return folder, head


def test_read_only_folder_is_said_on_opening(unprivileged):
    """Where nothing can be written, opening says so, for a new workspace and an old one."""
    place, someone_else = unprivileged
    with open_store(place / "old") as store:
        assert store.assessments() == []
    for path in (place / "old").iterdir():
        path.chmod(0o444)
    (place / "old").chmod(0o555)
    place.chmod(0o555)

    with someone_else():
        for folder in (place / "new", place / "old"):
            with pytest.raises(StoreError, match=r"cannot be (made|written).*another workspace"):
                open_store(folder)

    assert [path.name for path in place.iterdir()] == ["old"]


def test_read_only_database_is_said_on_writing(unprivileged, begin):
    """Where the folder can be written but the database cannot, nothing is stored halfway."""
    place, someone_else = unprivileged
    folder = place / "w"
    with open_store(folder):
        pass
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    place.chmod(0o755)
    folder.chmod(0o777)
    for path in folder.iterdir():
        path.chmod(0o400)

    with someone_else(), pytest.raises(StoreError, match=r"skillmatrix.db cannot be"):
        begin(open_store(folder))

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_file_in_place_of_the_folder(tmp_path):
    """A workspace that is a file is refused in words."""
    path = tmp_path / "file"
    path.write_text("mine")

    with pytest.raises(StoreError, match=r"cannot be made: File exists"):
        open_store(path)

    assert path.read_text() == "mine"


def test_full_disk_stores_nothing_and_says_so(made, rate, begin, monkeypatch):
    """When the disk is full the event is refused; what was there stays readable."""
    folder, head = made
    monkeypatch.setattr(database, "_PRAGMAS", (*database._PRAGMAS, "PRAGMA max_page_count = 1"))

    with open_store(folder) as store:
        before = store.events(head.code)
        with pytest.raises(StoreError, match=r"the disk is full. Free some space"):
            store.append(head.code, rate(payload={"note": "x" * 100_000}))
        with pytest.raises(StoreError, match=r"the disk is full"):
            begin(store, "Ben", event_id="ben", aim={"note": "x" * 100_000})

        assert store.events(head.code) == before
        assert [h.person_name for h in store.assessments()] == ["Ana Example"]
    assert "Ben" not in (folder / "names.json").read_text("utf-8")


def test_disk_full_while_names_are_written(store, begin, monkeypatch):
    """Without a name there is no assessment: both or neither."""
    before = (store.folder / "names.json").read_bytes()

    def full(number):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(names.os, "fsync", full)
        with pytest.raises(StoreError, match=r"names.json cannot be written: No space left"):
            begin(store, "Ben")

    assert store.assessments(include_deleted=True) == []
    assert (store.folder / "names.json").read_bytes() == before
    assert not (store.folder / "names.json.tmp").exists()


def test_name_of_someone_who_was_not_stored_is_forgotten(store, begin, monkeypatch):
    """When the last step of a creation fails, the name already written is taken out again."""
    monkeypatch.setattr(store, "_head", lambda *_: (_ for _ in ()).throw(StoreError("last step")))

    with pytest.raises(StoreError, match=r"last step"):
        begin(store, "Ben")

    assert store.assessments(include_deleted=True) == []
    assert "Ben" not in (store.folder / "names.json").read_text("utf-8")


def test_lock_held_too_long_is_said(made, rate):
    """While somebody else writes, reading goes on, and writing is refused in words, then works."""
    folder, head = made
    with open_store(folder, timeout=0.1) as store:
        other = sqlite3.connect(folder / "skillmatrix.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match=r"is locked: another program.*try again"):
            store.append(head.code, rate(id="late"))
        assert len(store.events(head.code)) == 2
        with open_store(folder, timeout=0.1) as second:
            assert second.last_seq(head.code) == 2

        other.execute("ROLLBACK")
        other.close()
        assert not store.append(head.code, rate(id="late")).duplicate


@pytest.mark.parametrize(
    "content",
    [b"text " * 2000, b"SQLite format 3\x00" + b"\xff" * 8000, b"x", b"x" * 511, b"x" * 600],
    ids=["text", "broken header", "1 byte", "511 bytes", "600 bytes"],
)
def test_corrupt_file_is_never_written_over(made, content):
    """A file that is no database is named and left as it is."""
    folder, _ = made
    path = folder / "skillmatrix.db"
    path.write_bytes(content)

    with pytest.raises(StoreError, match=r"is not a workspace database|is damaged") as caught:
        open_store(folder)

    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_damage_in_the_middle_is_said(made):
    """Pages overwritten by garbage give an error in words, not a traceback or a wrong answer."""
    folder, head = made
    path = folder / "skillmatrix.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))

    with (
        pytest.raises(StoreError, match=r"is damaged: its content cannot be read"),
        open_store(folder) as store,
    ):
        store.events(head.code)


def test_database_of_another_program_is_left_alone(folder):
    """Somebody else's database in the folder is neither migrated nor marked."""
    folder.mkdir()
    path = folder / "skillmatrix.db"
    raw = sqlite3.connect(path)
    with raw:
        raw.execute("CREATE TABLE recipe (name TEXT)")
    raw.close()
    path.chmod(0o644)
    before = path.read_bytes()

    with pytest.raises(StoreError, match=r"another program made it"):
        open_store(folder)

    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o644
    assert [p.name for p in folder.iterdir()] == ["skillmatrix.db"]


def test_lost_database_is_not_replaced_by_an_empty_one(made):
    """A key file without its database means loss: opening says so and makes nothing."""
    folder, _ = made
    (folder / "skillmatrix.db").unlink()

    with pytest.raises(
        StoreError, match=r"names.json names 1 of its people: the database was lost"
    ):
        open_store(folder)

    assert [path.name for path in folder.iterdir()] == ["names.json"]


def test_emptied_database_is_not_filled_again(made):
    """A database without any table, beside a key file with names, is a loss too."""
    folder, _ = made
    raw = sqlite3.connect(folder / "skillmatrix.db")
    raw.execute("PRAGMA application_id = 0")
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if name != "sqlite_sequence":
            raw.execute(f"DROP TABLE {name}")
    raw.execute("DELETE FROM sqlite_sequence")
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("DELETE FROM sqlite_master")
    raw.commit()
    raw.close()

    with pytest.raises(StoreError, match=r"the database was lost"):
        open_store(folder)


def test_log_without_its_database_is_kept(folder):
    """A log left alone may hold the last changes: it is not swept away by a new database."""
    folder.mkdir()
    (folder / "skillmatrix.db-wal").write_bytes(b"precious")

    with pytest.raises(StoreError, match=r"skillmatrix\.db-wal is there"):
        open_store(folder)

    assert (folder / "skillmatrix.db-wal").read_bytes() == b"precious"


def _delete(folder):
    (folder / "skillmatrix.db").unlink()


def _delete_log(folder):
    (folder / "skillmatrix.db-wal").unlink()


def _delete_all(folder):
    shutil.rmtree(folder)


def _replace(folder):
    shutil.copy(folder / "skillmatrix.db", folder / "copy")
    (folder / "copy").replace(folder / "skillmatrix.db")


@pytest.mark.parametrize("accident", [_delete, _delete_log, _delete_all, _replace])
def test_file_lost_in_mid_session_is_noticed(made, rate, accident):
    """What would go into a file without a name is not acknowledged, and reading says so too."""
    folder, head = made
    with open_store(folder) as store:
        store.append(head.code, rate(2))
        accident(folder)

        with pytest.raises(StoreError, match=r"was moved, replaced or deleted while it was open"):
            store.append(head.code, rate(1))
        with pytest.raises(StoreError, match=r"was moved, replaced or deleted"):
            store.last_seq(head.code)


def test_missing_file_is_never_made_by_asking(folder):
    """A second connection, opened after the file has gone, makes no empty one in its place."""
    folder.mkdir()
    lost = database.Database(folder / "skillmatrix.db", 0.1)

    with pytest.raises(StoreError, match=r"was moved, replaced or deleted"), lost.read():
        pass
    lost.close()

    assert list(folder.iterdir()) == []


def test_file_lost_during_a_change_is_noticed(made, rate, monkeypatch):
    """A file that goes between writing and answering: there is no acknowledgement."""
    folder, head = made
    with open_store(folder) as store:
        store.append(head.code, rate(2))
        true = store._conflict

        def conflict(*given):
            _delete(folder)
            return true(*given)

        monkeypatch.setattr(store, "_conflict", conflict)
        with pytest.raises(StoreError, match=r"was moved, replaced or deleted"):
            store.append(head.code, rate(1))


def test_file_put_back_works_again(made, rate):
    """Moved away and back: the same store goes on."""
    folder, head = made
    path = folder / "skillmatrix.db"
    with open_store(folder) as store:
        store.append(head.code, rate(2))
        path.rename(folder / "away")
        with pytest.raises(StoreError, match=r"was moved"):
            store.last_seq(head.code)
        (folder / "away").rename(path)

        assert not store.append(head.code, rate(1)).duplicate


def test_closed_store_says_so(made, rate):
    """A store that was closed gives a clear error; closing it twice gives none."""
    folder, head = made
    store = open_store(folder)
    store.close()
    store.close()

    for ask in (
        store.assessments,
        store.last_opened,
        lambda: store.append(head.code, rate()),
        lambda: store.set_deleted(head.code, True, at=NOW, event_id="d"),
    ):
        with pytest.raises(StoreError, match=r"was closed; open the workspace again"):
            ask()


def test_errors_do_not_quote_what_people_wrote(made, rate, monkeypatch):
    """Not even the technical part of an error, which may be logged, contains a note."""
    folder, head = made
    monkeypatch.setattr(database, "_PRAGMAS", (*database._PRAGMAS, "PRAGMA max_page_count = 1"))

    payload = {"note": "secret " * 20_000}

    with open_store(folder) as store, pytest.raises(StoreError) as caught:
        store.append(head.code, rate(payload=payload))

    assert "secret" not in "".join(traceback.format_exception(caught.value))
