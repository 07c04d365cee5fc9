"""The change request: exactly those anchors whose wordings split raters, with what was seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from skillmatrix.calibration.display import shown
from skillmatrix.calibration.wording_model import RULE, SOURCE, Boundary, Findings
from skillmatrix.errors import Problem
from skillmatrix.framework.anchors import check_anchors, placed
from skillmatrix.framework.load import Documents, read_documents
from skillmatrix.framework.located import show_path
from skillmatrix.framework.model import Anchor, Framework

CAVEAT = (
    "Raters also disagree because they saw different work, were told different things, or rate "
    "more or less strictly. A count says where they part, not why: read the wording with two of "
    "those who rate by it before it is changed. A second reading of one sentence is a wording; a "
    "second opinion on one piece of work is not."
)
NOTHING = (
    "No boundary splits raters so much more than the same step of other skills that its wording "
    "would be why."
)
NO_REMARK = "the rules of writing find nothing"
NO_NEAR_MISS = "it has no near miss (`not_this`); one may be what is missing"


class _Place(NamedTuple):
    """Where an anchor stands, and what the rules of writing say of it."""

    file: str
    line: int | None
    remarks: tuple[str, ...]


def change_request(framework: Framework, found: Findings) -> str:
    """
    Write the change request for the wordings that split raters, as Markdown.

    Parameters
    ----------
    framework : Framework
        The one the ratings were made with.
    found : Findings
        From `findings`. Boundaries that are not worth it are left out.

    Returns
    -------
    str
        For each anchor of either side: where it stands, its text, its near miss, what was seen
        as counts, what the rules of writing say, and room for a new wording. No rater and no
        person is named.
    """
    data = change_request_data(framework, found)
    blocks = [
        f"# Change request for {framework.key}",
        f"{_count(found.n_people, 'person', 'people')}, {_count(found.n_raters, 'rater')} beside "
        f"themselves. {RULE} Source: {SOURCE}.",
        CAVEAT,
    ]
    if not data["boundaries"]:
        return "\n\n".join([*blocks, NOTHING]) + "\n"
    for number, boundary in enumerate(data["boundaries"], start=1):
        title = f"{boundary['code']} {boundary['title']}".strip()
        steps = f"{boundary['lower']} {boundary['lower_name']} or {boundary['upper']} "
        blocks.append(f"## {number}. {_plain(title)}: {steps}{boundary['upper_name']}")
        blocks += boundary["seen"]
        blocks += ["\n".join(_lines(anchor)) for anchor in boundary["anchors"]]
    return "\n\n".join(blocks) + "\n"


def change_request_data(framework: Framework, found: Findings) -> dict[str, Any]:
    """Give what a change request holds as plain values."""
    places = _places(framework)
    told = []
    for each in found.worth:
        skill = framework.skills[each.skill]
        anchors = [
            _anchor(framework, anchor, places.get(anchor.id))
            for level in (each.upper, each.lower)
            for anchor in skill.at(level)
            if anchor.status != "retired"
        ]
        told.append(
            {
                "skill": each.skill,
                "code": skill.code,
                "title": skill.title,
                "lower": each.lower.value,
                "lower_name": framework.level_name(each.lower),
                "upper": each.upper.value,
                "upper_name": framework.level_name(each.upper),
                "seen": list(_seen(each)),
                "anchors": anchors,
            }
        )
    return {"framework": framework.key, "rule": RULE, "source": SOURCE, "boundaries": told}


def _seen(each: Boundary) -> Iterator[str]:
    yield (
        f"Seen: {each.words}. {each.n_pairs_split} of {_count(each.n_pairs, 'pair')} of raters "
        "stand on two sides."
    )
    if each.elsewhere is not None:
        yield (
            f"At the same step of the other skills {each.elsewhere:.0%} of the people are split; "
            f"so many here would be rare at that rate ({_chance(each.tail or 0.0)})."
        )
    if each.beyond_chance is not None:
        yield f"Agreement beyond chance on the two sides (alpha): {shown(each.beyond_chance)}."


def _chance(tail: float) -> str:
    return f"p = {tail:.3f}" if tail >= 0.001 else "p < 0.001"  # noqa: PLR2004 - digits shown


def _anchor(framework: Framework, anchor: Anchor, place: _Place | None) -> dict[str, Any]:
    return {
        "id": anchor.id,
        "level": anchor.level.value,
        "level_name": framework.level_name(anchor.level),
        "text": anchor.text,
        "not_this": anchor.not_this,
        "file": None if place is None else place.file,
        "line": None if place is None else place.line,
        "remarks": [] if place is None else list(place.remarks),
        "proposed": "",
    }


def _lines(anchor: dict[str, Any]) -> Iterator[str]:
    yield f"### `{anchor['id']}`, level {anchor['level']} {anchor['level_name']}"
    yield ""
    yield f"> {_plain(anchor['text'])}"
    yield ""
    if anchor["file"]:
        line = f":{anchor['line']}" if anchor["line"] else ""
        yield f"- Stands in: `{anchor['file']}{line}`"
    near_miss = anchor["not_this"]
    yield f"- Near miss: {_plain(near_miss) if near_miss else NO_NEAR_MISS}"
    yield f"- Rules of writing: {'; '.join(map(_plain, anchor['remarks'])) or NO_REMARK}"
    yield "- Proposed wording:"
    yield ""
    yield "  >"
    yield ""
    yield "- Because:"
    yield ""
    yield "  >"


def _places(framework: Framework) -> dict[str, _Place]:
    """Find where anchors stand; a framework that was not read from a folder has no places."""
    folder = framework._folder
    if folder is None:
        return {}
    documents = read_documents(folder)
    check_anchors(framework, documents)
    return dict(_in(framework, documents, folder))


def _in(framework: Framework, documents: Documents, folder: Path) -> Iterator[tuple[str, _Place]]:
    for name, skill in framework.skills.items():
        document = documents.skills.get(name)
        if document is None or not isinstance(document.data, dict):
            continue
        for where, anchor in placed(skill, document):
            spot = show_path(where)
            remarks = tuple(_remark(p) for p in document.problems if _within(p.where, spot))
            line = document.lines.get((*where, "text")) or document.line(where)
            file = document.path.relative_to(folder).as_posix()
            yield anchor.id, _Place(f"{folder.name}/{file}", line, remarks)


def _within(where: str, spot: str) -> bool:
    return where == spot or where.startswith(f"{spot} > ")


def _remark(problem: Problem) -> str:
    return f"found {problem.found}, expected {problem.expected}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _plain(text: str) -> str:
    """Put a text on one line, with the signs escaped that Markdown would take for its own."""
    return re.sub(r"([\\`*_<>\[\]#|])", r"\\\1", " ".join(text.split()))
