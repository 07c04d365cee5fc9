"""The library is light: what a page does not need, it does not load."""

from __future__ import annotations

import subprocess
import sys

import pytest


def loaded_after(code: str) -> set[str]:
    probe = f"{code}\nimport sys\nprint(*sorted({{m.partition('.')[0] for m in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


HEAVY = {"matplotlib", "ipywidgets", "sqlalchemy", "anywidget", "voila", "scipy"}


def test_the_library_loads_nothing_for_the_screen():
    """Reading, judging and the gap load neither matplotlib nor ipywidgets nor sqlalchemy."""
    code = (
        "import skillmatrix as sm\n"
        "fw = sm.load_framework('ml-specialist')\n"
        "a = sm.Assessment(framework=fw.key, person={'code': 'a'}, rater={'kind': 'self'},"
        " as_of='2026-11-20', ratings={})\n"
        "sm.verdict(a, fw.profile('senior')).explain()\n"
        "sm.gap(a, fw.profile('senior'))\n"
    )

    assert not loaded_after(code) & HEAVY


def test_importing_the_package_opens_nothing():
    """`import skillmatrix` alone does not even load pydantic or pandas."""
    assert not loaded_after("import skillmatrix") & (HEAVY | {"pandas", "pydantic", "yaml"})


@pytest.mark.parametrize("page", ["home", "role_guide", "self_review", "mentor_session"])
def test_a_page_opens_without_pandas_and_without_matplotlib(page):
    """Opening a page costs neither pandas nor matplotlib: both come when asked for."""
    loaded = loaded_after(f"from skillmatrix.pages import {page}\n{page}.page()")

    assert not loaded & {"pandas", "matplotlib", "alembic"}
    assert "anywidget" in loaded


def test_floors_hold():
    """Imports go downwards only, and neighbours on a floor do not know each other."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stdout
