"""One broken file for each rule: what is changed, and the line that has to be named."""

from __future__ import annotations

from pathlib import Path

from tests.framework.mutation import Mutation

MAIN = "framework.yaml"
WORDS = "wording.yaml"
SKILL = "skills/cataloguing.yaml"
DESK = "skills/reference-desk.yaml"
LOCAL = "skills/local-history.yaml"
CRITERION = "criteria/serves-readers.yaml"
HEAD = "profiles/head-librarian.yaml"
ROLE = "profiles/librarian.yaml"
TARGETS = "targets.csv"
SWITCHES = "switches.yaml"
TYPES = "evidence.yaml"

RECORDS = "Records a rule for a case that the house rules leave open."
OF = "of: [cataloguing, reference-desk, local-history]"
GATE = "- {skill: reference-desk, level: 3, source: invented}"
#: What the same mistake breaks as well.
MISSING = "missing-target"
LOST = "dangling-id"
SWAPPED = ("facets-rise", "decision-path", "anchor-verb", "anchor-artefact", "anchor-first-word")
ASKS = """
          - {type: collection-plan, strength: E3, confirmed_by: [colleague]}
          - {type: reading-group, strength: E4}"""
FACETS = "facets: [2, 1, 1]\n      source: invented"
DRAFT = f"{FACETS}\n      status: draft"
FIGURES = "retranslation: {n_sorters: 3"
BREADTH = "at_least: 1\n        level: 4"


def _folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _copy_of_cataloguing(path: Path) -> None:
    path.write_text((path.parent / "cataloguing.yaml").read_text(encoding="utf-8"))


