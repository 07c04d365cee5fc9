"""Minutes and excerpts: every decision with who decided it, every word escaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from skillmatrix.framework import Framework
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.changes import changes
from skillmatrix.reports.minutes import all_excerpts, excerpt_report, minutes_report
from tests.panel.told import P3, again, decided, rated, session

HOSTILE = "</td><script>alert(1)</script><img src=x onerror=alert(1)>"


class _Tags(HTMLParser):
    """Collects tags, and attributes that run or fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.doing: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one tag."""
        self.tags.add(tag)
        self.doing += [name for name, _ in attrs if name.startswith("on") or name == "src"]


@pytest.fixture
def hostile(fw: Framework) -> Calibration:
    """A session in which every field that people type in is hostile."""
    seen = [
        rated(fw, "p-ana", "r-1", {"mlops": 3}, kind="manager"),
        rated(fw, "p-ana", "r-2", {"mlops": 4}),
        rated(fw, "p-ben", "r-2", {"mlops": 5}),
    ]
    said = {"words": HOSTILE, "decided_by": HOSTILE}
    said["dissent"] = [{"rater": "r-2", "words": HOSTILE}]
    follow = {"id": "f-1", "person": "p-ana", "criterion": P3, "waits_for": HOSTILE}
    entries = [
        ("present", {"raters": ["r-2", "r-1"]}),
        ("opened", {"criterion": P3, "seed": 712, "people": ["p-ben", "p-ana"]}),
        again("p-ana", "r-1", {"mlops": 4}),
        decided("p-ana", "mlops", 4, before=[{"rater": "r-1", "kind": "manager", "first": 3}]),
        decided("p-ana", "mlops", 3, **said, corrects=4),
        ("left_open", {"person": "p-ben", "criterion": P3, "why": HOSTILE}),
        ("follow_up", {**follow, "owner": HOSTILE, "due": "2027-01-15"}),
        ("remark", {"person": "p-ana", "text": HOSTILE}),
    ]
    names = {"p-ana": HOSTILE, "r-1": HOSTILE}
    head = {"title": HOSTILE, "facilitator": HOSTILE}
    return session(fw, seen, entries, names=names, head=head)


def text(page: bytes) -> str:
    """What stands on a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def test_hostile_words_stay_words(hostile: Calibration) -> None:
    """In minutes and excerpt, with names and without, nothing runs and nothing is fetched."""
    found = changes(hostile)
    refused, groups = [(HOSTILE, HOSTILE)], [(HOSTILE, HOSTILE)]
    for names in (False, True):
        for made in (
            minutes_report(hostile, found, names=names, refused=refused, groups=groups),
            excerpt_report(hostile, found, "p-ana", names=names),
        ):
            tags = _Tags()
            tags.feed(made.content.decode())
            assert not tags.tags & {"script", "img", "link", "iframe", "form"}
            assert tags.doing == []
            assert "&lt;script&gt;" in made.content.decode()


def test_minutes_tell_decisions_open_items_and_figures(hostile: Calibration) -> None:
    """Order and seed, before and after, the correction, what was not reached, why no figure."""
    told = text(minutes_report(hostile, changes(hostile)).content)

    for words in (
        "r-2 , r-1",
        "seed 712: p-ben , p-ana",
        "r-1 : 3 Independent",
        "corrected by entry 5",
        "1 level decided: 0 above the lower median of the first ratings, 0 below it, 1 at it",
        "1 compared: 0 at the same level, 1 at most one level apart",
        "not shown: 1 person, and fewer than 5 say nothing about raters in general",
        "No quota, curve or nine-box.",
        "To be erased after 2028-11-23",
        "skillmatrix person erase CODE",
        hostile.log.entries[-1].hash,
    ):
        assert words in told, words
    assert told.count("Kim") == 1


def test_every_decision_names_who_decided(hostile: Calibration) -> None:
    """A column of its own, in minutes and in the entries of an excerpt."""
    page = minutes_report(hostile, changes(hostile)).content.decode()
    rows = re.findall(r"<tr>\s*<td class=\"number\">.*?</tr>", page, re.DOTALL)

    assert len(rows) == 2
    assert all(re.search(r"<td dir=\"auto\">[^<]+</td>\s*</tr>", row) for row in rows)


def test_an_excerpt_tells_her_own_part(hostile: Calibration) -> None:
    """Levels by kind of rater, criteria, entries with numbers, appeal, retention."""
    told = text(excerpt_report(hostile, changes(hostile), "p-ana").content)

    for words in (
        "peer : 4 Leading",
        "manager: 3 Independent",
        "Corrects entry: 4",
        "If you see it differently",
        "skillmatrix person erase p-ana",
        "To be erased after 2028-11-23",
    ):
        assert words in told, words
    assert "p-ben" not in told


def test_the_archive_is_the_same_for_the_same_session(hostile: Calibration) -> None:
    """Nothing of the clock is in it."""
    found = changes(hostile)

    assert all_excerpts(hostile, found).content == all_excerpts(hostile, found).content
