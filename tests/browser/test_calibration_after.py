"""The end of a calibration session in a browser: what changed, groups, follow-ups, files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.framework import Framework
from tests.browser.test_axe import faults
from tests.browser.test_mentor_session import Frames
from tests.browser.workbook import Workbook, drawn
from tests.pages.calibrating import Told, files, locked

pytestmark = pytest.mark.slow

P3 = "monitoring-lifecycle"
HOSTILE = "<img src=x onerror=alert(1)> & “more”"
PEOPLE = [f"p-{group}{number:02}" for group in "ab" for number in range(15)]


def decided(person: str, skill: str | None, after: Any) -> tuple[str, dict[str, Any]]:
    """A decision by Kim."""
    said = {"person": person, "criterion": P3, "skill": skill, "after": after, "reason": "other"}
    return "decided", {**said, "words": HOSTILE, "decided_by": "Kim"}


@pytest.fixture
def session(
    fw: Framework, serve: Callable[..., Workbook], monkeypatch: pytest.MonkeyPatch
) -> tuple[Workbook, str]:
    """Thirty people, each rated 3 and 4 and agreed at 2 to 5; 8 and 7 of two groups meet P3."""
    folder: Path = serve.folder / "workspace"  # type: ignore[attr-defined]
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(folder))
    told = Told()
    code = told("begin", title="Autumn", facilitator="Kim")["opened"]
    for rater, level in (("r-1", 3), ("r-2", 4)):
        seen = (locked(fw, person, rater, {"mlops": level}) for person in PEOPLE)
        told("take_files", files=files(seen))
    told.enter(*[decided(p, "mlops", 2 + at % 4) for at, p in enumerate(PEOPLE)])
    few = {"a": 8, "b": 7}
    told.enter(*[decided(p, None, "MET" if int(p[3:]) < few[p[2]] else "NOT MET") for p in PEOPLE])
    told.page.store.close()
    workbook = serve()
    return workbook, f"{workbook.base}/calibration?assessment={code}"


def test_review_from_counts_to_groups(
    session: tuple[Workbook, str], tab: Any, tmp_path: Path
) -> None:
    """Counts as by hand; raters covered until asked and again on leaving; groups as counts."""
    workbook, address = session
    tab.goto(workbook.address)
    frames = Frames(tab)
    tab.goto(f"{address}#review")
    drawn(tab)
    tab.locator(".sm-review-figures").wait_for()

    # Agreed at 2, 3, 4, 5 in turn, the lower median being 3: 8, 8, 7 and 7 people.
    figures = tab.locator(".sm-review-figures div").all_inner_texts()
    assert [re.search(r"\d+", each)[0] for each in figures] == ["8", "8", "14", "0"]  # type: ignore[index]
    rows = tab.locator(".sm-review-row").all_inner_texts()
    assert len(rows) == 30
    assert [re.sub(r"\s+", " ", row) for row in rows[:2]] == [
        "MLOps 3 becomes → 2 other", "MLOps 3, unchanged other",
    ]  # fmt: skip
    assert not any('"towards"' in frame for frame in frames.received)
    tab.get_by_role("button", name="Show it").click()
    tab.get_by_role("region", name="By rater, table").wait_for()
    first = tab.locator(".sm-review-raters tbody tr").first.all_inner_texts()
    # r-1 gave 3: 14 decisions above, 8 at it, 8 below; the median was 3 too, so 22 lead away.
    assert first[0].split() == ["r-1", "14", "8", "8", "0", "22"]

    sheet = tmp_path / "groups.csv"
    sheet.write_text("person,group\n" + "".join(f"{p},{p[2]}\n" for p in PEOPLE))
    tab.get_by_label("What is compared").select_option(P3)
    tab.locator("[data-focus=group-file]").set_input_files(sheet)
    tab.get_by_role("region", name="Check of groups, table").wait_for()
    rates = tab.locator(".sm-review-answer tbody tr").all_inner_texts()
    assert [row.split()[:4] for row in rates] == [
        ["a", "15", "8", "0.53"],
        ["b", "15", "7", "0.47"],
    ]
    assert faults(tab, "review") == []
    tab.locator("[data-focus=group-file]").set_input_files(sheet)
    tab.get_by_text("the answer above stands").wait_for()
    tab.get_by_role("link", name="After", exact=True).click()
    tab.get_by_role("link", name="Review", exact=True).click()
    tab.get_by_role("button", name="Show it").wait_for()


def test_after_from_a_follow_up_to_the_excerpts(session: tuple[Workbook, str], tab: Any) -> None:
    """By keyboard; half a form survives a reload; hostile words stay words; files say who."""
    workbook, address = session
    tab.goto(workbook.address)
    tab.goto(f"{address}#after")
    drawn(tab)
    tab.get_by_role("button", name="Add a follow-up").press("Enter")
    tab.locator("[data-focus^=follow-waits]").wait_for()
    tab.keyboard.type(HOSTILE)
    tab.reload()
    form = tab.get_by_role("form", name="New follow-up 1")
    assert form.get_by_label("Which evidence it waits for").input_value() == HOSTILE
    form.get_by_label("By when").fill("2027-01-15")
    form.get_by_label("By when").press("Enter")
    line = tab.locator(".sm-after-follow")
    line.get_by_text(HOSTILE).wait_for()
    assert "15 January 2027" in line.inner_text()
    line.get_by_role("button", name="Done").press("Enter")
    line.get_by_text("done on").wait_for()

    got = {}
    for name in ("Minutes", "Decision log", "To read (HTML)", "As data (JSON)"):
        with tab.expect_download() as waited:
            tab.get_by_role("button", name=name, exact=True).click()
        got[name] = waited.value.path().read_text(encoding="utf-8")
    assert "&lt;img src=x" in got["Minutes"]
    assert "<img" not in got["Minutes"] + got["To read (HTML)"]
    log = json.loads(got["Decision log"])["entries"]
    assert [entry["kind"] for entry in log[-2:]] == ["follow_up", "done"]
    mine = json.loads(got["As data (JSON)"])
    assert mine["person"]["code"] == "p-a00"
    assert not [other for other in PEOPLE[1:] if other in got["As data (JSON)"]]

    tab.get_by_role("button", name="Close the session").press("Enter")
    tab.get_by_role("button", name="Open it again").wait_for()
    assert faults(tab, "after") == []
