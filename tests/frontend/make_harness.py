"""Write self-contained pages with a kernel of straw, to look at and to test the browser side.

``python tests/frontend/make_harness.py OUT`` writes ``OUT/harness_<case>.html``; open them in any
browser. ``?delay=800``, ``?silent`` and ``?gone`` make the kernel slow, silent or gone.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import yaml

from skillmatrix.assessment import Assessment, as_data
from skillmatrix.assessment.packet import Reader
from skillmatrix.assessment.share import NOTHING
from skillmatrix.exchange import Choices, preview
from skillmatrix.framework import Framework, load_framework
from skillmatrix.pages.case_view import case_view
from skillmatrix.pages.change_view import compared as compared_view
from skillmatrix.pages.commands import Beside
from skillmatrix.pages.framework_view import framework_view
from skillmatrix.pages.hand_over_view import hand_over_view
from skillmatrix.pages.home_import import preview_view
from skillmatrix.pages.plan_view import plan_view
from skillmatrix.pages.stress_view import stress_view
from skillmatrix.pages.targets_view import targets_view
from skillmatrix.reports.versions import PURPOSES, VERSIONS
from skillmatrix.scoring import change
from skillmatrix.widgets.assets import SCRIPTS, STATIC, STYLES

if __package__:
    from tests.frontend.meetings import meetings
else:
    from meetings import meetings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DATA = ROOT / "data" / "frameworks" / "ml-specialist"

CRITERIA = (
    "ships-with-impact",
    "trade-off-judgement",
    "monitoring-lifecycle",
    "cross-functional-leadership",
    "shared-standards",
)


def read(path: Path) -> Any:
    """Read one YAML file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def framework() -> dict[str, Any]:
    """Give the framework as the kernel sends it."""
    return framework_view(load_framework(DATA))


