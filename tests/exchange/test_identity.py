"""Export then import is the identity, in every format that holds everything."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillmatrix.assessment import Assessment, as_data, assessment_from, content_hash, lock
from skillmatrix.exchange import export, preview
from tests.conftest import LOCKED_AT
from tests.exchange.draws import FW, everything

FORMATS = ("json", "csv", "xlsx")
few = settings(max_examples=30, suppress_health_check=list(HealthCheck))
many = settings(max_examples=1000, suppress_health_check=list(HealthCheck))


def comes_back(made: Assessment, form: str) -> None:
    """Claim that what comes back of a file is what went into it, to the type of each number."""
    _, data = export(made, FW, form)
    found = preview(data, FW)

    assert found.refused == ()
    (again,) = found.assessments
    assert again == made
    assert json.dumps(as_data(again), sort_keys=True) == json.dumps(as_data(made), sort_keys=True)
    assert content_hash(again) == content_hash(made)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@few
@given(data=everything(), locked=st.booleans())
def test_what_is_exported_comes_back_as_it_was(form: str, data: dict[str, Any], locked: bool):
    """Every part survives, with hostile text and keys nobody knows; of a locked one the hash."""
    made = assessment_from(data, framework=FW)
    comes_back(lock(made, LOCKED_AT) if locked else made, form)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("form", FORMATS)
@many
@given(data=everything(), locked=st.booleans())
def test_a_thousand_come_back(form: str, data: dict[str, Any], locked: bool):
    """The same for a thousand, drafts and locked ones."""
    made = assessment_from(data, framework=FW)
    comes_back(lock(made, LOCKED_AT) if locked else made, form)
