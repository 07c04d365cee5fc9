"""Mentor sessions: sealed ratings, a chained record, and what both agreed on."""

from skillmatrix.sessions.foresight import Foresight, foresight
from skillmatrix.sessions.outlook import agreed_verdict
from skillmatrix.sessions.record import (
    Session,
    begin,
    note,
    open_actions,
    read_session,
    seal,
    session_data,
    session_from,
    standing,
    write_session,
)

__all__ = [
    "Foresight",
    "Session",
    "agreed_verdict",
    "begin",
    "foresight",
    "note",
    "open_actions",
    "read_session",
    "seal",
    "session_data",
    "session_from",
    "standing",
    "write_session",
]
