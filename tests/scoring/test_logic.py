"""Three states: the laws of their AND, and bounds."""

from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from skillmatrix.scoring.logic import agreed, both, bounded

STATES = ("NOT MET", "OPEN", "MET")
RANK = {state: rank for rank, state in enumerate(STATES)}
many = st.lists(st.sampled_from(STATES), max_size=6)

#: The strong AND of Kleene, written out.
TABLE = {
    ("NOT MET", "NOT MET"): "NOT MET",
    ("NOT MET", "OPEN"): "NOT MET",
    ("NOT MET", "MET"): "NOT MET",
    ("OPEN", "NOT MET"): "NOT MET",
    ("OPEN", "OPEN"): "OPEN",
    ("OPEN", "MET"): "OPEN",
    ("MET", "NOT MET"): "NOT MET",
    ("MET", "OPEN"): "OPEN",
    ("MET", "MET"): "MET",
}


def test_the_table_of_kleene():
    """All nine pairs are those of the strong Kleene AND."""
    assert {pair: both(pair) for pair in product(STATES, repeat=2)} == TABLE


def test_nothing_asked_is_met():
    """The empty AND is MET."""
    assert both([]) == "MET"


@given(many, many)
def test_order_and_grouping_do_not_matter(a: list[str], b: list[str]):
    """Commutative, associative and idempotent, with MET neutral and NOT MET absorbing."""
    assert both(a + b) == both(b + a) == both([both(a), both(b)])
    assert both(a + a) == both(a)
    assert both([*a, "MET"]) == both(a)
    assert both([*a, "NOT MET"]) == "NOT MET"


@given(many, st.integers(0, 5), st.sampled_from(STATES))
def test_raising_one_state_never_lowers_the_whole(states: list[str], place: int, state: str):
    """Monotone in each of its parts."""
    if place < len(states) and RANK[state] >= RANK[states[place]]:
        raised = [*states[:place], state, *states[place + 1 :]]
        assert RANK[both(raised)] >= RANK[both(states)]


def test_bounds():
    """True at worst is MET, false at best NOT MET, between them OPEN."""
    assert bounded(True, True) == "MET"
    assert bounded(False, True) == "OPEN"
    assert bounded(False, False) == "NOT MET"


def test_answers_that_differ_leave_it_open():
    """One state in all cases is the state; anything else is OPEN, in any order."""
    for states in product(STATES, repeat=3):
        expected = states[0] if len(set(states)) == 1 else "OPEN"
        assert {agreed(order) for order in permutations(states)} == {expected}
