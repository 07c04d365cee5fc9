"""A chart: a figure that says the same thing as a picture, as words and as a table."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from skillmatrix.charts.theme import FONTS, Theme
from skillmatrix.charts.words import Cell
from skillmatrix.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Creator": None, "Date": None, "Format": None, "Type": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


@dataclass(frozen=True)
class Chart:
    """
    One chart, in every form it is needed in.

    Attributes
    ----------
    title : str
    text : str
        The text alternative: names everything the picture shows.
    table : tuple of dict
        One plain row a skill, None where nothing is known.
    columns : dict
        Keys of the rows with their headings, in order.
    theme : Theme
    figure : matplotlib.figure.Figure
        Drawn when first asked for; text and table need no matplotlib.
    """

    title: str
    text: str
    table: tuple[dict[str, Cell], ...]
    columns: dict[str, str]
    theme: Theme
    draw: Callable[[], Figure]

    @cached_property
    def figure(self) -> Figure:
        """The figure; made without pyplot, so nothing keeps it alive."""
        with self._themed():
            return self.draw()

    @contextmanager
    def _themed(self) -> Iterator[None]:
        """Apply the theme; a reader's browser has the letters that a font here may lack."""
        with self.theme.applied(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
            yield

    def _bytes(self, kind: str, **options: Any) -> bytes:
        figure, file = self.figure, io.BytesIO()
        with self._themed():
            figure.savefig(file, format=kind, metadata=_METADATA[kind], **options)
        return file.getvalue()

    def svg(self) -> str:
        """
        Give the chart as an SVG element, to stand in a page or in a file of its own.

        Returns
        -------
        str
            The same bytes for the same chart, whatever fonts this machine has. Words are
            text, shown in the reader's fonts; nothing is fetched. Title and text
            alternative are inside.
        """
        drawn = self._bytes("svg").decode()
        drawn = drawn[drawn.index("<svg") :]
        drawn = re.sub(r'<g id="[^"]*"', "<g", drawn)
        drawn = re.sub(r' transform="rotate\(-0 [^"]*"', "", drawn)
        drawn = re.sub(r" font-family: [^;]*;", "", drawn)
        drawn = drawn.replace("*{stroke-linejoin", ".skillmatrix-chart *{stroke-linejoin")
        head, body = drawn.split(">", 1)
        fonts = ", ".join(f"'{name}'" for name in FONTS)
        title, text = escape(self.title), escape(self.text)
        return (
            f'{head} class="skillmatrix-chart" role="img" font-family="{fonts}, sans-serif">\n'
            f" <title>{title}</title>\n <desc>{text}</desc>{body}"
        )

    def png(self, dpi: int = 192) -> bytes:
        """Give the chart as a PNG; 96 dots per inch are one dot per CSS pixel."""
        return self._bytes("png", dpi=dpi)

    def pdf(self) -> bytes:
        """Give the chart as a one-page PDF with text as text."""
        return self._bytes("pdf")

    def save(self, path: str | Path) -> Path:
        """
        Write the chart to a file; its ending says in which form.

        Raises
        ------
        UsageError
            If the ending is not .svg, .png or .pdf.
        """
        path = Path(path)
        kind = path.suffix.lower()
        if kind == ".svg":
            data = self.svg().encode()
        elif kind == ".png":
            data = self.png()
        elif kind == ".pdf":
            data = self.pdf()
        else:
            msg = f"cannot save a chart as {path.name!r}; use a name ending in .svg, .png or .pdf"
            raise UsageError(msg)
        path.write_bytes(data)
        return path
