"""What changed between two rounds: the ladder, time, and the person, told apart."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import skillmatrix as sm
from skillmatrix.assessment import Assessment, lock
from skillmatrix.errors import MismatchError
from skillmatrix.framework import Framework, Profile, load_framework
from skillmatrix.scoring.fading import fading
from tests.conftest import LOCKED_AT, assess, content, proof
from tests.ladders import FAMILY, FAMILY_2

SPRING = "2026-05-20"
OLD, NEW = load_framework(FAMILY), load_framework(FAMILY_2)
LEVELS = st.sampled_from([0, 1, 2, 3, 4, "UNRATED", "DECLINED"])


def round_of(
    fw: Framework, day: str, ratings: dict[str, int | str] | None = None, **other: Any
) -> Assessment:
    """Make one round of a day, with evidence of any day up to it."""
    return assess(fw, ratings or {}, as_of=day, **other)


def family(fw: Framework, day: str, ratings: dict[str, int | str], **other: Any) -> Assessment:
    """Make one round on a version of the role family."""
    aim = {"profile": "data-scientist"}
    data = content(fw, ratings, aim=aim, as_of=day, **other)
    return Assessment.model_validate(data)


# --- what the person changed ---------------------------------------------------------


def test_skills_go_up_and_down_and_stand_apart_where_one_round_has_no_level(
    fw: Framework, senior: Profile
):
    """Steps are counted where both are known, and nothing is told where one is not."""
    spring = round_of(fw, SPRING, {"mlops": 2, "python": 4, "execution": 3, "ranking": 1})
    autumn = round_of(fw, "2026-11-20", {"mlops": 4, "python": 3, "execution": 3, "validation": 3})

    found = sm.change(spring, autumn, senior)
    assert {s: (c.word, c.steps) for s, c in found.skills.items() if c.word != "neither"} == {
        "python": ("down", -1),
        "validation": ("only now", None),
        "mlops": ("up", 2),
        "ranking": ("only then", None),
        "execution": ("same", 0),
    }
    assert found.skills["mlops"].by == ("you",)
    assert found.skills["execution"].by == ()
    assert [c.skill for c in found.moved] == ["python", "mlops"]
    assert [c.skill for c in found.one_sided] == ["validation", "ranking"]


def test_the_verdict_of_then_and_now(fw: Framework, senior: Profile):
    """Each criterion with its state of then and of now, and who changed it."""
    spring = round_of(fw, SPRING, {"mlops": 2, "quality-mindset": 4})
    autumn = round_of(fw, "2026-11-20", {"mlops": 4, "quality-mindset": 4})

    found = sm.change(spring, autumn, senior)
    lifecycle = found.criteria["monitoring-lifecycle"]
    assert (lifecycle.then, lifecycle.aged, lifecycle.now) == ("NOT MET", "NOT MET", "OPEN")
    assert lifecycle.by == ("you",)
    assert found.criteria["shared-standards"].by == ()


def test_evidence_that_came_and_went(fw: Framework, senior: Profile):
    """By its id: an item that was edited is neither."""
    spring = round_of(fw, SPRING, evidence=[proof("E2", "mlops", id=i, date=SPRING) for i in "ab"])
    autumn = round_of(fw, "2026-11-20", evidence=[proof("E2", id=i, date=SPRING) for i in "bc"])

    found = sm.change(spring, autumn, senior)
    assert ([i.id for i in found.added], [i.id for i in found.removed]) == (["c"], ["a"])


def test_a_round_and_itself_have_nothing_between_them(fw: Framework, senior: Profile):
    """Nothing moved, nothing aged, nobody changed anything."""
    one = round_of(fw, SPRING, {"mlops": 3}, evidence=[proof("E3", "mlops", date="2024-06-01")])

    found = sm.change(one, one, senior)
    assert (found.moved, found.one_sided, found.aged_out, found.carried) == ((), (), (), ())
    assert not any(c.by for c in (*found.skills.values(), *found.criteria.values()))


def test_a_lock_is_no_change_of_the_person(fw: Framework, senior: Profile):
    """A locked round no longer waits for evidence; the draft after it does, with the same words."""
    spring = round_of(fw, SPRING, {"mlops": 3})
    autumn = round_of(fw, "2026-11-20", {"mlops": 3})

    found = sm.change(lock(spring, LOCKED_AT), autumn, senior)
    assert not any(c.by for c in found.criteria.values())


def test_another_aim_is_no_change_of_the_person(fw: Framework, senior: Profile):
    """Both rounds are judged by the one profile that is asked about."""
    spring = round_of(fw, SPRING, {"mlops": 3}, aim={"profile": "specialist"})
    autumn = round_of(fw, "2026-11-20", {"mlops": 3}, aim={"profile": "senior"})

    found = sm.change(spring, autumn, senior)
    assert not any(c.by for c in found.criteria.values())
    assert "The two aim at different things" in found.explain()


# --- what time changed ------------------------------------------------------------------


def test_evidence_that_grew_old_is_named_with_what_it_carried(fw: Framework, senior: Profile):
    """The same rating is supported less, and nobody touched it: time did that."""
    item = proof("E3", "mlops", id="drill", title="Drill", date="2024-06-01")
    spring = round_of(fw, SPRING, {"mlops": 4}, evidence=[item])
    autumn = round_of(fw, "2026-11-20", {"mlops": 4}, evidence=[item])

    found = sm.change(spring, autumn, senior)
    (aged,) = found.aged_out
    assert (aged.item.id, aged.before, aged.after, aged.skills) == ("drill", "E3", "E2", ("mlops",))
    assert found.skills["mlops"].by == ("time",)
    assert (found.skills["mlops"].then.low, found.skills["mlops"].now.low) == (4, 3)
    assert found.skills["mlops"].word == "same"


def test_evidence_that_left_the_window_of_a_rule_is_named_with_the_rule(
    fw: Framework, senior: Profile
):
    """It counts as what it was, and the rule looks no further back."""
    items = [
        proof("E2", id=f"talk{n}", types=["knowledge-sharing"], date=f"2025-08-0{n}")
        for n in (1, 2, 3)
    ]
    spring = round_of(fw, SPRING, evidence=items)
    autumn = round_of(fw, "2026-11-20", evidence=items)

    found = sm.change(spring, autumn, senior)
    assert [(a.item.id, a.before, a.after) for a in found.aged_out] == [
        ("talk1", "E2", "E2"),
        ("talk2", "E2", "E2"),
        ("talk3", "E2", "E2"),
    ]
    assert all(len(a.parts) == 1 for a in found.aged_out)
    assert "no longer counts for" in found.explain()


def test_leave_that_stretches_the_windows_keeps_evidence_young(fw: Framework, senior: Profile):
    """The windows are those of the later round."""
    item = proof("E3", "mlops", date="2024-06-01")
    spring = round_of(fw, SPRING, {"mlops": 4}, evidence=[item])
    aim = {"profile": "senior", "absence_months": 9}
    autumn = round_of(fw, "2026-11-20", {"mlops": 4}, evidence=[item], aim=aim)

    assert sm.change(spring, autumn, senior).aged_out == ()


# --- what the ladder changed ---------------------------------------------------------------


def test_a_version_bump_is_told_apart_from_what_the_person_changed():
    """Renamed and moved on the scale by the ladder; one level up by the person; both at once."""
    spring = family(OLD, SPRING, {"delivering": 3, "statistics": 2, "showing-results": 3})
    autumn = family(
        NEW, "2026-11-20", {"delivery": 4, "statistics": 3, "communicating": 5, "data-ethics": 1}
    )

    found = sm.change(spring, autumn, NEW.profile("data-scientist"))
    by = {s: (c.said, c.word, c.steps, c.by) for s, c in found.skills.items() if c.now.known}
    assert by == {
        "delivery": ((("delivering", 3),), "same", 0, ("ladder",)),
        "statistics": ((("statistics", 2),), "up", 1, ("you",)),
        "communicating": ((("showing-results", 3),), "up", 1, ("ladder", "you")),
        "data-ethics": ((("data-ethics", "UNRATED"),), "only now", None, ("you",)),
    }


def test_a_level_the_ladder_made_unknown_is_no_step_of_the_person():
    """A split skill has no difference, whatever its parts are rated now."""
    spring = family(OLD, SPRING, {"machine-learning": 3})
    autumn = family(NEW, "2026-11-20", {"modelling": 5})

    found = sm.change(spring, autumn, NEW.profile("data-scientist")).skills
    assert (found["modelling"].word, found["modelling"].by) == ("only now", ("ladder", "you"))
    assert (found["operating-models"].word, found["operating-models"].by) == (
        *("neither", ("ladder",)),
    )


def test_the_ladder_of_then_gives_the_answer_of_then():
    """Where the old version is at hand, what a raised bar did is told as the ladder's doing."""
    bars = dict.fromkeys(OLD.skills, 2)
    spring = family(OLD, SPRING, bars)
    autumn = family(NEW, "2026-11-20", dict.fromkeys(NEW.skills, 2))

    old, new = OLD.profile("data-scientist"), NEW.profile("data-scientist")
    found = sm.change(spring, autumn, new, before=old).criteria["every-bar"]
    assert (found.before, found.then, found.now) == ("MET", "OPEN", "MET")
    assert found.by == ("ladder", "you")
    blind = sm.change(spring, autumn, new).criteria["every-bar"]
    assert (blind.before, blind.by) == (None, ("you",))


