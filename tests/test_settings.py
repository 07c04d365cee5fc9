"""Where things are: an argument wins, then the environment, then what was installed."""

import subprocess
import sys
from pathlib import Path

import pytest

import skillmatrix
from skillmatrix import settings


def test_data_an_argument_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The argument, then ``$SKILLMATRIX_DATA``, then the folder that was shipped."""
    shipped = settings.data_dir()
    monkeypatch.setenv("SKILLMATRIX_DATA", str(tmp_path / "env"))

    assert settings.data_dir(tmp_path) == tmp_path
    assert settings.data_dir() == tmp_path / "env"
    monkeypatch.setenv("SKILLMATRIX_DATA", "")
    assert settings.data_dir() == shipped
    assert (shipped / "frameworks" / "ml-specialist" / "framework.yaml").is_file()


def test_a_wheel_carries_its_data_inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """``_data`` inside the package wins over a ``data`` folder beside it."""
    package = tmp_path / "skillmatrix"
    package.mkdir()
    monkeypatch.setattr(settings, "_PACKAGE", package)
    monkeypatch.delenv("SKILLMATRIX_DATA", raising=False)

    assert settings.data_dir() == tmp_path / "data"
    (package / "_data").mkdir()
    assert settings.data_dir() == package / "_data"
    assert settings.notebooks_dir() == tmp_path / "notebooks"


def test_workspace_an_argument_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The argument, then ``$SKILLMATRIX_WORKSPACE``, then the user's data folder; all absolute."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", "~/mine")

    assert settings.workspace_dir(tmp_path / "arg") == tmp_path / "arg"
    assert settings.workspace_dir() == tmp_path / "mine"
    assert settings.workspace_dir("here") == Path.cwd() / "here"
    monkeypatch.delenv("SKILLMATRIX_WORKSPACE")
    assert settings.workspace_dir().name == "skillmatrix"
    assert settings.workspace_dir().is_absolute()


def test_finding_a_folder_makes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Asking where the workspace is does not create it."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "none"))

    assert not settings.workspace_dir().exists()


def test_every_name_at_the_top_can_be_had():
    """Each published name loads, and a wrong one is an ordinary attribute error."""
    assert all(getattr(skillmatrix, name) is not None for name in skillmatrix.__all__)
    assert set(skillmatrix.__all__) <= set(dir(skillmatrix))
    with pytest.raises(AttributeError, match="no attribute 'verdikt'"):
        _ = skillmatrix.verdikt


def test_importing_the_package_loads_nothing_heavy():
    """A bare import loads neither pandas nor matplotlib, ipywidgets, sqlalchemy or yaml."""
    code = "import sys, skillmatrix; print(*sorted(m.split('.')[0] for m in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {"pandas", "numpy", "matplotlib", "ipywidgets", "sqlalchemy", "yaml", "pydantic"}

    assert not heavy & set(loaded.stdout.split())
