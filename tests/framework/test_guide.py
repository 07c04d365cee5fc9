"""The role guide: every rule of its files, and the shipped guide against the blueprint."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from skillmatrix.errors import FrameworkError
from skillmatrix.framework import Framework, check_framework, guide, guide_check, load_framework
from tests.conftest import MINI
from tests.framework.mutation import Mutation
from tests.framework.mutations_guide import GUIDE_MUTATIONS
from tests.framework.test_rules import rules_of

IDS = (Path(__file__).parent / "blueprint_ids.txt").read_text(encoding="utf-8").split()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the small framework to break."""
    return Path(shutil.copytree(MINI, tmp_path / "librarian"))


def _name(mutation: Mutation) -> str:
    told = mutation.new or mutation.old or mutation.at
    return f"{mutation.rule} {mutation.file} {told}"[:70].replace("\n", " ")


def test_every_rule_of_the_guide_has_a_file_that_breaks_it():
    """A new rule in the two modules without a row in the table of mutations fails here."""
    used = set()
    for module in (guide, guide_check):
        used |= rules_of(Path(module.__file__).read_text(encoding="utf-8"))

    assert used <= {m.rule for m in GUIDE_MUTATIONS}
    assert {m.rule for m in GUIDE_MUTATIONS} - used == {"unknown-key"}


@pytest.mark.parametrize("mutation", GUIDE_MUTATIONS, ids=_name)
def test_a_breach_is_named_with_its_rule_file_and_line(mutation: Mutation, copy: Path):
    """One mistake in one file gives that rule, in that file, on that line, and nothing else."""
    mutation.apply(copy)

    problems = check_framework(copy)
    mine = [p for p in problems if p.rule == mutation.rule]
    assert [(p.file, p.line) for p in mine] == [(str(copy / mutation.file), mutation.line(copy))]
    assert all((mine[0].where, mine[0].found, mine[0].expected))
    assert {p.rule for p in problems} == {mutation.rule, *mutation.beside}


def test_a_broken_guide_is_refused_when_it_is_asked_for_and_not_before(copy: Path):
    """What is judged without the guide still loads; the guide itself lists its problems."""
    GUIDE_MUTATIONS[0].apply(copy)
    framework = load_framework(copy)

    assert len(framework.skills) == 3
    with pytest.raises(FrameworkError) as caught:
        framework.guide  # noqa: B018 - reading it is what is tested
    assert list(caught.value.problems) == check_framework(copy)


def test_a_framework_without_a_guide_has_none(copy: Path):
    """The folder is optional: no sections, and only skills and criteria have ids."""
    shutil.rmtree(copy / "guide")
    (copy / "record.yaml").unlink()
    framework = load_framework(copy)

    assert check_framework(copy) == []
    assert dict(framework.guide) == {}
    assert set(framework.items) == {*framework.skills, *framework.criteria}


def test_a_link_is_known_at_both_ends():
    """Named by an item, by the exercises of a dimension and by a pointer: all lead back."""
    items = load_framework(MINI).items

    assert items["resp-desk"].links == ("reference-desk", "serves-readers", "kpi-answers")
    assert items["resp-desk"].linked_from == ("dim-calm", "summary-work")
    assert items["kpi-answers"].related == ("resp-desk",)
    assert items["reference-desk"].linked_from == ("resp-desk", "summary-work")
    assert (items["reference-desk"].kind, items["reference-desk"].section) == ("skill", 2)


def test_every_item_of_the_blueprint_is_in_the_guide_once(fw: Framework):
    """Guide, skills and criteria together cite each of the blueprint's items exactly once."""
    cited = Counter(entry.source for entry in fw.items.values())

    assert [source for source in IDS if cited[source] != 1] == []


def test_every_item_of_the_guide_is_in_the_blueprint(fw: Framework):
    """Nothing was invented: what the guide shows has its item, in the section it stands in."""
    assert sorted({entry.source for entry in fw.items.values()} - set(IDS)) == []
    assert [e.id for e in fw.items.values() if e.source.split(".")[0] != str(e.section)] == []
    assert list(fw.guide) == list(range(1, 21))


def test_every_skill_and_criterion_hangs_together_with_the_work(fw: Framework):
    """Each is linked from a responsibility, a deliverable, a KPI or another item of the guide."""
    alone = [e.id for e in fw.items.values() if e.kind == "criterion" and not e.linked_from]
    alone += [e.id for e in fw.items.values() if e.kind == "skill" and not e.linked_from]

    assert alone == []


def test_the_guide_is_read_once(copy: Path, monkeypatch: pytest.MonkeyPatch):
    """Its files are read when it is first asked for, and not again."""
    read: list[str] = []
    plain = guide.read_yaml
    monkeypatch.setattr(guide, "read_yaml", lambda path: read.append(path.name) or plain(path))
    framework = load_framework(copy)
    before = list(read)

    assert framework.guide is framework.guide
    assert before == []
    assert read == ["01-work.yaml", "02-people.yaml"]
