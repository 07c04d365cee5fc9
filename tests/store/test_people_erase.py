"""Erasing a person: nothing left in any byte, nobody else touched, all or nothing."""

from __future__ import annotations

import json
import multiprocessing
import shutil
from types import SimpleNamespace

import pytest

from skillmatrix.errors import StoreError, UsageError
from skillmatrix.server import workspace as server_files
from skillmatrix.store import NewEvent, erase, open_store, remains
from skillmatrix.store.people import erased, people

from . import workers
from .conftest import NOW

SPAWN = multiprocessing.get_context("spawn")
PATIENCE = 60
NOTE = "Nobody but me may ever read what I think of the migration"
TITLE = "Rebuilt the churn scoring pipeline"


def note(number, text=NOTE):
    payload = {"text": text, "visibility": "private"}
    return NewEvent(f"note-{number}", "note", "mlops", payload, 0, NOW)


@pytest.fixture
def two(folder, begin):
    """Make a workspace with Ana, two assessments, and Bo; it is closed again."""
    with open_store(folder) as store:
        ana = begin(store)
        again = begin(store, person_code=ana.person_code)
        bo = begin(store, "Bo")
        for number in range(20):
            store.append(ana.code, note(number, f"{NOTE}, thought number {number}"))
        store.append(again.code, note("title", TITLE))
        store.append(bo.code, note("bo", "My own words about my own work"))
        store.set_deleted(again.code, True, at=NOW, event_id="gone")
        store.set_last_opened(ana.code)
    return SimpleNamespace(folder=folder, ana=ana.person_code, codes=[ana.code, again.code], bo=bo)


def run(folder, code):
    with open_store(folder) as store:
        return erase.erase(store, code, NOW)


def everything(folder):
    """Give the bytes of all files; no store of this process may be open."""
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def words_of(two):
    return [w.encode() for w in (two.ana, *two.codes, "Ana Example", "may ever read", "churn")]


def state(folder):
    """Give what the workspace says: codes with their events, names, settings."""
    with open_store(folder) as store:
        listed = {each.code: (each.name, each.events) for each in people(store, NOW.date(), 24)}
        database, _ = store.parts
        with database.read() as connection:
            keys = connection.exec_driver_sql("SELECT key FROM setting").scalars().all()
    return listed, set(keys)


def test_no_byte_of_a_person_is_left(two):
    """Codes, name and words are in no file, and the count says what went."""
    assert all(word in everything(two.folder) for word in words_of(two))

    done = run(two.folder, two.ana)

    assert (done.assessments, done.events, done.left) == (2, 24, {})
    assert not [word for word in words_of(two) if word in everything(two.folder)]


def test_other_people_keep_everything(two):
    """Bo's events, name and head are what they were, and he can go on."""
    with open_store(two.folder) as store:
        before = store.assessment(two.bo.code), store.events(two.bo.code)

    run(two.folder, two.ana)

    with open_store(two.folder) as store:
        assert (store.assessment(two.bo.code), store.events(two.bo.code)) == before
        assert [each.name for each in people(store, NOW.date(), 24)] == ["Bo"]
        assert store.last_opened() is None
        assert not store.append(two.bo.code, note("later")).duplicate


def test_numbers_of_events_are_not_given_again(two):
    """The number of an erased event is never that of another one."""
    with open_store(two.folder) as store:
        store.append(two.codes[0], note("last"))
        last = store.last_seq(two.codes[0])

    run(two.folder, two.ana)

    with open_store(two.folder) as store:
        assert store.append(two.bo.code, note("later")).event.seq > last


def test_events_are_protected_again_afterwards(two):
    """The permission to remove events ends with the erasure."""
    run(two.folder, two.ana)

    assert "erasing" not in state(two.folder)[1]
    with open_store(two.folder) as store:
        database, _ = store.parts
        with pytest.raises(StoreError, match="never changed"), database.write() as connection:
            connection.exec_driver_sql("DELETE FROM event")


def test_what_an_earlier_version_left_in_unused_bytes_goes_too(two, folder):
    """Rows that moved leave copies in the gaps of a page: the file is written anew."""
    with open_store(folder) as store:
        database, _ = store.parts
        connection = database._connect()
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute(f"CREATE TABLE spare AS SELECT '{NOTE}' || '{two.ana}' AS words")
        connection.execute("DROP TABLE spare")
        connection.close()

    run(folder, two.ana)

    assert not [word for word in words_of(two) if word in everything(folder)]


def test_erased_twice_says_when(two):
    """The second time nothing is there; the time and the counts are those of the first."""
    first = run(two.folder, two.ana)
    second = run(two.folder, two.ana)

    assert (first.again, second.again) == (False, True)
    assert (second.at, second.assessments, second.events) == (first.at, 2, 24)


def test_codes_that_were_erased_are_recognised(two):
    """By digests: a page can clear its drafts of them, and of nothing else."""
    run(two.folder, two.ana)

    with open_store(two.folder) as store:
        asked = [two.ana, *two.codes, two.bo.code, "a-unknown"]
        assert set(erased(store, asked)) == {two.ana, *two.codes}


