"""The interview rubric: dimensions with anchors, exercises, and what is seen or not seen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from skillmatrix.errors import FrameworkError, Problem
from skillmatrix.framework.build import build
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.listed import entries_by_id, refuse
from skillmatrix.framework.located import Located, read_yaml
from skillmatrix.framework.parts import Frozen, Id, Part, Text

if TYPE_CHECKING:
    from skillmatrix.framework.model import Framework

FILE = "interview.yaml"
#: A step of the scale, by its number.
Number = Annotated[int, Field(strict=True)]


class InterviewLevel(Part):
    """One step of the scale of the rubric; steps are ordered and no figures."""

    level: Number
    name: Text
    definition: Text


class Dimension(Part):
    """One thing that every interviewer scores, with what each step looks like.

    Attributes
    ----------
    source : str
        The item of the role guide it comes from.
    assesses : tuple of str
        Sources of the interview topics of the role guide that are asked about here.
    informed_by : tuple of str
        Ids of the exercises in which it is seen.
    near_misses : mapping of int to str
        By step, what looks like it and does not count.
    """

    id: Id
    title: Text
    source: Text
    assesses: tuple[Text, ...] = ()
    informed_by: tuple[Id, ...] = ()
    asks: Annotated[tuple[Text, ...], Field(min_length=2, max_length=3)]
    anchors: Annotated[Mapping[Number, tuple[Text, ...]], Frozen]
    near_misses: Annotated[Mapping[Number, Text], Frozen] = FrozenDict()


class Exercise(Part):
    """Something the candidate does while interviewers watch or read.

    Notes
    -----
    ``dimensions`` are those that name it under ``informed_by``; no file says it twice.
    """

    id: Id
    title: Text
    minutes: Annotated[int, Field(strict=True, ge=1)]
    text: Text
    expects: tuple[Text, ...]
    dimensions: tuple[Id, ...] = ()
    source: Text


class Observation(Part):
    """Something that was seen, was not seen, or did not come up. No observation decides."""

    id: Id
    kind: Literal["strong", "weak", "red-flag"]
    text: Text
    dimensions: Annotated[tuple[Id, ...], Field(min_length=1)]
    source: Text


class Interview(Part):
    """The rubric of a panel: each interviewer scores alone, and all see the scores at once."""

    title: Text
    note: Text
    status: Literal["draft", "tested"] = "draft"
    scale: Annotated[tuple[InterviewLevel, ...], Field(min_length=2)]
    dimensions: Annotated[Mapping[str, Dimension], Frozen]
    exercises: Annotated[Mapping[str, Exercise], Frozen] = FrozenDict()
    observations: Annotated[Mapping[str, Observation], Frozen] = FrozenDict()

    @property
    def levels(self) -> tuple[int, ...]:
        """The steps of the scale, lowest first."""
        return tuple(step.level for step in self.scale)

    @property
    def cited(self) -> Mapping[str, tuple[str, ...]]:
        """By source, the ids of what rests on it here."""
        found: dict[str, list[str]] = {}
        for dimension in self.dimensions.values():
            for source in (dimension.source, *dimension.assesses):
                found.setdefault(source, []).append(dimension.id)
        rest: list[Exercise | Observation] = [*self.exercises.values(), *self.observations.values()]
        for entry in rest:
            found.setdefault(entry.source, []).append(entry.id)
        return FrozenDict({source: tuple(names) for source, names in found.items()})


def read_interview(framework: Framework, folder: Path) -> tuple[Interview | None, Located | None]:
    """Read the rubric of a framework, if it has one; what is wrong is recorded in the file."""
    from skillmatrix.framework.check_interview import check_interview

    path = folder / FILE
    if not path.exists():
        return None, None
    document = read_yaml(path)
    document.default_source = framework.default_source
    interview = _interview(document)
    if interview is not None:
        check_interview(framework, interview, folder, document)
    return interview, document


def load_interview(framework: Framework, folder: Path) -> Interview | None:
    """
    Load the interview rubric of a framework; None where the ladder has none.

    Raises
    ------
    FrameworkError
        If its file breaks a rule; lists every problem.
    """
    interview, document = read_interview(framework, folder)
    problems: list[Problem] = document.problems if document is not None else []
    if problems:
        raise FrameworkError(str(folder), sorted(problems, key=lambda p: p.line or 0))
    return interview


_LISTS: dict[str, tuple[str, type[Part]]] = {
    "dimensions": ("dimension", Dimension),
    "exercises": ("exercise", Exercise),
    "observations": ("observation", Observation),
}


def _interview(document: Located) -> Interview | None:
    if not isinstance(document.data, dict):
        return None
    data = dict(document.data)
    made: dict[str, dict[str, Any]] = {}
    for key, (kind, model) in _LISTS.items():
        made[key] = {}
        if key not in data and key != "dimensions":
            continue
        for name, entry in entries_by_id(document, (key,), data.get(key), kind).items():
            body = dict(entry)
            if model is Exercise:
                refuse(document, body, ["dimensions"], (key, name))
            part = build(model, document, (key, name), body)
            if part is None:
                document.unread.add(kind, [name])
            else:
                made[key][name] = part
    made["exercises"] = {
        name: exercise.model_copy(
            update={
                "dimensions": tuple(
                    d.id for d in made["dimensions"].values() if name in d.informed_by
                )
            }
        )
        for name, exercise in made["exercises"].items()
    }
    return build(Interview, document, (), {**data, **made})
