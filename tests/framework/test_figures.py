"""The figures of the blueprint, typed off once more, against those of the shipped guide."""

import re

import pytest

from skillmatrix.framework import Framework
from skillmatrix.framework.guide import Dimension, Item, Kpi, Milestone

#: A range is written with this dash.
TO = "\N{EN DASH}"

#: Targets of the KPIs, in the blueprint's order: comparator, value, high, unit, period.
#: Where the blueprint gives no figure (agreed thresholds, "X %", "low"), there is none.
TARGETS = {
    "7.kpi.1": ("at-least", 1, None, "production releases", "quarter"),
    "7.kpi.2": ("decrease", 20, 30, "%", f"6{TO}12 months"),
    "7.kpi.3": ("increase", 2, 10, "% relative", None),
    "7.kpi.4": ("increase", 0.5, 2, "% conversion", None),
    "7.kpi.5": ("none", None, None, None, None),
    "7.kpi.6": ("none", None, None, None, None),
    "7.kpi.7": ("at-most", 0.2, None, "PSI", None),
    "7.kpi.8": ("equal", 0, None, "preventable Sev-1/Sev-2 incidents", None),
    "7.kpi.9": ("below", 30, 60, "minutes", None),
    "7.kpi.10": ("below", 4, None, "hours", None),
    "7.kpi.11": ("below", 100, None, "ms (p95)", None),
    "7.kpi.12": ("decrease", 10, 20, "%", None),
    "7.kpi.13": ("above", 95, 98, "% of scheduled runs", None),
    "7.kpi.14": ("above", 90, None, "% of runs for key releases", None),
    "7.kpi.15": ("equal", 100, None, "% of production models", None),
    "7.kpi.16": ("none", None, None, None, None),
    "7.kpi.17": ("at-least", 4, None, "of 5", None),
    "7.kpi.18": ("at-least", 1, None, "contributions of substance", "month"),
}
#: How often each KPI is read, in the blueprint's order.
FREQUENCIES = """Quarterly; Monthly; Per iteration; Per A/B test; Per release; Weekly;
Daily/Weekly; Monthly; Monthly; Monthly; Continuous; Monthly; Weekly; Quarterly audit;
Per release; Per sprint; Quarterly; Monthly"""

#: Every figure that an item of sections 6, 7 and 17 to 19 names, in digits or as a word.
#: "1k" is 1 and a thousand; p95, F1 and Sev-1 are names that hold a number.
FIGURES = {
    "6.day-30.3": ["one"],
    "6.day-60.3": ["one"],
    "6.month-6.1": ["1", "3"],
    "6.month-6.2": ["20"],
    "6.long-term.1": ["one"],
    "7.kpi.1": ["1"],
    "7.kpi.2": ["20", "30", "6", "12"],
    "7.kpi.3": ["2", "10", "F1"],
    "7.kpi.4": ["0.5", "2"],
    "7.kpi.7": ["0.2"],
    "7.kpi.8": ["Zero", "Sev-1", "Sev-2"],
    "7.kpi.9": ["30", "60"],
    "7.kpi.10": ["4"],
    "7.kpi.11": ["p95", "100"],
    "7.kpi.12": ["1k", "10", "20"],
    "7.kpi.13": ["95", "98"],
    "7.kpi.14": ["90"],
    "7.kpi.15": ["100"],
    "7.kpi.17": ["4", "5"],
    "7.kpi.18": ["1"],
    "19.exercise.1": ["90"],
}
#: Figures of headings: they hold for every item below.
HORIZONS = {
    "6.day-30": "30 days",
    "6.day-60": "60 days",
    "6.day-90": "90 days",
    "6.month-6": "6 months",
    "6.month-12": "12 months",
    "6.long-term": "beyond year 1",
}
YEARS_OF_CHANGE = f"2{TO}5 years"
RUBRIC = (1, 2, 3, 4, 5)

_FIGURE = r"(?<![\w.]){}(?![\w]|\.\d)"


def _by_source(fw: Framework) -> dict[str, Item]:
    return {i.source: i for section in fw.guide.values() for i in section.items.values()}


def _words(item: Item) -> str:
    """Everything an item tells a reader."""
    told = [item.title, item.text]
    if isinstance(item, Kpi):
        told += [item.measures, item.why, item.target.text]
    return " ".join(told)


@pytest.mark.parametrize("source", TARGETS)
def test_the_target_of_a_kpi_is_that_of_the_blueprint(source: str, fw: Framework):
    """Comparator, figure or range, unit and period are the blueprint's; all are illustrations."""
    kpi = _by_source(fw)[source]

    assert isinstance(kpi, Kpi)
    target = kpi.target
    found = (target.comparator, target.value, target.high, target.unit, target.period)
    assert found == TARGETS[source]
    assert target.illustrative


def test_a_kpi_is_read_as_often_as_the_blueprint_says(fw: Framework):
    """Eighteen KPIs in the blueprint's order, each with its own rhythm."""
    kpis = [item for item in fw.guide[7].items.values() if isinstance(item, Kpi)]

    assert [kpi.source for kpi in kpis] == list(TARGETS)
    assert [kpi.frequency for kpi in kpis] == [f.strip() for f in FREQUENCIES.split(";")]


@pytest.mark.parametrize("source", FIGURES)
def test_every_figure_of_an_item_is_told_in_ours(source: str, fw: Framework):
    """No figure of the blueprint was lost or changed on the way into the guide."""
    words = _words(_by_source(fw)[source])

    missing = [f for f in FIGURES[source] if not re.search(_FIGURE.format(re.escape(f)), words)]
    assert missing == []


def test_our_items_name_no_figure_that_the_blueprint_does_not(fw: Framework):
    """In these sections a figure in digits is the blueprint's, of its item or of its heading."""
    allowed = {"7.kpi.3": {"1"}, "7.kpi.8": {"1", "2"}, "7.kpi.11": {"95"}, "7.kpi.12": {"1,000"}}
    added = {}
    for source, item in _by_source(fw).items():
        if source.split(".")[0] not in {"6", "7", "17", "18", "19"}:
            continue
        told = set(re.findall(r"\d+(?:[.,]\d+)*", _words(item)))
        known = {re.sub(r"\D+$", "", f) for f in FIGURES.get(source, [])}
        if extra := told - known - allowed.get(source, set()):
            added[source] = sorted(extra)

    assert added == {}


def test_goals_keep_the_times_of_their_headings(fw: Framework):
    """Each goal is due by the time that its heading in the blueprint names."""
    goals = [i for i in fw.guide[6].items.values() if isinstance(i, Milestone)]
    timed = {g.source: g.horizon for g in goals if g.source.rpartition(".")[0] in HORIZONS}

    assert {s: HORIZONS[s.rpartition(".")[0]] for s in timed} == timed
    assert len(timed) == 24


def test_headings_keep_their_figures(fw: Framework):
    """The change expected over 2 to 5 years, and interview marks from 1 to 5."""
    change = next(g for g in fw.guide[18].groups.values() if g.id == "change")
    rubrics = [i for i in fw.guide[19].items.values() if isinstance(i, Dimension)]

    assert YEARS_OF_CHANGE in change.title
    assert len(rubrics) == 8
    assert {tuple(rubric.anchors) for rubric in rubrics} == {RUBRIC}
