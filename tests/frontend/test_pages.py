"""The pages in a browser, with a kernel of straw."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Show = Callable[..., Any]
STEPS = [
    ("new", "aim"),
    ("rated", "aim"),
    ("new", "rate"),
    ("rated", "rate/mlops"),
    ("rated", "results"),
    ("ready", "results"),
    ("hostile", "rate/mlops"),
    ("empty", ""),
    ("home", ""),
    ("home_empty", ""),
]


def level(page: Any, name: str) -> Any:
    """Give one cell of the board by its accessible name."""
    return page.get_by_role("radio", name=name, exact=True)


def sent(page: Any, name: str) -> list[dict[str, Any]]:
    """Give the arguments of every command of a name the kernel has received."""
    return page.evaluate("n => mock.sent.filter(m => m.name === n).map(m => m.args)", name)


@pytest.mark.parametrize(("case", "step"), STEPS)
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_axe_finds_nothing(show: Show, case: str, step: str, width: int, theme: str) -> None:
    """Every page, light and dark, wide and narrow, is without an axe violation."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = show(case, step, width=width, theme=theme)
    page.wait_for_timeout(150)

    found = axe.run(page).response["violations"]

    brief = [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found]
    assert not brief, json.dumps(brief, indent=1)


@pytest.mark.parametrize(("case", "step"), STEPS)
@pytest.mark.parametrize("width", [320, 390, 720, 1100])
def test_no_page_scrolls_sideways(show: Show, case: str, step: str, width: int) -> None:
    """From 320 px up (400 % zoom of a laptop) nothing sticks out."""
    page = show(case, step, width=width, height=844)

    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


@pytest.mark.parametrize("step", ["aim", "rate", "rate/mlops", "results"])
def test_larger_text_loses_nothing(show: Show, step: str) -> None:
    """The larger text size fits into 390 px as well."""
    page = show("rated", step, width=390, height=844)
    page.evaluate("localStorage.setItem('skillmatrix.textsize', 'larger')")
    page.reload()
    page.wait_for_selector(".sm-content > *")

    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


def test_a_click_is_painted_before_the_kernel_answers(show: Show) -> None:
    """The mark moves in the same task as the click, also with a kernel that takes its time."""
    page = show("new", "rate", query="?delay=5000")

    moved = page.evaluate(
        """() => {
            const cell = document.querySelector('[aria-label="MLOps: 4 Leading"]');
            const start = performance.now();
            cell.click();
            const took = performance.now() - start;
            const row = cell.closest('.sm-row');
            return [row.querySelectorAll('.sm-mark-claimed').length, cell.ariaChecked, took];
        }"""
    )

    assert moved[:2] == [1, "true"]
    assert moved[2] < 33


def test_keyboard_rates(show: Show) -> None:
    """Digits, arrows, deletion and the way to the next skill."""
    page = show("new", "rate")
    page.locator('.sm-row[data-skill="python"] [role=radio][tabindex="0"]').focus()

    page.keyboard.press("3")
    page.keyboard.press("ArrowRight")
    assert level(page, "Python: 4 Leading").get_attribute("aria-checked") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("u")
    page.wait_for_timeout(600)

    assert page.locator('.sm-row[data-skill="python"]').inner_text().count("Not rated") == 1
    assert sent(page, "rate")[-1] == {"skill": "python", "value": "UNRATED"}
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "Core ML: 2 Guided"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Core ML"


def test_arrows_are_one_rating(show: Show) -> None:
    """Moving over four levels stores the last one only."""
    page = show("new", "rate")
    page.locator('.sm-row[data-skill="python"] [role=radio][tabindex="0"]').focus()

    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)

    assert sent(page, "rate") == [{"skill": "python", "value": 4}]


def test_a_rating_is_announced(show: Show) -> None:
    """What the kernel made of a rating is said politely, with what it changed."""
    page = show("new", "rate")
    level(page, "MLOps: 2 Guided").click()
    page.wait_for_timeout(200)

    said = page.locator(".sm > [role=status]").inner_text()
    assert said == "MLOps: 2 Guided claimed, evidence supports 1, bar 4. P3 is now not met"


def test_offline_keeps_everything(show: Show) -> None:
    """With the server gone the page says so, keeps ratings, and sends them after the reload."""
    page = show("new", "rate")
    page.evaluate("mock.serverGone = true")
    level(page, "MLOps: 4 Leading").click()

    page.wait_for_selector(".sm-banner", timeout=8000)
    assert "Not connected" in page.locator(".sm-banner").inner_text()
    assert page.locator(".sm-saved").inner_text() == "Not saved, reconnecting"
    assert level(page, "MLOps: 4 Leading").get_attribute("aria-checked") == "true"

    page.reload()
    page.wait_for_selector(".sm-saved-saved")
    assert level(page, "MLOps: 4 Leading").get_attribute("aria-checked") == "true"
    assert sent(page, "rate") == [{"skill": "mlops", "value": 4}]
    assert page.evaluate("Object.keys(localStorage).filter(k => k.includes('outbox'))") == []


