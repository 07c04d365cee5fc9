"""The store: one change to disk, and what the changes of a year add up to."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Machine, Row, alternately
from skillmatrix.assessment.events import fold
from skillmatrix.framework import load_framework
from skillmatrix.pages import rounds as rounds_of
from skillmatrix.store import AssessmentHead, NewEvent, Store, open_store

STORED_BUDGET = 50.0  # ms from the click; the append alone has to be far below
EVENTS = (20, 200, 2000)
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@contextmanager
def workspace(folder: Path) -> Iterator[tuple[Store, AssessmentHead]]:
    """Open a workspace with one assessment in it."""
    with open_store(folder) as store:
        yield store, rounds_of.begin(store, "Bench", "senior", "begin")


def rate(store: Store, head: AssessmentHead, number: int, chance: random.Random) -> None:
    """Append one rating."""
    skills = list(load_framework("ml-specialist").skills)
    payload = {"value": chance.randint(0, 5)}
    store.append(
        head.code, NewEvent(f"r{number}", "rating", chance.choice(skills), payload, 0, NOW)
    )


def run(rounds: int, machine: Machine) -> list[Row]:
    """Measure appending and folding."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_append(Path(folder), rounds, machine), *_fold(Path(folder), rounds, machine)]


def _append(folder: Path, rounds: int, machine: Machine) -> list[Row]:
    chance = random.Random(1)
    count = iter(range(10**9))
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode=WAL")
    plain.execute("PRAGMA synchronous=FULL")
    plain.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, text TEXT)")

    with workspace(folder / "append") as (store, head):
        found = alternately(
            {
                "sqlite3 alone, one insert, synced": lambda: plain.execute(
                    "INSERT INTO event (text) VALUES ('x')"
                ),
                "append one change": lambda: rate(store, head, next(count), chance),
                "last_seq (each open page asks every 5 s)": lambda: store.last_seq(head.code),
            },
            rounds * 4,
            machine,
        )
    plain.close()
    budget = {"append one change": STORED_BUDGET}
    return [
        Row(
            "store",
            name,
            "ms",
            values,
            budget=budget.get(name),
            on="p95",
            reference="sqlite3 alone, one insert, synced",
        )
        for name, values in found.items()
    ]


def _fold(folder: Path, rounds: int, machine: Machine) -> list[Row]:
    rows: list[Row] = []
    for undone in (0.0, 0.3):
        how = "30 % of them undo" if undone else "ratings"
        for size in EVENTS:
            chance = random.Random(2)
            with workspace(folder / f"fold-{size}-{undone}") as (store, head):
                held: list[str] = []
                for number in range(size):
                    if held and chance.random() < undone:
                        event = NewEvent(f"u{number}", "undo", held.pop(), None, 0, NOW)
                        store.append(head.code, event)
                    else:
                        rate(store, head, number, chance)
                        held.append(f"r{number}")
                events = store.events(head.code)
                start = _start(head)
                found = alternately(
                    {
                        "read": lambda store=store, head=head: store.events(head.code),
                        "fold": lambda start=start, events=events: fold(
                            start, events, dt.date(2026, 11, 22)
                        ),
                    },
                    max(5, rounds // 4),
                    machine,
                )
            both = [read + made for read, made in zip(found["read"], found["fold"], strict=True)]
            for name, values in (*found.items(), ("read and fold", both)):
                rows.append(
                    Row(
                        "store: how it grows with changes",
                        f"{name} {size} events ({how})",
                        "ms",
                        values,
                        reference=f"{name} {EVENTS[0]} events ({how})",
                    )
                )
    return rows


def _start(head: AssessmentHead) -> dict[str, object]:
    return {
        "framework": head.framework,
        "person": {"code": head.person_code, "name": head.person_name},
        "rater": head.rater,
        "aim": {"profile": "senior"},
        "created_at": head.created_at,
    }


def fill(folder: Path, level: int = 4, changes: int = 0) -> str:
    """Make a workspace with every skill rated, and give the code of its assessment."""
    with workspace(folder) as (store, head):
        for number, skill in enumerate(load_framework("ml-specialist").skills):
            event = NewEvent(f"fill{number}", "rating", skill, {"value": level}, 0, NOW)
            store.append(head.code, event)
        chance = random.Random(3)
        for number in range(changes):
            rate(store, head, number, chance)
        store.set_last_opened(head.code)
        return head.code
