"""All that leaves with a packet, as a text to be read before it does."""

from __future__ import annotations

from typing import Any

from skillmatrix.assessment import STATES, Action, Assessment, Evidence, OwnPlan
from skillmatrix.framework import Framework, Profile
from skillmatrix.scoring.case import case

Rows = list[tuple[str, str]]
_NOTE = {"shared": "To be shared", "panel": "For the panel too"}
_OPPORTUNITY = {True: "there is a project that can show it", False: "there is none", None: ""}


def document(profile: Profile, given: Assessment) -> list[dict[str, Any]]:
    """
    Lay out every word of an assessment that is handed over.

    Parameters
    ----------
    profile : Profile
        That it aims at.
    given : Assessment
        What goes, and nothing else: the text is made of it alone.

    Returns
    -------
    list of dict
        Chapters: ``title`` and ``entries``, each with ``title`` and ``rows`` of label and
        text. Chapters with nothing in them are left out.
    """
    framework = profile.framework
    chapters: list[tuple[str, list[tuple[str, Rows]]]] = [
        ("About", [("", _about(framework, given))]),
        ("Ratings", [("", _ratings(framework, given))]),
        ("Evidence", [(e.title, _evidence(framework, e)) for e in given.evidence]),
        ("Notes", [(_skill(framework, s), _note(n)) for s, n in given.notes.items()]),
        ("Case", _case(profile, given)),
        ("Plan", [(_skill(framework, s), _plan(own)) for s, own in given.plan.items()]),
    ]
    return [
        {"title": title, "entries": [{"title": head, "rows": rows} for head, rows in entries]}
        for title, entries in chapters
        if any(rows for _, rows in entries)
    ]


def _skill(framework: Framework, name: str) -> str:
    return framework.skills[name].title if name in framework.skills else name


def _said(rows: Rows) -> Rows:
    return [(label, text) for label, text in rows if text]


def _about(framework: Framework, given: Assessment) -> Rows:
    aim = given.aim
    profile = framework.profiles.get(aim.profile)
    asked = framework.switches
    answers = [
        f"{asked[name].question} {'Yes' if answer else 'No'}."
        for name, answer in aim.switches.items()
        if answer is not None and name in asked
    ]
    titles = {name: overlay.title for name, overlay in framework.overlays.items()}
    rows = [
        ("Name", given.person.name),
        ("Code", given.person.code),
        ("Ladder", f"{framework.title}, {given.framework}"),
        ("Role aimed at", profile.title if profile else aim.profile),
        ("Variants", ", ".join(titles.get(name, name) for name in aim.overlays)),
        *((f"Why: {titles.get(name, name)}", why) for name, why in aim.reasons.items()),
        ("Answers", " ".join(answers)),
        ("Months of absence", str(aim.absence_months) if aim.absence_months else ""),
        ("Day of the round", given.as_of.isoformat()),
    ]
    return _said(rows)


def _ratings(framework: Framework, given: Assessment) -> Rows:
    rows = []
    for name, rating in given.ratings.items():
        text = STATES[rating.state].title if rating.state in STATES else ""
        if rating.level is not None:
            text = f"{rating.level} {framework.level_name(rating.level)}"
        below = "; a lower level does not hold" if name in given.gap_below else ""
        rows.append((_skill(framework, name), text + below))
    rules = framework.evidence_rules
    return rows + [
        ("No more evidence exists for", rules[name].title if name in rules else name)
        for name in given.no_more_evidence
    ]


def _evidence(framework: Framework, item: Evidence) -> Rows:
    types, functions = framework.evidence_types, framework.functions
    function = functions.get(item.confirmed_function or "")
    who = [item.confirmed_by, function.title if function else ""]
    who += ["outside the own team"] if item.outside_team else []
    return _said(
        [
            ("When", item.date.isoformat()),
            ("Strength", item.strength),
            ("What you did", item.description),
            ("Where it is", item.artefact),
            ("Confirmed by", ", ".join(filter(None, who))),
            ("Measured", item.measure),
            ("How", item.method),
            ("Skills", ", ".join(_skill(framework, name) for name in item.skills)),
            ("Kinds", ", ".join(types[t].title if t in types else t for t in item.types)),
        ]
    )


def _note(note: Any) -> Rows:
    return [(_NOTE.get(note.visibility, note.visibility), note.text)]


def _case(profile: Profile, given: Assessment) -> list[tuple[str, Rows]]:
    titles = case_titles(profile, given)
    evidence = {item.id: item.title for item in given.evidence}
    return [
        (
            titles.get(part, part),
            _said(
                [
                    ("Paragraph", paragraph.text),
                    ("Cites", "; ".join(evidence[name] for name in paragraph.evidence)),
                ]
            ),
        )
        for part, paragraph in given.case.items()
    ]


def case_titles(profile: Profile, given: Assessment) -> dict[str, str]:
    """Give what each paragraph answers, by its id; also where the aim no longer asks it."""
    found = case(given, profile)
    return {place.id: place.title for place in (*found.other, *found.places)}


def _plan(own: OwnPlan) -> Rows:
    past = f"{own.past_weeks:g} weeks" if own.past_weeks is not None else ""
    rows = [
        ("Opportunity", _OPPORTUNITY[own.opportunity]),
        ("A step like it took", past),
        ("Which step that was", own.past_step),
        ("Highest level in time", "" if own.cap is None else str(own.cap)),
    ]
    rows += [(f"Own figures for level {effort.level}", _weeks(effort)) for effort in own.effort]
    return _said(rows + [(_when(action), action.text) for action in own.actions])


def _weeks(effort: Any) -> str:
    figures = (effort.optimistic, effort.likely, effort.pessimistic)
    return "{:g}, {:g} or {:g} weeks".format(*figures)


def _when(action: Action) -> str:
    due = f", due {action.due.isoformat()}" if action.due else ""
    done = f", done {action.done.isoformat()}" if action.done else ""
    return f"Action{due}{done}"
