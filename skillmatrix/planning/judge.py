"""The last word on a plan: the rules of the verdict themselves."""

from __future__ import annotations

from skillmatrix.planning.solve import Judge
from skillmatrix.planning.task import Levels
from skillmatrix.scoring.rules import EvidencePart, cases_of, rules_of
from skillmatrix.scoring.standing import Standings


def judge(standings: Standings) -> Judge:
    """Hold levels against the rules of the verdict themselves."""
    rules = rules_of(standings)
    cases = cases_of(rules, standings.profile)
    on_levels = [r for many in rules.values() for r in many if not isinstance(r, EvidencePart)]

    def met(levels: Levels) -> bool:
        stands = standings.trying(levels, carried=True)
        return all(rule.state(stands, case) == "MET" for rule in on_levels for case in cases)

    return met
