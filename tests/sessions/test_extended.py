"""A log that grows is verified where it grew."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from skillmatrix.errors import AssessmentError
from skillmatrix.panel import begin, entered
from skillmatrix.sessions.chained import extended

AT = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
HEAD = {
    "kind": "calibration",
    "code": "m-1",
    "title": "Autumn",
    "framework": "ml-specialist@0.1.0",
    "started_at": AT.isoformat(),
    "keep_until": "2028-11-23",
}


def test_entries_that_follow_are_taken_and_a_changed_one_is_named():
    """The third of three was written anew with other words: it is the one that is named."""
    whole = begin(HEAD)
    for text in ("one", "two", "three"):
        whole = entered(whole, "remark", {"text": text}, AT)
    plain = [json.loads(entry.model_dump_json()) for entry in whole.entries]
    first = whole.model_copy(update={"entries": whole.entries[:1]})
    changed = json.loads(json.dumps(plain))
    changed[2]["content"]["text"] = "four"

    assert extended(first, plain[1:], "the log") == whole
    with pytest.raises(AssessmentError) as error:
        extended(first, changed[1:], "the log")
    assert error.value.problems[0].where == "entries[2]"


def test_entries_that_do_not_follow_are_refused():
    """The third without the second hangs on nothing."""
    whole = begin(HEAD)
    for text in ("one", "two", "three"):
        whole = entered(whole, "remark", {"text": text}, AT)
    plain = [json.loads(entry.model_dump_json()) for entry in whole.entries]
    first = whole.model_copy(update={"entries": whole.entries[:1]})

    with pytest.raises(AssessmentError):
        extended(first, plain[2:], "the log")
