"""``skillmatrix retranslate``: sorting sheets out, filled sheets in, and what they come to."""

from __future__ import annotations

import datetime as dt
import secrets
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatrix import settings
from skillmatrix.cli import screen
from skillmatrix.cli.check import count
from skillmatrix.cli.options import AsJson
from skillmatrix.cli.output import Force, save
from skillmatrix.errors import UsageError

if TYPE_CHECKING:
    from skillmatrix.framework import Framework
    from skillmatrix.retranslation import Proposal, Scored, Scores
    from skillmatrix.retranslation.draw import Kind
    from skillmatrix.retranslation.filled import Collected

ABOUT = """Have practitioners sort anchors back to skill and level, and count what comes of it.

Until at least three people have sorted an anchor back to where it stands, it is a draft. sheet
writes what they fill in, score reads it and proposes what the framework files should say."""
EXAMPLE = """
skillmatrix retranslate sheet sorting/ --sorters 6 --share 0.5
skillmatrix retranslate score sorting/filled/ --diff retranslated.diff
"""
SHEET_ABOUT = """Write sorting sheets: for each sorter a page and a workbook with the same items.

The anchors are shuffled for each sorter, and no sheet holds an answer. Each sorter fills in one of
the two, alone, and sends it back."""
SHEET_EXAMPLE = """
skillmatrix retranslate sheet sorting/ --sorters 4
skillmatrix retranslate sheet sorting/ --sorters 6 --share 0.5 --seed 2026
skillmatrix retranslate sheet sorting/ --sorters 3 --skill mlops --skill python
skillmatrix retranslate sheet sorting/ --sorters 3 --criteria --framework my-ladder/
"""
SCORE_ABOUT = """Read filled sheets, count hit rates and spread, and propose the status of anchors.

Reads *.sorting.json as the page saves it, *.sorting.xlsx, and CSV; folders are searched. Nothing
is changed without --apply, and nothing is applied while a file has problems."""
SCORE_EXAMPLE = """
skillmatrix retranslate score filled/
skillmatrix retranslate score filled/ --diff retranslated.diff
skillmatrix retranslate score filled/ --apply
skillmatrix retranslate score s1.sorting.json s2.sorting.xlsx s3.sorting.json --json
"""
SHOWN = 15

FrameworkName = Annotated[
    str | None,
    typer.Option(
        "--framework",
        metavar="PATH_OR_ID",
        help="Framework whose anchors are sorted. Default: that of the workbook.",
    ),
]


def _ladder(framework: str | None) -> Framework:
    from skillmatrix.framework import load_framework

    return load_framework(framework or settings.ladder())


