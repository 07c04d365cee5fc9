"""Assessments: who rated whom, when, on what evidence."""

from skillmatrix.assessment.carry_over import BroughtOver, Carried, bring_over
from skillmatrix.assessment.case import Paragraph
from skillmatrix.assessment.earlier import read_earlier
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
from skillmatrix.assessment.packet import Packet, make_packet, read_packet, write_packet
from skillmatrix.assessment.schema import assessment_schema
from skillmatrix.assessment.states import STATES

__all__ = [
    "STATES",
    "Action",
    "Aim",
    "Assessment",
    "BroughtOver",
    "Carried",
    "Evidence",
    "Note",
    "OwnEffort",
    "OwnPlan",
    "Packet",
    "Paragraph",
    "Person",
    "Rater",
    "Rating",
    "RecordEntry",
    "as_data",
    "assessment_from",
    "assessment_schema",
    "bring_over",
    "content_hash",
    "effective_strength",
    "lock",
    "make_packet",
    "reached_strength",
    "read_assessment",
    "read_earlier",
    "read_packet",
    "write_assessment",
    "write_packet",
]
