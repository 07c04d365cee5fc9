"""What may be said in the entries that a calibration page adds to its log as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from skillmatrix.calibration.disagreements import SELF
from skillmatrix.errors import FrameworkError
from skillmatrix.framework import Framework
from skillmatrix.pages.session import refuse
from skillmatrix.panel.calibration import Calibration


def check_free(session: Calibration, kind: str, content: Mapping[str, Any]) -> None:
    """
    Refuse what is about nobody or nothing of a session; types are checked by the log.

    Parameters
    ----------
    session : Calibration
    kind : {"remark", "present", "spoken", "closed", "reopened"}
    content : mapping
    """
    if kind == "present":
        _check_present(session.framework, content.get("raters"))
    elif kind in {"spoken", "remark"}:
        needed = kind == "spoken"
        people = (*session.people, *session.raters, *session.standing.present)
        about = session.people if needed else tuple(dict.fromkeys(people))
        _check_known("person", content.get("person"), about, needed=needed)
        known = tuple(session.profile.requirements)
        _check_known("criterion", content.get("criterion"), known, needed=needed)
        if kind == "remark" and not str(content.get("text") or "").strip():
            raise refuse("remark", "nothing", "a few words for the minutes")
    elif kind == "closed" and session.standing.closed:
        raise refuse("session", "closed already", "an open session", "reopen it first")
    elif kind == "reopened" and not session.standing.closed:
        raise refuse("session", "open", "a closed session", "it can be worked on as it is")


def _check_known(where: str, found: Any, known: Iterable[str], *, needed: bool) -> None:
    there = list(known)
    if found not in there and (needed or found is not None):
        expected = "one of " + ", ".join(there[:40]) if there else f"a {where} of this session"
        raise refuse(where, repr(found)[:80], expected)


def _check_present(framework: Framework, raters: Any) -> None:
    if not isinstance(raters, list | tuple):
        return
    codes = [str(code) for code in raters]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise refuse("present", ", ".join(twice)[:200] + " twice", "everybody once")
    nobody = [code for code in codes if code in {SELF, *_practice(framework)}]
    if nobody:
        found = ", ".join(nobody)[:200] + ", which is nobody who rates"
        raise refuse("present", found, "codes of raters", "give whoever sits here another code")


def _practice(framework: Framework) -> tuple[str, ...]:
    try:
        return tuple(framework.practice_profiles)
    except FrameworkError:
        return ()