def test_unknown_code_erases_nothing(two):
    """A slip ends in a suggestion."""
    before = state(two.folder)

    with open_store(two.folder) as store, pytest.raises(UsageError, match="did you mean"):
        erase.erase(store, two.ana[:-1], NOW)

    assert state(two.folder) == before


def test_files_in_the_workspace(two):
    """Hers alone go; those about others stay and are named; lines of logs are masked."""
    files = {
        "ana.packet.json": json.dumps({"person": {"code": two.ana}}),
        "mine.txt": f"I wrote: {NOTE}",
        "both.json": json.dumps([two.ana, two.bo.person_code]),
        "team.txt": "Ana Example, seat 4",
        "notes.txt": f"{NOTE}. And: My own words about my own work",
        "server.log": f"GET /?assessment={two.codes[0]}\nstarted\n",
        "innocent.txt": "a file of somebody, about the review",
    }
    for name, text in files.items():
        (two.folder / name).write_text(text)

    done = run(two.folder, two.ana)

    assert {path.name for path in done.files} == {"ana.packet.json", "mine.txt"}
    assert {path.name: set(kinds) for path, kinds in done.left.items()} == {
        "both.json": {"code"},
        "notes.txt": {"text"},
        "team.txt": {"name"},
    }
    log = (two.folder / "server.log").read_text()
    assert len(log) == len(files["server.log"])
    assert log.splitlines()[1] == "started"
    assert two.codes[0] not in log
    assert (two.folder / "innocent.txt").read_text() == files["innocent.txt"]


def test_the_ladder_of_a_round_is_nobodys_words(folder, begin):
    """Two people rated on one ladder: her file goes, and a file from elsewhere stays."""
    ladder = "ml-specialist@0.1.0"
    with open_store(folder) as store:
        ana = begin(store, framework=ladder)
        begin(store, "Bo", framework=ladder)
    elsewhere = folder / "elsewhere.json"
    elsewhere.write_text(json.dumps({"framework": ladder, "person": {"code": "kim"}}))
    hers = folder / "ana.json"
    hers.write_text(json.dumps({"framework": ladder, "person": {"code": ana.person_code}}))

    done = run(folder, ana.person_code)

    assert (done.files, done.left, elsewhere.exists()) == ((hers,), {}, True)


def test_a_file_on_the_only_ladder_here_is_not_hers_for_that(folder, begin):
    """Ana alone in a workspace: what somebody gave her about Kim is not removed with her."""
    ladder = "ml-specialist@0.1.0"
    with open_store(folder) as store:
        ana = begin(store, framework=ladder)
    given = folder / "kim.json"
    given.write_text(json.dumps({"framework": ladder, "person": {"code": "kim"}}))

    assert run(folder, ana.person_code).files == ()
    assert given.exists()


def test_logs_are_those_of_the_server():
    """The names of its logs are patterns here, because the store does not know the server."""
    made = {server_files.LOG_FILE, server_files.KERNEL_LOG}

    assert {pattern.rstrip("*") for pattern in remains.LOGS} == made
    assert {server_files.TOKEN_FILE, server_files.SECRET_FILE} <= remains.OWN


def test_what_others_say_about_a_person_stays_and_is_counted(two):
    """Bo's note that names Ana is Bo's: it is told before, and is no trace afterwards."""
    with open_store(two.folder) as store:
        store.append(two.bo.code, note("about", "Ana Example reviewed it with me"))
        assert erase.preview(store, two.ana).mentions == 1

    assert run(two.folder, two.ana).left == {}


def test_the_same_words_of_two_people_are_no_false_alarm(two):
    """Both took the same sentence; his stays, and hers is gone all the same."""
    with open_store(two.folder) as store:
        store.append(two.bo.code, note("same", TITLE))

    assert run(two.folder, two.ana).left == {}


@pytest.mark.parametrize("name", ["Al", "Me", "Mark"])
def test_a_short_name_raises_no_alarm(folder, begin, name):
    """``Al`` is a part of many words; a second person may be called the same."""
    with open_store(folder) as store:
        al = begin(store, name)
        other = begin(store, name)
        store.append(other.code, note(1, f"{name}, {name}so, {name}ed"))
    (folder / "server.log").write_text(f"{name}so {name} done\n")
    packet = {"person": {"code": al.person_code, "name": name}}
    (folder / "al.packet.json").write_text(json.dumps(packet))

    done = run(folder, al.person_code)

    assert (done.left, done.masked, len(done.files)) == ({}, 0, 1)


def test_a_lost_key_file_is_no_hindrance(two):
    """Without names the records go by their code."""
    (two.folder / "names.json").unlink()

    assert run(two.folder, two.ana).left == {}
    assert list(state(two.folder)[0]) == [two.bo.person_code]


