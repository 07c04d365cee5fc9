"""Practice profiles: what raters made of invented people, beside the reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from skillmatrix.assessment.model import Assessment
from skillmatrix.calibration import Severity, severity
from skillmatrix.framework.model import Framework
from skillmatrix.framework.practice_profiles import NOT_OBSERVED, PracticeCase
from skillmatrix.panel.calibration import Calibration

#: The rater that stands for the reference ratings.
REFERENCE = "reference"
COLUMNS = ["unit", "person", "skill", "rater", "kind", "value"]

#: Answers by profile, rater and skill: a level, or a word.
Answers = Mapping[str, Mapping[str, Mapping[str, int | str]]]


def practice_answers(calibration: Calibration) -> dict[str, dict[str, dict[str, int | str]]]:
    """
    Give what raters answered, by profile, rater and skill.

    Notes
    -----
    From files and from the room. Where a rater did a profile in both, the room counts: it is
    what the log holds.
    """
    found = answers_of_files(calibration.practice, calibration.framework)
    for (rater, profile), said in calibration.standing.practised.items():
        cases = _cases(calibration.framework, profile)
        told: dict[str, int | str] = {s: v for s, v in said.levels.items() if s in cases}
        found.setdefault(profile, {})[rater] = told
    return found


def answers_of_files(
    practice: Iterable[Assessment], framework: Framework
) -> dict[str, dict[str, dict[str, int | str]]]:
    """Give the answers of practice ratings that came as files."""
    found: dict[str, dict[str, dict[str, int | str]]] = {}
    for each in practice:
        profile, rater = each.person.code, each.rater.code
        cases = _cases(framework, profile)
        if rater is None or not cases:
            continue
        told = {skill: each.rating(skill).value for skill in cases}
        answered = {s: v for s, v in told.items() if isinstance(v, int) or v == NOT_OBSERVED}
        found.setdefault(profile, {})[rater] = answered
    return found


def _cases(framework: Framework, profile: str) -> Mapping[str, PracticeCase]:
    known = framework.practice_profiles.get(profile)
    return known.cases if known else {}


def practice_frame(calibration: Calibration) -> pd.DataFrame:
    """
    Give practice ratings as one long table, in the shape of the ratings of people.

    Parameters
    ----------
    calibration : Calibration

    Returns
    -------
    DataFrame
        ``unit`` (such as ``practice-1 mlops``), ``person`` (the profile), ``skill``, ``rater``,
        ``kind`` (``practice``) and ``value``. The reference is not among them, and an answer
        that is no level is no row.
    """
    rows = [
        (f"{profile} {skill}", profile, skill, rater, "practice", value)
        for profile, raters in sorted(practice_answers(calibration).items())
        for rater, told in sorted(raters.items())
        for skill, value in told.items()
        if isinstance(value, int)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def reference_frame(framework: Framework, profiles: Iterable[str]) -> pd.DataFrame:
    """Give the reference levels of some profiles, as ratings of the rater `REFERENCE`."""
    rows = [
        (f"{profile} {skill}", profile, skill, REFERENCE, "practice", case.reference.value)
        for profile in profiles
        for skill, case in _cases(framework, profile).items()
        if case.reference is not None
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


@dataclass(frozen=True)
class Held:
    """
    The answers of one rater, held against the reference, in counts.

    Attributes
    ----------
    rater : str
    n : int
        Cases where the rater and the reference have a level.
    exact, within_one, higher, lower : int
        Of these: the same; at most one step apart, the same among them; above; below.
    unseen : int
        Cases where both say that nothing told would let anybody see the skill.
    level_unseen, unseen_level : int
        Cases where only the reference says so, and where only the rater does.
    left_out : int
        Cases that the rater did not answer.
    """

    rater: str
    n: int
    exact: int
    within_one: int
    higher: int
    lower: int
    unseen: int
    level_unseen: int
    unseen_level: int
    left_out: int


def steps_apart(framework: Framework, level: int, reference: int) -> int:
    """Give how many steps of the scale a level stands above another; negative: below."""
    levels = [each.value for each in framework.levels]
    return levels.index(level) - levels.index(reference)


def held_against(
    framework: Framework, profile: str, rater: str, told: Mapping[str, int | str]
) -> Held:
    """
    Hold the answers of a rater against the reference of a profile.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> cases = fw.practice_profiles["practice-1"].cases
    >>> told = {skill: case.reference.value for skill, case in cases.items()}
    >>> told["mlops"] += 1
    >>> held = held_against(fw, "practice-1", "r-1", told)
    >>> held.n, held.exact, held.within_one, held.higher
    (6, 5, 6, 1)
    """
    steps, unseen, level_unseen, unseen_level, left_out = [], 0, 0, 0, 0
    for skill, case in _cases(framework, profile).items():
        said = told.get(skill)
        if said is None:
            left_out += 1
        elif case.reference is None:
            unseen += said == NOT_OBSERVED
            level_unseen += said != NOT_OBSERVED
        elif isinstance(said, int):
            steps.append(steps_apart(framework, said, case.reference.value))
        else:
            unseen_level += 1
    return Held(
        rater,
        len(steps),
        exact=sum(step == 0 for step in steps),
        within_one=sum(abs(step) <= 1 for step in steps),
        higher=sum(step > 0 for step in steps),
        lower=sum(step < 0 for step in steps),
        unseen=unseen,
        level_unseen=level_unseen,
        unseen_level=unseen_level,
        left_out=left_out,
    )


def apart(case: PracticeCase, given: Iterable[int | str]) -> bool:
    """Say whether half or more of those who answered a case gave something else than expected."""
    answers = list(given)
    wanted: Any = NOT_OBSERVED if case.reference is None else case.reference.value
    return bool(answers) and 2 * sum(answer != wanted for answer in answers) >= len(answers)


@dataclass(frozen=True)
class Anchored:
    """
    Severity with the practice profiles as common ground.

    Attributes
    ----------
    severity : Severity
        The reference is one of its raters, named `REFERENCE`.
    n_ratings, n_profiles, n_raters : int
        Practice ratings it rests on, profiles they are of, and raters who gave them.
    sentence : str
        What it rests on, and how far it carries.
    """

    severity: Severity
    n_ratings: int
    n_profiles: int
    n_raters: int
    sentence: str


def anchored_severity(calibration: Calibration) -> Anchored | None:
    """
    Estimate severity with practice ratings beside those of people.

    Parameters
    ----------
    calibration : Calibration

    Returns
    -------
    Anchored or None
        None where none of those who rated people rated a practice profile.

    Notes
    -----
    Managers who share nobody become comparable through invented people all of them rated, and
    through the reference. Ratings of raters who rated no person stay out.
    """
    practised = practice_frame(calibration)
    practised = practised[practised["rater"].isin(calibration.raters)]
    if not len(practised):
        return None
    profiles = sorted(practised["person"].unique())
    reference = reference_frame(calibration.framework, profiles)
    joined = pd.concat([calibration.frame, practised, reference], ignore_index=True)
    raters = int(practised["rater"].nunique())
    found = severity(joined)
    return Anchored(
        found,
        len(practised),
        len(profiles),
        raters,
        " ".join(_words(len(practised), profiles, raters, connected=found.connected)),
    )


def _words(n: int, profiles: list[str], raters: int, *, connected: bool) -> Iterator[str]:
    of = "1 invented person" if len(profiles) == 1 else f"{len(profiles)} invented people"
    by = "1 rater" if raters == 1 else f"{raters} raters"
    yield f"This rests on {n} practice ratings of {of} by {by}, beside the ratings of the session."
    if not connected:
        yield "Some raters did none of them, and still cannot be compared with the others."
    yield (
        "It holds only as far as invented cases are like real ones: a written case has no "
        "history and no colleague."
    )