def test_a_dead_kernel_is_replaced_by_a_reload(show: Show) -> None:
    """The server answers and the kernel does not: the page reloads itself, where it was."""
    page = show("rated", "rate/streaming")
    page.evaluate("mock.silent = true; window.before = true")
    page.get_by_role("textbox", name="Note on Streaming features").fill("half a thou")

    page.wait_for_function("!window.before", timeout=15000)
    page.wait_for_selector(".sm-saved-saved")
    note = page.get_by_role("textbox", name="Note on Streaming features")
    assert note.input_value() == "half a thou"
    assert note.evaluate("el => el === document.activeElement")
    assert sent(page, "note")[-1]["text"] == "half a thou"


def test_decision_path_leads_to_a_level(show: Show) -> None:
    """Yes, yes, yes, no: level 3, and names only at the end."""
    page = show("new", "rate/mlops")
    panel = page.locator(".sm-panel")

    for _ in range(3):
        assert "Independent" not in panel.locator(".sm-path").inner_text()
        panel.get_by_role("button", name="Yes", exact=True).click()
    panel.get_by_role("button", name="No", exact=True).click()
    assert page.evaluate("document.activeElement.textContent").startswith("Your answers point to 3")
    panel.get_by_role("button", name="Rate as 3 Independent").click()

    assert level(page, "MLOps: 3 Independent").get_attribute("aria-checked") == "true"


def test_evidence_shows_its_strength_and_survives_a_reload(show: Show) -> None:
    """A half-typed item is still there after a reload; added, it is stored once."""
    page = show("new", "rate/mlops")
    page.get_by_role("button", name="Add evidence").click()
    page.get_by_label("What it was", exact=True).fill("Rollback rehearsal")
    assert "To count as E1" in page.locator(".sm-ladder-text").inner_text()

    page.reload()
    page.wait_for_selector(".sm-editor")
    assert page.get_by_label("What it was", exact=True).input_value() == "Rollback rehearsal"
    page.get_by_label("When it was").fill("2026-05-12")
    page.get_by_label("What you did yourself").fill("Planned and ran it.")
    page.get_by_label("Where it can be seen").fill("DOC-9")
    assert page.locator(".sm-ladder-text").inner_text().startswith("E2")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_selector(".sm-item-card")

    stored = sent(page, "evidence")
    assert len(stored) == 1
    assert stored[0]["item"]["skills"] == ["mlops"]
    assert page.evaluate("Object.keys(localStorage).filter(k => k.includes('draft'))") == []


def test_a_refused_item_is_kept_as_a_draft(show: Show) -> None:
    """The kernel refuses: the page says why, and the form still holds what was typed."""
    page = show("new", "rate/mlops")
    page.get_by_role("button", name="Add evidence").click()
    page.get_by_label("What it was", exact=True).fill("Rollback rehearsal")
    page.get_by_label("When it was").fill("2026-05-12")
    page.evaluate("mock.refuse = 'evidence'")
    page.get_by_role("button", name="Add", exact=True).click()

    page.wait_for_selector(".sm-toast-problem")
    assert "not stored" in page.locator(".sm-toast-problem").inner_text()
    assert page.get_by_label("What it was", exact=True).input_value() == "Rollback rehearsal"


def test_removed_evidence_comes_back(show: Show) -> None:
    """Remove, then Undo in the message."""
    page = show("rated", "rate/mlops")
    page.get_by_role("button", name="Remove: Ticket router").click()
    assert page.locator(".sm-item-card").count() == 0

    page.locator(".sm-toast").get_by_role("button", name="Undo").click()
    assert page.locator(".sm-item-card").count() == 1


def test_undo_by_key(show: Show) -> None:
    """Ctrl+Z outside a text field takes the last change back."""
    page = show("new", "rate")
    level(page, "MLOps: 4 Leading").click()
    page.wait_for_selector(".sm-saved-saved")
    page.keyboard.press("Control+z")

    page.wait_for_function("mock.sent.some(m => m.name === 'undo')")
    page.wait_for_timeout(100)
    assert level(page, "MLOps: 4 Leading").get_attribute("aria-checked") == "false"


