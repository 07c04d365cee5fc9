"""Before and after, by person and criterion; the group check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from skillmatrix.calibration import (
    GroupCheck,
    group_check,
    mantel_haenszel,
    not_in_session,
    read_groups,
)
from skillmatrix.calibration.groups import Hidden
from skillmatrix.pages.meeting import CalibrationRoom
from skillmatrix.pages.session import Arguments, Command, Commands, Nothing, refuse
from skillmatrix.panel.changes import Changes, changes, leanings
from skillmatrix.panel.outcomes import OVERALL, answers, measures, outcomes
from skillmatrix.store import StoredEvent
from skillmatrix.store.meetings import Meetings

#: Kind of the events that hold what a group check gave out; their subject is the outcome.
RELEASE = "group_release"
_MOST = 100_000


class GivenGroups(Arguments):
    """A file of groups, as text, and what is compared."""

    text: str = Field(max_length=_MOST)
    outcome: str = Field(max_length=100)


def changes_of(room: CalibrationRoom) -> Changes:
    """Give what the session changed; made once for each state."""
    found: Changes = room.cached("changes", lambda: changes(room.calibration()))
    return found


def released(room: CalibrationRoom) -> list[tuple[str, GroupCheck]]:
    """Give what group checks of this session may show; the last one stands."""
    found: list[tuple[str, GroupCheck]] = room.cached(
        "released", lambda: answers(_kept(room.events(RELEASE)))
    )
    return found


class Reviewing:
    """Commands of this part."""

    def __init__(self, room: CalibrationRoom) -> None:
        self._room = room
        self.commands: Commands = {
            "review": (Nothing, self.review),
            "leanings": (Nothing, self.leanings),
            "group_check": (GivenGroups, self.group_check),
        }

    def state(self) -> dict[str, Any]:
        """Give what the page shows of it: nothing, until it is asked."""
        return {}

    def review(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Set what was decided beside the first ratings, and give the standing group check."""
        return {"review": self._room.cached("review", self._view)}

    def _view(self) -> dict[str, Any]:
        found = changes_of(self._room)
        before, after = found.levels
        titles = self._titles()
        return {
            "criteria": [{"id": name, "title": title} for name, title in titles.items()],
            "items": [
                {
                    "person": item.person,
                    "criterion": item.criterion,
                    "skill": item.skill,
                    "firsts": list(item.firsts),
                    "before": item.before,
                    "after": item.after,
                    "step": item.step,
                    "reason": item.reason,
                    "entry": item.entry,
                    "dissents": item.dissents,
                }
                for item in found.items
            ],
            "turns": [
                {
                    "person": turn.person,
                    "criterion": turn.criterion,
                    "before": turn.before,
                    "rules": turn.rules,
                    "panel": turn.panel,
                    "after": turn.after,
                    "reached": turn.reached,
                }
                for turn in found.turns
            ],
            "steps": found.steps,
            "reasons": found.reasons,
            "spread": dict(found.spread),
            "levels": [
                [level.value, before.get(level.value, 0), after.get(level.value, 0)]
                for level in self._room.framework.levels
            ],
            "middle": list(found.middle),
            "sentences": found.sentences,
            "group": self._group(),
        }

    def _titles(self) -> dict[str, str]:
        criteria, asked = self._room.framework.criteria, self._room.profile.requirements
        return {
            name: f"{criteria[name].code} {criteria[name].title}".strip()
            if name in criteria
            else each.title
            for name, each in asked.items()
        }

    def leanings(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give how decisions lie to the first levels of each rater; for the facilitator."""
        found = leanings(self._room.calibration(), changes_of(self._room))
        return {"leanings": [dict(vars(each)) for each in found]}

    # --- groups --------------------------------------------------------------

    def group_check(self, command: Command, given: GivenGroups) -> dict[str, Any]:
        """Compare groups; what is kept is what is shown, and never who belongs to which."""
        titles = {OVERALL: "All criteria met", **self._titles()}
        if given.outcome not in titles:
            raise refuse("what is compared", repr(given.outcome), "one of " + ", ".join(titles))
        groups = read_groups(given.text)
        session, found = self._room.calibration(), changes_of(self._room)
        if not set(groups) & set(session.people):
            raise refuse(
                "the file of groups",
                "nobody of this session who names a group",
                "codes of people of this session in the column person",
            )
        chosen = outcomes(session, found, given.outcome)
        made = group_check(groups, chosen, measures(session, found, groups))
        if made.hidden is Hidden.TOTALS:
            # Known without the file: nothing that looked at it may stand beside it.
            made = group_check(groups, chosen)
        before = released(self._room)
        shown = answers([*before, (given.outcome, made)])
        answer: dict[str, Any] = {}
        if len(shown) > len(before) and (made.looked or not before):
            kept = (RELEASE, given.outcome, made.as_dict(), None)
            said = {
                "label": titles[given.outcome],
                "shown": bool(made.rows),
                "sentence": " ".join(made.sentences),
            }
            answer = self._room.enter_all(command, [("group_checked", said)], [kept])
        unknown = list(not_in_session(groups, session.people))
        return {**answer, "group": self._group(), "unknown": unknown}

    def _group(self) -> dict[str, Any]:
        titles = {OVERALL: "All criteria met", **self._titles()}
        shown = released(self._room)
        outcome, check = shown[-1] if shown else (None, None)
        return {
            "outcomes": [{"id": name, "title": title} for name, title in titles.items()],
            "outcome": outcome,
            "fixed": any(each.looked for _, each in shown),
            "check": check and _check_view(check),
            "earlier": self._over_sessions(outcome, check) if outcome and check else [],
        }

    def _over_sessions(self, outcome: str, check: GroupCheck) -> list[str]:
        """Compare the groups of this session over all sessions that showed the same."""
        named = [row for row in check.rows if row.group]
        if not named:
            return []
        tables = [*self._tables_elsewhere(outcome), check]
        if not tables[1:]:
            return []
        highest = max(named, key=lambda row: (row.rate, row.n)).group
        return [
            mantel_haenszel(tables, row.group, highest).sentence
            for row in named
            if row.group != highest
        ]

    def _tables_elsewhere(self, outcome: str) -> Iterator[GroupCheck]:
        room = self._room
        meetings = Meetings(room.store)
        for head in sorted(meetings.all("calibration"), key=lambda head: head.created_at):
            if head.code == room.head.code or head.framework != room.head.framework:
                continue
            events = meetings.events(head.code)
            begun = events[0].payload or {}
            shown = answers(_kept([event for event in events if event.kind == RELEASE]))
            if shown and begun.get("profile") == room.begun["profile"]:
                of, check = shown[-1]
                if of == outcome and check.rows:
                    yield check


def _kept(events: list[StoredEvent]) -> list[tuple[str, GroupCheck]]:
    return [(e.subject, GroupCheck.from_dict(e.payload)) for e in events if e.payload]


def _check_view(check: GroupCheck) -> dict[str, Any]:
    return {
        "people": check.people,
        "selected": check.selected,
        "open": check.open,
        "rows": [
            {"group": row.group, "n": row.n, "selected": row.selected, "rate": row.rate}
            for row in check.rows
        ],
        "comparisons": [
            {
                "group": each.group,
                "highest": each.highest,
                "ratio": each.ratio,
                "difference": each.difference,
                "interval": list(each.interval),
                "p": each.p,
                "sentences": list(each.sentences),
            }
            for each in check.comparisons
        ],
        "sentences": list(check.sentences),
        "process": [measure.sentence for measure in check.process],
        "hidden": str(check.hidden) if check.hidden else None,
    }