def sheet(
    folder: Annotated[
        Path, typer.Argument(metavar="OUT_DIR", file_okay=False, help="Where sheets are written.")
    ],
    *,
    sorters: Annotated[int, typer.Option(min=1, max=500, help="How many people will sort.")] = 3,
    skill: Annotated[
        list[str] | None,
        typer.Option("--skill", metavar="ID", help="Only anchors of this skill; several times."),
    ] = None,
    area: Annotated[
        list[str] | None,
        typer.Option("--area", metavar="ID", help="Only anchors of this area; several times."),
    ] = None,
    criteria: Annotated[
        bool, typer.Option("--criteria", help="Anchors of criteria in the place of skills.")
    ] = False,
    share: Annotated[
        float,
        typer.Option(help="Part of the anchors that one sorter gets, above 0 and up to 1."),
    ] = 1.0,
    seed: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=2**32 - 1,
            help="Decides the shuffles. Default: a new one, which is printed.",
        ),
    ] = None,
    framework: FrameworkName = None,
    force: Force = False,
    json: AsJson = False,
) -> None:
    """Write a page and a workbook for each sorter."""
    from skillmatrix import retranslation
    from skillmatrix.retranslation.score import rule_of
    from skillmatrix.retranslation.sheet import copies

    ladder = _ladder(framework)
    seed = secrets.randbelow(2**32) if seed is None else seed
    kind: Kind = "criteria" if criteria else "skills"
    sheets = retranslation.sorting_sheets(
        ladder, seed, sorters, skills=skill or (), areas=area or (), share=share, kind=kind
    )
    outs = {
        each.id: [folder / f"{each.sorter}.sorting.{end}" for end in ("html", "xlsx")]
        for each in sheets
    }
    there = [str(out) for many in outs.values() for out in many if out.exists()]
    if there and not force:
        msg = f"{there[0]} is there already; --force replaces it and loses what was filled in"
        raise UsageError(msg)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{str(folder)!r} cannot be made: {error.strerror or error}"
        raise UsageError(msg) from None
    made = dt.datetime.now(dt.UTC)
    for each in screen.progress(sheets, "Writing"):
        page, book = outs[each.id]
        save(retranslation.as_html(each), page)
        save(retranslation.as_xlsx(each, made), book)
    each_to, rule = copies(share, sorters), rule_of(ladder)
    if each_to < rule.sorters:
        few = f"each anchor goes to {count(each_to, 'sorter')}"
        screen.message(f"{few}; below {rule.sorters} it stays a draft whatever they say")
    if json:
        rows = [
            {"sheet": s.id, "sorter": s.sorter, "items": len(s.items), "files": [*map(str, f)]}
            for s, f in zip(sheets, outs.values(), strict=True)
        ]
        told = {"framework": ladder.key, "seed": seed, "each_anchor_to": each_to}
        screen.as_json({**told, "sheets": rows})
        return
    lines = [("sorter", "items", "files")]
    lines += [
        (each.sorter, str(len(each.items)), ", ".join(map(str, outs[each.id]))) for each in sheets
    ]
    head = f"{ladder.key}: each anchor goes to {count(each_to, 'sorter')}; seed {seed}"
    screen.out("\n".join([head, *screen.columns(lines, right=frozenset({1}))]))


def score(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILES...", exists=True, help="Filled sheets, or folders of them."),
    ],
    *,
    diff: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Write the proposal as a diff for git apply."),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Change the framework files as proposed.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="List every anchor to reword, not the first ones.")
    ] = False,
    framework: FrameworkName = None,
    json: AsJson = False,
) -> None:
    """Score filled sheets and propose the status of anchors."""
    from skillmatrix import retranslation
    from skillmatrix.retranslation.filled import files_in

    ladder = _ladder(framework)
    files = files_in(paths)
    if not files:
        msg = f"no *.sorting.json, *.sorting.xlsx or *.sorting*.csv in {', '.join(map(str, paths))}"
        raise UsageError(msg)
    told = retranslation.collect(files, ladder, progress=lambda f: screen.progress(f, "Reading"))
    scores = retranslation.score(told.sortings, ladder)
    _warn(told, scores)
    proposed = retranslation.proposal(scores, ladder)
    for problem in proposed.problems:
        screen.message(str(problem))
    if diff is not None and proposed.files:
        save(proposed.diff, diff)
        screen.message(f"{diff}: in {proposed.root} say git apply {diff.resolve()}")
    elif diff is not None:
        screen.message(f"there is nothing to change, so {diff} was not written")
    applied = apply and not told.problems
    if applied:
        retranslation.apply(proposed, ladder._folder or Path())
    if json:
        screen.as_json({**scores.as_data(), **_proposed(proposed), "applied": applied})
    else:
        screen.out("\n\n".join(filter(None, score_text(scores, proposed, ladder, every=every))))
    if apply:
        screen.message(_applied(proposed, refused=not applied))
    if told.problems or proposed.problems:
        raise typer.Exit(1)


def _warn(told: Collected, scores: Scores) -> None:
    """Say what is wrong with files, and what is not and still worth knowing."""
    for problem in told.problems:
        screen.message(str(problem))
    for file in told.empty:
        screen.message(f"{file}: nothing is sorted on it")
    for each in told.sortings:
        if each.half:
            half = count(each.half, "item")
            screen.message(f"{each.file}: {half} with one choice of two, counted as not sorted")
    if scores.rounds > 1:
        screen.message(f"sheets of {scores.rounds} rounds: make sure that nobody sorted in two")


