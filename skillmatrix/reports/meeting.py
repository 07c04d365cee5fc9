"""The report of a mentor session, for both: one HTML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skillmatrix.assessment import STATES, Assessment
from skillmatrix.framework.model import Framework, Profile
from skillmatrix.reports.files import ReportFile
from skillmatrix.reports.html import environment, style
from skillmatrix.reports.parts import DECIDES
from skillmatrix.scoring.compare import Pair, pairs
from skillmatrix.scoring.headline import LABELS
from skillmatrix.scoring.standing import Standing
from skillmatrix.scoring.verdict import verdict
from skillmatrix.sessions import Session, agreed_verdict, standing


@dataclass(frozen=True)
class _Row:
    """One skill: both levels in words, and what both agreed."""

    title: str
    own: str
    other: str
    agreed: str


def meeting_report(
    profile: Profile, own: Assessment, other: Assessment, session: Session
) -> ReportFile:
    """
    Write what both leave a session with.

    Parameters
    ----------
    profile : Profile
        What the person aims at.
    own, other : Assessment
        The person's and the mentor's, both locked, as they were revealed.
    session : Session

    Returns
    -------
    ReportFile
        UTF-8 HTML without script or request. Both ratings stand beside what was agreed; neither
        is overwritten, and the three verdicts are never merged.
    """
    framework: Framework = profile.framework
    now, head = standing(session), session.head
    name = str((head.mentor.model_extra or {}).get("name") or head.mentor.code or "Mentor")
    person = head.person.name or head.person.code
    titles = {skill: each.title for skill, each in framework.skills.items()}
    found = pairs(own, other, framework)
    verdicts = (
        verdict(own, profile),
        verdict(other, profile),
        agreed_verdict(own, other, profile, now.agreed),
    )
    rows = [
        _Row(
            titles[skill],
            _level(framework, pair.first),
            _level(framework, pair.second),
            _agreed(framework, now.agreed.get(skill)),
        )
        for skill, pair in found.items()
        if pair.first.known or pair.second.known
    ]
    page: str = (
        environment()
        .get_template("meeting.html.j2")
        .render(
            style=style(),
            person=person,
            mentor=name,
            aim=profile.title,
            framework=framework.key,
            began=head.started_at.date(),
            sentence=_sentence(found),
            rows=rows,
            labels=[LABELS[each.label] for each in verdicts],
            criteria=[
                (f"{each.code} {each.title}".strip(), [v.criteria[key].state for v in verdicts])
                for key, each in verdicts[0].criteria.items()
            ],
            agreed=[
                (titles[skill], _agreed(framework, each), each)
                for skill, each in now.agreed.items()
            ],
            actions=[
                {
                    **each,
                    "who": person if each["owner"] == "self" else name,
                    "of": titles.get(each.get("skill") or "", ""),
                }
                for each in sorted(now.actions.values(), key=_day)
            ],
            parked=[(titles[skill], each) for skill, each in now.parked.items()],
            remarks=[
                e.content["text"] for e in session.entries if e.kind == "remark" and e.content
            ],
            seals=((person, head.own), (name, head.other)),
            entries=len(session.entries),
            last=session.entries[-1].hash if session.entries else session.head_hash,
            decides=DECIDES,
        )
    )
    day = head.started_at.date().isoformat()
    return ReportFile(f"{head.person.code}-{day}-session.html", page.encode())


def _day(action: Mapping[str, Any]) -> tuple[bool, str]:
    return action.get("due") is None, action.get("due") or ""


def _level(framework: Framework, at: Standing) -> str:
    if at.claimed is None:
        state = at.state.removesuffix("_PROPOSED")
        return STATES[state].title if state in STATES else "not rated"
    return f"{at.claimed.value} {framework.level_name(at.claimed)}"


def _agreed(framework: Framework, entry: Any) -> str:
    if entry is None:
        return "not talked about"
    if entry.level is None:
        return "seen differently: both stand"
    level = next(each for each in framework.levels if each.value == entry.level)
    return f"{entry.level} {framework.level_name(level)}"


def _sentence(found: Mapping[str, Pair]) -> str:
    steps = [pair.difference for pair in found.values() if pair.difference is not None]
    same, near = sum(s == 0 for s in steps), sum(abs(s) <= 1 for s in steps)
    alone = sum(pair.first.known != pair.second.known for pair in found.values())
    skills = "1 skill" if len(steps) == 1 else f"{len(steps)} skills"
    return (
        f"Both rated {skills}: {same} at the same level, {near} at most one level apart. "
        f"{alone} {'was' if alone == 1 else 'were'} rated by one of the two alone."
    )
