"""What changed since an earlier round, in a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skillmatrix.assessment.model import Assessment, Evidence
from skillmatrix.framework.model import Profile
from skillmatrix.planning.text import count
from skillmatrix.reports.parts import ChangeLine, ChangePart
from skillmatrix.scoring.change import AgedItem, Change, SkillChange, change
from skillmatrix.scoring.change_text import aged, answer, headline
from skillmatrix.scoring.standing import Standing

#: A reader of a report may be somebody else: nobody is called "you".
_CAUSES = {"ladder": "the ladder", "time": "time", "you": "rating or evidence"}
_WORDS = {"only then": "no level now", "only now": "no level then"}


def change_part(
    earlier: Assessment, later: Assessment, profile: Profile, *, names_gone: bool
) -> ChangePart:
    """
    Say what changed between two rounds, and what changed it; only skills that differ are listed.

    Parameters
    ----------
    earlier, later : Assessment
        With only what the reader gets.
    profile : Profile
    names_gone : bool
        Whether evidence that was taken out since is named; else it is counted. Whoever takes
        an item out may not want its words to be read any more.

    Raises
    ------
    MismatchError
        If they are of different people, raters or ladders.
    """
    found = change(earlier, later, profile)
    more = []
    if found.bumped:
        more.append(f"The ladder changed from {earlier.framework} to {later.framework}.")
        more += [f"{str(each).rstrip('.')}." for each in found.carried]
    more += [f"{aged(found, item)}." for item in _aged(found, names_gone=names_gone)]
    if found.added:
        more.append(_items(found.added, "new", named=True))
    if found.removed:
        more.append(_items(found.removed, "taken out", named=names_gone))
    return ChangePart(
        since=earlier.as_of,
        sentence=f"{answer(found)} {headline(found)}",
        lines=tuple(_line(found, each) for each in (*found.moved, *found.one_sided)),
        more=tuple(more),
    )


def _aged(found: Change, *, names_gone: bool) -> list[AgedItem]:
    """Give what aged, in the words of now; what is no longer there only to the author."""
    present = {item.id: item for item in found.later.evidence}
    return [
        replace(each, item=present.get(each.item.id, each.item))
        for each in found.aged_out
        if names_gone or each.item.id in present
    ]


def _items(items: Sequence[Evidence], words: str, *, named: bool) -> str:
    titles = ": " + ", ".join(item.title for item in items) if named else ""
    return f"{count(len(items), 'item')} of evidence {words}{titles}."


def _line(found: Change, each: SkillChange) -> ChangeLine:
    return ChangeLine(
        skill=found.framework.skills[each.skill].title,
        before=_level(each.then),
        after=_level(each.now),
        word=_WORDS.get(each.word, each.word),
        by=", ".join(_CAUSES[cause] for cause in each.by),
    )


def _level(standing: Standing) -> str:
    return str(standing.claimed) if standing.known else "no level"
