"""What a table of bars or a statement may say without meaning it."""

from __future__ import annotations

from collections.abc import Mapping

from skillmatrix.framework.anchors import placed
from skillmatrix.framework.located import Located
from skillmatrix.framework.model import Criterion, Framework, Skill


def hint_bars(framework: Framework, targets: Located) -> None:
    """
    Note bars where a skill is not described, and bars at a lowest level that is a level.

    Notes
    -----
    The lowest level asks for nothing. A scale that begins with 0, or with facets of 0, says so
    by itself; another one may come from a ladder whose lowest level has to be reached.
    """
    lowest = framework.levels[0]
    is_nothing = lowest == 0 or framework.scale[0].facets == (0, 0, 0)
    at_lowest: list[int] = []
    for index, row in enumerate(targets.data):
        profile = framework.profiles.get(row["profile"])
        target = profile.targets.get(row["skill"]) if profile else None
        skill = framework.skills.get(row["skill"])
        if target is None or skill is None:
            continue
        if target.level == lowest:
            at_lowest.append(index)
        elif not skill.at(target.level):
            asked = f"{row['profile']} asks for level {target.level} of {skill.id}"
            found = f"{asked}, for which the skill has no statement"
            targets.note((index,), found, "", "bar-undescribed")
    if at_lowest and not is_nothing:
        name = framework.level_name(lowest)
        count = f"{len(at_lowest)} bar{'' if len(at_lowest) == 1 else 's'}"
        found = f"{count} at {lowest} {name}, the lowest level, which asks for nothing"
        remedy = f"if {name} has to be reached, put a level below it"
        targets.note((at_lowest[0],), found, "", "bar-at-lowest", remedy)


def hint_breaks(groups: Mapping[str, Skill | Criterion], documents: Mapping[str, Located]) -> None:
    """Note statements of several lines, which are shown as one."""
    for name, group in groups.items():
        for where, anchor in placed(group, documents[name]):
            if "\n" in anchor.text.strip():
                found = "line breaks inside one statement, which are not kept"
                remedy = "write one line with a dash for each"
                documents[name].note(where, found, "", "line-breaks", remedy)