def test_hostile_text_stays_text(show: Show) -> None:
    """Markup in names, notes and evidence is shown, not run; nothing widens the page."""
    page = show("hostile", "rate/mlops")

    assert page.evaluate("document.querySelectorAll('.sm script').length") == 0
    assert "<script>" in page.locator(".sm-whose").inner_text()
    assert len(page.get_by_role("textbox", name="Note on MLOps").input_value()) > 4000


def test_narrow_screens_show_one_thing_at_a_time(show: Show) -> None:
    """At 390 px a skill takes the place of the board, and Back returns to its row."""
    page = show("rated", "rate", width=390, height=844)
    page.get_by_role("button", name="Containers").click()
    assert page.locator(".sm-board").is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "Containers"

    page.get_by_role("button", name="All skills").click()
    assert page.locator(".sm-panel").is_hidden()
    assert page.evaluate("document.activeElement.closest('.sm-row').dataset.skill") == "containers"
    page.go_back()
    assert page.locator(".sm-panel").is_visible()


def test_cells_are_large_enough_for_fingers(show: Show) -> None:
    """At 390 px a cell is at least 44 by 36 px, at 1440 px at least 24 px high."""
    box = level(show("rated", "rate", width=390), "MLOps: 3 Independent").bounding_box()
    assert (box["width"] >= 44, box["height"] >= 36) == (True, True)

    assert level(show("rated", "rate"), "MLOps: 3 Independent").bounding_box()["height"] >= 24


def test_the_whole_board_is_one_look(show: Show) -> None:
    """27 rows fit into about 1100 px at 1440 px width."""
    assert show("rated", "rate").locator(".sm-board").bounding_box()["height"] <= 1120


def test_results_link_to_the_skill(show: Show) -> None:
    """Every gate of the checklist leads to its skill; the chart is asked for and has a text."""
    page = show("rated", "results")
    page.wait_for_selector("img.sm-figure-image")
    assert page.locator("img.sm-figure-image").get_attribute("alt").startswith("Dot plot")
    assert page.locator(".sm-figure .sm-table tbody tr:not(.sm-table-area)").count() == 27

    page.locator(".sm-parts").get_by_role("link", name="Model validation at 4").click()
    assert page.evaluate("document.activeElement.textContent") == "Model validation"
    assert page.url.endswith("#rate/validation")


def test_levels_between_brackets_are_explained_once(show: Show) -> None:
    """Above the lines that bear them it is said what [3..4] means."""
    page = show("rated", "results")
    note = page.get_by_text("from the level your evidence carries to the level you claim")

    assert note.count() == 1
    assert note.bounding_box()["y"] < page.locator(".sm-criterion").first.bounding_box()["y"]


def test_a_table_broader_than_its_box_shows_that_it_goes_on(show: Show) -> None:
    """At 390 px the table of the results is cut by a shadow and not by nothing."""
    page = show("rated", "results", width=390)
    page.get_by_role("button", name="Every skill against the bar").click()
    page.get_by_text("The same as a table").click()
    box = page.locator(".sm-figure .sm-table-scroll")

    assert box.evaluate("el => el.scrollWidth > el.clientWidth")
    assert box.evaluate("el => getComputedStyle(el).backgroundAttachment").count("local") == 2


def test_long_parts_of_the_results_are_folded_on_a_narrow_screen(show: Show) -> None:
    """Chart and other roles wait behind their titles; a link to one unfolds it; paper shows all."""
    page = show("rated", "results", width=390)
    roles, chart = page.locator(".sm-targets .sm-fold-body"), page.locator(".sm-figure .sm-more")
    met = page.locator(".sm-criterion-body:visible").count()
    assert (roles.is_visible(), chart.is_visible()) == (False, False)

    page.get_by_role("navigation", name="On this page").get_by_text("Other roles").click()

    assert roles.locator("> *").first.is_visible()
    assert page.evaluate("document.activeElement.id") == "sm-roles-title"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert (chart.is_visible(), chart.get_attribute("open") is not None) == (True, True)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not chart.is_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    chart.wait_for()
    assert page.locator(".sm-fold").count() == 0
    assert page.locator(".sm-criterion-body:visible").count() >= met


def test_aim_is_stored_as_chosen(show: Show) -> None:
    """Profile, switches and months are sent whole, each change on its own."""
    page = show("new", "aim")
    page.get_by_role("radio", name="Applied Scientist").check()
    page.get_by_role("group", name="Is the product regulated").get_by_label("Yes").check()
    page.get_by_label("Months away").fill("5")
    page.wait_for_timeout(900)

    last = sent(page, "aim")[-1]
    assert (last["profile"], last["switches"]["regulated"], last["absence_months"]) == (
        "applied-scientist",
        True,
        5,
    )


