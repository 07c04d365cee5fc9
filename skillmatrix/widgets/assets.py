"""The scripts and styles of the components: plain files, joined in a fixed order."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static"

STYLES = (
    "tokens.css",
    "board.css",
    "base.css",
    "header.css",
    "aim.css",
    "rate.css",
    "evidence.css",
    "results.css",
    "home.css",
    "messages.css",
    "narrow.css",
    "context.css",
    "record.css",
    "plan.css",
    "targets.css",
    "what_if.css",
    "stress.css",
    "change.css",
    "keep.css",
    "case.css",
    "hand_over.css",
    "home_import.css",
    "mentor.css",
    "mentor_talk.css",
    "room.css",
    "calib_collect.css",
    "calib_norms.css",
    "calib_norms_strip.css",
    "calib_scan.css",
    "calib_scan_read.css",
    "calib_criteria.css",
    "calib_criteria_card.css",
    "calib_criteria_talk.css",
    "calib_review.css",
    "calib_after.css",
    "interview.css",
    "role_guide.css",
)
#: Without the parts that only a page's own scripts draw.
_LATER = {
    "record.css",
    "plan.css",
    "targets.css",
    "what_if.css",
    "stress.css",
    "change.css",
    "keep.css",
    "case.css",
    "hand_over.css",
    "home_import.css",
    "mentor.css",
    "mentor_talk.css",
    "room.css",
    "calib_collect.css",
    "calib_norms.css",
    "calib_norms_strip.css",
    "calib_scan.css",
    "calib_scan_read.css",
    "calib_criteria.css",
    "calib_criteria_card.css",
    "calib_criteria_talk.css",
    "calib_review.css",
    "calib_after.css",
    "interview.css",
}
FIRST_STYLES = tuple(name for name in STYLES if name not in _LATER)
_BASE = ("dom.js", "outbox.js", "shell.js", "page_parts.js", "board.js")

#: Scripts of each component; only the last one of each exports.
SCRIPTS: dict[str, tuple[str, ...]] = {
    "home": (*_BASE, "import_rows.js", "home_import.js", "leftovers.js", "home.js"),
    "role_guide": (
        "dom.js",
        "outbox.js",
        "shell.js",
        "page_parts.js",
        "kpi_words.js",
        "guide_search.js",
        "guide_items.js",
        "role_guide.js",
    ),
    "self_review": (
        *_BASE,
        "ask.js",
        "aim.js",
        "evidence_form.js",
        "skill_panel.js",
        "kpi_words.js",
        "record.js",
        "readings.js",
        "import_rows.js",
        "readings_import.js",
        "plan_own.js",
        "plan_step.js",
        "plan.js",
        "targets.js",
        "what_if.js",
        "stress.js",
        "change.js",
        "keep.js",
        "results.js",
        "case_words.js",
        "case.js",
        "hand_over.js",
        "pending.js",
        "self_review.js",
    ),
    "mentor_session": (
        *_BASE,
        "evidence_form.js",
        "skill_panel.js",
        "pending.js",
        "mentor_people.js",
        "mentor_rate.js",
        "mentor_reveal.js",
        "mentor_timer.js",
        "mentor_agenda.js",
        "mentor_actions.js",
        "mentor_close.js",
        "mentor_session.js",
    ),
    "calibration": (
        *_BASE,
        "ask.js",
        "room.js",
        "calib_collect.js",
        "calib_norms_strip.js",
        "calib_norms_seats.js",
        "calib_norms_blind.js",
        "calib_norms_reveal.js",
        "calib_norms.js",
        "calib_scan_list.js",
        "calib_scan_severity.js",
        "calib_scan_pre_read.js",
        "calib_scan.js",
        "mentor_timer.js",
        "calib_criteria_card.js",
        "calib_criteria_flow.js",
        "calib_criteria_again.js",
        "calib_criteria_decide.js",
        "calib_criteria_log.js",
        "calib_criteria.js",
        "calib_review_groups.js",
        "calib_review.js",
        "calib_after_files.js",
        "calib_after.js",
        "calibration.js",
    ),
    "interview_panel": (
        *_BASE,
        "ask.js",
        "room.js",
        "interview_prepare.js",
        "interview_score.js",
        "interview_compare.js",
        "interview_decide.js",
        "interview_panel.js",
    ),
    "skill_board": (*_BASE, "skill_board.js"),
}


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


@lru_cache
def script(component: str) -> str:
    """Give the ES module of a component, all its parts joined."""
    return _joined(SCRIPTS[component])


@lru_cache
def style() -> str:
    """Give the style sheet all components share."""
    return _joined(STYLES)
