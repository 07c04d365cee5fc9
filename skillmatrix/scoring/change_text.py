"""What changed between two rounds, written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skillmatrix.scoring.explain import dots

if TYPE_CHECKING:
    from skillmatrix.scoring.change import AgedItem, Change, CriterionChange, SkillChange
    from skillmatrix.scoring.standing import Standing

CAUSES = {"ladder": "the ladder", "time": "time", "you": "you"}
_STATES = {
    "UNRATED": "not rated",
    "DECLINED": "declined",
    "NOT_OBSERVED": "not observed",
    "NOT_APPLICABLE": "not applicable",
    "NOT_APPLICABLE_PROPOSED": "proposed as not applicable",
}


def causes(by: tuple[str, ...]) -> str:
    """
    Name what made a difference.

    Examples
    --------
    >>> causes(("ladder", "you")), causes(())
    ('the ladder and you', '')
    """
    return " and ".join(CAUSES[cause] for cause in by)


def value(standing: Standing) -> str:
    """Give a level, or the word for why there is none."""
    return str(standing.claimed) if standing.known else _STATES[standing.state]


def headline(change: Change) -> str:
    """Say in one sentence how many skills moved."""
    words = [c.word for c in change.skills.values()]
    lone = words.count("only then") + words.count("only now")
    return (
        f"{words.count('up')} up, {words.count('down')} down, {words.count('same')} the same; "
        f"{lone} with a level in one round only."
    )


def answer(change: Change) -> str:
    """Say in one sentence what the answer was and is, and what changed it."""
    then, now = change.then, change.now
    first, last = then.word(then.overall), now.word(now.overall)
    title = change.profile.title
    if change.before is not None and change.before.overall != then.overall:
        was = change.before.word(change.before.overall)
        return f"{title}: {was} then, {first} by the ladder of now, {last} now."
    if first == last:
        return f"{title}: {last} then and now."
    return f"{title}: {first} then, {last} now."


def explain(change: Change) -> str:
    """Write a change out; see `Change.explain`."""
    earlier, later = change.earlier, change.later
    ladder = later.framework
    if change.bumped:
        ladder = f"{earlier.framework} then, {later.framework} now"
    lines = [
        answer(change),
        f"From {earlier.as_of} to {later.as_of}, {later.rater.kind} rating, {ladder}.",
    ]
    if earlier.aim != later.aim:
        lines.append("The two aim at different things; both are judged by what stands here.")
    if change.bumped:
        lines += ["", "What the ladder changed", *_carried(change)]
    lines += ["", "Criteria"]
    lines += [_criterion(c) for c in change.criteria.values()]
    lines += ["", f"Skills: {headline(change)}"]
    lines += [_skill(change, c) for c in (*change.moved, *change.one_sided)]
    if change.aged_out:
        lines += ["", "Counts for less than it did, through time alone"]
        lines += [f"  {aged(change, item)}" for item in change.aged_out]
    for title, items in (("New evidence", change.added), ("Evidence taken out", change.removed)):
        if items:
            lines += ["", title, *(f"  {item.title} ({item.date})" for item in items)]
    lines += ["", "Steps of a ladder are of unequal size: they are not added up."]
    return "\n".join(lines)


def _carried(change: Change) -> list[str]:
    told = [f"  {each}" for each in change.carried]
    return told or ["  Nothing of what was said then is said otherwise now."]


def _criterion(criterion: CriterionChange) -> str:
    head = dots(f"  {criterion.code} {criterion.title}".replace("   ", "  "))
    first = criterion.before or criterion.then
    if first == criterion.now and not criterion.by:
        return f"{head} {criterion.now}"
    return f"{head} {first} -> {criterion.now} ({causes(criterion.by)})"


def _skill(change: Change, skill: SkillChange) -> str:
    head = dots(f"  {change.framework.skills[skill.skill].title}")
    steps = f", {skill.steps:+d}" if skill.steps else ""
    return f"{head} {value(skill.then)} -> {value(skill.now)}{steps} ({causes(skill.by)})"


def aged(change: Change, item: AgedItem) -> str:
    """Say of one piece of evidence what it counts for now, and what that took with it."""
    counts = f"{item.before} then, {item.after} now" if item.after else f"{item.before} then"
    if item.after is None:
        counts += ", history only now"
    elif item.after == item.before:
        counts = f"still {item.after}"
    said = [f"{item.item.title} ({item.item.date}): {counts}"]
    titles = [change.framework.skills[skill].title for skill in item.skills]
    if titles:
        said.append(f"less is supported of {', '.join(titles)}")
    if item.parts:
        said.append("no longer counts for " + ", ".join(f'"{title}"' for title in item.parts))
    return "; ".join(said)
