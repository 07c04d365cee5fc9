"""Severity of raters: for the facilitator, and a line for each rater alone."""

from __future__ import annotations

from dataclasses import asdict
from math import isnan
from typing import Any

from skillmatrix.calibration import Severity, severity
from skillmatrix.calibration.display import FEWEST
from skillmatrix.pages.calibration_scan_kept import Kept
from skillmatrix.pages.calibration_scan_list import criterion_named
from skillmatrix.pages.meeting import CalibrationRoom
from skillmatrix.panel.agreement import as_dict, pairs
from skillmatrix.panel.practice import REFERENCE, Anchored, anchored_severity
from skillmatrix.panel.would_change import would_change

CONFOUNDED = (
    "A rater who knows mostly their own team is compared through it: what looks like severity may "
    "be a team that truly stands higher or lower. The number cannot tell the two apart."
)
FEW = f"Not shown: fewer than {FEWEST} people were rated."


class SeverityViews:
    """
    What is told of severity.

    Parameters
    ----------
    room : CalibrationRoom
    """

    def __init__(self, room: CalibrationRoom) -> None:
        self._room = room
        self._kept = Kept()

    def _found(self) -> Severity:
        frame = self._room.calibration().frame
        found: Severity = self._kept.given(
            "severity", self._room.framework.key, frame, lambda: severity(frame)
        )
        return found

    def _anchored(self) -> Anchored | None:
        found: Anchored | None = self._room.cached(
            "scan.anchored", lambda: anchored_severity(self._room.calibration())
        )
        return found

    def view(self) -> dict[str, Any]:
        """Give the effect of each rater, component by component."""
        session, found, anchored = self._room.calibration(), self._found(), self._anchored()
        directed = [as_dict(each) for each in pairs(session.frame) if each.n]
        if found.n_people < FEWEST:
            return {"refused": FEW, "confounded": CONFOUNDED, "pairs": directed}
        counts = session.frame.groupby("rater")["person"].agg(["size", "nunique"])
        parts = []
        for part in found.components:
            lines = [self._effect(found, str(rater)) for rater in sorted(map(str, part))]
            for line in lines:
                line["ratings"] = int(counts.loc[line["rater"], "size"])
                line["people"] = int(counts.loc[line["rater"], "nunique"])
            parts.append(lines)
        effects = {line["rater"]: line["effect"] for part in parts for line in part}
        return {
            "refused": None,
            "components": parts,
            "links": found.suggested_links.to_dict("records"),
            "no_interval": None if found.reason is None else str(found.reason),
            "anchored": anchored and _anchored_view(anchored, self._effect),
            "confounded": CONFOUNDED,
            "pairs": directed,
            "would_change": [
                asdict(each) | {"code": criterion_named(session, each.criterion)["code"]}
                for each in would_change(session, effects)
            ],
        }

    @staticmethod
    def _effect(found: Severity, rater: str) -> dict[str, Any]:
        names = list(map(str, found.effects.index))
        at = names.index(rater)
        effect = found.effects.to_numpy(dtype=float)[at]
        ends = found.interval.to_numpy(dtype=float, na_value=float("nan"))[at].tolist()
        low, high = (None if isnan(end) else end for end in ends)
        return {"rater": rater, "effect": float(effect), "low": low, "high": high}

    def line(self, rater: str) -> dict[str, Any]:
        """Give one rater's own line as the text of a file; nobody else stands in it."""
        session, found = self._room.calibration(), self._found()
        head = self._room.log().head
        rows = session.frame[session.frame["rater"] == rater]
        told = [
            f"{head.title}: your ratings beside those of others",
            "",
            f"For {rater} alone. {len(rows)} ratings of {rows['person'].nunique()} people.",
            "",
        ]
        if found.n_people < FEWEST:
            told.append(FEW)
        else:
            told += self._words(found, rater)
        text = "\n".join([*told, "", CONFOUNDED, "No rating of yours was changed by it."]) + "\n"
        return {"filename": f"severity.{rater}.txt", "data": text}

    def _words(self, found: Severity, rater: str) -> list[str]:
        each = self._effect(found, rater)
        alone = any(part == (rater,) for part in found.components)
        if alone:
            return ["You share no person with another rater, so nothing can be said yet."]
        words = [f"{severity_words(each['effect'])} others who rated the same people."]
        if each["low"] is not None and each["high"] is not None:
            words.append(
                f"The true figure lies between {each['low']:+.2f} and {each['high']:+.2f} of a "
                "level, as far as so few people can say (95 % interval)."
            )
        return words


def severity_words(effect: float) -> str:
    """
    Put an effect into words.

    Examples
    --------
    >>> severity_words(0.314), severity_words(-0.2), severity_words(0.004)
    ('You rate 0.31 of a level higher than', 'You rate 0.20 of a level lower than', 'You rate like')
    """
    if abs(effect) < 0.005:  # noqa: PLR2004 - two digits are shown
        return "You rate like"
    return f"You rate {abs(effect):.2f} of a level {'higher' if effect > 0 else 'lower'} than"


def _anchored_view(anchored: Anchored, effect: Any) -> dict[str, Any]:
    found = anchored.severity
    return {
        "sentence": anchored.sentence,
        "components": [
            [effect(found, rater) for rater in sorted(map(str, part), key=_reference_last)]
            for part in found.components
        ],
        "reference": REFERENCE,
    }


def _reference_last(rater: str) -> tuple[bool, str]:
    return rater == REFERENCE, rater
