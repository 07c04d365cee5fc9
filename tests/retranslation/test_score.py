"""What filled sheets come to: figures by hand, none below its number, and the rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmatrix.framework import Framework
from skillmatrix.framework.model import Anchor
from skillmatrix.framework.retranslated import RetranslationRule
from skillmatrix.retranslation import Scored, Why, collect, score
from skillmatrix.retranslation.score import _scored, rule_of
from tests.retranslation.conftest import filled, rightly

DESK = Anchor(id="desk-3-a", level=3, text="Answers a question.", source="invented")  # type: ignore[arg-type]
USUAL = RetranslationRule()


def of(*told: tuple[str, int | None]) -> Scored:
    """Score one anchor of the desk at level 3 from what each sorter said."""
    return _scored("desk", DESK, list(told), USUAL)


def test_the_figures_of_one_anchor_by_hand():
    """3 of 4 right; 3, 3, 4 and 2 deviate by 0, 0, 1 and -1 from 3, so SD is root 2/3."""
    found = of(("desk", 3), ("desk", 3), ("desk", 4), ("shelf", 2))

    assert (found.n_sorters, found.hits, found.hit_rate) == (4, 3, 0.75)
    assert found.sd == pytest.approx((2 / 3) ** 0.5)
    assert found.median == 3
    assert found.taken_for == {"desk": 3, "shelf": 1}
    assert found.levels == {2: 1, 3: 2, 4: 1}
    assert found.holds


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([], [Why.NOT_SORTED]),
        ([("desk", 3)] * 2, [Why.FEW]),
        ([("desk", 3)] * 3, []),
        ([("desk", 2), ("desk", 3), ("desk", 4)], []),
        ([("desk", 2), ("desk", 2), ("desk", 4)], [Why.SPREAD, Why.OTHER_LEVEL]),
        ([("desk", 1), ("desk", 3), ("desk", 3), ("desk", 5)], [Why.SPREAD]),
        ([("desk", 3), ("desk", 3), ("shelf", 3)], [Why.OTHER_GROUP]),
        ([("desk", 3), ("desk", 3), ("-", None)], [Why.OTHER_GROUP]),
        ([("-", None)] * 3, [Why.OTHER_GROUP]),
        ([("desk", 4)] * 3, [Why.OTHER_LEVEL]),
        ([("desk", 3)] * 2 + [("desk", 4)] * 2, []),
        ([("desk", 2)] * 2 + [("desk", 1)] * 2, [Why.OTHER_LEVEL]),
    ],
)
def test_the_rule(told: list[tuple[str, int | None]], why: list[Why]):
    """Three sorters, 75 % at its skill, SD at most 1, and the median at its own level."""
    assert list(of(*told).reasons) == why


def test_below_its_number_there_is_no_figure():
    """Two who agree in all are no rate of 100 %: counts stay, figures do not."""
    found = of(("desk", 3), ("desk", 3))

    assert (found.n_sorters, found.hits) == (2, 2)
    assert (found.hit_rate, found.sd, found.median, found.figures) == (None, None, None, None)
    assert not found.reword


ANSWERS = st.lists(
    st.tuples(st.sampled_from(["desk", "shelf", "-"]), st.integers(2, 4)), max_size=8
)


@settings(max_examples=15)
@given(ANSWERS)
def test_the_order_of_sorters_changes_nothing(told: list[tuple[str, int]]):
    """And one more right answer at its level never lowers the hit rate."""
    one, other, more = of(*told), of(*reversed(told)), of(*told, ("desk", 3))

    assert (one.hits, one.hit_rate, one.reasons) == (other.hits, other.hit_rate, other.reasons)
    assert one.sd == pytest.approx(other.sd)
    if one.hit_rate is not None and more.hit_rate is not None:
        assert more.hit_rate >= one.hit_rate


def test_confusions_are_counted_skill_by_skill(mini: Framework, tmp_path: Path):
    """One of three takes all of cataloguing for local history: 2 of 3 right, none holds."""

    def choose(number: int, group: str, anchor: Anchor):
        wrong = number == 2 and group == "cataloguing"
        return ("local-history" if wrong else group), anchor.level.value

    found = score(collect(filled(tmp_path, mini, 3, choose), mini).sortings, mini)
    desk, shelf = (
        next(g for g in found.groups if g.group == name)
        for name in ("reference-desk", "cataloguing")
    )

    assert (shelf.n_anchors, shelf.n_hold, shelf.n_sortings, shelf.hits) == (3, 0, 9, 6)
    assert shelf.hit_rate == pytest.approx(2 / 3)
    assert shelf.taken_for == {"local-history": 3}
    assert (desk.n_anchors, desk.n_hold, desk.hit_rate) == (4, 4, 1.0)


def test_skills_that_too_few_sorted_have_no_rate(mini: Framework, tmp_path: Path):
    """A round on one skill says nothing of the others."""
    files = filled(tmp_path, mini, 3, rightly, skills=["cataloguing"])
    found = score(collect(files, mini).sortings, mini)
    rates = {group.group: group.hit_rate for group in found.groups}

    assert rates == {"cataloguing": 1.0, "reference-desk": None, "local-history": None}
    assert {a.reasons for a in found.anchors if a.group != "cataloguing"} == {(Why.NOT_SORTED,)}


def test_the_rule_is_that_of_the_ladder(library: Framework, tmp_path: Path):
    """wording.yaml may ask for more; without the key, or the file, the usual rule holds."""
    words = tmp_path / "librarian" / "wording.yaml"
    before = rule_of(library)
    words.write_text(words.read_text() + "retranslation: {sorters: 5}\n", encoding="utf-8")

    assert before == USUAL
    assert rule_of(library) == RetranslationRule(sorters=5)
    words.unlink()
    assert rule_of(library) == USUAL
