"""What a calibration session must show, worked out from its files in plain Python."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

#: By person and rater: what was given for each skill, a level or a word.
Given = dict[tuple[str, str], dict[str, int | str]]

#: Levels of the scale, and the 97.5 % point of Student's t at 29 degrees of freedom, as tables
#: print it.
SCALE, T_29 = range(6), 2.0452


def given(paths: list[Path]) -> Given:
    """Read what raters gave in their locked files."""
    found: Given = {}
    for path in paths:
        data = json.loads(path.read_text(encoding="utf-8"))
        found[data["person"]["code"], data["rater"]["code"]] = data["ratings"]
    return found


def cells(files: Given) -> dict[tuple[str, str], dict[str, int]]:
    """Give the levels of each skill of each person, by rater."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for (person, rater), ratings in files.items():
        for skill, value in ratings.items():
            if isinstance(value, int):
                found.setdefault((person, skill), {})[rater] = value
    return found


def pairs(files: Given) -> tuple[int, int, int]:
    """Count comparisons of two raters, those at the same level, and those within one."""
    gaps = [
        abs(one - other)
        for levels in cells(files).values()
        for one, other in combinations(levels.values(), 2)
    ]
    return len(gaps), gaps.count(0), gaps.count(0) + gaps.count(1)


def ranges(files: Given) -> dict[tuple[str, str], int]:
    """Give how far raters are apart, wherever two of them gave a level."""
    return {
        cell: max(levels.values()) - min(levels.values())
        for cell, levels in cells(files).items()
        if len(levels) > 1
    }


def alpha(files: Given) -> float:
    """Krippendorff's alpha from its table of coincidences, ordinal differences."""
    met: defaultdict[tuple[int, int], float] = defaultdict(float)
    for levels in cells(files).values():
        row = list(levels.values())
        for at, one in enumerate(row):
            for other in row[:at] + row[at + 1 :]:
                met[one, other] += 1 / (len(row) - 1)
    n = {c: sum(met[c, k] for k in SCALE) for c in SCALE}
    total = sum(n.values())

    def apart(c: int, k: int) -> float:
        low, high = min(c, k), max(c, k)
        return (sum(n[g] for g in range(low, high + 1)) - (n[c] + n[k]) / 2) ** 2

    seen = sum(met[c, k] * apart(c, k) for c in SCALE for k in SCALE)
    by_chance = sum(n[c] * n[k] * apart(c, k) for c in SCALE for k in SCALE)
    return 1 - (total - 1) * seen / by_chance


def ac2(files: Given) -> float:
    """Gwet's AC2 by its formula, quadratic weights over the whole scale."""
    size = len(SCALE)
    weight = {(c, k): 1 - ((c - k) / (size - 1)) ** 2 for c in SCALE for k in SCALE}
    rows = [Counter(levels.values()) for levels in cells(files).values()]
    agreed = []
    for row in rows:
        raters = sum(row.values())
        if raters > 1:
            near = {k: sum(weight[k, c] * row[c] for c in SCALE) for k in SCALE}
            agreed.append(sum(row[k] * (near[k] - 1) for k in SCALE) / (raters * (raters - 1)))
    share = {k: sum(row[k] / sum(row.values()) for row in rows) / len(rows) for k in SCALE}
    by_chance = (
        sum(weight.values()) / (size * (size - 1)) * sum(s * (1 - s) for s in share.values())
    )
    return (sum(agreed) / len(agreed) - by_chance) / (1 - by_chance)


def words(figure: Callable[[Given], float], files: Given) -> str:
    """Give a figure as a page says it: with the interval that leaves out one person at a time."""
    people = {person for person, _ in files}
    value = figure(files)
    without = [figure({k: v for k, v in files.items() if k[0] != person}) for person in people]
    middle = sum(without) / len(people)
    spread = sum((each - middle) ** 2 for each in without) * (len(people) - 1) / len(people)
    reach = T_29 * spread**0.5
    return f"{value:.2f}, 95 % interval {value - reach:.2f} to {min(1, value + reach):.2f}"


def lower_median(levels: list[int]) -> int:
    """Give the middle level; of two, the lower."""
    return sorted(levels)[(len(levels) - 1) // 2]
