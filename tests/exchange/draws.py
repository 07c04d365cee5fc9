"""Assessments made up to be hard on a file: every part, and text that files like to break."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from skillmatrix.framework import load_framework
from skillmatrix.framework.record import written_items
from tests.assessment.test_round_trip import contents, person_is_not_her_own_witness, plain, unknown

FW = load_framework("ml-specialist")

#: What spreadsheets take for formulas, what XML cannot hold, and what looks like an escape.
NASTY = [
    "=1+1", "'=1+1", "+", "-2", "@x", "\t=", "\r", "\r\n", "\n- point", ";=cmd|' /C calc'!A0",
    '"', "''", " lead", "trail ", "_x0041_", "_x005F_x000D_", "~u0041~", "\ufffe", "\uffff",
    "\x01\x1f", "\x7f\x85\u2028", "🧪", "\u202b\u0645\u0631\u0627\u202c", "0012", "1e5", "TRUE",
    "2026-01-01",
    "\ufeff", "=HYPERLINK(\"http://x\")", "\uff1d1+1", "a,b;c\td", "null", "{}",
]  # fmt: skip
words = st.sampled_from(NASTY) | st.text("ab _x0", max_size=6)
nasty = st.lists(words, min_size=1, max_size=5).map("".join).filter(bool)
printable = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20)
weeks = st.lists(st.integers(0, 60) | st.floats(0, 60), min_size=3, max_size=3).map(sorted)
figures = (
    st.integers(-(10**15), 10**15)
    | st.floats(-1e15, 1e15)
    | st.sampled_from([0.1 + 0.2, -0.0, 5.0, 1e-300, 1e15, 123456789012345, -1])
)
days = st.sampled_from(["1890-05-31", "1899-12-31", "1900-02-28", "1900-03-01", "2026-10-31"])
skills = st.sampled_from(list(FW.skills))
ANSWERS = [("resp-reproducibility", "own"), ("tool-pytorch", "tried")]
KPIS = [name for name, item in written_items(FW).items() if type(item).__name__ == "Kpi"]


@st.composite
def records(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw answers and readings."""
    entries = []
    for item, answer in draw(st.lists(st.sampled_from(ANSWERS), unique=True)):
        day = draw(st.none() | days)
        entries.append({"item": item, "answer": answer, "date": day, "text": draw(nasty)})
    for _ in range(draw(st.integers(0, 2))):
        told = {"unit": draw(printable), "source": draw(printable), "own_part": draw(nasty)}
        entries.append(
            {
                "item": draw(st.sampled_from(KPIS)),
                "value": draw(figures),
                "date": draw(days),
                **told,
            }
        )
    return [{"id": f"r{n}", **entry, **draw(unknown)} for n, entry in enumerate(entries, start=1)]


@st.composite
def own_plans(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what a person sets down for one skill."""
    levels = draw(st.lists(st.integers(1, 5), unique=True, max_size=2))
    effort = []
    for level in levels:
        low, likely, high = draw(weeks)
        told = {"optimistic": low, "likely": likely, "pessimistic": high}
        effort.append({"level": level, **told, **draw(unknown)})
    actions = [
        {"id": f"act-{n}", "text": f"do {text}", "due": draw(st.none() | days), **draw(unknown)}
        for n, text in enumerate(draw(st.lists(nasty, max_size=2)))
    ]
    own: dict[str, Any] = {"effort": effort, "actions": actions, **draw(unknown)}
    own |= draw(
        st.fixed_dictionaries(
            {},
            optional={
                "opportunity": st.none() | st.booleans(),
                "past_weeks": st.none() | st.floats(0, 60),
                "past_step": nasty,
                "cap": st.none() | st.integers(0, 5),
            },
        )
    )
    return own


@st.composite
def everything(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the content of a file that says something in every part."""
    data = draw(contents().filter(person_is_not_her_own_witness))
    ids = [item["id"] for item in data["evidence"]]
    for item in data["evidence"]:
        item["title"] = draw(st.just(item["title"]) | nasty)
        if draw(st.booleans()):
            item["description"] = item.get("description", "") + draw(nasty)
    for note in data["notes"].values():
        note["text"] = draw(st.just("") | nasty)
    cited = st.lists(st.sampled_from(ids), unique=True) if ids else st.just([])
    paragraph = st.fixed_dictionaries({"text": nasty, "evidence": cited})
    places = st.sampled_from(["opening", "closing", "p1-breadth", "p1-effect"])
    data["case"] = draw(st.dictionaries(places, paragraph, max_size=2))
    data["record"] = draw(records())
    data["plan"] = draw(st.dictionaries(skills, own_plans(), max_size=2))
    data["gap_below"] = draw(st.lists(skills, max_size=2, unique=True))
    data["aim"]["overlays"] = draw(
        st.lists(st.sampled_from(list(FW.overlays)), max_size=2, unique=True)
    )
    reasons = st.dictionaries(
        st.sampled_from(list(FW.overlays)), nasty.filter(str.strip), max_size=1
    )
    data["aim"]["reasons"] = draw(reasons)
    data["x-long"] = draw(st.just(None) | plain | st.just("🧪" * 20_000))
    return data
