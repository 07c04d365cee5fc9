"""A report as a file: its name, its content, and what to say about it."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatrix.errors import UsageError, suggest
from skillmatrix.reports.parts import FORMATS, Format, Report

#: What a browser calls each format.
MEDIA: dict[Format, str] = {
    "html": "text/html",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LETTERS = (
    "some letters have no font on this machine: a box stands in their place, and the PDF does "
    "not claim PDF/UA; install a font for their script, such as one of the Noto fonts"
)


@dataclass(frozen=True)
class ReportFile:
    """
    A report, written.

    Attributes
    ----------
    name : str
        Says the code of the person, the reader and the day; never the person's name.
    content : bytes
    remark : str
        What somebody should know about this file; mostly empty.
    """

    name: str
    content: bytes
    remark: str = ""


def write_report(report: Report, format: Format | str) -> ReportFile:  # noqa: A002 - the word for it
    """
    Write a report in one of its formats.

    Parameters
    ----------
    report : Report
        From `report`.
    format : {"html", "pdf", "xlsx"}

    Returns
    -------
    ReportFile

    Raises
    ------
    UsageError
        If there is no such format, or the package it needs is not installed.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> from skillmatrix.reports import report, write_report
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
    ...     as_of="2026-11-20", ratings={"mlops": 3})
    >>> write_report(report(a, fw.profile("senior"), "mentor"), "html").name
    'ana-2026-11-20-for-mentor.html'
    """
    if format not in FORMATS:
        msg = f"no format {format!r}; {suggest(format, FORMATS)}"
        raise UsageError(msg)
    name = f"{report.code}-{report.made_on}-for-{report.audience}.{format}"
    if format == "html":
        from skillmatrix.reports.html import as_html

        return ReportFile(name, as_html(report))
    if format == "xlsx":
        from skillmatrix.reports.xlsx import as_xlsx

        return ReportFile(name, as_xlsx(report))
    from skillmatrix.reports.pdf import as_pdf

    made = as_pdf(report)
    return ReportFile(name, made.content, "" if made.every_letter else _LETTERS)
