"""The gap chart, asked what it shows."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from matplotlib.text import Text

import skillmatrix as sm
from skillmatrix.charts import gap, gap_plot, gap_plots
from skillmatrix.errors import UsageError
from skillmatrix.scoring import Standings
from tests.ladders import FAMILY


def family_standings(ratings, *, rater="self", title="Statistics"):
    """Let a person stand on a ladder that asks for no evidence."""
    framework = sm.load_framework(FAMILY)
    skills = dict(framework.skills)
    skills["statistics"] = skills["statistics"].model_copy(update={"title": title})
    framework = framework.model_copy(update={"skills": skills})
    assessment = sm.Assessment(
        framework=framework.key,
        person={"code": "bo"},
        rater={"kind": rater},
        as_of=dt.date(2026, 11, 20),
        ratings=ratings,
    )
    return Standings(assessment, framework.profile("senior-data-scientist"))


def words(figure, start):
    """Give texts by their mark, from the top down, in the order they are read."""
    found = figure.findobj(lambda a: isinstance(a, Text) and (a.get_gid() or "").startswith(start))
    return [text.get_text() for text in sorted(found, key=lambda t: t.get_position()[1])]


def titles(figure):
    """Give the names of the rows, from the top down."""
    found = figure.findobj(lambda a: (a.get_gid() or "").endswith(":title"))
    return [text.get_text() for text in sorted(found, key=lambda t: t.get_position()[1])]


def test_rows_stand_area_by_area_in_the_order_of_the_framework(chart, framework):
    """No row is sorted by its name or lost: the order is that of the framework."""
    figure = chart.figure

    assert titles(figure) == [skill.title for skill in framework.skills.values()]
    assert words(figure, "area:") == [area.title for area in framework.areas.values()]


def test_levels_are_categories_with_their_names_on_top(chart, framework):
    """A level stands at its place, with its number and its name, and none lies between."""
    figure = chart.figure
    labels = [label.get_text() for label in figure.axes[0].get_xticklabels()]
    first_row = min(t.get_position()[1] for t in figure.texts if ":title" in (t.get_gid() or ""))
    tops = [t for t in figure.texts if (t.get_gid() or "").startswith("level:")]

    assert list(figure.axes[0].get_xticks()) == [0, 1, 2, 3, 4, 5]
    assert labels == ["0 None", "1 Aware", "2 Guided", "3 Independent", "4 Leading", "5 Shaping"]
    assert len(tops) == 2 * len(framework.scale)
    assert all(text.get_position()[1] < first_row for text in tops)


def test_filled_dot_is_evidence_and_open_dot_is_the_claim(stand, marks):
    """Core ML claimed at 4 with nothing to show stands at 1, and the claim at 4 stays hollow."""
    chart = gap_plot(stand({"core-ml": 4}), area="must-have")
    drawn = marks(chart, "core-ml")

    assert drawn["supported"].get_xdata() == [1]
    assert drawn["claimed"].get_xdata() == [4]
    assert drawn["interval"].get_xdata() == [1, 4]
    assert drawn["supported"].get_markerfacecolor() == chart.theme.mark
    assert drawn["claimed"].get_markerfacecolor() == chart.theme.surface
    assert drawn["supported"].get_ydata() == drawn["claimed"].get_ydata()


def test_a_claim_with_its_evidence_is_one_dot(stand, marks):
    """Where evidence carries the claim there is nothing open about it."""
    drawn = marks(gap_plot(stand({"core-ml": 4}, backed=("core-ml",)), area="must-have"), "core-ml")

    assert drawn["supported"].get_xdata() == [4]
    assert "claimed" not in drawn
    assert "interval" not in drawn


def test_the_bar_is_a_vertical_tick_at_its_level(stand, marks):
    """The bar stands upright at the level asked for, and reaches over the dot."""
    drawn = marks(gap_plot(stand({"mlops": 2}), area="must-have"), "mlops")
    x, y = drawn["bar"].get_data()
    row = drawn["supported"].get_ydata()[0]

    assert list(x) == [4, 4]
    assert y[0] < row - 7
    assert y[1] > row + 7


def test_a_bar_that_hangs_on_an_open_question_is_shown_both_ways(stand, marks):
    """Unanswered is not 'no': the bar that 'yes' would set is drawn too, hollow."""
    asked = gap_plot(stand({"streaming": 2}), area="good-to-have")
    answered = gap_plot(stand({"streaming": 2}, switches={"streaming": False}), area="good-to-have")

    assert list(marks(asked, "streaming")["bar"].get_xdata()) == [2, 2]
    assert marks(asked, "streaming")["bar-if-on"].get_xdata() == [3]
    assert marks(asked, "streaming")["bar-if-on"].get_markerfacecolor() == asked.theme.surface
    assert "bar-if-on" not in marks(answered, "streaming")


@pytest.mark.parametrize("skill", ["deep-learning", "privacy-ml", "interpretability"])
def test_unknown_is_hatched_over_the_whole_scale_and_has_no_dot(chart, marks, skill):
    """Not rated, not said and proposed as N/A are no level: least of all 0."""
    drawn = marks(chart, skill)
    band = drawn["unknown"]

    assert band.get_hatch()
    assert (band.get_x(), band.get_x() + band.get_width()) == (0, 5)
    assert not {"supported", "claimed", "interval"} & set(drawn)


def test_a_level_of_0_is_a_dot_and_not_hatched(stand, marks):
    """0 is a rating."""
    drawn = marks(gap_plot(stand({"core-ml": 0}), area="must-have"), "core-ml")

    assert drawn["supported"].get_xdata() == [0]
    assert "unknown" not in drawn


def test_who_declined_looks_like_who_did_not_see(stand, marks):
    """Declining is never singled out: same marks, same words, other than not rated yet."""
    declined = marks(gap_plot(stand({"core-ml": "DECLINED"}), area="must-have"), "core-ml")
    unseen = marks(
        gap_plot(stand({"core-ml": "NOT_OBSERVED"}, rater="mentor"), area="must-have"), "core-ml"
    )
    unrated = marks(gap_plot(stand({}), area="must-have"), "core-ml")

    assert set(declined) == set(unseen)
    assert "hollow" in declined
    assert "hollow" not in unrated
    assert declined["standing"].get_text() == unseen["standing"].get_text()
    assert declined["standing"].get_text() != unrated["standing"].get_text()


@pytest.mark.parametrize("width", [900, 390])
def test_not_applicable_is_struck_out_with_its_reason(everything, marks, width):
    """What is not part of the role has a line through its name, the reason, and no mark."""
    drawn = marks(gap_plot(everything, width=width), "ranking")
    (left, right), (y, _) = drawn["struck"].get_data()
    name_x, name_y = drawn["title"].get_position()

    assert set(drawn) == {"title", "struck", "standing"}
    assert left <= name_x < right
    assert name_y - 10 < y < name_y
    assert drawn["standing"].get_text() == "N/A: no ranked lists"


@pytest.mark.parametrize(
    ("skill", "label"),
    [
        ("python", "At the bar"),
        ("collaboration", "Above the bar"),
        ("core-ml", "Evidence for 1"),
        ("mlops", "2 steps below"),
        ("time-series", "Not asked"),
        ("deep-learning", "Not rated"),
        ("privacy-ml", "No level given"),
        ("interpretability", "N/A proposed"),
    ],
)
def test_each_row_says_how_it_stands(chart, marks, skill, label):
    """The standing is written beside the row, so that no colour has to be read."""
    assert marks(chart, skill)["standing"].get_text() == label


def test_gates_and_floors_have_a_shape_and_a_word(chart, marks):
    """A gate is a diamond and a floor a triangle, each with its name, at its own level."""
    mlops, python = marks(chart, "mlops"), marks(chart, "python")

    assert (mlops["gate"].get_xdata(), mlops["gate"].get_marker()) == ([4], "D")
    assert (python["floor"].get_xdata(), python["floor"].get_marker()) == ([3], "^")
    assert mlops["gate-word"].get_text() == "Gate 4"
    assert python["floor-word"].get_text() == "Floor 3"


def test_the_legend_names_what_occurs_and_nothing_else(chart, stand):
    """The key explains each mark on this chart, and none that is not on it."""
    full = words(chart.figure, "legend:")
    plain = words(gap_plot(stand({}), area="soft").figure, "legend:")

    assert full == [
        "evidence supports",
        "claimed",
        "bar",
        "bar, if yes to an open question",
        "gate",
        "floor",
        "not known",
        "answered without a level",
    ]
    assert plain == ["bar", "gate", "not known"]


@pytest.mark.parametrize(("rater", "mark"), [("self", "your level"), ("mentor", "level given")])
def test_without_evidence_there_is_one_mark(rater, mark):
    """A ladder that asks for no evidence has no claim beside what evidence supports."""
    chart = gap_plot(family_standings({"statistics": 2}, rater=rater))

    assert words(chart.figure, "legend:") == [mark, "bar", "not known"]


@pytest.mark.parametrize("width", [390, 900])
def test_a_long_name_takes_a_second_line(width, marks):
    """Nothing of a name is cut where there is room below it, and no mark stands on it."""
    long = "Applied mathematics, statistics and scientific practices"
    chart = gap_plot(family_standings({"statistics": 2}, title=long), width=width)
    drawn = marks(chart, "statistics")
    first, second = drawn["title"], drawn["title-more"]

    assert f"{first.get_text()} {second.get_text()}" == long
    assert second.get_position()[1] - first.get_position()[1] >= 14
    if width < 500:
        assert drawn["supported"].get_ydata()[0] - second.get_position()[1] >= 8


def test_an_area_alone_has_its_rows_only(everything, framework):
    """The chart of one area holds its skills and no others."""
    figure = gap_plot(everything, area="advanced").figure

    assert titles(figure) == [s.title for s in framework.skills.values() if s.area == "advanced"]


def test_narrow_charts_put_names_above_their_row(chart, everything, marks):
    """On a telephone the scale keeps the whole width, and the name stands over its dot."""
    wide, narrow = chart.figure, gap_plot(everything, width=390).figure
    upper, lower = (marks(narrow, "python")[mark] for mark in ("title", "supported"))
    beside, dot = (marks(wide, "python")[mark] for mark in ("title", "supported"))

    assert narrow.get_figwidth() * 96 == pytest.approx(390)
    assert narrow.axes[0].get_position().width > 0.9
    assert lower.get_ydata()[0] - upper.get_position()[1] > 15
    assert abs(dot.get_ydata()[0] - beside.get_position()[1]) < 6


@pytest.mark.parametrize("width", [300, 390, 760, 900])
def test_words_neither_leave_the_chart_nor_run_into_each_other(everything, marks, width):
    """Even in the broadest font, what stands in one row keeps apart and inside."""
    chart = gap_plot(everything, width=width)
    figure = chart.figure
    with chart.theme.applied():
        for text in figure.texts:
            text.set_fontfamily("DejaVu Sans")
        figure.canvas.draw()
        boxes = {text: text.get_window_extent() for text in figure.texts}
    rows = [marks(chart, row) for row in everything]

    assert all(box.x0 >= 0 and box.x1 <= width for box in boxes.values())
    for row in rows:
        inside = sorted(
            (boxes[a] for name, a in row.items() if name in ("title", "gate-word", "floor-word")),
            key=lambda box: box.x0,
        )
        if "struck" not in row:
            inside.append(boxes[row["standing"]])
        assert all(a.x1 < b.x0 for a, b in pairwise(inside))


def test_an_unknown_area_or_theme_or_width_is_refused(everything):
    """A wrong word gets the right one offered, not an empty chart."""
    with pytest.raises(UsageError, match=r"no area 'advance'; did you mean 'advanced'\?"):
        gap_plot(everything, area="advance")
    with pytest.raises(UsageError, match="no theme 'darkish'; did you mean 'dark'"):
        gap_plot(everything, theme="darkish")
    with pytest.raises(UsageError, match="choose 300 to 2400"):
        gap_plot(everything, width=80)


def test_too_many_rows_go_on_several_charts(everything, monkeypatch):
    """No chart has more rows than can be read; areas stay whole where they fit."""
    monkeypatch.setattr(gap, "MOST_ROWS", 12)
    charts = gap_plots(everything)

    with pytest.raises(UsageError, match=r"27 skills are too many.*gap_plots"):
        gap_plot(everything)
    assert [len(chart.table) for chart in charts] == [11, 8, 8]
    assert [chart.table[0]["area"] for chart in charts] == ["Must-have", "Advanced", "Soft skills"]
    assert [row for c in charts for row in c.table] == [
        row for area in everything.framework.areas for row in gap_plot(everything, area=area).table
    ]
    assert charts[1].title.endswith("(2 of 3)")


def test_an_area_larger_than_a_chart_is_split(everything, monkeypatch):
    """Even one long area loses no row."""
    monkeypatch.setattr(gap, "MOST_ROWS", 5)

    assert [len(chart.table) for chart in gap_plots(everything)] == [5, 1, 5, 4, 4, 5, 3]
