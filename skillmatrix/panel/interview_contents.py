"""What an entry of an interview panel's decision log may say, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from skillmatrix.assessment.fields import Code, Entries, FrozenMap, Instant, LongText, Words
from skillmatrix.panel.contents import Dissent, Nothing, Remark
from skillmatrix.sessions.chain import Digest
from skillmatrix.sessions.contents import Content

#: A step of the rubric, or the word for why there is none.
Scored = Annotated[int, Field(ge=0)] | Literal["NOT_OBSERVED"]
Seen = Literal["seen", "not seen", "no chance"]
Outcome = Literal["offer", "no offer", "another step"]
OUTCOMES: tuple[str, ...] = get_args(Outcome)


class Observed(Content):
    """Whether something was seen, and what it was."""

    seen: Seen
    words: LongText = ""


class Room(Content):
    """Who interviews, and with which exercises."""

    raters: Annotated[tuple[Code, ...], Entries]
    exercises: Annotated[tuple[Code, ...], Entries] = ()


class Score(Content):
    """
    What one interviewer saw, closed before anybody's scores were shown.

    Attributes
    ----------
    person : str
        Code of the candidate.
    rater : str
    scores : mapping of str to int or ``NOT_OBSERVED``
        By dimension; one that is left out was not scored.
    notes : mapping of str to str
        What the score rests on, by dimension.
    observations : mapping of str to Observed
        Signals and red flags, by id.
    sealed_at : datetime
    sha256 : str
        Of all of the above.
    """

    person: Code
    rater: Code
    scores: Annotated[Mapping[Code, Scored], FrozenMap]
    notes: Annotated[Mapping[Code, LongText], FrozenMap]
    observations: Annotated[Mapping[Code, Observed], FrozenMap]
    sealed_at: Instant
    sha256: Digest


class OpenedAgain(Content):
    """That closed scores were opened again before they were shown; of the scores nothing."""

    person: Code
    rater: Code


class Revealed(Content):
    """That all scores were shown at once; whose were not there yet."""

    person: Code
    without: Annotated[tuple[Code, ...], Entries] = ()


class Said(Content):
    """What one interviewer had given a dimension before the panel talked."""

    rater: Code
    score: Scored


class Agreed(Content):
    """What the panel holds of a dimension after talking; ``OPEN`` where it stays apart."""

    person: Code
    dimension: Code
    before: Annotated[tuple[Said, ...], Entries] = ()
    after: Annotated[int, Field(ge=0)] | Literal["OPEN"]
    words: LongText = ""


class Talked(Content):
    """What was said about something that was seen, such as a red flag."""

    person: Code
    observation: Code
    words: Words


class Decided(Content):
    """
    What the panel decides about a candidate.

    Attributes
    ----------
    outcome : {"offer", "no offer", "another step"}
    rests_on : tuple of str
        Dimensions that carry it; at least one.
    words : str
        The reasons; never blank.
    decided_by : str
        Who takes responsibility for it; never blank.
    corrects : int or None
        Number of the entry that this one takes the place of.
    """

    person: Code
    outcome: Outcome
    rests_on: Annotated[tuple[Code, ...], Entries]
    words: LongText
    dissent: Annotated[tuple[Dissent, ...], Entries] = ()
    decided_by: Words
    corrects: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.words.strip():
            msg = "a decision needs its reasons in words"
            raise ValueError(msg)
        if not self.rests_on:
            msg = "name at least one dimension that it rests on"
            raise ValueError(msg)
        return self


INTERVIEW: dict[str, type[Content]] = {
    "room": Room,
    "scored": Score,
    "opened_again": OpenedAgain,
    "revealed": Revealed,
    "agreed": Agreed,
    "talked": Talked,
    "decided": Decided,
    "remark": Remark,
    "closed": Nothing,
    "reopened": Nothing,
}
