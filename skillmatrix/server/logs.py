"""What goes wrong: one sentence on the screen, the rest in a file that only its owner reads."""

from __future__ import annotations

import logging
import os
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

_SIZE = 500_000  # bytes
_NAMES = ("tornado", "asyncio", "jupyter_client", "nbclient", "traitlets")


class Sentence(logging.Formatter):
    """A record without its traceback."""

    def __init__(self, file: Path) -> None:
        self._file = file
        super().__init__("skillmatrix: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Give the first line, and where the rest is."""
        text = record.getMessage()
        said = re.split(r"\n|: \{", text, maxsplit=1)[0]
        more = record.exc_info is not None or said != text
        return f"skillmatrix: {said}" + (f" (more in {self._file})" if more else "")


class Private(RotatingFileHandler):
    """A log file of mode 0600."""

    def _open(self) -> object:  # type: ignore[override]
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")


def configure(log: logging.Logger, file: Path) -> None:
    """Send warnings to standard error as sentences, and to a file with their tracebacks."""
    screen = logging.StreamHandler()
    screen.setFormatter(Sentence(file))
    stored = Private(file, maxBytes=_SIZE, backupCount=1, encoding="utf-8", delay=True)
    stored.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    for logger in (log, *(logging.getLogger(name) for name in _NAMES)):
        logger.handlers[:] = [screen, stored]
        logger.propagate = False
        logger.setLevel(logging.WARNING)
