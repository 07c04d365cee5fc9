"""Step Hand over and a locked round, with a kernel of straw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Show = Callable[..., Any]


def sent(page: Any, name: str) -> list[dict[str, Any]]:
    """Give the arguments of every command of a name the kernel has received."""
    return page.evaluate("n => mock.sent.filter(m => m.name === n).map(m => m.args)", name)


def opened(show: Show, part: str = "Evidence", case: str = "rated", **more: Any) -> Any:
    """Open the step and one part of the manifest."""
    page = show(case, "hand-over", **more)
    page.locator(".sm-hand-part summary", has_text=part).click()
    return page


def test_holding_back_is_a_change_that_leaves_at_once(show: Show) -> None:
    """The tick of an item sends what is held back, all of it, and the count follows at once."""
    page = opened(show)
    line = page.locator("summary", has_text="Evidence").locator(".sm-hand-word")
    assert line.inner_text() == "all 3 go"

    page.get_by_label("Evaluation plan for delayed labels").uncheck()

    assert line.inner_text() == "2 of 3 go"
    page.wait_for_timeout(300)
    assert sent(page, "hold")[-1]["evidence"] == ["e1"]
    assert sent(page, "hold")[-1]["audience"] == "mentor"


def test_each_reader_has_choices_of_her_own(show: Show) -> None:
    """What is held back from a mentor is not held back from a session."""
    page = opened(show)
    page.get_by_label("Evaluation plan for delayed labels").uncheck()

    page.get_by_label("A calibration session").check()

    page.get_by_label("Evaluation plan for delayed labels").wait_for()
    assert page.get_by_label("Evaluation plan for delayed labels").is_checked()


def test_a_private_note_is_shared_by_a_click_that_says_so(show: Show) -> None:
    """It cannot be ticked; a button shares it, and only then it is sent."""
    page = opened(show, "Notes")
    item = page.locator(".sm-hand-item", has_text="Python")

    assert item.get_by_role("checkbox").count() == 0
    page.evaluate(
        "mock.elsewhere('note', {skill: 'python', text: 'Ask K.', visibility: 'private'})"
    )
    item.get_by_role("button", name="Share it with my mentor").click()
    page.wait_for_timeout(300)
    assert sent(page, "note") == [{"skill": "python", "text": "Ask K.", "visibility": "shared"}]


def test_the_lock_asks_twice_and_says_what_becomes_of_private_notes(show: Show) -> None:
    """Nothing is sent by the first click; a deletion needs a tick of its own."""
    page = show("rated", "hand-over")
    page.evaluate(
        "mock.elsewhere('note', {skill: 'python', text: 'Ask K.', visibility: 'private'})"
    )
    page.get_by_label("Python", exact=True).select_option("delete")
    page.get_by_role("button", name="Lock and make the packet").click()
    confirm = page.get_by_role("group", name="Lock this round?")

    confirm.get_by_role("button", name="Lock this round").click(force=True)
    assert sent(page, "lock") == []
    confirm.get_by_label("Delete 1 private note for good").check()
    confirm.get_by_role("button", name="Lock this round").click()
    page.wait_for_timeout(300)

    (args,) = sent(page, "lock")
    assert args["private"] == {"python": "delete"}
    assert args["audience"] == "mentor"


def test_what_one_takes_along_stands_below_the_packet(show: Show) -> None:
    """The report offered there is for the reader chosen, and on paper the packet is unfolded."""
    page = show("rated", "hand-over")
    chosen = page.locator("input[name=sm-keep-for]:checked")
    chosen.wait_for()
    assert chosen.get_attribute("value") == "mentor"

    page.get_by_label("A calibration session").check()
    page.locator(".sm-hand-document").wait_for(state="attached")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert chosen.get_attribute("value") == "calibration"
    assert page.locator(".sm-hand-document").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.locator(".sm-hand-document").is_visible()


def test_escape_takes_the_question_back(show: Show) -> None:
    """Focus is where it was."""
    page = show("rated", "hand-over")
    page.get_by_role("button", name="Lock and make the packet").click()
    page.keyboard.press("Escape")

    assert page.get_by_role("group", name="Lock this round?").count() == 0
    assert page.evaluate("document.activeElement.dataset.focus") == "lock"
    assert sent(page, "lock") == []


@pytest.mark.parametrize("step", ["aim", "rate", "record", "results", "case"])
def test_nothing_of_a_locked_round_can_be_changed(show: Show, step: str) -> None:
    """No field takes anything, no button changes anything, no key rates: nothing is sent."""
    page = show("locked", step)
    page.locator(".sm-locked-banner").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    place = page.locator("#sm-content")

    assert place.locator("textarea:not([readonly])").count() == 0
    fields = ".sm-aim, .sm-panel, .sm-record-main, .sm-criterion, .sm-own-form, .sm-case-main"
    still = ":is(input, select):not(:disabled)"
    assert place.locator(f":is({fields}) {still}").count() == 0
    if step == "rate":
        page.get_by_role("radio", name="MLOps: 5 Shaping", exact=True).click()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("u")
        checked = page.get_by_role("radio", name="MLOps: 3 Independent", exact=True)
        assert checked.get_attribute("aria-checked") == "true"
    page.wait_for_timeout(300)
    changes = {"rate", "note", "evidence", "aim", "record", "case", "own_plan"}
    assert changes & set(page.evaluate("mock.sent.map(m => m.name)")) == set()


def test_a_tab_that_did_not_know_keeps_its_words(show: Show) -> None:
    """Refused because of the lock, a note stays in the browser as text."""
    page = show("rated", "rate")
    problem = {"where": "the round", "found": "locked", "expected": "a draft", "rule": "locked"}
    page.evaluate("problem => { mock.problems = [problem]; mock.refuse = 'note'; }", problem)
    page.locator(".sm-row-title", has_text="MLOps").click()
    page.locator("textarea[data-focus=note]").fill("Words I want to keep")
    page.locator(".sm-toast", has_text="This round was locked in another tab").wait_for()
    page.evaluate("lock => mock.lockNow(lock)", {"at": "2026-11-22T12:03:11Z", "packets": []})

    kept = page.locator(".sm-locked-kept")
    assert "Words I want to keep" in kept.inner_text()
    assert "Note on MLOps" in kept.inner_text()


def test_words_written_after_the_decision_are_kept(show: Show) -> None:
    """Deleting was chosen and ticked for other words: the note is kept, and the tick is gone."""
    page = show("rated", "hand-over")
    note = "mock.elsewhere('note', {skill: 'python', text: TEXT, visibility: 'private'})"
    page.evaluate(note.replace("TEXT", "'Ask K.'"))
    page.get_by_label("Python", exact=True).select_option("delete")
    page.get_by_role("button", name="Lock and make the packet").click()
    confirm = page.get_by_role("group", name="Lock this round?")
    confirm.get_by_label("Delete 1 private note for good").check()
    page.evaluate(note.replace("TEXT", "'Ask K., and then Lee'"))
    page.get_by_text("1 private note moves to your next round").wait_for()
    confirm.get_by_role("button", name="Lock this round").click()
    page.wait_for_timeout(300)

    assert [args["private"] for args in sent(page, "lock")] == [{"python": "keep"}]


def test_a_locked_case_can_be_read_whole(show: Show) -> None:
    """What only shows something else works; how to find a level is away."""
    page = show("locked", "case")
    page.get_by_role("button", name="Read it whole").click()

    assert page.get_by_role("button", name="Read it whole").get_attribute("aria-pressed") == "true"
    page = show("locked", "rate")
    assert not page.locator(".sm-panel .sm-switcher").is_visible()


def test_the_next_actions_of_a_locked_round_stand_still(show: Show) -> None:
    """Their boxes take nothing, and look so."""
    page = show("locked", "results")
    args = {"skill": "mlops", "entry": {"actions": [{"id": "x", "text": "Lead it"}]}}
    page.evaluate("args => mock.elsewhere('own_plan', args)", args)
    page.locator(".sm-next input").first.wait_for()

    assert page.locator(".sm-next input:not(:disabled)").count() == 0
