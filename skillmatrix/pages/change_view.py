"""What changed since an earlier round, as the results show it; and going on with a new ladder."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from skillmatrix.assessment import Assessment, as_data
from skillmatrix.assessment.carry_over import Carried, bring_over
from skillmatrix.errors import DataError, MismatchError, UsageError
from skillmatrix.framework import Framework
from skillmatrix.pages import rounds
from skillmatrix.pages.assessment_view import chosen_profile
from skillmatrix.pages.earlier_rounds import as_it_was, earlier_rounds, rated_days
from skillmatrix.pages.places import href
from skillmatrix.pages.session import Arguments, Command, Commands, Round, refuse
from skillmatrix.scoring import Change, change, fading
from skillmatrix.scoring.change import CriterionChange, SkillChange
from skillmatrix.scoring.change_text import aged, answer, causes, headline, value
from skillmatrix.scoring.headline import LABELS
from skillmatrix.store import AssessmentHead, Store


class Since(Arguments):
    """An earlier round of the same person; the latest one when not named."""

    earlier: str | None = Field(default=None, alias="with")


class SinceFigure(Since):
    """The same as a chart."""

    theme: Literal["light", "dark"] = "light"
    width: int = Field(default=900, ge=300, le=1600)


class EarlierRound(Arguments):
    """A round of an earlier version of its ladder."""

    assessment: str


class Comparing:
    """Commands about earlier rounds."""

    def __init__(self, review: Round) -> None:
        self._review = review
        self.commands: Commands = {
            "change": (Since, self.change),
            "change_figure": (SinceFigure, self.figure),
            "bring_over": (EarlierRound, self.bring_over),
            "earlier_file": (EarlierRound, self.earlier_file),
        }

    def change(self, command: Command, since: Since) -> dict[str, Any]:
        """Say what changed since an earlier round."""
        return {"change": change_view(self._review, since.earlier)}

    def figure(self, command: Command, since: SinceFigure) -> dict[str, Any]:
        """Draw what changed; only here matplotlib is loaded."""
        from skillmatrix.charts import change_plot

        found = _change(self._review, since.earlier)
        if found is None:
            raise refuse("with", "no earlier round", "an earlier round of the same person")
        try:
            chart = change_plot(found, theme=since.theme, width=since.width)
        except UsageError as error:
            raise refuse("the chart", str(error), "levels to draw") from None
        return {"figure": {"svg": chart.svg(), "text": chart.text}}

    def bring_over(self, command: Command, chosen: EarlierRound) -> dict[str, Any]:
        """Begin a new round on the present version of the ladder; the old one stays."""
        store = self._review.store
        head = rounds.take_up(store, store.assessment(chosen.assessment), command.id)
        self._review.turn_to(head.code)
        return {
            **self._review.state_answer(),
            "opened": head.code,
            "href": href("self_review", self._review.embed, head.code),
        }

    def earlier_file(self, command: Command, chosen: EarlierRound) -> dict[str, Any]:
        """Give an earlier round as the content of a file, private notes included."""
        store = self._review.store
        assessment = rounds.read_all(store, store.assessment(chosen.assessment))
        version = assessment.framework.partition("@")[2]
        name = f"{assessment.person.code}-{version}.assessment.json"
        return {"filename": name, "data": as_data(assessment)}


def earlier_view(store: Store, code: str | None, framework: Framework) -> dict[str, Any] | None:
    """
    Say what would become of a round of an earlier version, before anything is done.

    Returns
    -------
    dict or None
        None without a round. ``changes`` are told as `Carried` tells them; ``unknown`` counts
        levels that nobody can know any more.
    """
    if code is None:
        return None
    head = store.assessment(code)
    assessment = rounds.read_all(store, head)
    brought = bring_over(assessment, framework)
    return {
        "code": code,
        "person": head.person_name,
        "title": framework.title,
        "from": assessment.framework.partition("@")[2],
        "to": framework.version,
        "summaries": _summaries(assessment, framework),
        "changes": [_carried(each) for each in brought.carried],
        "unknown": len(brought.unknown),
    }


def _summaries(assessment: Assessment, framework: Framework) -> list[dict[str, str]]:
    from skillmatrix.assessment.carry_over import path_of

    return [{"to": m.to, "text": m.summary} for m in path_of(assessment, framework)]


def _carried(each: Carried) -> dict[str, Any]:
    return {"text": str(each), "unknown": each.unknown}


def _change(review: Round, code: str | None) -> Change | None:
    """Compare the open round with an earlier one; None where there is none."""
    store, head = review.store, review.head()
    known = {other.code: other for other in earlier_rounds(store, head)}
    if code is not None and code not in known:
        expected = "an earlier round of the same person"
        raise refuse("with", repr(code), expected, "choose one of the list")
    if not known:
        return None
    later, _ = review.current()
    earlier = as_it_was(store, known[code] if code else next(iter(known.values())), later.as_of)
    return change(earlier, later, chosen_profile(review.framework, later))


def change_view(review: Round, code: str | None) -> dict[str, Any]:
    """
    Give what changed since an earlier round, as in ``docs/page-protocol.md``.

    Notes
    -----
    A round that cannot be compared, such as one of a version that nothing leads on from, is
    said in ``problem``; the other rounds can still be chosen.
    """
    store, head = review.store, review.head()
    earlier = earlier_rounds(store, head)
    later, _ = review.current()
    code = code or (earlier[0].code if earlier else None)
    view: dict[str, Any] = {
        "with": code,
        "rounds": [_round(store, other) for other in earlier],
        "fading": _fading(review, later),
        "problem": None,
        "compared": None,
    }
    try:
        found = _change(review, code)
    except (DataError, MismatchError) as error:
        return {**view, "problem": str(error).splitlines()[0]}
    return {**view, "compared": compared(found) if found else None}


def _round(store: Store, head: AssessmentHead) -> dict[str, Any]:
    day = head.updated_at.astimezone().date()
    return {
        "code": head.code,
        "day": day.isoformat(),
        "version": head.framework.partition("@")[2],
        "status": head.status,
    }


def _fading(review: Round, later: Assessment) -> list[dict[str, Any]]:
    framework = review.framework
    found = fading(later, framework, rated_days(review.store, review.head(), framework))
    return [
        {
            "skill": each.skill,
            "title": framework.skills[each.skill].title,
            "newest": each.newest.isoformat(),
            "months": each.months,
        }
        for each in found.values()
    ]


def compared(found: Change) -> dict[str, Any]:
    """Give a change in plain values and words."""
    words = [c.word for c in found.skills.values()]
    moved = [*found.moved, *found.one_sided]
    return {
        "answer": answer(found),
        "then": {"word": found.then.overall, "label": _label(found, found.then.overall)},
        "now": {"word": found.now.overall, "label": _label(found, found.now.overall)},
        "days": [found.earlier.as_of.isoformat(), found.later.as_of.isoformat()],
        "versions": [a.framework.partition("@")[2] for a in (found.earlier, found.later)],
        "headline": headline(found),
        "criteria": [_criterion(c) for c in found.criteria.values()],
        "skills": [_skill(found, c) for c in moved],
        "same": words.count("same"),
        "neither": words.count("neither"),
        "ladder": [_carried(each) for each in found.carried],
        "summaries": _summaries(found.earlier, found.framework),
        "aged": [
            {"id": each.item.id, "text": aged(found, each), "skills": list(each.skills)}
            for each in found.aged_out
        ],
        "added": [item.title for item in found.added],
        "removed": [item.title for item in found.removed],
        "other_aim": found.earlier.aim.profile != found.later.aim.profile,
    }


def _label(found: Change, word: Any) -> str:
    return LABELS[found.now.word(word)]


def _criterion(criterion: CriterionChange) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "code": criterion.code,
        "title": criterion.title,
        "then": criterion.then,
        "now": criterion.now,
        "by": causes(criterion.by),
    }


def _skill(found: Change, each: SkillChange) -> dict[str, Any]:
    said = [(name, rating) for name, rating in each.said if name != each.skill]
    return {
        "skill": each.skill,
        "title": found.framework.skills[each.skill].title,
        "then": value(each.then),
        "now": value(each.now),
        "steps": each.steps,
        "word": each.word,
        "by": causes(each.by),
        "was": ", ".join(f"{name} {rating}" for name, rating in said),
    }
