"""Rules of practice profiles: each case can be decided from the anchors, and says how."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from skillmatrix.errors import suggest
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.lookup import levels_of
from skillmatrix.framework.model import Framework, Skill
from skillmatrix.framework.practice_profiles import NOT_OBSERVED, PracticeCase, PracticeFile

#: What a session calls such a person, so that nobody takes them for a member of the team.
_ID = re.compile(r"practice-[1-9][0-9]?")
#: So many words tell who somebody is, and what was seen of them in one skill.
PROFILE_WORDS = (60, 110)
CASE_WORDS = (40, 80)


def check_practice_profiles(
    framework: Framework, folder: Path, files: Iterable[PracticeFile]
) -> None:
    """Record what is wrong in the files of practice profiles."""
    written = {*framework.skills, *(path.stem for path in (folder / "skills").glob("*.yaml"))}
    titles: dict[str, str] = {}
    for document, profile, cases in files:
        if not isinstance(document.data, dict):
            continue
        _check_id(document)
        if profile is not None:
            _check_words(document, ("text",), profile.text, PROFILE_WORDS)
            if profile.title in titles:
                found = f"{profile.title!r}, also of {titles[profile.title]}"
                document.problem(("title",), found, "a name of its own", "unique")
            titles.setdefault(profile.title, document.path.stem)
        if document.data.get("cases") == []:
            document.problem(("cases",), "an empty list", "one case or more", "shape")
        for name, case in cases.items():
            where: Key = ("cases", name)
            _check_words(document, (*where, "text"), case.text, CASE_WORDS)
            skill = framework.skills.get(case.skill)
            if case.skill not in written:
                expected, remedy = "the id of a known skill", _remedy(framework, case.skill)
                spot = (*where, "skill")
                document.problem(spot, f"{case.skill!r}", expected, "dangling-id", remedy)
            elif skill is not None:
                _check_answer(framework, document, case, skill)


def _check_id(document: Located) -> None:
    """The id is that of the file, and cannot be the code of a member of the team."""
    stem, name = document.path.stem, document.data.get("id")
    if isinstance(name, str) and name != stem:
        document.problem(("id",), f"{name!r}", f"{stem!r}, as the file", "id-of-file")
    elif not _ID.fullmatch(stem):
        expected = "practice- and a number from 1 to 99"
        document.problem(("id",), f"{stem!r}", expected, "practice-id", "rename file and id")


def _check_words(document: Located, where: Key, text: str, words: tuple[int, int]) -> None:
    (low, high), count = words, len(text.split())
    if not low <= count <= high:
        document.problem(where, f"{count} words", f"{low} to {high} words", "practice-length")


def _remedy(framework: Framework, skill: str) -> str:
    """Say what a skill of an earlier version became, or which present one is nearly called so."""
    for migration in reversed(list(framework.migrations.values())):
        became = migration.renamed("skill").get(skill)
        if became is not None:
            told = " and ".join(became) or "nothing"
            return f"with version {migration.to} it became {told}"
    return suggest(skill, framework.skills)


def _check_answer(
    framework: Framework, document: Located, case: PracticeCase, skill: Skill
) -> None:
    """The answer is one there is, and it rests on anchors of that level."""
    where: Key = ("cases", case.skill)
    if case.reference is not None and case.reference not in framework.levels:
        expected = f"{levels_of(framework)}, or {NOT_OBSERVED}"
        found = f"level {case.reference}"
        document.problem((*where, "reference"), found, expected, "dangling-id")
        return
    unknown = [name for name in case.anchors if name not in skill.anchors]
    for index, name in enumerate(case.anchors):
        if name in unknown:
            expected, remedy = f"the id of an anchor of {skill.id}", suggest(name, skill.anchors)
            spot = (*where, "anchors", index)
            document.problem(spot, f"{name!r}", expected, "dangling-id", remedy)
    here = [anchor.id for anchor in skill.at(case.reference)] if case.reference is not None else []
    if here and not unknown and not set(here) & set(case.anchors):
        found = "no anchor of the level that is the answer"
        expected = f"one of {', '.join(here)}"
        document.problem((*where, "anchors"), found, expected, "practice-anchors")
