"""How wide words are, whatever font they will be shown in."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iljtfrI.,:;'|!()[]/ -·\u00a0")
_BROAD = frozenset("mwMW%@")
_SHARES = {"narrow": 0.40, "broad": 0.99, "capital": 0.73, "other": 0.625, "wide": 1.0}


def _share(character: str) -> float:
    if character in _NARROW:
        return _SHARES["narrow"]
    if character in _BROAD:
        return _SHARES["broad"]
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _SHARES["wide"]
    return _SHARES["capital" if character.isupper() else "other"]


def clean(text: str) -> str:
    """Put a text on one line, without characters that a drawing cannot hold."""
    kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join(kept.replace("\ufffe", "").replace("\uffff", "").split())


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """
    Width that a text may take, in the unit of the size.

    Notes
    -----
    An upper estimate made for DejaVu Sans, the widest of the fonts in use. An SVG is shown
    in the fonts of whoever looks at it, so a measured width would be right for one reader.
    """
    return sum(_share(c) for c in text) * size * (1.12 if bold else 1.0)


def shorten(text: str, size: float, room: float) -> str:
    """Cut a text to the room there is, with an ellipsis."""
    if text_width(text, size) <= room:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines at its spaces; a word longer than a line is cut."""
    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(shorten(word, size, room))
    return lines


def fit(text: str, size: float, room: float, lines: int) -> list[str]:
    """Break a text into so many lines at most; what is too much is cut at the end."""
    broken = wrap(text, size, room)
    rest = " ".join(broken[lines - 1 :])
    return [*broken[: lines - 1], *([shorten(rest, size, room)] if rest else [])]
