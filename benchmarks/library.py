"""The library: imports, frameworks, verdicts, files."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import skillmatrix as sm
from benchmarks.measure import Machine, Row, alternately, spin, stopwatch
from skillmatrix.calibration.collect import collect
from skillmatrix.framework import load as framework_load
from skillmatrix.settings import data_dir

EXAMPLE = data_dir() / "examples" / "ana.assessment.json"
FILES_BUDGET = 5000.0  # ms for 1,000 files
VERDICT_BUDGET = 1.0  # ms
SIZES = (10, 100, 1000)

_PROBES = {
    "python alone": "pass",
    "import skillmatrix": "import skillmatrix",
    "import skillmatrix, load a framework": (
        "import skillmatrix as sm; sm.load_framework('ml-specialist')"
    ),
    "import pandas": "import pandas",
}


def run(rounds: int, machine: Machine) -> list[Row]:
    """Measure single calls."""
    return [*_imports(rounds, machine), *_calls(rounds, machine)]


def _imports(rounds: int, machine: Machine) -> list[Row]:
    """Start Python again and again, with and without the library."""

    def start(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], check=True)

    works = {name: (lambda code=code: start(code)) for name, code in _PROBES.items()}
    found = alternately(works, max(5, rounds // 4), machine)
    return [
        Row("library: a new process", name, "ms", values, reference="python alone")
        for name, values in found.items()
    ]


def _calls(rounds: int, machine: Machine) -> list[Row]:
    framework = sm.load_framework("ml-specialist")
    profile = framework.profile("senior")
    assessment = sm.read_assessment(EXAMPLE)
    text = EXAMPLE.read_text(encoding="utf-8")

    def load_cold() -> None:
        framework_load._load.cache_clear()
        sm.load_framework("ml-specialist")

    # The first profile is kept: a load that is thrown away must not make it foreign.
    cold = alternately({"load_framework, cold": load_cold}, max(5, rounds // 4), machine)
    works = {
        "plain Python (sum of 10,000 squares)": spin,
        "json.loads of the same file": lambda: json.loads(text),
        "load_framework, again": lambda: sm.load_framework("ml-specialist"),
        "read_assessment": lambda: sm.read_assessment(EXAMPLE),
        "verdict": lambda: sm.verdict(assessment, profile),
        "verdict, pivots and what would settle it": lambda: _all_of(assessment, profile),
        "gap": lambda: sm.gap(assessment, profile),
    }
    found = {**cold, **alternately(works, rounds * 2, machine, calls=3)}
    budgets = {"verdict": VERDICT_BUDGET}
    references = {"read_assessment": "json.loads of the same file"}
    return [
        Row(
            "library: one call",
            name,
            "ms",
            values,
            budget=budgets.get(name),
            reference=references.get(name, "plain Python (sum of 10,000 squares)"),
        )
        for name, values in found.items()
    ]


def _all_of(assessment: sm.Assessment, profile: object) -> None:
    found = sm.verdict(assessment, profile)
    _ = found.pivots, found.settle, found.switch_dependent, found.confidence


def growth(rounds: int, machine: Machine) -> list[Row]:
    """Measure how the cost grows: with assessments, and with evidence in one assessment."""
    repeats = max(3, rounds // 10)
    return [*_many_files(repeats, machine), *_much_evidence(repeats, machine)]


def _many_files(repeats: int, machine: Machine) -> list[Row]:
    framework = sm.load_framework("ml-specialist")
    profile = framework.profile("senior")
    example = sm.read_assessment(EXAMPLE)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"p{i}.assessment.json" for i in range(max(SIZES))]
        for number, path in enumerate(paths):
            person = example.person.model_copy(update={"code": f"p-{number}"})
            sm.write_assessment(example.model_copy(update={"person": person}), path)
        for size in SIZES:
            took = {name: ([], []) for name in ("read", "verdict", "pivots", "gap", "collect")}
            for _ in range(repeats):
                machine.settle()
                with stopwatch(*took["read"]):
                    read = [sm.read_assessment(path) for path in paths[:size]]
                with stopwatch(*took["verdict"]):
                    verdicts = [sm.verdict(each, profile) for each in read]
                with stopwatch(*took["pivots"]):
                    _ = [each.pivots for each in verdicts]
                with stopwatch(*took["gap"]):
                    _ = [sm.gap(each, profile) for each in read]
                with stopwatch(*took["collect"]):
                    _ = collect(paths[:size], allow_drafts=True).coverage
            for name, measured in took.items():
                for how, values in zip(("", ", processor time"), measured, strict=True):
                    read_all = name in {"read", "collect"} and size == max(SIZES)
                    rows.append(
                        Row(
                            "library: how it grows with people",
                            f"{name}, {size} assessments{how}",
                            "ms",
                            values,
                            budget=FILES_BUDGET if read_all and not how else None,
                            reference=f"{name}, {SIZES[0]} assessments{how}",
                        )
                    )
    return rows


def _much_evidence(repeats: int, machine: Machine) -> list[Row]:
    profile = sm.load_framework("ml-specialist").profile("senior")
    example = sm.read_assessment(EXAMPLE)
    rows = []
    for size in SIZES:
        items = tuple(
            item.model_copy(
                update={"id": f"e{n}", "date": example.as_of - dt.timedelta(days=n % 900)}
            )
            for n, item in zip(range(size), _cycle(example.evidence), strict=False)
        )
        held = example.model_copy(update={"evidence": items})
        found = alternately(
            {"verdict": lambda held=held: sm.verdict(held, profile)}, repeats, machine
        )
        rows.append(
            Row(
                "library: how it grows with evidence",
                f"verdict, {size} items of evidence",
                "ms",
                found["verdict"],
                reference=f"verdict, {SIZES[0]} items of evidence",
            )
        )
    return rows


def _cycle(items: tuple[sm.Evidence, ...]):
    while True:
        yield from items
