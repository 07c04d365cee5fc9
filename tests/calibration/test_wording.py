"""Ladder lint from disagreement: which wordings split raters, and what is asked of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from skillmatrix import calibration as cal
from skillmatrix.calibration import wording
from skillmatrix.calibration.wording import Boundary, Findings, Why
from skillmatrix.errors import UsageError
from skillmatrix.framework import Framework, load_framework
from tests.conftest import MINI

RATERS = ("m1", "m2", "m3")


def ratings(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Make a frame of a person, a skill, and a digit for each rater, a dot for no rating."""
    told = [
        (f"{person} {skill}", person, skill, rater, "manager", int(digit))
        for person, skill, digits in rows
        for rater, digit in zip(RATERS, digits, strict=False)
        if digit != "."
    ]
    columns = ["unit", "person", "skill", "rater", "kind", "value"]
    return pd.DataFrame(told, columns=columns)


def at(found: Findings, skill: str, upper: int) -> Boundary:
    """Take one boundary by the level above it."""
    return next(each for each in found.boundaries if each.skill == skill and each.upper == upper)


APART = ("334", "344", "434", "33.", "34.", "43.")
#: Six people at 3 and 4 of MLOps, five of them on both sides; four skills in agreement.
SPLIT = [(f"p{n}", "mlops", digits) for n, digits in enumerate(APART)] + [
    (f"p{n}", skill, "333")
    for n in range(6)
    for skill in ("python", "core-ml", "streaming", "validation")
]


def test_the_counts_of_one_boundary_by_hand(fw: Framework):
    """334, 344, 434 split 2 of 3 pairs each; 33 none; 34 and 43 their only one: 8 of 12."""
    found = at(wording.findings(ratings(*SPLIT), fw), "mlops", 4)

    assert (found.n_people, found.n_near, found.n_split) == (6, 6, 5)
    assert (found.n_pairs, found.n_pairs_split) == (12, 8)
    assert found.agreement == pytest.approx(1 / 3)
    assert found.worth
    assert found.words == "of 6 people at this boundary 5 are split across it"


def test_people_far_from_a_boundary_say_nothing_of_it(fw: Framework):
    """Six people between 3 and 4 are no evidence on 0 and 1; 2 and 3 saw all six, none split."""
    found = wording.findings(ratings(*SPLIT), fw)

    assert at(found, "mlops", 1).n_near == 0
    assert at(found, "mlops", 1).why_not is Why.FEW_NEAR
    assert at(found, "mlops", 1).words == "nobody rated twice stands at this boundary"
    assert (at(found, "mlops", 3).n_near, at(found, "mlops", 3).n_split) == (6, 0)
    assert at(found, "mlops", 3).why_not is Why.FEW_SPLIT


def test_the_chance_of_so_many_is_the_binomial_one(fw: Framework):
    """5 or 6 of 6 at the rate of the other four skills: none of 24, with half a case added."""
    found = at(wording.findings(ratings(*SPLIT), fw), "mlops", 4)
    rate = 0.5 / 25

    assert found.elsewhere == 0
    assert found.tail == pytest.approx(6 * rate**5 * (1 - rate) + rate**6)


def test_wide_disagreement_counts_at_every_boundary_it_crosses(fw: Framework):
    """1 and 5 lie on two sides of four boundaries, and of 0 | 1 they do not."""
    found = wording.findings(ratings(("p1", "mlops", "15")), fw)
    split = [each.upper.value for each in found.boundaries if each.n_split]

    assert sorted(split) == [2, 3, 4, 5]
    assert at(found, "mlops", 3).n_near == 1


def test_what_splits_raters_most_comes_first(fw: Framework):
    """Worth a request, then by how rare it would be, then what has too little data."""
    found = wording.findings(ratings(*SPLIT), fw)
    first = found.boundaries[0]
    known = [each.tail is not None for each in found.boundaries]

    assert (first.skill, first.lower, first.upper) == ("mlops", 3, 4)
    assert found.worth == (first,)
    assert known == sorted(known, reverse=True)


