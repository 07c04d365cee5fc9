"""``skillmatrix agree``: how far several raters agree, and where to talk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatrix.cli import screen
from skillmatrix.cli.agree_text import as_data, clash_text, collected_data, session_text
from skillmatrix.cli.check import count
from skillmatrix.cli.options import AsJson, FrameworkName, Overlays, Switches, Target, chosen
from skillmatrix.cli.output import Force, check_outs, save
from skillmatrix.errors import UsageError

if TYPE_CHECKING:
    from skillmatrix.assessment import Assessment
    from skillmatrix.calibration.collect import Collected
    from skillmatrix.framework import Framework, Profile

ABOUT = """Compare independent ratings of several people, as before a calibration session.

Reads packets made for calibration and assessment files, or folders of them. First who rated
whom, then raw agreement, then where raters are apart, gates first. Coefficients of agreement are
shown from five people on, with their interval. Self-ratings are compared with the others, never
pooled with them.

Of different files of one rater for one person, or two own views of a person, none is taken
until you say with --keep which one holds; the message gives the digits to type."""
EXAMPLE = """
skillmatrix agree session/
skillmatrix agree session/ --target senior --json
skillmatrix agree session/ --severity
skillmatrix agree session/ --wording
skillmatrix agree session/ --change-request wordings.md
skillmatrix agree session/ session-late/ --keep 401395f2aa01
"""
#: Digits of a hash from which one is taken at its word.
FEWEST_DIGITS = 6


def agree(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", exists=True, help="Packets and assessment files, or folders."
        ),
    ],
    *,
    target: Target = None,
    overlay: Overlays = None,
    switch: Switches = None,
    framework: FrameworkName = None,
    every: Annotated[
        bool, typer.Option("--all", help="List every disagreement, not the first ones.")
    ] = False,
    severity: Annotated[
        bool,
        typer.Option(
            "--severity", help="Also who rates higher or lower than others: for a facilitator."
        ),
    ] = False,
    wording: Annotated[
        bool,
        typer.Option(
            "--wording", help="Also which wordings of levels split raters, where there is enough."
        ),
    ] = False,
    change_request: Annotated[
        Path | None,
        typer.Option(
            "--change-request",
            metavar="FILE",
            help="Also write the request to change exactly those wordings, as Markdown.",
        ),
    ] = None,
    force: Force = False,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            metavar="HASH",
            help="Of files that cannot all hold, the one that does: the first digits of its hash, "
            "at least six. May be given several times.",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Print coverage, agreement and disagreements of a session."""
    from skillmatrix import calibration
    from skillmatrix.calibration import wording as wordings
    from skillmatrix.calibration.collect import collect, files_in
    from skillmatrix.framework import load_framework

    if change_request:
        check_outs({"md": change_request}, *paths, force=force, ways="--change-request FILE")
    files = files_in(paths)
    if not files:
        msg = f"no *.assessment.json and no *.packet.json in {', '.join(map(str, paths))}"
        raise UsageError(msg)
    told = collect(
        files,
        load_framework(framework) if framework else None,
        allow_drafts=True,
        progress=lambda each: screen.progress(each, "Reading"),
    )
    told = told.decided(decisions(told, keep or ()))
    for problem in told.problems:
        screen.message(str(problem))
    for clash in told.clashes:
        screen.message(clash_text(clash))
    if told.assessments and told.framework is not None:
        profile = chosen(typical(told.assessments), told.framework, target, overlay, switch)
        session = Session(told, told.framework, profile)
        effects = calibration.severity(session.with_practice) if severity else None
        asked = wording or change_request
        found = wordings.findings(session.others, told.framework) if asked else None
        if found and change_request:
            save(wordings.change_request(told.framework, found).encode(), change_request)
        if json:
            screen.as_json(as_data(session, effects, found))
        else:
            blocks = session_text(session, effects, found, every=every)
            screen.out("\n\n".join(filter(None, blocks)))
    elif json:
        screen.as_json(collected_data(told))
    elif told.practice:
        screen.message("these are ratings of practice profiles; give those of people beside them")
    if told.problems or told.clashes:
        screen.message(_left_out(told))
        raise typer.Exit(1)


def _left_out(told: Collected) -> str:
    parts = []
    if told.problems:
        parts.append(f"{count(len(told.problems), 'problem')}: what they name is left out")
    if told.clashes:
        wait = "waits" if len(told.clashes) == 1 else "wait"
        parts.append(f"{count(len(told.clashes), 'clash', 'clashes')} {wait} for a decision")
    return "; ".join(parts)


def decisions(told: Collected, given: Iterable[str]) -> dict[str, str]:
    """
    Find the clashes that the values of ``--keep`` decide.

    Parameters
    ----------
    told : Collected
    given : iterable of str
        First digits of hashes; of a clash of names, the code of the person where the names are
        of one.

    Raises
    ------
    UsageError
        If one names no file of a clash, or several.
    """
    from skillmatrix.calibration.collect import SAME

    found: dict[str, str] = {}
    for word in given:
        if any(clash.kind == "names" and clash.cell == word for clash in told.clashes):
            found[word] = SAME
            continue
        fits = [
            (clash.cell, option.sha256)
            for clash in told.clashes
            for option in clash.options
            if len(word) >= FEWEST_DIGITS and option.sha256.startswith(word.lower())
        ]
        if len(fits) != 1:
            what = "no file" if not fits else "several files"
            msg = f"--keep {word!r} names {what} that wait for a decision; " + (
                "give the first twelve digits of one hash"
                if told.clashes
                else "nothing waits for one"
            )
            raise UsageError(msg)
        cell, sha256 = fits[0]
        if found.setdefault(cell, sha256) != sha256:
            msg = f"--keep is given for two files of {cell}; give the one that holds"
            raise UsageError(msg)
    return found


def typical(assessments: Iterable[Assessment]) -> Assessment:
    """Give an assessment with the aim that most have."""
    ordered = sorted(assessments, key=lambda a: repr(a.aim))
    aims = Counter(repr(a.aim) for a in ordered)
    return max(ordered, key=lambda a: aims[repr(a.aim)])


class Session:
    """Ratings of a session with what is computed of them.

    Parameters
    ----------
    collected : Collected
    framework : Framework
    profile : Profile
        Says which skills are gates.
    """

    def __init__(self, collected: Collected, framework: Framework, profile: Profile) -> None:
        from skillmatrix import calibration as cal

        self.collected = collected
        by_rater = sorted(collected.assessments, key=lambda a: a.rater.code or "")
        self.assessments = sorted(by_rater, key=lambda a: a.rater.kind != "self")
        self.framework, self.profile = framework, profile
        levels = [level.value for level in framework.levels]
        self.others = cal.ratings_frame(self.assessments)
        self.with_practice = cal.ratings_frame([*self.assessments, *collected.practice])
        everyone = cal.ratings_frame(self.assessments, with_self=True)
        self.pairs = cal.pairwise(self.others)
        pairs = cal.pairwise(everyone)
        self.with_self = pairs[pairs["a"] == "self"]
        self.alpha = cal.alpha(self.others, "ordinal")
        self.ac = cal.ac(self.others, "quadratic", categories=levels)
        self.apart = cal.disagreements(self.others, profile)

    @property
    def coverage(self) -> dict[str, list[str]]:
        """Say by whom each person was rated."""
        found: dict[str, list[str]] = {}
        for a in self.assessments:
            locked = "" if a.status == "locked" else ", a draft"
            who = "self" if a.rater.kind == "self" else a.rater.code or a.rater.kind
            found.setdefault(a.person.code, []).append(f"{who}{locked}")
        return dict(sorted(found.items()))
