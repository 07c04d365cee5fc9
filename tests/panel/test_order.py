"""The order of people under a criterion: everybody once, a start that moves, drawn again alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skillmatrix.panel.order import later, order, speaking

CODES = st.sets(st.from_regex(r"p-[0-9a-f]{4}", fullmatch=True), min_size=1, max_size=30)
SEEDS = st.integers(0, 10**6)
PLACES = st.integers(0, 8)


@given(SEEDS, CODES, PLACES)
def test_everybody_comes_once(seed: int, people: set[str], place: int) -> None:
    """Nobody is left out, and nobody comes twice."""
    drawn = order(seed, people, place)

    assert sorted(drawn) == sorted(people)


@given(SEEDS, CODES, PLACES, st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_order(seed: int, people: set[str], place: int, mix) -> None:  # type: ignore[no-untyped-def]
    """However the people are handed over, the order is that of the seed."""
    shuffled = list(people)
    mix.shuffle(shuffled)

    assert order(seed, shuffled, place) == order(seed, sorted(people), place)


@given(SEEDS, CODES, PLACES)
def test_the_start_moves_on_and_the_circle_stays(seed: int, people: set[str], place: int) -> None:
    """Under the next criterion somebody else comes first, and after her the same circle."""
    now, after = order(seed, people, place), order(seed, people, place + 1)
    turned = now.index(after[0])

    assert after == (*now[turned:], *now[:turned])
    assert len(people) == 1 or after[0] != now[0]


@given(SEEDS, CODES)
def test_five_criteria_begin_with_five_people(seed: int, people: set[str]) -> None:
    """Where there are people enough nobody comes first twice."""
    first = {order(seed, people, place)[0] for place in range(5)}

    assert len(first) == min(5, len(people))


def test_another_seed_draws_another_order() -> None:
    """Of twenty seeds most begin with different people."""
    people = [f"p-{n}" for n in range(10)]

    assert len({order(seed, people, 0) for seed in range(20)}) == 20


@given(SEEDS, CODES, CODES, PLACES)
def test_who_comes_late_stands_at_the_end(
    seed: int, people: set[str], more: set[str], place: int
) -> None:
    """What was drawn stays as it was; the others come after it, each once."""
    drawn = order(seed, people, place)
    now = later(seed, drawn, people | more, place)

    assert now[: len(drawn)] == drawn
    assert sorted(now) == sorted(people | more)


def test_the_manager_speaks_last_and_the_others_keep_their_order() -> None:
    """The least senior first; who manages this person after everybody else."""
    present = ["r-new", "r-boss", "r-old", "r-top"]

    assert speaking(present, ["r-boss"]) == ("r-new", "r-old", "r-top", "r-boss")
    assert speaking(present, []) == tuple(present)
