"""The mentor session in the browser: one obvious next step, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.frontend.record_page import focus, sent

pytestmark = pytest.mark.slow

Show = Callable[..., Any]


def entered(page: Any, kind: str) -> list[dict[str, Any]]:
    """Give the contents of every entry of a kind that was sent."""
    return [each["content"] for each in sent(page, "enter") if each["kind"] == kind]


def files(*texts: str) -> list[dict[str, Any]]:
    """Make files of texts."""
    return [
        {"name": f"{n}.packet.json", "mimeType": "application/json", "buffer": text.encode()}
        for n, text in enumerate(texts)
    ]


def test_an_empty_page_says_what_a_packet_is(show: Show) -> None:
    """What it is, where it comes from, and one thing to do."""
    page = show("mentor_empty")

    text = page.locator(".sm-people-open").inner_text()
    assert "the file a specialist makes in the last step of a self-review, Hand over" in text
    assert page.locator("input[type=file]").count() == 1


def test_each_file_is_told_and_none_is_kept_in_the_browser(show: Show) -> None:
    """Taken in or not, file by file; what is inside stays out of the browser's storage."""
    page = show("mentor_people")
    page.get_by_label("Your name").fill("Lee Osei")
    page.locator("input[type=file]").set_input_files(files('{"PRIVATE": 1}', "PRIVATE nonsense"))
    told = page.locator(".sm-people-files > li")
    told.first.wait_for()
    kept = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")

    assert [each.inner_text().splitlines()[0] for each in told.all()] == [
        "0.packet.json: taken in",
        "1.packet.json: not taken in",
    ]
    assert sent(page, "open_files")[0]["mentor"] == "Lee Osei"
    assert "PRIVATE" not in kept
    assert focus(page) == "files-told"


def test_people_stand_with_words_and_overdue_is_one(show: Show) -> None:
    """The phase and the count in words; an action whose day has passed says so."""
    page = show("mentor_people")
    text = page.locator(".sm-people-main").inner_text()

    assert "In conversation" in text
    assert "4 of 27 rated" in text
    assert "overdue since 15 January 2026" in text


def test_not_observed_is_one_key_away_and_declining_is_not_offered(show: Show) -> None:
    """`n` on the row, and a button in the panel; progress counts both answers."""
    page = show("mentor_rate")
    page.locator('.sm-row[data-skill="mlops"] .sm-cell').first.focus()
    page.keyboard.press("n")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    page.get_by_text("1 of 27 rated, 1 not observed").wait_for()
    states = page.locator(".sm-states button").all_inner_texts()

    assert [r["value"] for r in sent(page, "rate")] == ["NOT_OBSERVED", 2]
    assert "Not observed" in states
    assert "Prefer not to say" not in states


def test_the_lock_lists_gates_and_waits_for_each_private_note(show: Show) -> None:
    """No lock is sent before the note has been decided; then its fate goes along."""
    page = show("mentor_rate")
    page.locator('.sm-row[data-skill="mlops"] .sm-cell').nth(3).click()
    page.get_by_label("Note on MLOps").fill("Ask about the canary")
    page.wait_for_timeout(900)
    page.get_by_role("button", name="Lock my ratings…").click()
    gates = page.locator(".sm-meet-gates").inner_text()
    page.get_by_role("button", name="Lock my ratings for good").click(force=True)
    asked = focus(page)
    page.locator("[data-focus=fate-mlops]").select_option("delete")
    early = sent(page, "lock_own")
    page.get_by_role("button", name="Lock my ratings for good").click()
    page.locator(".sm-predict").wait_for()

    assert "Model validation" in gates
    assert "MLOps" not in gates
    assert (asked, early) == ("fate-mlops", [])
    assert sent(page, "lock_own")[0]["private"] == {"mlops": "delete"}
    assert focus(page) == "step"


def test_both_directions_are_worded_alike(show: Show) -> None:
    """Higher by her, the same, higher by him: three groups, in this order, and a text each row."""
    page = show("mentor_talk")
    groups = page.locator(".sm-pair-group").all_inner_texts()
    rows = [row.get_attribute("aria-label") for row in page.locator(".sm-pair-track").all()]

    assert groups[:3] == [
        "Ana gave the higher level · 1",
        "The same level · 2",
        "Lee gave the higher level · 1",
    ]
    assert rows[0] == "MLOps: Ana 4, evidence carries 3; Lee 3, evidence carries 1; " + (
        "Ana 1 level higher; bar 4"
    )
    assert rows[-1].startswith("Execution discipline: Ana 2, evidence carries 1; Lee 4")
    assert "Lee 2 levels higher" in rows[-1]