def bump(folder: Path) -> Framework:
    """Write the next version of the shipped ladder: one id, one rule and one gate changed."""
    copy = Path(shutil.copytree(sm.settings.data_dir() / "frameworks/ml-specialist", folder / "x"))
    for path in [*copy.rglob("*.yaml"), *copy.rglob("*.csv")]:
        text = path.read_text(encoding="utf-8")
        text = text.replace("stakeholder-alignment", "stakeholder-work")
        path.write_text(text.replace("knowledge-sharing", "shared-learning"), encoding="utf-8")
    (copy / "skills/stakeholder-alignment.yaml").rename(copy / "skills/stakeholder-work.yaml")
    _replace(copy / "framework.yaml", "version: 0.1.0", "version: 0.2.0")
    _replace(
        copy / "profiles/senior.yaml",
        "- {skill: quality-mindset, level: 4, source: judgement}",
        "- {skill: quality-mindset, level: 5, source: judgement}",
    )
    _replace(copy / "targets.csv", "senior,quality-mindset,4", "senior,quality-mindset,5")
    (copy / "migrations").mkdir()
    (copy / "migrations/0.1.0.yaml").write_text(BUMP, encoding="utf-8")
    return load_framework(copy)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path.name, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")


BUMP = """to: 0.2.0
summary: Quality is asked for at a higher level, and two names are shorter.
source: judgement
changes:
  - {do: rename, from: stakeholder-alignment, to: stakeholder-work, reason: Plainer., source: judgement}
  - {do: rename, what: evidence-type, from: knowledge-sharing, to: shared-learning, reason: Plainer., source: judgement}
"""  # noqa: E501 - one change a line, as in a file


