"""Several raters: how far they agree, who is severe, what to talk about."""

from skillmatrix.calibration.alpha import alpha
from skillmatrix.calibration.disagreements import disagreements, ratings_frame
from skillmatrix.calibration.gwet import ac
from skillmatrix.calibration.icc import icc
from skillmatrix.calibration.kappa import fleiss_kappa, kappa
from skillmatrix.calibration.pairwise import pairwise
from skillmatrix.calibration.results import Coefficient, Reason
from skillmatrix.calibration.severity import Severity, severity

__all__ = [
    "Coefficient",
    "Reason",
    "Severity",
    "ac",
    "alpha",
    "disagreements",
    "fleiss_kappa",
    "icc",
    "kappa",
    "pairwise",
    "ratings_frame",
    "severity",
]
