"""What pages that are open cost in memory, and what 200 of them would."""

from __future__ import annotations

from contextlib import suppress

import psutil
from jupyter_client.manager import start_new_kernel

from benchmarks.browser import driver, profile
from benchmarks.measure import Machine, Row, family
from benchmarks.opening import both

SESSIONS = 5
MANY = 200
MANY_BUDGET = 20.0  # GiB
_MIB = 2**20


def run(rounds: int, machine: Machine) -> list[Row]:
    """Measure kernels and whole servers, with none and with some pages open."""
    group = "memory"
    rows = [Row(group, "a kernel of ipykernel with nothing in it", "MiB", [_bare()])]
    bare = rows[0].name
    with driver() as driven, both(preheat=1) as (ours, plain):
        ours.server.rest(kernels=2)
        plain.server.rest(kernels=1)
        waiting = [_unshared(each) for each in ours.server.kernels()]
        at_rest = _all(ours.server.pid)
        name = "a kernel that waits for a page"
        rows.append(Row(group, name, "MiB", [max(waiting)], reference=bare))
        with profile(driven, ours.server) as context:
            tabs = []
            opened: list[float] = []
            for _ in range(SESSIONS):
                tab = context.new_page()
                tab.goto(ours.address)
                tab.wait_for_selector(ours.opening.control)
                tabs.append(tab)
                tab.wait_for_timeout(3000)
            machine.settle()
            ours.server.rest(kernels=2 + SESSIONS)
            kernels = ours.server.kernels()
            opened = sorted(_unshared(each) for each in kernels)[-SESSIONS:]
            whole = _all(ours.server.pid)
            tabs[0].click("a[href='#results']")
            tabs[0].wait_for_selector("img[src^='data:image/svg']", timeout=60_000)
            drawn = max(_unshared(each) for each in kernels)
            for tab in tabs:
                tab.close(run_before_unload=True)
        per_page = (whole - at_rest) / SESSIONS
        rows += [
            Row(group, "a kernel with its page open", "MiB", opened, reference=bare),
            Row(group, "the same after a figure was drawn", "MiB", [drawn], reference=bare),
            Row(group, "server and waiting kernels, no page open", "MiB", [at_rest]),
            Row(
                group,
                f"server and kernels, {SESSIONS} pages open",
                "MiB",
                [whole],
                note=f"{len(kernels)} kernels: {SESSIONS} with a page, the others wait",
            ),
            _many("with every page as opened", at_rest, per_page),
            _many("with a figure drawn in every page", at_rest, per_page + drawn - max(opened)),
        ]
        rows.append(
            Row(group, "a kernel of the Voilà page", "MiB", [_voila(plain)], reference=bare)
        )
    return rows


def _many(how: str, at_rest: float, per_page: float) -> Row:
    total = (at_rest + MANY * per_page) / 1024
    note = (
        f"extrapolated, not measured: {at_rest:.0f} MiB at rest plus {MANY} x {per_page:.0f} MiB. "
        "Proportional memory (PSS), without the browsers; it says nothing about the processors"
    )
    return Row("memory", f"{MANY} pages open, {how}", "GiB", [total], MANY_BUDGET, note=note)


def _voila(page: object) -> float:
    return max((_unshared(each) for each in page.server.kernels()), default=0.0)  # type: ignore[attr-defined]


def _bare() -> float:
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        client.wait_for_ready(timeout=60)
        return _unshared(psutil.Process(manager.provisioner.process.pid))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _unshared(process: psutil.Process) -> float:
    """Give the MiB of a process, shared pages counted in part."""
    with suppress(psutil.Error):
        return float(process.memory_full_info().pss) / _MIB
    return 0.0


def _all(pid: int) -> float:
    return sum(_unshared(each) for each in family(pid))
