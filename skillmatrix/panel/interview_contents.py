"""What an entry of an interview panel's decision log may say, kind by kind."""

from __future__ import annotations

from skillmatrix.sessions.contents import Content


class Nothing(Content):
    """An entry that says no more than that it happened."""


INTERVIEW: dict[str, type[Content]] = {"revealed": Nothing, "closed": Nothing}
