"""The truth behind an invented session: people, severities, and where raters are far apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING, Any

from skillmatrix.cli.invented import aimed

if TYPE_CHECKING:
    from skillmatrix.framework import Framework, Profile
    from skillmatrix.framework.practice_profiles import PracticeProfile

#: Raters of each person, and how many steps after the first they stand in the row of raters.
EACH, _STEPS = 3, (0, 1, 3)
#: How far from the ends of the scale people truly stand, in its steps, so that severity is not cut
#: off, and how wide they spread.
_END, _WIDTH = 0.9, 2.4
_NOISE, _UNSEEN, _SELF_HIGHER = 0.3, 0.06, 0.3
#: Steps that raters are apart at most where nothing is planted.
_APART = 2
#: Every so many people, one whose raters read the wording alike.
_SPARED = 12
_LIKELY = {"READY": 0.2, "OPEN": 0.0, "NOT YET": -0.3}


@dataclass(frozen=True)
class Member:
    """One person who is rated.

    Parameters
    ----------
    code, name, work : str
    story : dict
        How the own view comes out: ``expect``, and what is taken from it.
    raters : tuple of str
        Codes of those who rate this person.
    own : dict of str to int or str
        The own ratings, by skill.
    """

    code: str
    name: str
    work: str
    story: dict[str, Any]
    raters: tuple[str, ...]
    own: dict[str, int | str]

    @property
    def expected(self) -> str:
        """The verdict on the own view, on a ladder whose evidence is known."""
        return str(self.story["expect"])


@dataclass(frozen=True)
class Planted:
    """One skill of one person where the raters are far apart, and why.

    Parameters
    ----------
    person, skill, why : str
    levels : dict of str to int
        By rater.
    notes : dict of str to str
        What each rater says of it, by rater.
    """

    person: str
    skill: str
    why: str
    levels: dict[str, int]
    notes: dict[str, str]


@dataclass(frozen=True)
class Truth:
    """What is known of a session, as nobody ever knows of a real one.

    Parameters
    ----------
    framework : Framework
    profile : Profile
        The role that everybody aims at.
    members : tuple of Member
    raters : dict of str to tuple
        Kind and severity, by code.
    levels : dict
        By person and rater: skill to level or word.
    planted : tuple of Planted
    boundary : tuple of (str, int)
        Skill and level whose wording splits raters.
    split : tuple of str
        People whose raters stand on both sides of it.
    """

    framework: Framework
    profile: Profile
    members: tuple[Member, ...]
    raters: dict[str, tuple[str, float]]
    levels: dict[tuple[str, str], dict[str, int | str]]
    planted: tuple[Planted, ...]
    boundary: tuple[str, int]
    split: tuple[str, ...]

    @property
    def gates(self) -> frozenset[str]:
        """Skills that are a gate or a floor of the role."""
        return frozenset(skill for skill, _, _ in self.profile.gates)


def new_code(draw: Random, kind: str) -> str:
    """Draw a code that says nothing about its owner."""
    return f"{kind}-{draw.randrange(16**8):08x}"


def truth(
    framework: Framework, texts: dict[str, Any], draw: Random, size: tuple[int, int]
) -> Truth:
    """
    Draw a session.

    Parameters
    ----------
    framework : Framework
    texts : dict
        Of ``session.yaml``.
    draw : random.Random
    size : tuple of int
        People and raters.
    """
    people, raters = size
    profile = aimed(framework)
    codes = {
        new_code(draw, "r"): (kind, severity)
        for kind, severity in zip(
            cycle(texts["kinds"]), _severities(texts["severity_pairs"], raters), strict=False
        )
    }
    rows = list(codes)
    bars = _Bars(framework, profile)
    members = []
    for number, told in enumerate(texts["people"][:people]):
        story = texts["stories"][number % len(texts["stories"])]
        steps = _STEPS if raters > EACH else range(EACH)
        chosen = tuple(rows[(number + step) % raters] for step in steps)
        own = bars.own(story, draw)
        code = new_code(draw, "p")
        members.append(Member(code, told["name"], told["work"], story, chosen, own))
    levels: dict[tuple[str, str], dict[str, int | str]] = {
        (m.code, r): {} for m in members for r in m.raters
    }
    for member in members:
        level = _LIKELY[member.expected] + draw.uniform(-0.3, 0.3)
        for skill in framework.skills:
            truly = bars.truly(skill, level, draw)
            given = bars.seen(truly, [codes[r][1] for r in member.raters], draw)
            for rater, value in zip(member.raters, given, strict=True):
                levels[member.code, rater][skill] = value
    boundary = bars.boundary(texts["boundary"])
    severities = {code: severity for code, (_, severity) in codes.items()}
    split = _split(members, levels, boundary, bars, severities=severities, draw=draw)
    planted = _planted(texts, members, bars)
    for cell in planted:
        for rater, value in cell.levels.items():
            levels[cell.person, rater][cell.skill] = value
    return Truth(framework, profile, tuple(members), codes, levels, planted, boundary, split)


def practised(
    framework: Framework, profile: PracticeProfile, severity: float, draw: Random
) -> dict[str, int | str]:
    """Rate a practice profile as a rater of known severity would."""
    values = [level.value for level in framework.levels]
    found: dict[str, int | str] = {}
    for skill, case in profile.cases.items():
        if case.reference is None:
            found[skill] = case.reference_word or "NOT_OBSERVED"
            continue
        place = round(values.index(case.reference.value) + severity + draw.gauss(0, _NOISE))
        found[skill] = values[min(max(place, 0), len(values) - 1)]
    return found


def _severities(pairs: list[float], raters: int) -> list[float]:
    found = [sign * size for size in pairs[: raters // 2] for sign in (1, -1)]
    return found + [0.0] * (raters % 2)


class _Bars:
    """What a role asks for, as places on the scale.

    Parameters
    ----------
    framework : Framework
    profile : Profile
    """

    def __init__(self, framework: Framework, profile: Profile) -> None:
        self.values = [level.value for level in framework.levels]
        self.at = {s: self.values.index(profile.target(s).value) for s in framework.skills}
        gates = {skill for skill, _, _ in profile.gates}
        asked = {skill for skill, _, kind in profile.gates if kind == "gate"}
        self.gates = [skill for skill in framework.skills if skill in gates] or list(self.at)
        self.asked = [skill for skill in framework.skills if skill in asked] or self.gates

    def value(self, place: float) -> int:
        """Give the level at a place; one beyond the scale is its end."""
        return self.values[min(max(round(place), 0), len(self.values) - 1)]

    def truly(self, skill: str, level: float, draw: Random) -> float:
        """Say where somebody stands: around the bar, and within the ends."""
        top = len(self.values) - 1 - _END
        width = max(min(_WIDTH, top - _END), 0.0)
        low = max(min(self.at[skill] + level - width / 2, top - width), _END)
        return draw.uniform(low, low + width)

    def seen(self, truly: float, severities: list[float], draw: Random) -> list[int | str]:
        """Rate one skill of one person: truth, severity and chance; now and then unseen."""
        while True:
            given = [self.value(truly + each + draw.gauss(0, _NOISE)) for each in severities]
            places = [self.values.index(value) for value in given]
            if max(places) - min(places) <= _APART:
                return ["NOT_OBSERVED" if draw.random() < _UNSEEN else value for value in given]

    def own(self, story: dict[str, Any], draw: Random) -> dict[str, int | str]:
        """Rate oneself: the bar or above, but for what the story takes away."""
        found: dict[str, int | str] = {
            skill: self.value(at + (draw.random() < _SELF_HIGHER)) for skill, at in self.at.items()
        }
        for skill in draw.sample(self.asked, min(1, len(self.asked))):
            if "lower" in story:
                found[skill] = self.value(self.at[skill] - story["lower"])
            if "unrated" in story:
                found[skill] = "DECLINED"
        return found

    def boundary(self, told: dict[str, Any]) -> tuple[str, int]:
        """Choose the level whose wording splits raters."""
        if told["skill"] in self.at and told["level"] in self.values[1:]:
            return told["skill"], told["level"]
        skill = self.asked[-1]
        return skill, self.values[max(self.at[skill], 1)]


def _split(
    members: list[Member],
    levels: dict[tuple[str, str], dict[str, int | str]],
    boundary: tuple[str, int],
    bars: _Bars,
    *,
    severities: dict[str, float],
    draw: Random,
) -> tuple[str, ...]:
    """Set the raters of most people on both sides of a boundary."""
    skill, level = boundary
    below = bars.values[bars.values.index(level) - 1]
    found = []
    for number, member in enumerate(members):
        if number % _SPARED == 0:
            continue
        by_view = sorted(member.raters, key=lambda r: draw.gauss(severities[r], _NOISE))
        lower = draw.randrange(1, EACH)
        for place, rater in enumerate(by_view):
            levels[member.code, rater][skill] = below if place < lower else level
        found.append(member.code)
    return tuple(found)


def _planted(texts: dict[str, Any], members: list[Member], bars: _Bars) -> tuple[Planted, ...]:
    found: dict[tuple[str, str], Planted] = {}
    for number, told in enumerate(texts["planted"]):
        member = members[told["person"] % len(members)]
        skill, why, notes = told["skill"], told["why"], told["notes"]
        if skill not in bars.at:
            skill = bars.gates[number % len(bars.gates)]
            why, notes = texts["elsewhere"]["why"], [texts["elsewhere"]["note"]] * EACH
        levels = dict(zip(member.raters, map(bars.value, told["levels"]), strict=True))
        said = dict(zip(member.raters, notes, strict=True))
        found.setdefault((member.code, skill), Planted(member.code, skill, why, levels, said))
    return tuple(found.values())
