from __future__ import annotations

import json
import multiprocessing

import pytest

from skillmatrix.store import open_store

from . import workers

SPAWN = multiprocessing.get_context("spawn")
PATIENCE = 60


def run(*jobs):
    """Run each job (function, arguments) in a process of its own; all must end well."""
    processes = [SPAWN.Process(target=function, args=args) for function, args in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
    assert [process.exitcode for process in processes] == [0] * len(jobs)


def test_two_processes_lose_and_double_nothing(store, begin):
    """200 events each, at the same time: 400 events, each process's own in its own order."""
    code, together = begin(store).code, SPAWN.Barrier(2)

    run(*[(workers.append_many, (store.folder, code, n, 200, together)) for n in ("a", "b")])

    events = store.events(code)[1:]
    assert [e.seq for e in events] == sorted({e.seq for e in events})
    for name in ("a", "b"):
        own = [e.id for e in events if e.id.startswith(name)]
        assert own == [f"{name}-{number}" for number in range(200)]
    assert len(events) == 400


def test_same_events_from_two_processes_are_stored_once(store, begin):
    """An outbox sent through two kernels at once is stored once; each event is new to one."""
    code, together = begin(store).code, SPAWN.Barrier(2)
    ends = [SPAWN.Pipe() for _ in range(2)]

    run(*[(workers.append_same, (store.folder, code, 50, together, out)) for _, out in ends])

    assert [e.id for e in store.events(code)[1:]] == [f"same-{n}" for n in range(50)]
    assert sum(mine.recv() for mine, _ in ends) == 50


def test_killed_writer_keeps_its_word(store, begin):
    """After kill -9 in the middle, every acknowledged event is there, and work goes on."""
    code = begin(store).code
    mine, out = SPAWN.Pipe()
    process = SPAWN.Process(target=workers.append_forever, args=(store.folder, code, out))
    process.start()
    acknowledged = [mine.recv() for _ in range(100)]
    process.kill()
    process.join(PATIENCE)
    out.close()
    try:
        while True:
            acknowledged.append(mine.recv())
    except EOFError:
        mine.close()

    stored = [e.id for e in store.events(code)[1:]]
    assert stored[: len(acknowledged)] == acknowledged
    assert len(stored) - len(acknowledged) <= 1
    assert not store.append(code, workers.event("after", 0)).duplicate


@pytest.mark.slow
def test_names_survive_two_writers(folder):
    """Two processes that add and rename people at the same time lose no name."""
    together = SPAWN.Barrier(2)

    run(*[(workers.name_many, (folder, name, 25, together)) for name in ("a", "b")])

    expected = {f"{name} {number}" for name in ("a", "b") for number in range(25)}
    with open_store(folder) as store:
        assert {head.person_name for head in store.assessments()} == expected
    people = json.loads((folder / "names.json").read_text("utf-8"))["people"]
    assert set(people.values()) == expected


@pytest.mark.slow
def test_workspace_made_by_several_at_once_is_one(folder):
    """Three processes open a workspace that is not there yet: one is made, all get it."""
    together = SPAWN.Barrier(3)
    ends = [SPAWN.Pipe() for _ in range(3)]

    run(*[(workers.open_new, (folder, together, out)) for _, out in ends])

    assert len({mine.recv() for mine, _ in ends}) == 1
