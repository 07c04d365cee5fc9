"""The report as a PDF: tagged, titled, and set from data that is never markup."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from skillmatrix.framework import Framework
from skillmatrix.reports import AUDIENCES, Report, ReportFile, write_report
from tests.reports.conftest import Made
from tests.reports.reading import outline, text_of


def short(told: Report) -> ReportFile:
    """Write the notes alone: reading long files back takes its time."""
    less = replace(told, criteria=(), skills=(), evidence=(), plan=None, case=None, settle=())
    return write_report(less, "pdf")


def test_it_can_be_read_without_seeing_it(made: Made):
    """Tagged, with a language, a title that is shown, headings, tables with heads, page numbers."""
    reader = PdfReader(io.BytesIO(write_report(made("mentor"), "pdf").content))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    title = "Skills against the bar: Senior Machine Learning Specialist, for my mentor"
    assert reader.metadata.title == title
    assert reader.metadata.creation_date == dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    kinds = outline(reader)
    assert {"/H1", "/H2", "/Table", "/THead", "/TH", "/TD", "/L", "/LI", "/Link"} <= set(kinds)
    for number, page in enumerate(reader.pages, start=1):
        assert f"Page {number} of {len(reader.pages)}" in page.extract_text()
    assert "pdfuaid:part>1<" in str(reader.xmp_metadata.stream.get_data())  # type: ignore[union-attr]


def test_what_was_typed_is_text(made: Made):
    """Commands of the typesetter, in a note: they are shown, and read no file."""
    typed = '#read("/etc/hostname") #sys.inputs *bold* $x^2$ @ref <label> \\ `raw` // comment'
    note = {"mlops": {"text": typed, "visibility": "shared"}}

    assert typed in text_of(short(made("mentor", notes=note)).content)


def test_a_letter_without_a_font_is_said(made: Made):
    """The file is made and tagged all the same; only the claim to PDF/UA is left out."""
    note = {"mlops": {"text": "private use \U0010fffd", "visibility": "shared"}}

    written = short(made("mentor", notes=note))

    assert "some letters have no font" in written.remark
    reader = PdfReader(io.BytesIO(written.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert short(made("mentor")).remark == ""


def test_very_long_words_stay_on_the_page(made: Made):
    """A word of two hundred letters is broken, and is whole when it is read."""
    word = "x" * 200
    note = {"mlops": {"text": word, "visibility": "shared"}}

    content = short(made("mentor", notes=note)).content

    lines = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(content)).pages).split("\n")
    assert max(line.count("x") for line in lines) < 150
    assert word in text_of(content).replace(" ", "")


def test_the_same_report_is_the_same_file(made: Made):
    """It carries the day of the report, and no time of its making."""
    assert short(made("mentor")) == short(made("mentor"))


@pytest.mark.slow
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_skill_and_every_part_is_named(made: Made, fw: Framework, audience: str):
    """Whatever the verdict looks at stands in the file, and the chart has its words."""
    told = made(audience, charts=True)
    content = write_report(told, "pdf").content

    text = text_of(content)
    assert [s.title for s in fw.skills.values() if s.title not in text] == []
    parts = [part for card in told.criteria for part in card.parts]
    assert [p.title for p in parts if p.title not in text] == []
    assert "/Figure" in outline(PdfReader(io.BytesIO(content)))
