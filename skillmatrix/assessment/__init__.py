"""Assessments: who rated whom, when, on what evidence."""

from skillmatrix.assessment.case import Paragraph
from skillmatrix.assessment.evidence import effective_strength, reached_strength
from skillmatrix.assessment.fields import Rating
from skillmatrix.assessment.files import (
    as_data,
    assessment_from,
    content_hash,
    lock,
    read_assessment,
    write_assessment,
)
from skillmatrix.assessment.model import (
    Aim,
    Assessment,
    Evidence,
    Note,
    Person,
    Rater,
    RecordEntry,
)
from skillmatrix.assessment.own_plan import Action, OwnEffort, OwnPlan
from skillmatrix.assessment.schema import assessment_schema
from skillmatrix.assessment.states import STATES

__all__ = [
    "STATES",
    "Action",
    "Aim",
    "Assessment",
    "Evidence",
    "Note",
    "OwnEffort",
    "OwnPlan",
    "Paragraph",
    "Person",
    "Rater",
    "Rating",
    "RecordEntry",
    "as_data",
    "assessment_from",
    "assessment_schema",
    "content_hash",
    "effective_strength",
    "lock",
    "reached_strength",
    "read_assessment",
    "write_assessment",
]
