"""How what was said on an earlier version of a ladder is said on the next one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from skillmatrix.errors import suggest
from skillmatrix.framework.build import build
from skillmatrix.framework.level import Level
from skillmatrix.framework.listed import refuse
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.parts import Frozen, Id, Part, Text

if TYPE_CHECKING:
    from skillmatrix.framework.model import Framework

VERSION = r"^\d+\.\d+\.\d+$"
#: Where a level becomes no level: somebody has to look again.
UNRATED = "UNRATED"
EVERY = "*"

#: What an id may be the id of. A rule asks for evidence or breadth; an item is of the role guide.
What = Literal[
    "skill",
    "criterion",
    "profile",
    "overlay",
    "switch",
    "evidence-type",
    "rule",
    "item",
    "function",
]


def _now(value: object) -> Level | str:
    if value == UNRATED or isinstance(value, Level):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        kind, words = "level_or_unrated", "a level, or UNRATED"
        raise PydanticCustomError(kind, words)
    return Level(value)


#: What a level became.
Now = Annotated[
    Any,
    PlainValidator(_now),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"const": UNRATED}]}),
]


class Step(Part):
    """One thing that became of a part of the ladder, with its reason."""

    do: str
    reason: Text
    source: Text


class Rename(Step):
    """The same thing under another id."""

    do: Literal["rename"]
    what: What = "skill"
    old: Id = Field(alias="from")
    new: Id = Field(alias="to")


class Split(Step):
    """One skill became several; with ``keep`` each of them has the level of the old one."""

    do: Literal["split"]
    old: Id = Field(alias="from")
    new: Annotated[tuple[Id, ...], Field(min_length=2, alias="to")]
    keep: bool = False


class Merge(Step):
    """Several skills became one: the lowest of their levels, if all of them are known."""

    do: Literal["merge"]
    old: Annotated[tuple[Id, ...], Field(min_length=2, alias="from")]
    new: Id = Field(alias="to")


class Relevel(Step):
    """Levels mean something else; a level that is not named stays as it is."""

    do: Literal["relevel"]
    skill: Id | Literal["*"]
    map: Annotated[Mapping[Level, Now], Frozen]


class Retire(Step):
    """Something is no part of the ladder any more."""

    do: Literal["retire"]
    what: What = "skill"
    old: Id = Field(alias="id")


STEPS: dict[str, type[Step]] = {
    "rename": Rename,
    "split": Split,
    "merge": Merge,
    "relevel": Relevel,
    "retire": Retire,
}


class Migration(Part):
    """
    From one version of a ladder to a later one.

    Attributes
    ----------
    version : str
        The earlier one; the name of its file.
    to : str
        The later one.
    summary : str
        What the later version changed, for the people who were rated on the earlier one.
    changes : tuple of Step
        All at once, each in the ids of the earlier version; levels first.
    """

    version: Annotated[str, Field(pattern=VERSION)]
    to: Annotated[str, Field(pattern=VERSION)]
    summary: Text
    source: Text
    changes: tuple[Step, ...]

    def renamed(self, what: What) -> dict[str, tuple[str, ...]]:
        """Give what ids of one kind became: one id, several, or none."""
        found: dict[str, tuple[str, ...]] = {}
        for step in self.changes:
            if isinstance(step, Rename) and step.what == what:
                found[step.old] = (step.new,)
            elif isinstance(step, Retire) and step.what == what:
                found[step.old] = ()
            elif what == "skill" and isinstance(step, Split):
                found[step.old] = step.new
            elif what == "skill" and isinstance(step, Merge):
                found.update(dict.fromkeys(step.old, (step.new,)))
        return found

    def level(self, skill: str, level: Level) -> Level | None:
        """Give what a level of a skill, by its earlier id, became; None where it is unknown."""
        told: Level | str = level
        for step in self.changes:
            if isinstance(step, Relevel) and step.skill == skill:
                return _known(step.map.get(level, level))
            if isinstance(step, Relevel) and step.skill == EVERY:
                told = step.map.get(level, level)
        return _known(told)


def _known(level: Level | str) -> Level | None:
    return level if isinstance(level, Level) else None


def number(version: str) -> tuple[int, ...]:
    """
    Give a version as numbers that can be compared.

    Examples
    --------
    >>> number("1.10.0") > number("1.9.3")
    True
    """
    return tuple(int(part) for part in version.split("."))


def path_to(framework: Framework, version: str) -> tuple[Migration, ...] | None:
    """
    Find the migrations that lead from an earlier version of a framework to it, in their order.

    Returns
    -------
    tuple of Migration or None
        Empty from the version itself; None where nothing leads there.
    """
    found: list[Migration] = []
    while version != framework.version:
        step = framework.migrations.get(version)
        if step is None or number(step.to) <= number(version):
            return None
        found.append(step)
        version = step.to
    return tuple(found)


def way_over(framework: Framework, version: str) -> str:
    """Say what to do with an assessment that was made on another version."""
    if path_to(framework, version) is not None:
        return "skillmatrix migrate brings it over, and keeps the original"
    return "use the version it was made with, or make a new assessment"


def read_migrations(documents: Mapping[str, Located]) -> dict[str, Migration]:
    """Make the migrations of a ladder by the version they begin with, the earliest first."""
    found = {}
    for name, document in documents.items():
        if not isinstance(document.data, dict):
            continue
        data = dict(document.data)
        refuse(document, data, ["version"])
        made = build(Migration, document, (), {**data, "changes": (), "version": name})
        steps = _steps(document, data.get("changes"))
        if made is not None:
            found[name] = made.model_copy(update={"changes": steps})
    return dict(sorted(found.items(), key=lambda each: number(each[0])))


def _steps(document: Located, entries: Any) -> tuple[Step, ...]:
    if not isinstance(entries, list):
        document.problem(("changes",), f"{entries!r}"[:60], "a list of changes", "shape")
        return ()
    found = []
    for index, entry in enumerate(entries):
        where: Key = ("changes", index)
        kind = entry.get("do") if isinstance(entry, dict) else None
        if isinstance(entry, dict) and (not isinstance(kind, str) or kind not in STEPS):
            expected, remedy = "a kind of change", suggest(kind, STEPS)
            document.problem((*where, "do"), f"{kind!r}", expected, "change-kind", remedy)
            continue
        made = build(STEPS.get(str(kind), Step), document, where, entry)
        if made is not None:
            found.append(made)
    return tuple(found)
