"""The promotion case: her own paragraphs, clause by clause."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from skillmatrix.assessment.fields import Code, Entries, Kept, LongText, Safe

#: Places of the case that answer no clause.
FREE = ("opening", "closing")

#: Id of a part of a criterion: that of its rule, or of criterion and skill with the kind between.
PartId = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", min_length=1, max_length=140), Safe
]


class Paragraph(Kept):
    """What a person argues for one clause of a criterion, and the evidence she cites."""

    text: LongText = ""
    evidence: Annotated[tuple[Code, ...], Entries] = Field(
        default=(), description="Ids of the items of evidence cited."
    )
