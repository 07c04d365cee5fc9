"""The home page: what this is, and the assessments of this workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from skillmatrix.pages import rounds
from skillmatrix.pages.entries import entry_of
from skillmatrix.pages.home_import import Importing
from skillmatrix.pages.ladders import ladders
from skillmatrix.pages.places import href, navigation
from skillmatrix.pages.session import Arguments, Command, Hello, Nothing, Session, now
from skillmatrix.store import AssessmentHead
from skillmatrix.widgets import Page


class Create(Arguments):
    """Begin a self-rating, or open the invented example."""

    name: str = ""
    framework: str | None = None
    profile: str | None = None
    example: bool = False


class Chosen(Arguments):
    """One assessment of the workspace."""

    assessment: str


class Import(Arguments):
    """A file, as text."""

    filename: str
    text: str


class Leftovers(Arguments):
    """Codes that a browser keeps something of, and that the list does not show."""

    codes: Annotated[list[str], Field(max_length=500)]


class Home(Session):
    """What the home page can do."""

    def __init__(self) -> None:
        super().__init__(
            "home",
            {
                "hello": (Hello, self.hello),
                "ping": (Nothing, self.ping),
                "create": (Create, self.create),
                "open": (Chosen, self.open),
                "duplicate": (Chosen, self.duplicate),
                "delete": (Chosen, self.delete),
                "restore": (Chosen, self.restore),
                "import": (Import, self.bring_in),
                **Importing(self).commands,
                "leftovers": (Leftovers, self.leftovers),
            },
        )
        self._shown: list[tuple[str, int, bool]] | None = None

    def hello(self, command: Command, hello: Hello) -> dict[str, Any]:
        """Show the workspace."""
        self.embed = hello.embed
        return self._all()

    def ping(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Say what changed since, if anything did."""
        heads = rounds.own_rounds(self.store, include_deleted=True)
        return {} if self._shown == _marks(heads) else self._all()

    def create(self, command: Command, create: Create) -> dict[str, Any]:
        """Begin an assessment."""
        if create.example:
            head = rounds.begin_example(self.store, command.id)
        else:
            head = rounds.begin(
                self.store, create.name, create.profile, command.id, create.framework
            )
        return self._opened(head)

    def open(self, command: Command, chosen: Chosen) -> dict[str, Any]:
        """Make an assessment the one that opens by itself."""
        self.store.set_last_opened(chosen.assessment)
        return self._opened(self.store.assessment(chosen.assessment))

    def duplicate(self, command: Command, chosen: Chosen) -> dict[str, Any]:
        """Begin a new round from an earlier one."""
        head = self.store.assessment(chosen.assessment)
        return self._opened(rounds.take_up(self.store, head, command.id))

    def delete(self, command: Command, chosen: Chosen) -> dict[str, Any]:
        """Mark an assessment as deleted; it can be restored."""
        self.store.set_deleted(chosen.assessment, True, at=now(), event_id=command.id)
        return self._all()

    def restore(self, command: Command, chosen: Chosen) -> dict[str, Any]:
        """Take the mark away."""
        self.store.set_deleted(chosen.assessment, False, at=now(), event_id=command.id)
        return self._all()

    def bring_in(self, command: Command, file: Import) -> dict[str, Any]:
        """Import an assessment file."""
        return self._opened(rounds.bring_in(self.store, file.filename, file.text, command.id))

    def leftovers(self, command: Command, kept: Leftovers) -> dict[str, Any]:
        """Say which of these assessments were erased; the browser then forgets them."""
        from skillmatrix.store.people import erased

        return {"erased": sorted(erased(self.store, kept.codes))}

    def arrived(self, heads: Sequence[AssessmentHead]) -> dict[str, Any]:
        """Answer with what has just been made; the last one opens by itself next time."""
        answer = self._opened(heads[-1])
        return {**answer, "codes": [head.code for head in heads]}

    def _opened(self, head: AssessmentHead) -> dict[str, Any]:
        self.store.set_last_opened(head.code)
        place = href("self_review", self.embed, head.code)
        return {**self._all(), "opened": head.code, "href": place}

    def _entry(self, head: AssessmentHead, heads: Sequence[AssessmentHead]) -> dict[str, Any]:
        """Give one line of the list; ``compare`` leads to what changed since an earlier round."""
        entry = entry_of(self.store, head, self.embed)
        place = entry["href"] if entry["problem"] is None else None
        compare = f"{place}#results" if place and _has_earlier(head, heads) else None
        return {**entry, "compare": compare}

    def _all(self) -> dict[str, Any]:
        heads = rounds.own_rounds(self.store, include_deleted=True)
        self._shown = _marks(heads)
        newest = max((h.seq for h in heads), default=0)
        saved_at = max((h.updated_at.isoformat() for h in heads), default=None)
        state = {
            "seq": newest,
            "saved_at": saved_at,
            "workspace": self.workspace(),
            "nav": navigation("home", self.embed),
            "assessments": [self._entry(head, heads) for head in heads if not head.deleted],
            "deleted": [{"code": h.code, "person": h.person_name} for h in heads if h.deleted],
            "ladders": ladders(),
        }
        return {"seq": newest, "saved_at": saved_at, "state": state}


def _has_earlier(head: AssessmentHead, heads: Sequence[AssessmentHead]) -> bool:
    """Say whether the same person began another round before."""
    return any(
        other.person_code == head.person_code
        and other.created_at < head.created_at
        and not other.deleted
        for other in heads
    )


def _marks(heads: list[AssessmentHead]) -> list[tuple[str, int, bool]]:
    return [(h.code, h.seq, h.deleted) for h in heads]


def page() -> object:
    """Show the home page; the last line of its notebook."""
    return Page("home", Home().answer).widget
