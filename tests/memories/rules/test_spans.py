"""Places in a text, and a text without them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from memories.rules import spans
from memories.rules.spans import Span

SPANS = st.lists(
    st.builds(
        lambda start, size, kind: Span(start, start + size, kind),
        st.integers(0, 40),
        st.integers(1, 15),
        st.sampled_from(["pin", "EMAIL_ADDRESS"]),
    )
)


def test_what_was_found_is_replaced_by_its_kind():
    found = [Span(11, 15, "pin"), Span(20, 27, "EMAIL_ADDRESS")]

    assert (
        spans.masked("my code is 4821, or a@b.com!", found)
        == "my code is [pin], or [email_address]!"
    )


def test_a_text_in_which_nothing_was_found_stays():
    assert spans.masked("as it was", []) == "as it was"


def test_of_two_that_overlap_the_first_takes_all_that_either_covers():
    assert spans.apart([Span(5, 9, "b"), Span(0, 6, "a")]) == [Span(0, 9, "a")]


def test_two_that_touch_stay_two():
    assert spans.apart([Span(3, 6, "b"), Span(0, 3, "a")]) == [Span(0, 3, "a"), Span(3, 6, "b")]


@given(SPANS)
def test_nothing_that_was_found_is_left_over(found):
    covered = {place for span in found for place in range(span.start, span.end)}

    kept = spans.apart(found)

    assert {place for span in kept for place in range(span.start, span.end)} == covered
    assert all(one.end <= two.start for one, two in pairwise(kept))
