"""Practice profiles: invented people to rate before real ones, with an answer for each case."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from skillmatrix.errors import FrameworkError, Problem
from skillmatrix.framework.build import build
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.level import Level
from skillmatrix.framework.listed import entries_by_id, refuse
from skillmatrix.framework.located import Key, Located, read_yaml
from skillmatrix.framework.parts import Frozen, Id, Part, Text

if TYPE_CHECKING:
    from skillmatrix.framework.model import Framework

FOLDER = "practice_profiles"
#: The one answer beside a level: nothing told here would let anybody see the skill.
NOT_OBSERVED = "NOT_OBSERVED"


class PracticeCase(Part):
    """What was seen of one person in one skill, with the answer and the reason for it.

    Attributes
    ----------
    reference : Level or None
        The answer of those who wrote the case; None where ``reference_word`` is the answer.
    reference_word : str or None
        ``NOT_OBSERVED``, or None.
    anchors : tuple of str
        Ids of the anchors that the reason rests on.
    """

    skill: Id
    text: Text
    reference: Level | None
    reference_word: Literal["NOT_OBSERVED"] | None = None
    reason: Text
    anchors: tuple[Id, ...] = ()
    source: Text


class PracticeProfile(Part):
    """One invented person: the context of the role, and cases by skill.

    Attributes
    ----------
    title : str
        An invented first name.
    notice : str
        Says that nobody here exists; shown with the profile.
    """

    id: Id
    title: Text
    notice: Text
    text: Text
    cases: Annotated[Mapping[str, PracticeCase], Frozen]


class PracticeFile(NamedTuple):
    """One file as read, and what could be made of it."""

    document: Located
    profile: PracticeProfile | None
    cases: Mapping[str, PracticeCase]


def read_practice_profiles(
    framework: Framework, folder: Path
) -> tuple[Mapping[str, PracticeProfile], list[Problem]]:
    """Read the practice profiles of a framework; give what could be made, and every problem."""
    from skillmatrix.framework.check_practice_profiles import check_practice_profiles

    files = []
    for path in sorted((folder / FOLDER).glob("*.yaml"), key=lambda p: (len(p.stem), p.stem)):
        document = read_yaml(path)
        document.default_source = framework.default_source
        files.append(_read(document))
    check_practice_profiles(framework, folder, files)
    problems = [problem for file in files for problem in file.document.problems]
    problems.sort(key=lambda p: (p.file, p.line or 0))
    made = {file.profile.id: file.profile for file in files if file.profile is not None}
    return FrozenDict(made), problems


def load_practice_profiles(framework: Framework, folder: Path) -> Mapping[str, PracticeProfile]:
    """
    Load the practice profiles of a framework; none where the ladder has none.

    Raises
    ------
    FrameworkError
        If one of their files breaks a rule; lists every problem.
    """
    found, problems = read_practice_profiles(framework, folder)
    if problems:
        raise FrameworkError(str(folder), problems)
    return found


def _read(document: Located) -> PracticeFile:
    if not isinstance(document.data, dict):
        return PracticeFile(document, None, {})
    data = dict(document.data)
    written = entries_by_id(document, ("cases",), data.get("cases"), "practice case", "skill")
    cases = {}
    for skill, entry in written.items():
        case = _case(document, str(skill), entry)
        if case is not None:
            cases[case.skill] = case
    profile = build(PracticeProfile, document, (), {**data, "cases": cases})
    return PracticeFile(document, profile, cases)


def _case(document: Located, skill: str, entry: dict[str, Any]) -> PracticeCase | None:
    where: Key = ("cases", skill)
    data = dict(entry)
    refuse(document, data, ["reference_word"], where)
    answer = data.get("reference")
    if answer == NOT_OBSERVED:
        data |= {"reference": None, "reference_word": NOT_OBSERVED}
    elif isinstance(answer, bool) or not isinstance(answer, int):
        found = "nothing" if answer is None else f"{answer!r}"[:60]
        expected = f"a level, or {NOT_OBSERVED}"
        document.problem((*where, "reference"), found, expected, "shape")
        data["reference"] = None
        build(PracticeCase, document, where, data)
        return None
    return build(PracticeCase, document, where, data)