def _first_two_levels_swapped(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first, second = text.index("  - level: 1"), text.index("  - level: 2")
    third = text.index("  - level: 3")
    path.write_text(text[:first] + text[second:third] + text[first:second] + text[third:])


def _text(rule: str, text: str, at: str = "", beside: tuple[str, ...] = ()) -> Mutation:
    """Write another text for the anchor of cataloguing at level 4."""
    return Mutation(rule, SKILL, RECORDS, text, at or f"text: {text}", beside)


FILES = [
    Mutation("missing-file", MAIN, do=Path.unlink),
    Mutation("missing-file", TARGETS, do=Path.unlink),
    Mutation("encoding", WORDS, do=lambda p: p.write_bytes("verbs: [prüft]".encode("latin-1"))),
    Mutation("unreadable", WORDS, do=_folder_instead),
    Mutation("yaml-syntax", WORDS, "often]", "often", "personal_words:"),
    Mutation("empty-file", WORDS, do=lambda p: p.write_text("# nothing\n")),
    Mutation("duplicate-key", WORDS, "words_min: 5", "words_max: 16", "words_max: 16"),
    Mutation("csv-header", TARGETS, "level_when_on,source", "when_on,source", "profile,skill"),
    Mutation(
        "csv-row",
        TARGETS,
        "cataloguing,2,,,invented",
        "cataloguing,2,,,invented,x",
        "librarian,cat",
    ),
    Mutation(
        "orphan-file",
        "skills/binding.yaml",
        at="id:",
        beside=("id-of-file",),
        do=_copy_of_cataloguing,
    ),
    Mutation("id-of-file", SKILL, "id: cataloguing\n", "id: catalogue\n", "id: catalogue"),
]

SHAPES = [
    Mutation("shape", MAIN, "name: Helper", "name: 2", "name: 2"),
    Mutation("shape", MAIN, "title: Librarian\n", "", "id: librarian"),
    Mutation("shape", MAIN, "version: 2.0.1", "version: two", "version:"),
    Mutation(
        "shape",
        MAIN,
        "skills: [cat",
        "skills: no\nx-skills: [cat",
        "skills: no",
        ("unknown-key",),
    ),
    Mutation("shape", MAIN, "areas:\n", "areas: none\nx-areas:\n", "areas:", ("unknown-key",)),
    Mutation("shape", MAIN, "no_means: 3}", "no_means: three}", '- {question: "Does the'),
    Mutation("shape", SKILL, "title: Cataloguing", "title: [Cataloguing]", "title:"),
    Mutation("shape", SKILL, "levels:\n", "levels: none\nlevel:\n", "levels:", ("unknown-key",)),
    Mutation("shape", SKILL, f"text: {RECORDS}", "text: 4", "text: 4"),
    Mutation("shape", SWITCHES, "title: Town archive", "title: ''", "title:"),
    Mutation(
        "shape",
        TYPES,
        "- id: collection-plan",
        "- Collection plan\n  - id: collection-plan",
        "- Coll",
    ),
    Mutation("shape", HEAD, "kind: promotion", "kind: career", "kind:"),
    Mutation("shape", HEAD, ASKS, " []", "any_of: []"),
    Mutation(
        "shape",
        TARGETS,
        "librarian,cataloguing,2",
        "librarian,cataloguing,two",
        "librarian,cataloguing,two",
    ),
    Mutation(
        "missing-source",
        TARGETS,
        "librarian,cataloguing,2,,,invented",
        "librarian,cataloguing,2,,,",
        "librarian,cat",
    ),
    Mutation("unknown-key", MAIN, "ageing:", "aging: [1, 2]\nageing:", "aging:"),
    Mutation("unknown-key", SKILL, "title: Cat", "titel: Cat\ntitle: Cat", "titel:"),
    Mutation("unknown-key", DESK, "verb: teaches", "verb: teaches\n      vreb: teaches", "vreb:"),
    Mutation("unknown-key", TYPES, "example: Six", "exmaple: Six\n    example: Six", "exmaple:"),
    Mutation("unknown-key", TYPES, "types:", "kinds: []\ntypes:", "kinds:"),
    Mutation("unknown-key", WORDS, "brands:", "brand: []\nbrands:", "brand:"),
    Mutation("shape", WORDS, "words_max: 16", "words_max: many", "words_max:"),
    Mutation("shape", MAIN, "- {id: readers, ", "- {name: readers, ", "- {name: readers"),
    Mutation("shape", MAIN, "- {id: colleague, ", "- {id: [colleague], ", "- {id: [coll"),
    Mutation("shape", SKILL, "  4:\n    -", "  4: 7\n  5:\n    -", "4: 7", (LOST,)),
]

IDS = [
    Mutation(
        "duplicate-id",
        DESK,
        "reference-desk-3-b",
        "reference-desk-3-a",
        "- id: reference-desk-3-a",
    ),
    Mutation(
        "duplicate-id",
        TYPES,
        "id: collection-plan",
        "id: reading-group",
        "- id: reading-group",
        ("dangling-id",),
    ),
    Mutation(
        "duplicate-id",
        TARGETS,
        "librarian,local-history,1,,",
        "librarian,reference-desk,1,,",
        "librarian,reference-desk,1",
        (MISSING,),
    ),
    Mutation("duplicate-id", HEAD, "id: k-plan", "id: r-groups", "- id: r-groups", (LOST,)),
    Mutation(
        "duplicate-id",
        HEAD,
        OF,
        "of: [cataloguing, reference-desk, cataloguing, local-history]",
        "of: [cat",
    ),
    Mutation("dangling-id", MAIN, "profiles: [head", "profiles: [page, head", "profiles:"),
    Mutation(
        "dangling-id",
        MAIN,
        "- {level: 2, any_of",
        "- {level: 6, any_of: []}\n  - {level: 2, any_of",
        "- {level: 6",
    ),
    Mutation("dangling-id", SKILL, "area: collection", "area: cellar", "area:"),
    Mutation("dangling-id", SKILL, "importance: core", "importance: vital", "importance:"),
    Mutation("dangling-id", LOCAL, "switch: archive", "switch: attic", "switch:"),
    Mutation("dangling-id", SKILL, "  4:\n", "  9:\n", "- id: cataloguing-4-a", ("anchor-count",)),
    Mutation("dangling-id", TYPES, "[keeps-collection]", "[keeps-colection]", "criteria: [keeps-c"),
    Mutation(
        "dangling-id", HEAD, "- id: serves-readers", "- id: serves-reader", "- id: serves-reader"
    ),
    Mutation("dangling-id", HEAD, "type: collection-plan", "type: colection-plan", "- {type: col"),
    Mutation("dangling-id", HEAD, "[colleague]", "[baker]", "- {type: col"),
    Mutation(
        "dangling-id",
        HEAD,
        "{skill: reference-desk",
        "{skill: referenze-desk",
        "- {skill: ref",
        ("stays-gate",),
    ),
    Mutation(
        "dangling-id",
        HEAD,
        GATE,
        GATE.replace("3", "9"),
        "- {skill: reference-desk",
        ("breadth-implied", "gate-above-bar", "stays-gate"),
    ),
    Mutation("dangling-id", HEAD, OF, OF.replace("cata", "kata"), "of: [kat"),
    Mutation("dangling-id", HEAD, "history: archive", "history: attic", "when:"),
    Mutation(
        "dangling-id",
        HEAD,
        "when: {local-history",
        "when: {cellar: archive, local-history",
        "when:",
    ),
    Mutation("dangling-id", HEAD, BREADTH, BREADTH.replace("4", "7"), "level: 7"),
    Mutation(
        "dangling-id", TARGETS, "history,1,archive", "history,1,attic", "head-librarian,local"
    ),
    Mutation(
        "dangling-id",
        TARGETS,
        "librarian,reference-desk,2",
        "librarian,reference-desk,0",
        "librarian,reference-desk,0",
    ),
    Mutation(
        "dangling-id",
        TARGETS,
        "librarian,local-history,1,,",
        "librarian,cellar,1,,,x\nlibrarian,local-history,1,,",
        "librarian,cellar",
    ),
    Mutation(
        "dangling-id",
        TARGETS,
        "librarian,local-history,1,,",
        "page,cataloguing,1,,,x\nlibrarian,local-history,1,,",
        "page,cat",
    ),
    Mutation("dangling-id", LOCAL, "levels: [2, 3]", "levels: [2, 8]", "levels: [2, 8]"),
    Mutation(
        "dangling-id",
        HEAD,
        "of: [reference-desk, local-history]",
        "of: [reference-desk, cellar]",
        "of: [reference-desk, cellar]",
    ),
    Mutation(
        "dangling-id",
        HEAD,
        "advice:",
        "not_applicable: {cellar: {reason: none}}\nadvice:",
        "not_applicable",
    ),
    Mutation("unique", MAIN, "name: Keeper", "name: helper", "name: helper"),
    Mutation("unique", DESK, "code: L2", "code: L1", "code: L1"),
]

RULES = [
    Mutation("scale-order", MAIN, at="- level: 1", beside=SWAPPED, do=_first_two_levels_swapped),
    Mutation(
        "facets-rise",
        MAIN,
        "facets: [2, 1, 1]",
        "facets: [1, 1, 1]",
        "facets: [1, 1, 1]",
        ("anchor-facets",),
    ),
    Mutation(
        "facets-rise",
        MAIN,
        "facets: [2, 2, 2]",
        "facets: [3, 0, 2]",
        "facets: [3, 0, 2]",
        ("anchor-facets",),
    ),
    Mutation("support", MAIN, "  - {level: 3, any_of: [[E1, 1]]}\n", "", "support:"),
    Mutation("ageing", MAIN, "[12, 36]", "[36, 12]", "ageing:"),
    Mutation("decision-path", MAIN, "no_means: 3", "no_means: 4", "decision_path:"),
    Mutation("importance-switch", SKILL, "switch: null", "switch: archive", "switch:"),
    Mutation("importance-switch", LOCAL, "switch: archive", "switch: null", "switch:"),
    Mutation(
        "importance-rule", HEAD, "when: {local-history: archive}", "when: {}", "of: [cataloguing"
    ),
    Mutation(
        "importance-rule",
        HEAD,
        GATE,
        f"{GATE}\n      - {{skill: local-history, level: 1, source: x}}",
        "- {skill: local",
    ),
    Mutation("target-switch", TARGETS, "1,archive,3", "1,archive,", "head-librarian,local"),
    Mutation("target-switch", TARGETS, "1,archive,3", "1,,3", "head-librarian,local"),
    Mutation("missing-target", TARGETS, "\nlibrarian,local-history,1,,,invented", ""),
    Mutation(
        "breadth-possible",
        HEAD,
        "at_least: 1\n        level: 4",
        "at_least: 3\n        level: 4",
        "- id: r-breadth",
    ),
    Mutation("breadth-implied", HEAD, BREADTH, BREADTH.replace("4", "3"), "- id: r-breadth"),
    Mutation("gate-above-bar", ROLE, "level: 2", "level: 3", "- {skill: cataloguing"),
    Mutation(
        "critical-floor",
        HEAD,
        "- {skill: cataloguing, ",
        "- {skill: reference-desk, ",
        "requirements:",
        ("importance-rule", "breaks-floor"),
    ),
    *(
        Mutation("retranslated", SKILL, DRAFT, f"{FACETS}\n      {written}", at)
        for written, at in (
            ("status: retranslated", "status: retranslated"),
            (f"{FIGURES}, hit_rate: 1, sd: 0}}", FIGURES),
            (f"status: retranslated\n      {FIGURES}, hit_rate: 0.74, sd: 0}}", FIGURES),
            (f"status: retranslated\n      {FIGURES}, hit_rate: 1, sd: 1.01}}", FIGURES),
            (f"status: retranslated\n      {FIGURES[:-1]}2, hit_rate: 1, sd: 0}}", FIGURES[:-1]),
        )
    ),
]

ANCHORS = [
    Mutation(
        "anchor-count",
        CRITERION,
        "  2:\n",
        "  2: []\n  3:\n",
        "2: []",
        ("duplicate-key",),
    ),
    Mutation(
        "near-miss",
        SKILL,
        "      not_this: Copies the record of another library as it stands.\n",
        "",
        "3:",
    ),
    Mutation("anchor-facets", SKILL, "facets: [2, 2, 2]", "facets: [2, 2, 1]", "facets: [2, 2, 1]"),
    Mutation("anchor-id", SKILL, "cataloguing-4-a", "cataloguing-3-z", "- id: cataloguing-3-z"),
    _text("anchor-length", "Records a rule once."),
    _text("anchor-length", "Records " + "a rule for a case " * 4 + "again."),
    Mutation(
        "anchor-verb",
        SKILL,
        "verb: records",
        "verb: record",
        "verb: record",
        ("anchor-first-word",),
    ),
    Mutation(
        "anchor-verb",
        DESK,
        "      verb: teaches\n",
        "",
        "- id: reference-desk-4-a",
        ("anchor-first-word",),
    ),
    _text("anchor-first-word", "In the end records a rule for the house."),
    _text("anchor-one-verb", "Records a rule for a case and publishes it."),
    _text("anchor-one-verb", "Records a rule for a case, then also teaches it."),
    _text("degree-word", "Records an Excellent rule for a case."),
    _text("personal-word", "Records a rule for a case while cheerful."),
    _text("brand", "Records a rule for a case in ShelfMaster."),
    Mutation(
        "anchor-artefact",
        SKILL,
        "artefacts: [desk diary]\n      not_this",
        "artefacts: []\n      not_this",
        "artefacts: []",
    ),
    _text(
        "duplicate-text",
        "catalogues a new title, by the house rules, without a second look",
        "- id: cataloguing-4-a",
        ("anchor-first-word",),
    ),
]

MUTATIONS = [*FILES, *SHAPES, *IDS, *RULES, *ANCHORS]