def test_a_name_alone_can_be_erased(two):
    """A name whose records never came to be is taken out of the key file."""
    with open_store(two.folder) as store:
        _, key_file = store.parts
        key_file.write(store.workspace_id, {**key_file.read(), "p-left": "Left Behind"})

    assert run(two.folder, "p-left").assessments == 0
    assert b"Left" not in everything(two.folder)


def test_spare_file_of_a_killed_writer_goes(two):
    """The key file half written, with the name in it, lies beside the real one."""
    (two.folder / "names.json.tmp").write_text('{"people": {"p": "Ana Example"')

    assert run(two.folder, two.ana).left == {}
    assert not (two.folder / "names.json.tmp").exists()


def test_too_little_space_is_said_before(two, monkeypatch):
    """The database has to be written anew: without room for that nothing is erased."""
    before = state(two.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))

    with open_store(two.folder) as store, pytest.raises(StoreError, match=r"Nothing was erased"):
        erase.erase(store, two.ana, NOW)

    assert state(two.folder) == before


def test_read_only_folder_erases_nothing(two, monkeypatch):
    """When the key file cannot be written, the rows stay as well."""
    before = state(two.folder)
    with open_store(two.folder) as store:
        _, key_file = store.parts

        def refuse(*_):
            msg = "names.json cannot be written"
            raise StoreError(msg)

        monkeypatch.setattr(type(key_file), "write", refuse)
        with pytest.raises(StoreError, match="cannot be written"):
            erase.erase(store, two.ana, NOW)
    monkeypatch.undo()

    assert state(two.folder) == before


def test_trouble_after_the_rows_says_what_is_left_to_do(two, monkeypatch):
    """The disk fills up meanwhile: rows are gone, and the next opening finishes."""
    with open_store(two.folder) as store:
        database, _ = store.parts

        def full(_):
            msg = "the disk is full"
            raise StoreError(msg)

        monkeypatch.setattr(type(database), "rebuild", full)
        with pytest.raises(StoreError, match=r"records of .* are erased.*person erase .* again"):
            erase.erase(store, two.ana, NOW)
    monkeypatch.undo()

    assert run(two.folder, two.ana).left == {}
    assert not [word for word in words_of(two) if word in everything(two.folder)]


def test_a_reader_of_an_earlier_moment_is_named_and_nothing_goes(two):
    """Another program keeps old pages in use: said before anything is erased."""
    mine, out = SPAWN.Pipe()
    process = SPAWN.Process(target=workers.read_slowly, args=(two.folder, out), daemon=True)
    process.start()
    assert mine.recv() == "reading"
    with open_store(two.folder, timeout=0.2) as store:
        with pytest.raises(StoreError, match=r"being read by another.*Nothing was erased"):
            erase.erase(store, two.ana, NOW)
        assert len(store.events(two.codes[0])) == 21
    mine.send("stop")
    process.join(PATIENCE)

    assert run(two.folder, two.ana).left == {}


@pytest.mark.parametrize(
    ("where", "gone"),
    [
        ("before the rows are gone for good", False),
        ("before the name is gone", True),
        pytest.param("before the file is written anew", True, marks=pytest.mark.slow),
        pytest.param("before the log is cut", True, marks=pytest.mark.slow),
    ],
)
def test_killed_in_the_middle_all_or_nothing(two, where, gone):
    """After kill -9 the next opening finds everything, or nothing in any byte."""
    before = state(two.folder)
    process = SPAWN.Process(target=workers.erase_and_die, args=(two.folder, two.ana, where))
    process.start()
    process.join(PATIENCE)

    assert process.exitcode == -9
    after = state(two.folder)
    assert "erasing" not in after[1]
    if gone:
        assert list(after[0]) == [two.bo.person_code]
        assert not [word for word in words_of(two) if word in everything(two.folder)]
    else:
        assert after == before


@pytest.mark.slow
def test_a_busy_workspace_can_be_erased_from(two):
    """While another process stores events of somebody else, each is kept and Ana goes."""
    together, code = SPAWN.Barrier(1), two.bo.code
    writer = SPAWN.Process(
        target=workers.append_many, args=(two.folder, code, "busy", 150, together)
    )
    writer.start()
    done = run(two.folder, two.ana)
    writer.join(PATIENCE)

    assert writer.exitcode == 0
    assert done.left == {}
    with open_store(two.folder) as store:
        assert len(store.events(code)) == 152
    assert not [word for word in words_of(two) if word in everything(two.folder)]


@pytest.mark.slow
def test_two_hundred_assessments(folder, begin):
    """A long history goes in a few seconds, and is looked for in every byte."""
    with open_store(folder) as store:
        ana = begin(store)
        for each in range(199):
            head = begin(store, person_code=ana.person_code)
            for number in range(20):
                store.append(head.code, note(f"{each}-{number}", f"{NOTE} {each} {number}"))

    done = run(folder, ana.person_code)

    assert (done.assessments, done.events, done.left) == (200, 200 + 199 * 20, {})
    assert b"may ever read" not in everything(folder)
