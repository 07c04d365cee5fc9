"""Colours that can be told apart, light and dark; words that fit."""

from __future__ import annotations

import dataclasses

import pytest
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from skillmatrix.charts import THEMES, contrast, gap_plot
from skillmatrix.charts.measure import clean, fit, shorten, text_width, wrap


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_words_and_marks_stand_out_from_the_surface(theme):
    """4.5:1 for text and 3:1 for marks, as WCAG 2.2 asks."""
    texts = {name: contrast(colour, theme.surface) for name, colour in theme.texts.items()}
    marks = {name: contrast(colour, theme.surface) for name, colour in theme.marks.items()}

    assert {name: ratio for name, ratio in texts.items() if ratio < 4.5} == {}
    assert {name: ratio for name, ratio in marks.items() if ratio < 3} == {}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_word_drawn_has_a_colour_that_was_checked(everything, theme):
    """No text takes a colour of its own past the check above."""
    figure = gap_plot(everything, theme=theme).figure

    assert {to_hex(text.get_color()) for text in figure.texts} <= set(theme.texts.values())


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_mark_drawn_has_a_colour_that_was_checked(everything, marks, theme):
    """No mark takes a colour of its own past the check above."""
    figure = gap_plot(everything, theme=theme).figure
    lines = [line for skill in everything for line in marks(figure, skill).values()]
    drawn = {to_hex(m.get_color()) for m in lines if m.__class__.__name__ == "Line2D"}
    bands = {to_hex(m.get_edgecolor()) for m in lines if m.__class__.__name__ == "Rectangle"}

    assert drawn | bands <= {*theme.marks.values(), theme.quiet}
    assert bands == {theme.unknown}


def test_the_dark_theme_is_dark_and_says_the_same(everything):
    """Another look, the same chart: surface and marks change, words and table do not."""
    light, dark = gap_plot(everything), gap_plot(everything, theme="dark")

    assert contrast(dark.theme.surface, "#000000") < 2 < contrast(light.theme.surface, "#000000")
    assert to_hex(dark.figure.get_facecolor()) == dark.theme.surface
    assert dark.theme.surface in dark.svg()
    assert light.theme.surface not in dark.svg()
    assert (dark.text, dark.table) == (light.text, light.table)


def test_a_theme_cannot_be_changed():
    """A look is shared by all charts, so nobody changes it for the others."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        THEMES["light"].ink = "#000000"


def test_contrast_is_that_of_wcag():
    """Published values: black on white 21, #767676 on white the first grey to pass 4.5."""
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#767676", "#ffffff") == 4.54
    assert contrast("#777777", "#ffffff") == 4.48


def test_the_estimate_of_a_width_covers_the_broadest_font(framework):
    """No title of the framework is broader in DejaVu Sans than the room it gets."""
    font = FontProperties(family="DejaVu Sans", size=100)
    names = [s.title for s in framework.skills.values()] + ["Evidence for 3", "1 to 2 steps below"]
    too_broad = {
        name: (TextPath((0, 0), name, prop=font).get_extents().width, text_width(name, 100))
        for name in names
        if TextPath((0, 0), name, prop=font).get_extents().width > text_width(name, 100) * 1.02
    }

    assert too_broad == {}


def test_texts_are_broken_and_cut_to_their_room():
    """Lines fit their room; what is cut ends in an ellipsis; nothing fits in no room."""
    lines = wrap("a few words that need some lines", 10, 90)
    two = fit("a few words that need some lines", 10, 90, 2)

    assert all(text_width(line, 10) <= 90 for line in lines)
    assert " ".join(lines) == "a few words that need some lines"
    assert len(two) == 2
    assert two[1].endswith("…")
    assert shorten("word", 10, 3) == "…"
    assert wrap("", 10, 90) == fit("", 10, 90, 2) == []


def test_clean_text_is_one_line_that_xml_can_hold():
    """Line breaks become spaces, and characters no file may hold are left out."""
    assert clean(" a\n b\tc\x00\x07\ud800\uffff d ") == "a b c d"
