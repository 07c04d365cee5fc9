"""One open page: commands come in, are checked, stored, and answered."""

from __future__ import annotations

import datetime as dt
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from skillmatrix import settings
from skillmatrix.assessment import Assessment
from skillmatrix.assessment.events import History
from skillmatrix.errors import DataError, Problem, SkillMatrixError, UnstorableError, UsageError
from skillmatrix.framework import Framework
from skillmatrix.store import AssessmentHead, Store, StoredEvent, open_store

Reply = Callable[[dict[str, Any]], None]
CommandId = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._:-]+$")]


class Command(BaseModel):
    """What a page sends; see ``docs/page-protocol.md``."""

    model_config = ConfigDict(extra="ignore", strict=True)

    kind: Literal["command"]
    id: CommandId
    name: str
    base: int | None = None
    args: dict[str, Any] = Field(default_factory=dict)


class Arguments(BaseModel):
    """Base of the arguments of a command: nothing unknown, nothing converted."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Hello(Arguments):
    """The page is open."""

    assessment: str | None = None
    framework: str | None = None
    embed: Literal["voila", "lab"] = "voila"


class Nothing(Arguments):
    """A command without arguments."""


Handler = Callable[[Command, Any], dict[str, Any]]
Commands = dict[str, tuple[type[Arguments], Handler]]


class Review(Protocol):
    """What a group of commands needs of the self-review it belongs to."""

    framework: Framework

    def current(self) -> tuple[Assessment, History]:
        """Give the assessment as it stands, and what can be undone."""

    def append(
        self, command: Command, kind: str, subject: str, payload: dict[str, Any] | None
    ) -> dict[str, Any]:
        """Store one change, and answer with the state after it."""

    def events(self) -> list[StoredEvent]:
        """Give the events of the open assessment."""

    def state_answer(self) -> dict[str, Any]:
        """Answer with the whole state of the page."""


class Round(Review, Protocol):
    """What groups of commands need that look at other rounds of the workspace too."""

    embed: str

    @property
    def store(self) -> Store:
        """The open workspace."""

    def head(self) -> AssessmentHead:
        """Give the open assessment, without its events."""

    def turn_to(self, code: str) -> None:
        """Open another assessment."""


class RefusedError(SkillMatrixError):
    """A command that was not carried out, with the problems to show."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(p) for p in problems))


def refuse(where: str, found: str, expected: str, remedy: str = "") -> RefusedError:
    """Make the error for a command that cannot be carried out."""
    return RefusedError(Problem(where, found, expected, remedy))


def now() -> dt.datetime:
    """The time of the machine, with its zone."""
    return dt.datetime.now(dt.UTC)


class Session:
    """
    The kernel's side of one open page.

    Parameters
    ----------
    page : str
        Name of the page.
    handlers : mapping of str to (type, callable)
        For each command the model of its arguments and what carries it out; the result is
        sent back in the acknowledgement.
    """

    def __init__(self, page: str, handlers: Mapping[str, tuple[type[Arguments], Handler]]) -> None:
        self.page = page
        self.embed = "voila"
        self._handlers = dict(handlers)
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        """The open workspace; opened when first needed, so a waiting kernel holds no file."""
        if self._store is None:
            self._store = open_store(settings.workspace_dir())
        return self._store

    def workspace(self) -> dict[str, str]:
        """What the page shows of the workspace."""
        return {"id": self.store.workspace_id, "path": str(self.store.folder)}

    def answer(self, message: dict[str, Any], reply: Reply) -> None:
        """Carry out one command and answer it; whatever goes wrong is said, never raised."""
        command_id = message.get("id")
        try:
            command = Command.model_validate(message)
            model, handler = self._handler(command.name)
            arguments = model.model_validate(command.args)
            answer = handler(command, arguments)
        except ValidationError as error:
            reply(_refused(command_id, _problems(error)))
        except RefusedError as error:
            reply(_refused(command_id, error.problems))
        except DataError as error:
            reply(_refused(command_id, error.problems))
        except (UnstorableError, UsageError) as error:
            reply(_refused(command_id, [Problem(command_name(message), str(error), "")]))
        except SkillMatrixError as error:
            problem = Problem("the workspace", str(error), "to carry this out")
            reply({**_refused(command_id, [problem]), "again": True})
        except Exception:
            traceback.print_exc(file=sys.__stderr__)
            expected = "to carry this out; nothing was stored"
            remedy = "reload the page; if it happens again, run skillmatrix doctor"
            problem = Problem("the workbook", "an error of its own", expected, remedy)
            reply(_refused(command_id, [problem]))
        else:
            reply({"kind": "ack", "id": command.id, "conflict": None, **answer})

    def _handler(self, name: str) -> tuple[type[Arguments], Handler]:
        if name not in self._handlers:
            raise refuse("name", repr(name), "one of " + ", ".join(sorted(self._handlers)))
        return self._handlers[name]


def command_name(message: dict[str, Any]) -> str:
    """Give the name of a command, as far as it has one."""
    return str(message.get("name", "the command"))[:40]


def _refused(command_id: object, problems: Any) -> dict[str, Any]:
    return {"kind": "refused", "id": command_id, "problems": [p.as_dict() for p in problems]}


def _problems(error: ValidationError) -> list[Problem]:
    return [
        Problem(
            " > ".join(str(p) for p in item["loc"]) or "the command",
            repr(item["input"])[:80],
            item["msg"],
        )
        for item in error.errors(include_url=False)
    ]
