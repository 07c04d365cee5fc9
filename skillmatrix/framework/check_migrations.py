"""Rules of migrations: they lead to the present version, and point at what is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from skillmatrix.errors import Problem, suggest
from skillmatrix.framework.guide import Guide
from skillmatrix.framework.level import Level
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.lookup import levels_of
from skillmatrix.framework.migrations import (
    EVERY,
    Merge,
    Migration,
    Relevel,
    Rename,
    Retire,
    Split,
    Step,
    What,
    number,
    path_to,
)
from skillmatrix.framework.model import Framework


def check_migrations(framework: Framework, documents: Mapping[str, Located]) -> None:
    """Every migration leads to the present version, and what it names is there or was."""
    if any(d.unread.covers("framework", d.path.parent.parent.name) for d in documents.values()):
        return
    known = _known(framework)
    for version, migration in framework.migrations.items():
        document = documents[version]
        if not _leads_on(framework, migration, documents):
            continue
        later = path_to(framework, migration.to)
        if later is None:
            continue
        scope = _Scope(framework, migration, later, document, known)
        for index, step in enumerate(migration.changes):
            scope.check_ids(index, step)
            if isinstance(step, Relevel):
                scope.check_levels(index, step)


def check_migrated_items(
    framework: Framework, guide: Guide, documents: Mapping[str, Located]
) -> list[Problem]:
    """Items of the role guide that migrations name are there; give what is wrong."""
    if not guide.sections:
        return []
    known: dict[What, Collection[str]] = {"item": guide.entries}
    found: list[Problem] = []
    for version, migration in framework.migrations.items():
        later, document = path_to(framework, migration.to), documents[version]
        before = len(document.problems)
        if later is not None:
            scope = _Scope(framework, migration, later, document, known)
            for index, step in enumerate(migration.changes):
                scope.check_ids(index, step)
        found += document.problems[before:]
    return found


def _known(framework: Framework) -> dict[What, Collection[str]]:
    """Give the ids of each kind; those of the role guide are left for its own check."""
    asked = [(name, r) for p in framework.profiles.values() for name, r in p.requirements.items()]
    breadth = {rule.id for _, requirement in asked for rule in requirement.breadth}
    return {
        "skill": framework.skills,
        "criterion": {*framework.criteria, *(name for name, _ in asked)},
        "profile": framework.profiles,
        "overlay": framework.overlays,
        "switch": framework.switches,
        "evidence-type": framework.evidence_types,
        "rule": {*framework.evidence_rules, *breadth},
        "function": framework.functions,
    }


def _leads_on(framework: Framework, migration: Migration, documents: Mapping[str, Located]) -> bool:
    """Say whether a migration leads to a later version that is there; record it if not."""
    present, document = framework.version, documents[migration.version]
    if number(migration.version) >= number(present):
        expected = f"a version before {present}, that of framework.yaml"
        remedy = "name the file after the version that it begins with"
        found = f"a migration from {migration.version}"
        document.problem((), found, expected, "migration-version", remedy)
        return False
    if number(migration.to) <= number(migration.version):
        expected = f"a version after {migration.version}"
        document.problem(("to",), f"{migration.to!r}", expected, "migration-version")
        return False
    if migration.to != present and migration.to not in documents:
        expected = f"{present!r}, or a version with a migration of its own"
        remedy = f"write migrations/{migration.to}.yaml, or lead to {present}"
        document.problem(("to",), f"{migration.to!r}", expected, "migration-version", remedy)
        return False
    return True


@dataclass(frozen=True)
class _Scope:
    """One migration among those that follow it."""

    framework: Framework
    migration: Migration
    later: tuple[Migration, ...]
    document: Located
    known: Mapping[What, Collection[str]]

    def check_ids(self, index: int, step: Step) -> None:
        """What a change gives is there; what it takes away is not there any more."""
        for what, where, name in _given(index, step):
            if what in self.known:
                self._check_given(what, where, name)
                self._check_alone(what, where, name)
        for what, where, name in _taken(index, step):
            if what in self.known:
                self._check_taken(what, where, name)
        if isinstance(step, Relevel) and step.skill != EVERY and "skill" in self.known:
            became = self.migration.renamed("skill").get(step.skill)
            if became is None:
                self._check_given("skill", ("changes", index, "skill"), step.skill)

    def _check_given(self, what: What, where: Key, name: str) -> None:
        if what in _OF_PROFILES and self.document.unread:
            return
        kind = _KINDS.get(what, what)
        taken_on = any(name in migration.renamed(what) for migration in self.later)
        if name in self.known[what] or taken_on or self.document.unread.covers(kind, name):
            return
        expected, remedy = f"the id of a known {kind}", suggest(name, self.known[what])
        self.document.problem(where, f"{name!r}", expected, "dangling-id", remedy)

    def _check_alone(self, what: What, where: Key, name: str) -> None:
        """Two skills become one by a merge only: it says what becomes of their levels."""
        places = [
            place
            for index, step in enumerate(self.migration.changes)
            for kind, place, given in _given(index, step)
            if (kind, given) == (what, name)
        ]
        if what == "skill" and places[0] != where:
            found = f"{name!r}, also on line {self.document.line(places[0])}"
            remedy = "write one merge with all ids it comes from"
            self.document.problem(where, found, "each skill once", "migration-id", remedy)

    def _check_taken(self, what: What, where: Key, name: str) -> None:
        makers = [self.migration, *self.later]
        made = {new for each in makers for many in each.renamed(what).values() for new in many}
        if name in self.known[what] and name not in made:
            expected = f"an id that {self.framework.version} does not have"
            remedy = "leave the change out, or take the id out of the ladder"
            found = f"{name!r}, which is still there"
            self.document.problem(where, found, expected, "migration-id", remedy)
        first = _first(self.migration, what, name)
        if first != where:
            self.document.twice(where, name, first)

    def check_levels(self, index: int, step: Relevel) -> None:
        """Levels go to levels of the scale, and none overtakes another."""
        where: Key = ("changes", index, "map")
        for old, new in step.map.items():
            if isinstance(new, Level) and not self._is_level(new):
                place = (*where, old.value)
                expected = levels_of(self.framework)
                self.document.problem(place, f"level {new}", expected, "dangling-id")
        known = [(old, new) for old, new in sorted(step.map.items()) if isinstance(new, Level)]
        for (lower, before), (higher, after) in pairwise(known):
            if after < before:
                place = (*where, higher.value)
                found = f"{higher} to {after}, and {lower} to {before}"
                expected = "no level that overtakes a higher one"
                self.document.problem(place, found, expected, "migration-order")
        places = [
            n
            for n, other in enumerate(self.migration.changes)
            if isinstance(other, Relevel) and other.skill == step.skill
        ]
        if places[0] != index:
            spot: Key = ("changes", index, "skill")
            self.document.twice(spot, step.skill, ("changes", places[0], "skill"))

    def _is_level(self, level: Level) -> bool:
        """Say whether a level is one of the present scale, or a later migration takes it on."""
        taken_on = any(
            level in step.map
            for migration in self.later
            for step in migration.changes
            if isinstance(step, Relevel)
        )
        return taken_on or level in self.framework.levels


#: Kinds that are found in profiles: none is known for sure while a file cannot be read.
_OF_PROFILES = ("criterion", "rule")
#: How a kind is called in messages, where its name is not the word for it.
_KINDS = {
    "evidence-type": "evidence type",
    "rule": "rule of evidence or breadth",
    "item": "item of the role guide",
}

_Place = tuple[What, Key, str]


def _given(index: int, step: Step) -> Iterator[_Place]:
    """Give every id that a change leads to, with its place."""
    where: Key = ("changes", index, "to")
    if isinstance(step, Rename):
        yield step.what, where, step.new
    elif isinstance(step, Merge):
        yield "skill", where, step.new
    elif isinstance(step, Split):
        yield from (("skill", (*where, n), name) for n, name in enumerate(step.new))


def _taken(index: int, step: Step) -> Iterator[_Place]:
    """Give every id that a change begins with, with its place."""
    where: Key = ("changes", index, "from")
    if isinstance(step, Rename):
        yield step.what, where, step.old
    elif isinstance(step, Retire):
        yield step.what, ("changes", index, "id"), step.old
    elif isinstance(step, Split):
        yield "skill", where, step.old
    elif isinstance(step, Merge):
        yield from (("skill", (*where, n), name) for n, name in enumerate(step.old))


def _first(migration: Migration, what: What, name: str) -> Key:
    """Give the first place of a migration where an id is taken away."""
    return next(
        place
        for index, step in enumerate(migration.changes)
        for kind, place, taken in _taken(index, step)
        if (kind, taken) == (what, name)
    )
