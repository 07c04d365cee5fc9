"""The gap chart in words and as a table."""

from __future__ import annotations

import re

import pytest

from skillmatrix.charts import gap_plot, gap_plots


def test_the_text_names_every_skill(everything, framework):
    """Who hears the chart hears of every row."""
    text = gap_plot(everything).text

    assert [s.title for s in framework.skills.values() if s.title not in text] == []


def test_the_text_names_the_rows_of_its_area_only(everything, framework):
    """The words belong to this picture, not to the whole assessment."""
    text = gap_plot(everything, area="advanced").text
    named = [s.area for s in framework.skills.values() if s.title in text]

    assert set(named) == {"advanced"}
    assert text.startswith("Dot plot, 4 skills, area Advanced,")


@pytest.mark.parametrize(
    "said",
    [
        "Dot plot, 27 skills, 5 areas",
        "levels 0 None to 5 Shaping",
        "2 at or above the bar: Python, Collaboration and conflict (above).",
        "1 below: MLOps (2 steps).",
        "with evidence below it: Core ML (evidence for 1, bar 4).",
        "no level given, which means not observed or not said: Privacy-preserving ML",
        "N/A proposed: Interpretability and governance",
        "not rated: Model validation, ",
        "1 rated where no bar is set: Time series and anomalies.",
        "1 not applicable: Ranking and recommenders (no ranked lists).",
        "Largest gap: MLOps, 2 steps below.",
        "Core ML (claimed 4, supported 1)",
        "Streaming features (3 instead of 2 if yes to Fresh signals)",
        "MLOps 4",
        "Floors: Python 3, Core ML 3, Data querying 3.",
        "Data table follows.",
    ],
)
def test_the_text_says_what_the_picture_shows(everything, said):
    """Construction, counts and what stands out; every state with the skills in it."""
    assert said in gap_plot(everything).text


def test_the_text_counts_every_row_once(everything):
    """The groups of the text make up the chart: nothing is left out or told twice."""
    text = gap_plot(everything).text
    counts = re.findall(r"(?<=\. )(\d+) (at or above|below|claimed|unknown|rated|not appl)", text)

    assert [(int(count), words) for count, words in counts] == [
        (2, "at or above"),
        (1, "below"),
        (1, "claimed"),
        (21, "unknown"),
        (1, "rated"),
        (1, "not appl"),
    ]


def test_unknown_skills_without_a_bar_are_unknown_and_not_met(stand):
    """Where nothing is asked, an answer nobody gave is still not an answer."""
    chart = gap_plot(stand({}), area="advanced")
    row = next(row for row in chart.table if row["skill"] == "Time series and anomalies")

    assert "4 unknown" in chart.text
    assert "at or above" not in chart.text
    assert (row["state"], row["standing"], row["gap_max"]) == ("not rated", "Not rated", None)


def test_declining_is_told_like_not_having_seen(stand):
    """Neither text nor table tells who declined from who did not see it."""
    declined = gap_plot(stand({"core-ml": "DECLINED"}, rater="self"), area="must-have")
    unseen = gap_plot(stand({"core-ml": "NOT_OBSERVED"}, rater="mentor"), area="must-have")

    assert declined.text.replace("self rating", "mentor rating") == unseen.text
    assert declined.table == unseen.table


def test_a_gate_that_was_taken_out_is_still_named(stand):
    """Declaring a gate not applicable does not make it vanish from the words."""
    chart = gap_plot(stand({}, not_applicable={"mlops": "a platform team does it"}))

    assert "MLOps 4 (N/A)" in chart.text


def test_the_table_holds_plain_values_and_no_zero_for_unknown(everything):
    """Each row has the same keys; what is not known is None."""
    chart = gap_plot(everything)
    rows = {row["skill"]: row for row in chart.table}

    assert all(list(row) == list(chart.columns) for row in chart.table)
    assert {type(v) for row in chart.table for v in row.values()} == {str, int, type(None)}
    assert rows["MLOps"] == {
        "area": "Must-have",
        "skill": "MLOps",
        "claimed": 2,
        "supported": 2,
        "required": 4,
        "required_if_on": None,
        "gate": 4,
        "floor": None,
        "gap_min": 2,
        "gap_max": 2,
        "state": "rated",
        "standing": "2 steps below",
    }
    assert rows["Deep learning"]["claimed"] is None
    assert rows["Deep learning"]["gap_min"] is None
    assert rows["Ranking and recommenders"]["required"] is None


def test_a_chart_that_fits_is_one_chart(everything):
    """Twenty-seven skills need no second page."""
    (chart,) = gap_plots(everything)

    assert chart.text == gap_plot(everything).text
