"""What is expected of a promotion case: how long it may take to read, how far evidence reaches."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from skillmatrix.framework.parts import Part, Text


class CaseTerms(Part):
    """Figures a case is held against. None of them stops anybody.

    Attributes
    ----------
    minutes : int
        How long the case may take to read.
    words_per_minute : int
        Reading silently, in a language that sets words apart.
    signs_per_minute : int
        The same in Chinese characters and kana, each of them a sign.
    letters_per_word : int
        Letters that count as a word in scripts that set none apart, such as Thai.
    span_months : int
        Evidence whose first and last day are nearer than this shows a short time only.

    Notes
    -----
    The rates are means over adult readers: 238 words of English non-fiction a minute [1]_, and
    255 Chinese characters, measured aloud and so on the careful side [2]_. Single readers differ
    by a third and more. The other figures are this project's own.

    References
    ----------
    .. [1] Brysbaert, M. (2019). How many words do we read per minute? A review and
       meta-analysis of reading rate. Journal of Memory and Language, 109, 104047.
    .. [2] Trauzettel-Klosinski, S., & Dietz, K. (2012). Standardized assessment of reading
       performance. Investigative Ophthalmology & Visual Science, 53(9), 5452-5461.
    """

    minutes: Annotated[int, Field(ge=1)] = 10
    words_per_minute: Annotated[int, Field(ge=1)] = 238
    signs_per_minute: Annotated[int, Field(ge=1)] = 255
    letters_per_word: Annotated[int, Field(ge=1)] = 5
    span_months: Annotated[int, Field(ge=1)] = 3
    source: Text


#: Where a ladder says nothing.
USUAL_TERMS = CaseTerms(source="default")
