"""Reports: one content, three readers, and HTML, PDF and XLSX that all say the same."""

from skillmatrix.reports.content import report
from skillmatrix.reports.files import MEDIA, ReportFile, write_report
from skillmatrix.reports.parts import AUDIENCES, FORMATS, Audience, Format, Report

__all__ = [
    "AUDIENCES",
    "FORMATS",
    "MEDIA",
    "Audience",
    "Format",
    "Report",
    "ReportFile",
    "report",
    "write_report",
]
