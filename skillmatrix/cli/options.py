"""Options that several commands share, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from skillmatrix.assessment import Assessment
    from skillmatrix.framework import Framework, Profile

YES, NO = ("true", "yes", "on"), ("false", "no", "off")

AssessmentFile = Annotated[
    Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="An assessment file.")
]
Target = Annotated[
    str | None,
    typer.Option(
        "--target", metavar="PROFILE", help="Profile to judge by. Default: what the file aims at."
    ),
]
Overlays = Annotated[
    list[str] | None,
    typer.Option(
        "--overlay",
        metavar="ID",
        help="Variant of the role; may be given several times. Replaces those of the file.",
    ),
]
Switches = Annotated[
    list[str] | None,
    typer.Option(
        "--switch",
        metavar="KEY=VALUE",
        help="Answer a switch: true, false, yes, no, on or off; may be given several times. "
        "Other answers of the file stay.",
    ),
]
Reasons = Annotated[
    list[str] | None,
    typer.Option(
        "--reason",
        metavar="OVERLAY=TEXT",
        help="Why the condition holds that a variant lowers something on; may be given several "
        "times. Other reasons of the file stay.",
    ),
]
FrameworkName = Annotated[
    str | None,
    typer.Option(
        "--framework",
        metavar="PATH_OR_ID",
        help="Framework the file was made with. Default: the one that the file names, shipped or "
        "in the folder frameworks of the workspace.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Workspace = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="DIR",
        help="Folder of your data. Default: $SKILLMATRIX_WORKSPACE, else your user data folder.",
    ),
]


def answers(given: Iterable[str]) -> dict[str, bool]:
    """
    Read answers to switches.

    Parameters
    ----------
    given : iterable of str
        Each ``key=value``.

    Returns
    -------
    dict of str to bool

    Raises
    ------
    typer.BadParameter
        If one has no value, another value, or comes twice.

    Examples
    --------
    >>> answers(["regulated=no", "streaming=ON"])
    {'regulated': False, 'streaming': True}
    """
    found: dict[str, bool] = {}
    for entry in given:
        key, sign, value = (part.strip() for part in entry.partition("="))
        word = value.casefold()
        if not key or not sign or word not in (*YES, *NO):
            msg = f"{entry!r}: expected key=value with true, false, yes, no, on or off"
            raise typer.BadParameter(msg, param_hint="'--switch'")
        if key in found:
            msg = f"{key!r} is answered twice; give one answer"
            raise typer.BadParameter(msg, param_hint="'--switch'")
        found[key] = word in YES
    return found


def reasons(given: Iterable[str]) -> dict[str, str]:
    """
    Read reasons for what variants lower.

    Parameters
    ----------
    given : iterable of str
        Each ``overlay=text``.

    Returns
    -------
    dict of str to str

    Raises
    ------
    typer.BadParameter
        If one has no text, or comes twice.

    Examples
    --------
    >>> reasons(["enterprise=The platform team runs the registry; ours = theirs."])
    {'enterprise': 'The platform team runs the registry; ours = theirs.'}
    """
    found: dict[str, str] = {}
    for entry in given:
        key, _, text = (part.strip() for part in entry.partition("="))
        if not key or not text:
            msg = f"{entry!r}: expected overlay=text, such as enterprise='a platform team runs it'"
            raise typer.BadParameter(msg, param_hint="'--reason'")
        if key in found:
            msg = f"{key!r} has two reasons; give one"
            raise typer.BadParameter(msg, param_hint="'--reason'")
        found[key] = text
    return found


def chosen(
    assessment: Assessment,
    framework: Framework,
    target: str | None,
    overlays: list[str] | None,
    switches: list[str] | None,
    *,
    because: list[str] | None = None,
) -> Profile:
    """Choose the profile to judge by: the options given, else what the file aims at."""
    aim = assessment.aim
    return framework.profile(
        target or aim.profile,
        overlays=overlays or aim.overlays,
        switches={**aim.switches, **answers(switches or ())},
        reasons={**aim.reasons, **reasons(because or ())},
    )
