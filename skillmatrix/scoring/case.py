"""The promotion case: what each clause asks, the evidence for it, and what the person wrote."""

from __future__ import annotations

from skillmatrix.assessment.case import FREE, Paragraph
from skillmatrix.assessment.model import Assessment
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import STRENGTHS, Framework, Profile
from skillmatrix.scoring.case_model import Case, Chapter, Clause, Flag, Member, Written
from skillmatrix.scoring.exhibits import Exhibit, basis, exhibits, looks_back, short_span
from skillmatrix.scoring.logic import State
from skillmatrix.scoring.reading_time import Length, length
from skillmatrix.scoring.rules import (
    BreadthRule,
    EvidencePart,
    Rule,
    ThresholdRule,
    cases_of,
    rules_of,
)
from skillmatrix.scoring.standing import Standings
from skillmatrix.scoring.verdict import CriterionResult, PartResult, Verdict, verdict
from skillmatrix.scoring.words import Words

_NOTHING = Paragraph()
_E2 = STRENGTHS.index("E2")


def case(assessment: Assessment, profile: Profile) -> Case:
    """
    Lay the person's argument beside what the role asks, clause by clause.

    Parameters
    ----------
    assessment : Assessment
        Her paragraphs are in ``assessment.case``.
    profile : Profile
        From ``framework.profile(...)``. Every part of each of its criteria is a clause.

    Returns
    -------
    Case
        Nothing in it was written for her: where she wrote nothing, the text is empty.

    Raises
    ------
    MismatchError
        If the two speak of different frameworks or versions.

    Notes
    -----
    A clause rests on the items it cites, and where it cites none on all that count for it. It is
    marked when two or more of them lie nearer together than the months the ladder names, and a
    criterion also when all it has is one item. The marks are questions a reader would ask; none
    of them changes a verdict. Reading time is that of her own words alone.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
    ...     as_of=dt.date(2026, 11, 20), ratings={"mlops": 4},
    ...     case={"monitoring-lifecycle-gate-mlops": {"text": "I run the drift review."}})
    >>> c = case(a, fw.profile("senior"))
    >>> c.answered, c.asked, c.reading
    (1, 24, 'less than 1 of 10 minutes')
    >>> [flag.kind for flag in c.clauses["monitoring-lifecycle-gate-mlops"].flags]
    ['no-evidence']
    """
    return _Maker(verdict(assessment, profile)).made()


