"""How long a text takes to read, in any script."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from skillmatrix.framework.case_terms import USUAL_TERMS, CaseTerms

#: Kana and Chinese characters: each is read as a sign of its own.
_SIGNS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
#: Thai, Lao, Myanmar and Khmer: letters in a row, with no space between words.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


@dataclass(frozen=True)
class Length:
    """
    How long a text is.

    Attributes
    ----------
    words : int
        Words between spaces, and letters of scripts that set no words apart, so many to a word.
    signs : int
        Chinese characters and kana.
    minutes : float
        What both take to read.
    """

    words: int
    signs: int
    minutes: float

    def __str__(self) -> str:
        told = []
        if self.words or not self.signs:
            told.append(f"{self.words} word{'' if self.words == 1 else 's'}")
        if self.signs:
            told.append(f"{self.signs} character{'' if self.signs == 1 else 's'}")
        return " and ".join(told)


def length(*texts: str, terms: CaseTerms = USUAL_TERMS) -> Length:
    """
    Say how long texts are together, and how long they take to read.

    Parameters
    ----------
    *texts : str
    terms : CaseTerms
        With the rates.

    Returns
    -------
    Length

    Examples
    --------
    >>> print(length("I removed the cause - for good."))
    6 words
    >>> print(length("\u6211\u5728\u7ebf\u4e0a API \u5de5\u4f5c"))
    1 word and 6 characters
    """
    words = signs = 0
    for text in texts:
        signs += len(_SIGNS.findall(text))
        rest = _SIGNS.sub(" ", text)
        letters = sum(sign.isalpha() for sign in _UNSPACED.findall(rest))
        spaced = _UNSPACED.sub(" ", rest).split()
        words += math.ceil(letters / terms.letters_per_word)
        words += sum(any(sign.isalnum() for sign in word) for word in spaced)
    minutes = words / terms.words_per_minute + signs / terms.signs_per_minute
    return Length(words, signs, minutes)


def against(total: Length, terms: CaseTerms) -> str:
    """
    Say how long a text takes against how long it may take.

    Examples
    --------
    >>> against(Length(0, 0, 0), USUAL_TERMS), against(Length(1400, 0, 5.9), USUAL_TERMS)
    ('nothing to read yet', 'about 6 of 10 minutes')
    >>> against(Length(3000, 0, 12.6), USUAL_TERMS)
    'about 13 minutes, 3 more than the 10 it may take'
    """
    if not total.words and not total.signs:
        return "nothing to read yet"
    shown, most = round(total.minutes), terms.minutes
    if shown > most:
        return f"about {shown} minutes, {shown - most} more than the {most} it may take"
    if total.minutes > most:
        return f"just over the {most} minutes it may take"
    return f"{f'about {shown}' if shown else 'less than 1'} of {most} minutes"
