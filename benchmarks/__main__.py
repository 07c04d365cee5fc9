"""Run benchmarks: ``python -m benchmarks [NAME...] [--json OUT] [--rounds N]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import agreement, browser, clicks, library, memory, opening, peers, store, table
from benchmarks.measure import PATIENCE, Machine, Row, put_ratios

Work = Callable[[int, Machine], list[Row]]
WORKS: dict[str, Work] = {
    "library": library.run,
    "growth": library.growth,
    "agreement": agreement.run,
    "store": store.run,
    "clicks": clicks.run,
    "opening": opening.run,
    "memory": memory.run,
    "peers": peers.run,
}
NEED_BROWSER = {"clicks", "opening", "memory", "peers"}


def main() -> int:
    """Run what was named, or everything."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help=f"of {', '.join(WORKS)}; all by default")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write every measurement")
    parser.add_argument("--rounds", type=int, default=30, help="how often (default 30)")
    parser.add_argument(
        "--patience", type=float, default=PATIENCE, help="seconds a round waits for a quiet machine"
    )
    parser.add_argument(
        "--peers-python", default=sys.executable, help="the Python that has Panel and the like"
    )
    chosen = parser.parse_args()
    if unknown := sorted(set(chosen.name) - set(WORKS)):
        parser.error(f"no benchmark {unknown}; there are {', '.join(WORKS)}")
    peers.PYTHON = chosen.peers_python
    machine, rows, said = Machine(patience=chosen.patience), [], []
    missing = browser.installed()
    for name in chosen.name or WORKS:
        if missing and name in NEED_BROWSER:
            said.append(f"{name}: skipped, {missing}")
            continue
        print(f"{name}…", file=sys.stderr, flush=True)
        rows += WORKS[name](chosen.rounds, machine)
    said += peers.SAID
    put_ratios(rows)
    print("\n".join([machine.sentence(), *table.lines(rows), *said]))
    if chosen.json:
        table.save(chosen.json, rows, said, machine.sentence())
    return 0


if __name__ == "__main__":
    sys.exit(main())
