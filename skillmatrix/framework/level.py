"""Levels are ordered, and nothing else."""

from __future__ import annotations

from functools import total_ordering
from typing import Any, NoReturn

from pydantic_core import PydanticKnownError, core_schema


@total_ordering
class Level:
    """A step of an ordinal scale: it can be compared, never added or averaged.

    Parameters
    ----------
    value : int
        The label of the step. Distances between labels mean nothing.

    Notes
    -----
    Levels are ordinal. Arithmetic on their labels gives answers that change when the
    labels do, so it raises `TypeError` here [1]_.

    References
    ----------
    .. [1] Liddell, T. M. & Kruschke, J. K. (2018). Analyzing ordinal data with metric
       models. Journal of Experimental Social Psychology, 79, 328-348.

    Examples
    --------
    >>> Level(4) >= 3, max(Level(2), Level(4)).value
    (True, 4)
    >>> Level(2) + Level(3)
    Traceback (most recent call last):
    TypeError: levels are ordinal: they can be compared, not added, averaged or scaled
    """

    __slots__ = ("value",)

    def __init__(self, value: int) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            msg = f"a level is a whole number, not {value!r}"
            raise TypeError(msg)
        object.__setattr__(self, "value", value)

    value: int

    def __setattr__(self, name: str, value: object) -> NoReturn:
        msg = "a level does not change"
        raise AttributeError(msg)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Level):
            return self.value == other.value
        if isinstance(other, int) and not isinstance(other, bool):
            return self.value == other
        return NotImplemented

    def __lt__(self, other: object) -> bool:
        if isinstance(other, Level):
            return self.value < other.value
        if isinstance(other, int) and not isinstance(other, bool):
            return self.value < other
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return f"Level({self.value})"

    def __str__(self) -> str:
        return str(self.value)

    def __reduce__(self) -> tuple[type[Level], tuple[int]]:
        return Level, (self.value,)

    def _refuse(self, *_: object) -> NoReturn:
        msg = "levels are ordinal: they can be compared, not added, averaged or scaled"
        raise TypeError(msg)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __pow__ = __mod__ = _refuse
    __neg__ = __float__ = __int__ = __round__ = _refuse

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Read a whole number, strictly, and write it back as one."""
        return core_schema.no_info_plain_validator_function(
            cls._from_number,
            json_schema_input_schema=core_schema.int_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda level: level.value, return_schema=core_schema.int_schema()
            ),
        )

    @classmethod
    def _from_number(cls, value: object) -> Level:
        if isinstance(value, Level):
            return value
        if isinstance(value, bool) or not isinstance(value, int):
            raise PydanticKnownError("int_type")  # noqa: EM101 - the kind of error, not its text
        return cls(value)
