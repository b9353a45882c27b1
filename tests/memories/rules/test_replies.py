"""Replies, taken apart without trust."""

import pytest

from memories.rules import replies
from memories.rules.replies import Malformed


def test_candidates_are_found_with_and_without_a_fence():
    assert replies.candidates('{"candidates": [1]}') == [1]
    assert replies.candidates('```json\n{"candidates": []}\n```') == []
    assert replies.candidates(' {"more": 1, "candidates": [{}]} ') == [{}]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ("", "no_json"),
        ("Here: {}", "no_json"),
        ('{"candidates": [', "no_json"),
        ('{"candidates": [' + "9" * 5_000 + "]}", "no_json"),
        ("[" * 100_000, "no_json"),
        ("[]", "no_candidates_list"),
        ("null", "no_candidates_list"),
        ('{"candidates": null}', "no_candidates_list"),
        ('{"candidates": [], "candidates": []}', "duplicate_key"),
        ('{"candidates": [{"text": "a", "text": "b"}]}', "duplicate_key"),
        ('{"candidates": [Infinity]}', "no_number"),
        (" " * 200_001, "too_long"),
    ],
)
def test_anything_else_is_malformed_and_its_code_repeats_nothing(reply, code):
    with pytest.raises(Malformed) as refused:
        replies.candidates(reply)

    assert str(refused.value) == code


@pytest.mark.parametrize("value", ["\x00", "\ud800", float("inf"), {"a": ["\x00"]}, {"\x00": 1}])
def test_what_no_table_can_hold_is_known(value):
    assert not replies.can_be_kept(value)


@pytest.mark.parametrize("value", ["a", "😀", 1, 1.5, None, True, {"a": ["b"]}])
def test_what_a_table_can_hold_is_kept(value):
    assert replies.can_be_kept(value)
