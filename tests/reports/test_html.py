"""The report as one HTML file: it stands alone, and nothing typed is ever markup."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from skillmatrix.framework import Framework, Profile
from skillmatrix.reports import AUDIENCES, report, write_report
from tests.conftest import assess, proof
from tests.reports.conftest import Made
from tests.reports.reading import Page

HOSTILE = "</style></title><script>alert(1)</script><img src=x onerror='alert(1)'>\"'&amp;\u202e"


def html(made: Made, audience: str = "myself", **other: object) -> Page:
    return Page(write_report(made(audience, **other), "html").content)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_it_stands_alone(made: Made, audience: str):
    """No script, and nothing that a browser would fetch or send."""
    page = html(made, audience)

    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "base", "input"}
    assert not [a for _, a in page.elements if "src" in a or "srcset" in a or "style" in a]
    assert not [a for _, a in page.elements if any(name.startswith("on") for name in a)]
    (policy,) = [m["content"] for m in page.of("meta") if "http-equiv" in m]
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "url(" not in page.text
    assert "@import" not in page.text


@pytest.mark.parametrize("audience", AUDIENCES)
def test_it_can_be_read_without_seeing_it(made: Made, audience: str):
    """Language, title, landmarks, one heading a step, a heading for every cell of a table."""
    page = html(made, audience)

    tags = [tag for tag, _ in page.elements]
    assert page.of("html") == [{"lang": "en"}]
    assert [tags.count(t) for t in ("title", "main", "header", "footer", "nav", "h1")] == [1] * 6
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all("scope" in attributes for attributes in page.of("th"))
    assert tags.count("caption") == tags.count("table") > 5
    assert page.of("a")[0] == {"class": "skip", "href": "#content"}


def test_every_place_it_points_to_is_there(made: Made):
    """A link inside the page leads to something, and each name is given once."""
    page = html(made)

    names = [a["id"] for _, a in page.elements if "id" in a]
    inside = [a["href"] for a in page.of("a") if (a.get("href") or "").startswith("#")]
    assert len(names) == len(set(names))
    assert {str(link)[1:] for link in inside} <= set(names)
    labels = [a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a]
    assert set(labels) <= set(names)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_skill_and_every_part_is_named(
    made: Made, senior: Profile, fw: Framework, audience: str
):
    """Whatever the verdict looks at stands in the file."""
    told = made(audience)
    page = Page(write_report(told, "html").content)

    assert [s.title for s in fw.skills.values() if s.title not in page.text] == []
    parts = [part for card in told.criteria for part in card.parts]
    assert [p.title for p in parts if p.title not in page.text or p.why not in page.text] == []


def test_what_was_typed_is_text(fw: Framework, senior: Profile):
    """The same hostile words in every place: they are shown, and none of them does anything."""
    item = proof("E4", "mlops", id="e1", types=["measured-effect"]) | dict.fromkeys(
        ("title", "description", "artefact", "confirmed_by", "measure", "method"), HOSTILE
    )
    hostile = assess(
        fw,
        {"mlops": 3},
        evidence=[item],
        person={"code": "p-1", "name": f"Ana {HOSTILE}"},
        notes={"mlops": {"text": HOSTILE, "visibility": "shared"}},
        plan={"mlops": {"past_step": HOSTILE, "actions": [{"id": "a", "text": HOSTILE}]}},
        case={"opening": {"text": HOSTILE}},
    )

    told = replace(report(hostile, senior, "mentor"), charts=())
    page = Page(write_report(told, "html").content)

    assert page.text.count("<script>alert(1)</script>") >= 9
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img"}
    assert not [a for _, a in page.elements if any(name.startswith("on") for name in a)]


def test_links_out_are_quiet(made: Made):
    """A web address is a link that tells the other side nothing."""
    links = [a for a in html(made).of("a") if not (a.get("href") or "").startswith("#")]

    assert [link["href"] for link in links] == ["https://wiki.example/runbook"]
    assert links[0]["rel"] == "noopener noreferrer nofollow"
    assert "target" not in links[0]


def test_a_session_has_a_place_for_the_decision(made: Made):
    """Who decided, when, why, and who saw it otherwise: empty, and only for calibration."""
    for words in ("Decided by", "Decision and reason", "Dissent"):
        assert words in html(made, "calibration").text
        assert words not in html(made, "mentor").text


def test_the_chart_follows_light_and_dark(made: Made):
    """Its colours are those of the page, by name; its words are inside."""
    told = made("mentor", charts=True)
    content = write_report(told, "html").content.decode()
    drawn = content[content.index("<svg") : content.index("</svg>")]

    assert "var(--c-ink, #1d2321)" in drawn
    assert "var(--c-mark, #0a5f63)" in drawn or "var(--c-met, #0a5f63)" in drawn
    assert not re.findall(r"(?:fill|stroke): #(?!ffffff\b)[0-9a-f]{6}", drawn)
    assert told.charts[0].text.replace("&", "&amp;") in drawn
