"""Severity: recovered where known, zero in sum, silent where raters share nobody."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatrix import calibration as cal
from skillmatrix.errors import UsageError

KNOWN = {"kim": 0.5, "lee": -0.25, "max": -0.25}


def rated(
    pairs: list[tuple[str, str]], effects: dict[str, float], noise: float = 0.0, seed: int = 0
) -> pd.DataFrame:
    """Rate six skills of each person by each named rater: person, skill and rater add up."""
    rng = np.random.default_rng(seed)
    people = {p: rng.integers(1, 4) for p in sorted({p for p, _ in pairs})}
    skills = dict(zip("abcdef", rng.integers(-1, 2, 6), strict=True))
    rows = [
        (f"{p} {s}", p, s, r, people[p] + skills[s] + effects[r] + rng.normal(0, noise))
        for p, r in pairs
        for s in skills
    ]
    return pd.DataFrame(rows, columns=["unit", "person", "skill", "rater", "value"])


#: Each person rated by two of three raters.
LINKED = [(f"p{n}", r) for n in range(9) for k, r in enumerate(KNOWN) if k != n % 3]
#: Two managers with their own people alone.
APART = [("p1", "kim"), ("p2", "kim"), ("p3", "lee"), ("p4", "lee"), ("p5", "max")]


def test_known_effects_come_out_of_an_incomplete_design():
    """Without noise and without a ridge they are exact; positive rates higher."""
    found = cal.severity(rated(LINKED, KNOWN), ridge=0)

    assert found.effects.to_dict() == pytest.approx(KNOWN, abs=1e-6)
    assert found.connected
    assert len(found.suggested_links) == 0


def test_least_squares_are_those_of_the_whole_table():
    """Taking people out first gives what one large regression gives."""
    frame = rated(LINKED, KNOWN, noise=0.4)
    columns = [pd.get_dummies(frame[name]).to_numpy(float) for name in ("rater", "person", "skill")]
    whole = np.linalg.lstsq(np.hstack(columns), frame["value"].to_numpy(), rcond=None)[0][:3]
    found = cal.severity(frame, ridge=0).effects[sorted(KNOWN)]

    assert found.to_numpy() == pytest.approx(whole - whole.mean(), abs=1e-6)


def test_a_ridge_pulls_towards_zero_and_never_past_it():
    """More ridge, smaller effects, the same signs."""
    frame = rated(LINKED, KNOWN, noise=0.3)
    sizes = [cal.severity(frame, ridge=r).effects["kim"] for r in (0, 10, 100, 10_000)]

    assert sizes == sorted(sizes, reverse=True)
    assert 0 < sizes[-1] < 0.02


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 4)), min_size=1, max_size=20))
def test_effects_sum_to_zero_in_each_component(pairs: set[tuple[int, int]]):
    """Whatever the design; components part the raters, and the links named would join them."""
    design = [(f"p{p}", f"r{r}") for p, r in sorted(pairs)]
    effects = {f"r{r}": r / 5 for r in range(5)}
    frame = rated(design, effects, noise=0.2)
    found = cal.severity(frame)
    links = [(row.person, row.rater) for row in found.suggested_links.itertuples()]

    for part in found.components:
        assert found.effects[list(part)].sum() == pytest.approx(0, abs=1e-6)
    assert sorted(r for part in found.components for r in part) == sorted({r for _, r in design})
    assert len(links) == len(found.components) - 1
    assert cal.severity(rated(design + links, effects)).connected


def test_managers_who_share_nobody_are_not_compared():
    """Each alone in a component: no effect, no interval, and what would connect them."""
    found = cal.severity(rated(APART, KNOWN))

    assert [len(part) for part in found.components] == [1, 1, 1]
    assert found.effects.tolist() == pytest.approx([0, 0, 0])
    assert found.interval.isna().all(axis=None)
    assert len(found.suggested_links) == 2


def test_the_interval_leaves_out_one_person_at_a_time():
    """Recomputed without each person, with the same ridge."""
    frame = rated(LINKED, KNOWN, noise=0.4)
    found = cal.severity(frame, ridge=5)
    people = frame["person"].unique()
    without = [cal.severity(frame[frame["person"] != p], ridge=5).effects["kim"] for p in people]
    spread = np.sqrt(8 / 9 * np.square(np.array(without) - np.mean(without)).sum())
    reach = 2.306004135 * spread  # t, 8 degrees of freedom
    ends = found.interval.loc["kim"].tolist()

    assert ends == pytest.approx([found.effects["kim"] - reach, found.effects["kim"] + reach])


def test_no_ratings_are_no_raters():
    """An empty table is answered with nothing, not with an error."""
    found = cal.severity(pd.DataFrame({"unit": [], "rater": [], "value": []}))

    assert (len(found.effects), found.components, found.n_people) == (0, (), 0)


def test_a_ridge_below_zero_is_refused():
    """Nor may it be endless."""
    for ridge in (-1, float("inf"), float("nan")):
        with pytest.raises(UsageError, match="expected a number from 0"):
            cal.severity(rated(LINKED, KNOWN), ridge=ridge)


@pytest.mark.slow
def test_estimating_the_ridge_loses_little_and_gains_where_raters_differ():
    """Ten people, three raters, two each: against the truth, over 200 drawn sessions."""
    rng = np.random.default_rng(3)
    gain = {}
    for spread in (0.0, 0.4):
        errors = {"ridge": 0.0, "none": 0.0}
        for seed in range(200):
            effects = dict(zip(KNOWN, rng.normal(0, spread, 3), strict=True))
            centred = np.array(list(effects.values())) - np.mean(list(effects.values()))
            frame = rated(LINKED, effects, noise=0.6, seed=seed)
            found = cal.severity(frame).effects[list(KNOWN)].to_numpy()
            errors["ridge"] += float(np.square(found - centred).sum())
            errors["none"] += float(np.square(centred).sum())
        gain[spread] = errors

    assert gain[0.4]["ridge"] < 0.3 * gain[0.4]["none"]
    assert gain[0.0]["ridge"] / 600 < 0.05