@pytest.mark.slow
def test_the_shipped_ladder_one_version_on(fw: Framework, senior: Profile, tmp_path: Path):
    """Check, bring over, judge, and tell apart: the raised gate is the ladder's, not hers."""
    later = bump(tmp_path)
    ratings: dict[str, int | str] = {"stakeholder-alignment": 4, "quality-mindset": 4, "mlops": 4}
    talk = proof("E2", "stakeholder-alignment", types=["knowledge-sharing"], date=SPRING)
    spring = round_of(fw, SPRING, ratings, evidence=[talk])
    brought = sm.bring_over(spring, later).assessment
    autumn = brought.model_copy(update={"as_of": dt.date(2026, 11, 20)})

    found = sm.change(spring, autumn, later.profile("senior"), before=senior)
    assert brought.evidence[0].types == ("shared-learning",)
    assert found.skills["stakeholder-work"].by == ("ladder",)
    assert found.moved == ()
    lifecycle = found.criteria["monitoring-lifecycle"]
    assert (lifecycle.before, lifecycle.then, lifecycle.now) == ("OPEN", "NOT MET", "NOT MET")
    assert lifecycle.by == ("ladder",)
    assert "stakeholder-alignment, rated 4, is stakeholder-work now" in found.explain()


# --- what cannot be asked -------------------------------------------------------------------