def test_a_refusal_does_not_put_older_words_over_newer_ones(show: Show) -> None:
    """What was typed on while the kernel refused the first half is stored, and stays shown."""
    page = show("rated", "rate", query="?delay=900")
    page.evaluate("mock.refuse = 'note'")
    page.locator(".sm-row-title", has_text="MLOps").click()
    note = page.locator("textarea[data-focus=note]")
    note.fill("Half")
    page.wait_for_function("mock.sent.some(m => m.name === 'note')")
    note.fill("Half and whole")
    page.locator(".sm-toast-problem").wait_for()
    page.wait_for_function("mock.sent.filter(m => m.name === 'note').length === 2")
    page.wait_for_timeout(1200)
    note.blur()

    assert page.evaluate("Object.keys(localStorage).some(key => key.includes('.note.'))") is False
    assert note.input_value() == "Half and whole"


def test_home_deletes_with_a_way_back(show: Show) -> None:
    """A deleted assessment can be restored from the message."""
    page = show("home")
    page.get_by_role("button", name="Delete: Mira Example").click()
    page.locator(".sm-toast").get_by_role("button", name="Undo").click()

    page.wait_for_timeout(150)
    assert page.get_by_role("link", name="Mira Example").count() == 1


def test_home_tells_rounds_of_one_person_apart(show: Show) -> None:
    """Under one name each line and its buttons say when it was begun; one alone does not."""
    page = show("home")
    lines = page.locator(".sm-assessment")
    assert "begun" not in "".join(lines.all_inner_texts())
    page.get_by_role("button", name="New round from: Mira Example").click()
    begun = page.get_by_text("begun 20 November 2026 at ")
    begun.first.wait_for()

    assert begun.count() == 2
    delete = page.get_by_role("button", name="Delete: Mira Example, begun 20 November 2026")
    assert delete.count() == 2


def test_home_lists_the_problems_of_a_file(show: Show) -> None:
    """A file that is no assessment is named with where, found, expected and remedy."""
    page = show("home")
    page.locator("input[type=file]").set_input_files(
        {"name": "x.assessment.json", "mimeType": "application/json", "buffer": b"{nonsense"}
    )

    page.wait_for_selector(".sm-import-trouble")
    assert "Nothing was changed" in page.locator(".sm-import-trouble").inner_text()


def test_full_storage_does_not_stop_the_page(show: Show) -> None:
    """Without storage the page works, and warns only while something is unsaved."""
    page = show("new", "rate", query="?delay=3000")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw Error('full') } }")
    level(page, "MLOps: 4 Leading").click()

    assert "Leave this page open" in page.locator(".sm-banner").inner_text()


def test_first_paint_goes_when_the_page_is_drawn(show: Show) -> None:
    """The server's picture gives way to the page."""
    assert show("rated").locator("#skillmatrix-first-paint").count() == 0


def test_a_full_disk_is_said_and_tried_again(show: Show) -> None:
    """What the store could not take is kept, said in words, and stored when it can be."""
    page = show("new", "rate")
    page.evaluate("mock.refuse = 'rate'; mock.again = true")
    level(page, "MLOps: 4 Leading").click()
    page.wait_for_selector(".sm-banner")
    assert "could not be stored" in page.locator(".sm-banner").inner_text()
    assert level(page, "MLOps: 4 Leading").get_attribute("aria-checked") == "true"

    page.wait_for_selector(".sm-banner", state="detached", timeout=6000)
    assert page.locator(".sm-saved").inner_text().startswith("Saved")


def test_the_assessment_can_be_taken_along(show: Show) -> None:
    """Results hand out the assessment as a file."""
    page = show("rated", "results")

    with page.expect_download() as download:
        page.get_by_role("button", name="Download the assessment file").click()
    assert download.value.suggested_filename == "a7k2.assessment.json"


def test_an_error_in_drawing_is_said_calmly(browser: Any, harness: str) -> None:
    """A state the page cannot draw gives a sentence and a way on, never a trace."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{harness}/harness_rated.html#rate")
    page.wait_for_selector(".sm-row")
    page.evaluate("mock.breakState()")

    page.wait_for_selector(".sm-broken")
    assert "Nothing you entered is lost" in page.locator(".sm-broken").inner_text()
    context.close()


def test_another_tab_is_seen_without_losing_the_own_words(show: Show) -> None:
    """A change from elsewhere appears; what is being typed stays."""
    page = show("new", "rate/mlops")
    note = page.get_by_role("textbox", name="Note on MLOps")
    note.press_sequentially("half")
    page.evaluate("mock.elsewhere('rate', {skill: 'python', value: 5})")

    assert level(page, "Python: 5 Shaping").get_attribute("aria-checked") == "true"
    assert note.input_value() == "half"
