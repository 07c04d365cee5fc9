"""Follow-ups, minutes, excerpts, and the end of the session."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from skillmatrix.assessment.fields import Date
from skillmatrix.pages.calibration_anchors import Anchors
from skillmatrix.pages.calibration_criteria_second import again
from skillmatrix.pages.calibration_review import changes_of, released
from skillmatrix.pages.meeting import CalibrationRoom, NewEntry
from skillmatrix.pages.record import one_line
from skillmatrix.pages.session import Arguments, Command, Commands, Nothing, refuse
from skillmatrix.panel.followups import DONE, FOLLOW_UP, by_day, still_open, suggestions
from skillmatrix.panel.minutes import criterion_titles
from skillmatrix.reports.files import ReportFile
from skillmatrix.reports.minutes import all_excerpts, excerpt_data, excerpt_report, minutes_report
from skillmatrix.store.meetings import Meetings
from skillmatrix.store.spoken_of import LOG

_CODE = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)]
_LINE = Annotated[str, Field(max_length=300)]
#: Kind of the events that say of a file why it was not taken in.
_REFUSED = "file-refused"


class GivenFollowUp(Arguments):
    """What an open item waits for; with a known id, in place of what stood there."""

    id: _CODE
    person: str
    criterion: str
    skill: str | None = None
    waits_for: _LINE
    owner: _LINE
    due: Date | None = None


class Ended(Arguments):
    """A follow-up that is over: done on a day, or dropped."""

    id: _CODE
    done: Date | None = None
    words: str = Field(default="", max_length=2000)


class Taken(Arguments):
    """A follow-up of an earlier session."""

    id: _CODE


class AskedFile(Arguments):
    """A file with people and raters by name, or by code."""

    names: bool = False


class AskedExcerpt(AskedFile):
    """A person's own excerpt."""

    person: str
    format: Literal["html", "json"] = "html"


