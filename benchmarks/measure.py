"""Timing, the load of the machine, and rows of results."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import psutil

BUSY = 0.35  # share of the processors that others may use before a round waits
PATIENCE = 5.0  # s a round waits for the others; then it is measured and called noisy
_LOOK = 0.25  # s

On = Literal["median", "p95"]


def p95(values: Sequence[float]) -> float:
    """Give the 95th percentile, by linear interpolation."""
    ordered = sorted(values)
    place = 0.95 * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


@dataclass
class Row:
    """
    One line of the table.

    Attributes
    ----------
    group, name : str
        What was measured.
    unit : str
        Of all numbers.
    values : list of float
        Single measurements.
    budget : float, optional
        Of design.md, section 5, in `unit`; None where it names none.
    on : {"median", "p95"}
        Which of the two the budget is for.
    reference : str
        What the ratio compares with: another name of the same group, from the same run.
    note : str
    """

    group: str
    name: str
    unit: str
    values: list[float]
    budget: float | None = None
    on: On = "median"
    reference: str = ""
    ratio: float | None = None
    note: str = ""

    @property
    def best(self) -> float:
        """The least disturbed measurement."""
        return min(self.values)

    @property
    def median(self) -> float:
        """Half of the measurements are below."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """One in twenty measurements is above."""
        return p95(self.values)

    @property
    def met(self) -> bool | None:
        """Whether the budget holds; None without a budget."""
        if self.budget is None:
            return None
        return (self.median if self.on == "median" else self.p95) <= self.budget

    def as_dict(self) -> dict[str, Any]:
        """Give everything for a file."""
        return {
            "group": self.group,
            "name": self.name,
            "unit": self.unit,
            "n": len(self.values),
            "best": self.best,
            "median": self.median,
            "p95": self.p95,
            "budget": self.budget,
            "budget_on": self.on if self.budget is not None else None,
            "met": self.met,
            "reference": self.reference or None,
            "ratio": self.ratio,
            "note": self.note,
            "values": self.values,
        }


@dataclass
class Machine:
    """How busy others kept the machine while a run went on."""

    rounds: int = 0
    noisy: int = 0
    loads: list[float] = field(default_factory=list)
    patience: float = PATIENCE

    def settle(self) -> bool:
        """Wait until the others leave the processors alone, but not for ever."""
        end = time.monotonic() + self.patience
        self.rounds += 1
        while True:
            before, start = processor_seconds(), time.monotonic()
            share = psutil.cpu_percent(interval=_LOOK) / 100
            passed = time.monotonic() - start
            share -= max(0.0, processor_seconds() - before) / passed / (os.cpu_count() or 1)
            if share <= BUSY:
                break
            if time.monotonic() > end:
                self.noisy += 1
                break
        self.loads.append(os.getloadavg()[0])
        return share <= BUSY

    def sentence(self) -> str:
        """Say how far the numbers can be trusted."""
        loads = self.loads or [os.getloadavg()[0]]
        text = (
            f"{os.cpu_count()} cores; load {min(loads):.1f} to {max(loads):.1f} "
            f"(median {statistics.median(loads):.1f})"
        )
        if not self.noisy:
            return f"{text}; every round began on a quiet machine"
        return f"{text}; {self.noisy} of {self.rounds} rounds began while others were at work"


def processor_seconds(pid: int | None = None) -> float:
    """Give the processor time of a process and all it started; of this benchmark by default."""
    total = 0.0
    for each in family(pid):
        with suppress(psutil.Error):
            used = each.cpu_times()
            total += used.user + used.system
    return total


def family(pid: int | None = None) -> list[psutil.Process]:
    """Give a process and all that it started."""
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def timed(work: Callable[[], object], *, calls: int = 1) -> float:
    """Give the milliseconds of one call, averaged over `calls` in a row."""
    start = time.perf_counter()
    for _ in range(calls):
        work()
    return (time.perf_counter() - start) * 1000 / calls


def alternately(
    works: dict[str, Callable[[], object]], rounds: int, machine: Machine, *, calls: int = 1
) -> dict[str, list[float]]:
    """Time several things in turn, so that noise and warmth are the same for all."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for index in range(rounds):
        if index % 10 == 0:
            machine.settle()
        for name, work in works.items():
            found[name].append(timed(work, calls=calls))
    return found


def put_ratios(rows: list[Row]) -> None:
    """Fill in each row's ratio to the median of its reference."""
    known = {(row.group, row.name): row.median for row in rows}
    for row in rows:
        base = known.get((row.group, row.reference))
        row.ratio = row.median / base if base and row.reference != row.name else None


def spin() -> int:
    """Do a fixed piece of plain Python: what `1 x` means on any machine."""
    return sum(i * i for i in range(10_000))


@contextmanager
def stopwatch(wall: list[float], processor: list[float]) -> Iterator[None]:
    """Add the milliseconds of a block, on the clock and of this process alone, to two lists."""
    start, used = time.perf_counter(), time.process_time()
    yield
    wall.append((time.perf_counter() - start) * 1000)
    processor.append((time.process_time() - used) * 1000)
