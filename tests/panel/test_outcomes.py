"""What a check of groups may show, whatever is asked one after the other."""

from __future__ import annotations

from skillmatrix.calibration import GroupCheck, group_check
from skillmatrix.framework import Framework
from skillmatrix.panel.changes import changes
from skillmatrix.panel.outcomes import OVERALL, answers, measures, outcomes
from tests.panel.told import P1, P3, decided, rated, session


def check(a: tuple[int, int], b: tuple[int, int], names: str = "ab") -> GroupCheck:
    """Two groups, each with so many selected and so many not."""
    groups, chosen = {}, {}
    for name, (yes, no) in zip(names, (a, b), strict=True):
        for number in range(yes + no):
            groups[f"{name}{number}"] = name
            chosen[f"{name}{number}"] = number < yes
    return group_check(groups, chosen)


def test_selected_is_what_the_panel_decided(fw: Framework) -> None:
    """Met is selected, not met is not, and open is neither; overall needs all of them."""
    seen = [rated(fw, who, "r-1", {"mlops": 4}) for who in ("p-ana", "p-ben", "p-cy")]
    entries = [
        decided("p-ana", None, "MET", reason="other", words="w"),
        decided("p-ben", None, "NOT MET", reason="other", words="w"),
        decided("p-cy", None, "OPEN", reason="other", words="w"),
    ]
    made = session(fw, seen, entries)

    found = changes(made)
    assert outcomes(made, found, P3) == {"p-ana": True, "p-ben": False, "p-cy": None}
    assert outcomes(made, found, OVERALL)["p-ben"] is False
    assert outcomes(made, found, OVERALL)["p-ana"] is not True


def test_measures_take_notes_evidence_changes_and_what_was_seen(fw: Framework) -> None:
    """Twelve people in two groups: the first has notes with evidence, the second without."""
    seen, entries, groups = [], [], {}
    for number in range(12):
        who, group = f"p-{number}", "north" if number < 6 else "south"
        groups[who] = group
        item = {"id": "e1", "title": "t", "date": "2026-05-01", "strength": "E1"}
        item |= {"description": "d", "skills": ["mlops"]}
        seen.append(
            rated(
                fw,
                who,
                "r-1",
                {"mlops": 3, "python": "NOT_OBSERVED"},
                notes={
                    "mlops": {"text": "x" * (30 if group == "north" else 60)},
                    "python": {"text": "x" * 30},
                },
                evidence=[item],
            )
        )
        entries += [decided(who, "mlops", 2), decided(who, "mlops", 4, criterion=P1)]
    made = session(fw, seen, entries)

    told = {m.process.name: dict(m.rows) for m in measures(made, changes(made), groups)}
    assert told["NOTE_LENGTH"]["north"] == 30
    assert told["WITH_EVIDENCE"] == {"north": 0.5, "south": 0.5}
    assert told["DOWNWARD"] == {"north": 0.5, "south": 0.5}
    assert told["NOT_OBSERVED"] == {"north": 0.5, "south": 0.5}


def test_one_person_more_changes_nothing() -> None:
    """The answer that stands is not followed by one that differs by a single person."""
    first, late = check((7, 6), (6, 7)), check((8, 6), (6, 7))

    assert first.rows
    assert late.rows
    assert answers([(P3, first), (P3, late)]) == [(P3, first)]


def test_one_person_more_under_other_names_changes_nothing() -> None:
    """Renamed groups are the old ones: their counts would be set beside each other."""
    first, renamed = check((7, 6), (6, 7)), check((8, 6), (6, 7), "cd")

    assert renamed.rows
    assert answers([(P3, first), (P3, renamed)]) == [(P3, first)]


def test_another_outcome_of_the_same_people_is_not_shown() -> None:
    """Who meets all criteria meets each of them, so two tables would tell who is between."""
    first, other = check((7, 6), (6, 7)), check((12, 11), (11, 12))

    assert answers([(P3, first), (P3, other)]) == [(P3, first), (P3, other)]
    assert answers([(P3, first), (OVERALL, other)]) == [(P3, first)]
