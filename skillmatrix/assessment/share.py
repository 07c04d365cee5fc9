"""What each reader gets of an assessment: the one place that decides it."""

from __future__ import annotations

from typing import Any, Literal

from skillmatrix.assessment.model import Assessment

Audience = Literal["myself", "mentor", "calibration"]

#: Readers, each with the visibilities of notes it may see.
NOTES: dict[Audience, frozenset[str]] = {
    "myself": frozenset({"private", "shared", "panel"}),
    "mentor": frozenset({"shared", "panel"}),
    "calibration": frozenset({"panel"}),
}


def share(assessment: Assessment, audience: Audience) -> Assessment:
    """
    Give an assessment with only what a reader gets.

    Parameters
    ----------
    assessment : Assessment
    audience : {"myself", "mentor", "calibration"}
        ``myself`` gets everything. A ``mentor`` gets no private note, nothing of the record,
        and no key the format does not know. ``calibration`` gets no name, no own plan, and
        of the notes only those written for a panel.

    Returns
    -------
    Assessment
        A draft, whatever the original was: what was left out is not under its hash.

    Notes
    -----
    Unknown keys stay behind because nobody can say what is in them; the link from evidence to
    the record stays behind with the record.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana", "name": "Ana"},
    ...     rater={"kind": "self"}, as_of="2026-11-20", ratings={"mlops": 3},
    ...     notes={"mlops": {"text": "unsure", "visibility": "private"}})
    >>> share(a, "mentor").notes, share(a, "calibration").person.name
    ({}, '')
    """
    if audience == "myself":
        return assessment
    kept = known(assessment)
    notes = {s: n for s, n in kept.notes.items() if n.visibility in NOTES[audience]}
    parts: dict[str, Any] = {"notes": notes, "record": (), "status": "draft"}
    parts |= {"locked_at": None, "sha256": None}
    parts["evidence"] = tuple(item.model_copy(update={"record": None}) for item in kept.evidence)
    if audience == "calibration":
        parts |= {"plan": {}, "person": kept.person.model_copy(update={"name": ""})}
    return Assessment.model_validate({**dict(kept), **parts})


def known(assessment: Assessment) -> Assessment:
    """Leave out every key that the format does not know, in every part."""
    return Assessment.model_validate(_known(assessment))


def _known(value: Any) -> Any:
    fields = getattr(type(value), "model_fields", None)
    if fields is not None:
        return {name: _known(getattr(value, name)) for name in fields}
    if isinstance(value, tuple):
        return tuple(_known(each) for each in value)
    if hasattr(value, "items"):
        return {name: _known(each) for name, each in value.items()}
    return value
