"""Her paragraphs of the promotion case, and what stands beside them."""

from __future__ import annotations

from typing import Any

from pydantic import Field, ValidationError

from skillmatrix.assessment import Assessment, Paragraph
from skillmatrix.assessment.case import PartId
from skillmatrix.assessment.problems import problem_of
from skillmatrix.framework import Framework
from skillmatrix.pages.record import clean
from skillmatrix.pages.session import (
    Arguments,
    Command,
    Commands,
    Nothing,
    RefusedError,
    Review,
)


class PutParagraph(Arguments):
    """What is argued for one part of a criterion; nothing at all takes it away."""

    part: PartId
    text: str = ""
    evidence: list[str] = Field(default_factory=list, max_length=200)


class Arguing:
    """The commands of the case: one keeps a paragraph, one gives the clauses."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self.commands: Commands = {
            "case": (PutParagraph, self.put),
            "clauses": (Nothing, self.clauses),
        }

    def put(self, command: Command, put: PutParagraph) -> dict[str, Any]:
        """Keep a paragraph and what it cites, or take it away."""
        fields = {"text": clean(put.text), "evidence": put.evidence}
        try:
            paragraph = Paragraph.model_validate(fields)
        except ValidationError as error:
            raise RefusedError(*map(problem_of, error.errors(include_url=False))) from None
        payload = paragraph.model_dump(mode="json", exclude_defaults=True)
        return self._review.append(command, "case", put.part, payload or None)

    def clauses(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give what the role asks, clause by clause, with the evidence for each."""
        from skillmatrix.pages.case_view import case_view

        assessment, _history = self._review.current()
        return {"clauses": case_view(self._review.framework, assessment, self._review.events())}


def paragraphs_view(assessment: Assessment) -> dict[str, Any]:
    """Give her paragraphs, by the part they answer."""
    return {part: paragraph.model_dump(mode="json") for part, paragraph in assessment.case.items()}


def paragraph_name(framework: Framework, part: str) -> str:
    """Name a paragraph for what can be undone."""
    from skillmatrix.scoring.case import place_title

    return f"My case: {place_title(framework, part)}"
