"""How long a text takes to read, also where a script sets no words apart."""

from __future__ import annotations

import pytest

from skillmatrix.framework.case_terms import USUAL_TERMS, CaseTerms
from skillmatrix.scoring.reading_time import Length, against, length

#: Text, words, signs.
COUNTED = [
    ("", 0, 0),
    ("  \n ", 0, 0),
    ("I removed the cause.", 4, 0),
    ("one - two \u2014 three", 3, 0),
    ("e-mail, don't 24/7", 3, 0),
    ("\u0421\u043b\u043e\u0432\u043e \u0438 \u0434\u0435\u043b\u043e", 3, 0),
    ("\u0645\u0631\u0627\u062c\u0639\u0629 \u0627\u0644\u0646\u0645\u0648\u0630\u062c", 2, 0),
    ("\ud55c\uad6d\uc5b4 \ubb38\uc7a5", 2, 0),
    ("\u6a21\u578b\u5df2\u4e0a\u7ebf\u3002", 0, 5),
    ("\u6211\u7528MLOps\u5de5\u4f5c", 1, 4),
    ("\u30e2\u30c7\u30eb\u3092\u8a55\u4fa1", 0, 6),
    ("\u0e09\u0e31\u0e19\u0e17\u0e33\u0e07\u0e32\u0e19", 2, 0),
    ("\U0001f469\u200d\U0001f4bb \U0001f9ea", 0, 0),
]


@pytest.mark.parametrize(("text", "words", "signs"), COUNTED)
def test_words_and_signs_are_counted_by_script(text: str, words: int, signs: int):
    """Words between spaces; Chinese and kana one by one; Thai by its letters, five to a word."""
    found = length(text)

    assert (found.words, found.signs) == (words, signs)


def test_both_kinds_take_their_own_time():
    """238 words a minute and 255 signs a minute, added."""
    assert length("word " * 238 + "\u6a21" * 255).minutes == pytest.approx(2)


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (0.4, "less than 1 of 10 minutes"),
        (5.6, "about 6 of 10 minutes"),
        (10.0, "about 10 of 10 minutes"),
        (10.2, "just over the 10 minutes it may take"),
        (12.6, "about 13 minutes, 3 more than the 10 it may take"),
    ],
)
def test_time_is_said_against_what_it_may_take(minutes: float, sentence: str):
    """Rounded, and too long only where it is."""
    assert against(Length(1, 0, minutes), USUAL_TERMS) == sentence


def test_the_rates_are_the_ladders():
    """Another ladder may give another rate."""
    slow = CaseTerms(words_per_minute=100, minutes=2, source="our handbook")

    assert length("word " * 300, terms=slow).minutes == pytest.approx(3)