def test_what_is_typed_survives_a_reload_and_stays_with_its_skill(show: Show) -> None:
    """Level, reason and a half-written action come back; another skill's form is empty."""
    page = show("mentor_talk", "agenda/mlops")
    page.locator("[data-focus=agree-3]").check()
    page.get_by_label("What settled it").fill("Two releases")
    page.locator("[data-focus=act]").click()
    page.get_by_label("What is to be done").fill("Lead a")
    page.reload()
    page.locator(".sm-agenda").wait_for()

    assert page.locator("[data-focus=agree-3]").is_checked()
    assert page.get_by_label("What settled it").input_value() == "Two releases"
    assert page.get_by_label("What is to be done").input_value() == "Lead a"
    page.locator("[data-focus=agenda-validation]").click()
    assert page.get_by_label("What settled it").input_value() == ""


def test_a_skill_is_settled_and_the_next_one_waits(show: Show) -> None:
    """Agree needs a choice; the item stays, is marked, and leads on."""
    page = show("mentor_talk", "agenda")
    page.locator("[data-focus=agree]").click(force=True)
    nothing = entered(page, "agreed")
    page.locator("[data-focus=agree-apart]").check()
    page.get_by_label("What keeps you apart").fill("We saw other releases")
    page.locator("[data-focus=agree]").click()
    page.locator(".sm-agreed").wait_for()
    page.wait_for_timeout(100)

    assert nothing == []
    assert entered(page, "agreed") == [
        {
            "skill": "mlops",
            "level": None,
            "reason": "We saw other releases",
            "next_evidence": "",
        }
    ]
    assert focus(page) == "agreed"
    assert "seen differently" in page.locator("[data-focus=agenda-mlops]").inner_text()
    page.locator("[data-focus=next-item]").click()
    assert page.locator("#sm-item-now-title").inner_text() != "MLOps"


def test_a_refused_agreement_is_a_draft_again(show: Show) -> None:
    """Nothing typed is lost when the kernel does not take it."""
    page = show("mentor_talk", "agenda/mlops")
    page.evaluate("mock.refuse = 'enter'")
    page.locator("[data-focus=agree-3]").check()
    page.get_by_label("What settled it").fill("Two releases")
    page.locator("[data-focus=agree]").click()
    page.locator(".sm-toast-problem").wait_for()

    assert page.get_by_label("What settled it").input_value() == "Two releases"
    assert page.locator("[data-focus=agree-3]").is_checked()


def test_the_clock_runs_when_started_and_tells_on_leaving(show: Show) -> None:
    """No clock by itself; a skill's seconds go into the record when it is left."""
    page = show("mentor_talk", "agenda/mlops")
    page.wait_for_timeout(1200)
    quiet = page.locator("[data-clock]").count()
    page.get_by_role("button", name="Start the clock").click()
    page.wait_for_timeout(2300)
    page.locator("[data-focus=park]").click()
    page.wait_for_timeout(100)

    assert quiet == 0
    assert entered(page, "spoken")[0]["skill"] == "mlops"
    assert entered(page, "spoken")[0]["seconds"] in {2, 3}
    assert entered(page, "parked")[0]["until"] == "next session"


def test_the_close_holds_everything_and_can_be_copied(show: Show) -> None:
    """Agreed, apart, actions, seals; as text as well."""
    page = show("mentor_talk", "agenda/mlops")
    page.locator("[data-focus=agree-3]").check()
    page.locator("[data-focus=agree]").click()
    page.locator("[data-focus=act]").click()
    page.get_by_label("What is to be done").fill("Lead the next release")
    page.get_by_label("By when").fill("2027-01-15")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("navigation", name="Steps").get_by_role("link", name="Close").click()
    page.locator("[data-focus=close]").click()
    page.get_by_role("heading", name="What you agreed").wait_for()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("[data-focus=copy]").click()
    text = page.locator("#sm-copy-text").input_value()

    assert "- MLOps: 3 (Ana 4, Lee 3)" in text
    assert "- 15 January 2027, Ana: Lead the next release" in text
    assert len(page.locator(".sm-meet-seals code").first.inner_text()) == 64
    assert page.locator("[data-focus=record-file]").count() == 1
    assert "sm-button-main" in page.locator("[data-focus=record-file]").get_attribute("class")


def test_what_others_typed_is_text(show: Show) -> None:
    """A hostile name is shown as it was typed, runs nothing, and breaks no layout."""
    for width in (1440, 390):
        page = show("mentor_hostile", width=width)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")

        assert wide <= 0
        assert "<script>alert(1)</script>" in page.locator("h1").inner_text()
        assert page.locator("h1 script").count() == 0


def test_the_next_session_opens_with_what_the_last_left_open(show: Show) -> None:
    """Above the board, by day; in the talk it is done, taken on again or dropped."""
    page = show("mentor_again")
    before = page.locator(".sm-meet-before").inner_text()
    page = show("mentor_again_talk", "agenda/mlops")
    page.get_by_role("button", name="Done: Lead a review").click()
    page.wait_for_timeout(100)
    today = page.evaluate("new Date().toLocaleDateString('sv-SE')")

    assert "From your last session, 20 November 2026: 1 open action" in before
    assert "overdue since 15 January 2026" in before
    assert [a["id"] for a in entered(page, "action")] == ["a1"]
    assert entered(page, "done") == [{"id": "a1", "done": today}]
    assert "Still open from before" not in page.locator(".sm-meet-todo").inner_text()


