"""``skillmatrix verdict``: what an assessment comes to, with every reason."""

from __future__ import annotations

import re
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatrix.cli import screen
from skillmatrix.cli.beside import DECIDES, comparison, roles
from skillmatrix.cli.options import (
    AsJson,
    AssessmentFile,
    FrameworkName,
    Overlays,
    Reasons,
    Switches,
    Target,
    chosen,
)
from skillmatrix.cli.reading import about, read
from skillmatrix.cli.stress import stress_data, tried

if TYPE_CHECKING:
    from skillmatrix.scoring import Stress, Targets, Verdict

ABOUT = """Judge an assessment, criterion by criterion, with the reasons.

The answer is READY, NOT YET or OPEN. It prepares a conversation; a person decides.
Each of the three answers ends with exit code 0.
With --beside the same ratings stand beside other roles, with the gaps they share.
With --stress it says in how many other cases the answer would be the same."""
EXAMPLE = """
skillmatrix verdict ana.assessment.json
skillmatrix verdict ana.assessment.json --target senior --switch regulated=yes
skillmatrix verdict ana.assessment.json --beside staff-principal --beside mlops-platform
skillmatrix verdict ana.assessment.json --stress
skillmatrix verdict ana.assessment.json --json
"""

Beside = Annotated[
    list[str] | None,
    typer.Option(
        "--beside",
        metavar="PROFILE",
        help="Compare with this role too, in the same context; may be given several times. "
        "'all' takes every other role.",
    ),
]
UnderStress = Annotated[
    bool,
    typer.Option(
        "--stress",
        help="Try the verdict under other variants, other answers and ratings one level off.",
    ),
]

_STYLES = {"MET": "green", "READY": "green", "OPEN": "yellow", "NOT MET": "red", "NOT YET": "red"}
_STATE = re.compile(r"\b(NOT MET|NOT YET|MET|OPEN|READY)\b")
_DOTTED = re.compile(r"^(\s*)(.+?) \.{3,} (NOT MET|MET|OPEN)\s*(.*)$")
_DEEPER = 10
_STATES_AT = 66  # the column where states stand in the text of a verdict
_FRAME = 4  # columns that the frame and its padding take


def verdict(
    file: AssessmentFile,
    *,
    target: Target = None,
    overlay: Overlays = None,
    switch: Switches = None,
    reason: Reasons = None,
    beside: Beside = None,
    stress: UnderStress = False,
    framework: FrameworkName = None,
    json: AsJson = False,
) -> None:
    """Judge an assessment and print the reasons."""
    from skillmatrix.scoring import Targets, Verdict
    from skillmatrix.scoring import verdict as judge

    if stress and beside:
        msg = "choose one: --stress tries one role, --beside compares several"
        raise typer.BadParameter(msg, param_hint="'--stress'")
    assessment, ladder = read(file, framework, target)
    own = chosen(assessment, ladder, target, overlay, switch, because=reason)
    found: Verdict | Targets | Stress
    if stress:
        found = tried(assessment, own, reason)
    elif beside:
        others = [
            chosen(assessment, ladder, name, overlay, switch, because=reason)
            for name in roles(ladder, beside)
        ]
        found = Targets(assessment, [own, *others])
    else:
        found = judge(assessment, own)
    if json:
        screen.as_json(
            comparison(file, found)
            if isinstance(found, Targets)
            else as_data(file, found)
            if isinstance(found, Verdict)
            else stress_data(file, found)
        )
    elif screen.is_terminal():
        screen.styled(framed(found.explain(), screen.width()))
    else:
        screen.out(found.explain())


def as_data(file: Path, found: Verdict) -> dict[str, Any]:
    """Give a verdict as plain values; nobody has decided anything yet."""
    coverage = found.coverage
    return {
        "about": about(file, found.assessment, found.profile),
        "overall": found.overall,
        "label": found.label,
        "confidence": found.confidence,
        "coverage": {
            "rated": coverage.rated,
            "total": coverage.total,
            "states": dict(coverage.states),
            "text": str(coverage),
        },
        "criteria": {
            name: {
                "code": criterion.code,
                "title": criterion.title,
                "state": criterion.state,
                "parts": [asdict(part) for part in criterion.parts],
            }
            for name, criterion in found.criteria.items()
        },
        "pivotal": [asdict(pivot) for pivot in found.pivotal],
        "switch_dependent": [asdict(effect) for effect in found.switch_dependent],
        "settle": [asdict(step) for step in found.settle],
        "overshoot": list(found.overshoot),
        "warnings": list(found.warnings),
        "decided_by": None,
        "note": DECIDES,
    }


def framed(text: str, width: int) -> Any:
    """Lay the text of a verdict out for a terminal: fitted, framed, states in colour too."""
    from rich.panel import Panel
    from rich.text import Text

    lines = [
        piece
        for line in screen.harmless(text).splitlines()
        for piece in fitted(line, width - _FRAME)
    ]
    body = Text("\n".join(lines))
    body.stylize("bold", 0, len(lines[0]))
    for state in _STATE.finditer(body.plain):
        body.stylize(_STYLES[state[1]], *state.span())
    return Panel(body, border_style="dim", width=width)


def fitted(line: str, width: int) -> list[str]:
    """
    Break a line of a verdict so that the rule, its state and its reason stay apart.

    Examples
    --------
    >>> for piece in fitted("  gate  MLOps >= 4 ................ OPEN     [1..4]  claimed 4", 32):
    ...     print(piece)
      gate  MLOps >= 4 ........ OPEN
              [1..4]  claimed 4
    """
    if len(line) <= width:
        return [line]
    dotted = _DOTTED.match(line)
    if dotted is None:
        indent = len(line) - len(line.lstrip())
        return _wrapped(line.strip(), width, " " * indent, " " * (indent + 4))
    margin, rule, state, reason = dotted.groups()
    head = _wrapped(rule, width - len(state) - 5, margin, margin + "      ")
    column = min(_STATES_AT, width - len(state))
    dots = "." * max(column - len(head[-1]) - 2, 3)
    head[-1] = f"{head[-1]} {dots} {state}"
    deeper = " " * _DEEPER
    return head + (_wrapped(reason, width, deeper, deeper) if reason else [])


def _wrapped(text: str, width: int, first: str, later: str) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, len(later) + 10),
        initial_indent=first,
        subsequent_indent=later,
        break_on_hyphens=False,
    ) or [""]
