"""The dumbbell chart, asked what it shows."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import pytest

import skillmatrix as sm
from skillmatrix.charts import DARK, LIGHT, Ends, change_plot, contrast, dumbbell
from skillmatrix.charts.theme import THEMES
from skillmatrix.errors import UsageError
from skillmatrix.framework import Framework

SCALE = [("0", "None"), ("1", "Helps"), ("2", "Bakes")]
MARKS = ("then", "now")


def ends(kind: str, first: int | None, second: int | None, name: str = "bread") -> Ends:
    """Make one row."""
    return Ends(name, name.capitalize(), "all", "All", kind, first, second, f"{kind} it is")


def drawn(*rows: Ends, **options: Any) -> Any:
    """Draw rows on the scale of a bakery."""
    return dumbbell(rows, SCALE, title="Two rounds", marks=MARKS, **options)


def rounds(framework: Framework, first: dict[str, Any], second: dict[str, Any]) -> sm.Change:
    """Make two rounds of half a year."""

    def one(day: str, ratings: dict[str, Any]) -> sm.Assessment:
        return sm.Assessment(
            framework=framework.key,
            person={"code": "ana"},
            rater={"kind": "self"},
            as_of=day,
            ratings=ratings,
        )

    senior = framework.profile("senior")
    return sm.change(one("2026-05-20", first), one("2026-11-20", second), senior)


def test_a_square_is_the_first_level_and_a_dot_the_second(marks):
    """Shapes tell them apart, not colours; a line joins them."""
    found = marks(drawn(ends("up", 0, 2)), "bread")

    assert (found["first"].get_marker(), list(found["first"].get_xdata())) == ("s", [0])
    assert (found["second"].get_marker(), list(found["second"].get_xdata())) == ("o", [2])
    assert list(found["between"].get_xdata()) == [0, 2]
    assert found["first"].get_markerfacecolor() == LIGHT.surface


def test_the_same_level_is_a_dot_in_a_square(marks):
    """The square is larger than the dot, so that both are seen; there is no line."""
    found = marks(drawn(ends("same", 1, 1)), "bread")

    assert found["first"].get_markersize() > found["second"].get_markersize() * 1.5
    assert "between" not in found


@pytest.mark.parametrize(("kind", "first", "second"), [("first", 1, None), ("second", None, 1)])
def test_where_one_level_is_not_known_one_mark_stands_alone(marks, kind, first, second):
    """No second mark, and no line to 0."""
    found = marks(drawn(ends(kind, first, second)), "bread")

    assert set(found) & {"first", "second", "between"} == {kind}


def test_text_and_table_name_every_row():
    """Whoever does not see the picture gets each level of it."""
    rows = [ends("up", 0, 2), ends("same", 1, 1, "cake"), ends("first", 1, None, "rolls")]
    chart = drawn(*rows)

    assert "1 higher now: Bread (0 to 2)." in chart.text
    assert "1 the same: Cake (1)." in chart.text
    assert "1 with a level then only: Rolls (1)." in chart.text
    assert [(r["skill"], r["first"], r["second"]) for r in chart.table] == [
        ("Bread", "0", "2"),
        ("Cake", "1", "1"),
        ("Rolls", "1", None),
    ]
    assert chart.columns["first"] == "Then"


def test_moved_first_then_one_sided_then_the_same(framework: Framework):
    """What has no level in either round is counted and not drawn."""
    change = rounds(
        framework,
        {"python": 3, "mlops": 2, "execution": 3, "ranking": 2},
        {"python": 4, "mlops": 1, "execution": 3, "validation": 3},
    )
    chart = change_plot(change)

    assert [(r["group"], r["difference"]) for r in chart.table] == [
        ("Higher", "1 step up"),
        ("Lower", "1 step down"),
        ("A level in one round only", "Not rated then"),
        ("A level in one round only", "Not rated now"),
        ("The same", "Same"),
    ]
    facts = [t.get_text() for t in chart.figure.texts if t.get_gid() == "facts"]
    assert "22\u00a0without\u00a0a\u00a0level" in " ".join(facts)


def test_who_declined_looks_like_who_did_not_see(framework: Framework):
    """The words do not single out who chose not to say."""
    chart = change_plot(rounds(framework, {"python": 3}, {"python": "DECLINED"}))

    assert chart.table[0]["difference"] == "No level now"


def test_every_mark_is_seen_in_both_themes():
    """3:1 with the surface or better; the thin square around a dot too."""
    for theme in THEMES.values():
        for colour in (theme.mark, theme.bar, theme.quiet, theme.unknown):
            assert contrast(colour, theme.surface) >= 3


def test_the_same_chart_is_the_same_svg_and_leaves_no_setting_behind():
    """Words and title are in it; matplotlib is as it was."""
    before = dict(mpl.rcParams)
    one, two = (drawn(ends("up", 0, 2), theme=DARK).svg() for _ in range(2))

    assert one == two
    assert "<title>Two rounds</title>" in one
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("width", [300, 759, 760, 1440])
def test_nothing_reaches_over_the_edge(width: int):
    """Narrow or wide, long names too: every mark and word lies on the sheet."""
    rows = [ends("up", 0, 2), ends("down", 2, 0, "bread-of-a-very-long-name-that-goes-on-and-on")]
    figure = drawn(*rows, width=width).figure
    figure.canvas.draw()

    right = figure.bbox.width
    for text in figure.texts:
        box = text.get_window_extent()
        assert box.x0 >= 0
        assert box.x1 <= right + 1, text.get_text()


def test_what_cannot_be_drawn_is_said():
    """No rows, too many, an odd width, an unknown theme."""
    with pytest.raises(UsageError, match="1 to 30 rows, not 0"):
        drawn()
    with pytest.raises(UsageError, match="not 31"):
        drawn(*[ends("up", 0, 1, f"s{n}") for n in range(31)])
    with pytest.raises(UsageError, match="pixels wide"):
        drawn(ends("up", 0, 1), width=100)
    with pytest.raises(UsageError, match="no theme"):
        drawn(ends("up", 0, 1), theme="pink")