def test_below_its_number_there_is_no_figure(fw: Framework):
    """Four people split in every pair: counts, a reason, and neither alpha nor a chance."""
    rows = [(f"p{n}", "mlops", "34") for n in range(4)]
    rows += [(f"q{n}", "python", "333") for n in range(30)]
    found = at(wording.findings(ratings(*rows), fw), "mlops", 4)

    assert (found.n_near, found.n_split, found.why_not) == (4, 4, Why.FEW_NEAR)
    assert (found.beyond_chance, found.tail) == (None, None)


def test_without_others_to_compare_with_nothing_stands_out(fw: Framework):
    """One skill, six people, all split: there is no rate elsewhere."""
    rows = [(f"p{n}", "mlops", "34") for n in range(6)]
    found = at(wording.findings(ratings(*rows), fw), "mlops", 4)

    assert found.why_not is Why.FEW_ELSEWHERE
    assert found.elsewhere is None


def test_where_raters_are_split_everywhere_no_wording_is_why(fw: Framework):
    """One step on all skills alike: the scale is read apart, and rewording would not help."""
    skills = ("mlops", "python", "core-ml", "streaming", "validation")
    rows = [(f"p{n}", skill, "34") for n in range(8) for skill in skills]
    found = wording.findings(ratings(*rows), fw)

    assert found.worth == ()
    assert at(found, "mlops", 4).why_not is Why.AS_ELSEWHERE
    assert [(s.upper.value, s.n_near, s.n_split) for s in found.steps][2:] == [
        (3, 40, 0),
        (4, 40, 40),
        (5, 40, 0),
    ]


def test_alpha_of_the_two_sides_is_that_of_the_library(fw: Framework):
    """Dichotomised by hand: 4 and above against 3 and below, people as units."""
    frame = ratings(*SPLIT)
    mlops = frame[frame["skill"] == "mlops"]
    sides = mlops.assign(value=(mlops["value"] >= 4).astype(int))
    found = at(wording.findings(frame, fw), "mlops", 4).beyond_chance

    assert found == cal.alpha(sides, "nominal")
    assert at(wording.findings(frame, fw), "mlops", 1).beyond_chance.reason is not None


def test_neither_the_order_of_rows_nor_names_nor_self_ratings_matter(fw: Framework):
    """Shuffled, renamed, and with everybody's own view in it, the findings are the same."""
    frame = ratings(*SPLIT)
    own = frame[frame["rater"] == "m1"].assign(rater="self", kind="self", value=5)
    other = pd.concat([frame, own]).sample(frac=1, random_state=3)
    other["person"] = "x" + other["person"]

    assert wording.findings(other, fw).as_data() == wording.findings(frame, fw).as_data()


def test_a_second_rating_says_how_many_are_still_split(fw: Framework):
    """Of five split two were rated again by two, and one of them came together."""
    second = ratings(("p0", "mlops", "444"), ("p1", "mlops", "343"), ("p2", "mlops", "4.."))
    second = pd.concat([second, ratings(("p3", "mlops", "344"))])
    found = at(wording.findings(ratings(*SPLIT), fw, second), "mlops", 4)

    assert (found.again.n_rated, found.again.n_split) == (2, 1)
    assert found.words.endswith("; rated again 2, still split 1")
    assert at(wording.findings(ratings(*SPLIT), fw, second), "python", 4).again.n_rated == 0


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda f: f.drop(columns="skill"), "lack the column 'skill'"),
        (lambda f: f.assign(skill="mlop"), "did you mean 'mlops'"),
        (lambda f: f.assign(value=9), "no level 9"),
        (lambda f: pd.concat([f, f]), "twice"),
    ],
)
def test_a_table_that_is_none_is_refused(fw: Framework, change, found: str):
    """Each says what was found and what is known."""
    with pytest.raises(UsageError, match=found):
        wording.findings(change(ratings(*SPLIT)), fw)


