"""From a verdict to what is next: the smallest plan, and the smallest reason why not yet."""

from skillmatrix.planning.blockers import Blocker, blockers
from skillmatrix.planning.detour import Detour
from skillmatrix.planning.given import Prerequisite
from skillmatrix.planning.model import Effort, Needed, Plan, Step
from skillmatrix.planning.plan import plan
from skillmatrix.planning.reasons import Reason
from skillmatrix.planning.tasks import EvidenceTask

__all__ = [
    "Blocker",
    "Detour",
    "Effort",
    "EvidenceTask",
    "Needed",
    "Plan",
    "Prerequisite",
    "Reason",
    "Step",
    "blockers",
    "plan",
]
