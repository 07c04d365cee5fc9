"""The promotion case in a report: her own words, clause by clause, and what is not answered."""

from __future__ import annotations

from skillmatrix.assessment.model import Assessment
from skillmatrix.framework.model import Profile
from skillmatrix.planning.text import count
from skillmatrix.reports.parts import CasePart, Paragraph
from skillmatrix.scoring.case import case
from skillmatrix.scoring.case_model import Case, Chapter, Clause, Written

_ELSEWHERE = "Not asked by this aim"


def case_part(given: Assessment, profile: Profile) -> CasePart | None:
    """
    Give the case, clause by clause; None where nothing of it was written.

    Parameters
    ----------
    given : Assessment
        With only what the reader gets.
    profile : Profile

    Returns
    -------
    CasePart or None
        Clauses without a paragraph are in it, with an empty text; paragraphs of clauses that
        this aim does not have come last.
    """
    found = case(given, profile)
    if not any(place.answered or place.cited for place in (*found.places, *found.other)):
        return None
    lines = [_free(found.opening)] if found.opening.answered else []
    for chapter in found.criteria.values():
        lines += [_clause(found, chapter, clause) for clause in chapter.clauses]
    lines += [_free(found.closing)] if found.closing.answered else []
    lines += [_place(place, _ELSEWHERE, place.title) for place in found.other if place.answered]
    reading = f"Reading time: {found.reading}."
    answered = f"{found.answered} of {count(found.asked, 'clause')} answered. {reading}"
    marks = tuple(
        f"{chapter.code or chapter.title}: {flag.text}"
        for chapter in found.criteria.values()
        for flag in chapter.flags
    )
    return CasePart(answered, marks, tuple(lines))


def _free(place: Written) -> Paragraph:
    return _place(place, "", place.title)


def _clause(found: Case, chapter: Chapter, clause: Clause) -> Paragraph:
    criterion = f"{chapter.code} {chapter.title}".strip()
    elsewhere = ""
    if clause.same_as and not clause.answered:
        first = found.clauses[clause.same_as].criterion
        code = found.criteria[first].code or found.criteria[first].title
        elsewhere = f"Answered with {code}" if clause.criterion != first else ""
    marks = tuple(flag.text for flag in clause.flags if flag.kind != "unanswered")
    of = tuple(member.title for member in clause.members)
    return _place(
        clause, criterion, clause.title, state=clause.state, of=of, elsewhere=elsewhere, marks=marks
    )


def _place(
    place: Written,
    criterion: str,
    title: str,
    *,
    state: str = "",
    of: tuple[str, ...] = (),
    elsewhere: str = "",
    marks: tuple[str, ...] = (),
) -> Paragraph:
    gone = tuple(f"{name} (removed)" for name in place.removed)
    return Paragraph(
        part=place.id,
        criterion=criterion,
        clause=title,
        state=state,
        of=of,
        text=place.text.strip(),
        cited=(*place.cited, *gone),
        elsewhere=elsewhere,
        marks=marks,
    )
