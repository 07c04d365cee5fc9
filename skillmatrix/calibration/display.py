"""What may be said of a coefficient, given how few people it rests on."""

from __future__ import annotations

from skillmatrix.calibration.results import Coefficient

#: People below which no coefficient is shown, and below which it is compared with nothing.
FEWEST, FEW = 5, 10
#: Width from which the interval says more than the estimate.
WIDE = 0.4


def shown(found: Coefficient) -> str:
    """
    Put a coefficient into words, with its interval, or say why it is not shown.

    Notes
    -----
    Fewer than five people: no coefficient, whatever it is. Five to nine: with its interval and
    a warning. An interval wider than 0.4 stands first, the estimate in brackets.

    Examples
    --------
    >>> shown(Coefficient("alpha", 0.612, (0.55, 0.674), 270, 3, 12))
    '0.61, 95 % interval 0.55 to 0.67'
    >>> shown(Coefficient("alpha", 0.612, (0.21, 0.99), 162, 3, 6))
    'between 0.21 and 0.99 (estimate 0.61); too few people to compare with anything'
    >>> shown(Coefficient("alpha", 0.612, (0.4, 0.8), 60, 3, 4))
    'not shown: 4 people, and fewer than 5 say nothing about raters in general'
    """
    if found.n_people < FEWEST:
        people = "1 person" if found.n_people == 1 else f"{found.n_people} people"
        return f"not shown: {people}, and fewer than {FEWEST} say nothing about raters in general"
    if found.value is None:
        return f"undefined: {found.reason}"
    if found.interval is None or found.width is None:
        return f"{found.value:.2f}; {found.reason}"
    low, high = found.interval
    words = f"{found.value:.2f}, 95 % interval {low:.2f} to {high:.2f}"
    if found.width > WIDE:
        words = f"between {low:.2f} and {high:.2f} (estimate {found.value:.2f})"
    return f"{words}; too few people to compare with anything" if found.n_people < FEW else words
