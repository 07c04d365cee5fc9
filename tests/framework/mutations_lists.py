"""Ids that stand twice, and entries that nothing uses; see `mutations`."""

from __future__ import annotations

from pathlib import Path

from tests.framework.mutation import Mutation

MAIN = "framework.yaml"
SWITCHES = "switches.yaml"
TYPES = "evidence.yaml"
TARGETS = "targets.csv"
WORDS = "wording.yaml"
HEAD = "profiles/head-librarian.yaml"
ARCHIVIST = "profiles/archivist.yaml"
ROLE = "profiles/librarian.yaml"
BUS = "overlays/book-bus.yaml"
PEOPLE = "guide/02-people.yaml"

AREA = "  - {id: readers, title: The readers}\n"
MARK = "  - {id: wished, title: Wished for, rules: [gate, breadth], weight: 2, source: invented}\n"
FUNCTION = "  - {id: reader, title: A reader}\n"
SUPPORT = "  - {level: 3, any_of: [[E1, 1]]}\n"
CODE = "  - {code: E4, title: Counted, meaning: A count before and after.}\n"
GROUP = "  - {id: place, title: Where the library stands}\n"
SWITCH = """  - id: {}
    title: Reading garden
    question: Is there a garden?
    when_on: Nothing changes.
    when_off: Nothing changes.
    source: invented
"""
TYPE = """  - id: {}
    title: Reading group
    definition: People met.
    example: In May.
    criteria: [serves-readers]
    source: invented
"""
ADVICE = """  - id: wide-reading
    at_least: 1
    level: 2
    of: [reference-desk, local-history]
    source: invented
"""
OTHER_RULE = """    evidence:
      - id: k-plan
        title: Another plan
        months: 12
        any_of:
          - {type: collection-plan, strength: E2}
        source: invented
"""


def _again(file: str, text: str, at: str, more: str = "") -> Mutation:
    """Write a part of a file a second time, right after the first, or something else there."""
    return Mutation("duplicate-id", file, text, text + (more or text), at)


def _second_switch(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + SWITCH.format("archive"), encoding="utf-8")


def _second_type(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + TYPE.format("reading-group"), "utf-8")


def _switch_for_nothing(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + SWITCH.format("garden"), encoding="utf-8")


#: What is written twice, and where the first one stands: its file, and how its line starts.
DUPLICATES = [
    (_again(MAIN, AREA, "- {id: readers"), MAIN, "- {id: readers"),
    (_again(MAIN, MARK, "- {id: wished"), MAIN, "- {id: wished"),
    (_again(MAIN, FUNCTION, "- {id: reader,"), MAIN, "- {id: reader,"),
    (_again(MAIN, SUPPORT, "- {level: 3, any_of"), MAIN, "- {level: 3, any_of"),
    (_again(MAIN, CODE, "- {code: E4"), MAIN, "- {code: E4"),
    (_again(MAIN, GROUP, "- {id: place"), MAIN, "- {id: place"),
    (
        Mutation("duplicate-id", MAIN, "history]", "history, cataloguing]", "skills: ["),
        MAIN,
        "skills: [",
    ),
    (
        Mutation("duplicate-id", MAIN, "archivist]", "archivist, librarian]", "profiles: ["),
        MAIN,
        "profiles: [",
    ),
    (Mutation("duplicate-id", SWITCHES, at="- id: archive", do=_second_switch), SWITCHES, "- id:"),
    (Mutation("duplicate-id", TYPES, at="- id: reading", do=_second_type), TYPES, "- id: reading"),
    (
        _again(TARGETS, "librarian,cataloguing,2,,,invented\n", "librarian,cat"),
        TARGETS,
        "librarian,cat",
    ),
    (_again(HEAD, ADVICE, "- id: wide-reading"), HEAD, "- id: wide-reading"),
    (
        Mutation(
            "duplicate-id",
            HEAD,
            "advice:\n",
            "  - {id: serves-readers, title: Serves readers once more}\nadvice:\n",
            "- {id: serves-readers",
        ),
        HEAD,
        "- id: serves-readers",
    ),
    (
        Mutation(
            "duplicate-id", HEAD, "id: k-plan", "id: r-groups", "- id: r-groups", ("dangling-id",)
        ),
        HEAD,
        "- id: r-groups",
    ),
    (
        Mutation(
            "duplicate-id", ROLE, "    floors:", f"{OTHER_RULE}    floors:", "- id: k-plan"
        ),
        HEAD,
        "- id: k-plan",
    ),
    (Mutation("duplicate-id", ARCHIVIST, "id: a-plan", "id: k-plan", "- id: k-plan"), HEAD,
     "- id: k-plan"),
    (Mutation("duplicate-id", BUS, "id: b-tour", "id: r-groups", "id: r-groups"), HEAD,
     "- id: r-groups"),
    (
        _again("guide/01-work.yaml", "status: common\n        examples: [Card index]\n",
               "- {id: tool-catalogue",
               "      - {id: tool-catalogue, source: 1.tool.2, title: T, text: T, category: C, "
               "use: U, status: common, examples: []}\n"),
        "guide/01-work.yaml",
        "- id: tool-catalogue",
    ),
    (
        Mutation("duplicate-id", PEOPLE, "- id: fact-hours", "- id: resp-desk", "- id: resp-desk"),
        "guide/01-work.yaml",
        "- id: resp-desk",
    ),
]  # fmt: skip


def _effort(path: Path, *steps: tuple[int, float, float, float]) -> None:
    rows = [
        f"  - {{level: {level}, optimistic: {a}, likely: {b}, pessimistic: {c}, source: x}}\n"
        for level, a, b, c in steps
    ]
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "effort:\n" + "".join(rows), encoding="utf-8")


def _effort_twice(path: Path) -> None:
    _effort(path, (2, 1, 2, 3), (3, 2, 3, 4), (2, 1, 2, 3))


def _effort_for_no_level(path: Path) -> None:
    _effort(path, (2, 1, 2, 3), (7, 2, 3, 4))


def _effort_that_falls(path: Path) -> None:
    _effort(path, (2, 1, 2, 3), (3, 4, 3, 4))


def _practice(path: Path) -> None:
    """Write a practice case whose answer is no level."""
    said = "title: T\nnote: N\nstory: S\nlevel: 7\nbecause: B\nsource: invented\n"
    path.write_text(said, encoding="utf-8")


LEVELS = [
    Mutation("dangling-id", "practice.yaml", at="level: 7", do=_practice),
    Mutation("duplicate-id", MAIN, at="- {level: 2, optimistic", do=_effort_twice),
    Mutation("dangling-id", MAIN, at="- {level: 7, optimistic", do=_effort_for_no_level),
    Mutation("dangling-id", WORDS, "levels: [3]", "levels: [3, 9]", "near_miss_levels:"),
    Mutation("key", SWITCHES, "switches:\n", "[a, b]: 1\nswitches:\n", "[a, b]"),
    Mutation("yaml-value", MAIN, "title: Librarian", "title: 2026-13-01", "title: 2026"),
    Mutation("effort", MAIN, at="- {level: 3, optimistic", do=_effort_that_falls),
]
UNUSED = [
    Mutation("orphan-switch", SWITCHES, at="- id: garden", do=_switch_for_nothing),
    Mutation("wording-range", WORDS, "words_min: 5", "words_min: 17", "words_min:"),
]
LISTS = [*(mutation for mutation, _, _ in DUPLICATES), *LEVELS, *UNUSED]
