"""As many messages as causes: what points at a file that cannot be read is not at fault."""

import random
import shutil
from pathlib import Path

import pytest

from skillmatrix.framework import check_framework
from skillmatrix.framework.check import check_folder
from tests.conftest import MINI

FILES = sorted(str(path.relative_to(MINI)) for path in MINI.rglob("*.yaml"))
#: Each list of entries, with an entry that others point at and what its title is changed into.
ENTRIES = [
    ("switches.yaml", "title: Town archive", "title: ''"),
    ("evidence.yaml", "title: Reading group", "title: []"),
    ("evidence.yaml", "  - id: collection-plan", "  - id: [collection-plan]"),
    ("profiles/head-librarian.yaml", "months: 24", "months: soon"),
    ("profiles/head-librarian.yaml", "  - id: keeps-collection", "  - id: 2.5"),
    ("overlays/book-bus.yaml", "group: place", "group: 3"),
    ("guide/01-work.yaml", "title: Answer readers", "title: ''"),
    ("guide/01-work.yaml", "kind: responsibility", "kind: duty"),
    ("skills/cataloguing.yaml", "      verb: sorts", "      verb: [sorts]"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the small framework to break."""
    return Path(shutil.copytree(MINI, tmp_path / "librarian"))


def _blamed(folder: Path) -> list[tuple[str, str]]:
    return [(Path(p.file).relative_to(folder).as_posix(), p.rule) for p in check_framework(folder)]


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_no_yaml_is_one_problem(file: str, copy: Path):
    """A bracket left open is named where it stands, and nothing that points at the file is."""
    with (copy / file).open("a", encoding="utf-8") as stream:
        stream.write("broken: [\n")

    assert _blamed(copy) == [(file, "yaml-syntax")]


@pytest.mark.parametrize("file", FILES)
def test_a_key_too_many_is_one_problem(file: str, copy: Path):
    """A file with a misspelt key stays known by its id."""
    text = (copy / file).read_text(encoding="utf-8")
    (copy / file).write_text(f"{text.rstrip()}\nbeside: 1\n", encoding="utf-8")

    assert _blamed(copy) == [(file, "unknown-key")]


#: What no file of a ladder can be, and what it is called.
STRANGE = {
    "a list": ("[]\n", "shape"),
    "a word": ("word\n", "shape"),
    "a number": ("1\n", "shape"),
    "nothing": ("# nothing\n", "empty-file"),
    "two documents": ("--- {}\n--- {}\n", "yaml-syntax"),
    "itself inside": ("a: &x\n  - *x\n", "yaml-syntax"),
    "a list without end": ("a: " + "[" * 5000 + "]" * 5000 + "\n", "yaml-syntax"),
    "dashes without end": ("- " * 99_999 + "a\n", "yaml-syntax"),
    "a word a billion times": (
        "a: &a [w, w, w, w, w, w, w, w, w, w]\n"
        + "".join(
            f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n"
            for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        "yaml-syntax",
    ),
    "a tab": ("\ttitle: x\n", "yaml-syntax"),
}


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize("file", ["framework.yaml", "skills/cataloguing.yaml", "switches.yaml"])
def test_a_file_that_holds_no_keys_is_one_problem(file: str, strange: str, copy: Path):
    """Whatever else it holds: it is never passed over, and never stops the check."""
    text, rule = STRANGE[strange]
    (copy / file).write_text(text, encoding="utf-8")

    assert _blamed(copy) == [(file, rule)]


@pytest.mark.parametrize("file", [f for f in FILES if "/" in f and "migrations" not in f])
def test_a_file_without_a_title_is_one_problem(file: str, copy: Path):
    """What is missing is said once."""
    lines = (copy / file).read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("title:")]
    (copy / file).write_text("\n".join(kept) + "\n", encoding="utf-8")

    assert len(kept) == len(lines) - 1
    assert _blamed(copy) == [(file, "shape")]


@pytest.mark.parametrize(("file", "old", "new"), ENTRIES, ids=[new.strip() for *_, new in ENTRIES])
def test_an_entry_that_cannot_be_made_is_one_problem(file: str, old: str, new: str, copy: Path):
    """Other entries of the file count, and what points at this one is not at fault."""
    text = (copy / file).read_text(encoding="utf-8")
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    found = _blamed(copy)
    assert old in text
    assert [blamed for blamed, _ in found] == [file]


def test_a_reference_to_nothing_is_reported_beside_a_broken_file(copy: Path):
    """Only what may point at the broken file is spared: other mistakes are told at once."""
    skill = copy / "skills" / "cataloguing.yaml"
    skill.write_text("broken: [\n", encoding="utf-8")
    head = copy / "profiles" / "head-librarian.yaml"
    text = head.read_text(encoding="utf-8")
    head.write_text(text.replace("{skill: reference-desk", "{skill: reference-dusk"), "utf-8")

    found = _blamed(copy)
    assert ("skills/cataloguing.yaml", "yaml-syntax") in found
    assert ("profiles/head-librarian.yaml", "dangling-id") in found


def test_two_broken_files_are_two_problems(copy: Path):
    """All causes at once."""
    for file in ("skills/cataloguing.yaml", "criteria/serves-readers.yaml", "guide/01-work.yaml"):
        (copy / file).write_text("broken: [\n", encoding="utf-8")

    assert [file for file, _ in _blamed(copy)] == [
        "criteria/serves-readers.yaml",
        "guide/01-work.yaml",
        "skills/cataloguing.yaml",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 2.0.1", "version: two"),
        ("title: Librarian", "titel: Librarian"),
        ("ageing: [12, 36]", "ageing: soon"),
        ("no_means: 3}", "no_means: three}"),
    ],
)
def test_a_mistake_in_the_main_file_hides_no_other(old: str, new: str, copy: Path):
    """What stands in other files is checked all the same, and no ladder comes of it."""
    main, skill = copy / "framework.yaml", copy / "skills" / "cataloguing.yaml"
    main.write_text(main.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    text = skill.read_text(encoding="utf-8")
    skill.write_text(text.replace("area: collection", "area: cellar"), encoding="utf-8")

    assert check_folder(copy).framework is None
    assert {*_blamed(copy)} >= {("skills/cataloguing.yaml", "dangling-id")}
    assert "framework.yaml" in {file for file, _ in _blamed(copy)}
    assert len({file for file, _ in _blamed(copy)}) == 2


def _spoilt(text: str, chance: random.Random) -> str:
    """Put something of another kind in the place of one value or one line."""
    lines = text.splitlines()
    index = chance.randrange(len(lines))
    head, colon, _ = lines[index].partition(": ")
    wrong = chance.choice(["[1, [a]]", "{a: {b: c}}", "null", "-7", "2.5", "''", "true", "x", "*"])
    lines[index] = f"{head}{colon or ' '}{wrong}" if chance.random() < 0.8 else ""
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(60))
def test_whatever_stands_in_a_file_the_check_answers(seed: int, copy: Path):
    """No content of a file makes the check fail itself, and what it says has a file and words."""
    chance = random.Random(seed)
    for file in chance.sample([*FILES, "targets.csv"], 2):
        text = (copy / file).read_text(encoding="utf-8")
        (copy / file).write_text(_spoilt(text, chance), encoding="utf-8")

    examined = check_folder(copy)
    assert all(p.file and p.where and p.found and p.expected for p in examined.problems)
    assert examined.problems or examined.framework is not None


def test_a_mark_that_does_not_exist_is_told_though_a_direction_changes_it(copy: Path):
    """The archivist makes local history important; that its own mark is unknown is said once."""
    skill = copy / "skills" / "local-history.yaml"
    text = skill.read_text(encoding="utf-8")
    skill.write_text(text.replace("importance: local", "importance: x"), encoding="utf-8")

    assert _blamed(copy) == [("skills/local-history.yaml", "dangling-id")]


def test_what_waits_for_its_use_is_noted_and_no_mistake(copy: Path):
    """An area without skills, a mark, a group and a kind of evidence that nothing uses: notes."""
    main = copy / "framework.yaml"
    text = main.read_text(encoding="utf-8")
    for old, new in (
        ("areas:\n", "areas:\n  - {id: cellar, title: The cellar}\n"),
        ("overlay_groups:\n", "overlay_groups:\n  - {id: season, title: Season}\n"),
        (
            "importance:\n",
            "importance:\n  - {id: spare, title: Spare, rules: [], weight: 1, source: x}\n",
        ),
    ):
        text = text.replace(old, new)
    main.write_text(text, encoding="utf-8")
    types = copy / "evidence.yaml"
    kind = "  - {id: poem, title: Poem, definition: D, example: E, criteria: [], source: x}\n"
    types.write_text(types.read_text(encoding="utf-8") + kind, encoding="utf-8")

    examined = check_folder(copy)
    assert examined.problems == []
    told = {(Path(n.file).name, n.line, n.found.split("'")[1]) for n in examined.notes}
    assert {name for _, _, name in told} == {"cellar", "season", "spare", "poem"}
    assert ("evidence.yaml", 14, "poem") in told


def test_an_overlay_of_which_the_guide_says_nothing_is_noted(copy: Path):
    """Once the guide has variants, each overlay belongs to one; without any, nothing is said."""
    people = copy / "guide" / "02-people.yaml"
    assert check_folder(copy).notes == []
    text = people.read_text(encoding="utf-8").replace("kind: fact\n", "kind: variant\n")
    told = text.replace("opens at nine.\n", "opens at nine.\n        overlays: [village]\n")
    people.write_text(told, encoding="utf-8")

    examined = check_folder(copy)
    assert examined.problems == []
    assert [Path(note.file).name for note in examined.notes] == ["book-bus.yaml"]


def test_the_shipped_ladder_has_nothing_unused():
    """Neither problems nor notes."""
    from skillmatrix.framework import find_framework

    examined = check_folder(find_framework("ml-specialist"))
    assert (examined.problems, examined.notes) == ([], [])
