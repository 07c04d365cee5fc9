"""People from elsewhere, known by the code of a packet; and the one who uses this workspace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from skillmatrix.store import records, rows
from skillmatrix.store.schema import person, setting
from skillmatrix.store.store import Store

OWN_CODE = "own_code"


def adopt_person(store: Store, code: str, name: str, at: datetime) -> None:
    """
    Make somebody known here under the code they have elsewhere.

    Parameters
    ----------
    store : Store
    code : str
        As in the packet. Somebody known already keeps the name they have here.
    name : str
        For the key file; the code where no name came along.
    at : datetime
        When; with a time zone.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from skillmatrix.store import open_store
    >>> now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    >>> with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
    ...     adopt_person(store, "p-7", "Ana", now)
    ...     head = store.create_assessment(person_name="", framework="demo@1.0", aim={},
    ...         rater={}, at=now, event_id="1", person_code="p-7")
    ...     head.person_name
    'Ana'
    """
    records.checked(code, "person code", records.MAX_ID)
    records.checked(name, "person name", records.MAX_NAME)
    database, names = store.parts
    with database.write() as connection:
        if connection.execute(select(person.c.code).where(person.c.code == code)).first():
            return
        values = {"code": code, "created_at": records.to_text(at)}
        connection.execute(insert(person).values(**values))
        known = names.read(store.workspace_id)
        if code not in known:
            names.write(store.workspace_id, {**known, code: name})


def own_code(store: Store, name: str, at: datetime) -> str:
    """
    Give the code under which whoever uses this workspace rates others; made once.

    Parameters
    ----------
    store : Store
    name : str
        How they are called in the records they share; kept in the key file. The name they
        had stays where this one is blank.
    at : datetime
    """
    database, names = store.parts
    with database.write() as connection:
        query = select(setting.c.value).where(setting.c.key == OWN_CODE)
        code = connection.execute(query).scalar()
        if code is None:
            code = rows.random_code("r")
            values = {"code": code, "created_at": records.to_text(at)}
            connection.execute(insert(person).values(**values))
            connection.execute(upsert(setting).values(key=OWN_CODE, value=code))
        known = names.read(store.workspace_id)
        if name.strip() and known.get(code) != name:
            records.checked(name, "name", records.MAX_NAME)
            names.write(store.workspace_id, {**known, code: name})
    return str(code)


def name_of(store: Store, code: str) -> str:
    """Give the name behind a code, as the key file has it; empty where it has none."""
    _, names = store.parts
    return names.read(store.workspace_id).get(code, "")
