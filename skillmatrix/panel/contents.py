"""What an entry of a calibration session's decision log may say, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from skillmatrix.assessment.fields import Code, Date, Entries, FrozenMap, Instant, LongText, Words
from skillmatrix.assessment.states import RaterKind
from skillmatrix.sessions.chain import Digest
from skillmatrix.sessions.contents import Content

#: A level, or the word for why there is none.
Rated = int | Literal["NOT_OBSERVED", "UNRATED", "DECLINED", "NOT_APPLICABLE"]
Levels = Annotated[Mapping[Code, Rated], FrozenMap]
State = Literal["MET", "NOT MET", "OPEN"]

#: Why a decision is as it is.
Reason = Literal[
    "new evidence", "anchor misread", "not observed", "scope differs", "as rated", "other"
]
REASONS: Annotated[tuple[str, ...], Entries] = get_args(Reason)


class Collected(Content):
    """Ratings that were taken in: whose, of whom, sealed when."""

    person: Code
    rater: Code | None = Field(default=None, description="Left out for a self-rating.")
    rater_kind: RaterKind
    ratings_sha256: Digest
    locked_at: Instant


class Withdrawn(Content):
    """Ratings taken out again, such as one of two files of the same rater."""

    person: Code
    rater: Code | None = None
    ratings_sha256: Digest
    why: LongText = ""


class Present(Content):
    """Who sits in the session, the least senior first: the order in which they speak."""

    raters: Annotated[tuple[Code, ...], Entries]


class Practised(Content):
    """What a rater gave a practice profile, before its reference was shown."""

    rater: Code
    profile: Code
    levels: Levels


class Opened(Content):
    """The order in which people are talked about under one criterion, and the seed it is from."""

    criterion: Code
    seed: Annotated[int, Field(ge=0)]
    people: Annotated[tuple[Code, ...], Entries]


class Second(Content):
    """What a rater gave a person in the second blind rating of a criterion."""

    person: Code
    criterion: Code
    rater: Code
    levels: Levels


class Before(Content):
    """What one rater had said before a decision."""

    rater: Code | None = Field(default=None, description="Left out for the own view.")
    kind: RaterKind
    first: Rated
    second: Rated | None = Field(default=None, description="Left out: not rated again.")


class Dissent(Content):
    """Who does not agree with a decision, and why."""

    rater: Code
    words: LongText = ""


class Decided(Content):
    """
    A decision about one skill of a person, or about a whole criterion.

    Attributes
    ----------
    skill : str or None
        None: it is about the criterion, and ``after`` is a state.
    before : tuple of Before
        Everything that had been said, the own view among it.
    after : int or {"MET", "NOT MET", "OPEN"}
        An agreed level, or a state; ``OPEN`` for a skill leaves it open.
    reason : str
        One of `REASONS`; ``words`` are needed with ``other``.
    evidence : tuple of str
        Ids of the evidence it rests on.
    decided_by : str
        Who takes responsibility for it; never blank.
    corrects : int or None
        Number of the entry that this one takes the place of.
    """

    person: Code
    criterion: Code
    skill: Code | None = None
    before: Annotated[tuple[Before, ...], Entries] = ()
    after: Annotated[int, Field(ge=0)] | State
    reason: Reason
    words: LongText = ""
    evidence: Annotated[tuple[Code, ...], Entries] = ()
    dissent: Annotated[tuple[Dissent, ...], Entries] = ()
    decided_by: Words
    corrects: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.skill is None and isinstance(self.after, int):
            msg = "a criterion is MET, NOT MET or OPEN; a level belongs to a skill"
            raise ValueError(msg)
        if self.skill is not None and self.after in {"MET", "NOT MET"}:
            msg = "a skill has an agreed level, or stays OPEN; a criterion is MET or NOT MET"
            raise ValueError(msg)
        if self.reason == "other" and not self.words.strip():
            msg = "the reason 'other' needs words: what is it?"
            raise ValueError(msg)
        return self


class LeftOpen(Content):
    """A person the session did not get to under a criterion: it stays open."""

    person: Code
    criterion: Code
    why: LongText = ""


class FollowUp(Content):
    """What an open item waits for, who brings it, and by when."""

    id: Code
    person: Code
    criterion: Code
    skill: Code | None = None
    waits_for: Words
    owner: Words
    due: Date | None = None


class Done(Content):
    """A follow-up that is over: done on a day, or dropped."""

    id: Code
    person: Code
    done: Date | None = Field(default=None, description="Left out: dropped.")
    words: LongText = ""


class Spoken(Content):
    """How long a person was talked about under a criterion, in seconds."""

    person: Code
    criterion: Code
    seconds: Annotated[int, Field(ge=0, le=86_400)]


class Remark(Content):
    """Words for the minutes."""

    person: Code | None = None
    criterion: Code | None = None
    text: LongText


class GroupChecked(Content):
    """That a group check was shown, in counts of a release that gives nobody away."""

    label: Words
    shown: bool
    sentence: LongText


class Nothing(Content):
    """An entry that says no more than that it happened."""


CALIBRATION: dict[str, type[Content]] = {
    "collected": Collected,
    "withdrawn": Withdrawn,
    "present": Present,
    "practised": Practised,
    "opened": Opened,
    "second": Second,
    "decided": Decided,
    "left_open": LeftOpen,
    "follow_up": FollowUp,
    "done": Done,
    "spoken": Spoken,
    "remark": Remark,
    "group_checked": GroupChecked,
    "closed": Nothing,
    "reopened": Nothing,
}
