"""What the framework files should say after a round: a diff, and nothing applied unasked."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from skillmatrix.errors import FrameworkError, Problem, SkillMatrixError, UsageError
from skillmatrix.framework.anchors import placed
from skillmatrix.framework.check import check_folder
from skillmatrix.framework.load import Documents, read_documents
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.model import Criterion, Framework, Skill
from skillmatrix.framework.retranslated import Retranslation
from skillmatrix.retranslation.edit import CannotEditError, edited
from skillmatrix.retranslation.score import Scored, Scores


@dataclass(frozen=True)
class Proposal:
    """
    What a round proposes.

    Attributes
    ----------
    root : Path
        The folder that paths of the diff begin in.
    changed : tuple of Scored
        Anchors whose status or figures change.
    reword : tuple of Scored
        Anchors that enough people sorted and that did not hold. Nothing of them is changed: a
        person rewords them, or retires them.
    no_longer : tuple of Scored
        Those of them that are retranslated today.
    files : tuple of (Path, bytes, bytes)
        Each file that changes, as it is and as it should be.
    problems : tuple of Problem
        Anchors whose place in a file cannot be edited.
    """

    root: Path
    changed: tuple[Scored, ...]
    reword: tuple[Scored, ...]
    no_longer: tuple[Scored, ...]
    files: tuple[tuple[Path, bytes, bytes], ...]
    problems: tuple[Problem, ...]

    @property
    def diff(self) -> bytes:
        """The change as ``git apply`` takes it; empty where there is none."""
        return b"".join(_diff(self.root, *each) for each in self.files)


def proposal(scores: Scores, framework: Framework) -> Proposal:
    """
    Propose the status of anchors that hold, as edits of their lines.

    Parameters
    ----------
    scores : Scores
        From `score`.
    framework : Framework
        Read from a folder.

    Returns
    -------
    Proposal
        Every other line, and every comment, stays as it is. The version stays too: a status
        changes nothing of what a rating means.

    Raises
    ------
    UsageError
        If the framework was not read from a folder.
    """
    folder = framework._folder
    if folder is None:
        msg = f"{framework.key} was not read from a folder, so there is nothing to change"
        raise UsageError(msg)
    documents = read_documents(folder)
    holds = {each.anchor.id: each for each in scores.anchors if each.holds}
    changed: list[Scored] = []
    files, problems = [], []
    for group, document in _groups(framework, documents):
        wanted: dict[Key, Retranslation] = {}
        mine: list[Scored] = []
        for where, anchor in placed(group, document):
            found = holds.get(anchor.id)
            if found is None or found.figures is None or _same(found):
                continue
            wanted[where] = found.figures
            mine.append(found)
        if not wanted:
            continue
        before = document.path.read_bytes()
        try:
            after, left = edited(before, wanted)
        except CannotEditError as error:
            after, left = before, {where: str(error) for where in wanted}
        for where, why in left.items():
            remedy = "write it as keys with values, then score again"
            problems.append(
                Problem(
                    "levels > " + " > ".join(map(str, where[1:])),
                    why,
                    "an anchor whose lines can be changed",
                    remedy,
                    file=str(document.path),
                    line=document.line(where),
                )
            )
        changed += [each for where, each in zip(wanted, mine, strict=True) if where not in left]
        if after != before:
            files.append((document.path, before, after))
    reword = tuple(each for each in scores.anchors if each.reword)
    return Proposal(
        _root(folder),
        tuple(changed),
        reword,
        tuple(each for each in reword if each.anchor.status == "retranslated"),
        tuple(files),
        tuple(problems),
    )


def _same(found: Scored) -> bool:
    anchor = found.anchor
    return anchor.status == "retranslated" and anchor.retranslation == found.figures


def _groups(
    framework: Framework, documents: Documents
) -> Iterator[tuple[Skill | Criterion, Located]]:
    for name, skill in framework.skills.items():
        yield skill, documents.skills[name]
    for name, criterion in framework.criteria.items():
        yield criterion, documents.criteria[name]


def _root(folder: Path) -> Path:
    """Give the top of the repository a folder lies in; the folder itself where it lies in none."""
    folder = folder.resolve()
    return next((p for p in (folder, *folder.parents) if (p / ".git").exists()), folder)


def _diff(root: Path, path: Path, before: bytes, after: bytes) -> bytes:
    name = (path.parent.resolve() / path.name).relative_to(root).as_posix().encode()
    lines = difflib.diff_bytes(
        difflib.unified_diff, _lines(before), _lines(after), b"a/" + name, b"b/" + name
    )
    return b"".join(
        line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"
        for line in lines
    )


def _lines(text: bytes) -> list[bytes]:
    """Part a file at line feeds alone, as git does."""
    parts = [part + b"\n" for part in text.split(b"\n")]
    parts[-1] = parts[-1][:-1]
    return parts if parts[-1] else parts[:-1]


def apply(proposed: Proposal, folder: Path) -> None:
    """
    Write what is proposed, all of it or nothing.

    Parameters
    ----------
    proposed : Proposal
    folder : Path
        Of the framework.

    Raises
    ------
    SkillMatrixError
        If a file has changed since, or cannot be written; nothing is changed then.
    FrameworkError
        If the framework would have problems afterwards; nothing is changed then.
    """
    for path, before, _ in proposed.files:
        if path.read_bytes() != before:
            msg = f"{path} has changed since it was read; nothing was changed: score again"
            raise SkillMatrixError(msg)
    done: list[tuple[Path, bytes]] = []
    try:
        for path, before, after in proposed.files:
            _replace(path, after)
            done.append((path, before))
        problems = check_folder(folder).problems
        if problems:
            raise FrameworkError(str(folder), problems)
    except BaseException as error:
        for path, before in done:
            _replace(path, before)
        if isinstance(error, OSError):
            msg = f"{error.filename or folder} cannot be written: {error.strerror}; nothing changed"
            raise SkillMatrixError(msg) from error
        raise


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o777)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
