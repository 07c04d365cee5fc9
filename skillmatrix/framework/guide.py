"""The role guide: what a role is, section by section, each item linked to the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import Field

from skillmatrix.errors import FrameworkError, Problem, suggest
from skillmatrix.framework.build import build
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.located import Key, Located, Unread, read_yaml
from skillmatrix.framework.parts import Frozen, Id, Part, Text

if TYPE_CHECKING:
    from skillmatrix.framework.model import Framework


class Kind(NamedTuple):
    """What an item is called, alone and in a list."""

    one: str
    many: str


KINDS: dict[str, Kind] = {
    "skill": Kind("Skill", "Skills"),
    "criterion": Kind("Promotion criterion", "Promotion criteria"),
    "fact": Kind("Fact", "Facts"),
    "mission": Kind("Mission", "Mission"),
    "outcome": Kind("Outcome", "Outcomes"),
    "responsibility": Kind("Responsibility", "Responsibilities"),
    "activity": Kind("Activity", "Activities"),
    "deliverable": Kind("Deliverable", "Deliverables"),
    "milestone": Kind("Milestone", "Milestones"),
    "kpi": Kind("KPI", "KPIs"),
    "note": Kind("Note", "Notes"),
    "tool": Kind("Tool", "Tools"),
    "environment": Kind("Environment", "Environment"),
    "stakeholder": Kind("Stakeholder", "Stakeholders"),
    "decision-right": Kind("Decision right", "Decision rights"),
    "qualification": Kind("Qualification", "Qualifications"),
    "career": Kind("Career step", "Career steps"),
    "challenge": Kind("Challenge", "Challenges"),
    "bottleneck": Kind("Bottleneck", "Bottlenecks"),
    "anti-pattern": Kind("Anti-pattern", "Anti-patterns"),
    "underperformance": Kind("Sign of underperformance", "Signs of underperformance"),
    "business-risk": Kind("Business risk", "Business risks"),
    "variant": Kind("Variant", "Variants"),
    "ai-impact": Kind("Effect of AI", "Effects of AI"),
    "interview": Kind("Interview topic", "Interview topics"),
    "exercise": Kind("Interview exercise", "Interview exercises"),
    "signal": Kind("Interview signal", "Interview signals"),
    "red-flag": Kind("Red flag", "Red flags"),
    "dimension": Kind("Interview dimension", "Interview dimensions"),
    "scorecard": Kind("Scorecard line", "Scorecard"),
}


class Links(Part):
    """What an item hangs together with, by id."""

    skills: tuple[Id, ...] = ()
    criteria: tuple[Id, ...] = ()
    items: tuple[Id, ...] = ()

    def every(self) -> tuple[str, ...]:
        """All ids, each once: skills, criteria, other items."""
        return tuple(dict.fromkeys((*self.skills, *self.criteria, *self.items)))


class Item(Part):
    """One statement of the guide, with the place it comes from and what it links to."""

    id: Id
    source: Text
    title: Text
    text: Text
    links: Links = Links()
    links_source: Text | None = None

    def extra_links(self) -> tuple[str, ...]:
        """Ids named outside ``links``."""
        return ()


class KpiTarget(Part):
    """A figure to aim at: the words, and the same for a program."""

    text: Text
    comparator: Literal[
        "at-least",
        "at-most",
        "below",
        "above",
        "between",
        "increase",
        "decrease",
        "equal",
        "none",
    ]
    value: int | float | None = None
    high: int | float | None = None
    unit: Text | None = None
    period: Text | None = None
    illustrative: bool


class Kpi(Item):
    """Something measured, with why, how often and the figure to aim at."""

    measures: Text
    why: Text
    frequency: Text
    target: KpiTarget


class Tool(Item):
    """Tools of one purpose."""

    category: Text
    use: Text
    status: Literal["common", "optional", "context-specific", "optional-to-common"]
    status_note: Text | None = None
    examples: tuple[Text, ...]


class Milestone(Item):
    """Something reached by a time."""

    horizon: Text


class Activity(Item):
    """Something done again and again."""

    rhythm: Literal["daily", "weekly", "monthly-or-quarterly", "ritual", "incident"]


class DecisionRight(Item):
    """Something a person decides, alone or with others."""

    right: Literal["decide", "team-approval", "leadership-approval", "authority"]


class Career(Item):
    """A role before, beside or after this one."""

    profile: Id | None = None


class Variant(Item):
    """A way in which the role differs by context."""

    overlays: tuple[Id, ...] = ()


class Dimension(Item):
    """Something an interview looks at, with what each mark shows."""

    anchors: Annotated[Mapping[int, Text], Frozen]
    evidence_from: tuple[Id, ...] = ()

    def extra_links(self) -> tuple[str, ...]:
        """The exercises it is seen in."""
        return self.evidence_from


class Pointer(Part):
    """A term of a summary, and where the guide says what it means."""

    label: Text
    to: tuple[Id, ...]
    note: Text | None = None


class Scorecard(Item):
    """A line of the summary: pointers, never a copy."""

    text: Text | None = None  # type: ignore[assignment]
    points_to: tuple[Pointer, ...] = ()

    def extra_links(self) -> tuple[str, ...]:
        """Everything it points to."""
        return tuple(name for pointer in self.points_to for name in pointer.to)


MODELS: dict[str, type[Item]] = {
    "kpi": Kpi,
    "tool": Tool,
    "milestone": Milestone,
    "activity": Activity,
    "decision-right": DecisionRight,
    "career": Career,
    "variant": Variant,
    "dimension": Dimension,
    "scorecard": Scorecard,
}


class Group(Part):
    """Items of one kind; for skills and criteria only the place where they are shown."""

    id: Id
    title: Text
    kind: Id
    area: Id | None = None
    items: Annotated[Mapping[str, Item], Frozen] = FrozenDict()


class Section(Part):
    """One section of the guide."""

    section: Annotated[int, Field(ge=1)]
    title: Text
    intro: Text
    groups: Annotated[Mapping[str, Group], Frozen]

    @property
    def items(self) -> Mapping[str, Item]:
        """Items of all groups, by id."""
        return {name: item for group in self.groups.values() for name, item in group.items.items()}


class Entry(Part):
    """Anything of the guide that has an id: an item, a skill or a criterion.

    Attributes
    ----------
    section, group : int, str or None
        Where it stands; None for what the guide does not show.
    links, linked_from : tuple of str
        Ids it names, and ids that name it.
    """

    id: Id
    kind: Id
    title: Text
    text: str
    source: Text
    section: int | None
    group: Id | None
    links: tuple[str, ...]
    linked_from: tuple[str, ...]

    @property
    def related(self) -> tuple[str, ...]:
        """Both directions, each id once."""
        return tuple(dict.fromkeys((*self.links, *self.linked_from)))


class Guide(NamedTuple):
    """The sections by number, and everything that can be linked to by id."""

    sections: Mapping[int, Section]
    entries: Mapping[str, Entry]


def read_guide(framework: Framework, folder: Path) -> tuple[Guide, list[Problem]]:
    """Read the ``guide`` folder of a framework; give what could be made, and every problem."""
    from skillmatrix.framework.guide_check import check_guide

    documents = [read_yaml(path) for path in sorted((folder / "guide").glob("*.yaml"))]
    unread = Unread()
    for document in documents:
        document.unread = unread
    made = [(document, _section(document)) for document in documents]
    known = [(document, section) for document, section in made if section is not None]
    check_guide(framework, folder, known)
    sections = {section.section: section for _, section in known}
    ordered = FrozenDict({number: sections[number] for number in sorted(sections)})
    problems = [problem for document in documents for problem in document.problems]
    problems.sort(key=lambda p: (p.file, p.line or 0))
    return Guide(ordered, _entries(framework, ordered.values())), problems


def load_guide(framework: Framework, folder: Path) -> Guide:
    """
    Load the guide of a framework.

    Raises
    ------
    FrameworkError
        If its files break a rule; lists every problem.
    """
    guide, problems = read_guide(framework, folder)
    if problems:
        raise FrameworkError(str(folder), problems)
    return guide


def _section(document: Located) -> Section | None:
    if not isinstance(document.data, dict):
        document.unread.kinds.add("item")
        return None
    data = dict(document.data)
    groups: dict[str, Group] = {}
    places: dict[str, Key] = {}
    for place, entry in _listed(document, ("groups",), data.get("groups")):
        group = _group(document, place, entry)
        if group is None or group.id in groups:
            document.unread.kinds.add("item")
        if group is None:
            continue
        if group.id in groups:
            document.twice(place, group.id, places[group.id])
            continue
        groups[group.id], places[group.id] = group, place
    section = build(Section, document, (), {**data, "groups": groups})
    if section is None:
        document.unread.kinds.add("item")
    return section


def _group(document: Located, place: Key, entry: dict[str, Any]) -> Group | None:
    kind = entry.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        where = (*place, "kind")
        document.problem(where, f"{kind!r}", "a known kind", "guide-kind", suggest(kind, KINDS))
        return None
    model = MODELS.get(kind, Item)
    items: dict[str, Item] = {}
    places: dict[str, Key] = {}
    for where, one in _listed(document, (*place, "items"), entry.get("items", [])):
        item = build(model, document, where, one)
        if item is None:
            document.unread.add("item", [one.get("id")])
        elif item.id in items:
            document.twice(where, item.id, places[item.id])
        else:
            items[item.id], places[item.id] = item, where
    return build(Group, document, place, {**entry, "items": items})


def _listed(document: Located, where: Key, data: Any) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Walk through a list of mappings; anything else is a problem."""
    if not isinstance(data, list):
        document.problem(where, f"{data!r}"[:60], "a list", "shape")
        return
    for index, entry in enumerate(data):
        if isinstance(entry, dict):
            yield (*where, index), entry
        else:
            document.problem((*where, index), f"{entry!r}"[:60], "a mapping", "shape")


