"""A workspace to try things on, and invented people to put into it."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from skillmatrix.store import AssessmentHead, NewEvent, Store, open_store

NOW = datetime(2026, 11, 22, 12, 3, 11, 123456, tzinfo=UTC)
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a workspace will be; not there yet."""
    return tmp_path / "workspace"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """Open a workspace."""
    with open_store(folder) as opened:
        yield opened


@pytest.fixture
def begin() -> Callable[..., AssessmentHead]:
    """Begin an assessment; say only what matters."""
    count = itertools.count()

    def make(store: Store, person_name: str = "Ana Example", **other: object) -> AssessmentHead:
        given = {
            "framework": "demo@1.0",
            "aim": {"profile": "senior"},
            "rater": {"kind": "self"},
            "at": NOW,
            "event_id": f"begin-{next(count)}",
        }
        return store.create_assessment(person_name=person_name, **{**given, **other})

    return make


@pytest.fixture
def rate() -> Callable[..., NewEvent]:
    """Make a rating, each one a minute after the one before."""
    count = itertools.count()

    def make(value: object = 3, **other: object) -> NewEvent:
        number = next(count)
        given = {
            "id": f"rate-{number}",
            "kind": "rate",
            "subject": "mlops",
            "payload": {"value": value},
            "base": 0,
            "at": NOW + timedelta(minutes=number + 1),
        }
        return NewEvent(**{**given, **other})

    return make


@pytest.fixture
def unprivileged() -> Iterator[tuple[Path, Callable[[], AbstractContextManager[None]]]]:
    """Give a folder of root's, and a way to be someone else for a moment (root may do anything)."""
    place = Path(tempfile.mkdtemp(dir="/tmp"))

    @contextmanager
    def someone_else() -> Iterator[None]:
        root = os.geteuid() == 0
        if root:
            os.seteuid(NOBODY)
        try:
            yield
        finally:
            if root:
                os.seteuid(0)

    yield place, someone_else
    place.chmod(0o700)
    shutil.rmtree(place)