def test_the_findings_as_data_are_plain(fw: Framework):
    """They go through JSON, with the rule and its source beside them."""
    data = json.loads(json.dumps(wording.findings(ratings(*SPLIT), fw).as_data()))

    assert data["source"] == "judgement"
    assert data["boundaries"][0]["worth"] is True
    assert data["boundaries"][0]["beyond_chance"]["words"].startswith("between ")


def test_the_request_is_for_exactly_those_anchors(fw: Framework):
    """All anchors of 3 and 4 of MLOps with file and line, and of nothing else; nobody is named."""
    text = wording.change_request(fw, wording.findings(ratings(*SPLIT), fw))
    skill = fw.skills["mlops"]
    lines = (fw._folder / "skills" / "mlops.yaml").read_text(encoding="utf-8").splitlines()

    for anchor in skill.anchors.values():
        assert (f"`{anchor.id}`" in text) == (anchor.level in (3, 4))
    for anchor in (*skill.at(3), *skill.at(4)):
        (stands,) = (n for n, line in enumerate(lines, 1) if anchor.text[:40] in line)
        assert f"`ml-specialist/skills/mlops.yaml:{stands}`" in text
        assert anchor.not_this in text
    assert "5 are split across it" in text
    assert "8 of 12 pairs" in text
    assert not any(name in text for name in ("p0", "m1", "m2"))


def test_a_request_for_nothing_says_why(fw: Framework):
    """Where no boundary is worth it, there is a sentence and no anchor."""
    text = wording.change_request(fw, wording.findings(ratings(("p1", "mlops", "34")), fw))

    assert "mlops-" not in text
    assert "No boundary splits raters" in text


def test_the_request_tells_what_the_rules_of_writing_say(tmp_path: Path):
    """Also where the ladder waives a rule; a retired anchor is not asked to change."""
    folder = Path(shutil.copytree(MINI, tmp_path / "librarian"))
    main, skill = folder / "framework.yaml", folder / "skills" / "reference-desk.yaml"
    waiver = "waives:\n  - {rule: degree-word, reason: ours}\n"
    main.write_text(main.read_text() + waiver, encoding="utf-8")
    text = skill.read_text(encoding="utf-8")
    text = text.replace("Answers a subject question from", "Answers often a question from")
    first, last = text.split("so that a reader repeats it alone.")
    last = last.replace("status: draft", "status: retired", 1)
    skill.write_text(f"{first}so that a reader repeats it alone.{last}", encoding="utf-8")
    framework = load_framework(folder)
    rows = [(f"p{n}", "reference-desk", "34") for n in range(6)]
    rows += [(f"q{n}", "cataloguing", "333") for n in range(30)]
    text = wording.change_request(framework, wording.findings(ratings(*rows), framework))

    assert "Rules of writing: found 'often', expected no such word" in text
    assert "`reference-desk-3-b`" not in text
    assert "it has no near miss" in text


def session(rng: np.random.Generator, fw: Framework, planted: str | None) -> pd.DataFrame:
    """Invent 12 people and three raters, who misread one wording if one is planted."""
    rows = []
    for number in range(12):
        for skill in fw.skills:
            true = int(rng.integers(1, 5))
            given = true + rng.choice([-1, 0, 0, 0, 0, 0, 1], 3)
            if skill == planted:
                given = rng.permutation([3, 3, 4]) if rng.random() < 0.9 else np.array([3, 3, 3])
            digits = "".join(str(int(d)) for d in np.clip(given, 0, 5))
            rows.append((f"p{number}", skill, digits))
    return ratings(*rows)


@pytest.mark.slow
def test_a_planted_wording_is_found_and_others_rarely(fw: Framework):
    """Of 25 sessions with a wording nobody reads alike most find it; of 25 without few name one."""
    rng = np.random.default_rng(5)
    planted = [wording.findings(session(rng, fw, "mlops"), fw) for _ in range(25)]
    without = [wording.findings(session(rng, fw, None), fw) for _ in range(25)]
    hits = sum(at(found, "mlops", 4).worth for found in planted)
    false = sum(bool(found.worth) for found in without)

    assert hits >= 17
    assert false <= 5
