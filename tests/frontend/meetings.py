"""States of a mentor session, as the real kernel gives them, for the kernel of straw."""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
from typing import Any

from skillmatrix.assessment import Assessment
from skillmatrix.assessment.packet import make_packet, packet_data
from skillmatrix.framework import Framework
from skillmatrix.pages.framework_view import framework_view
from skillmatrix.pages.mentor_session import MentorSession

AT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
OWN = {"mlops": 4, "validation": 3, "python": 4, "core-ml": 4, "ab-testing": 4, "execution": 2}
OTHER = {"mlops": 3, "validation": "NOT_OBSERVED", "python": 4, "core-ml": 4, "execution": 4}


def _packet(framework: Framework, name: str, code: str) -> str:
    evidence = {
        "id": "e1",
        "title": f"{name} SHOWN-PIPELINE",
        "date": "2026-05-01",
        "strength": "E2",
        "description": "Built it",
        "artefact": "repo-1",
        "skills": ["mlops"],
    }
    made = Assessment.model_validate(
        {
            "framework": framework.key,
            "person": {"code": code, "name": name},
            "rater": {"kind": "self"},
            "aim": {"profile": "senior"},
            "as_of": "2026-11-20",
            "ratings": OWN,
            "evidence": [evidence],
            "notes": {"mlops": {"text": "SHOWN-NOTE", "visibility": "shared"}},
        }
    )
    return json.dumps(packet_data(make_packet(made, "mentor", AT)))


def states(framework: Framework, name: str = "Ana") -> dict[str, dict[str, Any]]:
    """Play a session through and give its state at every turn."""
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        before = os.environ.get("SKILLMATRIX_WORKSPACE")
        os.environ["SKILLMATRIX_WORKSPACE"] = folder
        page, number = MentorSession(), 0

        def ask(command: str, **args: Any) -> dict[str, Any]:
            nonlocal number
            number += 1
            answers: list[dict[str, Any]] = []
            told = {"kind": "command", "id": f"m{number}", "name": command, "args": args}
            page.answer({**told, "base": page.seq}, answers.append)
            return answers[0]["state"]

        found["empty"] = ask("hello")
        file = {"name": "a.packet.json", "text": _packet(framework, name, "p-ana")}
        found["rate"] = ask("open_files", files=[file], mentor="Lee")
        for skill, value in OTHER.items():
            state = ask("rate", skill=skill, value=value)
        found["predict"] = ask("lock_own", seq=state["seq"])
        ask("enter", kind="predicted", content={"levels": {"mlops": {"level": 3}}})
        found["talk"] = ask("enter", kind="revealed")
        action = {"id": "a1", "text": "Lead a review", "owner": "self", "due": "2026-01-15"}
        ask("enter", kind="action", content=action)
        found["people"] = ask("people")
        page.store.close()
        if before is None:
            del os.environ["SKILLMATRIX_WORKSPACE"]
        else:
            os.environ["SKILLMATRIX_WORKSPACE"] = before
    whole = {"record": {"answers": {}, "readings": {}, "counts": {}}, "own_plan": {}, "case": {}}
    parts = {**whole, "notes": {}, "evidence": []}
    # A page of the harness has no address of its own to go to.
    nav = [{**entry, "href": f"#{entry['page']}"} for entry in found["empty"]["nav"]]
    return {turn: {**parts, **state, "nav": nav} for turn, state in found.items()}


def meetings(framework: Framework, hostile: str) -> dict[str, dict[str, Any]]:
    """Give the pages of the harness, by name."""
    base = {"page": "mentor_session", "framework": framework_view(framework), "events": []}
    plain = {**base, "states": states(framework)}
    told = plain["states"]
    waiting = [{**each, "over": False} for each in told["people"]["actions"]]
    before = {"started_at": AT.isoformat(), "agreed": 2, "actions": waiting}
    again = {
        turn: {
            **told[turn],
            "mentor": {**told[turn]["mentor"], "waiting": waiting, "earlier": [before]},
        }
        for turn in ("rate", "predict", "talk")
    }
    return {
        "mentor_again": {**base, "states": again, "start": "rate"},
        "mentor_again_talk": {**base, "states": again, "start": "talk"},
        "mentor_empty": {**plain, "start": "empty"},
        "mentor_people": {**plain, "start": "people"},
        "mentor_rate": {**plain, "start": "rate"},
        "mentor_talk": {**plain, "start": "talk"},
        "mentor_hostile": {**base, "states": states(framework, hostile[:150]), "start": "talk"},
    }