class _Maker:
    """Makes a case of a verdict."""

    def __init__(self, found: Verdict) -> None:
        self.found = found
        self.standings: Standings = found.standings
        self.framework: Framework = found.framework
        self.assessment = found.assessment
        self.terms = self.framework.case
        self.rules = rules_of(self.standings)
        self.answers = cases_of(self.rules, found.profile)[0]
        self.words = Words(self.standings, self.answers)
        self.titles = {item.id: item.title for item in self.assessment.evidence}
        self.first: dict[tuple[str, int], str] = {}
        self.seen: set[str] = set()

    def made(self) -> Case:
        chapters = {
            name: self._chapter(self.found.criteria[name], rules)
            for name, rules in self.rules.items()
        }
        other = [
            self._written(part, place_title(self.framework, part))
            for part in self.assessment.case
            if part not in self.seen and part not in FREE
        ]
        opening, closing = (self._written(part, part.capitalize()) for part in FREE)
        return Case(self.found.profile, self.terms, opening, closing, chapters, tuple(other))

    def _written(self, part: str, title: str) -> Written:
        said = self.assessment.case.get(part, _NOTHING)
        cited = tuple(self.titles[name] for name in said.evidence if name in self.titles)
        removed = tuple(name for name in said.evidence if name not in self.titles)
        return Written(part, title, said.text, self._length(said.text), cited, removed)

    def _length(self, text: str) -> Length:
        return length(text, terms=self.terms)

    def _chapter(self, result: CriterionResult, rules: list[Rule]) -> Chapter:
        pairs = zip(result.parts, rules, strict=True)
        clauses = tuple(self._clause(result.id, part, rule) for part, rule in pairs)
        about = self.framework.criteria.get(result.id)
        resting = {e.id: e for clause in clauses for e in basis(clause.exhibits)}
        flags: tuple[Flag, ...] = ()
        span = short_span(resting.values(), self.terms.span_months)
        if span and len(resting) == 1:
            flags = (Flag("short-span", "All of it rests on one item, from one day."),)
        elif span:
            flags = (Flag("short-span", f"All {len(resting)} items lie {span}."),)
        return Chapter(
            id=result.id,
            code=result.code,
            title=result.title,
            question=about.question if about else "",
            state=result.state,
            clauses=clauses,
            flags=flags,
        )

    def _clause(self, criterion: str, part: PartResult, rule: Rule) -> Clause:
        said = self.assessment.case.get(part.id, _NOTHING)
        same_as = self._same_as(part.id, rule, said)
        self.seen.add(part.id)
        shown = exhibits(rule, said, self.standings, self.words)
        written = self._written(part.id, part.title)
        level = None if isinstance(rule, EvidencePart) else self.framework.levels[rule.required]
        return Clause(
            **vars(written),
            criterion=criterion,
            kind=part.kind,
            state=part.state,
            observed=part.observed,
            why=part.why,
            change=part.change,
            level=level,
            skills=part.skills,
            types=tuple(a.type for a in rule.rule.any_of) if isinstance(rule, EvidencePart) else (),
            looked_for=self._looked_for(rule, level),
            members=self._members(rule) if isinstance(rule, BreadthRule) else (),
            same_as=same_as,
            exhibits=shown,
            flags=() if same_as else self._flags(rule, written, shown),
        )

    def _same_as(self, part: str, rule: Rule, said: Paragraph) -> str | None:
        """Name the clause before it that asks the same, unless this one has words of its own."""
        if part in self.seen:
            return part
        if not isinstance(rule, ThresholdRule):
            return None
        first = self.first.setdefault((rule.skill, rule.required), part)
        return None if first == part or said.text.strip() else first

    def _looked_for(self, rule: Rule, level: Level | None) -> tuple[str, ...]:
        if isinstance(rule, EvidencePart):
            types = self.framework.evidence_types
            return tuple(types[a.type].definition for a in rule.rule.any_of)
        if level is None or isinstance(rule, BreadthRule):
            return ()
        return tuple(a.text for a in self.framework.skills[rule.skill].at(level))

    def _members(self, rule: BreadthRule) -> tuple[Member, ...]:
        taking_part = set(rule.members(self.standings, self.answers))
        found = []
        for skill in rule.of:
            standing, note = self.standings[skill], ""
            state: State = "OPEN"
            if skill in taking_part and standing.low >= rule.required:
                state = "MET"
            elif standing.high < rule.required:
                state = "NOT MET"
            if standing.state == "NOT_APPLICABLE":
                state, note = "NOT MET", "does not apply here"
            elif skill not in taking_part:
                switch = self.framework.switches[rule.when[skill]]
                undecided = self.found.profile.switches.get(switch.id) is None
                state = state if undecided else "NOT MET"
                note = f"counts only with: {switch.title.lower()}"
            title = self.framework.skills[skill].title
            found.append(Member(skill, title, state, self.words.interval(skill), note))
        return tuple(found)

    def _flags(self, rule: Rule, written: Written, shown: tuple[Exhibit, ...]) -> tuple[Flag, ...]:
        flags = []
        resting = basis(shown)
        strong = [e for e in shown if e.cited or e.counts]
        if not written.answered:
            flags.append(Flag("unanswered", "Not answered."))
        elif not strong and self.framework.asks_evidence:
            text = "A paragraph without evidence: nothing is cited, and nothing counts."
            flags.append(Flag("no-evidence", text))
        if not any(flag.kind == "no-evidence" for flag in flags):
            flags += self._own_word(rule, strong)
        span = short_span(resting, self.terms.span_months)
        if span and len(resting) > 1:
            told = f"Its {len(resting)} items lie {span}; {self.terms.span_months} months or more"
            flags.append(Flag("short-span", f"{told} would show that it lasts."))
        aged = sum(e.aged for e in resting)
        if aged:
            months = looks_back(rule, self.standings)
            are = "are" if aged > 1 else "is"
            items = "item" if len(resting) == 1 else "items"
            text = f"{aged} of its {len(resting)} {items} {are} older than {months} months."
            flags.append(Flag("aged", text))
        useless = sum(e.cited and not e.counts for e in shown)
        if useless:
            text = (
                f"{useless} of the items you cite {'do' if useless > 1 else 'does'} not count here."
            )
            flags.append(Flag("not-counting", text))
        if written.removed:
            many = len(written.removed)
            text = f"{many} of the items you cited {'were' if many > 1 else 'was'} removed."
            flags.append(Flag("removed", text))
        return tuple(flags)

    def _own_word(self, rule: Rule, strong: list[Exhibit]) -> list[Flag]:
        """Mark levels claimed that no item another person can open stands behind."""
        if isinstance(rule, EvidencePart) or not self.framework.asks_evidence:
            return []
        if isinstance(rule, ThresholdRule):
            shown = any(e.strength and STRENGTHS.index(e.strength) >= _E2 for e in strong)
            lacking, skills = int(not shown), [rule.skill]
        else:
            members = rule.members(self.standings, self.answers)
            shown_for = [s for s in members if self._holds(s, rule) and self._shown(s)]
            lacking = rule.at_least - len(shown_for)
            skills = [s for s in members if s not in shown_for]
        claimed = [self.words.title(s) for s in skills if self._holds(s, rule)]
        if lacking <= 0 or not claimed:
            return []
        stand = "stand" if len(claimed) > 1 else "stands"
        level = self.framework.levels[rule.required]
        text = f"{', '.join(claimed)} at {level} or above {stand} on your word alone."
        return [Flag("own-word", text)]

    def _holds(self, skill: str, rule: ThresholdRule | BreadthRule) -> bool:
        standing = self.standings[skill]
        return standing.known and standing.high >= rule.required

    def _shown(self, skill: str) -> bool:
        return self.words.confidence(skill) == "supported"


def place_title(framework: Framework, part: str) -> str:
    """
    Give a name to a place of a case, also where it belongs to another role of the ladder.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> place_title(fw, "p1-releases"), place_title(fw, "opening")
    ('Two production releases owned end to end', 'Opening')
    >>> place_title(fw, "monitoring-lifecycle-gate-mlops")
    'MLOps'
    """
    if part in FREE:
        return part.capitalize()
    if part in framework.evidence_rules:
        return framework.evidence_rules[part].title
    for profile in framework.profiles.values():
        for name, requirement in profile.requirements.items():
            if any(breadth.id == part for breadth in requirement.breadth):
                return f"Breadth: {requirement.title}"
            for kind in ("gate", "floor", "bar"):
                skill = part.removeprefix(f"{name}-{kind}-")
                if skill != part and skill in framework.skills:
                    return framework.skills[skill].title
    return part
