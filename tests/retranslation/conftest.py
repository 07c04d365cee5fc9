"""Sheets filled in by people made up in one line."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.framework import Framework, load_framework
from skillmatrix.framework.model import Anchor
from skillmatrix.retranslation import Sheet, sorting_sheets
from skillmatrix.retranslation.draw import draw_of
from tests.conftest import MINI

SEED = 7

#: From the number of a sorter, where an anchor stands, and the anchor, to skill and level.
Choose = Callable[[int, str, Anchor], tuple[str | None, int | None]]


def rightly(_: int, group: str, anchor: Anchor) -> tuple[str | None, int | None]:
    """Sort every anchor back to where it stands."""
    return group, anchor.level.value


def content(sheet: Sheet, framework: Framework, choose: Choose = rightly) -> dict[str, Any]:
    """Fill in a sheet as the page saves it."""
    draw = draw_of(sheet.id, framework)
    items = []
    for number, (group, anchor) in enumerate(draw.anchors(framework), start=1):
        skill, level = choose(draw.number, group, anchor)
        if skill is not None or level is not None:
            items.append({"item": number, "skill": skill, "level": level})
    return {
        "format": "skillmatrix.sorting",
        "format_version": 1,
        "sheet": sheet.id,
        "framework": sheet.framework,
        "sorter": sheet.sorter,
        "items": items,
    }


def filled(
    folder: Path, framework: Framework, sorters: int, choose: Choose = rightly, **more: Any
) -> list[Path]:
    """Write a filled sheet of each sorter."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for sheet in sorting_sheets(framework, SEED, sorters, **more):
        file = folder / f"{sheet.sorter}.sorting.json"
        file.write_text(json.dumps(content(sheet, framework, choose)), encoding="utf-8")
        files.append(file)
    return files


def typed_in(book: bytes, out: Path, cells: Mapping[str, str]) -> Path:
    """Type texts into empty cells of the sheet to fill in, as a spreadsheet would save them."""
    out.write_bytes(book)
    with zipfile.ZipFile(out) as parts:
        content_ = {name: parts.read(name) for name in parts.namelist()}
    name = "xl/worksheets/sheet2.xml"
    xml = content_[name].decode()
    for cell, text in cells.items():
        told = f't="inlineStr"><is><t>{escape(text)}</t></is></c>'
        xml, done = re.subn(rf'(<c r="{cell}" s="\d+")/>', rf"\1 {told}", xml)
        assert done == 1, f"{cell} is no empty cell"
    content_[name] = xml.encode()
    with zipfile.ZipFile(out, "w") as parts:
        for part, data in content_.items():
            parts.writestr(part, data)
    return out


@pytest.fixture
def library(tmp_path: Path) -> Framework:
    """Give a copy of the small framework that may be changed."""
    return load_framework(Path(shutil.copytree(MINI, tmp_path / "librarian")))
