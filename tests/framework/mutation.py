"""One mistake in one file of the small framework."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mutation:
    """
    One mistake in one file of the small framework.

    Attributes
    ----------
    rule : str
        The rule it breaks.
    file : str
        The file that is changed, and that the problem has to name.
    old, new : str
        A text that stands once in the file, and what replaces it.
    at : str
        How the line starts that has to be named; empty when no line can be.
    beside : tuple of str
        Other rules that the same mistake breaks as well.
    do : callable
        Changes the file where a replacement cannot.
    """

    rule: str
    file: str
    old: str = ""
    new: str = ""
    at: str = ""
    beside: tuple[str, ...] = ()
    do: Callable[[Path], object] | None = None

    def apply(self, folder: Path) -> None:
        """Make the mistake."""
        path = folder / self.file
        if self.do is not None:
            self.do(path)
            return
        text = path.read_text(encoding="utf-8")
        assert text.count(self.old) == 1, f"{self.old!r} stands {text.count(self.old)} times"
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")

    def line(self, folder: Path) -> int | None:
        """Give the number of the line that has to be named, the last one that starts so."""
        if not self.at:
            return None
        lines = (folder / self.file).read_text(encoding="utf-8").splitlines()
        return [n for n, line in enumerate(lines, 1) if line.strip().startswith(self.at)][-1]