def shown(framework: Framework, group: Group) -> tuple[str, ...]:
    """Ids of what a group shows: its items, or the skills and criteria it is the place of."""
    if group.kind == "skill":
        return tuple(name for name, s in framework.skills.items() if s.area == group.area)
    if group.kind == "criterion":
        return tuple(framework.criteria)
    return tuple(group.items)


def _entries(framework: Framework, sections: Iterable[Section]) -> FrozenDict[str, Entry]:
    named: dict[str, dict[str, Any]] = {}
    for section in sections:
        for group in section.groups.values():
            place = {"kind": group.kind, "section": section.section, "group": group.id}
            for name in shown(framework, group):
                item: Any = group.items.get(name)
                links = (*item.links.every(), *item.extra_links()) if item else ()
                item = item or framework.skills.get(name) or framework.criteria[name]
                named[name] = {**place, "of": item, "links": tuple(dict.fromkeys(links))}
    for kind, many in (("skill", framework.skills), ("criterion", framework.criteria)):
        for name, item in many.items():
            unplaced = {"kind": kind, "section": None, "group": None, "of": item, "links": ()}
            named.setdefault(name, unplaced)
    back: dict[str, list[str]] = {name: [] for name in named}
    for name, entry in named.items():
        for other in entry["links"]:
            if other in back:
                back[other].append(name)
    made = {}
    for name, entry in named.items():
        item = entry.pop("of")
        text = item.summary if entry["kind"] in {"skill", "criterion"} else item.text
        made[name] = Entry(
            id=name,
            title=item.title,
            text=text or "",
            source=item.source,
            linked_from=tuple(back[name]),
            **entry,
        )
    return FrozenDict(made)
