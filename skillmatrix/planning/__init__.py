"""From a verdict to what is next: the smallest plan, and the smallest reason why not yet."""

from skillmatrix.planning.blockers import Blocker, blockers
from skillmatrix.planning.model import Effort, Plan, Prerequisite, Step
from skillmatrix.planning.plan import plan
from skillmatrix.planning.reasons import Reason
from skillmatrix.planning.tasks import EvidenceTask

__all__ = [
    "Blocker",
    "Effort",
    "EvidenceTask",
    "Plan",
    "Prerequisite",
    "Reason",
    "Step",
    "blockers",
    "plan",
]
