"""The words of a verdict: what was seen, why, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from skillmatrix.assessment.model import Evidence
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import STRENGTHS, EvidenceAsk
from skillmatrix.scoring.logic import State
from skillmatrix.scoring.rules import BreadthRule, EvidencePart, Rule, ThresholdRule, answers_ask
from skillmatrix.scoring.standing import Standings, count_word

_STATES = {
    "UNRATED": "not rated yet",
    "DECLINED": "no answer given",
    "NOT_OBSERVED": "not observed",
    "NOT_APPLICABLE_PROPOSED": "proposed as not applicable; only the profile can decide that",
}


#: Words for how sure a level is, from the worst.
CONFIDENCE = ("unknown", "claimed", "supported", "firm")


class Words:
    """Describes rules of one assessment in sentences."""

    def __init__(self, standings: Standings, answers: Mapping[str, bool]) -> None:
        self.standings = standings
        self.answers = answers
        self.framework = standings.framework

    def title(self, skill: str) -> str:
        """Give the title of a skill."""
        return self.framework.skills[skill].title

    def interval(self, skill: str) -> str:
        """Write the interval of a skill, such as ``[3..4]``."""
        standing, levels = self.standings[skill], self.framework.levels
        return f"[{levels[standing.low]}..{levels[standing.high]}]"

    def confidence(self, skill: str) -> str:
        """Say how sure a level is: supported (E2 or better), claimed, or unknown."""
        standing = self.standings[skill]
        if not standing.known:
            return "unknown"
        strong = standing.best is not None and STRENGTHS.index(standing.best) >= 2  # noqa: PLR2004 - E2
        return "supported" if strong else "claimed"

    def decided_by(self, rule: Rule, state: State) -> list[str]:
        """Give the skills whose ratings make a rule what it is; evidence rules count items."""
        if isinstance(rule, EvidencePart):
            return []
        if isinstance(rule, ThresholdRule):
            return [rule.skill]
        members = rule.members(self.standings, self.answers)
        if state == "NOT MET":
            return [s for s in members if self.standings[s].high < rule.required]
        if state == "OPEN":
            return [s for s in members if self.standings[s].low < rule.required]
        sure = [s for s in members if self.standings[s].low >= rule.required]
        best = sorted(sure, key=lambda s: CONFIDENCE.index(self.confidence(s)), reverse=True)
        return best[: rule.at_least]

    def seen(self, skill: str, wanted: Level | None = None) -> str:
        """Say what is claimed and what the evidence carries, and what it lacks."""
        standing = self.standings[skill]
        who = "panel" if standing.raters else self.standings.assessment.rater.kind
        if standing.claimed is None or standing.supported is None:
            return _STATES.get(standing.state, standing.state.lower())
        best = f" ({standing.best})" if standing.best else ""
        if standing.low == standing.high:
            return f"{who} {standing.claimed}{best}"
        level = standing.claimed if wanted is None else min(standing.claimed, wanted)
        if not self.standings.missing_evidence(skill, standing.claimed):
            return f"raters between {standing.supported} and {standing.claimed}{best}"
        text = f"claimed {standing.claimed}, evidence supports {standing.supported}{best}"
        missing = self.standings.missing_evidence(skill, level)
        return f"{text}: {missing} missing for {level}" if missing else text

    def describe(
        self, rule: Rule, state: State, flags: tuple[str, ...]
    ) -> tuple[str, str, str, str]:
        """Give label, observed, why and change of a part."""
        if isinstance(rule, ThresholdRule):
            return self._threshold(rule, state, flags)
        if isinstance(rule, BreadthRule):
            return self._breadth(rule, state, flags)
        return self._evidence(rule, state)

    def plain(self, rule: Rule) -> str:
        """Give a rule in plain words."""
        if isinstance(rule, EvidencePart):
            return rule.rule.title
        level = self.framework.levels[rule.required]
        if isinstance(rule, ThresholdRule):
            return f"{self.title(rule.skill)} at {level} or above"
        return f"{count_word(rule.at_least)} of these at {level} or above".capitalize()

    def _threshold(
        self, rule: ThresholdRule, state: State, flags: tuple[str, ...]
    ) -> tuple[str, str, str, str]:
        level = self.framework.levels[rule.required]
        label = f"{self.title(rule.skill)} >= {level}"
        if "not applicable" in flags:
            reason = self.standings.profile.not_applicable[rule.skill].reason
            change = "the profile has to say what replaces this gate"
            return label, "N/A", f"taken out of the profile: {reason}", change
        standing = self.standings[rule.skill]
        why = self.seen(rule.skill, level)
        if state == "MET":
            change = ""
        elif "to confirm" in flags:
            why += "; one level short on one rater's word"
            change = "to confirm: a second rater rates it"
        elif state == "NOT MET":
            steps = rule.required - standing.high
            change = f"{count_word(steps)} level{'s' if steps > 1 else ''} more"
        elif standing.known:
            missing = self.standings.missing_evidence(rule.skill, level)
            change = f"link {missing}" if missing else "a level that raters agree on"
        else:
            change = "a rating"
        return label, self.interval(rule.skill), why, change

    def _breadth(
        self, rule: BreadthRule, state: State, flags: tuple[str, ...]
    ) -> tuple[str, str, str, str]:
        level = self.framework.levels[rule.required]
        members = rule.members(self.standings, self.answers)
        always = [s for s in rule.of if s not in rule.when or s in members]
        open_to = [s for s in rule.of if s not in always and self._undecided(rule.when[s])]
        named = [self.title(s) for s in always]
        named += [
            f"{self.title(s)} if {self.framework.switches[rule.when[s]].title.lower()}"
            for s in open_to
        ]
        names = ", ".join(named)
        label = f"{rule.at_least} of {{{names}}} >= {level}"
        sure = [s for s in members if self.standings[s].low >= rule.required]
        possible = [s for s in members if s not in sure and self.standings[s].high >= rule.required]
        observed = f"{len(sure)} sure, {len(possible)} possible"
        why = f"{count_word(len(sure)) if sure else 'none'} at {level} with evidence"
        why += ": " + ", ".join(self.title(s) for s in sure) if sure else ""
        if possible:
            details = "; ".join(f"{self.title(s)} {self.seen(s, level)}" for s in possible)
            why += f"; possible: {details}"
        if any(f.startswith("switch:") for f in flags):
            names = ", ".join(self.framework.switches[f[7:]].title.lower() for f in flags if f[7:])
            return label, observed, why, f"answer the switch: {names}"
        if rule.at_least > len(members):
            why = f"asks for {rule.at_least}, but only {len(members)} of its skills apply here"
            return label, observed, why, "the profile has to lower this rule"
        if state == "MET":
            return label, observed, why, ""
        lacking = rule.at_least - len(sure)
        if state == "OPEN":
            change = f"settle {count_word(lacking)} of the possible ones"
        else:
            short = rule.at_least - len(sure) - len(possible)
            change = f"{count_word(short)} further skill{'s' if short > 1 else ''} at {level}"
        return label, observed, why, change

    def _undecided(self, switch: str) -> bool:
        return self.standings.profile.switches.get(switch) is None

    def _ask(self, ask: EvidenceAsk, count: bool = True) -> str:
        text = f"{self.framework.evidence_types[ask.type].title.lower()}, {ask.strength}"
        text += f" x{ask.count}" if count else ""
        if ask.confirmed_by:
            who = [self.framework.functions[f].title.lower() for f in ask.confirmed_by]
            text += f", confirmed by {' or '.join(who)}"
        return text + (", confirmed from outside the team" if ask.outside_team else "")

    def _evidence(self, part: EvidencePart, state: State) -> tuple[str, str, str, str]:
        label = " or ".join(self._ask(ask) for ask, _ in part.found)
        ask, items = part.answer
        observed = f"{len(items)} of {ask.count}"
        named = ", ".join(f"{i.title} ({i.id})" for i in items)
        near = ""
        if state != "MET":
            near = "; ".join(f"{i.title} ({i.id}): {reason}" for i, reason in self.near(part))
        why = named or ("" if near else f"none in the last {part.rule.months} months")
        if state == "MET":
            return label, observed, f"{why}; {ask.flag}" if ask.flag else why, ""
        if near:
            why += f"; does not count: {near}" if why else f"nothing counts yet: {near}"
        if state == "NOT MET":
            locked = self.standings.assessment.status == "locked"
            why += "; the review is locked" if locked else "; declared that no more exists"
            return label, observed, why, "new evidence in a later review"
        ways = [
            f"{count_word(other.count - len(have))} more: {self._ask(other, count=False)}"
            for other, have in part.found
        ]
        change = "link " + "; or ".join(ways)
        return label, observed, f"{why} (draft)", change

    def near(self, part: EvidencePart) -> Iterator[tuple[Evidence, str]]:
        """Give the items of a right type that do not count, with the reason."""
        assessment = self.standings.assessment
        strengths = {item.id: strength for strength, item in self.standings.counting}
        counted = {item.id for _, items in part.found for item in items}
        for item in assessment.evidence:
            asks = [ask for ask, _ in part.found if ask.type in item.types]
            if not asks or item.id in counted:
                continue
            strength = strengths.get(item.id)
            fitting = [a for a in asks if strength is not None and answers_ask(a, strength, item)]
            ask = (fitting or sorted(asks, key=lambda a: STRENGTHS.index(a.strength)))[0]
            if strength is None:
                reason = "history only by its age"
            elif answers_ask(ask, strength, item):
                reason = f"not a separate item, or older than {part.rule.months} months"
            elif STRENGTHS.index(strength) < STRENGTHS.index(ask.strength):
                aged = f", {item.strength} when new" if strength != item.strength else ""
                reason = f"counts as {strength}{aged}; {ask.strength} asked"
            elif ask.outside_team and not item.outside_team:
                reason = "not confirmed from outside the team"
            else:
                reason = "confirmed by another function than asked"
            yield item, reason

    def settle(self, rule: Rule) -> Iterator[tuple[str, str, str | None, str | None]]:
        """Give what would settle an open rule: action, text, skill and rule."""
        if isinstance(rule, EvidencePart):
            change = self._evidence(rule, "OPEN")[3]
            yield "link", change[0].upper() + change[1:], None, rule.id
            return
        skills = (
            (rule.skill,)
            if isinstance(rule, ThresholdRule)
            else rule.members(
                self.standings, {**self.answers, **dict.fromkeys(rule.when.values(), True)}
            )
        )
        level = self.framework.levels[rule.required]
        for skill in skills:
            standing, title = self.standings[skill], self.title(skill)
            if standing.state == "NOT_APPLICABLE" or standing.low >= rule.required:
                continue
            if not standing.known:
                yield "rate", f"Rate {title}", skill, None
            elif isinstance(rule, ThresholdRule) and rule.to_confirm(standing):
                yield "ask", f"Ask somebody who has seen it to rate {title}", skill, None
            elif standing.high >= rule.required:
                missing = self.standings.missing_evidence(skill, level)
                if missing:
                    yield "link", f"Link evidence for {title} at {level}: {missing}", skill, None
                else:
                    yield "ask", f"Settle {title}: raters are apart across {level}", skill, None

    def warnings(self, rules: Iterable[Rule]) -> tuple[str, ...]:
        """Name rules of the profile that cannot be judged as they are."""
        found = []
        for rule in rules:
            if isinstance(rule, BreadthRule):
                members = rule.members(self.standings, self.answers)
                if rule.at_least > len(members):
                    found.append(
                        f"the rule {rule.id!r} asks for {rule.at_least} skills, but only "
                        f"{len(members)} apply here: the profile has to lower it"
                    )
            elif (
                isinstance(rule, ThresholdRule)
                and self.standings[rule.skill].state == "NOT_APPLICABLE"
            ):
                found.append(
                    f"{self.title(rule.skill)} is a {rule.kind} and was taken out of the profile "
                    "without saying what replaces it: the part stays open"
                )
        return tuple(found)
