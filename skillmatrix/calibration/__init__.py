"""Several raters: how far they agree, who is severe, what to talk about."""

from skillmatrix.calibration.alpha import alpha
from skillmatrix.calibration.cycles import Accumulated, mantel_haenszel
from skillmatrix.calibration.disagreements import disagreements, ratings_frame
from skillmatrix.calibration.group_file import group_sizes, not_in_session, read_groups
from skillmatrix.calibration.groups import (
    GroupCheck,
    group_check,
    group_counts,
    may_release,
    release,
)
from skillmatrix.calibration.gwet import ac
from skillmatrix.calibration.icc import icc
from skillmatrix.calibration.kappa import fleiss_kappa, kappa
from skillmatrix.calibration.pairwise import pairwise
from skillmatrix.calibration.process import Measure, process_measures
from skillmatrix.calibration.results import Coefficient, Reason
from skillmatrix.calibration.rwg import rwg
from skillmatrix.calibration.severity import Severity, severity

__all__ = [
    "Accumulated",
    "Coefficient",
    "GroupCheck",
    "Measure",
    "Reason",
    "Severity",
    "ac",
    "alpha",
    "disagreements",
    "fleiss_kappa",
    "group_check",
    "group_counts",
    "group_sizes",
    "icc",
    "kappa",
    "mantel_haenszel",
    "may_release",
    "not_in_session",
    "pairwise",
    "process_measures",
    "ratings_frame",
    "read_groups",
    "release",
    "rwg",
    "severity",
]
