"""What leaves and what stays, field by field, as the step Hand over shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from skillmatrix.assessment import Assessment, Evidence, as_data, lock
from skillmatrix.assessment.packet import Reader, text_of
from skillmatrix.assessment.share import NOTES, Held, counts, share, silent, unknown_keys
from skillmatrix.framework import Framework
from skillmatrix.pages.assessment_view import chosen_profile
from skillmatrix.pages.leaves import case_titles, document
from skillmatrix.pages.session import now
from skillmatrix.scoring import Standings, Verdict, shown_levels
from skillmatrix.scoring.headline import LABELS
from skillmatrix.scoring.withheld import Effect, effect, withheld

Part = Literal["reasons", "notes", "evidence", "case", "plan"]

WHO: dict[Reader, str] = {"mentor": "your mentor or manager", "calibration": "the session"}
_PLACES = {"READY": "ready", "NOT YET": "not yet", "OPEN": "not settled yet"}


def hand_over_view(
    framework: Framework,
    assessment: Assessment,
    reader: Reader,
    held: Held,
    everything: Assessment,
) -> dict[str, Any]:
    """
    Give the manifest of a packet before it is made.

    Parameters
    ----------
    framework : Framework
    assessment : Assessment
        A draft, or a locked round.
    reader : {"mentor", "calibration"}
    held : Held
        What is held back.
    everything : Assessment
        All the workspace holds of the round, the record included.

    Returns
    -------
    dict
        ``parts``: every kind of content with its items and why they go or stay; ``document``:
        all that leaves, to be read; ``file``: the same as it stands in the file; ``levels``:
        claimed, shown, confirmed; ``locking``: what the lock itself changes in the result.
    """
    going = share(assessment, reader, held)
    given = _closed(going, assessment)
    found = Verdict(given, chosen_profile(framework, given))
    draft = Verdict(assessment, chosen_profile(framework, assessment))
    costs = _Costs(framework, assessment, reader, held, found)
    manifest = _Manifest(framework, assessment, reader, held, costs)
    return {
        "audience": reader,
        "parts": manifest.parts(everything),
        "document": document(found.profile, given),
        "file": text_of(as_data(given)),
        "levels": levels(found.standings, draft.standings),
        "verdict": {"word": found.overall, "label": LABELS[found.label]},
        "locking": [] if assessment.status == "locked" else sentences(effect(draft, found)),
    }


def _closed(going: Assessment, assessment: Assessment) -> Assessment:
    return lock(going, assessment.locked_at or now())


def levels(given: Standings, own: Standings) -> list[dict[str, Any]]:
    """Give claimed, shown and confirmed of each skill, as given and where it differs here."""
    here = shown_levels(own)
    rows = []
    for skill, entry in shown_levels(given).items():
        mine = here[skill]
        rows.append(
            {
                "skill": skill,
                "title": given.framework.skills[skill].title,
                "area": given.framework.skills[skill].area,
                "state": entry.state,
                **{
                    name: _value(getattr(entry, name)) for name in ("claimed", "shown", "confirmed")
                },
                "items": entry.items,
                "vouched": entry.vouched,
                "own": None
                if (mine.shown, mine.confirmed) == (entry.shown, entry.confirmed)
                else {"shown": _value(mine.shown), "confirmed": _value(mine.confirmed)},
            }
        )
    return rows


def _value(level: object) -> int | None:
    return getattr(level, "value", None)


def sentences(found: Effect) -> list[str]:
    """Say what an effect is, the result first."""
    said = []
    if found.overall:
        before, after = (_PLACES[word] for word in found.overall)
        said.append(f"The result turns from {before} to {after}.")
    said += [
        f"{turned.code or turned.title} turns from {turned.before.lower()} to "
        f"{turned.after.lower()}."
        for turned in found.criteria
    ]
    return said


class _Costs:
    """What holding back each item costs, by the verdict the reader would see."""

    def __init__(
        self,
        framework: Framework,
        assessment: Assessment,
        reader: Reader,
        held: Held,
        found: Verdict,
    ) -> None:
        self._framework, self._found = framework, found
        self._assessment, self._reader, self._held = assessment, reader, held
        self._person = assessment.person.code
        whole = share(assessment, reader, replace(held, evidence=frozenset()))
        going = {item.id for item in found.assessment.evidence}
        back = [item for item in whole.evidence if item.id not in going]
        self._evidence = withheld(found.assessment, found.profile, back)

    def _with(self, part: Part, name: str) -> Assessment:
        """Give what would go if one thing less were held back."""
        held = replace(self._held, **{part: getattr(self._held, part) - {name}})
        return _closed(share(self._assessment, self._reader, held), self._assessment)

    def _without(self, part: Part, name: str) -> Assessment:
        held = replace(self._held, **{part: getattr(self._held, part) | {name}})
        return _closed(share(self._assessment, self._reader, held), self._assessment)

    def of_evidence(self, name: str) -> list[str]:
        """Say what holding back an item of evidence costs."""
        return self._said(self._evidence[silent(name, self._person)])

    def of_reason(self, name: str) -> list[str]:
        """Say what holding back a reason costs: a condition without one lowers nothing."""
        both = [
            Verdict(given, chosen_profile(self._framework, given))
            for given in (self._with("reasons", name), self._without("reasons", name))
        ]
        return self._said(effect(*both))

    def _said(self, found: Effect) -> list[str]:
        skills = self._framework.skills
        lines = [
            f"{skills[less.skill].title} is shown as {less.after}, not {less.before}."
            for less in found.levels
        ]
        return lines + sentences(found)


class _Manifest:
    """Every kind of content, its items, and whether and why they go."""

    def __init__(
        self,
        framework: Framework,
        assessment: Assessment,
        reader: Reader,
        held: Held,
        costs: _Costs,
    ) -> None:
        self._framework, self._assessment = framework, assessment
        self._reader, self._held, self._costs = reader, held, costs
        self._profile = chosen_profile(framework, assessment)

    def parts(self, everything: Assessment) -> list[dict[str, Any]]:
        """Give all of it, what decides first."""
        return [
            self._person(),
            self._aim(),
            self._reasons(),
            self._ratings(),
            self._evidence(),
            self._notes(),
            self._case(),
            self._plan(),
            _part("record", "The record", _STAYS["record"], count=counts(everything)["record"]),
            _part(
                "other",
                "What an imported file held besides",
                _STAYS["other"],
                count=unknown_keys(everything),
            ),
            _part("times", "When you typed what, and what you took back", _STAYS["times"]),
        ]

    def _person(self) -> dict[str, Any]:
        person, named = self._assessment.person, self._reader == "mentor"
        item = _item("name", person.name, goes=named and not self._held.name, may=named)
        why = "A session reads codes: the name stays in your key file." if not named else ""
        items = [item] if person.name else []
        items.append(_item("code", f"Code {person.code}", goes=True, may=False))
        return _part("name", "Who you are", why, items=items)

    def _aim(self) -> dict[str, Any]:
        aim = self._assessment.aim
        profile = self._framework.profiles.get(aim.profile)
        chosen = [self._framework.overlays[o].title for o in aim.overlays]
        answered = [s for s, answer in aim.switches.items() if answer is not None]
        words = [profile.title if profile else aim.profile, *chosen]
        words.append(f"{len(answered)} questions answered") if answered else None
        items = [_item("aim", "; ".join(words), goes=True, may=False)]
        return _part("aim", "What you aim at", _GOES["aim"], items=items)

    def _reasons(self) -> dict[str, Any]:
        items = [
            _item(
                name,
                self._framework.overlays[name].title,
                text=why,
                goes=name not in self._held.reasons,
                cost=self._costs.of_reason(name),
            )
            for name, why in self._assessment.aim.reasons.items()
        ]
        return _part("reasons", "Why a condition holds for you", items=items)

    def _ratings(self) -> dict[str, Any]:
        said = self._assessment.ratings.values()
        rated = sum(rating.level is not None for rating in said)
        words = counts(self._assessment)["ratings"] - rated
        text = f"{rated} of {len(self._framework.skills)} skills rated"
        text += f", {words} answered with a word" if words else ""
        items = [_item("ratings", text, goes=True, may=False)]
        return _part("ratings", "Your ratings", _GOES["ratings"], items=items)

    def _evidence(self) -> dict[str, Any]:
        items = [
            _item(
                item.id,
                item.title,
                text=item.description,
                detail=f"{item.strength}, {item.date.day} {item.date:%B %Y}",
                goes=item.id not in self._held.evidence,
                cost=self._costs.of_evidence(item.id),
                warns=self._named(item),
            )
            for item in self._assessment.evidence
        ]
        return _part("evidence", "Evidence", _GOES["evidence"], items=items)

    def _named(self, item: Evidence) -> str:
        """Warn where the name would cross although only the code is meant to."""
        name = self._assessment.person.name.strip().casefold()
        if not name or not (self._reader == "calibration" or self._held.name):
            return ""
        said = " ".join([item.title, item.description, item.artefact, item.measure, item.method])
        words = set(said.casefold().replace(",", " ").replace(".", " ").split())
        return "Your name stands in it." if words & set(name.split()) else ""

    def _notes(self) -> dict[str, Any]:
        allowed = NOTES[self._reader]
        items = []
        for skill, note in self._assessment.notes.items():
            may = note.visibility in allowed
            items.append(
                _item(
                    skill,
                    self._framework.skills[skill].title,
                    text=note.text,
                    detail=_SEEN[note.visibility],
                    goes=may and skill not in self._held.notes,
                    may=may,
                    stays="" if may else _STAYS[note.visibility],
                    private=note.visibility == "private",
                )
            )
        return _part("notes", "Notes", items=items)

    def _case(self) -> dict[str, Any]:
        titles = case_titles(self._profile, self._assessment)
        items = [
            _item(
                part,
                titles.get(part, part),
                text=paragraph.text,
                goes=part not in self._held.case,
            )
            for part, paragraph in self._assessment.case.items()
        ]
        return _part("case", "Your case", items=items)

    def _plan(self) -> dict[str, Any]:
        may = self._reader == "mentor"
        items = [
            _item(
                skill,
                self._framework.skills[skill].title,
                text="\n".join(action.text for action in own.actions),
                goes=may and skill not in self._held.plan,
                may=may,
            )
            for skill, own in self._assessment.plan.items()
        ]
        why = "" if may else "A session is about where you stand, not about what you plan."
        return _part("plan", "Your plan", why, items=items)


_GOES = {
    "aim": "Without it the levels cannot be judged.",
    "ratings": "All of them, or none: levels chosen one by one would mislead. "
    "“Prefer not to say” goes as just that.",
    "evidence": "Each item may stay. What that costs stands beside it.",
}
_STAYS = {
    "record": "It never leaves: evidence made of it does, where you hand that over.",
    "other": "This workbook does not know what it means, so it never leaves.",
    "times": "It never leaves. Of times, the packet holds the day of the round, its lock and "
    "its making, and the dates in your evidence and actions.",
    "private": "Private: it stays unless you share it.",
    "shared": "For your mentor or manager, not for a session.",
}
_SEEN = {"private": "only you", "shared": "you and your mentor", "panel": "also the panel"}


def _part(
    name: str,
    title: str,
    why: str = "",
    *,
    items: Iterable[dict[str, Any]] = (),
    count: int | None = None,
) -> dict[str, Any]:
    items = list(items)
    return {
        "id": name,
        "title": title,
        "why": why,
        "items": items,
        "total": len(items) if count is None else count,
        "goes": sum(item["goes"] for item in items),
    }


def _item(
    name: str,
    title: str,
    *,
    text: str = "",
    detail: str = "",
    goes: bool,
    may: bool = True,
    stays: str = "",
    private: bool = False,
    cost: list[str] | None = None,
    warns: str = "",
) -> dict[str, Any]:
    return {
        "id": name,
        "title": title,
        "text": text,
        "detail": detail,
        "goes": goes,
        "may": may,
        "stays": stays,
        "private": private,
        "cost": cost or [],
        "warns": warns,
    }
