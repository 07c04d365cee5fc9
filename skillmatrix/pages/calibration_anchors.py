"""Improve the anchors: sorting sheets out, filled sheets in, and what they propose."""

from __future__ import annotations

import base64
import binascii
import io
import re
import tempfile
import zipfile
from pathlib import Path
from secrets import randbelow
from typing import Any

from pydantic import Field

from skillmatrix import retranslation
from skillmatrix.errors import Problem
from skillmatrix.pages.meeting import CalibrationRoom
from skillmatrix.pages.session import Arguments, Command, Commands, now, refuse

_SEEDS = 10**6
_REWORD = 20
#: Letters of a file's name; no letter takes more than four bytes, and a name has 255.
_LONGEST = 60


class AskedSheets(Arguments):
    """Sorting sheets for a number of sorters."""

    sorters: int = Field(ge=1, le=40)
    share: float = Field(default=1.0, gt=0, le=1)
    skills: list[str] = Field(default_factory=list, max_length=100)


class GivenSheet(Arguments):
    """A filled sheet."""

    name: str = Field(min_length=1, max_length=300)
    base64: str = Field(max_length=30_000_000)


class GivenSheets(Arguments):
    """Filled sheets, all of a round together."""

    files: list[GivenSheet] = Field(min_length=1, max_length=100)


class Anchors:
    """Commands of this part; nothing of it belongs to a session, and nothing is kept."""

    def __init__(self, room: CalibrationRoom) -> None:
        self._room = room
        self.commands: Commands = {
            "sorting_sheets": (AskedSheets, self.sheets),
            "sorting_filled": (GivenSheets, self.filled),
        }

    def sheets(self, command: Command, asked: AskedSheets) -> dict[str, Any]:
        """Give a page and a workbook for each sorter, in one archive."""
        framework, seed = self._room.framework, randbelow(_SEEDS)
        made = retranslation.sorting_sheets(
            framework, seed, asked.sorters, skills=asked.skills, share=asked.share
        )
        at, held = now(), io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for sheet in made:
                archive.writestr(f"{sheet.sorter}.sorting.html", retranslation.as_html(sheet))
                archive.writestr(f"{sheet.sorter}.sorting.xlsx", retranslation.as_xlsx(sheet, at))
        return {
            "filename": f"{framework.id}-sorting-{seed}.zip",
            "base64": base64.b64encode(held.getvalue()).decode(),
            "media": "application/zip",
            "items": len(made[0].items),
        }

    def filled(self, command: Command, given: GivenSheets) -> dict[str, Any]:
        """Count what filled sheets say, and propose what the ladder's files should."""
        framework = self._room.framework
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for number, file in enumerate(given.files):
                place = Path(folder, str(number), _name(file.name))
                place.parent.mkdir()
                place.write_bytes(_bytes(file))
                files.append(place)
            read = retranslation.collect(files, framework)
            problems = [_named(problem, Path(folder)) for problem in read.problems]
        if not read.sortings:
            return {"sorted": {"sheets": 0, "problems": problems}}
        scores = retranslation.score(read.sortings, framework)
        proposed = retranslation.proposal(scores, framework)
        enough = [each for each in scores.anchors if each.hit_rate is not None]
        return {
            "sorted": {
                "sheets": len(read.sortings),
                "problems": problems,
                "least": scores.rule.sorters,
                "anchors": len(scores.anchors),
                "sorted": sum(each.n_sorters > 0 for each in scores.anchors),
                "enough": len(enough),
                "hold": sum(each.holds for each in enough),
                "changed": len(proposed.changed),
                "reword": [self._anchor(each) for each in proposed.reword[:_REWORD]],
                "more": max(0, len(proposed.reword) - _REWORD),
                "diff": proposed.diff.decode() if proposed.changed else None,
                "filename": f"{framework.id}-retranslated.diff",
            }
        }

    def _anchor(self, scored: retranslation.Scored) -> dict[str, Any]:
        framework = self._room.framework
        titles = {name: each.title for name, each in framework.skills.items()}
        titles |= {name: each.title for name, each in framework.criteria.items()}
        return {
            "id": scored.anchor.id,
            "of": titles[scored.group],
            "level": scored.anchor.level.value,
            "text": scored.anchor.text,
            "sorters": scored.n_sorters,
            "hits": scored.hits,
            "sd": scored.sd,
            "why": [str(why) for why in scored.reasons],
        }


def _name(given: str) -> str:
    """Give the last part of a name, as a name that any file can have."""
    last = re.split(r"[\\/]", given)[-1]
    return re.sub(r"[^\w. ()-]", "_", last)[-_LONGEST:].lstrip(".") or "sheet"


def _bytes(file: GivenSheet) -> bytes:
    try:
        return base64.b64decode(file.base64, validate=True)
    except binascii.Error:
        raise refuse(file.name, "bytes that are no base64", "the content of a file") from None


def _named(problem: Problem, folder: Path) -> dict[str, Any]:
    """Name files as they were given, without the folder they lay in for a moment."""
    lay = re.compile(re.escape(str(folder)) + r"/\d+/")
    return {
        key: lay.sub("", value) if isinstance(value, str) else value
        for key, value in problem.as_dict().items()
    }
