"""What a recall gave to whoever asked."""

from memories.rules import traced

FOUND = [{"id": "a", "score": 0.5}, {"id": "b", "score": 0.4}]


def test_a_recall_gave_what_it_found():
    assert traced.given("recall", FOUND, {}) == ["a", "b"]


def test_a_context_gave_what_stands_in_it_and_not_what_did_not_fit():
    composed = {"sections": [{"memories": ["p", "a"]}, {"memories": ["a"]}, {"name": "turns"}]}

    for kind in ("context", "chat"):
        assert traced.given(kind, FOUND, composed) == ["p", "a"]


def test_what_a_context_holds_besides_what_was_found_was_pinned():
    composed = {
        "sections": [{"memories": ["p", "a"]}],
        "left_out": [{"id": "q", "why": "over_budget"}, {"id": "r", "why": "other"}],
    }

    assert traced.pinned(FOUND, composed) == {"p", "q"}
    assert traced.pinned(FOUND, {}) == set()


def test_an_empty_context_gave_nothing():
    assert traced.given("context", FOUND, {}) == []
