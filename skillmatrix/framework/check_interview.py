"""Rules of the interview rubric: what a step looks like, and where everything comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from skillmatrix.framework.anchors import Wording, check_length, check_words
from skillmatrix.framework.guide import Dimension as GuideDimension
from skillmatrix.framework.guide import Guide
from skillmatrix.framework.interview import Dimension, Interview
from skillmatrix.framework.located import Key, Located, read_yaml
from skillmatrix.framework.lookup import exists
from skillmatrix.framework.model import Framework
from skillmatrix.framework.wording import read_wording

#: Kinds of guide item that a rubric is made of, and whether each stands in it once.
_KINDS = {
    "interview": False,
    "exercise": True,
    "signal": True,
    "red-flag": True,
    "dimension": True,
}


def check_interview(
    framework: Framework, interview: Interview, folder: Path, document: Located
) -> None:
    """Record what is wrong in the file of the rubric, whatever the guide says."""
    _check_scale(interview, document)
    _check_names(interview, document)
    path = folder / "wording.yaml"
    wording = Wording(read_wording(read_yaml(path))) if path.exists() else None
    seen: dict[str, str] = {}
    for name, dimension in interview.dimensions.items():
        where: Key = ("dimensions", name)
        _check_steps(interview, dimension, document)
        for index, exercise in enumerate(dimension.informed_by):
            spot = (*where, "informed_by", index)
            exists(document, spot, exercise, interview.exercises, "exercise")
        for spot, text in _anchors(dimension):
            same = text.casefold()
            if same in seen:
                found, expected = f"the text of {seen[same]!r}", "a text of its own"
                document.problem(spot, found, expected, "duplicate-text")
            seen.setdefault(same, name)
            if wording is not None:
                _check_text(document, spot, text, wording)
        if wording is not None:
            _check_counts(interview, dimension, document, wording)
    _check_used(interview, document)
    waived = {waiver.rule for waiver in framework.waives}
    document.problems[:] = [p for p in document.problems if p.rule not in waived]


def check_interview_guide(
    interview: Interview | None, guide: Guide, document: Located | None
) -> None:
    """Each item of the guide about interviews stands in the rubric, and nothing else does."""
    if interview is None or document is None or document.problems or not guide.sections:
        return
    items = {e.source: e for e in guide.entries.values() if e.kind in _KINDS}
    cited = interview.cited
    for source, item in items.items():
        names = cited.get(source, ())
        if not names:
            found = f"nothing from {source}, {item.title!r}"
            document.problem((), found, "each item of the guide once", "interview-missing")
        elif _KINDS[item.kind] and len(names) > 1:
            found = f"{source} at {' and '.join(names)}"
            document.problem(_place(interview, names[1]), found, "each once", "interview-twice")
    for source, names in cited.items():
        if source not in items and source.partition(".")[0].isdigit():
            expected = "the source of an item of the guide about interviews"
            where = _place(interview, names[0])
            document.problem(where, f"{source!r}", expected, "interview-source")
    _check_exercises(interview, guide, document)


def _check_scale(interview: Interview, document: Located) -> None:
    """Steps rise."""
    steps = interview.scale
    for index in range(1, len(steps)):
        if steps[index].level <= steps[index - 1].level:
            expected = f"above {steps[index - 1].level}"
            document.problem(
                ("scale", index), f"level {steps[index].level}", expected, "scale-order"
            )


def _check_names(interview: Interview, document: Located) -> None:
    """A dimension, an exercise and an observation are never called the same."""
    first: dict[str, Key] = {}
    for key in ("dimensions", "exercises", "observations"):
        for name in getattr(interview, key):
            if name in first:
                document.twice((key, name), name, first[name])
            first.setdefault(name, (key, name))


def _anchors(dimension: Dimension) -> Iterable[tuple[Key, str]]:
    for level, texts in dimension.anchors.items():
        for index, text in enumerate(texts):
            yield ("dimensions", dimension.id, "anchors", level, index), text


def _check_steps(interview: Interview, dimension: Dimension, document: Located) -> None:
    """Each step is described, and nothing is said of a step that there is not."""
    where: Key = ("dimensions", dimension.id)
    expected = "one of " + ", ".join(str(level) for level in interview.levels)
    told: dict[str, Mapping[int, object]] = {
        "anchors": dimension.anchors,
        "near_misses": dimension.near_misses,
    }
    for key, by_level in told.items():
        for level in by_level:
            if level not in interview.levels:
                document.problem((*where, key, level), f"level {level}", expected, "dangling-id")
    for level in interview.levels:
        if not dimension.anchors.get(level):
            found = f"nothing for level {level}"
            document.problem((*where, "anchors"), found, "an anchor or more", "level-described")


def _check_counts(
    interview: Interview, dimension: Dimension, document: Located, wording: Wording
) -> None:
    low, high = wording.count
    where: Key = ("dimensions", dimension.id)
    for level in interview.levels:
        here = len(dimension.anchors.get(level, ()))
        if here and not low <= here <= high:
            found = f"{here} anchor" if here == 1 else f"{here} anchors"
            expected = f"{low} to {high} anchors"
            document.problem((*where, "anchors", level), found, expected, "anchor-count")
        if level in wording.near_miss_levels and level not in dimension.near_misses:
            found = f"no near miss at level {level}"
            document.problem((*where, "near_misses"), found, "what does not count", "near-miss")


def _check_text(document: Located, spot: Key, text: str, wording: Wording) -> None:
    check_length(document, spot, text, wording.words)
    check_words(document, spot, text, wording)
    begins = (text.casefold().startswith(f"{verb.casefold()} ") for verb in wording.verbs)
    if wording.verbs and not any(begins):
        found = f"a text that starts with {' '.join(text.split()[:2])!r}"
        expected = "a verb of observable action listed in wording.yaml"
        document.problem(spot, found, expected, "anchor-first-word")


def _check_used(interview: Interview, document: Located) -> None:
    """An exercise shows something, and an observation belongs to a dimension."""
    for name, exercise in interview.exercises.items():
        if not exercise.dimensions and not document.unread:
            found, expected = f"{name!r}, which informs no dimension", "a dimension that names it"
            document.problem(("exercises", name), found, expected, "interview-idle")
    for name, seen in interview.observations.items():
        for index, dimension in enumerate(seen.dimensions):
            spot = ("observations", name, "dimensions", index)
            exists(document, spot, dimension, interview.dimensions, "dimension")


def _place(interview: Interview, name: str) -> Key:
    """Give the place of a dimension, an exercise or an observation."""
    for key in ("dimensions", "exercises", "observations"):
        if name in getattr(interview, key):
            return (key, name)
    return ()


def _check_exercises(interview: Interview, guide: Guide, document: Located) -> None:
    """Rubric and guide name the same exercises for a dimension."""
    sources = {e.id: e.source for e in guide.entries.values() if e.kind == "exercise"}
    written = {
        item.source: {sources[name] for name in item.evidence_from if name in sources}
        for section in guide.sections.values()
        for item in section.items.values()
        if isinstance(item, GuideDimension)
    }
    for name, dimension in interview.dimensions.items():
        named = {interview.exercises[e].source for e in dimension.informed_by}
        expected = written.get(dimension.source, named)
        if named != expected:
            told = ", ".join(sorted(expected)) or "no exercise"
            found = ", ".join(sorted(named)) or "no exercise"
            where: Key = ("dimensions", name, "informed_by")
            document.problem(where, found, f"{told}, as the guide says", "interview-exercise")
