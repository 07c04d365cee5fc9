"""Workbooks of others: looked at before they are opened, so that no file fills the memory."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from skillmatrix.errors import AssessmentError, Problem, UsageError

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
MOST_CELLS = 4_000_000
_CHUNK = 1 << 20
_OVERLAP = 64

_XLSX = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
_PLACE = re.compile(rb'<(?:\w+:)?(?:c|row|dimension)\b[^>]{0,200}?\br(?:ef)?="([A-Z:]*[0-9A-Z:]*)"')
_REFERENCE = re.compile(rb"([A-Z]{0,3})(\d{0,7})")
_LETTERS = 26


@dataclass(frozen=True)
class Book:
    """The sheets of a workbook by name, each with all its cells from the top left corner."""

    sheets: Mapping[str, list[list[Any]]]


def is_xlsx(data: bytes) -> bool:
    """Say whether bytes begin as a workbook does, of this kind or the old one."""
    return data.startswith((_XLSX, _OLD))


def read_book(data: bytes, source: str, only: str | None = None) -> Book:
    """
    Read the cells of a workbook.

    Parameters
    ----------
    data : bytes
    source : str
        What an error calls it.
    only : str, optional
        The one sheet to read; all of them when not given.

    Raises
    ------
    AssessmentError
        If it is no workbook, damaged, locked with a password, or far larger than it looks.
    UsageError
        If the package that reads workbooks is not installed.
    """
    _check(data, source)
    needs("python-calamine", "python_calamine")
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        if only is not None and only not in names:
            found, expected = f"no sheet {only!r}", "one of " + ", ".join(map(repr, names))
            raise _wrong(source, found, expected, where="sheet")
        sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in names
            if only in (None, name)
        }
    except (CalamineError, OSError, ValueError) as error:
        found = f"a workbook that cannot be read ({str(error).splitlines()[0][:80]})"
        remedy = "open it in a spreadsheet and save it as .xlsx again, without a password"
        raise _wrong(source, found, "a workbook (.xlsx)", remedy) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the reader says it lost its way
            raise
        found, remedy = "a workbook that cannot be read", "save it as .xlsx or CSV again"
        raise _wrong(source, found, "a workbook (.xlsx)", remedy) from None
    return Book(sheets)


def needs(package: str, module: str) -> None:
    """
    Make sure that the package for workbooks is there.

    Raises
    ------
    UsageError
        If it is not, with how to install it.
    """
    if find_spec(module) is None:
        msg = f"a workbook (.xlsx) needs {package}: pip install 'skillmatrix[app]', or use CSV"
        raise UsageError(msg)


def _wrong(
    source: str, found: str, expected: str, remedy: str = "", where: str = "the file"
) -> AssessmentError:
    return AssessmentError(source, [Problem(where, found, expected, remedy)])


def _check(data: bytes, source: str) -> None:
    """Refuse what would be too much, before anything is unpacked as a whole."""
    if data.startswith(_OLD):
        remedy = "open it in a spreadsheet and save it as .xlsx or CSV, without a password"
        found = "an old workbook (.xls), or one with a password"
        raise _wrong(source, found, "a workbook (.xlsx)", remedy)
    if len(data) > MOST_BYTES:
        found, expected = f"{len(data) / 1e6:.0f} MB", f"at most {MOST_BYTES / 1e6:.0f} MB"
        raise _wrong(source, found, expected, "delete sheets that are not needed, or save as CSV")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
            if not any(info.filename.startswith("xl/") for info in infos):
                raise _wrong(source, "a ZIP file without a workbook in it", "a workbook (.xlsx)")
            total = sum(info.file_size for info in infos)
            if total > MOST_UNPACKED:
                found = f"{total / 1e6:,.0f} MB when unpacked"
                expected = f"at most {MOST_UNPACKED / 1e6:.0f} MB"
                raise _wrong(source, found, expected, "save the one sheet you need as CSV")
            for info in infos:
                _check_part(parts, info, source)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
    ) as error:
        found = f"a damaged workbook ({str(error)[:80]})"
        remedy = "open it in a spreadsheet and save it as .xlsx again"
        raise _wrong(source, found, "a workbook (.xlsx)", remedy) from None


def _check_part(parts: zipfile.ZipFile, info: zipfile.ZipInfo, source: str) -> None:
    """Unpack one part piece by piece: its checksum must hold, its cells must be few enough."""
    sheet = info.filename.startswith("xl/worksheets/")
    rows = columns = 0
    with parts.open(info) as part:
        before = b""
        while chunk := part.read(_CHUNK):
            if not sheet:
                continue
            for row, column in _places(before + chunk):
                rows, columns = max(rows, row), max(columns, column)
            before = chunk[-_OVERLAP:]
            if rows * columns > MOST_CELLS:
                found = f"a sheet that reaches over {rows:,} rows and {columns:,} columns"
                remedy = "delete what stands far outside the table, or save the table as CSV"
                raise _wrong(source, found, f"at most {MOST_CELLS:,} cells", remedy)


def _places(text: bytes) -> Iterator[tuple[int, int]]:
    for match in _PLACE.finditer(text):
        for reference in match[1].split(b":"):
            found = _REFERENCE.fullmatch(reference)
            if found is not None:
                column = 0
                for letter in found[1]:
                    column = column * _LETTERS + letter - 64
                yield int(found[2] or 0), column
