"""Her paragraphs of the promotion case."""

from __future__ import annotations

from typing import Any

from pydantic import Field, ValidationError

from skillmatrix.assessment import Assessment, Paragraph
from skillmatrix.assessment.problems import problem_of
from skillmatrix.pages.record import clean
from skillmatrix.pages.session import Arguments, Command, Commands, RefusedError, Review


class PutParagraph(Arguments):
    """What is argued for one part of a criterion; nothing at all takes it away."""

    part: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)
    text: str = ""
    evidence: list[str] = Field(default_factory=list, max_length=200)


class Arguing:
    """The command that keeps it."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self.commands: Commands = {"case": (PutParagraph, self.put)}

    def put(self, command: Command, put: PutParagraph) -> dict[str, Any]:
        """Keep a paragraph and what it cites, or take it away."""
        fields = {"text": clean(put.text), "evidence": put.evidence}
        try:
            paragraph = Paragraph.model_validate(fields)
        except ValidationError as error:
            raise RefusedError(*map(problem_of, error.errors(include_url=False))) from None
        payload = paragraph.model_dump(mode="json", exclude_defaults=True)
        return self._review.append(command, "case", put.part, payload or None)


def paragraphs_view(assessment: Assessment) -> dict[str, Any]:
    """Give her paragraphs, by the part they answer."""
    return {part: paragraph.model_dump(mode="json") for part, paragraph in assessment.case.items()}
