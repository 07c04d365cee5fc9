"""JSON Schemas: they take what the loader takes, and refuse what breaks the shape of a file."""

import csv
import io
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from skillmatrix.cli.schemas import schema_texts
from skillmatrix.framework import find_framework
from skillmatrix.framework.schemas import framework_schemas, kind_of
from skillmatrix.settings import data_dir
from tests.conftest import MINI
from tests.framework.mutation import Mutation
from tests.framework.mutations import MUTATIONS
from tests.framework.mutations_guide import GUIDE_MUTATIONS
from tests.framework.mutations_interview import INTERVIEW
from tests.framework.mutations_ladders import LADDERS
from tests.framework.mutations_lists import LISTS
from tests.framework.mutations_migrations import MIGRATIONS
from tests.framework.mutations_overlays import OVERLAYS
from tests.framework.mutations_practice_profiles import PRACTICE_PROFILES
from tests.framework.mutations_prerequisites import PREREQUISITES
from tests.framework.mutations_record import RECORDS

SCHEMAS = framework_schemas()
VALIDATORS = {kind: Draft202012Validator(schema) for kind, schema in SCHEMAS.items()}
SHIPPED = find_framework("ml-specialist")
ON_DISK = data_dir() / "schemas"
MODELINE = "# yaml-language-server: $schema="

#: Rules about the shape of one file; what they refuse a schema refuses as well.
SHAPES = {"shape", "unknown-key", "change-kind", "guide-kind", "direction-change", "target-switch"}
#: What only a reader of the whole file, or of another one, can know: by rule, file and new text.
BEYOND = {
    ("shape", "targets.csv", "librarian,cataloguing,2,,,"): "default_source may give the source",
    ("shape", "interview.yaml", "'2': [Answers"): "every key is a text to a schema",
}
ALL = [
    *MUTATIONS,
    *OVERLAYS,
    *GUIDE_MUTATIONS,
    *LADDERS,
    *LISTS,
    *RECORDS,
    *PREREQUISITES,
    *MIGRATIONS,
    *INTERVIEW,
    *PRACTICE_PROFILES,
]
BROKEN = [mutation for mutation in ALL if mutation.rule in SHAPES]


def _content(path: Path, kind: str) -> list[Any]:
    """Read a file as an editor does: names of keys are texts; of a table, line by line."""
    text = path.read_text(encoding="utf-8-sig")
    if kind == "targets":
        return [*csv.DictReader(io.StringIO(text))]
    return [json.loads(json.dumps(yaml.safe_load(text), default=str))]


def _refused(folder: Path, file: str) -> list[str]:
    kind = kind_of(file)
    assert kind is not None, file
    errors = [
        e for part in _content(folder / file, kind) for e in VALIDATORS[kind].iter_errors(part)
    ]
    return [f"{file} {[*error.absolute_path]} {error.message}"[:300] for error in errors]


def _files(folder: Path) -> list[str]:
    paths = [path for path in folder.rglob("*") if path.suffix in {".yaml", ".csv"}]
    return sorted(path.relative_to(folder).as_posix() for path in paths)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_a_schema_and_explains_every_key(kind: str):
    """Of draft 2020-12, with a sentence for every key that can be written."""
    Draft202012Validator.check_schema(SCHEMAS[kind])
    assert SCHEMAS[kind]["$schema"].endswith("2020-12/schema")
    parts = {"": SCHEMAS[kind], **SCHEMAS[kind]["$defs"]}
    bare = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, value in part.get("properties", {}).items()
        if len(value.get("description", "")) < 8
    ]
    assert bare == []


def test_the_schemas_on_disk_are_those_of_the_code():
    """Out of date? Run: skillmatrix check --write-schemas data/schemas."""
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in ON_DISK.iterdir()}

    assert sorted(on_disk) == sorted(schema_texts())
    assert {name for name, text in schema_texts().items() if on_disk[name] != text} == set()


@pytest.mark.parametrize("folder", [SHIPPED, MINI], ids=["ml-specialist", "librarian"])
def test_every_file_of_a_sound_ladder_is_valid(folder: Path):
    """Both ladders, file by file; each file is of a kind that has a schema."""
    files = _files(folder)

    assert {kind_of(file) for file in files} <= {*SCHEMAS}
    assert len(files) > 15
    assert [error for file in files for error in _refused(folder, file)] == []


def _name(mutation: Mutation) -> str:
    return f"{mutation.rule} {mutation.file} {mutation.new or mutation.old}"[:70].replace("\n", " ")


@pytest.mark.parametrize("mutation", BROKEN, ids=_name)
def test_what_breaks_the_shape_of_a_file_is_refused(mutation: Mutation, tmp_path: Path):
    """An editor marks it before the check is run, but for the few that one file cannot tell."""
    copy = Path(shutil.copytree(MINI, tmp_path / "librarian"))
    mutation.apply(copy)

    beyond = any(
        (rule, file) == (mutation.rule, mutation.file) and mutation.new.endswith(new)
        for rule, file, new in BEYOND
    )
    assert bool(_refused(copy, mutation.file)) is not beyond


def test_a_list_of_ids_holds_each_once():
    """A skill that is listed twice in framework.yaml is marked as well."""
    main = _content(MINI / "framework.yaml", "framework")[0]
    main["skills"].append(main["skills"][0])

    assert [e.validator for e in VALIDATORS["framework"].iter_errors(main)] == ["uniqueItems"]


def test_every_shipped_file_names_its_schema_beside_it():
    """The first line leads an editor to the right schema, by a path that holds in a wheel too."""
    wrong = []
    for file in _files(SHIPPED):
        path = SHIPPED / file
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        schema = os.path.relpath(ON_DISK / f"{kind_of(file)}.schema.json", path.parent)
        if path.suffix == ".yaml" and first != MODELINE + Path(schema).as_posix():
            wrong.append((file, first))

    assert wrong == []


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("skills/python.yaml", "skill"),
        ("guide/07-kpis.yaml", "guide"),
        ("framework.yaml", "framework"),
        ("targets.csv", "targets"),
        ("skill.yaml", None),
        ("skills/python.csv", None),
        ("notes/x.yaml", None),
        ("readme.md", None),
    ],
)
def test_the_kind_of_a_file_follows_from_its_place(file: str, kind: str | None):
    """What is in no known place is of no kind."""
    assert kind_of(file) == kind