def test_after_the_close_a_change_says_that_it_is_a_correction(show: Show) -> None:
    """What stood there can be changed; the page says how it will stand in the record."""
    page = show("mentor_talk", "agenda/mlops")
    page.locator("[data-focus=agree-3]").check()
    page.locator("[data-focus=agree]").click()
    page.locator(".sm-agreed").wait_for()
    page.get_by_role("navigation", name="Steps").get_by_role("link", name="Close").click()
    page.locator("[data-focus=close]").click()
    page.locator("[data-focus=correct]").click()
    note = page.locator(".sm-locked-banner").inner_text()
    page.locator("[data-focus=agenda-mlops]").click()
    page.locator("[data-focus=again]").click()
    page.locator("[data-focus=agree-4]").check()
    page.locator("[data-focus=agree]").click()
    page.get_by_text("Agreed: 4").wait_for()

    assert "added as a correction" in note
    assert [each["level"] for each in entered(page, "agreed")] == [3, 4]
    assert "added as a correction" in page.locator(".sm-locked-banner").inner_text()


def test_the_clock_of_one_session_is_not_that_of_the_next(show: Show) -> None:
    """Another round is opened while the clock runs: what has run stays with its own round."""
    page = show("mentor_talk", "agenda/mlops")
    page.get_by_role("button", name="Start the clock").click()
    page.wait_for_timeout(1200)
    page.evaluate("mock.tell({ assessment: { code: 'a-other', person: 'Bo' } })")
    page.get_by_role("heading", name="Session with Bo").wait_for()
    clocks = "Object.keys(localStorage).filter(key => key.endsWith('.timer'))"
    page.evaluate("location.hash = '#agenda/mlops'")

    assert [".a-other." in key for key in page.evaluate(clocks)] == [False]
    page.get_by_role("button", name="Start the clock").wait_for()


def test_changing_an_action_leaves_the_half_written_one_alone(show: Show) -> None:
    """Two forms stand open; each is stored or discarded by itself, and both outlive a reload."""
    page = show("mentor_talk", "agenda/mlops")
    page.locator("[data-focus=act]").click()
    page.locator("[data-focus=act-text]").fill("Lead it")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("[data-focus=act]").click()
    page.locator("[data-focus=act-text]").fill("Half a")
    page.get_by_role("button", name="Change: Lead it").click()
    change = page.get_by_role("form", name="Change: Lead it")
    change.get_by_label("What is to be done").fill("Lead it now")
    page.reload()
    page.locator(".sm-agenda").wait_for()
    change.get_by_role("button", name="Keep the change").click()
    page.get_by_text("Lead it now").first.wait_for()

    assert focus(page).startswith("act-change-")
    assert page.locator("[data-focus=act-text]").input_value() == "Half a"
    assert [each["text"] for each in entered(page, "action")] == ["Lead it now"]
    assert page.locator("input[type=date]").first.get_attribute("max") == "9999-12-31"


def test_a_remark_half_typed_at_the_close_is_still_there(show: Show) -> None:
    """The field stays until its words are added or taken out; so does the form of an action."""
    page = show("mentor_talk", "close")
    page.locator("[data-focus=remark]").fill("Remember the")
    page.locator("[data-focus=act]").click()
    page.locator("[data-focus=act-text]").fill("Half a")
    page.locator("[data-focus=close]").click()
    page.get_by_role("heading", name="What you agreed").wait_for()

    assert page.locator("[data-focus=remark]").input_value() == "Remember the"
    assert page.locator("[data-focus=act-text]").input_value() == "Half a"
    page.locator("[data-focus=remark-add]").click()
    page.locator(".sm-close-remark").wait_for()
    assert entered(page, "remark") == [{"skill": None, "text": "Remember the"}]


def test_a_note_written_after_the_decision_is_not_deleted(show: Show) -> None:
    """`Delete it` held for other words: the lock asks again."""
    page = show("mentor_rate")
    note = "mock.elsewhere('note', {skill: 'mlops', text: TEXT, visibility: 'private'})"
    page.evaluate(note.replace("TEXT", "'Ask K.'"))
    page.locator("[data-focus=lock]").click()
    page.locator("[data-focus=fate-mlops]").select_option("delete")
    page.get_by_role("button", name="Not yet").click()
    page.evaluate(note.replace("TEXT", "'Ask K., and then Lee'"))
    page.locator("[data-focus=lock]").click()
    page.get_by_role("button", name="Lock my ratings for good").click(force=True)

    assert page.locator("[data-focus=fate-mlops]").input_value() == ""
    assert focus(page) == "fate-mlops"
    assert sent(page, "lock_own") == []
