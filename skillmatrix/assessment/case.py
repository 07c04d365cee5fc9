"""The promotion case: her own paragraphs, clause by clause."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from skillmatrix.assessment.fields import Code, Entries, Kept, LongText

#: Places of the case that answer no clause.
FREE = ("opening", "closing")


class Paragraph(Kept):
    """What a person argues for one clause of a criterion, and the evidence she cites."""

    text: LongText = ""
    evidence: Annotated[tuple[Code, ...], Entries] = Field(
        default=(), description="Ids of the items of evidence cited."
    )
