"""A chart as a file: the same twice, safe, and without side effects."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree

import matplotlib as mpl
import pytest

from skillmatrix.charts import gap_plot
from skillmatrix.errors import UsageError

SVG = "{http://www.w3.org/2000/svg}"


def test_the_svg_is_the_same_twice(everything):
    """Byte for byte, from one chart and from two: no date, no random name."""
    chart = gap_plot(everything)

    assert chart.svg() == chart.svg() == gap_plot(everything).svg()


def test_the_svg_does_not_depend_on_the_settings_of_the_reader(everything):
    """A style somebody chose in a notebook does not reach into a chart."""
    plain = gap_plot(everything, area="advanced").svg()
    with mpl.rc_context({"svg.fonttype": "path", "path.sketch": (3, 50, 2)}):
        styled = gap_plot(everything, area="advanced").svg()

    assert styled == plain


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_settings_of_matplotlib_are_as_before(everything, form):
    """Drawing and saving put every setting back."""
    before = dict(mpl.rcParams)
    getattr(gap_plot(everything, area="advanced", theme="dark"), form)()

    assert dict(mpl.rcParams) == before


def test_settings_are_put_back_when_drawing_fails(everything):
    """An error inside does not leave the theme behind."""
    before = dict(mpl.rcParams)
    theme = gap_plot(everything).theme
    with pytest.raises(ZeroDivisionError), theme.applied():
        raise ZeroDivisionError

    assert dict(mpl.rcParams) == before


def test_pyplot_and_pandas_are_never_loaded():
    """Words and table need no matplotlib at all; the picture needs neither pyplot nor pandas."""
    code = """if True:
        import datetime as dt, sys
        import skillmatrix as sm
        from skillmatrix.charts import gap_plot
        from skillmatrix.scoring import Standings
        fw = sm.load_framework("ml-specialist")
        a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
                          as_of=dt.date(2026, 11, 20), ratings={"mlops": 2})
        chart = gap_plot(Standings(a, fw.profile("senior")), area="must-have")
        chart.text, chart.table
        assert "matplotlib" not in sys.modules
        chart.svg()
        assert "matplotlib.figure" in sys.modules
        for name in ("matplotlib.pyplot", "pandas"):
            assert name not in sys.modules, name
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert done.returncode == 0


def test_the_svg_says_what_it_is(everything):
    """Title and text alternative are inside, so that the file speaks on its own."""
    chart = gap_plot(everything)
    root = ElementTree.fromstring(chart.svg())

    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.findtext(f"{SVG}title") == chart.title
    assert root.findtext(f"{SVG}desc") == chart.text


def test_the_svg_holds_text_as_text_in_fonts_of_the_reader(everything, framework):
    """Words can be found and read; the fonts are common ones with a generic at the end."""
    root = ElementTree.fromstring(gap_plot(everything).svg())
    shown = [element.text for element in root.iter(f"{SVG}text")]

    assert [s.title for s in framework.skills.values() if s.title not in shown] == []
    assert root.get("font-family").endswith(", sans-serif")


def test_several_svgs_can_stand_in_one_page(everything):
    """No name is taken twice, no rule of style reaches outside, nothing is fetched."""
    texts = [gap_plot(everything, area=area).svg() for area in ("soft", "advanced")]
    named = [
        {e.get("id") for e in ElementTree.fromstring(t).iter(f"{SVG}g") if e.get("id")}
        for t in texts
    ]

    assert named == [set(), set()]
    for text in texts:
        assert text.startswith("<svg")
        assert "*{" not in text.replace(".skillmatrix-chart *{", "")
        assert "<!DOCTYPE" not in text
        assert "<metadata" not in text
        assert 'href="http' not in text


def test_hostile_and_foreign_words_stay_words(stand):
    """Markup, formulas, control characters and other scripts neither break nor run."""
    reason = "<script>alert(1)</script> & $x^2$ لا توجد 日本 🙂 \x07 end"
    chart = gap_plot(stand({}, not_applicable={"ranking": reason}), area="advanced", width=1400)
    root = ElementTree.fromstring(chart.svg())
    shown = " ".join(element.text for element in root.iter(f"{SVG}text"))

    assert "N/A: <script>alert(1)</script> & $x^2$ لا توجد 日本 🙂 end" in shown
    assert not list(root.iter(f"{SVG}script"))
    assert chart.png(48).startswith(b"\x89PNG")


def test_a_long_reason_is_cut_in_the_picture_and_whole_in_the_words(stand, marks):
    """What does not fit is told in full beside the picture."""
    reason = "nothing of the kind " * 40
    chart = gap_plot(stand({}, not_applicable={"ranking": reason}))

    assert marks(chart, "ranking")["standing"].get_text().endswith("…")
    assert reason.strip() in chart.text


@pytest.mark.parametrize(
    ("name", "start"), [("a.svg", b"<svg"), ("a.PNG", b"\x89PNG"), ("a.pdf", b"%PDF")]
)
def test_the_ending_chooses_the_form(everything, tmp_path, name, start):
    """A file is what its name says, and the same twice."""
    chart = gap_plot(everything, area="advanced")
    path = chart.save(tmp_path / name)
    first = path.read_bytes()

    assert first.startswith(start)
    assert chart.save(path).read_bytes() == first


def test_another_ending_is_refused_and_writes_nothing(everything, tmp_path):
    """A form that cannot be written is said so before a file appears."""
    with pytest.raises(UsageError, match=r"\.svg, \.png or \.pdf"):
        gap_plot(everything).save(tmp_path / "a.gif")

    assert list(tmp_path.iterdir()) == []


def test_a_png_is_as_wide_as_asked(everything):
    """At 96 dots per inch one dot is one CSS pixel; at 192 there are two."""
    chart = gap_plot(everything, area="advanced", width=600)
    widths = [int.from_bytes(chart.png(dpi)[16:20], "big") for dpi in (96, 192)]

    assert widths == [600, 1200]