def test_people_raters_and_order_are_not_mixed_up(fw: Framework, senior: Profile):
    """Each is said with what to do."""
    spring, autumn = round_of(fw, SPRING), round_of(fw, "2026-11-20")

    with pytest.raises(MismatchError, match="give the earlier round first"):
        sm.change(autumn, spring, senior)
    with pytest.raises(MismatchError, match="different raters"):
        sm.change(round_of(fw, SPRING, rater="mentor"), autumn, senior)
    with pytest.raises(MismatchError, match="people are not compared"):
        sm.change(round_of(fw, SPRING, person={"code": "bo"}), autumn, senior)
    with pytest.raises(MismatchError, match="nothing leads from"):
        sm.change(spring.model_copy(update={"framework": "ml-specialist@0.0.1"}), autumn, senior)


# --- properties -------------------------------------------------------------------------


RATED = st.dictionaries(st.sampled_from([*OLD.skills]), LEVELS)


@given(RATED)
def test_nothing_moved_between_a_round_and_itself(ratings: dict[str, int | str]):
    """Whatever is rated, and on whichever version."""
    one = family(OLD, SPRING, ratings)

    found = sm.change(one, one, OLD.profile("associate"))
    assert not any(c.by for c in found.skills.values())
    assert found.moved == ()


@given(RATED, st.dictionaries(st.sampled_from([*NEW.skills]), LEVELS))
def test_the_ladder_and_the_person_explain_every_difference(
    first: dict[str, int | str], second: dict[str, int | str]
):
    """Where neither is named, the rating of now is the one of then, by the same name."""
    spring, autumn = family(OLD, SPRING, first), family(NEW, "2026-11-20", second)

    found = sm.change(spring, autumn, NEW.profile("data-scientist"))
    for skill, each in found.skills.items():
        now = autumn.rating(skill).value
        if not each.by:
            assert each.said == ((skill, now),) or {v for _, v in each.said} == {"UNRATED"}
        if "ladder" not in each.by and each.then.known:
            assert each.said == ((skill, each.then.claimed.value),)
        if "you" not in each.by:
            assert each.then.claimed == each.now.claimed
        if each.steps:
            assert "you" in each.by


# --- fading ------------------------------------------------------------------------------


def test_a_rating_fades_when_its_newest_sign_is_older_than_its_half_life(fw: Framework):
    """Twelve months in a fast field, thirty-six in a slow one; the last day still holds."""
    items = [proof("E2", "llmops", "python", date="2025-11-20")]
    rated = round_of(fw, "2026-11-20", {"llmops": 3, "python": 3}, evidence=items)
    next_day = round_of(fw, "2026-11-21", {"llmops": 3, "python": 3}, evidence=items)

    assert fading(rated, fw) == {}
    assert [*fading(next_day, fw)] == ["llmops"]
    assert fading(next_day, fw)["llmops"].since == dt.date(2026, 11, 20)


def test_a_rating_given_lately_does_not_fade(fw: Framework):
    """Whoever rated again has looked again; leave stretches it as well."""
    items = [proof("E2", "llmops", date="2024-11-20")]
    rated = round_of(fw, "2026-11-20", {"llmops": 3}, evidence=items)
    away = round_of(fw, "2026-11-20", {"llmops": 3}, evidence=items,
                    aim={"profile": "senior", "absence_months": 12})  # fmt: skip

    assert [*fading(rated, fw)] == ["llmops"]
    assert fading(rated, fw, {"llmops": dt.date(2026, 8, 1)}) == {}
    assert fading(away, fw) == {}


def test_nothing_fades_of_which_no_day_is_known_or_that_has_no_level(fw: Framework):
    """Unknown stays unknown: it is not said to be old."""
    rated = round_of(fw, "2026-11-20", {"llmops": 3, "mlops": "DECLINED"})

    assert fading(rated, fw, {"mlops": dt.date(2020, 1, 1)}) == {}


def test_fading_moves_no_verdict(fw: Framework, senior: Profile):
    """A ladder without half-lives gives the same answer, line by line."""
    bare = fw.model_copy(update={"half_life": ()})
    rated = round_of(fw, "2026-11-20", {"mlops": 3}, evidence=[proof("E1", "mlops", date=SPRING)])

    assert (
        sm.verdict(rated, senior).explain() == sm.verdict(rated, bare.profile("senior")).explain()
    )
