"""Files that come and go: an assessment as JSON, CSV or XLSX, and tables of other people."""

from skillmatrix.exchange.export import ENDINGS, FORMATS, export, wide
from skillmatrix.exchange.preview import Preview, preview
from skillmatrix.exchange.words import Choices

__all__ = ["ENDINGS", "FORMATS", "Choices", "Preview", "export", "preview", "wide"]
