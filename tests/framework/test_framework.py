"""Frameworks as objects: frozen, cached until a file changes, chosen by name."""

import os
import pickle
import shutil
from copy import deepcopy
from pathlib import Path

import pytest
from pydantic import ValidationError

from skillmatrix.errors import FrameworkError, UsageError
from skillmatrix.framework import Framework, check_framework, find_framework, load_framework
from skillmatrix.framework.frozen import FrozenDict
from tests.conftest import MINI


def test_another_ladder_is_another_folder(mini: Framework):
    """Four levels that start at 1 and three skills load as they are: no ladder is built in."""
    assert mini.key == "librarian@2.0.1"
    assert [level.value for level in mini.levels] == [1, 2, 3, 4]
    assert list(mini.skills) == ["cataloguing", "reference-desk", "local-history"]
    assert list(mini.profiles)[:2] == ["head-librarian", "librarian"]
    assert [a.id for a in mini.skills["reference-desk"].at(3)] == [
        "reference-desk-3-a",
        "reference-desk-3-b",
    ]
    assert mini.level_name(4) == "Keeper"


def test_an_unchanged_folder_is_read_once_and_a_changed_one_again(tmp_path: Path):
    """The same object comes back until a file of the folder changes."""
    folder = Path(shutil.copytree(MINI, tmp_path / "librarian"))
    first = load_framework(folder)
    skill = folder / "skills" / "cataloguing.yaml"

    assert load_framework(folder) is first
    skill.write_text(skill.read_text(encoding="utf-8").replace("title: C", "title: Better c"))
    assert load_framework(folder).skills["cataloguing"].title == "Better cataloguing"


def test_a_change_of_the_same_length_is_seen(tmp_path: Path):
    """Time stamps count, not sizes alone."""
    folder = Path(shutil.copytree(MINI, tmp_path / "librarian"))
    skill = folder / "skills" / "cataloguing.yaml"
    os.utime(skill, ns=(1, 1))
    load_framework(folder)

    skill.write_text(skill.read_text(encoding="utf-8").replace("title: C", "title: K"))
    assert load_framework(folder).skills["cataloguing"].title == "Kataloguing"


def test_a_file_that_comes_or_goes_is_seen_at_once(tmp_path: Path):
    """An overlay added, and taken away again, without a moment of waiting."""
    folder = Path(shutil.copytree(MINI, tmp_path / "librarian"))
    main = folder / "framework.yaml"
    plain = main.read_text(encoding="utf-8")
    village = (folder / "overlays" / "village.yaml").read_text(encoding="utf-8")
    assert "hamlet" not in load_framework(folder).overlays

    hamlet = village.replace("id: village\n", "id: hamlet\n")
    (folder / "overlays" / "hamlet.yaml").write_text(hamlet, encoding="utf-8")
    main.write_text(plain.replace("book-bus]", "book-bus, hamlet]"), encoding="utf-8")
    assert "hamlet" in load_framework(folder).overlays
    (folder / "overlays" / "hamlet.yaml").unlink()
    with pytest.raises(FrameworkError, match="hamlet"):
        load_framework(folder)
    main.write_text(plain, encoding="utf-8")
    assert "hamlet" not in load_framework(folder).overlays


def test_looking_whether_a_ladder_changed_is_cheap(monkeypatch: pytest.MonkeyPatch):
    """One look at each folder, and none into a file: what a click may cost."""
    first = load_framework("ml-specialist")
    looked: list[str] = []
    plain = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: looked.append(str(path)) or plain(path))
    monkeypatch.setattr(Path, "read_bytes", None)

    assert load_framework("ml-specialist") is first
    assert len(looked) == 8


def test_a_framework_does_not_change(mini: Framework):
    """Neither a field nor a mapping of it can be written to."""
    with pytest.raises(ValidationError):
        mini.title = "Other"
    with pytest.raises(TypeError, match="does not change"):
        mini.skills["new"] = mini.skills["cataloguing"]
    with pytest.raises(TypeError, match="does not change"):
        mini.skills.clear()


def test_a_frozen_mapping_can_be_copied_and_sent():
    """Copies are equal, and pickling gives the same content back."""
    mapping = FrozenDict(a=1)

    assert deepcopy(mapping) == mapping == pickle.loads(pickle.dumps(mapping))
    for change in (lambda: mapping.update(b=2), lambda: mapping.pop("a"), mapping.popitem):
        with pytest.raises(TypeError, match="does not change"):
            change()
    with pytest.raises(TypeError, match="does not change"):
        mapping |= {"b": 2}


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("profile", {"id": "head-librarain"}),
        ("overlay", {"id": "librarian", "overlays": ["hamlet"]}),
        ("switch", {"id": "librarian", "switches": {"archiv": True}}),
        ("skill", {"id": "librarian", "not_applicable": {"catalog": "none"}}),
    ],
)
def test_choosing_something_unknown_is_refused(
    kind: str, asked: dict[str, object], mini: Framework
):
    """A profile, overlay, switch or skill that does not exist is named, with what there is."""
    with pytest.raises(UsageError, match=f"no {kind} "):
        mini.profile(**asked)


def test_a_near_word_is_suggested(mini: Framework):
    """A slip of the keyboard gets the word that was meant."""
    with pytest.raises(UsageError, match="did you mean 'head-librarian'"):
        mini.profile("head-librarain")


def test_a_switch_takes_yes_no_or_nothing(mini: Framework):
    """A switch is true, false or not decided; a word is refused, not read as true."""
    chosen = mini.profile("head-librarian", switches={"archive": None})

    assert dict(chosen.switches) == {"archive": None}
    with pytest.raises(UsageError, match="expected true, false or nothing"):
        mini.profile("head-librarian", switches={"archive": "no"})


def test_a_chosen_profile_carries_its_framework_and_answers(mini: Framework):
    """What was chosen travels with the profile: framework, switches, what is left out."""
    chosen = mini.profile(
        "head-librarian", switches={"archive": True}, not_applicable={"local-history": "no town"}
    )

    assert chosen.framework is mini
    assert chosen.switches["archive"] is True
    assert chosen.not_applicable["local-history"].reason == "no town"
    assert chosen.target("local-history") == 3
    assert mini.profiles["head-librarian"].framework is None


def test_an_unknown_framework_is_refused_with_a_suggestion():
    """A wrong id names the shipped ones."""
    with pytest.raises(UsageError, match="did you mean 'ml-specialist'"):
        find_framework("ml-specialst")


def test_every_file_is_checked_at_once(tmp_path: Path):
    """Mistakes in several files come in one error, in the order of files and lines."""
    folder = Path(shutil.copytree(MINI, tmp_path / "librarian"))
    for name, old, new in (
        ("skills/reference-desk.yaml", "facets: [2, 2, 2]", "facets: [2, 2, 1]"),
        ("skills/cataloguing.yaml", "facets: [2, 2, 2]", "facets: [2, 2, 1]"),
        ("framework.yaml", "ageing: [12, 36]", "ageing: [36, 12]"),
    ):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    problems = check_framework(folder)
    assert [Path(p.file).name for p in problems] == [
        "framework.yaml",
        "cataloguing.yaml",
        "reference-desk.yaml",
    ]
    with pytest.raises(FrameworkError, match="has 3 problems"):
        load_framework(folder)
