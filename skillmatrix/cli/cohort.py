"""An invented calibration session as files, with everything known that is never known.

`session` gives the text of each file by its name; ``session_files`` of
``tests/calibration/conftest.py`` writes them to a folder.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from skillmatrix import settings
from skillmatrix.cli.cohort_draw import EACH, Member, Truth, new_code, practised, truth
from skillmatrix.errors import SkillMatrixError, UsageError

if TYPE_CHECKING:
    from skillmatrix.assessment import Assessment
    from skillmatrix.framework import Framework

#: Folders of a session: what is there in time, what something is wrong with, practice profiles
#: as everybody rated them, and what is true.
IN_TIME, LATE, KNOWN = "session", "session-late", "session-known"
PRACTICE = "session-practice"
#: Numbers of the people, from 0, whose files something is wrong with.
_LATE, _TWICE, _TWO_ROUNDS, _DRAFT, _DAMAGED, _MENTOR, _COPY = (2, 7), 5, 9, 11, 0, 3, 0
PEOPLE, RATERS, MOST_RATERS = 12, 5, 12
_SAW, _LOST, _CHANGED = 3, 0.6, 3


def session(
    framework: Framework, seed: int = 1, people: int = PEOPLE, raters: int = RATERS
) -> dict[str, str]:
    """
    Invent a calibration session.

    Parameters
    ----------
    framework : Framework
    seed : int
        The same seed gives the same text.
    people, raters : int
        Three of the raters rate each person.

    Returns
    -------
    dict of str to str
        Text by file name. ``session/`` holds a packet of each person and the locked files of
        raters; ``session-late/`` what is late, doubled, unlocked or broken;
        ``session-practice/`` the practice profiles of the ladder, rated by everybody;
        ``session-known/`` the truth: ``known.json`` and ``README.txt``.

    Raises
    ------
    UsageError
        If there are too few or too many people or raters.
    """
    from skillmatrix.cli.cohort_texts import known, readme

    texts = read_texts()
    for what, found, least, most in (
        ("people", people, EACH, len(texts["people"])),
        ("raters", raters, EACH, min(MOST_RATERS, max(people, EACH))),
    ):
        if not least <= found <= most:
            msg = f"{found} {what}; a session can be invented with {least} to {most}"
            raise UsageError(msg)
    draw = Random(f"raters {seed}")
    drawn = truth(framework, texts, draw, (people, raters))
    made = _Files(drawn, texts, draw)
    files, odd = made.files(), made.odd
    said = known(drawn, texts, seed, odd)
    files[f"{KNOWN}/known.json"] = json.dumps(said, indent=2, ensure_ascii=False) + "\n"
    files[f"{KNOWN}/README.txt"] = readme(drawn, texts, odd)
    return files


def read_texts() -> dict[str, Any]:
    """Read what an invented session is made of."""
    import yaml

    path = settings.data_dir() / "examples" / "session.yaml"
    try:
        found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        msg = f"the examples are not complete: {path} cannot be read ({error.strerror})"
        raise SkillMatrixError(msg) from error
    return found


@dataclass(frozen=True)
class Odd:
    """A file that something is wrong with.

    Parameters
    ----------
    name, kind : str
        Its name, and the key of ``odd`` in the texts.
    person, rater : str
        Codes; the rater is ``self`` for an own view.
    """

    name: str
    kind: str
    person: str
    rater: str


class _Files:
    """Writes the files of a session.

    Parameters
    ----------
    drawn : Truth
    texts : dict
    draw : random.Random
    """

    def __init__(self, drawn: Truth, texts: dict[str, Any], draw: Random) -> None:
        self.truth, self.texts, self.draw = drawn, texts, draw
        self.odd: list[Odd] = []
        self.locked = dt.datetime.fromisoformat(str(texts["locked"]))
        self.later = self.locked + dt.timedelta(days=1)

    def files(self) -> dict[str, str]:
        """Give the text of each file, by name."""
        members = self.truth.members
        views = {m.code: self._own(m) for m in members}
        rated = {(m.code, r): self._rated(m, r) for m in members for r in m.raters}
        late = {(m.code, m.raters[-1]) for m in (members[n % len(members)] for n in _LATE)}
        files = {self._packet_name(m): self._packet(views[m.code]) for m in members}
        for (person, rater), view in rated.items():
            name = f"{person}.{rater}.assessment.json"
            if (person, rater) in late:
                self._add(files, Odd(name, "late", person, rater), _locked(view, self.later))
            else:
                files[f"{IN_TIME}/{name}"] = _locked(view, self.locked)
        self._doubled(files, views, rated)
        self._refused(files, views, rated)
        self._practised(files)
        return files

    def _practised(self, files: dict[str, str]) -> None:
        """Let everybody rate the practice profiles: the reference, severity and chance."""
        for code, profile in self.truth.framework.practice_profiles.items():
            for rater, (kind, severity) in self.truth.raters.items():
                ratings = practised(self.truth.framework, profile, severity, self.draw)
                who = {"kind": kind, "code": rater}
                content = {**self._base(code, ""), "rater": who, "ratings": ratings}
                name = f"{PRACTICE}/{code}.{rater}.assessment.json"
                files[name] = _locked(self._made(content), self.locked)

    def _doubled(
        self,
        files: dict[str, str],
        views: dict[str, Assessment],
        rated: dict[tuple[str, str], Assessment],
    ) -> None:
        member = self._member(_TWICE)
        rater = member.raters[0]
        view = rated[member.code, rater]
        again = _again(view, ratings=self._changed(view))
        name = f"{member.code}.{rater}.again.assessment.json"
        self._add(files, Odd(name, "duplicate", member.code, rater), _locked(again, self.later))

        member = self._member(_TWO_ROUNDS)
        view = views[member.code]
        profiles = [p for p in self.truth.framework.profiles if p != view.aim.profile]
        other = _again(
            view,
            aim={**view.aim.model_dump(), "profile": (profiles or ["none"])[-1]},
            ratings=self._changed(view),
        )
        name = f"{member.code}.second.calibration.packet.json"
        if profiles:
            odd = Odd(name, "two-rounds", member.code, "self")
            self._add(files, odd, self._packet(other, later=True))

        member = self._member(_COPY)
        rater = member.raters[0]
        name = f"{member.code}.{rater}.copy.assessment.json"
        text = _locked(rated[member.code, rater], self.locked)
        self._add(files, Odd(name, "copy", member.code, rater), text)

    def _changed(self, view: Assessment) -> dict[str, int | str]:
        """Give the ratings of a second thought: some levels moved by one."""
        levels = [level.value for level in self.truth.framework.levels]
        found = {skill: rating.value for skill, rating in view.ratings.items()}
        rated = [skill for skill, value in found.items() if value in levels]
        for skill in self.draw.sample(rated, min(_CHANGED, len(rated))):
            at = levels.index(int(found[skill]))
            found[skill] = levels[at - 1 if at else 1]
        return found

    def _refused(
        self,
        files: dict[str, str],
        views: dict[str, Assessment],
        rated: dict[tuple[str, str], Assessment],
    ) -> None:
        member = self._member(_DRAFT)
        rater, stranger = member.raters[0], new_code(self.draw, "r")
        view = _again(rated[member.code, rater], rater={"kind": "peer", "code": stranger})
        name = f"{member.code}.{stranger}.assessment.json"
        self._add(files, Odd(name, "draft", member.code, stranger), _text(view))
        member = self._member(_DAMAGED)
        text = self._packet(views[member.code])
        name = f"{member.code}.cut-off.calibration.packet.json"
        self._add(files, Odd(name, "damaged", member.code, "self"), text[: int(len(text) * _LOST)])
        member = self._member(_MENTOR)
        text = self._packet(views[member.code], audience="mentor")
        self._add(
            files, Odd(f"{member.code}.mentor.packet.json", "mentor", member.code, "self"), text
        )

    def _add(self, files: dict[str, str], odd: Odd, text: str) -> None:
        self.odd.append(odd)
        files[f"{LATE}/{odd.name}"] = text

    def _member(self, number: int) -> Member:
        return self.truth.members[number % len(self.truth.members)]

    def _packet_name(self, member: Member) -> str:
        return f"{IN_TIME}/{member.code}.calibration.packet.json"

    def _packet(
        self, view: Assessment, audience: Any = "calibration", *, later: bool = False
    ) -> str:
        from skillmatrix.assessment.packet import make_packet, packet_text

        return packet_text(make_packet(view, audience, self.later if later else self.locked))

    def _base(self, code: str, name: str) -> dict[str, Any]:
        from skillmatrix.assessment.model import FORMAT, FORMAT_VERSION

        switches = self.texts["switches"]
        known = {s: v for s, v in switches.items() if s in self.truth.framework.switches}
        return {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "invented": self.texts["notice"],
            "framework": self.truth.framework.key,
            "person": {"code": code, "name": name},
            "aim": {"profile": self.truth.profile.id, "switches": known},
            "as_of": str(self.texts["as_of"]),
        }

    def _own(self, member: Member) -> Assessment:
        without = member.story.get("without", [])
        shown = [item for item in self._evidence(member) if not {*item["types"]} & {*without}]
        return self._made(
            {
                **self._base(member.code, member.name),
                "rater": {"kind": "self"},
                "ratings": member.own,
                "evidence": shown,
                "case": {"opening": {"text": self.texts["notice"]}},
            }
        )

    def _rated(self, member: Member, rater: str) -> Assessment:
        saw = self.draw.sample(self._evidence(member), _SAW)
        notes = {
            cell.skill: {"text": cell.notes[rater], "visibility": "panel"}
            for cell in self.truth.planted
            if cell.person == member.code
        }
        return self._made(
            {
                **self._base(member.code, member.name),
                "rater": {"kind": self.truth.raters[rater][0], "code": rater},
                "ratings": self.truth.levels[member.code, rater],
                "evidence": sorted(saw, key=lambda item: str(item["id"])),
                "notes": notes,
            }
        )

    def _made(self, content: dict[str, Any]) -> Assessment:
        from skillmatrix.assessment import assessment_from

        return assessment_from(content, "an example", self.truth.framework)

    def _evidence(self, member: Member) -> list[dict[str, Any]]:
        """Give what a person shows; on another ladder, on its own skills and of no type."""
        ladder, number = self.truth.framework, self.truth.members.index(member)
        ally, friend = (
            many[number % len(many)] for many in (self.texts["allies"], self.texts["friends"])
        )
        words = {"work": member.work, "slug": member.code, "ally": ally, "friend": friend}
        skills = list(ladder.skills)
        found = []
        for place, told in enumerate(self.texts["evidence"]):
            item = {k: v.format(**words) if isinstance(v, str) else v for k, v in told.items()}
            item["date"] = str(item["date"])
            item["skills"] = [s for s in item["skills"] if s in ladder.skills] or [
                skills[place % len(skills)]
            ]
            item["types"] = [t for t in item["types"] if t in ladder.evidence_types]
            if item.get("confirmed_function") not in ladder.functions:
                item.pop("confirmed_function", None)
            found.append(item)
        return found


def _again(view: Assessment, **changes: Any) -> Assessment:
    from skillmatrix.assessment import Assessment

    return Assessment.model_validate({**dict(view), **changes})


def _locked(view: Assessment, at: dt.datetime) -> str:
    from skillmatrix.assessment import lock

    return _text(lock(view, at))


def _text(view: Assessment) -> str:
    from skillmatrix.assessment import as_data

    return json.dumps(as_data(view), indent=2, ensure_ascii=False) + "\n"
