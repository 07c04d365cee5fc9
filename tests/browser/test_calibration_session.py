"""A calibration session of thirty people, played through; every count is worked out by hand."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.panel import read_log
from tests.browser import by_hand
from tests.browser.facilitator import PEOPLE, Desk, Folder
from tests.browser.workbook import Workbook, drawn, saved

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

SKILLS = 27
#: Skills of the first criterion.
GATE, FLOOR, LEFT = "validation", "core-ml", "production-ml"


def coverage(desk: Desk) -> dict[str, list[int]]:
    """Give how many levels each file of a person brings, as the page shows it."""
    rows = desk.page.locator(".sm-coverage-row")
    rows.first.wait_for()
    return {
        row.locator("code").first.inner_text(): sorted(
            int(count.split("/")[0])
            for count in row.locator(".sm-coverage-count").all_inner_texts()
        )
        for row in rows.all()
    }


def counted(files: by_hand.Given, own: dict[str, int]) -> dict[str, list[int]]:
    """Give the same from the files."""
    found = {person: [levels] for person, levels in own.items()}
    for (person, _), ratings in files.items():
        found[person].append(sum(isinstance(value, int) for value in ratings.values()))
    return {person: sorted(counts) for person, counts in found.items()}


def check_scan(desk: Desk, files: by_hand.Given) -> None:
    """Hold every figure of agreement, and the list, against the files."""
    n, exact, within = by_hand.pairs(files)
    gaps = list(by_hand.ranges(files).values())
    rated = sum(len(levels) for levels in by_hand.cells(files).values())
    raters = len({rater for _, rater in files})

    desk.step("Scan", ".sm-scan-number")
    said = desk.text(".sm-scan")
    figures = desk.page.locator(".sm-scan-value").all_inner_texts()
    table = desk.page.locator(".sm-scan-table").first.locator("tbody tr").all()
    pairs = [[cell.inner_text() for cell in row.locator("td").all()] for row in table]
    desk.at("scan-list").click()
    desk.page.locator(".sm-apart-list").wait_for()
    listed = desk.text(".sm-apart")
    desk.at("apart-least").select_option("3")
    wide = gaps.count(3) + gaps.count(4) + gaps.count(5)
    desk.page.get_by_role("heading", name=f"Lines 1 to {wide} of {wide}").wait_for()
    desk.at("apart-least").select_option("1")

    assert f"the same level in {exact} of {n} comparisons" in said
    assert f"at most one level apart in {within}." in said
    assert f"{rated} ratings of {PEOPLE} people by {raters} raters" in said
    assert figures == [by_hand.words(figure, files) for figure in (by_hand.alpha, by_hand.ac2)]
    assert sum(int(row[0]) for row in pairs) == n
    assert sum(int(row[1].split()[0]) for row in pairs) == exact
    assert f"1 to 30 of {len(gaps) - gaps.count(0)} " in listed
    assert f"gave a level in {len(gaps)} of {PEOPLE * SKILLS} pairs" in listed
    assert f"in {gaps.count(0)} of these all gave the same" in listed


def check_review(
    desk: Desk,
    folder: Folder,
    files: by_hand.Given,
    decided: dict[tuple[str, str], int | None],
) -> None:
    """Hold before and after against the files and what was decided last."""
    levels = by_hand.cells(files)
    firsts = {cell: sorted(levels.get(cell, {}).values()) for cell in decided}
    before = {cell: by_hand.lower_median(given) for cell, given in firsts.items() if given}
    ways = {"below": 0, "at": 0, "above": 0, "where": 0, "open": 0}
    for cell, after in decided.items():
        then = before.get(cell)
        if after is None:
            ways["open"] += 1
        elif then is None:
            ways["where"] += 1
        else:
            ways["above" if after > then else "below" if after < then else "at"] += 1

    desk.step("Review", ".sm-review-figures")
    figures = {
        line.locator("dt").inner_text(): int(line.locator("dd").inner_text())
        for line in desk.page.locator(".sm-review-figures > div").all()
    }
    table = desk.page.get_by_role("region", name="Before and after, table")
    if not table.count():  # it stays as it was left
        desk.at("review-table").click()
    table.wait_for()
    rows = table.locator("tbody tr").all()
    titles = {skill.title: name for name, skill in folder.framework.skills.items()}
    told = {}
    for row in rows:
        cells = [cell.inner_text() for cell in row.locator("th, td").all()]
        told[cells[0], titles[cells[2]]] = cells[3:6]

    assert figures == {
        "agreed below the lower median": ways["below"],
        "agreed at it": ways["at"],
        "agreed above it": ways["above"],
        **({"agreed where no other had a level": ways["where"]} if ways["where"] else {}),
        "left open": ways["open"],
    }
    assert told == {
        cell: [
            ", ".join(map(str, firsts[cell])) or "none",
            str(before.get(cell, "none")),
            "open" if after is None else str(after),
        ]
        for cell, after in decided.items()
    }


def after(files: by_hand.Given, person: str, skill: str, step: int) -> int:
    """Give the level so many steps from the lower median, inside the scale."""
    given = list(by_hand.cells(files).get((person, skill), {}).values())
    return min(5, max(0, (by_hand.lower_median(given) if given else 3) + step))


def test_a_session_played_through(tab: Any, workbook: Workbook, tmp_path: Path) -> None:
    """What the page counts is what the files say, from the first folder to the minutes."""
    folder = Folder(tmp_path / "files")
    desk = Desk(tab, workbook)
    decided: dict[tuple[str, str], int | None] = {}

    # Collect: a folder, then what comes late, doubled, broken.
    desk.look("collect, empty")
    said, way = desk.take("folder", folder.in_time)
    assert said.startswith(f"{len(folder.locked) + PEOPLE} files taken in. 1 other file")
    assert way == sorted(way)
    assert len(way) > 3
    said, _ = desk.take("files", folder.late)
    assert "5 files taken in, 3 refused." in said
    assert "copy.assessment.json: the same content is here already: it counts once." in said
    tab.get_by_role("heading", name="Which of these holds? (2)").wait_for()
    refused = tab.locator(".sm-people-bad b").all_inner_texts()
    files = by_hand.given(folder.locked + folder.only_late)
    undecided = {cell: files.pop(cell) for cell in by_hand.given([folder.again])}
    own = folder.own_views()
    assert folder.draft.name in refused
    assert len(refused) == 3
    desk.look("collect, two to decide")
    for at, left in enumerate(["Which of these holds? (1)", "Decided: which file holds"]):
        tab.locator("fieldset.sm-clash").nth(at).locator("input[type=radio]").first.click()
        tab.get_by_role("heading", name=left).wait_for()
    files |= undecided
    assert coverage(desk) == counted(files, own)
    desk.look("collect")

    # Norms: who sits here, two of them at the keyboard, one profile shown.
    desk.press("onward")
    desk.press("seat-save")
    desk.at("seat-save").wait_for(state="detached")
    raters = sorted({rater for _, rater in files})
    desk.look("norms")
    desk.practise("practice-1", raters[0], "3", look="norms, at the keyboard")
    desk.practise("practice-1", raters[1], "3")
    desk.press("reveal-practice-1")
    desk.press("reveal-anyway")
    tab.locator(".sm-reveal-case").first.wait_for()
    sentences = tab.locator(".sm-reveal-words").all_inner_texts()
    for text in sentences:
        same = text.startswith("Reference: level 3.")
        told = "2 of 2 gave it." if same else "0 of 2 gave it, 2 gave level 3."
        assert told in text
    desk.look("norms, shown")

    # Scan: what the files say before anybody speaks.
    check_scan(desk, files)
    for part in ("agreement", "list", "wordings", "severity", "read"):
        desk.at(f"scan-{part}").click()
        tab.locator(f".sm-scan-{part}").wait_for()
        if part == "severity":
            desk.press("severity-show")
            tab.locator(".sm-severity-list").first.wait_for()
        desk.look(f"scan, {part}")

    # Criteria: two cards of the first, each rated again, decided, one of it corrected.
    desk.step("Criteria", "[data-focus=open-criterion]")
    desk.look("criteria, closed")
    desk.press("open-criterion")
    desk.at("phase-read").wait_for()
    agenda = [
        each.get_attribute("data-focus").removeprefix("person-")
        for each in tab.locator("[data-focus^=person-]").all()
    ]
    wide = {who for (who, skill), gap in by_hand.ranges(files).items() if gap > 1 and skill == GATE}
    assert wide <= set(agenda)
    desk.look("card, read")
    levels, gaps = by_hand.cells(files), by_hand.ranges(files)
    two = [who for who in agenda if len(levels.get((who, GATE), {})) == 2 and gaps[who, GATE]]
    one, other = min(two), min({*agenda} - {min(two)})  # the order is drawn anew in each session
    for person in (one, other):
        desk.card(person)
        desk.press("phase-speak")
        tab.get_by_text("What have you seen?").wait_for()
        desk.rate_again({rater: {GATE: 3} for rater in raters}, look="rate again")
        desk.look("card, rated again")
        desk.press("phase-decide")
        level = after(files, person, GATE, 1)
        desk.decide(GATE, level, "new evidence", "A plan of June.", **{raters[2]: "Not seen."})
        decided[person, GATE] = level
        level = after(files, person, FLOOR, 0)
        desk.decide(FLOOR, level, "scope differs", "Half of it was somebody else's.")
        decided[person, FLOOR] = level
        desk.decide(LEFT, "OPEN", "other", "It needs somebody who saw the release.")
        decided[person, LEFT] = None
    desk.look("card, decided")
    level = after(files, other, FLOOR, -1)
    desk.press(f"correct-{FLOOR}")
    desk.decide(FLOOR, level, "anchor misread", "Level by level it reads otherwise.")
    decided[other, FLOOR] = level
    desk.choose("whole-OPEN")
    desk.at("whole-words").fill("One of us has to look at the release first.")
    desk.press("decide-whole")
    desk.at("whole-done").wait_for()
    saved(tab)
    desk.press("close-criterion")
    desk.press("close-now")
    desk.at("close-criterion").wait_for(state="detached")
    saved(tab)
    check_review(desk, folder, files, decided)
    assert f"{len(agenda) - 2} criteria not reached." in desk.text(".sm-review")

    # Reloaded in the middle, back to Collect for two more files, forward again.
    tab.reload()
    drawn(tab)
    tab.locator(".sm-review-figures").wait_for()
    desk.step("Collect", ".sm-coverage-row")
    said, _ = desk.take("files", [folder.held_back])
    assert said == "1 file taken in."
    files |= by_hand.given([folder.held_back])
    came = tab.locator(".sm-coverage-cell", has_text=folder.held_back.name)
    came.wait_for(state="attached")
    assert coverage(desk) == counted(files, own)
    check_scan(desk, files)
    desk.step("Collect", ".sm-coverage-row")
    since = folder.locked_now()
    desk.take("files", [since])
    tab.get_by_text("locked after ratings were shown").wait_for()
    files |= by_hand.given([since])
    assert coverage(desk) == counted(files, own)
    desk.step("Criteria", "[data-focus=phase-read]")
    desk.card(other)
    check_review(desk, folder, files, decided)
    groups = tmp_path / "groups.csv"
    people = sorted({person for person, _ in files})
    lines = [f"{person},{'north' if at % 2 else 'south'}" for at, person in enumerate(people)]
    groups.write_text("\n".join(["person,group", *lines]), encoding="utf-8")
    desk.at("group-file").set_input_files(groups)
    tab.get_by_text("No table of groups").wait_for()
    assert not tab.get_by_role("region", name="Check of groups, table").count()
    desk.look("review")

    # After: closed, and what leaves as files.
    desk.step("After", ".sm-after")
    desk.look("after")
    desk.press("after-close-button")
    tab.get_by_role("heading", name="The session is closed").wait_for()
    saved(tab)
    minutes = desk.download("after-minutes", tmp_path).read_text(encoding="utf-8")
    kept = desk.download("after-log_file", tmp_path)
    log = read_log(kept)
    decisions = [entry.content for entry in log.entries if entry.kind == "decided"]
    with zipfile.ZipFile(desk.download("after-excerpts-all", tmp_path)) as excerpts:
        read = {name: excerpts.read(name).decode() for name in excerpts.namelist()}
    assert len(read) == 2 * PEOPLE
    for name, text in read.items():
        (whose,) = [person for person in people if name.startswith(person)]
        assert not [each for each in people if each != whose and each in text], name
    assert log.entries[-1].kind == "closed"
    assert len(decisions) == len(decided) + 2
    assert "Not seen." in minutes

    # Anybody can look whether the log is as it was written.
    tampered = tmp_path / "tampered.decisions.json"
    tampered.write_text(kept.read_text("utf-8").replace("Not seen.", "I agree."), encoding="utf-8")
    (first, *_) = [entry.seq for entry in log.entries if "Not seen." in str(entry.content)]
    desk.press("meetings")
    desk.at("verify").set_input_files(kept)
    tab.get_by_text(f"is whole: {len(log.entries)} entries").wait_for()
    desk.at("verify").set_input_files(tampered)
    tab.get_by_text("tampered.decisions.json is not as it was written.").wait_for()
    assert f"entry {first}" in desk.text("[aria-labelledby=sm-verify-title]")
    assert desk.faults == []
    assert tab.watched.complaints == []
