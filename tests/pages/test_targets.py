"""Other roles beside the aim, through the page: what is answered, refused and told."""

from __future__ import annotations

from typing import Any

import pytest

from skillmatrix.framework import Framework
from tests.pages.conftest import Ask

WHERE = "a platform team operates the models, so that you use its pipelines and do not run them"


def aim(send: Ask, ok: bool = True, **part: Any) -> dict[str, Any]:
    """Choose an aim, Senior with nothing else unless said."""
    whole = {"profile": "senior", "overlays": [], "switches": {}, "absence_months": 0, **part}
    return send("aim", ok=ok, **whole)


# --- the comparison ------------------------------------------------------------


def test_the_aim_stands_first_and_every_way_on_beside_it(send: Ask, fw: Framework):
    """Senior and the four directions; the present role is no way on, unless asked for."""
    rows = send("targets")["targets"]["rows"]

    others = [name for name, p in fw.profiles.items() if p.kind == "direction"]
    assert [row["profile"] for row in rows] == ["senior", *others]
    assert [row["aim"] for row in rows] == [True, *[False] * len(others)]
    asked = send("targets", profiles=["specialist"])["targets"]["rows"]
    assert [row["profile"] for row in asked] == ["senior", "specialist"]


def test_a_direction_as_aim_has_senior_beside_it(send: Ask):
    """What is compared follows the aim, and so does its context."""
    aim(send, profile="mlops-platform", overlays=["healthcare"])
    rows = send("targets")["targets"]["rows"]

    assert rows[0]["id"] == "mlops-platform+healthcare"
    assert "senior+healthcare" in [row["id"] for row in rows]


def test_a_row_agrees_with_the_result_of_that_aim(send: Ask):
    """Word, gates and requirements are those the page shows when one aims there."""
    for skill, level in {"mlops": 4, "python": 4, "core-ml": 2}.items():
        send("rate", skill=skill, value=level)
    for row in send("targets")["targets"]["rows"]:
        verdict = aim(send, profile=row["profile"])["state"]["verdict"]
        for key in ("word", "label", "gates", "gates_met"):
            assert row[key] == verdict[key]
        assert [c["state"] for c in row["criteria"]] == [c["state"] for c in verdict["criteria"]]


def test_the_first_reasons_stand_alone(send: Ask):
    """Failing parts before open ones, at most three, none that points at a list left out."""
    send("rate", skill="quality-mindset", value=1)
    rows = send("targets")["targets"]["rows"]

    assert [r["state"] for r in rows[0]["reasons"]] == ["NOT MET", "OPEN", "OPEN"]
    assert rows[0]["reasons"][0]["skill"] == "quality-mindset"
    assert rows[0]["more"] > 0
    assert not any("of these" in r["title"] for row in rows for r in row["reasons"])


def test_what_a_role_asks_beyond_the_aim(send: Ask):
    """Bars that are higher, with both levels, and requirements the aim does not have."""
    rows = {row["profile"]: row for row in send("targets")["targets"]["rows"]}
    beyond = rows["mlops-platform"]["beyond"]

    assert rows["senior"]["beyond"] is None
    assert {"skill": "mlops", "title": "MLOps", "before": 4, "after": 5} in beyond["bars"]
    assert all(bar["after"] > bar["before"] for bar in beyond["bars"])
    assert beyond["requirements"] == ["Builds a platform that others rely on"]
    assert beyond["less"] > 0


def test_cells_stand_in_the_order_of_the_rows(send: Ask):
    """One cell a role; certain, by evidence, unknown and met each have a mark of their own."""
    send("rate", skill="mlops", value=4)
    send("rate", skill="deep-learning", value=1)
    view = send("targets", profiles=["mlops-platform", "applied-scientist"])["targets"]
    cells = {gap["skill"]: [c["mark"] for c in gap["cells"]] for gap in view["gaps"]}

    assert [row["profile"] for row in view["rows"]] == [
        "senior", "mlops-platform", "applied-scientist"
    ]  # fmt: skip
    assert cells["mlops"] == ["evidence", "short", "evidence"]
    assert cells["deep-learning"] == ["short", "short", "short"]
    assert cells["python"] == ["unknown", "unknown", "unknown"]
    assert [len(gap["cells"]) for gap in view["gaps"]] == [3] * len(view["gaps"])
    assert all(gap["count"] == sum(m not in {"met", "apart"} for m in cells[gap["skill"]])
               for gap in view["gaps"])  # fmt: skip


def test_nothing_rated_is_said(send: Ask):
    """No list of gaps pretends to know something."""
    view = send("targets")["targets"]

    assert view["rated"] is False
    assert view["sentence"] == "Nothing is rated yet, so every bar is an open gap."


# --- another context -------------------------------------------------------------


def test_another_context_before_and_after(send: Ask):
    """Healthcare beside none: what it raises, what it asks for, and how the answer moves."""
    variant = send("targets", overlays=["healthcare"])["targets"]["variant"]

    assert (variant["before"]["gates"], variant["after"]["gates"]) == (10, 13)
    assert {"skill": "privacy-ml", "title": "Privacy-preserving ML", "before": 1, "after": 3} in (
        variant["bars"]
    )
    assert len(variant["evidence"]) == 2
    assert variant["same"] is False


