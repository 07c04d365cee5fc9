"""The role guide: what its page is given, and the page itself in a browser."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.framework import Framework
from skillmatrix.framework.ladders import default_profile
from skillmatrix.pages.first_paint import first_paint
from skillmatrix.pages.guide_view import guide_view, variant_view
from skillmatrix.pages.role_guide import RoleGuide
from tests.browser.workbook import Watched, Workbook, find_chromium
from tests.framework.test_guide import IDS
from tests.server.serving import BROWSER

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def view(fw: Framework) -> dict[str, Any]:
    """Give what does not change while the page is open."""
    return guide_view(fw)


def ask(guide: RoleGuide, name: str, **args: Any) -> dict[str, Any]:
    """Send one command and give its answer."""
    answers: list[dict[str, Any]] = []
    guide.answer({"kind": "command", "id": "c1", "name": name, "args": args}, answers.append)
    (answer,) = answers
    return answer


def test_every_item_is_shown_in_one_place(fw: Framework, view: dict[str, Any]):
    """Items, skills and criteria stand in one group of one section each, and none is left out."""
    shown = Counter(
        name for s in view["sections"] for group in s["groups"] for name in group["items"]
    )

    assert set(shown) == set(view["items"]) == set(fw.items)
    assert [name for name, count in shown.items() if count != 1] == []
    assert sorted(item["source"] for item in view["items"].values()) == sorted(IDS)


def test_all_that_is_linked_can_be_followed(view: dict[str, Any]):
    """Links go to items of the page, and come back from them."""
    items = view["items"]
    lost = [(name, other) for name in items for other in items[name]["links"] if other not in items]
    oneway = [
        (name, other)
        for name in items
        for other in items[name]["links"]
        if name not in items[other]["from"]
    ]

    assert lost == oneway == []


def test_the_view_has_what_its_kinds_need(view: dict[str, Any]):
    """A KPI brings its target, a tool its status, a skill its levels, near misses and bars."""
    kpi, tool = view["items"]["kpi-mttd"], view["items"]["tool-mlflow"]
    skill = view["skills"]["mlops"]

    assert (kpi["target"]["comparator"], kpi["target"]["value"]) == ("below", 30)
    assert {"category", "status", "examples"} <= set(tool)
    assert list(skill["anchors"]) == ["0", "1", "2", "3", "4", "5"]
    assert any(anchor["not_this"] for anchor in skill["anchors"]["4"])
    bars = {profile["id"]: profile["bars"]["mlops"]["level"] for profile in view["profiles"]}
    assert (bars["specialist"], bars["senior"]) == (2, 4)


def test_what_is_sent_is_plain_json(view: dict[str, Any], fw: Framework):
    """Nothing in it needs Python to be read, and it stays below 1 MB."""
    variant = variant_view(fw.profile("senior"))

    assert json.loads(json.dumps(view)) == view
    assert json.loads(json.dumps(variant)) == variant
    assert len(json.dumps(view)) < 1_000_000


def test_the_guide_opens_with_the_promotion(fw: Framework):
    """Hello answers with the first promotion profile, and with nothing that was changed."""
    state = ask(RoleGuide(), "hello")["state"]

    assert state["variant"]["profile"] == default_profile(fw) == "senior"
    assert state["variant"]["changes"] == []
    assert [entry["page"] for entry in state["nav"] if entry["current"]] == ["role_guide"]


def test_a_variant_says_what_it_changes_and_why(fw: Framework):
    """Before, after, reason and overlay for every change; the bars are those of the profile."""
    guide = RoleGuide()
    answer = ask(guide, "variant", profile="senior", overlays=["healthcare"])
    variant = answer["state"]["variant"]

    assert variant["changes"]
    assert all(c["after"] and c["reason"] and c["overlays"] for c in variant["changes"])
    chosen = fw.profile("senior", overlays=["healthcare"])
    assert variant["bars"] == {name: chosen.target(name).value for name in fw.skills}
    assert answer["seq"] > ask(RoleGuide(), "hello")["seq"]


def test_a_question_answered_yes_says_what_it_changes(fw: Framework):
    """Regulated: the bar of interpretability from 2 to 4, and who joins the breadth rules."""
    guide = RoleGuide()
    answer = ask(guide, "variant", profile="senior", overlays=[], switches={"regulated": True})
    variant = answer["state"]["variant"]

    assert variant["switches"] == ["regulated"]
    bars = [(c["item"], c["before"], c["after"]) for c in variant["changes"] if c["kind"] == "bar"]
    assert bars == [("bar of Interpretability and governance", "2", "4")]
    joined = [c["after"] for c in variant["changes"] if c["kind"] == "breadth"]
    assert joined == [
        "also Ethical judgement and Interpretability and governance",
        "also Interpretability and governance",
    ]
    assert variant["bars"]["interpretability"] == 4
    asked = {p["id"]: p["switches"] for p in guide_view(fw)["profiles"]}
    assert "regulated" in asked["senior"]
    assert asked["specialist"] == []


@pytest.mark.parametrize(
    "args",
    [
        {"profile": "nobody"},
        {"profile": "senior", "overlays": ["moon"]},
        {"profile": "senior", "switches": {"moon": True}},
        {"overlays": "startup"},
    ],
)
def test_an_unknown_variant_is_refused_and_changes_nothing(args: dict[str, Any]):
    """The page keeps what it showed, and is not told to try again."""
    guide = RoleGuide()
    answer = ask(guide, "variant", **args)

    assert answer["kind"] == "refused"
    assert "again" not in answer
    assert guide.state()["variant"]["profile"] == "senior"


def test_the_first_paint_shows_contents_and_first_section(fw: Framework, tmp_path: Path):
    """Before any script, and without a workspace: 20 sections by name, the first in full."""
    html = first_paint("role_guide", tmp_path / "none", {})

    assert [s for s in fw.guide.values() if f"<span>{s.title}</span>" not in html] == []
    assert all(item.title in html for item in fw.guide[1].items.values())
    assert not (tmp_path / "none").exists()


def test_the_first_paint_escapes_what_a_framework_says(
    fw: Framework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A guide is a file somebody may have been sent: its text is text."""
    section = fw.guide[1]
    group = next(iter(section.groups.values()))
    item = next(iter(group.items.values())).model_copy(update={"title": HOSTILE, "text": HOSTILE})
    bad_group = group.model_copy(update={"title": HOSTILE, "items": {item.id: item}})
    bad = section.model_copy(
        update={"title": HOSTILE, "intro": HOSTILE, "groups": {group.id: bad_group}}
    )

    class Hostile:
        id = "ml-specialist"
        title = HOSTILE
        guide = {1: bad}  # noqa: RUF012 - read only
        items = {item.id: item}  # noqa: RUF012 - read only

    monkeypatch.setattr("skillmatrix.pages.ladders.named_framework", lambda name: Hostile)
    html = first_paint("role_guide", tmp_path, {})

    assert html.count("&lt;img") == 7
    assert "<img" not in html


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Open the guide once, in a browser, as `skillmatrix serve` gives it."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium was found")
    sync_api = pytest.importorskip("playwright.sync_api")
    workbook = Workbook(tmp_path_factory.mktemp("guide") / "workspace")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(**{**BROWSER, "executable_path": path})
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.set_default_timeout(20_000)
        page.watched = Watched(page)
        page.base = workbook.base
        page.goto(workbook.address)
        page.goto(f"{workbook.base}/role_guide")
        page.locator(".sm-guide-handbook section").first.wait_for()
        yield page
        page.close(run_before_unload=True)
        browser.close()
    workbook.stop()