def _applied(proposed: Proposal, *, refused: bool) -> str:
    if refused:
        return "nothing was applied: see the problems first"
    anchors, files = (count(len(proposed.changed), "anchor"), count(len(proposed.files), "file"))
    return f"applied to {anchors} in {files}"


def _proposed(proposed: Proposal) -> dict[str, Any]:
    return {
        "retranslated": [each.anchor.id for each in proposed.changed],
        "reword": [each.anchor.id for each in proposed.reword],
        "no_longer": [each.anchor.id for each in proposed.no_longer],
        "diff": proposed.diff.decode(),
    }


def score_text(
    scores: Scores, proposed: Proposal, framework: Framework, *, every: bool = False
) -> list[str]:
    """Give what came of a round as blocks of text."""
    rule = scores.rule
    enough = [each for each in scores.anchors if each.hit_rate is not None]
    holds = sum(each.holds for each in enough)
    blocks = [
        f"{scores.framework}: {count(len(scores.sorters), 'sorter')}; {len(enough)} of "
        f"{count(len(scores.anchors), 'anchor')} sorted by {rule.sorters} or more, {holds} held",
        f"An anchor holds when {rule.hit_rate:.0%} of its sorters name where it stands, the SD of "
        f"the levels they name is at most {rule.sd:g}, and their median is its own level. Levels "
        "are taken for numbers here and nowhere else.",
    ]
    if not enough:
        return [*blocks, "Below that number there are no figures, and every status stays as it is."]
    names = _names(framework)
    rows = [("", "anchors", "held", "sorted", "right", "", "most often taken for instead")]
    rows += [
        (
            names[each.group],
            str(each.n_anchors),
            str(each.n_hold),
            str(each.n_sortings),
            str(each.hits),
            f"{each.hit_rate:.0%}",
            "; ".join(f"{names[name]} {n}" for name, n in islice(each.taken_for.items(), 2)),
        )
        for each in scores.groups
        if each.hit_rate is not None
    ]
    blocks.append("\n".join(screen.columns(rows, right=frozenset(range(1, 6)))))
    blocks.append(_to_reword(proposed, names, every=every))
    change = f"{count(len(proposed.changed), 'anchor')} to mark as retranslated"
    where = f" in {count(len(proposed.files), 'file')}" if proposed.files else ""
    blocks.append(f"Proposed: {change}{where}. Everything else stays as it is.")
    return blocks


def _names(framework: Framework) -> dict[str, str]:
    from skillmatrix.retranslation.sheet import NONE, NONE_TITLE

    names = {NONE: NONE_TITLE.lower()}
    names |= {name: skill.title for name, skill in framework.skills.items()}
    return names | {name: criterion.title for name, criterion in framework.criteria.items()}


def _to_reword(proposed: Proposal, names: dict[str, str], *, every: bool) -> str:
    if not proposed.reword:
        return ""
    worst = sorted(proposed.reword, key=lambda each: each.hit_rate or 0.0)
    lines = [_line(each, names) for each in islice(worst, None if every else SHOWN)]
    rest = len(worst) - len(lines)
    more = [f"and {rest} more: --all lists them"] if rest else []
    gone = [f"{each.anchor.id}: retranslated today, and no longer" for each in proposed.no_longer]
    return "\n".join(["To reword or to move, by hand: none is changed", *lines, *more, *gone])


def _line(each: Scored, names: dict[str, str]) -> str:
    other = [f"{names[n]} {k}" for n, k in each.taken_for.items() if n != each.group]
    levels = ", ".join(f"{level} by {n}" for level, n in each.levels.items())
    parts = [
        f"{each.hits} of {each.n_sorters} right",
        f"taken for {', '.join(other)}" if other else "",
        f"levels {levels}" if levels else "",
    ]
    why = "; ".join(str(reason) for reason in each.reasons)
    return f"{each.anchor.id}: {why} ({'; '.join(part for part in parts if part)})"
