"""What of an event stays when a round is closed: everything but private words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skillmatrix.assessment.events import IMPORT

_PRIVATE = "private"


def without_private(kind: str, payload: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """
    Give what an event says without the words of private notes.

    Parameters
    ----------
    kind : str
        Of the event.
    payload : mapping or None
        The same object is given back where it holds none.

    Notes
    -----
    Earlier wordings, also ones undone or written over, are events of their own and lose their
    words with this too. That there was a note, and when, stays: in the workspace alone.

    Examples
    --------
    >>> without_private("note", {"text": "unsure", "visibility": "private"})
    {'text': '', 'visibility': 'private'}
    """
    if not payload:
        return payload
    if kind == "note" and _is_private(payload) and payload.get("text"):
        return {"text": "", "visibility": _PRIVATE}
    if kind == IMPORT and any(map(_is_private, payload.get("notes", {}).values())):
        notes = {s: n for s, n in payload["notes"].items() if not _is_private(n)}
        return {**payload, "notes": notes}
    return payload


def _is_private(note: Mapping[str, Any]) -> bool:
    return bool(note.get("visibility", _PRIVATE) == _PRIVATE)
