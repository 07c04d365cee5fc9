"""Units and periods as people write them: the same one under another name, never converted."""

from __future__ import annotations

import re

#: Names of one unit; nothing here changes a figure.
_UNITS = (
    ("%", "percent", "per cent", "pct", "percentage"),
    ("s", "sec", "secs", "second", "seconds"),
    ("ms", "msec", "millisecond", "milliseconds"),
    ("min", "mins", "minute", "minutes"),
    ("h", "hr", "hrs", "hour", "hours"),
    ("d", "day", "days"),
    ("week", "weeks", "wk", "wks"),
    ("month", "months"),
    ("of 5", "/5", "/ 5", "out of 5", "of five"),
    ("release", "releases", "production release", "production releases"),
    ("contribution", "contributions", "contribution of substance", "contributions of substance"),
)
_UNIT = {name: names[0] for names in _UNITS for name in names}

_PERIODS = (
    ("day", "days", "daily", "1 day"),
    ("week", "weeks", "weekly", "1 week"),
    ("sprint", "sprints"),
    ("month", "months", "monthly", "1 month"),
    ("quarter", "quarters", "quarterly", "1 quarter", "3 months"),
    ("year", "years", "yearly", "annual", "annually", "1 year", "12 months"),
)
_PERIOD = {name: names[0] for names in _PERIODS for name in names}

#: A certain quarter, month or year is a quarter, a month or a year.
_CERTAIN = (
    (re.compile(r"q[1-4][ /-]?\d{4}|\d{4}[ /-]?q[1-4]", re.ASCII), "quarter"),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII), "month"),
    (re.compile(r"\d{4}", re.ASCII), "year"),
)


def _plain(text: str) -> str:
    words = " ".join(text.casefold().replace("\N{EN DASH}", "-").split())
    return words.removesuffix(".")


def unit_name(text: str) -> str:
    """
    Give the one name of a unit that several are written for.

    Examples
    --------
    >>> unit_name("Minutes"), unit_name("per cent"), unit_name("% of scheduled runs")
    ('min', '%', '% of scheduled runs')
    """
    plain = _plain(text)
    head, _, tail = plain.partition(" of ")
    if tail and _UNIT.get(head) == "%":
        return f"% of {tail}"
    return _UNIT.get(plain, plain)


def same_unit(told: str, own: str) -> bool:
    """
    Say whether a figure is in the unit of its KPI.

    Notes
    -----
    A bare "%" is enough where the KPI itself says what the percentage is of. It is not where
    the KPI measures a relative change, which a bare "%" would leave open.

    Examples
    --------
    >>> same_unit("percent", "% of scheduled runs"), same_unit("%", "% relative")
    (True, False)
    >>> same_unit("min", "minutes"), same_unit("s", "minutes")
    (True, False)
    """
    given, needed = unit_name(told), unit_name(own)
    return given == needed or (given == "%" and needed.startswith("% of "))


def period_name(text: str) -> str:
    """
    Give the one name of a period that several are written for.

    Examples
    --------
    >>> period_name("Quarterly"), period_name("Q3 2026"), period_name("2026-09")
    ('quarter', 'quarter', 'month')
    """
    plain = period_word(text)
    for pattern, name in _CERTAIN:
        if pattern.fullmatch(plain):
            return name
    return plain


def period_word(text: str) -> str:
    """
    Give the one word of a period; a certain quarter stays that quarter.

    Examples
    --------
    >>> period_word("Quarterly"), period_word("Q2 2026"), period_word("Q3 2026")
    ('quarter', 'q2 2026', 'q3 2026')
    """
    plain = re.sub(r"^(a|an|per|each|every|one|the|last) ", "", _plain(text))
    return _PERIOD.get(plain, plain)
