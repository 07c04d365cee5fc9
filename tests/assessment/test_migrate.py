"""Files of earlier format versions are brought to the present one, step by step."""

from typing import Any

import pytest

from skillmatrix.assessment import files
from skillmatrix.errors import AssessmentError
from skillmatrix.framework import Framework
from tests.conftest import content


@pytest.fixture
def version_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that the format has moved on twice."""

    def renamed(data: dict[str, Any]) -> dict[str, Any]:
        other = {**data, "format_version": 2, "scores": data["ratings"]}
        del other["ratings"]
        return other

    def renamed_back(data: dict[str, Any]) -> dict[str, Any]:
        other = {**data, "format_version": 3, "ratings": data["scores"]}
        del other["scores"]
        return other

    monkeypatch.setattr(files, "FORMAT_VERSION", 3)
    monkeypatch.setattr(files, "MIGRATIONS", {1: renamed, 2: renamed_back})


@pytest.mark.usefixtures("version_three")
def test_each_step_from_the_version_before(fw: Framework):
    """A file of version 1 goes through 2 to 3, and keeps what no step touches."""
    old = {**content(fw, {"mlops": 3}), "x-other": [1]}

    assert files.migrate(old, "a.json") == {**old, "format_version": 3}
    assert old["format_version"] == 1


@pytest.mark.usefixtures("version_three")
def test_a_file_enters_at_its_own_version(fw: Framework):
    """A file of version 2 takes the last step only; one of version 3 takes none."""
    data = content(fw, {"mlops": 3})
    second = {**data, "format_version": 2, "scores": {"mlops": 4}}
    del second["ratings"]

    assert files.migrate(second, "a.json")["ratings"] == {"mlops": 4}
    third = {**data, "format_version": 3}
    assert files.migrate(third, "a.json") == third


@pytest.mark.usefixtures("version_three")
@pytest.mark.parametrize("version", [0, -1, 4, 1.0, None, "1", True])
def test_a_version_that_does_not_exist_is_refused(version: object, fw: Framework):
    """Older than the first, newer than this program, or no whole number: one clear problem."""
    with pytest.raises(AssessmentError) as caught:
        files.migrate({**content(fw, {}), "format_version": version}, "a.json")
    (problem,) = caught.value.problems
    assert problem.where == "format_version"
    assert "3" in problem.expected


def test_there_is_a_step_from_every_earlier_version():
    """No file of an earlier version is left behind."""
    assert set(files.MIGRATIONS) == set(range(1, files.FORMAT_VERSION))
