"""Looking for what was said about a person in the bytes of files.

Codes are looked for as they stand. Texts are looked for as runs of words, because a database
cuts long texts into pages: four words in a row, or the whole of a shorter text. What others
have said too is no trace. A short name is ordinary text (``Al``, ``Mark``), so it counts where
it stands alone between quotation marks, as the key file and every JSON file write it.
"""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RUN = 4  # words in a row
LEAST = 12  # letters of a text shorter than that
LONG_NAME = 8  # letters from which a name of one word is looked for as a word
PIECE = 4_000_000  # bytes looked at together
OVERLAP = 4_000
MAX_MEMBER = 50_000_000  # bytes of a file inside an archive; more is not looked into

_WORD = re.compile(r"\w+")
_CODE = re.compile(r"(?=([ap]-[2-9a-hjkmnp-z]{12}))")
_SLUG = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
# Under other keys a word without a space is an id of the ladder, which many use.
_TYPED = {"text", "title", "description", "artefact", "confirmed_by", "measure", "method"} | {
    "source",
    "own_part",
    "other_causes",
    "past_step",
}
# The ladder of a round, such as ml-specialist@0.1.0: everybody's.
_LADDER = "framework"
CODES, NAME, TEXTS = "code", "name", "text"

Words = tuple[str, ...]


@dataclass
class Traces:
    """What would give a person away.

    Parameters
    ----------
    codes : set of str
        Of the person and of every assessment.
    names : set of str
    runs : set of tuple of str
        Words in a row, of the texts.
    """

    codes: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    runs: set[Words] = field(default_factory=set)

    def without(self, others: Traces) -> Traces:
        """Leave out what others have said too."""
        return Traces(self.codes - others.codes, self.names - others.names, self.runs - others.runs)

    def found(self, content: bytes, *, texts: bool = True) -> dict[str, int]:
        """
        Count what stands in some bytes, by kind.

        Examples
        --------
        >>> traces = Traces(names={"Al"}, runs=runs_of("led the review of models"))
        >>> traces.found(b'Also "Alan" and Al')
        {}
        >>> traces.found('{"name":"Al"} led the review of many'.encode())
        {'name': 1, 'text': 1}
        """
        there = self.standing(content, texts=texts)
        counts = {CODES: len(there.codes), NAME: len(there.names), TEXTS: len(there.runs)}
        return {kind: n for kind, n in counts.items() if n}

    def standing(self, content: bytes, *, texts: bool = True) -> Traces:
        """Give what of this stands in some bytes."""
        there = Traces()
        named = {run: name for name in self.names for run in _as_words(name)}
        foreign = {code: _alone(code) for code in self.codes if not _CODE.fullmatch(code)}
        for text in _pieces(content):
            there.codes |= self.codes & codes_in(text)
            there.codes |= {code for code, form in foreign.items() if form.search(text)}
            there.names |= {n for n in self.names if any(each in text for each in _quoted(n))}
            words = _WORD.findall(text)
            there.names |= {named[run] for run in _present(named.keys(), words)}
            if texts:
                there.runs |= _present(self.runs, words)
        return there


def _alone(code: str) -> re.Pattern[str]:
    """Find a code of another form, as it came with a file, where it stands alone."""
    return re.compile(rf"(?<![\w-]){re.escape(code)}(?![\w-])")


def codes_in(text: str) -> set[str]:
    """Give everything in a text that has the form of a code of this workbook."""
    return set(_CODE.findall(text))


def runs_of(text: str) -> set[Words]:
    """
    Give the runs of words by which a text is recognised; none for a text too short for that.

    Examples
    --------
    >>> sorted(runs_of("led the review of models"))
    [('led', 'the', 'review', 'of'), ('the', 'review', 'of', 'models')]
    >>> runs_of("yes, done")
    set()
    """
    made: set[Words] = set()
    for form in {text, json.dumps(text, ensure_ascii=False)[1:-1], json.dumps(text)[1:-1]}:
        words = _WORD.findall(form)
        if len(words) >= RUN:
            made.update(_slices(words, RUN))
        elif words:
            made.add(tuple(words))
    return {run for run in made if sum(map(_letters, run)) >= LEAST}


def shared_with(content: bytes, texts: Iterable[str]) -> set[Words]:
    """Give the runs of words that stand in some bytes and in texts of others."""
    here: set[Words] = set()
    for piece in _pieces(content):
        here.update(_slices(_WORD.findall(piece), RUN))
    found: set[Words] = set()
    for text in texts:
        found |= here.intersection(_slices(_WORD.findall(text), RUN))
    return {run for run in found if sum(map(_letters, run)) >= LEAST}


def texts_in(value: Any, key: str = "") -> Iterator[str]:
    """Go through the texts of a payload that a person may have typed."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name != _LADDER:
                yield from texts_in(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item, key)
    elif isinstance(value, str) and (key in _TYPED or not _SLUG.fullmatch(value)):
        yield value


def typed(payload: str | None) -> Iterator[str]:
    """Go through the same of a payload as it is stored; one that is damaged has none."""
    with suppress(ValueError):
        yield from texts_in(json.loads(payload or "null"))


def files_of(folder: Path) -> list[Path]:
    """Give every file of a folder and of the folders in it, links left out."""
    found = []
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(place) / name
            if path.is_file() and not path.is_symlink():
                found.append(path)
    return sorted(found)


def contents(path: Path) -> Iterator[bytes]:
    """Give the bytes of a file, and of each file in it where it is an archive or a workbook."""
    with suppress(FileNotFoundError):
        whole = path.read_bytes()
        yield whole
        if zipfile.is_zipfile(io.BytesIO(whole)):
            yield from _members(whole)


def _members(whole: bytes) -> Iterator[bytes]:
    broken = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error)
    with suppress(*broken), zipfile.ZipFile(io.BytesIO(whole)) as archive:
        for member in archive.infolist():
            if member.file_size <= MAX_MEMBER:
                yield archive.read(member)


def _letters(word: str) -> int:
    return sum(character.isalpha() for character in word)


def _slices(words: list[str], length: int) -> Iterator[Words]:
    return zip(*(words[start:] for start in range(length)), strict=False)


def _present(sought: Set[Words], words: list[str]) -> set[Words]:
    """Give the runs that stand in a list of words."""
    by_length: dict[int, set[Words]] = {}
    for run in sought:
        by_length.setdefault(len(run), set()).add(run)
    return {
        run
        for length, runs in by_length.items()
        for run in runs.intersection(_slices(words, length))
    }


def _pieces(content: bytes) -> Iterator[str]:
    """Cut a long file into pieces that overlap, so that nothing is lost at a cut."""
    for start in range(0, max(len(content), 1), PIECE):
        yield content[max(start - OVERLAP, 0) : start + PIECE].decode("utf-8", "replace")


def _quoted(name: str) -> set[str]:
    return {json.dumps(name), json.dumps(name, ensure_ascii=False)}


def _as_words(name: str) -> set[Words]:
    words = tuple(_WORD.findall(name))
    long = len(words) > 1 or (len(words) == 1 and _letters(words[0]) >= LONG_NAME)
    return {words} if long else set()
