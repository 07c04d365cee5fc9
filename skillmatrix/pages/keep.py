"""Take it with you: reports for three readers, and everything as data."""

from __future__ import annotations

import base64
from typing import Any, Literal

from skillmatrix.assessment import Assessment
from skillmatrix.assessment.events import History
from skillmatrix.assessment.share import Held
from skillmatrix.errors import DataError, MismatchError
from skillmatrix.pages import rounds
from skillmatrix.pages.assessment_view import chosen_profile
from skillmatrix.pages.earlier_rounds import as_it_was, earlier_rounds
from skillmatrix.pages.hand_over import held_back
from skillmatrix.pages.session import Arguments, Command, Commands, Nothing, Round, now, refuse
from skillmatrix.store import AssessmentHead

_DATA = {
    "csv": "text/csv",
    "wide": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class MakeReport(Arguments):
    """A report for one reader, in one format; with ``since`` what changed, too."""

    audience: Literal["myself", "mentor", "calibration"]
    format: Literal["html", "pdf", "xlsx"]
    since: bool = False


class TakeData(Arguments):
    """Everything entered, as a table."""

    format: Literal["csv", "wide", "xlsx"]


class TakeChart(Arguments):
    """The gap chart as a picture of its own: levels and bars, no words of evidence or notes."""

    format: Literal["svg", "png"]


class Keeping:
    """Commands that make files and store nothing."""

    def __init__(self, review: Round) -> None:
        self._review = review
        self.commands: Commands = {
            "keep": (Nothing, self.versions),
            "report": (MakeReport, self.report),
            "data": (TakeData, self.data),
            "chart": (TakeChart, self.chart),
        }

    def versions(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Say which versions of a report there are, and what each leaves out."""
        from skillmatrix.reports.versions import PURPOSES, VERSIONS, without

        everything, history = self._everything()
        earlier = self._earlier()
        less = {r: without(everything, r, back) for r, back in _held(history).items()}
        return {
            "keep": [
                {
                    "id": audience,
                    "title": title,
                    "purpose": PURPOSES[audience],
                    "without": "" if audience == "myself" else less[audience],
                }
                for audience, title in VERSIONS.items()
            ],
            "since": earlier.updated_at.astimezone().date().isoformat() if earlier else None,
        }

    def report(self, command: Command, asked: MakeReport) -> dict[str, Any]:
        """Make a report; only here the packages for it are loaded."""
        from skillmatrix.reports import MEDIA, report, write_report

        everything, history = self._everything()
        head = self._earlier() if asked.since else None
        since = as_it_was(self._review.store, head, everything.as_of) if head else None
        try:
            told = report(
                everything,
                chosen_profile(self._review.framework, everything),
                asked.audience,
                since=since,
                held=_held(history),
                today=now().astimezone().date(),
            )
        except (DataError, MismatchError) as error:
            found = str(error).splitlines()[0]
            raise refuse("since", found, "two rounds that can be compared") from None
        made = write_report(told, asked.format)
        return _file(made.name, MEDIA[asked.format], made.content, made.remark)

    def data(self, command: Command, asked: TakeData) -> dict[str, Any]:
        """Give everything as a table that can be read back, or as a row of ratings."""
        from skillmatrix.exchange import export

        everything, _history = self._everything()
        name, content = export(everything, self._review.framework, asked.format)
        return _file(name, _DATA[asked.format], content)

    def chart(self, command: Command, asked: TakeChart) -> dict[str, Any]:
        """Draw the gap chart on white, for slides and documents."""
        from skillmatrix.charts import gap_plot
        from skillmatrix.scoring import Standings

        assessment, _ = self._review.current()
        standings = Standings(assessment, chosen_profile(self._review.framework, assessment))
        drawn = gap_plot(standings)
        name = f"{assessment.person.code}.gap.{asked.format}"
        if asked.format == "svg":
            return _file(name, "image/svg+xml", drawn.svg().encode())
        return _file(name, "image/png", drawn.png())

    def _earlier(self) -> AssessmentHead | None:
        """Give the round before, if there is one."""
        rounds_before = earlier_rounds(self._review.store, self._review.head())
        return next(iter(rounds_before), None)

    def _everything(self) -> tuple[Assessment, History]:
        """Give all that is held of the round; of a locked one the record lies beside it."""
        assessment, history = self._review.current()
        if assessment.status == "locked":
            record = rounds.read_all(self._review.store, self._review.head()).record
            assessment = assessment.model_copy(update={"record": record})
        return assessment, history


def _held(history: History) -> dict[Literal["mentor", "calibration"], Held]:
    return {
        "mentor": held_back(history, "mentor"),
        "calibration": held_back(history, "calibration"),
    }


def _file(name: str, media: str, content: bytes, remark: str = "") -> dict[str, Any]:
    data = base64.b64encode(content).decode("ascii")
    return {"file": {"name": name, "media": media, "base64": data, "remark": remark}}