class Closing:
    """Commands of this part."""

    def __init__(self, room: CalibrationRoom) -> None:
        self._room = room
        self._elsewhere: dict[str, tuple[int, list[dict[str, Any]]]] = {}
        self.commands: Commands = {
            "after": (Nothing, self.after),
            "follow_up": (GivenFollowUp, self.follow_up),
            "end_follow_up": (Ended, self.end_follow_up),
            "take_over": (Taken, self.take_over),
            "minutes": (AskedFile, self.minutes),
            "excerpt": (AskedExcerpt, self.excerpt),
            "excerpts": (AskedFile, self.excerpts),
            **Anchors(room).commands,
        }

    def state(self) -> dict[str, Any]:
        """Give what the page shows of it: nothing, until it is asked."""
        return {}

    def after(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give follow-ups, what could become one, and how the record stands."""
        return {"after": self._room.cached("after", self._view)}

    def _view(self) -> dict[str, Any]:
        session, log = self._room.calibration(), self._room.log()
        now = session.standing
        return {
            "criteria": [
                {"id": name, "title": title} for name, title in criterion_titles(session).items()
            ],
            "follow_ups": by_day(now.follow_ups.values()),
            "earlier": self._earlier(),
            "suggestions": [
                dict(vars(each)) for each in suggestions(session, changes_of(self._room))
            ],
            "owners": list(
                dict.fromkeys(
                    filter(
                        None,
                        [
                            *(each["owner"] for each in now.follow_ups.values()),
                            *(said.decided_by for _, said in now.decided.values()),
                            log.head.facilitator,
                        ],
                    )
                )
            ),
            "entries": len(log.entries),
            "removed": sum(entry.content is None for entry in log.entries),
            "last": log.entries[-1].hash if log.entries else log.head_hash,
            "keep_until": log.head.keep_until.isoformat(),
            "about": {
                person: sum(
                    entry.content is not None and entry.content.get("person") == person
                    for entry in log.entries
                )
                for person in session.people
            },
            "unreached": len(changes_of(self._room).unreached),
        }

    # --- follow-ups ----------------------------------------------------------

    def follow_up(self, command: Command, given: GivenFollowUp) -> dict[str, Any]:
        """Keep what an open item waits for."""
        return self._room.enter_all(command, lambda: (self._following(command, given), []))

    def _following(self, command: Command, given: GivenFollowUp) -> list[NewEntry]:
        if again(self._room, command):
            return []
        session = self._room.calibration()
        for where, found, known in (
            ("person", given.person, session.people),
            ("criterion", given.criterion, tuple(session.profile.requirements)),
            ("skill", given.skill, (None, *session.framework.skills)),
        ):
            if found not in known:
                raise refuse(where, repr(found), f"a {where} of this session")
        said = given.model_dump(mode="json") | {
            "waits_for": one_line(given.waits_for),
            "owner": one_line(given.owner),
        }
        for where, what in (("waits_for", "what it waits for"), ("owner", "who brings it")):
            if not said[where]:
                raise refuse(what, "nothing", "a few words", "say it, so that it can be done")
        before = session.standing.follow_ups.get(given.id)
        if before is not None and before["person"] != given.person:
            raise refuse("person", repr(given.person), f"{before['person']!r}, as it was entered")
        return [(FOLLOW_UP, said)]

    def end_follow_up(self, command: Command, given: Ended) -> dict[str, Any]:
        """End a follow-up, also one of an earlier session."""
        return self._room.enter_all(command, lambda: (self._ending(command, given), []))

    def _ending(self, command: Command, given: Ended) -> list[NewEntry]:
        if again(self._room, command):
            return []
        known = self._room.calibration().standing.follow_ups.get(given.id)
        earlier = None if known else self._from_earlier(given.id)
        about = known or earlier or {}
        entries: list[NewEntry] = [(FOLLOW_UP, _plain(earlier))] if earlier is not None else []
        content = {**given.model_dump(mode="json"), "person": about["person"]}
        return [*entries, (DONE, content)]

    def take_over(self, command: Command, given: Taken) -> dict[str, Any]:
        """Carry a follow-up of an earlier session over into this one."""
        return self._room.enter_all(command, lambda: (self._taking_over(command, given), []))

    def _taking_over(self, command: Command, given: Taken) -> list[NewEntry]:
        if again(self._room, command):
            return []
        return [(FOLLOW_UP, _plain(self._from_earlier(given.id)))]

    def _from_earlier(self, code: str) -> dict[str, Any]:
        for each in self._earlier():
            if each["id"] == code:
                return each
        raise refuse("follow-up", repr(code), "one of the list", "it may be over already")

    def _earlier(self) -> list[dict[str, Any]]:
        session = self._room.calibration()
        entries = [entry for many in self._logs_elsewhere() for entry in many]
        return still_open(entries, session.people, session.standing.follow_ups)

    def _logs_elsewhere(self) -> Iterator[list[dict[str, Any]]]:
        """Give the entries of other sessions that follow-ups are made of; each read once."""
        meetings = Meetings(self._room.store)
        for head in meetings.all("calibration"):
            if head.code == self._room.head.code:
                continue
            known = self._elsewhere.get(head.code)
            if known is None or known[0] != head.seq:
                events = meetings.events(head.code)
                title = next(((e.payload or {}).get("title", "") for e in events), "")
                told = [
                    {**e.payload, "session": title}
                    for e in events
                    if e.kind == LOG and e.payload and e.payload["kind"] in {FOLLOW_UP, DONE}
                ]
                known = self._elsewhere[head.code] = head.seq, told
            yield known[1]

    # --- files ---------------------------------------------------------------

    def minutes(self, command: Command, asked: AskedFile) -> dict[str, Any]:
        """Give the minutes as a file."""
        groups = [
            (entry.content["label"], entry.content["sentence"])
            for entry in self._room.log().entries
            if entry.kind == "group_checked" and entry.content is not None
        ]
        made = minutes_report(
            self._room.calibration(),
            changes_of(self._room),
            names=asked.names,
            refused=self._refused() if asked.names else _counted(self._refused()),
            groups=groups[-1:] if released(self._room) else (),
        )
        return _given_out(made)

    def _refused(self) -> list[tuple[str, str]]:
        found: dict[str, str] = {}
        for event in self._room.events(_REFUSED):
            told = (event.payload or {}).get("problems") or []
            if told:
                words = "; ".join(f"{each['where']}: {each['found']}" for each in told)
                found[event.subject] = words
            else:
                found.pop(event.subject, None)
        return list(found.items())

    def excerpt(self, command: Command, asked: AskedExcerpt) -> dict[str, Any]:
        """Give a person's own excerpt as a file."""
        session = self._room.calibration()
        if asked.person not in session.people:
            raise refuse("person", repr(asked.person), "a person of this session")
        write = excerpt_report if asked.format == "html" else excerpt_data
        return _given_out(write(session, changes_of(self._room), asked.person, names=asked.names))

    def excerpts(self, command: Command, asked: AskedFile) -> dict[str, Any]:
        """Give everybody's excerpt, each a file of its own, in one archive."""
        session = self._room.calibration()
        made = all_excerpts(session, changes_of(self._room), names=asked.names)
        return {
            "filename": made.name,
            "base64": base64.b64encode(made.content).decode(),
            "media": "application/zip",
        }


def _counted(refused: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give why files were refused, and of how many: what files are called may name somebody."""
    found = Counter(why for _, why in refused)
    return [(f"{n} {'file' if n == 1 else 'files'}", why) for why, n in found.items()]


def _given_out(made: ReportFile) -> dict[str, Any]:
    media = "application/json" if made.name.endswith(".json") else "text/html"
    return {"filename": made.name, "data": made.content.decode(), "media": media}


def _plain(follow_up: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("id", "person", "criterion", "skill", "waits_for", "owner", "due")
    return {key: follow_up.get(key) for key in keys}