def results(page: Any, query: str) -> list[str]:
    """Type into the search field and give the ids of what is found, best first."""
    page.fill("#sm-guide-query", query)
    found: list[str] = page.eval_on_selector_all(
        ".sm-guide-result", "all => all.map(each => each.dataset.item)"
    )
    return found


@pytest.fixture(scope="module")
def faults(tab: Any) -> Any:
    """Give what axe-core finds on the page as it stands."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def run() -> list[tuple[str, str]]:
        tab.wait_for_timeout(300)
        violations = axe.run(tab).response["violations"]
        return [(v["id"], node["html"][:160]) for v in violations for node in v["nodes"]]

    return run


@pytest.mark.slow
def test_the_search_finds_every_id_that_is_asked_for(tab: Any, fw: Framework):
    """Twenty ids of the blueprint, spread over all sections: each is the first result."""
    by_source = {entry.source: entry.id for entry in fw.items.values()}
    asked = IDS[:: len(IDS) // 20][:20]
    found = {source: results(tab, source)[:1] for source in asked}

    assert found == {source: [by_source[source]] for source in asked}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "item"),
    [
        ("gardrail", "kpi-guardrails"),
        ("reproducability", "kpi-reproducibility"),
        ("stakehodler alignmnet", "stakeholder-alignment"),
        ("30-60 minutes", "kpi-mttd"),
        ("MTTR", "kpi-mttr"),
        ("model card", "deliv-model-cards"),
        ("PSI 0.2", "kpi-drift-rate"),
        ("mlflo", "tool-mlflow"),
    ],
)
def test_the_search_forgives_slips_and_knows_figures(tab: Any, query: str, item: str):
    """A typing error, a figure of a KPI, a short form: what was meant is among the first three."""
    assert item in results(tab, query)[:3]


@pytest.mark.slow
def test_typing_is_answered_within_a_frame_or_two(tab: Any):
    """The median key is drawn within 33 ms, layout included; a count is told to everybody."""
    tab.fill("#sm-guide-query", "")
    took = tab.evaluate(
        """() => {
          const field = document.querySelector("#sm-guide-query");
          return [..."monitoring drift in production"].map((_, at, all) => {
            field.value = all.slice(0, at + 1).join("");
            const began = performance.now();
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            document.body.offsetHeight;
            return performance.now() - began;
          });
        }"""
    )

    assert sorted(took)[len(took) // 2] < 33
    assert tab.get_by_role("status").filter(has_text="of 379 items").count() == 1


@pytest.mark.slow
def test_everything_stands_on_the_page_once(tab: Any, view: dict[str, Any]):
    """Without search and filters the handbook shows every item, each exactly once."""
    tab.fill("#sm-guide-query", "")
    shown = tab.eval_on_selector_all(
        ".sm-guide-handbook [data-item]", "all => all.map(each => each.dataset.item)"
    )

    assert sorted(shown) == sorted(view["items"])


@pytest.mark.slow
def test_an_address_leads_to_its_item(tab: Any):
    """A link to a skill or an item opens it, also when it is the first thing opened."""
    tab.goto("about:blank")
    tab.goto(f"{tab.base}/role_guide#skill/mlops")
    tab.get_by_role("heading", name="MLOps", exact=True).wait_for()
    related = tab.locator(".sm-guide-related")
    kinds = related.locator("h4").all_inner_texts()

    assert {"Responsibilities", "Deliverables", "KPIs", "Tools", "Milestones"} <= {
        text.rpartition(" ")[0] for text in kinds
    }
    related.get_by_role("link", name="Mean time to detect (MTTD)").click()
    assert tab.url.endswith("/role_guide#item/kpi-mttd")
    assert tab.locator("#sm-guide-view-title").inner_text() == "Mean time to detect (MTTD)"
    tab.go_back()
    tab.get_by_role("heading", name="MLOps", exact=True).wait_for()
    tab.goto(f"{tab.base}/role_guide#item/no-such")
    tab.get_by_role("heading", name="There is no such item").wait_for()


@pytest.mark.slow
def test_a_variant_shows_before_and_after(tab: Any):
    """Choosing an overlay lists what changes with its reason, and the skill shows it."""
    tab.goto(f"{tab.base}/role_guide#section/17")
    tab.locator(".sm-guide-choose > summary").click()
    tab.get_by_label("Healthcare", exact=True).check()
    rows = tab.locator(".sm-guide-changes tbody tr")
    rows.first.wait_for()
    before, after = rows.nth(1).locator("s"), rows.nth(1).locator("b")

    assert before.inner_text() != after.inner_text()
    assert "Healthcare" in rows.nth(1).inner_text()
    tab.goto(f"{tab.base}/role_guide#skill/interpretability")
    tab.locator(".sm-guide-here s").wait_for()
    tab.locator(".sm-guide-choose > summary").click()
    tab.get_by_label("Healthcare", exact=True).uncheck()
    tab.locator(".sm-guide-here s").wait_for(state="detached")


@pytest.mark.slow
def test_an_answer_shows_before_and_after(tab: Any):
    """Answering a question with yes moves its bar, with the question as the reason."""
    tab.goto(f"{tab.base}/role_guide#section/17")
    tab.locator(".sm-guide-choose").evaluate("box => { box.open = true }")
    tab.get_by_role("checkbox", name="Is the product regulated").check()
    row = tab.locator(".sm-guide-changes tbody tr", has_text="Bar of Interpretability")
    row.wait_for()

    assert (row.locator("s").inner_text(), row.locator("b").inner_text()) == ("2", "4")
    assert "Is the product regulated" in row.inner_text()
    tab.get_by_role("button", name="Without variants").click()
    row.wait_for(state="detached")


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_no_fault_and_no_sideways_scrolling(tab: Any, faults: Any, width: int, scheme: str):
    """Handbook, results, a skill, a KPI: nothing for axe-core, nothing that sticks out."""
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=scheme)
    found = {}
    for place in ("#", "#section/7", "#skill/python", "#item/kpi-mttd", "#item/scorecard-kpis"):
        tab.goto(f"{tab.base}/role_guide{place}")
        tab.wait_for_timeout(200)
        found[place] = faults()
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= width, place
    results(tab, "monitoring")
    found["results"] = faults()
    tab.fill("#sm-guide-query", "")

    assert {place: many for place, many in found.items() if many} == {}


@pytest.mark.slow
def test_a_link_can_be_copied(tab: Any):
    """The button puts the address of the item on the clipboard, or shows it where it may not."""
    tab.goto(f"{tab.base}/role_guide#item/kpi-mttd")
    tab.get_by_role("button", name="Copy link").click()
    tab.locator(".sm-toast").get_by_text("link is").wait_for()


@pytest.mark.slow
def test_on_paper_everything_is_open(tab: Any):
    """Before printing, every level of every skill is on the page; afterwards it is as it was."""
    tab.goto(f"{tab.base}/role_guide#section/8")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    closed = tab.locator(".sm-guide-handbook details:not([open])").count()
    levels = tab.locator(".sm-guide-handbook .sm-guide-level").count()
    tab.evaluate("dispatchEvent(new Event('afterprint'))")

    assert (closed, levels) == (0, 6 * (27 + 5))
    assert tab.locator(".sm-guide-handbook details[open]").count() == 0


@pytest.mark.slow
def test_nothing_was_asked_of_another_machine(tab: Any):
    """All that happened above stayed on this machine, and the page complained about nothing."""
    ours = (tab.base + "/", tab.base.replace("http", "ws") + "/", "data:", "blob:", "about:")

    assert [url for url in tab.watched.urls if not url.startswith(ours)] == []
    assert tab.watched.complaints == []