def rules() -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Give the criteria and the bars of the Senior profile, as the mock kernel uses them."""
    senior = {r["id"]: r for r in read(DATA / "profiles" / "senior.yaml")["requirements"]}
    criteria, bars = [], {}
    with (DATA / "targets.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            if line["profile"] == "senior":
                bar = {"required": int(line["level"]), "breadth": []}
                if line["switch"]:
                    bar |= {"switch": line["switch"], "on": int(line["level_when_on"])}
                bars[line["skill"]] = bar
    for name in CRITERIA:
        rule, text = senior[name], read(DATA / "criteria" / f"{name}.yaml")
        part = {key: rule.get(key) or [] for key in ("gates", "floors", "breadth", "evidence")}
        for gate in part["gates"]:
            bars[gate["skill"]]["gate"] = gate["level"]
        for floor in part["floors"]:
            bars[floor["skill"]]["floor"] = floor["level"]
        for breadth in part["breadth"]:
            for skill in breadth["of"]:
                bars[skill]["breadth"].append(f"{text['code']} b{breadth['level']}")
        head = {k: text[k] for k in ("id", "code", "title", "question", "summary")}
        criteria.append({"id": name, "head": head, **part})
    return criteria, bars


EVIDENCE = [
    {
        "title": "Ticket router version 7 replaced version 6 for all queues",
        "date": "2026-03-04",
        "description": "I wrote the features, the training and the rollout plan; the platform "
        "team ran the canary at my thresholds.",
        "artefact": "REL-212, https://git.example/router/pull/318",
        "confirmed_by": "K. Lund",
        "confirmed_function": "engineering",
        "outside_team": True,
        "skills": ["mlops", "production-ml", "execution"],
        "types": ["production-release"],
    },
    {
        "title": "Evaluation plan for delayed labels",
        "date": "2026-06-18",
        "description": "Designed the split and the acceptance limits.",
        "artefact": "DOC-77",
        "skills": ["validation"],
        "types": [],
    },
    {
        "title": "Talk on leakage, guild meeting",
        "date": "2024-02-01",
        "description": "Forty minutes with a notebook.",
        "artefact": "",
        "skills": ["python"],
        "types": ["knowledge-sharing"],
    },
]
LEVELS = {
    "python": 4, "core-ml": 4, "validation": 4, "data-querying": 3, "production-ml": 4,
    "mlops": 3, "deep-learning": 2, "cloud-ml": 3, "streaming": 1, "ab-testing": 4,
    "containers": 3, "ranking": 0, "interpretability": 2, "inference-optimisation": 2,
    "llm-patterns": 4, "llmops": "DECLINED", "problem-framing": 4,
    "trade-off-communication": 4, "stakeholder-alignment": 3, "execution": 4,
    "quality-mindset": 4, "collaboration": 3, "learning-agility": 4,
}  # fmt: skip
PACKET = {
    "id": "p1",
    "audience": "mentor",
    "at": "2026-11-22T12:03:11+00:00",
    "filename": "p-7k2.mentor.packet.json",
    "sha256": "61d0392708e7" + "0" * 52,
    "included": {"name": 1, "ratings": 23, "evidence": 2, "notes": 1},
    "left_out": {"evidence": 1},
}
LOCK = {
    "at": "2026-11-22T12:03:11+00:00",
    "sha256": "a" * 64,
    "ratings_sha256": "b" * 64,
    "next": None,
    "packets": [PACKET],
}
READINGS = [
    {"value": v, "unit": "hours", "date": d, "source": "Incident review, DASH-4"}
    for v, d in ((6.5, "2026-01-31"), (5, "2026-03-31"), (4.2, "2026-06-30"), (3.5, "2026-09-30"))
]
HOSTILE = (
    "<script>alert(1)</script> \u202bمراجعة النموذج\u202c 👩🏽‍💻🧪 "  # noqa: RUF001
    + "ناقش الفريق حدود النموذج قبل الإطلاق. "
    + "supercalifragilistic" * 12
    + " "
)


def event(name: str, **args: Any) -> dict[str, Any]:
    """Give one stored command."""
    at = dt.datetime(2026, 11, 22, 12, 3, 11, tzinfo=dt.UTC).isoformat()
    return {"id": f"seed-{name}-{json.dumps(args)[:60]}", "name": name, "args": args, "at": at}


def filled_fields(item: dict[str, Any]) -> dict[str, Any]:
    """Give an evidence item with every field."""
    empty: dict[str, Any] = dict.fromkeys(
        ("description", "artefact", "confirmed_by", "measure", "method"), ""
    )
    return {**empty, "confirmed_function": None, "outside_team": False, **item}


def compared(ratings: dict[str, Any]) -> dict[str, Any]:
    """Give what the kernel answers to ``targets`` (with another context), ``plan``, ``stress``."""
    ladder = load_framework(DATA)
    made = Assessment(
        framework=ladder.key,
        person={"code": "a7k2"},
        rater={"kind": "self"},
        as_of=dt.date(2026, 11, 22),
        ratings=ratings,
    )
    view = targets_view(ladder, made, Beside(overlays=["enterprise", "healthcare"]))
    plan = {first: plan_view(ladder, made, first) for first in ("steps", "effort")}
    return {
        "targets": view,
        "variant": view["variant"],
        "plan": plan,
        "keep": [
            {
                "id": name,
                "title": title,
                "purpose": PURPOSES[name],
                "without": ""
                if name == "myself"
                else "without 2 notes and 5 entries of the record",
            }
            for name, title in VERSIONS.items()
        ],
        "stress": stress_view(ladder, made),
        "change": since(made, ladder),
        "clauses": case_view(ladder, made),
        "hand_over": handed(made, ladder),
    }


def handed(made: Assessment, ladder: Framework) -> dict[str, Any]:
    """Give what the kernel answers to ``hand_over``, for each reader."""
    data = as_data(made)
    data["evidence"] = [
        {**item, "id": f"e{n}", "strength": "E3" if item.get("confirmed_by") else "E1"}
        for n, item in enumerate(EVIDENCE)
    ]
    data["notes"] = {"python": {"text": "Ask K. first.", "visibility": "private"}}
    data["notes"]["mlops"] = {"text": "Release under REL-212.", "visibility": "shared"}
    filled = Assessment.model_validate(data)
    readers: tuple[Reader, ...] = ("mentor", "calibration")
    return {name: hand_over_view(ladder, filled, name, NOTHING, filled) for name in readers}


def since(made: Assessment, ladder: Framework) -> dict[str, Any]:
    """Give what the kernel answers to ``change``: two earlier rounds, where much is rated."""
    if not made.ratings:
        return {"with": None, "rounds": [], "fading": [], "problem": None, "compared": None}
    data = as_data(made)
    data["ratings"] |= {"mlops": 2, "execution": 5, "llmops": 1}
    del data["ratings"]["learning-agility"]
    earlier = Assessment.model_validate({**data, "as_of": "2026-05-20"})
    found = change(earlier, made, ladder.profile("senior"))
    rounds = [
        {"code": "r2", "day": "2026-05-20", "version": "0.1.0", "status": "locked"},
        {"code": "r1", "day": "2025-11-21", "version": "0.0.9", "status": "draft"},
    ]
    view = compared_view(found)
    aged = {"id": "e1", "text": "Release (2024-06-01): E3 then, E2 now", "skills": []}
    fades = {"skill": "llm-patterns", "title": "LLM application patterns"}
    return {
        "with": "r2",
        "rounds": rounds,
        "fading": [{**fades, "newest": "2025-02-03", "months": 12}],
        "problem": None,
        "compared": {**view, "aged": [aged], "added": ["Talk on leakage"], "removed": []},
    }


def tables() -> dict[str, Any]:
    """Give what the kernel answers to a table of ratings, before and after a word is explained."""
    ladder = load_framework(DATA)
    text = b"Skill,Level,Colour\nMLOps,3,red\nPython,Experte,\nK8s,2,\nCore ML,4,\nRanking,9,\n"
    day = dt.date(2026, 11, 22)
    told = {"plain": Choices(), "told": Choices(levels={"Experte": 4})}
    return {n: preview_view(preview(text, ladder, c, as_of=day), ladder) for n, c in told.items()}


def cases() -> dict[str, dict[str, Any]]:
    """Give every page to write, by name."""
    fw = framework()
    criteria, bars = rules()
    aim = {
        "profile": "senior",
        "switches": {s["id"]: None for s in fw["switches"]} | {"containers": True},
        "absence_months": 0,
    }
    who = {"code": "a7k2", "person": "Mira Example", "status": "draft"}
    base = {
        "page": "self_review",
        "framework": fw,
        "criteria": criteria,
        "rules": {**bars, "time-series": {**bars["time-series"], "not_applicable": "no forecasts"}},
        "aim": aim,
        "assessment": who,
        **compared(LEVELS),
    }
    rated = [event("rate", skill=s, value=v) for s, v in LEVELS.items()]
    items = [
        event("evidence", id=f"e{n}", item=filled_fields(item)) for n, item in enumerate(EVIDENCE)
    ]
    recorded = [
        event("record", id=f"r-{item}", entry={"item": item, **entry})
        for item, entry in (
            (
                "resp-lifecycle",
                {
                    "answer": "own",
                    "date": "2025-02-01",
                    "text": "Ticket router, from data to alerts.",
                },
            ),
            ("resp-features", {"answer": "share", "date": None, "text": ""}),
            ("resp-governance", {"answer": "not-mine", "date": None, "text": ""}),
            ("goal-90-ship", {"answer": "reached", "date": "2025-05-12", "text": ""}),
        )
    ]
    recorded += [
        event(
            "record", id=f"k{n}", entry={"item": "kpi-mttr", "own_part": "Wrote the runbook.", **r}
        )
        for n, r in enumerate(READINGS)
    ]
    recorded += [
        event(
            "evidence",
            id="from-record",
            item=filled_fields(
                {**EVIDENCE[0], "title": "Ticket router, end to end", "record": "r-resp-lifecycle"}
            ),
        )
    ]
    notes = [event("note", skill="mlops", text="Release under REL-212.", visibility="shared")]
    long = (HOSTILE * 20)[:5000]
    hostile = [event("note", skill=s["id"], text=long, visibility="panel") for s in fw["skills"]]
    hostile_items = [
        event(
            "evidence",
            id=f"h{n}",
            item=filled_fields({**item, "title": HOSTILE[:280], "description": long}),
        )
        for n, item in enumerate(EVIDENCE)
    ]
    hostile_record = [
        event("record", id=f"r-{name}", entry={"item": name, "answer": "own", "text": long})
        for name in ("resp-lifecycle", "resp-features")
    ]
    hostile_record += [
        event(
            "record",
            id=f"hk{n}",
            entry={
                "item": "kpi-mttr",
                "value": 10**n,
                "unit": HOSTILE[:60],
                "period": HOSTILE[:60],
                "date": "2026-03-04",
                "source": long[:2000],
                "own_part": long,
                "other_causes": long,
            },
        )
        for n in range(3)
    ]
    settled = {
        "title": "Settled",
        "date": "2026-05-01",
        "description": "x",
        "artefact": "x",
        "confirmed_by": "x",
        "confirmed_function": "product",
        "outside_team": True,
        "measure": "x",
        "method": "x",
        "skills": [s["id"] for s in fw["skills"]],
        "types": [t["id"] for t in fw["evidence_types"]],
    }
    ready = [event("rate", skill=s["id"], value=4) for s in fw["skills"]]
    ready += [event("evidence", id=f"r{n}", item=settled) for n in range(3)]
    home = {
        "workspace": {"id": "mock", "path": "/home/mira/.local/share/skillmatrix"},
        "nav": [
            {"page": "home", "title": "Home", "href": "harness_home.html", "current": True},
            {
                "page": "self_review",
                "title": "Self-review",
                "href": "harness_rated.html",
                "current": False,
            },
        ],
        "assessments": [
            {
                "code": "a7k2",
                "person": "Mira Example",
                "profile_title": "Senior Machine Learning Specialist",
                "framework": "ml-specialist@0.1.0",
                "created_at": "2026-11-20T09:00:00+00:00",
                "updated_at": "2026-11-22T12:03:11+00:00",
                "rated": 23,
                "total": 26,
                "status": "draft",
                "href": "harness_rated.html",
            },
            {
                "code": "b3",
                "person": "Änne-Sophie " + "von und zu " * 17,
                "profile_title": "Applied Scientist",
                "framework": "ml-specialist@0.1.0",
                "created_at": "2026-08-20T09:00:00+00:00",
                "updated_at": "2026-08-22T12:03:11+00:00",
                "rated": 0,
                "total": 27,
                "status": "draft",
                "href": "harness_new.html",
            },
        ],
        "deleted": [],
        "ladders": [
            {
                "id": fw["id"],
                "key": f"{fw['id']}@{fw['version']}",
                "title": fw["title"],
                "profiles": [{k: p[k] for k in ("id", "title", "summary")} for p in fw["profiles"]],
                "profile": "senior",
                "example": True,
                "problem": None,
            }
        ],
    }
    homepage = {"page": "home", "framework": {}, "home": home, "tables": tables()}
    return {
        "new": {**base, "events": [], **compared({})},
        "rated": {**base, "events": rated + items + notes},
        "recorded": {**base, "events": rated + items + recorded},
        "plain": {**base, "framework": {**fw, "record": []}, "events": rated},
        "broken_guide": {
            **base,
            "framework": {**fw, "record": [], "record_problem": "The role guide has 2 problems."},
            "events": rated,
        },
        "locked": {**base, "events": rated + items + notes, "lock": LOCK},
        "ready": {**base, "events": ready, **compared({s["id"]: 4 for s in fw["skills"]})},
        "hostile": {
            **base,
            "assessment": {**who, "person": (HOSTILE * 2)[:200]},
            "events": rated + hostile_items + hostile + hostile_record,
            "warnings": ["More than 12 gates: a qualified person may miss one by chance."],
        },
        "empty": {**base, "assessment": None, "events": []},
        "home": homepage,
        "home_empty": {**homepage, "home": {**home, "assessments": []}},
        **meetings(load_framework(DATA), HOSTILE),
    }


def html(name: str, case: dict[str, Any]) -> str:
    """Write one page: the served page's frame, the joined scripts, the straw kernel."""
    bundle = "\n".join((STATIC / f).read_text(encoding="utf-8") for f in SCRIPTS[case["page"]])
    bundle = bundle.replace("</script", "<\\/script")
    style = "\n".join((STATIC / f).read_text(encoding="utf-8") for f in STYLES)
    data = json.dumps(case, ensure_ascii=False).replace("</", "<\\/")
    theme = (
        "for (const [key, name] of [['skillmatrix.theme', 'smTheme'], "
        "['skillmatrix.textsize', 'smText']]) "
        "document.documentElement.dataset[name] = localStorage.getItem(key) || "
        "(name === 'smTheme' ? 'auto' : 'normal');"
    )
    start = (
        "const source = document.getElementById('bundle').textContent;"
        "const url = URL.createObjectURL(new Blob([source], {type: 'text/javascript'}));"
        "const page = await import(url);"
        "window.mockPage = page.default.render({model: window.mockModel, "
        "el: document.getElementById('place')});"
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{name} · skillmatrix harness</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'
        f"<script>{theme}</script><style>{style}</style></head>"
        '<body data-skillmatrix-served class="sm-body"><main id="main" tabindex="-1">'
        '<div id="skillmatrix-first-paint"><p>First paint</p></div><div id="place"></div></main>'
        f'<script type="application/json" id="mock-data">{data}</script>'
        f'<script type="text/plain" id="bundle">{bundle}</script>'
        f"<script>{(HERE / 'mock_kernel.js').read_text(encoding='utf-8')}</script>"
        f'<script type="module">{start}</script></body></html>'
    )


def write(out: Path) -> list[Path]:
    """Write every case into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, case in cases().items():
        path = out / f"harness_{name}.html"
        path.write_text(html(name, case), encoding="utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else HERE / "out"))
