"""An assessment as a file of one's own: everything in it, to be read by people and read back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable
from typing import Any, Literal, get_args

from skillmatrix.assessment import Assessment, as_data
from skillmatrix.errors import UsageError
from skillmatrix.exchange.csv_file import csv_text
from skillmatrix.exchange.sections import entries
from skillmatrix.exchange.text import guarded
from skillmatrix.exchange.xlsx_write import workbook
from skillmatrix.framework.model import Framework

Format = Literal["json", "csv", "xlsx", "wide"]
FORMATS: tuple[str, ...] = get_args(Format)

#: What the name of a file ends with.
ENDINGS = {
    "json": ".assessment.json",
    "csv": ".assessment.csv",
    "xlsx": ".assessment.xlsx",
    "wide": ".ratings.csv",
}


def export(
    assessment: Assessment,
    framework: Framework,
    format: Format | str,  # noqa: A002 - the word for it
) -> tuple[str, bytes]:
    """
    Write an assessment as a file.

    Parameters
    ----------
    assessment : Assessment
        All of it is written. What another reader gets is decided before, by
        `skillmatrix.assessment.share.share`.
    framework : Framework
        Its ladder; gives titles and level names.
    format : {"json", "csv", "xlsx", "wide"}
        The first three hold everything, unknown keys included: `preview` of one of them has
        an assessment equal to the one given, and with the same hash. ``wide`` is a row of
        ratings, for people.

    Returns
    -------
    tuple of (str, bytes)
        A name for the file, which says the code of the person and never the name, and what
        is in it.

    Raises
    ------
    UsageError
        If there is no such format, or the workbook would have too many rows.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> from skillmatrix.exchange import export, preview
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
    ...     as_of="2026-11-20", ratings={"mlops": 3})
    >>> name, data = export(a, fw, "xlsx")
    >>> name, preview(data, fw).assessments == (a,)
    ('ana.assessment.xlsx', True)
    """
    if format not in FORMATS:
        msg = f"no format {format!r}; known are {', '.join(FORMATS)}"
        raise UsageError(msg)
    name = f"{assessment.person.code}{ENDINGS[format]}"
    data = as_data(assessment)
    if format == "json":
        return name, (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()
    if format == "csv":
        return name, csv_text(entries(data)).encode("utf-8-sig")
    if format == "wide":
        return name, wide([assessment], framework).encode("utf-8-sig")
    midnight = dt.datetime.combine(assessment.as_of, dt.time())
    return name, workbook(entries(data), framework, midnight)


def wide(assessments: Iterable[Assessment], framework: Framework) -> str:
    """
    Write ratings as a table: one row an assessment, one column a skill.

    Returns
    -------
    str
        CSV. A level is a number, a state its word, and a skill nobody rated an empty cell.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    skills = framework.skills
    writer.writerow(["person", "code", "rater", "date", *skills])
    for each in assessments:
        values: list[Any] = [each.ratings[s].value if s in each.ratings else "" for s in skills]
        head = [each.person.name, each.person.code, each.rater.kind, each.as_of.isoformat()]
        writer.writerow([guarded(cell) for cell in head] + values)
    return out.getvalue()
