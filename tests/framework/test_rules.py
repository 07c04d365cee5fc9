"""Every rule of a framework folder: a folder that keeps it, and one file that breaks it."""

import ast
import shutil
from pathlib import Path

import pytest

import skillmatrix.framework
from skillmatrix.errors import FrameworkError
from skillmatrix.framework import check_framework, load_framework
from tests.conftest import MINI
from tests.framework.mutation import Mutation
from tests.framework.mutations import MUTATIONS
from tests.framework.mutations_interview import INTERVIEW
from tests.framework.mutations_ladders import LADDERS
from tests.framework.mutations_lists import DUPLICATES, LISTS
from tests.framework.mutations_migrations import MIGRATIONS
from tests.framework.mutations_overlays import OVERLAYS
from tests.framework.mutations_practice_profiles import PRACTICE_PROFILES
from tests.framework.mutations_prerequisites import PREREQUISITES
from tests.framework.mutations_record import RECORDS

SOURCES = Path(skillmatrix.framework.__file__).parent
#: The guide, and where ladders are found, have tests of their own.
MODULES = [path for path in SOURCES.glob("*.py") if not path.stem.startswith(("guide", "ladders"))]
BROKEN = [
    *MUTATIONS,
    *OVERLAYS,
    *LISTS,
    *RECORDS,
    *PREREQUISITES,
    *LADDERS,
    *MIGRATIONS,
    *INTERVIEW,
    *PRACTICE_PROFILES,
]


def rules_of(source: str) -> set[str]:
    """Collect the rule names that a module records problems with."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "problem":
            named = [k.value for k in node.keywords if k.arg == "rule"]
            rule = (named or node.args[3:4])[0]
            if isinstance(rule, ast.Constant):
                found.add(rule.value)
        if isinstance(node, ast.comprehension) and isinstance(node.target, ast.Tuple):
            first = node.target.elts[0]
            if isinstance(first, ast.Name) and first.id == "rule":
                found |= {row.elts[0].value for row in node.iter.elts}
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the small framework to break."""
    return Path(shutil.copytree(MINI, tmp_path / "librarian"))


def test_the_small_framework_keeps_every_rule():
    """The folder that all mutations start from has no problem of its own."""
    assert check_framework(MINI) == []
    assert load_framework(MINI).key == "librarian@2.0.1"


def test_every_rule_in_the_source_has_a_file_that_breaks_it():
    """A new rule in the code without a row in the table of mutations fails here."""
    used = set()
    for path in MODULES:
        used |= rules_of(path.read_text(encoding="utf-8"))

    assert len(used) > 30
    assert used == {m.rule for m in BROKEN}


def _name(mutation: Mutation) -> str:
    return f"{mutation.rule} {mutation.file} {mutation.new or mutation.old}"[:70].replace("\n", " ")


@pytest.mark.parametrize("mutation", BROKEN, ids=_name)
def test_a_breach_is_named_with_its_rule_file_and_line(mutation: Mutation, copy: Path):
    """One mistake in one file gives that rule, in that file, on that line, and nothing else."""
    mutation.apply(copy)

    problems = check_framework(copy)
    mine = [p for p in problems if p.rule == mutation.rule]
    assert len(mine) == 1
    assert (mine[0].file, mine[0].line) == (str(copy / mutation.file), mutation.line(copy))
    assert all((mine[0].where, mine[0].found, mine[0].expected))
    assert {p.rule for p in problems} == {mutation.rule, *mutation.beside}


@pytest.mark.parametrize(
    ("mutation", "file", "start"),
    DUPLICATES,
    ids=[_name(mutation) for mutation, _, _ in DUPLICATES],
)
def test_an_id_that_stands_twice_is_reported_with_both_lines(
    mutation: Mutation, file: str, start: str, copy: Path
):
    """The problem stands at the second place, and says where the first one is."""
    mutation.apply(copy)
    lines = (copy / file).read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines, 1) if line.strip().startswith(start))

    found = next(p.found for p in check_framework(copy) if p.rule == "duplicate-id")
    assert found.endswith(f"line {first}")
    assert file == mutation.file or Path(file).name in found


@pytest.mark.parametrize("mutation", [MUTATIONS[0], MUTATIONS[-2], OVERLAYS[-1]], ids=_name)
def test_the_same_check_guards_loading(mutation: Mutation, copy: Path):
    """A folder that does not pass the check does not load, and the error lists the problems."""
    mutation.apply(copy)

    with pytest.raises(FrameworkError) as caught:
        load_framework(copy)
    assert list(caught.value.problems) == check_framework(copy)
    assert mutation.rule in {p.rule for p in caught.value.problems}
