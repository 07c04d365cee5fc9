"""Several raters in one room: calibration sessions, interview panels, and their decision log."""

from skillmatrix.panel.log import (
    DecisionLog,
    Head,
    begin,
    entered,
    excerpt,
    log_data,
    log_from,
    read_log,
    write_log,
)

__all__ = [
    "DecisionLog",
    "Head",
    "begin",
    "entered",
    "excerpt",
    "log_data",
    "log_from",
    "read_log",
    "write_log",
]
