"""The workspace on disk: who is assessed, and every change ever made, in the order it came.

A workspace is a folder with two files that matter:

- ``skillmatrix.db`` (SQLite): assessments and events, under random codes only;
- ``names.json``, the key file: which code is which person.

Events are appended, never changed, but for what has to be gone from the disk: a person who is
erased, and private words of a round that is locked. The current rating is the latest event, and
history and undo come from the same table. What an event means is decided in
:mod:`skillmatrix.assessment`.

Never open ``skillmatrix.db`` as a plain file (``open``, ``shutil.copy``) in a process that also
has a store open: closing such a file drops the locks SQLite holds on it.
"""

from skillmatrix.store.records import (
    CREATED,
    DELETED,
    Appended,
    AssessmentHead,
    NewEvent,
    StoredEvent,
)
from skillmatrix.store.store import Store
from skillmatrix.store.workspace import open_store

__all__ = [
    "CREATED",
    "DELETED",
    "Appended",
    "AssessmentHead",
    "NewEvent",
    "Store",
    "StoredEvent",
    "open_store",
]
