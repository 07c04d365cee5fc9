"""Rules of writing that a ladder does not follow, on purpose and with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from skillmatrix.framework.defaults import WRITING_RULES
from skillmatrix.framework.model import Framework

if TYPE_CHECKING:
    from skillmatrix.framework.load import Documents


def waive(framework: Framework, documents: Documents) -> None:
    """
    Take breaches of waived rules out of the problems, and note how many there were.

    Notes
    -----
    What a ladder is made of cannot be waived: `Waiver` names the rules that can. A breach that
    stays says its rule, so that it can be waived.
    """
    main = documents.main
    if documents.wording is None:
        found = "no wording.yaml, so how anchors are written is not checked"
        main.note((), found, "", "no-wording")
    for index, waiver in enumerate(framework.waives):
        where = ("waives", index)
        breaches = 0
        for document in documents.every():
            kept = [p for p in document.problems if p.rule != waiver.rule]
            breaches += len(document.problems) - len(kept)
            document.problems[:] = kept
        places = f"{breaches} place{'' if breaches == 1 else 's'}"
        if breaches:
            found = f"{waiver.rule} is waived, and does not hold at {places}"
            main.note(where, found, "", "waived", waiver.reason)
        else:
            found = f"{waiver.rule} is waived, and nothing breaks it"
            main.note(where, found, "", "waived", "delete the waiver")
    for document in documents.every():
        document.problems[:] = [
            replace(p, expected=f"{p.expected} (rule {p.rule})") if p.rule in WRITING_RULES else p
            for p in document.problems
        ]
