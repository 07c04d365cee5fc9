"""Parts that name no source, told once where it is the ladder that names none."""

from __future__ import annotations

from collections.abc import Iterable

from skillmatrix.framework.build import DEFAULT_SOURCE
from skillmatrix.framework.located import Located

#: So many parts without a source are each named; more of them are counted.
MOST = 3


def gather(main: Located, documents: Iterable[Located]) -> None:
    """Put one problem in the place of many, where the main file gives no source for all."""
    many = list(documents)
    missing = [p for document in many for p in document.problems if p.rule == "missing-source"]
    if len(missing) <= MOST:
        return
    for document in many:
        document.problems[:] = [p for p in document.problems if p.rule != "missing-source"]
    found = f"{len(missing)} parts without a source"
    expected = "a source for each"
    main.problem(("default_source",), found, expected, "missing-source", DEFAULT_SOURCE)