def test_no_context_is_a_context_and_the_same_is_the_same(send: Ask):
    """An empty list is the role without variants; the own ones again change nothing."""
    aim(send, overlays=["healthcare"])

    assert send("targets")["targets"]["variant"] is None
    assert send("targets", overlays=[])["targets"]["variant"]["after"]["gates"] == 10
    assert send("targets", overlays=["healthcare"])["targets"]["variant"]["same"] is True


def test_an_answer_is_part_of_another_context(send: Ask):
    """Switches can be tried without an answer being stored."""
    found = send("targets", overlays=[], switches={"streaming": True})["targets"]["variant"]

    assert [(s["skill"], s["before"], s["after"]) for s in found["bars"]] == [("streaming", 2, 3)]
    assert aim(send)["state"]["assessment"]["aim"]["switches"]["streaming"] is None


def test_what_waits_for_a_reason_is_named(send: Ask):
    """The lower bar of a large enterprise is not applied, and the view says under what."""
    (condition,) = send("targets", overlays=["enterprise"])["targets"]["variant"]["conditions"]

    assert condition["where"] == WHERE
    assert condition["lowers"] == ["gate on MLOps to 3", "bar of MLOps to 3"]
    assert condition["applied"] is False


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ({"profiles": ["senoir"]}, "did you mean 'senior'"),
        ({"overlays": ["moon"]}, "no overlay 'moon'"),
        ({"overlays": [], "switches": {"moon": True}}, "no switch 'moon'"),
        ({"profiles": ["senior"] * 21}, ""),
        ({"profiles": "senior"}, ""),
    ],
)
def test_what_does_not_exist_is_refused_for_good(send: Ask, args: dict[str, Any], found: str):
    """A name nobody knows is refused with what is known, and not asked again."""
    answer = send("targets", ok=False, **args)

    assert "again" not in answer
    assert found in answer["problems"][0]["found"]


# --- the aim: reasons and switches -------------------------------------------------


def bar(state: dict[str, Any], skill: str) -> int:
    """Give the bar of a skill."""
    (row,) = (row for row in state["rows"] if row["skill"] == skill)
    return int(row["required"])


def test_a_reason_lowers_what_waits_for_it(send: Ask):
    """Without words the bar stays; with them it falls, and the words stand with the change."""
    without = aim(send, overlays=["enterprise"])["state"]
    said = aim(send, overlays=["enterprise"], reasons={"enterprise": " They run it all. "})["state"]

    assert (bar(without, "mlops"), bar(said, "mlops")) == (4, 3)
    assert [c["applied"] for s in (without, said) for c in s["context"]["conditions"]] == [
        False,
        True,
    ]
    assert said["assessment"]["aim"]["reasons"] == {"enterprise": "They run it all."}
    told = [
        c["reason"] for c in said["context"]["changes"] if c["item"].startswith("gate on MLOps")
    ]
    assert told[0].endswith("Confirmed: They run it all.")


def test_a_reason_outlives_its_variant(send: Ask):
    """What was typed comes back with the tick, and can be taken back like every change."""
    reasons = {"enterprise": "They run it all."}
    aim(send, overlays=["enterprise"], reasons=reasons)
    off = aim(send, overlays=[], reasons=reasons)["state"]

    assert off["assessment"]["aim"]["reasons"] == reasons
    assert off["context"]["conditions"] == []
    send("undo")
    assert bar(send("undo")["state"], "mlops") == 4


def test_blank_words_are_no_reason(send: Ask):
    """A field left with blanks is an answer not given, never a broken aim."""
    state = aim(send, overlays=["enterprise"], reasons={"enterprise": " \n\x00 "})["state"]

    assert state["assessment"]["aim"]["reasons"] == {}
    assert bar(state, "mlops") == 4


@pytest.mark.parametrize(
    ("reasons", "found"),
    [
        ({"enterprise": "x" * 2001}, "has 2001 characters"),
        ({"entreprise": "x"}, "did you mean 'enterprise'"),
    ],
)
def test_a_reason_that_cannot_be_kept_is_refused(send: Ask, reasons: dict[str, str], found: str):
    """Too long or for a variant nobody knows: said once, nothing stored."""
    answer = aim(send, ok=False, overlays=["enterprise"], reasons=reasons)

    assert "again" not in answer
    assert found in answer["problems"][0]["found"]


def test_a_switch_that_a_variant_turns_on_is_named(send: Ask, fw: Framework):
    """The own answer stays as it was; the state says which variants overrule it."""
    state = aim(send, overlays=["regulated", "healthcare"], switches={"regulated": None})["state"]

    titles = [fw.overlays[name].title for name in ("healthcare", "regulated")]
    assert state["context"]["switched"] == {"regulated": titles}
    assert state["assessment"]["aim"]["switches"]["regulated"] is None
    assert bar(state, "interpretability") == 4
