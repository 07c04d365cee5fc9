"""An assessment made on an earlier version of a ladder, said on the present one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from skillmatrix.assessment.bring_words import merged_note, merged_plan, part_plan
from skillmatrix.assessment.files import as_data, assessment_from
from skillmatrix.assessment.model import Assessment
from skillmatrix.assessment.settle import Settled, settle
from skillmatrix.errors import MismatchError
from skillmatrix.framework.level import Level
from skillmatrix.framework.migrations import (
    UNRATED,
    Merge,
    Migration,
    Relevel,
    Rename,
    Retire,
    Split,
    Step,
    What,
    path_to,
)
from skillmatrix.framework.model import Framework

#: Parts of a gate, floor or bar in the id of a clause: requirement, kind, skill.
_CLAUSES = ("gate", "floor", "bar")


@dataclass(frozen=True)
class Carried:
    """
    What became of one thing that an assessment says.

    Attributes
    ----------
    do : str
        The kind of change: ``rename``, ``split``, ``merge``, ``relevel``, ``retire``, or
        ``missing`` where no migration told and the present version does not have it.
    what : str
        Of what, such as a skill.
    old, new : tuple of str
        Ids before and after.
    before, after : int, str or None
        Ratings, where it is about one; None otherwise.
    unknown : bool
        Whether a level was known before, and is not now.
    version : str
        The version it changed with.
    reason : str
        In the words of the ladder.
    """

    do: Literal["rename", "split", "merge", "relevel", "retire", "missing"]
    what: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    before: tuple[int | str, ...]
    after: tuple[int | str, ...]
    version: str
    reason: str

    @property
    def unknown(self) -> bool:
        """Whether a level was known before, and none is now."""
        return any(isinstance(b, int) for b in self.before) and not any(
            isinstance(a, int) for a in self.after
        )

    def __str__(self) -> str:
        from skillmatrix.assessment.bring_words import told

        return told(self)


@dataclass(frozen=True)
class BroughtOver:
    """An assessment on the present version, and what became of what it said before."""

    assessment: Assessment
    carried: tuple[Carried, ...]

    @property
    def unknown(self) -> tuple[Carried, ...]:
        """What had a level before, and has none now."""
        return tuple(each for each in self.carried if each.unknown)


def path_of(assessment: Assessment, framework: Framework) -> tuple[Migration, ...]:
    """
    Find the migrations from the version of an assessment to that of a framework.

    Raises
    ------
    MismatchError
        If they are of different frameworks, or nothing leads from one to the other.
    """
    name, _, version = assessment.framework.partition("@")
    if name != framework.id:
        msg = f"the assessment speaks of {name!r}, the framework is {framework.id!r}"
        raise MismatchError(msg)
    path = path_to(framework, version)
    if path is None:
        known = ", ".join(framework.migrations) or "no version"
        msg = (
            f"nothing leads from {assessment.framework} to {framework.key}: migrations begin with "
            f"{known}; ask whoever keeps the ladder for migrations/{version}.yaml"
        )
        raise MismatchError(msg)
    return path


def bring_over(assessment: Assessment, framework: Framework) -> BroughtOver:
    """
    Say an assessment in the words of the present version of its framework.

    Parameters
    ----------
    assessment : Assessment
        Made on any version that migrations lead on from. A locked one stays as it is.
    framework : Framework
        The present version.

    Returns
    -------
    BroughtOver
        A draft, and everything that is said otherwise now. On its own version an assessment
        is given back as it is.

    Raises
    ------
    MismatchError
        If nothing leads from the one version to the other.
    AssessmentError
        If what comes out has problems that no migration can be asked about.

    Notes
    -----
    No level is guessed. Parts of a split skill have to be rated, unless the ladder says that
    they keep the level; a merged skill has the lowest of its levels if all are known; a level
    that the scale does not have is unknown. Words are carried to wherever their skill went;
    those of a skill that is no more stay with the original.
    """
    path = path_of(assessment, framework)
    if not path:
        return BroughtOver(assessment, ())
    open_again = {"status": "draft", "locked_at": None, "sha256": None}
    data = as_data(assessment.model_copy(update=open_again))
    carried: list[Carried] = []
    for migration in path:
        carried += dict.fromkeys(_Carrier(migration, data).carry())
    data["framework"] = framework.key
    told = settle(data, framework)
    carried += [_missing(each, framework.version) for each in told]
    made = assessment_from(data, f"the assessment, brought over to {framework.key}", framework)
    return BroughtOver(made, tuple(carried))


def _missing(each: Settled, version: str) -> Carried:
    reason = "this version does not have it, and the ladder does not say what became of it"
    before = () if each.value is None else (each.value,)
    after = () if each.value is None or each.what != "level" else (UNRATED,)
    what = "skill" if each.what == "level" else each.what
    return Carried("missing", what, (each.name,), (), before, after, version, reason)


def came_from(path: tuple[Migration, ...], skill: str) -> tuple[str, ...]:
    """Give the ids that a skill had on the version a path begins with."""
    names = [skill]
    for migration in reversed(path):
        became = migration.renamed("skill")
        names = [
            old
            for name in names
            for old in ([o for o, new in became.items() if name in new] or [name])
        ]
    return tuple(dict.fromkeys(names))


class _Carrier:
    """Takes the plain content of an assessment through one migration, in place."""

    def __init__(self, migration: Migration, data: dict[str, Any]) -> None:
        self.migration, self.data = migration, data
        self.skills = migration.renamed("skill")
        self.loose = {s.old for s in migration.changes if isinstance(s, Split) and not s.keep}
        self.carried: list[Carried] = []

    def carry(self) -> list[Carried]:
        """Carry everything; give what changed."""
        ratings = dict(self.data["ratings"])
        self._levels()
        for step in self.migration.changes:
            self._tell(step, ratings)
        self._skills()
        self._ids()
        return self.carried

    def _note(
        self,
        step: Step,
        what: str,
        ids: tuple[tuple[str, ...], tuple[str, ...]],
        *,
        before: tuple[int | str, ...] = (),
        after: tuple[int | str, ...] = (),
    ) -> None:
        do: Any = step.do
        version = self.migration.to
        self.carried.append(Carried(do, what, *ids, before, after, version, step.reason))

    # --- levels --------------------------------------------------------------

    def _levels(self) -> None:
        """Say every level in the meaning it has now."""
        self.data["ratings"] = {
            skill: self._level(skill, value) if isinstance(value, int) else value
            for skill, value in self.data["ratings"].items()
        }
        for skill, own in self.data["plan"].items():
            if isinstance(own.get("cap"), int):
                cap = self._level(skill, own.pop("cap"))
                if isinstance(cap, int):
                    own["cap"] = cap
            efforts: dict[int, Any] = {}
            for effort in own.get("effort", ()):
                level = self._level(skill, effort["level"])
                if isinstance(level, int):
                    efforts.setdefault(level, {**effort, "level": level})
            own["effort"] = [*efforts.values()]

    def _level(self, skill: str, value: int) -> int | str:
        level = self.migration.level(skill, Level(value))
        return UNRATED if level is None else level.value

    # --- telling -------------------------------------------------------------

    def _tell(self, step: Step, before: dict[str, int | str]) -> None:
        """Record what a change does to something that the assessment speaks of."""
        now = self.data["ratings"]
        if isinstance(step, Relevel):
            own = {s.skill for s in self.migration.changes if isinstance(s, Relevel)} - {step.skill}
            asked = [step.skill] if step.skill != "*" else [s for s in before if s not in own]
            gone = {s for s, new in self.skills.items() if not new} | self.loose
            for skill in asked:
                if skill in before and before[skill] != now[skill] and skill not in gone:
                    ids = (skill,), self.skills.get(skill, (skill,))
                    self._note(step, "skill", ids, before=(before[skill],), after=(now[skill],))
        elif isinstance(step, (Rename, Retire)) and step.what == "skill":
            new = (step.new,) if isinstance(step, Rename) else ()
            if step.old in self._spoken():
                given = now if new else before
                was = (given[step.old],) if step.old in given else ()
                then = was if new else ()
                self._note(step, "skill", ((step.old,), new), before=was, after=then)
        elif isinstance(step, Split) and step.old in self._spoken():
            given = now if step.keep else before
            was = (given[step.old],) if step.old in given else ()
            parts = self._parts(step, was)
            self._note(step, "skill", ((step.old,), step.new), before=was, after=parts)
        elif isinstance(step, Merge) and self._spoken() & {*step.old}:
            was = tuple(now.get(old, UNRATED) for old in step.old)
            merged: tuple[tuple[str, ...], tuple[str, ...]] = (step.old, (step.new,))
            self._note(step, "skill", merged, before=was, after=(lowest(was),))

    def _parts(self, step: Split, was: tuple[int | str, ...]) -> tuple[int | str, ...]:
        if not was:
            return ()
        return was * len(step.new) if step.keep else (UNRATED,) * len(step.new)

    def _spoken(self) -> set[str]:
        """Give the skills that the assessment says anything about."""
        data = self.data
        linked = {skill for item in data["evidence"] for skill in item.get("skills", ())}
        return {*data["ratings"], *data["notes"], *data["plan"], *data["gap_below"], *linked}

    # --- skills --------------------------------------------------------------

    def _skills(self) -> None:
        data = self.data
        ratings = data["ratings"]
        found: dict[str, int | str] = {}
        for skill in ratings:
            for new in self.skills.get(skill, (skill,)):
                if skill in self.loose:
                    found[new] = UNRATED
                else:
                    found[new] = lowest(tuple(ratings.get(o, UNRATED) for o in self._olds(new)))
        data["ratings"] = found
        data["gap_below"] = self._certain(data["gap_below"])
        for item in data["evidence"]:
            item["skills"] = self._certain(item.get("skills", ()))
        notes: dict[str, Any] = {}
        plan: dict[str, Any] = {}
        for skill, note in data["notes"].items():
            for new in self.skills.get(skill, (skill,)):
                notes[new] = merged_note(notes[new], note) if new in notes else note
        for skill, own in data["plan"].items():
            for index, new in enumerate(self.skills.get(skill, (skill,))):
                part = part_plan(own, first=index == 0, known=skill not in self.loose)
                plan[new] = merged_plan(plan[new], part) if new in plan else part
        data |= {"notes": notes, "plan": plan, "case": self._case()}

    def _olds(self, new: str) -> list[str]:
        return [old for old, many in self.skills.items() if new in many] or [new]

    def _certain(self, skills: Any) -> list[str]:
        """Give what skills became, where it is known which one is meant."""
        kept = [skill for skill in skills if skill not in self.loose]
        return [*dict.fromkeys(new for s in kept for new in self.skills.get(s, (s,)))]

    # --- other ids -----------------------------------------------------------

    def _ids(self) -> None:
        data, aim = self.data, self.data["aim"]
        aim["profile"] = next(iter(self._one("profile", [aim["profile"]])), aim["profile"])
        aim["overlays"] = self._one("overlay", aim["overlays"])
        for key, what in (("switches", "switch"), ("reasons", "overlay")):
            became = self.migration.renamed(what)  # type: ignore[arg-type]
            aim[key] = {n: v for k, v in aim[key].items() for n in became.get(k, (k,))}
        data["no_more_evidence"] = self._one("rule", data["no_more_evidence"])
        for item in data["evidence"]:
            item["types"] = self._one("evidence-type", item.get("types", ()))
            function = item.pop("confirmed_function", None)
            for name in self._one("function", [function] if function else []):
                item["confirmed_function"] = name
        entries = [(entry, self._one("item", [entry["item"]])) for entry in data["record"]]
        data["record"] = [{**entry, "item": names[0]} for entry, names in entries if names]

    def _one(self, what: What, names: Any) -> list[str]:
        """Give what ids of a kind became; record what changed."""
        became = self.migration.renamed(what)
        for step in self.migration.changes:
            if isinstance(step, (Rename, Retire)) and step.what == what and step.old in names:
                self._note(step, what, ((step.old,), became[step.old]))
        return [*dict.fromkeys(new for name in names for new in became.get(name, (name,)))]

    def _case(self) -> dict[str, Any]:
        """Carry every paragraph to the clause that its own became."""
        found: dict[str, Any] = {}
        for clause, paragraph in self.data["case"].items():
            for new in self._clauses(clause):
                if new in found:
                    texts = [found[new].get("text", ""), paragraph.get("text", "")]
                    cited = [*found[new].get("evidence", ()), *paragraph.get("evidence", ())]
                    text = "\n\n".join(filter(None, texts))
                    found[new] = {**paragraph, "text": text, "evidence": [*dict.fromkeys(cited)]}
                else:
                    found[new] = paragraph
        return found

    def _clauses(self, clause: str) -> list[str]:
        """Give what the id of a clause became; one of nothing that is left stays as it is."""
        rules, criteria = self.migration.renamed("rule"), self.migration.renamed("criterion")
        if clause in rules:
            return [*rules[clause]] or [clause]
        for kind in _CLAUSES:
            head, sign, skill = clause.partition(f"-{kind}-")
            if sign and (head in criteria or skill in self.skills):
                heads, skills = criteria.get(head, (head,)), self.skills.get(skill, (skill,))
                return [f"{h}-{kind}-{s}" for h in heads for s in skills] or [clause]
        return [clause]


def lowest(values: tuple[int | str, ...]) -> int | str:
    """
    Give the lowest of several levels, if all are known; a word that all share stays.

    Examples
    --------
    >>> lowest((3, 2)), lowest((3, "UNRATED")), lowest(("DECLINED", "DECLINED"))
    (2, 'UNRATED', 'DECLINED')
    """
    levels = [value for value in values if isinstance(value, int)]
    if len(levels) == len(values):
        return min(levels)
    return values[0] if len({*values}) == 1 else UNRATED
