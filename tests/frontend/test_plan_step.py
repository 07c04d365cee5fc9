"""What is set down for a step of the plan, with a kernel of straw: stored, kept, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Show = Callable[..., Any]
SENT = "mock.sent.filter(m => m.name === 'own_plan').map(m => m.args)"
SAVED = 1100  # ms: a pause after typing, and the answer


def form(show: Show, skill: str = "mlops", **more: Any) -> Any:
    """Open the results and the form of one step; give the details around it."""
    page = show("rated", "results", **more)
    page.locator(f"[data-focus=own-{skill}]").click()
    found = page.locator(".sm-own").filter(has=page.locator(f"[data-focus=own-{skill}]"))
    found.locator(".sm-own-form").wait_for()
    return found


def test_an_answer_on_opportunity_is_stored_and_summed_up(show: Show) -> None:
    """One click is one command; the closed line says what is set down, and undo is named."""
    own = form(show)
    own.get_by_role("radio", name="Yes").check()
    own.page.wait_for_timeout(SAVED)

    assert own.page.evaluate(SENT) == [{"skill": "mlops", "entry": {"opportunity": True}}]
    assert own.locator(".sm-own-words").inner_text() == "yes, a project"
    assert own.page.get_by_role("button", name="Undo: MLOps: plan").is_enabled()


def test_half_a_figure_is_kept_in_the_browser_and_stored_when_it_is_whole(show: Show) -> None:
    """One of three is no figure: it survives a reload; three rising ones are stored."""
    own = form(show)
    page = own.page
    own.get_by_label("Optimistic").last.fill("2")
    page.wait_for_timeout(SAVED)
    assert page.evaluate(SENT) == []
    assert "Give all three" in own.inner_text()
    page.reload()
    own = page.locator(".sm-own").filter(has=page.locator("[data-focus=own-mlops]"))
    assert own.get_by_label("Optimistic").last.input_value() == "2"

    own.get_by_label("Likely").last.fill("6,5")
    own.get_by_label("Pessimistic").last.fill("20")
    page.wait_for_timeout(SAVED)
    (sent,) = page.evaluate(SENT)
    figures = {"level": 4, "optimistic": 2, "likely": 6.5, "pessimistic": 20}
    assert sent == {"skill": "mlops", "entry": {"effort": [figures]}}


def test_figures_that_fall_are_said_and_not_stored(show: Show) -> None:
    """Optimistic above likely: the sentence stands beside the fields."""
    own = form(show)
    for label, value in (("Optimistic", "9"), ("Likely", "4"), ("Pessimistic", "20")):
        own.get_by_label(label).last.fill(value)
    own.page.wait_for_timeout(SAVED)

    assert own.page.evaluate(SENT) == []
    assert "no figure is smaller than the one before" in own.inner_text()


def test_own_figures_go_back_to_those_of_the_ladder(show: Show) -> None:
    """One button takes them away, and focus stays in the row."""
    own = form(show)
    for label, value in (("Optimistic", "1"), ("Likely", "2"), ("Pessimistic", "3")):
        own.get_by_label(label).last.fill(value)
    own.page.wait_for_timeout(SAVED)
    own.get_by_role("button", name="Back to the ladder").click()
    own.page.wait_for_timeout(SAVED)

    assert own.page.evaluate(SENT)[-1] == {"skill": "mlops", "entry": None}
    assert own.get_by_label("Optimistic").last.input_value() == ""
    assert own.page.evaluate("document.activeElement.id") == "sm-weeks-mlops-4-0"


def test_actions_stand_in_one_list_by_their_day(show: Show) -> None:
    """Of two actions the earlier one comes first, an overdue one has a word, done ones go below."""
    own = form(show)
    page = own.page
    late = (dt.date.today() - dt.timedelta(days=3)).isoformat()
    for number, (text, day) in enumerate((("Second", "2099-01-01"), ("First", late))):
        own.get_by_role("button", name="Add an action").click()
        page.keyboard.type(text)
        own.locator("input[type=date]").nth(number).fill(day)
    page.wait_for_timeout(SAVED)

    assert [text.split("\n")[0] for text in page.locator(".sm-next-text").all_inner_texts()] == [
        "First",
        "Second",
    ]
    assert page.locator(".sm-next .sm-chip-late").all_inner_texts() == ["Overdue"]
    page.get_by_label("Done: First").first.click()
    page.wait_for_timeout(SAVED)
    assert page.locator(".sm-next > .sm-next-list .sm-next-item").count() == 1
    assert page.locator(".sm-next details summary").inner_text() == "1 done"
    assert page.evaluate("document.activeElement.dataset.focus") == "plan-done"


def test_an_action_without_words_is_no_action_and_is_not_lost(show: Show) -> None:
    """A date alone waits in the browser; with words it is stored as typed, markup and all."""
    own = form(show)
    page = own.page
    own.get_by_role("button", name="Add an action").click()
    own.locator("input[type=date]").fill("2099-01-01")
    page.wait_for_timeout(SAVED)
    assert page.evaluate(SENT) == []

    own.get_by_label("Action for MLOps").fill("<b>Lead</b> it")
    page.wait_for_timeout(SAVED)
    (action,) = page.evaluate(SENT)[-1]["entry"]["actions"]
    assert (action["text"], action["due"]) == ("<b>Lead</b> it", "2099-01-01")
    assert "<b>Lead</b> it" in page.locator(".sm-next-text").inner_text()


def test_what_the_kernel_refuses_is_still_there(show: Show) -> None:
    """The text stays in its field and goes with the next change."""
    own = form(show)
    page = own.page
    page.evaluate("mock.refuse = 'own_plan'")
    own.get_by_role("button", name="Add an action").click()
    page.keyboard.type("Ask Kim")
    page.wait_for_timeout(SAVED)
    assert page.get_by_text("This was not stored").first.is_visible()
    assert own.get_by_label("Action for MLOps").input_value() == "Ask Kim"

    own.get_by_role("radio", name="Yes").check()
    page.wait_for_timeout(SAVED)
    entry = page.evaluate(SENT)[-1]["entry"]
    assert (entry["opportunity"], [a["text"] for a in entry["actions"]]) == (True, ["Ask Kim"])


def test_what_is_set_down_for_another_skill_stays_in_view(show: Show) -> None:
    """An action for a skill that is not in the plan is listed, and can be changed."""
    page = show("rated", "results")
    page.locator(".sm-plan-sentence").wait_for()
    args = '{skill: "ranking", entry: {actions: [{id: "x", text: "Read on"}]}}'
    page.evaluate(f"mockModel.send({{kind: 'command', id: 'q', name: 'own_plan', args: {args}}})")
    page.locator(".sm-own-elsewhere").wait_for()

    assert "not in the plan now" in page.locator(".sm-next-text").inner_text()
    page.locator("[data-focus=own-ranking]").click()
    field = page.get_by_label("Action for Ranking and recommenders")
    assert field.input_value() == "Read on"


def test_a_step_is_filled_in_with_the_keyboard_alone(show: Show) -> None:
    """Enter opens, arrows answer, Tab reaches every field."""
    page = show("rated", "results")
    page.locator(".sm-plan-sentence").wait_for()
    page.locator("[data-focus=own-mlops]").focus()
    page.keyboard.press("Enter")
    page.locator(".sm-own-form").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(SAVED)

    assert page.evaluate(SENT)[-1] == {"skill": "mlops", "entry": {"opportunity": True}}
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "sm-past-mlops"


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_an_open_form_fits_its_window(show: Show, width: int) -> None:
    """Nothing scrolls sideways, long words in an action included."""
    own = form(show, width=width)
    own.get_by_role("button", name="Add an action").click()
    own.page.keyboard.type("supercalifragilistic" * 12)
    own.page.wait_for_timeout(SAVED)

    assert own.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_a_day_has_a_year_of_four_digits(show: Show) -> None:
    """The field ends with the year 9999: what is typed further is not taken."""
    own = form(show)
    own.get_by_role("button", name="Add an action").click()
    own.get_by_label("Action for MLOps").fill("Lead it")
    day = own.locator("input[type=date]")
    day.focus()
    own.page.keyboard.type("01012027123")
    own.page.wait_for_timeout(SAVED)

    assert day.get_attribute("max") == "9999-12-31"
    assert len(own.page.evaluate(SENT)[-1]["entry"]["actions"][0]["due"]) == len("2027-01-01")
