"""Which anchors are on a sheet, and in which order: decided by a seed, told by the sheet's id."""

from __future__ import annotations

import binascii
import hashlib
import json
import struct
from base64 import b32decode, b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from skillmatrix.errors import MismatchError, UsageError
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Anchor, Criterion, Framework, Skill

Kind = Literal["skills", "criteria"]
KINDS: tuple[Kind, ...] = ("skills", "criteria")

#: The largest seed; it goes into an id with four bytes.
MOST_SEED = 2**32 - 1
#: Sorters of one round.
MOST_SORTERS = 500

_HEAD = struct.Struct(">BBIHHH6s")
_VERSION = 1
_CHECK = 4


@dataclass(frozen=True)
class Draw:
    """
    What decides a sheet.

    Attributes
    ----------
    seed : int
        Of the round. Sheets of one round share the anchors out between them.
    number, of : int
        Which sorter, from 1, of how many.
    copies : int
        Sorters that each anchor goes to.
    kind : {"skills", "criteria"}
        What anchors are sorted to.
    groups : tuple of str
        Skills or criteria whose anchors are drawn; empty for all of them.
    """

    seed: int
    number: int
    of: int
    copies: int
    kind: Kind = "skills"
    groups: tuple[str, ...] = ()

    @property
    def sorter(self) -> str:
        """Code of the sorter in files: no name."""
        return f"s{self.number}"

    def anchors(self, framework: Framework) -> tuple[tuple[str, Anchor], ...]:
        """
        Give the anchors of the sheet, each with its skill or criterion, in the order of the sheet.

        Notes
        -----
        Every anchor of the round goes to as many sorters as the round says. The order follows
        from hashes of seed and id, so that it is the same on every machine.
        """
        every = sortable(framework, self.kind, self.groups)
        every.sort(key=lambda pair: _hash(f"{self.seed}|{pair[1].id}"))
        mine = [
            pair
            for place, pair in enumerate(every)
            if (self.number - 1 - place) % self.of < self.copies
        ]
        mine.sort(key=lambda pair: _hash(f"{self.seed}|{self.number}|{pair[1].id}"))
        return tuple(mine)

    def sheet_id(self, framework: Framework) -> str:
        """Write it, with the state of the wordings, as one word that says nothing to a person."""
        names = list(groups_of(framework, self.kind))
        mask = sum(1 << names.index(name) for name in self.groups)
        size = (len(names) + 7) // 8 if self.groups else 0
        kind = KINDS.index(self.kind)
        told = (_VERSION, kind, self.seed, self.number, self.of, self.copies)
        body = _HEAD.pack(*told, fingerprint(framework, self.kind)) + mask.to_bytes(size, "big")
        body += binascii.crc32(body).to_bytes(_CHECK, "big")
        return b32encode(body).decode().rstrip("=").lower()


def draw_of(sheet_id: str, framework: Framework) -> Draw:
    """
    Read the draw of a sheet from its id.

    Raises
    ------
    UsageError
        If it is no id of a sheet.
    MismatchError
        If the sheet was made of another framework, or of other wordings.
    """
    text = sheet_id.strip().upper()
    try:
        body = b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        body = b""
    head, sum_ = body[:-_CHECK], body[-_CHECK:]
    if len(head) < _HEAD.size or binascii.crc32(head).to_bytes(_CHECK, "big") != sum_:
        msg = f"{sheet_id[:60]!r} is no id of a sheet"
        raise UsageError(msg)
    version, kind, seed, number, of, copies, print_ = _HEAD.unpack(head[: _HEAD.size])
    if version != _VERSION or kind >= len(KINDS):
        msg = f"{sheet_id[:60]!r} is a sheet of a later version of skillmatrix"
        raise UsageError(msg)
    if print_ != fingerprint(framework, KINDS[kind]):
        msg = f"the sheet was made of other wordings than those of {framework.key} today"
        raise MismatchError(msg)
    mask = int.from_bytes(head[_HEAD.size :], "big")
    names = list(groups_of(framework, KINDS[kind]))
    chosen = tuple(name for place, name in enumerate(names) if mask >> place & 1)
    return Draw(seed, number, of, copies, KINDS[kind], chosen)


def groups_of(framework: Framework, kind: Kind) -> Mapping[str, Skill | Criterion]:
    """Give the skills of a framework, or its criteria."""
    return framework.skills if kind == "skills" else framework.criteria


def sortable(
    framework: Framework, kind: Kind = "skills", groups: tuple[str, ...] = ()
) -> list[tuple[str, Anchor]]:
    """
    List the anchors that can be sorted, each with its skill or criterion.

    Notes
    -----
    Not those that are retired, and none of a level that is not `levels_sorted`.
    """
    levels = levels_sorted(framework, kind)
    return [
        (name, anchor)
        for name, group in groups_of(framework, kind).items()
        if not groups or name in groups
        for anchor in group.anchors.values()
        if anchor.level in levels and anchor.status != "retired"
    ]


def levels_sorted(framework: Framework, kind: Kind = "skills") -> tuple[Level, ...]:
    """
    Give the levels that anchors are sorted to.

    Notes
    -----
    All but the lowest where that one says that nothing was done: there is no behaviour to place.
    It says so where none of its anchors names a verb and anchors of other levels do, or where it
    has no anchor.
    """
    lowest, *above = framework.levels
    anchors = [a for group in groups_of(framework, kind).values() for a in group.anchors.values()]
    first = [anchor for anchor in anchors if anchor.level == lowest]
    deeds = any(a.verb for a in first) or not any(a.verb for a in anchors)
    return (lowest, *above) if first and deeds else tuple(above)


def fingerprint(framework: Framework, kind: Kind) -> bytes:
    """Give six bytes that change with any wording, and with neither status nor figures."""
    told = [
        (name, anchor.id, anchor.level.value, anchor.text)
        for name, anchor in sortable(framework, kind)
    ]
    names = list(groups_of(framework, kind))
    text = json.dumps([framework.key, names, told], ensure_ascii=True)
    return hashlib.sha256(text.encode()).digest()[:6]


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
