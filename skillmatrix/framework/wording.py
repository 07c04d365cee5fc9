"""The words that anchors may and may not use, as ``wording.yaml`` says."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from skillmatrix.framework.build import build
from skillmatrix.framework.located import Located
from skillmatrix.framework.parts import Part, Text
from skillmatrix.framework.retranslated import RetranslationRule

Words = tuple[Text, ...]
Count = Annotated[int, Field(ge=1)]


class WordingFile(Part):
    """
    What an anchor has to look like; a key left out asks for nothing.

    Attributes
    ----------
    verbs : tuple of str
        Words an anchor may begin with. Not all of them have to be in use.
    degree_words, personal_words, brands : tuple of str
        Words no anchor may hold.
    words_min, words_max : int
        How long an anchor is.
    anchors_min, anchors_max : int
        How many of them a level has, but for the lowest, which has one.
    near_miss_levels : tuple of int
        Levels at which one anchor at least says what is not meant.
    retranslation : RetranslationRule
        What figures an anchor needs before it counts as tested; it holds without the key too.
    """

    source: Text | None = None
    verbs: Words = ()
    degree_words: Words = ()
    personal_words: Words = ()
    brands: Words = ()
    words_min: Count = 1
    words_max: Count = 1000
    anchors_min: Count = 1
    anchors_max: Count = 1000
    near_miss_levels: tuple[int, ...] = ()
    retranslation: RetranslationRule = RetranslationRule()


def read_wording(document: Located | None) -> WordingFile:
    """Make the rules of writing of their file; one that cannot be read asks for nothing."""
    if document is None or not isinstance(document.data, dict):
        return WordingFile()
    made = build(WordingFile, document, (), document.data) or WordingFile()
    for few, many in (("words_min", "words_max"), ("anchors_min", "anchors_max")):
        low, high = getattr(made, few), getattr(made, many)
        if low > high:
            expected = f"{many} or less, which is {high}"
            document.problem((few,), f"{low}", expected, "wording-range")
            made = made.model_copy(update={few: 1, many: 1000})
    return made
