"""Rows on the screen, in Markdown and in a file."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.measure import Row

HEAD = ("measured", "n", "best", "median", "p95", "budget", "", "ratio")


def number(value: float, unit: str) -> str:
    """Write a number with as many digits as it deserves."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f} {unit}"


def cells(row: Row) -> tuple[str, ...]:
    """Give the cells of one row."""
    budget = f"{row.on} {number(row.budget, row.unit)}" if row.budget is not None else ""
    met = {True: "met", False: "NOT MET", None: ""}[row.met]
    ratio = f"{row.ratio:.2f} x {row.reference}" if row.ratio is not None else ""
    spread = number(row.p95, row.unit) if len(row.values) > 1 else ""
    return (
        row.name,
        str(len(row.values)),
        number(row.best, row.unit) if len(row.values) > 1 else "",
        number(row.median, row.unit),
        spread,
        budget,
        met,
        ratio,
    )


def lines(rows: list[Row]) -> list[str]:
    """Lay rows out as Markdown, one table a group, notes below each."""
    text: list[str] = []
    for group in dict.fromkeys(row.group for row in rows):
        mine = [row for row in rows if row.group == group]
        table = [HEAD, *map(cells, mine)]
        widths = [max(3, *(len(line[i]) for line in table)) for i in range(len(HEAD))]
        text += ["", f"### {group}", ""]
        for index, line in enumerate(table):
            padded = (
                cell.rjust(width) if 1 <= place <= 4 else cell.ljust(width)
                for place, (cell, width) in enumerate(zip(line, widths, strict=True))
            )
            text.append(f"| {' | '.join(padded)} |")
            if index == 0:
                rule = (
                    "-" * (width - 1) + ":" if 1 <= place <= 4 else "-" * width
                    for place, width in enumerate(widths)
                )
                text.append(f"| {' | '.join(rule)} |")
        notes = [f"- {row.name}: {row.note}" for row in mine if row.note]
        text += ["", *notes] if notes else []
    return text


def save(path: Path, rows: list[Row], said: list[str], machine: str) -> None:
    """Write all measurements as JSON."""
    data = {"machine": machine, "said": said, "rows": [row.as_dict() for row in rows]}
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
