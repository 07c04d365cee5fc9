"""Opening a page: until it can be read, until it can be used, beside the smallest Voilà page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import servers, store
from benchmarks.browser import Opening, driver, open_once, profile
from benchmarks.measure import Machine, Row

READABLE_BUDGET = 400.0  # ms
WARM_UP = 2  # visits that fill the browser's caches and are not counted
OVER_VOILA = 200.0  # ms more than an empty preheated Voilà page
_BOARD = ".sm-board:not(.sm-board-readonly)"
_FIRST_ROW = f'{_BOARD} .sm-row[data-skill="python"]'

WORKBOOK = Opening(
    control=f"{_FIRST_ROW} .sm-cell[aria-checked=false]:is([data-level='3'], [data-level='4'])",
    first="#skillmatrix-first-paint .sm-row",
    reacts=f"{_FIRST_ROW} .sm-cell[aria-checked=true]",
    confirmed=".sm-saved-saved",
    contains="Saved",
)
VOILA = Opening(control=".jupyter-button", confirmed=".jupyter-button", contains="count 1")


#: What a row is called, what was noted, and its budget and what that is for.
_MOMENTS = (
    ("the board is in the document", "firstInDocument"),
    ("first contentful paint", "contentful"),
    ("the board can be read", "readable"),
    ("first control painted", "usable"),
    ("first click stored or answered by the kernel", "confirmed"),
)


@dataclass(frozen=True)
class Page:
    """One page to open again and again."""

    name: str
    server: servers.Server
    address: str
    opening: Opening
    workspace: Path | None = None


@contextmanager
def both(preheat: int) -> Iterator[list[Page]]:
    """Serve the workbook and the smallest Voilà page."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "workspace"
        code = store.fill(folder)
        ours = stack.enter_context(servers.workbook(folder, preheat))
        plain = stack.enter_context(servers.voila(preheat))
        address = f"{ours.base}/self_review?assessment={code}#rate"
        yield [
            Page("skillmatrix", ours, address, WORKBOOK, folder),
            Page("voila", plain, plain.base, VOILA),
        ]


def run(rounds: int, machine: Machine) -> list[Row]:
    """Measure prepared and unprepared kernels, with a warm and with an empty browser cache."""
    prepared, few = max(6, rounds // 3), max(4, rounds // 8)
    rows: list[Row] = []
    with driver() as driven:
        with both(preheat=1) as pages:
            found = returning(driven, pages, prepared, machine)
            rows += _rows("opening, kernel prepared", found, budgets=True)
            found = first_visits(driven, pages, few, machine)
            rows += _rows("opening, kernel prepared, browser cache empty", found)
        with both(preheat=0) as pages:
            found = returning(driven, pages, few, machine)
            rows += _rows("opening, no kernel prepared", found)
    return rows


Found = dict[str, list[dict[str, float]]]


def returning(driven: Any, pages: list[Page], rounds: int, machine: Machine) -> Found:
    """Open pages in turn in browsers that have been there before."""
    found: Found = {page.name: [] for page in pages}
    with ExitStack() as stack:
        contexts = {
            page.name: stack.enter_context(profile(driven, page.server, page.opening))
            for page in pages
        }
        for turn in range(rounds + WARM_UP):
            for page in pages:
                page.server.rest()
                machine.settle()
                noted = open_once(contexts[page.name], page.address)
                if turn >= WARM_UP:
                    found[page.name].append(noted)
    return found


def first_visits(driven: Any, pages: list[Page], rounds: int, machine: Machine) -> Found:
    """Open pages in turn, each time in a browser that has never been there."""
    found: Found = {page.name: [] for page in pages}
    for _ in range(rounds):
        for page in pages:
            with profile(driven, page.server, page.opening) as context:
                page.server.rest()
                machine.settle()
                found[page.name].append(open_once(context, page.address))
    return found


def _rows(group: str, found: Found, *, budgets: bool = False) -> list[Row]:
    rows: list[Row] = []
    for noted in found["skillmatrix"]:
        # The page says when its frame was made, the browser when the first one was shown.
        noted["readable"] = max(noted["first"], noted["contentful"])
    for name, noted in found.items():
        for words, key in _MOMENTS:
            values = [each[key] for each in noted if key in each]
            if values:
                rows.append(Row(group, f"{name}: {words}", "ms", values))
    known = {row.name: row for row in rows}
    for words, _ in _MOMENTS:
        ours, plain = known.get(f"skillmatrix: {words}"), known.get(f"voila: {words}")
        if ours and plain:
            ours.reference = plain.name
    if budgets:
        readable = known["skillmatrix: the board can be read"]
        readable.budget = READABLE_BUDGET
        usable = known["skillmatrix: first control painted"]
        usable.budget = known["voila: first control painted"].median + OVER_VOILA
        usable.note = "budget: the Voilà page of this run plus 200 ms"
    unreacted = sum(not each["reacted"] for each in found["skillmatrix"])
    if unreacted:
        known["skillmatrix: first control painted"].note += f"; {unreacted} did not react at once"
    return rows
