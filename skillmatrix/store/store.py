"""The store: what can be asked of an open workspace."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from skillmatrix.assessment.events import AFTER_LOCK
from skillmatrix.errors import StoreError, UnstorableError
from skillmatrix.store import records, rows
from skillmatrix.store.database import Database
from skillmatrix.store.names import Names
from skillmatrix.store.records import (
    CREATED,
    DELETED,
    OWN_KINDS,
    Appended,
    AssessmentHead,
    NewEvent,
    StoredEvent,
)
from skillmatrix.store.schema import assessment, event_table, person, setting

LAST_OPENED = "last_opened"

_events = event_table.c


class Store:
    """An open workspace; made by `skillmatrix.store.open_store`.

    Every method raises `StoreError` if the workspace cannot be read or written; then nothing
    of the call was stored. May be used from several threads and several processes at once.

    Parameters
    ----------
    folder : Path
        The workspace.
    database : Database
        Its open database, with tables that are up to date.
    names : Names
        Its key file.
    workspace_id : str
        Random, made once with the workspace.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from tempfile import TemporaryDirectory
    >>> from skillmatrix.store import open_store
    >>> now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    >>> with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
    ...     head = store.create_assessment(
    ...         person_name="Ana", framework="demo@1.0", aim={}, rater={}, at=now, event_id="1")
    ...     store.set_last_opened(head.code)
    ...     store.rename_person(head.person_code, "Ana B.")
    ...     gone = store.set_deleted(head.code, True, at=now, event_id="2")
    ...     gone.person_name, gone.deleted, store.last_opened(), store.last_seq(head.code)
    ...     [event.kind for event in store.events(head.code)]
    ('Ana B.', True, None, 2)
    ['assessment-created', 'assessment-deleted']
    """

    def __init__(self, folder: Path, database: Database, names: Names, workspace_id: str) -> None:
        self.folder = folder
        self.workspace_id = workspace_id
        self._database = database
        self._names = names
        # Events that came through here, first time or again: never a conflict with ourselves,
        # also after a reload that sends once more what the page before it had sent.
        self._own: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def parts(self) -> tuple[Database, Names]:
        """The database and the key file, for the other modules of the store."""
        return self._database, self._names

    def close(self) -> None:
        """Let go of the files. Closing twice is allowed."""
        self._database.close()

    def create_assessment(
        self,
        *,
        person_name: str,
        framework: str,
        aim: dict[str, Any],
        rater: dict[str, Any],
        at: datetime,
        event_id: str,
        person_code: str | None = None,
    ) -> AssessmentHead:
        """
        Begin an assessment; its first event has kind `CREATED` and holds aim and rater.

        Parameters
        ----------
        person_name : str
            Kept in the key file only. Two people may have the same name.
        framework : str
            ``id@version``.
        aim, rater : dict
            What for and by whom; anything that JSON can say.
        at : datetime
            When; with a time zone.
        event_id : str
            Made by whoever acts. Sent again, it gives the same assessment again.
        person_code : str, optional
            Someone already known here, for a new round; `person_name` is then not used.
            By default a new person: a name never decides who somebody is.

        Returns
        -------
        AssessmentHead
            With random codes that are not derived from the name.

        Examples
        --------
        >>> from datetime import UTC, datetime
        >>> from tempfile import TemporaryDirectory
        >>> from skillmatrix.store import open_store
        >>> now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        >>> with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        ...     head = store.create_assessment(
        ...         person_name="Ana", framework="demo@1.0", aim={"profile": "senior"},
        ...         rater={"kind": "self"}, at=now, event_id="1")
        ...     head.person_name, head.status, head.seq
        ('Ana', 'draft', 1)
        """
        payload = {"framework": records.checked_framework(framework), "aim": aim, "rater": rater}
        values = records.event_values(NewEvent(event_id, CREATED, "", payload, 0, at))
        rater_text = records.to_json(rater, "rater")
        records.to_json(aim, "aim")
        if person_code is None:
            records.checked(person_name, "person name", records.MAX_NAME)
        code, new = rows.random_code("a"), rows.random_code("p")
        named = False
        try:
            with self._database.write() as connection:
                known = rows.known(connection, event_id)
                if known is not None:
                    if known.kind != CREATED:
                        raise self._taken(event_id, known.assessment_code)
                    return self._head(connection, known.assessment_code)
                if person_code is None:
                    connection.execute(insert(person).values(code=new, created_at=values["at"]))
                else:
                    self._require_person(connection, person_code)
                row = {
                    "code": code,
                    "person_code": person_code or new,
                    "framework": framework,
                    "rater": rater_text,
                    "status": "draft",
                    "created_at": values["at"],
                    "deleted": False,
                }
                connection.execute(insert(assessment).values(row))
                connection.execute(insert(event_table).values(assessment_code=code, **values))
                # Last, so that nearly everything that can fail has had its chance to.
                if person_code is None:
                    named = True
                    self._name(new, person_name)
                head = self._head(connection, code)
        except BaseException:
            if named:
                self._forget(new)
            raise
        return head

    def assessments(self, include_deleted: bool = False) -> list[AssessmentHead]:
        """Give all assessments, the one with the newest change first.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from skillmatrix.store import open_store
        >>> with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        ...     store.assessments(include_deleted=True)
        []
        """
        query = rows.heads().order_by(_events.seq.desc())
        if not include_deleted:
            query = query.where(assessment.c.deleted.is_(False))
        with self._database.read() as connection:
            found = connection.execute(query).all()
        names = self._names.read(self.workspace_id)
        return [rows.as_head(row, names) for row in found]

    def assessment(self, code: str) -> AssessmentHead:
        """Give one assessment, deleted or not; StoreError if the code is unknown."""
        with self._database.read() as connection:
            return self._head(connection, code)

    def append(self, code: str, event: NewEvent) -> Appended:
        """
        Store one change, for good: when this returns, it is on disk.

        Parameters
        ----------
        code : str
            The assessment. A deleted one still takes changes: nothing is lost.
        event : NewEvent
            The change. If its id was stored before, the first event is given again and this
            one is not looked at.

        Returns
        -------
        Appended
            ``conflict`` names a change to the same thing that another store made after
            ``event.base``. The event is stored all the same.

        Examples
        --------
        >>> from datetime import UTC, datetime
        >>> from tempfile import TemporaryDirectory
        >>> from skillmatrix.store import open_store
        >>> now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        >>> with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        ...     head = store.create_assessment(
        ...         person_name="Ana", framework="demo@1.0", aim={}, rater={}, at=now, event_id="1")
        ...     rated = NewEvent("2", "rate", "mlops", {"value": 4}, head.seq, now)
        ...     first, again = store.append(head.code, rated), store.append(head.code, rated)
        ...     again.event == first.event, first.duplicate, again.duplicate
        (True, False, True)
        """
        values = records.event_values(event)
        if event.kind in OWN_KINDS:
            msg = f"event kind {event.kind!r} is made by the store alone. Nothing was stored."
            raise StoreError(msg)
        appended = self._append(code, event.id, values)
        self._own.add(event.id)
        return appended

    def events(self, code: str, after: int = 0) -> list[StoredEvent]:
        """Give the events of an assessment with a seq above `after`, oldest first.

        The first has kind `CREATED`; a deletion and its undoing have kind `DELETED`.
        """
        query = select(event_table).where(_events.assessment_code == code, _events.seq > after)
        with self._database.read() as connection:
            found = connection.execute(query.order_by(_events.seq)).all()
            if not found:
                self._require(connection, code)
        return [rows.as_event(row) for row in found]

    def last_seq(self, code: str) -> int:
        """Give the seq of the latest event of an assessment; cheap, for asking often."""
        query = select(func.max(_events.seq)).where(_events.assessment_code == code)
        with self._database.read() as connection:
            found = connection.execute(query).scalar()
            if found is None:
                self._require(connection, code)
        return int(found or 0)

    def set_deleted(
        self, code: str, deleted: bool, *, at: datetime, event_id: str
    ) -> AssessmentHead:
        """Mark an assessment as deleted, or take the mark away; nothing is removed.

        Sent again with the same `event_id`, it changes nothing and gives the assessment as it
        is now.
        """
        event = NewEvent(event_id, DELETED, "", {"deleted": bool(deleted)}, 0, at)
        appended = self._append(code, event_id, records.event_values(event), deleted=bool(deleted))
        if appended.event.kind != DELETED:
            raise self._taken(event_id, code)
        return self.assessment(code)

    def rename_person(self, person_code: str, name: str) -> None:
        """Give a person another name, in the key file, for all their assessments."""
        records.checked(name, "person name", records.MAX_NAME)
        with self._database.write() as connection:
            self._require_person(connection, person_code)
            self._name(person_code, name)

    def last_opened(self) -> str | None:
        """Give the assessment opened last; None if there is none or it is deleted."""
        query = (
            select(assessment.c.code)
            .join(setting, setting.c.value == assessment.c.code)
            .where(setting.c.key == LAST_OPENED, assessment.c.deleted.is_(False))
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def set_last_opened(self, code: str) -> None:
        """Remember which assessment was opened last."""
        if self.last_opened() == code:
            return
        with self._database.write() as connection:
            self._require(connection, code)
            statement = upsert(setting).values(key=LAST_OPENED, value=code)
            connection.execute(
                statement.on_conflict_do_update(index_elements=["key"], set_={"value": code})
            )

    def _append(
        self, code: str, event_id: str, values: dict[str, object], deleted: bool | None = None
    ) -> Appended:
        with self._database.write() as connection:
            known = rows.known(connection, event_id)
            if known is None:
                self._require_open(connection, code, values["kind"])
                connection.execute(insert(event_table).values(assessment_code=code, **values))
                if deleted is not None:
                    marked = update(assessment).where(assessment.c.code == code)
                    connection.execute(marked.values(deleted=deleted))
            row = known if known is not None else rows.known(connection, event_id)
            if row is None or row.assessment_code != code:
                raise self._taken(event_id, row.assessment_code if row else "?")
            conflict = self._conflict(connection, row)
            return Appended(rows.as_event(row), known is not None, conflict)

    def _conflict(self, connection: Connection, row: Row[Any]) -> StoredEvent | None:
        """Find what another store did to the same thing, unseen by whoever made this event."""
        query = (
            select(event_table)
            .where(
                _events.assessment_code == row.assessment_code,
                _events.kind == row.kind,
                _events.subject == row.subject,
                _events.seq > row.base,
                _events.seq < row.seq,
            )
            .order_by(_events.seq.desc())
        )
        for other in connection.execute(query):
            if other.id not in self._own:
                return rows.as_event(other)
        return None

    def _taken(self, event_id: str, code: str) -> StoreError:
        return StoreError(
            f"{self._database.path}: the event id {event_id!r} was used before for something "
            f"else, in assessment {code!r}. Send it with a new id. Nothing was stored."
        )

    def _require(self, connection: Connection, code: str) -> None:
        found = connection.execute(select(assessment.c.code).where(assessment.c.code == code))
        if found.first() is None:
            msg = (
                f"{self._database.path} has no assessment {code!r}. See that the address is "
                "complete and that this is the right workspace, or choose one from the home page."
            )
            raise UnstorableError(msg)

    def _require_open(self, connection: Connection, code: str, kind: object) -> None:
        self._require(connection, code)
        query = select(assessment.c.status).where(assessment.c.code == code)
        if kind not in AFTER_LOCK | OWN_KINDS and connection.execute(query).scalar() != "draft":
            msg = f"the round {code!r} is locked; begin a new round to go on. Nothing was stored."
            raise UnstorableError(msg)

    def _require_person(self, connection: Connection, code: str) -> None:
        if connection.execute(select(person.c.code).where(person.c.code == code)).first() is None:
            msg = f"{self._database.path} has no person {code!r}. Nothing was stored."
            raise UnstorableError(msg)

    def _head(self, connection: Connection, code: str) -> AssessmentHead:
        self._require(connection, code)
        row = connection.execute(rows.heads().where(assessment.c.code == code)).one()
        return rows.as_head(row, self._names.read(self.workspace_id))

    def _name(self, person_code: str, name: str) -> None:
        """Write one name; only under the database's write lock."""
        people = self._names.read(self.workspace_id)
        self._names.write(self.workspace_id, {**people, person_code: name})

    def _forget(self, person_code: str) -> None:
        """Take out the name of someone whom the database, after all, did not get to store."""
        with suppress(StoreError), self._database.write() as connection:
            people = self._names.read(self.workspace_id)
            known = connection.execute(select(person.c.code).where(person.c.code == person_code))
            if person_code in people and known.first() is None:
                del people[person_code]
                self._names.write(self.workspace_id, people)
